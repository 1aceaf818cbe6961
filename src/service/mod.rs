//! The use cases: authorise, load, let the domain decide, store, audit.

pub mod access;
pub mod actor;
mod acts;
pub mod annual_reports;
pub mod assessments;
pub mod audit;
pub mod award_letters;
pub mod award_models;
pub mod awards;
pub mod bid_imports;
pub mod bid_withdrawals;
pub mod bids;
pub mod carry_overs;
pub mod certificates;
pub mod changes;
pub mod claim_checks;
mod claims;
pub mod completeness;
pub mod consensus_sessions;
pub mod contract_changes;
pub mod contract_imports;
mod contract_levels;
pub mod contracts;
pub mod deadline_extensions;
pub mod demonstration;
pub mod demonstration_contract;
pub mod disqualifications;
pub mod dossier;
pub mod drawings;
mod dutch_time;
pub mod entries;
pub mod entry_imports;
pub mod entry_steps;
mod entry_values;
pub mod error;
pub mod evaluation_records;
pub mod evaluation_reports;
pub mod evaluations;
pub mod evidence;
pub mod evidence_intake;
pub mod evidence_sweep;
mod export_rows;
pub mod exports;
mod findings;
mod handed_over;
pub mod herald;
pub mod idempotency;
pub mod imports;
pub mod interests;
mod jobs;
pub mod letter_templates;
mod level_changes;
mod level_following;
mod level_watch;
mod load;
pub mod lots;
pub mod low_price_inquiries;
pub mod milestones;
pub mod monitoring;
pub mod municipalities;
pub mod notice_imports;
mod notice_merge;
pub mod notice_source;
mod obligations;
pub mod open_data;
mod opening_rules;
pub mod openings;
pub mod organisations;
mod package_drafts;
pub mod personal_data;
pub mod plans;
pub mod policy_comparisons;
mod price_openings;
pub mod pso_levels;
pub mod pso_self_checks;
pub mod pso_tables;
pub mod quality;
mod receiving;
pub mod rectifications;
pub mod regions;
mod register_import_rows;
mod register_import_run;
pub mod register_imports;
pub mod reminders;
pub mod retention;
mod score_input;
pub mod sealing_keys;
pub mod settlements;
pub mod simulations;
pub mod social_return_policies;
pub mod standstill;
pub mod statement;
mod steps;
pub mod suppliers;
pub mod tender_packages;
pub mod tender_steps;
pub mod tenders;
pub mod token_revocations;
mod unsealing;
mod value_map_quantities;
pub mod value_maps;
mod vault;
pub mod vital_signs;
pub mod webhook_deliveries;
pub mod webhook_subscriptions;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::domain::ids::MunicipalityId;
use crate::domain::page::{PageRequest, Start};
use crate::integrations::kvk::TradeRegister;
use crate::integrations::pso_register::RegisterClient;
use crate::integrations::tenderned::TenderNed;
use crate::sealing::keyring::SealingKeys;
use crate::service::error::ServiceError;
use crate::service::evidence_intake::EvidenceDesk;
use crate::service::herald::Herald;
use crate::service::receiving::ReceivingLots;
use crate::service::token_revocations::Revoked;
use crate::storage;
use crate::storage::connection::Db;

/// What the use cases work with.
#[derive(Clone)]
pub struct Services {
    /// The store.
    db: Db,
    /// The time.
    clock: Arc<dyn Clock>,
    /// The lots that receive bids.
    receiving: ReceivingLots,
    /// The keys under which bids are sealed.
    sealing_keys: Arc<SealingKeys>,
    /// The register of PSO certificates, where one is configured.
    register: Option<Arc<RegisterClient>>,
    /// Where evidence is kept.
    evidence: EvidenceDesk,
    /// Where notices are fetched from, where that is configured.
    tenderned: Option<Arc<TenderNed>>,
    /// How events are told.
    herald: Arc<Herald>,
    /// The trade register, where organisations are checked with it.
    trade_register: Option<Arc<TradeRegister>>,
    /// The tokens that were taken back.
    revoked: Revoked,
}

impl Services {
    /// Use cases on this store, at this clock's time. Files of evidence are forgotten with it, unless another
    /// desk is given.
    #[must_use]
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            receiving: ReceivingLots::default(),
            sealing_keys: Arc::default(),
            evidence: EvidenceDesk::forgetful(),
            register: None,
            tenderned: None,
            herald: Arc::default(),
            trade_register: None,
            revoked: Revoked::default(),
        }
    }

    /// The same use cases with keys under which bids are sealed; without them no tender is published whose bids
    /// are kept here.
    #[must_use]
    pub fn with_sealing_keys(self, keys: SealingKeys) -> Self {
        Self { sealing_keys: Arc::new(keys), ..self }
    }

    /// The same use cases with a register of PSO certificates.
    #[must_use]
    pub fn with_register(self, register: RegisterClient) -> Self {
        Self { register: Some(Arc::new(register)), ..self }
    }

    /// The same use cases with another place for evidence.
    #[must_use]
    pub fn with_evidence(self, evidence: EvidenceDesk) -> Self {
        Self { evidence, ..self }
    }

    /// Where evidence is kept.
    #[must_use]
    pub fn evidence_desk(&self) -> &EvidenceDesk {
        &self.evidence
    }

    /// The same use cases with TenderNed.
    #[must_use]
    pub fn with_tenderned(self, tenderned: TenderNed) -> Self {
        Self { tenderned: Some(Arc::new(tenderned)), ..self }
    }

    /// The same use cases with another way to tell of events.
    #[must_use]
    pub fn with_herald(self, herald: Herald) -> Self {
        Self { herald: Arc::new(herald), ..self }
    }

    /// The same use cases with the trade register.
    #[must_use]
    pub fn with_trade_register(self, register: TradeRegister) -> Self {
        Self { trade_register: Some(Arc::new(register)), ..self }
    }

    /// The tokens that were taken back.
    #[must_use]
    pub const fn revoked(&self) -> &Revoked {
        &self.revoked
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when it does not.
    pub fn ready(&self) -> Result<(), ServiceError> {
        Ok(self.db.ping()?)
    }
}

/// Every registered municipality, for runs that nobody asks for.
fn every_municipality(services: &Services) -> Result<Vec<MunicipalityId>, ServiceError> {
    let mut found: Vec<MunicipalityId> = Vec::new();
    loop {
        let start = found.last().map_or(Start::First, |last| Start::After(*last));
        let request = PageRequest { start, limit: 100 };
        let page = services.db.read(|c| storage::municipalities::list(c, &request))?;
        found.extend(page.items.into_iter().map(|municipality| municipality.id));
        if !page.has_next {
            return Ok(found);
        }
    }
}
