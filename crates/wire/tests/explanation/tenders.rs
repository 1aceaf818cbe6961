//! Tenders of every award method, with everything that a model can declare: thresholds, corridors, discounts,
//! roundings, ties, drop-outs, consortia and assessors.

use serde_json::{Value, json};

use crate::random::Random;

const LEVELS: [&str; 6] = ["none", "aspirant", "trede-1", "trede-2", "trede-3", "trede-3-30+"];

fn methods() -> Vec<Value> {
    let corridor = |below: &str, above: &str| json!({ "fullPointsAt": "100", "zeroPointsAt": "700", "below": below, "above": above });
    vec![
        json!({ "code": "absolute-linear", "corridor": corridor("clip", "clip") }),
        json!({ "code": "absolute-linear", "corridor": corridor("extrapolate", "reject") }),
        json!({ "code": "relative-lowest" }),
        json!({ "code": "linear-on-lowest", "floor": "zero" }),
        json!({ "code": "linear-on-lowest", "floor": "none" }),
        json!({ "code": "lowest-to-highest" }),
        json!({ "code": "logarithmic", "base": "2" }),
        json!({ "code": "level-points", "floor": "none" }),
        json!({ "code": "quality-mark-up" }),
        json!({ "code": "utility-index" }),
        json!({ "code": "award-on-value" }),
        json!({ "code": "price-quality-ratio", "constant": "10000" }),
        json!({ "code": "extended-ratio", "corridorPercent": "8", "decision": "lowest-price" }),
        json!({ "code": "extended-ratio", "corridorPercent": "8", "decision": "most-points" }),
        json!({ "code": "price-per-point" }),
        json!({ "code": "features" }),
        json!({ "code": "quality-only" }),
        json!({ "code": "relative-quality" }),
        json!({ "code": "lowest-price" }),
        json!({ "code": "lowest-cost" }),
        json!({ "code": "fictitious-discount" }),
        json!({ "code": "discount-on-base", "basePrice": "700", "significantPercent": "20", "floor": "zero" }),
        json!({ "code": "discount-on-base", "basePrice": "900", "floor": "none" }),
        json!({ "code": "two-slopes", "basePrice": "900", "meanPercent": "85" }),
        json!({ "code": "relative-to-mean", "formula": "ratio", "atMost": "none" }),
        json!({ "code": "relative-to-mean", "formula": "ratio", "atMost": "full" }),
        json!({ "code": "relative-to-mean", "formula": "linear", "atMost": "full", "floor": "zero" }),
    ]
}

/// A tender whose method follows from its number.
pub fn tender(number: usize, random: &mut Random) -> Value {
    let methods = methods();
    let method = &methods[number % methods.len()];
    let code = method["code"].as_str().unwrap();
    let plain = matches!(code, "lowest-price" | "lowest-cost" | "fictitious-discount");
    let mut criteria = criteria(code, random);
    if plain && random.chance(50) {
        let asked = json!({ "id": "q", "title": "Plan van aanpak", "kind": "assessed-quality",
            "scale": { "highest": "10" }, "threshold": { "minimumScore": "4" } });
        criteria.push(asked);
    }
    let bids: Vec<Value> =
        (0..2 + random.below(7)).map(|bid| self::bid(bid, code, &criteria, random)).collect();
    let mut model = json!({
        "method": method, "dropOut": random.one_of(&["recompute", "keep-ranking"]), "criteria": criteria,
        "assessment": { "combine": random.one_of(&["mean", "median", "trimmed-mean"]) }, "motivation": "m",
        "pso": { "ladderVersion": "pso-before-2023", "consortiumRule": "weighted" },
        "knockOuts": [{ "id": "k1", "title": "Ervaring", "minimum": "2" }, { "id": "k2", "title": "=Eis", "mustBeMet": true }]
    });
    declared_choices(&mut model, code, plain, random);
    let mut lot = json!({ "id": "LOT-0001", "title": "Groen", "awardModel": model, "bids": bids });
    if code == "award-on-value" || plain {
        lot["awardModel"].as_object_mut().unwrap().remove("weightUnit");
    }
    if plain {
        lot["awardModel"].as_object_mut().unwrap().remove("assessment");
        for bid in lot["bids"].as_array_mut().unwrap() {
            bid.as_object_mut().unwrap().remove("assessorScores");
        }
    }
    json!({ "tender": { "title": "Groenonderhoud" }, "lots": [lot] })
}

