//! What can be wrong or noteworthy in a policy, a contract or an entry.

use crate::explaining::Language;
use crate::explaining::finding::{Severity, findings};

findings! {
    // The policy.
    TextMissing, "text-missing", Error,
        en "a text or code is empty" => "write it down",
        nl "een tekst of code is leeg" => "schrijf die op";
    DuplicateCode, "duplicate-code", Error,
        en "`{0}` stands twice" => "give it once",
        nl "`{0}` staat er twee keer" => "geef het één keer";
    NotPositive, "not-positive", Error,
        en "the number is zero or less" => "give a number above zero",
        nl "het getal is nul of lager" => "geef een getal boven nul";
    NotAPercentage, "not-a-percentage", Error,
        en "{0} is no percentage from 0 to 100" => "give a number from 0 to 100",
        nl "{0} is geen percentage van 0 tot 100" => "geef een getal van 0 tot 100";
    AmountSteps, "amount-steps", Error,
        en "the amounts by duration do not start at 0 months or do not rise in months" => "give the first amount from 0 months, and each next from more",
        nl "de bedragen naar duur beginnen niet bij 0 maanden of lopen niet op in maanden" => "geef het eerste bedrag vanaf 0 maanden, en elk volgende vanaf meer";
    NoThreshold, "no-threshold", Error,
        en "there is no threshold, so nothing would ever be owed" => "give a threshold; 0 if every contract counts",
        nl "er is geen drempel, dus er zou nooit een opgave zijn" => "geef een drempel; 0 als elke opdracht telt";
    BoundsReversed, "bounds-reversed", Error,
        en "the highest offer lies below the lowest" => "give a maximum of at least the minimum",
        nl "het hoogste aanbod ligt onder het laagste" => "geef een maximum van minstens het minimum";
    SharesMissing, "invoice-shares-missing", Error,
        en "an invoice counts by register, but no register has a share" => "give `invoiceShares`",
        nl "een factuur telt naar register, maar geen register heeft een deel" => "geef `invoiceShares`";
    CountingUnused, "counting-unused", Error,
        en "only a block by year, month or learning year has a maximum counting" => "leave `counts` out, or say in `perYear` how many make a year",
        nl "alleen een bouwblok per jaar, maand of leerjaar heeft een maximale duur" => "laat `counts` weg, of zeg in `perYear` hoeveel er in een jaar gaan";
    FieldMissing, "field-missing", Error,
        en "`{0}` needs `{1}`" => "give `{1}`",
        nl "`{0}` heeft `{1}` nodig" => "geef `{1}`";
    FieldUnused, "field-unused", Error,
        en "`{1}` does not belong to `{0}`" => "leave `{1}` out",
        nl "`{1}` hoort niet bij `{0}`" => "laat `{1}` weg";
    TierRate, "tier-rate", Error,
        en "a tier has either a rate or a base of its own, and slices need a rate of the contract sum" => "give `percent` or `base`, and with `tiersInSlices` only `percent`",
        nl "een staffel heeft of een percentage of een eigen grondslag, en schijven vragen een percentage van de opdrachtsom" => "geef `percent` of `base`, en met `tiersInSlices` alleen `percent`";
    // A contract or an entry.
    PolicySilent, "policy-silent", Error,
        en "the policy does not say `{0}`" => "declare it in the policy; nothing is assumed",
        nl "het beleid zegt niets over `{0}`" => "leg het vast in het beleid; er wordt niets aangenomen";
    FactMissing, "fact-missing", Error,
        en "`{0}` is not known, and the policy needs it" => "give `{0}`",
        nl "`{0}` is niet bekend, en het beleid heeft het nodig" => "geef `{0}`";
    NegativeFact, "negative-number", Error,
        en "the number is below zero" => "give at least zero; an approved entry is corrected by reversal",
        nl "het getal is lager dan nul" => "geef minstens nul; een goedgekeurde verantwoording wordt teruggedraaid";
    PeriodReversed, "period-reversed", Error,
        en "the period ends before it starts, or lies out of all bounds" => "give a last day on or after the first",
        nl "de periode eindigt voordat zij begint, of ligt buiten elke grens" => "geef een laatste dag op of na de eerste";
    UnknownBlock, "unknown-block", Error,
        en "the policy has no building block `{0}`" => "use a code of the policy",
        nl "het beleid heeft geen bouwblok `{0}`" => "gebruik een code uit het beleid";
    UnknownBonus, "unknown-bonus", Error,
        en "the policy has no bonus `{0}`" => "use a code of the policy",
        nl "het beleid heeft geen opslag `{0}`" => "gebruik een code uit het beleid";
    UnknownRegister, "unknown-register", Error,
        en "the policy recognises no register or level `{0}`" => "use a register of `invoiceShares`",
        nl "het beleid erkent geen register of trede `{0}`" => "gebruik een register uit `invoiceShares`";
    UnknownLevel, "unknown-level", Error,
        en "the policy has no reduction for the PSO level `{0}`" => "declare the level; 0 percent if it takes nothing off",
        nl "het beleid heeft geen korting voor de PSO-trede `{0}`" => "leg de trede vast; 0 procent als die niets oplevert";
    OfferOutsideBounds, "offer-outside-bounds", Error,
        en "an offer of {0} percent lies outside {1} to {2} percent" => "record the offer that was awarded",
        nl "een aanbod van {0} procent ligt buiten {1} tot {2} procent" => "leg het gegunde aanbod vast";
    BonusDoesNotFit, "bonus-does-not-fit", Error,
        en "the bonus `{0}` follows the time of its block, but `{1}` is not measured in time" => "claim it on a block by year, month or learning year",
        nl "de opslag `{0}` volgt de tijd van het bouwblok, maar `{1}` wordt niet in tijd gemeten" => "voer die op bij een bouwblok per jaar, maand of leerjaar";
    ReasonMissing, "reason-missing", Error,
        en "a reason is needed" => "write the reason down",
        nl "een reden is nodig" => "schrijf de reden op";
    NotExcusable, "not-excusable", Error,
        en "the policy knows no excuse for a shortfall" => "settle it without one",
        nl "het beleid kent geen verontschuldiging voor een tekort" => "reken het af zonder";
    TooLarge, "too-large", Error,
        en "the amount is too large" => "check the numbers",
        nl "het bedrag is te groot" => "ga de getallen na";
    UnknownUnit, "unknown-unit", Error,
        en "the block `{0}` is not measured by `{1}`" => "use one of its units",
        nl "het bouwblok `{0}` wordt niet per `{1}` gemeten" => "gebruik een van zijn eenheden";
    UnknownGroup, "unknown-target-group", Error,
        en "the policy has no target group `{0}`" => "use a code of `targetGroups`",
        nl "het beleid heeft geen doelgroep `{0}`" => "gebruik een code uit `targetGroups`";
    BonusOfOtherBlocks, "bonus-of-other-blocks", Error,
        en "the bonus `{0}` is not for the block `{1}`" => "claim it on a block for which it is",
        nl "de opslag `{0}` is niet voor het bouwblok `{1}`" => "voer die op bij een bouwblok waarvoor die is";
    LimitWithoutCandidate, "limit-without-candidate", Error,
        en "a maximum that goes on with the candidate holds for each candidate" => "give `eachCandidate`",
        nl "een maximum dat met de kandidaat meegaat geldt voor elke kandidaat" => "geef `eachCandidate`";
    CountedBefore, "counted-before", Warning,
        en "`{0}` counts once for a candidate, and another entry counts already" => "nothing is needed",
        nl "`{0}` telt één keer per kandidaat, en een andere verantwoording telt al" => "er is niets nodig";
    BonusCountedBefore, "bonus-counted-before", Warning,
        en "the bonus `{0}` counts once for a candidate, and an earlier entry has it" => "nothing is needed",
        nl "de opslag `{0}` telt één keer per kandidaat, en een eerdere verantwoording heeft die al" => "er is niets nodig";
    OutsideContract, "outside-contract", Warning,
        en "a part of the period lies outside the time that counts, so that part does not" => "nothing is needed",
        nl "een deel van de periode ligt buiten de tijd die meetelt, dus dat deel telt niet" => "er is niets nodig";
    OutsideBenefitWindow, "outside-benefit-window", Warning,
        en "the placement does not follow the benefit as `{0}` asks, so it does not count" => "nothing is needed",
        nl "de plaatsing sluit niet aan op de uitkering zoals `{0}` vraagt, dus zij telt niet" => "er is niets nodig";
    AgreedAfterwards, "agreed-afterwards", Warning,
        en "`{0}` counts only when it was agreed before it began" => "nothing is needed",
        nl "`{0}` telt alleen als het vooraf is afgestemd" => "er is niets nodig";
    InternshipTooShort, "internship-too-short", Warning,
        en "the internship before was shorter than `{0}` asks, so it does not count" => "nothing is needed",
        nl "de stage vooraf was korter dan `{0}` vraagt, dus het telt niet" => "er is niets nodig";
    TooFewHours, "too-few-hours", Warning,
        en "these are fewer hours a week than `{0}` asks, so they do not count" => "nothing is needed",
        nl "dit zijn minder uren per week dan `{0}` vraagt, dus zij tellen niet" => "er is niets nodig";
    PlacementTooShort, "placement-too-short", Warning,
        en "the placement is shorter than `{0}` asks, so it does not count" => "account for the rest of it; it is then valued again",
        nl "de plaatsing is korter dan `{0}` vraagt, dus zij telt niet" => "verantwoord de rest; dan wordt opnieuw gerekend";
    HighestOfGroup, "highest-of-group", Warning,
        en "of these bonuses the highest counts: `{0}`" => "nothing is needed",
        nl "van deze opslagen telt de hoogste: `{0}`" => "er is niets nodig";
    BelowLeastAmount, "below-least-amount", Warning,
        en "the amount is below {0}, from which it counts" => "nothing is needed",
        nl "het bedrag is lager dan {0}, vanaf waar het telt" => "er is niets nodig";
    NoMaximum, "no-maximum-declared", Warning,
        en "the policy has no maximum counting for `{0}`" => "nothing is needed; declare it if there is one",
        nl "het beleid heeft geen maximale duur voor `{0}`" => "er is niets nodig; leg die vast als die er is";
    StartedTooEarly, "started-too-early", Warning,
        en "the candidate started before the look-back of the policy, so the time does not count" => "nothing is needed",
        nl "de kandidaat begon vóór de terugkijkperiode van het beleid, dus de tijd telt niet" => "er is niets nodig";
    HighestBonusOnly, "highest-bonus-only", Warning,
        en "bonuses do not add up in this policy; only `{0}` counts" => "nothing is needed",
        nl "opslagen stapelen niet in dit beleid; alleen `{0}` telt" => "er is niets nodig";
    BelowThreshold, "below-threshold", Warning,
        en "the contract meets no threshold of the policy, so nothing is owed" => "nothing is needed",
        nl "de opdracht haalt geen drempel van het beleid, dus er is geen opgave" => "er is niets nodig";
    ContractorExempt, "contractor-exempt", Warning,
        en "the contractor is exempt by its size or by the share of its jobs, so nothing is owed" => "nothing is needed",
        nl "de opdrachtnemer is vrijgesteld door zijn omvang of door het aandeel van zijn banen, dus er is geen opgave" => "er is niets nodig";
    Exempt, "exempt", Warning,
        en "the contract is exempt: {0}" => "nothing is needed",
        nl "de opdracht heeft ontheffing: {0}" => "er is niets nodig";
}
