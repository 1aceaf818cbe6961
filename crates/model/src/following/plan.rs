//! The plan of approach (plan van aanpak) and the deadlines of a contract.

use chrono::{DateTime, NaiveDate, Utc};

use super::contract::ContractId;
use trede_base::ids::Id;
use trede_base::words;

/// The id of a plan.
pub type PlanId = Id<Plan>;

/// The id of a milestone.
pub type MilestoneId = Id<Milestone>;

words! {
    /// How far a plan is (stand van het plan).
    pub enum PlanState is "plan state" {
        /// Handed in by the contractor (ingediend).
        Submitted = "submitted",
        /// Agreed by the coordinator (akkoord).
        Agreed = "agreed",
        /// Given back, with a reason; another follows (teruggegeven).
        Returned = "returned",
    }
}

/// A plan of approach (plan van aanpak). A better one is another plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The contract.
    pub contract: ContractId,
    /// Its id.
    pub id: PlanId,
    /// What the contractor will do (aanpak).
    pub approach: String,
    /// What it plans: a JSON document, from which the milestones are made when it is agreed.
    pub milestones: String,
    /// How far it is.
    pub state: PlanState,
    /// When it was handed in.
    pub submitted_at: DateTime<Utc>,
    /// By whom.
    pub submitted_by: String,
    /// When it was decided upon.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom.
    pub decided_by: Option<String>,
    /// Why, where it was given back.
    pub reason: Option<String>,
}

words! {
    /// What a deadline is for (soort mijlpaal).
    pub enum MilestoneKind is "milestone kind" {
        /// The contractor makes contact (kennismaking), within so many days of the award.
        Contact = "contact",
        /// A milestone of the plan of approach (mijlpaal).
        Plan = "plan",
        /// The end of a cure period (hersteltermijn).
        Cure = "cure",
    }
}

/// Something that must be done by a day (mijlpaal).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The contract.
    pub contract: ContractId,
    /// Its id.
    pub id: MilestoneId,
    /// What it is for.
    pub kind: MilestoneKind,
    /// What must be done.
    pub title: String,
    /// By which day.
    pub due_on: NaiveDate,
    /// What is planned to be realised by then since the milestone before, in cents.
    pub planned_cents: Option<i64>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
}
