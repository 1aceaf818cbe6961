//! The rules of obligation, entry and settlement: formula, source and name in two languages.

use crate::explaining::{Language, rules};

rules! {
    NothingOwed, "nothing-owed", [], "0",
        nl "Er is geen opgave", en "Nothing is owed",
        source nl "de drempels van het beleid of een ontheffing", en "the thresholds of the policy or an exemption";
    Deviation, "deviating-obligation", ["B"], "{0}",
        nl "Afwijkende opgave", en "Deviating obligation",
        source nl "de vastgelegde afwijking met reden", en "the recorded deviation with its reason";
    OfContractSum, "share-of-contract-sum", ["C", "p"], "{0} × {1}",
        nl "Deel van de opdrachtsom", en "Share of the contract sum",
        source nl "het beleid", en "the policy";
    OfWageSum, "share-of-wage-sum", ["L", "p"], "{0} × {1}",
        nl "Deel van de loonsom", en "Share of the wage sum",
        source nl "het beleid", en "the policy";
    OfAssumedWages, "share-of-assumed-wages", ["C", "l", "p"], "{0} × {1} × {2}",
        nl "Deel van de loonsom die de opdracht geacht wordt te bevatten", en "Share of the wages that the contract is deemed to hold",
        source nl "het beleid", en "the policy";
    FixedObligation, "fixed-obligation", ["B"], "{0}",
        nl "Vast bedrag", en "Fixed amount",
        source nl "het beleid", en "the policy";
    InTiers, "share-in-tiers", [], "{+}",
        nl "Deel van de opdrachtsom per schijf", en "Share of the contract sum tier by tier",
        source nl "het beleid", en "the policy";
    LessLabels, "less-label-reductions", ["O", "k"], "{0} × (1 − {1})",
        nl "Opgave na de kortingen voor keurmerken", en "Obligation after the reductions for labels",
        source nl "het beleid", en "the policy";
    AsOffered, "share-as-offered", ["C", "a"], "{0} × {1}",
        nl "Aangeboden deel van de opdrachtsom", en "Offered share of the contract sum",
        source nl "de inschrijving, binnen de grenzen van het beleid", en "the bid, within the bounds of the policy";
    AtLeast, "least-obligation", ["O", "min"], "max({0}; {1})",
        nl "Minstens het minimum van het beleid", en "At least the minimum of the policy",
        source nl "het beleid", en "the policy";
    Capped, "capped-obligation", ["O", "max"], "min({0}; {1})",
        nl "Hoogstens het maximum van het beleid", en "At most the cap of the policy",
        source nl "het beleid", en "the policy";
    LessPso, "less-pso-reduction", ["O", "k", "d"], "{0} × (1 − {1} × {2})",
        nl "Korting voor de PSO-trede van de opdrachtnemer, over het deel waarvoor die geldt", en "Reduction for the PSO level of the contractor, over the part that it reaches",
        source nl "het beleid", en "the policy";
    PsoPart, "pso-reduction-in-part", ["k", "d", "t"], "{0} × {1} × {2}",
        nl "Korting voor een PSO-trede, over het deel waarvoor die geldt en het deel van de looptijd", en "Reduction for a PSO level, over the part that it reaches and the part of the term",
        source nl "het beleid", en "the policy";
    LessPsoParts, "less-pso-reductions-in-part", ["O", "k"], "{0} × (1 − {1})",
        nl "Opgave na de kortingen voor PSO-treden", en "Obligation after the reductions for PSO levels",
        source nl "het beleid", en "the policy";
    HoursFactor, "hours-factor", ["u", "v"], "{0} / {1}",
        nl "Uren per week ten opzichte van voltijd", en "Hours a week over full time",
        source nl "het beleid", en "the policy";
    HoursFactorCapped, "hours-factor-capped", ["u", "v"], "min(1; {0} / {1})",
        nl "Uren per week ten opzichte van voltijd, hoogstens 1", en "Hours a week over full time, at most 1",
        source nl "het beleid", en "the policy";
    YearHoursFactor, "year-hours-factor", ["n", "v", "m"], "{0} / ({1} × {2} / 12)",
        nl "Gewerkte uren ten opzichte van de eigen voltijduren over de periode", en "Hours worked over the contractor's own full-time hours in the period",
        source nl "het beleid", en "the policy";
    YearHoursFactorCapped, "year-hours-factor-capped", ["n", "v", "m"], "min(1; {0} / ({1} × {2} / 12))",
        nl "Gewerkte uren ten opzichte van de eigen voltijduren over de periode, hoogstens 1", en "Hours worked over the contractor's own full-time hours in the period, at most 1",
        source nl "het beleid", en "the policy";
    MonthsCounted, "months-counted", ["m"], "{0}",
        nl "Maanden die meetellen, binnen de maximale duur van het bouwblok", en "Months that count, within the maximum counting of the block",
        source nl "het beleid", en "the policy";
    QuantityCounted, "quantity-counted", ["n", "n0", "max"], "min({2}; {0} + {1}) − min({2}; {1})",
        nl "Hoeveelheid die meetelt, met wat eerder telde", en "Quantity that counts, given what counted before",
        source nl "het beleid", en "the policy";
    YearBlock, "block-by-year", ["B", "h", "m"], "{0} × {1} × {2} / 12",
        nl "Bouwblok per voltijdjaar", en "Block by full-time year",
        source nl "het beleid", en "the policy";
    DaysBlock, "block-by-days-worked", ["B", "h", "n", "v"], "{0} × {1} × {2} / {3}",
        nl "Bouwblok naar gewerkte dagen ten opzichte van een voltijdjaar", en "Block by the days worked over a full-time year",
        source nl "het beleid", en "the policy";
    HoursBlock, "block-by-hours-worked", ["B", "n", "v"], "{0} × {1} / {2}",
        nl "Bouwblok naar gewerkte uren ten opzichte van de eigen jaaruren", en "Block by the hours worked over the contractor's own full-time year",
        source nl "het beleid", en "the policy";
    FullTimeHours, "full-time-hours", ["n", "v", "m"], "min({0}; {1} × {2} / 12)",
        nl "Gewerkte uren, hoogstens voltijd over de periode", en "Hours worked, at most full time in the period",
        source nl "het beleid", en "the policy";
    MonthBlock, "block-by-month", ["B", "h", "m"], "{0} × {1} × {2}",
        nl "Bouwblok per maand", en "Block by month",
        source nl "het beleid", en "the policy";
    QuantityBlock, "block-by-quantity", ["B", "n"], "{0} × {1}",
        nl "Bouwblok per leerjaar, uur, dag, week of stuk", en "Block by learning year, hour, day, week or piece",
        source nl "het beleid", en "the policy";
    DayAtMost, "block-by-day-at-most", ["K", "B", "n"], "min({0}; {1} × {2})",
        nl "Kosten, hoogstens het bedrag per dag", en "Cost, at most the amount a day",
        source nl "het beleid", en "the policy";
    CostFactor, "cost-factor", ["K", "f"], "{0} × {1}",
        nl "Kosten maal de factor van het beleid", en "Cost times the factor of the policy",
        source nl "het beleid", en "the policy";
    OnceBlock, "block-once", ["B"], "{0}",
        nl "Bouwblok, één keer per kandidaat", en "Block, once for a candidate",
        source nl "het beleid", en "the policy";
    WithinContract, "within-contract", ["q", "d"], "{0} × {1}",
        nl "Het deel dat binnen de tijd valt die meetelt, naar dagen", en "The part that lies within the time that counts, by days",
        source nl "de looptijd van de opdracht en de hersteltermijn", en "the term of the contract and the cure period";
    Limited, "limited", ["x", "max", "n0"], "min({0}; {1} − {2})",
        nl "Hoogstens wat van het maximum over is na eerdere verantwoordingen", en "At most what earlier entries left of the maximum",
        source nl "het beleid", en "the policy";
    PartThatCounts, "part-that-counts", ["W", "d"], "{0} × {1}",
        nl "Het deel dat binnen de maxima meetelt", en "The part that counts within the maxima",
        source nl "het beleid", en "the policy";
    InvoiceShare, "invoice-share", ["F", "p"], "{0} × {1}",
        nl "Deel van de factuur exclusief btw", en "Share of the invoice excluding VAT",
        source nl "het beleid", en "the policy";
    Spent, "amount-spent", ["K"], "{0}",
        nl "Werkelijke kosten, loondeel of afgesproken bedrag", en "Actual cost, wage part or agreed amount",
        source nl "het beleid", en "the policy";
    FlatBonus, "flat-bonus", ["T"], "{0}",
        nl "Vaste opslag", en "Flat bonus",
        source nl "het beleid", en "the policy";
    ProratedBonus, "prorated-bonus", ["T", "d"], "{0} × {1}",
        nl "Opslag naar rato van het bouwblok", en "Bonus in proportion to its block",
        source nl "het beleid", en "the policy";
    HourlyBonus, "hourly-bonus", ["T", "n"], "{0} × {1}",
        nl "Opslag per uur", en "Bonus by the hour",
        source nl "het beleid", en "the policy";
    ShareBonus, "share-bonus", ["W", "p"], "{0} × {1}",
        nl "Opslag als deel van het bouwblok of de kosten", en "Bonus as a share of the block or the cost",
        source nl "het beleid", en "the policy";
    WithBefore, "with-earlier-entries", ["W", "W0"], "{0} + {1}",
        nl "Samen met wat eerdere verantwoordingen van dezelfde plaatsing of factuur waard zijn", en "Together with what earlier entries of the same placement or invoice are worth",
        source nl "het beleid", en "the policy";
    BeyondBefore, "beyond-earlier-entries", ["W", "W0"], "max(0; {0} − {1})",
        nl "Wat erbij komt na wat die eerdere verantwoordingen telden", en "What is added to what those earlier entries counted for",
        source nl "het beleid", en "the policy";
    EntryMinimum, "entry-minimum", ["W", "min"], "max({0}; {1})",
        nl "Minstens het minimum van het bouwblok", en "At least the minimum of the block",
        source nl "het beleid", en "the policy";
    EntryMaximum, "entry-maximum", ["W", "max"], "min({0}; {1})",
        nl "Hoogstens het maximum van het bouwblok", en "At most the maximum of the block",
        source nl "het beleid", en "the policy";
    EntryValue, "entry-value", [], "{+}",
        nl "Bouwblok en opslagen samen", en "Block and bonuses together",
        source nl "het beleid", en "the policy";
    ToTheCent, "to-the-cent", ["x"], "{0}",
        nl "Eén afronding, aan het eind, op de cent", en "One rounding, at the end, to the cent",
        source nl "halve cent naar boven", en "half up";
    Shortfall, "shortfall", ["O", "R"], "max(0; {0} − {1})",
        nl "Tekort", en "Shortfall",
        source nl "het beleid", en "the policy";
    SanctionFactor, "sanction", ["G", "f"], "{0} × {1}",
        nl "Sanctie op het tekort", en "Sanction on the shortfall",
        source nl "het beleid", en "the policy";
    Excused, "excused", ["G"], "{0} × 0",
        nl "Geen sanctie: de opdrachtnemer heeft geen schuld", en "No sanction: the contractor is not at fault",
        source nl "het beleid", en "the policy";
}
