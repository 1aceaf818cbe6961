//! Documents as PDF, and what keeps one from being written.

use crate::frame::error::{Bilingual, ServiceError};
use trede_formats::pdf::{About, Unwritten, lacking, named, pdf};

/// The document as PDF.
///
/// # Errors
/// [`ServiceError::Refused`] when the font lacks a sign that stands in it.
pub(crate) fn written(markdown: &str, about: &About) -> Result<Vec<u8>, ServiceError> {
    pdf(markdown, about).map_err(|error| match error {
        Unwritten::Lacking(signs) => sign_lacking(&signs),
        other => ServiceError::Internal(other.into()),
    })
}

/// Refuses a text that no PDF can be made of.
///
/// # Errors
/// [`ServiceError::Refused`] that names the signs that the font lacks.
pub(crate) fn expect_writable(text: &str) -> Result<(), ServiceError> {
    let signs = lacking(text);
    if signs.is_empty() { Ok(()) } else { Err(sign_lacking(&signs)) }
}

fn sign_lacking(signs: &[char]) -> ServiceError {
    let signs = named(signs);
    ServiceError::refused_in_both(
        "sign-lacking",
        Bilingual::new(
            format!(
                "het lettertype van documenten heeft geen {signs}; zonder kan er geen pdf van worden gemaakt"
            ),
            format!("the font of documents has no {signs}; no PDF can be made of it"),
        ),
    )
}
