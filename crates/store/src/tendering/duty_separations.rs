//! Which duties an authority keeps apart: versions are added, never changed.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::duty_separations as table;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::tendering::duty::{Apart, DutySeparation};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct SeparationRow {
    municipality_id: Coded<MunicipalityId>,
    version: i64,
    /// The words, a space between them.
    apart: String,
    at: At,
    actor: String,
}

impl TryFrom<SeparationRow> for DutySeparation {
    type Error = StorageError;

    fn try_from(row: SeparationRow) -> Result<Self, StorageError> {
        let apart: Result<Vec<Apart>, _> = row.apart.split_whitespace().map(str::parse).collect();
        Ok(Self {
            municipality: row.municipality_id.0,
            version: Version(row.version),
            apart: apart.map_err(|error| StorageError::Database(Box::new(error)))?,
            written: Some((row.at.0, row.actor)),
        })
    }
}

/// Adds a version that somebody wrote.
///
/// # Errors
/// [`StorageError::Duplicate`] when there is one of that number.
pub fn insert(c: &mut AnyConnection, separation: &DutySeparation) -> Result<(), StorageError> {
    let Some((at, actor)) = separation.written.clone() else { return Ok(()) };
    let row = SeparationRow {
        municipality_id: Coded(separation.municipality),
        version: separation.version.0,
        apart: separation.apart.iter().map(|apart| apart.code()).collect::<Vec<_>>().join(" "),
        at: At(at),
        actor,
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The last version that the authority wrote.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Option<DutySeparation>, StorageError> {
    let row: Option<SeparationRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .order(table::version.desc())
        .select(SeparationRow::as_select())
        .first(c)
        .optional()?;
    row.map(DutySeparation::try_from).transpose()
}
