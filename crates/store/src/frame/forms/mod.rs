//! The canonical forms of rows: what the audit trail takes hashes of.
//!
//! A form belongs to a table and names its columns; the row is written as JSON with its names in order, the same on
//! both databases. Rust's types have no part in it: they may be renamed, moved and printed otherwise, and a hash
//! stays what it was. **A form that was released never changes**: when a migration changes a table, add the form
//! anew with the next number beside the old one, and raise [`FORMS_NOW`]; the record of an act says by which number
//! its hashes were taken.

mod awarding;
mod following;
mod keeping;
mod tendering;

/// The number of the forms as they are now.
pub(crate) const FORMS_NOW: i16 = 1;

/// What a column holds, and so how it is written in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text, as it is; a document as the text that it is.
    Text,
    /// An id: a UUID in lower case, with hyphens.
    Id,
    /// Bytes, as hexadecimal digits in lower case.
    Bytes,
    /// A moment in UTC, with six digits of its second: `2026-03-02T09:00:00.000000Z`.
    Moment,
    /// A day: `2026-03-02`.
    Day,
    /// A whole number.
    Number,
    /// True or false.
    Truth,
}

/// The canonical form of the rows of a table.
#[derive(Debug)]
pub(crate) struct Form {
    /// The table, and the name of the form.
    pub(crate) name: &'static str,
    /// The first number of the forms in which it stands.
    pub(crate) since: i16,
    /// The columns by which a row is known.
    pub(crate) key: &'static [&'static str],
    /// Every column of the table.
    pub(crate) columns: &'static [(&'static str, Kind)],
}

/// A form, as it stands in a list of them.
macro_rules! form {
    ($name:ident $since:literal [$($key:ident),+] { $($column:ident: $kind:ident,)+ }) => {
        Form {
            name: stringify!($name),
            since: $since,
            key: &[$(stringify!($key)),+],
            columns: &[$((stringify!($column), Kind::$kind)),+],
        }
    };
}
use form;

/// Tables of which no states are kept, and why. Every other table has a form: a test reads the schema.
pub(crate) const WITHOUT_FORM: &[(&str, &str)] = &[
    ("audit_records", "the trail itself"),
    ("audit_states", "the trail itself"),
    ("events", "tells of what stands elsewhere; gets its place later, and is removed after a term"),
    ("event_counters", "counts events"),
    ("webhook_deliveries", "how far telling is"),
    ("jobs", "work that waits"),
    ("console_sessions", "who is logged in on a page, for as long as they are"),
    ("idempotency_keys", "answers to requests, for a day"),
    ("register_imports", "how far reading the register is; what it changes is certificates"),
    ("register_import_parts", "the register while it is read"),
    ("register_import_faults", "what could not be read of it"),
    ("register_import_sightings", "the register while it is read"),
    ("level_watches", "up to which day level changes were told"),
    ("reminders", "which reminders were sent"),
    ("claims", "an index over entries, by keys of people that must not outlive them"),
    ("tender_packages", "how far a whole tender was taken in; what it made stands in its own tables"),
    ("table_imports", "which import brought what; contracts and entries have forms of their own"),
    ("table_import_items", "which import brought what; contracts and entries have forms of their own"),
    ("write_probes", "a row that is written to see whether the database takes writes"),
    ("__diesel_schema_migrations", "the steps of the schema"),
];

/// Tables that no trigger watches: what is put in is noted, or bound by the record itself, where that is done. The
/// storing of a bid waits for nothing else.
pub(crate) const UNWATCHED: &[&str] = &["sealed_bids"];

/// Every form that there is or was.
pub(crate) fn all() -> impl Iterator<Item = &'static Form> {
    tendering::FORMS.iter().chain(awarding::FORMS).chain(following::FORMS).chain(keeping::FORMS)
}

/// The forms of now, one for each table.
pub(crate) fn of_now() -> impl Iterator<Item = &'static Form> {
    all().filter(|form| named(form.name, FORMS_NOW).is_some_and(|latest| std::ptr::eq(latest, *form)))
}

/// The form of a table by the forms of a number; none when it had none yet.
pub(crate) fn named(table: &str, number: i16) -> Option<&'static Form> {
    all().filter(|form| form.name == table && form.since <= number).max_by_key(|form| form.since)
}

impl Form {
    /// What a column of this form holds.
    pub(crate) fn kind(&self, column: &str) -> Option<Kind> {
        self.columns.iter().find(|(name, _)| *name == column).map(|(_, kind)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The tables and their columns, as `schema.rs` has them.
    fn tables() -> BTreeMap<String, BTreeSet<String>> {
        let mut tables = BTreeMap::<String, BTreeSet<String>>::new();
        let mut table = String::new();
        for line in include_str!("../../schema.rs").lines().map(str::trim) {
            match (line.split_once(" ("), line.split_once(" -> ")) {
                (Some((name, rest)), _) if rest.ends_with(") {") => name.clone_into(&mut table),
                (_, Some((column, _))) if !line.starts_with("diesel::") => {
                    tables.entry(table.clone()).or_default().insert(column.to_owned());
                }
                _ => {}
            }
        }
        tables
    }

    #[test]
    fn every_table_has_a_form_with_all_its_columns_or_says_why_not() {
        let tables = tables();
        assert!(tables.len() > 50, "{tables:?}");
        for (table, columns) in tables {
            let form = named(&table, FORMS_NOW);
            let reason = WITHOUT_FORM.iter().find(|(name, _)| *name == table);
            assert_eq!(form.is_some(), reason.is_none(), "{table} needs a form, or a reason why it has none");
            if let Some(form) = form {
                let of_form: BTreeSet<_> = form.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
                assert_eq!(of_form, columns, "{table}: a changed table needs a form with the next number");
            }
        }
    }

    #[test]
    fn the_key_of_a_form_is_among_its_columns() {
        for form in all() {
            assert!(!form.key.is_empty());
            assert!(form.key.iter().all(|column| form.kind(column).is_some()), "{}", form.name);
            assert!(form.since <= FORMS_NOW);
        }
    }
}
