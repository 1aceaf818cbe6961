//! Life-cycle cost by day and month, with payments on dates, savings and use.

use serde_json::{Value, json};

use crate::support::{errors, lot, one_lot, ranking};

fn lowest_cost(terms: Value) -> Value {
    json!({
        "method": { "code": "lowest-cost" },
        "motivation": "one product",
        "criteria": [{ "id": "cost", "kind": "life-cycle-cost", "lifeCycle": terms }],
        "ties": [{ "by": "lot" }]
    })
}

fn bid(id: &str, costs: Value) -> Value {
    json!({ "id": id, "lifeCycle": { "cost": costs } })
}

/// openprocurement.tender.esco, npv_test_data.py: 18 August 2017, 12.5 percent, a contract of 15 years and one of a
/// day; the best performance is the lowest cost.
#[test]
fn an_energy_service_contract_is_entered_with_its_reductions_and_payments() {
    let mut days = vec![135];
    days.extend([365; 19]);
    days.push(230);
    let terms =
        json!({ "periodDays": days, "ratePercent": "12.5", "discounting": "simple", "savings": true });
    let payments = |contract: u32| {
        let mut payments = Vec::new();
        let mut left = contract;
        for (index, length) in days.iter().enumerate() {
            let first = index == 0;
            let period = index + 1;
            let (saving, share) = if first { ("-92.47", "64.729") } else { ("-250", "175") };
            let paid = left.min(if first { *length } else { 365 });
            left -= paid;
            let mut reduction = json!({ "title": "reduction", "amount": saving, "inPeriod": period });
            if !first {
                reduction["days"] = json!(length);
            }
            payments.push(reduction);
            let mut payment = json!({ "title": "payment", "amount": share, "inPeriod": period });
            if paid != *length {
                // The first payment is that of its period, which counts days of its own.
                payment["amount"] = if first { json!("175.0080370370") } else { payment["amount"].clone() };
                payment["days"] = json!(paid);
            }
            payments.push(payment);
        }
        json!({ "purchase": "0", "payments": payments })
    };
    let bids = json!([bid("long", payments(15 * 365)), bid("middle", payments(3 * 365 + 11))]);
    let lot = lot(&one_lot(lowest_cost(terms), bids));
    assert_eq!(ranking(&lot, 9), "middle -1390.675862247, long -650.195041291");
}

#[test]
fn payments_fall_on_dates_after_days_after_months_and_in_periods() {
    let terms = json!({ "years": 2, "ratePercent": "10", "startsOn": "2026-01-01", "savings": true });
    let payments = json!([
        { "amount": "110", "on": "2027-01-01" },
        { "amount": "121", "afterMonths": 24 },
        { "amount": "-110", "inPeriod": 1 },
        { "amount": "0.125", "quantity": "80", "afterDays": 0 }
    ]);
    let bids = json!([bid("A", json!({ "purchase": "50", "payments": payments }))]);
    assert_eq!(ranking(&lot(&one_lot(lowest_cost(terms), bids)), 2), "A 160");
}

/// Directive 2009/33: litres, kilograms of CO2 and grams of NOx for each of 200,000 km.
#[test]
fn use_counts_by_unit_costs_of_many_decimals() {
    let usage = json!([
        { "id": "fuel", "title": "litre per km", "quantity": "200000", "unitCost": "1.105", "counts": "once" },
        { "id": "nox", "title": "g per km", "quantity": "200000", "unitCost": "0.0044", "counts": "once" }
    ]);
    let terms = json!({ "years": 1, "ratePercent": "0", "usage": usage });
    let bids = json!([
        bid("A", json!({ "purchase": "20000", "usage": { "fuel": "0.05", "nox": "0.06" } })),
        bid("B", json!({ "purchase": "21000", "usage": { "fuel": "0.045", "nox": "0.055" } })),
    ]);
    let lot = lot(&one_lot(lowest_cost(terms), bids));
    assert_eq!(ranking(&lot, 2), "B 30993.4, A 31102.8");
}

#[test]
fn what_is_wrong_in_a_life_cycle_is_told_at_its_place() {
    let plain = json!({ "years": 2, "ratePercent": "5" });
    let with =
        |terms: &Value, costs: Value| errors(&one_lot(lowest_cost(terms.clone()), json!([bid("A", costs)])));
    let paying = |payment: Value| with(&plain, json!({ "purchase": "1", "payments": [payment] }));
    let at = |code: &str, below: &str| vec![format!("{code} /lots/0/bids/0/lifeCycle/cost{below}")];
    assert_eq!(paying(json!({ "amount": "1" })), at("payment-moment", "/payments/0"));
    assert_eq!(
        paying(json!({ "amount": "1", "afterDays": 1, "inPeriod": 1 })),
        at("payment-moment", "/payments/0")
    );
    assert_eq!(
        paying(json!({ "amount": "-1", "afterDays": 1 })),
        at("saving-undeclared", "/payments/0/amount")
    );
    assert_eq!(paying(json!({ "amount": "1", "inPeriod": 3 })), at("out-of-range", "/payments/0/inPeriod"));
    assert_eq!(
        paying(json!({ "amount": "1", "on": "2026-01-01" })),
        at("parameter-missing", "/payments/0/on")
    );
    assert_eq!(
        with(
            &json!({ "years": 2, "ratePercent": "5", "startsOn": "2026-01-01" }),
            json!({ "purchase": "1", "payments": [{ "amount": "1", "on": "2025-12-31" }] })
        ),
        at("out-of-range", "/payments/0/on")
    );
    assert_eq!(with(&plain, json!({ "purchase": "1" })), at("years-mismatch", ""));
    assert_eq!(
        with(&plain, json!({ "purchase": "1", "annual": "1", "usage": { "x": "1" } })),
        at("unknown-criterion", "/usage/x")
    );
    let terms = json!({ "ratePercent": "5" });
    let pointer = "periods-unclear /lots/0/awardModel/criteria/0/lifeCycle";
    assert_eq!(with(&terms, json!({ "purchase": "1", "annual": "1" })), [pointer]);
}
