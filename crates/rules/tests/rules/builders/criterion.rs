//! Criteria: `assessed("plan", 40)`, `levels("pso", 20, &[("trede-1", 5)])`, `group("quality", 60, [...])`.

use rust_decimal::Decimal;
use trede_rules::award::commitment::{AboveMaximum, CommitmentTerms, Measure, OfferScoring, Steps};
use trede_rules::award::criterion::{Content, Criterion, Threshold};
use trede_rules::award::life_cycle_cost::LifeCycleTerms;
use trede_rules::award::numeric::NumericScoring;
use trede_rules::award::pso_level::{LevelMeasure, LevelTable};
use trede_rules::award::quality::{Normalisation, Scale};
use trede_rules::award::straight_line::{Outside, StraightLine};
use trede_rules::pso::{Ladder, LevelRank};

use super::{Number, euros, n};

/// A criterion without weight or value.
pub fn bare(id: &str, content: Content) -> Criterion {
    Criterion {
        id: id.to_owned(),
        title: None,
        weight: None,
        value: None,
        threshold: Threshold::default(),
        relative_to_best: false,
        discount: None,
        content,
    }
}

pub fn price(id: &str) -> Criterion {
    bare(id, Content::Price { per_unit: false, ceiling: None, corridor: None, sheet: None })
}

pub fn fixed_price(amount: impl Number) -> Criterion {
    bare("fixed", Content::FixedPrice(euros(amount)))
}

pub fn life_cycle(years: u32, rate_percent: impl Number) -> Criterion {
    of_terms(LifeCycleTerms::yearly(years, n(rate_percent)))
}

/// The cost over a life cycle with these terms.
pub fn of_terms(terms: LifeCycleTerms) -> Criterion {
    bare("cost", Content::LifeCycleCost { terms, per_unit: false, ceiling: None, corridor: None })
}

/// Quality on a scale of 0 to 10, as a share of the highest.
pub fn assessed(id: &str) -> Criterion {
    on_scale(id, scale(0, 10))
}

pub fn on_scale(id: &str, scale: Scale) -> Criterion {
    bare(id, Content::AssessedQuality(scale))
}

pub fn scale(lowest: impl Number, highest: impl Number) -> Scale {
    Scale {
        lowest: n(lowest),
        highest: n(highest),
        normalisation: Normalisation::ShareOfHighest,
        marks: Vec::new(),
        step: None,
    }
}

pub fn between_bounds(lowest: impl Number, highest: impl Number) -> Scale {
    Scale { normalisation: Normalisation::BetweenBounds, ..scale(lowest, highest) }
}

/// A PSO level by a table over the ladder of 2023. A level that is not written gets the row of the nearest lower one,
/// as a model must give every level a row.
pub fn levels<N: Number + Copy>(id: &str, measure: LevelMeasure, rows: &[(&str, N)]) -> Criterion {
    let ladder = Ladder::published("pso-2023").unwrap();
    let written: Vec<_> =
        rows.iter().map(|(code, value)| (ladder.rank_of(code).unwrap(), n(*value))).collect();
    let value_of = |rank: LevelRank| {
        let nearest = written.iter().filter(|(at, _)| *at <= rank).max_by_key(|(at, _)| *at);
        (rank, nearest.map_or(Decimal::ZERO, |(_, value)| *value))
    };
    let all: Vec<_> = (0..=ladder.levels().len()).map(|rank| value_of(LevelRank(rank))).collect();
    bare(id, Content::PsoLevel(LevelTable::new(measure, ladder.levels().len(), &all)))
}

/// A social return offer on a straight line from zero to the maximum.
pub fn commitment(id: &str, minimum: impl Number, maximum: impl Number) -> Criterion {
    let (minimum, maximum) = (n(minimum), n(maximum));
    let line = CommitmentTerms::line(Normalisation::ShareOfHighest, minimum, maximum).unwrap();
    offer(id, minimum, maximum, OfferScoring::Line(line))
}

/// A social return offer on a straight line from the minimum to the maximum.
pub fn commitment_between(id: &str, minimum: impl Number, maximum: impl Number) -> Criterion {
    let (minimum, maximum) = (n(minimum), n(maximum));
    let line = CommitmentTerms::line(Normalisation::BetweenBounds, minimum, maximum).unwrap();
    offer(id, minimum, maximum, OfferScoring::Line(line))
}

pub fn offer(id: &str, minimum: Decimal, maximum: Decimal, scoring: OfferScoring) -> Criterion {
    let terms = CommitmentTerms {
        measure: Measure::Percentage,
        minimum,
        maximum,
        above_maximum: AboveMaximum::Clip,
        scoring,
    };
    bare(id, Content::Commitment(terms))
}

pub fn steps<N: Number + Copy>(rows: &[(N, N)]) -> Steps {
    Steps(rows.iter().map(|(from, percent)| (n(*from), n(*percent))).collect())
}

pub fn number_between(id: &str, zero: impl Number, full: impl Number, outside: Outside) -> Criterion {
    let line = StraightLine::new(n(zero), n(full)).unwrap();
    bare(id, Content::Numeric(NumericScoring::Between { line, outside }))
}

pub fn number(id: &str, scoring: NumericScoring) -> Criterion {
    bare(id, Content::Numeric(scoring))
}

pub fn group<const N: usize>(id: &str, children: [Criterion; N]) -> Criterion {
    bare(id, Content::Group(children.into()))
}

/// What is written behind a criterion: its weight, its value, its minimum.
pub trait Declared: Sized {
    fn weighs(self, weight: impl Number) -> Self;
    fn worth(self, value: impl Number) -> Self;
    fn relative(self) -> Self;
    fn at_least(self, minimum: Threshold) -> Self;
}

impl Declared for Criterion {
    fn weighs(self, weight: impl Number) -> Self {
        Criterion { weight: Some(n(weight)), ..self }
    }

    fn worth(self, value: impl Number) -> Self {
        Criterion { value: Some(n(value)), ..self }
    }

    fn relative(self) -> Self {
        Criterion { relative_to_best: true, ..self }
    }

    fn at_least(self, threshold: Threshold) -> Self {
        Criterion { threshold, ..self }
    }
}

pub fn minimum_score(score: impl Number) -> Threshold {
    Threshold { minimum_score: Some(n(score)), ..Threshold::default() }
}

pub fn maximum_score(score: impl Number) -> Threshold {
    Threshold { maximum_score: Some(n(score)), ..Threshold::default() }
}

pub fn minimum_points(points: impl Number) -> Threshold {
    Threshold { minimum_points: Some(n(points)), ..Threshold::default() }
}

pub fn minimum_percent(percent: impl Number) -> Threshold {
    Threshold { minimum_percent: Some(n(percent)), ..Threshold::default() }
}
