//! From a life-cycle cost on the wire to the domain's: the terms of the model, and the costs of a bid.

use chrono::NaiveDate;

use super::life_cycle::{
    DiscountingInput, LifeCycleInput, LifeCycleTermsInput, PaymentInput, UsageTimingInput,
};
use super::to_criterion::is_identifier;
use crate::number::Number;
use trede_base::money::{Amount, Price};
use trede_rules::award::life_cycle_cost::{
    LifeCycleCosts, LifeCycleTerms, Moment, PartOfYear, Payment, UsageLine,
};
use trede_rules::award::present_value::{Discounting, Interest, Periods};
use trede_rules::explaining::finding::{Finding, FindingCode};

/// The last day of a hundred years of 365.
const MAX_DAYS: u32 = 36_500;
/// The last month of a hundred years.
const MAX_MONTHS: u32 = 1_200;

/// The terms that a buyer declares; `place` is that of the criterion within the model.
pub(super) fn terms(
    input: &LifeCycleTermsInput,
    place: &str,
    found: &mut Vec<Finding>,
) -> Option<LifeCycleTerms> {
    let periods = match (input.years, input.period_days.as_slice(), input.period_months.as_slice()) {
        (Some(years), [], []) => Periods::Years(years),
        (None, days @ [_, ..], []) => Periods::Days(days.to_vec()),
        (None, [], months @ [_, ..]) => Periods::Months(months.to_vec()),
        (years, days, months) => {
            let given = [years.is_some(), !days.is_empty(), !months.is_empty()];
            let count = given.into_iter().filter(|given| *given).count();
            let place = format!("{place}/lifeCycle");
            found.push(Finding::new(FindingCode::PeriodsUnclear, place, [count.to_string()]));
            return None;
        }
    };
    let mut usage = Vec::with_capacity(input.usage.len());
    for (index, line) in input.usage.iter().enumerate() {
        let place = format!("{place}/lifeCycle/usage/{index}");
        if !is_identifier(&line.id) {
            let details = [line.id.chars().take(64).collect()];
            found.push(Finding::new(FindingCode::InvalidId, format!("{place}/id"), details));
        }
        let unit_cost = amount(line.unit_cost, &format!("{place}/unitCost"), found)?;
        let yearly = line.counts != Some(UsageTimingInput::Once);
        usage.push(UsageLine { id: line.id.clone(), quantity: line.quantity.0, unit_cost, yearly });
    }
    let interest = match input.discounting {
        Some(DiscountingInput::Simple) => Interest::Simple,
        Some(DiscountingInput::Compound) | None => Interest::Compound,
    };
    let discounting = Discounting::new(periods, input.rate_percent.0, interest);
    Some(LifeCycleTerms { discounting, starts_on: input.starts_on, savings: input.savings, usage })
}

fn amount(number: Number, place: &str, found: &mut Vec<Finding>) -> Option<Amount> {
    Amount::new(number.0)
        .map_err(|error| {
            let details = [number.0.to_string(), error.to_string(), error.in_dutch()];
            found.push(Finding::new(FindingCode::InvalidPrice, place, details));
        })
        .ok()
}

/// Reads the costs of a bid; `field` is their place within the bid.
pub(super) struct CostReader<'a> {
    pub terms: &'a LifeCycleTerms,
    pub per_unit: bool,
    pub bid: &'a str,
    pub field: String,
    pub found: &'a mut Vec<Finding>,
}

