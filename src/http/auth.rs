//! Proves who asks, and that the municipality in the path is theirs.
//!
//! The extractors prove; what a role may do is decided by `service::access` alone.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use uuid::Uuid;

use crate::domain::fulfilment::contract::ContractId;
use crate::domain::ids::MunicipalityId;
use crate::domain::lot::LotPath;
use crate::domain::role::Role;
use crate::http::AppState;
use crate::http::context::{RequestContext, is_sealed};
use crate::http::problem::Problem;
use crate::identity::claims::Claims;
use crate::service::actor::{Actor, RequestOrigin};
use crate::service::error::ServiceError;

/// The authenticated caller of an operation on national data.
#[derive(Clone, Debug)]
pub struct Caller(pub Actor);

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(authenticate(request).map(Self))
    }
}

/// The authenticated caller of an operation on the data of the municipality in the path, which
/// the caller's token names.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Who asks.
    pub actor: Actor,
    /// For which municipality.
    pub municipality: MunicipalityId,
}

impl FromRequest for Tenant {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(tenant(request))
    }
}

/// The authenticated caller of an operation on a lot of a municipality that the token names.
///
/// Whether the lot exists, only the use case knows.
#[derive(Clone, Debug)]
pub struct InLot {
    /// Who asks.
    pub actor: Actor,
    /// The lot in the path.
    pub at: LotPath,
}

impl FromRequest for InLot {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(in_lot(request))
    }
}

fn in_lot(request: &HttpRequest) -> Result<InLot, Problem> {
    let Tenant { actor, municipality } = tenant(request)?;
    let at = LotPath {
        municipality,
        tender: id_in_path(request, "tenderId", "tender")?,
        lot: id_in_path(request, "lotId", "lot")?,
    };
    Ok(InLot { actor, at })
}

/// The authenticated caller of an operation on a contract of a municipality that the token names.
///
/// Whether the contract exists, and the caller is a party to it, only the use case knows.
#[derive(Clone, Debug)]
pub struct InContract {
    /// Who asks.
    pub actor: Actor,
    /// For which municipality.
    pub municipality: MunicipalityId,
    /// The contract in the path.
    pub contract: ContractId,
}

impl FromRequest for InContract {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(in_contract(request))
    }
}

fn in_contract(request: &HttpRequest) -> Result<InContract, Problem> {
    let Tenant { actor, municipality } = tenant(request)?;
    let contract = id_in_path(request, "contractId", "contract")?;
    Ok(InContract { actor, municipality, contract })
}

fn id_in_path<T: FromStr>(request: &HttpRequest, parameter: &str, what: &'static str) -> Result<T, Problem> {
    request
        .match_info()
        .get(parameter)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| ServiceError::NotFound { what }.into())
}

fn tenant(request: &HttpRequest) -> Result<Tenant, Problem> {
    let actor = authenticate(request)?;
    let municipality = id_in_path(request, "municipality", "municipality")?;
    if !actor.serves(municipality) {
        return Err(ServiceError::ForeignMunicipality.into());
    }
    Ok(Tenant { actor, municipality })
}

fn authenticate(request: &HttpRequest) -> Result<Actor, Problem> {
    let token = bearer(request)?;
    let state = request.app_data::<web::Data<AppState>>().ok_or_else(Problem::no_token)?;
    let claims = state.verifier.verify(token, state.services.now())?;
    let actor = actor(claims, origin(request));
    if !is_sealed(request.method(), request.match_pattern().as_deref()) {
        tracing::Span::current().record("actor", actor.subject.as_str());
    }
    Ok(actor)
}

/// The token in the `Authorization` header; nowhere else is looked (RFC 6750 §2.1).
fn bearer(request: &HttpRequest) -> Result<&str, Problem> {
    request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .filter(|token| !token.is_empty())
        .ok_or_else(Problem::no_token)
}

fn origin(request: &HttpRequest) -> RequestOrigin {
    let context = request.extensions().get::<RequestContext>().copied();
    RequestOrigin {
        request_id: context.map_or_else(Uuid::now_v7, |context| context.request_id),
        address: request.peer_addr().map(|address| address.ip()),
    }
}

/// Names in a token that this service does not know give no rights, and do no harm: issuers serve
/// other services too.
fn actor(claims: Claims, origin: RequestOrigin) -> Actor {
    Actor {
        roles: claims.roles.iter().filter_map(|name| name.parse::<Role>().ok()).collect(),
        municipalities: claims.municipalities.iter().filter_map(|code| code.parse().ok()).collect(),
        kvk: claims.kvk.as_deref().and_then(|number| number.parse().ok()),
        client: claims.azp.or(claims.client_id),
        issuer: claims.iss,
        subject: claims.sub,
        origin,
    }
}
