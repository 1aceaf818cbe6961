//! The names under which people are recorded, and the words that stand in the same columns for nobody.
//!
//! A [`PersonName`] is never one of our words: whoever looks for a person, or lets one in, has the one type, and
//! what the service writes for itself has the other. So no name can be asked for, removed or borne that means
//! something to the service.

use std::fmt;

use thiserror::Error;
use unicode_security::MixedScript;

/// What stands in the place of a name where nobody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NobodysName {
    /// Whoever acted on a sealed bid: the vault keeps it.
    Sealed,
    /// The service did it by itself.
    Itself,
}

impl NobodysName {
    /// The word as it is recorded.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::Itself => "trede",
        }
    }
}

/// What stands before the name under which somebody goes on whose own name was removed.
pub const REMOVED: &str = "removed:";

/// Why something is not the name of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is a word of the service, and nobody's name")]
pub struct NobodyIsNamed;

/// The name of a person, as it is recorded: not one of the service's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// The name, if a person can bear it.
    ///
    /// # Errors
    /// [`NobodyIsNamed`] for a word of the service.
    pub fn of(text: &str) -> Result<Self, NobodyIsNamed> {
        let words = [NobodysName::Sealed, NobodysName::Itself];
        if words.iter().any(|nobody| nobody.word() == text) || text.starts_with(REMOVED) {
            return Err(NobodyIsNamed);
        }
        Ok(Self(text.to_owned()))
    }

    /// As it is recorded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a character shows nothing, or turns what stands around it (Unicode TR36 and TR39): two names that look
/// the same would be two people, and a name would read otherwise than it is.
#[must_use]
pub const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a space is another one than the space bar gives.
#[must_use]
pub const fn is_odd_space(character: char) -> bool {
    matches!(
        character,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Whether a name is written in one script, so that none of its letters passes for one of another (homoglyphs;
/// Unicode TR39 §5.1).
#[must_use]
pub fn is_of_one_script(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).all(MixedScript::is_single_script)
}

/// Whether a name can be told from every other by who reads it: nothing in it is unseen, no word of it mixes
/// scripts, no odd space, and none before or behind it.
#[must_use]
pub fn is_plain(name: &str) -> bool {
    name.trim() == name
        && !name.chars().any(|character| is_unseen(character) || is_odd_space(character))
        && is_of_one_script(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_bears_a_word_of_the_service() {
        for word in ["sealed", "trede", "removed:", "removed:0190a5c8-0000-7000-8000-000000000001"] {
            assert_eq!(PersonName::of(word), Err(NobodyIsNamed), "{word}");
        }
        for name in ["sealed-1", "Trede", "inkoper-1", "removed"] {
            assert_eq!(PersonName::of(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn a_name_with_something_unseen_or_of_two_scripts_is_not_plain() {
        for name in
            ["inkoper-1", "auth0|5f7c8ec7", "j.jansen@utrecht.nl", "Zoë Şahin", "Ёлка", "李雷", "a_b c"]
        {
            assert!(is_plain(name), "{name}");
        }
        for name in [
            "opener\u{200b}-1",
            "opener-1\u{2060}",
            "\u{202e}1-renepo",
            "\u{feff}opener-1",
            "open\u{ad}er",
            " opener-1",
            "opener\u{a0}1",
            // The first letter is Cyrillic.
            "\u{43e}pener-1",
            "p\u{430}ypal",
            "opener-1\u{e0061}",
        ] {
            assert!(!is_plain(name), "{name:?}");
        }
    }
}
