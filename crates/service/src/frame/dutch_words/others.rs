//! Of lists and acts in bulk, events and open data, and the trail.

use super::Words;

pub(super) const WORDS: Words = &[
    ("too-many-contracts", "er lopen meer opdrachten dan tegelijk zijn te tellen; vraag de eigen (own=true)"),
    ("workbook-full", "dit past niet in een werkmap"),
    ("one-at-a-time", "wat is goedgekeurd, wordt een voor een teruggedraaid"),
    ("wrong-number", "dit zijn er te weinig of te veel"),
    ("given-twice", "elke id staat er één keer"),
    ("not-for-this-role", "het abonnement vertelt van gebeurtenissen waarvan geen van uw rollen mag horen"),
    ("hours-out-of-range", "dit aantal uren ligt buiten de grenzen"),
    ("url-refused", "naar deze URL wordt niet gestuurd"),
    ("state-not-chosen", "alleen de abonnee zelf zegt dat hij weg is"),
    ("record-of-another", "dit dossier is van een andere gemeente"),
    ("number-of-bids", "dit aantal inschrijvingen is niet tegelijk te proberen"),
    (
        "prefix-needed",
        "id's van open data beginnen met het voorvoegsel dat de Open Contracting Partnership uitgeeft",
    ),
    ("no-url", "een URL begint met https://"),
    ("unknown-event", "een gebeurtenis die deze abonnee is of zou worden verteld"),
    ("object-unknown", "een pad naar wat de gemeente zelf bewaart, zoals tenders/{id}/lots/{id}"),
    ("date-ahead", "een dag die niet in de toekomst ligt"),
    ("until-past", "een moment dat nog komt, of geen"),
    ("sign-lacking", "tekens die in een document niet kunnen worden geschreven; gebruik andere"),
];
