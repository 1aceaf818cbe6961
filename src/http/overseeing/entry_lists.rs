//! Lists of entries (verantwoordingen) over all contracts, with what is looked for and in which order.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::following::entries::{EntryList, EntryResponse, response};
use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::listed::{listed, looked_for};
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::overseeing::sorted_page::SortedPage;
use crate::http::state::AppState;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::Page;
use trede_model::following::entry::{Entry, EntryId};
use trede_model::following::search::{EntryFilter, EntryOrder, Place};
use trede_service::frame::dutch_time::first_moment;
use trede_service::overseeing::lists;

/// Which entries are looked for, in which order, and which page of them.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EntryQuery {
    /// How far they are (stand); several with commas between them.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    state: Option<String>,
    /// Codes of building blocks (bouwblokken); several with commas between them.
    block: Option<String>,
    /// What was done (soort invulling); several with commas between them.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    kind: Option<String>,
    /// Under which contracts (opdrachten); several ids with commas between them.
    contract: Option<String>,
    /// Whose effort it was (opdrachtnemer), by KvK number.
    #[param(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    contractor: Option<KvkNumber>,
    /// Who follows the contract (coördinator).
    coordinator: Option<String>,
    /// Last handed in before this day (ingediend vóór): what waits longest.
    handed_in_before: Option<NaiveDate>,
    /// The contractor's own reference (kenmerk).
    external_reference: Option<String>,
    /// A text within the reference or the description, in any case.
    #[param(max_length = 200)]
    text: Option<String>,
    /// The order (sortering): `made`, `changed` or `value`; with a hyphen before it backwards.
    #[param(pattern = "^-?(made|changed|value)$", example = "-value")]
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
    filter: EntryFilter,
    sorted: SortedPage<EntryOrder, EntryId>,
}

impl EntryQuery {
    fn asked(self) -> Result<Asked, Problem> {
        let sorted = SortedPage::of(self.sort.as_deref(), self.cursor, self.limit)?;
        let filter = EntryFilter {
            states: listed("state", self.state.as_deref())?,
            blocks: listed("block", self.block.as_deref())?,
            kinds: listed("kind", self.kind.as_deref())?,
            contracts: listed("contract", self.contract.as_deref())?,
            contractor: self.contractor,
            coordinator: self.coordinator,
            handed_in_before: self.handed_in_before.map(first_moment),
            reference: self.external_reference,
            text: looked_for("text", self.text, 200)?,
        };
        Ok(Asked { filter, sorted })
    }
}

/// Each entry of a page with its place, made for the wire.
fn told<W>(
    page: Page<Entry>,
    order: EntryOrder,
    make: impl Fn(Entry) -> Result<W, Problem>,
) -> Result<Page<(Place<EntryId>, W)>, Problem> {
    let Page { items, has_previous, has_next } = page;
    let place = |entry: &Entry| lists::place_of_entry(entry, order);
    let items = items.into_iter().map(|entry| Ok((place(&entry), make(entry)?)));
    Ok(Page { items: items.collect::<Result<_, Problem>>()?, has_previous, has_next })
}

/// Lists entries over all contracts
///
/// Entries (verantwoordingen) under all contracts of the municipality that are looked for, without their calculation,
/// in the order that is asked; without one, in the order in which they were made. A contractor sees those under the
/// contracts to which it is a party.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/entries",
    tag = "entries",
    params(MunicipalityParams, EntryQuery),
    responses((status = 200, description = "A page of entries", body = EntryList))
)]
pub async fn list_all_entries(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<EntryQuery>,
    http: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Asked { filter, sorted } = query.into_inner().asked()?;
    let SortedPage { order, page: query, request } = sorted;
    let Tenant { actor, municipality } = tenant;
    let page = state
        .run(move |services| lists::list_entries(services, &actor, municipality, &filter, order, &request))
        .await?;
    let page = told(page, order.by, |entry| response(entry, false))?;
    Ok(query.answer_of(
        http.query_string(),
        page,
        |(place, _)| place.clone(),
        |items| EntryList::of(items.into_iter().map(|(_, item)| item).collect()),
    ))
}

/// An entry (verantwoording) with the authority under whose contract it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "municipality": "gm0344",
    "entry": {
        "id": "0190a5c8-0000-7000-8000-000000000012",
        "contractId": "0190a5c8-0000-7000-8000-000000000011",
        "kind": "activity",
        "contractorKvkNumber": "69599068",
        "description": "Gastlessen",
        "facts": {"block": "activiteit", "quantity": "10"},
        "state": "submitted",
        "value": "1000.00",
        "createdAt": "2026-09-01T09:00:00Z",
        "createdBy": "contractor-1",
        "updatedAt": "2026-09-01T09:05:00Z"
    }
}))]
pub struct OwnEntry {
    /// Under whose contract it is (opdrachtgever).
    #[schema(value_type = String)]
    municipality: MunicipalityId,
    /// The entry.
    entry: EntryResponse,
}

/// Entries of several authorities, in the order that was asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnEntryList {
    /// The items of this page, in a stable order.
    items: Vec<OwnEntry>,
}

/// Lists entries of all one's authorities
///
/// The entries (verantwoordingen) that the caller may see of every authority that its token names, together in the
/// order that is asked.
#[utoipa::path(
    get,
    path = "/entries",
    tag = "entries",
    params(EntryQuery),
    responses((status = 200, description = "A page of entries", body = OwnEntryList))
)]
pub async fn list_own_entries(
    state: Data<AppState>,
    caller: Caller,
    query: Query<EntryQuery>,
    http: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Asked { filter, sorted } = query.into_inner().asked()?;
    let SortedPage { order, page: query, request } = sorted;
    let page =
        state.run(move |services| lists::own_entries(services, &caller.0, &filter, order, &request)).await?;
    let page = told(page, order.by, |entry| {
        Ok(OwnEntry { municipality: entry.municipality, entry: response(entry, false)? })
    })?;
    Ok(query.answer_of(
        http.query_string(),
        page,
        |(place, _)| place.clone(),
        |items| OwnEntryList { items: items.into_iter().map(|(_, item)| item).collect() },
    ))
}
