//! Published numbers, each with its source. None is loosened: where a source rounds, the test rounds as it does.

use trede_rules::award::FindingCode;
use trede_rules::award::abnormally_low::{AbnormallyLowRule, AmountList};
use trede_rules::award::model::{Bound, Combination, Decision, Method, TieStep};
use trede_rules::award::price_formula::Floor;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::quality::AssessedScore;
use trede_rules::award::straight_line::Outside;
use trede_rules::award::total::feature_coefficient;

use crate::builders::bid::{Written, a_bid, bid};
use crate::builders::criterion::{Declared, assessed, levels, life_cycle, on_scale, price, scale};
use crate::builders::model::{Model, a_model, corridor};
use crate::builders::scored::{refused, scored};
use crate::builders::{fraction, n, rounded, x};

/// <http://www.felp.ac.uk/content/assessment-method>: 0.8·100·Q/Qmax + 0.2·100·Pmin/P, two decimals of the sum.
#[test]
fn felp_80_20_holds_quality_against_the_best_and_price_against_the_lowest() {
    let model = a_model()
        .price(20)
        .criterion(on_scale("quality", scale(0, 150)).weighs(80).relative())
        .rounding_totals(2);
    let lot = scored(
        model,
        [bid("A", 10_500, 123), bid("B", 10_350, 126), bid("C", 11_750, 129), bid("D", 9_900, 117)],
    );
    let totals = ["A", "B", "C", "D"].map(|id| lot.total(id).shown());
    assert_eq!(totals, ["95.14", "97.27", "96.85", "92.56"]);
    assert_eq!(lot.ranking(), "B1 C2 A3 D4");
}

/// CCS Digital Marketplace guidance: score = Pmin/P.
#[test]
fn ccs_gives_the_share_of_the_lowest_price() {
    let lot = scored(
        a_model().price(1),
        [a_bid("A").price(15_000), a_bid("B").price(10_000), a_bid("C").price(30_000)],
    );
    assert_eq!(lot.total("A"), fraction(2, 3));
    assert_eq!(["A", "B", "C"].map(|id| rounded(&lot.total(id), 3)), ["0.667", "1", "0.333"]);
}

/// HoltermanP/Asbest-hub, src/lib/scoring.ts: two decimals of each criterion, before the sum.
#[test]
fn asbest_hub_rounds_each_criterion_before_the_sum() {
    let model = a_model().price(40).named("pva", 30).named("vgm", 30).rounding_criteria(2);
    let written =
        |id: &str, price: i64, pva: i64, vgm: i64| a_bid(id).price(price).score("pva", pva).score("vgm", vgm);
    let lot = scored(
        model,
        [written("a", 500_000, 6, 8), written("b", 400_000, 4, 6), written("c", 450_000, 9, 9)],
    );
    assert_eq!(lot.points("b", "price"), x(40));
    assert_eq!(["a", "b", "c"].map(|id| lot.total(id)), [x(74), x(70), x("89.56")]);
    assert_eq!(lot.ranking(), "c1 a2 b3");
}

/// Negometrix, Relateer prijsscore aan laagste prijs.
#[test]
fn twice_the_lowest_price_earns_half_the_points() {
    let lot = scored(a_model().price(100), [a_bid("A").price(100), a_bid("B").price(200)]);
    assert_eq!([lot.total("A"), lot.total("B")], [x(100), x(50)]);
}

/// RSRDC RFP: S = St·0.70 + Sf·0.30 with Sf = 100·Fm/F.
#[test]
fn quality_and_cost_based_selection_sums_by_weight() {
    let model = a_model().price(30).criterion(on_scale("quality", scale(0, 100)).weighs(70));
    let lot = scored(model, [bid("A", 120, 90), bid("B", 100, 80), bid("C", 90, 75)]);
    assert_eq!(["A", "B", "C"].map(|id| lot.total(id)), [x("85.5"), x(83), x("82.5")]);
    assert_eq!(lot.ranking(), "A1 B2 C3");
}

