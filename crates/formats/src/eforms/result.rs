//! What a result notice says: which lot was won by whom, for how much.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::digest::{amount, day};
use super::element::Element;
use super::notice::Amount;
use super::text::Texts;

/// How a procedure ended (resultaat van de procedure).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeResults)]
pub struct Results {
    /// The value of all contracts together (BT-161, totale waarde).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_value: Option<Amount>,
    /// What became of each lot (uitslag per perceel).
    pub lots: Vec<LotResult>,
    /// The bids that are told of (inschrijvingen).
    pub tenders: Vec<TenderResult>,
    /// Who made those bids: organisations of the notice (inschrijvers).
    pub tenderers: Vec<Tenderer>,
    /// The contracts (overeenkomsten).
    pub contracts: Vec<ContractResult>,
}

/// What became of a lot (uitslag van een perceel).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeLotResult)]
pub struct LotResult {
    /// The id of the result, such as `RES-0001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The lots that it is about.
    pub lot_ids: Vec<String>,
    /// `selec-w` a winner was chosen, `clos-nw` none, `open-nw` none yet (BT-142, uitkomst).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why there is no winner (BT-144, reden).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_winner_reason: Option<String>,
    /// The highest bid (BT-711, hoogste inschrijving).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest: Option<Amount>,
    /// The lowest bid (BT-710, laagste inschrijving).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest: Option<Amount>,
    /// The bids that are told of, by their id.
    pub tender_ids: Vec<String>,
    /// The contracts, by their id.
    pub contract_ids: Vec<String>,
    /// How many bids of each kind came in (BT-759 and BT-760, aantal inschrijvingen).
    pub statistics: Vec<Statistic>,
}

/// How many bids of a kind came in (aantal inschrijvingen).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeStatistic, example = json!({"code": "tenders", "count": 2}))]
pub struct Statistic {
    /// The kind (soort), such as `tenders` or `t-sme`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How many (aantal).
    pub count: u32,
}

/// A bid that a result notice tells of (inschrijving).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeTenderResult)]
pub struct TenderResult {
    /// Its id in the notice, such as `TEN-0001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its reference (BT-3201, kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The lots that it is on.
    pub lot_ids: Vec<String>,
    /// Its value (BT-720, waarde).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Amount>,
    /// Its rank (BT-171, rang).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    /// Whether bids were ranked (BT-1711).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranked: Option<bool>,
    /// Whether it is a variant (BT-193, variant).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<bool>,
    /// Who made it, by the id of the tenderer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenderer_id: Option<String>,
}

/// Who made a bid (inschrijver): one organisation or several together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeTenderer)]
pub struct Tenderer {
    /// Its id in the notice, such as `TPA-0001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The organisations, by their id in the notice.
    pub organisation_ids: Vec<String>,
    /// Those that carry out a part for them (onderaannemers).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subcontractor_ids: Vec<String>,
}

/// A contract that a result notice tells of (overeenkomst).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NoticeContractResult)]
pub struct ContractResult {
    /// Its id in the notice, such as `CON-0001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its reference (BT-150, kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Its title (BT-721, titel).
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub title: Texts,
    /// The day on which the winner was chosen (BT-1451).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_on: Option<NaiveDate>,
    /// The day on which it was concluded (BT-145, datum van sluiting).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concluded_on: Option<NaiveDate>,
    /// The bids that it follows from, by their id.
    pub tender_ids: Vec<String>,
}

impl Results {
    pub(super) fn take(result: &mut Element) -> Self {
        Self {
            total_value: result.take_first("TotalAmount", amount),
            lots: result.each("LotResult").into_iter().map(lot_result).collect(),
            tenders: result.each("LotTender").into_iter().map(tender_result).collect(),
            tenderers: result.each("TenderingParty").into_iter().map(tenderer).collect(),
            contracts: result.each("SettledContract").into_iter().map(contract).collect(),
        }
    }
}

fn lot_result(element: &mut Element) -> LotResult {
    LotResult {
        id: element.take_text("ID"),
        lot_ids: element.take_list("TenderLot/ID"),
        status: element.take_text("TenderResultCode"),
        no_winner_reason: element.take_text("DecisionReason/DecisionReasonCode"),
        highest: element.take_first("HigherTenderAmount", amount),
        lowest: element.take_first("LowerTenderAmount", amount),
        tender_ids: element.take_list("LotTender/ID"),
        contract_ids: element.take_list("SettledContract/ID"),
        statistics: element.each("ReceivedSubmissionsStatistics").into_iter().filter_map(statistic).collect(),
    }
}

/// A count that cannot be read stays, and is listed as not taken over with its code.
fn statistic(element: &mut Element) -> Option<Statistic> {
    let count = element.take_whole("StatisticsNumeric")?;
    Some(Statistic { code: element.take_text("StatisticsCode"), count })
}

fn tender_result(element: &mut Element) -> TenderResult {
    TenderResult {
        id: element.take_text("ID"),
        reference: element.take_text("TenderReference/ID"),
        lot_ids: element.take_list("TenderLot/ID"),
        value: element.take_first("LegalMonetaryTotal/PayableAmount", amount),
        rank: element.take_text("RankCode"),
        ranked: element.take_flag("TenderRankedIndicator"),
        variant: element.take_flag("TenderVariantIndicator"),
        tenderer_id: element.take_text("TenderingParty/ID"),
    }
}

fn tenderer(element: &mut Element) -> Tenderer {
    Tenderer {
        id: element.take_text("ID"),
        organisation_ids: element.take_list("Tenderer/ID"),
        subcontractor_ids: element.take_list("SubContractor/ID"),
    }
}

fn contract(element: &mut Element) -> ContractResult {
    ContractResult {
        id: element.take_text("ID"),
        reference: element.take_text("ContractReference/ID"),
        title: element.take_texts("Title"),
        awarded_on: element.take_first("AwardDate", |text, _| day(text)),
        concluded_on: element.take_first("IssueDate", |text, _| day(text)),
        tender_ids: element.take_list("LotTender/ID"),
    }
}
