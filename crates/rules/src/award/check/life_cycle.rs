//! Whether the terms of a life-cycle cost can be reckoned with.

use rust_decimal::Decimal;

use crate::award::life_cycle_cost::LifeCycleTerms;
use crate::award::present_value::Periods;
use crate::explaining::finding::FindingCode;

/// More than any published life cycle has: a hundred years.
const MAX_YEARS: u32 = 100;

/// What is wrong, with its place within the criterion.
pub(super) fn errors(terms: &LifeCycleTerms) -> Vec<(FindingCode, String, Vec<String>)> {
    let mut errors = Vec::new();
    let mut outside = |number: String, lowest: &str, highest: u32, place: String| {
        let details = vec![number, lowest.to_owned(), highest.to_string()];
        errors.push((FindingCode::OutOfRange, place, details));
    };
    match terms.discounting.periods() {
        Periods::Years(years) => {
            if *years == 0 || *years > MAX_YEARS {
                outside(years.to_string(), "1", MAX_YEARS, "/lifeCycle/years".to_owned());
            }
        }
        Periods::Days(parts) => parts_outside(parts, 365, "periodDays", &mut outside),
        Periods::Months(parts) => parts_outside(parts, 12, "periodMonths", &mut outside),
    }
    let rate = terms.discounting.rate_percent();
    if rate.is_sign_negative() || rate > Decimal::ONE_HUNDRED {
        outside(rate.to_string(), "0", 100, "/lifeCycle/ratePercent".to_owned());
    }
    for (index, line) in terms.usage.iter().enumerate() {
        if terms.usage.iter().take(index).any(|other| other.id == line.id) {
            let place = format!("/lifeCycle/usage/{index}/id");
            errors.push((FindingCode::DuplicateId, place, vec![line.id.clone()]));
        }
        for (bad, field, number) in [
            (line.quantity <= Decimal::ZERO, "quantity", line.quantity.to_string()),
            (line.unit_cost.is_saving() && !terms.savings, "unitCost", line.id.clone()),
        ] {
            let code = if field == "quantity" {
                FindingCode::WeightNotPositive
            } else {
                FindingCode::SavingUndeclared
            };
            if bad {
                errors.push((code, format!("/lifeCycle/usage/{index}/{field}"), vec![number]));
            }
        }
    }
    errors
}

/// A period is at least one unit long, and all of them at most a hundred years.
fn parts_outside(
    parts: &[u32],
    in_a_year: u32,
    field: &str,
    outside: &mut impl FnMut(String, &str, u32, String),
) {
    let most = in_a_year * MAX_YEARS;
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| **part == 0 || **part > most) {
        outside(part.to_string(), "1", most, format!("/lifeCycle/{field}/{index}"));
    }
    let sum: u64 = parts.iter().copied().map(u64::from).sum();
    if sum > u64::from(most) || parts.len() > 200 {
        outside(sum.to_string(), "1", most, format!("/lifeCycle/{field}"));
    }
}
