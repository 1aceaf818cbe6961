//! Fixes the scores for quality: everything that is due is in, and from then on none of it changes, unless it is
//! reopened before the price envelopes are.

use std::collections::BTreeSet;

use crate::Services;
use crate::assessing::disqualifications;
use crate::assessing::dossier::{Dossier, Scene};
use crate::assessing::interests::{expect_all_decided, expect_quality_open, panel};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load;
use crate::frame::opened::expect_handed_over;
use crate::tendering::declared_models::{assessed, award_model};
use crate::tendering::steps::{Taking, take};
use trede_model::assessing::assessment::{Assessment, AssessmentKind};
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::{Lot, LotPath, StepGrounds};
use trede_model::tendering::procedure::Step;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::{AwardModelInput, ScoreCombinationInput};

/// As many things that are due are named at the most.
const NAMED: usize = 50;

/// Fixes the quality of the bids on the lot. After it prices may be looked at.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, when it is fixed already, when nothing was decided about a
/// declared interest, or while assessments are due: each is named.
pub fn conclude(services: &Services, actor: &Actor, at: LotPath) -> Result<Lot, ServiceError> {
    const OPERATION: Operation = Operation::ConcludeQuality;
    authorise(actor, at.municipality, OPERATION)?;
    let taking = Taking {
        step: Step::FixQuality,
        act: services.act(actor, at.municipality, OPERATION, at.to_string()),
        grounds: StepGrounds::default(),
    };
    services.db.write(&taking.act, |c| {
        let Scene { tender, lot, dossier } = Scene::load(c, actor, at, &taking.act)?;
        lot.state.after(Step::FixQuality)?;
        expect_handed_over(c, &tender, &lot)?;
        expect_quality_open(&lot)?;
        expect_all_decided(&dossier, ["", ""])?;
        let bids = store::bidding::bids::all_of_lot(c, at.municipality, at.lot)?;
        let dropped = disqualifications::standing(&dossier);
        let bids = bids.iter().map(|bid| bid.id).filter(|bid| !dropped.contains_key(bid)).collect();
        let assessments = store::assessing::assessments::all_of_lot(c, at.municipality, at.lot)?;
        expect_complete(&award_model(&lot)?, &dossier, &bids, &assessments)?;
        take(c, &tender, lot, &taking)
    })
}

/// Lets scores for quality change again that were fixed by mistake. Only where the prices are in envelopes of
/// their own that nobody opened: else they were known from the moment at which the quality was fixed.
///
/// # Errors
/// [`ServiceError::Refused`] when the quality is not fixed, or prices are or may be known;
/// [`ServiceError::Invalid`] without a reason.
pub fn reopen(services: &Services, actor: &Actor, at: LotPath, reason: String) -> Result<Lot, ServiceError> {
    const OPERATION: Operation = Operation::ReopenQuality;
    authorise(actor, at.municipality, OPERATION)?;
    let mut findings = Findings::default();
    findings.needed_text("/reason", &reason, TEXT);
    findings.into_result()?;
    let taking = Taking {
        step: Step::ReopenQuality,
        act: services.act(actor, at.municipality, OPERATION, at.to_string()),
        grounds: StepGrounds { reason: Some(reason), ..StepGrounds::default() },
    };
    services.db.write(&taking.act, |c| {
        let (tender, lot) = load::lot(c, actor, at)?;
        if !tender.facts.has_price_envelope() || lot.prices_opened_at.is_some() {
            let detail = "prices may be known since the quality was fixed, so no score changes any more";
            return Err(ServiceError::refused("prices-known", detail));
        }
        if lot.quality_fixed_at.is_none() {
            let detail = "the scores for quality are not fixed, so they can change";
            return Err(ServiceError::refused("quality-open", detail));
        }
        take(c, &tender, lot, &taking)
    })
}

/// Refuses to evaluate what was not fixed: prices would be known while scores can change.
pub(crate) fn expect_concluded(lot: &Lot, model: &AwardModelInput) -> Result<(), ServiceError> {
    if lot.quality_fixed_at.is_some() || assessed(&model.criteria).is_empty() {
        return Ok(());
    }
    Err(ServiceError::refused(
        "quality-open",
        "the scores for quality are not fixed; conclude the quality before the bids are evaluated",
    ))
}

/// Refuses what leaves a bid without a score that is due.
pub(crate) fn expect_scored(
    c: &mut AnyConnection,
    at: LotPath,
    scene: &Scene,
    bid: BidId,
) -> Result<(), ServiceError> {
    let assessments = store::assessing::assessments::all_of_lot(c, at.municipality, at.lot)?;
    expect_complete(&award_model(&scene.lot)?, &scene.dossier, &[bid].into(), &assessments)
}

fn expect_complete(
    model: &AwardModelInput,
    dossier: &Dossier,
    bids: &BTreeSet<BidId>,
    assessments: &[Assessment],
) -> Result<(), ServiceError> {
    let due = due(model, dossier, bids, assessments);
    if due.is_empty() {
        return Ok(());
    }
    let more = due.len().saturating_sub(NAMED);
    let named = due.get(..NAMED).unwrap_or(&due);
    let listed = |of: fn(&Bilingual) -> &str| named.iter().map(of).collect::<Vec<_>>().join("; ");
    let mut told = Bilingual::new(listed(|due| &due.dutch), listed(|due| &due.english));
    if more > 0 {
        told.dutch.push_str(&format!("; en nog {more}"));
        told.english.push_str(&format!("; and {more} more"));
    }
    Err(ServiceError::refused_in_both("assessments-due", told))
}

/// What is still due, each in words of both languages.
fn due(
    model: &AwardModelInput,
    dossier: &Dossier,
    bids: &BTreeSet<BidId>,
    assessments: &[Assessment],
) -> Vec<Bilingual> {
    let panel = panel(dossier);
    let combine = model.assessment.as_ref().map(|rule| rule.combine);
    let mut due = Vec::new();
    for (criterion, _) in assessed(&model.criteria) {
        for bid in bids {
            let of_both: Vec<&Assessment> = assessments
                .iter()
                .filter(|given| given.submitted_at.is_some())
                .filter(|given| given.bid == *bid && given.criterion == criterion)
                .collect();
            let is_agreed = of_both.iter().any(|given| given.kind == AssessmentKind::Consensus);
            let has_scored = |assessor: &str| {
                let mut alone = of_both.iter().filter(|given| given.kind == AssessmentKind::Individual);
                alone.any(|given| given.assessor == assessor)
            };
            let due_of = |dutch: String, english: String| {
                Bilingual::new(
                    format!("{dutch} op criterium `{criterion}` van inschrijving {bid}"),
                    format!("{english} on criterion `{criterion}` of bid {bid}"),
                )
            };
            let a_score = || due_of("een score".to_owned(), "a score".to_owned());
            if combine.is_none() {
                if !is_agreed && !panel.iter().any(|assessor| has_scored(assessor)) {
                    due.push(a_score());
                }
                continue;
            }
            due.extend(panel.iter().filter(|assessor| !has_scored(assessor)).map(|assessor| {
                due_of(format!("de score van {assessor}"), format!("the score of {assessor}"))
            }));
            if combine == Some(ScoreCombinationInput::Consensus) && !is_agreed {
                due.push(due_of("de consensus".to_owned(), "the consensus".to_owned()));
            }
            if combine.is_some_and(ScoreCombinationInput::is_calculated) && panel.is_empty() {
                due.push(a_score());
            }
        }
    }
    due
}
