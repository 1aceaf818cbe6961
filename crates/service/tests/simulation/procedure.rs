//! A tender from its publication to its award, lived through by people who do as they please.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use trede_base::page::{PageRequest, Start};
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::awarding::evaluation::EvaluationId;
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_service::tendering::{award_models, tender_steps};
use trede_wire::score_file::AwardModelInput;

use crate::deeds::{Deed, Done};
use crate::seeds::{Tally, live};
use crate::standing::{Sender, Sent, Standing, after_both};
use crate::usecases::world::{DEADLINE, START, World, buyer, facts, utrecht};

/// So many acts in one life.
const ACTS: usize = 80;
const BIDDERS: u32 = 3;
pub(super) const PAGE: PageRequest<BidId> = PageRequest { start: Start::First, limit: 50 };

#[test]
fn a_procedure_keeps_its_promises_whoever_does_what() {
    let needed =
        ["received", "extended", "asked", "opened", "fixed", "evaluated", "dropped", "proposed", "awarded"];
    live("procedures", &needed, |world, chance| Procedure::begin(world, chance).live());
}

pub(super) struct Procedure<'a> {
    pub(super) world: &'a World,
    pub(super) chance: Rng,
    pub(super) at: LotPath,
    pub(super) deadline: DateTime<Utc>,
    /// Of each bidder all that may stand: more than one after things sent at the same moment.
    pub(super) standing: BTreeMap<u32, Vec<Standing>>,
    /// Ids that receipts told of, which nobody may read by before the opening.
    pub(super) receipts: Vec<BidId>,
    /// Since somebody asked to open, nothing comes in any more, whatever the clock says.
    pub(super) asked: bool,
    pub(super) opened: Option<Vec<BidId>>,
    pub(super) fixed: bool,
    /// Which bid stood before which, since prices were known.
    pub(super) ahead: BTreeSet<(BidId, BidId)>,
    pub(super) dropped: BTreeMap<BidId, DossierEntryId>,
    pub(super) latest: Option<(EvaluationId, Vec<(BidId, u64)>)>,
    pub(super) proposed: Option<BidId>,
    pub(super) told: Vec<String>,
    pub(super) tally: Tally,
}

fn award_model() -> AwardModelInput {
    serde_json::from_value(serde_json::json!({
        "method": { "code": "relative-lowest" },
        "weightUnit": "percent",
        "dropOut": "keep-ranking",
        "assessment": { "combine": "mean" },
        "criteria": [
            { "id": "price", "kind": "price", "weight": "60" },
            { "id": "plan", "kind": "assessed-quality", "weight": "40", "scale": { "highest": "10" } }
        ]
    }))
    .unwrap()
}

impl<'a> Procedure<'a> {
    fn begin(world: &'a World, chance: Rng) -> Self {
        world.clock.set(START);
        let (tender, paths) = world.draft(facts(), 1);
        let at = paths[0];
        let version = world.get_lot(at).record.version;
        award_models::replace(&world.services, &buyer(), at, version, &award_model()).unwrap();
        tender_steps::publish(&world.services, &buyer(), utrecht(), tender).unwrap();
        Self {
            world,
            chance,
            at,
            deadline: DEADLINE.parse().unwrap(),
            standing: (1..=BIDDERS).map(|bidder| (bidder, vec![None])).collect(),
            receipts: Vec::new(),
            asked: false,
            opened: None,
            fixed: false,
            ahead: BTreeSet::new(),
            dropped: BTreeMap::new(),
            latest: None,
            proposed: None,
            told: Vec::new(),
            tally: Tally::new(),
        }
    }

    fn live(mut self) -> Tally {
        for _ in 0..ACTS {
            if self.chance.u8(..6) == 0 {
                self.jump();
                continue;
            }
            let first = self.deed();
            let second = (self.chance.u8(..5) == 0).then(|| self.deed());
            self.told.push(format!("{} {first:?} {second:?}", self.world.services.now()));
            let lived = catch_unwind(AssertUnwindSafe(|| self.act(first, second)));
            if let Err(failure) = lived {
                println!("{}", self.told.join("\n"));
                resume_unwind(failure);
            }
        }
        self.tally
    }

