//! The evaluation report of a lot, made from the record each time that it is asked for.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::assessing::disqualifications;
use crate::assessing::dossier::{Dossier, Told, record};
use crate::assessing::interests;
use crate::assessing::low_price_inquiries::inquiries;
use crate::awarding::awards;
use crate::awarding::evaluation_records::recorded;
use crate::awarding::seats::{Seat, Seats};
use crate::bidding::bids::name_in;
use crate::bidding::openings;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load;
use crate::frame::opened::expect_opened;
use crate::tendering::declared_models::award_model;
use trede_base::page::{PageRequest, Start};
use trede_formats::audit_anchor::AuditAnchor;
use trede_formats::dossier::{Fact, ReportItem, ReportSupplement};
use trede_formats::evaluation_report::{
    EvaluationReport, ReportAuthority, ReportCandidate, ReportCertificate, ReportDecision, ReportEvaluation,
    ReportHandOver, ReportInquiry, ReportLowPrices, ReportProcedure, ReportPsoClaim, ReportPsoEvidence,
    ReportStep,
};
use trede_formats::offer::OfferInput;
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::evaluation::Evaluation;
use trede_model::bidding::bid::Bid;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::procedure::{State, Step};
use trede_model::tendering::tender::Tender;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::{Anchor, Chain};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::euros::Euros;
use trede_wire::score_result::{LotResult, ScoreResult};

/// As many findings on the claims of one bid are read at the most.
const FINDINGS: u16 = 1000;

/// Adds to the dossier what the report asks for and follows from nothing else.
///
/// # Errors
/// [`ServiceError::Invalid`] when there is no text.
pub fn supplement(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    supplement: ReportSupplement,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::SupplementReport, |_, _, _| {
        let mut findings = Findings::default();
        findings.needed_text("/text", &supplement.text, TEXT);
        findings.into_result()?;
        Ok(Fact::ReportSupplemented(supplement.clone()))
    })
}

/// The report as the record is now.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening.
pub fn get(services: &Services, actor: &Actor, at: LotPath) -> Result<EvaluationReport, ServiceError> {
    authorise(actor, at.municipality, Operation::GetEvaluationReport)?;
    let (report, _) = made(services, actor, at)?;
    let object = format!("{at}/evaluation-report");
    services.record_read(actor, at.municipality, Operation::GetEvaluationReport, object)?;
    Ok(report)
}

/// The report, and when the lot last changed: from the same record the same.
pub(crate) fn made(
    services: &Services,
    actor: &Actor,
    at: LotPath,
) -> Result<(EvaluationReport, DateTime<Utc>), ServiceError> {
    services.db.read(|c| {
        expect_opened(c, actor, at)?;
        let (tender, lot) = load::lot(c, actor, at)?;
        let dossier = Dossier::load(c, at)?;
        let evaluations = store::awarding::evaluations::all_of_lot(c, at.municipality, at.lot)?;
        let result = evaluations.last().map(lot_result).transpose()?.flatten();
        let bids = store::bidding::bids::all_of_lot(c, at.municipality, at.lot)?;
        let decisions = store::awarding::award_decisions::all_of_lot(c, at.municipality, at.lot)?;
        let steps = store::tendering::lot_steps::list(c, at.municipality, at.lot)?;
        let assessments = store::assessing::assessments::all_of_lot(c, at.municipality, at.lot)?;
        let evidence = pso_evidence(c, at, &bids)?;
        let told = |made: &AwardDecision| decision(made, &evaluations, &dossier);
        let supplemented = |item: ReportItem| supplements(&dossier, item).next_back();
        let report = EvaluationReport {
            authority: authority(&tender, &lot),
            candidates: bids.iter().map(|bid| candidate(bid, result.as_ref(), &dossier)).collect(),
            abnormally_low: low_prices(result.as_ref(), &dossier),
            award: decisions.iter().rfind(|made| made.withdrawn_at.is_none()).map(&told),
            subcontracting: supplemented(ReportItem::Subcontracting),
            procedure: ReportProcedure {
                bid_custody: tender.facts.bid_custody.to_string(),
                bid_envelopes: tender.facts.bid_envelopes.to_string(),
                deadline_at: tender.facts.deadline_at,
                negotiated: supplemented(ReportItem::NegotiatedProcedure),
                without_publication: supplemented(ReportItem::WithoutPublication),
                openings: openings::of_lot(c, at)?,
                hand_over: store::bidding::hand_overs::find(c, at.municipality, at.tender)?.map(|said| {
                    ReportHandOver {
                        number_of_bids: said.number_of_bids,
                        completed_at: said.at,
                        completed_by: said.actor,
                    }
                }),
                steps: steps
                    .iter()
                    .map(|taken| ReportStep {
                        step: taken.step,
                        taken_at: taken.at,
                        taken_by: taken.actor.clone(),
                        reason: taken.grounds.reason.clone(),
                    })
                    .collect(),
            },
            not_awarded: {
                let ends = |step| matches!(step, Step::DeclareUnsuccessful | Step::Cancel);
                let ending = steps.iter().filter(|taken| ends(taken.step));
                let reasons = ending.filter_map(|taken| taken.grounds.reason.clone());
                let has_ended = matches!(lot.state, State::Unsuccessful | State::Cancelled);
                let told = reasons.chain(supplements(&dossier, ReportItem::NotAwarded));
                if has_ended { told.collect() } else { Vec::new() }
            },
            non_electronic_means: supplements(&dossier, ReportItem::NonElectronicMeans).collect(),
            conflicts: interests::declared(&dossier),
            award_model: lot.award_model.is_some().then(|| award_model(&lot)).transpose()?,
            evaluations: report_evaluations(&evaluations),
            assessments: assessments
                .into_iter()
                .filter(|given| given.submitted_at.is_some())
                .map(Into::into)
                .collect(),
            pso_unchecked: unchecked(&bids, &evidence),
            pso_evidence: evidence,
            sensitivity: result.and_then(|result| result.analysis),
            decisions: decisions.iter().map(&told).collect(),
            audit_heads: heads(c, at, &lot)?,
            dossier: dossier.0.into_iter().map(recorded).collect(),
        };
        Ok((report, lot.record.updated_at))
    })
}

