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
    ("text-needed", "Vul dit in.", "Fill this in."),
    ("field-missing", "Vul dit in.", "Fill this in."),
    ("reason-needed", "Geef een reden.", "Give a reason."),
    ("value-needed", "Vul een waarde in.", "Fill in a value."),
    ("text-too-long", "Deze tekst is te lang.", "This text is too long."),
    ("out-of-range", "Dit getal ligt buiten de grenzen ({detail}).", "This number is out of bounds ({detail})."),
    ("number-negative", "Dit getal mag niet negatief zijn.", "This number may not be negative."),
    ("percent-out-of-range", "Een percentage ligt tussen 0 en 100.", "A percentage lies between 0 and 100."),
    ("list-empty", "Hier hoort minstens één regel.", "There must be at least one row here."),
    ("too-few", "Dit zijn er te weinig.", "These are too few."),
    ("too-many", "Dit zijn er te veel.", "These are too many."),
    ("listed-twice", "Dit staat er twee keer.", "This is listed twice."),
    ("weights-needed", "Elk criterium heeft een gewicht nodig.", "Each criterion needs a weight."),
    ("standstill-needed", "Zeg hoeveel dagen de opschortende termijn heeft.", "Say how many days the standstill has."),
    ("standstill-too-short", "Boven de Europese drempel is de termijn minstens 20 dagen.", "Above the European threshold the standstill has at least 20 days."),
    ("not-later", "Dit moment moet later zijn.", "This moment must be later."),
    ("not-earlier", "Dit moment moet eerder zijn.", "This moment must be earlier."),
    ("until-past", "Dit moment is al voorbij.", "This moment has passed already."),
    ("term-reversed", "Het einde ligt voor het begin.", "The end lies before the beginning."),
    ("period-reversed", "Het einde ligt voor het begin.", "The end lies before the beginning."),
];
