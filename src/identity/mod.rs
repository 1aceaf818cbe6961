//! Tokens: what a caller's JWT says, the keys it is checked with, and signing for local issuers.
//!
//! A leaf beside the clock and the configuration: it knows no HTTP and no database. The NL GOV
//! profile for OAuth 2.0 gives the rules: asymmetric algorithms from an allow-list, a configured
//! issuer, the key named by `kid`, and `aud`, `exp` and `nbf` checked.

mod claim_set;
pub mod claims;
pub mod error;
pub mod issuer;
pub mod issuers_file;
pub mod key_ring;
pub mod keys;
pub mod mapping;
pub mod person_key;
mod remembered;
pub mod signer;
pub mod verifier;

/// Installs the process-wide cryptography of the token library. Safe to call more than once.
///
/// With no backend, or two, the library panics at the first token; choosing one at start makes
/// that impossible.
pub fn install_crypto() {
    // An error only says that a provider was installed already, which is what we want.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
}
