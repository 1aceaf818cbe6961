//! On which entries or contracts an act on many goes.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use trede_base::ids::KvkNumber;
use trede_formats::entry_record::EntryKindInput;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId, EntryState};
use trede_model::following::obligation_state::ObligationState;
use trede_model::following::progress::ProgressStatus;
use trede_model::following::search::{ContractFilter, EntryFilter};
use trede_service::frame::dutch_time::first_moment;
use trede_service::frame::error::ServiceError;
use trede_service::overseeing::bulk::Selection;
use trede_service::overseeing::lists::ContractSearch;

/// What entries are looked for by; what is left out is not asked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EntryFilterBody {
    /// How far they are (stand); left out: all in which the act can be done.
    #[schema(schema_with = schema::entry_states)]
    state: Vec<EntryState>,
    /// Codes of building blocks (bouwblokken).
    block: Vec<String>,
    /// What was done (soort invulling).
    kind: Vec<EntryKindInput>,
    /// Under which contracts (opdrachten).
    #[schema(value_type = Vec<String>)]
    contract: Vec<ContractId>,
    /// Whose effort it was (opdrachtnemer), by KvK number.
    #[schema(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    contractor: Option<KvkNumber>,
    /// Who follows the contract (coördinator).
    coordinator: Option<String>,
    /// Last handed in before this day (ingediend vóór).
    handed_in_before: Option<NaiveDate>,
    /// The contractor's own reference (kenmerk).
    external_reference: Option<String>,
    /// A text within the reference or the description, in any case.
    text: Option<String>,
}

impl From<EntryFilterBody> for EntryFilter {
    fn from(body: EntryFilterBody) -> Self {
        Self {
            states: body.state,
            blocks: body.block,
            kinds: body.kind.into_iter().map(Into::into).collect(),
            contracts: body.contract,
            contractor: body.contractor,
            coordinator: body.coordinator,
            handed_in_before: body.handed_in_before.map(first_moment),
            reference: body.external_reference,
            text: body.text,
        }
    }
}

/// What contracts are looked for by; what is left out is not asked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ContractFilterBody {
    /// How far the obligation is (stand); left out: all in which the act can be done.
    #[schema(schema_with = schema::obligation_states)]
    state: Vec<ObligationState>,
    /// How they stand (risico), as in the portfolio.
    #[schema(schema_with = schema::progress_statuses)]
    risk: Vec<ProgressStatus>,
    /// The contractor or a member of the consortium (opdrachtnemer), by KvK number.
    #[schema(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    contractor: Option<KvkNumber>,
    /// Who follows them (coördinator).
    coordinator: Option<String>,
    /// Only those that nobody follows.
    unassigned: bool,
    /// Their last day is this one or later (einde looptijd vanaf).
    ends_from: Option<NaiveDate>,
    /// Their last day is this one or earlier (einde looptijd tot en met).
    ends_until: Option<NaiveDate>,
    /// The reference under which the municipality's own files know it (kenmerk).
    external_reference: Option<String>,
    /// A text within the title or the reference, in any case.
    text: Option<String>,
}

impl From<ContractFilterBody> for ContractSearch {
    fn from(body: ContractFilterBody) -> Self {
        let filter = ContractFilter {
            states: body.state,
            party: body.contractor,
            coordinator: body.coordinator,
            unassigned: body.unassigned,
            ends_from: body.ends_from,
            ends_until: body.ends_until,
            reference: body.external_reference,
            text: body.text,
            ids: None,
        };
        Self { filter, risk: body.risk }
    }
}

/// On which entries an act goes: on those of `ids`, or on those that are looked for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EntrySelection {
    /// At most 1,000 entries (verantwoordingen) by their ids.
    #[schema(value_type = Option<Vec<String>>, max_items = 1000)]
    ids: Option<Vec<EntryId>>,
    /// Those that are looked for, at most 1,000 of them.
    filter: Option<EntryFilterBody>,
    /// With `filter`: only after this one, as `next` of a request before said.
    #[schema(value_type = Option<String>, format = Uuid)]
    after: Option<EntryId>,
}

/// On which contracts an act goes: on those of `ids`, or on those that are looked for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContractSelection {
    /// At most 1,000 contracts (opdrachten) by their ids.
    #[schema(value_type = Option<Vec<String>>, max_items = 1000)]
    ids: Option<Vec<ContractId>>,
    /// Those that are looked for, at most 1,000 of them.
    filter: Option<ContractFilterBody>,
    /// With `filter`: only after this one, as `next` of a request before said.
    #[schema(value_type = Option<String>, format = Uuid)]
    after: Option<ContractId>,
}

impl EntrySelection {
    pub(super) fn selection(self) -> Result<Selection<Entry, EntryFilter>, Problem> {
        match (self.ids, self.filter, self.after) {
            (Some(ids), None, None) => Ok(Selection::Ids(ids)),
            (None, Some(filter), after) => Ok(Selection::Found { filter: filter.into(), after }),
            _ => Err(one_of("/entries")),
        }
    }
}

impl ContractSelection {
    pub(super) fn selection(self) -> Result<Selection<Contract, ContractSearch>, Problem> {
        match (self.ids, self.filter, self.after) {
            (Some(ids), None, None) => Ok(Selection::Ids(ids)),
            (None, Some(filter), after) => Ok(Selection::Found { filter: filter.into(), after }),
            _ => Err(one_of("/contracts")),
        }
    }
}

fn one_of(pointer: &str) -> Problem {
    let detail = "either `ids`, or `filter` and where need be `after`";
    ServiceError::invalid(pointer, "selection-unclear", detail).into()
}
