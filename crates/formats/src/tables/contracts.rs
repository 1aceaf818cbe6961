//! The table of contracts: one row for each contract that was not tendered here.

use super::column::{Column, Layout};
use super::faults::Fault;
use super::overlay;
use super::row::{Cells, Named};
use crate::contract_terms::ContractTermsInput;
use trede_base::contract_kind::ContractKind;
use trede_model::following::contract::ContractId;
use trede_wire::social_return_policy::ContractKindInput;

/// The columns of the table of contracts.
pub const LAYOUT: Layout = Layout {
    columns: columns! {
        "externalReference" ["kenmerk", "referentie"] Text "/terms/externalReference" "OPD-2026-001";
        "title" ["titel", "omschrijving"] LongText "/terms/title" "Groenonderhoud";
        "contractorKvkNumber" ["kvk-nummer opdrachtnemer", "kvk opdrachtnemer", "kvk-nummer"] Code "/terms/contractorKvkNumber" "69599068";
        "consortiumKvkNumbers" ["kvk-nummers combinatie", "combinatie"] Codes "/terms/consortiumKvkNumbers" "";
        "kind" ["soort", "soort opdracht"] Code "/terms/kind" "services";
        "cpvCodes" ["cpv-codes", "cpv-code", "cpv"] Codes "/terms/cpvCodes" "77310000-6";
        "contractSum" ["opdrachtsom", "contractsom"] Euros "/terms/contractSum" "1000000.00";
        "wageSum" ["loonsom"] Euros "/terms/wageSum" "";
        "labourPercent" ["arbeidsaandeel", "arbeidspercentage"] Percent "/terms/labourPercent" "";
        "publishedOn" ["publicatiedatum", "gepubliceerd op"] Day "/terms/publishedOn" "";
        "assignedOn" ["opdrachtdatum", "gegund op", "datum opdracht"] Day "/terms/assignedOn" "2026-01-01";
        "startsOn" ["ingangsdatum", "begindatum", "startdatum"] Day "/terms/startsOn" "2026-01-01";
        "endsOn" ["einddatum"] Day "/terms/endsOn" "2027-12-31";
        "offeredPercent" ["aangeboden percentage", "aanbod"] Percent "/terms/offeredPercent" "";
        "groupKvkNumbers" ["kvk-nummers concern", "concern"] Codes "/terms/groupKvkNumbers" "";
        "employees" ["werknemers", "aantal werknemers"] Number "/terms/employees" "";
        "targetGroupPercent" ["percentage doelgroep"] Percent "/terms/targetGroupPercent" "";
        "coordinator" ["coördinator"] Text "/terms/coordinator" "";
    },
    exported: columns! {
        "contractId" ["opdracht-id"] Id "" "";
        "state" ["stand"] Code "" "";
        "owed" ["opgave"] Euros "" "";
        "approved" ["goedgekeurd"] Euros "" "";
        "submitted" ["ingediend"] Euros "" "";
    },
    needed: &[
        "externalReference",
        "title",
        "contractorKvkNumber",
        "kind",
        "contractSum",
        "startsOn",
        "endsOn",
    ],
};

/// The kinds of contracts, as a table can call them.
const KINDS: &[Named<ContractKind>] = &[
    (ContractKind::Services, "diensten", &["dienst", "service"]),
    (ContractKind::Works, "werken", &["werk", "work"]),
    (ContractKind::Supplies, "leveringen", &["levering", "supply"]),
];

/// A contract as a row tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractRow {
    /// The id under which it was exported.
    pub id: Option<ContractId>,
    /// Its terms.
    pub terms: ContractTermsInput,
    /// The columns that the table has.
    pub columns: Vec<&'static Column>,
}

impl ContractRow {
    /// The columns in which it says something else than is known.
    #[must_use]
    pub fn differences(&self, known: &ContractTermsInput) -> Vec<&'static str> {
        overlay::differences(known, &self.terms, &self.columns, "/terms")
    }
}

/// Reads a row; none when something is wrong with it, which `cells` then tells.
#[must_use]
pub fn read(cells: &mut Cells<'_>) -> Option<ContractRow> {
    let id = cells.id("contractId");
    let reference = cells.text("externalReference");
    // What was registered by hand may have none.
    let reference = if id.is_some() { reference } else { cells.needed("externalReference", reference) };
    let title = cells.text("title");
    let title = cells.needed("title", title);
    let contractor = cells.kvk("contractorKvkNumber");
    let contractor = cells.needed("contractorKvkNumber", contractor);
    let kind = cells.word("kind", KINDS);
    let kind = cells.needed("kind", kind);
    let contract_sum = cells.euros("contractSum");
    let contract_sum = cells.needed("contractSum", contract_sum);
    let starts_on = cells.day("startsOn");
    let starts_on = cells.needed("startsOn", starts_on);
    let ends_on = cells.day("endsOn");
    let ends_on = cells.needed("endsOn", ends_on);
    let consortium_kvk_numbers = cells.codes("consortiumKvkNumbers", Fault::KvkMalformed);
    let cpv_codes = cells.codes("cpvCodes", Fault::CpvMalformed);
    let wage_sum = cells.euros("wageSum");
    let labour_percent = cells.percent("labourPercent");
    let published_on = cells.day("publishedOn");
    let assigned_on = cells.day("assignedOn");
    let offered_percent = cells.percent("offeredPercent");
    let group_kvk_numbers = cells.codes("groupKvkNumbers", Fault::KvkMalformed);
    let employees = cells.whole("employees", u32::MAX);
    let target_group_percent = cells.percent("targetGroupPercent");
    let coordinator = cells.text("coordinator");
    let terms = ContractTermsInput {
        external_reference: reference,
        title: Some(title?),
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
        group_kvk_numbers,
        employees,
        target_group_percent,
    };
    let columns = cells.columns(LAYOUT.columns);
    cells.errors.is_empty().then_some(ContractRow { id, terms, columns })
}
