//! The check of an audit chain: record after record from its origin, with everything that is broken, and where.

use super::audit::AuditScope;
use super::audit_chain::{AuditRecord, Chain, Link, Waypoint};
use super::audit_hash::StateChange;
use super::audit_state::RowState;
use super::person_seal::is_removed;

/// Where a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// Records are not there.
    #[error("records {first} to {last} are missing")]
    Missing {
        /// The first that is not there.
        first: i64,
        /// The last that is not there.
        last: i64,
    },
    /// A record is not what its hash was made over: it was changed, moved or put in afterwards, or that
    /// happened to the hash of the record before it.
    #[error("record {sequence} does not follow on the one before it")]
    DoesNotFollow {
        /// The record.
        sequence: i64,
    },
    /// Who did it was removed, and no act says so: whoever wrote in the database did it.
    #[error("the name in record {sequence} was removed, and no record tells of its removal")]
    RemovedUnseen {
        /// The record.
        sequence: i64,
    },
    /// The states that the act left are not those that its record was made over: one was changed, taken away or put in.
    #[error("the states of rows that belong to record {sequence} are not those that it was made over")]
    StatesDiffer {
        /// The record.
        sequence: i64,
    },
    /// The chain ends before an anchor, or has another hash there: it was written anew.
    #[error("the chain does not reach the anchor at record {sequence} with its hash")]
    AnchorNotReached {
        /// The anchor's record.
        sequence: i64,
    },
    /// No record of the chain has the hash of an anchor that tells no number: it was written anew, or cut off.
    #[error("the chain passes through no record with the hash of an anchor without a number")]
    AnchorNowhere,
}

/// Follows one chain from its origin, and collects where it is broken.
#[derive(Clone, Debug)]
pub struct ChainCheck {
    head: Link,
    anchors: Vec<Waypoint>,
    breaches: Vec<Breach>,
    removed: Vec<(String, i64)>,
}

impl ChainCheck {
    /// A check of a chain, that must pass through these anchors.
    #[must_use]
    pub fn of(chain: Chain, anchors: Vec<Waypoint>) -> Self {
        Self { head: Link::origin(chain), anchors, breaches: Vec::new(), removed: Vec::new() }
    }

    /// Looks at the next record, in the order of their numbers.
    pub fn follow(&mut self, record: &AuditRecord) {
        let AuditRecord { act, change, link, seal } = record;
        let expected = self.head.next(act, change, seal.as_ref());
        if link.sequence > expected.sequence {
            self.breaches.push(Breach::Missing { first: expected.sequence, last: link.sequence - 1 });
        } else if *link != expected || seal.is_some_and(|seal| !seal.fits(act)) {
            self.breaches.push(Breach::DoesNotFollow { sequence: link.sequence });
        }
        if seal.is_some() && is_removed(act) {
            self.removed.push((act.actor.clone(), link.sequence));
        }
        // From here on as if the record were right: the next breach is another one.
        self.head = *link;
        self.anchors.retain(|anchor| !anchor.is(link));
    }

    /// The states that are kept of an act, which its record holds a hash over.
    pub fn follow_states(&mut self, record: &AuditRecord, states: &[RowState]) {
        // A record that binds one row itself has no state beside it.
        let is_bound = states.is_empty() && matches!(record.act.scope, AuditScope::Vault(..));
        let follows = StateChange::over(states, record.change.forms.unwrap_or_default());
        if !is_bound && follows != record.change {
            self.breaches.push(Breach::StatesDiffer { sequence: record.link.sequence });
        }
    }

    /// Records that name nobody any more: under which name they go on, and their numbers.
    #[must_use]
    pub fn removed(&self) -> &[(String, i64)] {
        &self.removed
    }

