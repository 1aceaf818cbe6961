//! Rules that one bid alone shows: corridors, floors, levels without a row, work that is bounded.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::*;

/// A weighted factor between 100 and 200 with a discount in percent for the level.
fn discounted_factor(below: &str, above: &str) -> Value {
    let rows = rows_2023(["1", "3", "5", "7", "9", "10"]);
    let corridor = json!({ "fullPointsAt": "100", "zeroPointsAt": "200", "below": below, "above": above });
    let level = json!({ "id": "pso", "kind": "pso-level", "levels": { "measure": "discount-percent", "rows": rows } });
    json!({
        "method": { "code": "absolute-linear", "corridor": corridor }, "weightUnit": "percent",
        "criteria": [price("60"), quality("q", "40", "10"), level], "pso": { "ladderVersion": "pso-2023" }
    })
}

fn bid_at(id: &str, price: &str, level: &str) -> Value {
    json!({ "id": id, "price": price, "scores": { "q": "6" }, "pso": { "level": level } })
}

#[test]
fn a_corridor_judges_the_price_that_was_bid() {
    let bids = json!([
        bid_at("low", "102", "trede-3-30+"),
        bid_at("plain", "102", "none"),
        bid_at("high", "215", "trede-3-30+")
    ]);
    let lot = scored_lot(discounted_factor("reject", "reject"), bids);
    // 102 less 10 percent lies below the corridor, 215 less 10 percent inside it.
    assert_eq!(order(&lot), ["low", "plain"]);
    assert_eq!(lot.excluded[0].id, "high");
    assert_eq!(lot.excluded[0].reasons[0].code, "outside-bounds");
    assert!(lot.excluded[0].reasons[0].detail.contains("215"), "{:?}", lot.excluded[0].reasons);
}

#[test]
fn a_level_never_takes_a_bid_out_of_a_corridor_or_under_a_ceiling() {
    let mut model = discounted_factor("reject", "clip");
    model["criteria"][0]["ceiling"] = json!("150");
    for level in ["none", "aspirant", "trede-1", "trede-3-30+"] {
        for (price, ranked) in [("100", true), ("150", true), ("99.99", false), ("150.01", false)] {
            let bids = json!([bid_at("A", price, level), bid_at("B", "120", "none")]);
            let lot = scored_lot(model.clone(), bids);
            assert_eq!(lot.ranking.iter().any(|bid| bid.id == "A"), ranked, "{price} on {level}");
        }
    }
}

#[test]
fn a_discount_that_takes_the_whole_price_is_no_price_of_zero() {
    let rows = points_by_level(["1", "2", "3", "100", "100"]);
    let level =
        json!({ "id": "pso", "kind": "pso-level", "levels": { "measure": "discount-amount", "rows": rows } });
    let model = with(
        relative("relative-lowest", json!([price("60"), quality("q", "40", "10"), level])),
        json!({ "zeroPrice": "takes-all", "pso": { "ladderVersion": "pso-before-2023" } }),
    );
    let bids = json!([bid_at("A", "100", "trede-3"), bid_at("B", "90", "none")]);
    assert_eq!(outcome(&one_lot(model, bids)).unwrap_err(), ["discount-exceeds-price /lots/0/bids"]);
}

#[test]
fn a_tie_on_the_price_criterion_goes_by_the_price_that_was_bid() {
    let rows = points_by_level(["1", "2", "3", "10", "10"]);
    let level =
        json!({ "id": "pso", "kind": "pso-level", "levels": { "measure": "discount-amount", "rows": rows } });
    let model = |tie: Value| {
        json!({
            "method": { "code": "fictitious-discount" }, "criteria": [bare_price(), level],
            "pso": { "ladderVersion": "pso-before-2023" }, "ties": [tie, { "by": "lot" }]
        })
    };
    let bids = json!([
        { "id": "dear", "price": "110", "pso": { "level": "trede-3" } }, { "id": "cheap", "price": "100" }
    ]);
    let by = |id: &str| json!({ "by": "criterion", "criterion": id });
    assert_eq!(scored_lot(model(by("price")), bids.clone()).first, ["cheap"]);
    assert_eq!(scored_lot(model(by("pso")), bids).first, ["dear"]);
}

