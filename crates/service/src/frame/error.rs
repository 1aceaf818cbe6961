//! What a use case answers when it does not do what was asked.

use std::error::Error;

use thiserror::Error;

use crate::frame::access::Operation;
use trede_store::frame::connection::StoreFailure;
use trede_store::frame::error::{StorageError, UniqueRule};

/// A sentence in both languages of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// In Dutch.
    pub dutch: String,
    /// In English.
    pub english: String,
}

impl Bilingual {
    /// A sentence in Dutch and in English.
    pub fn new(dutch: impl Into<String>, english: impl Into<String>) -> Self {
        Self { dutch: dutch.into(), english: english.into() }
    }
}

/// One thing that is wrong with what the client sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The place, as a JSON pointer (RFC 6901) into the request body, in the client's own names.
    pub pointer: String,
    /// Stable and kebab-case, for programs.
    pub code: &'static str,
    /// One sentence for people: what was expected, what came.
    pub detail: String,
    /// The same in Dutch, where there are words for it.
    pub dutch: Option<String>,
}

impl Finding {
    /// A finding at a place.
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code, detail: detail.into(), dutch: None }
    }
}

/// Why a use case did not do what was asked.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// The caller's token does not name the municipality.
    #[error("the token does not name this municipality")]
    ForeignMunicipality,
    /// None of the caller's roles may do the operation.
    #[error("none of the caller's roles may do {}", .operation.id())]
    Forbidden {
        /// What was asked.
        operation: Operation,
    },
    /// The caller's role may do it, but not this caller here.
    #[error("{detail}")]
    NotTheirs {
        /// Stable and kebab-case, for programs.
        code: &'static str,
        /// One sentence for people: whose it is.
        detail: &'static str,
    },
    /// Nothing with that id where the caller may look; a foreign id looks the same.
    #[error("there is no such {what}")]
    NotFound {
        /// The kind of thing, in words: `tender`, `lot`.
        what: &'static str,
    },
    /// What was sent breaks rules; all that were found, together.
    #[error("the request breaks {} rule(s)", .0.len())]
    Invalid(Vec<Finding>),
    /// The request is sound, but not in this state of the procedure.
    #[error("{detail}")]
    Refused {
        /// Stable and kebab-case, for programs.
        code: &'static str,
        /// One sentence for people.
        detail: String,
        /// The same in Dutch, where it names more than the words of its code do.
        dutch: Option<String>,
    },
    /// Somebody changed the resource since the caller read it.
    #[error("the resource has changed since it was read")]
    VersionMismatch,
    /// What is there is changed only by who says which version they read.
    #[error("what was sent before is another: send the ETag that you read in If-Match to change it")]
    VersionNeeded,
    /// What a cursor leads to is not kept any more.
    #[error("{detail}")]
    Expired {
        /// One sentence for people: what to do now.
        detail: &'static str,
    },
    /// A file is larger than is taken.
    #[error("at most {most_bytes} bytes are taken")]
    TooLarge {
        /// The most bytes of one file.
        most_bytes: u64,
    },
    /// Another system that is needed here does not answer; worth another try.
    #[error("{what} does not answer")]
    Unavailable {
        /// The system, in words.
        what: &'static str,
        /// Why, for the log.
        #[source]
        cause: Box<dyn Error + Send + Sync>,
    },
    /// The store is too busy to answer in time; worth another try.
    #[error("the store is busy")]
    Busy(#[source] StorageError),
    /// Another system, which this one asked, does not answer; worth another try.
    #[error("{detail}")]
    Elsewhere {
        /// One sentence for people: which, and what it answered.
        detail: String,
    },
    /// Nothing the caller can help; the cause is for the log only.
    #[error("internal error")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl StoreFailure for ServiceError {
    fn store_error(&self) -> Option<&StorageError> {
        match self {
            Self::Busy(error) => Some(error),
            _ => None,
        }
    }

    fn ends_a_batch(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Internal(_) | Self::Unavailable { .. } | Self::Elsewhere { .. })
    }
}

