//! Which signs of a typed text come out in a PDF.

use std::collections::BTreeSet;

use super::faces::{Faces, Weight};

/// The signs of a text that the font of documents has not, each once: told before a letter is sent.
#[must_use]
pub fn lacking(text: &str) -> Vec<char> {
    let Some(faces) = Faces::embedded() else { return Vec::new() };
    let signs: BTreeSet<char> = visible(text).chars().collect();
    let covered =
        |sign: char| [Weight::Regular, Weight::Bold].iter().all(|weight| faces.covers(*weight, sign));
    signs.into_iter().filter(|sign| *sign != '\n' && !covered(*sign)).collect()
}

/// Signs as a finding names them: `“≤” (U+2264)`.
#[must_use]
pub fn named(signs: &[char]) -> String {
    let named: Vec<String> =
        signs.iter().map(|sign| format!("“{sign}” (U+{:04X})", u32::from(*sign))).collect();
    named.join(", ")
}

/// A sign that the font has not, in signs that say the same.
const fn spelled(sign: char) -> Option<&'static str> {
    Some(match sign {
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "<>",
        '≈' => "~",
        '→' => "->",
        '←' => "<-",
        '⇒' => "=>",
        '\u{2010}' | '\u{2011}' => "-",
        _ => return None,
    })
}

/// The text without what nobody sees: marks of direction, places where a word may break, and control characters. Every
/// space that may end a line is an ordinary one, and signs of sums and arrows are spelled as typewriters do.
pub(super) fn visible(text: &str) -> String {
    let sign = |sign: char| match sign {
        '\n' => Some('\n'),
        '\t' | '\r' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{3000}' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => None,
        sign if sign.is_control() => None,
        sign => Some(sign),
    };
    let mut shown = String::with_capacity(text.len());
    for one in text.chars() {
        match spelled(one) {
            Some(spelled) => shown.push_str(spelled),
            None => shown.extend(sign(one)),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_europe_come_out() {
        let names = "Łódź Ærø Çelik Ștefan Škoda Ñandú Ğüneş Þór Ÿ œuvre — Αθήνα България";
        assert_eq!(lacking(names), []);
        assert_eq!(lacking("€ 1.250,00 − 3 × 2 ‰ « » „ ” … • § № ½ ² ₂ 1\u{a0}000"), []);
    }

    #[test]
    fn a_sign_that_the_font_has_not_is_named_once() {
        let found = lacking("Goed 😀, beter 😀, ☃ 3\n");
        assert_eq!(found, ['☃', '😀']);
        assert_eq!(named(&found), "“☃” (U+2603), “😀” (U+1F600)");
    }

    #[test]
    fn a_sign_of_a_sum_is_spelled_with_signs_that_are_there() {
        assert_eq!(
            visible("prijs ≤ 100 → vol, ≥ 200 → nul; e‑mail"),
            "prijs <= 100 -> vol, >= 200 -> nul; e-mail"
        );
        assert_eq!(lacking("≤ ≥ ≠ ≈ → ← ⇒ ‐ ‑"), []);
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(visible("af\u{ad}breken\u{200b}\u{feff} a\u{2009}b\tc"), "afbreken a b c");
        assert_eq!(lacking("af\u{ad}breken\u{200b}\u{7}"), []);
    }
}
