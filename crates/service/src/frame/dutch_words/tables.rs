//! Of rows of tables.

use super::Words;

pub(super) const WORDS: Words = &[
    ("text-needed", "hier is een tekst nodig"),
    ("text-too-long", "de tekst is te lang"),
    (
        "text-has-control-characters",
        "een tekst heeft geen besturingstekens, en een titel of kenmerk staat op één regel",
    ),
    ("text-has-unseen-characters", "de tekst bevat een onzichtbaar teken; laat het weg"),
    ("name-reserved", "een naam van een persoon, in één schrift"),
    ("name-of-two-scripts", "een naam van een persoon, in één schrift"),
    ("date-out-of-range", "een jaar van 1900 tot en met 2200"),
    ("term-reversed", "een opdracht eindigt niet voordat zij begint"),
    ("not-a-percentage", "een getal van 0 tot en met 100"),
    ("wages-above-sum", "de loonsom is een deel van de opdrachtsom"),
    ("too-many", "dit zijn er te veel"),
    ("candidate-needed", "een plaatsing of stage heeft de referentie of de sleutel van de kandidaat nodig"),
    ("fact-missing", "dit gegeven is nodig bij deze soort invulling"),
    ("field-unused", "dit gegeven hoort niet bij deze soort invulling"),
    ("not-an-effort", "wat een andere opdracht overhield, hevelt de coördinator over"),
    ("part-above-whole", "ten minste het deel dat wordt verantwoord"),
    (
        "bsn-refused",
        "dit doorstaat de proef voor een BSN, dat niet gegeven of bewaard mag worden; gebruik een eigen referentie",
    ),
    ("no-party", "een partij van de opdracht"),
    ("malformed-person-key", "een persoonssleutel heeft 64 hexadecimale tekens in kleine letters"),
    (
        "malformed-candidate-reference",
        "een referentie van een kandidaat heeft ten hoogste twee letters en zeven cijfers, zoals K-12: geen naam, adres of telefoonnummer",
    ),
    (
        "supplier-is-party",
        "niemand koopt van zichzelf: een leverancier die geen partij van de opdracht is en niet van haar concern",
    ),
    ("kind-does-not-fit", "de soort invulling past niet bij het bouwblok"),
    ("no-placement", "het bouwblok van de plaatsing die wordt opgevolgd"),
    ("one-day", "een opvolging gaat over één dag: geef twee keer dezelfde dag"),
    ("not-your-entry", "een opdrachtnemer schrijft en dient verantwoordingen van het eigen KvK-nummer in"),
];
