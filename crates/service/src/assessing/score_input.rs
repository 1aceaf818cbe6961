//! What goes into the engine: model, bids and scores of a lot, as they are stored.

use std::collections::BTreeMap;

use crate::assessing::disqualifications;
use crate::assessing::dossier::Dossier;
use crate::assessing::interests::{Standing, standing};
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::Findings;
use crate::tendering::declared_models::{assessed, award_model};
use trede_formats::offer::OfferInput;
use trede_model::assessing::assessment::{Assessment, AssessmentKind};
use trede_model::awarding::evaluation::Evaluation;
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::tender::Tender;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::{
    AssessorScoreInput, AwardModelInput, BidInput, DrawingInput, ExclusionInput, LotInput, ScaleInput,
    ScoreFile, TenderInput,
};

/// What the buyer adds to the facts that are stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Additions {
    /// Bids that do not take part, or dropped out, with the reason.
    pub exclusions: BTreeMap<BidId, ExclusionInput>,
    /// The record of a drawing of lots that decided a tie.
    pub drawing: Option<DrawingInput>,
}

impl Additions {
    /// What the buyer added to an evaluation, read back from its stored input.
    pub(crate) fn of(evaluation: &Evaluation) -> Result<Self, ServiceError> {
        let input: ScoreFile =
            serde_json::from_str(&evaluation.input).map_err(|error| ServiceError::Internal(error.into()))?;
        let mut additions = Self::default();
        for lot in input.lots {
            additions.drawing = lot.drawing;
            for bid in lot.bids {
                let Some(exclusion) = bid.exclusion else { continue };
                let id = bid.id.parse().map_err(|error| ServiceError::Internal(Box::new(error)))?;
                additions.exclusions.insert(id, exclusion);
            }
        }
        Ok(additions)
    }
}

/// The score file of one lot.
pub(crate) fn gather(
    c: &mut AnyConnection,
    tender: &Tender,
    lot: &Lot,
    additions: &Additions,
) -> Result<ScoreFile, ServiceError> {
    let award_model = award_model(lot)?;
    let bids = store::bidding::bids::all_of_lot(c, lot.municipality, lot.id)?;
    let at = lot.path();
    let dossier = Dossier::load(c, at)?;
    let assessments = counting(c, at, &dossier)?;
    check_exclusions(&bids, additions)?;
    let exclusions = disqualifications::overlaid(&dossier, &additions.exclusions);
    let dropped = disqualifications::standing(&dossier);
    let is_left_out = |bid: &Bid| dropped.get(&bid.id).is_some_and(|(_, fact)| fact.is_left_out());
    let bids: Vec<_> = bids.into_iter().filter(|bid| !is_left_out(bid)).collect();
    expect_all_priced(&bids)?;
    let scores_are_combined = award_model.assessment.is_some();
    let bids = bids.iter().map(|bid| {
        let mut input = bid_input(bid)?;
        let of_bid = assessments.iter().filter(|assessment| assessment.bid == bid.id);
        let (agreed, individual): (Vec<_>, Vec<_>) =
            of_bid.partition(|assessment| assessment.kind == AssessmentKind::Consensus);
        // Where no rule combines scores, the one that the assessors agreed on takes the place of theirs.
        let is_agreed = |criterion: &str| agreed.iter().any(|agreed| agreed.criterion == criterion);
        for assessment in individual {
            if scores_are_combined || !is_agreed(&assessment.criterion) {
                add_individual_score(&mut input, assessment, scores_are_combined)?;
            }
        }
        for assessment in agreed {
            input.scores.insert(assessment.criterion.clone(), assessment.score.clone());
        }
        input.exclusion = exclusions.get(&bid.id).cloned();
        Ok(input)
    });
    Ok(ScoreFile {
        tender: tender_input(tender),
        lots: vec![LotInput {
            id: lot.id.to_string(),
            title: Some(lot.facts.title.clone()),
            bids: bids.collect::<Result<_, ServiceError>>()?,
            award_model,
            drawing: additions.drawing.clone(),
            reference_price: None,
        }],
    })
}

