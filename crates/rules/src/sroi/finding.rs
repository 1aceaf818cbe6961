//! What can be wrong or noteworthy in a value map.

use crate::explaining::Language;
use crate::explaining::finding::{Severity, findings};

findings! {
    TextMissing, "text-missing", Error,
        en "`{0}` is empty" => "write it down: a ratio without it cannot be checked",
        nl "`{0}` is leeg" => "schrijf het op: zonder dit is een ratio niet na te gaan";
    DuplicateId, "duplicate-id", Error,
        en "`{0}` stands twice" => "give each input and each outcome an identifier of its own",
        nl "`{0}` staat er twee keer" => "geef elke investering en elk effect een eigen identificatie";
    NotAPercentage, "not-a-percentage", Error,
        en "{0} is no percentage from 0 to 100 of at most 4 decimals" => "give a number from 0 to 100 with at most 4 decimals",
        nl "{0} is geen percentage van 0 tot 100 met hoogstens 4 decimalen" => "geef een getal van 0 tot 100 met hoogstens 4 decimalen";
    NoRate, "no-discount-rate", Error,
        en "{0} is no discount rate above -100 and at most 100 percent, of at most 4 decimals" => "give the published rate, which may be below zero",
        nl "{0} is geen discontovoet boven -100 en hoogstens 100 procent, met hoogstens 4 decimalen" => "geef de gepubliceerde discontovoet, die onder nul mag liggen";
    NegativeAmount, "negative-amount", Error,
        en "{0} is below zero" => "give at least zero; a negative outcome has a negative proxy",
        nl "{0} is lager dan nul" => "geef minstens nul; een negatief effect heeft een negatieve proxy";
    QuantityMissing, "quantity-missing", Error,
        en "the outcome `{0}` has no quantity" => "give `quantity`, or keep the map in the service with `quantityFrom`, which counts it",
        nl "het effect `{0}` heeft geen hoeveelheid" => "geef `quantity`, of bewaar de kaart in de dienst met `quantityFrom`, die telt";
    NumberOfYears, "years-out-of-range", Error,
        en "{0} years is outside {1} to {2}" => "give a whole number of years from {1} to {2}",
        nl "{0} jaar valt buiten {1} tot {2}" => "geef een heel aantal jaren van {1} tot {2}";
    DropOffMissing, "drop-off-missing", Error,
        en "an outcome of {0} years needs a drop-off; a zero is typed and explained" => "give `dropOff` with its explanation",
        nl "een effect van {0} jaar heeft een afname nodig; een nul wordt getypt en toegelicht" => "geef `dropOff` met de toelichting";
    DropOffUnused, "drop-off-unused", Error,
        en "an outcome of one year has no drop-off" => "leave `dropOff` out",
        nl "een effect van één jaar kent geen afname" => "laat `dropOff` weg";
    TooManyOutcomes, "too-many-outcomes", Error,
        en "there are {0} outcomes, more than {1}" => "give from 1 to {1} outcomes",
        nl "er zijn {0} effecten, meer dan {1}" => "geef 1 tot {1} effecten";
    NoOutcomes, "no-outcomes", Error,
        en "there is no outcome" => "give at least one outcome",
        nl "er is geen effect" => "geef minstens één effect";
    BlockValueAsProxy, "block-value-as-proxy", Error,
        en "the source `{0}` is a table of building blocks: effort values, no financial proxies" => "use a published financial proxy",
        nl "de bron `{0}` is een bouwblokkentabel: inspanningswaarden, geen financiële proxy's" => "gebruik een gepubliceerde financiële proxy";
    CoveredTwice, "covered-twice", Warning,
        en "the proxies of `{0}` and `{1}` both cover `{2}` for `{3}`" => "check that the same euros are not counted twice; a move on the participation ladder already contains benefit",
        nl "de proxy's van `{0}` en `{1}` bevatten allebei `{2}` voor `{3}`" => "ga na dat dezelfde euro's niet twee keer tellen; een stap op de participatieladder bevat de uitkering al";
    PriceYearDiffers, "price-year-differs", Warning,
        en "the proxy of `{0}` has prices of {1}, the study of {2}" => "index the proxy to the price year of the study",
        nl "de proxy van `{0}` heeft prijspeil {1}, de studie {2}" => "indexeer de proxy naar het prijspeil van de studie";
    UnusualShare, "unusual-share", Warning,
        en "{0} of `{1}` is {2} %; of 383 published reports four in five lie from {3} to {4} %" => "check the explanation; the range is no default",
        nl "{0} van `{1}` is {2} %; van 383 gepubliceerde rapporten ligt vier vijfde tussen {3} en {4} %" => "ga de toelichting na; de bandbreedte is geen standaardwaarde";
    UnusualRatio, "unusual-ratio", Warning,
        en "the ratio is {0}; of 383 published reports four in five lie from {1} to {2}" => "check the assumptions; a ratio below 1 is a legitimate result",
        nl "de ratio is {0}; van 383 gepubliceerde rapporten ligt vier vijfde tussen {1} en {2}" => "ga de aannames na; een ratio onder 1 is een geldige uitkomst";
    NoInputs, "no-inputs", Warning,
        en "the inputs are zero, so there is no ratio" => "give what was invested, if anything was",
        nl "de investering is nul, dus er is geen ratio" => "geef wat er geïnvesteerd is, als dat zo is";
}
