//! What a notice says, in the names of eForms' glossary.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::criterion::{AwardCriteria, CriterionNotice};
use super::result::Results;
use super::text::Texts;
use trede_wire::number::Number;

/// The kind of a notice (soort aankondiging), by its outermost element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// `ContractNotice`: a call for competition (aankondiging van een opdracht).
    ContractNotice,
    /// `PriorInformationNotice`: a plan, or a call that is made by one (vooraankondiging).
    PriorInformationNotice,
    /// `ContractAwardNotice`: a result (aankondiging van een gegunde opdracht).
    ContractAwardNotice,
}

impl NoticeKind {
    /// Whether a tender follows from it: a result tells of one that has ended.
    #[must_use]
    pub const fn opens_tender(self) -> bool {
        matches!(self, Self::ContractNotice | Self::PriorInformationNotice)
    }
}

/// What a notice says (inhoud van een aankondiging), in all its languages.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// What kind of notice it is.
    pub kind: NoticeKind,
    /// The subtype of eForms, such as `16` (OPP-070).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    /// The notice type, such as `cn-standard` (BT-02, soort aankondiging).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_type: Option<String>,
    /// The notice's own id (BT-701).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_id: Option<String>,
    /// The version of the notice (BT-757, versie).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The number under which it was published in the European gazette (publicatienummer).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publication_number: Option<String>,
    /// The procedure's id, the same in all its notices (BT-04, procedurenummer).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure_id: Option<String>,
    /// The buyer's own reference of the procedure (BT-22, intern kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal_id: Option<String>,
    /// The version of eForms that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eforms_version: Option<String>,
    /// The main language, in three letters (BT-702, taal).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The other languages that it is complete in (overige talen).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_languages: Vec<String>,
    /// When it was sent (BT-05, verzenddatum).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<DateTime<Utc>>,
    /// The legal basis (BT-01, rechtsgrondslag), such as `32014L0024`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// The type of procedure (BT-105, soort procedure), such as `open`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure_type: Option<String>,
    /// The organisations that buy, by their id in the notice (aanbestedende diensten).
    pub buyers: Vec<String>,
    /// All organisations that the notice names (organisaties).
    pub organisations: Vec<Organisation>,
    /// What is bought, for the procedure as a whole (voorwerp van de opdracht).
    pub subject: Subject,
    /// Award criteria that hold for the procedure as a whole (gunningscriteria).
    #[serde(skip_serializing_if = "AwardCriteria::is_empty")]
    pub award_criteria: AwardCriteria,
    /// Who may take part, and how it is carried out, for the procedure as a whole.
    pub participation: Participation,
    /// The deadlines of the procedure as a whole (termijnen).
    pub dates: Dates,
    /// On how many lots one may bid, and which groups there are (verdeling in percelen).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot_distribution: Option<LotDistribution>,
    /// The lots (percelen).
    pub lots: Vec<LotNotice>,
    /// The groups of lots, which can have criteria of their own (groepen van percelen).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lot_groups: Vec<LotNotice>,
    /// What it changes, when it changes an earlier notice (wijziging).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeNotice>,
    /// How it ended, in a result notice (resultaat).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Results>,
}

impl Notice {
    /// An empty notice of a kind.
    #[must_use]
    pub fn new(kind: NoticeKind) -> Self {
        Self {
            kind,
            subtype: None,
            notice_type: None,
            notice_id: None,
            version: None,
            publication_number: None,
            procedure_id: None,
            internal_id: None,
            eforms_version: None,
            language: None,
            other_languages: Vec::new(),
            issued_at: None,
            legal_basis: None,
            procedure_type: None,
            buyers: Vec::new(),
            organisations: Vec::new(),
            subject: Subject::default(),
            award_criteria: AwardCriteria::default(),
            participation: Participation::default(),
            dates: Dates::default(),
            lot_distribution: None,
            lots: Vec::new(),
            lot_groups: Vec::new(),
            change: None,
            results: None,
        }
    }

    /// An organisation that the notice names.
    #[must_use]
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id.as_deref() == Some(id))
    }

    /// The names of the buyers in the main language.
    #[must_use]
    pub fn buyer_names(&self) -> Vec<&str> {
        let organisations = self.buyers.iter().filter_map(|id| self.organisation(id));
        organisations.filter_map(|found| found.name.in_language(self.language.as_deref())).collect()
    }

    /// All criteria of the notice, each with the lot or group that it is of.
    pub fn all_criteria(&self) -> impl Iterator<Item = &CriterionNotice> {
        let of_lots = self.lots.iter().chain(&self.lot_groups).map(|lot| &lot.award_criteria);
        std::iter::once(&self.award_criteria).chain(of_lots).flat_map(AwardCriteria::all)
    }
}