    /// Puts the clock elsewhere: mostly ahead. Back, as that of another instance may stand, once somebody asked to
    /// open: until then what is received is put in order by the clock, which goes back in no process.
    fn jump(&mut self) {
        let edges = [
            self.deadline - TimeDelta::microseconds(1),
            self.deadline,
            self.deadline + TimeDelta::minutes(1),
        ];
        let ahead = [TimeDelta::minutes(3), TimeDelta::minutes(11), TimeDelta::days(9), TimeDelta::days(21)];
        let to = match self.chance.u8(..8) {
            0..3 => edges[self.chance.usize(..edges.len())],
            3..6 if self.proposed.is_some() => self.world.services.now() + TimeDelta::days(21),
            3 => self.world.services.now() - TimeDelta::hours(self.chance.i64(1..200)),
            _ => self.world.services.now() + ahead[self.chance.usize(..ahead.len())],
        };
        let earliest = if self.asked { START.parse().unwrap() } else { self.world.services.now() };
        self.world.clock.set(&to.max(earliest).to_rfc3339());
    }

    /// A deed that often fits how far the procedure is, and at times does not.
    fn deed(&mut self) -> Deed {
        let chance = &mut self.chance;
        let stage = if chance.u8(..5) == 0 {
            chance.u8(..4)
        } else if self.opened.is_none() && !self.world.get_lot(self.at).state.is_final() {
            if self.world.services.now() < self.deadline { 0 } else { 1 }
        } else if self.fixed {
            3
        } else {
            2
        };
        let bid = chance.usize(..usize::try_from(BIDDERS).unwrap());
        let who = chance.usize(..2);
        match (stage, chance.u8(..10)) {
            (0, 0) => Deed::Forge(chance.u32(1..=BIDDERS)),
            (0, 1) => Deed::Extend(TimeDelta::hours(chance.i64(-5..100))),
            (0, 2..9) => {
                let by = [Sender::Itself, Sender::Platform(1), Sender::Platform(2)][chance.usize(..3)];
                let euros = (chance.u8(..4) > 0).then(|| 10_000 * chance.u32(1..6));
                Deed::Send(chance.u32(1..=BIDDERS), Sent { by, euros })
            }
            (1, 0..8) => Deed::Open(who),
            (2, 0..2) => Deed::Declare(who),
            (2, 2..4) => Deed::Score(who, bid, chance.u8(..=11)),
            (2, 4..8) => Deed::ScoreAll(who, chance.u8(..=10)),
            (2, 8) => Deed::Conclude,
            // What comes next, as often as all else together.
            (3, 0..5) if self.proposed.is_some() => Deed::Award,
            (3, 0..5) if self.latest.is_some() && chance.bool() => Deed::Propose,
            (3, 0) => Deed::Disqualify(bid),
            (3, 1) => Deed::Revoke(bid),
            (3, 2..5) => Deed::Evaluate,
            (3, 5) => Deed::Draw,
            (3, 6) => Deed::TakeBack,
            (3, 7) => Deed::Propose,
            (3, 8) => Deed::Award,
            (_, _) if chance.u8(..30) == 0 => Deed::Cancel,
            _ => Deed::Look(Role::ALL[chance.usize(..Role::ALL.len())]),
        }
    }

    fn act(&mut self, first: Deed, second: Option<Deed>) {
        let Some(second) = second else {
            let receives = self.receives();
            let done = self.perform(first);
            if let Deed::Send(..) = first {
                assert_eq!(done.is_ok(), receives, "{done:?}");
            }
            return self.learn(first, done);
        };
        let known: &Self = self;
        let (done, done_too) = std::thread::scope(|scope| {
            let other = scope.spawn(|| known.perform(second));
            (known.perform(first), other.join().unwrap())
        });
        if let (Deed::Send(bidder, sent), Deed::Send(same, also)) = (first, second)
            && bidder == same
            && let (Ok(Done::Received(one)), Ok(Done::Received(two))) = (&done, &done_too)
        {
            *self.tally.entry("received").or_default() += 2;
            self.receipts.extend([*one, *two]);
            let stood = self.standing.get_mut(&bidder).unwrap();
            *stood = after_both(stood, sent, also);
            return;
        }
        // Of two extensions that were both taken the shorter one came first.
        let is_later = matches!((&done, &done_too),
            (Ok(Done::Extended(to)), Ok(Done::Extended(also))) if to > also);
        let is_proposed = self.proposed.is_some();
        if is_later || second.turn(is_proposed) < first.turn(is_proposed) {
            self.learn(second, done_too);
            return self.learn(first, done);
        }
        self.learn(first, done);
        self.learn(second, done_too);
    }

    /// Whether bids are received now.
    fn receives(&self) -> bool {
        !self.asked
            && self.world.get_lot(self.at).state == State::Published
            && self.world.services.now() < self.deadline
    }
}
