//! Tokens that are taken back before their time.

use chrono::{DateTime, Utc};

use trede_base::ids::Id;
use trede_base::words;

words! {
    /// What is taken back (wat wordt ingetrokken).
    pub enum RevokedKind is "kind of revocation" {
        /// One token, by its own id (claim `jti`).
        Token = "token",
        /// All tokens of one bearer, by the name in the audit trail.
        Subject = "subject",
        /// All tokens that one client asked for, whoever bears them.
        Client = "client",
    }
}

/// The id of a revocation.
pub type TokenRevocationId = Id<TokenRevocation>;

/// Tokens that are no longer accepted (intrekking van tokens).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRevocation {
    /// Its id.
    pub id: TokenRevocationId,
    /// What is taken back.
    pub kind: RevokedKind,
    /// Which one: the id of a token, the name of a bearer, the name of a client.
    pub value: String,
    /// Why.
    pub reason: String,
    /// When it was taken back.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: String,
    /// From when tokens are accepted again; none: not until the revocation is lifted.
    pub until: Option<DateTime<Utc>>,
}
