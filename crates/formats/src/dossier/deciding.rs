//! Facts of the decision: bids that drop out, low prices, drawings of lots.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Attendee;
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::awarding::evaluation::EvaluationId;
use trede_model::bidding::bid::BidId;
use trede_wire::moment::moment;
use trede_wire::score_file::{DrawingInput, ExclusionStageInput, RandomnessInput};

/// On what ground a bid takes no part any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DisqualificationGround {
    /// A ground for exclusion of the bidder (uitsluitingsgrond; Aw 2012 art. 2.86 and 2.87).
    ExclusionGround,
    /// A requirement of suitability is not met (geschiktheidseis).
    Unsuitable,
    /// The bid is irregular (ongeldige inschrijving).
    Irregular,
    /// The bidder withdrew it (terugtrekking).
    Withdrawn,
    /// Its low price was not explained (abnormaal laag; Aw 2012 art. 2.116).
    AbnormallyLow,
}

/// A bid that takes no part any more (uitsluiting of terugtrekking).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Disqualification {
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    pub bid_id: BidId,
    /// On what ground.
    pub ground: DisqualificationGround,
    /// The reason, as it will stand in the report and in the letter.
    pub reason: String,
    /// Whether prices were known by then: if so, the model's drop-out rule says what the bid still counts for. The
    /// service says which.
    pub stage: ExclusionStageInput,
    /// Whether its quality was not scored to the end, so that it stands in no evaluation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unscored: bool,
    /// Whether its price envelope was sealed by then (prijsenvelop ongeopend): it is left sealed, and the bid
    /// stands in no evaluation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub price_sealed: bool,
}

impl Disqualification {
    /// Whether the bid stands in no evaluation: it cannot be scored to the end.
    #[must_use]
    pub const fn is_left_out(&self) -> bool {
        self.unscored || self.price_sealed
    }
}

/// A bid that takes part again (herroeping van een uitsluiting).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "disqualificationId": "0190a5c8-0000-7000-8000-000000000022",
    "reason": "De ondertekening bleek rechtsgeldig."
}))]
pub struct DisqualificationRevocation {
    /// The disqualification that is revoked.
    #[schema(value_type = String, format = Uuid)]
    pub disqualification_id: DossierEntryId,
    /// Why.
    #[schema(min_length = 1, max_length = 20000)]
    pub reason: String,
}

/// A question about a low price (vraag om toelichting; Aw 2012 art. 2.116).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "question": "Hoe is de prijs van het maaiwerk opgebouwd?",
    "answerDueAt": "2026-04-20T12:00:00+02:00"
}))]
pub struct LowPriceQuestion {
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    pub bid_id: BidId,
    /// What is asked.
    #[schema(min_length = 1, max_length = 20000)]
    pub question: String,
    /// Until when an answer is awaited.
    #[serde(deserialize_with = "moment")]
    pub answer_due_at: DateTime<Utc>,
}

/// The bidder's explanation (toelichting).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LowPriceAnswer {
    /// The question that is answered.
    #[schema(value_type = String, format = Uuid)]
    pub inquiry_id: DossierEntryId,
    /// The explanation.
    pub answer: String,
}

/// Whether an explanation is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LowPriceOutcome {
    /// The price is explained (aanvaard).
    Accepted,
    /// It is not, and the bid is rejected (afgewezen).
    Rejected,
}

/// What was decided on a low price (oordeel over de toelichting).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LowPriceDecision {
    /// The question that it ends.
    #[schema(value_type = String, format = Uuid)]
    pub inquiry_id: DossierEntryId,
    /// Whether the explanation is accepted.
    pub outcome: LowPriceOutcome,
    /// Why.
    pub reason: String,
}

/// Which public value decides a drawing of lots, should one be needed (aankondiging van de toevalswaarde): said before
/// the bids are evaluated, and before the value is known, so that nobody can pick it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "source": "Staatsloterij, trekking van 10 mei 2026, het winnende lot van de jackpot",
    "knownAt": "2026-05-10T20:00:00+02:00"
}))]
pub struct DrawingAnnouncement {
    /// Where anybody can look the value up, and which it is.
    #[schema(min_length = 1, max_length = 500)]
    pub source: String,
    /// When it will be known; ahead.
    #[serde(deserialize_with = "moment")]
    pub known_at: DateTime<Utc>,
}

/// A drawing of lots between equal bids (loting; ARW 2016 art. 2.63.3), in attendance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LotDrawing {
    /// The evaluation whose equal bids are drawn.
    #[schema(value_type = String, format = Uuid)]
    pub evaluation_id: EvaluationId,
    /// Where.
    pub place: String,
    /// When.
    #[serde(deserialize_with = "moment")]
    pub held_at: DateTime<Utc>,
    /// By whom.
    pub performed_by: String,
    /// Who was there.
    pub attendees: Vec<Attendee>,
    /// Where the order comes from.
    pub randomness: RandomnessInput,
    /// The equal bids in the order in which they were drawn.
    #[schema(value_type = Vec<String>)]
    pub order: Vec<BidId>,
    /// Pairs of them that an earlier drawing put in an order, which they keep: the first stays before the second.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Vec<String>>)]
    pub kept: Vec<[BidId; 2]>,
}

impl From<&LotDrawing> for DrawingInput {
    /// The drawing as the engine takes it; the bidders of the equal bids were invited.
    fn from(drawing: &LotDrawing) -> Self {
        let order: Vec<String> = drawing.order.iter().map(BidId::to_string).collect();
        Self {
            place: drawing.place.clone(),
            held_at: drawing.held_at.fixed_offset(),
            performed_by: drawing.performed_by.clone(),
            invited: order.clone(),
            order,
            randomness: Some(drawing.randomness.clone()),
            kept: drawing.kept.iter().map(|pair| pair.map(|bid| bid.to_string())).collect(),
        }
    }
}
