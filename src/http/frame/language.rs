//! The language of an answer, by what the caller accepts (RFC 9110 section 12.5.4).

use actix_web::HttpMessage;
use actix_web::http::header::{AcceptLanguage, Header, LanguageTag, Preference, Quality};

use trede_rules::explaining::Language;

/// The language that the caller likes best among those that are spoken here; English where it likes none of them.
#[must_use]
pub fn accepted(request: &impl HttpMessage) -> Language {
    preferred(request).unwrap_or(Language::English)
}

/// The language that the caller likes best among those that are spoken here; none where it likes none of them, or
/// any as well.
pub(crate) fn preferred(request: &impl HttpMessage) -> Option<Language> {
    let liked = AcceptLanguage::parse(request).ok()?.0.into_iter().filter(|it| it.quality > Quality::ZERO);
    let spoken = liked.filter_map(|it| match it.item {
        Preference::Any => Some((it.quality, None)),
        Preference::Specific(tag) => Some((it.quality, Some(spoken(&tag)?))),
    });
    // Of those that are liked as well the first counts.
    let best = spoken.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.and_then(|(_, language)| language)
}

fn spoken(tag: &LanguageTag) -> Option<Language> {
    match tag.primary_language().to_ascii_lowercase().as_str() {
        "nl" => Some(Language::Dutch),
        "en" => Some(Language::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::ACCEPT_LANGUAGE;
    use actix_web::test::TestRequest;

    use super::*;

    fn of(value: &'static str) -> Language {
        accepted(&TestRequest::default().insert_header((ACCEPT_LANGUAGE, value)).to_http_request())
    }

    #[test]
    fn the_language_that_is_liked_best_is_spoken() {
        for dutch in [
            "nl",
            "NL-nl",
            "nl-NL,nl;q=0.9,en;q=0.8",
            "fr, nl;q=0.5",
            "en;q=0.5, nl;q=0.75",
            "en;q=0, nl;q=0.1",
        ] {
            assert_eq!(of(dutch), Language::Dutch, "{dutch}");
        }
        for english in ["", "en", "fr", "*", "en, nl", "nl;q=0", "nl;q=0.1, en-GB", "nl;q=much"] {
            assert_eq!(of(english), Language::English, "{english}");
        }
        assert_eq!(accepted(&TestRequest::default().to_http_request()), Language::English);
    }
}
