//! Versions of social return policies: a municipality's own, and those that its region shares.
//!
//! A region's policy is read by all its municipalities; nothing of a municipality stands in it.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::frame::regions;
use crate::schema::social_return_policies as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::following::contract::ContractId;
use trede_model::frame::region::RegionId;
use trede_model::policies::policy::{PolicyId, PolicyOwner, StoredPolicy};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct PolicyRow {
    id: KeyOf<StoredPolicy>,
    municipality_id: Option<Coded<MunicipalityId>>,
    region_id: Option<Coded<RegionId>>,
    code: String,
    version: String,
    content: String,
    fingerprint: String,
    created_at: At,
    created_by: String,
}

impl From<&StoredPolicy> for PolicyRow {
    fn from(policy: &StoredPolicy) -> Self {
        let (municipality_id, region_id) = match &policy.owner {
            PolicyOwner::Municipality(id) => (Some(Coded(*id)), None),
            PolicyOwner::Region(id) => (None, Some(Coded(id.clone()))),
        };
        Self {
            id: KeyOf(policy.id),
            municipality_id,
            region_id,
            code: policy.code.clone(),
            version: policy.version.clone(),
            content: policy.content.clone(),
            fingerprint: policy.fingerprint.clone(),
            created_at: At(policy.created_at),
            created_by: policy.created_by.clone(),
        }
    }
}

impl TryFrom<PolicyRow> for StoredPolicy {
    type Error = StorageError;

    fn try_from(row: PolicyRow) -> Result<Self, StorageError> {
        let owner = match (row.municipality_id, row.region_id) {
            (Some(municipality), None) => PolicyOwner::Municipality(municipality.0),
            (None, Some(region)) => PolicyOwner::Region(region.0),
            _ => return Err(StorageError::Database("a policy has one owner".into())),
        };
        Ok(Self {
            id: row.id.0,
            owner,
            code: row.code,
            version: row.version,
            content: row.content,
            fingerprint: row.fingerprint,
            created_at: row.created_at.0,
            created_by: row.created_by,
        })
    }
}

/// Stores a version.
///
/// # Errors
/// [`StorageError::Duplicate`] when its owner has this version of this policy already.
pub fn insert(c: &mut AnyConnection, policy: &StoredPolicy) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(PolicyRow::from(policy)).execute(c)?;
    Ok(())
}

/// The version of that id, when it is the municipality's own or its region's.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: PolicyId,
) -> Result<Option<StoredPolicy>, StorageError> {
    let region = regions::of_municipality(c, municipality)?;
    table::table
        .find(KeyOf(id))
        .filter(
            table::municipality_id
                .eq(Coded(municipality))
                .or(table::region_id.eq(region.map(Coded)).assume_not_null()),
        )
        .select(PolicyRow::as_select())
        .first(c)
        .optional()?
        .map(StoredPolicy::try_from)
        .transpose()
}

/// The version of that id that a contract of the municipality keeps, also after the municipality left the
/// region that shared it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn kept(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: PolicyId,
) -> Result<Option<StoredPolicy>, StorageError> {
    use crate::schema::contracts;

    let keeps = contracts::table
        .filter(contracts::municipality_id.eq(Coded(municipality)))
        .filter(contracts::policy_id.eq(KeyOf(id)));
    table::table
        .find(KeyOf(id))
        .filter(diesel::dsl::exists(keeps))
        .select(PolicyRow::as_select())
        .first(c)
        .optional()?
        .map(StoredPolicy::try_from)
        .transpose()
}

/// One page of the versions that a municipality can use, in the order in which they were entered.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    request: &PageRequest<PolicyId>,
) -> Result<Page<StoredPolicy>, StorageError> {
    let region = regions::of_municipality(c, municipality)?;
    let query = table::table
        .filter(
            table::municipality_id
                .eq(Coded(municipality))
                .or(table::region_id.eq(region.map(Coded)).assume_not_null()),
        )
        .select(PolicyRow::as_select());
    let rows: Vec<PolicyRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    let policies = rows.into_iter().map(StoredPolicy::try_from).collect::<Result<_, _>>()?;
    Ok(Page::of_found(policies, request))
}

/// Every version that a municipality can use.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all(c: &mut AnyConnection, municipality: MunicipalityId) -> Result<Vec<StoredPolicy>, StorageError> {
    let region = regions::of_municipality(c, municipality)?;
    let rows: Vec<PolicyRow> = table::table
        .filter(
            table::municipality_id
                .eq(Coded(municipality))
                .or(table::region_id.eq(region.map(Coded)).assume_not_null()),
        )
        .order(table::id)
        .select(PolicyRow::as_select())
        .load(c)?;
    rows.into_iter().map(StoredPolicy::try_from).collect()
}

/// The versions that these contracts of the municipality keep, each once.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn kept_by(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contracts: &[ContractId],
) -> Result<Vec<StoredPolicy>, StorageError> {
    use crate::schema::contracts as keepers;

    let kept = keepers::table
        .filter(keepers::municipality_id.eq(Coded(municipality)))
        .filter(keepers::id.eq_any(contracts.iter().copied().map(KeyOf)))
        .filter(keepers::policy_id.is_not_null())
        .select(keepers::policy_id.assume_not_null());
    let rows: Vec<PolicyRow> =
        table::table.filter(table::id.eq_any(kept)).select(PolicyRow::as_select()).load(c)?;
    rows.into_iter().map(StoredPolicy::try_from).collect()
}

/// Whether a contract keeps this version, or kept it once.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn is_used(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: PolicyId,
) -> Result<bool, StorageError> {
    use crate::schema::contract_changes as changes;

    // The registration of a contract is its first change.
    let kept = changes::table
        .filter(changes::municipality_id.eq(Coded(municipality)))
        .filter(changes::policy_id.eq(KeyOf(id)));
    Ok(diesel::select(diesel::dsl::exists(kept)).get_result(c)?)
}

/// Takes a version of the municipality's own policy away that nothing uses; answers whether there was one.
///
/// # Errors
/// [`StorageError::BrokenReference`] when a contract keeps it.
pub fn remove(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: PolicyId,
) -> Result<bool, StorageError> {
    let own = table::table.find(KeyOf(id)).filter(table::municipality_id.eq(Coded(municipality)));
    Ok(diesel::delete(own).execute(c)? == 1)
}
