//! The models of a study, and what they ask of the draws.

use rust_decimal::Decimal;

use super::Reader;
use crate::figures::cents;
use crate::finding::{StudyCode, StudyError};
use crate::market::Key;
use crate::study::{Ask, AskedFact, Grid, MAX_WEIGHT, Offer, Trial};
use trede_base::exact::Exact;
use trede_rules::award::DeclaredModel;
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Leaf;
use trede_rules::award::model::Bound;
use trede_rules::award::quality::Scale;
use trede_rules::pso::Ladder;
use trede_wire::lab_file::{LabFile, LabModelInput};

impl Reader {
    /// The models that can be read, and the ladder they share.
    pub(super) fn models(&mut self, file: &LabFile) -> (Vec<Trial>, Option<Ladder>) {
        let mut trials = Vec::with_capacity(file.models.len());
        let mut ladder: Option<(String, Ladder)> = None;
        for (index, input) in file.models.iter().enumerate() {
            let place = format!("/models/{index}");
            match input.award_model.declare(file.above_threshold) {
                Ok(declared) => {
                    let own = declared.model.pso.as_ref().map(|rules| rules.ladder.clone());
                    match (&ladder, own) {
                        (None, Some(own)) => ladder = Some((input.id.clone(), own)),
                        (Some((first, known)), Some(own)) if *known != own => {
                            let details = [first.clone(), input.id.clone()];
                            self.error(StudyCode::LaddersDiffer, format!("{place}/awardModel/pso"), details);
                        }
                        _ => {}
                    }
                    trials.push(self.trial(input, declared, &place));
                }
                Err(findings) => {
                    let place = format!("{place}/awardModel");
                    let below = findings.into_iter().map(|finding| StudyError::Model(finding.below(&place)));
                    self.found.extend(below);
                }
            }
        }
        (trials, ladder.map(|(_, ladder)| ladder))
    }

    fn trial(&mut self, input: &LabModelInput, mut declared: DeclaredModel, place: &str) -> Trial {
        // Flags on low prices never reject, and decide nothing.
        declared.model.abnormally_low.clear();
        let several = declared.layout.prices.len() > 1;
        let mut trial = Trial {
            id: input.id.clone(),
            title: input.title.clone(),
            asks: Vec::with_capacity(declared.layout.leaves.len()),
            facts: Vec::with_capacity(declared.model.knock_outs.len()),
            offers: Vec::new(),
            prices: Vec::new(),
            fixed_cents: 0,
            declared,
        };
        for leaf in trial.declared.layout.leaves.clone() {
            let ask = self.ask(&leaf, several, &mut trial, place);
            trial.asks.push(ask);
        }
        for knock_out in &trial.declared.model.knock_outs {
            let asked = if knock_out.bound == Bound::Met {
                let known = self.requirements.iter().position(|known| *known == knock_out.id);
                AskedFact::Met(known.unwrap_or_else(|| {
                    self.requirements.push(knock_out.id.clone());
                    self.requirements.len() - 1
                }))
            } else {
                AskedFact::Number(self.key(Key::Number(knock_out.id.clone())))
            };
            trial.facts.push(asked);
        }
        trial
    }

    fn ask(&mut self, leaf: &Leaf, several: bool, trial: &mut Trial, place: &str) -> Ask {
        let at = format!("{place}/awardModel{}", leaf.place);
        if leaf.full > Exact::from(Decimal::from(MAX_WEIGHT))
            && !trial.declared.model.method.values_in_euros()
        {
            let details = [leaf.full.shown(), "0".to_owned(), MAX_WEIGHT.to_string()];
            self.error(StudyCode::OutOfRange, format!("{at}/weight"), details);
        }
        match &leaf.content {
            Content::Price { per_unit, .. } => {
                let key = if several { Key::PriceOf(leaf.id.clone()) } else { Key::Price };
                let key = self.key(key);
                trial.prices.push(key);
                Ask::Price { key, per_unit: *per_unit }
            }
            Content::LifeCycleCost { .. } => {
                self.error(StudyCode::LifeCycle, at, [trial.id.clone()]);
                Ask::Nothing
            }
            Content::AssessedQuality(scale) => {
                Ask::Score { key: self.key(Key::Score(leaf.id.clone())), grid: grid(scale) }
            }
            Content::PsoLevel(_) => {
                self.key(Key::Level);
                Ask::Level
            }
            Content::Commitment(terms) => {
                let key = self.key(Key::Offer(leaf.id.clone()));
                let (id, title) = (leaf.id.clone(), leaf.title.clone());
                trial.offers.push(Offer { id, title, key, measure: terms.measure });
                Ask::Offer(key)
            }
            Content::Numeric(_) => Ask::Number(self.key(Key::Number(leaf.id.clone()))),
            Content::FixedPrice(price) => {
                trial.fixed_cents = trial.fixed_cents.saturating_add(cents(price.euros()));
                Ask::Nothing
            }
            Content::Group(_) => Ask::Nothing,
        }
    }
}

/// Where on a scale a score may lie.
fn grid(scale: &Scale) -> Grid {
    if scale.marks.is_empty() {
        return match scale.step {
            Some(step) => Grid::Steps { lowest: scale.lowest, step },
            None => Grid::Everywhere,
        };
    }
    let mut marks: Vec<Decimal> = scale.marks.iter().map(|(_, score)| *score).collect();
    marks.sort_unstable();
    Grid::Marks(marks)
}
