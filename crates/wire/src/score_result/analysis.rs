//! How firmly a ranking stands, on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_base::exact::{Exact, Half};
use trede_rules::award::level_worth::level_worth;
use trede_rules::award::robustness::{Stability, Varied, drop_out_effects, margins, stability};
use trede_rules::award::{Evaluation, Lot};
use trede_rules::pso::{Ladder, LevelRank};

/// How firmly the ranking stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnalysisResult {
    /// Who would win if a bidder dropped out and the scores were computed again (rangwisseling).
    pub drop_outs: Vec<DropOutResult>,
    /// Where each weight, or money value, lets the winner stay.
    pub stability: Vec<StabilityResult>,
    /// What each loser needed to win, the other bids fixed.
    pub margins: Vec<MarginResult>,
    /// What each PSO level is worth at the lot's reference price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub level_worth: Vec<LevelWorthResult>,
}

/// What the ranking becomes without one bid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DropOutResult {
    /// The bid that drops out.
    pub without: String,
    /// The bids that are then first, at most 20 of them.
    pub first: Vec<String>,
    /// How many bids are then first.
    pub first_count: usize,
    /// Whether another bid wins although the winner did not drop out.
    pub reverses: bool,
}

/// How far one number of the model can shift before the winner changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StabilityResult {
    /// What is varied.
    pub varied: VariedKind,
    /// The criterion or group.
    pub criterion: String,
    /// The level whose discount is varied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The declared weight, value or discount.
    pub declared: String,
    /// Where the winner is not beaten, before rounding; at an inner end it ties.
    pub intervals: Vec<IntervalResult>,
}

/// What is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VariedKind {
    /// A weight; the others are rescaled in proportion.
    Weight,
    /// A value in euros.
    Value,
    /// The discount of a level.
    Discount,
}

/// From one number to another, both included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IntervalResult {
    /// The lower end; where it has no finite decimal, to 28 significant digits.
    pub from: String,
    /// The lower end as a fraction, where it has no finite decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_fraction: Option<String>,
    /// The upper end; left out where nothing bounds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The upper end as a fraction, where it has no finite decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_fraction: Option<String>,
}

/// What a loser needed to win, each on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarginResult {
    /// The bid.
    pub id: String,
    /// How far its total lies behind the winner's; left out where the total alone does not rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub behind: Option<String>,
    /// The least number of points (or euros of value) more with which it wins when it is scored again, at the step
    /// of the scales: `step` of a scale, its marks, or else the last decimal in which scores were given. Left out
    /// where points alone could not do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// By assessed criterion the lowest score with which it wins, all else being what it bid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<ScoreMarginResult>,
    /// The highest price in euros with which it wins; left out where no price does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// How much lower that price is than its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_reduction: Option<String>,
    /// The lowest PSO level with which it wins; left out where no level does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The lowest offers with which it wins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<CommitmentMargin>,
}

/// The score with which a loser wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScoreMarginResult {
    /// The criterion.
    pub criterion: String,
    /// The lowest score with which it wins.
    pub score: String,
    /// How many points that is more than its own.
    pub points: String,
}

/// The offer with which a loser wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentMargin {
    /// The criterion.
    pub criterion: String,
    /// The lowest offer; left out where none up to the maximum does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
}

/// What a PSO level is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LevelWorthResult {
    /// The level; `none` is no level.
    pub level: String,
    /// The points (or euros of value) that it adds.
    pub points: String,
    /// The euros that a bid without a level must be cheaper than the reference price to reach the same total,
    /// half up to the cent; left out where no price makes up for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub euros: Option<String>,
}

/// As many bids of a tie are named for each bid that drops out: naming all would grow with their square.
const NAMED: usize = 20;

impl AnalysisResult {
    /// All analyses of an evaluated lot.
    pub(super) fn of(lot: &Lot, evaluation: &Evaluation, reference_price: Option<&Exact>) -> Self {
        let ids = |bids: &[usize]| bids.iter().map(|bid| lot.id_of(*bid).to_owned()).collect();
        let effects = drop_out_effects(lot, evaluation);
        let worth =
            reference_price.map(|price| level_worth(lot.declared(), evaluation, price)).unwrap_or_default();
        AnalysisResult {
            drop_outs: effects
                .iter()
                .map(|effect| DropOutResult {
                    without: lot.id_of(effect.bid).to_owned(),
                    first: ids(effect.winners.get(..NAMED).unwrap_or(&effect.winners)),
                    first_count: effect.winners.len(),
                    reverses: effect.reverses,
                })
                .collect(),
            stability: stability(lot, evaluation)
                .iter()
                .map(|stability| stability_result(lot, stability))
                .collect(),
            margins: margin_results(lot, evaluation),
            level_worth: worth
                .iter()
                .map(|worth| LevelWorthResult {
                    level: level_code(lot, worth.level),
                    points: worth.points.shown(),
                    euros: worth.euros.as_ref().map(cents),
                })
                .collect(),
        }
    }
}

/// An amount in euros, half up to the cent, with two decimals.
pub(super) fn cents(euros: &Exact) -> String {
    let rounded = euros.rounded(2, Half::Up);
    rounded.finite().map_or_else(|| rounded.shown(), |decimal| format!("{decimal:.2}"))
}

fn level_code(lot: &Lot, level: LevelRank) -> String {
    let ladder = lot.declared().model.pso.as_ref().map(|rules| &rules.ladder);
    ladder.map_or(Ladder::NO_LEVEL, |ladder| ladder.code_of(level)).to_owned()
}

fn stability_result(lot: &Lot, stability: &Stability) -> StabilityResult {
    let (varied, criterion, level) = match &stability.varied {
        Varied::Weight(id) => (VariedKind::Weight, id, None),
        Varied::Value(id) => (VariedKind::Value, id, None),
        Varied::Discount(id, level) => (VariedKind::Discount, id, Some(level_code(lot, *level))),
    };
    let intervals = stability.intervals.iter().map(|interval| IntervalResult {
        from: interval.from.shown(),
        from_fraction: super::step::fraction(&interval.from),
        to: interval.to.as_ref().map(Exact::shown),
        to_fraction: interval.to.as_ref().and_then(super::step::fraction),
    });
    let declared = stability.declared.shown();
    StabilityResult { varied, criterion: criterion.clone(), level, declared, intervals: intervals.collect() }
}

fn margin_results(lot: &Lot, evaluation: &Evaluation) -> Vec<MarginResult> {
    let result = |margin: trede_rules::award::robustness::Margin| {
        let own = evaluation.outcomes.get(margin.bid).and_then(|outcome| outcome.real_price(lot.declared()));
        let price = margin.price.map(Exact::from);
        MarginResult {
            id: lot.id_of(margin.bid).to_owned(),
            behind: margin.behind.as_ref().map(Exact::shown),
            points: margin.points.as_ref().map(Exact::shown),
            scores: margin
                .scores
                .iter()
                .map(|margin| ScoreMarginResult {
                    criterion: margin.criterion.clone(),
                    score: margin.score.normalize().to_string(),
                    points: margin.points.shown(),
                })
                .collect(),
            price_reduction: own.zip(price.as_ref()).map(|(own, price)| own.minus(price).shown()),
            price: price.as_ref().map(cents),
            level: margin.level.map(|level| level_code(lot, level)),
            commitments: margin
                .commitments
                .into_iter()
                .map(|(criterion, offer)| CommitmentMargin {
                    criterion,
                    offer: offer.map(|offer| offer.normalize().to_string()),
                })
                .collect(),
        }
    };
    margins(lot, evaluation).into_iter().map(result).collect()
}
