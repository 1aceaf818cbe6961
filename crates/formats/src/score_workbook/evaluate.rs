//! What a formula comes to, in the numbers of a spreadsheet. Those have 15 to 17 digits, whereas the engine calculates
//! exactly: this is where the difference is found, before anybody reads the workbook.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::formula::{Formula, Place, Range, Sign};
use super::function::Function;
use super::rank::{Key, Rank};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing.
    Blank,
    /// A text.
    Text(String),
    /// A number, and how large the numbers were that it came from: where almost equal ones were subtracted, the last
    /// digits of the result say nothing.
    Number(f64, f64),
    /// A value that there is none of.
    Fault,
}

impl Value {
    /// A number that is as large as what it came from.
    pub fn number(number: f64) -> Self {
        Value::Number(number, number.abs())
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Value::Number(number, _) => Some(*number),
            _ => None,
        }
    }

    fn holds(&self) -> bool {
        self.as_number().is_some_and(|number| number != 0.0)
    }
}

/// Looks up what cells hold.
pub(super) trait Cells {
    /// What this cell holds.
    fn value_at(&self, place: Place) -> Value;
}

/// What a formula comes to.
pub(super) fn evaluate(formula: &Formula, cells: &impl Cells) -> Value {
    match formula {
        Formula::Number(number) => Value::number(*number),
        Formula::Text(text) => Value::Text(text.clone()),
        Formula::Cell(place) => cells.value_at(*place),
        Formula::Range(_) => Value::Fault,
        Formula::Call(function, parts) => called(*function, parts, cells),
        Formula::Pair(left, sign, right) => paired(&evaluate(left, cells), *sign, &evaluate(right, cells)),
        Formula::Rank(rank) => ranked(rank, cells),
    }
}

fn paired(left: &Value, sign: Sign, right: &Value) -> Value {
    if let (Value::Text(a), Sign::Equal, Value::Text(b)) = (left, sign, right) {
        return truth(a.to_lowercase() == b.to_lowercase());
    }
    let (Value::Number(a, of_a), Value::Number(b, of_b)) = (left, right) else { return Value::Fault };
    match sign {
        Sign::Plus => Value::Number(a + b, of_a + of_b),
        Sign::Minus => Value::Number(a - b, of_a + of_b),
        Sign::Times => Value::Number(a * b, of_a * of_b),
        Sign::Over if *b == 0.0 => Value::Fault,
        Sign::Over => Value::Number(a / b, of_a / b.abs()),
        Sign::Power => Value::number(a.powf(*b)),
        Sign::Equal => truth(a == b),
        Sign::AtLeast => truth(a >= b),
        Sign::AtMost => truth(a <= b),
        Sign::Above => truth(a > b),
        Sign::Below => truth(a < b),
    }
}

fn truth(holds: bool) -> Value {
    Value::number(if holds { 1.0 } else { 0.0 })
}

fn called(function: Function, parts: &[Formula], cells: &impl Cells) -> Value {
    match (function, parts) {
        (Function::If, [condition, yes, no]) => {
            let condition = evaluate(condition, cells);
            match condition.as_number() {
                Some(_) => evaluate(if condition.holds() { yes } else { no }, cells),
                None => Value::Fault,
            }
        }
        (Function::Index, [Formula::Range(range), place]) => {
            let place = evaluate(place, cells).as_number();
            let values = values_of(*range, cells);
            let at = |place: f64| {
                (1_u32..)
                    .zip(values)
                    .find(|(n, _)| (f64::from(*n) - place).abs() < 0.5)
                    .map(|(_, value)| value)
            };
            place.and_then(at).unwrap_or(Value::Fault)
        }
        (Function::Match, [wanted, Formula::Range(range), Formula::Number(1.0)]) => {
            let Some(wanted) = evaluate(wanted, cells).as_number() else { return Value::Fault };
            let mut places = (1_u32..).zip(values_of(*range, cells));
            let below = |value: &Value| value.as_number().is_some_and(|number| number <= wanted);
            let found = places.by_ref().take_while(|(_, value)| below(value)).last();
            found.map_or(Value::Fault, |(place, _)| Value::number(f64::from(place)))
        }
        (Function::Match, [wanted, Formula::Range(range), _]) => {
            let wanted = evaluate(wanted, cells);
            let values = values_of(*range, cells);
            let mut places = (1_u32..).zip(values);
            let found = places.find(|(_, value)| paired(value, Sign::Equal, &wanted).holds());
            found.map_or(Value::Fault, |(place, _)| Value::number(f64::from(place)))
        }
        (Function::Lookup, [reached, Formula::Range(steps), Formula::Range(values)]) => {
            let Some(reached) = evaluate(reached, cells).as_number() else { return Value::Fault };
            let steps = values_of(*steps, cells).into_iter().zip(values_of(*values, cells));
            let mut below = steps.filter(|(step, _)| step.as_number().is_some_and(|step| step <= reached));
            below.next_back().map_or(Value::Fault, |(_, value)| value)
        }
        _ => of_numbers(function, &numbers(parts, cells)),
    }
}

/// The numbers among the parts: texts and empty cells do not count.
fn numbers(parts: &[Formula], cells: &impl Cells) -> Vec<Value> {
    let mut found = Vec::new();
    for part in parts {
        match part {
            Formula::Range(range) => {
                found
                    .extend(values_of(*range, cells).into_iter().filter(|value| value.as_number().is_some()));
            }
            _ => found.push(evaluate(part, cells)),
        }
    }
    found
}

