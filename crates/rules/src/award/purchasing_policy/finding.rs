//! What can be wrong in a purchasing policy.

use crate::explaining::Language;
use crate::explaining::finding::{Severity, findings};

findings! {
    DuplicateCode, "duplicate-code", Error,
        en "the code `{0}` stands twice" => "give each rule a code of its own",
        nl "de code `{0}` komt twee keer voor" => "geef elke regel een eigen code";
    NoCode, "no-code", Error,
        en "`{0}` is no code" => "use 1 to 64 letters, digits, dots, underscores, colons and hyphens, starting with a letter or digit",
        nl "`{0}` is geen code" => "gebruik 1 tot 64 letters, cijfers, punten, liggende streepjes, dubbele punten en koppeltekens, beginnend met een letter of cijfer";
    TextMissing, "text-missing", Error,
        en "a rule says nothing" => "give the text of the policy, which a buyer is told",
        nl "een regel heeft geen tekst" => "geef de tekst van het beleid, die een inkoper te lezen krijgt";
    TextTooLong, "text-too-long", Error,
        en "a text has more than {0} characters" => "give at most {0} characters",
        nl "een tekst heeft meer dan {0} tekens" => "geef hoogstens {0} tekens";
    ScopeEmpty, "scope-empty", Error,
        en "no tender falls under these bounds" => "give bounds of at least zero in the right order; `belowValue` itself is outside",
        nl "geen aanbesteding valt binnen deze grenzen" => "geef grenzen vanaf nul in de juiste volgorde; `belowValue` zelf valt erbuiten";
    NoCpvPrefix, "no-cpv-prefix", Error,
        en "`{0}` is not the beginning of a CPV code" => "give 2 to 8 digits, such as 45 for works",
        nl "`{0}` is niet het begin van een CPV-code" => "geef 2 tot 8 cijfers, zoals 45 voor werken";
    NothingSelected, "nothing-selected", Error,
        en "the rule is about nothing" => "name at least one kind, identifier or method",
        nl "de regel gaat nergens over" => "noem minstens één soort, aanduiding of methode";
    NotAPercentage, "not-a-percentage", Error,
        en "{0} is no percentage from 0 to 100" => "give a number from 0 to 100",
        nl "{0} is geen percentage van 0 tot 100" => "geef een getal van 0 tot 100";
    UnknownMethod, "unknown-method", Error,
        en "`{0}` is no award method" => "use one of: {1}",
        nl "`{0}` is geen gunningsmethode" => "gebruik een van: {1}";
    TooManyRules, "too-many-rules", Error,
        en "there are {0} rules, more than {1}" => "give at most {1} rules",
        nl "er zijn {0} regels, meer dan {1}" => "geef hoogstens {1} regels";
}
