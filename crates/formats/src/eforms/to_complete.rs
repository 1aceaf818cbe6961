//! What a tender needs and a notice leaves open (te completeren).

use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::criterion::{AwardCriteria, CriterionNotice, NumberKind};
use super::draft::deadlines;
use super::notice::{LotNotice, Notice};

/// Something that a tender needs and the notice does not say (te completeren).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "pointer": "/lots/0/awardCriteria/criteria/1",
    "lot": "LOT-0001",
    "code": "weight-missing",
    "detail": "this criterion has no weight"
}))]
pub struct ToComplete {
    /// Where, as a JSON pointer into `notice` (plaats).
    pub pointer: String,
    /// In which lot or group, by its id in the notice (perceel).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// What is open, for programs (code).
    pub code: OpenPoint,
    /// What is open, for people (toelichting).
    pub detail: &'static str,
}

/// Writes the list of open points once; their texts in both languages are read from it.
macro_rules! open_points {
    ($($point:ident: $english:literal, $dutch:literal;)+) => {
        /// What a notice can leave open (open punt).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum OpenPoint {
            $(#[doc = concat!($english, " (", $dutch, ").")] $point,)+
        }

        impl OpenPoint {
            /// In English.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $(Self::$point => $english,)+ }
            }

            /// In Dutch.
            #[must_use]
            pub const fn dutch(self) -> &'static str {
                match self { $(Self::$point => $dutch,)+ }
            }
        }
    };
}

open_points! {
    BidCustody: "a notice does not say who keeps the bids until the opening; taken as: the platform",
        "een aankondiging zegt niet wie de inschrijvingen bewaart; aangenomen: het platform";
    NoticeIdMissing: "the notice has no id; the same file is known by its content only",
        "de aankondiging heeft geen nummer; hetzelfde bestand is alleen aan zijn inhoud te herkennen";
    ProcedureIdMissing: "the notice names no procedure, so later notices cannot find this tender",
        "de aankondiging noemt geen procedurenummer, zodat latere aankondigingen deze aanbesteding niet vinden";
    TitleMissing: "there is no title", "er is geen titel";
    BuyerMissing: "there is no buyer with a name", "er is geen aanbestedende dienst met een naam";
    CpvMissing: "there is no CPV code", "er is geen CPV-code";
    DeadlineMissing: "there is no moment until which bids can be made",
        "er is geen uiterste moment voor inschrijvingen";
    DeadlinesDiffer: "lots have different deadlines, and a tender has one",
        "percelen hebben verschillende termijnen, en een aanbesteding heeft er een";
    LotIdMissing: "the lot has no id", "het perceel heeft geen nummer";
    PlannedPart: "a part of a plan, which is to become a lot", "een onderdeel van een vooraankondiging";
    AwardMethod: "a notice names no award method; choose one and declare the award model",
        "een aankondiging noemt geen gunningsmethodiek; kies er een en leg het gunningsmodel vast";
    FormulaInWords: "the formula is in words: choose the method that says the same",
        "de formule is in woorden: kies de methodiek die hetzelfde zegt";
    FrameworkOperators: "how many operators the framework agreement has at the most is not said",
        "hoeveel ondernemers de raamovereenkomst ten hoogste heeft is niet gezegd";
    FrameworkCallOff: "how orders go to the operators is not said: by ranking or by rotation",
        "hoe opdrachten bij de ondernemers terechtkomen is niet gezegd: naar rangorde of bij toerbeurt";
    CriteriaMissing: "there are no award criteria", "er zijn geen gunningscriteria";
    CriteriaOfProcedure: "the award criteria are those of the procedure as a whole",
        "de gunningscriteria zijn die van de procedure als geheel";
    CriteriaOfGroup: "a group of lots has award criteria of its own, and a tender has none for groups",
        "een groep van percelen heeft eigen gunningscriteria, en een aanbesteding heeft die niet";
    CriterionTypeMissing: "this criterion is not said to be price, cost or quality",
        "van dit criterium is niet gezegd of het prijs, kosten of kwaliteit is";
    CriterionNameMissing: "this criterion has no name and no description",
        "dit criterium heeft geen naam en geen omschrijving";
    QualityScale: "how this quality is scored is not said: on which scale, or by which number",
        "hoe deze kwaliteit wordt gescoord is niet gezegd: op welke schaal, of met welk getal";
    CostTerms: "which costs count, over which years, is not said",
        "welke kosten tellen, over welke jaren, is niet gezegd";
    WeightMissing: "this criterion has no weight", "dit criterium heeft geen gewicht";
    WeightUnreadable: "the notice gives a number here that cannot be read",
        "de aankondiging geeft hier een getal dat niet te lezen is";
    WeightNegative: "a weight below zero: withheld, or wrong", "een gewicht onder nul: achtergehouden, of fout";
    WeightOfRange: "the weight is the middle of a range; the exact one is not said",
        "het gewicht is het midden van een bereik; het precieze is niet gezegd";
    WeightIsOrder: "only the order of importance is given, no weight",
        "alleen de volgorde van belang is gegeven, geen gewicht";
    WeightTwice: "this criterion has more than one weight", "dit criterium heeft meer dan een gewicht";
    WeightKindUnknown: "it is not said what this number is: a weight, a fixed value or a threshold",
        "niet gezegd is wat dit getal is: een gewicht, een vaste waarde of een drempel";
    WeightUnitsMixed: "weights are given in different units", "de gewichten staan in verschillende eenheden";
    WeightSum: "the exact weights do not sum to 100 % (or 1)", "de precieze gewichten tellen niet op tot 100 % (of 1)";
}

