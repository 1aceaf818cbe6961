//! The use cases: authorise, load, let the domain decide, store, audit.

pub mod assessing;
pub mod awarding;
pub mod bidding;
pub mod clock;
pub mod following;
pub mod frame;
mod jobs;
pub mod overseeing;
pub mod policies;
pub mod pso;
pub mod telling;
pub mod tendering;
pub mod trust;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::bidding::receiving::ReceivingLots;
use crate::clock::{Clock, SystemClock};
use crate::following::evidence_intake::EvidenceDesk;
use crate::frame::error::ServiceError;
use crate::telling::herald::Herald;
use crate::trust::token_revocations::Revoked;
use trede_base::ids::MunicipalityId;
use trede_base::page::{PageRequest, Start};
use trede_integrations::kvk::TradeRegister;
use trede_integrations::pso_register::RegisterClient;
use trede_integrations::tenderned::TenderNed;
use trede_sealing::keyring::SealingKeys;
use trede_store as store;
use trede_store::frame::connection::Db;

/// How far the clocks of an instance and of its database may be apart: a deadline is the same moment to all.
const CLOCKS_APART: TimeDelta = TimeDelta::seconds(2);

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

    /// Whether the store takes a write; one that is on its disk, once in five seconds at the most.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when it does not.
    pub fn takes_writes(&self) -> Result<(), ServiceError> {
        self.db.try_a_write()?;
        let Some(of_store) = self.db.moment()? else { return Ok(()) };
        // Between the machines, whatever moment the use cases are told that it is.
        let off = (SystemClock.now() - of_store).abs();
        if off <= CLOCKS_APART {
            return Ok(());
        }
        Err(ServiceError::Unavailable {
            what: "the clock of this instance, which differs from that of the database by more than 2 seconds",
            cause: format!("{} ms", off.num_milliseconds()).into(),
        })
    }
}

/// Every registered municipality, for runs that nobody asks for.
fn every_municipality(services: &Services) -> Result<Vec<MunicipalityId>, ServiceError> {
    let mut found: Vec<MunicipalityId> = Vec::new();
    loop {
        let start = found.last().map_or(Start::First, |last| Start::After(*last));
        let request = PageRequest { start, limit: 100 };
        let page = services.db.read(|c| store::frame::municipalities::list(c, &request))?;
        found.extend(page.items.into_iter().map(|municipality| municipality.id));
        if !page.has_next {
            return Ok(found);
        }
    }
}
