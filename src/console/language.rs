//! The language of a page: the one that was chosen, else the browser's, else Dutch.

use actix_web::HttpRequest;

use trede_rules::explaining;

use super::cookie;
use crate::http::frame::language::preferred;

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

impl From<explaining::Language> for Language {
    fn from(language: explaining::Language) -> Self {
        match language {
            explaining::Language::Dutch => Self::Dutch,
            explaining::Language::English => Self::English,
        }
    }
}

/// The language that the request is to be answered in.
pub(super) fn of(request: &HttpRequest) -> Language {
    let chosen = cookie::value(request, cookie::LANGUAGE).and_then(|code| Language::of(&code));
    chosen.or_else(|| preferred(request).map(Language::from)).unwrap_or_default()
}
