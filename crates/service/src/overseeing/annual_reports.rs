//! The annual report of a municipality: what was done in a year, what of it counts, and what was approved in it, against
//! what was owed for it.
//!
//! What was approved is booked twice: by the days on which it was done, and by the day of its approval. *Realised* is
//! what counts of the first after the maxima of the policy, as in a balance and a settlement: all years together are
//! what the balances of all contracts say.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::dutch_time::{dutch_day, first_moment, months};
use crate::frame::error::ServiceError;
use crate::overseeing::contributors::Contributors;
use crate::overseeing::monitoring::{MonthPoint, points};
pub use crate::overseeing::people_told::Durability;
use crate::overseeing::people_told::{Followed, People, Told, district_named};
use crate::policies::social_return_policies;
use trede_base::gender::Gender;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::national_group::NationalGroup;
use trede_base::period::Period;
use trede_model::following::contract::ContractId;
use trede_model::following::entry::EntryKind;
use trede_model::following::progress::{share_in, share_until};
use trede_model::policies::policy::PolicyId;
use trede_rules::social_return::{Policy, counted_together};
use trede_store as store;
use trede_store::overseeing::monitoring::{ApprovedWork, ContractHead, Movement};

/// What was owed, done, realised and approved, in one part of a report; in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was owed for the year.
    pub owed_cents: i64,
    /// What was done in the year and approved, at any time.
    pub done_cents: i64,
    /// What of it counts, after the maxima of the policy.
    pub realised_cents: i64,
    /// What the ledger added to what counts in the year, whenever it was done.
    pub approved_cents: i64,
}

/// What was done and approved of one block or group; in cents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What was done in the year and approved, at any time.
    pub done_cents: i64,
    /// What the ledger added to what counts in the year, whenever it was done.
    pub approved_cents: i64,
    /// How many people worked or learned in the year: known by the key of the region, or else by the contractor's own
    /// reference.
    pub people: usize,
    /// The hours that they worked or learned in it, in hundredths.
    pub hours_hundredths: i64,
    /// How many of them are women and men, as far as policies collect it.
    pub genders: BTreeMap<Gender, usize>,
    /// Who was still at work so many months after a placement.
    pub durability: BTreeMap<u16, Durability>,
}

/// What was done in a year against what was owed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnualReport {
    /// The year.
    pub year: i32,
    /// All of it.
    pub total: Tally,
    /// How many contracts ran in the year.
    pub contracts: usize,
    /// How many people worked or learned in the year.
    pub people: usize,
    /// The hours that they worked or learned in it, in hundredths.
    pub hours_hundredths: i64,
    /// How many of them are women and men, as far as policies collect it.
    pub genders: BTreeMap<Gender, usize>,
    /// Who was still at work so many months after a placement, of those who were asked in the year.
    pub durability: BTreeMap<u16, Durability>,
    /// By district; empty where an entry names none.
    pub districts: BTreeMap<String, Line>,
    /// By building block of placements and internships.
    pub groups: BTreeMap<String, Line>,
    /// By target group of the national list; none for blocks of which the policy does not say it.
    pub target_groups: BTreeMap<Option<NationalGroup>, Line>,
    /// By building block.
    pub blocks: BTreeMap<String, Line>,
    /// What policies call the building blocks.
    pub names_of_blocks: BTreeMap<String, String>,
    /// By sector: the division of the main CPV code; empty where none is known.
    pub sectors: BTreeMap<String, Tally>,
    /// By contractor.
    pub contractors: BTreeMap<KvkNumber, Tally>,
    /// By month of approval.
    pub months: Vec<MonthPoint>,
    /// Which contractors are behind its parts.
    pub contributors: Contributors,
}

/// The annual report.
///
/// # Errors
/// [`ServiceError::NotFound`] for a year outside the calendar.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    year: i32,
) -> Result<AnnualReport, ServiceError> {
    authorise(actor, municipality, Operation::GetAnnualReport)?;
    of_year(services, municipality, year)
}

