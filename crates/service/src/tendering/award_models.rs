//! How a lot is awarded: declared in the draft, frozen by publication.

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use crate::frame::load;
use crate::pso::pso_tables;
use crate::tendering::lots::change_draft;
use trede_base::record::Version;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_wire::score_file::AwardModelInput;

/// A lot's award model, as the JSON that was stored, with the version of the lot.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such lot, or it has no model yet.
pub fn get(services: &Services, actor: &Actor, at: LotPath) -> Result<(String, Version), ServiceError> {
    authorise(actor, at.municipality, Operation::GetAwardModel)?;
    services.db.read(|c| {
        let (_, lot) = load::lot(c, actor, at)?;
        let model = lot.award_model.ok_or(ServiceError::NotFound { what: "award model" })?;
        Ok((model, lot.record.version))
    })
}

/// Declares how a lot of a draft is awarded.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that makes the model unusable;
/// [`ServiceError::Refused`] after publication: criteria and weights may not change (C-6/15
/// Dimarso); [`ServiceError::VersionMismatch`] when the lot changed since `seen`.
pub fn replace(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    seen: Version,
    model: &AwardModelInput,
) -> Result<Lot, ServiceError> {
    authorise(actor, at.municipality, Operation::ReplaceAwardModel)?;
    let document = declared(services, model)?;
    let now = services.now();
    let act = services.act(actor, at.municipality, Operation::ReplaceAwardModel, format!("{at}/award-model"));
    services.db.write(&act, |c| {
        change_draft(c, at, seen, now, |lot| {
            lot.award_model = Some(document.clone());
        })
    })
}

/// The document of a model that can be used, as it is stored.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that makes the model unusable.
pub(crate) fn declared(services: &Services, model: &AwardModelInput) -> Result<String, ServiceError> {
    let model = with_added_ladder(services, model)?;
    let mut findings = Findings::default();
    if let Err(errors) = model.declare(None) {
        findings.of_engine("", errors);
    }
    findings.into_result()?;
    serde_json::to_string(&model).map_err(|error| ServiceError::Internal(error.into()))
}

/// The model with its ladder inside, when that is one which the operator added: a score file holds all that it
/// rests on.
fn with_added_ladder(services: &Services, model: &AwardModelInput) -> Result<AwardModelInput, ServiceError> {
    let mut model = model.clone();
    if let Some(rules) = &mut model.pso
        && rules.ladder.is_none()
        && let Some(named) = &rules.ladder_version
        && let Some(added) = services.db.read(|c| pso_tables::added_ladder(c, named))?
    {
        rules.ladder = Some(added.ladder());
        rules.ladder_version = None;
    }
    Ok(model)
}
