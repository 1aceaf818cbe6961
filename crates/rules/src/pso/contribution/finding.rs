//! What is wrong, missing, or worth knowing in the data of a contribution.

use crate::explaining::Language;
use crate::explaining::finding::{Severity, findings};

findings! {
    // The organisation.
    SizeBelowNorms, "size-below-norms", Error,
        en "an organisation of {0} fte is smaller than the {1} fte from which there are norms" => "a contribution can be measured after a year with at least {1} fte at work",
        nl "een organisatie van {0} fte is kleiner dan de {1} fte vanaf waar er normen zijn" => "meten kan na een jaar met minstens {1} fte aan het werk";
    OutOfRange, "out-of-range", Error,
        en "the number is outside {0} to {1}" => "give a number from {0} to {1}",
        nl "het getal ligt buiten {0} tot {1}" => "geef een getal van {0} tot {1}";
    TooManyDecimals, "too-many-decimals", Error,
        en "the number has more than {0} decimals" => "give at most {0} decimals",
        nl "het getal heeft meer dan {0} decimalen" => "geef hoogstens {0} decimalen";
    InvalidAmount, "invalid-amount", Error,
        en "{0}" => "give an amount in euros with at most 2 decimals",
        nl "dit is geen bedrag in euro's: {0}" => "geef een bedrag in euro's met hoogstens 2 decimalen";
    InvalidMonth, "invalid-month", Error,
        en "this is no month" => "write year and month as 2025-01; a day is not asked and not kept",
        nl "dit is geen maand" => "schrijf jaar en maand als 2025-01; een dag wordt niet gevraagd en niet bewaard";
    InvalidId, "invalid-id", Error,
        en "this is no identifier" => "use 1 to 64 letters, digits, dots, underscores, colons and hyphens, starting with a letter or digit",
        nl "dit is geen aanduiding" => "gebruik 1 tot 64 letters, cijfers, punten, liggende streepjes, dubbele punten en koppeltekens, beginnend met een letter of cijfer";
    DuplicateId, "duplicate-id", Error,
        en "`{0}` stands twice" => "give each its own identifier; one order counts once",
        nl "`{0}` komt twee keer voor" => "geef elk een eigen aanduiding; één opdracht telt één keer";
    TooMany, "too-many", Error,
        en "there are {0}, more than the {1} that are measured at once" => "give at most {1}",
        nl "het zijn er {0}, meer dan de {1} die in één keer worden gemeten" => "geef er hoogstens {1}";
    InvalidKvk, "invalid-kvk-number", Error,
        en "this is no KvK number" => "give 8 digits",
        nl "dit is geen KvK-nummer" => "geef 8 cijfers";
    // Norms and weights.
    UnknownNorms, "unknown-norms", Error,
        en "`{0}` is no version of the norms that comes with Trede" => "use `{1}`, or give the table itself",
        nl "`{0}` is geen versie van de normen die Trede kent" => "gebruik `{1}`, of geef de tabel zelf";
    NormsSourceMissing, "norms-source-missing", Error,
        en "a table of norms of one's own does not say where it comes from" => "give `source`",
        nl "een eigen normentabel zegt niet waar die vandaan komt" => "geef `source`";
    UnknownLadder, "unknown-ladder", Error,
        en "`{0}` is no ladder version that comes with Trede" => "use `pso-2023` or `pso-before-2023`, or give the ladder itself",
        nl "`{0}` is geen ladderversie die Trede kent" => "gebruik `pso-2023` of `pso-before-2023`, of geef de ladder zelf";
    InvalidLadder, "invalid-ladder", Error,
        en "{0}" => "give levels with different codes, lowest first",
        nl "de ladder klopt niet: {0}" => "geef treden met verschillende codes, de laagste eerst";
    InvalidNorms, "invalid-norms", Error,
        en "{0}" => "give rows with rising sizes; within a row the norms rise with the level, and from row to row they fall or stay",
        nl "de normen kloppen niet: {0}" => "geef rijen met oplopende grootte; binnen een rij stijgen de normen met de trede, en van rij op rij dalen ze of blijven ze gelijk";
    UnknownWeights, "unknown-weights", Error,
        en "`{0}` is no version of the weights that comes with Trede" => "use one of: {1}",
        nl "`{0}` is geen versie van de wegingen die Trede kent" => "gebruik een van: {1}";
    WeightsSourceMissing, "weights-source-missing", Error,
        en "a table of weights of one's own does not say where it comes from" => "give `source`, or leave `basedOn` out",
        nl "een eigen tabel met wegingen zegt niet waar die vandaan komt" => "geef `source`, of laat `basedOn` weg";
    InvalidWeights, "invalid-weights", Error,
        en "{0}" => "give each code once, with a weight from 0 to 1",
        nl "de wegingen kloppen niet: {0}" => "geef elke code één keer, met een weging van 0 tot 1";
    TwoPeriods, "two-counting-periods", Error,
        en "a position has both `countsForMonths` and `countsWhileItLasts`" => "give one of the two",
        nl "een positie heeft zowel `countsForMonths` als `countsWhileItLasts`" => "geef een van de twee";
    HeadsMissing, "heads-missing", Error,
        en "PSO 30+ is measured in heads, but the number of people in the organisation is not given" => "give `totalHeads`, at least 1",
        nl "PSO 30+ wordt in personen gemeten, maar het aantal personen in de organisatie ontbreekt" => "geef `totalHeads`, minstens 1";
    HeadsUnused, "heads-unused", Error,
        en "PSO 30+ is measured in fte, which does not use `totalHeads`" => "leave `totalHeads` out, or measure `heads`",
        nl "PSO 30+ wordt in fte gemeten, en gebruikt `totalHeads` niet" => "laat `totalHeads` weg, of meet `heads`";
    // Workers.
    UnknownPosition, "unknown-position", Error,
        en "`{0}` is no position of the weights {1}" => "use one of: {2}; or give the position in `weights.positions`",
        nl "`{0}` is geen positie van de wegingen {1}" => "gebruik een van: {2}; of geef de positie in `weights.positions`";
    UnknownContract, "unknown-contract", Error,
        en "`{0}` is no contract type of the weights {1}" => "use one of: {2}; or give it in `weights.contracts`",
        nl "`{0}` is geen contractvorm van de wegingen {1}" => "gebruik een van: {2}; of geef die in `weights.contracts`";
    ReferenceYearMissing, "reference-year-missing", Error,
        en "a worker has `countsFrom` or `countsUntil`, but the reference year is not given" => "give `referenceYearFrom`, the first month of the twelve that are measured",
        nl "een werknemer heeft `countsFrom` of `countsUntil`, maar het peiljaar ontbreekt" => "geef `referenceYearFrom`, de eerste maand van de twaalf die worden gemeten";
    PeriodReversed, "period-reversed", Error,
        en "`countsUntil` lies before `countsFrom`" => "give the last month after the first",
        nl "`countsUntil` ligt voor `countsFrom`" => "geef de laatste maand na de eerste";
    MoreThanTotal, "more-than-total", Error,
        en "the workers of the target group are {0} {2} together, more than the {1} of the whole organisation" => "the total holds everybody, the target group included",
        nl "de werknemers uit de doelgroep zijn samen {0} {3}, meer dan de {1} van de hele organisatie" => "het totaal omvat iedereen, ook de doelgroep";
    // Purchases.
    UnknownSupplier, "unknown-supplier", Error,
        en "there is no supplier `{0}`" => "add it to `suppliers`",
        nl "er is geen leverancier `{0}`" => "zet die in `suppliers`";
    UnknownOrder, "unknown-order", Error,
        en "there is no purchase with order `{0}`" => "use an order that stands in `purchases`",
        nl "er is geen inkoop met opdracht `{0}`" => "gebruik een opdracht uit `purchases`";
    OwnSupplier, "own-supplier", Error,
        en "an organisation is no supplier of itself" => "leave it out: what stays inside one organisation is no purchase",
        nl "een organisatie is geen leverancier van zichzelf" => "laat dit weg: wat binnen één organisatie blijft is geen inkoop";
    ValueAboveTurnover, "value-above-turnover", Error,
        en "the purchases from `{0}` are together more than its turnover" => "give value and turnover over the same year",
        nl "de inkopen bij `{0}` zijn samen meer dan de omzet" => "geef waarde en omzet over hetzelfde jaar";
    // What is missing.
    PositionWeightMissing, "position-weight-missing", Warning,
        en "the weight of position `{0}` is not published under {1}; workers left out: {2}" => "give it in `weights.positions`",
        nl "de weging van positie `{0}` is niet gepubliceerd bij {1}; werknemers die niet meetellen: {2}" => "geef die in `weights.positions`";
    ContractWeightMissing, "contract-weight-missing", Warning,
        en "the weight of contract type `{0}` is not given; workers left out: {1}" => "give it in `weights.contracts`",
        nl "de weging van contractvorm `{0}` is niet gegeven; werknemers die niet meetellen: {1}" => "geef die in `weights.contracts`";
    PeriodUnpublished, "counting-period-unpublished", Warning,
        en "how long position `{0}` counts is not published; workers counted for the months given: {1}" => "give `countsUntil` of the worker, or `countsForMonths` of the position in `weights.positions`",
        nl "hoe lang positie `{0}` telt is niet gepubliceerd; werknemers die voor de opgegeven maanden meetellen: {1}" => "geef `countsUntil` van de werknemer, of `countsForMonths` van de positie in `weights.positions`";
    PeriodUnchecked, "counting-period-unchecked", Warning,
        en "position `{0}` counts for {1} months, but `countsFrom` is not given; workers counted for the months given: {2}" => "give `countsFrom` and `referenceYearFrom`",
        nl "positie `{0}` telt {1} maanden, maar `countsFrom` ontbreekt; werknemers die voor de opgegeven maanden meetellen: {2}" => "geef `countsFrom` en `referenceYearFrom`";
    SupplierDataMissing, "supplier-data-missing", Warning,
        en "of supplier `{0}` the {1} is not given: purchases from it were left out" => "ask the supplier; its level does not tell it",
        nl "van leverancier `{0}` ontbreekt {2}: inkoop daar telde niet mee" => "vraag het de leverancier; de trede zegt het niet";
    ThirtyPlusUnpublished, "thirty-plus-unpublished", Warning,
        en "whether position `{0}` counts for PSO 30+ is not published; workers left out of it: {1}" => "give `countsForThirtyPlus` in `weights.positions`",
        nl "of positie `{0}` voor PSO 30+ telt is niet gepubliceerd; werknemers die daar niet meetellen: {1}" => "geef `countsForThirtyPlus` in `weights.positions`";
    // What a reader must know.
    NobodyAtWork, "nobody-at-work", Warning,
        en "nobody of the target group is at work: without that there is no level, and purchases count for nothing" => "at least one person of the target group must really be at work",
        nl "er werkt niemand uit de doelgroep: dan is er geen trede, en telt inkoop niet" => "minstens één persoon uit de doelgroep moet daadwerkelijk werken";
    IndirectCutOff, "indirect-cut-off", Warning,
        en "{0} percent points of the indirect contribution do not count: at most 80 percent of the total may be indirect" => "more work for the target group in the organisation itself makes them count",
        nl "{0} procentpunt van de indirecte bijdrage telt niet: hoogstens 80 procent van het totaal mag indirect zijn" => "meer werk voor de doelgroep in de eigen organisatie laat ze meetellen";
    PeriodBounds, "counting-period-bounds", Warning,
        en "workers that count for fewer months than given, because their counting period begins or ends: {0}" => "see the months in the list of workers",
        nl "werknemers die minder maanden tellen dan opgegeven, omdat hun meetelduur begint of eindigt: {0}" => "zie de maanden in de lijst van werknemers";
    AboveFullTime, "above-full-time", Warning,
        en "workers with more hours a week than the full-time norm: {0}" => "check the hours and the norm of the collective agreement",
        nl "werknemers met meer uren per week dan de voltijdnorm: {0}" => "controleer de uren en de norm van de cao";
    OrderAlreadyDirect, "order-already-direct", Warning,
        en "order `{0}` stands at workers and among the purchases; it counts once, as direct" => "nothing is needed; take the order away at the workers to count it as a purchase",
        nl "opdracht `{0}` staat bij werknemers en bij de inkopen; die telt één keer, als direct" => "er is niets nodig; haal de opdracht weg bij de werknemers om die als inkoop te tellen";
    NoQualifyingSupplier, "supplier-does-not-qualify", Warning,
        en "purchases from `{0}` do not count: it is neither PSO-certified nor a social workplace" => "nothing is needed",
        nl "inkopen bij `{0}` tellen niet: die is niet PSO-gecertificeerd en geen sociaal werkbedrijf" => "er is niets nodig";
    InterpolatedNorms, "interpolated-norms", Warning,
        en "the norms for {0} fte are not published; they were interpolated between the published rows" => "ask PSO-Nederland for the full table and give it in `norms`",
        nl "de normen voor {0} fte zijn niet gepubliceerd; ze zijn geïnterpoleerd tussen de gepubliceerde rijen" => "vraag PSO-Nederland om de volledige tabel en geef die in `norms`";
    LevelUnknown, "level-unknown", Warning,
        en "the contribution is below the first norm; of {0} no norm is published, so whether one of these holds is unknown" => "ask PSO-Nederland, or give a table with these norms in `norms`",
        nl "de bijdrage ligt onder de eerste norm; van {0} is geen norm gepubliceerd, dus of een daarvan geldt is onbekend" => "vraag het PSO-Nederland, of geef een tabel met deze normen in `norms`";
}

/// A finding about a contribution.
pub type Finding = crate::explaining::finding::Finding<FindingCode>;
