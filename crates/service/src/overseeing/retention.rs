//! Retention: after the term of the policy, data of candidates go; values, the ledger and the hashes of evidence
//! stay.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde_json::json;

use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::policies::social_return_policies;
use crate::{Services, every_municipality};
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::ContractId;
use trede_model::following::evidence::{Evidence, EvidenceId};
use trede_model::policies::policy::PolicyId;
use trede_model::telling::event::{Event, EventKind};
use trede_store as store;
use trede_store::following::candidate_data::KeptContract;

/// The action in the audit trail.
/// What the removal of the data of candidates is called in the audit trail.
pub(crate) const ACTION: &str = "remove_candidate_data";
/// The most entries of one transaction.
const BATCH: u16 = 500;

/// What a run removed in one municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The municipality.
    pub municipality: MunicipalityId,
    /// Of how many contracts.
    pub contracts: usize,
    /// Of how many entries the data of the candidate.
    pub entries: usize,
    /// How many claims in the region.
    pub claims: usize,
    /// How many files of evidence.
    pub files: usize,
}

/// Removes what the term of retention has run out for; tells it per municipality where there was any.
///
/// # Errors
/// [`ServiceError`] when the store or the store of files does not answer; another run goes on from there.
pub async fn remove_due(services: &Services) -> Result<Vec<Removed>, ServiceError> {
    let mut told = Vec::new();
    for municipality in every_municipality(services)? {
        let mut removed = Removed { municipality, contracts: 0, entries: 0, claims: 0, files: 0 };
        for contract in due(services, municipality)? {
            let entries_before = removed.entries;
            while let Some(files) = remove_batch(services, municipality, contract, &mut removed)? {
                // A file whose removal fails is swept later: no row knows it any more.
                for file in files {
                    services.evidence.files.remove(&Evidence::key(municipality, file)).await?;
                    removed.files += 1;
                }
            }
            removed.contracts += usize::from(removed.entries > entries_before);
        }
        if removed.entries > 0 {
            told.push(removed);
        }
    }
    Ok(told)
}

/// The contracts whose term of retention has run out.
fn due(services: &Services, municipality: MunicipalityId) -> Result<Vec<ContractId>, ServiceError> {
    let today = dutch_day(services.now());
    services.db.read(|c| {
        let ended = store::following::candidate_data::ended_contracts(c, municipality, today)?;
        let ids: Vec<_> = ended.iter().map(|ended| ended.contract).collect();
        let terms: BTreeMap<PolicyId, Option<u32>> =
            store::policies::social_return_policies::kept_by(c, municipality, &ids)?
                .iter()
                .map(|stored| Ok((stored.id, social_return_policies::read(stored)?.retention_months)))
                .collect::<Result<_, ServiceError>>()?;
        let is_due = |ended: &KeptContract| {
            let months = terms.get(&ended.policy).copied().flatten();
            months.and_then(|months| kept_until(ended, months)).is_some_and(|until| until < today)
        };
        Ok(ended.into_iter().filter(is_due).map(|ended| ended.contract).collect())
    })
}

/// The last day on which data are kept: so many months after the last day of the contract, of the time to make up
/// for what was short, or of the decision on it, whichever came last. One that nobody settles is no reason to keep
/// them for ever.
fn kept_until(ended: &KeptContract, months: u32) -> Option<NaiveDate> {
    let last = [ended.cure_until, ended.settled_at.map(dutch_day)].into_iter().flatten().max();
    last.map_or(ended.ends_on, |day| day.max(ended.ends_on)).checked_add_months(Months::new(months))
}

/// Removes the data of some candidates of a contract; answers the files of evidence that went with them. None
/// when nothing is left to remove.
fn remove_batch(
    services: &Services,
    municipality: MunicipalityId,
    contract: ContractId,
    removed: &mut Removed,
) -> Result<Option<Vec<EvidenceId>>, ServiceError> {
    let held =
        services.db.read(|c| store::following::candidate_data::held(c, municipality, contract, BATCH))?;
    if held.is_empty() {
        return Ok(None);
    }
    let act = services.act_of_itself(municipality, ACTION, format!("contracts/{contract}"));
    let (entries, claims, files) = services.db.write_removal(&act, |c| {
        let held = store::following::candidate_data::held(c, municipality, contract, BATCH)?;
        let mut claims = 0;
        for (entry, block) in store::following::candidate_data::blocks(c, municipality, &held)? {
            let facts = json!({"block": block}).to_string();
            claims += store::following::candidate_data::remove(c, municipality, entry, &facts, act.at)?;
        }
        let files = store::following::evidence_files::remove_of_entries(c, municipality, &held, act.at)?;
        let data = json!({"contractId": contract, "entries": held.len()}).to_string();
        let event = Event::of(&act, EventKind::CandidateDataRemoved, format!("contracts/{contract}"), data);
        store::telling::events::append(c, &event)?;
        Ok::<_, ServiceError>((held.len(), claims, files))
    })?;
    removed.entries += entries;
    removed.claims += claims;
    Ok(Some(files))
}
