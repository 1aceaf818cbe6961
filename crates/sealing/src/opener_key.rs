//! The key pair of an opener (sleutelpaar van een kluisopener). The secret half stays with the opener, in a file; the
//! service knows the public half.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use zeroize::Zeroizing;

use crate::SealingError;
use crate::public_key::{PublicKey, SecretKey};
use crate::split_key::place_of_share;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::key_share::OpenerKeyId;
use trede_model::bidding::opening::Envelope;
use trede_model::tendering::tender::TenderId;

/// What the line of a secret key begins with: whoever finds it knows what it is.
const SECRET: &str = "trede-opener-secret-1:";

/// The part of a key as its opener gives it. It is not shown, and written over when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPart(pub(crate) Zeroizing<Vec<u8>>);

impl KeyPart {
    /// Reads a part as it was sent: base64.
    ///
    /// # Errors
    /// [`SealingError::WrongShare`].
    pub fn parse(text: &str) -> Result<Self, SealingError> {
        let bytes = BASE64_STANDARD.decode(text.trim()).map_err(|_| SealingError::WrongShare)?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// The part as it is sent: base64.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64_STANDARD.encode(self.0.as_slice()))
    }
}

impl fmt::Debug for KeyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPart(..)")
    }
}

/// The secret half.
pub struct OpenerSecret(SecretKey);

impl OpenerSecret {
    /// A fresh pair.
    #[must_use]
    pub fn generate() -> Self {
        Self(SecretKey::generate())
    }

    /// The line that is kept in a file, and shown to nobody.
    #[must_use]
    pub fn line(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{SECRET}{}", BASE64_STANDARD.encode(self.0.bytes().as_slice())))
    }

    /// Reads the file of a key. Empty lines and lines that begin with `#` do not count.
    ///
    /// # Errors
    /// [`SealingError::Unreadable`], never with the key.
    pub fn parse(text: &str) -> Result<Self, SealingError> {
        let unreadable = || {
            SealingError::Unreadable(format!("the key of an opener is one line that begins with {SECRET}"))
        };
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (Some(line), None) = (lines.next(), lines.next()) else { return Err(unreadable()) };
        let encoded = line.strip_prefix(SECRET).ok_or_else(unreadable)?;
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(encoded).map_err(|_| unreadable())?);
        SecretKey::of(&bytes).map(Self).map_err(|_| unreadable())
    }

    /// The public half: 32 bytes.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        self.0.public().bytes()
    }

    /// The opener's share of the key of a tender, as the service handed it out.
    ///
    /// # Errors
    /// [`SealingError::DoesNotOpen`] when it was encrypted to another key, or is of another tender.
    pub fn open_share(
        &self,
        (municipality, tender, envelope): (MunicipalityId, TenderId, Envelope),
        key: OpenerKeyId,
        encrypted: &[u8],
    ) -> Result<KeyPart, SealingError> {
        self.0.open(&place_of_share((municipality, tender, envelope), key), encrypted).map(KeyPart)
    }
}

/// Refuses what is no public half: not 32 bytes, or a point to which nothing can be encrypted in secret.
///
/// # Errors
/// [`SealingError::Refused`].
pub fn check_public(bytes: &[u8]) -> Result<(), SealingError> {
    let key = PublicKey::of(bytes).map_err(|_| SealingError::Refused)?;
    key.seal("trede check of a public key", &[]).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_from_its_file_and_never_shown_in_an_error() {
        let key = OpenerSecret::generate();
        let line = key.line();
        let file = format!("# key of opener-1\n\n{}\n", *line);
        assert_eq!(OpenerSecret::parse(&file).unwrap().public(), key.public());
        let twice = format!("{file}{file}");
        let (half, _) = line.split_at(line.len() - 4);
        for wrong in ["", "# nothing", half, &line["trede-opener".len()..], twice.as_str()] {
            let refused = OpenerSecret::parse(wrong).err().unwrap().to_string();
            assert!(!refused.contains(&line[SECRET.len()..line.len() - 4]), "{refused}");
        }
    }

    #[test]
    fn a_part_is_read_back_as_it_was_sent_and_never_shown() {
        let part = KeyPart(Zeroizing::new(vec![1; 33]));
        assert_eq!(KeyPart::parse(&part.text()), Ok(part.clone()));
        assert_eq!(KeyPart::parse("no base64"), Err(SealingError::WrongShare));
        assert!(!format!("{part:?}").contains('1'));
    }

    #[test]
    fn what_is_no_point_is_no_public_half() {
        assert_eq!(check_public(&OpenerSecret::generate().public()), Ok(()));
        for wrong in [vec![], vec![0; 32], vec![7; 31]] {
            assert_eq!(check_public(&wrong), Err(SealingError::Refused));
        }
    }
}