/// A bid whose price is unknown stands in no ranking, and must not fall out of it unseen.
fn expect_all_priced(bids: &[Bid]) -> Result<(), ServiceError> {
    let sealed: Vec<_> = bids.iter().filter(|bid| bid.price_sealed).map(|bid| bid.id.to_string()).collect();
    if sealed.is_empty() {
        return Ok(());
    }
    let sealed = sealed.join(", ");
    let told = Bilingual::new(
        format!(
            "de prijsenveloppen van deze inschrijvingen zijn niet geopend: {sealed}; open ze, of sluit een \
             inschrijving uit waarvan de enveloppe niet te lezen is"
        ),
        format!(
            "the price envelopes of these bids were not opened: {sealed}; open them, or disqualify the bid where \
             its envelope cannot be read"
        ),
    );
    Err(ServiceError::refused_in_both("prices-not-opened", told))
}

/// The scores that count: handed in, and not by an assessor who was barred.
pub(crate) fn counting(
    c: &mut AnyConnection,
    at: LotPath,
    dossier: &Dossier,
) -> Result<Vec<Assessment>, ServiceError> {
    let mut assessments = store::assessing::assessments::all_of_lot(c, at.municipality, at.lot)?;
    assessments.retain(|given| {
        let agreed = given.kind == AssessmentKind::Consensus;
        let counts = agreed || standing(dossier, &given.assessor) != Standing::Barred;
        counts && given.submitted_at.is_some()
    });
    Ok(assessments)
}

fn check_exclusions(bids: &[Bid], additions: &Additions) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    for id in additions.exclusions.keys().filter(|id| bids.iter().all(|bid| bid.id != **id)) {
        findings.add("/exclusions", "bid-unknown", format!("there is no bid {id} on this lot"));
    }
    findings.into_result()
}

/// Without a rule that combines scores there is one score: that of the one assessor. A second one must not
/// take its place unseen.
fn add_individual_score(
    input: &mut BidInput,
    assessment: &Assessment,
    scores_are_combined: bool,
) -> Result<(), ServiceError> {
    let (criterion, score) = (assessment.criterion.clone(), assessment.score.clone());
    if scores_are_combined {
        let scored = AssessorScoreInput { assessor: assessment.assessor.clone(), score };
        input.assessor_scores.entry(criterion).or_default().push(scored);
    } else if let Some(other) = input.scores.insert(criterion, score) {
        let Assessment { bid, criterion, score, .. } = assessment;
        let told = Bilingual::new(
            format!(
                "twee beoordelaars scoorden inschrijving {bid} op `{criterion}` ({other} en {score}), maar het \
                 gunningsmodel zegt niet hoe scores er één worden (`assessment`)"
            ),
            format!(
                "two assessors scored bid {bid} on `{criterion}` ({other} and {score}), but the award model does \
                 not say how scores are combined (`assessment`)"
            ),
        );
        return Err(ServiceError::refused_in_both("scores-not-combined", told));
    }
    Ok(())
}

fn bid_input(bid: &Bid) -> Result<BidInput, ServiceError> {
    let offer: OfferInput =
        serde_json::from_str(&bid.content).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(offer.into_bid(bid))
}

pub(crate) fn tender_input(tender: &Tender) -> TenderInput {
    let facts = &tender.facts;
    TenderInput {
        title: Some(facts.title.clone()),
        reference: facts.external_reference.clone(),
        buyer: Some(facts.buyer.clone()),
        above_threshold: facts.above_threshold,
        bids_due_on: facts.deadline_at.map(dutch_day),
        awarded_on: facts.award_on,
        lot_limit: None,
    }
}

/// Refuses an offer that the lot's model could never score: after the opening it would be too late
/// to correct it.
pub(crate) fn check_offer(
    tender: &Tender,
    award_model: AwardModelInput,
    mut input: BidInput,
) -> Result<(), ServiceError> {
    // The assessors score after the opening; any score on the scale stands for theirs.
    for (criterion, scale) in assessed(&award_model.criteria) {
        input.scores.insert(criterion.to_owned(), any_score(scale));
    }
    let alone = LotInput {
        id: "lot".to_owned(),
        title: None,
        award_model,
        bids: vec![input],
        drawing: None,
        reference_price: None,
    };
    let Err(found) = alone.to_lot(&tender_input(tender)) else {
        return Ok(());
    };
    let mut findings = Findings::default();
    for mut finding in found {
        let place = finding.place.strip_prefix("/bids/0").unwrap_or_default();
        finding.place = format!("/offer{place}");
        findings.of_engine("", vec![finding]);
    }
    findings.into_result()
}

fn any_score(scale: Option<&ScaleInput>) -> String {
    let mark = scale.and_then(|scale| scale.marks.first()).map(|mark| mark.mark.clone());
    let highest = scale.map(|scale| scale.highest.0.to_string());
    mark.or(highest).unwrap_or_default()
}
