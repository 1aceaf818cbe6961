//! The audit trail: one record for each write, added by the transaction that writes, each a link in a
//! chain of its scope.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::audit_records as table;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::page::{Page, PageRequest, Start};
use trede_base::person_name::PersonName;
use trede_model::trust::audit::{Act, AuditScope};
use trede_model::trust::audit_chain::{AuditPlace, AuditRecord, Chain, Link};
use trede_model::trust::audit_hash::{ChainHash, StateChange};
use trede_model::trust::person_seal::{PersonSeal, Salt};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
pub(crate) struct AuditRow {
    scope: Coded<AuditScope>,
    chain: i16,
    sequence: i64,
    id: KeyOf<Act>,
    at: At,
    actor: String,
    client: Option<String>,
    action: String,
    object: String,
    request_id: KeyOf<Request>,
    address: Option<String>,
    before_hash: Option<Coded<ChainHash>>,
    after_hash: Option<Coded<ChainHash>>,
    hash: Coded<ChainHash>,
    person_salt: Option<Coded<Salt>>,
    person_hash: Option<Coded<ChainHash>>,
    state_forms: Option<i16>,
}

/// Names what a request id is the id of.
pub(crate) struct Request;

impl TryFrom<AuditRow> for AuditRecord {
    type Error = StorageError;

    fn try_from(row: AuditRow) -> Result<Self, StorageError> {
        let chain = chain((row.scope, row.chain))?;
        Ok(Self {
            act: Act {
                id: row.id.0,
                scope: chain.scope,
                at: row.at.0,
                actor: row.actor,
                client: row.client,
                action: row.action,
                object: row.object,
                request_id: row.request_id.0.uuid(),
                address: row.address,
            },
            change: StateChange {
                before: row.before_hash.map(|hash| hash.0),
                after: row.after_hash.map(|hash| hash.0),
                forms: row.state_forms,
            },
            link: Link { chain, sequence: row.sequence, hash: row.hash.0 },
            seal: row
                .person_hash
                .map(|hash| PersonSeal { salt: row.person_salt.map(|salt| salt.0), hash: hash.0 }),
        })
    }
}

fn chain((scope, number): (Coded<AuditScope>, i16)) -> Result<Chain, StorageError> {
    let number = u8::try_from(number).map_err(|error| StorageError::Database(Box::new(error)))?;
    Ok(Chain { scope: scope.0, number })
}

pub(crate) fn insert(
    c: &mut AnyConnection,
    act: &Act,
    change: StateChange,
    link: Link,
    seal: &PersonSeal,
) -> Result<(), StorageError> {
    let row = AuditRow {
        scope: Coded(act.scope),
        chain: i16::from(link.chain.number),
        sequence: link.sequence,
        id: KeyOf(act.id),
        at: At(act.at),
        actor: act.actor.clone(),
        client: act.client.clone(),
        action: act.action.clone(),
        object: act.object.clone(),
        request_id: KeyOf(Id::from_uuid(act.request_id)),
        address: act.address.clone(),
        before_hash: change.before.map(Coded),
        after_hash: change.after.map(Coded),
        hash: Coded(link.hash),
        person_salt: seal.salt.map(Coded),
        person_hash: Some(Coded(seal.hash)),
        state_forms: change.forms,
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// Puts a pseudonym in the place of who did something before a moment. Records from before there were seals stay:
/// their hash is over the name. Answers how many were changed.
pub(crate) fn remove_person(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    name: &PersonName,
    before: DateTime<Utc>,
    pseudonym: &str,
) -> Result<usize, StorageError> {
    // The vaults name nobody.
    let of_municipality = || table::scope.eq(Coded(AuditScope::Municipality(municipality)));
    let statement = diesel::update(table::table)
        .filter(table::actor.eq(name.as_str()))
        .filter(of_municipality())
        .filter(table::at.lt(At(before)))
        .filter(table::person_hash.is_not_null())
        .set((
            table::actor.eq(pseudonym),
            table::client.eq(None::<String>),
            table::address.eq(None::<String>),
            table::person_salt.eq(None::<String>),
        ));
    Ok(statement.execute(c)?)
}

/// The last link of a chain; its origin when nothing was added yet.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn head(c: &mut AnyConnection, chain: Chain) -> Result<Link, StorageError> {
    last_link(c, chain, Links::All)
}

/// The last link of a chain whose act changed something: reading adds to a chain too, and what rests on the record
/// is not changed by that.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn head_of_changes(c: &mut AnyConnection, chain: Chain) -> Result<Link, StorageError> {
    last_link(c, chain, Links::OfChanges)
}

