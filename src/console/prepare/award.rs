//! Outcomes: the ranking as bars, its stability, one bid step by step, the decision.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::{items, series, text};
use crate::console::format::thousandths;
use crate::console::language::Language;
use crate::console::read::put;

/// The latest evaluation, as pictures with their numbers.
pub(in crate::console) fn evaluation(known: &mut Value, language: Language) {
    if let Some(lot) = known.pointer("/evaluation/result/lots/0").cloned() {
        outcome(known, lot, language);
    }
}

/// The outcome of a lot, of an evaluation or a simulation.
pub(super) fn outcome(known: &mut Value, lot: Value, _: Language) {
    let ranking = items(&lot, "ranking");
    put(known, "names", names(&ranking));
    put(known, "bars", bars(&lot, &ranking).into());
    put(known, "scatter", scatter(&ranking).into());
    put(known, "intervals", intervals(&lot).into());
    put(known, "outcome", lot);
}

fn names(ranking: &[Value]) -> Value {
    let names: Map<String, Value> = ranking
        .iter()
        .map(|bid| {
            let name = if text(bid, "bidder").is_empty() { text(bid, "id") } else { text(bid, "bidder") };
            (text(bid, "id").to_owned(), name.into())
        })
        .collect();
    names.into()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

/// What is drawn of each bid: its criteria one after the other where the highest total is best, else its total.
fn bars(lot: &Value, ranking: &[Value]) -> Vec<Value> {
    let is_lowest = text(lot, "bestTotal") == "lowest";
    let largest = |place: &str| ranking.iter().map(|bid| decimal(text(bid, place))).max().unwrap_or_default();
    let full: Decimal = ranking
        .first()
        .map(|bid| items(bid, "criteria").iter().map(|criterion| decimal(text(criterion, "full"))).sum())
        .unwrap_or_default();
    let whole = if is_lowest {
        largest("price").max(largest("total/declared"))
    } else {
        full.max(largest("total/declared"))
    };
    let whole = whole.to_string();
    let bar = |bid: &Value| {
        let mut from = 0;
        let parts: Vec<Value> = items(bid, "criteria")
            .iter()
            .enumerate()
            .filter(|_| !is_lowest)
            .map(|(index, criterion)| {
                let width = thousandths(text(criterion, "declared"), &whole);
                let part = json!({"x": from, "width": width, "series": series(index)});
                from += width;
                part
            })
            .collect();
        let parts = if is_lowest {
            let paid = thousandths(text(bid, "total/declared"), &whole);
            let price = thousandths(text(bid, "price"), &whole);
            vec![
                json!({"x": 0, "width": paid, "series": 1}),
                json!({"x": paid, "width": price.saturating_sub(paid), "series": 2}),
            ]
        } else {
            parts
        };
        json!({"bid": bid, "parts": parts})
    };
    ranking.iter().map(bar).collect()
}

/// Price against what social value earned, each between the least and the most of all bids.
fn scatter(ranking: &[Value]) -> Vec<Value> {
    let of = |place: &str| ranking.iter().map(|bid| decimal(text(bid, place))).collect::<Vec<_>>();
    let prices = of("price");
    let social = of("awardFactor/together/points");
    let low = prices.iter().min().copied().unwrap_or_default();
    let range = prices.iter().max().copied().unwrap_or_default() - low;
    let most = social.iter().max().copied().unwrap_or_default().to_string();
    let point = |((bid, price), points): ((&Value, &Decimal), &Decimal)| {
        let x = thousandths(&(*price - low).to_string(), &range.to_string());
        let y = 1000 - thousandths(&points.to_string(), &most);
        json!({"x": 60 + x * 880 / 1000, "y": 40 + y * 320 / 1000, "rank": bid.get("rank"), "bid": bid})
    };
    ranking.iter().zip(&prices).zip(&social).map(point).collect()
}

/// Between which weights the winner stays the winner, as a line from 0 to 100.
fn intervals(lot: &Value) -> Vec<Value> {
    items(lot, "analysis/stability")
        .into_iter()
        .filter(|it| text(it, "varied") == "weight")
        .map(|it| {
            let spans: Vec<Value> = items(&it, "intervals")
                .iter()
                .map(|span| {
                    let from = thousandths(text(span, "from"), "100");
                    let to =
                        if text(span, "to").is_empty() { 1000 } else { thousandths(text(span, "to"), "100") };
                    json!({"x": from, "width": to.saturating_sub(from)})
                })
                .collect();
            json!({"of": it, "spans": spans, "declared": thousandths(text(&it, "declared"), "100")})
        })
        .collect()
}

/// One bid, and the winner beside it.
pub(in crate::console) fn why(known: &mut Value, language: Language) {
    evaluation(known, language);
    let ranking = items(known, "outcome/ranking");
    let wanted = text(known, "bidId").to_owned();
    let bid = ranking.iter().find(|bid| text(bid, "id") == wanted).cloned().unwrap_or_default();
    let excluded = items(known, "outcome/excluded");
    let excluded = excluded.into_iter().find(|bid| text(bid, "id") == wanted);
    let others = ranking.iter().filter(|other| text(other, "id") != wanted);
    let beside = others.min_by_key(|other| other.get("rank").and_then(Value::as_u64)).cloned();
    put(known, "bid", bid);
    put(known, "dropped", excluded.unwrap_or_default());
    put(known, "beside", beside.unwrap_or_default());
}

/// The decision with how far its standstill is, and the objections.
pub(in crate::console) fn decision(known: &mut Value, language: Language) {
    evaluation(known, language);
    let day = |text: &str| text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let begun = text(known, "decision/proposedAt").parse::<DateTime<Utc>>().ok().map(|at| at.date_naive());
    let until = day(text(known, "decision/standstillUntilOn"));
    let today = day(text(known, "today"));
    if let (Some(begun), Some(until), Some(today)) = (begun, until, today) {
        let (gone, all) = ((today - begun).num_days().max(0), (until - begun).num_days());
        let bar = json!({
            "part": thousandths(&gone.to_string(), &all.to_string()), "left": (until - today).num_days().max(0),
            "over": today > until
        });
        put(known, "standstill", bar);
    }
    let objections: Vec<Value> = items(known, "dossier/items")
        .into_iter()
        .filter(|entry| text(entry, "fact/kind").starts_with("objection"))
        .collect();
    put(known, "objections", objections.into());
    let named: Vec<Value> =
        items(known, "decision/winners").iter().filter_map(|seat| seat.get("bidId").cloned()).collect();
    let decided = if named.is_empty() { vec![text(known, "decision/bidId").into()] } else { named };
    put(known, "decidedFor", decided.into());
    super::agreement::seats(known);
    let several = items(known, "outcome/winners/bids");
    let first = several.first().or(known.pointer("/outcome/first/0")).cloned().unwrap_or_default();
    let others: Vec<&str> = several.iter().skip(1).filter_map(Value::as_str).collect();
    let proposal = json!({
        "evaluationId": text(known, "evaluation/id"), "bidId": first, "otherBidIds": others.join(","),
        "standstillDays": 20,
    });
    put(known, "proposal", proposal);
}

/// The names of who bid, beside the report.
pub(in crate::console) fn report(known: &mut Value, _: Language) {
    let names: Map<String, Value> = items(known, "report/candidates")
        .iter()
        .map(|it| (text(it, "bidId").to_owned(), text(it, "name").into()))
        .collect();
    put(known, "names", names.into());
}
