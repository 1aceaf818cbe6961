//! Tables to which rows are added only: triggers refuse that a row is changed or taken away, whoever asks. What may
//! change is the name of who did something, which a privacy officer can have removed, and a salt, which goes with it.
//!
//! On PostgreSQL the service can run under a role of its own, `trede_service`, that has no right to do so either;
//! the owner of the tables runs `trede migrate`. Who owns the tables can take the triggers away: against that stand the
//! audit trail and its anchors.

use std::fmt::Write;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::frame::connection::AnyConnection;
use crate::frame::forms::{self, FORMS_NOW};

/// The role of the service on PostgreSQL, where its owner made one.
const SERVICE: &str = "trede_service";

/// Answers with a row when there is that role, and it has no rights yet.
pub(crate) const SERVICE_WITHOUT_RIGHTS: &str = "SELECT rolname::text FROM pg_roles WHERE rolname = 'trede_service' \
     AND NOT has_table_privilege(oid, 'audit_records', 'INSERT')";

/// Each table, and the columns that may change.
pub(crate) const TABLES: &[(&str, &[&str])] = &[
    ("audit_records", &["actor", "client", "address", "person_salt"]),
    ("audit_states", &["salt"]),
    ("award_letters", &[]),
    ("candidate_removals", &[]),
    ("contract_awards", &[]),
    ("contract_changes", &["actor"]),
    ("deadline_extensions", &["actor"]),
    ("dossier_entries", &["actor"]),
    ("duty_separations", &["actor"]),
    ("evaluations", &["created_by"]),
    ("hand_overs", &["actor"]),
    ("key_shares", &[]),
    ("ledger", &["actor"]),
    ("letter_templates", &["actor"]),
    ("lot_steps", &["actor"]),
    ("opened_keys", &[]),
    ("opener_keys", &["person"]),
    ("person_removals", &["removed_by"]),
    ("pso_claim_findings", &["decided_by"]),
    ("pso_tables", &["created_by"]),
    ("purchasing_policies", &["actor"]),
    ("rectifications", &["actor"]),
    ("region_policy_proposals", &["created_by"]),
    ("sealed_bids", &[]),
    ("settlements", &["actor"]),
    ("social_return_policies", &["created_by"]),
    ("value_map_versions", &["created_by"]),
];

/// Those of them of which a row may be taken away while nothing rests on it: what does, refers to it.
const REMOVABLE: &[&str] = &["social_return_policies"];

/// The columns of the tables of the trail that stay, which have no form.
const OF_TRAIL: &[(&str, &[&str])] = &[
    (
        "audit_records",
        &[
            "scope",
            "chain",
            "sequence",
            "id",
            "at",
            "action",
            "object",
            "request_id",
            "before_hash",
            "after_hash",
            "state_forms",
            "hash",
            "person_hash",
        ],
    ),
    ("audit_states", &["number", "act", "form", "row_key", "row_id", "before_hash", "after_hash"]),
];

/// The columns of a table that never change.
fn kept(table: &str, free: &[&str]) -> Vec<&'static str> {
    match forms::named(table, FORMS_NOW) {
        Some(form) => {
            form.columns.iter().map(|(name, _)| *name).filter(|name| !free.contains(name)).collect()
        }
        None => OF_TRAIL
            .iter()
            .find(|(name, _)| *name == table)
            .map(|(_, columns)| columns.to_vec())
            .unwrap_or_default(),
    }
}

/// Puts the triggers into the schema, and gives the role of the service its rights where there is one.
pub(crate) fn install(c: &mut AnyConnection) -> QueryResult<()> {
    let mut sql = String::new();
    for (table, free) in TABLES {
        let columns: Vec<String> = kept(table, free).iter().map(|name| format!("\"{name}\"")).collect();
        let columns = columns.join(", ");
        // Writing to a String cannot fail.
        let _ = match c {
            AnyConnection::Sqlite(_) => write!(
                sql,
                "CREATE TRIGGER IF NOT EXISTS append_only_update_{table} BEFORE UPDATE OF {columns} ON {table} \
                 BEGIN SELECT RAISE(ABORT, 'append-only: a row of {table} never changes'); END;"
            ),
            AnyConnection::Postgres(_) => write!(
                sql,
                "DROP TRIGGER IF EXISTS append_only_update ON {table};
                 DROP TRIGGER IF EXISTS append_only_delete ON {table};
                 CREATE TRIGGER append_only_update BEFORE UPDATE OF {columns} ON {table}
                   FOR EACH ROW EXECUTE FUNCTION trede_append_only();"
            ),
        };
        if REMOVABLE.contains(table) {
            continue;
        }
        let _ = match c {
            AnyConnection::Sqlite(_) => write!(
                sql,
                "CREATE TRIGGER IF NOT EXISTS append_only_delete_{table} BEFORE DELETE ON {table} \
                 BEGIN SELECT RAISE(ABORT, 'append-only: a row of {table} is never deleted'); END;"
            ),
            AnyConnection::Postgres(_) => write!(
                sql,
                "CREATE TRIGGER append_only_delete BEFORE DELETE ON {table}
                   FOR EACH ROW EXECUTE FUNCTION trede_append_only();"
            ),
        };
    }
    match c {
        AnyConnection::Sqlite(c) => c.batch_execute(&sql),
        AnyConnection::Postgres(c) => {
            c.batch_execute(
                "CREATE OR REPLACE FUNCTION trede_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN RAISE EXCEPTION 'append-only: a row of % never changes', TG_TABLE_NAME; END $$",
            )?;
            c.batch_execute(&sql)?;
            c.batch_execute(&rights())
        }
    }
}

/// What the service may do: everything on every table, but change or take away what is added only.
fn rights() -> String {
    let mut grants = format!(
        "GRANT USAGE ON SCHEMA public TO {SERVICE};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {SERVICE};
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {SERVICE};
         REVOKE INSERT, UPDATE, DELETE ON __diesel_schema_migrations FROM {SERVICE};"
    );
    for (table, free) in TABLES {
        let rights = if REMOVABLE.contains(table) { "UPDATE" } else { "UPDATE, DELETE" };
        let _ = write!(grants, "REVOKE {rights} ON {table} FROM {SERVICE};");
        if !free.is_empty() {
            let _ = write!(grants, "GRANT UPDATE ({}) ON {table} TO {SERVICE};", free.join(", "));
        }
    }
    format!(
        "DO $rights$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{SERVICE}') THEN {grants} END IF; \
         END $rights$"
    )
}

/// Takes the triggers out of the schema, for a step that changes rows.
pub(crate) fn lift(c: &mut AnyConnection) -> QueryResult<()> {
    match c {
        AnyConnection::Postgres(c) => c.batch_execute("DROP FUNCTION IF EXISTS trede_append_only() CASCADE"),
        AnyConnection::Sqlite(c) => {
            let drop = |(table, _): &(&str, &[&str])| {
                format!(
                    "DROP TRIGGER IF EXISTS append_only_update_{table}; \
                     DROP TRIGGER IF EXISTS append_only_delete_{table};"
                )
            };
            c.batch_execute(&TABLES.iter().map(drop).collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_a_table_that_is_added_to_only_stays_but_those_that_name_people() {
        for (table, free) in TABLES {
            let kept = kept(table, free);
            assert!(!kept.is_empty(), "{table}");
            assert!(free.iter().all(|column| !kept.contains(column)), "{table}");
        }
    }
}