#[test]
fn several_prices_have_a_corridor_each_or_an_error() {
    let corridor = |from: &str, to: &str| json!({ "fullPointsAt": from, "zeroPointsAt": to, "below": "clip", "above": "clip" });
    let one = json!({ "id": "fixed", "kind": "price", "weight": "60" });
    let other = json!({ "id": "hour", "kind": "price", "unitPrice": true, "weight": "40" });
    let model = |method: Value, criteria: Value| json!({ "method": method, "weightUnit": "percent", "criteria": criteria });
    let bids = json!([{ "id": "A", "prices": { "fixed": "1500", "hour": "75" } }]);
    let (own, theirs) = (
        with(one.clone(), json!({ "corridor": corridor("1000", "2000") })),
        with(other.clone(), json!({ "corridor": corridor("50", "100") })),
    );
    let plain = json!({ "code": "absolute-linear" });
    let lot = scored_lot(model(plain.clone(), json!([own.clone(), theirs])), bids.clone());
    assert_eq!((points(&lot, "A", "fixed"), points(&lot, "A", "hour")), ("30".to_owned(), "20".to_owned()));
    let shared = json!({ "code": "absolute-linear", "corridor": corridor("1000", "2000") });
    let errors = |model: Value| outcome(&one_lot(model, bids.clone())).unwrap_err();
    assert_eq!(
        errors(model(shared, json!([one.clone(), other.clone()]))),
        ["corridor-each /lots/0/awardModel/method/corridor"]
    );
    assert_eq!(
        errors(model(plain, json!([own, other]))),
        ["parameter-missing /lots/0/awardModel/criteria/1/corridor"]
    );
}

#[test]
fn a_level_without_a_row_is_an_error() {
    let rows = json!([{ "level": "trede-1", "value": "3" }, { "level": "trede-3", "value": "9" }]);
    let level = json!({ "id": "pso", "kind": "pso-level", "weight": "10", "levels": { "measure": "points", "rows": rows } });
    let model = with(
        relative("relative-lowest", json!([price("90"), level])),
        json!({ "pso": { "ladderVersion": "pso-before-2023" } }),
    );
    let bids = json!([{ "id": "A", "price": "100", "pso": { "level": "trede-1" } }]);
    assert_eq!(
        outcome(&one_lot(model, bids)).unwrap_err(),
        ["level-without-row /lots/0/awardModel/criteria/1/levels/rows"]
    );
}

/// A bid whose only points are those of its level.
fn level_only(method: &str) -> trede_wire::score_result::BidResult {
    let rows = rows_2023(["1", "2", "4", "6", "8", "9"]);
    let level = json!({ "id": "pso", "kind": "pso-level", "weight": "9", "levels": { "measure": "points", "rows": rows } });
    let model = json!({
        "method": { "code": method }, "weightUnit": "points", "criteria": [bare_price(), level],
        "pso": { "ladderVersion": "pso-2023" }
    });
    let bids = json!([
        { "id": "A", "price": "500", "pso": { "level": "trede-2" } }, { "id": "B", "price": "450", "pso": { "level": "aspirant" } }
    ]);
    bid(&scored_lot(model, bids), "A").clone()
}

#[test]
fn an_award_factor_without_other_points_says_that_there_is_none() {
    let factor = level_only("price-per-point").award_factor.unwrap().level;
    assert_eq!((factor.points, factor.euros), (None, None));
    assert_eq!(factor.missing.unwrap().code, "no-other-points");
    // Without points the ratio is zero at every price, so no price makes up for the level.
    let factor = level_only("price-quality-ratio").award_factor.unwrap().level;
    assert_eq!(factor.euros, None);
    assert_eq!(factor.missing.unwrap().code, "no-price");
}

#[test]
fn a_level_worth_more_than_the_price_can_earn_is_worth_no_price() {
    let rows = points_by_level(["5", "10", "30", "50", "70"]);
    let level = json!({ "id": "pso", "kind": "pso-level", "weight": "70", "levels": { "measure": "points", "rows": rows } });
    let model = with(
        relative("level-points", json!([price("30"), level])),
        json!({
            "method": { "code": "level-points", "floor": "zero" }, "pso": { "ladderVersion": "pso-before-2023" }
        }),
    );
    let mut file = one_lot(model, json!([{ "id": "A", "price": "800", "pso": { "level": "trede-3" } }]));
    file["lots"][0]["referencePrice"] = json!("800");
    let lot = scored(&file).lots.remove(0);
    let worth: Vec<Option<&str>> =
        lot.analysis.as_ref().unwrap().level_worth.iter().map(|worth| worth.euros.as_deref()).collect();
    // 800/(1 + 5/30) = 685.71; at 30 points the price must be halved; 50 and 70 points no price makes up for.
    assert_eq!(worth, [Some("0.00"), Some("114.29"), Some("200.00"), Some("400.00"), None, None]);
}