/// app.bidready.co.za, 80/20: Ps = 80·(1 − (Pt − Pmin)/Pmin); level 1 earns 20, level 4 earns 12.
#[test]
fn the_south_african_80_20_ties_a_dearer_bid_of_a_higher_level() {
    let model = a_model().by(Method::LevelPoints(Floor::Zero)).price(80);
    let lot = scored(
        model.clone(),
        [a_bid("A").price(1_000_000), a_bid("B").price(1_100_000), a_bid("C").price(1_200_000)],
    );
    assert_eq!(["A", "B", "C"].map(|id| lot.total(id)), [x(80), x(72), x(64)]);
    let level = levels("level", LevelMeasure::Points, &[("trede-1", 12), ("trede-3", 20)]).weighs(20);
    let lot = scored(
        model.pso().criterion(level),
        [a_bid("A").price(1_000_000).level("trede-1"), a_bid("B").price(1_100_000).level("trede-3")],
    );
    assert_eq!([lot.total("A"), lot.total("B")], [x(92), x(92)]);
    assert_eq!(lot.ranking(), "A1 B1");
}

/// de.openprocurements.com: 10·(2 − P/Pmin) from 0 to 10, three decimals, half up.
#[test]
fn the_german_interpolation_stops_at_twice_the_lowest_price() {
    let model = a_model().by(Method::LinearOnLowest(Floor::Zero)).price(10).rounding_totals(3);
    let lot = scored(
        model,
        [("A", "75.00"), ("B", "100.00"), ("C", "112.50"), ("D", "150.00"), ("E", "160.00")]
            .map(|(id, price)| a_bid(id).price(price)),
    );
    assert_eq!(["A", "B", "C", "D", "E"].map(|id| lot.total(id)), [x(10), x("6.667"), x(5), x(0), x(0)]);
}

fn on_corridor(weight: i64, zero: i64, full: i64, outside: Outside, price: i64) -> String {
    let model = a_model().by(corridor(zero, full, outside, outside)).price(weight);
    scored(model, [a_bid("A").price(price)]).total("A").shown()
}

/// HFD 2022:41: 55 points at 700,000 or less, 0 at 3,000,000, a straight line between; unlawful in Sweden.
#[test]
fn the_swedish_floor_gives_full_points_to_every_price_below_it() {
    let points = |price| on_corridor(55, 3_000_000, 700_000, Outside::Clip, price);
    assert_eq!(
        [650_000, 700_000, 1_850_000, 3_000_000, 3_500_000].map(points),
        ["55", "55", "27.5", "0", "0"]
    );
    let model = a_model().by(corridor(3_000_000, 700_000, Outside::Clip, Outside::Clip)).price(55);
    assert_eq!(model.details_of(FindingCode::CorridorClipsBelow), ["700000"]);
}

/// Negometrix, De gewogen factor methode: WP·(Psetmax − P)/(Psetmax − Psetmin).
#[test]
fn the_weighted_factor_goes_on_outside_its_corridor_where_that_is_declared() {
    let points = |price| on_corridor(40, 200, 100, Outside::Extrapolate, price);
    assert_eq!([100, 200, 150, 90, 210].map(points), ["40", "0", "20", "44", "-4"]);
}

/// Negometrix, De log-formule, with A = 2.
#[test]
fn the_logarithmic_formula_is_negative_beyond_a_times_the_lowest_price() {
    let model = a_model().by(Method::Logarithmic(n(2))).price(100);
    let lot = scored(
        model,
        [("A", 100), ("B", 200), ("C", 150), ("D", 250)].map(|(id, price)| a_bid(id).price(price)),
    );
    assert_eq!(
        ["A", "B", "C", "D"].map(|id| rounded(&lot.total(id), 6)),
        ["100", "0", "41.50375", "-32.192809"]
    );
}

/// Negometrix, Gunnen op waarde: a mark of 0.60 on 2,500 euros takes 1,500 off 80,000.
#[test]
fn negometrix_takes_the_value_of_quality_off_the_price() {
    let model = a_model()
        .by(Method::AwardOnValue)
        .without_weights()
        .bare_price()
        .criterion(on_scale("quality", scale(0, 1)).worth(2_500));
    let lot = scored(model, [bid("A", 80_000, "0.60")]);
    assert_eq!(lot.points("A", "quality"), x(1_500));
    assert_eq!(lot.total("A"), x(78_500));
}

fn pva_and_vgm() -> Model {
    a_model()
        .by(Method::AwardOnValue)
        .without_weights()
        .bare_price()
        .valued("pva", 60_000)
        .valued("vgm", 40_000)
}

fn valued(id: &str, price: i64, score: i64) -> Written {
    a_bid(id).price(price).score("pva", score).score("vgm", score)
}

