//! Scores with their motivations, by assessors, between the opening and the moment at which quality is fixed.

use crate::Services;
use crate::assessing::dossier::{Dossier, Told, record};
use crate::assessing::interests::{expect_may_score, expect_quality_open};
use crate::frame::access::{Operation, authorise, sees_all_scores};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load;
use crate::frame::opened::{expect_opened, opened};
use crate::tendering::declared_models::{assessed, award_model};
use crate::tendering::duties::expect_apart;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_formats::dossier::{AssessmentReopening, Fact};
use trede_model::assessing::assessment::{Assessment, AssessmentId, AssessmentKind};
use trede_model::bidding::bid::BidId;
use trede_model::tendering::duty::Duty;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::Tender;
use trede_store as store;
use trede_store::assessing::assessments::Sight;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::{AwardModelInput, ScoreCombinationInput};

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
    /// Whether it is handed in at once; else it is a draft, which its author can change.
    pub submitted: bool,
}

/// Stores the score that the caller gives.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, once the quality is fixed, or when the caller declared no
/// interests, has scored this already, or the award model has no use for another score;
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
    let now = services.now();
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
        submitted_at: new.submitted.then_some(now),
        record: Record::new(now),
    };
    let object = format!("{at}/assessments/{}", assessment.id);
    let act = services.act(actor, at.municipality, Operation::CreateAssessment, object);
    services.db.write(&act, |c| {
        let found = expect_opened(c, actor, at)?;
        expect_being_assessed(&found)?;
        expect_apart(c, at, (&assessment.assessor, Duty::Assessor))?;
        expect_may_score(&Dossier::load(c, at)?, &assessment.assessor)?;
        let model = award_model(&found)?;
        check_on_scale(&model, &assessment)?;
        if store::bidding::bids::find(c, at.municipality, at.lot, assessment.bid)?.is_none() {
            return Err(ServiceError::invalid("/bidId", "bid-unknown", "there is no such bid on this lot"));
        }
        check_combines(c, &model, &assessment)?;
        Ok(store::assessing::assessments::insert(c, &assessment)?)
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
pub(crate) fn check_on_scale(model: &AwardModelInput, assessment: &Assessment) -> Result<(), ServiceError> {
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
    if assessment.kind == AssessmentKind::Individual {
        expect_not_agreed(c, assessment)?;
    }
    match (assessment.kind, combine) {
        (AssessmentKind::Consensus, Some(ScoreCombinationInput::Consensus)) => Err(ServiceError::refused(
            "session-needed",
            "the award model scores by consensus: record the session in which it was reached",
        )),
        (AssessmentKind::Consensus, Some(_)) => Err(ServiceError::refused(
            "consensus-not-asked",
            "the award model calculates the score from those of the assessors, so there is no consensus score",
        )),
        (AssessmentKind::Individual, None)
            if store::assessing::assessments::another_scored(c, assessment)? =>
        {
            Err(ServiceError::refused(
                "scores-not-combined",
                "another assessor scored this criterion of this bid, and the award model does not say how \
                 scores are combined (`assessment`); give what you agree on as a consensus",
            ))
        }
        _ => Ok(()),
    }
}

/// Nobody scores alone any more what the assessors agreed on.
fn expect_not_agreed(c: &mut AnyConnection, assessment: &Assessment) -> Result<(), ServiceError> {
    let agreed = store::assessing::assessments::agreed(c, assessment)?;
    if agreed.is_none() {
        return Ok(());
    }
    Err(ServiceError::refused("consensus-held", "the assessors agreed on this criterion of this bid already"))
}

/// Once quality is fixed prices may be known, and no score changes until it is reopened.
pub(crate) fn expect_being_assessed(lot: &Lot) -> Result<(), ServiceError> {
    if !matches!(lot.state, State::Opened | State::Evaluated) {
        return Err(ServiceError::refused(
            "state-forbids",
            format!(
                "bids are scored between the opening and the proposal to award; the lot is «{}»",
                lot.state
            ),
        ));
    }
    expect_quality_open(lot)
}

fn expect_draft(assessment: &Assessment) -> Result<(), ServiceError> {
    if assessment.submitted_at.is_none() {
        return Ok(());
    }
    let detail =
        "the score was handed in and is locked; who leads the procedure can reopen it, with a reason";
    Err(ServiceError::refused("assessment-submitted", detail))
}

/// Changes a draft of the caller's own.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::NotTheirs`] for
/// another's, [`ServiceError::Refused`] when it was handed in or the quality is fixed,
/// [`ServiceError::Invalid`] when the score is not on the criterion's scale.
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
        let mut assessment = own(c, actor, at, id)?;
        expect_version(assessment.record.version, seen)?;
        expect_being_assessed(&found)?;
        expect_draft(&assessment)?;
        score.clone_into(&mut assessment.score);
        motivation.clone_into(&mut assessment.motivation);
        check_on_scale(&award_model(&found)?, &assessment)?;
        assessment.record = assessment.record.changed(now);
        store::assessing::assessments::update(c, &assessment)?;
        Ok(assessment)
    })
}

