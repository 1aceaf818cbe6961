//! Markets of which the answer is known in closed form.

use serde_json::{Value, json};

use crate::support::{
    assert_share, assessed, discount, file, lowest_price, number, only, quality, uniform, whole_model,
};

#[test]
fn of_equal_bidders_at_the_lowest_price_each_wins_one_in_n() {
    for bidders in [2u32, 5, 9] {
        let kinds: Vec<_> = (0..bidders)
            .map(|n| json!({ "id": format!("b{n}"), "count": 1, "price": uniform("50000", "90000", 2) }))
            .collect();
        let found = only(&file(lowest_price(), json!({ "bidders": kinds })));
        for kind in &found.winners {
            assert_share(&kind.wins, 100.0 / f64::from(bidders));
        }
        let wins: u64 = found.winners.iter().map(|kind| kind.wins.count).sum();
        assert_eq!(wins, u64::from(crate::support::TENDERS), "somebody wins each tender");
    }
}

/// The lowest of n uniform prices has the mean from + (to − from)/(n + 1), and lies below x with chance
/// 1 − (1 − share of x)ⁿ.
#[test]
fn the_lowest_of_n_uniform_prices_is_spread_as_it_must_be() {
    let market = json!({ "bidders": [ { "id": "b", "count": 4, "price": uniform("50000", "90000", 2) } ] });
    let found = only(&file(lowest_price(), market)).price;
    let at = |share: f64| 50_000.0 + 40_000.0 * (1.0 - (1.0 - share).powf(0.25));
    let margin = number(&found.margin);
    assert!((number(&found.expected) - 58_000.0).abs() <= margin * 3.3 / 1.96, "{found:?}");
    // σ of the lowest of four is 40,000·√(4/(25·6)) = 6,532, so 1.96·σ/√10,000 is 128.03.
    assert!((margin - 128.03).abs() < 3.0, "{margin}");
    assert!(
        (number(&found.p10) - at(0.1)).abs() < 120.0 && (number(&found.p90) - at(0.9)).abs() < 450.0,
        "{found:?}"
    );
}

/// With prices X, Y uniform from a to b the bidder with a discount of d percent wins with chance P(kX < Y), k = 1 − d/100:
/// for X up to a/k always, beyond it (b − kX)/(b − a).
#[test]
fn a_discount_against_uniform_prices_wins_as_often_as_the_integral_says() {
    let (a, b): (f64, f64) = (50_000.0, 90_000.0);
    for percent in [5.0, 10.0, 25.0] {
        let k = 1.0 - percent / 100.0;
        let always = (a / k).min(b);
        let rest = (b * (b - always) - k * (b * b - always * always) / 2.0) / (b - a);
        let chance = (always - a + rest) / (b - a);
        let found = only(&file(discount(&percent.to_string()), with_and_without()));
        assert_share(&found.winners[0].wins, 100.0 * chance);
    }
}

/// Two bidders at the same uniform prices, one with a level.
fn with_and_without() -> Value {
    json!({ "bidders": [
        { "id": "met", "count": 1, "price": uniform("50000", "90000", 2), "levels": [ { "level": "trede-2", "percent": "100" } ] },
        { "id": "zonder", "count": 1, "price": uniform("50000", "90000", 2) }
    ] })
}

/// What the discount costs: the winner with it pays more only where X > Y > kX, and then X − Y more.
#[test]
fn what_a_level_costs_is_the_mean_of_what_the_dearer_winner_asks_more() {
    let (a, b, k): (f64, f64, f64) = (50_000.0, 90_000.0, 0.9);
    let steps = 4_000;
    let mut expected = 0.0;
    for n in 0..steps {
        let x = a + (b - a) * (f64::from(n) + 0.5) / f64::from(steps);
        // ∫ (x − y) dy over y from max(kx, a) to x.
        let from = (k * x).max(a);
        expected += (x - from) * (x - from) / 2.0 / (b - a) / f64::from(steps);
    }
    let found = only(&file(discount("10"), with_and_without())).level_effect.unwrap();
    let (price, margin) = (number(&found.price.expected), number(&found.price.margin));
    assert!((price - expected).abs() <= margin * 3.3 / 1.96, "{price} ± {margin} is not {expected}");
    // trede-2 is the fourth level of the ladder: each change of winner gains four steps.
    let steps = 4.0 * number(&found.changes_winner.percent) / 100.0;
    assert!((number(&found.levels.expected) - steps).abs() < 0.001, "{found:?}");
    let per_level = number(found.price_per_level.as_ref().unwrap());
    assert!((per_level - price / number(&found.levels.expected)).abs() < 1.0, "{found:?}");
    assert_eq!(found.by_gain.iter().map(|gain| gain.levels).collect::<Vec<_>>(), [0, 4]);
}

fn normal(mean: &str) -> Value {
    json!({ "shape": "normal", "mean": mean, "deviation": "5", "from": "0", "to": "100", "decimals": 4 })
}

