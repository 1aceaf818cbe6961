//! Money: payable amounts are whole cents in euros, unit prices have up to six decimals.

use rust_decimal::Decimal;

use crate::exact::Exact;

/// The largest price that is scored: 10^15 cents.
const MAX_EUROS: i64 = 10_000_000_000_000;

/// Decimals of a payable amount and of a unit price.
const CENT_DECIMALS: u32 = 2;
const UNIT_PRICE_DECIMALS: u32 = 6;

/// A price in euros excluding VAT (prijs exclusief btw), at least zero and at most 10^15 cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price(Decimal);

/// Why a number is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// Below zero.
    #[error("a price cannot be negative")]
    Negative,
    /// Above 10^15 cents.
    #[error("a price above 10 000 000 000 000.00 euros is not scored")]
    TooLarge,
    /// More decimals than a payable amount or unit price has.
    #[error("a payable amount has at most 2 decimals and a unit price at most 6")]
    TooManyDecimals,
}

impl PriceError {
    /// The same in Dutch.
    #[must_use]
    pub fn in_dutch(&self) -> String {
        match self {
            PriceError::Negative => "een prijs kan niet negatief zijn".to_owned(),
            PriceError::TooLarge => {
                "een prijs boven 10.000.000.000.000,00 euro wordt niet gescoord".to_owned()
            }
            PriceError::TooManyDecimals => {
                "een te betalen bedrag heeft hoogstens 2 decimalen en een eenheidsprijs hoogstens 6"
                    .to_owned()
            }
        }
    }
}

impl Price {
    /// Nothing.
    pub const ZERO: Price = Price(Decimal::ZERO);

    /// A payable amount in euros, in whole cents.
    ///
    /// # Errors
    /// When it is negative, too large or has more than two decimals.
    pub fn payable(euros: Decimal) -> Result<Self, PriceError> {
        Self::with_decimals(euros, CENT_DECIMALS)
    }

    /// A unit price in euros (eenheidsprijs), with up to six decimals.
    ///
    /// # Errors
    /// When it is negative, too large or has more than six decimals.
    pub fn per_unit(euros: Decimal) -> Result<Self, PriceError> {
        Self::with_decimals(euros, UNIT_PRICE_DECIMALS)
    }

    fn with_decimals(euros: Decimal, decimals: u32) -> Result<Self, PriceError> {
        let euros = euros.normalize();
        if euros.is_sign_negative() && !euros.is_zero() {
            return Err(PriceError::Negative);
        }
        if euros > Decimal::from(MAX_EUROS) {
            return Err(PriceError::TooLarge);
        }
        if euros.scale() > decimals {
            return Err(PriceError::TooManyDecimals);
        }
        Ok(Price(euros))
    }

    /// The amount in euros.
    #[must_use]
    pub fn euros(self) -> Decimal {
        self.0
    }
}

/// Decimals of an amount within a cost over the life cycle, such as a cost per gram or per kilometre.
const COST_DECIMALS: u32 = 10;

/// An amount of a cost over the life cycle, in euros: with up to ten decimals, and below zero where it is a saving
/// (besparing). It is never paid as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(Decimal);

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(Decimal::ZERO);

    /// A cost, or a saving below zero.
    ///
    /// # Errors
    /// When it is too large or has more than ten decimals.
    pub fn new(euros: Decimal) -> Result<Self, PriceError> {
        let euros = euros.normalize();
        if euros.abs() > Decimal::from(MAX_EUROS) {
            return Err(PriceError::TooLarge);
        }
        if euros.scale() > COST_DECIMALS {
            return Err(PriceError::TooManyDecimals);
        }
        Ok(Amount(euros))
    }

    /// Whether it is a saving.
    #[must_use]
    pub fn is_saving(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }
}

impl From<Amount> for Exact {
    fn from(amount: Amount) -> Self {
        Exact::from(amount.0)
    }
}

impl From<Price> for Amount {
    fn from(price: Price) -> Self {
        Amount(price.0)
    }
}

impl From<Price> for Exact {
    fn from(price: Price) -> Self {
        Exact::from(price.0)
    }
}
