//! How an export is written, and of which contracts or entries it tells.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::frame::listed::{listed, looked_for};
use crate::http::frame::page::bad_query;
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::overseeing::table_exports::{FormatQuery, usual};
use trede_base::ids::KvkNumber;
use trede_formats::tables::{Notation, TableFormat};
use trede_model::following::search::{ContractFilter, EntryFilter};
use trede_service::frame::dutch_time::first_moment;
use trede_service::overseeing::exports::{ExportSearch, ExportTable};
use trede_service::overseeing::lists::ContractSearch;
use trede_wire::score_result::LanguageCode;

/// How an export is written, and what is looked for: contracts and entries as in their lists, rows of the ledger by
/// nothing.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// How the table is written.
    #[serde(default = "usual")]
    #[param(schema_with = schema::table_format)]
    format: TableFormat,
    /// CSV as a spreadsheet of that country opens it: `nl` with semicolons, decimal commas and days as
    /// `31-01-2026`, behind a byte order mark; left out or `en` as RFC 4180 has it.
    #[param(schema_with = schema::notation)]
    locale: Option<Notation>,
    /// The language of the names of columns and sheets in CSV and workbooks; left out: the names of the API.
    #[param(schema_with = schema::language)]
    language: Option<LanguageCode>,
    /// How far the contracts or entries are (stand); several with commas between them.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    state: Option<String>,
    /// Contracts: how they stand (risico); several with commas between them.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    risk: Option<String>,
    /// The contractor (opdrachtnemer), by KvK number.
    #[param(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    contractor: Option<KvkNumber>,
    /// Who follows the contract (coördinator).
    coordinator: Option<String>,
    /// Contracts: only those that nobody follows.
    unassigned: Option<bool>,
    /// Contracts: their last day is this one or later (einde looptijd vanaf).
    ends_from: Option<NaiveDate>,
    /// Contracts: their last day is this one or earlier (einde looptijd tot en met).
    ends_until: Option<NaiveDate>,
    /// Entries: codes of building blocks (bouwblokken); several with commas between them.
    block: Option<String>,
    /// Entries: what was done (soort invulling); several with commas between them.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    kind: Option<String>,
    /// Entries: under which contracts (opdrachten); several ids with commas between them.
    contract: Option<String>,
    /// Entries: last handed in before this day (ingediend vóór).
    handed_in_before: Option<NaiveDate>,
    /// The reference (kenmerk).
    external_reference: Option<String>,
    /// A text within the title or description or the reference, in any case.
    #[param(max_length = 200)]
    text: Option<String>,
}

impl ExportQuery {
    /// How it is written, and what is looked for.
    pub(super) fn asked(self, table: ExportTable) -> Result<(FormatQuery, ExportSearch), Problem> {
        self.check(table)?;
        let written = FormatQuery { format: self.format, locale: self.locale, language: self.language };
        let text = looked_for("text", self.text, 200)?;
        let mut search = ExportSearch::default();
        match table {
            ExportTable::Contracts => {
                let filter = ContractFilter {
                    states: listed("state", self.state.as_deref())?,
                    party: self.contractor,
                    coordinator: self.coordinator,
                    unassigned: self.unassigned.unwrap_or_default(),
                    ends_from: self.ends_from,
                    ends_until: self.ends_until,
                    reference: self.external_reference,
                    text,
                    ids: None,
                };
                search.contracts = ContractSearch { filter, risk: listed("risk", self.risk.as_deref())? };
            }
            ExportTable::Entries => {
                search.entries = EntryFilter {
                    states: listed("state", self.state.as_deref())?,
                    blocks: listed("block", self.block.as_deref())?,
                    kinds: listed("kind", self.kind.as_deref())?,
                    contracts: listed("contract", self.contract.as_deref())?,
                    contractor: self.contractor,
                    coordinator: self.coordinator,
                    handed_in_before: self.handed_in_before.map(first_moment),
                    reference: self.external_reference,
                    text,
                };
            }
            ExportTable::Ledger => {}
        }
        Ok((written, search))
    }

    /// What a table cannot be looked through by is refused, so that nobody takes all of it for a part.
    fn check(&self, table: ExportTable) -> Result<(), Problem> {
        let of_contracts = [
            ("risk", self.risk.is_some()),
            ("unassigned", self.unassigned.is_some()),
            ("endsFrom", self.ends_from.is_some()),
            ("endsUntil", self.ends_until.is_some()),
        ];
        let of_entries = [
            ("block", self.block.is_some()),
            ("kind", self.kind.is_some()),
            ("contract", self.contract.is_some()),
            ("handedInBefore", self.handed_in_before.is_some()),
        ];
        let of_both = [
            ("state", self.state.is_some()),
            ("contractor", self.contractor.is_some()),
            ("coordinator", self.coordinator.is_some()),
            ("externalReference", self.external_reference.is_some()),
            ("text", self.text.is_some()),
        ];
        let others: &[&[(&str, bool)]] = match table {
            ExportTable::Contracts => &[&of_entries],
            ExportTable::Entries => &[&of_contracts],
            ExportTable::Ledger => &[&of_contracts, &of_entries, &of_both],
        };
        match others.iter().flat_map(|group| group.iter()).find(|(_, is_asked)| *is_asked) {
            Some((name, _)) => Err(bad_query(format!("{name}: this table is not looked through by it"))),
            None => Ok(()),
        }
    }
}
