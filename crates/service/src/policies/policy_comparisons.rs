//! Comparisons of social return policies: two that are given whole, or two that are stored.

use crate::Services;
use crate::frame::access::{Operation, authorise, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use crate::policies::social_return_policies::{find, input_of};
use trede_base::ids::MunicipalityId;
use trede_model::policies::policy::PolicyId;
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_comparison::{ComparedCase, ComparisonInput, ComparisonResult};

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

/// Compares two policies of the municipality or of its region, and what a case is worth under each.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no first policy, [`ServiceError::Invalid`] when there is no second one
/// or something is wrong with the contract.
pub fn compare_stored(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    (first, second): (PolicyId, PolicyId),
    case: ComparedCase,
    language: LanguageCode,
    explain: bool,
) -> Result<ComparisonResult, ServiceError> {
    authorise(actor, municipality, Operation::CompareStoredPolicies)?;
    let (first, second) = services.db.read(|c| {
        let first = find(c, municipality, first)?;
        let second = find(c, municipality, second).map_err(|error| match error {
            ServiceError::NotFound { .. } => {
                let detail = "neither the municipality nor its region has such a policy";
                ServiceError::invalid("/secondPolicyId", "policy-unknown", detail)
            }
            error => error,
        })?;
        Ok::<_, ServiceError>((first, second))
    })?;
    let input = ComparisonInput { first: input_of(&first)?, second: input_of(&second)?, case };
    let read = Findings::default().unless_found("", input.read())?;
    Ok(input.compare(&read, language, explain))
}
