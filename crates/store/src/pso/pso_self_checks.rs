//! Contributions, grants to read them, and checks of qualitative requirements: each an organisation's own, found
//! by its KvK number before anything else.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{
    pso_contribution_grants as grants, pso_contributions as contributions, pso_requirement_checks as checks,
};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_model::pso::self_check::{
    ContributionGrant, ContributionSummary, KeptContribution, KeptContributionId, Requirement,
    RequirementCheck, RequirementCheckId, RequirementFacts,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = contributions, treat_none_as_default_value = false)]
struct ContributionRow {
    kvk: Coded<KvkNumber>,
    id: KeyOf<KeptContribution>,
    reference_year_from: Option<String>,
    total_fte: String,
    direct: String,
    indirect: String,
    total: String,
    level: Option<String>,
    is_complete: bool,
    input: String,
    result: String,
    created_at: At,
    created_by: String,
}

impl From<ContributionRow> for KeptContribution {
    fn from(row: ContributionRow) -> Self {
        Self {
            kvk: row.kvk.0,
            id: row.id.0,
            summary: ContributionSummary {
                reference_year_from: row.reference_year_from,
                total_fte: row.total_fte,
                direct: row.direct,
                indirect: row.indirect,
                total: row.total,
                level: row.level,
                is_complete: row.is_complete,
            },
            input: row.input,
            result: row.result,
            created_at: row.created_at.0,
            created_by: row.created_by,
        }
    }
}

/// Keeps a contribution.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert_contribution(c: &mut AnyConnection, kept: &KeptContribution) -> Result<(), StorageError> {
    let summary = &kept.summary;
    diesel::insert_into(contributions::table)
        .values(ContributionRow {
            kvk: Coded(kept.kvk),
            id: KeyOf(kept.id),
            reference_year_from: summary.reference_year_from.clone(),
            total_fte: summary.total_fte.clone(),
            direct: summary.direct.clone(),
            indirect: summary.indirect.clone(),
            total: summary.total.clone(),
            level: summary.level.clone(),
            is_complete: summary.is_complete,
            input: kept.input.clone(),
            result: kept.result.clone(),
            created_at: At(kept.created_at),
            created_by: kept.created_by.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// A contribution of the organisation.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find_contribution(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    id: KeptContributionId,
) -> Result<Option<KeptContribution>, StorageError> {
    let row: Option<ContributionRow> = contributions::table
        .find((Coded(kvk), KeyOf(id)))
        .select(ContributionRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(KeptContribution::from))
}

/// The contribution of the organisation that was measured last.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn last_contribution(
    c: &mut AnyConnection,
    kvk: KvkNumber,
) -> Result<Option<KeptContribution>, StorageError> {
    let row: Option<ContributionRow> = contributions::table
        .filter(contributions::kvk.eq(Coded(kvk)))
        .order(contributions::id.desc())
        .select(ContributionRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(KeptContribution::from))
}

/// One page of the contributions of the organisation, oldest first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list_contributions(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    request: &PageRequest<KeptContributionId>,
) -> Result<Page<KeptContribution>, StorageError> {
    let query =
        contributions::table.filter(contributions::kvk.eq(Coded(kvk))).select(ContributionRow::as_select());
    let rows: Vec<ContributionRow> = keyset!(query, request, contributions::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(KeptContribution::from))
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = grants, treat_none_as_default_value = false)]
struct GrantRow {
    kvk: Coded<KvkNumber>,
    municipality_id: Coded<MunicipalityId>,
    granted_at: At,
    granted_by: String,
    withdrawn_at: Option<At>,
}

/// Lets a municipality read the organisation's contributions.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such municipality, [`StorageError::Duplicate`] when it may
/// already.
pub fn insert_grant(c: &mut AnyConnection, grant: &ContributionGrant) -> Result<(), StorageError> {
    diesel::insert_into(grants::table)
        .values(GrantRow {
            kvk: Coded(grant.kvk),
            municipality_id: Coded(grant.municipality),
            granted_at: At(grant.granted_at),
            granted_by: grant.granted_by.clone(),
            withdrawn_at: grant.withdrawn_at.map(At),
        })
        .execute(c)?;
    Ok(())
}

/// Takes back what was granted to a municipality; answers whether there was something to take back.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn withdraw_grant(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    municipality: MunicipalityId,
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let standing = grants::table
        .filter(grants::kvk.eq(Coded(kvk)))
        .filter(grants::municipality_id.eq(Coded(municipality)))
        .filter(grants::withdrawn_at.is_null());
    Ok(diesel::update(standing).set(grants::withdrawn_at.eq(At(at))).execute(c)? > 0)
}

/// All that the organisation ever granted, oldest first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn grants(c: &mut AnyConnection, kvk: KvkNumber) -> Result<Vec<ContributionGrant>, StorageError> {
    let rows: Vec<GrantRow> = grants::table
        .filter(grants::kvk.eq(Coded(kvk)))
        .order((grants::granted_at, grants::municipality_id))
        .select(GrantRow::as_select())
        .load(c)?;
    Ok(rows
        .into_iter()
        .map(|row| ContributionGrant {
            kvk: row.kvk.0,
            municipality: row.municipality_id.0,
            granted_at: row.granted_at.0,
            granted_by: row.granted_by,
            withdrawn_at: row.withdrawn_at.map(|at| at.0),
        })
        .collect())
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = checks, treat_none_as_default_value = false)]
struct CheckRow {
    kvk: Coded<KvkNumber>,
    id: KeyOf<RequirementCheck>,
    requirement: Coded<Requirement>,
    is_met: bool,
    evidence: String,
    checked_on: NaiveDate,
    created_at: At,
    created_by: String,
}

impl From<CheckRow> for RequirementCheck {
    fn from(row: CheckRow) -> Self {
        Self {
            kvk: row.kvk.0,
            id: row.id.0,
            facts: RequirementFacts {
                requirement: row.requirement.0,
                is_met: row.is_met,
                evidence: row.evidence,
                checked_on: row.checked_on,
            },
            created_at: row.created_at.0,
            created_by: row.created_by,
        }
    }
}

/// Adds a check.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert_check(c: &mut AnyConnection, check: &RequirementCheck) -> Result<(), StorageError> {
    let facts = &check.facts;
    diesel::insert_into(checks::table)
        .values(CheckRow {
            kvk: Coded(check.kvk),
            id: KeyOf(check.id),
            requirement: Coded(facts.requirement),
            is_met: facts.is_met,
            evidence: facts.evidence.clone(),
            checked_on: facts.checked_on,
            created_at: At(check.created_at),
            created_by: check.created_by.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// One page of the checks of the organisation, oldest first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list_checks(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    request: &PageRequest<RequirementCheckId>,
) -> Result<Page<RequirementCheck>, StorageError> {
    let query = checks::table.filter(checks::kvk.eq(Coded(kvk))).select(CheckRow::as_select());
    let rows: Vec<CheckRow> = keyset!(query, request, checks::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(RequirementCheck::from))
}

/// The last check of a requirement.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn last_check(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    requirement: Requirement,
) -> Result<Option<RequirementCheck>, StorageError> {
    let row: Option<CheckRow> = checks::table
        .filter(checks::kvk.eq(Coded(kvk)))
        .filter(checks::requirement.eq(Coded(requirement)))
        .order((checks::checked_on.desc(), checks::id.desc()))
        .select(CheckRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(RequirementCheck::from))
}
