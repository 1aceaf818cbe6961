//! Every analysis says what scoring the changed set of bids again says: random tenders, all methods, with minimum
//! totals, rounding, discounts and both rules for a bidder that drops out.

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use trede_wire::score_result::{LotResult, MarginResult};

use crate::support::*;

/// A bid as plain numbers: price in euros, two scores in tenths, the level, and an offer in percent.
type Numbers = (i64, u32, u32, usize, u32);

const LEVELS: [&str; 4] = ["none", "trede-1", "trede-2", "trede-3"];

fn numbers() -> impl Strategy<Value = Numbers> {
    (50i64..400, 10u32..=100, 10u32..=100, 0usize..4, 0u32..=5)
}

fn bid_of(id: usize, (euros, first, second, level, offer): Numbers) -> Value {
    json!({
        "id": format!("b{id}"), "price": format!("{euros}.00"), "pso": { "level": LEVELS[level] },
        "scores": { "q1": tenths(first), "q2": tenths(second) }, "commitments": { "offer": offer.to_string() }
    })
}

fn tenths(score: u32) -> String {
    Decimal::new(score.into(), 1).normalize().to_string()
}

fn bids_of(numbers: &[Numbers]) -> Value {
    numbers.iter().enumerate().map(|(id, numbers)| bid_of(id, *numbers)).collect()
}

