//! Scores with their motivations, by assessors, between the opening and the proposal to award.

use crate::domain::assessment::{Assessment, AssessmentId, AssessmentKind};
use crate::domain::bid::BidId;
use crate::domain::lot::{Lot, LotPath};
use crate::domain::page::{Page, PageRequest};
use crate::domain::procedure::State;
use crate::domain::record::{Record, Version};
use crate::exchange::score_file::{AwardModelInput, ScoreCombinationInput};
use crate::service::Services;
use crate::service::access::{Operation, authorise, sees_all_scores};
use crate::service::actor::Actor;
use crate::service::acts::{expect_version, new_id};
use crate::service::bids::expect_opened;
use crate::service::error::ServiceError;
use crate::service::findings::{Findings, TEXT};
use crate::service::load;
use crate::service::score_input::{assessed, award_model};
use crate::storage;
use crate::storage::assessments::Sight;
use crate::storage::connection::AnyConnection;

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
/// scored this already or the award model has no use for another score;
/// [`ServiceError::Invalid`] when there is no such bid or assessed criterion, or the score is not on its
/// scale.
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
        check_on_scale(&model, &assessment)?;
        if storage::bids::find(c, at.municipality, at.lot, assessment.bid)?.is_none() {
            return Err(ServiceError::invalid("/bidId", "bid-unknown", "there is no such bid on this lot"));
        }
        check_combines(c, &model, &assessment)?;
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

/// Refuses at the door what the evaluation would refuse: by then the assessor may be gone.
fn check_on_scale(model: &AwardModelInput, assessment: &Assessment) -> Result<(), ServiceError> {
    let criteria = assessed(&model.criteria);
    let Some((_, scale)) = criteria.iter().find(|(id, _)| *id == assessment.criterion) else {
        let detail = "the award model has no criterion of this id that is assessed";
        return Err(ServiceError::invalid("/criterion", "criterion-unknown", detail));
    };
    let Some(Err(error)) = scale.map(|scale| scale.read(&assessment.score)) else {
        return Ok(());
    };
    Err(ServiceError::invalid("/score", "score-off-scale", error.to_string()))
}

/// A score that the model has no use for is refused when it is given, not when the bids are evaluated.
fn check_combines(
    c: &mut AnyConnection,
    model: &AwardModelInput,
    assessment: &Assessment,
) -> Result<(), ServiceError> {
    let combine = model.assessment.as_ref().map(|rule| rule.combine);
    match (assessment.kind, combine) {
        (AssessmentKind::Consensus, Some(ScoreCombinationInput::Mean)) => Err(ServiceError::refused(
            "consensus-not-asked",
            "the award model takes the mean of the assessors, so there is no consensus score",
        )),
        (AssessmentKind::Individual, None) if storage::assessments::another_scored(c, assessment)? => {
            Err(ServiceError::refused(
                "scores-not-combined",
                "another assessor scored this criterion of this bid, and the award model does not say how \
                 scores are combined (`assessment`); give what you agree on as a consensus",
            ))
        }
        _ => Ok(()),
    }
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
/// another's, [`ServiceError::Refused`] after a proposal to award, [`ServiceError::Invalid`] when the score
/// is not on the criterion's scale.
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
            storage::assessments::find(c, at.municipality, at.lot, id, Sight::All)?.ok_or(NO_ASSESSMENT)?;
        if assessment.assessor != actor.subject {
            let detail = "an assessor changes its own scores only";
            return Err(ServiceError::NotTheirs { code: "another-assessor", detail });
        }
        expect_version(assessment.record.version, seen)?;
        expect_being_assessed(&found)?;
        score.clone_into(&mut assessment.score);
        motivation.clone_into(&mut assessment.motivation);
        check_on_scale(&award_model(&found)?, &assessment)?;
        assessment.record = assessment.record.changed(now);
        storage::assessments::update(c, &assessment)?;
        Ok(assessment)
    })
}

fn sight(actor: &Actor) -> Sight<'_> {
    if sees_all_scores(actor) { Sight::All } else { Sight::OwnAndAgreed(&actor.subject) }
}

/// One assessment.
///
/// # Errors
/// [`ServiceError::NotFound`] when the lot has none of that id, or none that the caller may see.
pub fn get(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: AssessmentId,
) -> Result<Assessment, ServiceError> {
    authorise(actor, at.municipality, Operation::GetAssessment)?;
    services.db.read(|c| {
        expect_opened(c, actor, at)?;
        storage::assessments::find(c, at.municipality, at.lot, id, sight(actor))?.ok_or(NO_ASSESSMENT)
    })
}

/// One page of the assessments of a lot that the caller may see.
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
        Ok(storage::assessments::list(c, at.municipality, at.lot, sight(actor), request)?)
    })
}
