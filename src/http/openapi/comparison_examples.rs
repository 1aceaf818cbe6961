//! Examples of the comparison of social return policies.

use serde_json::{Value, json};

use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_comparison::ComparisonInput;

/// The examples, by the name of the schema.
pub(super) fn of_comparisons() -> [(&'static str, Value); 2] {
    let input = input();
    let result = result(&input);
    [("SocialReturnComparisonInput", input), ("SocialReturnComparisonResult", result)]
}

fn input() -> Value {
    json!({
        "first": policy("2025", "30000"),
        "second": policy("2026", "40000"),
        "case": {"entries": [{
            "block": "participatiewet",
            "period": {"from": "2026-01-01", "until": "2026-08-31"},
            "hoursPerWeek": "24"
        }]}
    })
}

fn policy(version: &str, euros: &str) -> Value {
    json!({
        "code": "voorbeeld",
        "name": "Voorbeeldbeleid",
        "version": version,
        "source": {"publication": "Verzonnen voorbeeld"},
        "validity": {"decidedBy": "assignment", "from": format!("{version}-01-01")},
        "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
        "proration": {"by": "calendar-months"},
        "lookBackMonths": 0,
        "blocks": [{
            "code": "participatiewet",
            "name": "Participatiewet",
            "measure": "year",
            "amount": euros,
            "countsMonths": 24
        }]
    })
}

/// What comes out of the example; null when it could not be compared, which a test excludes.
fn result(input: &Value) -> Value {
    let compared = serde_json::from_value::<ComparisonInput>(input.clone()).ok().and_then(|input| {
        let read = input.read().ok()?;
        Some(input.compare(&read, LanguageCode::default(), false))
    });
    serde_json::to_value(compared).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_worth_the_published_amount_under_the_second() {
        let result = result(&input());
        assert_eq!(result["entries"][0]["second"]["value"]["amount"], "17777.78");
    }
}
