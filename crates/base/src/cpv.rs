//! What is bought, in the common procurement vocabulary (CPV).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::MalformedId;

/// A code of the common procurement vocabulary: eight digits, and a check digit behind a hyphen
/// where the source gives one (`45000000-7`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CpvCode(String);

impl fmt::Display for CpvCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CpvCode {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        let fits = match text.split_once('-') {
            Some((code, check)) => digits(code, 8) && digits(check, 1),
            None => digits(text, 8),
        };
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(MalformedId {
                what: "CPV code",
                text: text.to_owned(),
                expected: "eight digits, with or without the check digit, such as 45000000-7",
            })
        }
    }
}

impl TryFrom<String> for CpvCode {
    type Error = MalformedId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CpvCode> for String {
    fn from(code: CpvCode) -> Self {
        code.0
    }
}

/// The codes of one tender, the main one first. Written with commas between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CpvCodes(pub Vec<CpvCode>);

impl fmt::Display for CpvCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, code) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{code}")?;
        }
        Ok(())
    }
}

impl FromStr for CpvCodes {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let codes = text.split(',').filter(|code| !code.is_empty());
        Ok(Self(codes.map(str::parse).collect::<Result<_, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_eight_digits_and_perhaps_a_check_digit() {
        for right in ["45000000", "45000000-7"] {
            assert!(right.parse::<CpvCode>().is_ok(), "{right}");
        }
        for wrong in ["4500000", "450000000", "45000000-", "45000000-77", "4500000a", ""] {
            assert!(wrong.parse::<CpvCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_list_reads_back_as_it_is_written() {
        for text in ["", "45000000-7", "45000000-7,90910000"] {
            assert_eq!(text.parse::<CpvCodes>().unwrap().to_string(), text);
        }
    }
}
