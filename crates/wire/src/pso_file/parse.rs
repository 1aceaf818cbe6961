//! Reading a PSO file, and refusing what may not be in it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{PsoFile, place_of_bsn};
use crate::json::{JsonError, parse};

/// Why bytes are no PSO file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PsoFileError {
    /// Something in it passes the test for a BSN. It is not repeated here.
    #[error(
        "{pointer}: nine digits here pass the test for a BSN, which may not be given or kept; \
         use a pseudonym such as \"W-12\", and write an order number that passes by chance in two parts"
    )]
    HoldsBsn {
        /// JSON pointer of the place.
        pointer: String,
    },
    /// It is no JSON, or not of the shape that is expected.
    #[error(transparent)]
    Json(#[from] JsonError),
}

/// Reads a PSO file.
///
/// # Errors
/// When something in it passes the test for a BSN, or at the first place that has not the right shape.
pub fn parse_pso_file(bytes: &[u8]) -> Result<PsoFile, PsoFileError> {
    parse_without_bsn(bytes)
}

/// Reads a document in which no BSN may stand.
///
/// # Errors
/// When something in it passes the test for a BSN, or at the first place that has not the right shape.
pub fn parse_without_bsn<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, PsoFileError> {
    // What is no JSON at all is told with its place by the second reading.
    let document: Value = serde_json::from_slice(bytes).unwrap_or_default();
    match place_of_bsn(&document) {
        Some(pointer) => {
            let pointer = if pointer.is_empty() { "/".to_owned() } else { pointer };
            Err(PsoFileError::HoldsBsn { pointer })
        }
        None => Ok(parse(bytes)?),
    }
}