#[test]
fn who_falls_below_the_minimum_is_found_anew_when_a_bidder_drops_out() {
    let model = with(
        relative("relative-lowest", json!([price("50"), quality("q", "50", "10")])),
        json!({ "totalThreshold": { "minimumPoints": "65" } }),
    );
    let bids = json!([
        { "id": "A", "price": "40", "scores": { "q": "9" } }, { "id": "B", "price": "100", "scores": { "q": "7" } }
    ]);
    let lot = scored_lot(model, bids);
    assert_eq!(lot.excluded[0].id, "B");
    let effects = &lot.analysis.as_ref().unwrap().drop_outs;
    // Without A the price of B is the lowest: 50 + 35 points, above the minimum.
    assert_eq!(
        (effects[0].without.as_str(), effects[0].first.as_slice()),
        ("A", ["B".to_owned()].as_slice())
    );
}

#[test]
fn the_points_of_a_margin_win_at_the_step_of_the_scale() {
    let scale = |step: &str| json!({ "id": "q", "kind": "assessed-quality", "weight": "50", "scale": { "highest": "10", "step": step } });
    let rounding = json!({ "rounding": { "stage": "total", "decimals": 0 } });
    let bids = json!([
        { "id": "A", "price": "100", "scores": { "q": "7.5" } }, { "id": "B", "price": "100", "scores": { "q": "6" } }
    ]);
    for (step, score, points) in [("0.5", "8", "10"), ("0.25", "7.75", "8.75"), ("0.1", "7.6", "8")] {
        let model = with(relative("relative-lowest", json!([price("50"), scale(step)])), rounding.clone());
        let lot = scored_lot(model, bids.clone());
        // 87.5 becomes 88, so 88.5 is needed: a score of 7.7, or the next that the step allows.
        let margin = &lot.analysis.as_ref().unwrap().margins[0];
        let expected = if step == "0.1" { ("7.7", "8.5") } else { (score, points) };
        assert_eq!((margin.scores[0].score.as_str(), margin.points.as_deref().unwrap()), expected);
    }
    let model = relative("relative-lowest", json!([price("50"), scale("0.4")]));
    assert_eq!(outcome(&one_lot(model, bids)).unwrap_err(), ["score-off-scale /lots/0/bids/0/scores/q"]);
}

#[test]
fn a_zero_price_that_takes_all_is_not_the_only_price_that_wins() {
    let model = with(
        relative("linear-on-lowest", json!([price("40"), quality("q", "60", "10")])),
        json!({ "method": { "code": "linear-on-lowest", "floor": "none" }, "zeroPrice": "takes-all" }),
    );
    let at = |price: &str| {
        json!([
            { "id": "A", "price": "900", "scores": { "q": "10" } }, { "id": "B", "price": price, "scores": { "q": "1" } }
        ])
    };
    let lot = scored_lot(model.clone(), at("900"));
    let price = lot.analysis.as_ref().unwrap().margins[0].price.clone().expect("a price wins");
    assert_eq!(scored_lot(model.clone(), at(&price)).first, ["B"]);
    let cent_more = price.parse::<rust_decimal::Decimal>().unwrap() + rust_decimal::Decimal::new(1, 2);
    assert_eq!(scored_lot(model, at(&cent_more.to_string())).first, ["A"]);
}

#[test]
fn analyses_of_a_hundred_criteria_on_odd_scales_come_to_an_end() {
    for code in ["relative-lowest", "utility-index"] {
        let mut criteria = vec![price("50.5")];
        for k in 0..99u64 {
            let highest = format!("{}.{:010}", 7 + k % 5, 1_234_567_891 + k * 71_234_567);
            criteria.push(quality(&format!("q{k}"), "0.5", &highest));
        }
        let model = with(relative(code, json!(criteria)), json!({ "weightUnit": "percent" }));
        let bids: Value = (0..12u64)
            .map(|bid| {
                let scores: Value = (0..99u64)
                    .map(|k| {
                        let score = format!("{}.{:010}", (bid * 7 + k * 3) % 7, (bid * 131 + k * 977) * 1_009_003 % 10_000_000_000);
                        (format!("q{k}"), json!(score))
                    })
                    .collect::<serde_json::Map<String, Value>>()
                    .into();
                json!({ "id": format!("b{bid:02}"), "price": format!("{}.37", 1000 + bid * 17), "scores": scores })
            })
            .collect();
        let started = Instant::now();
        let lot = scored_lot(model, bids);
        // A test is not optimised, and others run beside it: what is shipped takes a fiftieth of this.
        assert!(started.elapsed() < Duration::from_secs(90), "{code}: {:?}", started.elapsed());
        assert_eq!(lot.analysis.as_ref().unwrap().stability.len(), 100);
    }
}

