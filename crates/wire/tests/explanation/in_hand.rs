//! What a reader of an explanation has in hand: the numbers of the tender, and what can be counted in it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;
use trede_base::exact::Exact;
use trede_wire::score_result::{BidResult, LotResult};

/// Every number that stands in the tender, as a result prints it.
fn numbers_in(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => found.extend(text.parse::<Decimal>().map(printed)),
        Value::Number(number) => found.extend(number.to_string().parse::<Decimal>().map(printed)),
        Value::Array(all) => all.iter().for_each(|one| numbers_in(one, found)),
        Value::Object(all) => all.values().for_each(|one| numbers_in(one, found)),
        _ => {}
    }
}

fn printed(number: Decimal) -> String {
    number.normalize().to_string()
}

/// What a reader has in hand before the first step: the numbers of the tender, the sums of its weights, the
/// days and months between its dates, the years that can be counted, nothing and everything.
pub fn in_hand(file: &Value) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = (0..=10).map(|year: u32| year.to_string()).collect();
    numbers_in(file, &mut known);
    let weights = |of_price: bool| -> Decimal {
        let criteria = file["lots"][0]["awardModel"]["criteria"].as_array().unwrap();
        let wanted = criteria.iter().filter(|criterion| (criterion["kind"] == "price") == of_price);
        wanted.filter_map(|criterion| criterion["weight"].as_str()?.parse::<Decimal>().ok()).sum()
    };
    known.extend([printed(weights(true)), printed(weights(false))]);
    spans(file, &mut known);
    known
}

/// The days and months after the start, counted from the periods and the dates, and what of them lies beyond whole years.
fn spans(file: &Value, known: &mut BTreeSet<String>) {
    let mut found = Vec::new();
    for criterion in file["lots"][0]["awardModel"]["criteria"].as_array().unwrap() {
        let terms = &criterion["lifeCycle"];
        for (field, year) in [("periodDays", 365), ("periodMonths", 12)] {
            let mut passed = 0;
            for period in terms[field].as_array().into_iter().flatten() {
                passed += period.as_u64().unwrap();
                found.push((passed, year));
            }
        }
        for bid in file["lots"][0]["bids"].as_array().unwrap() {
            let costs = &bid["lifeCycle"][criterion["id"].as_str().unwrap()];
            for payment in costs["payments"].as_array().into_iter().flatten() {
                let day = |value: &Value| value.as_str()?.parse::<NaiveDate>().ok();
                let days = day(&payment["on"])
                    .zip(day(&terms["startsOn"]))
                    .map(|(on, start)| (on - start).num_days());
                found.extend(days.map(|days| (u64::try_from(days).unwrap(), 365)));
                found.extend(payment["afterDays"].as_u64().map(|days| (days, 365)));
                found.extend(payment["afterMonths"].as_u64().map(|months| (months, 12)));
            }
        }
    }
    known.extend(found.into_iter().flat_map(|(span, year)| [span.to_string(), (span % year).to_string()]));
}

/// The sums of what the ranked bids bring: of their prices as they count, and of their numbers on each criterion.
pub fn sums(file: &Value, lot: &LotResult) -> Vec<String> {
    let bids = file["lots"][0]["bids"].as_array().unwrap();
    let asked = |id: &str| bids.iter().find(|bid| bid["id"] == id).unwrap();
    let number = |value: &Value| value.as_str()?.parse::<Decimal>().ok();
    let sum = |answer: &dyn Fn(&BidResult) -> Option<Decimal>| {
        Exact::sum(&lot.ranking.iter().filter_map(answer).map(Exact::from).collect::<Vec<_>>()).shown()
    };
    let price = |bid: &BidResult| {
        let mut steps = bid.explanation.iter().flatten();
        let rounded = steps.find(|step| step.rule.starts_with("rounded-price"));
        rounded.map_or_else(|| number(&asked(&bid.id)["price"]), |step| step.result.parse().ok())
    };
    let mut sums = vec![sum(&price)];
    let criteria = file["lots"][0]["awardModel"]["criteria"].as_array().unwrap();
    for id in criteria.iter().filter_map(|criterion| criterion["id"].as_str()) {
        sums.push(sum(&|bid| number(&asked(&bid.id)["facts"][id])));
    }
    sums
}
