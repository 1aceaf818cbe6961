//! What the laboratory found, as rows with a bar for each model.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{bar, items, name_of, series, text};
use crate::console::format::thousandths;
use crate::console::language::Language;
use crate::console::read::put;
use crate::console::words;

/// How often something happens that turns the outcome: the key of its words, and its place in the result of a model.
const TURNS: [(&str, &str); 5] = [
    ("level", "levelEffect/changesWinner"),
    ("drop_out", "dropOutTurns"),
    ("assessor", "assessorPointDecides"),
    ("corridor", "corridor/tenders"),
    ("by_lot", "drawnByLot"),
];

/// What the level costs and brings: the key of its words, and its place in the result of a model.
const EFFECTS: [(&str, &str); 4] = [
    ("price", "levelEffect/price/expected"),
    ("price_per_level", "levelEffect/pricePerLevel"),
    ("commitment", "levelEffect/commitmentEuros/expected"),
    ("commitment_per_level", "levelEffect/commitmentEurosPerLevel"),
];

/// The figures of each model side by side.
pub(super) fn study(known: &mut Value, language: Language) {
    let models = items(known, "answer/models");
    if models.is_empty() {
        return;
    }
    let named: Vec<Value> = models.iter().map(|model| with_name(model, language)).collect();
    let figures = json!({
        "models": named,
        "kinds": by_id(&models, "winners", "id", |row, series| share(row.get("wins"), series)),
        "levels": by_id(&models, "levels", "level", |row, series| share(row.get("wins"), series)),
        "turns": turns(&models),
        "effects": effects(&models),
        "gains": by_id(&models, "levelEffect/byGain", "levels", |row, series| share(row.get("tenders"), series)),
        "criteria": by_id(&models, "criteria", "id", decides),
        "prices": prices(&models),
    });
    put(known, "figures", figures);
}

fn with_name(model: &Value, language: Language) -> Value {
    let own = words::of(&format!("lab_model.{}", text(model, "id")), language);
    let most = |list: &str, figure: &str| {
        let size = |row: &Value| text(row, figure).parse::<Decimal>().unwrap_or(Decimal::MIN);
        items(model, list).into_iter().max_by_key(size)
    };
    json!({
        "of": model, "name": if own.is_empty() { name_of(model) } else { own },
        "wins_most": most("winners", "wins/percent"), "level_wins_most": most("levels", "wins/percent"),
        "decides_most": most("criteria", "decidesPercent"),
    })
}

/// A row for each identifier in any model, with what it is in each of them.
fn by_id(models: &[Value], list: &str, id: &str, cell: impl Fn(&Value, usize) -> Value) -> Vec<Value> {
    let mut seen: Vec<Value> = Vec::new();
    for row in models.iter().flat_map(|model| items(model, list)) {
        let is_new = seen.iter().all(|known: &Value| known.get(id) != row.get(id));
        if is_new {
            seen.push(row);
        }
    }
    let cells = |wanted: &Value| -> Vec<Value> {
        let each = models.iter().enumerate().map(|(index, model)| {
            let rows = items(model, list);
            let found = rows.iter().find(|row| row.get(id) == wanted.get(id));
            found.map_or(Value::Null, |row| cell(row, series(index)))
        });
        each.collect()
    };
    let mut rows: Vec<Value> = seen.iter().map(|row| json!({"of": row, "cells": cells(row)})).collect();
    // Steps on the ladder have an order of their own; what has none keeps that of the model.
    rows.sort_by_key(|row| row.pointer(&format!("/of/{id}")).and_then(Value::as_i64));
    rows
}

/// A share of all tenders as a bar.
fn share(share: Option<&Value>, series: usize) -> Value {
    let Some(share) = share.filter(|share| share.is_object()) else { return Value::Null };
    json!({"share": share, "parts": bar(text(share, "percent"), "100", series)})
}

fn turns(models: &[Value]) -> Vec<Value> {
    let row = |(key, place): &(&str, &str)| {
        let cells: Vec<Value> = models
            .iter()
            .enumerate()
            .map(|(index, model)| share(super::at(model, place), series(index)))
            .collect();
        cells.iter().any(|cell| !cell.is_null()).then(|| json!({"key": key, "cells": cells}))
    };
    TURNS.iter().filter_map(row).collect()
}

/// Euros on one scale, so that what it costs can be held against what it brings.
fn effects(models: &[Value]) -> Vec<Value> {
    let euros = |model: &Value, place: &str| text(model, place).parse::<Decimal>().ok();
    let all = EFFECTS.iter().flat_map(|(_, place)| models.iter().filter_map(|model| euros(model, place)));
    let whole = all.map(|euros| euros.abs()).max().unwrap_or_default().to_string();
    let row = |(key, place): &(&str, &str)| {
        let cell = |(index, model): (usize, &Value)| {
            let Some(amount) = euros(model, place) else { return Value::Null };
            let amount = amount.to_string();
            json!({"euros": amount, "parts": bar(&amount, &whole, series(index))})
        };
        let cells: Vec<Value> = models.iter().enumerate().map(cell).collect();
        cells.iter().any(|cell| !cell.is_null()).then(|| json!({"key": key, "cells": cells}))
    };
    EFFECTS.iter().filter_map(row).collect()
}

/// What a criterion weighs, and what it decides.
fn decides(row: &Value, series: usize) -> Value {
    let percent = |place: &str, series: usize| {
        let percent = text(row, place);
        (!percent.is_empty()).then(|| bar(percent, "100", series))
    };
    json!({"of": row, "weight": percent("weightPercent", 5), "decides": percent("decidesPercent", series)})
}

/// What the winner is paid: from one of ten to nine of ten tenders, with the mean.
fn prices(models: &[Value]) -> Vec<Value> {
    let of = |place: &str| {
        models.iter().filter_map(|model| text(model, place).parse::<Decimal>().ok()).collect::<Vec<_>>()
    };
    let low = of("price/p10").into_iter().min().unwrap_or_default();
    let range = (of("price/p90").into_iter().max().unwrap_or_default() - low).to_string();
    let x = |model: &Value, place: &str| {
        let above = text(model, place).parse::<Decimal>().unwrap_or_default() - low;
        thousandths(&above.to_string(), &range)
    };
    let row = |(index, model): (usize, &Value)| {
        let (from, to) = (x(model, "price/p10"), x(model, "price/p90"));
        json!({
            "price": model.get("price"), "mean": x(model, "price/expected").min(995),
            "parts": [{"x": from, "width": to.saturating_sub(from), "series": series(index)}],
        })
    };
    models.iter().enumerate().map(row).collect()
}
