//! Amounts of money as they travel: exact decimals in euros, in quotes.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::number::Number;
use trede_base::money::{Price, PriceError};

/// An amount in whole cents, written in euros: `"1234.56"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Number", into = "Number")]
pub struct Euros {
    /// The amount in cents.
    pub cents: i64,
}

impl TryFrom<Number> for Euros {
    type Error = PriceError;

    fn try_from(amount: Number) -> Result<Self, PriceError> {
        Price::payable(amount.0)?
            .euros()
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|cents| cents.to_i64())
            .map(|cents| Self { cents })
            .ok_or(PriceError::TooLarge)
    }
}

impl From<Euros> for Number {
    fn from(amount: Euros) -> Self {
        Self(Decimal::new(amount.cents, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_exact_to_the_cent_both_ways() {
        for (text, cents) in
            [("0", 0), ("0.01", 1), ("1234.5", 123_450), ("10000000000000", 1_000_000_000_000_000)]
        {
            let amount: Euros = serde_json::from_value(text.into()).unwrap();
            assert_eq!(amount.cents, cents);
            assert_eq!(serde_json::to_value(amount).unwrap(), text);
        }
        for text in ["-0.01", "0.001", "10000000000000.01", "1e3"] {
            assert!(serde_json::from_value::<Euros>(text.into()).is_err(), "{text}");
        }
    }
}
