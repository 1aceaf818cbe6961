//! What suppliers tell of themselves, and which of them hold a certificate.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use rust_decimal::Decimal;

use crate::frame::columns::{At, Coded};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{
    pso_certificate_holders as holders, pso_certificates as certificates, supplier_profiles as table,
};
use trede_base::ids::KvkNumber;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::pso::supplier::{SupplierFacts, SupplierProfile, SupplierWish};

#[derive(Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = table, treat_none_as_default_value = false, treat_none_as_null = true)]
struct ProfileRow {
    kvk: Coded<KvkNumber>,
    cpv_codes: String,
    regions: String,
    turnover_cents: Option<i64>,
    fte: Option<Coded<Decimal>>,
    direct_share_percent: Option<Coded<Decimal>>,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&SupplierProfile> for ProfileRow {
    fn from(profile: &SupplierProfile) -> Self {
        let facts = &profile.facts;
        Self {
            kvk: Coded(profile.kvk),
            cpv_codes: between_spaces(&facts.cpv_codes),
            regions: between_spaces(&facts.regions),
            turnover_cents: facts.turnover_cents,
            fte: facts.fte.map(Coded),
            direct_share_percent: facts.direct_share_percent.map(Coded),
            version: profile.record.version.0,
            created_at: At(profile.record.created_at),
            updated_at: At(profile.record.updated_at),
        }
    }
}

impl From<ProfileRow> for SupplierProfile {
    fn from(row: ProfileRow) -> Self {
        Self {
            kvk: row.kvk.0,
            facts: SupplierFacts {
                cpv_codes: apart(&row.cpv_codes),
                regions: apart(&row.regions),
                turnover_cents: row.turnover_cents,
                fte: row.fte.map(|fte| fte.0),
                direct_share_percent: row.direct_share_percent.map(|share| share.0),
            },
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

/// A space before and after each, so that one can be found by its beginning or whole.
fn between_spaces(codes: &[impl ToString]) -> String {
    codes.iter().fold(String::from(" "), |text, code| text + &code.to_string() + " ")
}

fn apart<T: std::str::FromStr>(text: &str) -> Vec<T> {
    text.split_whitespace().filter_map(|code| code.parse().ok()).collect()
}

/// The profile of that number.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, kvk: KvkNumber) -> Result<Option<SupplierProfile>, StorageError> {
    let row: Option<ProfileRow> =
        table::table.find(Coded(kvk)).select(ProfileRow::as_select()).first(c).optional()?;
    Ok(row.map(SupplierProfile::from))
}

/// Writes a profile, new or in the place of the former.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn replace(c: &mut AnyConnection, profile: &SupplierProfile) -> Result<(), StorageError> {
    let row = ProfileRow::from(profile);
    if diesel::update(table::table.find(Coded(profile.kvk))).set(&row).execute(c)? == 0 {
        diesel::insert_into(table::table).values(row).execute(c)?;
    }
    Ok(())
}

/// One page of the suppliers that fit the wish and are covered by a verified certificate in force on the day, by
/// KvK number.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list_certified(
    c: &mut AnyConnection,
    wish: &SupplierWish,
    day: NaiveDate,
    request: &PageRequest<KvkNumber>,
) -> Result<Page<SupplierProfile>, StorageError> {
    let certified = exists(
        holders::table
            .inner_join(certificates::table)
            .filter(holders::kvk.eq(table::kvk))
            .filter(certificates::superseded_at.is_null())
            .filter(certificates::verified_at.is_not_null())
            .filter(certificates::valid_from.le(day))
            .filter(certificates::valid_until.ge(day))
            .filter(certificates::ended_on.is_null().or(certificates::ended_on.gt(day))),
    );
    let of_cpv = wish.cpv.as_ref().map_or_else(|| "%".to_owned(), |first| format!("% {first}%"));
    let of_region = wish.region.map_or_else(|| "%".to_owned(), |region| format!("% {region} %"));
    let query = table::table
        .filter(certified)
        .filter(table::cpv_codes.like(of_cpv))
        .filter(table::regions.like(of_region))
        .select(ProfileRow::as_select());
    let rows: Vec<ProfileRow> = keyset!(query, request, table::kvk, Coded).load(c)?;
    Ok(Page::of_found(rows, request).map(SupplierProfile::from))
}