/// HoltermanP/Asbest-hub: two fictive prices of 400,000; the lowest real price decides where that is declared.
#[test]
fn equal_fictive_prices_are_decided_by_the_real_price_where_that_was_declared() {
    let bids = || [valued("a", 500_000, 10), valued("b", 420_000, 2)];
    let lot = scored(pva_and_vgm().ties(&[TieStep::LowestPrice]), bids());
    assert_eq!([lot.total("a"), lot.total("b")], [x(400_000), x(400_000)]);
    assert_eq!(lot.ranking(), "b1 a2");
    assert_eq!(lot.evaluation.ranking.ties.len(), 1);
    let open = scored(pva_and_vgm(), bids());
    assert_eq!(open.ranking(), "a1 b1");
    assert_eq!(open.warned(FindingCode::OpenTie), [["a, b"]]);
}

/// ECLI:NL:RBSGR:2011:BU6124: below zero is allowed.
#[test]
fn a_fictive_price_below_zero_is_not_clipped() {
    assert_eq!(scored(pva_and_vgm(), [valued("A", 100, 5)]).total("A"), x(-49_900));
}

/// CO2-Prestatieladder, 1/2/4/7/10 percent: 30.0 M at 4 % is 28.8 M and beats 29.0 M without a level.
#[test]
fn a_fictitious_discount_of_four_percent_beats_a_price_a_million_lower() {
    let table = [("aspirant", 1), ("basistrede", 2), ("trede-1", 4), ("trede-2", 7), ("trede-3", 10)];
    let model = a_model()
        .by(Method::FictitiousDiscount)
        .without_weights()
        .pso()
        .bare_price()
        .criterion(levels("pso", LevelMeasure::DiscountPercent, &table));
    let lot = scored(model, [a_bid("A").price(30_000_000).level("trede-1"), a_bid("X").price(29_000_000)]);
    assert_eq!([lot.total("A"), lot.total("X")], [x(28_800_000), x(29_000_000)]);
    assert_eq!(lot.ranking(), "A1 X2");
    assert_eq!(lot.outcome("A").scores()[0].raw, x(30_000_000), "the contract is signed at the real price");
}

/// emvi.eu (H. Kuiper): 10 for 100 and 6 for 60 tie; one cent less on both makes the poor bid win.
#[test]
fn the_ratio_ties_exactly_and_one_cent_less_makes_the_cheap_bid_win() {
    for method in [Method::PriceQualityRatio(n(1)), Method::PricePerPoint] {
        let model = || a_model().by(method.clone()).bare_price().quality(10);
        let tied = scored(model(), [bid("ten", 100, 10), bid("six", 60, 6)]);
        assert_eq!(tied.ranking(), "six1 ten1");
        let decided = scored(model(), [bid("ten", "99.99", 10), bid("six", "59.99", 6)]);
        assert_eq!(decided.ranking(), "six1 ten2");
    }
}

fn ufab(method: Method) -> crate::builders::scored::Scored {
    let model = a_model().by(method).bare_price().criterion(on_scale("quality", scale(0, 1000)).weighs(1000));
    scored(model, [bid("A", 100_000, 900), bid("B", 85_000, 800), bid("C", 80_000, 700)])
}

/// UfAB, einfache Richtwertmethode: Z = L/P, times 1,000,000 for reading.
#[test]
fn the_simple_richtwert_is_points_over_price() {
    let lot = ufab(Method::PriceQualityRatio(n(1_000_000)));
    assert_eq!(["A", "B", "C"].map(|id| rounded(&lot.total(id), 4)), ["9000", "9411.7647", "8750"]);
    assert_eq!(lot.ranking(), "B1 A2 C3");
}

/// UfAB, erweiterte Richtwertmethode: within 5 percent of the best ratio the most points decide.
#[test]
fn the_extended_richtwert_lets_points_decide_inside_the_corridor() {
    let lot = ufab(Method::ExtendedRatio(n(5), Decision::MostPoints));
    let inside: Vec<_> = lot.evaluation.ranking.places.iter().map(|place| place.inside_corridor).collect();
    assert_eq!(lot.ranking(), "A1 B2 C3");
    assert_eq!(inside, [Some(true), Some(true), Some(false)]);
    assert_eq!(lot.evaluation.ranking.corridor_from, Some(fraction(800 * 95, 8_500_000)));
}

/// ProzorroUKR/barbecue: features of 0.1 + 0.1 out of 0.15 + 0.15 give 1 + 0.2/0.7 = 9/7.
#[test]
fn the_coefficient_of_prozorro_is_nine_sevenths() {
    assert_eq!(feature_coefficient(&x("0.2"), &x("0.3")), fraction(9, 7));
    let model =
        a_model().by(Method::Features).bare_price().criterion(on_scale("quality", scale(0, 3)).weighs("0.3"));
    assert_eq!(scored(model, [bid("A", 900, 2)]).total("A"), x(700));
}

