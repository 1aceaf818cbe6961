//! Whether the rows that are there are those that the audit trail left: none altered, none gone, none put in.

use std::collections::{HashMap, HashSet};

use super::audit::Act;
use super::audit_hash::ChainHash;
use super::audit_state::{RowState, row_id, state_hash};
use super::person_seal::Salt;
use trede_base::ids::Id;

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum RowFault {
    /// The row is not what its last record left.
    #[error("was altered: it is not what the last act on it left")]
    Altered,
    /// The row is gone, and no record tells of that.
    #[error("was deleted: it is gone, and no act removed it")]
    Missing,
    /// The row is there, and no record tells where it came from.
    #[error("was inserted: no act made it")]
    Unrecorded,
    /// Between two acts the row became another: what an alteration leaves when an act comes after it.
    #[error("was altered before an act: that found it otherwise than the act before it left it")]
    ChangedBetween,
    /// What is needed to compare the row was taken away.
    #[error("cannot be compared: the salt of its last state was taken away")]
    Unsalted,
    /// A state that belongs to no record.
    #[error("has a state of an act that is in no chain")]
    Stray,
}

/// How a row at hand stands to the last act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowStanding {
    /// It is what that act left.
    AsRecorded,
    /// It is another.
    Altered,
    /// It is gone, and no act removed it.
    Deleted,
    /// It is there, and no act made it.
    Unrecorded,
    /// There is no such row, and there should be none.
    Unknown,
}

impl RowStanding {
    /// In kebab-case, for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AsRecorded => "as-recorded",
            Self::Altered => "altered",
            Self::Deleted => "deleted",
            Self::Unrecorded => "unrecorded",
            Self::Unknown => "unknown",
        }
    }
}

/// A row that is not as the trail left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFinding {
    /// Its table.
    pub table: String,
    /// Its key, as a JSON array.
    pub key: String,
    /// What is wrong.
    pub fault: RowFault,
    /// The last act on it that the trail knows; of what was found by an act, that act.
    pub act: Option<Id<Act>>,
}

struct Last {
    form: String,
    key: String,
    act: Id<Act>,
    after: Option<ChainHash>,
    salt: Option<Salt>,
}

/// Compares rows with their states: first every state, in the order of their numbers, then every row.
#[derive(Default)]
pub struct RowCheck {
    last: HashMap<[u8; 16], Last>,
    bound: HashMap<ChainHash, (String, Id<Act>)>,
    acts: HashSet<Id<Act>>,
    has_removals: bool,
    findings: Vec<RowFinding>,
}

impl RowCheck {
    /// A record of the trail, before any state.
    pub fn record(&mut self, act: Id<Act>) {
        self.acts.insert(act);
    }

    /// The trail tells that somebody's data were removed: only then may a state that is not the last lack its salt.
    pub fn removal(&mut self) {
        self.has_removals = true;
    }

    /// A record itself binds a row, by this hash; `key` is what the record calls it.
    pub fn bound(&mut self, act: Id<Act>, key: String, hash: ChainHash) {
        self.bound.insert(hash, (key, act));
    }

    /// The next state.
    pub fn state(&mut self, act: Id<Act>, state: RowState) {
        if !self.acts.contains(&act) {
            self.find(&state.form, &state.key, RowFault::Stray, Some(act));
        }
        let id = row_id(&state.form, &state.key);
        let earlier = self.last.get(&id);
        let left = earlier.and_then(|last| last.after);
        // Under another salt nothing can be said.
        let is_forgotten = self.has_removals && earlier.is_some_and(|last| last.salt.is_none());
        if state.before != left && !is_forgotten {
            self.find(&state.form, &state.key, RowFault::ChangedBetween, Some(act));
        }
        let RowState { form, key, after, salt, .. } = state;
        self.last.insert(id, Last { form, key, act, after, salt });
    }

    /// The next row of a table, in each form that its table has or had.
    pub fn row(&mut self, table: &str, key: &str, texts: &[String]) {
        let Some(last) = self.last.get_mut(&row_id(table, key)) else {
            let bound = texts.iter().any(|text| self.bound.remove(&bound_hash(text)).is_some());
            if !bound {
                self.find(table, key, RowFault::Unrecorded, None);
            }
            return;
        };
        let act = Some(last.act);
        // What is left of these at the end has no row.
        let fault = match (last.after.take(), last.salt) {
            (None, _) => Some(RowFault::Unrecorded),
            (Some(_), None) => Some(RowFault::Unsalted),
            (Some(after), Some(salt)) => {
                let is_as_left = texts.iter().any(|text| state_hash(salt, text) == after);
                (!is_as_left).then_some(RowFault::Altered)
            }
        };
        if let Some(fault) = fault {
            self.find(table, key, fault, act);
        }
    }

