//! A milestone of a plan of approach on the wire.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// A milestone of a plan of approach (mijlpaal).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanMilestone {
    /// What will be done (omschrijving).
    #[schema(min_length = 1, max_length = 500)]
    pub title: String,
    /// By which day (termijn).
    pub due_on: NaiveDate,
    /// What is planned to be realised since the milestone before, in euros (gepland bedrag).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    pub planned_amount: Option<Euros>,
}
