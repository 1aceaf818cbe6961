//! From a laboratory file to a study, with all errors of it in one answer.

mod draws;
mod kinds;
mod models;
mod together;

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::finding::{StudyCode, StudyError};
use crate::market::{Key, Market};
use crate::seat::empty_lot;
use crate::study::{MAX_BIDDERS, MAX_KINDS, MAX_MODELS, MAX_STEPS, Study, TENDERS, Trial};
use trede_base::exact::Exact;
use trede_rules::award::Lot;
use trede_rules::pso::Ladder;
use trede_wire::canonical::{canonical_json, sha256_hex};
use trede_wire::lab_file::{LabFile, MarketInput};
use trede_wire::score_file::is_identifier;

/// The most errors that one answer holds.
const MAX_ERRORS: usize = 100;
/// The most sentences of assumptions.
const MAX_ASSUMPTIONS: usize = 50;

impl Study {
    /// The study that a file holds.
    ///
    /// # Errors
    /// All errors of the file, each with its JSON pointer; at most 100.
    pub fn read(file: &LabFile) -> Result<Self, Vec<StudyError>> {
        let mut reader = Reader::default();
        reader.frame(file);
        let (models, ladder) = reader.models(file);
        // What bidders draw is held against what models ask, so it waits for models that can be read.
        if !reader.found.is_empty() {
            return Err(reader.errors());
        }
        let market = reader.market(&file.market, &models, ladder.as_ref());
        let assessor_point = reader.assessor_point(file);
        reader.work(file, &models, &market);
        let lots = reader.lots(&models, &market);
        if !reader.found.is_empty() {
            return Err(reader.errors());
        }
        Ok(Study {
            title: file.title.clone(),
            assumptions: file.assumptions.clone(),
            fingerprint: sha256_hex(&canonical_json(file)),
            seed: file.seed,
            tenders: file.tenders,
            models,
            lots,
            market,
            ladder,
            assessor_point,
        })
    }
}

/// Reads a file; what is wrong is kept.
#[derive(Default)]
struct Reader {
    keys: Vec<Key>,
    requirements: Vec<String>,
    found: Vec<StudyError>,
}

impl Reader {
    fn error<const N: usize>(&mut self, code: StudyCode, place: impl Into<String>, details: [String; N]) {
        self.found.push(StudyError::new(code, place, details));
    }

    fn errors(mut self) -> Vec<StudyError> {
        self.found.truncate(MAX_ERRORS);
        self.found
    }

    /// The key of what is drawn; a new one where nobody asked it before.
    fn key(&mut self, key: Key) -> usize {
        self.keys.iter().position(|known| *known == key).unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        })
    }

    fn frame(&mut self, file: &LabFile) {
        if file.assumptions.iter().all(|sentence| sentence.trim().is_empty()) {
            self.error(StudyCode::NothingGiven, "/assumptions", ["assumptions".to_owned()]);
        }
        self.at_most(file.assumptions.len(), MAX_ASSUMPTIONS, "/assumptions");
        self.at_most(file.models.len(), MAX_MODELS, "/models");
        self.at_most(file.market.bidders.len(), MAX_KINDS, "/market/bidders");
        let (least, most) = TENDERS;
        self.range(file.tenders.into(), least.into(), most.into(), "/tenders");
        if file.models.is_empty() {
            self.error(StudyCode::NothingGiven, "/models", ["models".to_owned()]);
        }
        if file.market.bidders.is_empty() {
            self.error(StudyCode::NothingGiven, "/market/bidders", ["bidders".to_owned()]);
        }
        self.ids(file.models.iter().map(|model| model.id.as_str()), "/models");
        self.ids(file.market.bidders.iter().map(|kind| kind.id.as_str()), "/market/bidders");
        let bidders = file.market.bidders.iter().fold(0u32, |sum, kind| sum.saturating_add(kind.count));
        self.range(bidders.into(), Decimal::ONE, MAX_BIDDERS.into(), "/market/bidders");
    }

    fn ids<'a>(&mut self, ids: impl Iterator<Item = &'a str>, place: &str) {
        let mut seen = HashSet::new();
        for (index, id) in ids.enumerate() {
            let place = format!("{place}/{index}/id");
            if !is_identifier(id) {
                self.error(StudyCode::InvalidId, place, [id.chars().take(64).collect()]);
            } else if !seen.insert(id) {
                self.error(StudyCode::DuplicateId, place, [id.to_owned()]);
            }
        }
    }

    fn at_most(&mut self, count: usize, most: usize, place: &str) {
        if count > most {
            self.error(StudyCode::TooMany, place, [count.to_string(), most.to_string()]);
        }
    }

    /// Whether a number lies in a range; tells when it does not.
    fn range(&mut self, number: Decimal, least: Decimal, most: Decimal, place: &str) -> bool {
        let inside = number >= least && number <= most;
        if !inside {
            let details = [number, least, most].map(|number| number.normalize().to_string());
            self.error(StudyCode::OutOfRange, place, details);
        }
        inside
    }

    fn market(&mut self, input: &MarketInput, models: &[Trial], ladder: Option<&Ladder>) -> Market {
        let kinds: Vec<_> = input
            .bidders
            .iter()
            .enumerate()
            .map(|(index, kind)| self.kind(kind, &format!("/market/bidders/{index}"), models, ladder))
            .collect();
        let copula = self.copula(input);
        let count = |kind: u32| usize::try_from(kind).unwrap_or_default();
        let each = kinds.iter().enumerate();
        let bidders = each.flat_map(|(index, kind)| std::iter::repeat_n(index, count(kind.count))).collect();
        Market { keys: self.keys.clone(), requirements: self.requirements.clone(), kinds, copula, bidders }
    }

    fn assessor_point(&mut self, file: &LabFile) -> Option<Exact> {
        let input = file.assessor_point.as_ref()?;
        let points = input.points.0;
        self.range(points, Decimal::new(1, 6), Decimal::from(1_000_000), "/assessorPoint/points");
        self.range(input.assessors.into(), Decimal::ONE, Decimal::from(100), "/assessorPoint/assessors");
        Exact::from(points).over(&Exact::from(Decimal::from(input.assessors))).map(|point| point.simplified())
    }

    fn lots(&mut self, models: &[Trial], market: &Market) -> Vec<Lot> {
        let mut lots = Vec::with_capacity(models.len());
        for (index, model) in models.iter().enumerate() {
            match empty_lot(model, market.bidders.len()) {
                Ok(lot) => lots.push(lot),
                Err(findings) => {
                    let place = format!("/models/{index}");
                    let below = findings.into_iter().map(|finding| StudyError::Model(finding.below(&place)));
                    self.found.extend(below);
                }
            }
        }
        lots
    }

    fn work(&mut self, file: &LabFile, models: &[Trial], market: &Market) {
        let whole = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let criteria: u64 = models.iter().map(|model| whole(model.asks.len())).sum();
        let bids = whole(market.bidders.len()).saturating_mul(criteria);
        let steps = bids.saturating_mul(file.tenders.into());
        if steps > MAX_STEPS {
            let details = [file.tenders.to_string(), steps.to_string(), MAX_STEPS.to_string()];
            self.error(StudyCode::TooLarge, "/tenders", details);
        }
    }
}
