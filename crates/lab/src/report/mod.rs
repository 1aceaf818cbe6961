//! From what was counted to a result on the wire.

mod figures;
mod frontier;
mod guide;
mod model;

use crate::study::Study;
use crate::tally::Tally;
use trede_rules::award::ENGINE_VERSION;
use trede_rules::explaining::Language;
use trede_wire::lab_result::LabResult;

/// What a study found.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    study: &'a Study,
    tallies: Vec<Tally>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(study: &'a Study, tallies: Vec<Tally>) -> Self {
        Report { study, tallies }
    }

    /// What was counted, one tally for each model.
    #[must_use]
    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
    }

    /// The result on the wire, with its texts in a language.
    #[must_use]
    pub fn result(&self, language: Language) -> LabResult {
        let study = self.study;
        let each = study.models.iter().zip(&self.tallies);
        LabResult {
            engine_version: ENGINE_VERSION.to_owned(),
            fingerprint: study.fingerprint.clone(),
            title: study.title.clone(),
            assumptions: study.assumptions.clone(),
            seed: study.seed,
            tenders: study.tenders,
            models: each.map(|(trial, tally)| model::result(study, trial, tally, language)).collect(),
            frontier: frontier::points(study, &self.tallies),
            notes: notes(language),
        }
    }
}

fn notes(language: Language) -> Vec<String> {
    let notes = match language {
        Language::Dutch => [
            "De uitkomsten volgen uit de uitgangspunten, niet uit een echte markt: andere uitgangspunten geven andere uitkomsten.",
            "Achter ± staat de steekproeffout: met een ander toevalsgetal ligt de uitkomst er in 19 van de 20 keer binnen. Percentages van inschrijvingen zijn iets minder zeker, omdat inschrijvingen op één aanbesteding samenhangen.",
            "‘Beslist in feite’ is het aandeel in de variantie van de verschillen tussen totalen, over alle paren van inschrijvingen; de aandelen tellen op tot 100. Een negatief aandeel werkt de uitslag tegen.",
            "Het effect van de trede vergelijkt de winnaar met wie bij dezelfde inschrijvingen had gewonnen als de trede niet meetelde. Of bedrijven dan anders zouden inschrijven, weet het laboratorium niet.",
            "Waar de totalen gelijk zijn, is geloot met hetzelfde toevalsgetal.",
        ],
        Language::English => [
            "The outcomes follow from the assumptions, not from a real market: other assumptions give other outcomes.",
            "Behind ± stands the sampling error: with another seed the outcome lies within it 19 times out of 20. Percentages of bids are a little less certain, because bids on one tender go together.",
            "‘Decides in fact’ is the share of the variance of the differences between totals, over all pairs of bids; the shares add up to 100. A share below zero works against the outcome.",
            "The effect of the level compares the winner with who would have won on the same bids had the level not counted. Whether companies would then bid otherwise, the laboratory does not know.",
            "Where totals are equal, lots were drawn with the same seed.",
        ],
    };
    notes.map(str::to_owned).into()
}
