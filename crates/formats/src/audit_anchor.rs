//! An anchor of an audit chain as it travels: in a file that is time-stamped elsewhere, and over the API.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_model::trust::audit_chain::{Anchor, Chain, Link};
use trede_model::trust::audit_hash::ChainHash;
use trede_wire::moment::moment;

/// The head of an audit chain (anker van het controlespoor): proves later that no record up to it was
/// changed. Keep it, and have it time-stamped, where who keeps the database cannot reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditAnchor {
    /// Whose: the municipality, `nl` for national reference data, or `gm0344/tenders/ID` for the vault of a tender.
    pub scope: String,
    /// Which of its chains, from 0: a write adds to one that nobody else is adding to.
    #[schema(maximum = 3)]
    pub chain: u8,
    /// The number of the last record; 0 when nothing was done yet.
    pub sequence: i64,
    /// The hash over that record and all before it: SHA-256 in 64 hexadecimal digits.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    pub hash: ChainHash,
    /// When it was taken.
    #[serde(deserialize_with = "moment")]
    pub taken_at: DateTime<Utc>,
}

/// Anchors as they are sent to who keeps them elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnchorDocument {
    /// The heads of all chains that something was added to.
    pub anchors: Vec<AuditAnchor>,
}

impl From<Anchor> for AuditAnchor {
    fn from(anchor: Anchor) -> Self {
        Self {
            scope: anchor.link.chain.scope.to_string(),
            chain: anchor.link.chain.number,
            sequence: anchor.link.sequence,
            hash: anchor.link.hash,
            taken_at: anchor.at,
        }
    }
}

impl AuditAnchor {
    /// The anchor that was written so.
    ///
    /// # Errors
    /// A sentence, when the scope is neither `nl`, a municipality nor a vault.
    pub fn to_anchor(&self) -> Result<Anchor, String> {
        let scope = self.scope.parse().map_err(|_| {
            format!(
                "the scope `{}` is neither `nl` nor a municipality such as gm0344 nor the vault of a tender",
                self.scope
            )
        })?;
        let chain = Chain { scope, number: self.chain };
        Ok(Anchor { link: Link { chain, sequence: self.sequence, hash: self.hash }, at: self.taken_at })
    }
}
