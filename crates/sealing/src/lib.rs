//! Sealed bids: the keys, the envelopes and the signed receipts. The cryptography is that of aws-lc-rs; where the key
//! of a tender is split over openers, that of `hpke` and `blahaj` too.
//!
//! ```text
//! key-encryption key   in a file or variable of the operator, never in the database
//!   └─ wraps the key of a tender             (table tender_keys)
//!        ├─ HKDF: the key of blind indexes   HMAC-SHA256 of lot and bidder
//!        ├─ HKDF: the seed of receipts       Ed25519
//!        └─ HKDF: the key that wraps the data key of each bid
//!             └─ data key: AES-256-GCM of the quality part and of the price part
//! ```
//!
//! Where the key of a tender is split, the data key of each part of a bid is encrypted to a public key before that, whose
//! secret half nobody has: openers have parts of it, see [`split_key`].
//!
//! Whatever is encrypted is bound to its place: municipality, tender, lot, bid and which part it is, so that
//! nothing can be moved to another place unseen.

mod cipher;
mod jws;
pub mod kept_secret;
pub mod keyring;
pub mod opener_key;
mod public_key;
pub mod receipt;
pub mod record_signature;
pub mod session_token;
pub mod split_key;
pub mod tender_key;

use thiserror::Error;

/// Why something is not sealed, or not opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SealingError {
    /// The operator configured none.
    #[error(
        "no sealing key is configured: make one with `trede sealing-keys generate` and name its file in \
         TREDE_SEALING_KEYS_FILE"
    )]
    NoKeys,
    /// The keys cannot be read.
    #[error("the sealing keys: {0}")]
    Unreadable(String),
    /// A key that wrapped something is not among those that are configured.
    #[error("the sealing key «{0}» is not among those that are configured")]
    UnknownKey(String),
    /// It was changed, or is not what its place says it is.
    #[error("the ciphertext was changed, or another key sealed it")]
    DoesNotOpen,
    /// The key is split over openers, and too few of them gave their part.
    #[error("the key of the tender is split: nothing opens before enough openers gave their part")]
    SharesNeeded,
    /// What was given is not the part of the key that was handed to this opener.
    #[error("this is not the part of the key that this opener was given for this tender")]
    WrongShare,
    /// The library refused: no randomness.
    #[error("the cryptography refused")]
    Refused,
}
