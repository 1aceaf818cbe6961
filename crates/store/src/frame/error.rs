//! What the store can answer besides what was asked for, the same on both databases.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

pub use super::transport::TransportError;

/// A rule of uniqueness that the schema keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UniqueRule {
    /// A municipality is registered once.
    Municipality,
    /// An organisation is registered once by its KvK number.
    Organisation,
    /// A certificate's number is registered once for each start date.
    CertificateNumber,
    /// A version of a ladder, of norms or of weights has a name of its own.
    TableVersion,
    /// A municipality is let in once.
    ContributionGrant,
    /// A tender's external reference is its own within the municipality.
    TenderReference,
    /// A lot's number is its own within the tender.
    LotNumber,
    /// A bidder bids once on a lot.
    OneBidPerLot,
    /// The hand-over of the bids of a tender is completed once.
    OneHandOver,
    /// An assessor scores a criterion of a bid once.
    OneAssessment,
    /// A criterion of a bid has one consensus.
    OneConsensus,
    /// The evaluations of a lot are numbered one after the other.
    EvaluationSequence,
    /// A lot has one award decision in force.
    OneAwardDecision,
    /// The versions of a template are numbered one after the other.
    LetterTemplateVersion,
    /// The versions of what is kept apart are numbered one after the other.
    DutySeparationVersion,
    /// One row for each version of a municipality's purchasing policy.
    PurchasingPolicyVersion,
    /// A notice is imported once.
    NoticeImport,
    /// A region is registered once.
    Region,
    /// A municipality takes part in one region.
    OneRegion,
    /// A version of a policy is entered once by its owner.
    PolicyVersion,
    /// A contract's external reference is its own within the municipality.
    ContractReference,
    /// A lot has one contract.
    OneContractPerLot,
    /// One contract for each winner of a lot that several can win.
    OneContractPerWinner,
    /// The changes of a contract are numbered one after the other.
    ContractChangeSequence,
    /// An entry's external reference is its own within the contract.
    EntryReference,
}

