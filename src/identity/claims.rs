//! The claims of a token as this service writes them, for local issuers, the demo and tests.

use serde::Serialize;

/// What a token says of its bearer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claims {
    /// Who issued the token; one of the configured issuers.
    pub iss: String,
    /// The issuer's name for the bearer.
    pub sub: String,
    /// For whom the token is meant; must name this service.
    pub aud: Audience,
    /// Not valid from this moment on, in seconds since 1970 (UTC).
    pub exp: i64,
    /// Not valid before this moment, in seconds since 1970 (UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// The client the token was issued to (OpenID Connect's name).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azp: Option<String>,
    /// The client the token was issued to (OAuth 2.0's name).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The names of the bearer's roles.
    pub roles: Vec<String>,
    /// CBS codes of the municipalities the bearer acts for, such as `gm0344`.
    pub municipalities: Vec<String>,
    /// The KvK number of a bidder or contractor, 8 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kvk: Option<String>,
}

/// One audience or several, as RFC 7519 allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Audience {
    /// A single audience.
    One(String),
    /// Several audiences.
    Many(Vec<String>),
}
