//! Every page: what it reads, and what can be done on it. Operations are named as in the API's document, which
//! says their paths, their bodies, and whether they ask for a version; who may do them, the service says.

mod awarding;
mod bidding;
mod following;
mod many;
pub(super) mod open;
mod overseeing;
mod tendering;

use serde_json::Value;

use super::document::document;
use super::language::Language;
use super::place::{filled, text_at};
use super::read::with_parameters;

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its path; what stands between braces has the name that the API gives it.
    pub path: &'static str,
    /// Its template, and the key of its title among the words.
    pub name: &'static str,
    /// What it reads, in this order.
    pub reads: &'static [Read],
    /// What can be done on it.
    pub acts: &'static [Act],
    /// The pages above it: paths of other pages, outermost first.
    pub trail: &'static [&'static str],
    /// Puts what was read in the order in which it is shown.
    pub prepare: Option<fn(&mut Value, Language)>,
}

/// Something that a page reads.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// Under which name the template finds it.
    pub name: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// Where parameters come from that are not in the path of the page: places in what was read before.
    pub with: &'static [(&'static str, &'static str)],
    /// The query, with places between braces.
    pub query: &'static str,
    /// Whether the page is nothing without it.
    pub must: bool,
    /// The place of a list: it is read for each of its items.
    pub each: Option<&'static str>,
    /// Whether what is looked for is typed by people: what cannot be looked for is told beside the fields.
    pub is_search: bool,
}

impl Page {
    /// Whether anybody may look, without a log-in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.path.starts_with(OPEN)
    }
}

impl Read {
    /// Reads, when the one who asks may: a page shows what there is to see.
    #[must_use]
    pub const fn may(name: &'static str, operation: &'static str) -> Self {
        Self { name, operation, with: &[], query: "", must: false, each: None, is_search: false }
    }

    /// As [`Read::may`], and the page is nothing without it.
    #[must_use]
    pub const fn must(name: &'static str, operation: &'static str) -> Self {
        Self { must: true, ..Self::may(name, operation) }
    }

    /// With parameters from what was read before.
    #[must_use]
    pub const fn with(self, with: &'static [(&'static str, &'static str)]) -> Self {
        Self { with, ..self }
    }

    /// With a query.
    #[must_use]
    pub const fn query(self, query: &'static str) -> Self {
        Self { query, ..self }
    }

    /// With a query that people typed.
    #[must_use]
    pub const fn search(self, query: &'static str) -> Self {
        Self { query, is_search: true, ..self }
    }

    /// Its address on the API, with what is known for its parameters; none when something of it is not known.
    #[must_use]
    pub fn address(&self, known: &Value, item: &Value) -> Option<String> {
        let operation = document().operation(self.operation)?;
        let found = |name: &str| match self.with.iter().find(|(own, _)| *own == name) {
            Some((_, place)) => match place.strip_prefix("item/") {
                Some(place) => text_at(item, place),
                None => text_at(known, place),
            },
            None => text_at(known, name),
        };
        let path = with_parameters(&operation.path, found)?;
        if self.query.is_empty() {
            return Some(format!("/v1{path}"));
        }
        let query = filled(self.query, known)?;
        let query: Vec<&str> = query.split('&').filter(|pair| !pair.ends_with('=')).collect();
        Some(format!("/v1{path}?{}", query.join("&")))
    }

    /// For each item of a list.
    #[must_use]
    pub const fn each(self, list: &'static str, with: &'static [(&'static str, &'static str)]) -> Self {
        Self { each: Some(list), with, ..self }
    }
}

/// Something that can be done on a page.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    /// What the form says that it does.
    pub name: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// Where parameters come from that neither the path nor the form names.
    pub with: &'static [(&'static str, &'static str)],
    /// What was read and goes into the body: pointers in it, and places.
    pub graft: &'static [(&'static str, &'static str)],
    /// What is added to the path; `sent/…` is a field of the form.
    pub query: &'static str,
    /// What the body is.
    pub body: Body,
    /// What the same body is sent to as well, once it is done, and under which name the template finds the answer.
    pub also: Option<(&'static str, &'static str)>,
    /// Where to go when it is done; empty: the page shows the answer itself.
    pub then: &'static str,
    /// What is read once it is done, so that `then` leads on to it.
    pub next: Option<Read>,
    /// Where to go when there is no next one.
    pub otherwise: &'static str,
    /// The act that tells what this one would do: it is asked again when this one is refused.
    pub rehearsal: Option<&'static str>,
}

