//! What comes of reading a notice.

use serde::Serialize;
use utoipa::ToSchema;

use super::draft::{Draft, number_lots};
use super::element::Leftover;
use super::not_taken::NotTaken;
use super::notice::Notice;
use super::sketch::{AwardModelSketch, sketches};
use super::to_complete::{ToComplete, open_points};

/// A notice as it was understood (gelezen aankondiging), with what it leaves open and what is left of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeReport {
    /// What the notice says.
    pub notice: Notice,
    /// What a tender needs and the notice does not say (te completeren).
    pub to_complete: Vec<ToComplete>,
    /// What the notice says and the draft tender does not hold (niet overgenomen).
    pub not_taken_over: Vec<NotTaken>,
    /// The beginning of the award model of each lot (aanzet voor het gunningsmodel).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub award_models: Vec<AwardModelSketch>,
    /// What stood in a draft before this notice took its place (vervangen).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<Replaced>,
}

/// Something of a draft whose place a later notice took (vervangen).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"place": "deadlineAt", "was": "2026-04-01T10:00:00Z", "inNotice": true}))]
pub struct Replaced {
    /// The field of the tender, or of a lot by its number (plaats).
    pub place: String,
    /// What stood there (oude inhoud).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Whether the notice says something else; `false` for a lot that it no longer has, which stays.
    pub in_notice: bool,
}

impl Replaced {
    /// The notice says something else.
    pub fn by_notice(place: impl Into<String>, was: Option<String>) -> Self {
        Self { place: place.into(), was, in_notice: true }
    }

    /// The notice does not have it any more.
    pub fn gone(place: impl Into<String>, was: String) -> Self {
        Self { place: place.into(), was: Some(was), in_notice: false }
    }
}

impl NoticeReport {
    pub(super) fn of(mut notice: Notice, leftovers: Vec<Leftover>) -> Self {
        number_lots(&mut notice.lots);
        let mut not_taken_over: Vec<NotTaken> = leftovers.into_iter().map(NotTaken::from).collect();
        let (mut to_complete, mut award_models) = (Vec::new(), Vec::new());
        if notice.kind.opens_tender() {
            not_taken_over.extend(Draft::of(&notice).not_taken);
            to_complete = open_points(&notice);
            award_models = sketches(&notice);
        }
        Self { notice, to_complete, not_taken_over, award_models, replaced: Vec::new() }
    }

    /// The draft tender, when the notice opens one; a result notice does not.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        self.notice.kind.opens_tender().then(|| Draft::of(&self.notice))
    }
}
