//! Where people are named: one list, by which they are found, corrected and removed.
//!
//! The names of tables and columns come from this list and from nowhere else.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::audit_records::{self, AuditRow};
use super::audit_states;
use crate::frame::columns::sql_type::Instant;
use crate::frame::columns::{At, Coded};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::audit_records as trail;
use trede_base::ids::MunicipalityId;
use trede_base::person_name::PersonName;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::AuditRecord;
use trede_model::trust::personal_data::{NamedIn, Touched};

/// A column that names people.
struct Named {
    /// What its rows are, for people.
    kind: &'static str,
    table: &'static str,
    column: &'static str,
    /// The moment of the row.
    moment: &'static str,
    /// Whom to turn to, rather than who did something: that can be corrected.
    is_contact: bool,
}

const fn acted(kind: &'static str, table: &'static str, column: &'static str, moment: &'static str) -> Named {
    Named { kind, table, column, moment, is_contact: false }
}

/// Every column of a municipality that names people, but for those of the audit trail.
const NAMED: &[Named] = &[
    acted("lot-step", "lot_steps", "actor", "at"),
    acted("rectification", "rectifications", "actor", "at"),
    acted("deadline-extension", "deadline_extensions", "actor", "at"),
    acted("assessment", "assessments", "assessor", "created_at"),
    acted("dossier-entry", "dossier_entries", "actor", "at"),
    acted("evaluation", "evaluations", "created_by", "created_at"),
    acted("social-return-policy", "social_return_policies", "created_by", "created_at"),
    acted("region-policy-proposal", "region_policy_proposals", "created_by", "created_at"),
    Named {
        kind: "contract",
        table: "contracts",
        column: "coordinator",
        moment: "created_at",
        is_contact: true,
    },
    acted("contract-change", "contract_changes", "actor", "at"),
    acted("entry", "entries", "created_by", "created_at"),
    acted("ledger-row", "ledger", "actor", "at"),
    acted("plan", "plans", "submitted_by", "submitted_at"),
    acted("plan-decision", "plans", "decided_by", "decided_at"),
    acted("settlement", "settlements", "actor", "at"),
    acted("notice-import", "notice_imports", "imported_by", "imported_at"),
    acted("claim-finding", "pso_claim_findings", "decided_by", "decided_at"),
    acted("contribution-grant", "pso_contribution_grants", "granted_by", "granted_at"),
    acted("value-map-version", "value_map_versions", "created_by", "created_at"),
    acted("person-removal", "person_removals", "removed_by", "at"),
    acted("opening", "openings", "requested_by", "requested_at"),
    acted("opening-confirmation", "openings", "confirmed_by", "confirmed_at"),
    acted("hand-over", "hand_overs", "actor", "at"),
    acted("opener-key", "opener_keys", "person", "registered_at"),
    acted("key-split", "key_splits", "set_by", "set_at"),
    acted("key-share", "given_shares", "person", "given_at"),
    acted("duty-separation", "duty_separations", "actor", "at"),
    acted("purchasing-policy", "purchasing_policies", "actor", "at"),
    acted("purchasing-policy-exception", "purchasing_policy_exceptions", "actor", "at"),
    acted("letter-template", "letter_templates", "actor", "at"),
    acted("evidence-file", "evidence_files", "added_by", "added_at"),
];

/// The kind of the records of the audit trail.
const AUDIT_RECORD: &str = "audit-record";

/// National reference data name their keepers; they belong to no municipality.
#[cfg(test)]
const NATIONAL: &[(&str, &str)] = &[
    ("pso_certificates", "verified_by"),
    ("pso_tables", "created_by"),
    ("register_imports", "created_by"),
    ("pso_contributions", "created_by"),
    ("pso_requirement_checks", "created_by"),
    ("token_revocations", "revoked_by"),
];

#[derive(QueryableByName)]
struct Standing {
    #[diesel(sql_type = BigInt)]
    records: i64,
    #[diesel(sql_type = Nullable<Instant>)]
    first_at: Option<At>,
    #[diesel(sql_type = Nullable<Instant>)]
    last_at: Option<At>,
}