impl CostReader<'_> {
    pub fn costs(&mut self, input: &LifeCycleInput) -> Option<LifeCycleCosts> {
        let periods = self.terms.discounting.count();
        let by_payments = !input.payments.is_empty() || !self.terms.usage.is_empty();
        let yearly = match (input.annual, input.yearly.as_slice()) {
            (Some(annual), []) => vec![annual; periods],
            (None, []) if by_payments => Vec::new(),
            (None, yearly) if yearly.len() == periods => yearly.to_vec(),
            (_, yearly) => {
                let details = [periods.to_string(), yearly.len().to_string()];
                self.error(FindingCode::YearsMismatch, "", details);
                return None;
            }
        };
        let purchase = self.price("/purchase", input.purchase);
        let residual = match input.residual {
            Some(residual) => self.price("/residual", residual),
            None => Some(Price::ZERO),
        };
        let per_year = input.annual.is_some();
        let field = if per_year { "/annual" } else { "/yearly" };
        let mut costs = Vec::with_capacity(yearly.len());
        for cost in yearly {
            costs.push(self.amount(cost, field)?);
        }
        let payments: Vec<Option<Payment>> =
            input.payments.iter().enumerate().map(|(index, payment)| self.payment(index, payment)).collect();
        let usage = self.usage(input);
        Some(LifeCycleCosts {
            purchase: purchase?,
            yearly: costs,
            per_year,
            residual: residual?,
            payments: payments.into_iter().collect::<Option<_>>()?,
            usage: usage?,
        })
    }

    fn error<const N: usize>(&mut self, code: FindingCode, below: &str, details: [String; N]) {
        let place = format!("/{}{below}", self.field);
        self.found.push(Finding::new(code, place, details));
    }

    fn price(&mut self, below: &str, number: Number) -> Option<Price> {
        let read = if self.per_unit { Price::per_unit(number.0) } else { Price::payable(number.0) };
        read.map_err(|error| {
            let details = [number.0.to_string(), error.to_string(), error.in_dutch()];
            self.error(FindingCode::InvalidPrice, below, details);
        })
        .ok()
    }

    fn amount(&mut self, number: Number, below: &str) -> Option<Amount> {
        let place = format!("/{}{below}", self.field);
        let amount = amount(number, &place, self.found)?;
        if amount.is_saving() && !self.terms.savings {
            self.error(FindingCode::SavingUndeclared, below, [number.0.to_string()]);
            return None;
        }
        Some(amount)
    }

    fn payment(&mut self, index: usize, input: &PaymentInput) -> Option<Payment> {
        let place = format!("/payments/{index}");
        let amount = self.amount(input.amount, &format!("{place}/amount"))?;
        let quantity = input.quantity.map(|quantity| quantity.0);
        if let Some(quantity) = quantity.filter(|quantity| quantity.is_sign_negative()) {
            self.error(FindingCode::NegativeOffer, &format!("{place}/quantity"), [quantity.to_string()]);
        }
        let part = match (input.days, input.months) {
            (Some(days), None) => Some(PartOfYear::Days(self.up_to(days, MAX_DAYS, &place, "days")?)),
            (None, Some(months)) => {
                Some(PartOfYear::Months(self.up_to(months, MAX_MONTHS, &place, "months")?))
            }
            (None, None) => None,
            (Some(_), Some(_)) => {
                let details = ["days".to_owned(), "months".to_owned()];
                self.error(FindingCode::ParameterUnused, &format!("{place}/months"), details);
                None
            }
        };
        let moment = self.moment(&place, input)?;
        Some(Payment { amount, quantity, part, moment })
    }

    fn moment(&mut self, place: &str, input: &PaymentInput) -> Option<Moment> {
        let days = |days| Moment::After(PartOfYear::Days(days));
        match (input.on, input.after_days, input.after_months, input.in_period) {
            (Some(on), None, None, None) => self.days_until(place, on).map(days),
            (None, Some(after), None, None) => self.up_to(after, MAX_DAYS, place, "afterDays").map(days),
            (None, None, Some(months), None) => self
                .up_to(months, MAX_MONTHS, place, "afterMonths")
                .map(|months| Moment::After(PartOfYear::Months(months))),
            (None, None, None, Some(period)) => {
                let index = usize::try_from(period).ok().and_then(|period| period.checked_sub(1));
                let count = self.terms.discounting.count();
                let index = index.filter(|index| *index < count);
                if index.is_none() {
                    let details = [period.to_string(), "1".to_owned(), count.to_string()];
                    self.error(FindingCode::OutOfRange, &format!("{place}/inPeriod"), details);
                }
                index.map(Moment::EndOf)
            }
            (on, after_days, after_months, in_period) => {
                let given = [on.is_some(), after_days.is_some(), after_months.is_some(), in_period.is_some()];
                let count = given.into_iter().filter(|given| *given).count();
                self.error(FindingCode::PaymentMoment, place, [count.to_string()]);
                None
            }
        }
    }

    fn days_until(&mut self, place: &str, on: NaiveDate) -> Option<u32> {
        let Some(start) = self.terms.starts_on else {
            let details = ["on".to_owned(), "lifeCycle.startsOn".to_owned()];
            self.error(FindingCode::ParameterMissing, &format!("{place}/on"), details);
            return None;
        };
        let days = u32::try_from((on - start).num_days()).ok().filter(|days| *days <= MAX_DAYS);
        if days.is_none() {
            let last = start.checked_add_days(chrono::Days::new(u64::from(MAX_DAYS)));
            let last = last.map_or_else(|| "…".to_owned(), |last| last.to_string());
            let details = [on.to_string(), start.to_string(), last];
            self.error(FindingCode::OutOfRange, &format!("{place}/on"), details);
        }
        days
    }

    fn up_to(&mut self, number: u32, most: u32, place: &str, field: &str) -> Option<u32> {
        if number > most {
            let details = [number.to_string(), "0".to_owned(), most.to_string()];
            self.error(FindingCode::OutOfRange, &format!("{place}/{field}"), details);
            return None;
        }
        Some(number)
    }

    /// One answer for each line of the model, and no other.
    fn usage(&mut self, input: &LifeCycleInput) -> Option<Vec<rust_decimal::Decimal>> {
        let lines = &self.terms.usage;
        let known: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        let mut complete = true;
        for id in input.usage.keys().filter(|id| !known.contains(&id.as_str())) {
            let listed = if known.is_empty() { "-".to_owned() } else { known.join(", ") };
            let details = [id.chars().take(64).collect(), listed];
            self.error(FindingCode::UnknownCriterion, &format!("/usage/{id}"), details);
            complete = false;
        }
        let mut used = Vec::with_capacity(known.len());
        for id in known {
            match input.usage.get(id) {
                Some(number) if number.0.is_sign_negative() && !number.0.is_zero() => {
                    self.error(FindingCode::NegativeOffer, &format!("/usage/{id}"), [number.0.to_string()]);
                    complete = false;
                }
                Some(number) => used.push(number.0),
                None => {
                    let details = [self.bid.to_owned(), id.to_owned(), format!("{}/usage", self.field)];
                    self.error(FindingCode::AnswerMissing, &format!("/usage/{id}"), details);
                    complete = false;
                }
            }
        }
        complete.then_some(used)
    }
}
