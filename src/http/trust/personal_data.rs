//! What is held about people who work with this service (persoonsgegevens): heard, corrected, removed.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use crate::http::trust::audit_records::AuditRecordResponse;
use trede_model::trust::personal_data::{NamedIn, PersonOverview, PersonRemoval, Touched};
use trede_service::trust::personal_data::{self, NewRemoval, Removed};

/// Who wants to know what is held about them (verzoek om inzage).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"name": "inkoper-1"}))]
pub struct PersonOverviewRequest {
    /// The name (naam) under which they are recorded: that in the audit trail.
    #[schema(min_length = 1, max_length = 500)]
    name: String,
}

/// A kind of record that holds a name (soort vastlegging).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "kind": "assessment", "records": 12, "firstAt": "2026-03-02T09:00:00Z", "lastAt": "2026-05-11T13:20:00Z"
}))]
pub struct NamedInResponse {
    /// The kind of record (soort).
    kind: &'static str,
    /// In how many of them the name stands (aantal).
    records: i64,
    /// The moment of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_at: Option<DateTime<Utc>>,
    /// The moment of the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_at: Option<DateTime<Utc>>,
}

impl From<NamedIn> for NamedInResponse {
    fn from(named: NamedIn) -> Self {
        let NamedIn { kind, records, first_at, last_at } = named;
        Self { kind, records, first_at, last_at }
    }
}

/// All that is held about somebody in the municipality (overzicht van persoonsgegevens).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "namedIn": [{
        "kind": "assessment", "records": 12, "firstAt": "2026-03-02T09:00:00Z", "lastAt": "2026-05-11T13:20:00Z"
    }],
    "acts": [],
    "actsInAll": 12
}))]
pub struct PersonOverviewResponse {
    /// Where the name stands (waar de naam staat).
    named_in: Vec<NamedInResponse>,
    /// What they did, with their address and client (handelingen): the last first, a thousand at the most.
    acts: Vec<AuditRecordResponse>,
    /// How many acts there are.
    acts_in_all: i64,
}

impl From<PersonOverview> for PersonOverviewResponse {
    fn from(overview: PersonOverview) -> Self {
        Self {
            named_in: overview.named_in.into_iter().map(Into::into).collect(),
            acts: overview.acts.into_iter().map(Into::into).collect(),
            acts_in_all: overview.acts_in_all,
        }
    }
}

/// A name that is to be corrected (verzoek om rectificatie).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"name": "coordinator-weg", "correctedName": "coordinator-nieuw"}))]
pub struct PersonCorrectionRequest {
    /// The name (naam) as it is recorded.
    #[schema(min_length = 1, max_length = 500)]
    name: String,
    /// The name as it must be.
    #[schema(min_length = 1, max_length = 500)]
    corrected_name: String,
}

/// A kind of record, and in how many of them a name was changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"kind": "contract", "records": 3}))]
pub struct TouchedResponse {
    /// The kind of record (soort).
    kind: &'static str,
    /// How many (aantal).
    records: i64,
}

impl From<Touched> for TouchedResponse {
    fn from(Touched { kind, records }: Touched) -> Self {
        Self { kind, records }
    }
}

/// Where a name was corrected (rectificatie).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"corrected": [{"kind": "contract", "records": 3}]}))]
pub struct PersonCorrectionResponse {
    /// Where the name is another now.
    corrected: Vec<TouchedResponse>,
}

/// A name that is to be removed (verzoek om verwijdering).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "name": "inkoper-weg",
    "recordedBefore": "2019-01-01",
    "basis": "Selectielijst gemeenten: bewaartermijn van het aanbestedingsdossier verstreken."
}))]
pub struct PersonRemovalRequest {
    /// The name (naam) as it is recorded.
    #[schema(min_length = 1, max_length = 500)]
    name: String,
    /// What was recorded before this day need not be kept any longer (bewaartermijn verstreken); not ahead.
    recorded_before: NaiveDate,
    /// The rule of retention that says so (grondslag).
    #[schema(min_length = 1, max_length = 20000)]
    basis: String,
}

/// A name that was removed, and where it stays (verwijdering).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "pseudonym": "removed:0190a5c8-0000-7000-8000-000000000001",
    "removed": [{"kind": "audit-record", "records": 40}, {"kind": "lot-step", "records": 6}],
    "kept": [{"kind": "assessment", "records": 2, "firstAt": "2026-03-02T09:00:00Z", "lastAt": "2026-03-02T09:00:00Z"}],
    "actsKept": 2
}))]
pub struct PersonRemovalResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The name under which the records go on.
    pseudonym: String,
    /// Where the name is gone.
    removed: Vec<TouchedResponse>,
    /// Where it stays, in what must be kept.
    kept: Vec<NamedInResponse>,
    /// How many acts in the audit trail keep it.
    acts_kept: i64,
}

