//! Versions of ladders, norms and weights: those that come with Trede, those that the operator added, and a
//! municipality's own. None is ever changed: what was computed names the version it used.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Services;
use crate::frame::access::{Operation, authorise, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE, of_engine};
use trede_base::ids::MunicipalityId;
use trede_model::pso::table::{KeptTable, TableKind};
use trede_model::trust::audit::AuditScope;
use trede_rules::pso::contribution::Finding;
use trede_rules::pso::{LadderVersion, NormTable, PUBLISHED_NORMS, PUBLISHED_WEIGHTS, WeightTable};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::pso_file::{NormsInput, PsoFile, WeightsInput};
use trede_wire::pso_tables::LadderVersionInput;

/// The most characters of the name of a version or of a code.
const NAME: usize = 64;

/// The operations on one kind of table.
#[derive(Clone, Copy, Debug)]
pub struct TableOperations {
    list: Operation,
    get: Operation,
    create: Operation,
}

/// A kind of table: how it is checked, and what of it comes with Trede.
pub trait Table: Serialize + DeserializeOwned + Clone {
    /// What it holds.
    const KIND: TableKind;
    /// The operations on national tables.
    const NATIONAL: TableOperations;
    /// The operations on a municipality's own, where it can have its own.
    const MUNICIPAL: Option<TableOperations>;

    /// The name of the version.
    fn version(&self) -> &str;

    /// The versions that come with Trede, oldest first.
    fn published() -> Vec<Self>;

    /// The table as it is kept, with the ladder that it rests on inside.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with everything that is wrong with it.
    fn checked(self, ladders: &[LadderVersionInput]) -> Result<Self, ServiceError>;
}

/// A version of a table, and who keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Version<T> {
    /// Whose own it is.
    pub scope: AuditScope,
    /// The table.
    pub table: T,
    /// When it was added and by whom; none when it comes with Trede.
    pub added: Option<(DateTime<Utc>, String)>,
}

impl TableOperations {
    fn authorise(self, actor: &Actor, scope: AuditScope, operation: Operation) -> Result<(), ServiceError> {
        match scope {
            AuditScope::National => authorise_national(actor, operation),
            AuditScope::Municipality(id) | AuditScope::Vault(id, _) => authorise(actor, id, operation),
        }
    }
}

fn operations<T: Table>(scope: AuditScope) -> Result<TableOperations, ServiceError> {
    match scope {
        AuditScope::National => Ok(T::NATIONAL),
        AuditScope::Municipality(_) | AuditScope::Vault(..) => {
            T::MUNICIPAL.ok_or(ServiceError::NotFound { what: "table" })
        }
    }
}

/// Adds a version.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings, [`ServiceError::Refused`] when there is a version of this name
/// already.
pub fn create<T: Table>(
    services: &Services,
    actor: &Actor,
    scope: AuditScope,
    table: T,
) -> Result<Version<T>, ServiceError> {
    let operations = operations::<T>(scope)?;
    operations.authorise(actor, scope, operations.create)?;
    let act = services.act_in(
        scope,
        actor,
        operations.create,
        format!("pso-tables/{}/{}", T::KIND, table.version()),
    );
    services.db.write(&act, |c| {
        let ladders = all::<LadderVersionInput>(c, AuditScope::National)?;
        let ladders: Vec<_> = ladders.into_iter().map(|known| known.table).collect();
        let table = table.clone().checked(&ladders)?;
        let known = all::<T>(c, scope)?;
        if known.iter().any(|known| known.table.version() == table.version()) {
            return Err(ServiceError::refused("version-exists", "there is a version of this name already"));
        }
        let document = serde_json::to_string(&table).map_err(|error| ServiceError::Internal(error.into()))?;
        let kept = KeptTable {
            scope,
            kind: T::KIND,
            version: table.version().to_owned(),
            document,
            created_at: act.at,
            created_by: act.actor.clone(),
        };
        store::pso::pso_tables::insert(c, &kept)?;
        Ok(Version { scope, table, added: Some((act.at, act.actor.clone())) })
    })
}

/// The versions that hold for a scope: national ones, those that come with Trede first, and then its own.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn list<T: Table>(
    services: &Services,
    actor: &Actor,
    scope: AuditScope,
) -> Result<Vec<Version<T>>, ServiceError> {
    let operations = operations::<T>(scope)?;
    operations.authorise(actor, scope, operations.list)?;
    services.db.read(|c| all(c, scope))
}

