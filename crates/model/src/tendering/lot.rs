//! A lot: the part of a tender that is bid on, evaluated and awarded on its own.

use std::fmt;

use chrono::{DateTime, Utc};

use super::procedure::{State, Step, StepRefused};
use super::tender::TenderId;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::record::{Record, Version};

/// The id of a lot.
pub type LotId = Id<Lot>;

/// Where a lot is: the way to it from the municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LotPath {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// The tender it is part of.
    pub tender: TenderId,
    /// Its id.
    pub lot: LotId,
}

impl fmt::Display for LotPath {
    /// The path below the municipality.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tenders/{}/lots/{}", self.tender, self.lot)
    }
}

/// A lot (perceel). A tender that is not divided has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// The tender it is part of.
    pub tender: TenderId,
    /// Its id.
    pub id: LotId,
    /// What was said about it.
    pub facts: LotFacts,
    /// How far it is, not counting that a published lot closes by itself: see [`State::at`].
    pub state: State,
    /// When its bids were opened. Before that nobody may read them, and not even their number may be
    /// told (art. 22(3) and annex IV of directive 2014/24); a lot that ended unopened stays sealed.
    pub opened_at: Option<DateTime<Utc>>,
    /// When the scores for quality were fixed (kwaliteit vastgesteld). None of them changes afterwards, and
    /// prices may be looked at only then.
    pub quality_fixed_at: Option<DateTime<Utc>>,
    /// When the price envelopes were opened (opening van de prijsenveloppen), where prices have one of their own.
    pub prices_opened_at: Option<DateTime<Utc>>,
    /// How it is awarded (gunningsmodel): a JSON document whose bytes stay as they are from
    /// publication on.
    pub award_model: Option<String>,
    /// When it was written.
    pub record: Record,
}

/// What is said about a lot by those who prepare it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotFacts {
    /// Its number in the tender, from 1 (perceelnummer).
    pub number: u16,
    /// Title (titel).
    pub title: String,
    /// Description (omschrijving).
    pub description: String,
    /// The estimated value in cents, without VAT (geraamde waarde).
    pub estimated_value_cents: Option<i64>,
}

impl Lot {
    /// Where it is.
    #[must_use]
    pub const fn path(&self) -> LotPath {
        LotPath { municipality: self.municipality, tender: self.tender, lot: self.id }
    }

    /// The lot as it stands at a moment.
    #[must_use]
    pub fn at(mut self, now: DateTime<Utc>, deadline_at: Option<DateTime<Utc>>) -> Self {
        self.state = self.state.at(now, deadline_at);
        self
    }

    /// Takes a step.
    ///
    /// # Errors
    /// [`StepRefused`] when the step does not lead out of the lot's state.
    pub fn take(&mut self, step: Step, now: DateTime<Utc>) -> Result<(), StepRefused> {
        self.state = self.state.after(step)?;
        match step {
            Step::Open => self.opened_at = Some(now),
            Step::FixQuality => self.quality_fixed_at = Some(now),
            Step::ReopenQuality => self.quality_fixed_at = None,
            Step::OpenPrices => self.prices_opened_at = self.prices_opened_at.or(Some(now)),
            _ => {}
        }
        self.record = self.record.changed(now);
        Ok(())
    }
}

/// A step that a lot took: who, when, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotStep {
    /// Which lot.
    pub lot: LotId,
    /// The version that the lot had afterwards.
    pub version: Version,
    /// Which step.
    pub step: Step,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
    /// What else is recorded with it.
    pub grounds: StepGrounds,
}

/// What is recorded with a step, where it asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepGrounds {
    /// Why.
    pub reason: Option<String>,
    /// The moment of opening that a platform attests.
    pub attested_at: Option<DateTime<Utc>>,
    /// What the platform gives as evidence of its opening: a reference or a hash.
    pub evidence: Option<String>,
}
