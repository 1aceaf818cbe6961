//! Tenders of simple numbers for each method and for each thing that a model can declare: for them a workbook needs no
//! value of the engine.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use trede_wire::score_file::{
    METHODS, NumericScoringInput, RoundingModeInput, RoundingStageInput, ScoreCombinationInput,
};

use crate::every_price::{of_each_discount, of_each_life_cycle};

/// How a word of the wire is written.
pub fn word(of: impl serde::Serialize) -> String {
    serde_json::to_value(of).unwrap().as_str().unwrap().to_owned()
}

/// A tender of one lot; `more` is what its model declares beside method and criteria.
pub fn tender(method: &Value, criteria: &Value, more: &Value, bids: &Value) -> Value {
    let mut model =
        json!({ "method": method, "dropOut": "recompute", "criteria": criteria, "motivation": "m" });
    for (field, value) in more.as_object().unwrap() {
        model[field] = value.clone();
    }
    json!({ "lots": [{ "id": "LOT-0001", "awardModel": model, "bids": bids }] })
}

/// Three bids: each with a price, a score, a number, an offer and a level.
pub fn bids(answers: &[&str]) -> Value {
    let all = [
        ("A", "80", "6", "20", "2", "trede-1"),
        ("B", "100", "8", "25", "4", "trede-3"),
        ("C", "160", "9", "40", "5", "none"),
    ];
    all.iter()
        .map(|(id, price, score, number, offer, level)| {
            let mut bid = json!({ "id": id, "receivedAt": "2026-01-10T08:30:00Z" });
            for answer in answers {
                match *answer {
                    "price" => bid["price"] = json!(price),
                    "q" => bid["scores"] = json!({ "q": score }),
                    "n" => bid["facts"] = json!({ "n": number }),
                    "offer" => bid["commitments"] = json!({ "offer": offer }),
                    "pso" => bid["pso"] = json!({ "level": level }),
                    _ => panic!("nobody answers {answer}"),
                }
            }
            bid
        })
        .collect()
}

/// What each word of a method takes: its parameters, and what its criteria weigh.
fn methods(code: &str) -> Vec<Value> {
    let corridor = |outside: &str| json!({ "code": code, "corridor": { "fullPointsAt": "90", "zeroPointsAt": "140", "below": outside, "above": outside } });
    let with_floors = || ["zero", "none"].map(|floor| json!({ "code": code, "floor": floor })).to_vec();
    match code {
        "absolute-linear" => ["clip", "extrapolate", "reject"].map(corridor).to_vec(),
        "linear-on-lowest" | "level-points" => with_floors(),
        "logarithmic" => vec![json!({ "code": code, "base": "2" })],
        "price-quality-ratio" => vec![json!({ "code": code, "constant": "1000" })],
        "extended-ratio" => ["lowest-price", "most-points"]
            .map(|decision| json!({ "code": code, "corridorPercent": "8", "decision": decision }))
            .to_vec(),
        "discount-on-base" => ["zero", "none"]
            .into_iter()
            .flat_map(|floor| ["0", "50"].map(|significant| json!({ "code": code, "basePrice": "150", "significantPercent": significant, "floor": floor })))
            .collect(),
        "two-slopes" => vec![json!({ "code": code, "basePrice": "200", "meanPercent": "80" })],
        "relative-to-mean" => ["full", "none"]
            .into_iter()
            .flat_map(|at_most| {
                let ratio = json!({ "code": code, "formula": "ratio", "atMost": at_most });
                let linear = |floor| json!({ "code": code, "formula": "linear", "atMost": at_most, "floor": floor });
                [ratio, linear("zero"), linear("none")]
            })
            .collect(),
        "relative-lowest" | "lowest-to-highest" | "quality-only" | "relative-quality" | "lowest-price" | "lowest-cost"
        | "fictitious-discount" | "award-on-value" | "quality-mark-up" | "price-per-point" | "utility-index"
        | "features" => vec![json!({ "code": code })],
        _ => panic!("no tender here for the method {code}"),
    }
}