/// Everything that a notice leaves open of the tender that it opens.
pub(super) fn open_points(notice: &Notice) -> Vec<ToComplete> {
    let mut list = List(Vec::new());
    list.add("", None, OpenPoint::BidCustody);
    list.add_if(notice.notice_id.is_none(), "/noticeId", OpenPoint::NoticeIdMissing);
    list.add_if(notice.procedure_id.is_none(), "/procedureId", OpenPoint::ProcedureIdMissing);
    list.add_if(notice.subject.title.is_empty(), "/subject/title", OpenPoint::TitleMissing);
    list.add_if(notice.buyer_names().is_empty(), "/buyers", OpenPoint::BuyerMissing);
    let no_cpv = |lot: &LotNotice| lot.subject.cpv_codes.is_empty();
    let none = notice.subject.cpv_codes.is_empty() && notice.lots.iter().all(no_cpv);
    list.add_if(none, "/subject/cpvCodes", OpenPoint::CpvMissing);
    match deadlines(notice).len() {
        0 => list.add("/dates/bidsUntil", None, OpenPoint::DeadlineMissing),
        1 => {}
        _ => list.add("/dates/bidsUntil", None, OpenPoint::DeadlinesDiffer),
    }
    let mut whole = list.below("/awardCriteria", None);
    whole.criteria(&notice.award_criteria);
    for (index, lot) in notice.lots.iter().enumerate() {
        let mut of_lot = list.below(format!("/lots/{index}"), lot.id.as_deref());
        of_lot.lot(lot, &notice.award_criteria);
    }
    for (index, group) in notice.lot_groups.iter().enumerate() {
        let mut of_group = list.below(format!("/lotGroups/{index}"), group.id.as_deref());
        if !group.award_criteria.is_empty() {
            of_group.add("/awardCriteria", OpenPoint::CriteriaOfGroup);
        }
        of_group.deeper("/awardCriteria").criteria(&group.award_criteria);
    }
    list.0
}

struct List(Vec<ToComplete>);

impl List {
    fn add(&mut self, pointer: impl Into<String>, lot: Option<&str>, code: OpenPoint) {
        let lot = lot.map(str::to_owned);
        self.0.push(ToComplete { pointer: pointer.into(), lot, code, detail: code.english() });
    }

    fn add_if(&mut self, open: bool, pointer: &str, code: OpenPoint) {
        if open {
            self.add(pointer, None, code);
        }
    }

    fn below<'a>(&'a mut self, at: impl Into<String>, lot: Option<&'a str>) -> Place<'a> {
        Place { list: self, at: at.into(), lot }
    }
}

/// A place of the notice, to list what is open there.
struct Place<'a> {
    list: &'a mut List,
    at: String,
    lot: Option<&'a str>,
}