fn own(
    c: &mut AnyConnection,
    actor: &Actor,
    at: LotPath,
    id: AssessmentId,
) -> Result<Assessment, ServiceError> {
    let found = store::assessing::assessments::find(c, at.municipality, at.lot, id, Sight::All)?;
    let assessment = found.ok_or(NO_ASSESSMENT)?;
    if assessment.assessor == actor.subject {
        return Ok(assessment);
    }
    let detail = "an assessor changes its own scores only";
    Err(ServiceError::NotTheirs { code: "another-assessor", detail })
}

/// Hands a draft of the caller's own in: from then on it counts, and is locked.
///
/// # Errors
/// [`ServiceError::NotTheirs`] for another's, [`ServiceError::Refused`] when it was handed in already or the
/// quality is fixed.
pub fn submit(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: AssessmentId,
) -> Result<Assessment, ServiceError> {
    const OPERATION: Operation = Operation::SubmitAssessment;
    authorise(actor, at.municipality, OPERATION)?;
    let now = services.now();
    let act = services.act(actor, at.municipality, OPERATION, format!("{at}/assessments/{id}"));
    services.db.write(&act, |c| {
        let (_, found) = load::lot(c, actor, at)?;
        let mut assessment = own(c, actor, at, id)?;
        expect_being_assessed(&found)?;
        expect_draft(&assessment)?;
        expect_may_score(&Dossier::load(c, at)?, &assessment.assessor)?;
        if assessment.kind == AssessmentKind::Individual {
            expect_not_agreed(c, &assessment)?;
        }
        assessment.submitted_at = Some(now);
        assessment.record = assessment.record.changed(now);
        store::assessing::assessments::update(c, &assessment)?;
        Ok(assessment)
    })
}

/// Makes a score that was handed in a draft again. What it was, and why, stays in the dossier.
///
/// # Errors
/// [`ServiceError::NotFound`] when the lot has none of that id, [`ServiceError::Refused`] when it is a draft, the
/// assessors agreed on it already, or the quality is fixed.
pub fn reopen(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: AssessmentId,
    reason: &str,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::ReopenAssessment, |c, scene, act| {
        let mut findings = Findings::default();
        findings.needed_text("/reason", reason, TEXT);
        findings.into_result()?;
        let found = store::assessing::assessments::find(c, at.municipality, at.lot, id, Sight::All)?;
        let mut assessment = found.ok_or(NO_ASSESSMENT)?;
        expect_being_assessed(&scene.lot)?;
        if assessment.submitted_at.is_none() {
            return Err(ServiceError::refused(
                "assessment-draft",
                "the score is a draft; its author can change it",
            ));
        }
        if assessment.kind == AssessmentKind::Individual {
            expect_not_agreed(c, &assessment)?;
        }
        assessment.submitted_at = None;
        assessment.record = assessment.record.changed(act.at);
        store::assessing::assessments::update(c, &assessment)?;
        Ok(Fact::AssessmentReopened(AssessmentReopening {
            assessment_id: id,
            bid_id: assessment.bid,
            criterion: assessment.criterion,
            assessor: assessment.assessor,
            score: assessment.score,
            motivation: assessment.motivation,
            reason: reason.to_owned(),
        }))
    })
}

/// An assessor sees the scores of others once no score can change any more, whatever else the caller is: where
/// prices are in an envelope of their own, the quality can be reopened until that is opened.
fn sight<'a>(actor: &'a Actor, tender: &Tender, lot: &Lot) -> Sight<'a> {
    let are_final =
        if tender.facts.has_price_envelope() { lot.prices_opened_at } else { lot.quality_fixed_at };
    if sees_all_scores(actor) || are_final.is_some() {
        Sight::All
    } else {
        Sight::OwnAndAgreed(&actor.subject)
    }
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
    let assessment = services.db.read(|c| {
        let (tender, lot) = opened(c, actor, at)?;
        let found =
            store::assessing::assessments::find(c, at.municipality, at.lot, id, sight(actor, &tender, &lot))?;
        found.ok_or(NO_ASSESSMENT)
    })?;
    services.record_read(
        actor,
        at.municipality,
        Operation::GetAssessment,
        format!("{at}/assessments/{id}"),
    )?;
    Ok(assessment)
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
    let page = services.db.read(|c| {
        let (tender, lot) = opened(c, actor, at)?;
        let sight = sight(actor, &tender, &lot);
        Ok::<_, ServiceError>(store::assessing::assessments::list(
            c,
            at.municipality,
            at.lot,
            sight,
            request,
        )?)
    })?;
    services.record_read(actor, at.municipality, Operation::ListAssessments, format!("{at}/assessments"))?;
    Ok(page)
}
