//! From the wire to the measure of a block or of one of its units.

use super::to_policy::Reader;
use super::{AmountStepInput, InvoiceInput, InvoiceRecognitionInput, MeasureInput};
use crate::number::Number;
use trede_base::exact::Exact;
use trede_rules::social_return::{Amount, AmountStep, InvoiceRecognition, Measure};

/// What a block or a unit says of its measure.
pub(super) struct Measured<'a> {
    pub measure: MeasureInput,
    pub amount: Option<Number>,
    pub steps: &'a [AmountStepInput],
    pub by_hours: Option<bool>,
    pub percent: Option<Number>,
    pub invoice: Option<&'a InvoiceInput>,
    /// The amounts that follow from something else, where it gives none itself.
    pub derived: Option<Amount>,
}

impl Measured<'_> {
    pub(super) fn name(&self) -> &'static str {
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

    /// Whether an entry gives a number of it.
    pub(super) fn by_quantity(&self) -> bool {
        use MeasureInput::{Day, HalfDay, Hour, Piece, Week};
        matches!(self.measure, Hour | Day | HalfDay | Week | Piece)
    }

    pub(super) fn refuse_foreign_fields(&self, place: &str, reader: &mut Reader) {
        use MeasureInput::{ActualCost, Agreed, DayAtMost, Invoice, Month, Year};
        let without_amount = matches!(self.measure, Invoice | ActualCost | Agreed);
        let by_duration = !without_amount && self.measure != DayAtMost;
        let fields = [
            ("amount", self.amount.is_some() && without_amount),
            ("amountByBenefitMonths", !self.steps.is_empty() && !by_duration),
            ("percent", self.percent.is_some() && self.measure != ActualCost),
            ("byHours", self.by_hours.is_some() && !matches!(self.measure, Month | Year)),
            ("invoice", self.invoice.is_some() && self.measure != Invoice),
        ];
        reader.unused(place, self.name(), &fields);
    }

    pub(super) fn read(&self, place: &str, reader: &mut Reader) -> Option<Measure> {
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
            MeasureInput::Hour => self.amount(place, reader).map(Measure::Hour),
            MeasureInput::Day => self.amount(place, reader).map(Measure::Day),
            MeasureInput::HalfDay => self.amount(place, reader).map(Measure::HalfDay),
            MeasureInput::Week => self.amount(place, reader).map(Measure::Week),
            MeasureInput::Piece => self.amount(place, reader).map(Measure::Piece),
            MeasureInput::Placement => self.amount(place, reader).map(Measure::Placement),
            MeasureInput::Internship => self.amount(place, reader).map(Measure::Internship),
            MeasureInput::DayAtMost => {
                reader.needed(place, self.name(), "amount", self.amount).map(Measure::DayAtMost)
            }
            MeasureInput::Invoice => self.invoice(place, reader).map(Measure::Invoice),
            MeasureInput::ActualCost => {
                let factor = self.percent.map(|percent| reader.factor(&format!("{place}/percent"), percent));
                Some(Measure::ActualCost(factor.unwrap_or(Exact::ONE)))
            }
            MeasureInput::Agreed => Some(Measure::Agreed),
        }
    }

    /// The amounts that it gives itself.
    pub(super) fn amounts(&self) -> Option<Amount> {
        if self.steps.is_empty() {
            return self.amount.map(|amount| Amount::flat(Exact::from(amount.0)));
        }
        let step = |step: &AmountStepInput| AmountStep {
            from_months: step.from_months,
            euros: Exact::from(step.amount.0),
        };
        Some(Amount { steps: self.steps.iter().map(step).collect() })
    }

    fn amount(&self, place: &str, reader: &mut Reader) -> Option<Amount> {
        if !self.steps.is_empty() {
            reader.unused(place, "amountByBenefitMonths", &[("amount", self.amount.is_some())]);
        }
        let found = self.amounts().or_else(|| self.derived.clone());
        if found.is_none() {
            reader.missing(place, self.name(), "amount");
        }
        found
    }

    fn invoice(&self, place: &str, reader: &mut Reader) -> Option<InvoiceRecognition> {
        let Some(invoice) = self.invoice else {
            reader.missing(place, "invoice", "invoice");
            return None;
        };
        let place = format!("{place}/invoice");
        let percent = invoice.percent.map(|given| reader.factor(&format!("{place}/percent"), given));
        match invoice.recognised {
            InvoiceRecognitionInput::Share => {
                if percent.is_none() {
                    reader.missing(&place, "share", "percent");
                }
                percent.map(InvoiceRecognition::Share)
            }
            InvoiceRecognitionInput::ByRegister => {
                reader.unused(&place, "by-register", &[("percent", percent.is_some())]);
                Some(InvoiceRecognition::ByRegister)
            }
            InvoiceRecognitionInput::WagePart => {
                Some(InvoiceRecognition::WagePart(percent.unwrap_or(Exact::ONE)))
            }
        }
    }
}
