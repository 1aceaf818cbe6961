//! What an authority asks of its award models: versions are added, never changed; and why tenders depart from it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::{purchasing_policies as table, purchasing_policy_exceptions as exceptions};
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::tendering::purchasing_policy::{PolicyException, PurchasingPolicy};
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct PolicyRow {
    municipality_id: Coded<MunicipalityId>,
    version: i64,
    content: String,
    at: At,
    actor: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = exceptions, treat_none_as_default_value = false)]
struct ExceptionRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<PolicyException>,
    tender_id: KeyOf<Tender>,
    rule: String,
    reason: String,
    at: At,
    actor: String,
}

/// Adds a version that somebody wrote.
///
/// # Errors
/// [`StorageError::Duplicate`] when there is one of that number.
pub fn insert(c: &mut AnyConnection, policy: &PurchasingPolicy) -> Result<(), StorageError> {
    let (Some((at, actor)), Some(content)) = (policy.written.clone(), policy.content.clone()) else {
        return Ok(());
    };
    let row = PolicyRow {
        municipality_id: Coded(policy.municipality),
        version: policy.version.0,
        content,
        at: At(at),
        actor,
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The version that was in force at a moment: the last that was written until then.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn in_force(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    at: DateTime<Utc>,
) -> Result<PurchasingPolicy, StorageError> {
    let row: Option<PolicyRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::at.le(At(at)))
        .order(table::version.desc())
        .select(PolicyRow::as_select())
        .first(c)
        .optional()?;
    Ok(match row {
        Some(row) => PurchasingPolicy {
            municipality,
            version: Version(row.version),
            content: Some(row.content),
            written: Some((row.at.0, row.actor)),
        },
        None => PurchasingPolicy { municipality, version: Version::FIRST, content: None, written: None },
    })
}

/// Stores why a tender departs from a rule.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such tender in the municipality.
pub fn insert_exception(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    exception: &PolicyException,
) -> Result<(), StorageError> {
    let row = ExceptionRow {
        municipality_id: Coded(municipality),
        id: KeyOf(exception.id),
        tender_id: KeyOf(exception.tender),
        rule: exception.rule.clone(),
        reason: exception.reason.clone(),
        at: At(exception.at),
        actor: exception.actor.clone(),
    };
    diesel::insert_into(exceptions::table).values(row).execute(c)?;
    Ok(())
}

/// The exceptions of a tender, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn exceptions_of(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<PolicyException>, StorageError> {
    let rows: Vec<ExceptionRow> = exceptions::table
        .filter(exceptions::municipality_id.eq(Coded(municipality)))
        .filter(exceptions::tender_id.eq(KeyOf(tender)))
        .order(exceptions::id.asc())
        .select(ExceptionRow::as_select())
        .load(c)?;
    Ok(rows
        .into_iter()
        .map(|row| PolicyException {
            id: row.id.0,
            tender: row.tender_id.0,
            rule: row.rule,
            reason: row.reason,
            at: row.at.0,
            actor: row.actor,
        })
        .collect())
}
