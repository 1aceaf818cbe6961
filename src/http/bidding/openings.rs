//! Openings (openingen) of bids: asked by one person and agreed by a second, or attested by the platform.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, OpeningParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use crate::http::tendering::tenders::{TenderResponse, found};
use trede_formats::opening_report::{OpenedBid, OpenedDelegation};
use trede_model::bidding::opening::{Envelope, OpeningState};
use trede_sealing::opener_key::KeyPart;
use trede_service::bidding::openings::{self, Attestation, NewOpening, OpeningView, Outcome};

/// The opening of the bids (opening van de inschrijvingen).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "attestation": {
        "openedAt": "2026-04-01T10:05:00Z",
        "evidence": "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    }
}))]
pub struct OpeningRequest {
    /// What is opened. Left out: the whole bids; where prices are in an envelope of their own, all but these.
    #[serde(default)]
    #[schema(schema_with = schema::envelope)]
    envelope: Option<Envelope>,
    /// What the platform says of its own opening; needed where it kept the bids, and only there.
    #[serde(default)]
    attestation: Option<AttestationRequest>,
    /// The caller's part of the key (sleuteldeel), in base64; needed where the key of the tender is split, and only
    /// there. `trede opener open` sends it.
    #[serde(default)]
    #[schema(max_length = 200)]
    key_share: Option<String>,
}

/// What a platform says of the opening of its own vault (proces-verbaal van opening).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "openedAt": "2026-04-01T10:05:00Z",
    "evidence": "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
}))]
pub struct AttestationRequest {
    /// When it opened its vault.
    opened_at: DateTime<Utc>,
    /// What proves it: a reference or a hash.
    #[schema(min_length = 1, max_length = 500)]
    evidence: String,
}

impl From<AttestationRequest> for Attestation {
    fn from(request: AttestationRequest) -> Self {
        Self { opened_at: request.opened_at, evidence: request.evidence }
    }
}

/// An opening of bids (opening van de inschrijvingen), or the attempt of one person.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000011",
    "state": "waiting",
    "envelope": "whole",
    "requestedBy": "kluisopener-1",
    "requestedAt": "2026-04-01T10:05:00Z",
    "expiresAt": "2026-04-01T10:15:00Z"
}))]
pub struct OpeningResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// How far it is.
    #[schema(schema_with = schema::opening_state)]
    state: OpeningState,
    /// What is opened.
    #[schema(schema_with = schema::envelope)]
    envelope: Envelope,
    /// Who asked, as the identity provider names them.
    requested_by: String,
    /// When.
    requested_at: DateTime<Utc>,
    /// Until when a second person can agree.
    expires_at: DateTime<Utc>,
    /// The second person.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_by: Option<String>,
    /// When the second person agreed, and the bids were opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_at: Option<DateTime<Utc>>,
    /// Who gave a part of the key; left out where that is not split.
    #[serde(skip_serializing_if = "Option::is_none")]
    key_shares: Option<KeySharesResponse>,
    /// What was found of each bid that counts, of each that was replaced, taken back or sent by somebody else, and of
    /// each that could not be opened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bids: Vec<OpenedBid>,
    /// What bidders said until the deadline about who acts for them (machtigingen), in the order of receipt.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    delegations: Vec<OpenedDelegation>,
    /// How the audit trail stood when it was opened (stand van het controlespoor): whose, the place and the first digits
    /// of the hash of each head, as `trede audit verify --head` reads them. Those of the vault have no number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audit_heads: Vec<String>,
}

/// The parts of a key (sleuteldelen) that were given for an opening.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "needed": 2,
    "openers": 3,
    "given": [{"by": "kluisopener-1", "at": "2026-04-01T10:05:00Z"}]
}))]
pub struct KeySharesResponse {
    /// How many parts open.
    #[schema(minimum = 2, maximum = 255)]
    needed: u8,
    /// Over how many openers the key is split.
    #[schema(minimum = 2, maximum = 255)]
    openers: usize,
    /// Who gave theirs, in order.
    given: Vec<GivenShareResponse>,
}

/// That an opener gave a part of a key.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"by": "kluisopener-1", "at": "2026-04-01T10:05:00Z"}))]
pub struct GivenShareResponse {
    /// Who, as the identity provider names them.
    by: String,
    /// When.
    at: DateTime<Utc>,
}

