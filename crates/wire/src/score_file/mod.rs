//! The score file: one tender with its lots, award models and bids, as `trede score` and the API take it.

mod bid;
mod criterion;
mod discount;
mod life_cycle;
mod lot_limit;
mod low_bid;
mod model;
mod to_bid;
mod to_criterion;
mod to_discount;
mod to_life_cycle;
mod to_lot;
mod to_lot_limit;
mod to_low_bids;
mod to_method;
mod to_model;
mod to_pso_rules;
mod to_rounding;
mod winners;

pub use bid::{
    AssessorScoreInput, BidInput, BidderInput, DrawingInput, ExclusionInput, ExclusionStageInput, FactInput,
    MemberInput, PsoClaimInput, RandomnessInput, RandomnessSourceInput,
};
pub use criterion::{
    AboveMaximumInput, CommitmentInput, CriterionInput, CriterionKindInput, LevelMeasureInput, LevelRowInput,
    LevelTableInput, MarkInput, MeasureInput, NormalisationInput, NumericInput, NumericScoringInput,
    OutsideInput, ScaleInput, ShareStepInput, ThresholdInput,
};
pub use discount::{DiscountInput, DiscountMeasureInput, DiscountsInput, PriceSheetInput, SheetLineInput};
pub use life_cycle::{
    DiscountingInput, LifeCycleInput, LifeCycleTermsInput, PaymentInput, UsageInput, UsageTimingInput,
};
pub use lot_limit::{LotKeepsInput, LotLimitInput};
pub use low_bid::{AbnormallyLowInput, AbnormallyLowRuleInput, AmountListInput};
pub use model::{
    AssessmentInput, AtMostInput, AwardModelInput, ConsortiumRuleInput, CorridorInput, DecisionInput,
    DropOutInput, FloorInput, KnockOutInput, LadderInput, LadderLevelInput, LevelDateInput,
    LevelMappingInput, MeanFormulaInput, MethodInput, PsoRulesInput, RoundingInput, RoundingModeInput,
    RoundingStageInput, ScoreCombinationInput, TieRuleInput, TieStepInput, TotalThresholdInput,
    WeightUnitInput, ZeroPriceInput,
};
pub use to_criterion::is_identifier;
pub use to_method::METHODS;
pub use winners::{CallOffInput, FrameworkAgreementInput, WinnersInput};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::date::optional_day;
use crate::number::Number;

/// One tender (aanbesteding) to score: its lots, each with an award model and bids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScoreFile {
    /// What the tender is called and which dates count.
    #[serde(default)]
    pub tender: TenderInput,
    /// The lots (percelen); each is scored on its own.
    #[schema(min_items = 1)]
    pub lots: Vec<LotInput>,
}

/// The facts of the tender (aanbesteding) that the score needs or shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TenderInput {
    /// Title (titel), as it is shown above the ranking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Reference of the buyer (kenmerk).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Name of the buyer (aanbestedende dienst).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<String>,
    /// Whether the estimated value is above the European threshold (boven de Europese drempel). A PSO
    /// criterion is contested there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above_threshold: Option<bool>,
    /// The closing date of the bids (sluitingsdatum): the date on which a level counts when the model says `bid`.
    #[serde(default, deserialize_with = "optional_day", skip_serializing_if = "Option::is_none")]
    pub bids_due_on: Option<NaiveDate>,
    /// The date of the award decision (gunningsbeslissing): counts when the model says `award`.
    #[serde(default, deserialize_with = "optional_day", skip_serializing_if = "Option::is_none")]
    pub awarded_on: Option<NaiveDate>,
    /// The most lots that one bidder may win, and which it keeps that is first on more. Left out: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot_limit: Option<LotLimitInput>,
}

/// One lot (perceel) with its declared award model and the bids on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LotInput {
    /// Identifier of the lot, such as `LOT-0001`.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub id: String,
    /// Title of the lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How the lot is awarded (gunningsmodel): declared before the opening and frozen at publication.
    pub award_model: AwardModelInput,
    /// The bids (inschrijvingen). Their order changes nothing.
    #[schema(min_items = 1, max_items = 20000)]
    pub bids: Vec<BidInput>,
    /// The record of a drawing of lots (loting) that decided a tie, when it was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawing: Option<DrawingInput>,
    /// A price in euros at which a simulation tells what each PSO level is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_price: Option<Number>,
}
