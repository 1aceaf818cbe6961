//! Comparisons of social return policies, without the store.

use crate::exchange::score_result::LanguageCode;
use crate::exchange::social_return_comparison::{ComparisonInput, ComparisonResult};
use crate::service::access::{Operation, authorise_national};
use crate::service::actor::Actor;
use crate::service::error::ServiceError;
use crate::service::findings::Findings;

/// Compares two policies, and what a case is worth under each; nothing is stored.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong with the policies and the contract.
pub fn compare(
    actor: &Actor,
    input: &ComparisonInput,
    language: LanguageCode,
    explain: bool,
) -> Result<ComparisonResult, ServiceError> {
    authorise_national(actor, Operation::ComparePolicies)?;
    let read = Findings::default().unless_found("", input.read())?;
    Ok(input.compare(&read, language, explain))
}
