//! Several values in one parameter of a query, with commas between them.

use std::fmt::Display;
use std::str::FromStr;

use crate::http::frame::page::bad_query;
use crate::http::frame::problem::Problem;

/// The values of a parameter; none where it is left out.
///
/// # Errors
/// A problem with status 400 that names the parameter.
pub fn listed<T>(name: &str, text: Option<&str>) -> Result<Vec<T>, Problem>
where
    T: FromStr,
    T::Err: Display,
{
    let parts = text.into_iter().flat_map(|text| text.split(','));
    parts.map(|part| one(name, part)).collect()
}

/// The value of a parameter.
///
/// # Errors
/// A problem with status 400 that names the parameter.
pub fn one<T>(name: &str, text: &str) -> Result<T, Problem>
where
    T: FromStr,
    T::Err: Display,
{
    text.parse().map_err(|error| bad_query(format!("{name}: {error}")))
}

/// A text that is looked for, of at most so many characters; an empty one narrows nothing down.
///
/// # Errors
/// A problem with status 400 that names the parameter and the bound.
pub fn looked_for(name: &str, text: Option<String>, most: usize) -> Result<Option<String>, Problem> {
    match text {
        Some(text) if text.chars().count() > most => {
            Err(bad_query(format!("{name}: at most {most} characters")))
        }
        text => Ok(text.filter(|text| !text.is_empty())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_looked_for_has_a_bound_and_an_empty_one_is_none() {
        assert_eq!(looked_for("text", Some("é".repeat(200)), 200).unwrap(), Some("é".repeat(200)));
        assert!(looked_for("text", Some("é".repeat(201)), 200).is_err());
        assert_eq!(looked_for("text", Some(String::new()), 200).unwrap(), None);
    }

    #[test]
    fn values_stand_between_commas_and_a_wrong_one_is_told_with_its_parameter() {
        assert_eq!(listed::<u8>("year", Some("1,2")).unwrap(), [1, 2]);
        assert!(listed::<u8>("year", None).unwrap().is_empty());
        let problem = listed::<u8>("year", Some("1,x")).unwrap_err();
        assert!(problem.to_string().starts_with("year: "), "{problem}");
    }
}
