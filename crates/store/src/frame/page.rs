//! One page of a query, found by key: no page costs more than the first.

use trede_base::ids::Id;
use trede_base::page::Start;
use trede_model::following::search::{Place, SortValue};

use crate::frame::columns::KeyOf;
use crate::frame::error::StorageError;

/// Where a page starts, as columns: the value, which must be one of the order, and the key.
pub(crate) fn valued<T, V>(
    start: Start<Place<Id<T>>>,
    value: impl FnOnce(SortValue) -> Option<V>,
) -> Result<Start<(V, KeyOf<T>)>, StorageError> {
    let columns = |place: Place<Id<T>>| match value(place.value) {
        Some(value) => Ok((value, KeyOf(place.id))),
        None => Err(StorageError::Database("the place is none of this order".into())),
    };
    Ok(match start {
        Start::First => Start::First,
        Start::After(place) => Start::After(columns(place)?),
        Start::Before(place) => Start::Before(columns(place)?),
    })
}

/// Limits and orders a query to the page that is wanted, and one row more, which tells whether the
/// list goes on. Keys must be unique.
macro_rules! keyset {
    ($query:expr, $request:expr, $column:expr, $as_column:expr) => {{
        use trede_base::page::Start;

        let query = $query.into_boxed().limit(i64::from($request.limit) + 1);
        match $request.start {
            Start::First => query.order($column.asc()),
            Start::After(key) => query.filter($column.gt($as_column(key))).order($column.asc()),
            Start::Before(key) => query.filter($column.lt($as_column(key))).order($column.desc()),
        }
    }};
}

/// As `keyset!`, of a boxed query in the order of a column and, among equal values, of the key. A place gives both,
/// as columns. The first condition on the column lets an index begin there.
macro_rules! keyset_by {
    ($query:expr, $start:expr, $descending:expr, $column:expr, $key:expr) => {{
        use trede_base::page::Start;

        // Backwards through a list is forwards through its reverse.
        match ($start, $descending) {
            (Start::First, false) => $query.order(($column.asc(), $key.asc())),
            (Start::First, true) => $query.order(($column.desc(), $key.desc())),
            (Start::After((value, key)), false) | (Start::Before((value, key)), true) => $query
                .filter($column.ge(value.clone()).and($column.gt(value).or($key.gt(key))))
                .order(($column.asc(), $key.asc())),
            (Start::After((value, key)), true) | (Start::Before((value, key)), false) => $query
                .filter($column.le(value.clone()).and($column.lt(value).or($key.lt(key))))
                .order(($column.desc(), $key.desc())),
        }
    }};
}

/// As `keyset_by!`, in the order of the key alone.
macro_rules! keyset_turned {
    ($query:expr, $start:expr, $descending:expr, $key:expr) => {{
        use trede_base::page::Start;

        match ($start, $descending) {
            (Start::First, false) => $query.order($key.asc()),
            (Start::First, true) => $query.order($key.desc()),
            (Start::After(key), false) | (Start::Before(key), true) => {
                $query.filter($key.gt(key)).order($key.asc())
            }
            (Start::After(key), true) | (Start::Before(key), false) => {
                $query.filter($key.lt(key)).order($key.desc())
            }
        }
    }};
}

pub(crate) use {keyset, keyset_by, keyset_turned};