/// An organisation that a notice names (organisatie).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeOrganisation)]
pub struct Organisation {
    /// Its id in the notice, such as `ORG-0001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name (BT-500, naam).
    pub name: Texts,
    /// Its identifiers, such as its KvK number or OIN (BT-501, identificatienummers).
    pub identifiers: Vec<Identifier>,
    /// Its country in three letters (BT-514, land).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// An identifier of an organisation (identificatienummer).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeIdentifier)]
pub struct Identifier {
    /// In which register, when the notice says so (register).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The identifier (nummer).
    pub id: String,
}

/// What is bought (voorwerp van de opdracht).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeSubject)]
pub struct Subject {
    /// Title (BT-21, titel).
    pub title: Texts,
    /// Description (BT-24, omschrijving).
    pub description: Texts,
    /// Works, supplies or services (BT-23 and BT-531, aard van de opdracht); the main one first.
    pub natures: Vec<String>,
    /// What is bought, as CPV codes; the main one first (BT-262, BT-263).
    pub cpv_codes: Vec<String>,
    /// The estimated value (BT-27, geraamde waarde).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimated_value: Option<Amount>,
    /// What the purchase is to further (BT-06, strategische aanbesteding): `soc-obj`, `env-imp`, `inn-pur`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strategic_objectives: Vec<String>,
    /// Social objectives (BT-775, sociale doelstellingen), such as `opp`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub social_objectives: Vec<String>,
    /// Effects on the environment (BT-774), innovation (BT-776) and accessibility (BT-754), each with its
    /// list in front (overige doelstellingen).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_objectives: Vec<String>,
    /// How these are furthered (BT-777, toelichting).
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub strategic_description: Texts,
}

/// An amount in a currency (bedrag).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeAmount, example = json!({"value": "500000.00", "currency": "EUR"}))]
pub struct Amount {
    /// How much (bedrag).
    pub value: Number,
    /// In which currency (valuta), such as `EUR`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// Who may take part, and how the contract is carried out (deelneming en uitvoering).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeParticipation)]
pub struct Participation {
    /// For whom participation is reserved (BT-71, voorbehouden opdracht, Aw 2012 art. 2.82): `res-ws` for
    /// sheltered workshops, `res-pub-ser`, or `none`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<String>,
    /// Whether it must be carried out in a programme for sheltered employment (BT-736): `yes`, `no`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reserved_execution: Vec<String>,
    /// Conditions for carrying it out (BT-70, uitvoeringsvoorwaarden).
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub conditions: Texts,
}

/// When what must have come in (termijnen).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeDates)]
pub struct Dates {
    /// The last moment for bids (BT-131, uiterste inschrijfdatum).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bids_until: Option<DateTime<Utc>>,
    /// The last moment for requests to take part (BT-1311, uiterste aanmelddatum).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_until: Option<DateTime<Utc>>,
    /// When bids are opened (BT-132, opening van de inschrijvingen).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_at: Option<DateTime<Utc>>,
}

/// A lot, a group of lots, or a part of a plan (perceel, groep van percelen, onderdeel).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LotNotice {
    /// Its id in the notice (BT-137), such as `LOT-0001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its number in the draft tender (perceelnummer); groups have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u16>,
    /// Whether it is a part of a plan, which is to become a lot (onderdeel van een vooraankondiging).
    pub planned: bool,
    /// The buyer's own reference (BT-22, intern kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal_id: Option<String>,
    /// What is bought.
    pub subject: Subject,
    /// How it is awarded (gunningscriteria).
    pub award_criteria: AwardCriteria,
    /// That it leads to a framework agreement (raamovereenkomst).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<FrameworkNotice>,
    /// Who may take part, and how it is carried out.
    pub participation: Participation,
    /// When what must have come in.
    pub dates: Dates,
}

/// A framework agreement that a lot leads to (raamovereenkomst).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FrameworkNotice {
    /// Which kind (BT-765): `fa-w-rc` with reopening of competition, `fa-wo-rc` without, `fa-mix` partly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technique: Option<String>,
    /// How many operators are party to it at the most (BT-113, maximumaantal deelnemers).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_participants: Option<u32>,
}

/// How lots can be combined (verdeling in percelen).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeLotDistribution)]
pub struct LotDistribution {
    /// On how many lots one bidder may bid (BT-31).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_lots_submitted: Option<u32>,
    /// How many lots one bidder may win (BT-33).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_lots_awarded: Option<u32>,
    /// Which lots each group holds (BT-330, BT-1375).
    pub groups: Vec<LotGroupMembers>,
}

/// The lots of one group (percelen van een groep).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeLotGroupMembers)]
pub struct LotGroupMembers {
    /// The group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// Its lots.
    pub lot_ids: Vec<String>,
}

/// What a notice changes in an earlier one (wijziging van een aankondiging).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeNotice {
    /// The notice that is changed (BT-758).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_notice: Option<String>,
    /// Why (BT-140), as a code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Why, in words (BT-762).
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub reason_description: Texts,
    /// What is changed (BT-141).
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub description: Texts,
    /// The sections that are changed (BT-13716), such as `LOT-0001`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
}
