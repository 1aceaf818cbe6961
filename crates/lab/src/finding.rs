//! What is wrong with a study: a code, a place and a remedy. What is wrong with one of its models keeps the code that
//! the model's own check gives it.

use trede_rules::award::Finding as ModelFinding;
use trede_rules::explaining::Language;
use trede_rules::explaining::finding::{Code, Finding, Severity};
use trede_wire::score_result::FindingResult;

/// One thing that makes a study unusable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StudyError {
    /// A model that is no model.
    Model(ModelFinding),
    /// Anything else in the file.
    Study(Finding<StudyCode>),
}

impl StudyError {
    pub(crate) fn new<const N: usize>(
        code: StudyCode,
        place: impl Into<String>,
        details: [String; N],
    ) -> Self {
        StudyError::Study(Finding::new(code, place, details))
    }

    /// The error on the wire.
    #[must_use]
    pub fn result(&self, language: Language) -> FindingResult {
        match self {
            StudyError::Model(finding) => FindingResult::new(finding, language),
            StudyError::Study(finding) => FindingResult::new(finding, language),
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            StudyError::Model(finding) => finding.code.code(),
            StudyError::Study(finding) => finding.code.code(),
        }
    }

    /// Where it is: a JSON pointer in the file.
    #[must_use]
    pub fn place(&self) -> &str {
        match self {
            StudyError::Model(finding) => &finding.place,
            StudyError::Study(finding) => &finding.place,
        }
    }
}

macro_rules! codes {
    ($($name:ident, $code:literal,
       en $en:literal => $en_remedy:literal, nl $nl:literal => $nl_remedy:literal;)*) => {
        /// What can be wrong with a study.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StudyCode {
            $(#[doc = $en] $name,)*
        }

        impl StudyCode {
            /// All codes.
            pub const ALL: &'static [StudyCode] = &[$(StudyCode::$name),*];
        }

        impl Code for StudyCode {
            fn code(self) -> &'static str {
                match self { $(StudyCode::$name => $code,)* }
            }

            fn severity(self) -> Severity {
                Severity::Error
            }

            fn texts(self, language: Language) -> (&'static str, &'static str) {
                match language {
                    Language::English => match self { $(StudyCode::$name => ($en, $en_remedy),)* },
                    Language::Dutch => match self { $(StudyCode::$name => ($nl, $nl_remedy),)* },
                }
            }
        }
    };
}

