//! The language of a page: the one that was chosen, else the browser's, else Dutch.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;

use trede_rules::explaining;

use super::cookie;

/// A language that the pages speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Nederlands.
    #[default]
    Dutch,
    /// English.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Dutch, Self::English];

    /// Its code (BCP 47).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }

    /// The same among the rules, which know how numbers are written in it.
    pub(super) const fn of_the_rules(self) -> explaining::Language {
        match self {
            Self::Dutch => explaining::Language::Dutch,
            Self::English => explaining::Language::English,
        }
    }

    /// The language of that code, if the pages speak it.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// The language that the request is to be answered in.
pub(super) fn of(request: &HttpRequest) -> Language {
    let chosen = cookie::value(request, cookie::LANGUAGE).and_then(|code| Language::of(&code));
    chosen.or_else(|| of_browser(request)).unwrap_or_default()
}

/// The first language of the browser that the pages speak; browsers send them in order.
fn of_browser(request: &HttpRequest) -> Option<Language> {
    let header = request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    header.split(',').find_map(|range| Language::of(range.trim().get(..2)?))
}
