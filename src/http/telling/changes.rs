//! The feed of changes (wijzigingen), for who keeps in step without webhooks.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::page::PageQuery;
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_base::page::Page;
use trede_formats::cloud_event::CloudEvent;
use trede_service::telling::changes::{self, Change};

/// What happened, in order (wijzigingen).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "items": [{
        "specversion": "1.0",
        "id": "0190a5c8-0000-8000-8000-000000000001",
        "source": "urn:nld:oin:00000001002220647000:systeem:trede",
        "type": "nl.trede.lot.opened",
        "subject": "tenders/0190a5c8-0000-7000-8000-000000000001/lots/0190a5c8-0000-7000-8000-000000000002",
        "time": "2026-04-01T10:05:00Z",
        "sequence": "0000000000000000042",
        "dataref": "https://trede.example.nl/v1/municipalities/gm0344/tenders/0190a5c8-0000-7000-8000-000000000001/lots/0190a5c8-0000-7000-8000-000000000002"
    }],
    "nextCursor": "YWZ0ZXIgNDI"
}))]
pub struct ChangeList {
    /// The events of this page, in their order.
    items: Vec<CloudEvent>,
    /// From where to go on (vervolg), now or later: also on the last page. Left out as long as nothing happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

fn answer(query: &PageQuery, page: Page<Change>) -> HttpResponse {
    let next_cursor = match page.items.last() {
        Some(last) => Some(PageQuery::cursor_after(&last.position)),
        None => query.cursor().map(str::to_owned),
    };
    query.answer(
        page,
        |change| change.position,
        |found| ChangeList { items: found.into_iter().map(|change| change.event).collect(), next_cursor },
    )
}

/// Lists what happened in a municipality
///
/// Events (wijzigingen) in the order in which they happened, as far as the caller may hear of them. Keep
/// `nextCursor` and ask with it again: nothing is skipped and nothing comes twice. An event is in the feed within
/// a few seconds. 410 when events after the cursor are no longer kept.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/changes",
    tag = "events",
    params(MunicipalityParams, PageQuery),
    responses(
        (status = 200, description = "A page of events", body = ChangeList),
        (status = 410, description = "Events after the cursor are no longer kept")
    )
)]
pub async fn list_changes(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| changes::list(services, &tenant.actor, tenant.municipality, &request))
        .await?;
    Ok(answer(&query, page))
}

/// Lists what happened to national data
///
/// Events (wijzigingen) of organisations: PSO levels that changed, certificates that end. As the feed of a
/// municipality.
#[utoipa::path(
    get,
    path = "/changes",
    tag = "events",
    params(PageQuery),
    responses(
        (status = 200, description = "A page of events", body = ChangeList),
        (status = 410, description = "Events after the cursor are no longer kept")
    )
)]
pub async fn list_national_changes(
    state: Data<AppState>,
    caller: Caller,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| changes::list_national(services, &caller.0, &request)).await?;
    Ok(answer(&query, page))
}