/// The annual report, for whoever may read it.
///
/// # Errors
/// [`ServiceError::NotFound`] for a year outside the calendar.
pub(crate) fn of_year(
    services: &Services,
    municipality: MunicipalityId,
    year: i32,
) -> Result<AnnualReport, ServiceError> {
    let day =
        |month, day| NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1900..=2200).contains(&year));
    let (Some(from), Some(until)) = (day(1, 1), day(12, 31)) else {
        return Err(ServiceError::NotFound { what: "year" });
    };
    let months = months(from, until);
    let bounds: Vec<_> = months.iter().copied().map(first_moment).collect();
    let books = services.db.read_snapshot(|c| {
        let heads = store::overseeing::monitoring::contract_heads(c, municipality)?;
        let ids: Vec<ContractId> = heads.iter().map(|head| head.id).collect();
        let policies = store::policies::social_return_policies::kept_by(c, municipality, &ids)?;
        Ok::<_, ServiceError>(Books {
            movements: store::overseeing::monitoring::movements(c, municipality, None, &bounds)?,
            by_district: store::overseeing::monitoring::approved_by_district(c, municipality, &bounds)?,
            work: store::overseeing::monitoring::approved_work(c, municipality)?,
            heads: heads.into_iter().map(|head| (head.id, head)).collect(),
            policies: policies
                .into_iter()
                .map(|stored| Ok((stored.id, social_return_policies::read(&stored)?)))
                .collect::<Result<_, ServiceError>>()?,
        })
    })?;
    let moved = books.movements.iter().map(|movement| (movement.part, movement.approved_cents));
    let mut report = AnnualReport {
        year,
        total: Tally::default(),
        contracts: 0,
        people: 0,
        hours_hundredths: 0,
        genders: BTreeMap::new(),
        durability: BTreeMap::new(),
        districts: BTreeMap::new(),
        groups: BTreeMap::new(),
        target_groups: BTreeMap::new(),
        blocks: BTreeMap::new(),
        names_of_blocks: books.names_of_blocks(),
        sectors: BTreeMap::new(),
        contractors: BTreeMap::new(),
        months: points(&months, moved),
        contributors: Contributors::default(),
    };
    let year = Period { from, until };
    for head in books.heads.values() {
        report.owe(head, year);
    }
    for movement in &books.movements {
        report.approve(&books, movement);
    }
    for (district, cents) in &books.by_district {
        add(&mut report.district(district_named(district.as_deref())).approved_cents, *cents);
    }
    report.account_for(&books, year)?;
    Ok(report)
}

/// What the report is made of, as it was at one moment.
struct Books {
    heads: BTreeMap<ContractId, ContractHead>,
    policies: BTreeMap<PolicyId, Policy>,
    movements: Vec<Movement>,
    /// What was approved in the year, by what entries say of their district.
    by_district: Vec<(Option<String>, i64)>,
    work: Vec<ApprovedWork>,
}

impl Books {
    fn policy(&self, contract: ContractId) -> Option<&Policy> {
        self.policies.get(&self.heads.get(&contract)?.policy?)
    }

    fn names_of_blocks(&self) -> BTreeMap<String, String> {
        let blocks = self.policies.values().flat_map(|policy| &policy.blocks);
        blocks.map(|block| (block.code.clone(), block.name.clone())).collect()
    }

    /// The target group of a block in the national list.
    fn target_group(&self, contract: ContractId, block: &str) -> Option<NationalGroup> {
        let policy = self.policy(contract)?;
        let group = policy.block(block)?.target_group.as_ref()?;
        policy.target_groups.iter().find(|known| known.code == *group).map(|known| known.national)
    }
}

impl AnnualReport {
    fn owe(&mut self, head: &ContractHead, year: Period) {
        if head.term.until < year.from || year.until < head.term.from {
            return;
        }
        self.contracts += 1;
        let owed = share_in(head.owed_cents.unwrap_or_default(), head.term, year);
        self.each_tally(head, |tally| add(&mut tally.owed_cents, owed));
        if owed != 0 {
            self.contributors.counts(head.contractor, &sector(head));
        }
    }

    /// Books what was approved by the day of its approval.
    fn approve(&mut self, books: &Books, movement: &Movement) {
        let cents = movement.approved_cents;
        if cents == 0 {
            return;
        }
        let contract = movement.contract;
        self.each_line(books, contract, &movement.block, movement.kind.is_work(), |line| {
            add(&mut line.approved_cents, cents);
        });
        if let Some(head) = books.heads.get(&contract) {
            self.each_tally(head, |tally| add(&mut tally.approved_cents, cents));
            self.contributors.got(head.contractor, movement.part);
        }
    }

