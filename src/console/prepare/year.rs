//! A year: its parts with the lengths of their bars, and as a picture of its own.

use serde_json::{Value, json};

use super::follow::decimal;
use super::{items, text};
use crate::console::format::thousandths;
use crate::console::language::Language;
use crate::console::read::put;

/// Lists of a year, with the amounts that their bars show: what was owed, and what became of it.
const PARTS: [(&str, &str, &str); 7] = [
    ("targetGroups", "", "done"),
    ("groups", "", "done"),
    ("blocks", "", "done"),
    ("sectors", "owed", "realised"),
    ("contractors", "owed", "realised"),
    ("districts", "", "done"),
    ("months", "", "approved"),
];

/// The parts of a year with their bars.
pub(in crate::console) fn year(known: &mut Value, _: Language) {
    for (list, owed, amount) in PARTS {
        let rows = with_bars(&items(known, &format!("report/{list}")), owed, amount);
        put(known, list, rows.into());
    }
    let durability = items(known, "report/durability").into_iter().map(|it| {
        let count = |name: &str| it.get(name).map(Value::to_string).unwrap_or_default();
        let (asked, at_work) = (count("people"), count("atWork"));
        json!({"at_work": thousandths(&at_work, &asked), "it": it})
    });
    let durability: Vec<Value> = durability.collect();
    put(known, "durability", durability.into());
    let year = text(known, "year").parse::<i32>().unwrap_or_default();
    put(known, "before", (year - 1).to_string().into());
    put(known, "after", (year + 1).to_string().into());
}

fn with_bars(rows: &[Value], owed: &str, amount: &str) -> Vec<Value> {
    let most = rows.iter().flat_map(|it| [decimal(text(it, owed)), decimal(text(it, amount))]).max();
    let most = most.unwrap_or_default().to_string();
    let row = |it: &Value| {
        let length = |name: &str| thousandths(text(it, name), &most);
        json!({"owed": length(owed), "done": length(amount), "amount": text(it, amount), "it": it})
    };
    rows.iter().map(row).collect()
}

/// As [`year`], and where each row of the picture for a paper stands.
pub(in crate::console) fn open_year(known: &mut Value, language: Language) {
    year(known, language);
    let whole = decimal(text(known, "report/owed")).max(decimal(text(known, "report/realised"))).to_string();
    let length = |name: &str| thousandths(text(known, &format!("report/{name}")), &whole);
    let total = json!({"owed": length("owed"), "realised": length("realised")});
    let told = items(known, "targetGroups")
        .into_iter()
        .filter(|row| row.pointer("/it/suppressed") == Some(&Value::Bool(false)));
    let drawn: Vec<Value> = (0_u32..)
        .map(|place| place * 44)
        .zip(told)
        .take(MOST_ROWS)
        .map(|(y, mut row)| {
            put(&mut row, "y", (330 + y).into());
            row
        })
        .collect();
    let rows = u32::try_from(drawn.len()).unwrap_or_default();
    put(known, "picture", json!({"total": total, "rows": drawn, "height": 380 + rows * 44}));
}

/// More rows than this are not read in a picture.
const MOST_ROWS: usize = 10;
