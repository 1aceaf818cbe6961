//! Whose turn it is to get an order under a framework agreement (beurt), and what each operator got.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::CallOffWay;
use trede_rules::award::winners::CallOff;
use trede_service::awarding::call_offs::{self, Party, Share, TurnTold, Turns};
use trede_service::frame::error::Bilingual;
use trede_wire::score_file::CallOffInput;

/// Whose turn it is now under a framework agreement (beurten), and what each operator got so far.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "callOff": "rotation",
    "turns": [{
        "by": "rotation",
        "bidId": "0190a5c8-0000-7000-8000-000000000004",
        "bidderKvkNumber": "68750110",
        "bidderName": "De Groene Hand B.V.",
        "reason": "next-in-rotation",
        "explanation": {
            "dutch": "Stadsgroen B.V. (KvK 69599068) kreeg de laatste opdracht bij rotatie; De Groene Hand B.V. (KvK 68750110) is de volgende in de rangorde",
            "english": "Stadsgroen B.V. (KvK 69599068) got the last order by rotation; De Groene Hand B.V. (KvK 68750110) is the next in order of rank"
        }
    }],
    "operators": [
        {
            "bidId": "0190a5c8-0000-7000-8000-000000000003",
            "bidderKvkNumber": "69599068",
            "bidderName": "Stadsgroen B.V.",
            "place": 1,
            "orders": 1,
            "valueCents": 1_850_000
        },
        {
            "bidId": "0190a5c8-0000-7000-8000-000000000004",
            "bidderKvkNumber": "68750110",
            "bidderName": "De Groene Hand B.V.",
            "place": 2,
            "orders": 0,
            "valueCents": 0
        }
    ]
}))]
pub struct CallOffTurnsResponse {
    /// How the award model lets orders go to the operators (wijze van afroep).
    call_off: CallOffInput,
    /// Whose turn it is, by each way that this allows.
    turns: Vec<CallOffTurn>,
    /// The operators (ondernemers) in the order of their places, also those that dropped out.
    operators: Vec<CallOffShare>,
}

/// Whose turn it is by one way (beurt), when nobody declined the order yet.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallOffTurn {
    /// The way.
    by: CallOffWay,
    /// The bid of whose turn it is; left out where a competition decides, or nobody holds a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    bid_id: Option<String>,
    /// Its KvK number; of a consortium that of the lead member (penvoerder).
    #[serde(skip_serializing_if = "Option::is_none")]
    bidder_kvk_number: Option<String>,
    /// Its name, where the bid tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    bidder_name: Option<String>,
    /// Why, for programs: stable and kebab-case.
    reason: &'static str,
    /// Why, in words (toelichting).
    explanation: CallOffExplanation,
}

/// A sentence in both languages (toelichting).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CallOffExplanation {
    /// In Dutch.
    dutch: String,
    /// In English.
    english: String,
}

/// What one operator of a framework agreement got (aandeel in de nadere opdrachten).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallOffShare {
    /// Its bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: String,
    /// Its KvK number; of a consortium that of the lead member (penvoerder).
    bidder_kvk_number: String,
    /// Its name, where the bid tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    bidder_name: Option<String>,
    /// Its place in the order of the ranking, from 1, the reserve list behind the winners. It stays when others drop out.
    #[schema(minimum = 1)]
    place: usize,
    /// When it came from the reserve list (reservelijst), for one that did.
    #[serde(skip_serializing_if = "Option::is_none")]
    promoted_at: Option<DateTime<Utc>>,
    /// When it dropped out (uitval), for one that did.
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped_out_at: Option<DateTime<Utc>>,
    /// How many orders it got.
    #[schema(minimum = 0)]
    orders: usize,
    /// Their value together, in whole cents without VAT.
    #[schema(minimum = 0)]
    value_cents: i64,
}

impl From<Turns> for CallOffTurnsResponse {
    fn from(turns: Turns) -> Self {
        Self {
            call_off: match turns.call_off {
                CallOff::MiniCompetition => CallOffInput::MiniCompetition,
                CallOff::Ranking => CallOffInput::Ranking,
                CallOff::Rotation => CallOffInput::Rotation,
                CallOff::Mixed => CallOffInput::Mixed,
            },
            turns: turns.turns.into_iter().map(CallOffTurn::from).collect(),
            operators: turns.shares.into_iter().map(CallOffShare::from).collect(),
        }
    }
}

impl From<TurnTold> for CallOffTurn {
    fn from(told: TurnTold) -> Self {
        let Bilingual { dutch, english } = told.explanation;
        Self {
            by: told.way.into(),
            bid_id: told.whose.as_ref().map(|party| party.seat.bid.to_string()),
            bidder_kvk_number: told.whose.as_ref().map(|party| party.bidder.to_string()),
            bidder_name: told.whose.and_then(|party| party.name),
            reason: told.reason.code(),
            explanation: CallOffExplanation { dutch, english },
        }
    }
}

impl From<Share> for CallOffShare {
    fn from(share: Share) -> Self {
        let Party { seat, bidder, name, gone_at } = share.party;
        Self {
            bid_id: seat.bid.to_string(),
            bidder_kvk_number: bidder.to_string(),
            bidder_name: name,
            place: seat.place,
            promoted_at: seat.promoted_at,
            dropped_out_at: gone_at,
            orders: share.orders,
            value_cents: share.value_cents,
        }
    }
}

/// Shows whose turn it is under a framework agreement
///
/// Whose turn it is now to get an order (beurt), by each way that the award model allows, with why; and the number and
/// the value of the orders of each operator, also of those that dropped out.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/call-off-turns",
    tag = "award",
    params(MunicipalityParams, LotParams),
    responses(
        (status = 200, description = "Whose turn it is, and what each got", body = CallOffTurnsResponse),
        (
            status = 409,
            description = "The lot is not awarded, or declares no framework agreement with several operators"
        )
    )
)]
pub async fn get_call_off_turns(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let turns = state.run(move |services| call_offs::turns(services, &lot.actor, lot.at)).await?;
    Ok(HttpResponse::Ok().json(CallOffTurnsResponse::from(turns)))
}
