//! From discounts and price sheets on the wire to the domain's.

use super::discount::{DiscountInput, DiscountMeasureInput, DiscountsInput, PriceSheetInput};
use super::to_criterion::is_identifier;
use trede_rules::award::discount::{DiscountMeasure, DiscountOrder, DiscountTerms};
use trede_rules::award::price_sheet::{PriceSheet, SheetLine};
use trede_rules::explaining::finding::{Finding, FindingCode};

/// More lines than any published price sheet has.
const MAX_LINES: usize = 2_000;

/// What a criterion takes off the price; `place` is that of the criterion within the model.
pub(super) fn discount(input: &DiscountInput, place: &str, found: &mut Vec<Finding>) -> DiscountTerms {
    let measure = match input.measure {
        DiscountMeasureInput::Percent => DiscountMeasure::Percent,
        DiscountMeasureInput::Amount => DiscountMeasure::Amount,
    };
    if measure == DiscountMeasure::Amount && input.cap.is_some() {
        let details = ["amount".to_owned(), "cap".to_owned()];
        found.push(Finding::new(FindingCode::ParameterUnused, format!("{place}/discount/cap"), details));
    }
    DiscountTerms { measure, most: input.most.0, cap: input.cap.map(|cap| cap.0) }
}

/// From which price several discounts are taken.
pub(super) fn order(input: Option<DiscountsInput>) -> DiscountOrder {
    match input {
        Some(DiscountsInput::EachOnBid) => DiscountOrder::EachOnBid,
        Some(DiscountsInput::OneAfterAnother) | None => DiscountOrder::OneAfterAnother,
    }
}

/// The price sheet of a criterion; `place` is that of the criterion within the model.
pub(super) fn sheet(input: &PriceSheetInput, place: &str, found: &mut Vec<Finding>) -> Option<PriceSheet> {
    let lines = input.lines.len();
    if lines == 0 || lines > MAX_LINES {
        let details = [lines.to_string(), "1".to_owned(), MAX_LINES.to_string()];
        found.push(Finding::new(FindingCode::OutOfRange, format!("{place}/sheet/lines"), details));
        return None;
    }
    if let Some(decimals) = input.line_decimals.filter(|decimals| *decimals > 10) {
        let details = [decimals.to_string(), "0".to_owned(), "10".to_owned()];
        found.push(Finding::new(FindingCode::OutOfRange, format!("{place}/sheet/lineDecimals"), details));
    }
    for (index, line) in input.lines.iter().enumerate().filter(|(_, line)| !is_identifier(&line.id)) {
        let place = format!("{place}/sheet/lines/{index}/id");
        found.push(Finding::new(FindingCode::InvalidId, place, [line.id.chars().take(64).collect()]));
    }
    let line = |line: &super::SheetLineInput| SheetLine { id: line.id.clone(), quantity: line.quantity.0 };
    Some(PriceSheet { lines: input.lines.iter().map(line).collect(), line_decimals: input.line_decimals })
}
