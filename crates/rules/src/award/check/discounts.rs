//! Whether what lowers the price can do so.

use rust_decimal::Decimal;

use crate::award::criterion::{Content, Criterion};
use crate::award::discount::DiscountMeasure;
use crate::award::layout::{Layout, Role};
use crate::award::pso_level::LevelMeasure;
use crate::explaining::finding::{Finding, FindingCode};

pub(super) fn check(criterion: &Criterion, place: &str, found: &mut Vec<Finding>) {
    let mut error = |code, below: &str, details: Vec<String>| {
        found.push(Finding { code, place: format!("{place}{below}"), details });
    };
    if let Content::PsoLevel(table) = &criterion.content {
        if let Some(cap) = table.cap.filter(|cap| *cap <= Decimal::ZERO) {
            error(FindingCode::WeightNotPositive, "/levels/cap", vec![cap.to_string()]);
        }
        return;
    }
    let Some(terms) = criterion.discount else { return };
    let most = match terms.measure {
        DiscountMeasure::Percent => Decimal::new(9999, 2),
        DiscountMeasure::Amount => Decimal::MAX,
    };
    if terms.most <= Decimal::ZERO || terms.most > most {
        let details = vec![terms.most.to_string(), "0".to_owned(), most.to_string()];
        error(FindingCode::OutOfRange, "/discount/most", details);
    }
    if let Some(cap) = terms.cap.filter(|cap| *cap <= Decimal::ZERO) {
        error(FindingCode::WeightNotPositive, "/discount/cap", vec![cap.to_string()]);
    }
    // What hangs on the other bids would change the prices that they are held against.
    if matches!(&criterion.content, Content::Numeric(scoring) if scoring.is_relative()) {
        error(FindingCode::PriceInRelativeGroup, "/discount", vec![criterion.id.clone()]);
    }
}

/// Whether a discount takes off euros, or no more than so many euros: that knows one price.
pub(super) fn in_euros(layout: &Layout) -> bool {
    layout.leaves.iter().filter(|leaf| leaf.role == Role::Discount).any(|leaf| match &leaf.content {
        Content::PsoLevel(table) => table.measure == LevelMeasure::DiscountAmount || table.cap.is_some(),
        _ => leaf.discount.is_some_and(|t| t.measure == DiscountMeasure::Amount || t.cap.is_some()),
    })
}
