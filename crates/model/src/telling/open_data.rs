//! Whether a municipality publishes its tenders as open data, and under which name.

use std::fmt;
use std::str::FromStr;

use trede_base::ids::{MalformedId, MunicipalityId};
use trede_base::record::Record;

/// The prefix of a publisher's ids, as the Open Contracting Partnership gives it out: `ocds-` and six letters
/// or digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OcidPrefix(String);

impl fmt::Display for OcidPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for OcidPrefix {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = text.strip_prefix("ocds-").is_some_and(|code| {
            code.len() == 6 && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        if known {
            return Ok(Self(text.to_owned()));
        }
        Err(MalformedId {
            what: "OCID prefix",
            text: text.to_owned(),
            expected: "ocds- and six letters or digits, such as ocds-213czf",
        })
    }
}

/// How a municipality publishes its tenders (instellingen voor open data).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDataSettings {
    /// Whose they are.
    pub municipality: MunicipalityId,
    /// What was set.
    pub choice: OpenDataChoice,
    /// When it was written; version 0 while nothing was set.
    pub record: Record,
}

/// What a municipality sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenDataChoice {
    /// Whether anybody may read them.
    pub is_open: bool,
    /// The prefix of its ids; needed to be open.
    pub ocid_prefix: Option<OcidPrefix>,
    /// The licence, as a URL.
    pub license: Option<String>,
    /// How it is published, as a URL.
    pub publication_policy: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_one_that_can_be_given_out() {
        assert!("ocds-213czf".parse::<OcidPrefix>().is_ok());
        for wrong in ["", "ocds-", "ocds-213czfx", "OCDS-213czf", "ocds-213cz-", "ocds-é123z"] {
            assert!(wrong.parse::<OcidPrefix>().is_err(), "{wrong}");
        }
    }
}
