//! The PSO levels of contractors during the term of their contracts, held against the register of certificates.

use chrono::{DateTime, Utc};

use crate::frame::error::ServiceError;
use crate::pso::pso_tables;
use trede_base::certificate::Certificate;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::period::Period;
use trede_model::following::contract::{Contract, ContractTerms, LevelPeriod, LevelPeriods};
use trede_rules::pso::{LadderVersion, levels_between};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The levels of the contractor during the term, as the register knew them at a moment.
pub(crate) fn in_register(
    c: &mut AnyConnection,
    terms: &ContractTerms,
    known_at: DateTime<Utc>,
) -> Result<LevelPeriods, ServiceError> {
    let certificates = store::pso::certificates::known_at(c, terms.contractor, known_at)?;
    Ok(during(&certificates, &pso_tables::ladders(c)?, terms))
}

/// The levels of the term; renewals at the same level make one period.
fn during(certificates: &[Certificate], ladders: &[LadderVersion], terms: &ContractTerms) -> LevelPeriods {
    let known = levels_between(certificates, ladders, terms.starts_on, terms.ends_on);
    LevelPeriods(joined(known.into_iter().filter_map(|known| {
        let period = Period { from: known.from, until: known.until };
        known.certificate.map(|certificate| LevelPeriod { level: certificate.facts.level.clone(), period })
    })))
}

fn joined(periods: impl Iterator<Item = LevelPeriod>) -> Vec<LevelPeriod> {
    let mut joined: Vec<LevelPeriod> = Vec::new();
    for next in periods {
        match joined.last_mut() {
            Some(last)
                if last.level == next.level && last.period.until.succ_opt() >= Some(next.period.from) =>
            {
                last.period.until = last.period.until.max(next.period.until);
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// The levels that a contract rests on, as the register would tell them.
fn within_term(terms: &ContractTerms) -> LevelPeriods {
    let within = terms.pso_levels.0.iter().filter_map(|held| {
        let from = held.period.from.max(terms.starts_on);
        let until = held.period.until.min(terms.ends_on);
        (from <= until).then(|| LevelPeriod { level: held.level.clone(), period: Period { from, until } })
    });
    let mut within: Vec<LevelPeriod> = within.collect();
    within.sort_by_key(|held| held.period.from);
    LevelPeriods(joined(within.into_iter()))
}

/// Whether a contract follows the register: it rests on levels, and they are what the register said when the
/// contract was registered or last changed. Levels that came from elsewhere stay as they were given.
pub(crate) fn follows_register(c: &mut AnyConnection, contract: &Contract) -> Result<bool, ServiceError> {
    if contract.terms.pso_levels.0.is_empty() {
        return Ok(false);
    }
    let changes = store::following::contract_changes::all_of_contract(c, contract.municipality, contract.id)?;
    let Some(last) = changes.last() else { return Ok(false) };
    Ok(within_term(&contract.terms) == in_register(c, &contract.terms, last.at)?)
}

/// The contracts of a municipality whose obligation rests on levels that the register knows otherwise, in a
/// bounded number of queries.
pub(crate) fn outdated(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    known_at: DateTime<Utc>,
) -> Result<Vec<Contract>, ServiceError> {
    let contracts = store::following::contracts::with_pso_levels(c, municipality)?;
    let contractors: Vec<KvkNumber> = contracts.iter().map(|contract| contract.terms.contractor).collect();
    let certificates = store::pso::certificates::all_known_at(c, &contractors, known_at)?;
    let ladders = pso_tables::ladders(c)?;
    let differs = |contract: &Contract| {
        let terms = &contract.terms;
        let own: Vec<Certificate> = certificates
            .iter()
            .filter(|certificate| certificate.facts.holders.contains(&terms.contractor))
            .cloned()
            .collect();
        within_term(terms) != during(&own, &ladders, terms)
    };
    Ok(contracts.into_iter().filter(|contract| contract.state.takes_changes() && differs(contract)).collect())
}