fn of_numbers(function: Function, values: &[Value]) -> Value {
    let mut numbers = Vec::with_capacity(values.len());
    for value in values {
        let Value::Number(number, size) = value else {
            // An empty or a written cell that is named by itself counts for nothing where many are added up.
            if matches!(function, Function::Sum | Function::Min | Function::Max | Function::Count)
                && !matches!(value, Value::Fault)
            {
                continue;
            }
            return Value::Fault;
        };
        numbers.push((*number, *size));
    }
    let total = || numbers.iter().fold((0.0, 0.0), |(sum, of), (number, size)| (sum + number, of + size));
    let first = numbers.first().copied();
    let count = f64::from(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
    match function {
        Function::Sum => {
            let (sum, size) = total();
            Value::Number(sum, size)
        }
        Function::Count => Value::number(count),
        Function::Average => {
            let (sum, size) = total();
            if numbers.is_empty() { Value::Fault } else { Value::Number(sum / count, size / count) }
        }
        Function::Min | Function::Max => {
            let by = |a: &&(f64, f64), b: &&(f64, f64)| a.0.total_cmp(&b.0);
            let found =
                if function == Function::Min { numbers.iter().min_by(by) } else { numbers.iter().max_by(by) };
            found.map_or(Value::number(0.0), |(number, size)| Value::Number(*number, *size))
        }
        Function::Median => median(numbers.iter().map(|(number, _)| *number).collect()),
        Function::Round => match (first, numbers.get(1)) {
            (Some((number, _)), Some((digits, _))) => Value::number(rounded(number, *digits)),
            _ => Value::Fault,
        },
        Function::Abs => first.map_or(Value::Fault, |(number, size)| Value::Number(number.abs(), size)),
        Function::Mod => match (first, numbers.get(1)) {
            (Some((number, _)), Some((divisor, _))) if *divisor != 0.0 => {
                Value::number(number - divisor * (number / divisor).floor())
            }
            _ => Value::Fault,
        },
        Function::Ln => match first {
            Some((number, _)) if number > 0.0 => Value::Number(number.ln(), number.ln().abs().max(1.0)),
            _ => Value::Fault,
        },
        Function::If | Function::Index | Function::Match | Function::Lookup => Value::Fault,
    }
}

fn median(mut numbers: Vec<f64>) -> Value {
    numbers.sort_unstable_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    let upper = numbers.get(middle).copied();
    let lower = middle.checked_sub(1).and_then(|lower| numbers.get(lower)).copied();
    match (lower, upper) {
        (Some(lower), Some(upper)) if numbers.len().is_multiple_of(2) => Value::number((lower + upper) / 2.0),
        (_, Some(upper)) => Value::number(upper),
        _ => Value::Fault,
    }
}

/// Half away from zero, on the 15 digits that a spreadsheet shows, as spreadsheets do.
fn rounded(number: f64, digits: f64) -> f64 {
    // What is far below the last digit has more decimals than are kept here.
    if number.abs() < 10_f64.powf(-digits) / 4.0 {
        return 0.0;
    }
    let digits = digits.to_u32().unwrap_or(0);
    let shown = Decimal::from_scientific(&format!("{number:.14e}"));
    let rounded =
        shown.map(|decimal| decimal.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero));
    rounded.ok().and_then(|decimal| decimal.to_string().parse().ok()).unwrap_or(number)
}

fn ranked(rank: &Rank, cells: &impl Cells) -> Value {
    let counted = values_of(rank.counted, cells);
    let columns: Vec<(Vec<Value>, Value, &Key)> =
        rank.keys.iter().map(|key| (values_of(key.range, cells), cells.value_at(key.own), key)).collect();
    let mut better: u32 = 0;
    for (index, counts) in counted.iter().enumerate() {
        if counts.as_number() != Some(1.0) {
            continue;
        }
        for (column, own, key) in &columns {
            let (Some(own), Some(other)) = (own.as_number(), column.get(index).and_then(Value::as_number))
            else {
                return Value::Fault;
            };
            if own == other {
                continue;
            }
            if (other > own) == key.highest {
                better += 1;
            }
            break;
        }
    }
    Value::number(f64::from(better + 1))
}

fn values_of(range: Range, cells: &impl Cells) -> Vec<Value> {
    let Range { first, last } = range;
    let rows = first.row..=last.row;
    rows.flat_map(|row| (first.column..=last.column).map(move |column| Place { row, column, ..first }))
        .map(|place| cells.value_at(place))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score_workbook::formula::call;

    struct Nothing;

    impl Cells for Nothing {
        fn value_at(&self, _: Place) -> Value {
            Value::Blank
        }
    }

    #[test]
    fn a_half_is_rounded_as_a_spreadsheet_does() {
        for (number, digits, expected) in [
            (2.675, 2.0, 2.68),
            (-0.125, 2.0, -0.13),
            (1.005, 2.0, 1.01),
            (84.0, 2.0, 84.0),
            (-3.6e-15, 9.0, 0.0),
        ] {
            assert!((rounded(number, digits) - expected).abs() < f64::EPSILON * 4.0, "{number}");
        }
    }

    #[test]
    fn what_is_left_of_almost_equal_numbers_knows_how_large_they_were() {
        let formula = Formula::Number(1e6) - Formula::Number(1e6 - 0.25);
        assert_eq!(evaluate(&formula, &Nothing), Value::Number(0.25, 1_999_999.75));
        assert_eq!(evaluate(&(Formula::Number(1.0) / Formula::Number(0.0)), &Nothing), Value::Fault);
    }

    #[test]
    fn a_median_of_an_even_number_is_the_mean_of_the_middle_two() {
        let of = [4.0, 1.0, 3.0, 2.0].map(Formula::Number);
        assert_eq!(evaluate(&call(Function::Median, of), &Nothing).as_number(), Some(2.5));
    }
}