    /// Books what was approved by the days on which it was done, and what of it counts.
    fn account_for(&mut self, books: &Books, year: Period) -> Result<(), ServiceError> {
        let mut people = People::default();
        let mut followed = Followed::default();
        let mut contracts: BTreeMap<ContractId, UpTo> = BTreeMap::new();
        for work in &books.work {
            let written_on = dutch_day(work.written_at);
            let from = work.from.unwrap_or(written_on);
            let done = Period { from, until: work.until.unwrap_or(from) };
            let cents = |day: Option<NaiveDate>| day.map_or(0, |day| share_until(work.cents, done, day));
            let (before, upto) = (cents(year.from.pred_opt()), cents(Some(year.until)));
            let sums = contracts.entry(work.contract).or_default();
            add(sums.before.entry(&work.block).or_default(), before);
            add(sums.upto.entry(&work.block).or_default(), upto);
            let facts = Told::of(work)?;
            let group = books.target_group(work.contract, &work.block);
            if work.kind == EntryKind::FollowUp {
                if (year.from..=year.until).contains(&done.until) {
                    followed.add(work, &facts, done.until, group);
                }
                continue;
            }
            let is_person = work.kind.is_work();
            let in_year = upto.saturating_sub(before);
            if in_year != 0 {
                self.each_line(books, work.contract, &work.block, is_person, |line| {
                    add(&mut line.done_cents, in_year);
                });
            }
            let district = self.district(facts.district());
            add(&mut district.done_cents, in_year);
            if is_person {
                let hours = facts.hours_in(done, year, books.policy(work.contract), &work.block);
                add(&mut district.hours_hundredths, hours);
                add(&mut self.hours_hundredths, hours);
                add(&mut self.target_groups.entry(group).or_default().hours_hundredths, hours);
            }
            let touches = done.from <= year.until && year.from <= done.until;
            let tells = in_year != 0 || (is_person && touches);
            if let Some(head) = books.heads.get(&work.contract).filter(|_| tells) {
                self.contributors.did(head.contractor, facts.district(), is_person.then_some(group));
            }
            if let Some(person) = work.person.as_deref().filter(|_| is_person && touches) {
                people.add(person, &work.block, group, &facts);
            }
        }
        self.districts.retain(|_, line| *line != Line::default());
        for (contract, sums) in contracts {
            let Some(head) = books.heads.get(&contract) else { continue };
            let policy = books.policy(contract);
            let counts = |by_block: &BTreeMap<&str, i64>| counted(policy, head.owed_cents, by_block);
            let realised = counts(&sums.upto).saturating_sub(counts(&sums.before));
            let done = total(&sums.upto).saturating_sub(total(&sums.before));
            if realised != 0 {
                self.contributors.counts(head.contractor, &sector(head));
            }
            self.each_tally(head, |tally| {
                add(&mut tally.realised_cents, realised);
                add(&mut tally.done_cents, done);
            });
        }
        self.count_people(people);
        self.durability = followed.told(None);
        for group in followed.groups() {
            self.target_groups.entry(group).or_default().durability = followed.told(Some(group));
        }
        Ok(())
    }

    fn count_people(&mut self, people: People<'_>) {
        self.people = people.all.len();
        for (block, found) in people.by_block {
            self.groups.entry(block.to_owned()).or_default().people = found.len();
        }
        for (district, found) in people.by_district {
            self.districts.entry(district).or_default().people = found.len();
        }
        for ((group, gender), found) in people.by_gender {
            let genders = &mut self.target_groups.entry(group).or_default().genders;
            *genders.entry(gender).or_default() += found.len();
        }
        for (gender, found) in people.genders {
            self.genders.insert(gender, found.len());
        }
        for (group, found) in people.by_group {
            self.target_groups.entry(group).or_default().people = found.len();
        }
    }

    fn district(&mut self, name: &str) -> &mut Line {
        self.districts.entry(name.to_owned()).or_default()
    }

    fn each_line(
        &mut self,
        books: &Books,
        contract: ContractId,
        block: &str,
        is_person: bool,
        change: impl Fn(&mut Line),
    ) {
        change(self.blocks.entry(block.to_owned()).or_default());
        if is_person {
            change(self.groups.entry(block.to_owned()).or_default());
            change(self.target_groups.entry(books.target_group(contract, block)).or_default());
        }
    }

    fn each_tally(&mut self, head: &ContractHead, change: impl Fn(&mut Tally)) {
        change(&mut self.total);
        change(self.sectors.entry(sector(head)).or_default());
        change(self.contractors.entry(head.contractor).or_default());
    }
}

/// What was done under a contract, by block: before the year, and up to its end.
#[derive(Default)]
struct UpTo<'a> {
    before: BTreeMap<&'a str, i64>,
    upto: BTreeMap<&'a str, i64>,
}

fn add(sum: &mut i64, cents: i64) {
    *sum = sum.saturating_add(cents);
}

fn total(by_block: &BTreeMap<&str, i64>) -> i64 {
    by_block.values().copied().fold(0, i64::saturating_add)
}

/// What counts of amounts by block, as in the balance of a contract.
fn counted(policy: Option<&Policy>, owed_cents: Option<i64>, by_block: &BTreeMap<&str, i64>) -> i64 {
    match (policy, owed_cents) {
        (Some(policy), Some(owed)) => {
            let by_block: Vec<(&str, i64)> = by_block.iter().map(|(block, cents)| (*block, *cents)).collect();
            counted_together(policy, owed, &by_block)
        }
        _ => total(by_block),
    }
}

/// The division of the main CPV code: its first two digits.
fn sector(head: &ContractHead) -> String {
    head.cpv_codes.0.first().map(|code| code.to_string().chars().take(2).collect()).unwrap_or_default()
}
