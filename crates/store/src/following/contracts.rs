//! Contracts of a municipality.

use chrono::NaiveDate;
use diesel::prelude::*;
use rust_decimal::Decimal;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::contracts as table;
use trede_base::contract_kind::ContractKind;
use trede_base::cpv::CpvCodes;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::record::{Record, Version};
use trede_model::following::contract::{
    Contract, ContractId, ContractTerms, ContractorFacts, KvkNumbers, LevelPeriods,
};
use trede_model::following::obligation_state::ObligationState;
use trede_model::policies::policy::StoredPolicy;
use trede_model::tendering::lot::{Lot, LotId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
pub(super) struct ContractRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Contract>,
    external_reference: Option<String>,
    lot_id: Option<KeyOf<Lot>>,
    title: String,
    contractor_kvk: Coded<KvkNumber>,
    consortium: Coded<KvkNumbers>,
    kind: Coded<ContractKind>,
    cpv_codes: Coded<CpvCodes>,
    contract_sum_cents: i64,
    wage_sum_cents: Option<i64>,
    labour_percent: Option<Coded<Decimal>>,
    published_on: Option<NaiveDate>,
    assigned_on: Option<NaiveDate>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    offered_percent: Option<Coded<Decimal>>,
    pso_levels: Coded<LevelPeriods>,
    exemption: Option<String>,
    deviation_cents: Option<i64>,
    deviation_reason: Option<String>,
    coordinator: Option<String>,
    policy_id: Option<KeyOf<StoredPolicy>>,
    obligation_cents: Option<i64>,
    state: Coded<ObligationState>,
    cure_until: Option<NaiveDate>,
    version: i64,
    created_at: At,
    updated_at: At,
    labels: Coded<LevelPeriods>,
    contractor_facts: Coded<ContractorFacts>,
}

impl From<&Contract> for ContractRow {
    fn from(contract: &Contract) -> Self {
        let terms = contract.terms.clone();
        let (deviation_cents, deviation_reason) = terms.deviation.unzip();
        Self {
            municipality_id: Coded(contract.municipality),
            id: KeyOf(contract.id),
            external_reference: terms.external_reference,
            lot_id: terms.lot.map(KeyOf),
            title: terms.title,
            contractor_kvk: Coded(terms.contractor),
            consortium: Coded(terms.consortium),
            kind: Coded(terms.kind),
            cpv_codes: Coded(terms.cpv_codes),
            contract_sum_cents: terms.contract_sum_cents,
            wage_sum_cents: terms.wage_sum_cents,
            labour_percent: terms.labour_percent.map(Coded),
            published_on: terms.published_on,
            assigned_on: terms.assigned_on,
            starts_on: terms.starts_on,
            ends_on: terms.ends_on,
            offered_percent: terms.offered_percent.map(Coded),
            pso_levels: Coded(terms.pso_levels),
            exemption: terms.exemption,
            deviation_cents,
            deviation_reason,
            coordinator: terms.coordinator,
            policy_id: contract.policy.map(KeyOf),
            obligation_cents: contract.obligation_cents,
            state: Coded(contract.state),
            cure_until: contract.cure_until,
            version: contract.record.version.0,
            created_at: At(contract.record.created_at),
            updated_at: At(contract.record.updated_at),
            labels: Coded(terms.labels),
            contractor_facts: Coded(terms.of_contractor),
        }
    }
}

impl From<ContractRow> for Contract {
    fn from(row: ContractRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            id: row.id.0,
            terms: ContractTerms {
                external_reference: row.external_reference,
                lot: row.lot_id.map(|lot| lot.0),
                title: row.title,
                contractor: row.contractor_kvk.0,
                consortium: row.consortium.0,
                kind: row.kind.0,
                cpv_codes: row.cpv_codes.0,
                contract_sum_cents: row.contract_sum_cents,
                wage_sum_cents: row.wage_sum_cents,
                labour_percent: row.labour_percent.map(|percent| percent.0),
                published_on: row.published_on,
                assigned_on: row.assigned_on,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                offered_percent: row.offered_percent.map(|percent| percent.0),
                pso_levels: row.pso_levels.0,
                exemption: row.exemption,
                deviation: row.deviation_cents.zip(row.deviation_reason),
                coordinator: row.coordinator,
                labels: row.labels.0,
                of_contractor: row.contractor_facts.0,
            },
            policy: row.policy_id.map(|policy| policy.0),
            obligation_cents: row.obligation_cents,
            state: row.state.0,
            cure_until: row.cure_until,
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

/// Stores a new contract.
///
/// # Errors
/// [`StorageError::Duplicate`] when its reference is taken or its lot has a contract already,
/// [`StorageError::BrokenReference`] when there is no such lot or policy.
pub fn insert(c: &mut AnyConnection, contract: &Contract) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(ContractRow::from(contract)).execute(c)?;
    Ok(())
}

/// Writes a contract that exists.
///
/// # Errors
/// As [`insert`].
pub fn update(c: &mut AnyConnection, contract: &Contract) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(contract.municipality), KeyOf(contract.id))))
        .set(ContractRow::from(contract))
        .execute(c)?;
    Ok(())
}