impl From<OpeningView> for OpeningResponse {
    fn from(view: OpeningView) -> Self {
        let OpeningView { opening, state, bids, delegations, audit_heads, given, needed } = view;
        let (confirmed_by, opened_at) = opening.confirmed.unzip();
        let given =
            given.into_iter().map(|given| GivenShareResponse { by: given.person, at: given.given_at });
        let given: Vec<_> = given.collect();
        let key_shares = needed.map(|(needed, openers)| KeySharesResponse { needed, openers, given });
        Self {
            id: opening.id.to_string(),
            state,
            envelope: opening.envelope,
            requested_by: opening.requested_by,
            requested_at: opening.requested_at,
            expires_at: opening.expires_at,
            confirmed_by,
            opened_at,
            key_shares,
            bids,
            delegations,
            audit_heads,
        }
    }
}

list_of! {
    /// Openings and attempts, in order.
    OpeningList of OpeningResponse
}

/// Opens the bids of a tender
///
/// Opens the bids (opening van de inschrijvingen) after the deadline: from now on those who evaluate can read
/// them. Where bids are kept here, two different openers ask within ten minutes: the first is answered with 202,
/// the second opens. A bid that cannot be opened is named in the record of the opening, and keeps no other shut.
/// Where a platform kept the bids, it attests its own opening here, and hands them over afterwards.
///
/// Where the key of the tender is split, each of the named openers sends their part with it (`keyShare`, by `trede
/// opener open`): as many as its threshold says, within ten minutes of the first.
///
/// Where the tender declares two envelopes, this opens the first: the prices stay encrypted. Two openers open
/// them with `"envelope": "price"` (opening van de prijsenveloppen), also where a platform kept the bids, once
/// the quality of every lot is fixed. The envelope of a bid that dropped out is left sealed.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/openings",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    request_body = OpeningRequest,
    responses(
        (status = 200, description = "The envelopes are open", body = TenderResponse),
        (status = 202, description = "A second opener must agree", body = OpeningResponse),
        (
            status = 409,
            description = "The deadline has not passed, the envelopes are open already, the quality is not fixed, \
                           or the same person asks again"
        )
    )
)]
pub async fn open_tender(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    body: Json<OpeningRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let OpeningRequest { envelope, attestation, key_share } = body.0;
    let outcome = state
        .run(move |services| {
            let key_share = key_share.as_deref().map(KeyPart::parse).transpose()?;
            let new = NewOpening { envelope, attestation: attestation.map(Attestation::from), key_share };
            let Tenant { actor, municipality } = &tenant;
            openings::open(services, actor, *municipality, path.tender_id, new)
        })
        .await?;
    Ok(match outcome {
        Outcome::Opened(view) => found(view),
        Outcome::Waiting(view) => {
            let location = resource::location(&request, view.opening.id);
            HttpResponse::Accepted().insert_header((LOCATION, location)).json(OpeningResponse::from(view))
        }
    })
}

/// Lists the openings of a tender
///
/// Who asked to open the bids, who agreed, and what was found (proces-verbaal van opening); also the attempts of
/// one person that expired.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/openings",
    tag = "procedure",
    params(MunicipalityParams, TenderParams, PageQuery),
    responses((status = 200, description = "A page of openings", body = OpeningList))
)]
pub async fn list_openings(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            openings::list(services, actor, *municipality, path.tender_id, &request)
        })
        .await?;
    Ok(query.answer(page, |view| view.opening.id, OpeningList::of))
}

/// Shows an opening
///
/// Who asked to open the bids, who agreed, and what was found of each (proces-verbaal van opening).
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/openings/{openingId}",
    tag = "procedure",
    params(MunicipalityParams, TenderParams, OpeningParams),
    responses((status = 200, description = "The opening", body = OpeningResponse))
)]
pub async fn get_opening(
    state: Data<AppState>,
    tenant: Tenant,
    tender: Path<TenderParams>,
    path: Path<OpeningParams>,
) -> Result<HttpResponse, Problem> {
    let view = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            openings::get(services, actor, *municipality, tender.tender_id, path.opening_id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(OpeningResponse::from(view)))
}
