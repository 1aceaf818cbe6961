//! What is wrong, or worth a warning, in a model or a bid: a code, a place and a remedy.

use super::Language;

/// What a list of codes knows of each: the findings of other rules of the domain have lists of their own.
pub trait Code: Copy {
    /// The stable code.
    fn code(self) -> &'static str;

    /// How grave it is.
    fn severity(self) -> Severity;

    /// What was found and what would be right, with `{0}`, `{1}` where the details go.
    fn texts(self, language: Language) -> (&'static str, &'static str);
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The model or bid cannot be used.
    Error,
    /// It can be used; a reader must know this.
    Warning,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<C = FindingCode> {
    /// What was found.
    pub code: C,
    /// Where: a JSON pointer within the model, bid or file.
    pub place: String,
    /// What is filled in where the text says `{0}`, `{1}`.
    pub details: Vec<String>,
}

impl<C: Code> Finding<C> {
    /// A finding at a place.
    pub fn new<const N: usize>(code: C, place: impl Into<String>, details: [String; N]) -> Self {
        Finding { code, place: place.into(), details: details.into() }
    }

    /// The finding with its place below `prefix`.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Self {
        self.place.insert_str(0, prefix);
        self
    }

    /// What was found, in words.
    #[must_use]
    pub fn detail(&self, language: Language) -> String {
        self.filled(self.code.texts(language).0)
    }

    /// What would be right.
    #[must_use]
    pub fn remedy(&self, language: Language) -> String {
        self.filled(self.code.texts(language).1)
    }

    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (index, detail) in self.details.iter().enumerate() {
            text = text.replace(&format!("{{{index}}}"), detail);
        }
        text
    }
}

macro_rules! findings {
    ($($name:ident, $code:literal, $severity:ident,
       en $en:literal => $en_remedy:literal, nl $nl:literal => $nl_remedy:literal;)*) => {
        /// What can be found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingCode {
            $(#[doc = $en] $name,)*
        }

        impl FindingCode {
            /// All codes.
            pub const ALL: &'static [FindingCode] = &[$(FindingCode::$name),*];

            /// The stable code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(FindingCode::$name => $code,)* }
            }

            /// How grave it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(FindingCode::$name => Severity::$severity,)* }
            }
        }

        impl $crate::explaining::finding::Code for FindingCode {
            fn code(self) -> &'static str {
                FindingCode::code(self)
            }

            fn severity(self) -> Severity {
                FindingCode::severity(self)
            }

            fn texts(self, language: Language) -> (&'static str, &'static str) {
                match language {
                    Language::English => match self { $(FindingCode::$name => ($en, $en_remedy),)* },
                    Language::Dutch => match self { $(FindingCode::$name => ($nl, $nl_remedy),)* },
                }
            }
        }
    };
}
pub(crate) use findings;

