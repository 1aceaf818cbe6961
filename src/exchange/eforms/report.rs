//! What comes of reading a notice.

use serde::Serialize;
use utoipa::ToSchema;

use super::draft::{Draft, number_lots};
use super::element::Leftover;
use super::not_taken::NotTaken;
use super::notice::Notice;
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
}

impl NoticeReport {
    pub(super) fn of(mut notice: Notice, leftovers: Vec<Leftover>) -> Self {
        number_lots(&mut notice.lots);
        let mut not_taken_over: Vec<NotTaken> = leftovers.into_iter().map(NotTaken::from).collect();
        let mut to_complete = Vec::new();
        if notice.kind.opens_tender() {
            not_taken_over.extend(Draft::of(&notice).not_taken);
            to_complete = open_points(&notice);
        }
        Self { notice, to_complete, not_taken_over }
    }

    /// The draft tender, when the notice opens one; a result notice does not.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        self.notice.kind.opens_tender().then(|| Draft::of(&self.notice))
    }
}
