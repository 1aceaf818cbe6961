//! The contractor's own reference of a candidate: a form that can hold no name, and one way of writing.

use trede_base::ids::MalformedId;

/// The most letters before a number: fewer than almost any name has.
const LETTERS: usize = 2;
/// The most digits: fewer than a date of birth, a BSN or a telephone number has.
const DIGITS: usize = 7;

/// Reads a reference as somebody writes it, and writes it as it is kept: capitals, then numbers with a hyphen
/// before each (`K-12`, `2026-17`).
///
/// # Errors
/// [`MalformedId`] for what could say who somebody is; what came is not repeated.
pub fn candidate_reference(text: &str) -> Result<String, MalformedId> {
    let letters: String =
        text.trim().chars().take_while(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect();
    let rest = text.trim().get(letters.len()..).unwrap_or_default();
    let groups: Vec<&str> =
        rest.trim_start_matches(['-', ' ', '/', '.']).split(['-', ' ', '/', '.']).collect();
    let sound = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    if letters.len() > LETTERS || digits > DIGITS || !groups.iter().all(sound) {
        return Err(MalformedId {
            what: "reference of a candidate",
            text: "…".to_owned(),
            expected: "at most two letters and at most seven digits, such as K-12 or 2026-17: no name, address \
                       or telephone number",
        });
    }
    let start = (!letters.is_empty()).then_some(letters.as_str());
    Ok(start.into_iter().chain(groups).collect::<Vec<_>>().join("-"))
}

/// What two references of the same candidate have in common, with or without leading zeros.
#[must_use]
pub fn plain_reference(reference: &str) -> String {
    let plain = |group: &str| match group.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_uppercase(),
    };
    reference.trim().split('-').map(plain).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_one_way_of_writing() {
        for (written, kept) in [
            ("K-12", "K-12"),
            (" k 12 ", "K-12"),
            ("k12", "K-12"),
            ("2026-017", "2026-017"),
            ("KA/3.4", "KA-3-4"),
        ] {
            assert_eq!(candidate_reference(written).unwrap(), kept, "{written}");
        }
        assert_eq!(plain_reference("K-012"), plain_reference("k-12"));
        assert_ne!(plain_reference("K-0"), plain_reference("K-1"));
    }

    #[test]
    fn what_could_say_who_somebody_is_is_refused_and_not_repeated() {
        for wrong in [
            "Jan",
            "Jan-1",
            "Jansen",
            "J. Jansen",
            "jan@example.nl",
            "0612345678",
            "06-12345678",
            "123456782",
            "1980-05-12",
            "Bo",
            "K",
            "",
            "-",
            "K-1-",
            "Ó-1",
            "١٢",
            "K–12",
        ] {
            let error = candidate_reference(wrong).unwrap_err().to_string();
            assert!(wrong.len() < 2 || !error.contains(wrong), "{error}");
        }
    }
}
