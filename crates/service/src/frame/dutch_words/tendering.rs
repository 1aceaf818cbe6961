//! Of tenders and lots from draft to closing.

use super::Words;

pub(super) const WORDS: Words = &[
    ("tender-incomplete", "de aanbesteding is niet compleet en kan zo niet worden gepubliceerd"),
    ("publication-in-the-future", "een publicatie ligt in het verleden"),
    ("intake-over", "een opener heeft om de opening gevraagd: de termijn is voorbij, en dat is zij één keer"),
    ("too-few", "dit zijn er te weinig"),
    ("award-before-deadline", "er wordt niet gegund voordat de termijn voorbij is"),
    ("purchasing-policy", "de aanbesteding wijkt af van het inkoopbeleid"),
    ("unknown-rule", "het inkoopbeleid heeft geen regel met deze code"),
    ("tenderned-not-configured", "TenderNed is hier niet ingesteld; stuur de XML van de aankondiging zelf"),
    ("tenderned-refuses", "TenderNed weigert"),
    ("no-such-publication", "TenderNed heeft geen publicatie met dit nummer"),
    ("malformed-number", "dit is geen nummer van een publicatie"),
    ("number-from-one", "percelen zijn genummerd vanaf 1"),
    ("deadline-not-later", "een termijn wordt alleen verlengd, tot een later moment"),
    ("duties-apart", "de gemeente houdt deze taken gescheiden: iemand anders doet dit"),
    ("notice-differs", "een andere aankondiging met deze id en versie is al ingelezen"),
];
