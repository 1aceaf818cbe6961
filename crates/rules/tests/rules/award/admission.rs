//! Which bids take part: a bound itself passes, one step beyond it does not.

use trede_rules::award::FindingCode;
use trede_rules::award::admission::Exclusion;
use trede_rules::award::bid::DropOutStage;
use trede_rules::award::commitment::AboveMaximum;
use trede_rules::award::criterion::{Content, Criterion, Threshold};
use trede_rules::award::model::{Bound, DropOut, Method};
use trede_rules::award::numeric::NumericScoring;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::straight_line::Outside;
use trede_rules::explaining::Language;

use crate::builders::bid::{Written, a_bid, bid};
use crate::builders::criterion::{
    Declared, assessed, commitment, group, levels, life_cycle, maximum_score, minimum_percent,
    minimum_points, minimum_score, number, number_between, price,
};
use crate::builders::model::{a_model, corridor};
use crate::builders::scored::scored;
use crate::builders::{euros, n, x};

/// Why a bid beside a criterion of quality is excluded.
fn excluded(criterion: Criterion, bid: Written) -> Vec<&'static str> {
    let model = a_model().by(Method::QualityOnly).criterion(criterion);
    scored(model, [bid]).excluded_by("A")
}

const PASSES: [&str; 0] = [];

#[test]
fn a_minimum_score_that_is_met_exactly_passes() {
    let with = |score: &str| {
        excluded(assessed("q").weighs(20).at_least(minimum_score(6)), a_bid("A").score("q", score))
    };
    assert_eq!(with("6"), PASSES);
    assert_eq!(with("5.99"), ["threshold"]);
}

#[test]
fn a_maximum_that_is_met_exactly_passes() {
    let days = || number_between("days", 30, 10, Outside::Clip).weighs(20).at_least(maximum_score(20));
    assert_eq!(excluded(days(), a_bid("A").number("days", 20)), PASSES);
    assert_eq!(excluded(days(), a_bid("A").number("days", "20.1")), ["threshold"]);
}

#[test]
fn a_minimum_of_points_is_held_against_the_weighted_score() {
    let with = |score: &str| {
        excluded(assessed("q").weighs(20).at_least(minimum_points(12)), a_bid("A").score("q", score))
    };
    assert_eq!(with("6"), PASSES);
    assert_eq!(with("5.99"), ["threshold"]);
}

#[test]
fn a_minimum_percent_is_held_against_the_full_weight() {
    let with = |score: &str| {
        excluded(assessed("q").weighs(20).at_least(minimum_percent(55)), a_bid("A").score("q", score))
    };
    assert_eq!(with("5.5"), PASSES);
    assert_eq!(with("5.49"), ["threshold"]);
}

#[test]
fn a_group_is_held_against_the_points_of_all_its_criteria() {
    let with = |threshold: Threshold, plan: &str| {
        let group = group("quality", [assessed("plan").weighs(30), assessed("team").weighs(10)]);
        excluded(group.weighs(40).at_least(threshold), a_bid("A").score("plan", plan).score("team", 5))
    };
    assert_eq!(with(minimum_points(20), "5"), PASSES);
    assert_eq!(with(minimum_points(20), "4.99"), ["threshold"]);
    assert_eq!(with(minimum_percent(50), "5"), PASSES);
    assert_eq!(with(minimum_percent(50), "4.99"), ["threshold"]);
}

#[test]
fn a_missed_minimum_says_what_was_reached_and_what_was_asked() {
    let model =
        a_model().by(Method::QualityOnly).criterion(assessed("q").weighs(20).at_least(minimum_percent(55)));
    let lot = scored(model, [a_bid("A").score("q", 5), a_bid("B").score("q", 9)]);
    let expected = Exclusion::Threshold { name: "q".to_owned(), reached: x(50), bound: x(55) };
    assert_eq!(lot.exclusions("A"), [expected]);
    assert_eq!(lot.exclusions("A")[0].reason(Language::English), "reaches 50 on q, where the bound is 55");
    assert_eq!(lot.exclusions("A")[0].reason(Language::Dutch), "haalt 50 op q, waar de grens 55 is");
}

