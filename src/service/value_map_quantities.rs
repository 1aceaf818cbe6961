//! Quantities of a value map that are counted from approved entries.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::domain::fulfilment::contract::ContractId;
use crate::domain::ids::MunicipalityId;
use crate::domain::value_map::ValueMapScope;
use crate::exchange::number::Number;
use crate::exchange::sroi_file::{LedgerCount, LedgerQuantity, SroiFile};
use crate::service::Services;
use crate::service::dutch_time::dutch_day;
use crate::service::error::ServiceError;
use crate::service::findings::{Findings, TITLE};
use crate::service::value_maps::Subject;
use crate::storage;
use crate::storage::connection::AnyConnection;

/// The most contracts of one quantity.
const MOST_CONTRACTS: usize = 500;

/// The map with each quantity counted that it takes from the ledger, and the day on which that was done.
pub(super) fn counted(
    services: &Services,
    municipality: MunicipalityId,
    subject: &Subject,
    file: &SroiFile,
) -> Result<SroiFile, ServiceError> {
    let mut file = file.clone();
    let today = dutch_day(services.now());
    let mut findings = Findings::default();
    services.db.read(|c| {
        for (index, outcome) in file.outcomes.iter_mut().enumerate() {
            let Some(from) = &mut outcome.quantity_from else { continue };
            let place = format!("/valueMap/outcomes/{index}/quantityFrom");
            let contracts = contracts(&mut findings, &place, subject, from);
            findings.needed_text(&format!("{place}/block"), &from.block, TITLE);
            if let Some(unknown) = unknown(c, municipality, &contracts)? {
                let detail = format!("{unknown} is no contract of this municipality");
                findings.add(&format!("{place}/contractIds"), "contract-unknown", detail);
                continue;
            }
            let (people, entries) =
                storage::entries::approved_counts(c, municipality, &contracts, &from.block)?;
            let number = match from.count {
                LedgerCount::People => people,
                LedgerCount::Entries => entries,
            };
            outcome.quantity = Some(Number(Decimal::from(number)));
            from.counted_on = Some(today);
        }
        Ok::<_, ServiceError>(())
    })?;
    findings.into_result()?;
    Ok(file)
}

/// The contracts that are named, or the one that the map is of.
fn contracts(
    findings: &mut Findings,
    place: &str,
    subject: &Subject,
    from: &LedgerQuantity,
) -> Vec<ContractId> {
    let place = format!("{place}/contractIds");
    if from.contract_ids.len() > MOST_CONTRACTS {
        findings.add(&place, "too-many", format!("at most {MOST_CONTRACTS} contracts"));
        return Vec::new();
    }
    if !from.contract_ids.is_empty() {
        let named: BTreeSet<_> = from.contract_ids.iter().copied().collect();
        return named.into_iter().collect();
    }
    let own = subject.subject.parse().ok().filter(|_| subject.scope == ValueMapScope::Contract);
    if own.is_none() {
        let detail = "a map of a project or portfolio names the contracts whose entries are counted";
        findings.add(&place, "field-missing", detail);
    }
    own.into_iter().collect()
}

/// The first of the contracts that the municipality does not have.
fn unknown(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contracts: &[ContractId],
) -> Result<Option<ContractId>, ServiceError> {
    let known = storage::contracts::which(c, municipality, contracts)?;
    Ok(contracts.iter().find(|id| !known.contains(id)).copied())
}