impl Place<'_> {
    fn add(&mut self, below: &str, code: OpenPoint) {
        let pointer = format!("{}{below}", self.at);
        self.list.add(pointer, self.lot, code);
    }

    fn deeper(&mut self, below: &str) -> Place<'_> {
        Place { at: format!("{}{below}", self.at), list: self.list, lot: self.lot }
    }

    fn lot(&mut self, lot: &LotNotice, of_procedure: &AwardCriteria) {
        if lot.id.is_none() {
            self.add("/id", OpenPoint::LotIdMissing);
        }
        if lot.planned {
            self.add("", OpenPoint::PlannedPart);
        }
        if lot.subject.title.is_empty() {
            self.add("/subject/title", OpenPoint::TitleMissing);
        }
        self.add("/awardCriteria", OpenPoint::AwardMethod);
        match (lot.award_criteria.criteria.is_empty(), of_procedure.criteria.is_empty()) {
            (true, true) => self.add("/awardCriteria/criteria", OpenPoint::CriteriaMissing),
            (true, false) => self.add("/awardCriteria/criteria", OpenPoint::CriteriaOfProcedure),
            (false, _) => {}
        }
        if let Some(framework) = &lot.framework {
            match (framework.maximum_participants, framework.technique.as_deref()) {
                (None, _) => self.add("/framework/maximumParticipants", OpenPoint::FrameworkOperators),
                (Some(2..), None | Some("fa-wo-rc")) => {
                    self.add("/framework/technique", OpenPoint::FrameworkCallOff);
                }
                _ => {}
            }
        }
        self.deeper("/awardCriteria").criteria(&lot.award_criteria);
    }

    fn criteria(&mut self, of: &AwardCriteria) {
        if !of.formula.is_empty() {
            self.add("/formula", OpenPoint::FormulaInWords);
        }
        for (index, criterion) in of.criteria.iter().enumerate() {
            self.deeper(&format!("/criteria/{index}")).criterion(criterion);
        }
        let weighed: Vec<_> =
            of.criteria.iter().flat_map(|criterion| criterion.numbers_of(NumberKind::Weight)).collect();
        let codes: Vec<_> = weighed.iter().map(|weight| weight.code.as_deref().unwrap_or_default()).collect();
        let Some(first) = codes.first().copied() else { return };
        if codes.iter().any(|code| *code != first) {
            self.add("/criteria", OpenPoint::WeightUnitsMixed);
            return;
        }
        let whole = match first {
            "per-exa" => Decimal::ONE_HUNDRED,
            "dec-exa" => Decimal::ONE,
            _ => return,
        };
        let values = weighed.iter().filter_map(|weight| weight.value);
        let sum = values.map(|value| value.0).try_fold(Decimal::ZERO, Decimal::checked_add);
        if sum != Some(whole) {
            self.add("/criteria", OpenPoint::WeightSum);
        }
    }

    fn criterion(&mut self, criterion: &CriterionNotice) {
        match criterion.kind.as_deref() {
            Some("quality") => self.add("", OpenPoint::QualityScale),
            Some("cost") => self.add("", OpenPoint::CostTerms),
            Some("price") => {}
            _ => self.add("/type", OpenPoint::CriterionTypeMissing),
        }
        if criterion.name.is_empty() && criterion.description.is_empty() {
            self.add("/name", OpenPoint::CriterionNameMissing);
        }
        self.weights(criterion);
        for (index, below) in criterion.criteria.iter().enumerate() {
            self.deeper(&format!("/criteria/{index}")).criterion(below);
        }
    }

    fn weights(&mut self, criterion: &CriterionNotice) {
        match criterion.numbers_of(NumberKind::Weight).count() {
            0 => self.add("/numbers", OpenPoint::WeightMissing),
            1 => {}
            _ => self.add("/numbers", OpenPoint::WeightTwice),
        }
        for (index, number) in criterion.numbers.iter().enumerate() {
            let at = format!("/numbers/{index}");
            match (number.kind, number.code.as_deref(), number.value) {
                (NumberKind::Unknown, ..) => self.add(&at, OpenPoint::WeightKindUnknown),
                (_, _, None) => self.add(&at, OpenPoint::WeightUnreadable),
                (_, _, Some(value)) if value.0 < Decimal::ZERO => self.add(&at, OpenPoint::WeightNegative),
                (NumberKind::Weight, Some("ord-imp"), _) => self.add(&at, OpenPoint::WeightIsOrder),
                (NumberKind::Weight, Some("per-exa" | "dec-exa" | "poi-exa"), _) => {}
                (NumberKind::Weight, ..) => self.add(&at, OpenPoint::WeightOfRange),
                (NumberKind::Fixed | NumberKind::Threshold, ..) => {}
            }
        }
    }
}