/// Where a name stands in the municipality, the audit trail left out.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn named_in(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    name: &PersonName,
) -> Result<Vec<NamedIn>, StorageError> {
    let mut found = Vec::new();
    for Named { kind, table, column, moment, .. } in NAMED {
        let query = format!(
            "SELECT COUNT(*) AS records, MIN({moment}) AS first_at, MAX({moment}) AS last_at \
             FROM {table} WHERE municipality_id = $1 AND {column} = $2"
        );
        let standing: Standing = diesel::sql_query(query)
            .bind::<Text, _>(Coded(municipality))
            .bind::<Text, _>(name.as_str())
            .get_result(c)?;
        if standing.records > 0 {
            let Standing { records, first_at, last_at } = standing;
            let (first_at, last_at) = (first_at.map(|at| at.0), last_at.map(|at| at.0));
            found.push(NamedIn { kind, records, first_at, last_at });
        }
    }
    Ok(found)
}

/// What somebody did in the municipality, the last first, so many at the most; and how much there is.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn acts(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    name: &PersonName,
    most: i64,
) -> Result<(Vec<AuditRecord>, i64), StorageError> {
    let of_person = || {
        // Not in the vaults: who acted there is kept sealed, and what stands in its place is nobody's name.
        let scope = Coded(AuditScope::Municipality(municipality));
        trail::table.filter(trail::actor.eq(name.as_str())).filter(trail::scope.eq(scope))
    };
    let all = of_person().count().get_result(c)?;
    let rows: Vec<AuditRow> = of_person()
        .order((trail::at.desc(), trail::id.desc()))
        .limit(most)
        .select(AuditRow::as_select())
        .load(c)?;
    Ok((rows.into_iter().map(AuditRecord::try_from).collect::<Result<_, _>>()?, all))
}

/// Gives somebody another name where they are whom to turn to. What they did stays under the name of then.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn rename_contact(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    name: &PersonName,
    corrected: &str,
) -> Result<Vec<Touched>, StorageError> {
    let mut touched = Vec::new();
    for Named { kind, table, column, .. } in NAMED.iter().filter(|named| named.is_contact) {
        let statement =
            format!("UPDATE {table} SET {column} = $1 WHERE municipality_id = $2 AND {column} = $3");
        let records = diesel::sql_query(statement)
            .bind::<Text, _>(corrected)
            .bind::<Text, _>(Coded(municipality))
            .bind::<Text, _>(name.as_str())
            .execute(c)?;
        touched.extend(told(kind, records));
    }
    Ok(touched)
}

/// Puts a pseudonym in the place of a name, in what was recorded before a moment; and forgets the client, the
/// address and the salt in the audit trail, so that its hash leads to nobody.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn remove(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    name: &PersonName,
    before: DateTime<Utc>,
    pseudonym: &str,
) -> Result<Vec<Touched>, StorageError> {
    let mut touched = Vec::new();
    for Named { kind, table, column, moment, .. } in NAMED {
        let statement = format!(
            "UPDATE {table} SET {column} = $1 WHERE municipality_id = $2 AND {column} = $3 AND {moment} < $4"
        );
        let records = diesel::sql_query(statement)
            .bind::<Text, _>(pseudonym)
            .bind::<Text, _>(Coded(municipality))
            .bind::<Text, _>(name.as_str())
            .bind::<Instant, _>(At(before))
            .execute(c)?;
        touched.extend(told(kind, records));
    }
    audit_states::forget_former(c, municipality, before)?;
    let records = audit_records::remove_person(c, municipality, name, before, pseudonym)?;
    touched.extend(told(AUDIT_RECORD, records));
    Ok(touched)
}

fn told(kind: &'static str, records: usize) -> Option<Touched> {
    let records = i64::try_from(records).unwrap_or(i64::MAX);
    (records > 0).then_some(Touched { kind, records })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new table that names people must be findable, or say why not: this test reads the schema.
    #[test]
    fn every_column_that_names_people_is_in_the_list() {
        let schema = include_str!("../schema.rs");
        let mut table = "";
        let mut missing = Vec::new();
        for line in schema.lines().map(str::trim) {
            if let Some((name, rest)) = line.split_once(" (") {
                if rest.ends_with(") {") {
                    table = name;
                }
                continue;
            }
            let Some((column, kind)) = line.split_once(" -> ") else { continue };
            let names_people =
                matches!(column, "actor" | "assessor" | "coordinator") || column.ends_with("_by");
            if !names_people || !kind.contains("Text") || table == "audit_records" {
                continue;
            }
            let listed = NAMED.iter().any(|named| (named.table, named.column) == (table, column))
                || NATIONAL.contains(&(table, column));
            if !listed {
                missing.push(format!("{table}.{column}"));
            }
        }
        assert!(missing.is_empty(), "name these in NAMED, or in NATIONAL: {}", missing.join(", "));
    }
}
