//! Of policies and value maps.

use super::Words;

pub(super) const WORDS: Words = &[
    ("policy-in-use", "een opdracht houdt deze versie aan of deed dat, en haar geschiedenis blijft"),
    ("unknown-evidence", "deze soort bewijs bestaat niet"),
    ("agreed-already", "iemand heeft hier al mee ingestemd"),
    ("no-region", "de gemeente doet in geen regio mee"),
];