/// PostgreSQL names the constraint, SQLite the columns.
const UNIQUE_RULES: &[(UniqueRule, &str, &str)] = &[
    (UniqueRule::Municipality, "municipalities_pkey", "municipalities.id"),
    (UniqueRule::Organisation, "organisations_pkey", "organisations.kvk"),
    (
        UniqueRule::CertificateNumber,
        "pso_certificates_latest",
        "pso_certificates.number, pso_certificates.valid_from",
    ),
    (
        UniqueRule::CertificateNumber,
        "pso_certificates_number",
        "pso_certificates.number, pso_certificates.valid_from, pso_certificates.revision",
    ),
    (UniqueRule::TableVersion, "pso_tables_pkey", "pso_tables.scope, pso_tables.kind, pso_tables.version"),
    (
        UniqueRule::ContributionGrant,
        "pso_contribution_grants_pkey",
        "pso_contribution_grants.kvk, pso_contribution_grants.municipality_id, \
         pso_contribution_grants.granted_at",
    ),
    (
        UniqueRule::ContributionGrant,
        "pso_contribution_grants_standing",
        "pso_contribution_grants.kvk, pso_contribution_grants.municipality_id",
    ),
    (
        UniqueRule::TenderReference,
        "tenders_external_reference",
        "tenders.municipality_id, tenders.external_reference",
    ),
    (UniqueRule::LotNumber, "lots_number", "lots.municipality_id, lots.tender_id, lots.number"),
    (
        UniqueRule::OneBidPerLot,
        "bids_one_per_bidder_and_lot",
        "bids.municipality_id, bids.lot_id, bids.bidder_kvk",
    ),
    (UniqueRule::OneHandOver, "hand_overs_pkey", "hand_overs.municipality_id, hand_overs.tender_id"),
    (
        UniqueRule::OneAssessment,
        "assessments_one_per_assessor",
        "assessments.municipality_id, assessments.bid_id, assessments.criterion, \
         assessments.kind, assessments.assessor",
    ),
    (
        UniqueRule::OneConsensus,
        "assessments_one_consensus",
        "assessments.municipality_id, assessments.bid_id, assessments.criterion",
    ),
    (
        UniqueRule::EvaluationSequence,
        "evaluations_sequence",
        "evaluations.municipality_id, evaluations.lot_id, evaluations.sequence",
    ),
    (
        UniqueRule::OneAwardDecision,
        "award_decisions_one_in_force",
        "award_decisions.municipality_id, award_decisions.lot_id",
    ),
    (
        UniqueRule::LetterTemplateVersion,
        "letter_templates_pkey",
        "letter_templates.municipality_id, letter_templates.language, letter_templates.version",
    ),
    (
        UniqueRule::DutySeparationVersion,
        "duty_separations_pkey",
        "duty_separations.municipality_id, duty_separations.version",
    ),
    (
        UniqueRule::PurchasingPolicyVersion,
        "purchasing_policies_pkey",
        "purchasing_policies.municipality_id, purchasing_policies.version",
    ),
    (
        UniqueRule::NoticeImport,
        "notice_imports_once",
        "notice_imports.municipality_id, notice_imports.notice_id, notice_imports.notice_version",
    ),
    (UniqueRule::Region, "regions_pkey", "regions.id"),
    (UniqueRule::OneRegion, "region_members_pkey", "region_members.municipality_id"),
    (
        UniqueRule::PolicyVersion,
        "social_return_policies_of_municipality",
        "social_return_policies.municipality_id, social_return_policies.code, social_return_policies.version",
    ),
    (
        UniqueRule::PolicyVersion,
        "social_return_policies_of_region",
        "social_return_policies.region_id, social_return_policies.code, social_return_policies.version",
    ),
    (
        UniqueRule::ContractReference,
        "contracts_external_reference",
        "contracts.municipality_id, contracts.external_reference",
    ),
    (UniqueRule::OneContractPerLot, "contracts_lot", "contracts.municipality_id, contracts.lot_id"),
    (
        UniqueRule::OneContractPerWinner,
        "contract_awards_pkey",
        "contract_awards.municipality_id, contract_awards.lot_id, contract_awards.bid_id",
    ),
    (
        UniqueRule::ContractChangeSequence,
        "contract_changes_pkey",
        "contract_changes.municipality_id, contract_changes.contract_id, contract_changes.sequence",
    ),
    (
        UniqueRule::EntryReference,
        "entries_external_reference",
        "entries.municipality_id, entries.contract_id, entries.external_reference",
    ),
];

/// Why the store did not do what was asked.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The URL names a database that this service does not speak to.
    #[error("the database URL must be sqlite://FILE or postgres://…")]
    UnknownScheme,
    /// TLS to PostgreSQL would be needed, and this program was built without.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// No connection, or none free in time. Worth another try, later.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Another writer was in between. Worth another try, at once.
    #[error("another writer was in between")]
    Collision,
    /// The row exists already.
    #[error("a row exists already: {0:?}")]
    Duplicate(UniqueRule),
    /// A row exists already that only who wrote at the same moment can have made.
    #[error("another writer made the same row first")]
    Taken,
    /// There is no room on the disk, or in the quota.
    #[error("the database has no room left: {0}")]
    Full(String),
    /// A statement, or the wait for a lock, took too long and was ended.
    #[error("the database took too long: {0}")]
    TimedOut(String),
    /// The row refers to another that is not there, or is referred to by another that is.
    #[error("a reference between rows would break")]
    BrokenReference,
    /// Another request holds the idempotency key of the request that writes.
    #[error("the request took so long that another with its key was let through")]
    KeyLost,
    /// Anything else; never the caller's doing.
    #[error("the database refused: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StorageError {
    /// The same, for another who meets the same fault of the store.
    pub(super) fn told_again(&self) -> Self {
        match self {
            Self::Collision => Self::Collision,
            Self::Unavailable(why) => Self::Unavailable(why.clone()),
            Self::Full(why) => Self::Full(why.clone()),
            Self::TimedOut(why) => Self::TimedOut(why.clone()),
            error => Self::Unavailable(error.to_string()),
        }
    }
}

