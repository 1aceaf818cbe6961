//! Secrets that the service must know again, such as those that sign messages to subscribers: kept under the keys of
//! the operator, so that a copy of the database does not tell them.
//!
//! What is kept is text: `sealed:NAME:BASE64`, with the name of the key. A secret from before there were keys stands
//! as it is.

use base64::prelude::{BASE64_STANDARD, Engine};

use crate::SealingError;
use crate::keyring::{KeyRing, Wrapped};

const SEALED: &str = "sealed:";

/// The secret as it is kept, under the newest key and bound to its place.
///
/// # Errors
/// [`SealingError::Refused`] when the system gives no randomness.
pub fn keep(ring: &KeyRing, place: &str, secret: &str) -> Result<String, SealingError> {
    let Wrapped { key_id, bytes } = ring.seal(place, secret.as_bytes())?;
    Ok(format!("{SEALED}{key_id}:{}", BASE64_STANDARD.encode(bytes)))
}

/// The secret that is kept so; one that was never sealed as it stands.
///
/// # Errors
/// [`SealingError::UnknownKey`], [`SealingError::DoesNotOpen`] when it was changed or belongs elsewhere.
pub fn known(ring: &KeyRing, place: &str, kept: &str) -> Result<String, SealingError> {
    let Some((key_id, text)) = parts(kept) else { return Ok(kept.to_owned()) };
    let bytes = BASE64_STANDARD.decode(text).map_err(|_| SealingError::DoesNotOpen)?;
    let opened = ring.open(place, &Wrapped { key_id: key_id.to_owned(), bytes })?;
    String::from_utf8(opened).map_err(|_| SealingError::DoesNotOpen)
}

/// The name of the key that keeps it; none for one that was never sealed.
#[must_use]
pub fn key_of(kept: &str) -> Option<&str> {
    parts(kept).map(|(key, _)| key)
}

fn parts(kept: &str) -> Option<(&str, &str)> {
    kept.strip_prefix(SEALED)?.split_once(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> KeyRing {
        let text = [crate::keyring::generate("old"), crate::keyring::generate("new")].map(Result::unwrap);
        KeyRing::parse(&text.join("\n")).unwrap()
    }

    #[test]
    fn a_secret_is_known_again_at_its_place_and_nowhere_else() {
        let ring = ring();
        let kept = keep(&ring, "gm0344/1", "whsec_abc").unwrap();
        assert!(!kept.contains("abc"));
        assert_eq!(key_of(&kept), Some("new"));
        assert_eq!(known(&ring, "gm0344/1", &kept).unwrap(), "whsec_abc");
        assert_eq!(known(&ring, "gm0344/2", &kept), Err(SealingError::DoesNotOpen));
        let stranger = KeyRing::parse(&crate::keyring::generate("other").unwrap()).unwrap();
        assert_eq!(known(&stranger, "gm0344/1", &kept), Err(SealingError::UnknownKey("new".to_owned())));
    }

    #[test]
    fn a_secret_from_before_there_were_keys_stands_as_it_is() {
        assert_eq!(known(&ring(), "gm0344/1", "whsec_abc").unwrap(), "whsec_abc");
        assert_eq!(key_of("whsec_abc"), None);
    }
}
