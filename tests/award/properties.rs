//! Properties that hold for any lot: order of bids, monotonicity, sums, and no panic on any number.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

/// The methods with a price, and how each is declared.
fn methods() -> Vec<Value> {
    let corridor = |outside: &str| json!({ "fullPointsAt": "200", "zeroPointsAt": "900", "below": outside, "above": outside });
    vec![
        json!({ "code": "absolute-linear", "corridor": corridor("clip") }),
        json!({ "code": "absolute-linear", "corridor": corridor("extrapolate") }),
        json!({ "code": "relative-lowest" }),
        json!({ "code": "linear-on-lowest", "floor": "zero" }),
        json!({ "code": "linear-on-lowest", "floor": "none" }),
        json!({ "code": "lowest-to-highest" }),
        json!({ "code": "logarithmic", "base": "2" }),
        json!({ "code": "level-points", "floor": "zero" }),
        json!({ "code": "quality-mark-up" }),
        json!({ "code": "utility-index" }),
        json!({ "code": "award-on-value" }),
        json!({ "code": "price-quality-ratio" }),
        json!({ "code": "extended-ratio", "corridorPercent": "5", "decision": "lowest-price" }),
        json!({ "code": "price-per-point" }),
        json!({ "code": "features" }),
    ]
}

/// Criteria that suit a method: price, quality, PSO level and commitment.
fn model(method: &Value) -> Value {
    let code = method["code"].as_str().unwrap();
    let weighs_price = !matches!(
        code,
        "award-on-value" | "price-quality-ratio" | "extended-ratio" | "price-per-point" | "features"
    );
    let (field, unit) = if code == "award-on-value" { ("value", None) } else { ("weight", Some("points")) };
    let scaled =
        |points: &str| if code == "features" { format!("0.{points:0>2}") } else { points.to_owned() };
    let mut price = json!({ "id": "price", "kind": "price" });
    if weighs_price {
        price["weight"] = json!("60");
    }
    let scale = json!({ "highest": "10" });
    let mut quality = json!({ "id": "quality", "kind": "assessed-quality", "scale": scale });
    quality[field] = json!(scaled("20"));
    let rows = points_by_level(["0", "3", "6", "10", "10"]);
    let mut level = json!({ "id": "pso", "kind": "pso-level", "scale": scale, "levels": { "measure": "score", "rows": rows } });
    level[field] = json!(scaled("5"));
    let commitment =
        json!({ "measure": "percentage", "minimum": "0", "maximum": "5", "aboveMaximum": "clip" });
    let mut offer = json!({ "id": "offer", "kind": "social-return-commitment", "commitment": commitment });
    offer[field] = json!(scaled("5"));
    let mut model = json!({
        "method": method, "dropOut": "recompute", "criteria": [price, quality, level, offer],
        "pso": { "ladderVersion": "pso-before-2023" }, "ties": [{ "by": "lot" }]
    });
    if let Some(unit) = unit {
        model["weightUnit"] = json!(unit);
    }
    model
}

const LEVELS: [&str; 4] = ["none", "trede-1", "trede-2", "trede-3"];

/// A bid as plain numbers: price in cents, quality in tenths, level and offer in tenths of a percent.
type Numbers = (i64, u32, usize, u32);

fn numbers() -> impl Strategy<Value = Numbers> {
    (1i64..150_000, 1u32..=100, 0usize..4, 0u32..=70)
}

fn decimal(value: i64, decimals: u32) -> String {
    rust_decimal::Decimal::new(value, decimals).to_string()
}

fn bid_of(id: &str, (cents, quality, level, offer): Numbers) -> Value {
    json!({
        "id": id, "price": decimal(cents, 2), "scores": { "quality": decimal(quality.into(), 1) },
        "pso": { "level": LEVELS[level] }, "commitments": { "offer": decimal(offer.into(), 1) }
    })
}

fn bids_of(numbers: &[Numbers]) -> Value {
    numbers.iter().enumerate().map(|(index, numbers)| bid_of(&format!("b{index}"), *numbers)).collect()
}

/// Whether the first bid does at least as well in `after` as in `before`: its exact total, and its rank.
fn no_worse(before: &Value, after: &Value, method: &Value) -> Result<(), TestCaseError> {
    let (before, after) =
        (ranked_lot(model(method), before.clone()), ranked_lot(model(method), after.clone()));
    let exact = |lot: &trede_wire::score_result::LotResult| {
        let total = &bid(lot, "b0").total;
        let (numerator, denominator) = fraction(&total.exact, total.fraction.as_deref());
        num_rational::BigRational::new(numerator, denominator)
    };
    let lowest_wins = json!(before.best_total) == "lowest";
    let (was, is) = (exact(&before), exact(&after));
    prop_assert!(if lowest_wins { is <= was } else { is >= was }, "{method}: total {was} became {is}");
    prop_assert!(bid(&after, "b0").rank <= bid(&before, "b0").rank, "{method}: rank got worse");
    Ok(())
}