impl From<DieselError> for StorageError {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, information) = &error else {
            return match error {
                // Only a lost connection leaves a transaction manager without its transaction.
                DieselError::BrokenTransactionManager => Self::Unavailable(error.to_string()),
                error => Self::Database(Box::new(error)),
            };
        };
        match kind {
            DatabaseErrorKind::SerializationFailure => Self::Collision,
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                Self::Unavailable(error.to_string())
            }
            DatabaseErrorKind::ForeignKeyViolation => Self::BrokenReference,
            DatabaseErrorKind::UniqueViolation if is_taken_at_once(information.as_ref()) => Self::Collision,
            DatabaseErrorKind::UniqueViolation => match unique_rule(information.as_ref()) {
                Some(rule) => Self::Duplicate(rule),
                None => Self::Taken,
            },
            _ if is_full(information.message()) => Self::Full(error.to_string()),
            _ if is_too_long(information.message()) => Self::TimedOut(error.to_string()),
            _ if is_collision(information.message()) => Self::Collision,
            _ if is_connection_lost(information.message()) => Self::Unavailable(error.to_string()),
            _ if is_broken_disk(information.message()) => Self::Unavailable(error.to_string()),
            _ => Self::Database(Box::new(error)),
        }
    }
}

type Information = dyn DatabaseErrorInformation + Send + Sync;

fn unique_rule(information: &Information) -> Option<UniqueRule> {
    UNIQUE_RULES
        .iter()
        .find(|(_, constraint, columns)| is_broken(information, constraint, columns))
        .map(|(rule, ..)| *rule)
}

/// Whether another writer was first with the next record of an audit chain, or with an idempotency key.
fn is_taken_at_once(information: &Information) -> bool {
    is_broken(
        information,
        "audit_records_pkey",
        "audit_records.scope, audit_records.chain, audit_records.sequence",
    ) || is_broken(information, "idempotency_keys_pkey", "idempotency_keys.id")
}

fn is_broken(information: &Information, constraint: &str, columns: &str) -> bool {
    match information.message().strip_prefix("UNIQUE constraint failed: ") {
        Some(broken) => broken == columns,
        None => information.constraint_name() == Some(constraint),
    }
}

/// What libpq says of a server that went away, or is not there yet; diesel knows it as a lost connection only when
/// the server itself had the time to say so.
fn is_connection_lost(message: &str) -> bool {
    [
        "server closed the connection",
        "terminating connection",
        "no connection to the server",
        "connection not open",
        "could not receive data from server",
        "could not send data to server",
        "the database system is",
    ]
    .iter()
    .any(|said| message.contains(said))
}

/// What SQLite and PostgreSQL say of a disk without room.
fn is_full(message: &str) -> bool {
    ["database or disk is full", "No space left on device", "could not extend file", "disk quota exceeded"]
        .iter()
        .any(|said| message.contains(said))
}

/// What SQLite and PostgreSQL say of a disk that fails, or a file that cannot be written.
fn is_broken_disk(message: &str) -> bool {
    [
        "disk I/O error",
        "unable to open database file",
        "attempt to write a readonly database",
        "could not write",
        "could not fsync",
        "could not read block",
        "Input/output error",
    ]
    .iter()
    .any(|said| message.contains(said))
}

/// What PostgreSQL says when it ends what took longer than a statement, or a wait for a lock, may take.
fn is_too_long(message: &str) -> bool {
    ["due to statement timeout", "due to lock timeout", "due to idle-in-transaction timeout"]
        .iter()
        .any(|said| message.contains(said))
}

/// diesel has no kind for these two: SQLite's busy lock and PostgreSQL's deadlock.
fn is_collision(message: &str) -> bool {
    message.contains("database is locked") || message.contains("deadlock detected")
}
