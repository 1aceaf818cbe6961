//! Contracts to be followed, under a policy that counts hours and years.

use serde_json::{Value, json};
use trede_base::page::{PageRequest, Start};
use trede_model::following::contract::Contract;
use trede_model::frame::role::Role;
use trede_model::policies::policy::PolicyId;
use trede_service::following::contracts::{self, NewContract};
use trede_service::policies::social_return_policies;

use crate::usecases::world::{World, actor, kvk, utrecht};

impl World {
    /// The policy of Utrecht with these maxima; that which is there already, if there is one.
    pub fn policy(&self, limits: Value) -> PolicyId {
        let policy = json!({
            "code": "p", "name": "P", "version": "1", "source": {"publication": "P"}, "validity": {},
            "obligation": {"thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"}},
            "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
            "proration": {"by": "calendar-months"},
            "limits": limits,
            "blocks": [
                {"code": "uur", "name": "Uur", "measure": "hour", "amount": "33.33"},
                {"code": "jaar", "name": "Jaar", "measure": "year", "amount": "40000", "countsAlways": true}
            ]
        });
        let coordinator = actor(Role::Coordinator);
        let policy = serde_json::from_value(policy).unwrap();
        if let Ok(entered) = social_return_policies::create(&self.services, &coordinator, utrecht(), &policy)
        {
            return entered.id;
        }
        let request = PageRequest { start: Start::First, limit: 1 };
        social_return_policies::list(&self.services, &coordinator, utrecht(), &request).unwrap().items[0].id
    }

    /// A contract of a million, of two years, whose obligation is not fixed yet; organisation 1 is the contractor.
    pub fn registered_contract(&self, policy: PolicyId) -> Contract {
        let terms = json!({
            "title": "Groen", "contractorKvkNumber": kvk(1).to_string(), "kind": "services",
            "contractSum": "1000000", "startsOn": "2026-01-01", "endsOn": "2027-12-31"
        });
        let terms = serde_json::from_value(terms).unwrap();
        let new = NewContract { terms, award: None, policy: Some(policy) };
        contracts::create(&self.services, &actor(Role::Coordinator), utrecht(), &new).unwrap()
    }

    /// The same with its obligation fixed.
    pub fn followed_contract(&self, policy: PolicyId) -> Contract {
        let made = self.registered_contract(policy);
        let coordinator = actor(Role::Coordinator);
        contracts::determine(&self.services, &coordinator, utrecht(), made.id, made.record.version).unwrap()
    }
}
