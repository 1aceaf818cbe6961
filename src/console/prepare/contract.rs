//! The page of a contract: what was done over time beside what was expected, and what each change came to.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::follow::{decimal, standing};
use super::{items, text};
use crate::console::format::thousandths;
use crate::console::language::Language;
use crate::console::read::put;

/// Fulfilment over time: a step for each month, beside the line of what was expected, and where it will end.
pub(in crate::console) fn contract(known: &mut Value, _: Language) {
    put(known, "names", names(&items(known, "policy/policy/blocks")));
    let changes = with_what_was_before(&items(known, "changes/items"));
    put(known, "changes_made", changes.into());
    let Some(it) = known.pointer("/progress/standing").cloned() else { return };
    if let Some(frame) = Frame::of(known, &it) {
        let chart = frame.chart(known, &it);
        put(known, "chart", chart);
    }
    put(known, "standing", standing(&it));
}

fn names(blocks: &[Value]) -> Value {
    let pair = |block: &Value| (text(block, "code").to_owned(), Value::from(text(block, "name")));
    blocks.iter().map(pair).collect::<Map<_, _>>().into()
}

/// Each change with what was owed before it.
fn with_what_was_before(changes: &[Value]) -> Vec<Value> {
    let before = [Value::Null]
        .into_iter()
        .chain(changes.iter().map(|it| it.get("obligation").cloned().unwrap_or_default()));
    changes.iter().zip(before).map(|(change, before)| json!({"it": change, "before": before})).collect()
}

/// How wide the term is drawn, and how high the most is.
struct Frame {
    from: NaiveDate,
    days: i64,
    most: String,
}

const LEFT: i64 = 60;
const WIDTH: i64 = 900;

impl Frame {
    fn of(known: &Value, it: &Value) -> Option<Self> {
        let day = |name: &str| text(it, name).parse::<NaiveDate>().ok();
        let (from, until) = (day("startsOn")?, day("endsOn")?);
        let amounts = ["owed", "realised", "forecastMost"].map(|name| decimal(text(it, name)));
        let months = items(known, "progress/months");
        let expected = items(known, "progress/expected");
        let done = months.iter().map(|month| decimal(text(month, "cumulated")));
        let planned = expected.iter().map(|point| decimal(text(point, "amount")));
        let most =
            amounts.into_iter().chain(done).chain(planned).max().filter(|most| *most > Decimal::ZERO)?;
        Some(Self { from, days: (until - from).num_days().max(1), most: most.to_string() })
    }

    fn x(&self, day: &str) -> i64 {
        let after = day.parse::<NaiveDate>().map_or(0, |day| (day - self.from).num_days());
        LEFT + after.clamp(0, self.days) * WIDTH / self.days
    }

    fn y(&self, amount: &str) -> u32 {
        380 - thousandths(amount, &self.most) * 340 / 1000
    }

    fn chart(&self, known: &Value, it: &Value) -> Value {
        let today = text(known, "today");
        let months = items(known, "progress/months");
        let mut done =
            format!("M {} {}", months.first().map_or(LEFT, |it| self.x(text(it, "month"))), self.y("0"));
        let ends = months.iter().skip(1).map(|month| text(month, "month")).chain([today]);
        for (month, end) in months.iter().zip(ends) {
            done.push_str(&format!(" V {} H {}", self.y(text(month, "cumulated")), self.x(end)));
        }
        let point =
            |point: &Value| format!("{} {}", self.x(text(point, "by")), self.y(text(point, "amount")));
        let expected: Vec<String> = items(known, "progress/expected").iter().map(point).collect();
        json!({
            "done": done, "expected": format!("M {}", expected.join(" L ")),
            "owed": self.y(text(it, "owed")), "zero": self.y("0"), "now": self.x(today),
            "now_y": self.y(text(it, "realised")), "forecast": self.y(text(it, "forecast")),
            "least": self.y(text(it, "forecastLeast")), "most": self.y(text(it, "forecastMost")),
            "runs": self.x(today) < LEFT + WIDTH,
        })
    }
}
