//! Orders under a framework agreement (nadere opdrachten onder een raamovereenkomst).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_model::awarding::award_decision::AwardDecisionId;
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::LotId;
use trede_model::tendering::tender::TenderId;
use trede_rules::award::call_off::Way;

/// How one order goes to an operator (wijze van afroep; dir. 2014/24 art. 33(4)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CallOffWay {
    /// To the first of the ranking that does not decline (cascade).
    Ranking,
    /// To each in its turn (rotatie).
    Rotation,
    /// To the winner of a tender among the operators (minicompetitie).
    MiniCompetition,
}

impl CallOffWay {
    /// As a request says it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ranking => "ranking",
            Self::Rotation => "rotation",
            Self::MiniCompetition => "mini-competition",
        }
    }
}

impl From<Way> for CallOffWay {
    fn from(way: Way) -> Self {
        match way {
            Way::Ranking => Self::Ranking,
            Way::Rotation => Self::Rotation,
            Way::MiniCompetition => Self::MiniCompetition,
        }
    }
}

impl From<CallOffWay> for Way {
    fn from(way: CallOffWay) -> Self {
        match way {
            CallOffWay::Ranking => Self::Ranking,
            CallOffWay::Rotation => Self::Rotation,
            CallOffWay::MiniCompetition => Self::MiniCompetition,
        }
    }
}

/// An operator that declined an order when it was its turn (weigering).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallOffDecline {
    /// Its bid.
    #[schema(value_type = String, format = Uuid)]
    pub bid_id: BidId,
    /// Why it declined.
    #[schema(min_length = 1, max_length = 20000)]
    pub reason: String,
}

/// The lot in which an order was competed for among the operators (minicompetitie).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallOffCompetition {
    /// Its tender.
    #[schema(value_type = String, format = Uuid)]
    pub tender_id: TenderId,
    /// The lot.
    #[schema(value_type = String, format = Uuid)]
    pub lot_id: LotId,
    /// The decision by which it was awarded.
    #[schema(value_type = String, format = Uuid)]
    pub decision_id: AwardDecisionId,
}

/// An order under a framework agreement (nadere opdracht).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallOffOrder {
    /// The decision by which the framework agreement was awarded.
    #[schema(value_type = String, format = Uuid)]
    pub decision_id: AwardDecisionId,
    /// Its number among the orders under the agreement, from 1 (volgnummer): the order in which turns are redone. That
    /// of the ids can differ, where two were recorded at the same moment.
    #[schema(minimum = 1)]
    pub number: u32,
    /// The buyer's reference of the order (kenmerk); no other order on the lot has it.
    pub reference: String,
    /// What is ordered.
    pub title: String,
    /// Its value in whole cents, without VAT.
    #[schema(minimum = 0)]
    pub value_cents: i64,
    /// The day on which it was placed.
    pub placed_on: NaiveDate,
    /// How it went to its operator.
    pub by: CallOffWay,
    /// The bid of the operator that got it.
    #[schema(value_type = String, format = Uuid)]
    pub bid_id: BidId,
    /// The bid whose turn it was, where that is another: then `deviation` says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub turn_bid_id: Option<BidId>,
    /// Why it went to another than whose turn it was (afwijking).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<String>,
    /// Who declined it before, in the order of their turns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<CallOffDecline>,
    /// The lot in which it was competed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competition: Option<CallOffCompetition>,
}
