//! Versions of the templates of letters: added, never changed.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::letter_templates as table;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::awarding::award_letter::{LetterLanguage, LetterTemplate};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct TemplateRow {
    municipality_id: Coded<MunicipalityId>,
    language: Coded<LetterLanguage>,
    version: i64,
    template: String,
    at: At,
    actor: String,
}

impl From<TemplateRow> for LetterTemplate {
    fn from(row: TemplateRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            language: row.language.0,
            version: Version(row.version),
            template: row.template,
            written: Some((row.at.0, row.actor)),
        }
    }
}

/// Adds a version that somebody wrote.
///
/// # Errors
/// [`StorageError::Duplicate`] when there is one of that number.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    template: &LetterTemplate,
) -> Result<(), StorageError> {
    let Some((at, actor)) = template.written.clone() else { return Ok(()) };
    let row = TemplateRow {
        municipality_id: Coded(municipality),
        language: Coded(template.language),
        version: template.version.0,
        template: template.template.clone(),
        at: At(at),
        actor,
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The last version of a language that the municipality wrote.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    language: LetterLanguage,
) -> Result<Option<LetterTemplate>, StorageError> {
    let row: Option<TemplateRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::language.eq(Coded(language)))
        .order(table::version.desc())
        .select(TemplateRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(LetterTemplate::from))
}
