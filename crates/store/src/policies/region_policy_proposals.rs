//! What coordinators propose as policies of their region. As with the policies of a region, all its municipalities read
//! them; nothing of a municipality but its name stands in them.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::region_policy_proposals as table;
use crate::schema::social_return_policies as policies;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::frame::region::RegionId;
use trede_model::policies::policy::{PolicyId, StoredPolicy};
use trede_model::policies::region_proposal::RegionPolicyProposal;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct ProposalRow {
    id: KeyOf<StoredPolicy>,
    region_id: Coded<RegionId>,
    municipality_id: Coded<MunicipalityId>,
    code: String,
    version: String,
    content: String,
    fingerprint: String,
    created_at: At,
    created_by: String,
}

impl From<&RegionPolicyProposal> for ProposalRow {
    fn from(proposal: &RegionPolicyProposal) -> Self {
        Self {
            id: KeyOf(proposal.id),
            region_id: Coded(proposal.region.clone()),
            municipality_id: Coded(proposal.municipality),
            code: proposal.code.clone(),
            version: proposal.version.clone(),
            content: proposal.content.clone(),
            fingerprint: proposal.fingerprint.clone(),
            created_at: At(proposal.created_at),
            created_by: proposal.created_by.clone(),
        }
    }
}

impl From<ProposalRow> for RegionPolicyProposal {
    fn from(row: ProposalRow) -> Self {
        Self {
            id: row.id.0,
            region: row.region_id.0,
            municipality: row.municipality_id.0,
            code: row.code,
            version: row.version,
            content: row.content,
            fingerprint: row.fingerprint,
            created_at: row.created_at.0,
            created_by: row.created_by,
        }
    }
}

/// Stores a proposal.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert(c: &mut AnyConnection, proposal: &RegionPolicyProposal) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(ProposalRow::from(proposal)).execute(c)?;
    Ok(())
}

/// The proposal of that id in a region.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    region: &RegionId,
    id: PolicyId,
) -> Result<Option<RegionPolicyProposal>, StorageError> {
    let row: Option<ProposalRow> = table::table
        .find(KeyOf(id))
        .filter(table::region_id.eq(Coded(region.clone())))
        .select(ProposalRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(RegionPolicyProposal::from))
}

/// One page of the proposals of a region, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    region: &RegionId,
    request: &PageRequest<PolicyId>,
) -> Result<Page<RegionPolicyProposal>, StorageError> {
    let query =
        table::table.filter(table::region_id.eq(Coded(region.clone()))).select(ProposalRow::as_select());
    let rows: Vec<ProposalRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows.into_iter().map(RegionPolicyProposal::from).collect(), request))
}

/// Which of these proposals somebody agreed with, and who.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn agreed(
    c: &mut AnyConnection,
    region: &RegionId,
    ids: &BTreeSet<PolicyId>,
) -> Result<Vec<(PolicyId, String)>, StorageError> {
    let rows: Vec<(KeyOf<StoredPolicy>, String)> = policies::table
        .filter(policies::region_id.eq(Coded(region.clone())))
        .filter(policies::id.eq_any(ids.iter().copied().map(KeyOf)))
        .select((policies::id, policies::created_by))
        .load(c)?;
    Ok(rows.into_iter().map(|(id, by)| (id.0, by)).collect())
}
