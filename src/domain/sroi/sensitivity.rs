//! Sensitivity (gevoeligheid): how the ratio moves with each assumption, and where it becomes 1.

use rust_decimal::Decimal;

use super::valuation::{Valuation, first_impact, years_factor};
use super::value_map::{DropOff, Outcome, ValueMap};
use crate::domain::exact::Exact;
use crate::domain::share::Share;

/// Steps into which the interval from 0 to 1 is cut where a break-even value is sought by halving: it is
/// then good to a millionth of a percent.
const GRID: i64 = 100_000_000;
const GRID_DECIMALS: u32 = 8;

/// The highest rate at which a ratio of 1 is sought: 1000 percent.
const HIGHEST_RATE: i64 = 10;

/// An assumption that is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Varied {
    /// Quantity (q).
    Quantity,
    /// Financial proxy (p), in euros.
    Proxy,
    /// Deadweight (DW), as a share.
    Deadweight,
    /// Displacement (DI), as a share.
    Displacement,
    /// Attribution to others (AT), as a share.
    Attribution,
    /// Yearly drop-off (DO), as a share.
    DropOff,
    /// Discount rate (r), as a share.
    Rate,
}

impl Varied {
    /// Whether it is a share from 0 to 1.
    #[must_use]
    pub fn is_share(self) -> bool {
        !matches!(self, Varied::Quantity | Varied::Proxy)
    }
}

/// What one assumption does to the ratio while all others stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariedResult {
    /// The assumption.
    pub varied: Varied,
    /// The outcome that it belongs to; none for the rate.
    pub outcome: Option<String>,
    /// Its declared value.
    pub declared: Exact,
    /// The lower value that was tried, and the ratio there.
    pub lower: Option<(Exact, Exact)>,
    /// The higher value that was tried, and the ratio there.
    pub higher: Option<(Exact, Exact)>,
    /// The value at which the ratio is 1; none when no possible value does that.
    pub break_even: Option<Exact>,
}

/// The sensitivity of a ratio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// Each assumption.
    pub varied: Vec<VariedResult>,
    /// The lowest and the highest ratio over all variations; none where nothing was varied.
    pub range: Option<(Exact, Exact)>,
}

impl Sensitivity {
    /// Varies each assumption of a map; none without inputs.
    #[must_use]
    pub fn of(map: &ValueMap, valuation: &Valuation) -> Option<Self> {
        if !valuation.inputs.is_positive() {
            return None;
        }
        let analysis = Analysis { map, valuation };
        let mut varied = Vec::new();
        for (index, outcome) in map.outcomes.iter().enumerate() {
            varied.extend(
                [
                    Varied::Quantity,
                    Varied::Proxy,
                    Varied::Deadweight,
                    Varied::Displacement,
                    Varied::Attribution,
                ]
                .map(|what| analysis.vary(what, index, outcome)),
            );
            if outcome.duration_years > 1 {
                varied.push(analysis.vary(Varied::DropOff, index, outcome));
            }
        }
        varied.push(analysis.vary_rate());
        let ratios = || varied.iter().flat_map(|v| [&v.lower, &v.higher]).flatten().map(|(_, ratio)| ratio);
        let range = ratios().min().cloned().zip(ratios().max().cloned());
        Some(Sensitivity { varied, range })
    }
}

struct Analysis<'a> {
    map: &'a ValueMap,
    valuation: &'a Valuation,
}

