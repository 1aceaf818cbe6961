//! Monitoring: where contracts stand, which of them need attention first, and what became of a contract over
//! time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::Services;
use crate::following::contracts;
use crate::frame::access::{Operation, authorise, sees_all_contracts};
use crate::frame::actor::Actor;
use crate::frame::dutch_time::{dutch_day, first_moment, months};
use crate::frame::error::ServiceError;
use crate::overseeing::lists::ContractSearch;
use crate::policies::social_return_policies;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::ledger::BlockTotal;
use trede_model::following::plan::Milestone;
use trede_model::following::progress::{Progress, ProgressStatus, Standing};
use trede_model::following::search::ContractFilter;
use trede_model::policies::policy::PolicyId;
use trede_rules::social_return::{Policy, counted_together};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The most contracts of one portfolio; a coordinator follows about 150.
pub const MOST_CONTRACTS: u16 = 2000;
/// The most months of a series.
const MOST_MONTHS: usize = 120;

/// A contract and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedContract {
    /// The contract, as it is today.
    pub contract: Contract,
    /// What is known of it.
    pub standing: Standing,
    /// Where that leads.
    pub progress: Progress,
}

impl FollowedContract {
    fn on(contract: Contract, standing: Standing, today: NaiveDate) -> Self {
        let progress = standing.on(today);
        Self { contract, standing, progress }
    }

    /// How much the forecast falls short of what is owed, in cents; negative where it goes beyond.
    #[must_use]
    pub fn gap_cents(&self) -> i64 {
        let owed = self.standing.owed_cents.unwrap_or_default();
        owed.saturating_sub(self.progress.forecast_cents)
    }
}

/// Which contracts a portfolio holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortfolioFilter {
    /// Only those that the caller follows as coordinator.
    pub own: bool,
    /// What is looked for among them.
    pub search: ContractSearch,
    /// The most contracts to tell; those at the greatest risk come first.
    pub limit: usize,
}

/// The running contracts of a municipality or a coordinator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portfolio {
    /// On which day.
    pub today: NaiveDate,
    /// Those at the greatest risk first.
    pub contracts: Vec<FollowedContract>,
    /// How many there are of each status, also of those that are not told.
    pub counts: BTreeMap<ProgressStatus, usize>,
    /// What is owed under all of them, in cents.
    pub owed_cents: i64,
    /// What is realised under all of them, in cents.
    pub realised_cents: i64,
    /// What waits for a decision under all of them, in cents.
    pub submitted_cents: i64,
}

/// The contracts that are not settled, those at the greatest risk first.
///
/// # Errors
/// [`ServiceError::Refused`] when there are more than can be told at once.
pub fn portfolio(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    filter: &PortfolioFilter,
) -> Result<Portfolio, ServiceError> {
    authorise(actor, municipality, Operation::GetPortfolio)?;
    let today = dutch_day(services.now());
    let found = services.db.read(|c| {
        let found = followed(c, actor, municipality, filter.own, today)?;
        among(c, municipality, found, (&filter.search, today))
    })?;
    Ok(sorted(found, filter.limit, today))
}

/// Those that are looked for.
fn among(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    mut found: Vec<FollowedContract>,
    (search, today): (&ContractSearch, NaiveDate),
) -> Result<Vec<FollowedContract>, ServiceError> {
    if search.filter != ContractFilter::default() {
        let ids = found.iter().map(|one| one.contract.id).collect();
        let filter = ContractFilter { ids: Some(ids), ..search.filter.clone() };
        let asked = (&filter, today);
        let kept = store::following::contract_lists::ids(c, municipality, asked, None, MOST_CONTRACTS)?;
        let kept: BTreeSet<ContractId> = kept.into_iter().collect();
        found.retain(|one| kept.contains(&one.contract.id));
    }
    found.retain(|one| search.risk.is_empty() || search.risk.contains(&one.progress.status));
    Ok(found)
}

fn followed(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    own: bool,
    today: NaiveDate,
) -> Result<Vec<FollowedContract>, ServiceError> {
    let party = if sees_all_contracts(actor) {
        None
    } else {
        match actor.kvk {
            Some(kvk) => Some(kvk),
            None => return Ok(Vec::new()),
        }
    };
    let coordinator = own.then_some(actor.subject.as_str());
    let found = store::following::contracts::unsettled(c, municipality, party, coordinator, MOST_CONTRACTS)?;
    if found.len() > usize::from(MOST_CONTRACTS) {
        let detail = format!("more than {MOST_CONTRACTS} contracts run; ask for your own (own=true)");
        return Err(ServiceError::refused("too-many-contracts", detail));
    }
    let ids: Vec<ContractId> = found.iter().map(|contract| contract.id).collect();
    let mut books = Books::of(c, municipality, &ids)?;
    Ok(found
        .into_iter()
        .map(|mut contract| {
            contract.state = contract.state.on(today, contract.terms.starts_on);
            let standing = books.standing(&contract);
            FollowedContract::on(contract, standing, today)
        })
        .collect())
}

/// The contracts that are not settled and stand as is asked.
pub(crate) fn standing_so(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    asked: &[ProgressStatus],
    today: NaiveDate,
) -> Result<Vec<ContractId>, ServiceError> {
    let found = followed(c, actor, municipality, false, today)?;
    let so = found.into_iter().filter(|one| asked.contains(&one.progress.status));
    Ok(so.map(|one| one.contract.id).collect())
}

