//! Lists in pages: an opaque cursor, a limit, and a `Link` header to the pages beside it.

use std::fmt::Display;
use std::str::FromStr;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LINK};
use actix_web::web::QueryConfig;
use actix_web::{HttpResponse, HttpResponseBuilder};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::http::frame::problem::Problem;
use trede_base::page::{Page, PageRequest, Start};

/// The most items in a page.
const MOST: u16 = 100;
const USUAL: u16 = 50;
const AFTER: &str = "after ";
const BEFORE: &str = "before ";

/// Which page of a list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Where the page starts: as the `Link` header of the page beside it says. Leave it out for
    /// the first page.
    #[param(min_length = 1, max_length = 200)]
    cursor: Option<String>,
    /// How many items the page has at the most.
    #[serde(default = "usual")]
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: u16,
}

const fn usual() -> u16 {
    USUAL
}

impl PageQuery {
    /// The page that a query with filters of its own asks for.
    #[must_use]
    pub fn of(cursor: Option<String>, limit: Option<u16>) -> Self {
        Self { cursor, limit: limit.unwrap_or(USUAL) }
    }

    /// The page that the query asks for.
    ///
    /// # Errors
    /// A problem with status 400 when the limit is out of bounds or the cursor is not one of ours.
    pub fn request<K: FromStr>(&self) -> Result<PageRequest<K>, Problem> {
        if !(1..=MOST).contains(&self.limit) {
            return Err(bad_query(format!("limit must be between 1 and {MOST}")));
        }
        let start = match &self.cursor {
            None => Start::First,
            Some(cursor) => {
                start(cursor).ok_or_else(|| bad_query("the cursor is not one that a Link header gave"))?
            }
        };
        Ok(PageRequest { start, limit: self.limit })
    }

    /// Answers with a page: its items, made for the wire, and links to the pages beside it.
    pub fn answer<T, K: Display, W: Serialize>(
        &self,
        page: Page<T>,
        key: impl Fn(&T) -> K,
        list: impl FnOnce(Vec<T>) -> W,
    ) -> HttpResponse {
        self.answer_of("", page, key, list)
    }

    /// As [`PageQuery::answer`], of a list with filters: the links keep what the request asked.
    pub fn answer_of<T, K: Display, W: Serialize>(
        &self,
        query: &str,
        page: Page<T>,
        key: impl Fn(&T) -> K,
        list: impl FnOnce(Vec<T>) -> W,
    ) -> HttpResponse {
        let filters = filters(query);
        let mut links = Vec::new();
        if let Some(last) = page.items.last().filter(|_| page.has_next) {
            links.push(self.link(AFTER, &key(last), &filters, "next"));
        }
        if let Some(first) = page.items.first().filter(|_| page.has_previous) {
            links.push(self.link(BEFORE, &key(first), &filters, "prev"));
        }
        let mut builder = HttpResponseBuilder::new(StatusCode::OK);
        if let Ok(value) = HeaderValue::from_str(&links.join(", "))
            && !links.is_empty()
        {
            builder.insert_header((LINK, value));
        }
        builder.json(list(page.items))
    }

    /// The cursor that the query gives.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// The cursor of what follows the thing with this key.
    #[must_use]
    pub fn cursor_after(key: &impl Display) -> String {
        encoded(AFTER, key)
    }

    /// A reference relative to the list itself, so that it holds behind any proxy.
    fn link(&self, direction: &str, key: &impl Display, filters: &str, relation: &str) -> String {
        let cursor = encoded(direction, key);
        format!("<?cursor={cursor}&limit={}{filters}>; rel=\"{relation}\"", self.limit)
    }
}

/// What a query asks besides its page, as it follows another parameter.
fn filters(query: &str) -> String {
    let asked = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !matches!(name, "" | "cursor" | "limit")
    });
    asked.map(|pair| format!("&{pair}")).collect()
}

fn encoded(direction: &str, key: &impl Display) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{direction}{key}"))
}

fn start<K: FromStr>(cursor: &str) -> Option<Start<K>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    if let Some(key) = text.strip_prefix(AFTER) {
        key.parse().ok().map(Start::After)
    } else {
        let key = text.strip_prefix(BEFORE)?;
        key.parse().ok().map(Start::Before)
    }
}

/// Answers 400 for a query that does not fit.
#[must_use]
pub fn config() -> QueryConfig {
    QueryConfig::default().error_handler(|error, _| bad_query(error.to_string()).into())
}

pub(crate) fn bad_query(detail: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-query", "The query is not valid", detail)
}

/// Declares the wire type of a page of a resource: generics would give it an awkward name.
macro_rules! list_of {
    ($(#[$doc:meta])* $name:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
        pub struct $name {
            /// The items of this page, in a stable order.
            items: Vec<$item>,
        }

        impl $name {
            /// A page of what was found, made for the wire.
            fn of<T>(found: Vec<T>) -> Self
            where
                $item: From<T>,
            {
                Self { items: found.into_iter().map(<$item>::from).collect() }
            }
        }
    };
}

pub(crate) use list_of;

#[cfg(test)]
mod tests {
    use super::*;

    fn query(cursor: Option<&str>, limit: u16) -> PageQuery {
        PageQuery { cursor: cursor.map(str::to_owned), limit }
    }

    fn links(page: Page<u32>) -> Option<String> {
        let answer = query(None, 2).answer(page, |item| *item, |items| items);
        let value = answer.headers().get(LINK)?;
        Some(value.to_str().unwrap().to_owned())
    }

    #[test]
    fn the_links_lead_to_the_pages_beside_this_one() {
        let page = Page { items: vec![3, 4], has_previous: true, has_next: true };
        let links = links(page).unwrap();
        let cursors: Vec<_> = links
            .split("cursor=")
            .skip(1)
            .map(|rest| rest.split('&').next().unwrap())
            .map(|cursor| query(Some(cursor), 2).request::<u32>().unwrap().start)
            .collect();
        assert_eq!(cursors, [Start::After(4), Start::Before(3)]);
        assert!(links.contains("&limit=2>; rel=\"next\""));
        assert!(links.contains("rel=\"prev\""));
    }

    #[test]
    fn the_links_keep_what_was_asked_besides_the_page() {
        let page = Page { items: vec![3, 4], has_previous: false, has_next: true };
        let asked = "limit=2&state=draft,returned&&cursor=x&text=a%20b";
        let answer = query(None, 2).answer_of(asked, page, |item| *item, |items| items);
        let link = answer.headers().get(LINK).unwrap().to_str().unwrap();
        assert!(link.ends_with("&limit=2&state=draft,returned&text=a%20b>; rel=\"next\""), "{link}");
    }

    #[test]
    fn a_list_on_one_page_has_no_links() {
        let page = Page { items: vec![3], has_previous: false, has_next: false };
        assert_eq!(links(page), None);
    }

    #[test]
    fn a_cursor_that_was_not_given_out_is_refused() {
        for cursor in ["", "3", "YWZ0ZXIgeA", "☃"] {
            assert!(query(Some(cursor), 2).request::<u32>().is_err(), "{cursor}");
        }
        assert!(query(None, 0).request::<u32>().is_err());
        assert!(query(None, 101).request::<u32>().is_err());
    }
}
