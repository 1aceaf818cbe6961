//! Proves who asks, and that the municipality in the path is theirs.
//!
//! The extractors prove; what a role may do is decided by `service::access` alone.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::http::frame::identify::caller;
use crate::http::frame::problem::Problem;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::ContractId;
use trede_model::tendering::lot::LotPath;
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;

/// The authenticated caller of an operation on national data.
#[derive(Clone, Debug)]
pub struct Caller(pub Actor);

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request).map(Self))
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
    let actor = caller(request)?;
    let municipality = id_in_path(request, "municipality", "municipality")?;
    if !actor.serves(municipality) {
        return Err(ServiceError::ForeignMunicipality.into());
    }
    Ok(Tenant { actor, municipality })
}