fn flags(initial: [i64; 3], auction: [i64; 3]) -> usize {
    let rules = [
        AbnormallyLowRule::BelowMeanOfOthers { percent: n(40), others: AmountList::Initial },
        AbnormallyLowRule::BelowNext { percent: n(30), others: AmountList::Final },
    ];
    let model = a_model().price(1).with(|model| model.abnormally_low = rules.map(Into::into).to_vec());
    let written =
        |index: usize| a_bid(["A", "B", "C"][index]).price(auction[index]).initially(initial[index]);
    let lot = scored(model, [written(0), written(1), written(2)]);
    lot.evaluation.abnormally_low.iter().filter(|(bid, _)| *bid == 0).count()
}

/// ProzorroUKR/openprocurement.api, prepare_award_milestones.py: 40 % below the mean of the other initial
/// amounts, or 30 % below the next amount of the auction; just at the bound is flagged.
#[test]
fn prozorro_flags_a_bid_far_below_the_mean_or_the_next() {
    assert_eq!(flags([1100, 1000, 1200], [500, 1000, 1100]), 2);
    assert_eq!(flags([11_000, 833, 800], [490, 700, 850]), 1);
}

/// Innovasjon Norge: Σ w·score with weights 0.45, 0.35 and 0.20.
#[test]
fn a_weighted_sum_is_the_sum_of_weight_times_score() {
    let model = a_model()
        .by(Method::QualityOnly)
        .criterion(on_scale("a", scale(0, 1)).weighs("0.45"))
        .criterion(on_scale("b", scale(0, 1)).weighs("0.35"))
        .criterion(on_scale("c", scale(0, 1)).weighs("0.20"));
    let written = |id: &str, [a, b, c]: [i64; 3]| a_bid(id).score("a", a).score("b", b).score("c", c);
    let lot = scored(model, [written("L1", [10, 7, 8]), written("L2", [8, 10, 10])]);
    assert_eq!(["a", "b", "c"].map(|id| lot.points("L1", id)), [x("4.5"), x("2.45"), x("1.6")]);
    assert_eq!([lot.total("L1"), lot.total("L2")], [x("8.55"), x("9.1")]);
    assert_eq!(lot.ranking(), "L21 L12");
}

/// scribd.com/document/651170533, appendix 6.3: rejected below 5,000 t or above 8 months; equal passes.
#[test]
fn a_knock_out_lets_the_bound_itself_pass() {
    let weights = [("a", 2), ("b", 4), ("c", 2), ("d", 5), ("e", 2)];
    let model = weights.iter().fold(a_model().by(Method::QualityOnly), |model, (id, weight)| {
        model.criterion(on_scale(id, scale(0, 1)).weighs(*weight))
    });
    let model =
        model.knock_out("capacity", Bound::Minimum(n(5_000))).knock_out("months", Bound::Maximum(n(8)));
    let written = |id: &str, capacity: i64, months: i64, scores: [i64; 5]| {
        let bid = a_bid(id).fact("capacity", capacity).fact("months", months);
        weights.iter().zip(scores).fold(bid, |bid, ((id, _), score)| bid.score(id, score))
    };
    let lot = scored(
        model,
        [
            written("B1", 5_000, 8, [100, 100, 50, 60, 80]),
            written("B2", 3_500, 8, [0; 5]),
            written("B3", 7_000, 7, [80, 70, 20, 80, 100]),
            written("B4", 5_500, 6, [90, 100, 100, 100, 60]),
            written("B5", 7_000, 9, [0; 5]),
        ],
    );
    assert_eq!(lot.ranking(), "B41 B12 B33");
    assert_eq!(["B1", "B3", "B4"].map(|id| lot.total(id)), [x(1160), x(1080), x(1400)]);
    assert_eq!([lot.excluded_by("B2"), lot.excluded_by("B5")], [["knock-out"], ["knock-out"]]);
}

