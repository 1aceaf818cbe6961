//! Exact numbers as text.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::conversion::power_of_ten;
use super::{Exact, SHOWN_DIGITS, View};

impl Exact {
    /// The number as a reduced fraction, such as `200/3`.
    #[must_use]
    pub fn fraction(&self) -> String {
        if let View::Quotient(n, d) = self.view()
            && let Some((numer, denom)) = n.fraction_over(d)
        {
            return format!("{numer}/{denom}");
        }
        let ratio = self.to_big().in_lowest_terms();
        format!("{}/{}", ratio.numer(), ratio.denom())
    }

    /// The number in decimals: all of them where they are finite, else rounded half up to
    /// [`SHOWN_DIGITS`] significant digits.
    #[must_use]
    pub fn shown(&self) -> String {
        self.finite().map_or_else(|| self.significant(SHOWN_DIGITS), |d| d.to_string())
    }

    fn significant(&self, digits: u32) -> String {
        match self.view() {
            View::Finite(d) => {
                let (mantissa, scale) = d.parts();
                significant(&mantissa.into(), &power_of_ten(scale.into()), digits)
            }
            View::Quotient(n, d) => match n.rounded_over(d, digits) {
                Some(parts) => plain(n.is_negative(), parts),
                None => {
                    let number = self.to_big();
                    significant(number.numer(), &number.denom(), digits)
                }
            },
            View::Big(b) => significant(b.numer(), &b.denom(), digits),
        }
    }
}

/// A rounded number in plain notation, without zeros at its end.
fn plain(negative: bool, (whole, fraction, decimals): (u128, u128, u32)) -> String {
    let sign = if negative && (whole, fraction) != (0, 0) { "-" } else { "" };
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let width = usize::try_from(decimals).unwrap_or(0);
    let digits = format!("{sign}{whole}.{fraction:0>width$}");
    digits.trim_end_matches('0').to_owned()
}

/// How many zeros stand behind the point before the first digit of a number below one.
fn zeros_behind_the_point(numer: &BigInt, denom: &BigInt) -> usize {
    if numer.is_zero() {
        return 0;
    }
    let (below, above) = (denom.to_string().len(), numer.to_string().len());
    // The lengths differ by the zeros, or by one more.
    let zeros = below.saturating_sub(above);
    let first = numer * power_of_ten(u32::try_from(zeros).unwrap_or(u32::MAX));
    if first >= *denom { zeros.saturating_sub(1) } else { zeros }
}

/// `numer / denom`, whose denominator is positive, rounded half up to `digits` significant digits, in
/// plain notation.
pub(super) fn significant(numer: &BigInt, denom: &BigInt, digits: u32) -> String {
    let whole_digits = (numer.abs() / denom).to_string();
    let digits = usize::try_from(digits).unwrap_or(0);
    let decimals = if whole_digits == "0" {
        digits + zeros_behind_the_point(&numer.abs(), denom)
    } else {
        digits.saturating_sub(whole_digits.len())
    };
    let decimals = u32::try_from(decimals).unwrap_or(0);
    let shift = power_of_ten(decimals);
    let scaled: BigInt = (numer.abs() * &shift * BigInt::from(2) + denom) / (denom * BigInt::from(2));
    let (whole, fraction) = (&scaled / &shift, &scaled % &shift);
    let sign = if numer.is_negative() && !scaled.is_zero() { "-" } else { "" };
    let width = usize::try_from(decimals).unwrap_or(0);
    let fraction = format!("{:0>width$}", fraction.to_string());
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        kept => format!("{sign}{whole}.{kept}"),
    }
}