/// The criteria of a method, what the model declares beside them, and what is answered.
fn criteria(code: &str) -> (Value, Value, Vec<&'static str>) {
    let price = json!({ "id": "price", "kind": "price" });
    let mut weighed_price = price.clone();
    weighed_price["weight"] = json!("60");
    let quality = |field: &str, full: &str| {
        let mut quality = json!({ "id": "q", "kind": "assessed-quality", "scale": { "highest": "10" } });
        quality[field] = json!(full);
        quality
    };
    let points = json!({ "weightUnit": "points" });
    let both = vec!["price", "q"];
    match code {
        "quality-only" | "relative-quality" => (json!([quality("weight", "40")]), points, vec!["q"]),
        "lowest-price" => (json!([price]), json!({}), vec!["price"]),
        "lowest-cost" => (json!([price, { "id": "more", "kind": "price" }]), json!({}), vec![]),
        "fictitious-discount" => {
            let mut taking = quality("weight", "");
            taking.as_object_mut().unwrap().remove("weight");
            taking["discount"] = json!({ "measure": "percent", "most": "10" });
            (json!([price, taking]), json!({}), both)
        }
        "award-on-value" => (json!([price, quality("value", "50")]), json!({}), both),
        "features" => (json!([price, quality("weight", "0.2")]), points, both),
        "price-quality-ratio" | "extended-ratio" | "price-per-point" => {
            (json!([price, quality("weight", "40")]), points, both)
        }
        _ => (json!([weighed_price, quality("weight", "40")]), points, both),
    }
}

/// Each method with each of its parameters.
pub fn of_each_method() -> BTreeMap<String, Value> {
    let mut tenders = BTreeMap::new();
    for code in METHODS {
        for (number, method) in methods(code).iter().enumerate() {
            let (criteria, more, answered) = criteria(code);
            let mut bids = bids(&answered);
            if answered.is_empty() {
                for (bid, price) in bids.as_array_mut().unwrap().iter_mut().zip(["10", "20", "5"]) {
                    bid["prices"] = json!({ "price": price, "more": "7" });
                }
            }
            tenders.insert(format!("{code}-{number}"), tender(method, &criteria, &more, &bids));
        }
    }
    tenders
}

/// Every stage of rounding. A new one does not compile until it stands in the list below it.
fn stages() -> Vec<RoundingStageInput> {
    use RoundingStageInput as Stage;
    let named = |stage: &Stage| match stage {
        Stage::Criterion | Stage::Total | Stage::Share | Stage::Price | Stage::None => (),
    };
    let all = vec![Stage::Criterion, Stage::Total, Stage::Share, Stage::Price, Stage::None];
    all.iter().for_each(named);
    all
}

fn rounding(stage: RoundingStageInput, decimals: u32, mode: RoundingModeInput) -> Value {
    json!({ "stage": stage, "decimals": decimals, "mode": mode })
}

const MODES: [RoundingModeInput; 2] = [RoundingModeInput::HalfUp, RoundingModeInput::HalfEven];

/// Each method, rounded at each stage by itself.
pub fn of_each_stage() -> BTreeMap<String, Value> {
    let mut tenders = BTreeMap::new();
    for (name, tender) in of_each_method() {
        for (stage, mode) in stages().into_iter().flat_map(|stage| MODES.map(|mode| (stage, mode))) {
            let mut rounded = tender.clone();
            let is_none = stage == RoundingStageInput::None;
            let declared = if is_none { json!({ "stage": stage }) } else { rounding(stage, 1, mode) };
            rounded["lots"][0]["awardModel"]["rounding"] = declared;
            tenders.insert(format!("{name}-{}-{}", word(stage), word(mode)), rounded);
        }
    }
    tenders
}

/// Each method, rounded at all stages to other decimals.
fn of_all_stages() -> BTreeMap<String, Value> {
    let mut tenders = BTreeMap::new();
    for (name, tender) in of_each_method() {
        for mode in MODES {
            let stages = stages().into_iter().filter(|stage| *stage != RoundingStageInput::None);
            let several: Vec<Value> =
                (1..).zip(stages).map(|(decimals, stage)| rounding(stage, decimals, mode)).collect();
            let mut rounded = tender.clone();
            rounded["lots"][0]["awardModel"]["roundingStages"] = json!(several);
            tenders.insert(format!("{name}-all-{}", word(mode)), rounded);
        }
    }
    tenders
}

/// Each scoring of a number, with what it declares.
fn numbers() -> Vec<Value> {
    use NumericScoringInput as Scoring;
    let all = [
        Scoring::Between,
        Scoring::RelativeLowest,
        Scoring::RelativeHighest,
        Scoring::RangeLowest,
        Scoring::RangeHighest,
        Scoring::MeanOverNumber,
        Scoring::NumberOverMean,
        Scoring::Steps,
        Scoring::Interpolated,
    ];
    let table = |earned: &str| json!([{ "from": "10", earned: "2" }, { "from": "25", earned: "5" }, { "from": "30", earned: "10" }]);
    all.into_iter()
        .flat_map(|scoring| match scoring {
            Scoring::Between => ["clip", "extrapolate", "reject"]
                .map(|outside| json!({ "scoring": scoring, "worst": "30", "best": "22.5", "outside": outside }))
                .to_vec(),
            Scoring::RelativeLowest | Scoring::RelativeHighest | Scoring::RangeLowest | Scoring::RangeHighest => {
                vec![json!({ "scoring": scoring })]
            }
            Scoring::MeanOverNumber | Scoring::NumberOverMean => {
                ["full", "none"].map(|at_most| json!({ "scoring": scoring, "atMost": at_most })).to_vec()
            }
            Scoring::Steps => ["percent", "points"]
                .map(|earned| json!({ "scoring": scoring, "steps": table(earned) }))
                .to_vec(),
            Scoring::Interpolated => ["clip", "reject"]
                .map(|outside| json!({ "scoring": scoring, "outside": outside, "steps": table("points") }))
                .to_vec(),
        })
        .collect()
}