    /// Everything that was found, by table and key.
    #[must_use]
    pub fn finish(mut self) -> Vec<RowFinding> {
        let gone: Vec<_> = self.last.drain().filter(|(_, last)| last.after.is_some()).collect();
        for (_, Last { form, key, act, .. }) in gone {
            self.find(&form, &key, RowFault::Missing, Some(act));
        }
        let gone: Vec<_> = self.bound.drain().collect();
        for (_, (key, act)) in gone {
            self.find("sealed_bids", &key, RowFault::Missing, Some(act));
        }
        self.findings.sort_by(|a, b| (&a.table, &a.key, a.fault).cmp(&(&b.table, &b.key, b.fault)));
        self.findings
    }

    fn find(&mut self, table: &str, key: &str, fault: RowFault, act: Option<Id<Act>>) {
        self.findings.push(RowFinding { table: table.to_owned(), key: key.to_owned(), fault, act });
    }
}

/// The hash by which a record binds a row itself. What it binds is ciphertext: nothing can be tried against it, and it
/// needs no salt.
#[must_use]
pub fn bound_hash(text: &str) -> ChainHash {
    state_hash(Salt::of([0; 32]), text)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const SALT: Salt = Salt::of([7; 32]);

    fn act(number: u128) -> Id<Act> {
        Id::from_uuid(Uuid::from_u128(number))
    }

    fn state(number: i64, before: Option<&str>, after: Option<&str>) -> RowState {
        RowState {
            number,
            form: "lots".to_owned(),
            key: "[1]".to_owned(),
            before: before.map(|text| state_hash(SALT, text)),
            after: after.map(|text| state_hash(SALT, text)),
            salt: Some(SALT),
        }
    }

    fn faults(states: Vec<RowState>, rows: &[&str]) -> Vec<RowFault> {
        let mut check = RowCheck::default();
        (1..=9).for_each(|number| check.record(act(number)));
        for (number, state) in (1..).zip(states) {
            check.state(act(number), state);
        }
        rows.iter().for_each(|text| check.row("lots", "[1]", &[(*text).to_owned()]));
        check.finish().into_iter().map(|finding| finding.fault).collect()
    }

    #[test]
    fn a_row_as_its_last_act_left_it_is_no_finding() {
        let made = || state(1, None, Some("a"));
        assert_eq!(faults(vec![made()], &["a"]), []);
        assert_eq!(faults(vec![made(), state(2, Some("a"), Some("b"))], &["b"]), []);
        assert_eq!(faults(vec![made(), state(2, Some("a"), None)], &[]), []);
        assert_eq!(faults(vec![made(), state(2, Some("a"), None), state(3, None, Some("c"))], &["c"]), []);
    }

    #[test]
    fn every_alteration_deletion_and_insertion_is_found() {
        let made = || state(1, None, Some("a"));
        assert_eq!(faults(vec![made()], &["b"]), [RowFault::Altered]);
        assert_eq!(faults(vec![made()], &[]), [RowFault::Missing]);
        assert_eq!(faults(vec![], &["a"]), [RowFault::Unrecorded]);
        assert_eq!(faults(vec![made(), state(2, Some("a"), None)], &["a"]), [RowFault::Unrecorded]);
    }

    #[test]
    fn an_alteration_that_an_act_came_after_is_found_at_that_act() {
        let made = || state(1, None, Some("a"));
        assert_eq!(faults(vec![made(), state(2, Some("x"), Some("b"))], &["b"]), [RowFault::ChangedBetween]);
        assert_eq!(faults(vec![state(1, Some("x"), Some("b"))], &["b"]), [RowFault::ChangedBetween]);
        assert_eq!(faults(vec![made(), state(2, None, Some("b"))], &["b"]), [RowFault::ChangedBetween]);
    }

    #[test]
    fn a_salt_that_is_gone_hides_nothing() {
        let unsalted = |state: RowState| RowState { salt: None, ..state };
        assert_eq!(faults(vec![unsalted(state(1, None, Some("a")))], &["a"]), [RowFault::Unsalted]);
        let states = vec![unsalted(state(1, None, Some("a"))), state(2, Some("x"), Some("b"))];
        assert_eq!(faults(states, &["b"]), [RowFault::ChangedBetween]);
    }

    #[test]
    fn a_state_of_an_act_in_no_chain_is_found() {
        let mut check = RowCheck::default();
        check.state(act(1), state(1, None, Some("a")));
        check.row("lots", "[1]", &["a".to_owned()]);
        assert_eq!(check.finish()[0].fault, RowFault::Stray);
    }

    #[test]
    fn what_a_record_binds_itself_must_be_there_as_it_was() {
        let bound = || {
            let mut check = RowCheck::default();
            check.bound(act(1), "sealed".to_owned(), bound_hash("a"));
            check
        };
        let mut check = bound();
        check.row("sealed_bids", "[1]", &["a".to_owned()]);
        assert_eq!(check.finish(), []);
        assert_eq!(bound().finish().len(), 1);
        let mut check = bound();
        check.row("sealed_bids", "[1]", &["b".to_owned()]);
        let faults: Vec<_> = check.finish().into_iter().map(|finding| finding.fault).collect();
        assert_eq!(faults, [RowFault::Unrecorded, RowFault::Missing]);
    }
}
