//! Tenders for rules that only hold where a model declares them: costs by day and month, discounts of a base price,
//! means, tables of points, price sheets, rounding at several stages, and bounds for low bids.

use serde_json::{Value, json};

/// A tender of one lot; `more` is what its model declares beside method and criteria.
fn tender(method: Value, criteria: Value, more: Value, bids: Value) -> Value {
    let mut model =
        json!({ "method": method, "dropOut": "recompute", "criteria": criteria, "motivation": "m" });
    for (field, value) in more.as_object().unwrap() {
        model[field] = value.clone();
    }
    json!({ "lots": [{ "id": "LOT-0001", "awardModel": model, "bids": bids }] })
}

fn points() -> Value {
    json!({ "weightUnit": "points" })
}

fn weighed() -> Value {
    json!([
        { "id": "price", "kind": "price", "weight": "60" },
        { "id": "q", "kind": "assessed-quality", "weight": "40", "scale": { "highest": "10" } }
    ])
}

/// Bids that are alike but for their price.
fn priced(prices: &[&str]) -> Value {
    let bid = |(index, price)| json!({ "id": format!("b{index}"), "price": price, "scores": { "q": "7" } });
    prices.iter().enumerate().map(bid).collect()
}

/// Bids on one price and nothing else.
fn only_priced(prices: &[&str]) -> Value {
    let bid = |(index, price)| json!({ "id": format!("b{index}"), "price": price });
    prices.iter().enumerate().map(bid).collect()
}

/// All of them.
pub fn tenders() -> Vec<Value> {
    [against_base_or_mean(), numbers(), life_cycles(), lowered_prices(), rounded(), low_bids()].concat()
}

fn against_base_or_mean() -> Vec<Value> {
    let of = |method: Value, prices: &[&str]| tender(method, weighed(), points(), priced(prices));
    let base = |significant: &str, floor: &str| json!({ "code": "discount-on-base", "basePrice": "100", "significantPercent": significant, "floor": floor });
    let slopes = json!({ "code": "two-slopes", "basePrice": "100", "meanPercent": "85" });
    let ratio = |at_most: &str| json!({ "code": "relative-to-mean", "formula": "ratio", "atMost": at_most });
    let linear = |at_most: &str, floor: &str| json!({ "code": "relative-to-mean", "formula": "linear", "atMost": at_most, "floor": floor });
    vec![
        of(base("25", "zero"), &["80", "90", "120"]),
        of(base("5", "none"), &["80", "90", "120"]),
        of(base("0", "none"), &["100", "100"]),
        of(slopes.clone(), &["60", "80", "95"]),
        of(slopes, &["100", "100"]),
        of(ratio("none"), &["60", "80", "95"]),
        of(ratio("full"), &["60", "80", "95"]),
        of(linear("none", "none"), &["10", "11", "100"]),
        of(linear("full", "zero"), &["10", "11", "100"]),
    ]
}

fn numbers() -> Vec<Value> {
    let number =
        |id: &str, numeric: Value| json!({ "id": id, "kind": "numeric", "weight": "5", "numeric": numeric });
    let table = json!([{ "from": "0", "points": "0" }, { "from": "10", "points": "3" }, { "from": "30", "points": "5" }]);
    let criteria = json!([
        { "id": "price", "kind": "price", "weight": "40" },
        number("table", json!({ "scoring": "steps", "steps": table })),
        number("line", json!({ "scoring": "interpolated", "outside": "clip", "steps": table })),
        number("low", json!({ "scoring": "range-lowest" })),
        number("high", json!({ "scoring": "range-highest" })),
        number("below", json!({ "scoring": "mean-over-number", "atMost": "none" })),
        number("below-full", json!({ "scoring": "mean-over-number", "atMost": "full" })),
        number("above", json!({ "scoring": "number-over-mean", "atMost": "none" })),
        number("above-full", json!({ "scoring": "number-over-mean", "atMost": "full" })),
        { "id": "offer", "kind": "social-return-commitment", "weight": "5", "commitment": {
            "measure": "percentage", "minimum": "0", "maximum": "5", "aboveMaximum": "clip",
            "steps": [{ "from": "2", "points": "1.5" }, { "from": "4", "points": "5" }] } }
    ]);
    let names = ["table", "line", "low", "high", "below", "below-full", "above", "above-full"];
    let bids = |numbers: [&str; 3]| -> Value {
        let bid = |(index, number): (usize, &str)| {
            let facts: Value = names
                .iter()
                .map(|name| ((*name).to_owned(), json!(number)))
                .collect::<serde_json::Map<_, _>>()
                .into();
            json!({ "id": format!("b{index}"), "price": format!("{}0", 9 + index), "facts": facts, "commitments": { "offer": "3" } })
        };
        numbers.into_iter().enumerate().map(bid).collect()
    };
    let of =
        |numbers| tender(json!({ "code": "relative-lowest" }), criteria.clone(), points(), bids(numbers));
    vec![of(["7", "22", "45"]), of(["12", "12", "12"])]
}

/// A payment on a day, after months, in a period and after days.
pub fn of_each_payment() -> Value {
    json!([
        { "amount": "20", "quantity": "3", "on": "2026-05-27" },
        { "amount": "-12", "days": 146, "afterMonths": 18 },
        { "amount": "40", "months": 6, "inPeriod": 2 },
        { "amount": "15", "afterDays": 438 }
    ])
}

