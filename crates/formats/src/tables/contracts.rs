//! The table of contracts: one row for each contract that was not tendered here.

use super::Column;
use super::row::Cells;
use crate::contract_terms::ContractTermsInput;
use trede_base::contract_kind::ContractKind;
use trede_wire::social_return_policy::ContractKindInput;

/// The columns of the table of contracts.
pub const COLUMNS: &[Column] = columns! {
    "externalReference" "/terms/externalReference" "OPD-2026-001";
    "title" "/terms/title" "Groenonderhoud";
    "contractorKvkNumber" "/terms/contractorKvkNumber" "69599068";
    "consortiumKvkNumbers" "/terms/consortiumKvkNumbers" "";
    "kind" "/terms/kind" "services";
    "cpvCodes" "/terms/cpvCodes" "77310000-6";
    "contractSum" "/terms/contractSum" "1000000.00";
    "wageSum" "/terms/wageSum" "";
    "labourPercent" "/terms/labourPercent" "";
    "publishedOn" "/terms/publishedOn" "";
    "assignedOn" "/terms/assignedOn" "2026-01-01";
    "startsOn" "/terms/startsOn" "2026-01-01";
    "endsOn" "/terms/endsOn" "2027-12-31";
    "offeredPercent" "/terms/offeredPercent" "";
    "coordinator" "/terms/coordinator" "";
};

/// The columns without which nothing can be imported.
pub const NEEDED: &[&str] =
    &["externalReference", "title", "contractorKvkNumber", "kind", "contractSum", "startsOn", "endsOn"];

/// Reads a row; none when something is wrong with it, which `cells` then tells.
#[must_use]
pub fn read(cells: &mut Cells<'_>) -> Option<ContractTermsInput> {
    let reference = cells.needed("externalReference", cells.text("externalReference"));
    let title = cells.needed("title", cells.text("title"));
    let contractor = cells.parsed("contractorKvkNumber");
    let contractor = cells.needed("contractorKvkNumber", contractor);
    let kind = cells.parsed::<ContractKind>("kind");
    let kind = cells.needed("kind", kind);
    let contract_sum = cells.euros("contractSum");
    let contract_sum = cells.needed("contractSum", contract_sum);
    let starts_on = cells.day("startsOn");
    let starts_on = cells.needed("startsOn", starts_on);
    let ends_on = cells.day("endsOn");
    let ends_on = cells.needed("endsOn", ends_on);
    let consortium_kvk_numbers = list(cells, "consortiumKvkNumbers");
    let cpv_codes = list(cells, "cpvCodes");
    let wage_sum = cells.euros("wageSum");
    let labour_percent = cells.number("labourPercent");
    let published_on = cells.day("publishedOn");
    let assigned_on = cells.day("assignedOn");
    let offered_percent = cells.number("offeredPercent");
    let coordinator = cells.text("coordinator").map(str::to_owned);
    let terms = ContractTermsInput {
        external_reference: Some(reference?.to_owned()),
        title: Some(title?.to_owned()),
        contractor_kvk_number: Some(contractor?),
        consortium_kvk_numbers,
        kind: ContractKindInput::from(kind?),
        cpv_codes,
        contract_sum: contract_sum?,
        wage_sum,
        labour_percent,
        published_on,
        assigned_on,
        starts_on: starts_on?,
        ends_on: ends_on?,
        offered_percent,
        pso_levels: Vec::new(),
        exemption: None,
        deviation: None,
        coordinator,
        labels: Vec::new(),
        group_kvk_numbers: Vec::new(),
        employees: None,
        target_group_percent: None,
    };
    cells.errors.is_empty().then_some(terms)
}

fn list<T: std::str::FromStr>(cells: &mut Cells<'_>, column: &str) -> Vec<T>
where
    T::Err: std::fmt::Display,
{
    let mut found = Vec::new();
    for part in cells.parts(column) {
        match part.parse() {
            Ok(value) => found.push(value),
            Err(error) => cells.tell(column, "cell-malformed", T::Err::to_string(&error)),
        }
    }
    found
}
