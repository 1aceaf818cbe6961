//! Of what every room stands on.

use super::Words;

pub(super) const WORDS: Words = &[
    ("state-forbids", "dit kan niet in de stand waarin de procedure nu is"),
    ("hand-over-open", "het platform dat deze inschrijvingen bewaarde, draagt ze nog over"),
    ("prices-not-opened", "de prijsenveloppen zijn nog niet geopend"),
    (
        "doubles-exist",
        "gemeenten verantwoorden al hetzelfde; hun coördinatoren draaien er eerst telkens één terug",
    ),
    ("published-already", "wat is gepubliceerd, kan alleen worden gerectificeerd of ingetrokken"),
    ("amount-negative", "een bedrag is niet negatief"),
    (
        "made-already",
        "iemand maakte op hetzelfde moment hetzelfde; kijk wat er is, en vraag het zo nodig opnieuw",
    ),
    ("broken-reference", "iets waarnaar dit verwijst bestaat niet, of iets anders verwijst hiernaar"),
    ("idempotency-key-in-use", "een verzoek met deze Idempotency-Key loopt nog"),
    ("municipality-exists", "de gemeente is al geregistreerd"),
    ("organisation-exists", "de organisatie is al geregistreerd"),
    ("certificate-exists", "een certificaat met dit nummer en deze eerste dag is al geregistreerd"),
    ("version-exists", "er is al een versie met deze naam"),
    ("granted-already", "de gemeente mag al meelezen"),
    ("tender-reference-exists", "een andere aanbesteding van de gemeente heeft dit kenmerk"),
    ("lot-number-exists", "een ander perceel van de aanbesteding heeft dit nummer"),
    ("bid-exists", "deze inschrijver heeft al op dit perceel ingeschreven"),
    ("assessment-exists", "dit criterium van deze inschrijving is al gescoord"),
    (
        "evaluated-meanwhile",
        "op hetzelfde moment is een andere beoordeling van dit perceel gemaakt; probeer het opnieuw",
    ),
    ("changed-meanwhile", "het is op hetzelfde moment gewijzigd; probeer het opnieuw"),
    ("notice-imported", "de aankondiging is op hetzelfde moment ingelezen; probeer het opnieuw"),
    ("award-proposed", "voor dit perceel is al een gunning voorgenomen"),
    ("region-exists", "de regio is al geregistreerd"),
    ("in-another-region", "een gemeente doet in hoogstens één regio mee"),
    ("policy-version-exists", "deze versie van dit beleid is al ingevoerd; zij verandert nooit"),
    ("contract-reference-exists", "een andere opdracht van de gemeente heeft dit kenmerk"),
    ("contract-exists", "hiervoor is al een opdracht"),
    ("entry-reference-exists", "een andere invulling van de opdracht heeft dit kenmerk"),
    ("kvk-unknown", "het Handelsregister heeft geen organisatie met dit nummer"),
    ("kvk-ended", "deze organisatie is uit het Handelsregister geschreven"),
    ("name-differs", "het Handelsregister heeft dit nummer onder een andere naam"),
    ("oin-malformed", "een OIN heeft twintig cijfers"),
];
