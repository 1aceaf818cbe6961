//! The titles of problems in Dutch: what kind of problem it is, for people.

/// The Dutch title; none for one that has no Dutch words.
pub(super) fn title(english: &str) -> Option<&'static str> {
    TITLES.iter().find(|(own, _)| *own == english).map(|(_, dutch)| *dutch)
}

const TITLES: [(&str, &str); 24] = [
    ("Another municipality", "Een andere gemeente"),
    ("Another system does not answer", "Een ander systeem antwoordt niet"),
    ("Bad request", "Onleesbaar verzoek"),
    ("Carried out already", "Al uitgevoerd"),
    ("Changed in the meantime", "Intussen gewijzigd"),
    ("If-Match needed", "If-Match nodig"),
    ("Internal error", "Er ging iets mis"),
    ("Key used before", "Sleutel al gebruikt"),
    ("Method not allowed", "Deze methode kan hier niet"),
    ("No longer kept", "Niet meer bewaard"),
    ("Not acceptable", "Niet in deze vorm"),
    ("Not allowed", "Niet toegestaan"),
    ("Not authenticated", "Niet ingelogd"),
    ("Not available", "Niet beschikbaar"),
    ("Not found", "Niet gevonden"),
    ("Refused by a rule of the procedure", "Geweigerd door een regel van de procedure"),
    ("Still running", "Nog bezig"),
    ("The issuer does not answer", "De uitgever van tokens antwoordt niet"),
    ("The query is not valid", "De zoekvraag klopt niet"),
    ("The request is not valid", "Het verzoek klopt niet"),
    ("Too busy", "Te druk"),
    ("Too large", "Te groot"),
    ("Too many requests", "Te veel verzoeken"),
    ("Unsupported media type", "Dit bestandstype kan hier niet"),
];
