//! The analyses say what scoring again would say.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use trede_wire::score_result::{AnalysisResult, LotResult};

use crate::support::*;

fn model(code: &str) -> Value {
    relative(code, json!([price("40"), quality("q1", "35", "10"), quality("q2", "25", "10")]))
}

fn bids() -> Value {
    json!([
        { "id": "A", "price": "100.00", "scores": { "q1": "6", "q2": "7" } },
        { "id": "B", "price": "125.00", "scores": { "q1": "8", "q2": "9" } },
        { "id": "C", "price": "90.00", "scores": { "q1": "4", "q2": "4" } },
        { "id": "D", "price": "140.00", "scores": { "q1": "9", "q2": "6" } }
    ])
}

fn analysis(lot: &LotResult) -> &AnalysisResult {
    lot.analysis.as_ref().unwrap()
}

#[test]
fn leaving_a_bid_out_gives_the_winner_that_the_analysis_tells() {
    for code in ["relative-lowest", "lowest-to-highest", "utility-index"] {
        let lot = scored_lot(model(code), bids());
        for effect in &analysis(&lot).drop_outs {
            let rest: Value = bids()
                .as_array()
                .unwrap()
                .iter()
                .filter(|bid| bid["id"] != effect.without.as_str())
                .cloned()
                .collect();
            assert_eq!(
                scored_lot(model(code), rest).first,
                effect.first,
                "{code} without {}",
                effect.without
            );
        }
    }
}

