//! How values stand in a column, on both databases.
//!
//! | value          | PostgreSQL    | SQLite                                      |
//! |----------------|---------------|---------------------------------------------|
//! | word, code     | `TEXT`        | `TEXT`, through `Display` and `FromStr`     |
//! | id             | `UUID`        | `BLOB`, 16 bytes                            |
//! | instant        | `TIMESTAMPTZ` | `TEXT`, fixed width, so that text order is time order |
//! | money          | `BIGINT`      | `BIGINT`, in cents                          |
//! | exact decimal  | `TEXT`        | `TEXT`                                      |
//! | document       | `TEXT`        | `TEXT`: its bytes are what was signed       |

use std::fmt::{Debug, Display};
use std::io::Write;
use std::str::FromStr;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, HasSqlType, Text};
use diesel::sqlite::Sqlite;
use uuid::Uuid;

use super::connection::MultiBackend;
use trede_base::ids::Id;

/// The column types that diesel does not know on both databases.
pub mod sql_type {
    use diesel::query_builder::QueryId;
    use diesel::sql_types::SqlType;

    /// An id: `UUID` or a `BLOB` of 16 bytes.
    #[derive(Clone, Copy, Debug, Default, QueryId, SqlType)]
    #[diesel(postgres_type(oid = 2950, array_oid = 2951))]
    #[diesel(sqlite_type(name = "Binary"))]
    pub struct Key;

    /// A moment in UTC, in whole microseconds: `TIMESTAMPTZ` or a `TEXT` of 27 characters.
    #[derive(Clone, Copy, Debug, Default, QueryId, SqlType)]
    #[diesel(postgres_type(oid = 1184, array_oid = 1185))]
    #[diesel(sqlite_type(name = "Text"))]
    pub struct Instant;
}

use sql_type::{Instant, Key};

impl HasSqlType<Key> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Key>(lookup)
    }
}

impl HasSqlType<Instant> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Instant>(lookup)
    }
}

/// A word or code of the domain as `TEXT`. A text that the domain does not know is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Coded<T: Debug>(pub T);

impl<T: Debug + Display> ToSql<Text, Pg> for Coded<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        write!(out, "{}", self.0)?;
        Ok(IsNull::No)
    }
}

impl<T: Debug + Display> ToSql<Text, Sqlite> for Coded<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_string());
        Ok(IsNull::No)
    }
}

impl<T> ToSql<Text, MultiBackend> for Coded<T>
where
    T: Debug + Display + Send + Sync + 'static,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Text, self));
        Ok(IsNull::No)
    }
}

impl<T, DB> FromSql<Text, DB> for Coded<T>
where
    T: Debug + FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
    DB: Backend,
    String: FromSql<Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(String::from_sql(value)?.parse()?))
    }
}

/// An id as a column; the kind of thing it names is kept.
#[derive(AsExpression, FromSqlRow)]
#[diesel(sql_type = Key)]
pub struct KeyOf<T: 'static>(pub Id<T>);

impl<T> Debug for KeyOf<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Debug::fmt(&self.0, f)
    }
}

impl<T> Copy for KeyOf<T> {}

impl<T> Clone for KeyOf<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> ToSql<Key, Pg> for KeyOf<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.uuid().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl<T> ToSql<Key, Sqlite> for KeyOf<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.uuid().as_bytes().to_vec());
        Ok(IsNull::No)
    }
}

impl<T> ToSql<Key, MultiBackend> for KeyOf<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Key, self));
        Ok(IsNull::No)
    }
}

impl<T> FromSql<Key, Pg> for KeyOf<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Id::from_uuid(Uuid::from_slice(value.as_bytes())?)))
    }
}

impl<T> FromSql<Key, Sqlite> for KeyOf<T> {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<diesel::sql_types::Binary, Sqlite>>::from_sql(value)?;
        Ok(Self(Id::from_uuid(Uuid::from_slice(&bytes)?)))
    }
}

impl<T> FromSql<Key, MultiBackend> for KeyOf<T> {
    fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Key>()
    }
}

/// A moment as a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Instant)]
pub struct At(pub DateTime<Utc>);

/// Microseconds between the Unix epoch and 2000-01-01, from which PostgreSQL counts.
const POSTGRES_EPOCH_MICROS: i64 = 946_684_800_000_000;

const FIXED_WIDTH: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// A moment as SQLite holds it, and as forms of rows do.
pub(crate) fn fixed_width(at: DateTime<Utc>) -> String {
    at.trunc_subsecs(6).format(FIXED_WIDTH).to_string()
}

impl ToSql<Instant, Pg> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let micros = self.0.timestamp_micros() - POSTGRES_EPOCH_MICROS;
        ToSql::<BigInt, Pg>::to_sql(&micros, &mut out.reborrow())
    }
}

impl ToSql<Instant, Sqlite> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(fixed_width(self.0));
        Ok(IsNull::No)
    }
}

impl ToSql<Instant, MultiBackend> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Instant, self));
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Pg> for At {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let micros = <i64 as FromSql<BigInt, Pg>>::from_sql(value)?;
        DateTime::UNIX_EPOCH
            .checked_add_signed(TimeDelta::microseconds(POSTGRES_EPOCH_MICROS))
            .and_then(|epoch| epoch.checked_add_signed(TimeDelta::microseconds(micros)))
            .map(Self)
            .ok_or_else(|| "an instant beyond the calendar".into())
    }
}

impl FromSql<Instant, Sqlite> for At {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(Self(DateTime::parse_from_rfc3339(&text)?.to_utc()))
    }
}

impl FromSql<Instant, MultiBackend> for At {
    fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Instant>()
    }
}
