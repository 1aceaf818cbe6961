//! The language of an answer, by what the caller accepts (RFC 9110 section 12.5.4).

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};

use trede_rules::explaining::Language;

/// The language that the caller likes best among those that are spoken here; English where it likes none of them.
#[must_use]
pub fn accepted(headers: &HeaderMap) -> Language {
    let ranges = headers.get_all(ACCEPT_LANGUAGE).filter_map(|value| value.to_str().ok());
    let liked = ranges.flat_map(|value| value.split(',')).filter_map(range);
    // Of those that are liked as well the first counts.
    let best = liked.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Language::English, |(language, _)| language)
}

/// A language range with how much it is liked, in thousandths; none for a language that is not spoken here, or that
/// is not wanted at all.
fn range(text: &str) -> Option<(Language, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let tag = parts.next()?.to_ascii_lowercase();
    let language = match tag.split('-').next()? {
        "nl" => Language::Dutch,
        "en" | "*" => Language::English,
        _ => return None,
    };
    let quality = parts.find_map(|part| part.strip_prefix("q="));
    let thousandths = quality.map_or(Some(1000), thousandths)?;
    (thousandths > 0).then_some((language, thousandths))
}

/// A quality such as `0.8` in thousandths.
fn thousandths(quality: &str) -> Option<u16> {
    let (whole, part) = quality.split_once('.').unwrap_or((quality, ""));
    let part: u16 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    Some(whole.parse::<u16>().ok()?.checked_mul(1000)?.saturating_add(part).min(1000))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn of(value: &'static str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(value));
        accepted(&headers)
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
        assert_eq!(accepted(&HeaderMap::new()), Language::English);
    }
}
