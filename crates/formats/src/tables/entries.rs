//! The table of entries: one row for each effort that is accounted for.

use super::Column;
use super::row::Cells;
use crate::entry_record::{EntryKindInput, EntryRecord};
use trede_model::following::entry::EntryKind;
use trede_wire::social_return_case::{EntryInput, PeriodInput};

/// The columns of the table of entries.
pub const COLUMNS: &[Column] = columns! {
    "contractReference" "/contractReference" "OPD-2026-001";
    "externalReference" "/externalReference" "V-0001";
    "kind" "/kind" "placement";
    "block" "/facts/block" "participatiewet";
    "bonuses" "/facts/bonuses" "";
    "candidateReference" "/candidateReference" "K-12";
    "personKey" "/personKey" "";
    "periodFrom" "/facts/period/from" "2026-01-01";
    "periodUntil" "/facts/period/until" "2026-08-31";
    "placementStartedOn" "/facts/placementStartedOn" "";
    "hoursPerWeek" "/facts/hoursPerWeek" "24";
    "wageCostSubsidyUntil" "/facts/wageCostSubsidyUntil" "";
    "benefitMonths" "/facts/benefitMonths" "";
    "quantity" "/facts/quantity" "";
    "fullTimeYearHours" "/facts/fullTimeYearHours" "";
    "amount" "/facts/amount" "";
    "register" "/facts/register" "";
    "unit" "/facts/unit" "";
    "hours" "/facts/hours" "";
    "benefitEndedOn" "/facts/benefitEndedOn" "";
    "agreedOn" "/facts/agreedOn" "";
    "internshipMonths" "/facts/internshipMonths" "";
    "invoiceTotal" "/facts/invoiceTotal" "";
    "supplierKvkNumber" "/supplierKvkNumber" "";
    "invoiceNumber" "/invoiceNumber" "";
    "contractorKvkNumber" "/contractorKvkNumber" "";
    "otherHours" "/otherHours" "";
    "description" "/description" "Medewerker groen";
};

/// The columns without which nothing can be imported.
pub const NEEDED: &[&str] = &["contractReference", "externalReference", "kind", "block"];

/// An entry as a row tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// The reference of its contract.
    pub contract_reference: String,
    /// The entry.
    pub record: EntryRecord,
}

/// Reads a row; none when something is wrong with it, which `cells` then tells.
#[must_use]
pub fn read(cells: &mut Cells<'_>) -> Option<EntryRow> {
    let contract_reference = cells.needed("contractReference", cells.text("contractReference"));
    let external_reference = cells.needed("externalReference", cells.text("externalReference"));
    let kind = cells.parsed::<EntryKind>("kind");
    let kind = cells.needed("kind", kind);
    let block = cells.needed("block", cells.text("block"));
    let period = period(cells);
    let facts = EntryInput {
        block: block.unwrap_or_default().to_owned(),
        bonuses: cells.parts("bonuses").into_iter().map(str::to_owned).collect(),
        period,
        placement_started_on: cells.day("placementStartedOn"),
        contract_started_on: None,
        hours_per_week: cells.number("hoursPerWeek"),
        wage_cost_subsidy_until: cells.day("wageCostSubsidyUntil"),
        benefit_months: cells.parsed("benefitMonths"),
        quantity: cells.number("quantity"),
        earlier_quantity: None,
        full_time_year_hours: cells.number("fullTimeYearHours"),
        amount: cells.number("amount"),
        register: cells.text("register").map(str::to_owned),
        unit: cells.text("unit").map(str::to_owned),
        hours: cells.number("hours"),
        benefit_ended_on: cells.day("benefitEndedOn"),
        agreed_on: cells.day("agreedOn"),
        internship_months: cells.number("internshipMonths"),
        invoice_total: cells.number("invoiceTotal"),
    };
    let text = |column: &str| cells.text(column).map(str::to_owned);
    let (candidate_reference, person_key, other_hours, invoice_number, description) = (
        text("candidateReference"),
        text("personKey"),
        text("otherHours"),
        text("invoiceNumber"),
        text("description").unwrap_or_default(),
    );
    let contractor_kvk_number = cells.parsed("contractorKvkNumber");
    let supplier_kvk_number = cells.parsed("supplierKvkNumber");
    let (contract_reference, external_reference, kind) = (contract_reference?, external_reference?, kind?);
    cells.errors.is_empty().then(|| EntryRow {
        contract_reference: contract_reference.to_owned(),
        record: EntryRecord {
            external_reference: Some(external_reference.to_owned()),
            kind: EntryKindInput::from(kind),
            contractor_kvk_number,
            description,
            candidate_reference,
            person_key,
            other_hours,
            supplier_kvk_number,
            invoice_number,
            facts,
        },
    })
}

fn period(cells: &mut Cells<'_>) -> Option<PeriodInput> {
    let (from, until) = (cells.day("periodFrom"), cells.day("periodUntil"));
    match (cells.text("periodFrom"), cells.text("periodUntil")) {
        (Some(_), None) => cells.tell("periodUntil", "cell-needed", "a period has a last day too"),
        (None, Some(_)) => cells.tell("periodFrom", "cell-needed", "a period has a first day too"),
        _ => {}
    }
    Some(PeriodInput { from: from?, until: until? })
}