/// The version of that name; of a municipality's own and a national one, its own.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none.
pub fn get<T: Table>(
    services: &Services,
    actor: &Actor,
    scope: AuditScope,
    version: &str,
) -> Result<Version<T>, ServiceError> {
    let operations = operations::<T>(scope)?;
    operations.authorise(actor, scope, operations.get)?;
    services.db.read(|c| find(c, scope, version))?.ok_or(ServiceError::NotFound { what: "version" })
}

fn find<T: Table>(
    c: &mut AnyConnection,
    scope: AuditScope,
    version: &str,
) -> Result<Option<Version<T>>, ServiceError> {
    Ok(all::<T>(c, scope)?.into_iter().rev().find(|known| known.table.version() == version))
}

fn all<T: Table>(c: &mut AnyConnection, scope: AuditScope) -> Result<Vec<Version<T>>, ServiceError> {
    let published = T::published().into_iter();
    let mut versions: Vec<Version<T>> =
        published.map(|table| Version { scope: AuditScope::National, table, added: None }).collect();
    let mut kept = store::pso::pso_tables::list(c, AuditScope::National, T::KIND)?;
    if scope != AuditScope::National {
        kept.extend(store::pso::pso_tables::list(c, scope, T::KIND)?);
    }
    for kept in kept {
        let table =
            serde_json::from_str(&kept.document).map_err(|error| ServiceError::Internal(error.into()))?;
        versions.push(Version { scope: kept.scope, table, added: Some((kept.created_at, kept.created_by)) });
    }
    Ok(versions)
}

/// All versions of the ladder that are known here, as they came with Trede or were added.
pub(crate) fn ladders(c: &mut AnyConnection) -> Result<Vec<LadderVersion>, ServiceError> {
    let kept = all::<LadderVersionInput>(c, AuditScope::National)?;
    // What cannot be read was never stored.
    Ok(kept.into_iter().filter_map(|known| known.table.to_version().ok()).collect())
}

/// The ladder of that name, when an operator added it: those that come with Trede are known everywhere.
pub(crate) fn added_ladder(
    c: &mut AnyConnection,
    version: &str,
) -> Result<Option<LadderVersionInput>, ServiceError> {
    let found = find::<LadderVersionInput>(c, AuditScope::National, version)?;
    Ok(found.filter(|known| known.added.is_some()).map(|known| known.table))
}

/// Puts the tables that a file names, and that were added here, inside the file: so its result rests on nothing
/// but the file. Those of the municipality go before national ones.
pub(crate) fn fill_in(
    c: &mut AnyConnection,
    municipality: Option<MunicipalityId>,
    file: &mut PsoFile,
) -> Result<(), ServiceError> {
    let scope = municipality.map_or(AuditScope::National, AuditScope::Municipality);
    if let Some(named) = file.norms.as_mut().filter(|norms| norms.levels.is_empty() && norms.rows.is_empty())
        && let Some(found) = find::<NormsInput>(c, scope, &named.version)?
        && found.added.is_some()
    {
        *named = found.table;
    }
    let bare = |weights: &&mut WeightsInput| weights.source.is_none();
    if let Some(named) = file.weights.as_mut().filter(bare)
        && let Some(found) = find::<WeightsInput>(c, scope, &named.version)?
        && found.added.is_some()
    {
        *named = with_own(found.table, named);
    }
    Ok(())
}

/// A kept table with what a file gives besides or instead.
fn with_own(mut kept: WeightsInput, named: &WeightsInput) -> WeightsInput {
    kept.positions.retain(|known| named.positions.iter().all(|own| own.code != known.code));
    kept.positions.extend(named.positions.iter().cloned());
    kept.contracts.retain(|known| named.contracts.iter().all(|own| own.code != known.code));
    kept.contracts.extend(named.contracts.iter().cloned());
    kept
}

/// What is said of a table of any kind.
fn about(version: &str, source: &str, in_force_from: Option<NaiveDate>) -> Findings {
    let mut findings = Findings::default();
    findings.needed_text("/version", version, NAME);
    findings.needed_text("/source", source, TITLE);
    findings.date("/inForceFrom", in_force_from);
    findings
}

