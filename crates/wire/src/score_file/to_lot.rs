//! From a score file to lots that can be scored, with everything that is wrong in one answer.

use std::collections::HashSet;

use super::to_bid::{TenderDates, to_bid};
use super::to_criterion::is_identifier;
use super::to_lot_limit;
use super::to_model::to_model;
use super::{AwardModelInput, DrawingInput, LotInput, ScoreFile, TenderInput};
use trede_base::money::Price;
use trede_rules::award::lot::Drawing;
use trede_rules::award::{DeclaredModel, Lot};
use trede_rules::explaining::finding::Severity;
use trede_rules::explaining::finding::{Finding, FindingCode};
use trede_rules::pso::LevelDate;

/// The most findings that one answer holds: a reader corrects the first of them anyway.
const MAX_FINDINGS: usize = 100;

impl ScoreFile {
    /// The lots of the file, checked.
    ///
    /// # Errors
    /// All errors of all lots, each with its JSON pointer in the file; at most 100.
    pub fn to_lots(&self) -> Result<Vec<Lot>, Vec<Finding>> {
        let mut found = Vec::new();
        let mut lots = Vec::with_capacity(self.lots.len());
        let mut seen = HashSet::new();
        if self.lots.is_empty() {
            found.push(Finding::new(FindingCode::NoLots, "/lots", []));
        }
        to_lot_limit::check(self, &mut found);
        for (index, lot) in self.lots.iter().enumerate() {
            let place = format!("/lots/{index}");
            if !seen.insert(lot.id.as_str()) {
                found.push(Finding::new(FindingCode::DuplicateId, format!("{place}/id"), [lot.id.clone()]));
            }
            if found.len() > MAX_FINDINGS {
                break;
            }
            match lot.to_lot(&self.tender) {
                Ok(lot) => lots.push(lot),
                Err(errors) => found.extend(errors.into_iter().map(|finding| finding.below(&place))),
            }
        }
        found.truncate(MAX_FINDINGS);
        if found.is_empty() { Ok(lots) } else { Err(found) }
    }
}

impl LotInput {
    /// The lot, checked.
    ///
    /// # Errors
    /// All errors, each with its JSON pointer in the lot.
    pub fn to_lot(&self, tender: &TenderInput) -> Result<Lot, Vec<Finding>> {
        let mut found = Vec::new();
        if !is_identifier(&self.id) {
            found.push(Finding::new(FindingCode::InvalidId, "/id", [self.id.chars().take(64).collect()]));
        }
        let declared = self.declared(tender).map_err(|mut errors| {
            found.append(&mut errors);
            std::mem::take(&mut found)
        })?;
        if let Some(Err(error)) = self.reference_price.map(|price| Price::payable(price.0)) {
            let details = [
                self.reference_price.map(|price| price.0.to_string()).unwrap_or_default(),
                error.to_string(),
                error.in_dutch(),
            ];
            found.push(Finding::new(FindingCode::InvalidPrice, "/referencePrice", details));
        }
        let dates = TenderDates { bids_due_on: tender.bids_due_on, awarded_on: tender.awarded_on };
        let mut bids = Vec::with_capacity(self.bids.len());
        let mut date_is_missing = false;
        for (index, input) in self.bids.iter().enumerate() {
            let mut of_bid = Vec::new();
            bids.extend(to_bid(input, &declared, dates, &mut of_bid));
            let place = format!("/bids/{index}");
            date_is_missing |= of_bid.iter().any(|finding| finding.code == FindingCode::LevelDateMissing);
            of_bid.retain(|finding| finding.code != FindingCode::LevelDateMissing);
            found.extend(of_bid.into_iter().map(|finding| finding.below(&place)));
            if found.len() > MAX_FINDINGS {
                break;
            }
        }
        if date_is_missing {
            found.push(missing_date(&declared));
        }
        if !found.is_empty() {
            return Err(found);
        }
        Lot::new(declared, bids, self.drawing.as_ref().map(drawing))
    }

    fn declared(&self, tender: &TenderInput) -> Result<DeclaredModel, Vec<Finding>> {
        self.award_model
            .declare(tender.above_threshold)
            .map_err(|errors| errors.into_iter().map(|finding| finding.below("/awardModel")).collect())
    }
}

impl AwardModelInput {
    /// The model, checked.
    ///
    /// # Errors
    /// All errors, each with its JSON pointer in the model.
    pub fn declare(&self, above_threshold: Option<bool>) -> Result<DeclaredModel, Vec<Finding>> {
        let (model, mut found) = to_model(self, above_threshold);
        let Some(model) = model else { return Err(found) };
        match DeclaredModel::check(model) {
            Ok(declared) if found.is_empty() => Ok(declared),
            Ok(_) => Err(found),
            Err(checked) => {
                // What could not be read is told once, at the place where it stands.
                let errors = checked.into_iter().filter(|error| error.code.severity() == Severity::Error);
                let told = found.len();
                let is_told = |found: &[Finding], error: &Finding| {
                    found.iter().take(told).any(|one| one.place == error.place)
                };
                for error in errors {
                    if !is_told(&found, &error) {
                        found.push(error);
                    }
                }
                Err(found)
            }
        }
    }
}

/// One date of the tender that all levels wait for is told once, and not for each bid.
fn missing_date(declared: &DeclaredModel) -> Finding {
    let on_award = declared.model.pso.as_ref().and_then(|rules| rules.level_date) == Some(LevelDate::Award);
    let field = if on_award { "awardedOn" } else { "bidsDueOn" };
    Finding::new(FindingCode::LevelDateMissing, "/awardModel/pso/levelCountsOn", [field.to_owned()])
}

fn drawing(input: &DrawingInput) -> Drawing {
    Drawing {
        place: input.place.clone(),
        held_at: input.held_at.to_utc(),
        performed_by: input.performed_by.clone(),
        invited: input.invited.clone(),
        order: input.order.clone(),
        value: input.randomness.as_ref().and_then(|randomness| randomness.value.clone()),
        kept: input.kept.clone(),
    }
}