/// The model with one weight changed and the others rescaled in proportion.
fn reweighed(code: &str, id: &str, weight: Decimal) -> Value {
    let mut model = model(code);
    let old: Decimal =
        model["criteria"].as_array().unwrap().iter().find(|c| c["id"] == id).unwrap()["weight"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
    for criterion in model["criteria"].as_array_mut().unwrap() {
        let own: Decimal = criterion["weight"].as_str().unwrap().parse().unwrap();
        let scale = (Decimal::ONE_HUNDRED - weight) / (Decimal::ONE_HUNDRED - old);
        let new = if criterion["id"] == id { weight } else { own * scale };
        criterion["weight"] = json!(new.round_dp(9).normalize().to_string());
    }
    model
}

#[test]
fn the_winner_stays_inside_the_intervals_and_not_outside() {
    let step = Decimal::new(1, 3);
    for code in ["relative-lowest", "lowest-to-highest", "quality-mark-up", "utility-index"] {
        let lot = scored_lot(model(code), bids());
        let winner = &lot.first;
        for found in &analysis(&lot).stability {
            for interval in &found.intervals {
                let from: Decimal = interval.from.parse().unwrap();
                let to: Decimal = interval.to.as_ref().unwrap().parse().unwrap();
                let wins = |weight: Decimal| {
                    &scored_lot(reweighed(code, &found.criterion, weight), bids()).first == winner
                };
                let place = format!("{code} {} {from} to {to}", found.criterion);
                assert!(wins((from + to) / Decimal::TWO), "{place}: the middle");
                if from > step {
                    assert!(wins(from + step) && !wins(from - step), "{place}: the lower end");
                }
                if to < Decimal::ONE_HUNDRED - step {
                    assert!(wins(to - step) && !wins(to + step), "{place}: the upper end");
                }
            }
        }
    }
}

#[test]
fn a_loser_wins_at_its_margin_and_not_a_cent_above() {
    for code in ["relative-lowest", "lowest-to-highest", "quality-mark-up", "utility-index"] {
        let lot = scored_lot(model(code), bids());
        for margin in &analysis(&lot).margins {
            let Some(price) = &margin.price else { continue };
            let price: Decimal = price.parse().unwrap();
            let wins = |price: Decimal| {
                let mut bids = bids();
                let list = bids.as_array_mut().unwrap();
                list.iter_mut().find(|bid| bid["id"] == margin.id.as_str()).unwrap()["price"] =
                    json!(price.to_string());
                scored_lot(model(code), bids).first == [margin.id.clone()]
            };
            assert!(wins(price), "{code} {} at {price}", margin.id);
            assert!(!wins(price + Decimal::new(1, 2)), "{code} {} above {price}", margin.id);
        }
    }
}

#[test]
fn the_value_of_a_criterion_can_shift_until_another_bid_wins() {
    let valued = |value: &str| {
        json!({ "method": { "code": "award-on-value" }, "criteria": [
            bare_price(), { "id": "q", "kind": "assessed-quality", "value": value, "scale": { "highest": "10" } }
        ] })
    };
    let bids = json!([
        { "id": "A", "price": "1000.00", "scores": { "q": "10" } },
        { "id": "B", "price": "900.00", "scores": { "q": "5" } }
    ]);
    let lot = scored_lot(valued("300"), bids.clone());
    let found = &analysis(&lot).stability[0];
    // A: 1000 − V against B: 900 − V/2 draw level at V = 200, and nothing bounds V above.
    assert_eq!((found.intervals[0].from.as_str(), found.intervals[0].to.as_ref()), ("200", None));
    assert_eq!(lot.first, ["A"]);
    assert_eq!(scored_lot(valued("199.99"), bids).first, ["B"]);
}

#[test]
fn a_level_is_worth_its_discount_at_the_reference_price() {
    let rows = points_by_level(["0", "2", "4", "7", "7"]);
    let level = json!({ "id": "pso", "kind": "pso-level", "levels": { "measure": "discount-percent", "rows": rows } });
    let model = json!({
        "method": { "code": "fictitious-discount" }, "criteria": [bare_price(), level],
        "pso": { "ladderVersion": "pso-before-2023" }
    });
    let mut file =
        one_lot(model, json!([{ "id": "A", "price": "30000000.00", "pso": { "level": "trede-2" } }]));
    file["lots"][0]["referencePrice"] = json!("30000000.00");
    let lot = scored(&file).lots.remove(0);
    let worth = &analysis(&lot).level_worth;
    let euros: Vec<&str> = worth.iter().map(|worth| worth.euros.as_deref().unwrap()).collect();
    assert_eq!(euros, ["0.00", "0.00", "600000.00", "1200000.00", "2100000.00", "2100000.00"]);
}

#[test]
fn the_euros_of_an_award_factor_give_the_same_total_without_it() {
    let rows = points_by_level(["0", "4", "4", "10", "10"]);
    let level = json!({ "id": "pso", "kind": "pso-level", "weight": "10", "levels": { "measure": "points", "rows": rows } });
    let criteria = json!([price("60"), quality("q", "30", "10"), level]);
    let corridor = json!({ "fullPointsAt": "50", "zeroPointsAt": "250", "below": "extrapolate", "above": "extrapolate" });
    for method in [
        json!({ "code": "absolute-linear", "corridor": corridor }),
        json!({ "code": "linear-on-lowest", "floor": "none" }),
        json!({ "code": "lowest-to-highest" }),
        json!({ "code": "quality-mark-up" }),
    ] {
        let model = json!({
            "method": method, "weightUnit": "percent", "dropOut": "recompute", "criteria": criteria,
            "pso": { "ladderVersion": "pso-before-2023" }
        });
        let bids = |price: &str, level: &str| {
            json!([
                { "id": "A", "price": price, "scores": { "q": "5" }, "pso": { "level": level } },
                { "id": "B", "price": "100.00", "scores": { "q": "5" } },
                { "id": "C", "price": "200.00", "scores": { "q": "9" } }
            ])
        };
        let with_level = scored_lot(model.clone(), bids("180.00", "trede-1"));
        let euros = bid(&with_level, "A").award_factor.clone().unwrap().level.euros.unwrap();
        let reduced = Decimal::new(18_000, 2) - euros.parse::<Decimal>().unwrap();
        let without = scored_lot(model, bids(&reduced.to_string(), "none"));
        let number = |lot: &LotResult| total(lot, "A").parse::<Decimal>().unwrap();
        assert!((number(&with_level) - number(&without)).abs() < Decimal::new(1, 2), "{method}");
    }
}
