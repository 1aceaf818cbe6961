//! Evaluations: a lot scored by what is stored, kept as a snapshot that never changes.

use std::collections::BTreeSet;

use crate::Services;
use crate::assessing::disqualifications::{self, stage_of};
use crate::assessing::dossier::Dossier;
use crate::assessing::quality::expect_concluded;
use crate::assessing::score_input::gather;
use crate::awarding::drawings;
use crate::bidding::originals::expect_unaltered;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::{Bilingual, Finding, ServiceError};
use crate::frame::findings::{Findings, TEXT, TITLE, of_engine};
use crate::frame::load;
use crate::frame::opened::{expect_handed_over, expect_opened, expect_prices_opened};
use crate::tendering::declared_models::award_model;
use crate::tendering::steps::{Taking, take};
use trede_base::page::{Page, PageRequest};
use trede_model::awarding::evaluation::{Evaluation, EvaluationId, EvaluationSummary};
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::{Lot, LotPath, StepGrounds};
use trede_model::tendering::procedure::Step;
use trede_model::tendering::tender::Tender;
use trede_rules::award::drawing::is_in_order_of;
use trede_rules::explaining::Language;
use trede_rules::explaining::finding::FindingCode;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::canonical_bytes;
use trede_wire::score_file::{DrawingInput, ExclusionInput, ScoreFile};
use trede_wire::score_result::{Failure, LanguageCode, ResultOptions, ScoreResult, score_whatever_size};

pub use crate::assessing::score_input::Additions;

/// What is asked of an evaluation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewEvaluation {
    /// Why it is made; a correction must say what it corrects.
    pub reason: Option<String>,
    /// The language of its explanation.
    pub language: LanguageCode,
    /// What the buyer adds to the facts that are stored. Exclusions of the latest evaluation carry over.
    pub additions: Additions,
    /// Bids that the latest evaluation excluded, and that take part again.
    pub readmitted: BTreeSet<BidId>,
}

/// Scores the lot by what is stored now, and keeps input and result.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, after a proposal to award, when scores are missing
/// or do not fit the award model, or when the facts changed while they were scored;
/// [`ServiceError::Invalid`] when a text is missing or of no use, a correction gives no reason, or an
/// exclusion names no bid.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewEvaluation,
) -> Result<Evaluation, ServiceError> {
    authorise(actor, at.municipality, Operation::CreateEvaluation)?;
    check(&new)?;
    let id = new_id();
    let taking = Taking {
        step: Step::Evaluate,
        act: services.act(
            actor,
            at.municipality,
            Operation::CreateEvaluation,
            format!("{at}/evaluations/{id}"),
        ),
        grounds: StepGrounds { reason: new.reason.clone(), ..StepGrounds::default() },
    };
    // The engine works outside the transaction: it may take a while, and others want to write.
    let mut facts = services.db.read(|c| {
        let facts = facts(c, actor, at, &new, &taking)?;
        expect_unaltered(c, services, &facts.tender, &facts.lot)?;
        Ok::<_, ServiceError>(facts)
    })?;
    let options = ResultOptions { language: new.language, explain: true, analyse: true };
    let (drawing, result) = score_with_drawing(&mut facts, options)?;
    let mut evaluation = Evaluation {
        summary: EvaluationSummary {
            municipality: at.municipality,
            lot: at.lot,
            id,
            sequence: 1,
            reason: new.reason.clone(),
            fingerprint: result.input_fingerprint.clone(),
            engine_version: result.engine_version.clone(),
            created_at: taking.act.at,
            created_by: actor.subject.clone(),
        },
        input: String::from_utf8(canonical_bytes(&facts.input))
            .map_err(|error| ServiceError::Internal(error.into()))?,
        result: document(&result)?,
    };
    services.db.write(&taking.act, |c| {
        let mut found = self::facts(c, actor, at, &new, &taking)?;
        found.draw(drawing.as_ref());
        if found.input != facts.input {
            return Err(ServiceError::refused(
                "facts-changed",
                "bids or scores changed while they were being scored; try again",
            ));
        }
        evaluation.summary.sequence =
            store::awarding::evaluations::latest_sequence(c, at.municipality, at.lot)?.saturating_add(1);
        if evaluation.summary.sequence > 1 && evaluation.summary.reason.is_none() {
            let detail = "the lot was evaluated before; say what this evaluation corrects";
            return Err(ServiceError::invalid("/reason", "reason-needed", detail));
        }
        take(c, &found.tender, found.lot, &taking)?;
        Ok(store::awarding::evaluations::insert(c, &evaluation)?)
    })?;
    Ok(evaluation)
}

fn check(new: &NewEvaluation) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.optional_text("/reason", new.reason.as_deref(), TEXT);
    for (bid, exclusion) in &new.additions.exclusions {
        findings.needed_text(&format!("/exclusions/{bid}/reason"), &exclusion.reason, TEXT);
    }
    if let Some(drawing) = &new.additions.drawing {
        findings.needed_text("/drawing/place", &drawing.place, TITLE);
        findings.needed_text("/drawing/performedBy", &drawing.performed_by, TITLE);
    }
    findings.into_result()
}

struct Facts {
    tender: Tender,
    lot: Lot,
    input: ScoreFile,
    /// The drawings of the lot, the last first; none when the evaluation is told of one.
    drawings: Vec<DrawingInput>,
}

impl Facts {
    fn draw(&mut self, drawing: Option<&DrawingInput>) {
        if let (Some(drawing), Some(lot)) = (drawing, self.input.lots.first_mut()) {
            lot.drawing = Some(drawing.clone());
        }
    }
}

