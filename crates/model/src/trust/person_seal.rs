//! What stands in the audit chain for who did something, so that their name can be removed later without
//! breaking the chain.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::audit::Act;
use super::audit_hash::ChainHash;
use trede_base::ids::MalformedId;

pub use trede_base::person_name::REMOVED;

/// Made anew for each hash: without it, nobody can try names against that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl Salt {
    /// The salt of these random bytes.
    #[must_use]
    pub const fn of(random: [u8; 32]) -> Self {
        Self(random)
    }

    pub(super) const fn bytes(&self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Salt {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        // As many bytes as a hash, written in the same way.
        let bytes: ChainHash = text.parse()?;
        Ok(Self(bytes.bytes()))
    }
}

/// The hash over who did something, and its salt as long as the name is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonSeal {
    /// None when the name was removed.
    pub salt: Option<Salt>,
    /// Over the salt, the actor, the client and the address.
    pub hash: ChainHash,
}

impl PersonSeal {
    /// The seal over who did the act.
    #[must_use]
    pub fn over(act: &Act, salt: Salt) -> Self {
        let mut hash = Sha256::new();
        hash.update("trede person 1 ");
        hash.update(salt.0);
        for text in [Some(&act.actor), act.client.as_ref(), act.address.as_ref()] {
            // With its length before it; absent is no empty text.
            let length = text.map_or(u64::MAX, |text| u64::try_from(text.len()).unwrap_or(u64::MAX));
            hash.update(length.to_be_bytes());
            hash.update(text.map(String::as_bytes).unwrap_or_default());
        }
        Self { salt: Some(salt), hash: ChainHash::of_bytes(hash.finalize().into()) }
    }

    /// Whether who is named in the act is who it was sealed for, or nobody any more.
    #[must_use]
    pub fn fits(&self, act: &Act) -> bool {
        match self.salt {
            Some(salt) => Self::over(act, salt) == *self,
            None => is_removed(act),
        }
    }
}

/// Whether the act names nobody any more.
#[must_use]
pub fn is_removed(act: &Act) -> bool {
    act.actor.starts_with(REMOVED) && act.client.is_none() && act.address.is_none()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::trust::audit::AuditScope;
    use trede_base::ids::Id;

    fn act() -> Act {
        Act {
            id: Id::from_uuid(Uuid::nil()),
            scope: AuditScope::National,
            at: DateTime::UNIX_EPOCH,
            actor: "inkoper-1".to_owned(),
            client: None,
            action: "create_lot".to_owned(),
            object: "tenders/1".to_owned(),
            request_id: Uuid::nil(),
            address: Some("192.0.2.7".to_owned()),
        }
    }

    #[test]
    fn a_seal_fits_who_it_was_made_for_and_nobody_else() {
        let seal = PersonSeal::over(&act(), Salt::of([7; 32]));
        assert!(seal.fits(&act()));
        let changes: [fn(&mut Act); 3] =
            [|act| act.actor.push('x'), |act| act.client = Some(String::new()), |act| act.address = None];
        for change in changes {
            let mut changed = act();
            change(&mut changed);
            assert!(!seal.fits(&changed));
        }
        assert_ne!(seal, PersonSeal::over(&act(), Salt::of([8; 32])));
    }

    #[test]
    fn without_its_salt_a_seal_fits_a_removed_name_only() {
        let seal = PersonSeal { salt: None, ..PersonSeal::over(&act(), Salt::of([7; 32])) };
        assert!(!seal.fits(&act()));
        assert!(!seal.fits(&Act { actor: format!("{REMOVED}1"), ..act() }), "the address is still there");
        assert!(seal.fits(&Act { actor: format!("{REMOVED}1"), address: None, ..act() }));
    }

    #[test]
    fn a_salt_reads_back_as_it_is_written() {
        let salt = Salt::of([0xab; 32]);
        assert_eq!(salt.to_string().parse(), Ok(salt));
        assert!("ab".parse::<Salt>().is_err());
    }
}
