//! Several winners: who holds a place and who stands by, and the orders under a framework agreement.

use serde_json::{Map, Value, json};

use super::{bar, items, text};
use crate::console::language::Language;
use crate::console::read::put;

/// Who holds a place by the decision, who stands by, and who dropped out. None of it where one bid wins and nobody
/// stands by.
pub(super) fn seats(known: &mut Value) {
    let named = |bid: &str| match text(known, &format!("names/{bid}")) {
        "" => bid.to_owned(),
        name => name.to_owned(),
    };
    let winners = items(known, "decision/winners");
    let reserves = items(known, "decision/reserves");
    let alone = json!({"bidId": text(known, "decision/bidId"), "place": 1});
    let winners = if winners.is_empty() && !reserves.is_empty() { vec![alone] } else { winners };
    let seat = |holds: bool| {
        move |seat: &Value| {
            json!({
                "bidId": text(seat, "bidId"), "name": named(text(seat, "bidId")), "holds": holds,
                "place": seat.get("place"), "promotedAt": seat.get("promotedAt"),
            })
        }
    };
    let seats: Vec<Value> = winners.iter().map(seat(true)).chain(reserves.iter().map(seat(false))).collect();
    let of_this = |entry: &&Value| {
        text(entry, "fact/kind") == "winner-withdrawn"
            && text(entry, "fact/details/decisionId") == text(known, "decision/id")
    };
    let gone: Vec<Value> = items(known, "dossier/items")
        .iter()
        .filter(of_this)
        .map(|entry| {
            let details = |name: &str| text(entry, &format!("fact/details/{name}"));
            let successor = details("successorBidId");
            json!({
                "name": named(details("bidId")), "ground": details("ground"), "reason": details("reason"),
                "at": text(entry, "recordedAt"),
                "successor": if successor.is_empty() { String::new() } else { named(successor) },
            })
        })
        .collect();
    let choices: Vec<Value> = seats.iter().map(|seat| json!([seat.get("bidId"), seat.get("name")])).collect();
    put(known, "seats", seats.into());
    put(known, "seat_choices", choices.into());
    put(known, "gone", gone.into());
}

/// What each operator got as bars, who can be chosen for an order, and where it can have been competed for.
pub(in crate::console) fn call_offs(known: &mut Value, _: Language) {
    let operators = items(known, "turns/operators");
    let number = |it: &Value, field: &str| it.get(field).and_then(Value::as_i64).unwrap_or_default();
    let most =
        |field: &str| operators.iter().map(|it| number(it, field)).max().unwrap_or_default().to_string();
    let (orders, value) = (most("orders"), most("valueCents"));
    let bar = |it: &Value, field: &str, most: &str, series: usize| {
        bar(&number(it, field).to_string(), most, series)
    };
    let rows: Vec<Value> = operators
        .iter()
        .map(|it| {
            json!({
                "it": it, "name": name(it),
                "orders": bar(it, "orders", &orders, 1), "value": bar(it, "valueCents", &value, 3),
            })
        })
        .collect();
    let names: Map<String, Value> =
        operators.iter().map(|it| (text(it, "bidId").to_owned(), name(it).into())).collect();
    let stays = |it: &&Value| it.get("droppedOutAt").is_none();
    let choices: Vec<Value> =
        operators.iter().filter(stays).map(|it| json!([text(it, "bidId"), name(it)])).collect();
    let mut tenders = items(known, "tenders/items");
    tenders.reverse();
    put(known, "rows", rows.into());
    put(known, "names", names.into());
    put(known, "operators_to_choose", choices.into());
    put(known, "competitions", tenders.into());
}

fn name(operator: &Value) -> &str {
    match text(operator, "bidderName") {
        "" => text(operator, "bidderKvkNumber"),
        name => name,
    }
}
