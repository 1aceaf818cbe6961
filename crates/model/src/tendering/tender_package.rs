//! A whole tender as an e-procurement platform sends it, known by the platform's own reference.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::tender::TenderId;
use trede_base::ids::{MalformedId, MunicipalityId};
use trede_base::record::Record;

/// The most characters of a reference.
const MOST: usize = 100;

/// The reference under which a platform knows a tender (kenmerk), as it stands in a path: letters, digits and
/// `-._~`, the characters that a URL holds as they are (RFC 3986 §2.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PackageReference(String);

impl PackageReference {
    /// The reference as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PackageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PackageReference {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
        // A path of dots alone is not kept as it is on its way here.
        let is_dots = matches!(text, "." | "..");
        if text.is_empty() || text.len() > MOST || is_dots || !text.chars().all(fits) {
            return Err(MalformedId {
                what: "reference",
                text: text.to_owned(),
                expected: "1 to 100 letters, digits, hyphens, dots, underscores and tildes",
            });
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for PackageReference {
    type Error = MalformedId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PackageReference> for String {
    fn from(reference: PackageReference) -> Self {
        reference.0
    }
}

/// What is known of a whole tender that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenderPackage {
    /// Whose tender it is.
    pub municipality: MunicipalityId,
    /// The platform's reference; also the tender's external reference.
    pub reference: PackageReference,
    /// The tender that was made of it.
    pub tender: TenderId,
    /// What the same body is known by when it is sent again, in hexadecimal.
    pub fingerprint: String,
    /// Whether all of that was done; when not, the same can be sent again to go on.
    pub is_complete: bool,
    /// When it was sent first, and last.
    pub record: Record,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_stands_in_a_path_as_it_is() {
        for fits in ["P-2026-0042", "a.b_c~d", "7"] {
            assert_eq!(fits.parse::<PackageReference>().unwrap().to_string(), fits);
        }
        for wrong in ["", ".", "..", "a/b", "a b", "é", &"x".repeat(101)] {
            assert!(wrong.parse::<PackageReference>().is_err(), "{wrong}");
        }
    }
}
