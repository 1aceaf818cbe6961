//! The evaluation report (proces-verbaal van de beoordeling; art. 84(1) of directive 2014/24, Aw 2012 art. 2.132):
//! items a to i, and what shows that the procedure was followed.

mod call_offs;
mod dutch;
mod markdown;

pub use markdown::markdown;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::audit_anchor::AuditAnchor;
use crate::dossier::LowPriceOutcome;
use crate::evaluation_record::{RecordedAssessment, RecordedFact};
use crate::opening_report::{OpenedBid, OpenedDelegation};
use trede_base::verdict::Verdict;
use trede_model::bidding::opening::Envelope;
use trede_model::tendering::procedure::Step;
use trede_wire::euros::Euros;
use trede_wire::score_file::AwardModelInput;
use trede_wire::score_result::{AbnormallyLowResult, AnalysisResult};

/// The evaluation report of a lot (proces-verbaal).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvaluationReport {
    /// Item a: the authority, the subject and the value of the contract.
    pub authority: ReportAuthority,
    /// Item b: the bids that were selected and rejected, with the reasons.
    pub candidates: Vec<ReportCandidate>,
    /// Item c: bids that were found abnormally low, with the reasons.
    pub abnormally_low: ReportLowPrices,
    /// Item d: the winner and the reasons, when an award is proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award: Option<ReportDecision>,
    /// Item d: which share is subcontracted, as far as it was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subcontracting: Option<String>,
    /// Items e and f: the procedure, step by step, with what justifies a negotiated one where it was recorded.
    pub procedure: ReportProcedure,
    /// Item g: why the contract was not awarded.
    pub not_awarded: Vec<String>,
    /// Item h: why other than electronic means were used.
    pub non_electronic_means: Vec<String>,
    /// Item i: conflicts of interest, and the measures taken.
    pub conflicts: Vec<ReportInterest>,
    /// The award model as it was frozen at publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award_model: Option<AwardModelInput>,
    /// The evaluations, the last of which counts.
    pub evaluations: Vec<ReportEvaluation>,
    /// Every score that was handed in, also of who was barred.
    pub assessments: Vec<RecordedAssessment>,
    /// What became of claims of PSO levels.
    pub pso_evidence: Vec<ReportPsoEvidence>,
    /// Claims of PSO levels that were not checked yet, or cannot be for want of a KvK number.
    pub pso_unchecked: Vec<ReportPsoClaim>,
    /// How firmly the last ranking stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<AnalysisResult>,
    /// Every decision to award, also those that were withdrawn.
    pub decisions: Vec<ReportDecision>,
    /// The dossier: declarations, sessions, drawings, objections.
    pub dossier: Vec<RecordedFact>,
    /// The heads of the audit chains of the municipality, as of the last change.
    pub audit_heads: Vec<AuditAnchor>,
}

/// The authority, the subject and the value (item a).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportAuthority {
    /// The municipality, by its CBS code.
    pub municipality: String,
    /// The contracting authority (aanbestedende dienst).
    pub name: String,
    /// The tender.
    pub tender_id: String,
    /// Its reference (kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Its title.
    pub subject: String,
    /// The lot.
    pub lot_id: String,
    /// Number of the lot.
    pub lot_number: u16,
    /// Title of the lot.
    pub lot: String,
    /// What is bought (CPV).
    pub cpv_codes: Vec<String>,
    /// The estimated value without VAT, of the lot or else of the tender.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<trede_wire::number::Number>)]
    pub estimated_value: Option<Euros>,
    /// Whether that is above the European threshold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above_threshold: Option<bool>,
}

/// A bid (item b).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportCandidate {
    /// The bid.
    pub bid_id: String,
    /// Who bids, by KvK number.
    pub kvk_number: String,
    /// Who bids, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When the bid was received.
    pub received_at: DateTime<Utc>,
    /// Its rank in the last evaluation; left out when it is not ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<usize>,
    /// Its total in the last evaluation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// Why it was rejected; empty for a bid that was selected.
    pub rejected_for: Vec<String>,
}

/// Abnormally low bids (item c).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportLowPrices {
    /// The flags of the last evaluation.
    pub flags: Vec<AbnormallyLowResult>,
    /// What was asked, answered and decided.
    pub inquiries: Vec<ReportInquiry>,
}

