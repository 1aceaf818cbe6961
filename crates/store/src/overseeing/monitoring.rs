//! What monitoring reads of many contracts at once: a bounded number of queries, however many contracts.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use crate::following::entries::PERSON;
use crate::frame::columns::sql_type::Key;
use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::{contracts, entries, ledger};
use trede_base::cpv::CpvCodes;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::period::Period;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{EntryKind, EntryState};
use trede_model::following::obligation_state::ObligationState;
use trede_model::policies::policy::{PolicyId, StoredPolicy};

/// What the ledger added in one part of a time, for one block and kind of effort of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The contract.
    pub contract: ContractId,
    /// Code of the building block.
    pub block: String,
    /// The kind of effort.
    pub kind: EntryKind,
    /// Which part, from 0.
    pub part: usize,
    /// Added to what was submitted, in cents.
    pub submitted_cents: i64,
    /// Added to what counts, in cents.
    pub approved_cents: i64,
}

/// What the ledger added between the first and the last of these moments, in the parts between them.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn movements(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: Option<ContractId>,
    bounds: &[DateTime<Utc>],
) -> Result<Vec<Movement>, StorageError> {
    let (Some(from), Some(until)) = (bounds.first(), bounds.last()) else { return Ok(Vec::new()) };
    let groups = format!("ledger.contract_id, ledger.block, entries.kind, {}", part_of(bounds));
    // The sum of BIGINTs is a NUMERIC on PostgreSQL, hence the casts.
    let columns = format!(
        "{groups}, CAST(SUM(ledger.submitted_cents) AS BIGINT), CAST(SUM(ledger.approved_cents) AS BIGINT)"
    );
    let of_entry = entries::municipality_id.eq(ledger::municipality_id).and(entries::id.eq(ledger::entry_id));
    let query = ledger::table
        .inner_join(entries::table.on(of_entry))
        .filter(ledger::municipality_id.eq(Coded(municipality)))
        .filter(ledger::at.ge(At(*from)))
        .filter(ledger::at.lt(At(*until)))
        .group_by(sql::<Text>(&groups))
        .select(sql::<(Key, Text, Text, Integer, BigInt, BigInt)>(&columns));
    type Row = (KeyOf<Contract>, String, Coded<EntryKind>, i32, i64, i64);
    let rows: Vec<Row> = match contract {
        Some(contract) => query.filter(ledger::contract_id.eq(KeyOf(contract))).load(c)?,
        None => query.load(c)?,
    };
    Ok(rows
        .into_iter()
        .map(|(contract, block, kind, part, submitted_cents, approved_cents)| Movement {
            contract: contract.0,
            block,
            kind: kind.0,
            part: usize::try_from(part).unwrap_or_default(),
            submitted_cents,
            approved_cents,
        })
        .collect())
}

/// What the ledger added to what counts between the first and the last of these moments, by the district that the
/// entry names; in cents.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn approved_by_district(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    bounds: &[DateTime<Utc>],
) -> Result<Vec<(Option<String>, i64)>, StorageError> {
    let (Some(from), Some(until)) = (bounds.first(), bounds.last()) else { return Ok(Vec::new()) };
    let district = match c {
        AnyConnection::Postgres(_) => "CAST(entries.facts AS jsonb)->>'district'",
        AnyConnection::Sqlite(_) => "json_extract(entries.facts, '$.district')",
    };
    let of_entry = entries::municipality_id.eq(ledger::municipality_id).and(entries::id.eq(ledger::entry_id));
    Ok(ledger::table
        .inner_join(entries::table.on(of_entry))
        .filter(ledger::municipality_id.eq(Coded(municipality)))
        .filter(ledger::at.ge(At(*from)))
        .filter(ledger::at.lt(At(*until)))
        .filter(ledger::approved_cents.ne(0))
        .group_by(sql::<Nullable<Text>>(district))
        .select(sql::<(Nullable<Text>, BigInt)>(&format!(
            "{district}, CAST(SUM(ledger.approved_cents) AS BIGINT)"
        )))
        .load(c)?)
}

