//! One page of a query, found by key: no page costs more than the first.

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

pub(crate) use keyset;