#[derive(PartialEq, Eq)]
enum Links {
    All,
    OfChanges,
}

fn last_link(c: &mut AnyConnection, chain: Chain, links: Links) -> Result<Link, StorageError> {
    let mut query = table::table
        .filter(table::scope.eq(Coded(chain.scope)))
        .filter(table::chain.eq(i16::from(chain.number)))
        .order(table::sequence.desc())
        .select((table::sequence, table::hash))
        .into_boxed();
    if links == Links::OfChanges {
        query = query.filter(table::before_hash.is_not_null().or(table::after_hash.is_not_null()));
    }
    let last: Option<(i64, Coded<ChainHash>)> = query.first(c).optional()?;
    Ok(last.map_or_else(|| Link::origin(chain), |(sequence, hash)| Link { chain, sequence, hash: hash.0 }))
}

/// One page of the records of a scope: chain after chain, each in its order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn page(
    c: &mut AnyConnection,
    scope: AuditScope,
    request: &PageRequest<AuditPlace>,
) -> Result<Page<AuditRecord>, StorageError> {
    let query = table::table
        .filter(table::scope.eq(Coded(scope)))
        .select(AuditRow::as_select())
        .limit(i64::from(request.limit) + 1)
        .into_boxed();
    let query = match request.start {
        Start::First => query.order((table::chain.asc(), table::sequence.asc())),
        Start::After(AuditPlace { chain, sequence }) => query
            .filter(
                table::chain
                    .gt(i16::from(chain))
                    .or(table::chain.eq(i16::from(chain)).and(table::sequence.gt(sequence))),
            )
            .order((table::chain.asc(), table::sequence.asc())),
        Start::Before(AuditPlace { chain, sequence }) => query
            .filter(
                table::chain
                    .lt(i16::from(chain))
                    .or(table::chain.eq(i16::from(chain)).and(table::sequence.lt(sequence))),
            )
            .order((table::chain.desc(), table::sequence.desc())),
    };
    let rows: Vec<AuditRow> = query.load(c)?;
    let records = rows.into_iter().map(AuditRecord::try_from).collect::<Result<_, _>>()?;
    Ok(Page::of_found(records, request))
}

/// As many records of a chain as asked for, after a number, in order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn after(
    c: &mut AnyConnection,
    chain: Chain,
    sequence: i64,
    limit: i64,
) -> Result<Vec<AuditRecord>, StorageError> {
    let rows: Vec<AuditRow> = table::table
        .filter(table::scope.eq(Coded(chain.scope)))
        .filter(table::chain.eq(i16::from(chain.number)))
        .filter(table::sequence.gt(sequence))
        .order(table::sequence)
        .limit(limit)
        .load(c)?;
    rows.into_iter().map(AuditRecord::try_from).collect()
}

/// Every chain that something was added to.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn chains(c: &mut AnyConnection) -> Result<Vec<Chain>, StorageError> {
    let chains: Vec<(Coded<AuditScope>, i16)> = table::table
        .select((table::scope, table::chain))
        .distinct()
        .order((table::scope, table::chain))
        .load(c)?;
    chains.into_iter().map(chain).collect()
}

/// The first record of a scope about an object: of what never changes, that of the act that made it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn first_of(
    c: &mut AnyConnection,
    scope: AuditScope,
    object: &str,
) -> Result<Option<Link>, StorageError> {
    let row: Option<AuditRow> = table::table
        .filter(table::scope.eq(Coded(scope)))
        .filter(table::object.eq(object))
        .order(table::at)
        .select(AuditRow::as_select())
        .first(c)
        .optional()?;
    row.map(|row| AuditRecord::try_from(row).map(|record| record.link)).transpose()
}

/// The record of an act.
pub(crate) fn of_act(c: &mut AnyConnection, act: Id<Act>) -> Result<Option<AuditRecord>, StorageError> {
    let row: Option<AuditRow> =
        table::table.filter(table::id.eq(KeyOf(act))).select(AuditRow::as_select()).first(c).optional()?;
    row.map(AuditRecord::try_from).transpose()
}