/// HoltermanP/Asbest-hub, scoreSpread: flagged when highest less lowest is more than 2.
#[test]
fn a_spread_of_more_than_two_is_flagged_and_a_mean_is_exact() {
    let rule = a_model().assessed_by(Combination::Mean, Some(2)).0.assessment;
    let combined = |scores: &[i64]| {
        let individual = scores.iter().map(|score| ("assessor".to_owned(), n(*score))).collect();
        let score = AssessedScore::combine(rule.as_ref(), None, individual).unwrap();
        (score.spread_flagged, score.score)
    };
    assert_eq!(combined(&[6, 8]), (false, x(7)));
    assert_eq!(combined(&[5, 8]), (true, x("6.5")));
    assert_eq!(combined(&[4, 6, 8]), (true, x(6)));
    assert_eq!(combined(&[1, 1, 2]).1, fraction(4, 3));
}

/// bidfinds.com: purchase and twenty years of cost.
#[test]
fn a_dear_purchase_can_be_the_lowest_cost_over_twenty_years() {
    let model = a_model().by(Method::LowestCost).without_weights().criterion(life_cycle(20, 0));
    let lot = scored(
        model,
        [a_bid("A").costs(100_000, &[15_000; 20], 0), a_bid("B").costs(140_000, &[8_000; 20], 0)],
    );
    assert_eq!([lot.total("A"), lot.total("B")], [x(400_000), x(300_000)]);
    assert_eq!(lot.ranking(), "B1 A2");
}

/// JAAN 2013/112: a bid of zero takes all, the others earn nothing; without that rule it is an error.
#[test]
fn a_price_of_zero_takes_all_where_that_was_declared_and_is_refused_elsewhere() {
    let bids = || [a_bid("A").price("0.00"), a_bid("B").price("50.00"), a_bid("C").price("60.00")];
    let lot = scored(a_model().price(40).zero_takes_all(), bids());
    assert_eq!(["A", "B", "C"].map(|id| lot.total(id)), [x(40), x(0), x(0)]);
    assert_eq!(refused(a_model().price(40), bids()), [FindingCode::ZeroPrice]);
}

/// europadecentraal.nl: any difference decides.
#[test]
fn a_total_of_three_sixty_nine_beats_three_fifty_nine() {
    let model = a_model().by(Method::QualityOnly).quality(10);
    let lot =
        scored(model, [("A", "3.69"), ("B", "3.59")].map(|(id, score)| a_bid(id).score("quality", score)));
    assert_eq!(lot.ranking(), "A1 B2");
    assert!(lot.evaluation.ranking.ties.is_empty());
}

/// C-546/16 Montte: a minimum of 60 percent is lawful, though one bid remains.
#[test]
fn a_minimum_holds_even_if_one_bid_remains() {
    let quality = on_scale("quality", scale(0, 100)).weighs(100);
    let model = a_model()
        .by(Method::QualityOnly)
        .criterion(quality.at_least(crate::builders::criterion::minimum_percent(60)));
    let lot = scored(model, [a_bid("A").score("quality", 70), a_bid("B").score("quality", 55)]);
    assert_eq!(lot.ranking(), "A1");
    assert_eq!(lot.excluded_by("B"), ["threshold"]);
}

/// Constructed after the rank reversal that pianoo.nl warns of: 70·Q + 30·Pmin/P.
#[test]
fn the_winner_changes_when_the_cheapest_drops_out() {
    let model = || a_model().price(30).criterion(on_scale("quality", scale(0, 1)).weighs(70));
    let (a, b) = (bid("A", 100, "0.45"), bid("B", 140, "0.55"));
    let with = scored(model(), [a.clone(), b.clone(), bid("C", 60, "0.2")]);
    assert_eq!(["A", "B", "C"].map(|id| rounded(&with.total(id), 4)), ["49.5", "51.3571", "44"]);
    let without = scored(model(), [a, b]);
    assert_eq!(["A", "B"].map(|id| rounded(&without.total(id), 4)), ["61.5", "59.9286"]);
    assert_eq!([with.ranking(), without.ranking()], ["B1 A2 C3", "A1 B2"]);
}

/// Aw 2012 art. 2.115 and dir. 2014/24 art. 67(5): percentages sum to exactly 100.
#[test]
fn percentages_of_forty_and_fifty_are_refused() {
    let model = |quality: i64| {
        a_model()
            .criterion(price("price").weighs(40))
            .criterion(assessed("quality").weighs(quality))
            .with(|model| model.weight_unit = Some(trede_rules::award::model::WeightUnit::Percent))
    };
    assert!(!model(60).tells(FindingCode::WeightsDoNotSum));
    assert_eq!(model(50).details_of(FindingCode::WeightsDoNotSum), ["90"]);
}