/// Two normal qualities with means m and m', one deviation σ and correlation ρ: the better one has chance
/// Φ((m − m') / (σ·√(2 − 2ρ))).
#[test]
fn of_two_bidders_with_correlated_quality_the_better_wins_as_often_as_the_normal_says() {
    // Φ(3/√50) = 0.66431, Φ(3/√25) = 0.72575, Φ(3/√5) = 0.91014.
    for (correlation, percent) in [("0", 66.431), ("0.5", 72.575), ("0.9", 91.014)] {
        let market = json!({
            "bidders": [
                { "id": "beter", "count": 1, "scores": { "plan": normal("53") } },
                { "id": "ander", "count": 1, "scores": { "plan": normal("50") } }
            ],
            "shared": [ { "of": "plan", "coefficient": correlation } ]
        });
        let found = only(&file(quality(json!([assessed("plan", "100")])), market));
        assert_share(&found.winners[0].wins, percent);
    }
}

/// Within a bid: a total of two normal qualities with weights ½ and correlation ρ has deviation σ·√((1 + ρ)/2).
#[test]
fn what_goes_together_within_a_bid_widens_its_total() {
    // Against a bid of exactly 52, Φ(−2/(5·√((1 + ρ)/2))): ρ = −0.5 → 0.21186, 0 → 0.28580, 0.8 → 0.33671.
    for (correlation, percent) in [("-0.5", 21.186), ("0", 28.58), ("0.8", 33.671)] {
        let market = json!({
            "bidders": [
                { "id": "los", "count": 1, "scores": { "plan": normal("50"), "milieu": normal("50") } },
                { "id": "vast", "count": 1, "past": [ { "scores": { "plan": "52", "milieu": "52" } } ] }
            ],
            "correlations": [ { "between": ["plan", "milieu"], "coefficient": correlation } ]
        });
        let found = only(&file(quality(json!([assessed("plan", "50"), assessed("milieu", "50")])), market));
        assert_share(&found.winners[0].wins, percent);
    }
}

/// Independent criteria decide by their variance: weights 60 and 40 and uniform scores of one and half the width
/// give 60²·1 : 40²·¼ = 90 : 10, far from 60 : 40.
#[test]
fn a_criterion_decides_by_the_variance_it_makes_and_not_by_its_weight() {
    let market = json!({ "bidders": [ { "id": "b", "count": 5, "scores": {
        "plan": uniform("0", "100", 2), "milieu": uniform("50", "100", 2)
    } } ] });
    let found = only(&file(quality(json!([assessed("plan", "60"), assessed("milieu", "40")])), market));
    let share = |index: usize| number(found.criteria[index].decides_percent.as_ref().unwrap());
    assert!((share(0) - 90.0).abs() < 1.0, "{:?}", found.criteria);
    assert!((share(0) + share(1) - 100.0).abs() < 0.011);
    assert_eq!(found.criteria[0].weight_percent.as_deref(), Some("60"));
    assert!(found.criteria[0].turns.count > found.criteria[1].turns.count);
}

/// On a line from 100,000 to 140,000 of uniform prices from 90,000 to 150,000 one sixth lies on either side.
#[test]
fn the_corridor_is_hit_as_often_as_prices_lie_outside_it() {
    let mut model = whole_model(
        "lijn",
        json!({
            "code": "absolute-linear",
            "corridor": { "fullPointsAt": "100000", "zeroPointsAt": "140000", "below": "extrapolate", "above": "reject" }
        }),
    );
    model["awardModel"].as_object_mut().unwrap().remove("dropOut");
    let score = uniform("0", "100", 0);
    let market = json!({ "bidders": [ { "id": "b", "count": 2, "price": uniform("90000", "150000", 2),
        "scores": { "plan": score, "milieu": score }, "commitments": { "toezegging": uniform("2", "5", 1) } } ] });
    let found = only(&file(json!([model]), market));
    let corridor = found.corridor.unwrap();
    assert_share(corridor.below.as_ref().unwrap(), 100.0 / 6.0);
    assert_share(corridor.above.as_ref().unwrap(), 100.0 / 6.0);
    assert_share(&corridor.tenders, 100.0 * (1.0 - 4.0 / 9.0));
    assert_eq!(found.excluded[0].code, "outside-bounds");
    assert_eq!(found.excluded[0].bids.count, corridor.above.unwrap().count);
    assert_share(&found.awarded, 100.0 * (1.0 - 1.0 / 36.0));
}

/// Who bids with a chance of 60 percent against one who always does, at the same prices, wins 30 percent.
#[test]
fn a_bidder_that_does_not_always_bid_wins_less_often() {
    let market = json!({ "bidders": [
        { "id": "soms", "count": 1, "takesPartPercent": "60", "price": uniform("50000", "90000", 2) },
        { "id": "altijd", "count": 1, "price": uniform("50000", "90000", 2) }
    ] });
    let found = only(&file(lowest_price(), market));
    assert_share(&found.winners[0].wins, 30.0);
    assert_eq!(found.winners[0].ranked.percent, "100");
    assert!(found.excluded.is_empty());
}
