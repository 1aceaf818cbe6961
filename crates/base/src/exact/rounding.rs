//! Rounding of exact numbers: once, where a rule says so.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use rust_decimal::{Decimal, RoundingStrategy};

use super::big::Big;
use super::conversion::power_of_ten;
use super::{Exact, View};

/// How a half is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Away from zero (DIN 1333, commercial rounding).
    Up,
    /// To the even neighbour.
    Even,
}

impl Half {
    fn strategy(self) -> RoundingStrategy {
        match self {
            Half::Up => RoundingStrategy::MidpointAwayFromZero,
            Half::Even => RoundingStrategy::MidpointNearestEven,
        }
    }
}

impl Exact {
    /// Rounds to `decimals` places; see [`trede_rules::award::Rounding`] for where this may happen.
    #[must_use]
    pub fn rounded(&self, decimals: u32, half: Half) -> Exact {
        match self.view() {
            View::Finite(d) => Exact::from(d.decimal().round_dp_with_strategy(decimals, half.strategy())),
            View::Quotient(n, d) => rounded_quotient(n.decimal(), d.decimal(), decimals, half)
                .unwrap_or_else(|| rounded_big(&self.to_big(), decimals, half)),
            View::Big(b) => rounded_big(b, decimals, half),
        }
    }
}

/// Rounds by the 28-digit quotient, unless that stands so near to a half that its last digits decide.
fn rounded_quotient(numer: Decimal, denom: Decimal, decimals: u32, half: Half) -> Option<Exact> {
    const DOUBT: Decimal = Decimal::from_parts(1, 0, 0, false, 20);
    let quotient = numer.checked_div(denom)?;
    let rounded = quotient.round_dp_with_strategy(decimals, half.strategy());
    let half_step = Decimal::new(5, decimals.checked_add(1)?);
    let distance = quotient.checked_sub(rounded)?.abs().checked_sub(half_step)?.abs();
    // A large quotient has few decimals left, so its distance to a half says little.
    (distance > DOUBT && quotient.scale() > 20).then(|| Exact::from(rounded))
}

fn rounded_big(value: &Big, decimals: u32, half: Half) -> Exact {
    let shift = power_of_ten(decimals);
    let (floor, rest): (BigInt, BigInt) = (value.numer() * &shift).div_mod_floor(&value.denom());
    let up = match (rest * BigInt::from(2)).cmp(&value.denom()) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => match half {
            Half::Up => !value.is_negative(),
            Half::Even => floor.is_odd(),
        },
    };
    let whole = if up { floor + BigInt::from(1) } else { floor };
    Exact::big(Big::fraction(whole, shift))
}