#[test]
fn analyses_that_would_take_too_long_are_refused_with_their_cost() {
    let group = json!({ "id": "g", "kind": "assessed-quality", "weight": "50", "scale": { "highest": "10" }, "relativeToBest": true });
    let model = relative("relative-lowest", json!([price("50"), group]));
    let bids: Value = (0..1500u32)
        .map(|bid| json!({ "id": format!("b{bid}"), "price": (1000 + bid * 7 % 977).to_string(), "scores": { "q": "5" } }))
        .map(|mut bid| {
            bid["scores"] = json!({ "g": "5" });
            bid
        })
        .collect();
    assert_eq!(outcome(&one_lot(model, bids)).unwrap_err(), ["analysis-too-large /lots/0/bids"]);
}

#[test]
fn one_date_that_all_levels_wait_for_is_told_once() {
    let rows = rows_2023(["1", "2", "3", "4", "5", "6"]);
    let level = json!({ "id": "pso", "kind": "pso-level", "weight": "6", "levels": { "measure": "points", "rows": rows } });
    let model = with(
        relative("relative-lowest", json!([price("94"), level])),
        json!({ "pso": { "ladderVersion": "pso-2023", "levelCountsOn": "award" } }),
    );
    let dated = |id: &str| json!({ "id": id, "price": "1", "pso": { "level": "trede-1", "validUntil": "2027-01-01" } });
    assert_eq!(
        outcome(&one_lot(model, json!([dated("A"), dated("B"), dated("C")]))).unwrap_err(),
        ["level-date-missing /lots/0/awardModel/pso/levelCountsOn"]
    );
}

#[test]
fn a_score_written_with_a_zero_more_has_the_same_fingerprint() {
    let model = relative("relative-lowest", json!([price("50"), quality("q", "50", "10")]));
    let file =
        |score: &str| one_lot(model.clone(), json!([{ "id": "A", "price": "1", "scores": { "q": score } }]));
    assert_eq!(scored(&file("8")).input_fingerprint, scored(&file("8.0")).input_fingerprint);
    assert_ne!(scored(&file("8")).input_fingerprint, scored(&file("8.1")).input_fingerprint);
}

#[test]
fn a_date_that_people_write_is_named_as_a_date() {
    for (field, text) in
        [("bidsDueOn", "15-01-2026"), ("awardedOn", "15 januari 2026"), ("awardedOn", "2026-02-30")]
    {
        let mut file = one_lot(relative("lowest-price", json!([bare_price()])), json!([]));
        file["tender"] = json!({ field: text });
        let told = trede_wire::json::parse::<trede_wire::score_file::ScoreFile>(file.to_string().as_bytes());
        let told = told.unwrap_err().to_string();
        assert!(told.contains(&format!("/tender/{field}")) && told.contains("is no date"), "{told}");
    }
}

#[test]
fn a_warning_tells_what_a_table_and_a_consensus_hide() {
    let rows = || points_by_level(["1", "2", "3", "4", "5"]);
    let level = |id: &str, weight: &str| json!({ "id": id, "kind": "pso-level", "weight": weight, "levels": { "measure": "points", "rows": rows() } });
    let model = with(
        relative(
            "relative-lowest",
            json!([price("60"), quality("q", "20", "10"), level("a", "5"), level("b", "15")]),
        ),
        json!({ "assessment": { "combine": "consensus" }, "pso": { "ladderVersion": "pso-before-2023" } }),
    );
    let alone = json!({ "q": [{ "assessor": "x", "score": "6" }, { "assessor": "y", "score": "7" }] });
    let lot = scored_lot(
        model,
        json!([{ "id": "A", "price": "1", "scores": { "q": "8" }, "assessorScores": alone }]),
    );
    for code in ["level-counted-twice", "weight-out-of-reach", "consensus-outside-scores"] {
        let told: Vec<_> = lot.warnings.iter().filter(|warning| warning.code == code).collect();
        assert_eq!(told.len(), 1, "{code}: {told:?}");
    }
}