fn add(found: Vec<Finding>, findings: &mut Findings) {
    for finding in found.into_iter().map(of_engine) {
        findings.add(&finding.pointer, finding.code, finding.detail);
    }
}

impl Table for LadderVersionInput {
    const KIND: TableKind = TableKind::Ladder;
    const NATIONAL: TableOperations = TableOperations {
        list: Operation::ListPsoLadders,
        get: Operation::GetPsoLadder,
        create: Operation::CreatePsoLadder,
    };
    const MUNICIPAL: Option<TableOperations> = None;

    fn version(&self) -> &str {
        &self.version
    }

    fn published() -> Vec<Self> {
        LadderVersion::published().iter().map(Self::from).collect()
    }

    fn checked(self, _: &[LadderVersionInput]) -> Result<Self, ServiceError> {
        let mut findings = about(&self.version, &self.source, self.in_force_from);
        if self.in_force_from.is_none() {
            findings.add("/inForceFrom", "date-needed", "a ladder that is added is in force from a day");
        }
        for (index, level) in self.levels.iter().enumerate() {
            findings.needed_text(&format!("/levels/{index}/code"), &level.code, NAME);
            findings.optional_text(&format!("/levels/{index}/name"), level.name.as_deref(), TITLE);
        }
        add(self.to_version().err().into_iter().collect(), &mut findings);
        findings.into_result().map(|()| self)
    }
}

impl Table for NormsInput {
    const KIND: TableKind = TableKind::Norms;
    const NATIONAL: TableOperations = TableOperations {
        list: Operation::ListPsoNormTables,
        get: Operation::GetPsoNormTable,
        create: Operation::CreatePsoNormTable,
    };
    const MUNICIPAL: Option<TableOperations> = Some(TableOperations {
        list: Operation::ListOwnPsoNormTables,
        get: Operation::GetOwnPsoNormTable,
        create: Operation::CreateOwnPsoNormTable,
    });

    fn version(&self) -> &str {
        &self.version
    }

    fn published() -> Vec<Self> {
        NormTable::published(PUBLISHED_NORMS).iter().map(Self::from).collect()
    }

    fn checked(mut self, ladders: &[LadderVersionInput]) -> Result<Self, ServiceError> {
        let source = self.source.clone().unwrap_or_default();
        let mut findings = about(&self.version, &source, self.in_force_from);
        if self.rows.is_empty() || self.levels.is_empty() {
            findings.add("/rows", "rows-needed", "a table has levels, and rows with their norms");
        }
        let named = self.ladder_version.as_deref().filter(|_| self.ladder.is_none());
        if let Some(ladder) = ladders.iter().find(|ladder| Some(ladder.version.as_str()) == named) {
            self.ladder = Some(ladder.ladder());
            self.ladder_version = None;
        }
        if !source.trim().is_empty() {
            add(self.table().err().unwrap_or_default(), &mut findings);
        }
        findings.into_result().map(|()| self)
    }
}

impl Table for WeightsInput {
    const KIND: TableKind = TableKind::Weights;
    const NATIONAL: TableOperations = TableOperations {
        list: Operation::ListPsoWeightTables,
        get: Operation::GetPsoWeightTable,
        create: Operation::CreatePsoWeightTable,
    };
    const MUNICIPAL: Option<TableOperations> = Some(TableOperations {
        list: Operation::ListOwnPsoWeightTables,
        get: Operation::GetOwnPsoWeightTable,
        create: Operation::CreateOwnPsoWeightTable,
    });

    fn version(&self) -> &str {
        &self.version
    }

    fn published() -> Vec<Self> {
        PUBLISHED_WEIGHTS
            .iter()
            .filter_map(|version| WeightTable::published(version))
            .map(|table| Self::from(&table))
            .collect()
    }

    fn checked(self, _: &[LadderVersionInput]) -> Result<Self, ServiceError> {
        let source = self.source.as_deref().unwrap_or_default();
        let mut findings = about(&self.version, source, self.in_force_from);
        if self.positions.is_empty() && self.contracts.is_empty() && self.based_on.is_none() {
            findings.add("/positions", "weights-needed", "a table holds positions and contract types");
        }
        if !source.trim().is_empty() {
            add(self.table().err().unwrap_or_default(), &mut findings);
        }
        findings.into_result().map(|()| self)
    }
}
