//! From the wire to a building block.

use super::to_policy::{Reader, proration};
use super::{BlockInput, InvoiceRecognitionInput, MeasureInput};
use trede_base::exact::Exact;
use trede_rules::social_return::{Amount, AmountStep, Block, InvoiceRecognition, MaximumCounting, Measure};

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
        Block {
            code: self.code.clone(),
            name: self.name.clone(),
            counts: counts.filter(|_| measure.is_some()),
            proration: own.flatten(),
            maximum: self.maximum_amount.map(|maximum| Exact::from(maximum.0)),
            maximum_share: self.maximum_percent_of_obligation.map(|percent| reader.share(&share, percent)),
            measure: measure.unwrap_or(Measure::Agreed),
        }
    }

    fn name_of_measure(&self) -> &'static str {
        match self.measure {
            MeasureInput::Year => "year",
            MeasureInput::Month => "month",
            MeasureInput::LearningYear => "learning-year",
            MeasureInput::Hour => "hour",
            MeasureInput::Day => "day",
            MeasureInput::DayAtMost => "day-at-most",
            MeasureInput::Invoice => "invoice",
            MeasureInput::ActualCost => "actual-cost",
            MeasureInput::Agreed => "agreed",
        }
    }

    fn refuse_foreign_fields(&self, place: &str, reader: &mut Reader) {
        use MeasureInput::{ActualCost, Agreed, Invoice, LearningYear, Month, Year};
        let without_amount = matches!(self.measure, Invoice | ActualCost | Agreed);
        let by_duration = matches!(self.measure, Year | Month | LearningYear);
        let in_months = matches!(self.measure, Year | Month);
        let fields = [
            ("amount", self.amount.is_some() && without_amount),
            ("amountByBenefitMonths", !self.amount_by_benefit_months.is_empty() && !by_duration),
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
            MeasureInput::DayAtMost => self.euros(place, reader).map(Measure::DayAtMost),
            MeasureInput::Invoice => self.invoice(place, reader).map(Measure::Invoice),
            MeasureInput::ActualCost => Some(Measure::ActualCost),
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
            InvoiceRecognitionInput::Share => reader
                .needed_share(&place, "share", "percent", invoice.percent)
                .map(InvoiceRecognition::Share),
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
