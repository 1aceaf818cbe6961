//! Drawings of lots (lotingen) between equal bids.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::assessing::dossier_entries::{DossierEntryResponse, added};
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::{Attendee, DrawingAnnouncement};
use trede_service::awarding::drawings::{self, NewDrawing};
use trede_wire::moment::moment;
use trede_wire::score_file::RandomnessInput;

/// A drawing of lots (loting; ARW 2016 art. 2.63.3), held in attendance.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "place": "Stadskantoor Utrecht, kamer 4.12",
    "heldAt": "2026-04-22T10:00:00+02:00",
    "performedBy": "mr. J. Jansen, notaris",
    "attendees": [{"name": "A. de Boer", "role": "namens Groen & Zo B.V."}],
    "randomness": {"source": "generator"}
}))]
pub struct DrawingRequest {
    /// Where.
    #[schema(min_length = 1, max_length = 500)]
    place: String,
    /// When; not ahead.
    #[serde(deserialize_with = "moment")]
    held_at: DateTime<Utc>,
    /// By whom.
    #[schema(min_length = 1, max_length = 500)]
    performed_by: String,
    /// Who was there. The bidders of the equal bids are invited.
    #[schema(min_items = 1, max_items = 100)]
    attendees: Vec<Attendee>,
    /// The random value, or that it is to be drawn here.
    randomness: RandomnessInput,
}

/// Names the public value of a drawing
///
/// Says which public value decides, should a drawing of lots be needed (aankondiging van de toevalswaarde): before the
/// bids are evaluated, and before the value is known. It is named once. Without it lots can only be drawn by a value
/// that the service draws.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/drawing-announcements",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = DrawingAnnouncement,
    responses(
        (status = 201, description = "The value is named", body = DossierEntryResponse),
        (status = 409, description = "The lot was evaluated, or a value was named already")
    )
)]
pub async fn announce_drawing(
    state: Data<AppState>,
    lot: InLot,
    body: Json<DrawingAnnouncement>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let new = body.0;
    let told = state.run(move |services| drawings::announce(services, &lot.actor, lot.at, new)).await?;
    Ok(added(&request, told))
}

/// Draws lots between equal bids
///
/// Records a drawing in attendance (loting): the order of the bids that the latest evaluation left equal follows
/// from a random value, so that anybody can draw again. The next evaluation uses it. A drawing belongs to the lot: bids
/// that were drawn keep their order, whoever drops out or comes beside them. A public value is the one that was named
/// before the bids were evaluated (`drawing-announcements`).
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/drawings",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = DrawingRequest,
    responses(
        (status = 201, description = "The lots are drawn", body = DossierEntryResponse),
        (status = 409, description = "No equal bids wait for a drawing, or they were drawn already")
    )
)]
pub async fn draw_lots(
    state: Data<AppState>,
    lot: InLot,
    body: Json<DrawingRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let DrawingRequest { place, held_at, performed_by, attendees, randomness } = body.0;
    let new = NewDrawing { place, held_at, performed_by, attendees, randomness };
    let told = state.run(move |services| drawings::create(services, &lot.actor, lot.at, new)).await?;
    Ok(added(&request, told))
}
