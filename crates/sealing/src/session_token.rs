//! Seals the token of a session under a key that follows from the secret in the cookie: who reads the store
//! has no token, and who has a cookie of a session that ended has none either.

use crate::SealingError;
use crate::cipher::{Cipher, derived};

const PURPOSE: &str = "token of a console session";

fn cipher(secret: &str) -> Result<Cipher, SealingError> {
    let mut key = [0; crate::cipher::KEY_BYTES];
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, secret.as_bytes());
    key.iter_mut().zip(digest.as_ref()).for_each(|(to, from)| *to = *from);
    Cipher::new(&derived(&key, PURPOSE)?)
}

/// The token, sealed.
///
/// # Errors
/// [`SealingError::Refused`] when there is no randomness.
pub fn seal(secret: &str, token: &str) -> Result<Vec<u8>, SealingError> {
    cipher(secret)?.seal(PURPOSE, token.as_bytes())
}

/// The token that was sealed under the secret.
///
/// # Errors
/// [`SealingError::DoesNotOpen`] when another secret sealed it.
pub fn open(secret: &str, sealed: &[u8]) -> Result<String, SealingError> {
    let opened = cipher(secret)?.open(PURPOSE, sealed)?;
    String::from_utf8(opened).map_err(|_| SealingError::DoesNotOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_of_the_session_opens_its_token() {
        let sealed = seal("one", "a.b.c").unwrap();
        assert_eq!(open("one", &sealed).unwrap(), "a.b.c");
        assert_eq!(open("other", &sealed), Err(SealingError::DoesNotOpen));
    }
}