/// What the body of a request is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// The fields of the form, as one document.
    Form,
    /// The document that was pasted into this field, or chosen as a file.
    Document(&'static str),
    /// The file that was chosen in this field, as it is.
    File(&'static str),
}

impl Body {
    /// The field that whatever is wrong with it stands with; none: the fields themselves.
    #[must_use]
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::Form => None,
            Self::Document(field) | Self::File(field) => Some(field),
        }
    }
}

impl Act {
    /// An act of the same name as its operation, after which one goes to the path: `answer/…` is a place in what
    /// the service answered.
    #[must_use]
    pub const fn new(operation: &'static str, then: &'static str) -> Self {
        let (with, graft) = (&[], &[]);
        Self {
            name: operation,
            operation,
            with,
            graft,
            query: "",
            body: Body::Form,
            also: None,
            then,
            next: None,
            otherwise: "",
            rehearsal: None,
        }
    }

    /// Under another name than that of its operation.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// Goes on to the next of several, and elsewhere after the last.
    #[must_use]
    pub const fn next(self, next: Read, otherwise: &'static str) -> Self {
        Self { next: Some(next), otherwise, ..self }
    }

    /// After the act of that name, which told what this one does.
    #[must_use]
    pub const fn after(self, rehearsal: &'static str) -> Self {
        Self { rehearsal: Some(rehearsal), ..self }
    }

    /// With parameters from what was read.
    #[must_use]
    pub const fn with(self, with: &'static [(&'static str, &'static str)]) -> Self {
        Self { with, ..self }
    }

    /// With what was read in its body.
    #[must_use]
    pub const fn graft(self, graft: &'static [(&'static str, &'static str)]) -> Self {
        Self { graft, ..self }
    }

    /// With a query.
    #[must_use]
    pub const fn query(self, query: &'static str) -> Self {
        Self { query, ..self }
    }

    /// With another body than the fields.
    #[must_use]
    pub const fn body(self, body: Body) -> Self {
        Self { body, ..self }
    }

    /// With the same body sent to another operation too.
    #[must_use]
    pub const fn also(self, name: &'static str, operation: &'static str) -> Self {
        Self { also: Some((name, operation)), ..self }
    }

    /// Whether what is wrong is answered in the language of the page: it is asked for.
    #[must_use]
    pub fn is_in_language(&self) -> bool {
        self.query.contains("language={language}")
    }
}

/// What the paths of the pages begin with that anybody may look at.
const OPEN: &str = "/open/";

/// A page that does nothing and reads nothing yet.
const PLAIN: Page = Page { path: "", name: "", reads: &[], acts: &[], trail: &[HOME], prepare: None };

/// What waits for who is logged in.
pub const HOME: &str = "/{municipality}";
const TENDERS: &str = "/{municipality}/tenders";
const TENDER: &str = "/{municipality}/tenders/{tenderId}";
const LOT: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}";
const PORTFOLIO: &str = "/{municipality}/portfolio";
const CONTRACT: &str = "/{municipality}/contracts/{contractId}";
const TO_DECIDE: &str = "/{municipality}/to-decide";

/// All of them; of two that fit a path the first answers.
pub fn all() -> impl Iterator<Item = &'static Page> {
    [
        open::PAGES,
        tendering::PAGES,
        bidding::PAGES,
        awarding::PAGES,
        following::PAGES,
        many::PAGES,
        overseeing::PAGES,
    ]
    .into_iter()
    .flatten()
}

/// The page with that path.
#[must_use]
pub fn of_path(path: &str) -> Option<&'static Page> {
    all().find(|page| page.path == path)
}