findings! {
    // The method.
    UnknownMethod, "unknown-method", Error,
        en "`{0}` is no award method" => "use one of: {1}",
        nl "`{0}` is geen gunningsmethode" => "gebruik een van: {1}";
    RefusedMethod, "refused-method", Error,
        en "`{0}` is refused: {1}" => "choose a method whose optimum is not set by the other bids, and whose formula is published",
        nl "`{0}` wordt geweigerd: {2}" => "kies een methode waarvan het optimum niet van de andere inschrijvingen afhangt, met een gepubliceerde formule";
    ParameterMissing, "parameter-missing", Error,
        en "the method `{0}` needs `{1}`" => "declare `{1}`",
        nl "de methode `{0}` heeft `{1}` nodig" => "leg `{1}` vast";
    ParameterUnused, "parameter-unused", Error,
        en "`{1}` does not belong to `{0}`" => "leave `{1}` out",
        nl "`{1}` hoort niet bij `{0}`" => "laat `{1}` weg";
    CorridorEmpty, "corridor-empty", Error,
        en "the corridor from {0} to {1} is empty" => "`fullPointsAt` must be below `zeroPointsAt`",
        nl "de bandbreedte van {0} tot {1} is leeg" => "`fullPointsAt` moet lager zijn dan `zeroPointsAt`";
    CorridorEach, "corridor-each", Error,
        en "the model has {0} price criteria with a corridor of their own, or without one; the corridor of the method cannot count for all" => "give each price criterion its own `corridor`, and the method none",
        nl "het model heeft {0} prijscriteria, met of zonder eigen bandbreedte; de bandbreedte van de methode kan niet voor alle gelden" => "geef elk prijscriterium een eigen `corridor`, en de methode geen";
    BaseTooSmall, "base-too-small", Error,
        en "the base {0} of the logarithm is not above 1" => "use a base such as 1.5, 2 or 3",
        nl "het grondtal {0} van de logaritme is niet groter dan 1" => "gebruik een grondtal zoals 1,5, 2 of 3";
    OutOfRange, "out-of-range", Error,
        en "{0} is outside {1} to {2}" => "give a number from {1} to {2}",
        nl "{0} ligt buiten {1} tot {2}" => "geef een getal van {1} tot {2}";
    DropOutUndeclared, "drop-out-undeclared", Error,
        en "scores depend on the other bids, but the model does not say what happens when a ranked bidder drops out" => "declare `dropOut` as `keep-ranking` or `recompute`",
        nl "scores hangen af van de andere inschrijvingen, maar het model zegt niet wat er gebeurt als een inschrijver afvalt" => "leg `dropOut` vast als `keep-ranking` of `recompute`";
    // The tree of criteria.
    NoCriteria, "no-criteria", Error,
        en "there is no criterion" => "declare at least one criterion",
        nl "er is geen criterium" => "leg minstens één criterium vast";
    DuplicateId, "duplicate-id", Error,
        en "the identifier `{0}` stands twice" => "give each its own identifier",
        nl "de aanduiding `{0}` komt twee keer voor" => "geef elk een eigen aanduiding";
    InvalidId, "invalid-id", Error,
        en "`{0}` is no identifier" => "use 1 to 64 letters, digits, dots, underscores, colons and hyphens, starting with a letter or digit",
        nl "`{0}` is geen aanduiding" => "gebruik 1 tot 64 letters, cijfers, punten, liggende streepjes, dubbele punten en koppeltekens, beginnend met een letter of cijfer";
    NestedTooDeep, "nested-too-deep", Error,
        en "criteria are nested more than {0} deep" => "use fewer levels of groups",
        nl "criteria zijn meer dan {0} niveaus diep" => "gebruik minder niveaus";
    PriceMissing, "price-criterion-missing", Error,
        en "the method `{0}` needs a price or life-cycle cost criterion" => "add a criterion of kind `price` or `life-cycle-cost`",
        nl "de methode `{0}` heeft een prijs- of kostencriterium nodig" => "voeg een criterium van soort `price` of `life-cycle-cost` toe";
    PriceUnused, "price-criterion-unused", Error,
        en "the method `{0}` does not use the price" => "leave the price criterion out, or use kind `fixed-price`",
        nl "de methode `{0}` gebruikt de prijs niet" => "laat het prijscriterium weg, of gebruik soort `fixed-price`";
    SeveralPrices, "several-prices", Error,
        en "the method `{0}`, or a fictitious discount in euros, knows one price, but there are {1} price criteria" => "keep one price criterion",
        nl "de methode `{0}`, of een fictieve korting in euro's, kent één prijs, maar er zijn {1} prijscriteria" => "houd één prijscriterium over";
    QualityUnused, "quality-criterion-unused", Error,
        en "the method `{0}` does not use this criterion" => "leave it out, or make it a knock-out",
        nl "de methode `{0}` gebruikt dit criterium niet" => "laat het weg, of maak er een knock-outeis van";
    QualityMissing, "quality-criterion-missing", Error,
        en "the method `{0}` needs a criterion besides the price" => "add one",
        nl "de methode `{0}` heeft naast de prijs een criterium nodig" => "voeg er een toe";
    DiscountMissing, "discount-missing", Error,
        en "the fictitious discount method has no criterion that gives a discount" => "add a `pso-level` criterion measured in `discount-percent` or `discount-amount`",
        nl "de methode fictieve korting heeft geen criterium dat een korting geeft" => "voeg een criterium `pso-level` toe met maat `discount-percent` of `discount-amount`";
    // Weights and values.
    WeightUnitMissing, "weight-unit-missing", Error,
        en "there are weights, but not their unit" => "declare `weightUnit` as `percent` or `points`",
        nl "er zijn wegingen, maar niet hun eenheid" => "leg `weightUnit` vast als `percent` of `points`";
    WeightMissing, "weight-missing", Error,
        en "`{0}` has no weight" => "give its weight",
        nl "`{0}` heeft geen weging" => "geef de weging";
    WeightUnused, "weight-unused", Error,
        en "`{0}` has a weight that the method or kind does not use" => "leave the weight out",
        nl "`{0}` heeft een weging die de methode of soort niet gebruikt" => "laat de weging weg";
    WeightNotPositive, "weight-not-positive", Error,
        en "the weight or value {0} is not above zero" => "give a weight above zero",
        nl "de weging of waarde {0} is niet groter dan nul" => "geef een weging boven nul";
    WeightsDoNotSum, "weights-do-not-sum", Error,
        en "the weights sum to {0} percent" => "make them sum to exactly 100",
        nl "de wegingen tellen op tot {0} procent" => "laat ze optellen tot precies 100";
    SubWeightsDoNotSum, "sub-weights-do-not-sum", Error,
        en "the sub-criteria of `{0}` sum to {1}, but it weighs {2}" => "make the sub-criteria sum to exactly {2}",
        nl "de subcriteria van `{0}` tellen op tot {1}, maar het weegt {2}" => "laat de subcriteria optellen tot precies {2}";
    ValueMissing, "value-missing", Error,
        en "`{0}` has no value in euros" => "give `value`: what a full score is worth",
        nl "`{0}` heeft geen waarde in euro's" => "geef `value`: wat een volle score waard is";
    ValueUnused, "value-unused", Error,
        en "`{0}` has a value in euros that the method or kind does not use" => "leave `value` out, or use `award-on-value`",
        nl "`{0}` heeft een waarde in euro's die de methode of soort niet gebruikt" => "laat `value` weg, of gebruik `award-on-value`";
    EmptyGroup, "empty-group", Error,
        en "the group `{0}` has no sub-criteria" => "add sub-criteria, or give it another kind",
        nl "de groep `{0}` heeft geen subcriteria" => "voeg subcriteria toe, of geef het een andere soort";
    PriceInRelativeGroup, "price-in-relative-group", Error,
        en "`{0}` is relative to the best bid and holds a price, a discount or another relative criterion" => "let only absolute quality be relative to the best bid, once, and not in `relative-quality` or `utility-index`",
        nl "`{0}` is relatief ten opzichte van de beste inschrijving en bevat een prijs, een korting of een ander relatief criterium" => "laat alleen absolute kwaliteit relatief zijn ten opzichte van de beste inschrijving, één keer, en niet in `relative-quality` of `utility-index`";
    // Kinds.
    FieldMissing, "field-missing", Error,
        en "a criterion of kind `{0}` needs `{1}`" => "add `{1}`",
        nl "een criterium van soort `{0}` heeft `{1}` nodig" => "voeg `{1}` toe";
    FieldUnused, "field-unused", Error,
        en "`{1}` does not belong to a criterion of kind `{0}`" => "leave `{1}` out",
        nl "`{1}` hoort niet bij een criterium van soort `{0}`" => "laat `{1}` weg";
    ScaleEmpty, "scale-empty", Error,
        en "the scale from {0} to {1} has no length" => "`highest` must be above `lowest` and above zero",
        nl "de schaal van {0} tot {1} heeft geen lengte" => "`highest` moet hoger zijn dan `lowest` en dan nul";
    MarkOutsideScale, "mark-outside-scale", Error,
        en "the mark {0} is outside the scale" => "give it a score on the scale",
        nl "het merk {0} ligt buiten de schaal" => "geef het een score op de schaal";
    BoundsEmpty, "bounds-empty", Error,
        en "the bounds {0} and {1} leave nothing between them" => "give two different bounds in the right order",
        nl "de grenzen {0} en {1} laten niets over" => "geef twee verschillende grenzen in de juiste volgorde";
    StepsUnordered, "steps-unordered", Error,
        en "the steps of the table do not rise from {0}" => "give the steps with a rising `from`",
        nl "de stappen van de tabel lopen niet op vanaf {0}" => "geef de stappen met een oplopende `from`";
    StepsFall, "commitment-steps-fall", Error,
        en "a higher offer earns less from {0} on" => "let the percent rise, or stay equal, with the offer",
        nl "een hogere toezegging verdient minder vanaf {0}" => "laat het percentage met de toezegging stijgen of gelijk blijven";
    NegativeScale, "negative-scale", Error,
        en "`{0}` can score below zero, which the method `{1}` cannot use" => "use a scale from zero up",
        nl "`{0}` kan onder nul scoren, wat de methode `{1}` niet kan gebruiken" => "gebruik een schaal vanaf nul";
    ExtrapolationUnusable, "extrapolation-unusable", Error,
        en "`{0}` goes on beyond its full score, which the method `{1}` or a comparison with the best cannot use" => "clip or reject outside the bounds",
        nl "`{0}` loopt door boven de volle score, wat de methode `{1}` of een vergelijking met de beste niet kan gebruiken" => "begrens of weiger buiten de grenzen";
    FeaturesTooMuch, "features-too-much", Error,
        en "the features sum to {0}; at 1 the formula has no value" => "keep the sum of the shares below 1, at most 0.3 as Prozorro does",
        nl "de eigenschappen tellen op tot {0}; bij 1 heeft de formule geen waarde" => "houd de som van de aandelen onder 1, hoogstens 0,3 zoals Prozorro";
    // PSO.
    PsoRulesMissing, "pso-rules-missing", Error,
        en "a criterion scores the PSO level, but the model has no `pso` with a ladder" => "declare `pso.ladderVersion` or `pso.ladder`",
        nl "een criterium scoort de PSO-trede, maar het model heeft geen `pso` met een ladder" => "leg `pso.ladderVersion` of `pso.ladder` vast";
    UnknownLadder, "unknown-ladder", Error,
        en "`{0}` is no ladder version that comes with Trede" => "use `pso-2023` or `pso-before-2023`, or give the ladder itself",
        nl "`{0}` is geen ladderversie die Trede kent" => "gebruik `pso-2023` of `pso-before-2023`, of geef de ladder zelf";
    InvalidLadder, "invalid-ladder", Error,
        en "{0}" => "give levels with different codes, lowest first",
        nl "{0}" => "geef treden met verschillende codes, de laagste eerst";
    UnknownLevel, "unknown-level", Error,
        en "`{0}` is no level of ladder {1}" => "use one of: {2}",
        nl "`{0}` is geen trede van ladder {1}" => "gebruik een van: {2}";
    PsoScoresFall, "pso-scores-fall", Error,
        en "level `{0}` earns {1}, less than the lower level `{2}` with {3}" => "the higher the level, the higher the award factor: let the values rise",
        nl "trede `{0}` verdient {1}, minder dan de lagere trede `{2}` met {3}" => "hoe hoger de trede, hoe hoger de gunningsfactor: laat de waarden stijgen";
    PsoAboveWeight, "pso-above-weight", Error,
        en "a level earns {0}, more than the full {1}" => "let no level earn more than the weight, the scale or 100 percent",
        nl "een trede verdient {0}, meer dan de volle {1}" => "laat geen trede meer verdienen dan de weging, de schaal of 100 procent";
    PsoScoresEqual, "pso-scores-equal", Warning,
        en "levels earn the same: {0}" => "check that a higher level is meant to earn nothing more",
        nl "treden verdienen evenveel: {0}" => "ga na of een hogere trede bedoeld is niets meer te verdienen";
    LevelWithoutRow, "level-without-row", Error,
        en "these levels of the ladder have no row: {0}" => "say for every level of the ladder what it earns",
        nl "deze treden van de ladder hebben geen regel: {0}" => "zeg voor elke trede van de ladder wat die verdient";
    PsoNoMotivation, "pso-no-motivation", Warning,
        en "the link of the PSO level to the subject matter is not motivated; the label certifies the company, while criteria must link to the contract (Aw 2012 art. 2.115)" => "write the motivation in `pso.motivation`",
        nl "het verband van de PSO-trede met het voorwerp is niet gemotiveerd; het keurmerk gaat over het bedrijf, terwijl criteria verband houden met de opdracht (Aw 2012 art. 2.115)" => "schrijf de motivering in `pso.motivation`";
    PsoNoEquivalence, "pso-no-equivalence", Warning,
        en "the model has no equivalence route; a label must accept equivalent proof (dir. 2014/24 art. 43, C-368/10)" => "declare how equivalent proof is assessed in `pso.equivalence`",
        nl "het model heeft geen gelijkwaardigheidsroute; bij een keurmerk telt gelijkwaardig bewijs mee (richtlijn 2014/24 art. 43, C-368/10)" => "leg in `pso.equivalence` vast hoe gelijkwaardig bewijs wordt beoordeeld";
    PsoDateUndeclared, "pso-date-undeclared", Warning,
        en "the model does not say on which date the level counts" => "declare `pso.levelCountsOn` as `bid` or `award`",
        nl "het model zegt niet op welke datum de trede telt" => "leg `pso.levelCountsOn` vast als `bid` of `award`";
    PsoConsortiumUndeclared, "pso-consortium-undeclared", Warning,
        en "the model does not say which level a consortium has" => "declare `pso.consortiumRule`",
        nl "het model zegt niet welke trede een combinatie heeft" => "leg `pso.consortiumRule` vast";
    PsoAboveThreshold, "pso-above-threshold", Warning,
        en "a PSO level as award criterion is contested above the European threshold" => "take legal advice, or ask for it as a contract condition instead",
        nl "een PSO-trede als gunningscriterium is omstreden boven de Europese drempel" => "win juridisch advies in, of vraag het als uitvoeringsvoorwaarde";
    // Known defects of methods.
    RankReversal, "rank-reversal", Warning,
        en "scores depend on the other bids: the order of two bids can reverse when a third drops out" => "use an absolute method, or read the rank reversal analysis",
        nl "scores hangen af van de andere inschrijvingen: de volgorde van twee kan omdraaien als een derde afvalt" => "gebruik een absolute methode, of lees de analyse van rangwisseling";
    MethodDefect, "method-defect", Warning,
        en "known defect of `{0}`: {1}" => "weigh this defect before publication",
        nl "bekend gebrek van `{0}`: {2}" => "weeg dit gebrek voor publicatie";
    CorridorClipsBelow, "lower-price-worthless", Warning,
        en "prices below {0} earn nothing more, so a lower price is worthless there (unlawful in Sweden, HFD 2022:41)" => "extrapolate or reject below the corridor, or lower `fullPointsAt`",
        nl "prijzen onder {0} verdienen niets extra, dus een lagere prijs is daar waardeloos (onrechtmatig in Zweden, HFD 2022:41)" => "extrapoleer of weiger onder de bandbreedte, of verlaag `fullPointsAt`";
    CorridorClipsAbove, "higher-price-free", Warning,
        en "prices above {0} all earn zero, so a higher price costs nothing there" => "reject above the corridor, or raise `zeroPointsAt`",
        nl "prijzen boven {0} verdienen alle nul, dus een hogere prijs kost daar niets" => "weiger boven de bandbreedte, of verhoog `zeroPointsAt`";
    UnequalScales, "unequal-scales", Warning,
        en "`{0}` can earn from {1} to {2} percent of its weight, where others earn from 0 to 100: weights do not mean what they say" => "give all criteria scales of equal length",
        nl "`{0}` kan {1} tot {2} procent van zijn weging verdienen, terwijl andere 0 tot 100 verdienen: wegingen betekenen dan niet wat er staat" => "geef alle criteria schalen van gelijke lengte";
    MoreIsWorthless, "more-is-worthless", Warning,
        en "an offer above {0} binds but earns nothing more" => "check that this is meant, or refuse such offers",
        nl "een toezegging boven {0} bindt maar verdient niets extra" => "ga na of dit bedoeld is, of weiger zulke toezeggingen";
    BracketCanBeNegative, "bracket-can-be-negative", Warning,
        en "with weights {0} and {1} a bid far below the best quality gets a bracket of zero or less, and scores 0 whatever its price" => "give the price more weight, or set a minimum quality",
        nl "met wegingen {0} en {1} krijgt een inschrijving ver onder de beste kwaliteit een factor van nul of minder, en scoort 0 ongeacht de prijs" => "geef de prijs meer gewicht, of stel een minimumkwaliteit";
    FeaturesAboveLimit, "features-above-limit", Warning,
        en "the features sum to {0}, above the 0.3 that Prozorro allows" => "keep the sum at or below 0.3",
        nl "de eigenschappen tellen op tot {0}, boven de 0,3 die Prozorro toestaat" => "houd de som op of onder 0,3";
    LevelCountedTwice, "level-counted-twice", Warning,
        en "the PSO level counts on more than one criterion: {0}" => "check that one level is meant to earn twice",
        nl "de PSO-trede telt op meer dan één criterium: {0}" => "ga na of één trede bedoeld is twee keer te verdienen";
    WeightOutOfReach, "weight-out-of-reach", Warning,
        en "`{0}` earns at most {1} percent of its weight: the table never reaches it" => "let the highest row earn the whole weight, or lower the weight",
        nl "`{0}` verdient hoogstens {1} procent van zijn weging: de tabel haalt die nooit" => "laat de hoogste regel de hele weging verdienen, of verlaag de weging";
    NoMotivation, "lowest-price-unmotivated", Warning,
        en "an award on lowest price or cost needs a motivation (Aw 2012 art. 2.114)" => "write it in `motivation`",
        nl "gunnen op laagste prijs of kosten vraagt een motivering (Aw 2012 art. 2.114)" => "schrijf die in `motivation`";
    TiesUndeclared, "ties-undeclared", Warning,
        en "the model does not say how equal totals are decided; a tie stays open until lots are drawn" => "declare `ties`",
        nl "het model zegt niet hoe gelijke totalen worden beslist; een gelijke stand blijft open tot er geloot is" => "leg `ties` vast";
    AbnormallyLowUndeclared, "abnormally-low-undeclared", Warning,
        en "the model has no rule that flags an abnormally low bid" => "declare `abnormallyLow`",
        nl "het model heeft geen regel die een abnormaal lage inschrijving signaleert" => "leg `abnormallyLow` vast";
    // Other choices.
    UnknownCriterion, "unknown-criterion", Error,
        en "there is no criterion or knock-out `{0}` that takes this" => "use one of: {1}",
        nl "er is geen criterium of knock-outeis `{0}` die dit verwacht" => "gebruik een van: {1}";
    LotNotLast, "lot-not-last", Error,
        en "a drawing of lots decides every tie, so nothing can come after it" => "make `lot` the last step",
        nl "loting beslist elke gelijke stand, dus daarna kan niets komen" => "maak `lot` de laatste stap";
    CallOffUndeclared, "call-off-undeclared", Error,
        en "a framework agreement with up to {0} operators must say how orders go to them (dir. 2014/24 art. 33(4))" => "declare `callOff` as `mini-competition`, `ranking`, `rotation` or `mixed`",
        nl "een raamovereenkomst met ten hoogste {0} ondernemers moet zeggen hoe opdrachten bij hen terechtkomen (richtlijn 2014/24 art. 33 lid 4)" => "leg `callOff` vast als `mini-competition`, `ranking`, `rotation` of `mixed`";
    CallOffAmongOne, "call-off-among-one", Error,
        en "in a framework agreement with one operator there is nobody to choose between" => "leave `callOff` out, or let more bids win",
        nl "in een raamovereenkomst met één ondernemer is er niemand om tussen te kiezen" => "laat `callOff` weg, of laat meer inschrijvingen winnen";
    WinnersUnderLotLimit, "winners-under-lot-limit", Error,
        en "how many lots a bidder may win cannot be decided where several bids win a lot" => "leave `lotLimit` out, or let one bid win each lot",
        nl "hoeveel percelen een inschrijver mag winnen is niet te beslissen waar meer inschrijvingen een perceel winnen" => "laat `lotLimit` weg, of laat één inschrijving elk perceel winnen";
    FewerWinners, "fewer-winners", Warning,
        en "{0} bids are ranked where up to {1} can win" => "award to those that are ranked; nobody else wins",
        nl "er staan {0} inschrijvingen in de rangorde waar er ten hoogste {1} kunnen winnen" => "gun aan wie in de rangorde staat; niemand anders wint";
    ThresholdUnusable, "threshold-unusable", Error,
        en "the threshold `{0}` cannot be used here" => "a minimum of points needs a method where the highest total wins; a score needs an assessed or numeric criterion",
        nl "de drempel `{0}` kan hier niet" => "een minimum aan punten vraagt een methode waar het hoogste totaal wint; een score vraagt een beoordeeld of numeriek criterium";
    KnockOutBound, "knock-out-bound", Error,
        en "the knock-out `{0}` has {1} bounds" => "give exactly one of `minimum`, `maximum`, `mustBeMet: true`",
        nl "de knock-outeis `{0}` heeft {1} grenzen" => "geef precies één van `minimum`, `maximum`, `mustBeMet: true`";
    InvalidPrice, "invalid-price", Error,
        en "{0}: {1}" => "give an amount in euros of at least 0.00",
        nl "{0}: {2}" => "geef een bedrag in euro's van minstens 0.00";
    ZeroPriceRatio, "zero-price-ratio", Error,
        en "the method `{0}` cannot give a price of zero all points" => "declare `zeroPrice` as `refuse`",
        nl "de methode `{0}` kan een prijs van nul niet alle punten geven" => "leg `zeroPrice` vast als `refuse`";
    // Bids.
    NoLots, "no-lots", Error,
        en "there is no lot" => "give at least one lot",
        nl "er is geen perceel" => "geef minstens één perceel";
    NoBids, "no-bids", Error,
        en "the lot has no bid" => "give at least one bid",
        nl "het perceel heeft geen inschrijving" => "geef minstens één inschrijving";
    TooMany, "too-many", Error,
        en "there are {0}, more than the {1} that are scored at once" => "give at most {1}",
        nl "het zijn er {0}, meer dan de {1} die in één keer worden gescoord" => "geef er hoogstens {1}";
    AnswerMissing, "answer-missing", Error,
        en "bid `{0}` has no answer on `{1}`" => "give it in `{2}`",
        nl "inschrijving `{0}` heeft geen antwoord op `{1}`" => "geef het in `{2}`";
    AmbiguousPrice, "ambiguous-price", Error,
        en "bid `{0}` gives one `price`, but the model has {1} price criteria, or `prices` is given too" => "give each price by criterion in `prices`",
        nl "inschrijving `{0}` geeft één `price`, maar het model heeft {1} prijscriteria, of `prices` is ook gegeven" => "geef elke prijs per criterium in `prices`";
    ScoreOffScale, "score-off-scale", Error,
        en "{0}" => "give a score on the declared scale; it is not moved to the nearest end",
        nl "{1}" => "geef een score op de vastgelegde schaal; die wordt niet naar de rand verschoven";
    ScoresDoNotCombine, "scores-do-not-combine", Error,
        en "{0}" => "give the scores as the declared assessment asks",
        nl "{1}" => "geef de scores zoals de vastgelegde beoordeling vraagt";
    LevelUnclear, "level-unclear", Error,
        en "{0}" => "declare the rule in `pso`, or correct the claim",
        nl "{1}" => "leg de regel vast in `pso`, of verbeter de aanspraak";
    LevelUnused, "level-unused", Warning,
        en "bid `{0}` claims the PSO level `{1}`, but no criterion scores it" => "nothing is needed",
        nl "inschrijving `{0}` voert de PSO-trede `{1}` op, maar geen criterium scoort die" => "er is niets nodig";
    LevelDateMissing, "level-date-missing", Error,
        en "the level counts on a date that the tender does not give" => "give `{0}` in `tender`",
        nl "de trede telt op een datum die de aanbesteding niet geeft" => "geef `{0}` in `tender`";
    FactType, "fact-type", Error,
        en "`{0}` asks for {1}" => "give {1}",
        nl "`{0}` vraagt om {2}" => "geef {2}";
    NegativeOffer, "negative-offer", Error,
        en "an offer or number of {0} cannot be scored here" => "give a number of at least zero",
        nl "een toezegging of getal van {0} kan hier niet worden gescoord" => "geef een getal van minstens nul";
    YearsMismatch, "years-mismatch", Error,
        en "the life cycle has {0} years, but there are {1} yearly costs" => "give `annual`, or one cost for each year in `yearly`",
        nl "de levenscyclus telt {0} jaren, maar er zijn {1} jaarlijkse kosten" => "geef `annual`, of één bedrag per jaar in `yearly`";
    PeriodsUnclear, "periods-unclear", Error,
        en "the life cycle gives {0} of `years`, `periodDays` and `periodMonths`" => "give exactly one of them",
        nl "de levenscyclus geeft er {0} van `years`, `periodDays` en `periodMonths`" => "geef er precies één van";
    PaymentMoment, "payment-moment", Error,
        en "a payment says {0} times when it falls" => "give exactly one of `on`, `afterDays`, `afterMonths` and `inPeriod`",
        nl "een betaling zegt {0} keer wanneer die valt" => "geef precies één van `on`, `afterDays`, `afterMonths` en `inPeriod`";
    SavingUndeclared, "saving-undeclared", Error,
        en "`{0}` is below zero, but the model counts no savings" => "declare `savings: true` in `lifeCycle`, or give a cost of at least zero",
        nl "`{0}` is lager dan nul, maar het model telt geen besparingen" => "leg `savings: true` vast in `lifeCycle`, of geef kosten van minstens nul";
    CostNotPositive, "cost-not-positive", Error,
        en "the life-cycle cost of bid `{0}` is zero or less, which the method `{1}` cannot score" => "declare a method that allows a cost below zero, such as `lowest-cost`",
        nl "de levenscycluskosten van inschrijving `{0}` zijn nul of lager, wat de methode `{1}` niet kan scoren" => "leg een methode vast die kosten onder nul toestaat, zoals `lowest-cost`";
    LotPreferenceMissing, "lot-preference-missing", Error,
        en "bid `{0}` is one of {1} bids of a bidder that can win at most {2} lots, and does not say where this lot stands in its own order" => "give each of its bids a `lotPreference` of its own, 1 for the lot that it prefers",
        nl "inschrijving `{0}` is een van {1} inschrijvingen van een inschrijver die hoogstens {2} percelen kan winnen, en zegt niet waar dit perceel in zijn eigen volgorde staat" => "geef elk van zijn inschrijvingen een eigen `lotPreference`, 1 voor het perceel van voorkeur";
    InvalidKvk, "invalid-kvk-number", Error,
        en "`{0}` is no KvK number" => "give 8 digits",
        nl "`{0}` is geen KvK-nummer" => "geef 8 cijfers";
    DrawingMismatch, "drawing-mismatch", Error,
        en "the drawing orders {0}, but the bids that are tied and open to it are {1}" => "record exactly the tied bids in the order drawn",
        nl "de loting ordent {0}, maar de gelijke inschrijvingen waarover geloot wordt zijn {1}" => "leg precies de gelijke inschrijvingen vast in de geloot volgorde";
    DrawingNotFollowing, "drawing-not-following", Error,
        en "from the random value follows the order {0}, but the drawing says {1}" => "record the order that follows from the value",
        nl "uit de toevalswaarde volgt de volgorde {0}, maar de loting zegt {1}" => "leg de volgorde vast die uit de waarde volgt";
    // The evaluation itself.
    ZeroPrice, "zero-price", Error,
        en "bid `{0}` has a price of zero, by which the formula divides" => "declare `zeroPrice` as `takes-all` beforehand, or ask the bidder for an explanation (C-367/19)",
        nl "inschrijving `{0}` heeft een prijs van nul, waardoor de formule deelt" => "leg vooraf `zeroPrice` vast als `takes-all`, of vraag de inschrijver om uitleg (C-367/19)";
    DiscountExceedsPrice, "discount-exceeds-price", Error,
        en "the fictitious discount of bid `{0}` takes its whole price or more, which the method `{1}` cannot score" => "declare a discount in percent, or a method that allows a price below zero",
        nl "de fictieve korting van inschrijving `{0}` neemt de hele prijs of meer weg, wat de methode `{1}` niet kan scoren" => "leg een korting in procenten vast, of een methode die een prijs onder nul toestaat";
    ReceivedAtMissing, "received-at-missing", Error,
        en "bid `{0}` has no `receivedAt`, but ties are decided by the earliest bid" => "give the moment of receipt of each bid",
        nl "inschrijving `{0}` heeft geen `receivedAt`, maar gelijke standen worden beslist door de vroegste" => "geef van elke inschrijving het tijdstip van ontvangst";
    InitialPriceMissing, "initial-price-missing", Error,
        en "bid `{0}` has no `initialPrice`, but a rule compares with the initial prices" => "give the initial price of each bid",
        nl "inschrijving `{0}` heeft geen `initialPrice`, maar een regel vergelijkt met de eerste prijzen" => "geef van elke inschrijving de eerste prijs";
    AnalysisTooLarge, "analysis-too-large", Error,
        en "the analyses of {0} bids on {1} criteria take {2} steps, more than the {3} that one lot may take" => "score without the analyses, or analyse the bids that can still win",
        nl "de analyses van {0} inschrijvingen op {1} criteria kosten {2} stappen, meer dan de {3} die één perceel mag kosten" => "scoor zonder analyses, of analyseer de inschrijvingen die nog kunnen winnen";
    AnalysisLeftOut, "analysis-left-out", Warning,
        en "the analyses of {0} bids on {1} criteria take {2} steps, more than the {3} that one lot may take; they are left out" => "analyse the bids that can still win with `trede score`",
        nl "de analyses van {0} inschrijvingen op {1} criteria kosten {2} stappen, meer dan de {3} die één perceel mag kosten; ze zijn weggelaten" => "analyseer de inschrijvingen die nog kunnen winnen met `trede score`";
    NoBidLeft, "no-bid-left", Warning,
        en "no bid is left to rank" => "the lot cannot be awarded on these bids",
        nl "er blijft geen inschrijving over om te rangschikken" => "het perceel kan op deze inschrijvingen niet worden gegund";
    OpenTie, "open-tie", Warning,
        en "the bids {0} are equal and wait for a drawing of lots; the bidders are told where, when and by whom, and may attend" => "hold the drawing and record it in `drawing`",
        nl "de inschrijvingen {0} zijn gelijk en wachten op loting; de inschrijvers horen waar, wanneer en door wie, en mogen erbij zijn" => "houd de loting en leg die vast in `drawing`";
    ConsensusOutside, "consensus-outside-scores", Warning,
        en "the consensus of bid `{0}` on `{1}` lies outside the individual scores" => "check the consensus, and record in the session why it is higher or lower than everybody's score",
        nl "de consensus van inschrijving `{0}` op `{1}` ligt buiten de afzonderlijke scores" => "controleer de consensus, en leg in de sessie vast waarom die hoger of lager is dan ieders score";
    SpreadFlagged, "assessor-spread", Warning,
        en "the assessors of bid `{0}` lie far apart on `{1}`" => "discuss the scores in the consensus session",
        nl "de beoordelaars van inschrijving `{0}` liggen ver uiteen op `{1}`" => "bespreek de scores in de consensussessie";
    AskForExplanation, "ask-for-explanation", Warning,
        en "bid `{0}` looks abnormally low; it may not be rejected before the bidder was asked (Aw 2012 art. 2.116)" => "ask the bidder for an explanation",
        nl "inschrijving `{0}` lijkt abnormaal laag; afwijzen mag niet voordat de inschrijver is gevraagd (Aw 2012 art. 2.116)" => "vraag de inschrijver om een toelichting";
    LevelNotValid, "level-not-valid", Warning,
        en "the certificate of bid `{0}` for `{1}` is not valid on {2}; no level counts" => "ask for a certificate that is valid on the date that counts",
        nl "het certificaat van inschrijving `{0}` voor `{1}` is niet geldig op {2}; er telt geen trede" => "vraag een certificaat dat geldig is op de peildatum";
    LevelEquivalent, "level-equivalent", Warning,
        en "bid `{0}` counts as `{1}` by equivalent proof: {2}" => "keep the assessment with the evidence",
        nl "inschrijving `{0}` telt als `{1}` op gelijkwaardig bewijs: {2}" => "bewaar de beoordeling bij het bewijs";
    LevelMapped, "level-mapped", Warning,
        en "bid `{0}` holds `{1}`, which counts as `{2}`" => "nothing is needed",
        nl "inschrijving `{0}` heeft `{1}`, wat telt als `{2}`" => "er is niets nodig";
}
