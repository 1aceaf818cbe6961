//! The citizen service number (burgerservicenummer, BSN): what looks like one is neither taken nor kept.
//!
//! The law names who may use it (Wabb art. 10 and 11, UAVG art. 46), and following social return is not among
//! its purposes; consent does not lift the ban.

/// Whether a text holds nine digits that pass the eleven test (elfproef), written together or as 123 456 789
/// or 1234 56 789 with spaces, dots or hyphens.
#[must_use]
pub fn holds_bsn(text: &str) -> bool {
    let separator = |character: char| matches!(character, ' ' | '.' | '-');
    let part_of_number = |character: char| character.is_ascii_digit() || separator(character);
    text.split(|character| !part_of_number(character)).any(|run| {
        let groups: Vec<&str> = run.split(separator).collect();
        let alone = groups.iter().any(|group| passes_eleven_test(group));
        let spread = groups.windows(3).any(|three| {
            let lengths: Vec<usize> = three.iter().map(|group| group.len()).collect();
            (lengths == [3, 3, 3] || lengths == [4, 2, 3]) && passes_eleven_test(&three.concat())
        });
        alone || spread
    })
}

/// The eleven test for a BSN: nine digits, weighted 9, 8 … 2 and −1, sum to a multiple of 11.
fn passes_eleven_test(digits: &str) -> bool {
    if digits.len() != 9 || digits.bytes().all(|digit| digit == b'0') {
        return false;
    }
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let sum: i32 = digits.bytes().zip(weights).map(|(digit, weight)| i32::from(digit - b'0') * weight).sum();
    sum % 11 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_passes_the_eleven_test_is_found_in_a_text() {
        for text in ["123456782", "bsn: 123.456.782", "1234 56 782", "zie 123456782, graag"] {
            assert!(holds_bsn(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_let_through() {
        for text in ["123456789", "12345678", "1234567820", "000000000", "2026-01-01", "NL12ABCD0123456782"] {
            assert!(!holds_bsn(text), "{text}");
        }
    }
}