/// The contract of that id in the municipality.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: ContractId,
) -> Result<Option<Contract>, StorageError> {
    let row: Option<ContractRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .select(ContractRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Contract::from))
}

/// The contract that the municipality's own files know by this reference.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find_by_reference(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    reference: &str,
) -> Result<Option<Contract>, StorageError> {
    let row: Option<ContractRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::external_reference.eq(reference))
        .select(ContractRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Contract::from))
}

/// All contracts that have a PSO level at some time of their term.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn with_pso_levels(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Vec<Contract>, StorageError> {
    let rows: Vec<ContractRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::pso_levels.ne(""))
        .order(table::id)
        .select(ContractRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

/// All contracts whose obligation is that far.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn in_state(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    state: ObligationState,
) -> Result<Vec<Contract>, StorageError> {
    let rows: Vec<ContractRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::state.eq(Coded(state)))
        .order(table::id)
        .select(ContractRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

/// Whether an organisation is a member of the consortium: its numbers have one length and commas between them.
pub(super) fn has_member(party: KvkNumber) -> diesel::dsl::Like<table::consortium, String> {
    table::consortium.like(format!("%{party}%"))
}

/// The contracts that are not settled: all, of one party, or those that one coordinator follows. One more than
/// `most` tells that there are more.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn unsettled(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    party: Option<KvkNumber>,
    coordinator: Option<&str>,
    most: u16,
) -> Result<Vec<Contract>, StorageError> {
    use ObligationState::{Concept, CurePeriod, Fixed, Running, Short};

    let mut query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::state.eq_any([Concept, Fixed, Running, CurePeriod, Short].map(Coded)))
        .select(ContractRow::as_select())
        .order(table::id)
        .limit(i64::from(most) + 1)
        .into_boxed();
    if let Some(party) = party {
        query = query.filter(table::contractor_kvk.eq(Coded(party)).or(has_member(party)));
    }
    if let Some(coordinator) = coordinator {
        query = query.filter(table::coordinator.eq(coordinator));
    }
    let rows: Vec<ContractRow> = query.load(c)?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

/// Those contracts that the municipality's own files know by one of these references.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn with_references(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    references: &[&str],
) -> Result<Vec<Contract>, StorageError> {
    let rows: Vec<ContractRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::external_reference.eq_any(references))
        .select(ContractRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

/// The contracts that followed from lots, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_lots(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lots: impl IntoIterator<Item = LotId>,
) -> Result<Vec<Contract>, StorageError> {
    let rows: Vec<ContractRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq_any(lots.into_iter().map(KeyOf)))
        .order(table::id)
        .select(ContractRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

/// The contracts of which an organisation is a party.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn ids_of_party(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    party: KvkNumber,
) -> Result<Vec<ContractId>, StorageError> {
    let rows: Vec<KeyOf<Contract>> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contractor_kvk.eq(Coded(party)).or(has_member(party)))
        .select(table::id)
        .load(c)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Which of these contracts the municipality has.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn which(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[ContractId],
) -> Result<Vec<ContractId>, StorageError> {
    let rows: Vec<KeyOf<Contract>> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::id.eq_any(ids.iter().copied().map(KeyOf)))
        .select(table::id)
        .load(c)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// All contracts of a contractor, as lead member or alone, in the order in which they were registered.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_contractor(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contractor: KvkNumber,
) -> Result<Vec<Contract>, StorageError> {
    let rows: Vec<ContractRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contractor_kvk.eq(Coded(contractor)))
        .order(table::id)
        .select(ContractRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Contract::from).collect())
}