fn life_cycles() -> Vec<Value> {
    let of = |terms: Value, costs: Value| {
        let criteria = json!([{ "id": "cost", "kind": "life-cycle-cost", "lifeCycle": terms }]);
        let bids = json!([{ "id": "A", "lifeCycle": { "cost": costs } }]);
        tender(json!({ "code": "lowest-cost" }), criteria, json!({}), bids)
    };
    let usage = json!([
        { "id": "fuel", "quantity": "1000", "unitCost": "1.5" },
        { "id": "power", "quantity": "700", "unitCost": "0.0123" },
        { "id": "scrap", "quantity": "2", "unitCost": "30", "counts": "once" }
    ]);
    let used = json!({ "fuel": "0.1", "power": "0.25", "scrap": "1" });
    let years =
        json!({ "years": 3, "ratePercent": "5", "startsOn": "2026-01-01", "savings": true, "usage": usage });
    let by = |field: &str, periods: [u32; 3], discounting: &str| json!({ field: periods, "ratePercent": "3.5", "discounting": discounting, "startsOn": "2026-01-01", "savings": true });
    let annual =
        json!({ "purchase": "1000", "annual": "100", "residual": "50", "payments": of_each_payment() });
    let mut using = annual.clone();
    using["usage"] = used;
    // A number of days that has almost no factor in common with a year.
    using["payments"][3]["afterDays"] = json!(465);
    vec![
        of(years, using),
        of(by("periodDays", [146, 365, 219], "compound"), annual.clone()),
        of(by("periodMonths", [6, 12, 6], "compound"), annual.clone()),
        of(by("periodDays", [146, 365, 219], "simple"), annual.clone()),
        of(by("periodMonths", [6, 12, 6], "simple"), annual),
    ]
}

fn lowered_prices() -> Vec<Value> {
    let criteria = |cap: bool| {
        let mut by_score = json!({ "measure": "percent", "most": "10" });
        if cap {
            by_score["cap"] = json!("4");
        }
        json!([
            { "id": "price", "kind": "price" },
            { "id": "q", "kind": "assessed-quality", "scale": { "highest": "10" }, "discount": by_score },
            { "id": "r", "kind": "assessed-quality", "scale": { "highest": "5" }, "discount": { "measure": "percent", "most": "3" } }
        ])
    };
    let bids = json!([
        { "id": "A", "price": "100", "scores": { "q": "7", "r": "4" } },
        { "id": "B", "price": "90.55", "scores": { "q": "3", "r": "5" } }
    ]);
    let discounts = json!({ "code": "fictitious-discount" });
    let sheet = json!([
        { "id": "staat", "kind": "price", "sheet": { "lineDecimals": 2, "lines": [{ "id": "l1", "quantity": "12.5" }, { "id": "l2", "quantity": "3" }] } },
        { "id": "vast", "kind": "price" }
    ]);
    let sums = json!([
        { "id": "A", "prices": { "l1": "1.2345", "l2": "20.005", "vast": "50" } },
        { "id": "B", "prices": { "l1": "2.5", "l2": "19", "vast": "49" } }
    ]);
    vec![
        tender(discounts.clone(), criteria(true), json!({}), bids.clone()),
        tender(discounts, criteria(false), json!({ "discounts": "each-on-bid" }), bids),
        tender(json!({ "code": "lowest-price" }), sheet, json!({}), sums),
    ]
}

fn rounded() -> Vec<Value> {
    let of = |mode: &str| {
        let stage =
            |stage: &str, decimals: u32| json!({ "stage": stage, "decimals": decimals, "mode": mode });
        let stages = json!([stage("price", 0), stage("share", 3), stage("criterion", 2), stage("total", 1)]);
        let scores = |all: [&str; 3]| -> Value {
            all.iter()
                .enumerate()
                .map(|(index, score)| json!({ "assessor": format!("a{index}"), "score": score }))
                .collect()
        };
        let bids = json!([
            { "id": "A", "price": "100.5", "assessorScores": { "q": scores(["7", "8", "8"]) } },
            { "id": "B", "price": "90.55", "assessorScores": { "q": scores(["6.25", "6.25", "6.25"]) } }
        ]);
        let more = json!({ "weightUnit": "points", "roundingStages": stages, "assessment": { "combine": "mean", "decimals": 1, "mode": mode } });
        tender(json!({ "code": "relative-lowest" }), weighed(), more, bids)
    };
    vec![of("half-up"), of("half-even")]
}

fn low_bids() -> Vec<Value> {
    let of = |rules: Value, prices: &[&str]| {
        let criteria = json!([{ "id": "price", "kind": "price" }]);
        tender(
            json!({ "code": "lowest-price" }),
            criteria,
            json!({ "abnormallyLow": rules }),
            only_priced(prices),
        )
    };
    let prices = ["55", "70.2", "78", "80", "81.37", "84", "150"];
    let threshold = json!({ "rule": "above-discount-threshold", "estimate": "160", "trimPercent": "10", "meanDecimals": 3, "decrement": true });
    let close = json!({ "rule": "above-discount-threshold", "estimate": "160", "trimPercent": "10", "smallSpreadPercent": "90", "addPercent": "20" });
    vec![
        of(
            json!([
                { "rule": "below-mean", "percent": "10", "trimPercent": "10", "leaveOutAbovePercent": "5", "atLeastBids": 3, "estimate": "99" },
                { "rule": "below-median", "percent": "20" },
                { "rule": "below-estimate", "percent": "25", "estimate": "90" },
                { "rule": "below-deviations", "deviations": "1.5", "sample": true }
            ]),
            &prices,
        ),
        of(json!([threshold]), &prices),
        of(json!([close]), &prices),
    ]
}
