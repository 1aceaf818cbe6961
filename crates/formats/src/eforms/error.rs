//! Why bytes are no notice that can be read.

use super::limits::{
    MAX_ATTRIBUTE_BYTES, MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, MAX_LOTS, MAX_MARKUP_BYTES,
};

/// Why a file cannot be read as an eForms notice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EformsError {
    /// The bytes are no well-formed XML.
    #[error("byte {at}: no well-formed XML: {detail}")]
    Malformed {
        /// Where reading stopped, in bytes of the decoded text.
        at: u64,
        /// What was wrong there.
        detail: String,
    },
    /// The file is in an encoding that is not known, or not in the one that it declares.
    #[error("{0}; send the notice in UTF-8, or declare the encoding that it is in")]
    Encoding(String),
    /// A notice has no document type: one could declare entities that grow without end or read files.
    #[error("a notice has no document type (<!DOCTYPE …>): take it out")]
    DocumentType,
    /// Only the five entities of XML itself are known.
    #[error("the entity `&{0};` is not declared: write the character itself")]
    UnknownEntity(String),
    /// A character that XML 1.0 does not allow.
    #[error("byte {0}: a control character, which XML does not allow")]
    ForbiddenCharacter(u64),
    /// The file is larger than a notice can be.
    #[error("a notice has at most {} MB", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    /// One tag, text or comment is larger than any in a notice.
    #[error("byte {0}: a tag, text or comment of more than {kb} kB", kb = MAX_MARKUP_BYTES / 1024)]
    LongMarkup(u64),
    /// Elements stand deeper in each other than in a notice.
    #[error("byte {0}: elements are at most {MAX_DEPTH} deep in each other")]
    TooDeep(u64),
    /// More elements than a notice has.
    #[error("a notice has at most {MAX_ELEMENTS} elements")]
    TooManyElements,
    /// An element has more attributes than in a notice.
    #[error("byte {0}: an element has at most {MAX_ATTRIBUTES} attributes")]
    TooManyAttributes(u64),
    /// An attribute is longer than in a notice.
    #[error("byte {0}: an attribute has at most {MAX_ATTRIBUTE_BYTES} bytes")]
    LongAttribute(u64),
    /// The file is XML, but its outermost element is none of the notices that are read.
    #[error(
        "the outermost element is `{0}`; expected a UBL notice of eForms: ContractNotice, \
         PriorInformationNotice or ContractAwardNotice"
    )]
    NotANotice(String),
    /// The notice has no lot, so there is nothing to bid on.
    #[error("the notice has no lot (cac:ProcurementProjectLot): a procedure without division has one")]
    NoLot,
    /// More lots than a tender here can have.
    #[error("a notice has at most {MAX_LOTS} lots")]
    TooManyLots,
}

impl EformsError {
    /// Stable and kebab-case, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } | Self::ForbiddenCharacter(_) => "malformed-xml",
            Self::Encoding(_) => "wrong-encoding",
            Self::DocumentType => "document-type-refused",
            Self::UnknownEntity(_) => "unknown-entity",
            Self::TooLarge
            | Self::LongMarkup(_)
            | Self::TooDeep(_)
            | Self::TooManyElements
            | Self::TooManyAttributes(_)
            | Self::LongAttribute(_) => "over-the-limit",
            Self::NotANotice(_) => "not-a-notice",
            Self::NoLot => "no-lot",
            Self::TooManyLots => "too-many-lots",
        }
    }
}
