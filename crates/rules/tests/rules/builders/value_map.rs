//! Value maps of the SROI method: `a_value_map(250_000).outcome(an_outcome("jobs", 60, 8_500))`.

use trede_base::exact::Exact;
use trede_rules::sroi::{
    Convention, Discounting, DropOff, Input, Outcome, Proxy, Reduction, Sensitivity, SroiFindingCode, Study,
    Valuation, ValueMap, value,
};

use super::policy::percent;
use super::{Number, day, fraction, x};

/// A map that is being written.
#[derive(Clone)]
pub struct Written(pub ValueMap);

/// A map with one input, without a discount rate and outcomes.
pub fn a_value_map(inputs: impl Number) -> Written {
    Written(ValueMap {
        study: Study { title: "a study".into(), policy_version: "2026".into(), price_year: 2026 },
        discounting: Discounting {
            rate: Exact::ZERO,
            source: "the ministry".into(),
            valid_from: day("2021-01-01"),
            convention: Convention::EndOfYear,
        },
        inputs: vec![Input {
            id: "i".into(),
            stakeholder: "the city".into(),
            euros: x(inputs),
            source: "budget".into(),
        }],
        outcomes: Vec::new(),
        variation: None,
    })
}

/// A share that is taken off, with its reason.
pub fn taking(number: impl Number) -> Reduction {
    Reduction { share: percent(number), explanation: "measured".into() }
}

/// An outcome of one year of which nothing is taken off.
pub fn an_outcome(id: &str, quantity: impl Number, proxy: impl Number) -> Outcome {
    Outcome {
        id: id.into(),
        stakeholder: "job seekers".into(),
        quantity: x(quantity),
        proxy: Proxy { euros: x(proxy), source: "a public set".into(), price_year: 2026, covers: Vec::new() },
        deadweight: taking(0),
        displacement: taking(0),
        attribution: taking(0),
        drop_off: DropOff::SingleYear,
        duration_years: 1,
        start_offset_years: 0,
        evidence: "contracts".into(),
    }
}

/// An outcome that lasts so many years and loses so much each year.
pub fn lasting(outcome: Outcome, years: u32, drop_off: impl Number) -> Outcome {
    Outcome { duration_years: years, drop_off: DropOff::Yearly(taking(drop_off)), ..outcome }
}

impl Written {
    pub fn outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcomes.push(outcome);
        self
    }

    pub fn rate(mut self, rate: impl Number, convention: Convention) -> Self {
        self.0.discounting.rate = fraction(rate, 100);
        self.0.discounting.convention = convention;
        self
    }

    pub fn varying(mut self, variation: impl Number) -> Self {
        self.0.variation = Some(percent(variation));
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut ValueMap)) -> Self {
        change(&mut self.0);
        self
    }

    pub fn valued(&self) -> Valuation {
        value(&self.0)
    }

    pub fn sensitivity(&self) -> Option<Sensitivity> {
        Sensitivity::of(&self.0, &self.valued())
    }

    pub fn errors(&self) -> Vec<(SroiFindingCode, String)> {
        self.0.errors().into_iter().map(|found| (found.code, found.place)).collect()
    }

    /// What a reader should ask about.
    pub fn warnings(&self) -> Vec<(SroiFindingCode, String)> {
        self.0.warnings(&self.valued()).into_iter().map(|found| (found.code, found.place)).collect()
    }
}
