//! What an act left of each row that it changed, as salted hashes; the record of the act holds hashes over all of
//! them.

use sha2::{Digest, Sha256};

use super::audit_hash::{ChainHash, StateChange};
use super::person_seal::Salt;

/// What one act left of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowState {
    /// Its place among all states: of those of one row, the highest is the last.
    pub number: i64,
    /// The name of the row's canonical form, which is that of its table.
    pub form: String,
    /// The key of the row: a JSON array.
    pub key: String,
    /// The row before the act, under the salt of the state before this one, so that both are the same when nobody
    /// changed the row in between; under that of this one where there is no state before. None when there was no
    /// such row.
    pub before: Option<ChainHash>,
    /// The row after the act; none when there is no such row any more.
    pub after: Option<ChainHash>,
    /// What stands before the row in the hash after; none once a name was removed from the row.
    pub salt: Option<Salt>,
}

/// The salted hash of the canonical text of a row.
#[must_use]
pub fn state_hash(salt: Salt, text: &str) -> ChainHash {
    let mut hash = Sha256::new();
    hash.update("trede state 1 ");
    hash.update(salt.bytes());
    hash.update(text);
    ChainHash::of(hash)
}

/// The start of the hash over the form and the key of a row: by it the states of the row are found.
#[must_use]
pub fn row_id(form: &str, key: &str) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(form);
    hash.update([0]);
    hash.update(key);
    let bytes = ChainHash::of(hash).bytes();
    let mut id = [0; 16];
    id.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
    id
}

impl StateChange {
    /// What an act changed: the hashes over the states that it left, each with its row and its number.
    #[must_use]
    pub fn over(states: &[RowState], forms: i16) -> Self {
        let over = |hash_of: fn(&RowState) -> Option<ChainHash>| {
            let mut hash = Sha256::new();
            hash.update("trede states 1 ");
            let mut is_any = false;
            for state in states {
                let Some(of_row) = hash_of(state) else { continue };
                is_any = true;
                for text in [&state.form, &state.key] {
                    hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
                    hash.update(text);
                }
                hash.update(state.number.to_be_bytes());
                hash.update(of_row.bytes());
            }
            is_any.then(|| ChainHash::of(hash))
        };
        let (before, after) = (over(|state| state.before), over(|state| state.after));
        let is_any = before.is_some() || after.is_some();
        Self { before, after, forms: is_any.then_some(forms) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> RowState {
        let salt = Salt::of([1; 32]);
        RowState {
            number: 7,
            form: "lots".to_owned(),
            key: r#"["gm0344"]"#.to_owned(),
            before: Some(state_hash(salt, "before")),
            after: Some(state_hash(salt, "after")),
            salt: Some(salt),
        }
    }

    #[test]
    fn the_same_row_has_another_hash_under_another_salt() {
        assert_ne!(state_hash(Salt::of([1; 32]), "open"), state_hash(Salt::of([2; 32]), "open"));
    }

    #[test]
    fn where_nothing_changed_there_is_no_hash() {
        assert_eq!(StateChange::over(&[], 1), StateChange::default());
    }

    #[test]
    fn everything_of_a_state_but_its_salt_is_in_the_hashes_of_the_act() {
        let whole = StateChange::over(&[state()], 1);
        let changes: [fn(&mut RowState); 6] = [
            |state| state.number += 1,
            |state| state.form.push('s'),
            |state| state.key.push(' '),
            |state| state.before = None,
            |state| state.before = state.after,
            |state| state.after = None,
        ];
        for change in changes {
            let mut changed = state();
            change(&mut changed);
            assert_ne!(StateChange::over(&[changed], 1), whole);
        }
        let unsalted = RowState { salt: None, ..state() };
        assert_eq!(StateChange::over(&[unsalted], 1), whole);
    }

    #[test]
    fn a_row_has_an_id_of_its_own() {
        assert_eq!(row_id("lots", "1"), row_id("lots", "1"));
        assert_ne!(row_id("lots", "1"), row_id("lots", "2"));
        assert_ne!(row_id("lots", "1"), row_id("lot", "s1"));
    }
}