impl From<StorageError> for ServiceError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Unavailable(_)
            | StorageError::Collision
            | StorageError::Full(_)
            | StorageError::TimedOut(_) => Self::Busy(error),
            StorageError::Taken => Self::refused(
                "made-already",
                "somebody made the same at the same moment; look at what is there, and ask again if need be",
            ),
            StorageError::Duplicate(rule) => {
                let (code, detail) = duplicate(rule);
                Self::refused(code, detail)
            }
            StorageError::BrokenReference => Self::refused(
                "broken-reference",
                "something that this refers to does not exist, or something else refers to this",
            ),
            StorageError::KeyLost => Self::refused("idempotency-key-in-use", error.to_string()),
            StorageError::UnknownScheme | StorageError::Transport(_) | StorageError::Database(_) => {
                Self::Internal(Box::new(error))
            }
        }
    }
}

/// What a rule of uniqueness says to the caller.
const fn duplicate(rule: UniqueRule) -> (&'static str, &'static str) {
    match rule {
        UniqueRule::Municipality => ("municipality-exists", "the municipality is registered already"),
        UniqueRule::Organisation => ("organisation-exists", "the organisation is registered already"),
        UniqueRule::CertificateNumber => {
            ("certificate-exists", "a certificate with this number and first day is registered already")
        }
        UniqueRule::TableVersion => ("version-exists", "there is a version of this name already"),
        UniqueRule::ContributionGrant => ("granted-already", "the municipality may read already"),
        UniqueRule::TenderReference => {
            ("tender-reference-exists", "another tender of the municipality has this external reference")
        }
        UniqueRule::LotNumber => ("lot-number-exists", "another lot of the tender has this number"),
        UniqueRule::OneBidPerLot => ("bid-exists", "this bidder has bid on this lot already"),
        UniqueRule::OneHandOver => {
            ("hand-over-complete", "the hand-over of these bids was completed already")
        }
        UniqueRule::OneAssessment => {
            ("assessment-exists", "this assessor has scored this criterion of this bid already")
        }
        UniqueRule::OneConsensus => {
            ("assessment-exists", "there is a consensus on this criterion of this bid already")
        }
        UniqueRule::EvaluationSequence => {
            ("evaluated-meanwhile", "another evaluation of this lot was made at the same moment; try again")
        }
        UniqueRule::LetterTemplateVersion => (
            "changed-meanwhile",
            "another version of this template was written at the same moment; try again",
        ),
        UniqueRule::DutySeparationVersion | UniqueRule::PurchasingPolicyVersion => {
            ("changed-meanwhile", "it was changed at the same moment; try again")
        }
        UniqueRule::NoticeImport => {
            ("notice-imported", "the notice was imported at the same moment; try again")
        }
        UniqueRule::OneAwardDecision => ("award-proposed", "an award is proposed for this lot already"),
        UniqueRule::Region => ("region-exists", "the region is registered already"),
        UniqueRule::OneRegion => ("in-another-region", "a municipality takes part in one region at the most"),
        UniqueRule::PolicyVersion => {
            ("policy-version-exists", "this version of this policy is entered already; it never changes")
        }
        UniqueRule::ContractReference => {
            ("contract-reference-exists", "another contract of the municipality has this external reference")
        }
        UniqueRule::OneContractPerLot => ("contract-exists", "the lot has a contract already"),
        UniqueRule::OneContractPerWinner => {
            ("contract-exists", "this winner has a contract on the lot already")
        }
        UniqueRule::ContractChangeSequence => {
            ("changed-meanwhile", "another change of this contract was made at the same moment; try again")
        }
        UniqueRule::EntryReference => {
            ("entry-reference-exists", "another entry of the contract has this external reference")
        }
    }
}

impl ServiceError {
    /// A refusal by a rule of the procedure.
    pub fn refused(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Refused { code, detail: detail.into(), dutch: None }
    }

    /// A refusal whose sentence names what it is about, in both languages.
    pub fn refused_in_both(code: &'static str, told: Bilingual) -> Self {
        Self::Refused { code, detail: told.english, dutch: Some(told.dutch) }
    }

    /// A single finding.
    pub fn invalid(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![Finding::new(pointer, code, detail)])
    }
}
