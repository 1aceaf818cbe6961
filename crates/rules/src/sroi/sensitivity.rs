//! Sensitivity (gevoeligheid): how the ratio moves with each assumption, and where it becomes 1.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::valuation::{OutcomeValue, Valuation, first_impact, years_factor};
use super::value_map::{Discounting, DropOff, Outcome, ValueMap};
use trede_base::exact::Exact;
use trede_base::share::Share;

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
        for (outcome, value) in map.outcomes.iter().zip(&valuation.outcomes) {
            varied.extend(
                [
                    Varied::Quantity,
                    Varied::Proxy,
                    Varied::Deadweight,
                    Varied::Displacement,
                    Varied::Attribution,
                ]
                .map(|what| analysis.vary(what, outcome, value)),
            );
            if outcome.duration_years > 1 {
                varied.push(analysis.vary(Varied::DropOff, outcome, value));
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
    fn vary(&self, varied: Varied, outcome: &Outcome, value: &OutcomeValue) -> VariedResult {
        let others = self.valuation.present_value.minus(&value.present_value);
        let wanted = self.valuation.inputs.minus(&others);
        let total = |changed_to: &Exact| {
            let changed = with(varied, outcome, changed_to)?;
            let discounting = &self.map.discounting;
            let present_value = match varied {
                Varied::DropOff => value.impact.times(&years_factor(
                    &changed,
                    changed.drop_off.share(),
                    &discounting.rate,
                    discounting,
                )),
                _ => first_impact(&changed).times(&value.years_factor),
            };
            Some(others.plus(&present_value))
        };
        let break_even = match varied {
            Varied::DropOff => self.drop_off_break_even(outcome, value, &wanted),
            _ => linear_break_even(varied, outcome, value, &wanted),
        };
        self.result(varied, Some(outcome.id.clone()), declared(varied, outcome), break_even, total)
    }

    fn vary_rate(&self) -> VariedResult {
        let total = |rate: &Exact| {
            let discounting = &self.map.discounting;
            let factor = |o: &Outcome| years_factor(o, o.drop_off.share(), rate, discounting);
            let values: Vec<Exact> = self
                .map
                .outcomes
                .iter()
                .zip(&self.valuation.outcomes)
                .map(|(outcome, value)| value.impact.times(&factor(outcome)))
                .collect();
            Some(Exact::sum(&values))
        };
        let nearly = |rate: Decimal| {
            let outcomes = self.map.outcomes.iter().zip(&self.valuation.outcomes);
            let values: Option<Vec<Exact>> = outcomes
                .map(|(outcome, value)| {
                    let drop_off = outcome.drop_off.share().exact().finite()?;
                    let factor = nearly_years_factor(outcome, drop_off, rate, &self.map.discounting)?;
                    Some(value.impact.times(&Exact::from(factor)))
                })
                .collect();
            Some(Exact::sum(&values?).cmp(&self.valuation.inputs))
        };
        let break_even = halving(HIGHEST_RATE, nearly);
        self.result(Varied::Rate, None, self.map.discounting.rate.clone(), break_even, total)
    }

    fn drop_off_break_even(&self, outcome: &Outcome, value: &OutcomeValue, wanted: &Exact) -> Option<Exact> {
        let wanted_factor = wanted.over(&value.impact)?;
        let rate = self.map.discounting.rate.finite()?;
        halving(1, |drop_off| {
            let factor = nearly_years_factor(outcome, drop_off, rate, &self.map.discounting)?;
            Some(Exact::from(factor).cmp(&wanted_factor))
        })
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

/// The present value is proportional to the quantity, to the proxy and to one less each share.
fn linear_break_even(
    varied: Varied,
    outcome: &Outcome,
    value: &OutcomeValue,
    wanted: &Exact,
) -> Option<Exact> {
    let unit = if varied.is_share() { Exact::ZERO } else { Exact::ONE };
    let of_unit = first_impact(&with(varied, outcome, &unit)?).times(&value.years_factor);
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

/// [`years_factor`] to 28 digits, which is enough to compare by and much faster.
fn nearly_years_factor(
    outcome: &Outcome,
    drop_off: Decimal,
    rate: Decimal,
    discounting: &Discounting,
) -> Option<Decimal> {
    let discount = Decimal::ONE.checked_div(Decimal::ONE.checked_add(rate)?)?;
    let each_year = Decimal::ONE.checked_sub(drop_off)?.checked_mul(discount)?;
    let later = (1..outcome.duration_years)
        .try_fold(Decimal::ONE, |sum, _| Decimal::ONE.checked_add(each_year.checked_mul(sum)?))?;
    (0..discounting.exponent(1, outcome.start_offset_years))
        .try_fold(later, |value, _| value.checked_mul(discount))
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

/// A number from 0 to `highest` at which what is compared becomes equal, to a millionth of a percent; none
/// when both ends compare alike.
fn halving(highest: i64, compared: impl Fn(Decimal) -> Option<Ordering>) -> Option<Exact> {
    let number = |step: i64| Decimal::new(step, GRID_DECIMALS);
    let (mut low, mut high) = (0, highest.saturating_mul(GRID));
    let (at_low, at_high) = (compared(number(low))?, compared(number(high))?);
    if at_low == Ordering::Equal {
        return Some(Exact::ZERO);
    }
    if at_low == at_high {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if compared(number(middle))? == at_low {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(Exact::from(number(high)))
}
