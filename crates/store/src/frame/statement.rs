//! A statement that is put together from text of this code and texts of the data; the latter are always bound.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Nullable, Text};

/// A statement, answered with one column of text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statement(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Sql(String),
    Bound(Option<String>),
}

impl Statement {
    pub(crate) fn of(sql: impl Into<String>) -> Self {
        Self(vec![Piece::Sql(sql.into())])
    }

    /// Adds text of this code.
    pub(crate) fn sql(&mut self, sql: impl Into<String>) {
        self.0.push(Piece::Sql(sql.into()));
    }

    /// Adds a text of the data.
    pub(crate) fn bind(&mut self, text: Option<String>) {
        self.0.push(Piece::Bound(text));
    }
}

impl QueryId for Statement {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB> QueryFragment<DB> for Statement
where
    DB: Backend + HasSqlType<Nullable<Text>>,
    Option<String>: ToSql<Nullable<Text>, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for piece in &self.0 {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Bound(text) => out.push_bind_param::<Nullable<Text>, _>(text)?,
            }
        }
        Ok(())
    }
}

impl diesel::query_builder::Query for Statement {
    type SqlType = Nullable<Text>;
}

impl<C> RunQueryDsl<C> for Statement {}