/// Each way to score a number and an offer, by itself and rounded at every stage.
pub fn of_each_number() -> BTreeMap<String, Value> {
    let mut tenders = BTreeMap::new();
    let offers = [
        json!({ "normalisation": "share-of-highest" }),
        json!({ "normalisation": "between-bounds" }),
        json!({ "steps": [{ "from": "2", "percent": "40" }, { "from": "4", "percent": "100" }] }),
        json!({ "steps": [{ "from": "3", "points": "4" }, { "from": "5", "points": "8" }] }),
    ];
    let stages = json!([{ "stage": "share", "decimals": 2 }, { "stage": "criterion", "decimals": 1 }]);
    for (number, numeric) in numbers().into_iter().enumerate() {
        let mut commitment = json!({ "measure": "percentage", "minimum": "1", "maximum": "5",
            "aboveMaximum": if number % 2 == 0 { "clip" } else { "refuse" } });
        for (field, value) in offers[number % offers.len()].as_object().unwrap() {
            commitment[field] = value.clone();
        }
        let criteria = json!([
            { "id": "price", "kind": "price", "weight": "60" },
            { "id": "n", "kind": "numeric", "weight": "20", "numeric": numeric },
            { "id": "offer", "kind": "social-return-commitment", "weight": "20", "commitment": commitment }
        ]);
        let method = json!({ "code": "relative-lowest" });
        for (name, more) in [("exact", json!({})), ("rounded", json!({ "roundingStages": stages }))] {
            let mut more = more;
            more["weightUnit"] = json!("percent");
            let file = tender(&method, &criteria, &more, &bids(&["price", "n", "offer"]));
            tenders.insert(format!("number-{number:02}-{name}"), file);
        }
    }
    tenders
}

/// Each way in which scores of assessors become one, rounded or not.
pub fn of_each_assessment() -> BTreeMap<String, Value> {
    use ScoreCombinationInput as Combine;
    let mut tenders = BTreeMap::new();
    let (criteria, mut more, _) = criteria("quality-only");
    for combine in [Combine::Consensus, Combine::Mean, Combine::Median, Combine::TrimmedMean] {
        for mode in [None, Some(RoundingModeInput::HalfUp), Some(RoundingModeInput::HalfEven)] {
            more["assessment"] = json!({ "combine": combine });
            let is_calculated = match combine {
                Combine::Consensus => false,
                Combine::Mean | Combine::Median | Combine::TrimmedMean => true,
            };
            if let Some(mode) = mode.filter(|_| is_calculated) {
                more["assessment"]["decimals"] = json!(0);
                more["assessment"]["mode"] = json!(mode);
            }
            let of = |id: &str, scores: [&str; 4]| {
                let names = ["x", "y", "z", "v"].into_iter().zip(scores);
                let scores: Vec<Value> =
                    names.map(|(name, score)| json!({ "assessor": name, "score": score })).collect();
                let mut bid = json!({ "id": id, "assessorScores": { "q": scores } });
                if !is_calculated {
                    bid["scores"] = json!({ "q": "7" });
                }
                bid
            };
            let bids = json!([
                of("A", ["6", "7", "6", "7"]),
                of("B", ["5", "8", "7", "8"]),
                of("C", ["9", "8", "8.5", "4"])
            ]);
            let name = format!("assessed-{}-{}", word(combine), mode.map(word).unwrap_or_default());
            tenders.insert(name, tender(&json!({ "code": "quality-only" }), &criteria, &more, &bids));
        }
    }
    tenders
}

/// Everything above, but each stage of rounding by itself: as many as a spreadsheet calculates in a minute.
pub fn all_but_each_stage() -> BTreeMap<String, Value> {
    let all = [
        of_each_method(),
        of_all_stages(),
        of_each_number(),
        of_each_discount(),
        of_each_life_cycle(),
        of_each_assessment(),
    ];
    all.into_iter().flatten().collect()
}
