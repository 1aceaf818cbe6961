//! The key-encryption keys of the operator: several at once, so that one can take the place of another while
//! the service runs.

use std::path::PathBuf;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};

use crate::SealingError;
use crate::cipher::{Cipher, KEY_BYTES, KeyBytes, derived, fresh_key};
use trede_base::hex::hex;

/// The most characters of the name of a key.
const NAME: usize = 64;

/// Where the keys of the operator stand. They are read each time that a tender's key is made or first used,
/// so that a key that is added counts without a restart.
#[derive(Clone, Debug, Default)]
pub enum SealingKeys {
    /// Nowhere: nothing can be sealed here.
    #[default]
    None,
    /// In a file.
    File(PathBuf),
    /// In the configuration itself.
    Text(SecretString),
}

impl SealingKeys {
    /// The keys as they are now.
    ///
    /// # Errors
    /// [`SealingError::NoKeys`], [`SealingError::Unreadable`] with the line that does not fit.
    pub fn ring(&self) -> Result<KeyRing, SealingError> {
        match self {
            Self::None => Err(SealingError::NoKeys),
            Self::Text(text) => KeyRing::parse(text.expose_secret()),
            Self::File(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|error| SealingError::Unreadable(format!("{}: {error}", path.display())))?;
                KeyRing::parse(&text)
            }
        }
    }
}

struct NamedKey {
    id: String,
    cipher: Cipher,
    /// Makes marks.
    marker: hmac::Key,
    /// From which the key is made that signs records.
    record_seed: KeyBytes,
}

impl NamedKey {
    fn record_signer(&self) -> Result<Ed25519KeyPair, SealingError> {
        Ed25519KeyPair::from_seed_unchecked(&self.record_seed).map_err(|_| SealingError::Refused)
    }
}

/// The keys of the operator: the newest wraps, all unwrap.
pub struct KeyRing {
    newest: NamedKey,
    older: Vec<NamedKey>,
}

/// Something that a key wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// Which key.
    pub key_id: String,
    /// The ciphertext.
    pub bytes: Vec<u8>,
}

impl KeyRing {
    /// Reads keys, one on each line (or between commas): `NAME:` and 32 bytes in base64. The last one is the
    /// newest. Empty lines and lines that begin with `#` do not count.
    ///
    /// # Errors
    /// [`SealingError::Unreadable`] with what does not fit, never with a key.
    pub fn parse(text: &str) -> Result<Self, SealingError> {
        let lines = text.split(['\n', ',']).map(str::trim);
        let mut keys = Vec::<NamedKey>::new();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let key = named_key(line)?;
            if keys.iter().any(|known| known.id == key.id) {
                return Err(SealingError::Unreadable(format!("there are two keys named «{}»", key.id)));
            }
            keys.push(key);
        }
        match keys.pop() {
            Some(newest) => Ok(Self { newest, older: keys }),
            None => Err(SealingError::Unreadable("there is no key in it".to_owned())),
        }
    }

    /// The name of the key that wraps.
    #[must_use]
    pub fn newest(&self) -> &str {
        &self.newest.id
    }

    /// The names of all keys, the newest last.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.older.iter().chain([&self.newest]).map(|key| key.id.as_str())
    }

    /// A mark of something: known again by who has the keys, and of no use to who wants to find out what it was by
    /// trying. Of each key one, that of the newest first.
    pub fn marks(&self, content: &[u8]) -> impl Iterator<Item = String> {
        let newest_first = [&self.newest].into_iter().chain(self.older.iter().rev());
        newest_first.map(move |key| hex(hmac::sign(&key.marker, content).as_ref()))
    }

    /// What signs records now.
    pub(super) fn record_signer(&self) -> Result<Ed25519KeyPair, SealingError> {
        self.newest.record_signer()
    }

    /// The public keys by which signed records are checked, each with its name: 32 bytes of Ed25519, the newest last.
    ///
    /// # Errors
    /// [`SealingError::Refused`] when a key cannot be derived.
    pub fn record_keys(&self) -> Result<Vec<(String, Vec<u8>)>, SealingError> {
        let keys = self.older.iter().chain([&self.newest]);
        keys.map(|key| Ok((key.id.clone(), key.record_signer()?.public_key().as_ref().to_vec()))).collect()
    }

    pub(super) fn seal(&self, place: &str, content: &[u8]) -> Result<Wrapped, SealingError> {
        Ok(Wrapped { key_id: self.newest.id.clone(), bytes: self.newest.cipher.seal(place, content)? })
    }

    pub(super) fn open(&self, place: &str, wrapped: &Wrapped) -> Result<Vec<u8>, SealingError> {
        let known = [&self.newest].into_iter().chain(&self.older).find(|key| key.id == wrapped.key_id);
        let key = known.ok_or_else(|| SealingError::UnknownKey(wrapped.key_id.clone()))?;
        key.cipher.open(place, &wrapped.bytes)
    }

    #[cfg(test)]
    fn unwrap(&self, place: &str, wrapped: &Wrapped) -> Result<KeyBytes, SealingError> {
        self.open(place, wrapped)?.try_into().map_err(|_| SealingError::DoesNotOpen)
    }
}

