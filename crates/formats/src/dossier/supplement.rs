//! Facts that the evaluation report asks for and that follow from nothing else.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which item of art. 84(1) of directive 2014/24 is supplemented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReportItem {
    /// The share that is subcontracted, and to whom, as far as known (onderaanneming; item d).
    Subcontracting,
    /// Why a competitive procedure with negotiation or a competitive dialogue was used (item e).
    NegotiatedProcedure,
    /// Why a negotiated procedure without prior publication was used (item f).
    WithoutPublication,
    /// Why the contract was not awarded (item g), beyond the reason of that step.
    NotAwarded,
    /// Why other than electronic means were used to receive bids (item h).
    NonElectronicMeans,
}

/// A supplement to the evaluation report (aanvulling op het proces-verbaal). The last one on an item counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "item": "subcontracting",
    "text": "20 % van de opdracht wordt uitgevoerd door Maaibedrijf Jansen."
}))]
pub struct ReportSupplement {
    /// Which item.
    pub item: ReportItem,
    /// What is to be told.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
}