fn fraction(shown: &str, fraction: Option<&str>) -> (num_bigint::BigInt, num_bigint::BigInt) {
    if let Some((numerator, denominator)) = fraction.and_then(|fraction| fraction.split_once('/')) {
        return (numerator.parse().unwrap(), denominator.parse().unwrap());
    }
    let decimal: rust_decimal::Decimal = shown.parse().unwrap();
    (decimal.mantissa().into(), num_bigint::BigInt::from(10).pow(decimal.scale()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_bids_changes_nothing(numbers in prop::collection::vec(numbers(), 2..7), by in 1usize..6) {
        for method in methods() {
            let bids = bids_of(&numbers);
            let mut turned = bids.clone();
            let list = turned.as_array_mut().unwrap();
            let by = by % list.len();
            list.rotate_left(by);
            list.reverse();
            let (one, other) = (scored(&one_lot(model(&method), bids)), scored(&one_lot(model(&method), turned)));
            prop_assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
        }
    }

    #[test]
    fn a_lower_price_never_scores_worse(numbers in prop::collection::vec(numbers(), 1..6), cents in 1i64..150_000) {
        let mut cheaper = numbers.clone();
        cheaper[0].0 = cheaper[0].0.min(cents);
        for method in methods() {
            no_worse(&bids_of(&numbers), &bids_of(&cheaper), &method)?;
        }
    }

    #[test]
    fn a_higher_level_or_commitment_never_scores_worse(
        numbers in prop::collection::vec(numbers(), 1..6), level in 0usize..4, offer in 0u32..=70,
    ) {
        let (mut promoted, mut promised) = (numbers.clone(), numbers.clone());
        promoted[0].2 = promoted[0].2.max(level);
        promised[0].3 = promised[0].3.max(offer);
        // In the corridor of the extended ratio a better ratio can let a cheaper rival out of it, never in.
        for method in methods() {
            no_worse(&bids_of(&numbers), &bids_of(&promoted), &method)?;
            no_worse(&bids_of(&numbers), &bids_of(&promised), &method)?;
        }
    }

    #[test]
    fn the_total_is_the_sum_of_the_declared_scores(numbers in prop::collection::vec(numbers(), 1..6)) {
        for code in ["relative-lowest", "lowest-to-highest"] {
            let rounding = json!({ "rounding": { "stage": "criterion", "decimals": 2 } });
            let lot = scored_lot(with(model(&json!({ "code": code })), rounding), bids_of(&numbers));
            for bid in &lot.ranking {
                let parts = bid.criteria.iter().map(|score| score.declared.parse::<rust_decimal::Decimal>().unwrap());
                prop_assert_eq!(parts.sum::<rust_decimal::Decimal>(), bid.total.declared.parse().unwrap());
            }
        }
    }

    #[test]
    fn the_shares_of_a_consortium_average_its_levels(shares in prop::collection::vec(1u32..50, 1..5)) {
        let rest = 100i64 - i64::from(shares.iter().sum::<u32>().min(99));
        prop_assume!(shares.iter().sum::<u32>() < 100);
        let mut members: Vec<Value> = shares
            .iter()
            .map(|share| json!({ "name": "m", "sharePercent": share.to_string(), "pso": { "level": "trede-2" } }))
            .collect();
        members.push(json!({ "name": "rest", "sharePercent": rest.to_string(), "pso": { "level": "trede-2" } }));
        let mut model = model(&json!({ "code": "relative-lowest" }));
        model["pso"]["consortiumRule"] = json!("weighted");
        let mut bid = bid_of("b0", (100, 50, 0, 0));
        bid["pso"] = Value::Null;
        bid["consortium"] = json!(members);
        // All members stand on one level, so whatever their shares the consortium earns what that level earns.
        let lot = scored_lot(model, json!([bid]));
        prop_assert_eq!(points(&lot, "b0", "pso"), "3");
    }

    #[test]
    fn no_number_makes_the_engine_panic(
        cents in prop::collection::vec(0i64..=1_000_000_000_000_000, 1..5),
        qualities in prop::collection::vec(0u32..=100, 5),
        base in 1_000_000_001i64..100_000_000_000,
        decimals in 0u32..=10,
    ) {
        for mut method in methods() {
            if method["code"] == "logarithmic" {
                method["base"] = json!(decimal(base, 9));
            }
            let numbers: Vec<Numbers> =
                cents.iter().zip(&qualities).map(|(cents, quality)| (*cents, *quality, 3, 70)).collect();
            let rounding = json!({ "rounding": { "stage": "total", "decimals": decimals, "mode": "half-even" } });
            // A price of zero is an error in some methods: that is an answer too.
            let _ = outcome(&one_lot(with(model(&method), rounding), bids_of(&numbers)));
        }
    }
}

#[test]
fn a_third_and_two_thirds_make_a_tie_and_not_a_winner() {
    let model = relative("relative-lowest", json!([quality("q", "60", "9"), price("30")]));
    // 60·3/9 + 30·1 = 50 and 60·6/9 + 30·1/3 = 50, of which no part but the whole is a finite decimal.
    let bids = json!([
        { "id": "A", "price": "100.00", "scores": { "q": "3" } },
        { "id": "B", "price": "300.00", "scores": { "q": "6" } }
    ]);
    let lot = scored_lot(model, bids);
    assert_eq!(lot.ties[0].open, ["A", "B"]);
    assert_eq!(total(&lot, "A"), "50");
    assert_eq!(total(&lot, "B"), "50");
}

#[test]
fn the_fingerprint_does_not_depend_on_how_numbers_are_written() {
    let model = relative("relative-lowest", json!([price("100")]));
    let one = scored(&one_lot(model.clone(), json!([{ "id": "A", "price": "100" }])));
    let other = scored(&one_lot(model.clone(), json!([{ "id": "A", "price": "100.00" }])));
    assert_eq!(one, other);
    let third = scored(&one_lot(model, json!([{ "id": "A", "price": "100.01" }])));
    assert_ne!(one.input_fingerprint, third.input_fingerprint);
}
