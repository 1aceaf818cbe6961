//! Where the bytes of a notice come from.

use std::borrow::Cow;

use crate::Services;
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_formats::eforms::{self, EformsError, NoticeReport};
use trede_integrations::tenderned::{NotAPublicationNumber, TenderNedError};

/// A notice as it comes in.
pub enum NoticeDocument {
    /// Bytes, in the encoding that they declare.
    Bytes(Vec<u8>),
    /// Text, whatever encoding it once declared.
    Text(String),
    /// What TenderNed published under this number.
    OnTenderNed(String),
}

/// A notice that is here.
pub(crate) enum Content<'a> {
    Bytes(Cow<'a, [u8]>),
    Text(&'a str),
}

impl Content<'_> {
    pub(crate) fn of<'a>(
        services: &Services,
        actor: &Actor,
        document: &'a NoticeDocument,
    ) -> Result<Content<'a>, ServiceError> {
        Ok(match document {
            NoticeDocument::Bytes(bytes) => Content::Bytes(Cow::Borrowed(bytes)),
            NoticeDocument::Text(text) => Content::Text(text),
            NoticeDocument::OnTenderNed(number) => {
                Content::Bytes(Cow::Owned(fetched(services, actor, number)?))
            }
        })
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text.as_bytes(),
        }
    }

    pub(crate) fn read(&self) -> Result<NoticeReport, EformsError> {
        match self {
            Self::Bytes(bytes) => eforms::read(bytes.as_ref()),
            Self::Text(text) => eforms::read_text(text),
        }
    }
}

fn fetched(services: &Services, actor: &Actor, number: &str) -> Result<Vec<u8>, ServiceError> {
    const POINTER: &str = "/publicationNumber";
    let number = number.parse().map_err(|error: NotAPublicationNumber| {
        ServiceError::invalid(POINTER, "malformed-number", error.to_string())
    })?;
    let tenderned = services.tenderned.as_ref().ok_or_else(|| {
        let detail = "TenderNed is not configured here; send the XML of the notice itself";
        ServiceError::refused("tenderned-not-configured", detail)
    })?;
    tenderned.notice(&number, actor.origin.trace).map_err(|error| match error {
        TenderNedError::Unknown => ServiceError::invalid(POINTER, "no-such-publication", error.to_string()),
        error if error.is_passing() => ServiceError::Elsewhere { detail: error.to_string() },
        error => ServiceError::refused("tenderned-refuses", error.to_string()),
    })
}
