//! Logarithms and powers: the only numbers that are rounded where no rule of a model says so.

use rust_decimal::MathematicalOps;

use super::Exact;

/// Decimals to which a quotient of logarithms is rounded: `ln` is good for 24 digits.
pub const LOGARITHM_DECIMALS: u32 = 20;

impl Exact {
    /// ln(self) / ln(base), rounded half even to [`LOGARITHM_DECIMALS`] decimals; none outside the domain
    /// of the logarithm.
    #[must_use]
    pub fn logarithm(&self, base: &Exact) -> Option<Exact> {
        let quotient = self.nearest()?.checked_ln()?.checked_div(base.nearest()?.checked_ln()?)?;
        Some(Exact::from(quotient.round_dp(LOGARITHM_DECIMALS)))
    }

    /// self to the power of `exponent`, to [`LOGARITHM_DECIMALS`] decimals; none where it does not exist.
    #[must_use]
    pub fn to_the_power(&self, exponent: &Exact) -> Option<Exact> {
        let power = self.nearest()?.checked_powd(exponent.nearest()?)?;
        Some(Exact::from(power.round_dp(LOGARITHM_DECIMALS)))
    }
}