codes! {
    OutOfRange, "out-of-range",
        en "{0} is outside {1} to {2}" => "give a number from {1} to {2}",
        nl "{0} ligt buiten {1} tot {2}" => "geef een getal van {1} tot {2}";
    TooMany, "too-many",
        en "there are {0} here, more than the {1} that one study takes" => "give at most {1}",
        nl "het zijn er hier {0}, meer dan de {1} die één studie aankan" => "geef er hoogstens {1}";
    NothingGiven, "nothing-given",
        en "there is nothing in `{0}`" => "give at least one",
        nl "er staat niets in `{0}`" => "geef er minstens één";
    DuplicateId, "duplicate-id",
        en "the identifier `{0}` stands twice" => "give each its own identifier",
        nl "de aanduiding `{0}` komt twee keer voor" => "geef elk een eigen aanduiding";
    InvalidId, "invalid-id",
        en "`{0}` is no identifier" => "use 1 to 64 letters, digits, dots, underscores, colons and hyphens, starting with a letter or digit",
        nl "`{0}` is geen aanduiding" => "gebruik 1 tot 64 letters, cijfers, punten, liggende streepjes, dubbele punten en koppeltekens, beginnend met een letter of cijfer";
    DrawMissing, "draw-missing",
        en "bidders of kind `{0}` draw nothing on `{1}`, which the model `{2}` asks" => "give it in `{3}`",
        nl "inschrijvers van soort `{0}` trekken niets op `{1}`, wat het model `{2}` vraagt" => "geef het in `{3}`";
    DrawUnused, "draw-unused",
        en "no model asks `{0}` in this way" => "leave it out, or use one of: {1}",
        nl "geen model vraagt op deze manier naar `{0}`" => "laat het weg, of gebruik een van: {1}";
    ParameterMissing, "parameter-missing",
        en "the shape `{0}` needs `{1}`" => "give `{1}`",
        nl "de vorm `{0}` heeft `{1}` nodig" => "geef `{1}`";
    ParameterUnused, "parameter-unused",
        en "`{1}` does not belong to the shape `{0}`" => "leave `{1}` out",
        nl "`{1}` hoort niet bij de vorm `{0}`" => "laat `{1}` weg";
    BoundsEmpty, "bounds-empty",
        en "{0} and {1} are not in the right order" => "let `from` be below `to`, and `mode` between them",
        nl "{0} en {1} staan niet in de goede volgorde" => "laat `from` lager zijn dan `to`, met `mode` ertussen";
    TooFine, "too-fine",
        en "{0} has more than {1} decimals" => "give it with at most {1} decimals, or draw with more",
        nl "{0} heeft meer dan {1} decimalen" => "geef hoogstens {1} decimalen, of trek met meer";
    DrawOutside, "draw-outside",
        en "the draws run from {0} to {1}, but the model `{2}` takes {3} to {4} on `{5}`" => "draw from {3} to {4}",
        nl "de trekkingen lopen van {0} tot {1}, maar het model `{2}` neemt op `{5}` {3} tot {4}" => "trek van {3} tot {4}";
    ChancesDoNotSum, "chances-do-not-sum",
        en "the chances of the levels sum to {0} percent" => "make them sum to exactly 100",
        nl "de kansen op de treden tellen op tot {0} procent" => "laat ze optellen tot precies 100";
    UnknownLevel, "unknown-level",
        en "`{0}` is no level of the ladder of the models" => "use one of: {1}",
        nl "`{0}` is geen trede van de ladder van de modellen" => "gebruik een van: {1}";
    LaddersDiffer, "ladders-differ",
        en "the models `{0}` and `{1}` have different ladders, so their levels cannot be compared" => "use one ladder in all models",
        nl "de modellen `{0}` en `{1}` hebben verschillende ladders, dus hun treden zijn niet te vergelijken" => "gebruik in alle modellen één ladder";
    PastAndDraws, "past-and-draws",
        en "bidders of kind `{0}` are earlier bids, and draw `{1}` as well" => "give `past`, or the draws",
        nl "inschrijvers van soort `{0}` zijn eerdere inschrijvingen, en trekken ook `{1}`" => "geef `past`, of de trekkingen";
    UnknownDraw, "unknown-draw",
        en "nothing is drawn on `{0}`" => "use one of: {1}",
        nl "op `{0}` wordt niets getrokken" => "gebruik een van: {1}";
    SameDraw, "same-draw",
        en "`{0}` and `{1}` stand together twice, or are one" => "give each pair of two once",
        nl "`{0}` en `{1}` staan twee keer samen, of zijn hetzelfde" => "geef elk paar van twee één keer";
    CorrelationsContradict, "correlations-contradict",
        en "nothing goes together in this way: `{0}` contradicts the coefficients before it" => "bring coefficients nearer to zero; within a bid two things that all bids share keep at least what is shared",
        nl "zo kan niets samengaan: `{0}` is in strijd met de coëfficiënten ervoor" => "breng coëfficiënten dichter bij nul; wat alle inschrijvingen delen, gaat ten koste van wat binnen één inschrijving samen kan gaan";
    LifeCycle, "life-cycle-not-drawn",
        en "the model `{0}` scores life-cycle costs, which the laboratory does not draw" => "use a price criterion for the cost over the life cycle",
        nl "het model `{0}` scoort levenscycluskosten, en die trekt het laboratorium niet" => "gebruik een prijscriterium voor de kosten over de levensduur";
    NotComparable, "not-comparable",
        en "the commitments of an earlier tender on `{0}` are in places or in amounts, and do not grow with the contract" => "leave them out, or give them by hand",
        nl "de toezeggingen van een eerdere aanbesteding op `{0}` zijn plekken of bedragen, en groeien niet mee met de opdracht" => "laat ze weg, of geef ze zelf";
    TooLarge, "study-too-large",
        en "{0} tenders of these models and bidders take {1} steps, more than the {2} of one study" => "give fewer tenders, models or bidders",
        nl "{0} aanbestedingen met deze modellen en inschrijvers kosten {1} stappen, meer dan de {2} van één studie" => "geef minder aanbestedingen, modellen of inschrijvers";
}
