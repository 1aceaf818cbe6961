//! What the award model that a lot declares asks: which criteria are assessed, and which rest on a price.

use trede_model::tendering::lot::Lot;
use trede_wire::score_file::{AwardModelInput, CriterionInput, CriterionKindInput, ScaleInput};

use crate::frame::error::ServiceError;

/// The lot's award model; a published lot has one.
pub(crate) fn award_model(lot: &Lot) -> Result<AwardModelInput, ServiceError> {
    let document = lot.award_model.as_deref().ok_or(ServiceError::NotFound { what: "award model" })?;
    serde_json::from_str(document).map_err(|error| ServiceError::Internal(error.into()))
}

/// The criteria that assessors score, however deep they stand, with their scales.
pub(crate) fn assessed(criteria: &[CriterionInput]) -> Vec<(&str, Option<&ScaleInput>)> {
    criteria
        .iter()
        .flat_map(|criterion| {
            let own = (criterion.kind == CriterionKindInput::AssessedQuality)
                .then_some((criterion.id.as_str(), criterion.scale.as_ref()));
            own.into_iter().chain(assessed(&criterion.criteria))
        })
        .collect()
}

/// Whether a criterion, however deep it stands, is scored by what is in the price envelope.
pub(crate) fn has_prices(criteria: &[CriterionInput]) -> bool {
    criteria.iter().any(|criterion| {
        matches!(criterion.kind, CriterionKindInput::Price | CriterionKindInput::LifeCycleCost)
            || has_prices(&criterion.criteria)
    })
}