fn lot_result(evaluation: &Evaluation) -> Result<Option<LotResult>, ServiceError> {
    let result: ScoreResult =
        serde_json::from_str(&evaluation.result).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(result.lots.into_iter().next())
}

fn supplements(dossier: &Dossier, item: ReportItem) -> impl DoubleEndedIterator<Item = String> {
    let facts = dossier.facts(|fact| match fact {
        Fact::ReportSupplemented(supplement) => Some(supplement),
        _ => None,
    });
    facts.filter(move |(_, told)| told.item == item).map(|(_, told)| told.text.clone())
}

fn authority(tender: &Tender, lot: &Lot) -> ReportAuthority {
    let facts = &tender.facts;
    let cents = lot.facts.estimated_value_cents.or(facts.estimated_value_cents);
    ReportAuthority {
        municipality: tender.municipality.cbs_code(),
        name: facts.buyer.clone(),
        tender_id: tender.id.to_string(),
        reference: facts.external_reference.clone(),
        subject: facts.title.clone(),
        lot_id: lot.id.to_string(),
        lot_number: lot.facts.number,
        lot: lot.facts.title.clone(),
        cpv_codes: facts.cpv_codes.0.iter().map(ToString::to_string).collect(),
        estimated_value: cents.map(|cents| Euros { cents }),
        above_threshold: facts.above_threshold,
    }
}

fn candidate(bid: &Bid, result: Option<&LotResult>, dossier: &Dossier) -> ReportCandidate {
    let id = bid.id.to_string();
    let ranked = result.and_then(|result| result.ranking.iter().find(|ranked| ranked.id == id));
    let excluded = result.and_then(|result| result.excluded.iter().find(|excluded| excluded.id == id));
    let dropped = disqualifications::standing(dossier).get(&bid.id).map(|(_, fact)| fact.reason.clone());
    let mut rejected_for: Vec<String> =
        excluded.iter().flat_map(|excluded| &excluded.reasons).map(|reason| reason.detail.clone()).collect();
    if rejected_for.is_empty() {
        rejected_for.extend(dropped);
    }
    ReportCandidate {
        bid_id: id,
        kvk_number: bid.bidder.to_string(),
        name: name_in(bid),
        received_at: bid.received_at,
        rank: ranked.map(|own| own.rank),
        total: ranked.map(|own| own.total.declared.clone()),
        rejected_for,
    }
}

fn low_prices(result: Option<&LotResult>, dossier: &Dossier) -> ReportLowPrices {
    let inquiries = inquiries(dossier).into_iter().map(|inquiry| {
        let decision = inquiry.decision.map(|(_, decided)| decided);
        ReportInquiry {
            bid_id: inquiry.question.bid_id.to_string(),
            question: inquiry.question.question,
            asked_at: inquiry.entry.at,
            answer: inquiry.answer.map(|(_, answer)| answer.answer),
            outcome: decision.as_ref().map(|decided| decided.outcome),
            reason: decision.map(|decided| decided.reason),
        }
    });
    ReportLowPrices {
        flags: result.map(|result| result.abnormally_low.clone()).unwrap_or_default(),
        inquiries: inquiries.collect(),
    }
}

