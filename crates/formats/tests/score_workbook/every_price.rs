//! Tenders of simple numbers for each way in which a price comes about: discounts, price sheets, costs over the years.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use trede_wire::score_file::{DiscountMeasureInput, DiscountsInput};

use crate::declared::of_each_payment;
use crate::every_rule::{bids, tender, word};

/// Discounts by each kind of criterion, in each unit and order, with and without a cap, rounded or not, off a price or
/// off a sum of a price and a price sheet; ties go by them.
pub fn of_each_discount() -> BTreeMap<String, Value> {
    let mut tenders = BTreeMap::new();
    let levels = json!([
        { "level": "trede-1", "value": "5" }, { "level": "trede-2", "value": "6" }, { "level": "trede-3", "value": "8" }
    ]);
    let ladder = json!({ "version": "eigen", "levels": [{ "code": "trede-1" }, { "code": "trede-2" }, { "code": "trede-3" }] });
    for measure in [DiscountMeasureInput::Percent, DiscountMeasureInput::Amount] {
        for order in [DiscountsInput::OneAfterAnother, DiscountsInput::EachOnBid] {
            for (cap, rounded, by_sheet) in
                [(None, false, false), (Some("4"), false, true), (Some("4"), true, false)]
            {
                let in_percent = measure == DiscountMeasureInput::Percent;
                let mut taking = json!({ "measure": measure, "most": "10" });
                let mut table = json!({ "measure": if in_percent { "discount-percent" } else { "discount-amount" }, "rows": levels });
                if let Some(cap) = cap.filter(|_| in_percent) {
                    taking["cap"] = json!(cap);
                    table["cap"] = json!(cap);
                }
                let numeric = json!({ "scoring": "between", "worst": "50", "best": "10", "outside": "clip" });
                let commitment = json!({ "measure": "percentage", "maximum": "5", "aboveMaximum": "clip" });
                let mut criteria = json!([
                    { "id": "price", "kind": "price" },
                    { "id": "q", "kind": "assessed-quality", "scale": { "highest": "10" }, "threshold": { "minimumScore": "7" }, "discount": taking },
                    { "id": "pso", "kind": "pso-level", "levels": table },
                    { "id": "n", "kind": "numeric", "numeric": numeric, "discount": taking },
                    { "id": "offer", "kind": "social-return-commitment", "commitment": commitment, "discount": taking }
                ]);
                let mut bids = bids(&["price", "q", "pso", "n", "offer"]);
                if by_sheet {
                    criteria[0]["sheet"] = json!({ "lines": [{ "id": "l1", "quantity": "4" }, { "id": "l2", "quantity": "2.5" }], "lineDecimals": 1 });
                    criteria
                        .as_array_mut()
                        .unwrap()
                        .push(json!({ "id": "vast", "kind": "price", "ceiling": "40" }));
                    for bid in bids.as_array_mut().unwrap() {
                        bid.as_object_mut().unwrap().remove("price");
                        bid["prices"] = json!({ "l1": "20.25", "l2": "3.5", "vast": "40" });
                    }
                }
                let mut more = json!({ "discounts": order, "pso": { "ladder": ladder },
                    "ties": [{ "by": "criterion", "criterion": "q" }, { "by": "criterion", "criterion": "pso" }, { "by": "lot" }] });
                if rounded {
                    more["rounding"] = json!({ "stage": "price", "decimals": 0 });
                }
                let file = tender(&json!({ "code": "fictitious-discount" }), &criteria, &more, &bids);
                let name = format!("discount-{}-{}-{cap:?}-{rounded}", word(measure), word(order));
                tenders.insert(name, file);
            }
        }
    }
    tenders
}

/// Costs over whole years, days and months, by both kinds of interest, with every kind of payment and of use.
pub fn of_each_life_cycle() -> BTreeMap<String, Value> {
    let mut tenders = BTreeMap::new();
    let periods =
        [("years", json!(3)), ("periodDays", json!([73, 365, 730])), ("periodMonths", json!([6, 12, 24]))];
    let payments = of_each_payment();
    let usage = json!([
        { "id": "fuel", "quantity": "1000", "unitCost": "1.5" },
        { "id": "power", "quantity": "700", "unitCost": "0.25" },
        { "id": "scrap", "quantity": "2", "unitCost": "30", "counts": "once" },
        { "id": "oil", "quantity": "3", "unitCost": "3", "counts": "once" }
    ]);
    for (field, periods) in periods {
        for discounting in ["compound", "simple"] {
            for (with_use, rate) in [(true, "25"), (false, "0"), (false, "25")] {
                let mut terms = json!({ field: periods, "ratePercent": rate, "discounting": discounting,
                    "startsOn": "2026-01-01", "savings": true });
                if with_use {
                    terms["usage"] = usage.clone();
                }
                let costs = |yearly: Value, payments: Value| {
                    let mut costs = json!({ "purchase": "1000", "residual": "50", "payments": payments });
                    for (field, value) in yearly.as_object().unwrap() {
                        costs[field] = value.clone();
                    }
                    if with_use {
                        costs["usage"] = json!({ "fuel": "0.5", "power": "0.25", "scrap": "1", "oil": "2" });
                    }
                    json!({ "cost": costs })
                };
                let bids = json!([
                    { "id": "A", "lifeCycle": costs(json!({ "annual": "100" }), payments.clone()) },
                    { "id": "B", "lifeCycle": costs(json!({ "yearly": ["75", "125", "250"] }), json!([])) },
                    { "id": "C", "lifeCycle": costs(json!({}), json!([payments[3], payments[0]])) }
                ]);
                let criteria = json!([{ "id": "cost", "kind": "life-cycle-cost", "lifeCycle": terms, "ceiling": "9000" }]);
                let file = tender(&json!({ "code": "lowest-cost" }), &criteria, &json!({}), &bids);
                tenders.insert(format!("cycle-{field}-{discounting}-{with_use}-{rate}"), file);
            }
        }
    }
    tenders
}