#[test]
fn knock_outs_let_their_bound_pass() {
    let with = |bound, bid: Written| {
        let model = a_model().by(Method::QualityOnly).quality(10).knock_out("k", bound);
        scored(model, [bid.score("quality", 5)]).excluded_by("A")
    };
    let (least, most) = (Bound::Minimum(n(3)), Bound::Maximum(n(3)));
    assert_eq!(with(least, a_bid("A").fact("k", 3)), PASSES);
    assert_eq!(with(least, a_bid("A").fact("k", "2.9")), ["knock-out"]);
    assert_eq!(with(most, a_bid("A").fact("k", 3)), PASSES);
    assert_eq!(with(most, a_bid("A").fact("k", "3.1")), ["knock-out"]);
    assert_eq!(with(Bound::Met, a_bid("A").met("k", true)), PASSES);
    assert_eq!(with(Bound::Met, a_bid("A").met("k", false)), ["knock-out"]);
    assert_eq!(with(Bound::Met, a_bid("A").fact("k", 1)), ["knock-out"], "a number says nothing of met");
}

#[test]
fn a_knock_out_is_told_with_its_title() {
    let told = |title: &str| {
        Exclusion::KnockOut { id: "k".to_owned(), title: title.to_owned() }.reason(Language::Dutch)
    };
    assert_eq!(told("ISO 9001"), "voldoet niet aan de eis: ISO 9001");
    assert_eq!(told(""), "voldoet niet aan de eis: k");
}

#[test]
fn a_price_at_its_ceiling_passes() {
    let capped = || {
        let mut price = price("price").weighs(60);
        price.content =
            Content::Price { per_unit: false, ceiling: Some(euros(1000)), corridor: None, sheet: None };
        a_model().criterion(price).quality(40)
    };
    let lot = scored(capped(), [bid("A", "1000.00", 5), bid("B", "1000.01", 5)]);
    assert_eq!([lot.excluded_by("A"), lot.excluded_by("B")], [vec![], vec!["above-ceiling"]]);
    assert_eq!(
        lot.exclusions("B")[0].reason(Language::English),
        "the price 1,000.01 is above the ceiling 1,000"
    );
}

#[test]
fn a_cost_over_the_life_cycle_has_a_ceiling_too() {
    let mut cost = life_cycle(1, 0);
    if let Content::LifeCycleCost { ceiling, .. } = &mut cost.content {
        *ceiling = Some(euros(110));
    }
    let model = a_model().by(Method::LowestCost).without_weights().criterion(cost);
    let lot = scored(model, [a_bid("A").costs(100, &[10], 0), a_bid("B").costs(100, &[11], 0)]);
    assert_eq!([lot.excluded_by("A"), lot.excluded_by("B")], [vec![], vec!["above-ceiling"]]);
}

#[test]
fn a_corridor_that_rejects_lets_its_two_ends_pass() {
    let with = |below, above, price: &'static str| {
        let model = a_model().by(corridor(200, 100, below, above)).price(60).quality(40);
        scored(model, [bid("A", price, 5)]).excluded_by("A")
    };
    let (reject, clip) = (Outside::Reject, Outside::Clip);
    assert_eq!([with(reject, reject, "100"), with(reject, reject, "200")], [PASSES, PASSES]);
    assert_eq!(with(reject, clip, "99.99"), ["outside-bounds"]);
    assert_eq!(with(clip, reject, "99.99"), PASSES);
    assert_eq!(with(clip, reject, "200.01"), ["outside-bounds"]);
    assert_eq!(with(reject, clip, "200.01"), PASSES);
}

#[test]
fn a_number_outside_bounds_that_reject_is_out() {
    let days = |outside| number_between("days", 30, 10, outside).weighs(20);
    for (number, expected) in
        [("30", vec![]), ("10", vec![]), ("30.5", vec!["outside-bounds"]), ("9", vec!["outside-bounds"])]
    {
        assert_eq!(excluded(days(Outside::Reject), a_bid("A").number("days", number)), expected, "{number}");
        assert_eq!(excluded(days(Outside::Clip), a_bid("A").number("days", number)), PASSES, "{number}");
    }
}