impl From<Removed> for PersonRemovalResponse {
    fn from(done: Removed) -> Self {
        Self {
            id: done.removal.id.to_string(),
            pseudonym: done.removal.pseudonym(),
            removed: done.removed.into_iter().map(Into::into).collect(),
            kept: done.kept.into_iter().map(Into::into).collect(),
            acts_kept: done.acts_kept,
        }
    }
}

/// That a name was removed (verwijdering), and by which rule; never whose.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "pseudonym": "removed:0190a5c8-0000-7000-8000-000000000001",
    "recordedBefore": "2019-01-01",
    "basis": "Selectielijst gemeenten: bewaartermijn van het aanbestedingsdossier verstreken.",
    "removedAt": "2026-03-02T09:00:00Z",
    "removedBy": "privacy-officer-1"
}))]
pub struct RecordedRemovalResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The name under which the records go on.
    pseudonym: String,
    /// What was recorded before this day lost the name.
    recorded_before: NaiveDate,
    /// The rule of retention (grondslag).
    basis: String,
    /// When it was removed.
    removed_at: DateTime<Utc>,
    /// By whom.
    removed_by: String,
}

impl From<PersonRemoval> for RecordedRemovalResponse {
    fn from(removal: PersonRemoval) -> Self {
        Self {
            id: removal.id.to_string(),
            pseudonym: removal.pseudonym(),
            recorded_before: removal.recorded_before,
            basis: removal.basis,
            removed_at: removal.at,
            removed_by: removal.by,
        }
    }
}

list_of! {
    /// Removals of names, in the order in which they were made.
    PersonRemovalList of RecordedRemovalResponse
}

/// Shows what is held about somebody
///
/// In which records of the municipality the name stands, and what they did according to the audit trail (inzage,
/// AVG art. 15). That it was asked is recorded; about whom is not.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/person-overviews",
    tag = "privacy",
    params(MunicipalityParams),
    request_body = PersonOverviewRequest,
    responses((status = 200, description = "What is held", body = PersonOverviewResponse))
)]
pub async fn create_person_overview(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<PersonOverviewRequest>,
) -> Result<HttpResponse, Problem> {
    let name = body.0.name;
    let overview = state
        .run(move |services| personal_data::overview(services, &tenant.actor, tenant.municipality, &name))
        .await?;
    Ok(HttpResponse::Ok().json(PersonOverviewResponse::from(overview)))
}

/// Corrects the name of a contact
///
/// Where somebody is whom to turn to, they get the corrected name (rectificatie, AVG art. 16). What they did stays
/// under the name of then: it is evidence of what happened.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/person-corrections",
    tag = "privacy",
    params(MunicipalityParams),
    request_body = PersonCorrectionRequest,
    responses((status = 200, description = "Where it was corrected", body = PersonCorrectionResponse))
)]
pub async fn create_person_correction(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<PersonCorrectionRequest>,
) -> Result<HttpResponse, Problem> {
    let PersonCorrectionRequest { name, corrected_name } = body.0;
    let touched = state
        .run(move |services| {
            personal_data::correct(services, &tenant.actor, tenant.municipality, &name, &corrected_name)
        })
        .await?;
    let corrected = touched.into_iter().map(Into::into).collect();
    Ok(HttpResponse::Ok().json(PersonCorrectionResponse { corrected }))
}

/// Lists the removals of names
///
/// When names were removed and by which rule of retention (verwijderingen); never whose.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/person-removals",
    tag = "privacy",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of removals", body = PersonRemovalList))
)]
pub async fn list_person_removals(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| {
            personal_data::list_removals(services, &tenant.actor, tenant.municipality, &request)
        })
        .await?;
    Ok(query.answer(page, |removal| removal.id, PersonRemovalList::of))
}

/// Removes a name
///
/// Puts a pseudonym in its place, in what was recorded before a day and need not be kept any longer (verwijdering,
/// AVG art. 17). The audit trail stays whole, and forgets the address and the client as well. What must be kept is
/// told.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/person-removals",
    tag = "privacy",
    params(MunicipalityParams),
    request_body = PersonRemovalRequest,
    responses((status = 200, description = "What was removed, and what stays", body = PersonRemovalResponse))
)]
pub async fn create_person_removal(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<PersonRemovalRequest>,
) -> Result<HttpResponse, Problem> {
    let PersonRemovalRequest { name, recorded_before, basis } = body.0;
    let new = NewRemoval { name, recorded_before, basis };
    let done = state
        .run(move |services| personal_data::remove(services, &tenant.actor, tenant.municipality, new))
        .await?;
    Ok(HttpResponse::Ok().json(PersonRemovalResponse::from(done)))
}
