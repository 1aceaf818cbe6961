//! The completeness report (volledigheidsoverzicht): where the clause was forgotten.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::following::contracts::ContractResponse;
use crate::http::frame::auth::Tenant;
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_model::tendering::lot::Lot;
use trede_service::overseeing::completeness::{self, Completeness};

/// What lacks an obligation (volledigheidsoverzicht).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "awardedLotsWithoutContract": [{
        "tenderId": "0190a5c8-0000-7000-8000-000000000001",
        "lotId": "0190a5c8-0000-7000-8000-000000000002",
        "title": "Wijk Noord"
    }],
    "contractsWithoutPolicy": [],
    "obligationsNotFixed": [],
    "psoLevelsOutdated": []
}))]
pub struct CompletenessResponse {
    /// Lots that were awarded and have no contract here.
    awarded_lots_without_contract: Vec<LotWithoutContract>,
    /// Contracts for which nothing was computed, since no policy holds for them.
    contracts_without_policy: Vec<ContractResponse>,
    /// Contracts of which the obligation was computed and never fixed.
    obligations_not_fixed: Vec<ContractResponse>,
    /// Contracts whose obligation rests on PSO levels that the register of certificates knows otherwise: a
    /// change of the kind `pso-level` computes it again.
    pso_levels_outdated: Vec<ContractResponse>,
}

/// An awarded lot (gegund perceel) without a contract.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LotWithoutContract {
    /// The tender (aanbesteding).
    #[schema(value_type = String, format = Uuid)]
    tender_id: String,
    /// The lot (perceel).
    #[schema(value_type = String, format = Uuid)]
    lot_id: String,
    /// Its title (titel).
    title: String,
}

impl From<Completeness> for CompletenessResponse {
    fn from(report: Completeness) -> Self {
        let lot = |lot: Lot| LotWithoutContract {
            tender_id: lot.tender.to_string(),
            lot_id: lot.id.to_string(),
            title: lot.facts.title,
        };
        Self {
            awarded_lots_without_contract: report.lots.into_iter().map(lot).collect(),
            contracts_without_policy: report.without_policy.into_iter().map(ContractResponse::from).collect(),
            obligations_not_fixed: report.not_fixed.into_iter().map(ContractResponse::from).collect(),
            pso_levels_outdated: report.levels_outdated.into_iter().map(ContractResponse::from).collect(),
        }
    }
}

/// Shows what lacks an obligation
///
/// Awarded lots without a contract, contracts without a policy, obligations that were never fixed, and those
/// that rest on PSO levels that are others since (volledigheidsoverzicht).
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/completeness-report",
    tag = "contracts",
    params(MunicipalityParams),
    responses((status = 200, description = "The report", body = CompletenessResponse))
)]
pub async fn get_completeness_report(state: Data<AppState>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let report =
        state.run(move |services| completeness::report(services, &tenant.actor, tenant.municipality)).await?;
    Ok(HttpResponse::Ok().json(CompletenessResponse::from(report)))
}
