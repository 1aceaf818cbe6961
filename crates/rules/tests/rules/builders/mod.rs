//! Builders that read like the field: `a_model().price(60).quality(40)`, `a_bid("A").price(100_000)`.

pub mod bid;
pub mod certificate;
pub mod contract;
pub mod criterion;
pub mod model;
pub mod organisation;
pub mod policy;
pub mod scored;
pub mod value_map;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use trede_base::exact::Exact;
use trede_base::money::Price;
use trede_base::period::Period;

/// What can be written where a number is wanted: `60`, `"0.45"` or a decimal.
pub trait Number {
    fn number(self) -> Decimal;
}

impl Number for i64 {
    fn number(self) -> Decimal {
        Decimal::from(self)
    }
}

impl Number for i32 {
    fn number(self) -> Decimal {
        Decimal::from(self)
    }
}

impl Number for &str {
    fn number(self) -> Decimal {
        self.parse().unwrap()
    }
}

impl Number for Decimal {
    fn number(self) -> Decimal {
        self
    }
}

/// A decimal.
pub fn n(number: impl Number) -> Decimal {
    number.number()
}

/// An exact number.
pub fn x(number: impl Number) -> Exact {
    Exact::from(number.number())
}

/// A fraction.
pub fn fraction(above: impl Number, below: impl Number) -> Exact {
    x(above).over(&x(below)).unwrap()
}

/// A price with up to six decimals.
pub fn euros(number: impl Number) -> Price {
    Price::per_unit(number.number()).unwrap()
}

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A period, both days included.
pub fn period(from: &str, until: &str) -> Period {
    Period { from: day(from), until: day(until) }
}

/// A number rounded half up to so many decimals, as published numbers are.
pub fn rounded(number: &Exact, decimals: u32) -> String {
    number.rounded(decimals, trede_base::exact::Half::Up).shown()
}
