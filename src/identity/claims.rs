//! The claims of a token as they travel.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// What a token says of its bearer. Unknown claims are ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued the token; one of the configured issuers.
    pub iss: String,
    /// The issuer's name for the bearer.
    pub sub: String,
    /// For whom the token is meant; must name this service.
    pub aud: Audience,
    /// Not valid from this moment on, in seconds since 1970 (UTC).
    #[serde(deserialize_with = "numeric_date")]
    pub exp: i64,
    /// Not valid before this moment, in seconds since 1970 (UTC).
    #[serde(default, deserialize_with = "optional_numeric_date", skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// The client the token was issued to (OpenID Connect's name).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub azp: Option<String>,
    /// The client the token was issued to (OAuth 2.0's name).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The names of the bearer's roles.
    #[serde(default)]
    pub roles: Vec<String>,
    /// CBS codes of the municipalities the bearer acts for, such as `gm0344`.
    #[serde(default)]
    pub municipalities: Vec<String>,
    /// The KvK number of a bidder or contractor, 8 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kvk: Option<String>,
}

/// Whole seconds of a NumericDate, which may have a fraction (RFC 7519 §2). What is written with an exponent
/// is refused.
fn numeric_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let number = serde_json::Number::deserialize(deserializer)?.to_string();
    number
        .split('.')
        .next()
        .and_then(|whole| whole.parse().ok())
        .ok_or_else(|| D::Error::custom("no NumericDate"))
}

fn optional_numeric_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    numeric_date(deserializer).map(Some)
}

/// One audience or several, as RFC 7519 allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// A single audience.
    One(String),
    /// Several audiences.
    Many(Vec<String>),
}

impl Audience {
    /// Whether the token is meant for this audience.
    #[must_use]
    pub fn names(&self, audience: &str) -> bool {
        match self {
            Self::One(only) => only == audience,
            Self::Many(several) => several.iter().any(|one| one == audience),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expiry(exp: &str) -> Option<i64> {
        let claims = format!(r#"{{"iss": "i", "sub": "s", "aud": "trede", "exp": {exp}, "nbf": 1}}"#);
        serde_json::from_str(&claims).ok().map(|claims: Claims| claims.exp)
    }

    #[test]
    fn a_moment_of_expiry_may_have_a_fraction_and_nothing_else() {
        assert_eq!(expiry("1774000000"), Some(1_774_000_000));
        assert_eq!(expiry("1774000000.75"), Some(1_774_000_000));
        for wrong in ["1e300", "\"1774000000\"", "null", "99999999999999999999"] {
            assert_eq!(expiry(wrong), None, "{wrong}");
        }
    }
}