    /// The last record that was seen, and every breach, in order.
    #[must_use]
    pub fn finish(mut self) -> (Link, Vec<Breach>) {
        // The anchor of a chain that nothing was added to proves nothing.
        let unreached = self.anchors.iter().filter(|anchor| anchor.sequence != Some(0));
        self.breaches.extend(unreached.map(|anchor| match anchor.sequence {
            Some(sequence) => Breach::AnchorNotReached { sequence },
            None => Breach::AnchorNowhere,
        }));
        (self.head, self.breaches)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::trust::audit::Act;
    use crate::trust::audit_state::state_hash;
    use crate::trust::person_seal::{PersonSeal, REMOVED, Salt};
    use trede_base::ids::Id;

    const SCOPE: AuditScope = AuditScope::National;
    const CHAIN: Chain = Chain { scope: SCOPE, number: 0 };

    fn act(number: u128) -> Act {
        Act {
            id: Id::from_uuid(Uuid::from_u128(number)),
            scope: SCOPE,
            at: DateTime::UNIX_EPOCH,
            actor: "inkoper-1".to_owned(),
            client: None,
            action: "create_lot".to_owned(),
            object: format!("tenders/{number}"),
            request_id: Uuid::nil(),
            address: None,
        }
    }

    fn a_change() -> StateChange {
        let salt = Salt::of([2; 32]);
        let state = RowState {
            number: 1,
            form: "lots".to_owned(),
            key: "[]".to_owned(),
            before: None,
            after: Some(state_hash(salt, "a lot")),
            salt: Some(salt),
        };
        StateChange::over(&[state], 1)
    }

    fn chain(length: u128) -> Vec<AuditRecord> {
        let mut head = Link::origin(CHAIN);
        (1..=length)
            .map(|number| {
                let act = act(number);
                let change = a_change();
                let seal = Some(PersonSeal::over(&act, Salt::of([1; 32])));
                head = head.next(&act, &change, seal.as_ref());
                AuditRecord { act, change, link: head, seal }
            })
            .collect()
    }

    /// The record as if it had been written so, after the one before it.
    fn reseal(records: &mut [AuditRecord], at: usize) {
        let seal = PersonSeal::over(&records[at].act, Salt::of([1; 32]));
        records[at].link = records[at - 1].link.next(&records[at].act, &records[at].change, Some(&seal));
        records[at].seal = Some(seal);
    }

    fn breaches(records: &[AuditRecord], anchors: Vec<Link>) -> Vec<Breach> {
        through(records, anchors.into_iter().map(Waypoint::from).collect())
    }

    fn through(records: &[AuditRecord], anchors: Vec<Waypoint>) -> Vec<Breach> {
        let mut check = ChainCheck::of(CHAIN, anchors);
        records.iter().for_each(|record| check.follow(record));
        check.finish().1
    }

    #[test]
    fn an_untouched_chain_is_whole_and_passes_its_anchors() {
        let records = chain(5);
        assert_eq!(breaches(&records, vec![records[2].link, records[4].link]), []);
        assert_eq!(breaches(&[], vec![]), []);
    }

    #[test]
    fn each_changed_field_is_found_at_its_record() {
        let changes: [fn(&mut Act); 9] = [
            |act| act.id = Id::from_uuid(Uuid::max()),
            |act| act.scope = AuditScope::Municipality("gm0344".parse().unwrap()),
            |act| act.at += chrono::TimeDelta::microseconds(1),
            |act| act.actor.push('x'),
            |act| act.client = Some(String::new()),
            |act| act.action.push('x'),
            |act| act.object.push('x'),
            |act| act.request_id = Uuid::max(),
            |act| act.address = Some("::1".to_owned()),
        ];
        for change in changes {
            let mut records = chain(3);
            change(&mut records[1].act);
            assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 2 }]);
        }
    }

    #[test]
    fn a_changed_hash_of_a_state_is_found_at_its_record() {
        let changes: [fn(&mut StateChange); 4] = [
            |change| change.after = None,
            |change| change.forms = Some(2),
            |change| change.before = change.after,
            |change| std::mem::swap(&mut change.before, &mut change.after),
        ];
        for change in changes {
            let mut records = chain(3);
            change(&mut records[1].change);
            assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 2 }]);
        }
    }

    #[test]
    fn a_text_that_moves_from_one_field_to_the_next_is_found() {
        let mut records = chain(1);
        let object = records[0].act.object.split_off(3);
        records[0].act.action.push_str(&object);
        assert_eq!(breaches(&records, vec![]).len(), 1);
    }

    #[test]
    fn a_record_that_was_forged_with_its_hash_breaks_the_next() {
        let mut records = chain(3);
        records[1].act.actor = "somebody-else".to_owned();
        reseal(&mut records, 1);
        assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 3 }]);
    }

    #[test]
    fn a_removed_record_is_missed() {
        let mut records = chain(5);
        records.drain(1..3);
        assert_eq!(breaches(&records, vec![]), [Breach::Missing { first: 2, last: 3 }]);
    }

    #[test]
    fn records_that_changed_places_are_found() {
        let mut records = chain(4);
        let (second, third) = (records[1].clone(), records[2].clone());
        records[1] = AuditRecord { link: second.link, ..third.clone() };
        records[2] = AuditRecord { link: third.link, ..second };
        let found = breaches(&records, vec![]);
        assert_eq!(found, [Breach::DoesNotFollow { sequence: 2 }, Breach::DoesNotFollow { sequence: 3 }]);
    }

    #[test]
    fn a_record_that_was_slipped_in_is_found() {
        let mut records = chain(3);
        let inserted = AuditRecord { act: act(9), ..records[1].clone() };
        records.insert(1, inserted);
        for (record, sequence) in records.iter_mut().zip(1..) {
            record.link.sequence = sequence;
        }
        assert_eq!(breaches(&records, vec![])[0], Breach::DoesNotFollow { sequence: 2 });
    }

    #[test]
    fn a_chain_that_was_written_anew_or_cut_off_misses_its_anchor() {
        let records = chain(4);
        let anchor = records[3].link;
        assert_eq!(breaches(&records[..3], vec![anchor]), [Breach::AnchorNotReached { sequence: 4 }]);
        let mut forged = chain(3);
        let change = StateChange::default();
        let link = forged[2].link.next(&act(8), &change, None);
        forged.push(AuditRecord { act: act(8), change, link, seal: None });
        assert_eq!(breaches(&forged, vec![]), []);
        assert_eq!(breaches(&forged, vec![anchor]), [Breach::AnchorNotReached { sequence: 4 }]);
        let short = || vec![Waypoint::short(anchor), Waypoint::short(anchor).unnumbered()];
        assert_eq!(through(&records, short()), []);
        for altered in [&records[..3], &forged, &[]] {
            let found = through(altered, short());
            assert_eq!(found, [Breach::AnchorNotReached { sequence: 4 }, Breach::AnchorNowhere]);
        }
    }

    #[test]
    fn a_record_from_before_there_were_seals_holds_and_is_held() {
        let change = StateChange::default();
        let link = Link::origin(CHAIN).next(&act(1), &change, None);
        let mut records = vec![AuditRecord { act: act(1), change, link, seal: None }];
        assert_eq!(breaches(&records, vec![]), []);
        records[0].act.actor.push('x');
        assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 1 }]);
    }

    #[test]
    fn a_removed_name_leaves_the_chain_whole_and_is_told() {
        let mut records = chain(3);
        records[1].act = Act { actor: format!("{REMOVED}1"), client: None, address: None, ..act(2) };
        let seal = records[1].seal.as_mut().unwrap();
        seal.salt = None;
        let mut check = ChainCheck::of(CHAIN, vec![]);
        records.iter().for_each(|record| check.follow(record));
        assert_eq!(check.removed(), [(format!("{REMOVED}1"), 2)]);
        assert_eq!(check.finish().1, []);
    }

    #[test]
    fn a_seal_cannot_be_changed_with_the_name() {
        let mut records = chain(3);
        records[1].act.actor = "somebody-else".to_owned();
        records[1].seal = Some(PersonSeal::over(&records[1].act, Salt::of([2; 32])));
        assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 2 }]);
    }

    #[test]
    fn a_record_fits_in_no_other_chain() {
        let mut records = chain(1);
        let origin = Link::origin(Chain { number: 1, ..CHAIN });
        records[0].link = origin.next(&records[0].act, &records[0].change, records[0].seal.as_ref());
        assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 1 }]);
    }
}
