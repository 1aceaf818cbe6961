//! Who a token makes of its bearer (wie ben ik): what a platform asks first when something is refused.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::Caller;
use crate::http::frame::problem::Problem;
use trede_service::frame::access::{Operation, authorise_national};

/// The caller (de beller), as its token says.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "subject": "h.devries",
    "client": "inkoopplatform",
    "roles": ["buyer"],
    "municipalities": ["gm0344"],
    "operations": ["list_municipalities", "get_municipality"]
}))]
pub struct CallerResponse {
    /// The name under which what this caller does is recorded.
    subject: String,
    /// The client that asked for the token (claim `azp` or `client_id`).
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    /// What the caller is, by the codes of roles (rollen).
    roles: Vec<String>,
    /// The municipalities (gemeenten) that the token names, by their codes.
    municipalities: Vec<String>,
    /// The organisation of a bidder or contractor (KvK-nummer).
    #[serde(skip_serializing_if = "Option::is_none")]
    kvk: Option<String>,
    /// The operations of this document that the roles may do, for these municipalities; the state of a tender or
    /// contract can still refuse one.
    operations: Vec<&'static str>,
}

/// Shows who is calling
///
/// Who the token makes of its bearer: name, roles (rollen), municipalities (gemeenten), and what these may do.
#[utoipa::path(
    get,
    path = "/caller",
    tag = "access",
    responses((status = 200, description = "The caller", body = CallerResponse))
)]
pub async fn get_caller(caller: Caller) -> Result<HttpResponse, Problem> {
    let actor = caller.0;
    authorise_national(&actor, Operation::GetCaller)?;
    let may = |operation: &&Operation| operation.roles().iter().any(|role| actor.is(*role));
    Ok(HttpResponse::Ok().json(CallerResponse {
        operations: Operation::ALL.iter().filter(may).map(|operation| operation.id()).collect(),
        roles: actor.roles.iter().map(ToString::to_string).collect(),
        municipalities: actor.municipalities.iter().map(ToString::to_string).collect(),
        kvk: actor.kvk.map(|kvk| kvk.to_string()),
        subject: actor.subject,
        client: actor.client,
    }))
}