/// Scores with the last drawing that is about the bids that are equal now; without one, a tie stays open.
fn score_with_drawing(
    facts: &mut Facts,
    options: ResultOptions,
) -> Result<(Option<DrawingInput>, ScoreResult), ServiceError> {
    let undrawn = facts.input.clone();
    for drawing in std::mem::take(&mut facts.drawings) {
        facts.draw(Some(&drawing));
        match score_whatever_size(&facts.input, options) {
            Ok(result) => return Ok((Some(drawing), result)),
            Err(failure) if is_about_other_bids(&failure) => {}
            Err(failure) => return Err(incomplete(failure)),
        }
    }
    facts.input = undrawn;
    score_whatever_size(&facts.input, options).map(|result| (None, result)).map_err(incomplete)
}

fn is_about_other_bids(failure: &Failure) -> bool {
    failure.0.iter().all(|finding| finding.code == FindingCode::DrawingMismatch)
}

fn facts(
    c: &mut AnyConnection,
    actor: &Actor,
    at: LotPath,
    new: &NewEvaluation,
    taking: &Taking,
) -> Result<Facts, ServiceError> {
    let (tender, lot) = load::lot(c, actor, at)?;
    // Asked first, so that nothing is told of bids that are not open.
    lot.state.at(taking.act.at, tender.facts.deadline_at).after(taking.step)?;
    expect_handed_over(c, &tender, &lot)?;
    expect_concluded(&lot, &award_model(&lot)?)?;
    expect_prices_opened(&tender, &lot)?;
    let dossier = Dossier::load(c, at)?;
    let additions = carried_over(c, &tender, &lot, new, &dossier)?;
    let input = gather(c, &tender, &lot, &additions)?;
    let drawings = match new.additions.drawing {
        Some(_) => Vec::new(),
        None => drawings::recorded(c, at, &dossier)?.into_iter().rev().collect(),
    };
    Ok(Facts { tender, lot, input, drawings })
}

/// What is asked for, with the exclusions of the latest evaluation: a correction of something else must
/// not let a bid in again unseen.
fn carried_over(
    c: &mut AnyConnection,
    tender: &Tender,
    lot: &Lot,
    new: &NewEvaluation,
    dossier: &Dossier,
) -> Result<Additions, ServiceError> {
    let at = lot.path();
    let latest = store::awarding::evaluations::latest(c, at.municipality, at.lot)?;
    let latest = latest.map(|latest| Additions::of(&latest)).transpose()?.unwrap_or_default();
    if let Some(drawing) = &new.additions.drawing {
        expect_undrawn(drawing, &drawings::recorded(c, at, dossier)?)?;
    }
    let mut exclusions = latest.exclusions;
    let recorded = disqualifications::recorded(dossier);
    exclusions.retain(|bid, _| !recorded.contains(bid));
    let mut findings = Findings::default();
    for bid in new.additions.exclusions.keys().filter(|bid| recorded.contains(bid)) {
        let detail = "the dossier says whether this bid takes part; disqualify it there, or revoke that";
        findings.add(&format!("/exclusions/{bid}"), "disqualified-by-record", detail);
    }
    for bid in &new.readmitted {
        if exclusions.remove(bid).is_none() {
            let detail = "the latest evaluation of the lot does not exclude this bid";
            findings.add(&format!("/exclusions/{bid}"), "bid-not-excluded", detail);
        }
    }
    findings.into_result()?;
    for (bid, told) in &new.additions.exclusions {
        // At which stage a bid drops out is not for the caller to say; it stays that at which it first did.
        let stage = exclusions.get(bid).map_or_else(|| stage_of(tender, lot), |before| Ok(before.stage))?;
        exclusions.insert(*bid, ExclusionInput { stage, reason: told.reason.clone() });
    }
    Ok(Additions { exclusions, drawing: new.additions.drawing.clone() })
}

/// Lots are drawn once: whoever does not like the order cannot draw again, whichever bids are equal now.
fn expect_undrawn(drawing: &DrawingInput, recorded: &[DrawingInput]) -> Result<(), ServiceError> {
    if recorded.iter().all(|held| is_in_order_of(&held.order, &drawing.order)) {
        return Ok(());
    }
    let detail = "lots were drawn between these bids already, in another order";
    Err(ServiceError::refused("lots-drawn", detail))
}

fn document(result: &ScoreResult) -> Result<String, ServiceError> {
    serde_json::to_string(result).map_err(|error| ServiceError::Internal(error.into()))
}

/// What is missing is not in the request but in what was stored before it.
fn incomplete(failure: Failure) -> ServiceError {
    let found: Vec<Finding> = failure.0.into_iter().map(of_engine).collect();
    let english: Vec<&str> = found.iter().map(|finding| finding.detail.as_str()).collect();
    let dutch: Vec<String> = found.iter().map(|finding| finding.clone().told(Language::Dutch)).collect();
    ServiceError::refused_in_both(
        "evaluation-incomplete",
        Bilingual::new(dutch.join(". "), english.join(". ")),
    )
}

/// One evaluation with its documents.
///
/// # Errors
/// [`ServiceError::NotFound`] when the lot has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: EvaluationId,
) -> Result<Evaluation, ServiceError> {
    authorise(actor, at.municipality, Operation::GetEvaluation)?;
    services.db.read(|c| {
        // Where there is an evaluation, the bids were opened.
        store::awarding::evaluations::find(c, at, id)?.ok_or(ServiceError::NotFound { what: "evaluation" })
    })
}

/// One page of the evaluations of a lot, without their documents, the first first.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening.
pub fn list(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    request: &PageRequest<EvaluationId>,
) -> Result<Page<EvaluationSummary>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListEvaluations)?;
    services.db.read(|c| {
        expect_opened(c, actor, at)?;
        Ok(store::awarding::evaluations::list(c, at.municipality, at.lot, request)?)
    })
}
