//! The table of entries: one row for each effort that is accounted for.

use super::column::{Column, Layout};
use super::faults::Fault;
use super::overlay;
use super::row::{Cells, Named};
use crate::entry_record::{EntryKindInput, EntryRecord};
use trede_base::gender::Gender;
use trede_model::following::candidate::candidate_reference;
use trede_model::following::contract::ContractId;
use trede_model::following::entry::{EntryId, EntryKind};
use trede_wire::social_return_case::{EntryInput, PeriodInput};

/// The columns of the table of entries.
pub const LAYOUT: Layout = Layout {
    columns: columns! {
        "contractReference" ["kenmerk opdracht", "opdracht"] Text "/contractReference" "OPD-2026-001";
        "externalReference" ["kenmerk", "referentie"] Text "/externalReference" "V-0001";
        "kind" ["soort", "soort invulling"] Code "/kind" "placement";
        "block" ["bouwblok"] Code "/facts/block" "participatiewet";
        "bonuses" ["opslagen"] Codes "/facts/bonuses" "";
        "candidateReference" ["kandidaat"] Code "/candidateReference" "K-12";
        "personKey" ["persoonssleutel"] Code "/personKey" "";
        "periodFrom" ["periode van", "van", "begin periode"] Day "/facts/period/from" "2026-01-01";
        "periodUntil" ["periode tot en met", "tot en met", "t/m", "einde periode"] Day "/facts/period/until" "2026-08-31";
        "placementStartedOn" ["start plaatsing"] Day "/facts/placementStartedOn" "";
        "hoursPerWeek" ["uren per week"] Number "/facts/hoursPerWeek" "24";
        "wageCostSubsidyUntil" ["loonkostensubsidie tot en met"] Day "/facts/wageCostSubsidyUntil" "";
        "benefitMonths" ["uitkeringsduur in maanden", "uitkeringsduur"] Number "/facts/benefitMonths" "";
        "quantity" ["aantal"] Number "/facts/quantity" "";
        "fullTimeYearHours" ["jaaruren voltijd"] Number "/facts/fullTimeYearHours" "";
        "amount" ["bedrag"] Euros "/facts/amount" "";
        "register" ["register", "trede leverancier"] Code "/facts/register" "";
        "unit" ["eenheid"] Code "/facts/unit" "";
        "hours" ["uren"] Number "/facts/hours" "";
        "benefitEndedOn" ["einde uitkering"] Day "/facts/benefitEndedOn" "";
        "agreedOn" ["akkoord vooraf op"] Day "/facts/agreedOn" "";
        "internshipMonths" ["maanden stage"] Number "/facts/internshipMonths" "";
        "invoiceTotal" ["factuurtotaal", "totaal factuur"] Euros "/facts/invoiceTotal" "";
        "district" ["wijk", "stadsdeel"] Text "/facts/district" "";
        "gender" ["geslacht"] Code "/facts/gender" "";
        "monthsAfter" ["maanden na plaatsing"] Number "/facts/monthsAfter" "";
        "atWork" ["aan het werk", "nog aan het werk"] Code "/facts/atWork" "";
        "supplierKvkNumber" ["kvk-nummer leverancier", "kvk leverancier"] Code "/supplierKvkNumber" "";
        "invoiceNumber" ["factuurnummer"] Text "/invoiceNumber" "";
        "contractorKvkNumber" ["kvk-nummer opdrachtnemer", "kvk opdrachtnemer"] Code "/contractorKvkNumber" "";
        "otherHours" ["andere uren"] LongText "/otherHours" "";
        "description" ["toelichting", "omschrijving"] LongText "/description" "Medewerker groen";
    },
    exported: columns! {
        "entryId" ["verantwoording-id"] Id "" "";
        "contractId" ["opdracht-id"] Id "" "";
        "state" ["stand"] Code "" "";
        "value" ["waarde"] Euros "" "";
        "approved" ["goedgekeurd"] Euros "" "";
    },
    needed: &["contractReference", "externalReference", "kind", "block"],
};

/// The kinds of entries, as a table can call them.
const KINDS: &[Named<EntryKind>] = &[
    (EntryKind::Placement, "plaatsing", &[]),
    (EntryKind::Internship, "stage", &["leerwerkplek"]),
    (EntryKind::Purchase, "inkoop", &[]),
    (EntryKind::Activity, "activiteit", &["maatschappelijke activiteit"]),
    (EntryKind::Project, "project", &[]),
    (EntryKind::ActualCost, "werkelijke kosten", &[]),
    (EntryKind::PsoCertificate, "PSO-certificaat", &[]),
    (EntryKind::Cash, "afkoop", &["geld"]),
    (EntryKind::CarryOver, "overheveling", &[]),
    (EntryKind::FollowUp, "opvolging", &["duurzaamheid"]),
];

/// What can be told of a candidate's gender.
const GENDERS: &[Named<Gender>] =
    &[(Gender::Woman, "vrouw", &["v"]), (Gender::Man, "man", &["m"]), (Gender::Other, "anders", &["x"])];