/// A question about a low price, with what followed (item c).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportInquiry {
    /// The bid.
    pub bid_id: String,
    /// What was asked.
    pub question: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// The explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<LowPriceOutcome>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A decision to award (item d).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportDecision {
    /// The bid that wins; of several winners the first.
    pub bid_id: String,
    /// The winners, where the award model lets several bids win: those that it was proposed to, without who dropped out
    /// since, and with who took such a place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub winners: Vec<String>,
    /// The reserve list, the next first (reservelijst).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reserves: Vec<String>,
    /// The evaluation that it rests on.
    pub evaluation_id: String,
    /// Why.
    pub motivation: String,
    /// When it was proposed and the letters were sent.
    pub proposed_at: DateTime<Utc>,
    /// How many days the standstill had.
    pub standstill_days: u16,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standstill_until_on: Option<NaiveDate>,
    /// When it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When it became final.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_at: Option<DateTime<Utc>>,
}

/// The procedure (items e and f).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportProcedure {
    /// Who kept the bids until the opening: `trede`, or the `platform`.
    pub bid_custody: String,
    /// In how many envelopes bids came: `one`, or `two` with the prices apart (prijsenvelop).
    pub bid_envelopes: String,
    /// Until when bids were received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline_at: Option<DateTime<Utc>>,
    /// Why a negotiated procedure or a competitive dialogue was used, where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub negotiated: Option<String>,
    /// Why there was no publication, where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_publication: Option<String>,
    /// The openings by two people, of what was kept here (proces-verbaal van opening).
    pub openings: Vec<ReportOpening>,
    /// That the platform which kept the bids handed all of them over, before any was read here (overdracht voltooid).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hand_over: Option<ReportHandOver>,
    /// The steps that the lot took.
    pub steps: Vec<ReportStep>,
}

/// The hand-over of the bids that a platform kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportHandOver {
    /// How many bids of the tender were handed over, on all lots together.
    pub number_of_bids: i64,
    /// When it was said to be complete.
    pub completed_at: DateTime<Utc>,
    /// By whom.
    pub completed_by: String,
}

/// An opening of the bids, or of their price envelopes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportOpening {
    /// What was opened: `whole`, `quality` or `price`.
    #[schema(value_type = String)]
    pub envelope: Envelope,
    /// The first person.
    pub requested_by: String,
    /// When they asked.
    pub requested_at: DateTime<Utc>,
    /// The second person.
    pub confirmed_by: String,
    /// When they agreed, and it was opened.
    pub opened_at: DateTime<Utc>,
    /// What was not opened, and why.
    pub not_opened: Vec<OpenedBid>,
    /// What bidders on this lot said about who acts for them (machtigingen).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<OpenedDelegation>,
}

/// A step of the procedure.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportStep {
    /// Which step.
    #[schema(value_type = String)]
    pub step: Step,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// By whom.
    pub taken_by: String,
    /// Why, where a reason is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What an assessor declared, and what was decided about it (item i).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportInterest {
    /// The assessor.
    pub assessor: String,
    /// When it was declared.
    pub declared_at: DateTime<Utc>,
    /// Whether there is an interest.
    pub has_interest: bool,
    /// Which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// Whether the assessor scored after that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may_score: Option<bool>,
}

/// An evaluation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportEvaluation {
    /// Its id.
    pub id: String,
    /// Its place among the evaluations, from 1.
    pub sequence: i32,
    /// Why it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
    /// The version of the engine.
    pub engine_version: String,
    /// SHA-256 of the canonical input.
    pub fingerprint: String,
    /// Whether a later one took its place.
    pub superseded: bool,
}

/// What became of a claim of a PSO level.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportPsoEvidence {
    /// The bid.
    pub bid_id: String,
    /// Whose level it is, by KvK number.
    pub kvk_number: String,
    /// The level that is claimed.
    pub level: String,
    /// On which ladder.
    pub ladder: String,
    /// The date that counts.
    pub counts_on: NaiveDate,
    /// The verdict.
    #[schema(value_type = String)]
    pub verdict: Verdict,
    /// The certificate that it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<ReportCertificate>,
    /// When it was checked.
    pub checked_at: DateTime<Utc>,
    /// By whom.
    pub checked_by: String,
}

/// A claim of a PSO level on which there is no verdict.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportPsoClaim {
    /// The bid.
    pub bid_id: String,
    /// The member of a consortium whose level it is; left out for a bidder alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Whose level it is, by KvK number; left out where the bid gives none, so that no register can be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kvk_number: Option<String>,
    /// The level that is claimed.
    pub level: String,
}

/// A PSO certificate that a verdict rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportCertificate {
    /// Its number.
    pub number: String,
    /// Its level.
    pub level: String,
    /// The first day on which it is valid.
    pub valid_from: NaiveDate,
    /// The last day on which it is valid.
    pub valid_until: NaiveDate,
}
