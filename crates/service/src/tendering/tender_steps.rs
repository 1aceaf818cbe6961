//! The steps that a whole tender takes: publication and cancellation.

use chrono::{DateTime, SubsecRound, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load::NO_TENDER;
use crate::tendering::declared_models::{assessed, award_model, has_prices};
use crate::tendering::purchasing_policies;
use crate::tendering::steps::{Taking, take};
use crate::tendering::tenders::{TenderView, view};
use trede_base::ids::MunicipalityId;
use trede_model::tendering::lot::{Lot, StepGrounds};
use trede_model::tendering::procedure::Step;
use trede_model::tendering::tender::{PublicationObstacle, Tender, TenderId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Makes the tender public and freezes the award models of its lots.
///
/// # Errors
/// [`ServiceError::Refused`] with everything that the tender still lacks, when it is no draft, or when its bids
/// are to be kept here and the operator configured no key to seal them.
pub fn publish(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
) -> Result<TenderView, ServiceError> {
    publish_since(services, actor, municipality, id, None)
}

/// Makes the tender public, or records that a platform which keeps the bids made it public at a moment that it
/// attests.
///
/// # Errors
/// As [`publish`]; [`ServiceError::Invalid`] when the moment lies in the future.
pub(crate) fn publish_since(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
    attested_at: Option<DateTime<Utc>>,
) -> Result<TenderView, ServiceError> {
    authorise(actor, municipality, Operation::PublishTender)?;
    let attested_at = attested_at.map(|at| at.trunc_subsecs(6));
    let grounds = StepGrounds { attested_at, ..StepGrounds::default() };
    let operation = (Operation::PublishTender, Step::Publish);
    let taking = taking(services, actor, (municipality, id), operation, grounds);
    let published_at = attested_at.unwrap_or(taking.act.at);
    if published_at > taking.act.at {
        let detail = "a publication lies in the past";
        return Err(ServiceError::invalid("/publishedAt", "publication-in-the-future", detail));
    }
    // Made here, since the write may run twice.
    let key = services.fresh_tender_key(municipality, id);
    step(services, municipality, id, &taking, |c, tender, lots| {
        // Said before what is lacking: what is published already lacks nothing.
        for lot in lots.iter() {
            lot.state.after(Step::Publish)?;
        }
        let mut obstacles = tender.publication_obstacles(lots, published_at);
        let have_models = lots.iter().all(|lot| lot.award_model.is_some());
        if tender.facts.has_price_envelope() && have_models && !are_any_in_two_envelopes(lots)? {
            obstacles.push(PublicationObstacle::NothingInTwoEnvelopes);
        }
        if !obstacles.is_empty() {
            let all: Vec<_> = obstacles.iter().map(ToString::to_string).collect();
            return Err(ServiceError::refused(
                "tender-incomplete",
                format!("the tender cannot be published: {}", all.join("; ")),
            ));
        }
        // What a platform published is public, whatever was asked here.
        if attested_at.is_none() {
            purchasing_policies::expect_kept(c, tender, lots, published_at)?;
        }
        let split = services.fresh_split(c, tender)?;
        if tender.facts.is_sealed_here() {
            let key = split.as_ref().map_or(key.as_ref(), Ok).map_err(Clone::clone)?;
            store::bidding::tender_keys::insert(c, key, taking.act.at)?;
        }
        tender.published_at = Some(published_at);
        Ok(())
    })
}

/// Whether a lot has what belongs in the one envelope, and what belongs in the other.
fn are_any_in_two_envelopes(lots: &[Lot]) -> Result<bool, ServiceError> {
    for lot in lots {
        let model = award_model(lot)?;
        if !assessed(&model.criteria).is_empty() && has_prices(&model.criteria) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Calls the whole tender off: every lot that has not ended yet; a proposed award falls with its lot.
///
/// # Errors
/// [`ServiceError::Refused`] when it is a draft, or every lot has ended.
pub fn cancel(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
    reason: String,
) -> Result<TenderView, ServiceError> {
    authorise(actor, municipality, Operation::CancelTender)?;
    let mut findings = Findings::default();
    findings.needed_text("/reason", &reason, TEXT);
    findings.into_result()?;
    let grounds = StepGrounds { reason: Some(reason), ..StepGrounds::default() };
    let taking =
        taking(services, actor, (municipality, id), (Operation::CancelTender, Step::Cancel), grounds);
    step(services, municipality, id, &taking, |_, _, lots| {
        leave_out_ended(lots);
        Ok(())
    })
}

/// A lot that ended takes no step any more, and must not keep the others from taking theirs. When all have
/// ended they stay, so that the refusal says so.
pub(crate) fn leave_out_ended(lots: &mut Vec<Lot>) {
    if !lots.iter().all(|lot| lot.state.is_final()) {
        lots.retain(|lot| !lot.state.is_final());
    }
}

fn taking(
    services: &Services,
    actor: &Actor,
    (municipality, id): (MunicipalityId, TenderId),
    (operation, step): (Operation, Step),
    grounds: StepGrounds,
) -> Taking {
    let act = services.act(actor, municipality, operation, format!("tenders/{id}"));
    Taking { step, act, grounds }
}

/// Takes one step with all lots that `prepare` leaves in.
fn step(
    services: &Services,
    municipality: MunicipalityId,
    id: TenderId,
    taking: &Taking,
    prepare: impl Fn(&mut AnyConnection, &mut Tender, &mut Vec<Lot>) -> Result<(), ServiceError>,
) -> Result<TenderView, ServiceError> {
    services.db.write(&taking.act, |c: &mut AnyConnection| {
        let mut tender = store::tendering::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
        let mut lots = store::tendering::lots::all_of_tender(c, municipality, id)?;
        prepare(c, &mut tender, &mut lots)?;
        if lots.is_empty() {
            return Err(ServiceError::refused("state-forbids", "the tender is a draft without lots"));
        }
        for lot in lots {
            let lot = take(c, &tender, lot, taking)?;
            if taking.step == Step::Cancel {
                store::awarding::award_decisions::withdraw(c, lot.municipality, lot.id, taking.act.at)?;
            }
        }
        tender.record = tender.record.changed(taking.act.at);
        store::tendering::tenders::update(c, &tender)?;
        view(c, tender, taking.act.at)
    })
}
