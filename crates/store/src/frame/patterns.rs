//! Patterns that a text is held against: what was typed is looked for as it is.

/// The character before one that would else mean something in a pattern.
pub(crate) const ESCAPE: &str = " ESCAPE '!'";

/// The pattern of texts in lower case that contain this one, in any case.
pub(crate) fn containing(text: &str) -> String {
    let mut pattern = "%".to_owned();
    for character in text.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_a_pattern_is_looked_for_as_it_is() {
        assert_eq!(containing("50%_Groen!"), "%50!%!_groen!!%");
    }
}
