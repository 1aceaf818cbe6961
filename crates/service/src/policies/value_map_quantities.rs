//! Quantities of a value map that are counted from approved entries.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::Services;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use crate::policies::value_maps::Subject;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::ContractId;
use trede_model::policies::value_map::ValueMapScope;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::number::Number;
use trede_wire::sroi_file::{LedgerCount, LedgerQuantity, SroiFile};

/// The most contracts of one quantity.
const MOST_CONTRACTS: usize = 500;

/// The map with each quantity counted that it takes from the ledger, and the day on which that was done.
pub(crate) fn counted(
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
                store::following::entries::approved_counts(c, municipality, &contracts, &from.block)?;
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
        let named: BTreeSet<_> =
            from.contract_ids.iter().map(|id| ContractId::from_uuid(id.uuid())).collect();
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
    let known = store::following::contracts::which(c, municipality, contracts)?;
    Ok(contracts.iter().find(|id| !known.contains(id)).copied())
}