fn named_key(line: &str) -> Result<NamedKey, SealingError> {
    let expected = "a key is written NAME:KEY, the name of letters, digits, «.», «-» and «_», the key of 32 \
                    bytes in base64; `trede sealing-keys generate` writes one";
    let unreadable = || SealingError::Unreadable(expected.to_owned());
    let (id, key) = line.split_once(':').ok_or_else(unreadable)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if id.is_empty() || id.len() > NAME || !id.chars().all(is_name) {
        return Err(unreadable());
    }
    let bytes = BASE64_STANDARD.decode(key.trim()).map_err(|_| unreadable())?;
    let bytes: [u8; KEY_BYTES] = bytes.try_into().map_err(|_| unreadable())?;
    let marker = hmac::Key::new(hmac::HMAC_SHA256, &derived(&bytes, "marks")?);
    let record_seed = derived(&bytes, "records")?;
    Ok(NamedKey { id: id.to_owned(), cipher: Cipher::new(&bytes)?, marker, record_seed })
}

/// The line of a fresh key of that name.
///
/// # Errors
/// [`SealingError::Refused`] when the system gives no randomness, [`SealingError::Unreadable`] when the name
/// does not fit.
pub fn generate(name: &str) -> Result<String, SealingError> {
    let line = format!("{name}:{}", BASE64_STANDARD.encode(fresh_key()?));
    named_key(&line)?;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_key_wraps_and_every_key_unwraps() {
        let (old, new) = (generate("a").unwrap(), generate("b").unwrap());
        let before = KeyRing::parse(&old).unwrap();
        let wrapped = before.seal("place", &[7; 32]).unwrap();
        let after = KeyRing::parse(&format!("# rotated\n{old}\n\n{new}\n")).unwrap();
        assert_eq!(after.newest(), "b");
        assert_eq!(after.names().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(after.unwrap("place", &wrapped), Ok([7; 32]));
        assert_eq!(after.seal("place", &[7; 32]).unwrap().key_id, "b");
        let only_new = KeyRing::parse(&new).unwrap();
        assert_eq!(only_new.unwrap("place", &wrapped), Err(SealingError::UnknownKey("a".to_owned())));
    }

    #[test]
    fn what_was_wrapped_for_another_place_or_changed_does_not_open() {
        let ring = KeyRing::parse(&generate("a").unwrap()).unwrap();
        let wrapped = ring.seal("here", &[7; 32]).unwrap();
        assert_eq!(ring.unwrap("there", &wrapped), Err(SealingError::DoesNotOpen));
        for at in 0..wrapped.bytes.len() {
            let mut changed = wrapped.clone();
            changed.bytes[at] ^= 1;
            assert_eq!(ring.unwrap("here", &changed), Err(SealingError::DoesNotOpen));
        }
    }

    #[test]
    fn keys_that_do_not_fit_are_refused_and_not_shown() {
        let key = BASE64_STANDARD.encode([7; 32]);
        let short = BASE64_STANDARD.encode([7; 31]);
        let lines = [
            String::new(),
            key.clone(),
            format!("a b:{key}"),
            format!(":{key}"),
            format!("a:{short}"),
            format!("a:{key}\na:{key}"),
        ];
        for line in lines {
            let refused = KeyRing::parse(&line).err().unwrap().to_string();
            assert!(!refused.contains(&key) && !refused.contains(&short), "{refused}");
        }
    }

    #[test]
    fn a_mark_is_known_again_after_a_rotation_and_tells_nothing_without_the_key() {
        let (old, new) = (generate("a").unwrap(), generate("b").unwrap());
        let marks = |keys: &str, of: &[u8]| KeyRing::parse(keys).unwrap().marks(of).collect::<Vec<_>>();
        let before = marks(&old, b"body");
        let after = marks(&format!("{old}\n{new}"), b"body");
        assert_eq!((before.len(), after.len()), (1, 2));
        assert_eq!(after[1], before[0]);
        assert_ne!(after[0], before[0]);
        assert_ne!(marks(&old, b"another body"), before);
    }

    #[test]
    fn keys_in_a_variable_stand_between_commas() {
        let text = [generate("a").unwrap(), generate("b").unwrap()].join(",");
        assert_eq!(SealingKeys::Text(text.into()).ring().unwrap().newest(), "b");
        assert_eq!(SealingKeys::None.ring().err(), Some(SealingError::NoKeys));
    }
}
