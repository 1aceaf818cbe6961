//! Steps beside a score: how several scores, levels or years become one number, and what scores as another than it is.

use super::commitment::{CommitmentTerms, OfferScoring};
use super::layout::Leaf;
use super::life_cycle_cost::{LifeCycleCosts, LifeCycleTerms, walk};
use super::model::Combination;
use super::numeric::NumericScoring;
use super::price_sheet::PriceSheet;
use super::pso_level::LevelTable;
use super::quality::{AssessedScore, counted_scores};
use super::scoring::{CriterionScore, OwnScores, PlacedStep, price_as_it_is};
use super::straight_line::Outside;
use crate::explaining::{Rule, Step, Terms};
use crate::pso::Standing;
use trede_base::exact::{Exact, Half};
use trede_base::money::Price;

impl OwnScores {
    pub(super) fn note_mean(&mut self, leaf: &Leaf, score: &AssessedScore) {
        let Some(combined) = score.combined else { return };
        let rule = match combined {
            Combination::Median => Rule::AssessorMedian,
            Combination::TrimmedMean => Rule::AssessorTrimmedMean,
            Combination::Mean | Combination::Consensus => Rule::AssessorMean,
        };
        let terms = counted_scores(combined, &score.individual);
        let Some(at) = score.rounded_to else {
            return self.add_step(leaf, rule, Terms::list(terms), score.score.clone());
        };
        let mean = Exact::sum(&terms).over(&Exact::from(terms.len())).unwrap_or_default().simplified();
        self.add_step(leaf, rule, Terms::list(terms), mean.clone());
        let rule = if at.half == Half::Up { Rule::RoundedMark } else { Rule::RoundedMarkEven };
        let decimals = Exact::from(rust_decimal::Decimal::from(at.decimals));
        self.add_step(leaf, rule, Terms::of([mean, decimals]), score.score.clone());
    }

    /// What the levels of the members of a consortium earn together.
    pub(super) fn note_consortium(&mut self, leaf: &Leaf, table: &LevelTable, standing: &Standing) {
        let Standing::Weighted(members) = standing else { return };
        let mut parts = Vec::with_capacity(members.len());
        for (rank, share) in members {
            let (value, share) = (Exact::from(table.at(*rank)), Exact::from(*share));
            let part = value.times(&share).over(&Exact::HUNDRED).unwrap_or_default().simplified();
            self.add_step(leaf, Rule::ConsortiumShare, Terms::of([value, share]), part.clone());
            parts.push(part);
        }
        self.add_step(leaf, Rule::ConsortiumSum, Terms::list(parts), table.value_of(standing));
    }

    /// An offer that scores as another than it is.
    pub(super) fn note_offer(&mut self, leaf: &Leaf, terms: &CommitmentTerms, offer: rust_decimal::Decimal) {
        let counted = terms.counted(offer);
        if counted != offer {
            let of = Terms::of([offer.into(), terms.maximum.into()]);
            self.add_step(leaf, Rule::OfferClipped, of, counted.into());
        }
        if let OfferScoring::Line(line) = &terms.scoring
            && counted < line.zero()
        {
            let of = Terms::of([counted.into(), line.zero().into()]);
            self.add_step(leaf, Rule::OfferRaised, of, line.zero().into());
        }
    }

    /// A number that scores as the end of its line.
    pub(super) fn note_number(
        &mut self,
        leaf: &Leaf,
        scoring: &NumericScoring,
        number: rust_decimal::Decimal,
    ) {
        let (lowest, highest) = match scoring {
            NumericScoring::Between { line, outside: Outside::Clip } => {
                (line.zero().min(line.full()), line.zero().max(line.full()))
            }
            NumericScoring::Interpolated { table, outside: Outside::Clip } => match table.ends() {
                Some(ends) => ends,
                None => return,
            },
            _ => return,
        };
        let counted = number.max(lowest).min(highest);
        if counted != number {
            let of = Terms::of([number.into(), lowest.into(), highest.into()]);
            self.add_step(leaf, Rule::NumberClipped, of, counted.into());
        }
    }

    pub(super) fn life_cycle(
        &mut self,
        leaf: &Leaf,
        terms: &LifeCycleTerms,
        costs: &LifeCycleCosts,
    ) -> CriterionScore {
        let cost = walk(terms, costs, &mut |rule, of, result| self.add_step(leaf, rule, of, result));
        price_as_it_is(cost)
    }

    /// The price by unit prices and quantities.
    pub(super) fn sheet(&mut self, leaf: &Leaf, sheet: &PriceSheet, prices: &[Price]) -> CriterionScore {
        let price = sheet.price(prices, &mut |rule, of, result| self.add_step(leaf, rule, of, result));
        price_as_it_is(price)
    }

    fn add_step(&mut self, leaf: &Leaf, rule: Rule, terms: Terms, result: Exact) {
        let step = Step { rule, terms, result };
        self.steps.push(PlacedStep { criterion: Some(leaf.id.clone()), step });
    }
}
