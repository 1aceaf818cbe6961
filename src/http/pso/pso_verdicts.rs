//! What the register says of PSO levels that are claimed in bids (oordelen over PSO-claims), after the opening.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{BidParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::ids::KvkNumber;
use trede_base::verdict::Verdict;
use trede_model::pso::claim_finding::{ClaimFinding, ClaimFindingId};
use trede_service::assessing::claim_checks;

/// A verdict on a level that is claimed in a bid (oordeel over een PSO-claim).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-00000000000a",
    "kvkNumber": "69599068",
    "level": "trede-2",
    "ladder": "pso-2023",
    "countsOn": "2026-04-01",
    "verdict": "confirmed",
    "certificateId": "0190a5c8-0000-7000-8000-000000000001",
    "certificateLevel": "trede-2",
    "decidedAt": "2026-04-01T10:00:05Z",
    "decidedBy": "check against the register"
}))]
pub struct PsoVerdictResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Whose level is claimed: the bidder, or a member of the consortium (combinant).
    #[schema(value_type = String, pattern = "^[0-9]{8}$")]
    kvk_number: KvkNumber,
    /// The level that is claimed.
    level: String,
    /// The ladder of that level.
    ladder: String,
    /// The date that counts (peildatum).
    counts_on: NaiveDate,
    /// The verdict.
    #[schema(schema_with = schema::verdict)]
    verdict: Verdict,
    /// The revision of the certificate that it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    certificate_id: Option<String>,
    /// The level of that certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_level: Option<String>,
    /// Why an equivalent proof was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When it was decided.
    decided_at: DateTime<Utc>,
    /// By whom: the check against the register, or a person.
    decided_by: String,
}

impl From<ClaimFinding> for PsoVerdictResponse {
    fn from(finding: ClaimFinding) -> Self {
        let judged = finding.judged;
        Self {
            id: finding.id.to_string(),
            kvk_number: finding.kvk,
            level: judged.level,
            ladder: judged.ladder,
            counts_on: judged.counts_on,
            verdict: judged.verdict,
            certificate_id: judged.certificate.map(|id| id.to_string()),
            certificate_level: judged.certificate_level,
            reason: judged.reason,
            decided_at: finding.decided_at,
            decided_by: finding.decided_by,
        }
    }
}

list_of! {
    /// Verdicts, oldest first; of an organisation the last counts.
    PsoVerdictList of PsoVerdictResponse
}

/// An equivalent proof that the municipality accepts (gelijkwaardig bewijs).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "kvkNumber": "69599068",
    "reason": "Verklaring van een accountant over 34 procent medewerkers uit de doelgroep"
}))]
pub struct PsoEquivalenceRequest {
    /// Whose claim it is.
    #[schema(value_type = String, pattern = "^[0-9]{8}$")]
    kvk_number: KvkNumber,
    /// Why the proof counts as the level that is claimed.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// Lists the verdicts on the levels claimed in a bid
///
/// What the register says of each level that is claimed in the bid (oordelen over PSO-claims), and what the
/// municipality decided itself. The check runs in the background after the opening, so the list can be empty for
/// a moment. Nothing is told before the opening.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bids/{bidId}/pso-verdicts",
    tag = "bids",
    params(MunicipalityParams, LotParams, BidParams, PageQuery),
    responses(
        (status = 200, description = "A page of verdicts", body = PsoVerdictList),
        (status = 409, description = "The bids have not been opened")
    )
)]
pub async fn list_pso_verdicts(
    state: Data<AppState>,
    lot: InLot,
    bid: Path<BidParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request::<ClaimFindingId>()?;
    let page = state
        .run(move |services| claim_checks::list(services, &lot.actor, (lot.at, bid.bid_id), &request))
        .await?;
    Ok(query.answer(page, |item| item.id, PsoVerdictList::of))
}

/// Has the levels claimed on a lot checked again
///
/// Checks every PSO level that is claimed on the lot (verificatie van PSO-claims) once more in the background,
/// because more may be known by now. Verdicts that change are added; none is taken away, and what the
/// municipality decided stands.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/pso-verifications",
    tag = "bids",
    params(MunicipalityParams, LotParams),
    responses(
        (status = 204, description = "The check waits"),
        (status = 409, description = "The bids have not been opened")
    )
)]
pub async fn create_pso_verification(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    state.run(move |services| claim_checks::request(services, &lot.actor, lot.at)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Accepts an equivalent proof
///
/// Records that the municipality accepts an equivalent proof (gelijkwaardig bewijs) for the level that an
/// organisation claims in the bid: who, when and why. It is a fact of the municipality and changes nothing in the
/// register.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bids/{bidId}/pso-equivalences",
    tag = "bids",
    params(MunicipalityParams, LotParams, BidParams),
    request_body = PsoEquivalenceRequest,
    responses(
        (status = 201, description = "The verdict", body = PsoVerdictResponse),
        (status = 409, description = "The bids have not been opened")
    )
)]
pub async fn accept_pso_equivalence(
    state: Data<AppState>,
    lot: InLot,
    bid: Path<BidParams>,
    body: Json<PsoEquivalenceRequest>,
) -> Result<HttpResponse, Problem> {
    let PsoEquivalenceRequest { kvk_number, reason } = body.0;
    let finding = state
        .run(move |services| {
            claim_checks::accept_equivalent(services, &lot.actor, (lot.at, bid.bid_id), kvk_number, reason)
        })
        .await?;
    Ok(HttpResponse::Created().json(PsoVerdictResponse::from(finding)))
}
