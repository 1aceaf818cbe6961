//! What was found of each bid at the opening: the record of it, as it is stored and as it is shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of a bid at the opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BidOutcome {
    /// It was opened (geopend).
    Opened,
    /// It was changed after it was received, or its key does not open it (beschadigd).
    Unreadable,
    /// The same bidder sent a later one that cannot be opened, or what it said about who acts for it cannot be read, so
    /// nobody knows what counts (onzeker).
    BeforeUnreadable,
    /// It was received, and it is not there (ontbreekt).
    Missing,
    /// It was changed or taken away after the first opening, and was put back as it was received (hersteld).
    Restored,
    /// Its price envelope is left sealed, since the bid takes no part any more (ongeopend gelaten).
    LeftSealed,
    /// A later one of the same bidder took its place (vervangen).
    Replaced,
    /// It was taken back before the deadline (ingetrokken).
    Withdrawn,
    /// It is no bid: it took one back (intrekking).
    Withdrawal,
    /// It was to replace or take back a bid that somebody else had sent, and did nothing (van een ander).
    NotTheirs,
}

impl BidOutcome {
    /// In the words of a report.
    #[must_use]
    pub const fn in_dutch(self) -> &'static str {
        match self {
            Self::Opened => "geopend",
            Self::Unreadable => "beschadigd",
            Self::BeforeUnreadable => {
                "onzeker: iets anders van dezelfde inschrijver is beschadigd, een latere inschrijving of een machtiging"
            }
            Self::Missing => "ontbreekt",
            Self::Restored => "hersteld: na de eerste opening was de inschrijving veranderd of verwijderd",
            Self::LeftSealed => "ongeopend gelaten: de inschrijving doet niet meer mee",
            Self::Replaced => "vervangen door een latere inschrijving",
            Self::Withdrawn => "ingetrokken voor de sluiting",
            Self::Withdrawal => "intrekking van een eerdere inschrijving",
            Self::NotTheirs => {
                "buiten beschouwing gelaten: de afzender is niet die van de inschrijving die er toen stond"
            }
        }
    }
}

/// What was found of one bid (inschrijving) at the opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "lotId": "0190a5c8-0000-7000-8000-000000000002",
    "receivedAt": "2026-03-31T14:03:22Z",
    "sealedHash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    "outcome": "opened",
    "sentBy": "inschrijver-1"
}))]
pub struct OpenedBid {
    /// The bid; not of one that is missing when bids are opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub bid_id: Option<String>,
    /// The lot; not of one that is missing when bids are opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub lot_id: Option<String>,
    /// When it was received (tijdstip van ontvangst).
    pub received_at: DateTime<Utc>,
    /// SHA-256 of what was sealed, as it stands in the receipt and in the audit trail.
    pub sealed_hash: String,
    /// What became of it.
    pub outcome: BidOutcome,
    /// Who sent it, as the identity provider names them; also of what was replaced, taken back or left aside. Not of a
    /// price envelope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_by: Option<String>,
    /// Under which delegation (machtiging) it was sent on behalf of the bidder, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub delegation_id: Option<String>,
}

/// What a bidder said, before the deadline, about who acts for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DelegationWord {
    /// The delegate may submit, replace and withdraw on its behalf (gemachtigd).
    Given,
    /// It may no more (machtiging ingetrokken).
    TakenBack,
}

impl DelegationWord {
    /// In the words of a report.
    #[must_use]
    pub const fn in_dutch(self) -> &'static str {
        match self {
            Self::Given => "gemachtigd om namens de inschrijver te handelen",
            Self::TakenBack => "machtiging ingetrokken",
        }
    }
}

/// What a bidder said about who acts for it (machtiging), as the opening found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "delegationId": "0190a5c8-0000-7000-8000-000000000007",
    "lotId": "0190a5c8-0000-7000-8000-000000000002",
    "word": "given",
    "bidderKvkNumber": "69599068",
    "delegate": "platform-1",
    "saidBy": "inschrijver-1",
    "receivedAt": "2026-03-30T09:00:00Z",
    "sealedHash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
}))]
pub struct OpenedDelegation {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub delegation_id: String,
    /// The lot.
    #[schema(value_type = String, format = Uuid)]
    pub lot_id: String,
    /// Whether it was given or taken back.
    pub word: DelegationWord,
    /// For whom, by KvK number.
    pub bidder_kvk_number: String,
    /// Who acts for it, as the identity provider names them.
    pub delegate: String,
    /// Who said so for the bidder, as the identity provider names them.
    pub said_by: String,
    /// When it was received (tijdstip van ontvangst).
    pub received_at: DateTime<Utc>,
    /// SHA-256 of what was sealed, as it stands in the receipt and in the audit trail.
    pub sealed_hash: String,
}

/// What was found of every bid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpeningReport {
    /// Each bid that counts, each that does not and why, and each that could not be opened.
    pub bids: Vec<OpenedBid>,
    /// What bidders said about who acts for them, in the order of receipt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<OpenedDelegation>,
    /// How the audit trail stood when it was opened: the heads of its chains, as `trede audit verify --head` reads them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audit_heads: Vec<String>,
}
