//! The rules of the calculation: code, formula with its symbols, source, and name in two languages.

use super::{Language, rules_macro::rules};

rules! {
    AssessedScore, "assessed-score", ["s", "smax", "W"], "{2} × {0} / {1}",
        nl "Score op de schaal, als deel van de hoogste score",
        en "Score on the scale, as a share of the highest score",
        source nl "de vastgelegde schaal", en "the declared scale";
    AssessedBetween, "assessed-score-between-bounds", ["s", "smin", "smax", "W"], "{3} × ({0} − {1}) / ({2} − {1})",
        nl "Score op de schaal, tussen de laagste en de hoogste score",
        en "Score on the scale, between the lowest and the highest score",
        source nl "de vastgelegde schaal", en "the declared scale";
    AssessorMean, "mean-of-assessors", [], "({+}) / n",
        nl "Gemiddelde van de beoordelaars", en "Mean of the assessors",
        source nl "de vastgelegde beoordeling", en "the declared assessment";
    AssessorMedian, "median-of-assessors", [], "({+}) / n",
        nl "Mediaan van de beoordelaars: de middelste score, of het gemiddelde van de middelste twee",
        en "Median of the assessors: the middle score, or the mean of the middle two",
        source nl "de vastgelegde beoordeling", en "the declared assessment";
    AssessorTrimmedMean, "trimmed-mean-of-assessors", [], "({+}) / n",
        nl "Gemiddelde van de beoordelaars zonder de hoogste en de laagste score",
        en "Mean of the assessors without the highest and the lowest score",
        source nl "de vastgelegde beoordeling", en "the declared assessment";
    LevelPoints, "level-points", ["pts"], "{0}",
        nl "Punten voor de PSO-trede", en "Points for the PSO level",
        source nl "de vastgelegde tabel van treden; Zuid-Afrika 80/20 en 90/10", en "the declared table of levels; South Africa 80/20 and 90/10";
    LevelScore, "level-score", ["s", "szero", "sfull", "W"], "{3} × ({0} − {1}) / ({2} − {1})",
        nl "Score voor de PSO-trede", en "Score for the PSO level",
        source nl "de vastgelegde tabel van treden", en "the declared table of levels";
    DiscountPercent, "fictitious-discount-percent", ["P", "k"], "{0} × (1 − {1} / 100)",
        nl "Fictieve korting op de prijs voor de PSO-trede, in procenten",
        en "Fictitious discount on the price for the PSO level, in percent",
        source nl "de vastgelegde tabel van treden; vorm van de CO2-Prestatieladder", en "the declared table of levels; form of the CO2-Prestatieladder";
    DiscountAmount, "fictitious-discount-amount", ["P", "K"], "{0} − {1}",
        nl "Fictieve korting op de prijs voor de PSO-trede, in euro's",
        en "Fictitious discount on the price for the PSO level, in euros",
        source nl "de vastgelegde tabel van treden", en "the declared table of levels";
    CommitmentLine, "commitment-line", ["o", "ozero", "omax", "W"], "{3} × ({0} − {1}) / ({2} − {1})",
        nl "Toezegging social return, op een rechte lijn tot het maximum",
        en "Social return commitment, on a straight line up to the maximum",
        source nl "de vastgelegde toezegging; vorm van Súdwest-Fryslân", en "the declared commitment; form of Súdwest-Fryslân";
    CommitmentStep, "commitment-step", ["p", "W"], "{1} × {0} / 100",
        nl "Toezegging social return, volgens de tabel", en "Social return commitment, by the table",
        source nl "de vastgelegde toezegging", en "the declared commitment";
    NumericLine, "numeric-line", ["x", "xzero", "xfull", "W"], "{3} × ({0} − {1}) / ({2} − {1})",
        nl "Getal op een rechte lijn tussen slechtst en best",
        en "Number on a straight line between worst and best",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericStep, "numeric-step", ["p", "W"], "{1} × {0} / 100",
        nl "Getal volgens de tabel", en "Number by the table",
        source nl "het vastgelegde criterium", en "the declared criterion";
    OfferClipped, "commitment-clipped", ["o", "omax"], "min({0}; {1})",
        nl "Toezegging boven het maximum: scoort als het maximum en bindt zoals toegezegd",
        en "Commitment above the maximum: scores as the maximum and binds as offered",
        source nl "de vastgelegde toezegging", en "the declared commitment";
    OfferRaised, "commitment-raised", ["o", "ozero"], "max({0}; {1})",
        nl "Toezegging onder het nulpunt van de lijn: scoort als het nulpunt",
        en "Commitment below the zero of the line: scores as the zero",
        source nl "de vastgelegde toezegging", en "the declared commitment";
    NumberClipped, "numeric-clipped", ["x", "lowest", "highest"], "min(max({0}; {1}); {2})",
        nl "Getal buiten de grenzen: scoort als de grens",
        en "Number outside the bounds: scores as the bound",
        source nl "het vastgelegde criterium", en "the declared criterion";
    ConsortiumShare, "consortium-share", ["v", "a"], "{0} × {1} / 100",
        nl "Wat de trede van een lid verdient, naar zijn aandeel in de combinatie",
        en "What the level of a member earns, by its share in the consortium",
        source nl "de vastgelegde regel voor combinaties", en "the declared rule for consortia";
    ConsortiumSum, "consortium-sum", [], "{+}",
        nl "Waarde van de treden van de combinatie samen",
        en "Value of the levels of the consortium together",
        source nl "de vastgelegde regel voor combinaties", en "the declared rule for consortia";
    NumericAllZero, "numeric-all-zero", ["W"], "{0}",
        nl "Getal nul, waar nul het laagste is: alle punten",
        en "A number of zero where zero is the lowest: all points",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericNothing, "numeric-nothing", ["W"], "{0} × 0",
        nl "Niemand geeft een getal boven nul: geen punten", en "Nobody gives a number above zero: no points",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericLowest, "numeric-relative-lowest", ["W", "xmin", "x"], "{0} × {1} / {2}",
        nl "Getal ten opzichte van het laagste", en "Number relative to the lowest",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericHighest, "numeric-relative-highest", ["W", "x", "xmax"], "{0} × {1} / {2}",
        nl "Getal ten opzichte van het hoogste", en "Number relative to the highest",
        source nl "het vastgelegde criterium", en "the declared criterion";
    LifeCycleCost, "life-cycle-cost", ["P0", "C", "rest"], "{0} + {1} − {2}",
        nl "Levenscycluskosten: aanschaf plus contante waarde van de jaarlijkse kosten, min die van de restwaarde",
        en "Life-cycle cost: purchase plus present value of the yearly costs, less that of the residual value",
        source nl "richtlijn 2014/24 art. 68; P0 + Σ C_t/(1+r)^t − restwaarde/(1+r)^n", en "dir. 2014/24 art. 68; P0 + Σ C_t/(1+r)^t − residual/(1+r)^n";
    PresentValue, "present-value", ["C", "r", "t"], "{0} / (1 + {1} / 100)^{2}",
        nl "Contante waarde van de kosten aan het eind van jaar t",
        en "Present value of the cost at the end of year t",
        source nl "richtlijn 2014/24 art. 68; C/(1+r)^t", en "dir. 2014/24 art. 68; C/(1+r)^t";
    PresentResidual, "present-residual", ["rest", "r", "n"], "{0} / (1 + {1} / 100)^{2}",
        nl "Contante waarde van de restwaarde aan het eind van jaar n",
        en "Present value of the residual value at the end of year n",
        source nl "richtlijn 2014/24 art. 68; restwaarde/(1+r)^n", en "dir. 2014/24 art. 68; residual/(1+r)^n";
    YearlySum, "yearly-sum", [], "{+}",
        nl "Contante waarde van de kosten van alle jaren", en "Present value of the costs of all years",
        source nl "richtlijn 2014/24 art. 68; Σ C_t/(1+r)^t", en "dir. 2014/24 art. 68; Σ C_t/(1+r)^t";
    PresentValueByDay, "present-value-by-day", ["C", "r", "d"], "{0} / (1 + {1} / 100)^({2} / 365)",
        nl "Contante waarde van de kosten d dagen na het begin, met samengestelde rente; de macht van een deel van een jaar op 20 decimalen, een half naar het even cijfer",
        en "Present value of the cost d days after the start, by compound interest; the power of a part of a year to 20 decimals, a half to the even digit",
        source nl "richtlijn 2014/24 art. 68; C/(1+r)^(d/365)", en "dir. 2014/24 art. 68; C/(1+r)^(d/365)";
    PresentValueByMonth, "present-value-by-month", ["C", "r", "m"], "{0} / (1 + {1} / 100)^({2} / 12)",
        nl "Contante waarde van de kosten m maanden na het begin, met samengestelde rente; de macht van een deel van een jaar op 20 decimalen, een half naar het even cijfer",
        en "Present value of the cost m months after the start, by compound interest; the power of a part of a year to 20 decimals, a half to the even digit",
        source nl "richtlijn 2014/24 art. 68; C/(1+r)^(m/12)", en "dir. 2014/24 art. 68; C/(1+r)^(m/12)";
    PresentValueByFactor, "present-value-by-factor", ["C", "f"], "{0} / {1}",
        nl "Contante waarde van de kosten, gedeeld door de rentefactor",
        en "Present value of the cost, divided by the interest factor",
        source nl "richtlijn 2014/24 art. 68", en "dir. 2014/24 art. 68";
    WholeYearFactor, "interest-factor-of-whole-years", ["r", "n"], "(1 + {0} / 100)^{1}",
        nl "Rentefactor van de hele jaren", en "Interest factor of the whole years",
        source nl "richtlijn 2014/24 art. 68", en "dir. 2014/24 art. 68";
    SimpleFactorByDay, "interest-factor-by-day", ["f", "r", "d"], "{0} × (1 + {1} / 100 × {2} / 365)",
        nl "Rentefactor na nog d dagen, met enkelvoudige rente",
        en "Interest factor after d days more, by simple interest",
        source nl "de vastgelegde rente; zo ook de energiecontracten van Prozorro", en "the declared interest; as in the energy service contracts of Prozorro";
    SimpleFactorByMonth, "interest-factor-by-month", ["f", "r", "m"], "{0} × (1 + {1} / 100 × {2} / 12)",
        nl "Rentefactor na nog m maanden, met enkelvoudige rente",
        en "Interest factor after m months more, by simple interest",
        source nl "de vastgelegde rente", en "the declared interest";
    PartOfYearInDays, "part-of-year-in-days", ["C", "d"], "{0} × {1} / 365",
        nl "Deel van de kosten van een jaar, naar dagen", en "Part of the cost of a year, by days",
        source nl "de vastgelegde levenscyclus; een jaar telt 365 dagen", en "the declared life cycle; a year has 365 days";
    PartOfYearInMonths, "part-of-year-in-months", ["C", "m"], "{0} × {1} / 12",
        nl "Deel van de kosten van een jaar, naar maanden", en "Part of the cost of a year, by months",
        source nl "de vastgelegde levenscyclus", en "the declared life cycle";
    QuantityCost, "quantity-cost", ["q", "c"], "{0} × {1}",
        nl "Aantal maal kosten per eenheid", en "Quantity times cost per unit",
        source nl "de opgave van de inschrijver", en "the bid";
    UsageCost, "usage-cost", ["u", "q", "c"], "{0} × {1} × {2}",
        nl "Kosten van verbruik: verbruik per eenheid, maal het aantal eenheden en de kosten per verbruik van de koper",
        en "Cost of use: use per unit, times the buyer's number of units and cost per use",
        source nl "de vastgelegde levenscyclus; vorm van richtlijn 2009/33", en "the declared life cycle; form of dir. 2009/33";
    UsageSum, "usage-sum", [], "{+}",
        nl "Kosten van al het verbruik in een jaar", en "Cost of all use in a year",
        source nl "de vastgelegde levenscyclus", en "the declared life cycle";
    PeriodCost, "period-cost", ["C", "u"], "{0} + {1}",
        nl "Kosten van de periode met het verbruik erbij", en "Cost of the period with the use added",
        source nl "de vastgelegde levenscyclus", en "the declared life cycle";
    AbsoluteLinear, "absolute-linear", ["W", "Psetmax", "P", "Psetmin"], "{0} × ({1} − {2}) / ({1} − {3})",
        nl "Gewogen factor: prijs op een rechte lijn tussen twee vooraf vastgestelde prijzen",
        en "Weighted factor: price on a straight line between two prices fixed beforehand",
        source nl "Negometrix, De gewogen factor methode", en "Negometrix, De gewogen factor methode";
    CorridorFullPoints, "corridor-full-points", ["W"], "{0}",
        nl "Prijs onder de bandbreedte: alle prijspunten", en "Price below the corridor: all price points",
        source nl "de vastgelegde bandbreedte", en "the declared corridor";
    CorridorNoPoints, "corridor-no-points", ["W"], "{0} × 0",
        nl "Prijs boven de bandbreedte: geen prijspunten", en "Price above the corridor: no price points",
        source nl "de vastgelegde bandbreedte", en "the declared corridor";
    RelativeLowest, "relative-lowest", ["W", "Pmin", "P"], "{0} × {1} / {2}",
        nl "Prijs ten opzichte van de laagste prijs", en "Price relative to the lowest price",
        source nl "Negometrix, Relateer prijsscore aan laagste prijs", en "Negometrix, Relateer prijsscore aan laagste prijs";
    LinearOnLowest, "linear-on-lowest", ["W", "P", "Pmin"], "{0} × (1 − ({1} − {2}) / {2})",
        nl "Prijs rechtlijnig ten opzichte van de laagste prijs", en "Price linear on the lowest price",
        source nl "Preferential Procurement Regulations (ZA), 80/20 and 90/10", en "Preferential Procurement Regulations (ZA), 80/20 and 90/10";
    LinearFloor, "linear-on-lowest-floor", ["P", "Pmin"], "{0} > 2 × {1}",
        nl "Prijs boven tweemaal de laagste: geen prijspunten",
        en "Price above twice the lowest: no price points",
        source nl "de vastgelegde ondergrens", en "the declared floor";
    LowestToHighest, "lowest-to-highest", ["W", "Pmax", "P", "Pmin"], "{0} × ({1} − {2}) / ({1} − {3})",
        nl "Prijs op een rechte lijn van de hoogste naar de laagste prijs",
        en "Price on a straight line from the highest to the lowest price",
        source nl "gangbaar in Frankrijk en Duitsland", en "common in FR and DE";
    EqualPrices, "equal-prices", ["W"], "{0}",
        nl "Alle prijzen zijn gelijk: elk is de laagste en krijgt alle prijspunten",
        en "All prices are equal: each is the lowest and gets all price points",
        source nl "lowest-to-highest, waar de formule geen waarde heeft", en "lowest-to-highest, where the formula is undefined";
    Logarithmic, "logarithmic", ["W", "P", "Pmin", "A"], "{0} × (1 − log({1} / {2}) / log {3})",
        nl "Prijs volgens de log-formule", en "Price by the logarithmic formula",
        source nl "Negometrix, De log-formule; quotiënt van logaritmen op 20 decimalen", en "Negometrix, De log-formule; quotient of logarithms to 20 decimals";
    ZeroPriceTakesAll, "zero-price-takes-all", ["W"], "{0}",
        nl "Een prijs van nul krijgt alle prijspunten", en "A price of zero takes all price points",
        source nl "de vastgelegde regel voor een prijs van nul; JAAN 2013/112", en "the declared rule for a zero price; JAAN 2013/112";
    ZeroPriceLeavesNothing, "zero-price-leaves-nothing", ["W"], "{0} × 0",
        nl "Naast een prijs van nul krijgt een andere prijs geen punten",
        en "Beside a price of zero another price earns no points",
        source nl "de vastgelegde regel voor een prijs van nul; JAAN 2013/112", en "the declared rule for a zero price; JAAN 2013/112";
    CommitmentPoints, "commitment-points", ["pts"], "{0}",
        nl "Toezegging social return, met punten volgens de tabel",
        en "Social return commitment, with points by the table",
        source nl "de vastgelegde toezegging", en "the declared commitment";
    NumericPoints, "numeric-points", ["pts"], "{0}",
        nl "Getal met punten volgens de tabel", en "Number with points by the table",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericInterpolated, "numeric-interpolated", ["x", "x0", "x1", "p0", "p1"], "{3} + ({4} − {3}) × ({0} − {1}) / ({2} − {1})",
        nl "Getal op de rechte lijn tussen twee rijen van de tabel",
        en "Number on the straight line between two rows of the table",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericEqual, "numeric-equal", ["W"], "{0}",
        nl "Alle getallen zijn gelijk: elk krijgt alle punten",
        en "All numbers are equal: each gets all points",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericRangeLowest, "numeric-range-lowest", ["W", "x", "xmin", "xmax"], "{0} × ({3} − {1}) / ({3} − {2})",
        nl "Getal tussen het hoogste en het laagste van de inschrijvingen; het laagste is best",
        en "Number between the highest and the lowest of the bids; the lowest is best",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericRangeHighest, "numeric-range-highest", ["W", "x", "xmin", "xmax"], "{0} × ({1} − {2}) / ({3} − {2})",
        nl "Getal tussen het laagste en het hoogste van de inschrijvingen; het hoogste is best",
        en "Number between the lowest and the highest of the bids; the highest is best",
        source nl "het vastgelegde criterium", en "the declared criterion";
    MeanOfBids, "mean-of-bids", ["s", "n"], "{0} / {1}",
        nl "Gemiddelde van de inschrijvingen: hun som, gedeeld door hun aantal",
        en "Mean of the bids: their sum, divided by their number",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericMeanOver, "numeric-mean-over", ["W", "x", "xmean"], "{0} × {2} / {1}",
        nl "Gemiddelde van de inschrijvingen ten opzichte van het getal",
        en "Mean of the bids relative to the number",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericOverMean, "numeric-over-mean", ["W", "x", "xmean"], "{0} × {1} / {2}",
        nl "Getal ten opzichte van het gemiddelde van de inschrijvingen",
        en "Number relative to the mean of the bids",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericMeanOverCapped, "numeric-mean-over-capped", ["W", "x", "xmean"], "min({0}; {0} × {2} / {1})",
        nl "Getal lager dan het gemiddelde van de inschrijvingen: niet meer dan alle punten",
        en "Number below the mean of the bids: no more than all points",
        source nl "het vastgelegde criterium", en "the declared criterion";
    NumericOverMeanCapped, "numeric-over-mean-capped", ["W", "x", "xmean"], "min({0}; {0} × {1} / {2})",
        nl "Getal hoger dan het gemiddelde van de inschrijvingen: niet meer dan alle punten",
        en "Number above the mean of the bids: no more than all points",
        source nl "het vastgelegde criterium", en "the declared criterion";
    DiscountOnBase, "discount-on-base", ["W", "P0", "P", "s", "Pmin"], "{0} × ({1} − {2}) / max({1} × {3} / 100; {1} − {4})",
        nl "Korting op de basisprijs, ten opzichte van de hoogste of de significante korting",
        en "Discount on the base price, relative to the highest or the significant discount",
        source nl "Junta Consultiva de Aragón, rapport 6/2014: max(Bs; Bmax)", en "Junta Consultiva de Aragón, report 6/2014: max(Bs; Bmax)";
    AboveBasePrice, "above-base-price", ["P", "P0"], "{0} > {1}",
        nl "Prijs boven de basisprijs: geen prijspunten", en "Price above the base price: no price points",
        source nl "de vastgelegde ondergrens", en "the declared floor";
    NoDiscountOnBase, "no-discount-on-base", ["P", "P0"], "{0} ≥ {1}",
        nl "Geen korting op de basisprijs: geen prijspunten",
        en "No discount on the base price: no price points",
        source nl "de vastgelegde basisprijs", en "the declared base price";
    SlopeToMean, "slope-to-mean", ["W", "X", "P0", "P", "Pmean"], "{0} × {1} / 100 × ({2} − {3}) / ({2} − {4})",
        nl "Korting tot de gemiddelde korting", en "Discount up to the mean discount",
        source nl "ANAC, Linee guida n. 2, bilineaire formule", en "ANAC, Linee guida n. 2, bilinear formula";
    SlopeFromMean, "slope-from-mean", ["W", "X", "Pmean", "P", "Pmin"], "{0} × ({1} / 100 + (1 − {1} / 100) × ({2} − {3}) / ({2} − {4}))",
        nl "Korting boven de gemiddelde korting", en "Discount above the mean discount",
        source nl "ANAC, Linee guida n. 2, bilineaire formule", en "ANAC, Linee guida n. 2, bilinear formula";
    MeanOverPrice, "mean-over-price", ["W", "Pmean", "P"], "{0} × {1} / {2}",
        nl "Gemiddelde prijs ten opzichte van de prijs", en "Mean price relative to the price",
        source nl "de vastgelegde methode", en "the declared method";
    LinearOnMean, "linear-on-mean", ["W", "Pmean", "P"], "{0} × (2 − {2} / {1})",
        nl "Prijs rechtlijnig ten opzichte van de gemiddelde prijs", en "Price linear on the mean price",
        source nl "de vastgelegde methode", en "the declared method";
    MeanOverPriceCapped, "mean-over-price-capped", ["W", "Pmean", "P"], "min({0}; {0} × {1} / {2})",
        nl "Prijs onder de gemiddelde prijs: niet meer dan alle prijspunten",
        en "Price below the mean price: no more than all price points",
        source nl "de vastgelegde methode", en "the declared method";
    LinearOnMeanCapped, "linear-on-mean-capped", ["W", "Pmean", "P"], "min({0}; {0} × (2 − {2} / {1}))",
        nl "Prijs onder de gemiddelde prijs: niet meer dan alle prijspunten",
        en "Price below the mean price: no more than all price points",
        source nl "de vastgelegde methode", en "the declared method";
    MeanFloor, "price-mean-floor", ["W", "Pmean", "P"], "max(0; {0} × (2 − {2} / {1}))",
        nl "Prijs boven tweemaal de gemiddelde prijs: geen prijspunten",
        en "Price above twice the mean price: no price points",
        source nl "de vastgelegde ondergrens", en "the declared floor";
    LowBidMean, "low-bid-mean", [], "({+}) / n",
        nl "Gemiddelde van de prijzen die meetellen", en "Mean of the prices that count",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidSecondMean, "low-bid-second-mean", [], "({+}) / n",
        nl "Tweede gemiddelde, zonder de prijzen ver boven het eerste",
        en "Second mean, without the prices far above the first",
        source nl "de vastgelegde regel voor lage inschrijvingen; RD 1098/2001 art. 85", en "the declared rule for low bids; RD 1098/2001 art. 85";
    LowBidMedian, "low-bid-median", [], "({+}) / n",
        nl "Mediaan van de prijzen: de middelste, of het gemiddelde van de middelste twee",
        en "Median of the prices: the middle one, or the mean of the middle two",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidShareBelow, "low-bid-share-below", ["x", "p"], "{0} × (1 − {1} / 100)",
        nl "Grens: een deel lager dan waar de prijs naast wordt gehouden",
        en "Bound: a share below what the price is held against",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidShareAbove, "low-bid-share-above", ["x", "p"], "{0} × (1 + {1} / 100)",
        nl "Een deel hoger dan het gemiddelde", en "A share above the mean",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidRounded, "low-bid-rounded", ["x", "d"], "round({0}; {1})",
        nl "Gemiddelde, afgerond op d decimalen, een half omhoog",
        en "Mean, rounded to d decimals, a half up",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidSum, "low-bid-sum", [], "{+}",
        nl "Som van de getallen die meetellen", en "Sum of the numbers that count",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidSquare, "low-bid-square", ["P", "m"], "({0} − {1})^2",
        nl "Kwadraat van de afstand tot het gemiddelde", en "Square of the distance to the mean",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidDeviation, "low-bid-deviation", ["s", "n"], "({0} / {1})^(1 / 2)",
        nl "Standaardafwijking, op 20 decimalen, een half naar het even cijfer",
        en "Standard deviation, to 20 decimals, a half to the even digit",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidDeviationsBelow, "low-bid-deviations-below", ["m", "k", "s"], "{0} − {1} × {2}",
        nl "Grens: k standaardafwijkingen onder het gemiddelde",
        en "Bound: k standard deviations below the mean",
        source nl "de vastgelegde regel voor lage inschrijvingen", en "the declared rule for low bids";
    LowBidDiscount, "low-bid-discount", ["P0", "P"], "100 × ({0} − {1}) / {0}",
        nl "Korting op de basisprijs, in procenten", en "Discount on the base price, in percent",
        source nl "de vastgelegde regel voor lage inschrijvingen; soglia di anomalia, D.Lgs. 36/2023 allegato II.2", en "the declared rule for low bids; soglia di anomalia, D.Lgs. 36/2023 annex II.2";
    LowBidMeanDiscount, "low-bid-mean-discount", [], "({+}) / n",
        nl "Gemiddelde van de kortingen zonder de uiteinden", en "Mean of the discounts without the ends",
        source nl "de vastgelegde regel voor lage inschrijvingen; soglia di anomalia, D.Lgs. 36/2023 allegato II.2", en "the declared rule for low bids; soglia di anomalia, D.Lgs. 36/2023 annex II.2";
    LowBidExcess, "low-bid-excess", ["r", "m"], "{0} − {1}",
        nl "Hoeveel een korting boven het gemiddelde ligt", en "How far a discount lies above the mean",
        source nl "de vastgelegde regel voor lage inschrijvingen; soglia di anomalia, D.Lgs. 36/2023 allegato II.2", en "the declared rule for low bids; soglia di anomalia, D.Lgs. 36/2023 annex II.2";
    LowBidMeanExcess, "low-bid-mean-excess", [], "({+}) / n",
        nl "Gemiddelde afstand van de kortingen boven het gemiddelde",
        en "Mean distance of the discounts above the mean",
        source nl "de vastgelegde regel voor lage inschrijvingen; soglia di anomalia, D.Lgs. 36/2023 allegato II.2", en "the declared rule for low bids; soglia di anomalia, D.Lgs. 36/2023 annex II.2";
    LowBidThreshold, "low-bid-threshold", ["m", "s"], "{0} + {1}",
        nl "Drempel: het gemiddelde en de gemiddelde afstand daarboven",
        en "Threshold: the mean and the mean distance above it",
        source nl "de vastgelegde regel voor lage inschrijvingen; soglia di anomalia, D.Lgs. 36/2023 allegato II.2", en "the declared rule for low bids; soglia di anomalia, D.Lgs. 36/2023 annex II.2";
    LowBidDecrement, "low-bid-decrement", ["t", "s", "a", "b"], "{0} − {1} × {2} × {3} / 100",
        nl "Drempel, verlaagd met het product van de eerste twee decimalen van de som, in procenten van de gemiddelde afstand",
        en "Threshold, lowered by the product of the first two decimals of the sum, in percent of the mean distance",
        source nl "de vastgelegde regel voor lage inschrijvingen; soglia di anomalia, D.Lgs. 36/2023 allegato II.2", en "the declared rule for low bids; soglia di anomalia, D.Lgs. 36/2023 annex II.2";
    LowBidSpread, "low-bid-spread", ["s", "m"], "100 × {0} / {1}",
        nl "Gemiddelde afstand in procenten van het gemiddelde", en "Mean distance in percent of the mean",
        source nl "de vastgelegde regel voor lage inschrijvingen; soglia di anomalia, D.Lgs. 36/2023 allegato II.2", en "the declared rule for low bids; soglia di anomalia, D.Lgs. 36/2023 annex II.2";
    DiscountOfBid, "fictitious-discount-of-bid", ["p", "P", "k"], "{0} − {1} × {2} / 100",
        nl "Fictieve korting in procenten van de inschrijfprijs",
        en "Fictitious discount in percent of the price that was bid",
        source nl "de vastgelegde korting", en "the declared discount";
    DiscountCapped, "fictitious-discount-capped", ["p", "P", "k", "cap"], "{0} − min({1} × {2} / 100; {3})",
        nl "Fictieve korting in procenten, tot een bedrag",
        en "Fictitious discount in percent, up to an amount",
        source nl "de vastgelegde korting", en "the declared discount";
    PriceSum, "price-sum", [], "{+}",
        nl "Som van de prijzen", en "Sum of the prices",
        source nl "de vastgelegde methode", en "the declared method";
    SheetLine, "price-sheet-line", ["q", "p"], "{0} × {1}",
        nl "Regel van de inschrijfstaat: hoeveelheid maal eenheidsprijs",
        en "Line of the price sheet: quantity times unit price",
        source nl "de vastgelegde inschrijfstaat", en "the declared price sheet";
    SheetLineRounded, "price-sheet-line-rounded", ["x", "d"], "round({0}; {1})",
        nl "Regel van de inschrijfstaat, afgerond op d decimalen, een half omhoog",
        en "Line of the price sheet, rounded to d decimals, a half up",
        source nl "de vastgelegde inschrijfstaat", en "the declared price sheet";
    SheetSum, "price-sheet-sum", [], "{+}",
        nl "Som van de regels van de inschrijfstaat", en "Sum of the lines of the price sheet",
        source nl "de vastgelegde inschrijfstaat", en "the declared price sheet";
    RoundedPrice, "rounded-price", ["P", "d"], "round({0}; {1})",
        nl "Prijs zoals die meetelt, afgerond op d decimalen, een half omhoog",
        en "Price as it counts, rounded to d decimals, a half up",
        source nl "de vastgelegde afronding", en "the declared rounding";
    RoundedPriceEven, "rounded-price-half-even", ["P", "d"], "round({0}; {1})",
        nl "Prijs zoals die meetelt, afgerond op d decimalen, een half naar het even cijfer",
        en "Price as it counts, rounded to d decimals, a half to the even digit",
        source nl "de vastgelegde afronding", en "the declared rounding";
    RoundedShare, "rounded-share", ["x", "W", "d"], "{1} × round({0} / {1}; {2})",
        nl "Score met het deel van de weging afgerond op d decimalen, een half omhoog",
        en "Score with its share of the weight rounded to d decimals, a half up",
        source nl "de vastgelegde afronding", en "the declared rounding";
    RoundedShareEven, "rounded-share-half-even", ["x", "W", "d"], "{1} × round({0} / {1}; {2})",
        nl "Score met het deel van de weging afgerond op d decimalen, een half naar het even cijfer",
        en "Score with its share of the weight rounded to d decimals, a half to the even digit",
        source nl "de vastgelegde afronding", en "the declared rounding";
    RoundedMark, "rounded-mark", ["x", "d"], "round({0}; {1})",
        nl "Score van de beoordelaars, afgerond op d decimalen, een half omhoog",
        en "Score of the assessors, rounded to d decimals, a half up",
        source nl "de vastgelegde afronding", en "the declared rounding";
    RoundedMarkEven, "rounded-mark-half-even", ["x", "d"], "round({0}; {1})",
        nl "Score van de beoordelaars, afgerond op d decimalen, een half naar het even cijfer",
        en "Score of the assessors, rounded to d decimals, a half to the even digit",
        source nl "de vastgelegde afronding", en "the declared rounding";
    PlainPrice, "plain-price", ["P"], "{0}",
        nl "Prijs zoals die meetelt", en "Price as it counts",
        source nl "de vastgelegde methode", en "the declared method";
    FixedPrice, "fixed-price", ["P"], "{0} × 0",
        nl "Door de koper vastgestelde prijs; telt niet mee", en "Price fixed by the buyer; not scored",
        source nl "het vastgelegde criterium", en "the declared criterion";
    RelativeQuality, "relative-quality", ["W", "K", "Kmax"], "{0} × {1} / {2}",
        nl "Kwaliteit ten opzichte van de beste inschrijving", en "Quality relative to the best bid",
        source nl "de beste kwaliteit krijgt alle punten: K = K_i·Kmax/Khoogste", en "best quality gets full marks: K = K_i·Kmax/Khighest";
    RoundedScoreEven, "rounded-score-half-even", ["x", "d"], "round({0}; {1})",
        nl "Score van het criterium, afgerond op d decimalen, een half naar het even cijfer",
        en "Score of the criterion, rounded to d decimals, a half to the even digit",
        source nl "de vastgelegde afronding", en "the declared rounding";
    RoundedScore, "rounded-score", ["x", "d"], "round({0}; {1})",
        nl "Score van het criterium, afgerond op d decimalen, een half van nul af",
        en "Score of the criterion, rounded to d decimals, a half away from zero",
        source nl "de vastgelegde afronding", en "the declared rounding";
    QualityNothing, "relative-quality-nothing", ["W"], "{0} × 0",
        nl "Niemand heeft kwaliteitspunten: geen punten", en "Nobody has quality points: no points",
        source nl "de beste kwaliteit krijgt alle punten: K = K_i·Kmax/Khoogste", en "best quality gets full marks: K = K_i·Kmax/Khighest";
    QualityShare, "quality-share", ["L", "WQ"], "{0} / {1}",
        nl "Kwaliteit als deel van de hoogste die kan", en "Quality as a share of the most there can be",
        source nl "[1−(Qbest−Q)·N]/P·Pbest, N = WQ/WP", en "[1−(Qbest−Q)·N]/P·Pbest, N = WQ/WP";
    WeightRatio, "weight-ratio", ["WQ", "WP"], "{0} / {1}",
        nl "Verhouding van de wegingen van kwaliteit en prijs",
        en "Ratio of the weights of quality and price",
        source nl "[1−(Qbest−Q)·N]/P·Pbest, N = WQ/WP", en "[1−(Qbest−Q)·N]/P·Pbest, N = WQ/WP";
    WeightedSum, "weighted-sum", [], "{+}",
        nl "Totaal van de gewogen scores", en "Sum of the weighted scores",
        source nl "richtlijn 2014/24 art. 67 lid 5", en "dir. 2014/24 art. 67(5)";
    ValueSum, "value-sum", [], "{+}",
        nl "Waarde van de kwaliteit in euro's", en "Value of the quality in euros",
        source nl "gunnen op waarde", en "gunnen op waarde";
    AwardOnValue, "award-on-value", ["P", "V"], "{0} − {1}",
        nl "Gunnen op waarde: prijs min de waarde van de kwaliteit",
        en "Award on value: price less the value of the quality",
        source nl "Negometrix, Gunnen op waarde; onder nul mag (RBSGR 2011 BU6124)", en "Negometrix, Gunnen op waarde; below zero is allowed (RBSGR 2011 BU6124)";
    QualityMarkUp, "quality-mark-up", ["P", "L", "WQ", "WP"], "{0} × (1 + ({2} − {1}) / {2} × {2} / {3})",
        nl "Prijs met een opslag voor de ontbrekende kwaliteitspunten",
        en "Price with a mark-up for the quality points that are missing",
        source nl "Noorse praktijk: P·(1 + ((max−pts)/max)·(WQ/WP))", en "Norwegian practice: P·(1 + ((max−pts)/max)·(WQ/WP))";
    PriceQualityRatio, "price-quality-ratio", ["c", "L", "P"], "{0} × {1} / {2}",
        nl "Kwaliteitspunten per euro", en "Performance points per euro",
        source nl "UfAB, einfache Richtwertmethode: Z = L/P", en "UfAB, einfache Richtwertmethode: Z = L/P";
    PricePerPoint, "price-per-point", ["P", "L"], "{0} / {1}",
        nl "Prijs per kwaliteitspunt", en "Price per quality point",
        source nl "Verenigd Koninkrijk, prijs per kwaliteitspunt", en "United Kingdom, price per quality point";
    UtilityIndex, "utility-index", ["Qbest", "Q", "N", "P", "Pbest"], "(1 − ({0} − {1}) × {2}) / {3} × {4}",
        nl "Nutsindex op de beste kwaliteit en de beste prijs",
        en "Utility index on the best quality and the best price",
        source nl "[1−(Qbest−Q)·N]/P·Pbest, N = WQ/WP", en "[1−(Qbest−Q)·N]/P·Pbest, N = WQ/WP";
    UtilityNone, "utility-index-none", ["Qbest", "Q", "N"], "1 − ({0} − {1}) × {2} ≤ 0",
        nl "Nutsindex nul: de kwaliteit ligt te ver onder de beste",
        en "Utility index zero: the quality lies too far below the best",
        source nl "[1−(Qbest−Q)·N]/P·Pbest; een factor van nul of minder scoort 0", en "[1−(Qbest−Q)·N]/P·Pbest; a bracket of zero or less scores 0";
    FeatureCoefficient, "feature-coefficient", ["vn", "vmax"], "1 + {0} / (1 − {1})",
        nl "Coëfficiënt van de gekozen eigenschappen", en "Coefficient of the chosen features",
        source nl "Prozorro: coef = 1 + vn/(1−vmax)", en "Prozorro: coef = 1 + vn/(1−vmax)";
    FeatureValue, "features", ["P", "coef"], "{0} / {1}",
        nl "Prijs gedeeld door de coëfficiënt", en "Price divided by the coefficient",
        source nl "Prozorro: value = round2(P/coef)", en "Prozorro: value = round2(P/coef)";
    RoundedTotalEven, "rounded-total-half-even", ["x", "d"], "round({0}; {1})",
        nl "Totaal, afgerond op d decimalen, een half naar het even cijfer",
        en "Total, rounded to d decimals, a half to the even digit",
        source nl "de vastgelegde afronding", en "the declared rounding";
    RoundedTotal, "rounded-total", ["x", "d"], "round({0}; {1})",
        nl "Totaal, afgerond op d decimalen, een half van nul af",
        en "Total, rounded to d decimals, a half away from zero",
        source nl "de vastgelegde afronding", en "the declared rounding";
    DecidingPoints, "corridor-points", ["L"], "{0}",
        nl "Binnen de corridor beslissen de kwaliteitspunten: de meeste wint",
        en "Inside the corridor the performance points decide: the most wins",
        source nl "UfAB, erweiterte Richtwertmethode", en "UfAB, erweiterte Richtwertmethode";
    DecidingPrice, "corridor-price", ["P"], "{0}",
        nl "Binnen de corridor beslist de prijs: de laagste wint",
        en "Inside the corridor the price decides: the lowest wins",
        source nl "UfAB, erweiterte Richtwertmethode", en "UfAB, erweiterte Richtwertmethode";
    InsideCorridor, "ratio-corridor", ["Zmax", "c"], "{0} × (1 − {1} / 100)",
        nl "Ondergrens van de corridor; vanaf die verhouding beslist het tweede criterium",
        en "Lower end of the corridor; from this ratio on the second criterion decides",
        source nl "UfAB, erweiterte Richtwertmethode", en "UfAB, erweiterte Richtwertmethode";
    AwardFactorPoints, "award-factor-points", ["Tbest", "Tworst"], "{0} − {1}",
        nl "Gunningsfactor: verschil tussen het totaal met en zonder trede en toezegging",
        en "Award factor: difference between the total with and without a level and a commitment",
        source nl "hoe hoger de trede, hoe hoger de factor", en "the higher the level, the higher the factor";
    AwardFactorEuros, "award-factor-euros", ["P", "P0"], "{0} − {1}",
        nl "Gunningsfactor in euro's: prijs min de prijs die zonder trede en toezegging hetzelfde totaal geeft",
        en "Award factor in euros: price less the price that gives the same total without a level and a commitment",
        source nl "de prijsverlaging die op de laagste trede hetzelfde totaal geeft, bij gelijke andere inschrijvingen", en "the price reduction that gives the same total at the lowest level, the other bids fixed";
}
