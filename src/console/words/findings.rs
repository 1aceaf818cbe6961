//! What the service finds wrong, by its code.

use super::Word;

/// The words.
#[rustfmt::skip]
pub(super) const WORDS: &[Word] = &[
    ("missing-text", "Vul dit in.", "Fill this in."),
    ("wrong-shape", "Dit veld is leeg of niet goed geschreven ({detail}).", "This field is empty or not written well ({detail})."),
    ("weights-do-not-sum", "De gewichten tellen niet op tot het geheel.", "The weights do not add up to the whole."),
    ("sub-weights-do-not-sum", "De gewichten van de subcriteria tellen niet op tot dat van de groep.", "The weights of the sub-criteria do not add up to that of the group."),
    ("holds-bsn", "Hier staat iets dat een BSN kan zijn. Haal het weg.", "Something here can be a BSN. Take it out."),
];
