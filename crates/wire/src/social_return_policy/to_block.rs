//! From the wire to a building block.

use super::to_bonus::over;
use super::to_policy::{Reader, proration};
use super::{BlockInput, InvoiceRecognitionInput, MeasureInput, UnitInput};
use crate::number::Number;
use trede_base::exact::Exact;
use trede_rules::social_return::{
    Amount, AmountStep, BenefitWindow, Block, Conditions, InvoiceRecognition, MaximumCounting, Measure, Unit,
};

impl BlockInput {
    /// The block; where its measure cannot be read, that is told, and one that needs nothing takes its place
    /// so that the rest of the policy is still checked.
    pub(super) fn read(&self, place: &str, reader: &mut Reader) -> Block {
        self.refuse_foreign_fields(place, reader);
        let measure = self.measure(place, reader);
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
            conditions: self.read_conditions(),
            one_person: self.one_person,
            counts: counts.filter(|_| measure.is_some()),
            proration: own.flatten(),
            maximum: self.maximum_amount.map(|maximum| Exact::from(maximum.0)),
            maximum_share: self.maximum_percent_of_obligation.map(|percent| reader.share(&share, percent)),
            measure: measure.unwrap_or(Measure::Agreed),
        }
    }

    /// Another unit, whose amount follows from that of a year where it is not given.
    fn unit(&self, input: &UnitInput, place: &str, reader: &mut Reader) -> Option<Unit> {
        let per_year = input.per_year.map(|number| Exact::from(number.0));
        if input.measure == MeasureInput::ActualCost {
            let fields = [("amount", input.amount.is_some()), ("perYear", per_year.is_some())];
            reader.unused(place, "actual-cost", &fields);
            return Some(Unit { measure: Measure::ActualCost(Exact::ONE), per_year: None });
        }
        let of_year = || {
            let year = (self.measure == MeasureInput::Year).then_some(self.amount)??;
            Exact::from(year.0).over(per_year.as_ref()?)
        };
        let Some(euros) = input.amount.map(|amount| Exact::from(amount.0)).or_else(of_year) else {
            reader.missing(place, "units", "amount");
            return None;
        };
        let measure = match input.measure {
            MeasureInput::Month => {
                if input.by_hours.is_none() {
                    reader.missing(place, "month", "byHours");
                }
                Measure::Month { amount: Amount::flat(euros), by_hours: input.by_hours? }
            }
            MeasureInput::Year => Measure::Year(Amount::flat(euros)),
            MeasureInput::Hour => Measure::Hour(euros),
            MeasureInput::Day => Measure::Day(euros),
            MeasureInput::HalfDay => Measure::HalfDay(euros),
            MeasureInput::Week => Measure::Week(euros),
            MeasureInput::Piece => Measure::Piece(euros),
            _ => {
                reader.unused(place, "units", &[("measure", true)]);
                return None;
            }
        };
        Some(Unit { measure, per_year })
    }

    fn read_conditions(&self) -> Conditions {
        let Some(input) = &self.conditions else { return Conditions::default() };
        Conditions {
            agreed_beforehand: input.agreed_beforehand,
            evidence_to_submit: input.evidence_to_submit.clone(),
            evidence_to_approve: input.evidence_to_approve.clone(),
            after_internship_months: input.after_internship_months,
        }
    }

    fn name_of_measure(&self) -> &'static str {
        match self.measure {
            MeasureInput::Year => "year",
            MeasureInput::Month => "month",
            MeasureInput::LearningYear => "learning-year",
            MeasureInput::Hour => "hour",
            MeasureInput::Day => "day",
            MeasureInput::HalfDay => "half-day",
            MeasureInput::Week => "week",
            MeasureInput::Piece => "piece",
            MeasureInput::Placement => "placement",
            MeasureInput::Internship => "internship",
            MeasureInput::DayAtMost => "day-at-most",
            MeasureInput::Invoice => "invoice",
            MeasureInput::ActualCost => "actual-cost",
            MeasureInput::Agreed => "agreed",
        }
    }

    fn refuse_foreign_fields(&self, place: &str, reader: &mut Reader) {
        use MeasureInput::{
            ActualCost, Agreed, Day, HalfDay, Hour, Internship, Invoice, LearningYear, Month, Piece,
            Placement, Week, Year,
        };
        let without_amount = matches!(self.measure, Invoice | ActualCost | Agreed);
        let by_duration = matches!(self.measure, Year | Month | LearningYear | Placement | Internship);
        let by_quantity = matches!(self.measure, Hour | Day | HalfDay | Week | Piece);
        let in_months = matches!(self.measure, Year | Month);
        let fields = [
            ("amount", self.amount.is_some() && without_amount),
            ("amountByBenefitMonths", !self.amount_by_benefit_months.is_empty() && !by_duration),
            ("perYear", self.per_year.is_some() && !by_quantity),
            ("percent", self.percent.is_some() && self.measure != ActualCost),
            ("byHours", self.by_hours.is_some() && self.measure != Month),
            ("invoice", self.invoice.is_some() && self.measure != Invoice),
            ("proration", self.proration.is_some() && !in_months),
        ];
        reader.unused(place, self.name_of_measure(), &fields);
    }

    fn measure(&self, place: &str, reader: &mut Reader) -> Option<Measure> {
        match self.measure {
            MeasureInput::Year => self.amount(place, reader).map(Measure::Year),
            MeasureInput::LearningYear => self.amount(place, reader).map(Measure::LearningYear),
            MeasureInput::Month => {
                let amount = self.amount(place, reader);
                if self.by_hours.is_none() {
                    reader.missing(place, "month", "byHours");
                }
                Some(Measure::Month { amount: amount?, by_hours: self.by_hours? })
            }
            MeasureInput::Hour => self.euros(place, reader).map(Measure::Hour),
            MeasureInput::Day => self.euros(place, reader).map(Measure::Day),
            MeasureInput::HalfDay => self.euros(place, reader).map(Measure::HalfDay),
            MeasureInput::Week => self.euros(place, reader).map(Measure::Week),
            MeasureInput::Piece => self.euros(place, reader).map(Measure::Piece),
            MeasureInput::Placement => self.amount(place, reader).map(Measure::Placement),
            MeasureInput::Internship => self.amount(place, reader).map(Measure::Internship),
            MeasureInput::DayAtMost => self.euros(place, reader).map(Measure::DayAtMost),
            MeasureInput::Invoice => self.invoice(place, reader).map(Measure::Invoice),
            MeasureInput::ActualCost => {
                let factor = self.percent.map(|percent| reader.factor(&format!("{place}/percent"), percent));
                Some(Measure::ActualCost(factor.unwrap_or(Exact::ONE)))
            }
            MeasureInput::Agreed => Some(Measure::Agreed),
        }
    }

    fn euros(&self, place: &str, reader: &mut Reader) -> Option<Exact> {
        reader.needed(place, self.name_of_measure(), "amount", self.amount)
    }

    fn amount(&self, place: &str, reader: &mut Reader) -> Option<Amount> {
        if self.amount_by_benefit_months.is_empty() {
            return self.euros(place, reader).map(Amount::flat);
        }
        reader.unused(place, "amountByBenefitMonths", &[("amount", self.amount.is_some())]);
        let step = |step: &super::AmountStepInput| AmountStep {
            from_months: step.from_months,
            euros: Exact::from(step.amount.0),
        };
        Some(Amount { steps: self.amount_by_benefit_months.iter().map(step).collect() })
    }

    fn invoice(&self, place: &str, reader: &mut Reader) -> Option<InvoiceRecognition> {
        let Some(invoice) = &self.invoice else {
            reader.missing(place, "invoice", "invoice");
            return None;
        };
        let place = format!("{place}/invoice");
        let given = [("percent", invoice.percent.is_some())];
        match invoice.recognised {
            InvoiceRecognitionInput::Share => {
                if invoice.percent.is_none() {
                    reader.missing(&place, "share", "percent");
                }
                let percent = format!("{place}/percent");
                invoice.percent.map(|given| InvoiceRecognition::Share(reader.factor(&percent, given)))
            }
            InvoiceRecognitionInput::ByRegister => {
                reader.unused(&place, "by-register", &given);
                Some(InvoiceRecognition::ByRegister)
            }
            InvoiceRecognitionInput::WagePart => {
                reader.unused(&place, "wage-part", &given);
                Some(InvoiceRecognition::WagePart)
            }
        }
    }
}
