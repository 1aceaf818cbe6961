//! Of bids, their keys, their opening and their hand-over.

use super::Words;

pub(super) const WORDS: Words = &[
    ("bid-before-publication", "inschrijven kan pas na de publicatie"),
    ("bid-too-late", "de termijn voor inschrijven is voorbij"),
    (
        "bid-before-opening",
        "het platform draagt inschrijvingen pas over nadat het zijn opening heeft verklaard",
    ),
    ("lot-takes-no-bids", "op het perceel kan niet meer worden ingeschreven"),
    ("bids-not-opened", "de inschrijvingen zijn nog niet geopend"),
    ("publication-needed", "inschrijvingen en hun opening komen na de publicatie"),
    ("attestation-not-asked", "deze enveloppen worden hier bewaard; niemand anders opent of verklaart ze"),
    ("attestation-needed", "het platform verklaart wanneer het zijn kluis opende"),
    ("key-share-needed", "de sleutel van deze aanbesteding is gedeeld: de openers geven elk hun deel"),
    ("second-person-needed", "een tweede opener is nodig: dezelfde persoon opent niet twee keer"),
    ("key-share-not-asked", "de sleutel van deze aanbesteding is niet gedeeld, dus niemand heeft een deel"),
    ("hash-malformed", "een SHA-256 in 64 hexadecimale tekens"),
    (
        "public-key-malformed",
        "een publieke sleutel van X25519: 32 bytes in base64, zoals `trede opener keygen` geeft",
    ),
    ("no-sealing-key", "er zijn geen sleutels ingesteld om inschrijvingen te verzegelen"),
    ("wrong-key-share", "dit is niet het deel van de sleutel dat deze opener voor deze aanbesteding kreeg"),
    ("tender-without-key", "de aanbesteding is gepubliceerd voordat inschrijvingen hier werden verzegeld"),
    ("bid-altered", "een inschrijving is niet meer die welke werd verzegeld; draai `trede audit verify`"),
    (
        "opening-altered",
        "de opening is niet zoals de laatste handeling haar liet; draai `trede audit verify`",
    ),
    ("lot-altered", "het perceel is niet zoals de laatste handeling het liet; draai `trede audit verify`"),
    (
        "assessment-altered",
        "een score is niet zoals de laatste handeling haar liet; draai `trede audit verify`",
    ),
    (
        "not-the-keeper",
        "wie de inschrijvingen bewaart, opent ze en draagt ze over: hier de openers, of anders het platform",
    ),
    ("envelope-not-declared", "deze aanbesteding heeft deze enveloppe niet"),
    ("opening-in-the-future", "geef een moment van openen dat al is geweest"),
    ("opened-before-deadline", "inschrijvingen worden na de termijn geopend"),
    ("another-reference", "laat het kenmerk weg, of geef dat van het pad"),
    ("key-not-split", "de sleutel van deze aanbesteding is niet gedeeld: twee openers openen haar"),
    (
        "opener-key-altered",
        "de sleutel van een opener is niet die welke werd geregistreerd; draai `trede audit verify`",
    ),
    (
        "not-a-named-opener",
        "de sleutel van deze aanbesteding is verdeeld over andere openers, die voor de publicatie zijn genoemd",
    ),
    ("threshold-out-of-range", "minstens 2 openers openen, en niet meer dan er zijn genoemd"),
    ("openers-out-of-range", "elke opener staat er één keer, en er zijn er hoogstens 255"),
    ("opener-key-unknown", "geen opener heeft hier een sleutel met deze id geregistreerd"),
    ("opener-named-twice", "deze opener is al genoemd: één persoon geeft één deel"),
    ("opener-key-replaced", "deze opener heeft sindsdien een andere sleutel geregistreerd; noem die"),
    ("prices-opened", "de prijsenveloppen zijn al geopend"),
    ("receipt-not-asked", "de inschrijving wordt hier nu ontvangen"),
    ("receipt-needed", "het platform zegt wanneer het de inschrijving ontving, en haar hash"),
    ("unknown-lot", "de aanbesteding heeft geen perceel met dit nummer"),
    ("hand-over-complete", "de overdracht van deze inschrijvingen is al afgerond"),
    ("bid-differs", "onder dit ontvangstbewijs is een andere inschrijving overgedragen, en die blijft"),
];
