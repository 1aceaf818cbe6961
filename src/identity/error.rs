//! Why a token is not accepted.

use thiserror::Error;

/// Why a token is not accepted. The text is safe to tell the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Larger than a token can reasonably be.
    #[error("the token is larger than 16 KiB")]
    TooLarge,
    /// Not a JWT, or claims of the wrong shape.
    #[error(
        "the token is not a well-formed JWT with the claims iss, sub, aud and exp, each once and of its own shape"
    )]
    Malformed,
    /// Another kind of token, or with extensions that must be understood (RFC 7515 §4.1.11).
    #[error("the token is not an access token: its header has `crit`, or a `typ` other than JWT or at+jwt")]
    Kind,
    /// A subject or client that cannot be recorded.
    #[error(
        "the claims for subject and client must hold 1 to 255 visible characters of one script, and the subject no \
         word that the service itself writes in the place of a name"
    )]
    Name,
    /// Signed with something outside the allow-list, or not at all.
    #[error("the token's algorithm is not accepted from this issuer; RS256, PS256, ES256 and EdDSA can be")]
    Algorithm,
    /// From an issuer this service does not trust.
    #[error("the token's issuer is not trusted here")]
    Issuer,
    /// No key of the issuer carries the token's key id.
    #[error("no key of the issuer has the token's key id")]
    UnknownKey,
    /// The issuer's keys could not be fetched since the service was started.
    #[error("the issuer's keys cannot be fetched at the moment")]
    NoKeysYet,
    /// The signature does not match.
    #[error("the token's signature does not match")]
    Signature,
    /// Meant for another service.
    #[error("the token is meant for another audience")]
    Audience,
    /// Too old.
    #[error("the token has expired")]
    Expired,
    /// Too new.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// Valid for longer than tokens may be here.
    #[error("the token is valid for longer than is accepted here")]
    TooLongValid,
    /// Taken back before its time.
    #[error("the token was revoked")]
    Revoked,
}
