//! Annual reports (jaarverslagen) of social return.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::path::{MunicipalityParams, YearParams};
use crate::http::frame::problem::Problem;
use crate::http::overseeing::monitoring::MonthResponse;
use crate::http::state::AppState;
use trede_service::overseeing::annual_reports::{self, AnnualReport, Tally};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// One line of a report (regel): what was realised of one block or group. Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockLine {
    /// Code of the building block (bouwblok).
    block: String,
    /// What the ledger added to what counts in the year (gerealiseerd).
    #[schema(value_type = Number)]
    realised: Euros,
    /// How many people: known by the key of the region, or else by the contractor's own reference (personen).
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<i64>,
}

/// One line of a report (regel): what was owed and realised in one part. Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TallyLine {
    /// Which part: the division of the main CPV code, empty where none is known, or a KvK number.
    part: String,
    /// What was owed for the year (opgave).
    #[schema(value_type = Number)]
    owed: Euros,
    /// What the ledger added to what counts in the year (gerealiseerd).
    #[schema(value_type = Number)]
    realised: Euros,
}

impl TallyLine {
    fn of((part, tally): (impl ToString, Tally)) -> Self {
        Self {
            part: part.to_string(),
            owed: Euros { cents: tally.owed_cents },
            realised: Euros { cents: tally.realised_cents },
        }
    }
}

/// What was realised in a year against what was owed for it (jaarverslag). Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "year": 2027,
    "contracts": 1,
    "owed": "15625.00",
    "realised": "17777.78",
    "groups": [{"block": "participatiewet", "realised": "17777.78", "people": 1}],
    "blocks": [{"block": "participatiewet", "realised": "17777.78"}],
    "sectors": [{"part": "77", "owed": "15625.00", "realised": "17777.78"}],
    "contractors": [{"part": "69599068", "owed": "15625.00", "realised": "17777.78"}],
    "months": [{"month": "2027-01-01", "approved": "17777.78", "cumulated": "17777.78"}]
}))]
pub struct AnnualReportResponse {
    /// The year.
    year: i32,
    /// How many contracts ran in it.
    contracts: usize,
    /// What was owed for it: of each contract the share of the days of its term (opgave).
    #[schema(value_type = Number)]
    owed: Euros,
    /// What the ledger added to what counts in it, before the maximum of a block (gerealiseerd).
    #[schema(value_type = Number)]
    realised: Euros,
    /// By target group: the building blocks of placements and internships (doelgroepen).
    groups: Vec<BlockLine>,
    /// By building block (bouwblokken).
    blocks: Vec<BlockLine>,
    /// By sector: the division of the main CPV code (sectoren).
    sectors: Vec<TallyLine>,
    /// By contractor (opdrachtnemers).
    contractors: Vec<TallyLine>,
    /// By month (maanden).
    months: Vec<MonthResponse>,
}

impl From<AnnualReport> for AnnualReportResponse {
    fn from(report: AnnualReport) -> Self {
        let euros = |cents| Euros { cents };
        let line = |block, cents, people| BlockLine { block, realised: euros(cents), people };
        let groups = report.groups.into_iter();
        Self {
            year: report.year,
            contracts: report.contracts,
            owed: euros(report.total.owed_cents),
            realised: euros(report.total.realised_cents),
            groups: groups.map(|(block, (cents, people))| line(block, cents, Some(people))).collect(),
            blocks: report.blocks.into_iter().map(|(block, cents)| line(block, cents, None)).collect(),
            sectors: report.sectors.into_iter().map(TallyLine::of).collect(),
            contractors: report.contractors.into_iter().map(TallyLine::of).collect(),
            months: report.months.into_iter().map(MonthResponse::from).collect(),
        }
    }
}

/// Shows an annual report
///
/// What was realised in a year against what was owed for it (jaarverslag): by target group, building block,
/// sector, contractor and month. The realised amounts are the sums of the ledger: those of all years together
/// are what was approved.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/annual-reports/{year}",
    tag = "monitoring",
    params(MunicipalityParams, YearParams),
    responses((status = 200, description = "The report", body = AnnualReportResponse))
)]
pub async fn get_annual_report(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<YearParams>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let report =
        state.run(move |services| annual_reports::get(services, &actor, municipality, path.year)).await?;
    Ok(HttpResponse::Ok().json(AnnualReportResponse::from(report)))
}
