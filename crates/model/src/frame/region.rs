//! A region: municipalities that share a social return policy and count each effort once together.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use trede_base::ids::{MalformedId, MunicipalityId};
use trede_base::record::Record;

/// The most characters of a region's code.
const LONGEST: usize = 60;

/// A region by its code, such as `arbeidsmarktregio-midden-utrecht`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionId(String);

impl fmt::Display for RegionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for RegionId {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let starts = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        // A municipality's code is no region: claims of a municipality without a region stand under it.
        let is_municipality = text.parse::<MunicipalityId>().is_ok();
        if starts && text.len() <= LONGEST && text.bytes().all(sound) && !is_municipality {
            return Ok(Self(text.to_owned()));
        }
        Err(MalformedId {
            what: "region",
            text: text.chars().take(LONGEST).collect(),
            expected: "lower-case letters, digits and hyphens, such as midden-utrecht",
        })
    }
}

impl TryFrom<String> for RegionId {
    type Error = MalformedId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RegionId> for String {
    fn from(id: RegionId) -> Self {
        id.0
    }
}

/// A region (regio). A municipality takes part in one at the most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its code.
    pub id: RegionId,
    /// Its name.
    pub name: String,
    /// The municipalities that take part (deelnemende gemeenten), in the order of their codes.
    pub members: Vec<MunicipalityId>,
    /// When it was registered, and changed.
    pub record: Record,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_written_in_lower_case_and_is_no_municipality() {
        assert!("midden-utrecht".parse::<RegionId>().is_ok());
        for wrong in ["", "Midden", "gm0344", "-x", "a b", "é"] {
            assert!(wrong.parse::<RegionId>().is_err(), "{wrong}");
        }
    }
}
