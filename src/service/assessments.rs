//! Scores with their motivations, by assessors, between the opening and the proposal to award.

use crate::domain::assessment::{Assessment, AssessmentId, AssessmentKind};
use crate::domain::bid::BidId;
use crate::domain::lot::{Lot, LotPath};
use crate::domain::page::{Page, PageRequest};
use crate::domain::procedure::State;
use crate::domain::record::{Record, Version};
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::acts::{expect_version, new_id};
use crate::service::bids::expect_opened;
use crate::service::error::ServiceError;
use crate::service::findings::{Findings, TEXT};
use crate::service::load;
use crate::service::score_input::{assessed, award_model};
use crate::storage;

const NO_ASSESSMENT: ServiceError = ServiceError::NotFound { what: "assessment" };
/// The most characters of a score: a number, or the name of a mark.
const SCORE: usize = 100;

/// A score as it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAssessment {
    /// The bid.
    pub bid: BidId,
    /// The criterion, by its id in the award model.
    pub criterion: String,
    /// Whose score it is.
    pub kind: AssessmentKind,
    /// A number on the criterion's scale, or the name of a mark.
    pub score: String,
    /// Why this score.
    pub motivation: String,
}

/// Stores the score that the caller gives.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, after a proposal to award, or when the caller has
/// scored this already; [`ServiceError::Invalid`] when there is no such bid or assessed criterion.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewAssessment,
) -> Result<Assessment, ServiceError> {
    authorise(actor, at.municipality, Operation::CreateAssessment)?;
    check(&new.score, &new.motivation)?;
    let assessment = Assessment {
        municipality: at.municipality,
        lot: at.lot,
        id: new_id(),
        bid: new.bid,
        criterion: new.criterion,
        kind: new.kind,
        assessor: actor.subject.clone(),
        score: new.score,
        motivation: new.motivation,
        record: Record::new(services.now()),
    };
    let object = format!("{at}/assessments/{}", assessment.id);
    let act = services.act(actor, at.municipality, Operation::CreateAssessment, object);
    services.db.write(&act, |c| {
        let found = expect_opened(c, actor, at)?;
        expect_being_assessed(&found)?;
        let model = award_model(&found)?;
        if assessed(&model.criteria).iter().all(|(id, _)| *id != assessment.criterion) {
            let detail = "the award model has no criterion of this id that is assessed";
            return Err(ServiceError::invalid("/criterion", "criterion-unknown", detail));
        }
        if storage::bids::find(c, at.municipality, at.lot, assessment.bid)?.is_none() {
            return Err(ServiceError::invalid("/bidId", "bid-unknown", "there is no such bid on this lot"));
        }
        Ok(storage::assessments::insert(c, &assessment)?)
    })?;
    Ok(assessment)
}

fn check(score: &str, motivation: &str) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/score", score, SCORE);
    findings.needed_text("/motivation", motivation, TEXT);
    findings.into_result()
}

/// What was evaluated can still be corrected, by another evaluation; what was proposed is told.
fn expect_being_assessed(lot: &Lot) -> Result<(), ServiceError> {
    if matches!(lot.state, State::Opened | State::Evaluated) {
        return Ok(());
    }
    Err(ServiceError::refused(
        "state-forbids",
        format!("bids are scored between the opening and the proposal to award; the lot is «{}»", lot.state),
    ))
}

/// Changes a score of the caller's own.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::NotTheirs`] for
/// another's, [`ServiceError::Refused`] after a proposal to award.
pub fn update(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: AssessmentId,
    seen: Version,
    score: &str,
    motivation: &str,
) -> Result<Assessment, ServiceError> {
    const OPERATION: Operation = Operation::UpdateAssessment;
    authorise(actor, at.municipality, OPERATION)?;
    check(score, motivation)?;
    let now = services.now();
    let object = format!("{at}/assessments/{id}");
    let act = services.act(actor, at.municipality, OPERATION, object);
    services.db.write(&act, |c| {
        let (_, found) = load::lot(c, actor, at)?;
        let mut assessment =
            storage::assessments::find(c, at.municipality, at.lot, id)?.ok_or(NO_ASSESSMENT)?;
        if assessment.assessor != actor.subject {
            let detail = "an assessor changes its own scores only";
            return Err(ServiceError::NotTheirs { code: "another-assessor", detail });
        }
        expect_version(assessment.record.version, seen)?;
        expect_being_assessed(&found)?;
        score.clone_into(&mut assessment.score);
        motivation.clone_into(&mut assessment.motivation);
        assessment.record = assessment.record.changed(now);
        storage::assessments::update(c, &assessment)?;
        Ok(assessment)
    })
}

/// One assessment.
///
/// # Errors
/// [`ServiceError::NotFound`] when the lot has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: AssessmentId,
) -> Result<Assessment, ServiceError> {
    authorise(actor, at.municipality, Operation::GetAssessment)?;
    services.db.read(|c| {
        expect_opened(c, actor, at)?;
        storage::assessments::find(c, at.municipality, at.lot, id)?.ok_or(NO_ASSESSMENT)
    })
}

/// One page of the assessments of a lot.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening.
pub fn list(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    request: &PageRequest<AssessmentId>,
) -> Result<Page<Assessment>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListAssessments)?;
    services.db.read(|c| {
        expect_opened(c, actor, at)?;
        Ok(storage::assessments::list(c, at.municipality, at.lot, request)?)
    })
}