fn declared_choices(model: &mut Value, code: &str, plain: bool, random: &mut Random) {
    model["weightUnit"] = json!("points");
    if random.chance(60) {
        let stage = random.one_of(&["criterion", "total", "share", "price"]);
        let decimals = if matches!(code, "price-quality-ratio" | "extended-ratio" | "features") {
            6
        } else {
            random.below(4)
        };
        model["rounding"] = json!({
            "stage": stage, "decimals": decimals, "mode": random.one_of(&["half-up", "half-even"])
        });
    }
    let highest_wins =
        !plain && !matches!(code, "award-on-value" | "quality-mark-up" | "price-per-point" | "features");
    if highest_wins
        && random.chance(40)
        && !matches!(code, "utility-index" | "price-quality-ratio" | "extended-ratio")
    {
        model["totalThreshold"] = json!({ "minimumPoints": random.decimal(30, 70, 0) });
    }
    let mut ties = Vec::new();
    if random.chance(50) {
        ties.push(json!({ "by": "criterion", "criterion": if plain { "price" } else { "pso" } }));
    }
    if random.chance(30) && !matches!(code, "quality-only" | "relative-quality") {
        ties.push(json!({ "by": "lowest-price" }));
    }
    if random.chance(50) {
        ties.push(json!({ "by": "earliest-bid" }));
    }
    ties.push(json!({ "by": "lot" }));
    model["ties"] = json!(ties);
}

fn rows(values: [&str; 5]) -> Value {
    LEVELS[1..].iter().zip(values).map(|(level, value)| json!({ "level": level, "value": value })).collect()
}

fn criteria(code: &str, random: &mut Random) -> Vec<Value> {
    let price = match code {
        "lowest-cost" => json!({ "id": "price", "title": "Kosten", "kind": "life-cycle-cost",
            "lifeCycle": { "years": 3, "ratePercent": random.decimal(0, 900, 2) }, "ceiling": "2500" }),
        _ => json!({ "id": "price", "title": "Prijs", "kind": "price" }),
    };
    let discount = json!({ "id": "pso", "title": "PSO-trede", "kind": "pso-level",
        "levels": { "measure": random.one_of(&["discount-percent", "discount-amount"]), "rows": rows(["1", "2.5", "4", "7", "10"]) } });
    match code {
        "lowest-price" | "lowest-cost" => return vec![price],
        "fictitious-discount" => return vec![price, discount],
        _ => {}
    }
    let mut all = quality(code, random);
    if !matches!(code, "quality-only" | "relative-quality") {
        all.insert(0, price);
    }
    weigh(&mut all, code);
    all
}

fn quality(code: &str, random: &mut Random) -> Vec<Value> {
    let plan = json!({ "id": "q", "title": "Plan van aanpak", "kind": "assessed-quality",
        "scale": { "lowest": "0", "highest": "10" }, "threshold": { "minimumScore": "2" } });
    let team = json!({ "id": "team", "title": "Team", "kind": "assessed-quality",
        "scale": { "lowest": "1", "highest": "5", "normalisation": "between-bounds" } });
    let level = if random.chance(50) {
        json!({ "id": "pso", "title": "PSO-trede", "kind": "pso-level", "scale": { "highest": "10" },
            "levels": { "measure": "score", "rows": rows(["1", "3", "5", "7", "9"]) } })
    } else if code == "features" {
        json!({ "id": "pso", "title": "PSO-trede", "kind": "pso-level",
            "levels": { "measure": "points", "rows": rows(["0.01", "0.02", "0.03", "0.04", "0.05"]) } })
    } else {
        json!({ "id": "pso", "title": "PSO-trede", "kind": "pso-level",
            "levels": { "measure": "points", "rows": rows(["1", "2", "3", "4", "5"]) } })
    };
    let offer = if random.chance(50) {
        json!({ "id": "offer", "title": "Social return", "kind": "social-return-commitment",
            "commitment": { "measure": "percentage", "minimum": "2", "maximum": "5", "aboveMaximum": random.one_of(&["clip", "refuse"]) } })
    } else {
        json!({ "id": "offer", "title": "Social return", "kind": "social-return-commitment",
            "commitment": { "measure": "percentage", "minimum": "0", "maximum": "5", "aboveMaximum": "clip",
                "steps": [{ "from": "2", "percent": "40" }, { "from": "3.5", "percent": "75" }, { "from": "5", "percent": "100" }] } })
    };
    let days = if random.chance(50) {
        json!({ "id": "days", "title": "Levertijd", "kind": "numeric",
            "numeric": { "scoring": "between", "worst": "60", "best": "20", "outside": random.one_of(&["clip", "reject"]) } })
    } else {
        json!({ "id": "days", "title": "Levertijd", "kind": "numeric", "numeric": { "scoring": "steps",
            "steps": [{ "from": "10", "percent": "100" }, { "from": "30", "percent": "40" }, { "from": "60", "percent": "0" }] } })
    };
    let far = json!({ "id": "far", "title": "Uitstoot", "kind": "numeric",
        "numeric": { "scoring": random.one_of(&["relative-lowest", "relative-highest"]) } });
    let grouped = random.chance(40);
    let mut all = if grouped {
        let best = random.chance(50) && !matches!(code, "utility-index" | "relative-quality");
        let mut group = json!({ "id": "g", "title": "Kwaliteit", "kind": "group", "criteria": [plan, team] });
        if best {
            group["relativeToBest"] = json!(true);
        }
        if random.chance(50) {
            group["threshold"] = json!({ "minimumPercent": "35" });
        }
        vec![group, level, offer, days]
    } else {
        let mut team = team;
        if random.chance(30) && !matches!(code, "utility-index" | "relative-quality") {
            team["relativeToBest"] = json!(true);
        }
        vec![plan, team, level, offer, days]
    };
    if !matches!(code, "utility-index" | "relative-quality") {
        all.push(far);
    }
    all
}

