//! The words of the pages. A word stands in one row with both its languages, so none can lack one.

mod agreement;
mod assessing;
mod codes;
mod findings;
mod following;
mod laboratory;
mod many;
mod open;
mod pages;
mod policy;
mod tendering;
mod year;

use std::collections::BTreeMap;

use super::language::Language;

/// A key with its Dutch and its English.
type Word = (&'static str, &'static str, &'static str);

/// Every language that has words.
pub const LANGUAGES: [Language; 2] = Language::ALL;

/// The words of the pages, in the order of the rooms.
const OF_PAGES: [&[Word]; 11] = [
    pages::WORDS,
    open::WORDS,
    policy::WORDS,
    tendering::WORDS,
    laboratory::WORDS,
    assessing::WORDS,
    agreement::WORDS,
    following::WORDS,
    many::WORDS,
    year::WORDS,
    codes::WORDS,
];

/// Every word in the language, by its key.
#[must_use]
pub fn all(language: Language) -> BTreeMap<&'static str, &'static str> {
    OF_PAGES.into_iter().flatten().map(|word| (word.0, in_language(word, language))).collect()
}

/// The word with that key; empty when there is none.
pub(super) fn of(key: &str, language: Language) -> &'static str {
    let mut words = OF_PAGES.into_iter().flatten();
    words.find(|word| word.0 == key).map(|word| in_language(word, language)).unwrap_or_default()
}

/// What a finding of that code says; none: the console has no words of its own for it. `{detail}` stands for what the
/// service says of it.
#[must_use]
pub fn of_finding(code: &str, language: Language) -> Option<&'static str> {
    let found = findings::WORDS.iter().find(|word| word.0 == code)?;
    Some(in_language(found, language))
}

const fn in_language(word: &Word, language: Language) -> &'static str {
    match language {
        Language::Dutch => word.1,
        Language::English => word.2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_has_two_rows_and_no_row_lacks_a_language() {
        let rows = OF_PAGES.into_iter().chain([findings::WORDS]).flatten();
        let mut seen = std::collections::BTreeSet::new();
        for (key, dutch, english) in rows {
            assert!(seen.insert(*key), "{key}");
            assert!(!dutch.is_empty() && !english.is_empty(), "{key}");
        }
    }
}