impl Analysis<'_> {
    fn vary(&self, varied: Varied, index: usize, outcome: &Outcome) -> VariedResult {
        let own = self.valuation.outcomes.get(index).map(|o| o.present_value.clone()).unwrap_or_default();
        let others = self.valuation.present_value.minus(&own);
        let declared = declared(varied, outcome);
        let total = |value: &Exact| {
            let changed = with(varied, outcome, value)?;
            Some(others.plus(&self.present_value(&changed)))
        };
        let wanted = self.valuation.inputs.minus(&others);
        let break_even = match varied {
            Varied::DropOff => halving(1, |share| Some(total(&share)?.minus(&self.valuation.inputs))),
            _ => self.linear_break_even(varied, outcome, &wanted),
        };
        self.result(varied, Some(outcome.id.clone()), declared, break_even, total)
    }

    fn vary_rate(&self) -> VariedResult {
        let total = |rate: &Exact| {
            let values: Vec<Exact> = self
                .map
                .outcomes
                .iter()
                .map(|o| {
                    first_impact(o).times(&years_factor(o, o.drop_off.share(), rate, &self.map.discounting))
                })
                .collect();
            Some(Exact::sum(&values))
        };
        let break_even = halving(HIGHEST_RATE, |rate| Some(total(&rate)?.minus(&self.valuation.inputs)));
        self.result(Varied::Rate, None, self.map.discounting.rate.exact(), break_even, total)
    }

    fn present_value(&self, outcome: &Outcome) -> Exact {
        let rate = self.map.discounting.rate.exact();
        let factor = years_factor(outcome, outcome.drop_off.share(), &rate, &self.map.discounting);
        first_impact(outcome).times(&factor)
    }

    /// The present value is proportional to the quantity, to the proxy and to one less each share.
    fn linear_break_even(&self, varied: Varied, outcome: &Outcome, wanted: &Exact) -> Option<Exact> {
        let unit = if varied.is_share() { Exact::ZERO } else { Exact::ONE };
        let of_unit = self.present_value(&with(varied, outcome, &unit)?);
        let proportion = wanted.over(&of_unit)?;
        match varied {
            Varied::Proxy => Some(proportion),
            Varied::Quantity => (!proportion.is_negative()).then_some(proportion),
            _ => {
                let share = Exact::ONE.minus(&proportion);
                (!share.is_negative() && share <= Exact::ONE).then_some(share)
            }
        }
    }

    fn result(
        &self,
        varied: Varied,
        outcome: Option<String>,
        declared: Exact,
        break_even: Option<Exact>,
        total: impl Fn(&Exact) -> Option<Exact>,
    ) -> VariedResult {
        let at = |factor: &Exact| {
            let value = declared.times(factor);
            let value = if varied.is_share() { value.at_most(&Exact::ONE).clone() } else { value };
            let ratio = total(&value)?.over(&self.valuation.inputs)?;
            Some((value, ratio))
        };
        let variation = self.map.variation.map(Share::exact);
        let lower = variation.as_ref().and_then(|share| at(&Exact::ONE.minus(share)));
        let higher = variation.as_ref().and_then(|share| at(&Exact::ONE.plus(share)));
        VariedResult { varied, outcome, declared, lower, higher, break_even }
    }
}

fn declared(varied: Varied, outcome: &Outcome) -> Exact {
    match varied {
        Varied::Quantity => outcome.quantity.clone(),
        Varied::Proxy => outcome.proxy.euros.clone(),
        Varied::Deadweight => outcome.deadweight.share.exact(),
        Varied::Displacement => outcome.displacement.share.exact(),
        Varied::Attribution => outcome.attribution.share.exact(),
        Varied::DropOff => outcome.drop_off.share().exact(),
        Varied::Rate => Exact::ZERO,
    }
}

/// The outcome with one assumption changed; none where the value is impossible for it.
fn with(varied: Varied, outcome: &Outcome, value: &Exact) -> Option<Outcome> {
    let mut changed = outcome.clone();
    let share = || Share::of_fraction(value.finite()?);
    match varied {
        Varied::Quantity => changed.quantity = value.clone(),
        Varied::Proxy => changed.proxy.euros = value.clone(),
        Varied::Deadweight => changed.deadweight.share = share()?,
        Varied::Displacement => changed.displacement.share = share()?,
        Varied::Attribution => changed.attribution.share = share()?,
        Varied::DropOff => match &mut changed.drop_off {
            DropOff::Yearly(reduction) => reduction.share = share()?,
            DropOff::SingleYear => return None,
        },
        Varied::Rate => return None,
    }
    Some(changed)
}

/// A number from 0 to `highest` at which `surplus` changes sign, to a millionth of a percent; none when its ends have one sign.
fn halving(highest: i64, surplus: impl Fn(Exact) -> Option<Exact>) -> Option<Exact> {
    let share = |step: i64| Exact::from(Decimal::new(step, GRID_DECIMALS));
    let (mut low, mut high) = (0, highest.saturating_mul(GRID));
    let (at_low, at_high) = (surplus(share(low))?, surplus(share(high))?);
    if at_low.is_zero() {
        return Some(share(low));
    }
    if !at_high.is_zero() && at_low.is_negative() == at_high.is_negative() {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let at_middle = surplus(share(middle))?;
        if !at_middle.is_zero() && at_middle.is_negative() == at_low.is_negative() {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(share(high))
}