/// Weights, or values in euros, or shares of one.
fn weigh(criteria: &mut [Value], code: &str) {
    let field = if code == "award-on-value" { "value" } else { "weight" };
    let of = |points: &str| if code == "features" { format!("0.{points:0>2}") } else { points.to_owned() };
    let bare = matches!(
        code,
        "award-on-value" | "price-quality-ratio" | "extended-ratio" | "price-per-point" | "features"
    );
    for criterion in criteria {
        let points = match criterion["id"].as_str().unwrap() {
            "price" if bare => continue,
            "price" => "55".to_owned(),
            "q" => of("15"),
            "team" => of("10"),
            "g" => {
                criterion["criteria"][0][field] = json!(of("15"));
                criterion["criteria"][1][field] = json!(of("10"));
                of("25")
            }
            "pso" => of("5"),
            "offer" => of("7"),
            "days" => of("8"),
            _ => of("9"),
        };
        criterion[field] = json!(points);
    }
}

fn bid(number: u64, code: &str, criteria: &[Value], random: &mut Random) -> Value {
    let has = |id: &str| {
        criteria.iter().any(|criterion| {
            criterion["id"] == id || criterion["criteria"].to_string().contains(&format!("\"{id}\""))
        })
    };
    // Prices from a short list, so that equal bids come about.
    let price = if random.chance(30) { "250".to_owned() } else { random.decimal(9_000, 80_000, 2) };
    let received = format!("2026-01-{:02}T{:02}:30:00Z", 10 + random.below(3), 8 + random.below(3));
    let mut bid = json!({
        "id": format!("b{number}"), "bidder": { "name": format!("Bedrijf {number}") }, "receivedAt": received,
        "facts": { "k1": random.decimal(18, 60, 1), "k2": !random.chance(4) }
    });
    if code == "lowest-cost" {
        bid["lifeCycle"] = json!({ "price": {
            "purchase": price, "yearly": [random.decimal(0, 90_000, 2), random.decimal(0, 90_000, 2), random.decimal(0, 90_000, 2)],
            "residual": random.decimal(0, 9_000, 2)
        } });
    } else if has("price") {
        bid["price"] = json!(price);
    }
    if has("team") {
        let scores = |random: &mut Random, lowest: u64, highest: u64| -> Value {
            ["x", "y", "z", "v"]
                .iter()
                .take(3 + usize::try_from(random.below(2)).unwrap())
                .map(|name| json!({ "assessor": name, "score": random.decimal(lowest, highest, 1) }))
                .collect()
        };
        bid["assessorScores"] = json!({ "q": scores(random, 10, 101), "team": scores(random, 10, 51) });
        bid["commitments"] = json!({ "offer": random.decimal(15, 60, 1) });
        bid["facts"]["days"] = json!(random.decimal(15, 70, 0));
        if has("far") {
            bid["facts"]["far"] = json!(random.decimal(0, 90, 1));
        }
    } else if has("q") {
        bid["scores"] = json!({ "q": random.decimal(30, 100, 1) });
    }
    if has("pso") {
        let claim = |random: &mut Random| json!({ "level": random.one_of(&LEVELS) });
        if random.chance(25) {
            bid["consortium"] = json!([
                { "name": "m", "lead": true, "sharePercent": "37.5", "pso": claim(random) },
                { "name": "n", "sharePercent": "62.5", "pso": claim(random) }
            ]);
        } else {
            bid["pso"] = claim(random);
        }
    }
    if random.chance(8) {
        let stage = random.one_of(&["before-evaluation", "after-ranking"]);
        bid["exclusion"] = json!({ "stage": stage, "reason": "Ingetrokken" });
    }
    bid
}
