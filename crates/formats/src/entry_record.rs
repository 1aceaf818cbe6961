//! An entry as a contractor writes it, over the API or in a table.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_base::ids::KvkNumber;
use trede_model::following::candidate::{candidate_reference, plain_reference};
use trede_model::following::entry::{EntryContent, EntryKind, PersonKey};
use trede_wire::canonical::{canonical_json, sha256_hex};
use trede_wire::social_return_case::EntryInput;

/// An effort that is accounted for (verantwoording). Nothing of it may name a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "externalReference": "2026-P-007",
    "kind": "placement",
    "description": "Medewerker groenonderhoud",
    "candidateReference": "K-12",
    "facts": {
        "block": "participatiewet",
        "period": {"from": "2026-01-01", "until": "2026-08-31"},
        "hoursPerWeek": "24"
    }
}))]
pub struct EntryRecord {
    /// The contractor's own reference, unique within the contract (kenmerk).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub external_reference: Option<String>,
    /// What was done (soort invulling).
    pub kind: EntryKindInput,
    /// The party of the contract that did it; left out: the caller, or the contractor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    pub contractor_kvk_number: Option<KvkNumber>,
    /// In words (toelichting).
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub description: String,
    /// `placement`, `internship` and `follow-up`: the contractor's opaque reference of the candidate (kandidaat): at most two
    /// letters and at most seven digits, such as `K-12`. No name, date of birth or BSN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 20, pattern = "^ *[A-Za-z]{0,2}[- ]?[0-9]+([- /.][0-9]+)* *$")]
    pub candidate_reference: Option<String>,
    /// By which the candidate is recognised in the whole region: an HMAC-SHA256 that the coordinator's
    /// office computes (persoonssleutel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub person_key: Option<String>,
    /// Why these hours are others than those that another entry accounts for in the same time (andere uren).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 20000)]
    pub other_hours: Option<String>,
    /// `purchase`: the KvK number of the supplier (leverancier).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    pub supplier_kvk_number: Option<KvkNumber>,
    /// `purchase`: the number of the invoice (factuurnummer).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100)]
    pub invoice_number: Option<String>,
    /// The facts that the policy asks for (feiten).
    pub facts: EntryInput,
}

/// What a contractor did (soort invulling).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = EntryKind)]
pub enum EntryKindInput {
    /// Somebody works: employment or secondment (plaatsing).
    Placement,
    /// Somebody learns (stage, leerwerkplek).
    Internship,
    /// Bought from a social enterprise, an SW company or a PSO supplier (inkoop).
    Purchase,
    /// A societal activity (maatschappelijke activiteit).
    Activity,
    /// A project with a plan that was assessed beforehand (project).
    Project,
    /// Training or guidance at cost (werkelijke kosten).
    ActualCost,
    /// A PSO certificate (PSO-certificaat).
    PsoCertificate,
    /// Money, by exception (afkoop).
    Cash,
    /// What was done beyond the obligation of another contract (overheveling): made by a carry-over only.
    CarryOver,
    /// Whether somebody is still at work some months after a placement (duurzaamheid): counts for nothing, and is told in
    /// the annual report.
    FollowUp,
}

impl From<EntryKindInput> for EntryKind {
    fn from(kind: EntryKindInput) -> Self {
        match kind {
            EntryKindInput::Placement => Self::Placement,
            EntryKindInput::Internship => Self::Internship,
            EntryKindInput::Purchase => Self::Purchase,
            EntryKindInput::Activity => Self::Activity,
            EntryKindInput::Project => Self::Project,
            EntryKindInput::ActualCost => Self::ActualCost,
            EntryKindInput::PsoCertificate => Self::PsoCertificate,
            EntryKindInput::Cash => Self::Cash,
            EntryKindInput::CarryOver => Self::CarryOver,
            EntryKindInput::FollowUp => Self::FollowUp,
        }
    }
}

impl From<EntryKind> for EntryKindInput {
    fn from(kind: EntryKind) -> Self {
        match kind {
            EntryKind::Placement => Self::Placement,
            EntryKind::Internship => Self::Internship,
            EntryKind::Purchase => Self::Purchase,
            EntryKind::Activity => Self::Activity,
            EntryKind::Project => Self::Project,
            EntryKind::ActualCost => Self::ActualCost,
            EntryKind::PsoCertificate => Self::PsoCertificate,
            EntryKind::Cash => Self::Cash,
            EntryKind::CarryOver => Self::CarryOver,
            EntryKind::FollowUp => Self::FollowUp,
        }
    }
}

impl EntryRecord {
    /// The record of what is kept.
    ///
    /// # Errors
    /// When the facts that are kept are no facts.
    pub fn of(content: &EntryContent) -> Result<Self, serde_json::Error> {
        Ok(Self {
            external_reference: content.external_reference.clone(),
            kind: EntryKindInput::from(content.kind),
            contractor_kvk_number: Some(content.contractor),
            description: content.description.clone(),
            candidate_reference: content.candidate.clone(),
            person_key: content.person_key.as_ref().map(ToString::to_string),
            other_hours: content.other_hours.clone(),
            supplier_kvk_number: content.supplier,
            invoice_number: content.invoice_number.clone(),
            facts: serde_json::from_str(&content.facts)?,
        })
    }

    /// The content of an entry of this party. `person_key` was read by the caller, who tells what is wrong.
    #[must_use]
    pub fn to_content(&self, contractor: KvkNumber, person_key: Option<PersonKey>) -> EntryContent {
        let facts = String::from_utf8(canonical_json(&self.facts)).unwrap_or_default();
        EntryContent {
            external_reference: self.external_reference.clone(),
            kind: EntryKind::from(self.kind),
            contractor,
            description: self.description.clone(),
            // What is wrong with a reference is told by the caller too.
            candidate: self
                .candidate_reference
                .as_ref()
                .map(|written| candidate_reference(written).unwrap_or_else(|_| written.clone())),
            person_key,
            other_hours: self.other_hours.clone(),
            supplier: self.supplier_kvk_number,
            invoice_number: self.invoice_number.clone(),
            block: self.facts.block.clone(),
            period_from: self.facts.period.map(|period| period.from),
            period_until: self.facts.period.map(|period| period.until),
            facts,
        }
    }
}

/// By which an invoice is recognised, however its number is spaced or capitalised: a hash of the supplier and
/// the number.
#[must_use]
pub fn invoice_key(supplier: KvkNumber, number: &str) -> String {
    let plain: String = number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    sha256_hex(format!("invoice {supplier} {plain}").as_bytes())
}

/// By which a contractor's own reference of a candidate is recognised: a hash of the two.
#[must_use]
pub fn candidate_key(contractor: KvkNumber, reference: &str) -> String {
    sha256_hex(format!("candidate {contractor} {}", plain_reference(reference)).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invoice_is_the_same_however_its_number_is_written() {
        let supplier = "69599068".parse().unwrap();
        let key = invoice_key(supplier, "F-2026/0042");
        assert_eq!(key, invoice_key(supplier, " f 20260042 "));
        assert_ne!(key, invoice_key(supplier, "F-2026/0043"));
        assert_ne!(key, invoice_key("68750110".parse().unwrap(), "F-2026/0042"));
    }
}
