//! What was done beyond one obligation, counted for another contract of the same contractor, where the policy
//! of the first lets it (overheveling).

use serde_json::json;

use crate::Services;
use crate::following::{claims, contracts, entry_steps};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_base::record::Record;
use trede_model::following::contract::ContractId;
use trede_model::following::entry::{Entry, EntryContent, EntryId, EntryKind, EntryState, EntryStep};
use trede_model::following::settlement::SettlementRecord;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The block under which it stands in the ledger.
const BLOCK: &str = "overheveling";

/// Counts for a contract what another left.
///
/// # Errors
/// [`ServiceError::Refused`] when the other left nothing, it was carried over already, or this one takes no
/// entries; [`ServiceError::Invalid`] when the other is not one of the same contractor.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    from: ContractId,
) -> Result<Entry, ServiceError> {
    authorise(actor, municipality, Operation::CarryOver)?;
    let id: EntryId = new_id();
    let object = format!("contracts/{contract}/entries/{id}");
    let act = services.act(actor, municipality, Operation::CarryOver, object);
    services.db.write(&act, |c| {
        let contract = contracts::load(c, services, actor, municipality, contract)?;
        entry_steps::expect_open(&contract)?;
        let other = store::following::contracts::find(c, municipality, from)?
            .filter(|other| other.id != contract.id && other.terms.contractor == contract.terms.contractor);
        let Some(other) = other else {
            let detail = "another contract of the same contractor in this municipality";
            return Err(ServiceError::invalid("/fromContractId", "contract-unknown", detail));
        };
        let settled = left_by(c, municipality, other.id)?;
        let amount = rust_decimal::Decimal::new(settled.carried_over_cents, 2).to_string();
        let mut entry = Entry {
            municipality,
            contract: contract.id,
            id,
            content: EntryContent {
                external_reference: None,
                kind: EntryKind::CarryOver,
                contractor: contract.terms.contractor,
                description: other.terms.title.clone(),
                candidate: None,
                person_key: None,
                other_hours: None,
                supplier: None,
                invoice_number: None,
                block: BLOCK.to_owned(),
                period_from: None,
                period_until: None,
                facts: json!({"amount": amount, "block": BLOCK}).to_string(),
            },
            state: EntryState::Draft,
            value_cents: settled.carried_over_cents,
            calculation: json!({"amount": amount, "notes": [], "explanation": []}).to_string(),
            created_by: actor.subject.clone(),
            record: Record::new(act.at),
        };
        store::following::entries::insert(c, &entry)?;
        claims::carry_over(c, &entry, settled.id)?;
        for step in [EntryStep::Submit, EntryStep::Approve] {
            entry_steps::take(c, &act, &mut entry, step, None)?;
        }
        Ok(entry)
    })
}

/// The settlement that left something for another contract.
fn left_by(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<SettlementRecord, ServiceError> {
    let settlements = store::following::settlements::all_of_contract(c, municipality, contract)?;
    settlements.into_iter().rfind(|settled| settled.carried_over_cents > 0).ok_or_else(|| {
        ServiceError::refused(
            "nothing-carried-over",
            "the contract is not settled as fulfilled, nothing was done beyond what it owed, or its policy \
             carries nothing over",
        )
    })
}