/// Yes and no.
const YES_NO: &[Named<bool>] = &[(true, "ja", &["yes"]), (false, "nee", &["no"])];

/// An entry as a row tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// The id of its contract under which it was exported.
    pub contract: Option<ContractId>,
    /// The reference of its contract; none only where there is an id.
    pub contract_reference: Option<String>,
    /// The id under which it was exported.
    pub id: Option<EntryId>,
    /// The entry.
    pub record: EntryRecord,
    /// The columns that the table has, and that say something: what is left empty there is filled in here.
    pub columns: Vec<&'static Column>,
}

impl EntryRow {
    /// The columns in which it says something else than is known.
    #[must_use]
    pub fn differences(&self, known: &EntryRecord) -> Vec<&'static str> {
        let mut said = self.record.clone();
        // It is kept in one way of writing.
        said.candidate_reference =
            said.candidate_reference.map(|written| candidate_reference(&written).unwrap_or(written));
        overlay::differences(known, &said, &self.columns, "")
    }

    /// What is known with what the row says; none where the two do not fit together.
    #[must_use]
    pub fn laid_over(&self, known: &EntryRecord) -> Option<EntryRecord> {
        overlay::overlaid(known, &self.record, &self.columns, "")
    }
}

/// Reads a row; none when something is wrong with it, which `cells` then tells.
#[must_use]
pub fn read(cells: &mut Cells<'_>) -> Option<EntryRow> {
    let (contract, id) = (cells.id("contractId"), cells.id("entryId"));
    let contract_reference = cells.text("contractReference");
    let contract_reference = match contract {
        Some(_) => contract_reference,
        None => cells.needed("contractReference", contract_reference),
    };
    let external_reference = cells.text("externalReference");
    let external_reference = match id {
        Some(_) => external_reference,
        None => cells.needed("externalReference", external_reference),
    };
    let kind = cells.word("kind", KINDS);
    let kind = cells.needed("kind", kind);
    let block = cells.text("block");
    let block = cells.needed("block", block);
    let facts = facts(cells, block.unwrap_or_default());
    let (candidate_reference, person_key) = (cells.text("candidateReference"), cells.text("personKey"));
    let (other_hours, invoice_number) = (cells.text("otherHours"), cells.text("invoiceNumber"));
    let description = cells.text("description").unwrap_or_default();
    let contractor_kvk_number = cells.kvk("contractorKvkNumber");
    let supplier_kvk_number = cells.kvk("supplierKvkNumber");
    let kind = EntryKindInput::from(kind?);
    let is_filled_in = |column: &&'static Column| {
        column.name != "contractReference"
            && !(matches!(column.name, "contractorKvkNumber" | "register") && cells.is_blank(column.name))
    };
    let columns = cells.columns(LAYOUT.columns).into_iter().filter(is_filled_in).collect();
    cells.errors.is_empty().then_some(EntryRow {
        contract,
        contract_reference,
        id,
        record: EntryRecord {
            external_reference,
            kind,
            contractor_kvk_number,
            description,
            candidate_reference,
            person_key,
            other_hours,
            supplier_kvk_number,
            invoice_number,
            facts,
        },
        columns,
    })
}

fn facts(cells: &mut Cells<'_>, block: String) -> EntryInput {
    EntryInput {
        block,
        bonuses: cells.parts("bonuses"),
        period: period(cells),
        placement_started_on: cells.day("placementStartedOn"),
        contract_started_on: None,
        hours_per_week: cells.number("hoursPerWeek"),
        wage_cost_subsidy_until: cells.day("wageCostSubsidyUntil"),
        benefit_months: cells
            .whole("benefitMonths", u16::MAX.into())
            .and_then(|months| u16::try_from(months).ok()),
        quantity: cells.number("quantity"),
        earlier_quantity: None,
        full_time_year_hours: cells.number("fullTimeYearHours"),
        amount: cells.amount("amount"),
        register: cells.text("register"),
        unit: cells.text("unit"),
        hours: cells.number("hours"),
        benefit_ended_on: cells.day("benefitEndedOn"),
        agreed_on: cells.day("agreedOn"),
        internship_months: cells.number("internshipMonths"),
        invoice_total: cells.amount("invoiceTotal"),
        district: cells.text("district"),
        gender: cells.word("gender", GENDERS),
        months_after: cells
            .whole("monthsAfter", u16::MAX.into())
            .and_then(|months| u16::try_from(months).ok()),
        at_work: cells.word("atWork", YES_NO),
    }
}

fn period(cells: &mut Cells<'_>) -> Option<PeriodInput> {
    let (from, until) = (cells.day("periodFrom"), cells.day("periodUntil"));
    match (cells.is_blank("periodFrom"), cells.is_blank("periodUntil")) {
        (false, true) => cells.tell_fault("periodUntil", Fault::PeriodEndNeeded, &[]),
        (true, false) => cells.tell_fault("periodFrom", Fault::PeriodStartNeeded, &[]),
        _ => {}
    }
    Some(PeriodInput { from: from?, until: until? })
}
