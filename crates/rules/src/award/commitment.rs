//! A scored social return commitment (toezegging social return): a percentage, an amount or places,
//! between a minimum and a maximum. Súdwest-Fryslân scores offers from 2 to 5 percent; what is offered
//! becomes the contract's obligation.

use rust_decimal::Decimal;

use super::numeric::PointTable;
use super::quality::Normalisation;
use super::straight_line::StraightLine;
use trede_base::exact::Exact;

/// What may be offered and how it scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentTerms {
    /// The unit of the offer.
    pub measure: Measure,
    /// The least that may be offered; less excludes the bid.
    pub minimum: Decimal,
    /// The offer that earns the full weight.
    pub maximum: Decimal,
    /// What an offer above the maximum does.
    pub above_maximum: AboveMaximum,
    /// How an offer becomes a share.
    pub scoring: OfferScoring,
}

/// The unit of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Percent of the contract sum.
    Percentage,
    /// Euros.
    Amount,
    /// Places.
    Places,
}

/// What an offer above the maximum does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AboveMaximum {
    /// It scores as the maximum and binds as offered.
    Clip,
    /// It excludes the bid.
    Refuse,
}

/// How an offer becomes a share of the weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferScoring {
    /// A straight line.
    Line(StraightLine),
    /// A table of shares of the weight.
    Steps(Steps),
    /// A table of points.
    Points(PointTable),
}

/// A table: from each value on, a share of the weight in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps(pub Vec<(Decimal, Decimal)>);

impl Steps {
    /// The percent at `x`: that of the highest step reached, or none reached: 0.
    #[must_use]
    pub fn percent_at(&self, x: Decimal) -> Decimal {
        self.0.iter().rev().find(|(from, _)| *from <= x).map_or(Decimal::ZERO, |(_, percent)| *percent)
    }
}

impl CommitmentTerms {
    /// The offer that counts for the score.
    #[must_use]
    pub fn counted(&self, offer: Decimal) -> Decimal {
        offer.min(self.maximum)
    }

    /// The straight line of a normalisation between minimum and maximum.
    #[must_use]
    pub fn line(normalisation: Normalisation, minimum: Decimal, maximum: Decimal) -> Option<StraightLine> {
        let zero = match normalisation {
            Normalisation::ShareOfHighest => Decimal::ZERO,
            Normalisation::BetweenBounds => minimum,
        };
        StraightLine::new(zero, maximum)
    }
}

/// A percentage as a share of one.
pub(super) fn share_of_percent(percent: Decimal) -> Exact {
    Exact::from(percent).over(&Exact::HUNDRED).unwrap_or_default().simplified()
}
