//! A lot that was scored: `scored(model, [bid("A", 100, 8), bid("B", 120, 9)])`.

use trede_base::exact::Exact;
use trede_rules::award::admission::Exclusion;
use trede_rules::award::lot::Drawing;
use trede_rules::award::{Evaluation, Finding, FindingCode, Lot, Outcome, evaluate};
use trede_rules::explaining::Step;

use super::bid::Written;
use super::model::Model;

/// A lot and its evaluation.
pub struct Scored {
    pub lot: Lot,
    pub evaluation: Evaluation,
}

/// The lot of a model and bids.
pub fn a_lot<const N: usize>(model: Model, bids: [Written; N]) -> Result<Lot, Vec<Finding>> {
    drawn_lot(model, bids, None)
}

pub fn drawn_lot<const N: usize>(
    model: Model,
    bids: [Written; N],
    drawing: Option<Drawing>,
) -> Result<Lot, Vec<Finding>> {
    let declared = model.declared();
    let bids = bids.into_iter().map(|bid| bid.for_model(&declared)).collect();
    Lot::new(declared, bids, drawing)
}

pub fn scored<const N: usize>(model: Model, bids: [Written; N]) -> Scored {
    let lot = a_lot(model, bids).unwrap();
    let evaluation = evaluate(&lot).unwrap();
    Scored { lot, evaluation }
}

/// A lot that is scored after lots were drawn in this order.
pub fn drawn<const N: usize>(
    model: Model,
    bids: [Written; N],
    order: &[&str],
) -> Result<Scored, Vec<Finding>> {
    let lot = drawn_lot(model, bids, Some(a_drawing(order, None)))?;
    let evaluation = evaluate(&lot)?;
    Ok(Scored { lot, evaluation })
}

pub fn a_drawing(order: &[&str], value: Option<&str>) -> Drawing {
    Drawing {
        place: "town hall".to_owned(),
        held_at: "2026-05-01T10:00:00Z".parse().unwrap(),
        performed_by: "the notary".to_owned(),
        invited: Vec::new(),
        order: order.iter().map(|id| (*id).to_owned()).collect(),
        value: value.map(str::to_owned),
        kept: Vec::new(),
    }
}

/// Why a lot cannot be scored.
pub fn refused<const N: usize>(model: Model, bids: [Written; N]) -> Vec<FindingCode> {
    let found = evaluate(&a_lot(model, bids).unwrap()).unwrap_err();
    found.into_iter().map(|found| found.code).collect()
}

impl Scored {
    pub fn index(&self, id: &str) -> usize {
        self.lot.bids().iter().position(|bid| bid.id == id).unwrap()
    }

    pub fn outcome(&self, id: &str) -> &Outcome {
        &self.evaluation.outcomes[self.index(id)]
    }

    fn leaf(&self, criterion: &str) -> usize {
        self.lot.declared().layout.range_of(criterion).unwrap().start
    }

    /// The total as it counts.
    pub fn total(&self, id: &str) -> Exact {
        self.outcome(id).declared_total.clone().unwrap()
    }

    /// The total before rounding.
    pub fn exact_total(&self, id: &str) -> Exact {
        self.outcome(id).exact_total.clone().unwrap()
    }

    /// The weighted score on a criterion as it counts.
    pub fn points(&self, id: &str, criterion: &str) -> Exact {
        self.outcome(id).scores()[self.leaf(criterion)].declared.clone()
    }

    /// How the score on a criterion came about.
    pub fn step(&self, id: &str, criterion: &str) -> &Step {
        &self.outcome(id).scores()[self.leaf(criterion)].step
    }

    /// The ranking with its places: `A1 B2`.
    pub fn ranking(&self) -> String {
        let places = self.evaluation.ranking.places.iter();
        let told: Vec<String> =
            places.map(|place| format!("{}{}", self.lot.id_of(place.bid), place.rank)).collect();
        told.join(" ")
    }

    pub fn exclusions(&self, id: &str) -> &[Exclusion] {
        &self.outcome(id).exclusions
    }

    /// The codes of why a bid is not ranked.
    pub fn excluded_by(&self, id: &str) -> Vec<&'static str> {
        self.exclusions(id).iter().map(Exclusion::code).collect()
    }

    /// The warnings with a code, as they were filled in.
    pub fn warned(&self, code: FindingCode) -> Vec<Vec<String>> {
        let warnings = self.evaluation.warnings.iter().filter(|found| found.code == code);
        warnings.map(|found| found.details.clone()).collect()
    }

    pub fn names(&self, bids: &[usize]) -> String {
        bids.iter().map(|bid| self.lot.id_of(*bid)).collect::<Vec<_>>().join(" ")
    }
}