#[test]
fn an_offer_above_the_maximum_is_refused_only_where_that_was_declared() {
    let with = |above_maximum, offered: &str| {
        let mut criterion = commitment("sr", 2, 5).weighs(20);
        if let Content::Commitment(terms) = &mut criterion.content {
            terms.above_maximum = above_maximum;
        }
        excluded(criterion, a_bid("A").offer("sr", offered))
    };
    assert_eq!(with(AboveMaximum::Refuse, "5"), PASSES);
    assert_eq!(with(AboveMaximum::Refuse, "5.01"), ["outside-bounds"]);
    assert_eq!(with(AboveMaximum::Clip, "5.01"), PASSES);
    assert_eq!(with(AboveMaximum::Clip, "2"), PASSES);
    assert_eq!(with(AboveMaximum::Clip, "1.99"), ["threshold"]);
}

#[test]
fn a_relative_number_has_a_minimum_of_its_own() {
    let criterion = number("n", NumericScoring::RelativeHighest).weighs(20).at_least(minimum_score(5));
    let model = a_model().by(Method::QualityOnly).criterion(criterion);
    let lot = scored(model, [a_bid("A").number("n", 5), a_bid("B").number("n", 4)]);
    assert_eq!([lot.excluded_by("A"), lot.excluded_by("B")], [vec![], vec!["threshold"]]);
}

#[test]
fn a_total_at_the_minimum_stays_in_the_ranking() {
    let model = || a_model().price(60).quality(40).total_at_least(80);
    let lot = scored(model(), [bid("A", 100, 5), bid("B", 100, "4.9")]);
    assert_eq!(lot.excluded_by("A"), PASSES);
    assert_eq!(lot.excluded_by("B"), ["total-below-minimum"]);
    assert_eq!(lot.ranking(), "A1");
    assert_eq!(lot.exclusions("B")[0].reason(Language::English), "the total 79.6 is below the minimum 80");
}

#[test]
fn the_minimum_total_is_held_against_the_total_as_it_counts() {
    let model = || a_model().price(60).quality(40).total_at_least(80);
    let bids = || [bid("A", 100, "4.99")];
    assert_eq!(scored(model(), bids()).ranking(), "");
    assert_eq!(scored(model().rounding_totals(0), bids()).ranking(), "A1");
}

#[test]
fn where_scores_are_recomputed_a_bid_below_the_minimum_total_leaves_the_field() {
    // C is cheapest and below the minimum: without it B's price is the lowest.
    let bids = || [bid("A", 200, 10), bid("B", 100, 5), bid("C", 50, 0)];
    let kept = scored(a_model().price(30).quality(70).total_at_least(31), bids());
    assert_eq!([kept.total("A"), kept.total("B")], [x("77.5"), x(50)]);
    assert_eq!(kept.excluded_by("C"), ["total-below-minimum"]);
    let recomputed = scored(a_model().price(30).quality(70).total_at_least(31).recomputing(), bids());
    assert_eq!([recomputed.total("A"), recomputed.total("B")], [x(85), x(65)]);
    assert_eq!(recomputed.ranking(), "A1 B2");
}

#[test]
fn a_bid_that_dropped_out_keeps_its_marks_only_after_the_ranking_and_where_the_ranking_is_kept() {
    let bids = |stage| [bid("A", 200, 5), bid("B", 100, 5).dropped_out(stage)];
    let model = || a_model().price(60).quality(40);
    let (before, after) = (DropOutStage::BeforeEvaluation, DropOutStage::AfterRanking);
    assert_eq!(scored(model(), bids(before)).total("A"), x(80));
    assert_eq!(scored(model(), bids(after)).total("A"), x(50));
    assert_eq!(scored(model().recomputing(), bids(after)).total("A"), x(80));
    let lot = scored(model(), bids(after));
    assert_eq!(lot.ranking(), "A1");
    assert_eq!(lot.excluded_by("B"), ["dropped-out"]);
    assert_eq!(lot.exclusions("B")[0].reason(Language::Dutch), "withdrawn");
}

