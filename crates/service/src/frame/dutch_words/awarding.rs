//! Of evaluations, drawings, awards and orders.

use super::Words;

pub(super) const WORDS: Words = &[
    ("letter-failed", "een sjabloon van de brieven geeft geen tekst; herstel het sjabloon"),
    ("one-winner", "het gunningsmodel laat één inschrijving winnen en heeft geen reservelijst (`winners`)"),
    ("objection-resolved", "het bezwaar is al afgehandeld"),
    ("no-tie-open", "geen gelijke inschrijvingen wachten op een loting"),
    ("lots-drawn", "tussen deze inschrijvingen is al geloot, en die volgorde blijft"),
    (
        "value-not-announced",
        "voor de beoordeling is geen openbare waarde genoemd (`drawing-announcements`), zodat iemand er nu een zou \
         kunnen kiezen; laat hier loten (`\"source\": \"generator\"`)",
    ),
    ("value-announced", "er is al een waarde genoemd, en die blijft"),
    ("evaluation-corrected", "een latere beoordeling van het perceel verbetert deze"),
    (
        "evaluation-outdated",
        "inschrijvingen of scores zijn veranderd sinds deze beoordeling; beoordeel het perceel opnieuw",
    ),
    ("tie-open", "gelijke inschrijvingen wachten op een loting"),
    ("bid-not-first", "een andere inschrijving, of geen, is in deze beoordeling de eerste"),
    ("facts-changed", "inschrijvingen of scores veranderden tijdens de beoordeling; probeer het opnieuw"),
    (
        "bid-holds-no-place",
        "deze inschrijving wint niet en staat niet op de reservelijst, of is al afgevallen",
    ),
    ("standstill-needed", "zeg hoeveel dagen de opschortende termijn heeft"),
    ("standstill-too-short", "boven de Europese drempel is de opschortende termijn minstens 20 dagen"),
    ("standstill-too-long", "zo lang is een opschortende termijn niet"),
    ("standstill-not-later", "de opschortende termijn kan alleen later eindigen dan nu"),
    ("day-ahead", "een dag die al is geweest"),
    ("template-error", "het sjabloon is niet te gebruiken"),
    (
        "too-much-work",
        "deze modellen en inschrijvers zijn te veel voor één verzoek; met `trede lab` kan meer",
    ),
    ("value-needed", "geef de openbare waarde"),
    ("value-not-asked", "de waarde wordt hier getrokken; laat haar weg"),
    ("value-not-known-yet", "de genoemde waarde is pas later bekend"),
    ("another-value", "er is een andere waarde genoemd"),
    ("evaluation-unknown", "het perceel heeft deze beoordeling niet"),
    ("reason-needed", "het perceel is eerder beoordeeld; zeg wat deze beoordeling verbetert"),
    (
        "disqualified-by-record",
        "het dossier zegt of deze inschrijving meedoet; sluit haar daar uit, of herroep dat",
    ),
    ("bid-not-excluded", "de laatste beoordeling van het perceel sluit deze inschrijving niet uit"),
];
