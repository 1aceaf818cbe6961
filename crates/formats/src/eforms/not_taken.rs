//! What a draft tender has no place for (niet overgenomen).

use serde::Serialize;
use utoipa::ToSchema;

use super::digest::NATURAL_PERSON;
use super::element::Leftover;

/// Something of the notice that is not in the draft tender (niet overgenomen).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "place": "ProcurementProjectLot[LOT-0001]/TenderingTerms/TenderValidityPeriod/DurationMeasure",
    "value": "150 DAY",
    "reason": "no-place"
}))]
pub struct NotTaken {
    /// Where it stands in the notice, by the names of elements (plaats).
    pub place: String,
    /// What the notice says there (inhoud); withheld where it is about a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why it is not in the draft (reden).
    pub reason: NotTakenReason,
}

/// Why something is not in the draft tender (reden).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotTakenReason {
    /// There is no place for it here (geen plaats).
    NoPlace,
    /// The draft has no place for it, but this import keeps it, under `notice` (alleen in de import).
    KeptInImport,
    /// It is longer, or of another form, than the draft can hold (past niet).
    DoesNotFit,
    /// It can be about a person, whose data are not needed here (persoonsgegeven).
    PersonalData,
}

impl NotTaken {
    pub(super) fn kept(place: impl Into<String>, value: impl Into<String>) -> Self {
        Self { place: place.into(), value: Some(value.into()), reason: NotTakenReason::KeptInImport }
    }

    pub(super) fn unfit(place: impl Into<String>, value: impl Into<String>) -> Self {
        Self { place: place.into(), value: Some(value.into()), reason: NotTakenReason::DoesNotFit }
    }
}

impl From<Leftover> for NotTaken {
    fn from(leftover: Leftover) -> Self {
        let Leftover { place, value } = leftover;
        let personal = place
            .split('/')
            .any(|step| matches!(step, "Contact" | "UltimateBeneficialOwner") || step == NATURAL_PERSON);
        if personal {
            return Self { place, value: None, reason: NotTakenReason::PersonalData };
        }
        Self { place, value: Some(value), reason: NotTakenReason::NoPlace }
    }
}
