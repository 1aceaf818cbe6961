//! Lists of contracts (opdrachten) with what is looked for, and in which order.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::following::contracts::ContractResponse;
use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::listed::{listed, looked_for};
use crate::http::frame::page::{bad_query, list_of};
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::overseeing::sorted_page::SortedPage;
use crate::http::state::AppState;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::search::{ContractFilter, ContractOrder};
use trede_service::overseeing::lists::{self, ContractSearch};

list_of! {
    /// Contracts, in the order that was asked.
    ContractList of ContractResponse
}

/// Which contracts are looked for, in which order, and which page of them.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ContractQuery {
    /// How far the obligation is (stand van de opgave); several with commas between them.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    state: Option<String>,
    /// How they stand (risico), as in the portfolio; several with commas between them. Only contracts that are not
    /// settled stand so.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    risk: Option<String>,
    /// The contractor or a member of the consortium (opdrachtnemer), by KvK number.
    #[param(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    contractor: Option<KvkNumber>,
    /// Who follows them (coördinator).
    coordinator: Option<String>,
    /// Only those that nobody follows.
    unassigned: Option<bool>,
    /// Their last day is this one or later (einde looptijd vanaf).
    ends_from: Option<NaiveDate>,
    /// Their last day is this one or earlier (einde looptijd tot en met).
    ends_until: Option<NaiveDate>,
    /// The reference under which the municipality's own files know it (kenmerk).
    external_reference: Option<String>,
    /// A text within the title or the reference, in any case.
    #[param(max_length = 200)]
    text: Option<String>,
    /// The order (sortering): `registered`, `ends-on`, `title` or `contract-sum`; with a hyphen before it backwards.
    #[param(pattern = "^-?(registered|ends-on|title|contract-sum)$", example = "-ends-on")]
    sort: Option<String>,
    /// Where the page starts: as the `Link` header of the page beside it says. Leave it out for the first page.
    #[param(min_length = 1, max_length = 4000)]
    cursor: Option<String>,
    /// How many items the page has at the most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u16>,
}

/// What a query asks for.
struct Asked {
    search: ContractSearch,
    sorted: SortedPage<ContractOrder, ContractId>,
}

impl ContractQuery {
    fn asked(self) -> Result<Asked, Problem> {
        let sorted = SortedPage::of(self.sort.as_deref(), self.cursor, self.limit)?;
        let filter = ContractFilter {
            states: listed("state", self.state.as_deref())?,
            party: self.contractor,
            coordinator: self.coordinator,
            unassigned: self.unassigned.unwrap_or_default(),
            ends_from: self.ends_from,
            ends_until: self.ends_until,
            reference: self.external_reference,
            text: looked_for("text", self.text, 200)?,
            ids: None,
        };
        let risk = listed("risk", self.risk.as_deref())?;
        Ok(Asked { search: ContractSearch { filter, risk }, sorted })
    }
}

/// Lists the contracts of a municipality
///
/// Contracts (opdrachten) that are looked for, in the order that is asked; without one, in the order in which they
/// were registered. A contractor sees those to which it is a party.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts",
    tag = "contracts",
    params(MunicipalityParams, ContractQuery),
    responses(
        (status = 200, description = "A page of contracts", body = ContractList),
        (status = 409, description = "It is asked how they stand, and more run than can be told at once")
    )
)]
pub async fn list_contracts(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<ContractQuery>,
    http: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Asked { search, sorted } = query.into_inner().asked()?;
    let SortedPage { order, page: query, request } = sorted;
    let Tenant { actor, municipality } = tenant;
    let page = state
        .run(move |services| lists::list_contracts(services, &actor, municipality, &search, order, &request))
        .await?;
    let place = |contract: &Contract| lists::place_of_contract(contract, order.by);
    Ok(query.answer_of(http.query_string(), page, place, ContractList::of))
}

/// A contract (opdracht) with the authority whose it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "municipality": "gm0344",
    "contract": {
        "id": "0190a5c8-0000-7000-8000-000000000011",
        "terms": {
            "title": "Groenonderhoud 2026-2028",
            "contractorKvkNumber": "69599068",
            "kind": "services",
            "contractSum": "1000000",
            "startsOn": "2026-03-01",
            "endsOn": "2028-02-29"
        },
        "obligation": "50000",
        "state": "running",
        "createdAt": "2026-03-01T09:00:00Z",
        "updatedAt": "2026-03-02T09:00:00Z"
    }
}))]
pub struct OwnContract {
    /// Whose contract it is (opdrachtgever).
    #[schema(value_type = String)]
    municipality: MunicipalityId,
    /// The contract.
    contract: ContractResponse,
}

impl From<Contract> for OwnContract {
    fn from(contract: Contract) -> Self {
        Self { municipality: contract.municipality, contract: contract.into() }
    }
}

list_of! {
    /// Contracts of several authorities, in the order that was asked.
    OwnContractList of OwnContract
}

/// Lists contracts of all one's authorities
///
/// The contracts (opdrachten) that the caller may see of every authority that its token names, together in the order
/// that is asked. `risk` is asked of one authority at a time.
#[utoipa::path(
    get,
    path = "/contracts",
    tag = "contracts",
    params(ContractQuery),
    responses((status = 200, description = "A page of contracts", body = OwnContractList))
)]
pub async fn list_own_contracts(
    state: Data<AppState>,
    caller: Caller,
    query: Query<ContractQuery>,
    http: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Asked { search, sorted } = query.into_inner().asked()?;
    let SortedPage { order, page: query, request } = sorted;
    if !search.risk.is_empty() {
        return Err(bad_query("risk: asked of one authority at a time"));
    }
    let page = state
        .run(move |services| lists::own_contracts(services, &caller.0, &search.filter, order, &request))
        .await?;
    let place = |contract: &Contract| lists::place_of_contract(contract, order.by);
    Ok(query.answer_of(http.query_string(), page, place, OwnContractList::of))
}
