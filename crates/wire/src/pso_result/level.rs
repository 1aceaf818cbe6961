//! Levels on the wire: what is reached, the norms, and how far the next ones are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::QuantityResult;
use trede_rules::pso::contribution::{Distance, Measure, PurchasingRoute, Reached, SupplierRoute};
use trede_rules::pso::{Ladder, LevelRank, Norm, NormSource, NormTable};

/// The level (trede) that a contribution reaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LevelResult {
    /// Whether a level is reached.
    pub status: LevelStatus,
    /// Its code, such as `trede-1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its Dutch name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Levels below the first norm: the table has no norm for them, so it cannot tell whether one holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels_without_norm: Vec<String>,
}

/// Whether a level is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelStatus {
    /// The total reaches its norm; just at the norm passes.
    Reached,
    /// Below the first norm, while lower levels have no norm: not known.
    Unknown,
    /// Below the norm of the lowest level of the ladder.
    None,
}

/// The norm of a level for the size of the organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NormResult {
    /// Code of the level.
    pub code: String,
    /// Dutch name of the level.
    pub name: String,
    /// The norm in percent of the fte.
    pub norm: QuantityResult,
    /// Where the norm comes from.
    pub norm_source: NormSourceCode,
    /// Whether the total reaches it.
    pub reached: bool,
    /// How far it is, when it is not reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<DistanceResult>,
}

/// Where a norm comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NormSourceCode {
    /// A row of the table.
    Table,
    /// A straight line between two rows of the table.
    Interpolated,
}

/// How far a level is: either route alone reaches it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DistanceResult {
    /// Percent points that the total lies below the norm.
    pub percent_points: QuantityResult,
    /// With more work for the target group.
    pub direct: DirectRoute,
    /// With more social purchasing.
    pub purchasing: PurchaseRoute,
}

/// The distance in work for the target group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DirectRoute {
    /// Weighted fte that are still needed, with the total fte and the purchases unchanged. One person in
    /// full-time work, all year, with weights of 1, is 1 fte.
    pub weighted_fte: QuantityResult,
}

/// The distance in social purchasing, with the direct contribution unchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PurchaseRoute {
    /// Whether purchases alone can reach the level: by the 80/20 rule the total is at most five times the
    /// direct contribution.
    pub possible: bool,
    /// The fte of the target group still to be purchased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchased_fte: Option<QuantityResult>,
    /// What that takes in euros, for each supplier that is assumed.
    pub suppliers: Vec<SupplierRouteResult>,
}

/// What a level takes from one supplier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SupplierRouteResult {
    /// The supplier assumed.
    pub supplier: String,
    /// Euros of purchases on top of those given, up to the cent; left out when too large to pay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub euros: Option<String>,
    /// Whether it is more than the supplier's turnover leaves.
    pub above_turnover: bool,
}

pub(super) fn level(measure: &Measure, table: &NormTable) -> LevelResult {
    let without_norm = || table.levels_without_norm().into_iter().map(str::to_owned).collect();
    let nothing =
        |status, levels_without_norm| LevelResult { status, code: None, name: None, levels_without_norm };
    match measure.level {
        Reached::Level(rank) => LevelResult {
            status: LevelStatus::Reached,
            code: Some(table.ladder().code_of(rank).to_owned()),
            name: Some(name(table.ladder(), rank)),
            levels_without_norm: Vec::new(),
        },
        Reached::Unknown => nothing(LevelStatus::Unknown, without_norm()),
        Reached::None => nothing(LevelStatus::None, Vec::new()),
    }
}

pub(super) fn norm(norm: &Norm, table: &NormTable, distances: &[Distance]) -> NormResult {
    let distance = distances.iter().find(|distance| distance.level == norm.level);
    NormResult {
        code: table.ladder().code_of(norm.level).to_owned(),
        name: name(table.ladder(), norm.level),
        norm: QuantityResult::of(&norm.percent.result),
        norm_source: match norm.source {
            NormSource::Table => NormSourceCode::Table,
            NormSource::Interpolated => NormSourceCode::Interpolated,
        },
        reached: distance.is_none(),
        distance: distance.map(distance_result),
    }
}

fn name(ladder: &Ladder, rank: LevelRank) -> String {
    let code = ladder.code_of(rank);
    ladder.levels().iter().find(|level| level.code == code).map_or(code, |level| &level.name).to_owned()
}

fn distance_result(distance: &Distance) -> DistanceResult {
    DistanceResult {
        percent_points: QuantityResult::of(&distance.short),
        direct: DirectRoute { weighted_fte: QuantityResult::of(&distance.direct_fte.result) },
        purchasing: match &distance.purchasing {
            PurchasingRoute::DirectTooLow => {
                PurchaseRoute { possible: false, purchased_fte: None, suppliers: Vec::new() }
            }
            PurchasingRoute::Purchases { fte, suppliers } => PurchaseRoute {
                possible: true,
                purchased_fte: Some(QuantityResult::of(&fte.result)),
                suppliers: suppliers.iter().map(route).collect(),
            },
        },
    }
}

fn route(route: &SupplierRoute) -> SupplierRouteResult {
    SupplierRouteResult {
        supplier: route.supplier.clone(),
        euros: route.payable.map(|euros| format!("{euros:.2}")),
        above_turnover: route.above_turnover,
    }
}