/// The number of the part in which a row of the ledger falls, as SQL. The moments are written as both
/// databases compare them; nothing of it comes from outside.
fn part_of(bounds: &[DateTime<Utc>]) -> String {
    let mut case = "CASE".to_owned();
    for (part, bound) in bounds.iter().skip(1).enumerate() {
        case.push_str(&format!(" WHEN ledger.at < '{}' THEN {part}", bound.format("%Y-%m-%dT%H:%M:%S%.6fZ")));
    }
    case.push_str(" ELSE 0 END");
    case
}

/// An approved entry, as an annual report needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovedWork {
    /// The contract.
    pub contract: ContractId,
    /// Code of the building block.
    pub block: String,
    /// The kind of effort.
    pub kind: EntryKind,
    /// Who it is about: by the key of the region, or else by the contractor's own reference.
    pub person: Option<String>,
    /// The first day that is accounted for.
    pub from: Option<NaiveDate>,
    /// The last day that is accounted for.
    pub until: Option<NaiveDate>,
    /// What it counts for, in cents.
    pub cents: i64,
    /// When it was written down.
    pub written_at: DateTime<Utc>,
    /// Its facts, as a JSON document.
    pub facts: String,
}

/// Every approved entry of the municipality.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn approved_work(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Vec<ApprovedWork>, StorageError> {
    type Row = (
        KeyOf<Contract>,
        String,
        Coded<EntryKind>,
        Option<String>,
        Option<NaiveDate>,
        Option<NaiveDate>,
        i64,
        At,
        String,
    );
    let rows: Vec<Row> = entries::table
        .filter(entries::municipality_id.eq(Coded(municipality)))
        .filter(entries::state.eq(Coded(EntryState::Approved)))
        .select((
            entries::contract_id,
            entries::block,
            entries::kind,
            sql::<Nullable<Text>>(PERSON),
            entries::period_from,
            entries::period_until,
            entries::value_cents,
            entries::created_at,
            entries::facts,
        ))
        .load(c)?;
    Ok(rows
        .into_iter()
        .map(|(contract, block, kind, person, from, until, cents, written_at, facts)| ApprovedWork {
            contract: contract.0,
            block,
            kind: kind.0,
            person,
            from,
            until,
            cents,
            written_at: written_at.0,
            facts,
        })
        .collect())
}

/// What an annual report needs of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractHead {
    /// Its id.
    pub id: ContractId,
    /// The contractor.
    pub contractor: KvkNumber,
    /// What is bought.
    pub cpv_codes: CpvCodes,
    /// Its term.
    pub term: Period,
    /// What is owed, in cents.
    pub owed_cents: Option<i64>,
    /// The version of the policy that it keeps.
    pub policy: Option<PolicyId>,
}

/// The heads of all contracts of the municipality.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn contract_heads(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Vec<ContractHead>, StorageError> {
    type Row = (
        KeyOf<Contract>,
        Coded<KvkNumber>,
        Coded<CpvCodes>,
        NaiveDate,
        NaiveDate,
        Option<i64>,
        Option<KeyOf<StoredPolicy>>,
    );
    let rows: Vec<Row> = contracts::table
        .filter(contracts::municipality_id.eq(Coded(municipality)))
        .filter(contracts::state.ne(Coded(ObligationState::Withdrawn)))
        .select((
            contracts::id,
            contracts::contractor_kvk,
            contracts::cpv_codes,
            contracts::starts_on,
            contracts::ends_on,
            contracts::obligation_cents,
            contracts::policy_id,
        ))
        .order(contracts::id)
        .load(c)?;
    Ok(rows
        .into_iter()
        .map(|(id, contractor, cpv_codes, from, until, owed_cents, policy)| ContractHead {
            id: id.0,
            contractor: contractor.0,
            cpv_codes: cpv_codes.0,
            term: Period { from, until },
            owed_cents,
            policy: policy.map(|policy| policy.0),
        })
        .collect())
}