/// What is drawn of a model: method, rounding, minimum total, drop-out rule, and how the level counts.
#[derive(Clone, Debug)]
struct Choices {
    method: Value,
    rounding: Option<(&'static str, u32)>,
    minimum: Option<u32>,
    drop_out: &'static str,
    discount: bool,
    relative_quality: bool,
}

fn choices() -> impl Strategy<Value = Choices> {
    let corridor = |below: &str, above: &str| {
        let bounds = json!({ "fullPointsAt": "100", "zeroPointsAt": "300", "below": below, "above": above });
        json!({ "code": "absolute-linear", "corridor": bounds })
    };
    let method = prop::sample::select(vec![
        json!({ "code": "relative-lowest" }),
        json!({ "code": "linear-on-lowest", "floor": "zero" }),
        json!({ "code": "linear-on-lowest", "floor": "none" }),
        json!({ "code": "lowest-to-highest" }),
        json!({ "code": "level-points", "floor": "zero" }),
        json!({ "code": "utility-index" }),
        corridor("reject", "reject"),
        corridor("clip", "extrapolate"),
    ]);
    let rounding = prop::option::of((prop::sample::select(vec!["total", "criterion"]), 0u32..3));
    let drop_out = prop::sample::select(vec!["recompute", "keep-ranking"]);
    (method, rounding, prop::option::of(30u32..75), drop_out, any::<bool>(), any::<bool>()).prop_map(
        |(method, rounding, minimum, drop_out, discount, relative_quality)| Choices {
            relative_quality: relative_quality && method["code"] != "utility-index",
            method,
            rounding,
            minimum,
            drop_out,
            discount,
        },
    )
}

fn model(choices: &Choices) -> Value {
    let level = if choices.discount {
        let rows = points_by_level(["0", "4", "7", "10", "10"]);
        json!({ "id": "pso", "kind": "pso-level", "levels": { "measure": "discount-percent", "rows": rows } })
    } else {
        let rows = points_by_level(["0", "4", "7", "10", "10"]);
        json!({ "id": "pso", "kind": "pso-level", "weight": "10", "levels": { "measure": "points", "rows": rows } })
    };
    let stepped = |id: &str, weight: &str| {
        let mut criterion = quality(id, weight, "10");
        criterion["scale"]["step"] = json!("0.1");
        criterion
    };
    let mut first = stepped("q1", "25");
    if choices.relative_quality {
        first["relativeToBest"] = json!(true);
    }
    let commitment =
        json!({ "measure": "percentage", "minimum": "0", "maximum": "5", "aboveMaximum": "clip" });
    let offer =
        json!({ "id": "offer", "kind": "social-return-commitment", "weight": "5", "commitment": commitment });
    let mut model = json!({
        "method": choices.method, "weightUnit": "points", "dropOut": choices.drop_out,
        "criteria": [price("40"), first, stepped("q2", "20"), level, offer],
        "pso": { "ladderVersion": "pso-before-2023" }, "ties": [{ "by": "lot" }]
    });
    if let Some((stage, decimals)) = choices.rounding {
        model["rounding"] = json!({ "stage": stage, "decimals": decimals });
    }
    if let Some(minimum) = choices.minimum {
        // The index of utility lies between zero and about one.
        let minimum = if choices.method["code"] == "utility-index" {
            Decimal::new(minimum.into(), 2)
        } else {
            Decimal::from(minimum)
        };
        model["totalThreshold"] = json!({ "minimumPoints": minimum.to_string() });
    }
    model
}

/// The bids with one of them changed.
fn changed(bids: &Value, id: &str, change: impl Fn(&mut Value)) -> Value {
    let mut bids = bids.clone();
    change(bids.as_array_mut().unwrap().iter_mut().find(|bid| bid["id"] == id).unwrap());
    bids
}

/// Whether the bid is first, alone and by its total.
fn wins(model: &Value, bids: Value, id: &str) -> bool {
    let lot = ranked_lot(model.clone(), bids);
    let total = |id: &str| lot.ranking.iter().find(|bid| bid.id == id).map(|bid| bid.total.declared.clone());
    let tied = lot
        .ranking
        .iter()
        .filter(|other| other.id != id)
        .any(|other| Some(&other.total.declared) == total(id).as_ref());
    lot.first.first().map(String::as_str) == Some(id) && !tied
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The least price, score and offer of a margin win when they are scored, and one step less does not.
fn margin_holds(
    model: &Value,
    bids: &Value,
    margin: &MarginResult,
    lot: &LotResult,
) -> Result<(), TestCaseError> {
    let id = margin.id.as_str();
    let own = bids.as_array().unwrap().iter().find(|bid| bid["id"] == id).unwrap();
    let with_price = |price: Decimal| changed(bids, id, |bid| bid["price"] = json!(price.to_string()));
    let with_score = |criterion: &str, score: Decimal| {
        changed(bids, id, |bid| bid["scores"][criterion] = json!(score.to_string()))
    };
    if let Some(price) = &margin.price {
        let price = decimal(price);
        prop_assert!(wins(model, with_price(price), id), "{id} at {price}: {lot:?}");
        prop_assert!(!wins(model, with_price(price + Decimal::new(1, 2)), id), "{id} above {price}");
    }
    let step = Decimal::new(1, 1);
    for found in &margin.scores {
        let (criterion, score) = (found.criterion.as_str(), decimal(&found.score));
        prop_assert!(wins(model, with_score(criterion, score), id), "{id} with {score} on {criterion}");
        let less = score - step;
        prop_assert!(!wins(model, with_score(criterion, less), id), "{id} with {less} on {criterion}");
    }
    for criterion in ["q1", "q2"] {
        // Where no score is told, the highest of the scale does not do it.
        if !margin.scores.iter().any(|found| found.criterion == criterion) && own["scores"][criterion] != "10"
        {
            prop_assert!(
                !wins(model, with_score(criterion, Decimal::TEN), id),
                "{id}: 10 on {criterion} wins"
            );
        }
    }
    if let Some(level) = &margin.level {
        let promoted = changed(bids, id, |bid| bid["pso"]["level"] = json!(level));
        prop_assert!(wins(model, promoted, id), "{id} on {level}");
    }
    for offered in margin.commitments.iter().filter_map(|margin| margin.offer.as_ref()) {
        let with_offer =
            |offer: Decimal| changed(bids, id, |bid| bid["commitments"]["offer"] = json!(offer.to_string()));
        let offer = decimal(offered);
        prop_assert!(wins(model, with_offer(offer), id), "{id} with an offer of {offer}");
        prop_assert!(!wins(model, with_offer(offer - Decimal::new(1, 2)), id), "{id} below {offer}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn who_wins_when_a_bidder_drops_out_is_what_scoring_the_others_says(
        choices in choices(), numbers in prop::collection::vec(numbers(), 2..7),
    ) {
        let (model, bids) = (model(&choices), bids_of(&numbers));
        let lot = scored_lot(model.clone(), bids.clone());
        for effect in &lot.analysis.as_ref().unwrap().drop_outs {
            let rest: Value =
                bids.as_array().unwrap().iter().filter(|bid| bid["id"] != effect.without.as_str()).cloned().collect();
            let again = ranked_lot(model.clone(), rest);
            prop_assert_eq!(&again.first, &effect.first, "without {} {:?}", effect.without, choices);
        }
    }

    #[test]
    fn a_margin_wins_when_it_is_scored_and_one_step_less_does_not(
        choices in choices(), numbers in prop::collection::vec(numbers(), 2..6),
    ) {
        let (model, bids) = (model(&choices), bids_of(&numbers));
        let lot = scored_lot(model.clone(), bids.clone());
        for margin in &lot.analysis.as_ref().unwrap().margins {
            margin_holds(&model, &bids, margin, &lot)?;
        }
    }

    #[test]
    fn the_euros_of_an_award_factor_give_the_same_total_when_they_are_scored(
        choices in choices(), numbers in prop::collection::vec(numbers(), 2..6),
    ) {
        // A minimum would take the bid out, and rounding to points makes many prices one.
        let choices = Choices { minimum: None, rounding: None, ..choices };
        let (model, bids) = (model(&choices), bids_of(&numbers));
        let lot = scored_lot(model.clone(), bids.clone());
        for ranked in &lot.ranking {
            let factor = &ranked.award_factor.as_ref().unwrap().level;
            let Some(euros) = &factor.euros else {
                prop_assert_eq!(factor.missing.as_ref().map(|missing| missing.code.as_str()), Some("no-price"));
                continue;
            };
            let reduced = decimal(ranked.price.as_ref().unwrap()) - decimal(euros);
            let without = changed(&bids, &ranked.id, |bid| {
                bid["pso"]["level"] = json!("none");
                bid["price"] = json!(reduced.to_string());
            });
            let again = ranked_lot(model.clone(), without);
            // A corridor can refuse the lower price, which then makes up for nothing; half a cent is rounded away.
            let Some(now) = again.ranking.iter().find(|bid| bid.id == ranked.id) else { continue };
            let (one, other) = (decimal(&ranked.total.declared), decimal(&now.total.declared));
            prop_assert!((one - other).abs() < Decimal::new(1, 2), "{}: {one} and {other} {choices:?}", ranked.id);
        }
    }
}
