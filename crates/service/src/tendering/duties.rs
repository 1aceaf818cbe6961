//! Separation of duties (functiescheiding): what one person may not do together on one lot, where an authority says
//! so. It is asked at the act itself, by what the person did; roles in a token may be many.

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::tendering::duty::{Apart, Duty, DutySeparation};
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::Step;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// What is kept apart now.
///
/// # Errors
/// [`ServiceError::Forbidden`] when the caller may not read it.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<DutySeparation, ServiceError> {
    authorise(actor, municipality, Operation::GetDutySeparation)?;
    services.db.read(|c| {
        let found = store::frame::municipalities::find(c, municipality)?;
        found.ok_or(ServiceError::NotFound { what: "municipality" })?;
        current(c, municipality)
    })
}

/// Says what is kept apart from now on. What was done before stays done, and counts.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`.
pub fn replace(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    (seen, mut apart): (Version, Vec<Apart>),
) -> Result<DutySeparation, ServiceError> {
    const OPERATION: Operation = Operation::ReplaceDutySeparation;
    authorise(actor, municipality, OPERATION)?;
    apart.sort_unstable();
    apart.dedup();
    let act = services.act(actor, municipality, OPERATION, "duty-separation".to_owned());
    services.db.write(&act, |c| {
        let found = store::frame::municipalities::find(c, municipality)?;
        found.ok_or(ServiceError::NotFound { what: "municipality" })?;
        let before = current(c, municipality)?;
        expect_version(before.version, seen)?;
        let written = DutySeparation {
            municipality,
            version: before.version.next(),
            apart: apart.clone(),
            written: Some((act.at, act.actor.clone())),
        };
        store::tendering::duty_separations::insert(c, &written)?;
        Ok(written)
    })
}

fn current(c: &mut AnyConnection, municipality: MunicipalityId) -> Result<DutySeparation, ServiceError> {
    let written = store::tendering::duty_separations::latest(c, municipality)?;
    Ok(written.unwrap_or(DutySeparation {
        municipality,
        version: Version::FIRST,
        apart: Vec::new(),
        written: None,
    }))
}

/// The duty of who takes a step.
pub(crate) const fn duty_of(step: Step) -> Duty {
    match step {
        Step::Open | Step::OpenPrices => Duty::Opener,
        _ => Duty::Buyer,
    }
}

/// Refuses a person who did for this lot what the authority keeps apart from this duty.
pub(crate) fn expect_apart(
    c: &mut AnyConnection,
    at: LotPath,
    (person, duty): (&str, Duty),
) -> Result<(), ServiceError> {
    let apart = current(c, at.municipality)?.apart;
    for other in apart.iter().filter_map(|apart| apart.other_than(duty)) {
        if has_done(c, at, (person, other))? {
            let did = match other {
                Duty::Buyer => "took a step of the procedure",
                Duty::Assessor => "scored bids",
                Duty::Opener => "asked or agreed to open the bids",
            };
            let detail = format!(
                "the municipality keeps these duties apart, and you {did} of this lot: somebody else does this"
            );
            return Err(ServiceError::refused("duties-apart", detail));
        }
    }
    Ok(())
}

fn has_done(c: &mut AnyConnection, at: LotPath, (person, duty): (&str, Duty)) -> Result<bool, ServiceError> {
    match duty {
        Duty::Buyer => {
            let steps = store::tendering::lot_steps::list(c, at.municipality, at.lot)?;
            Ok(steps.iter().any(|step| step.actor == person && duty_of(step.step) == Duty::Buyer))
        }
        Duty::Assessor => {
            let scores = store::assessing::assessments::all_of_lot(c, at.municipality, at.lot)?;
            Ok(scores.iter().any(|score| score.assessor == person))
        }
        Duty::Opener => {
            let openings = store::bidding::openings::all_of_tender(c, at.municipality, at.tender)?;
            let has_opened = openings.iter().any(|opening| {
                let agreed = opening.confirmed.as_ref().is_some_and(|(who, _)| who == person);
                opening.requested_by == person || agreed
            });
            let givers = store::bidding::key_shares::givers_of_tender(c, at.municipality, at.tender)?;
            Ok(has_opened || givers.iter().any(|giver| giver == person))
        }
    }
}