fn sorted(mut found: Vec<FollowedContract>, limit: usize, today: NaiveDate) -> Portfolio {
    let mut counts = BTreeMap::new();
    for one in &found {
        *counts.entry(one.progress.status).or_default() += 1;
    }
    let sum = |part: &dyn Fn(&FollowedContract) -> i64| found.iter().map(part).fold(0, i64::saturating_add);
    let owed_cents = sum(&|one| one.standing.owed_cents.unwrap_or_default());
    let realised_cents = sum(&|one| one.standing.realised_cents);
    let submitted_cents = sum(&|one| one.standing.submitted_cents);
    found.sort_by_key(|one| {
        let gap = one.gap_cents().saturating_neg();
        (one.progress.status, gap, one.progress.lag_cents.saturating_neg(), one.contract.id)
    });
    found.truncate(limit);
    Portfolio { today, contracts: found, counts, owed_cents, realised_cents, submitted_cents }
}

/// What the store knows of many contracts, read in as many queries as of one.
struct Books {
    totals: BTreeMap<ContractId, Vec<BlockTotal>>,
    milestones: BTreeMap<ContractId, Vec<Milestone>>,
    policies: BTreeMap<PolicyId, Policy>,
}

impl Books {
    fn of(
        c: &mut AnyConnection,
        municipality: MunicipalityId,
        contracts: &[ContractId],
    ) -> Result<Self, ServiceError> {
        let mut totals: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (contract, total) in store::following::ledger::totals(c, municipality, contracts.iter().copied())?
        {
            totals.entry(contract).or_default().push(total);
        }
        let mut milestones: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for milestone in store::following::milestones::of_contracts(c, municipality, contracts)? {
            milestones.entry(milestone.contract).or_default().push(milestone);
        }
        let policies = store::policies::social_return_policies::kept_by(c, municipality, contracts)?
            .into_iter()
            .map(|stored| Ok((stored.id, social_return_policies::read(&stored)?)))
            .collect::<Result<_, ServiceError>>()?;
        Ok(Self { totals, milestones, policies })
    }

    fn standing(&mut self, contract: &Contract) -> Standing {
        let totals = self.totals.remove(&contract.id).unwrap_or_default();
        let policy = contract.policy.and_then(|id| self.policies.get(&id));
        Standing {
            term: contract.terms.term(),
            state: contract.state,
            owed_cents: contract.obligation_cents,
            realised_cents: realised(policy, contract.obligation_cents, &totals),
            submitted_cents: totals.iter().map(|total| total.submitted_cents).fold(0, i64::saturating_add),
            milestones: self.milestones.remove(&contract.id).unwrap_or_default(),
        }
    }
}

/// What counts of what was approved: a block counts for at most its share of what is owed.
fn realised(policy: Option<&Policy>, owed_cents: Option<i64>, totals: &[BlockTotal]) -> i64 {
    match (policy, owed_cents) {
        (Some(policy), Some(owed)) => {
            let by_block: Vec<_> =
                totals.iter().map(|total| (total.block.as_str(), total.approved_cents)).collect();
            counted_together(policy, owed, &by_block)
        }
        _ => totals.iter().map(|total| total.approved_cents).fold(0, i64::saturating_add),
    }
}

/// What became of a contract in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthPoint {
    /// The first day of the month.
    pub month: NaiveDate,
    /// What the ledger added to what counts in the month, in cents, before the maximum of a block.
    pub approved_cents: i64,
    /// The sum of that up to and with the month, in cents.
    pub cumulated_cents: i64,
}

/// Where one contract stands, and how it came there month by month.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such contract.
pub fn contract_progress(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ContractId,
) -> Result<(FollowedContract, Vec<MonthPoint>), ServiceError> {
    authorise(actor, municipality, Operation::GetContractProgress)?;
    let today = dutch_day(services.now());
    services.db.read(|c| {
        let contract = contracts::load(c, services, actor, municipality, id)?;
        let standing = Books::of(c, municipality, &[id])?.standing(&contract);
        let created_on = dutch_day(contract.record.created_at);
        let series = series(c, municipality, id, contract.terms.starts_on.min(created_on), today)?;
        Ok((FollowedContract::on(contract, standing, today), series))
    })
}

fn series(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
    from: NaiveDate,
    today: NaiveDate,
) -> Result<Vec<MonthPoint>, ServiceError> {
    let all = months(from, today);
    let months = all.get(all.len().saturating_sub(MOST_MONTHS + 1)..).unwrap_or_default();
    let bounds: Vec<_> = months.iter().copied().map(first_moment).collect();
    let movements = store::overseeing::monitoring::movements(c, municipality, Some(contract), &bounds)?;
    Ok(points(months, movements.iter().map(|movement| (movement.part, movement.approved_cents))))
}

/// One point for each month; the last day only bounds the last month.
pub(crate) fn points(months: &[NaiveDate], movements: impl Iterator<Item = (usize, i64)>) -> Vec<MonthPoint> {
    let mut by_month: BTreeMap<usize, i64> = BTreeMap::new();
    for (part, cents) in movements {
        let month = by_month.entry(part).or_default();
        *month = month.saturating_add(cents);
    }
    let mut cumulated_cents: i64 = 0;
    let told = months.split_last().map_or(&[][..], |(_, told)| told);
    told.iter()
        .enumerate()
        .map(|(part, month)| {
            let approved_cents = by_month.get(&part).copied().unwrap_or_default();
            cumulated_cents = cumulated_cents.saturating_add(approved_cents);
            MonthPoint { month: *month, approved_cents, cumulated_cents }
        })
        .collect()
}