/// A decision, with who wins by the evaluation that it rests on.
fn decision(made: &AwardDecision, evaluations: &[Evaluation], dossier: &Dossier) -> ReportDecision {
    let evaluation = evaluations.iter().find(|evaluation| evaluation.summary.id == made.evaluation);
    let result = evaluation.and_then(|evaluation| awards::lot_result(evaluation).ok());
    let seats = result.and_then(|result| Seats::of(&result).ok().flatten());
    let seats = seats.map(|seats| seats.after(made, dossier)).unwrap_or_default();
    let ids = |seats: &[Seat]| seats.iter().map(|seat| seat.bid.to_string()).collect();
    ReportDecision {
        bid_id: made.bid.to_string(),
        winners: ids(&seats.winners),
        reserves: ids(&seats.reserves),
        evaluation_id: made.evaluation.to_string(),
        motivation: made.motivation.clone(),
        proposed_at: made.proposed_at,
        standstill_days: made.standstill_days,
        standstill_until_on: made.standstill_until,
        withdrawn_at: made.withdrawn_at,
        awarded_at: made.awarded_at,
    }
}

fn report_evaluations(evaluations: &[Evaluation]) -> Vec<ReportEvaluation> {
    let last = evaluations.last().map(|last| last.summary.id);
    let told = evaluations.iter().map(|made| {
        let summary = made.summary.clone();
        ReportEvaluation {
            id: summary.id.to_string(),
            sequence: summary.sequence,
            reason: summary.reason,
            created_at: summary.created_at,
            created_by: summary.created_by,
            engine_version: summary.engine_version,
            fingerprint: summary.fingerprint,
            superseded: Some(summary.id) != last,
        }
    });
    told.collect()
}

fn pso_evidence(
    c: &mut AnyConnection,
    at: LotPath,
    bids: &[Bid],
) -> Result<Vec<ReportPsoEvidence>, ServiceError> {
    let mut evidence = Vec::new();
    for bid in bids {
        let request = PageRequest { start: Start::First, limit: FINDINGS };
        for found in store::pso::claim_findings::list(c, at.municipality, bid.id, &request)?.items {
            let certificate = match found.judged.certificate {
                Some(id) => store::pso::certificates::find(c, found.kvk, id)?,
                None => None,
            };
            evidence.push(ReportPsoEvidence {
                bid_id: bid.id.to_string(),
                kvk_number: found.kvk.to_string(),
                level: found.judged.level,
                ladder: found.judged.ladder,
                counts_on: found.judged.counts_on,
                verdict: found.judged.verdict,
                certificate: certificate.map(|certificate| ReportCertificate {
                    number: certificate.facts.number,
                    level: certificate.facts.level,
                    valid_from: certificate.facts.valid_from,
                    valid_until: certificate.facts.valid_until,
                }),
                checked_at: found.decided_at,
                checked_by: found.decided_by,
            });
        }
    }
    Ok(evidence)
}

/// The claims of levels on which there is no verdict: not checked yet, or of a member without a KvK number, which no
/// register can be asked about.
fn unchecked(bids: &[Bid], evidence: &[ReportPsoEvidence]) -> Vec<ReportPsoClaim> {
    let mut claims = Vec::new();
    for bid in bids {
        let Ok(offer) = serde_json::from_str::<OfferInput>(&bid.content) else { continue };
        let own = offer.pso.iter().map(|claim| (None, Some(bid.bidder.to_string()), claim.level.clone()));
        let members = offer.consortium.iter().filter_map(|member| {
            let claim = member.pso.as_ref()?;
            Some((Some(member.name.clone()), member.kvk_number.clone(), claim.level.clone()))
        });
        let bid_id = bid.id.to_string();
        for (member, kvk_number, level) in own.chain(members) {
            let judged = evidence
                .iter()
                .any(|found| found.bid_id == bid_id && Some(&found.kvk_number) == kvk_number.as_ref());
            if !judged {
                claims.push(ReportPsoClaim { bid_id: bid_id.clone(), member, kvk_number, level });
            }
        }
    }
    claims
}

/// The moment of a head is that of the lot's last change: the same record gives the same report.
fn heads(c: &mut AnyConnection, at: LotPath, lot: &Lot) -> Result<Vec<AuditAnchor>, ServiceError> {
    let chains = Chain::of(AuditScope::Municipality(at.municipality));
    let mut heads = Vec::new();
    for chain in chains {
        let link = store::trust::audit_records::head_of_changes(c, chain)?;
        heads.push(Anchor { link, at: lot.record.updated_at }.into());
    }
    Ok(heads)
}
