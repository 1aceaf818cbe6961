//! Of certificates, the register, own checks and suppliers.

use super::Words;

pub(super) const WORDS: Words = &[
    ("run-out-of-range", "`until` ligt niet voor `from`, en niet te ver erna"),
    ("moment-to-come", "`knownAt` ligt in de toekomst; wat dan bekend is, is nu niet bekend"),
    ("nothing-granted", "deze gemeente heeft geen toestemming"),
    (
        "another-organisation",
        "het bestand gaat over een andere organisatie dan het pad; laat het nummer weg of geef dit",
    ),
    ("check-to-come", "een toets is vandaag of eerder gedaan"),
    ("verified-already", "het certificaat is al nagegaan"),
    (
        "certificate-superseded",
        "een andere versie kwam in de plaats van deze; zij staat in de lijst van certificaten",
    ),
    ("term-too-long", "een certificaat geldt hoogstens twee jaar"),
    ("end-outside-term", "de eerste dag zonder certificaat ligt binnen zijn termijn; laat haar anders weg"),
    ("ladder-unknown", "deze ladder bestaat niet"),
    ("level-unknown", "deze trede bestaat niet"),
    ("thirty-plus-not-on-level", "PSO 30+ komt op deze ladder niet boven op deze trede"),
    ("register-not-configured", "er is geen register ingesteld (TREDE_REGISTER_URL); geef de lijst zelf"),
    ("no-list", "dit is geen lijst van certificaten"),
    ("percent-out-of-range", "een percentage van 0 tot en met 100"),
    ("date-needed", "een ladder die erbij komt, geldt vanaf een dag"),
    ("rows-needed", "een tabel heeft treden, en rijen met hun normen"),
    ("weights-needed", "een tabel heeft posities en soorten contracten"),
    ("cpv-malformed", "de eerste twee tot acht cijfers van een CPV-code"),
    ("count-out-of-range", "dit aantal ligt buiten de grenzen"),
    ("number-negative", "een aantal is niet negatief"),
];
