//! The order in which a list is asked, and the page of it.

use std::fmt::Display;
use std::str::FromStr;

use crate::http::frame::listed::one;
use crate::http::frame::page::{PageQuery, bad_query};
use crate::http::frame::problem::Problem;
use trede_base::page::{PageRequest, Start};
use trede_model::following::search::{Order, Place, Sorted};

/// The order in which a list is asked, and the page of it.
pub(super) struct SortedPage<O, K> {
    pub(super) order: Sorted<O>,
    pub(super) page: PageQuery,
    pub(super) request: PageRequest<Place<K>>,
}

impl<O: Order + FromStr<Err: Display>, K: FromStr> SortedPage<O, K> {
    /// What the parameters `sort`, `cursor` and `limit` ask.
    ///
    /// # Errors
    /// A problem with status 400 when there is no such order, or the cursor is none of that order.
    pub(super) fn of(
        sort: Option<&str>,
        cursor: Option<String>,
        limit: Option<u16>,
    ) -> Result<Self, Problem> {
        let usual = Sorted { by: O::USUAL, descending: false };
        let order = sort.map_or(Ok(usual), |sort| one("sort", sort))?;
        let page = PageQuery::of(cursor, limit);
        let request = page.request::<Place<K>>()?;
        if let Start::After(place) | Start::Before(place) = &request.start
            && !order.by.fits(&place.value)
        {
            return Err(bad_query("the cursor is one of another order"));
        }
        Ok(Self { order, page, request })
    }
}
