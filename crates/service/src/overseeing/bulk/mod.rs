//! Acts on many: one request with ids, or with what is looked for; each object with its own outcome and its own record
//! in the trail, in one transaction.

mod about;
mod contract_acts;
mod entry_acts;

pub use about::{About, of_contracts, of_entries};
pub use contract_acts::{ContractsAct, on_contracts};
pub use entry_acts::on_entries;

use crate::Services;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use trede_base::ids::Id;
use trede_model::trust::audit::Act;
use trede_store::frame::connection::AnyConnection;
use trede_store::trust::recording_many::Many;

/// The most objects of one request.
pub const MOST: u16 = 1000;

/// On which objects to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection<T, F> {
    /// On these, in this order.
    Ids(Vec<Id<T>>),
    /// On those that are looked for, at most [`MOST`], in the order in which they were made.
    Found {
        /// What is looked for.
        filter: F,
        /// Only after this one, where a request before said so.
        after: Option<Id<T>>,
    },
}

/// Whether an act is done, or only told what would become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// It is done.
    CarryOut,
    /// It is undone at once, and leaves no record.
    Rehearse,
}

impl Manner {
    fn each<T>(
        self,
        services: &Services,
        (many, acts): (Many, &[Act]),
        work: impl FnMut(&mut AnyConnection, usize, &Act) -> Result<T, ServiceError>,
    ) -> Result<Vec<Result<T, ServiceError>>, ServiceError> {
        match self {
            Self::CarryOut => services.db.write_each(many, acts, work),
            Self::Rehearse => services.db.rehearse_each(many, acts, work),
        }
    }
}

/// What became of one object.
#[derive(Debug)]
pub struct Outcome<T, O> {
    /// Its id.
    pub id: Id<T>,
    /// The object after the act, or why it was refused: as the single act answers.
    pub outcome: Result<O, ServiceError>,
}

/// What became of a batch.
#[derive(Debug)]
pub struct Batch<T, O> {
    /// The outcomes, in the order of the selection.
    pub outcomes: Vec<Outcome<T, O>>,
    /// The last one that was looked at, where more are found: the next request goes on after it.
    pub next: Option<Id<T>>,
}

/// Refuses more ids than one request may have, none, or one twice.
fn check_ids<T>(pointer: &str, ids: &[Id<T>]) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    if ids.is_empty() || ids.len() > usize::from(MOST) {
        findings.add(pointer, "wrong-number", format!("from 1 to {MOST} ids"));
    }
    let mut seen = std::collections::BTreeSet::new();
    for (place, id) in ids.iter().enumerate() {
        if !seen.insert(id) {
            findings.add(&format!("{pointer}/{place}"), "given-twice", "each id once");
        }
    }
    findings.into_result()
}

/// What was found, at most [`MOST`], and the last of it where there is more.
fn within<T, K>(mut found: Vec<T>, key: impl Fn(&T) -> K) -> (Vec<T>, Option<K>) {
    let more = found.len() > usize::from(MOST);
    found.truncate(usize::from(MOST));
    let next = found.last().filter(|_| more).map(key);
    (found, next)
}
