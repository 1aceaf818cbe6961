//! A contract from its obligation to its settlement, lived through by people who do as they please.

use std::collections::BTreeMap;

use chrono::Datelike;
use fastrand::Rng;
use serde_json::{Value, json};
use trede_base::page::{PageRequest, Start};
use trede_formats::entry_record::EntryRecord;
use trede_model::following::contract::Contract;
use trede_model::following::entry::{Entry, EntryId, EntryPath, EntryState};
use trede_model::frame::role::Role;
use trede_service::following::entries;
use trede_service::following::entry_steps::{EntryAct, act_on};
use trede_service::frame::error::ServiceError;

use crate::seeds::{Tally, live};
use crate::usecases::world::{World, actor, utrecht};

/// So many acts in one life.
const ACTS: usize = 40;
/// What all placements of one contract may count for at the most, in cents.
const MOST_OF_PLACEMENTS: i64 = 5_000_000;
/// What the hours of one contract may count for at the most, in cents.
const MOST_OF_HOURS: i64 = 300_000;

#[test]
fn a_ledger_is_the_sum_of_its_entries_whoever_does_what() {
    let needed = ["drafted", "submitted", "approved", "returned", "rejected", "reversed"];
    live("ledgers", &needed, |world, chance| Following::begin(world, chance).live());
}

struct Following<'a> {
    world: &'a World,
    chance: Rng,
    contract: Contract,
    entries: Vec<EntryId>,
}

/// What somebody does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Hours(u32),
    /// A candidate, and the months from and until.
    Place(u8, u32, u32),
    Step(usize, Step),
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Submit,
    Withdraw,
    Approve,
    GiveBack,
    Reject,
    Reverse,
}

impl Deed {
    const fn name(self) -> &'static str {
        match self {
            Self::Hours(_) | Self::Place(..) => "drafted",
            Self::Step(_, Step::Submit) => "submitted",
            Self::Step(_, Step::Withdraw) => "withdrawn",
            Self::Step(_, Step::Approve) => "approved",
            Self::Step(_, Step::GiveBack) => "returned",
            Self::Step(_, Step::Reject) => "rejected",
            Self::Step(_, Step::Reverse) => "reversed",
        }
    }
}

impl<'a> Following<'a> {
    fn begin(world: &'a World, chance: Rng) -> Self {
        let limits = json!([
            {"blocks": ["jaar"], "of": "amount", "maximum": "50000"},
            {"blocks": ["uur"], "of": "amount", "maximum": "3000"}
        ]);
        let contract = world.followed_contract(world.policy(limits));
        Self { world, chance, contract, entries: Vec::new() }
    }

    fn live(mut self) -> Tally {
        let mut tally = Tally::new();
        for _ in 0..ACTS {
            let (first, second) = (self.deed(), self.deed());
            let known: &Self = &self;
            let done = std::thread::scope(|scope| {
                let other = scope.spawn(|| known.perform(second));
                [known.perform(first), other.join().unwrap()]
            });
            for (deed, done) in [first, second].into_iter().zip(done) {
                match done {
                    Ok(entry) => {
                        *tally.entry(deed.name()).or_default() += 1;
                        if !self.entries.contains(&entry.id) {
                            self.entries.push(entry.id);
                        }
                    }
                    Err(error) => assert!(
                        matches!(error, ServiceError::Refused { .. } | ServiceError::Invalid(_)),
                        "{deed:?}: {error:?}"
                    ),
                }
            }
            self.expect_sums();
        }
        tally
    }

    fn deed(&mut self) -> Deed {
        let chance = &mut self.chance;
        if self.entries.is_empty() || chance.u8(..3) == 0 {
            return match chance.bool() {
                true => Deed::Hours(chance.u32(1..60)),
                false => {
                    let from = chance.u32(1..12);
                    Deed::Place(chance.u8(..3), from, chance.u32(from..=12))
                }
            };
        }
        let step = [
            Step::Submit,
            Step::Submit,
            Step::Withdraw,
            Step::Approve,
            Step::Approve,
            Step::GiveBack,
            Step::Reject,
            Step::Reverse,
        ];
        Deed::Step(chance.usize(..self.entries.len()), step[chance.usize(..step.len())])
    }

    fn perform(&self, deed: Deed) -> Result<Entry, ServiceError> {
        let (services, coordinator) = (&self.world.services, actor(Role::Coordinator));
        let create = |record: Value| {
            let record: EntryRecord = serde_json::from_value(record).unwrap();
            entries::create(services, &coordinator, utrecht(), self.contract.id, &record)
        };
        match deed {
            Deed::Hours(hours) => create(json!({
                "kind": "activity", "facts": {"block": "uur", "quantity": hours.to_string()}
            })),
            Deed::Place(candidate, from, until) => create(json!({
                "kind": "placement", "candidateReference": format!("K-{candidate}"),
                "facts": {
                    "block": "jaar", "hoursPerWeek": "36",
                    "period": {"from": format!("2026-{from:02}-01"), "until": format!("2026-{until:02}-28")}
                }
            })),
            Deed::Step(which, step) => {
                let at = EntryPath {
                    municipality: utrecht(),
                    contract: self.contract.id,
                    entry: self.entries[which],
                };
                let reason = || "omdat".to_owned();
                let act = match step {
                    Step::Submit => EntryAct::Submit,
                    Step::Withdraw => EntryAct::Withdraw,
                    Step::Approve => EntryAct::Approve,
                    Step::GiveBack => EntryAct::Return { reason: reason() },
                    Step::Reject => EntryAct::Reject { reason: reason() },
                    Step::Reverse => EntryAct::Reverse { reason: reason() },
                };
                act_on(services, &coordinator, at, &act)
            }
        }
    }

    /// The balance is the sum of the entries, within every maximum, and nobody's month counts twice.
    fn expect_sums(&self) {
        let (services, auditor) = (&self.world.services, actor(Role::Auditor));
        let balance = entries::balance(services, &auditor, utrecht(), self.contract.id).unwrap();
        let request = PageRequest { start: Start::First, limit: 100 };
        let all = entries::list(services, &auditor, utrecht(), self.contract.id, &request).unwrap().items;
        assert_eq!(all.len(), self.entries.len(), "an entry was lost, or stands twice");
        let sum = |state| {
            all.iter().filter(|entry| entry.state == state).map(|entry| entry.value_cents).sum::<i64>()
        };
        assert_eq!(balance.submitted_cents, sum(EntryState::Submitted), "what waits is not its entries");
        assert_eq!(balance.approved_cents, sum(EntryState::Approved), "what counts is not its entries");
        let mut by_block: BTreeMap<&str, i64> = BTreeMap::new();
        let mut months: BTreeMap<(&str, u32), &Entry> = BTreeMap::new();
        for entry in
            all.iter().filter(|entry| matches!(entry.state, EntryState::Submitted | EntryState::Approved))
        {
            let content = &entry.content;
            *by_block.entry(content.block.as_str()).or_default() += entry.value_cents;
            let Some(candidate) = content.candidate.as_deref() else { continue };
            let (Some(from), Some(until)) = (content.period_from, content.period_until) else { continue };
            let (from, until) = (from.month(), until.month());
            for month in from..=until {
                let other = months.insert((candidate, month), entry);
                assert!(
                    other.is_none(),
                    "month {month} of {candidate} counts for two: {entry:?} and {other:?}"
                );
            }
        }
        for (block, most) in [("jaar", MOST_OF_PLACEMENTS), ("uur", MOST_OF_HOURS)] {
            let counts = by_block.get(block).copied().unwrap_or_default();
            assert!(counts <= most, "{block} counts for {counts}");
        }
    }
}
