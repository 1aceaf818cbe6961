//! Contracts follow the register of certificates: where the levels that a contract rests on came from the
//! register, a level that begins, changes or ends there changes what is owed, pro rata by the policy.
//!
//! Levels that were given by hand stay as they are; the completeness report lists where the register knows
//! them otherwise.

use crate::following::contract_changes::{NewChange, make};
use crate::following::contract_levels;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::{Services, every_municipality};
use trede_base::ids::MunicipalityId;
use trede_model::following::change::ChangeKind;
use trede_model::following::contract::ContractId;
use trede_model::telling::job::Lease;
use trede_store as store;

/// The action in the audit trail.
const ACTION: &str = "follow_pso_levels";
/// The reason that the change bears.
const REASON: &str = "the register of PSO certificates knows other levels (register van PSO-certificaten)";

/// Changes every contract that follows the register and is behind it.
pub(crate) fn follow(services: &Services, lease: &Lease) -> Result<(), ServiceError> {
    for municipality in every_municipality(services)? {
        let now = services.now();
        for contract in services.db.read(|c| contract_levels::outdated(c, municipality, now))? {
            if !services.db.read(|c| contract_levels::follows_register(c, &contract))? {
                continue;
            }
            match catch_up(services, lease, municipality, contract.id) {
                // One that the rules do not let change stays listed for the coordinator.
                Err(error @ (ServiceError::Invalid(_) | ServiceError::Refused { code: "no-policy", .. })) => {
                    tracing::warn!(contract = %contract.id, %error, "the levels of a contract were not renewed");
                }
                outcome => outcome?,
            }
        }
    }
    Ok(())
}

fn catch_up(
    services: &Services,
    lease: &Lease,
    municipality: MunicipalityId,
    id: ContractId,
) -> Result<(), ServiceError> {
    let contact = new_id();
    let act = services.act_of_itself(municipality, ACTION, format!("contracts/{id}/changes"));
    services.db.write(&act, |c| {
        services.hold(c, lease)?;
        let Some(contract) = store::following::contracts::find(c, municipality, id)? else { return Ok(()) };
        if contract.state.takes_changes() {
            make(
                c,
                &act,
                contract,
                contact,
                &NewChange::of(ChangeKind::PsoLevel, dutch_day(act.at), REASON),
            )?;
        }
        Ok::<_, ServiceError>(())
    })
}
