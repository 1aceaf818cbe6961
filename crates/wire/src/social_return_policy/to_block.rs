//! From the wire to a building block.

use super::to_bonus::over;
use super::to_measure::Measured;
use super::to_policy::{Reader, full_time, proration};
use super::{BlockInput, ConditionsInput, MeasureInput, UnitInput};
use crate::number::Number;
use trede_base::exact::Exact;
use trede_rules::social_return::{
    Amount, AmountStep, BenefitWindow, Block, Conditions, MaximumCounting, Measure, Unit,
};

impl BlockInput {
    /// The block; where its measure cannot be read, that is told, and one that needs nothing takes its place
    /// so that the rest of the policy is still checked.
    pub(super) fn read(&self, place: &str, reader: &mut Reader) -> Block {
        let measured = self.measured();
        measured.refuse_foreign_fields(place, reader);
        let in_months = matches!(self.measure, MeasureInput::Year | MeasureInput::Month);
        let fields = [
            ("perYear", self.per_year.is_some() && !measured.by_quantity()),
            ("proration", self.proration.is_some() && !in_months),
            ("fullTime", self.full_time.is_some() && !in_months),
        ];
        reader.unused(place, measured.name(), &fields);
        let measure = measured.read(place, reader);
        let own_full_time =
            self.full_time.as_ref().and_then(|input| full_time(input, &format!("{place}/fullTime"), reader));
        let own =
            self.proration.as_ref().map(|input| proration(input, &format!("{place}/proration"), reader));
        if self.counts_always && self.counts_months.is_some() {
            reader.unused(place, "countsAlways", &[("countsMonths", true)]);
        }
        let share = format!("{place}/maximumPercentOfObligation");
        let counts = match self.counts_months {
            Some(months) => Some(MaximumCounting::Months(months)),
            None => self.counts_always.then_some(MaximumCounting::Always),
        };
        let units = self.units.iter().enumerate();
        let units = units
            .filter_map(|(index, unit)| self.unit(unit, &format!("{place}/units/{index}"), reader))
            .collect();
        let exact = |number: Option<Number>| number.map(|number| Exact::from(number.0));
        Block {
            code: self.code.clone(),
            name: self.name.clone(),
            units,
            per_year: exact(self.per_year),
            counts_over: over(self.counts_over),
            minimum: exact(self.minimum_amount),
            counts_from: exact(self.counts_from_amount),
            least_hours: exact(self.least_hours_per_week),
            most_hours: exact(self.most_hours_per_week),
            window: self
                .benefit_window
                .as_ref()
                .map(|window| BenefitWindow { within_months: window.within_months, after: window.after }),
            target_group: self.target_group.clone(),
            conditions: self.conditions.as_ref().map(ConditionsInput::read).unwrap_or_default(),
            whatever_hours: self.measure == MeasureInput::Year && self.by_hours == Some(false),
            full_time: own_full_time,
            look_back_months: self.look_back_months,
            counts_during_subsidy: self.counts_during_wage_cost_subsidy,
            one_person: self.one_person,
            counts: counts.filter(|_| measure.is_some()),
            proration: own.flatten(),
            maximum: self.maximum_amount.map(|maximum| Exact::from(maximum.0)),
            maximum_share: self.maximum_percent_of_obligation.map(|percent| reader.share(&share, percent)),
            measure: measure.unwrap_or(Measure::Agreed),
        }
    }

    /// Another unit, whose amounts follow from those of a year where they are not given.
    fn unit(&self, input: &UnitInput, place: &str, reader: &mut Reader) -> Option<Unit> {
        let per_year = input.per_year.map(|number| Exact::from(number.0));
        let derived =
            self.of_a_year().zip(per_year.as_ref()).and_then(|(year, parts)| over_parts(year, parts));
        let measured = Measured {
            measure: input.measure,
            amount: input.amount,
            steps: &input.amount_by_benefit_months,
            by_hours: input.by_hours,
            percent: input.percent,
            invoice: input.invoice.as_ref(),
            derived,
        };
        let in_time =
            measured.by_quantity() || matches!(input.measure, MeasureInput::Year | MeasureInput::Month);
        reader.unused(place, measured.name(), &[("perYear", per_year.is_some() && !in_time)]);
        let by_hours = input.by_hours.is_some() && input.measure == MeasureInput::Year;
        reader.unused(place, "units", &[("byHours", by_hours)]);
        measured.refuse_foreign_fields(place, reader);
        let measure = measured.read(place, reader)?;
        Some(Unit { measure, per_year })
    }

    /// The amounts of a full-time year, where the block is by year.
    fn of_a_year(&self) -> Option<Amount> {
        (self.measure == MeasureInput::Year).then(|| self.measured().amounts())?
    }

    fn measured(&self) -> Measured<'_> {
        Measured {
            measure: self.measure,
            amount: self.amount,
            steps: &self.amount_by_benefit_months,
            by_hours: self.by_hours,
            percent: self.percent,
            invoice: self.invoice.as_ref(),
            derived: None,
        }
    }
}

/// Amounts of a year over the parts that make one.
fn over_parts(year: Amount, parts: &Exact) -> Option<Amount> {
    let step =
        |step: AmountStep| Some(AmountStep { from_months: step.from_months, euros: step.euros.over(parts)? });
    Some(Amount { steps: year.steps.into_iter().map(step).collect::<Option<_>>()? })
}

impl ConditionsInput {
    pub(super) fn read(&self) -> Conditions {
        Conditions {
            agreed_beforehand: self.agreed_beforehand,
            evidence_to_submit: self.evidence_to_submit.clone(),
            evidence_to_approve: self.evidence_to_approve.clone(),
            after_internship_months: self.after_internship_months,
            least_months: self.least_months,
        }
    }
}