#[test]
fn a_bid_that_was_never_admitted_has_no_marks_to_keep() {
    let model = a_model().price(60).criterion(assessed("quality").weighs(40).at_least(minimum_score(6)));
    let lot = scored(model, [bid("A", 200, 8), bid("B", 100, 5).dropped_out(DropOutStage::AfterRanking)]);
    assert_eq!(lot.excluded_by("B"), ["threshold", "dropped-out"]);
    assert_eq!(lot.total("A"), x(92));
}

#[test]
fn when_no_bid_is_left_that_is_told() {
    let lot = scored(a_model().price(60).quality(40).total_at_least(1000), [bid("A", 100, 5)]);
    assert_eq!(lot.evaluation.warnings[0].code, FindingCode::NoBidLeft);
    let left = scored(a_model().price(60).quality(40), [bid("A", 100, 5)]);
    assert!(left.warned(FindingCode::NoBidLeft).is_empty());
}

#[test]
fn only_ranked_bids_are_held_against_a_zero_price() {
    let model = a_model().price(60).criterion(assessed("quality").weighs(40).at_least(minimum_score(6)));
    let lot =
        scored(model.with(|m| m.drop_out = Some(DropOut::Recompute)), [bid("A", 200, 8), bid("B", 0, 5)]);
    assert_eq!(lot.total("A"), x(92));
}

#[test]
fn every_exclusion_has_a_code_and_words_in_both_languages() {
    let all = [
        Exclusion::DroppedOut("withdrawn".to_owned()),
        Exclusion::KnockOut { id: "k".to_owned(), title: String::new() },
        Exclusion::Threshold { name: "q".to_owned(), reached: x(1), bound: x(2) },
        Exclusion::OutsideBounds { name: "q".to_owned(), value: x("1234.5") },
        Exclusion::AboveCeiling { price: x(2), ceiling: x(1) },
        Exclusion::NoPoints,
        Exclusion::TotalBelowMinimum { total: x(1), minimum: x(2) },
    ];
    let codes = all.each_ref().map(Exclusion::code);
    assert_eq!(
        codes,
        [
            "dropped-out",
            "knock-out",
            "threshold",
            "outside-bounds",
            "above-ceiling",
            "no-points",
            "total-below-minimum"
        ]
    );
    assert_eq!(all[3].reason(Language::English), "gives 1,234.5 on q, outside the declared bounds");
    assert_eq!(all[3].reason(Language::Dutch), "geeft 1.234,5 op q, buiten de vastgelegde grenzen");
    for exclusion in &all[1..] {
        assert_ne!(exclusion.reason(Language::English), exclusion.reason(Language::Dutch));
    }
}

#[test]
fn a_corridor_and_a_ceiling_judge_the_price_that_was_bid_and_not_the_one_after_a_discount() {
    let discount = || levels("pso", LevelMeasure::DiscountPercent, &[("trede-1", 10)]);
    let reject = Outside::Reject;
    let model = || a_model().by(corridor(200, 100, reject, reject)).price(60).pso().criterion(discount());
    let with = |price: i64| scored(model(), [a_bid("A").price(price).level("trede-1")]).excluded_by("A");
    assert_eq!(with(105), PASSES, "94.50 after the discount");
    assert_eq!(with(210), ["outside-bounds"], "189 after the discount");
    let mut capped = price("price").weighs(60);
    capped.content =
        Content::Price { per_unit: false, ceiling: Some(euros(200)), corridor: None, sheet: None };
    let model = a_model().criterion(capped).pso().criterion(discount());
    let lot = scored(model, [a_bid("A").price(210).level("trede-1"), a_bid("B").price(200)]);
    assert_eq!([lot.excluded_by("A"), lot.excluded_by("B")], [vec!["above-ceiling"], vec![]]);
}
