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
use trede_base::national_group::NationalGroup;
use trede_service::overseeing::annual_reports::{self, AnnualReport, Line, Tally};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// One line of a report (regel): what was done of one block. Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockLine {
    /// Code of the building block (bouwblok).
    block: String,
    /// What was done in the year and approved, at any time; before the maxima (verricht).
    #[schema(value_type = Number)]
    done: Euros,
    /// What the ledger added in the year to what was approved, whenever it was done (goedgekeurd).
    #[schema(value_type = Number)]
    approved: Euros,
    /// How many people: known by the key of the region, or else by the contractor's own reference (personen).
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<usize>,
}

/// One line of a report (regel): what was done by people of one target group. Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TargetGroupLine {
    /// The group of the national list (doelgroep); left out for blocks of which the policy does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    target_group: Option<NationalGroup>,
    /// What was done in the year and approved, at any time; before the maxima (verricht).
    #[schema(value_type = Number)]
    done: Euros,
    /// What the ledger added in the year to what was approved, whenever it was done (goedgekeurd).
    #[schema(value_type = Number)]
    approved: Euros,
    /// How many people: known by the key of the region, or else by the contractor's own reference (personen).
    people: usize,
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
    /// What was done in the year and counts, after the maxima of the policy (gerealiseerd).
    #[schema(value_type = Number)]
    realised: Euros,
    /// What the maxima of the policy take off what was done in the year (buiten het maximum).
    #[schema(value_type = Number)]
    beyond_maxima: Euros,
    /// What the ledger added in the year to what was approved, whenever it was done (goedgekeurd).
    #[schema(value_type = Number)]
    approved: Euros,
}

impl TallyLine {
    fn of((part, tally): (impl ToString, Tally)) -> Self {
        Self {
            part: part.to_string(),
            owed: Euros { cents: tally.owed_cents },
            realised: Euros { cents: tally.realised_cents },
            beyond_maxima: Euros { cents: tally.done_cents.saturating_sub(tally.realised_cents) },
            approved: Euros { cents: tally.approved_cents },
        }
    }
}

/// What was done in a year against what was owed for it (jaarverslag). Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "year": 2027,
    "contracts": 1,
    "people": 1,
    "owed": "15625.00",
    "done": "17777.78",
    "realised": "17777.78",
    "beyondMaxima": "0",
    "approved": "17777.78",
    "groups": [{"block": "participatiewet", "done": "17777.78", "approved": "17777.78", "people": 1}],
    "targetGroups": [
        {"targetGroup": "participatiewet", "done": "17777.78", "approved": "17777.78", "people": 1}
    ],
    "blocks": [{"block": "participatiewet", "done": "17777.78", "approved": "17777.78"}],
    "sectors": [{
        "part": "77", "owed": "15625.00", "realised": "17777.78", "beyondMaxima": "0", "approved": "17777.78"
    }],
    "contractors": [{
        "part": "69599068", "owed": "15625.00", "realised": "17777.78", "beyondMaxima": "0", "approved": "17777.78"
    }],
    "months": [{"month": "2027-01-01", "approved": "17777.78", "cumulated": "17777.78"}]
}))]
pub struct AnnualReportResponse {
    /// The year.
    year: i32,
    /// How many contracts ran in it.
    contracts: usize,
    /// How many people worked or learned in it: known by the key of the region, or else by the contractor's own
    /// reference (personen).
    people: usize,
    /// What was owed for it: of each contract the share of the days of its term (opgave).
    #[schema(value_type = Number)]
    owed: Euros,
    /// What was done in it and approved, at any time: of each entry the share of the days of its period, and of one
    /// without a period the day on which it was written down (verricht).
    #[schema(value_type = Number)]
    done: Euros,
    /// What of that counts, after the maxima of the policy (gerealiseerd): all years together are what the balances of
    /// all contracts say.
    #[schema(value_type = Number)]
    realised: Euros,
    /// What the maxima of the policy take off what was done (buiten het maximum).
    #[schema(value_type = Number)]
    beyond_maxima: Euros,
    /// What the ledger added in it to what was approved, whenever it was done (goedgekeurd).
    #[schema(value_type = Number)]
    approved: Euros,
    /// By building block of placements and internships.
    groups: Vec<BlockLine>,
    /// By target group of the national list (doelgroepen).
    target_groups: Vec<TargetGroupLine>,
    /// By building block (bouwblokken).
    blocks: Vec<BlockLine>,
    /// By sector: the division of the main CPV code (sectoren).
    sectors: Vec<TallyLine>,
    /// By contractor (opdrachtnemers).
    contractors: Vec<TallyLine>,
    /// By month of approval (maanden).
    months: Vec<MonthResponse>,
}

impl From<AnnualReport> for AnnualReportResponse {
    fn from(report: AnnualReport) -> Self {
        let euros = |cents| Euros { cents };
        let block = |block: String, line: Line, people| BlockLine {
            block,
            done: euros(line.done_cents),
            approved: euros(line.approved_cents),
            people,
        };
        let with_people = |(code, line): (String, Line)| {
            let people = Some(line.people);
            block(code, line, people)
        };
        let target_group = |(target_group, line): (Option<NationalGroup>, Line)| TargetGroupLine {
            target_group,
            done: euros(line.done_cents),
            approved: euros(line.approved_cents),
            people: line.people,
        };
        let total = report.total;
        Self {
            year: report.year,
            contracts: report.contracts,
            people: report.people,
            owed: euros(total.owed_cents),
            done: euros(total.done_cents),
            realised: euros(total.realised_cents),
            beyond_maxima: euros(total.done_cents.saturating_sub(total.realised_cents)),
            approved: euros(total.approved_cents),
            groups: report.groups.into_iter().map(with_people).collect(),
            target_groups: report.target_groups.into_iter().map(target_group).collect(),
            blocks: report.blocks.into_iter().map(|(code, line)| block(code, line, None)).collect(),
            sectors: report.sectors.into_iter().map(TallyLine::of).collect(),
            contractors: report.contractors.into_iter().map(TallyLine::of).collect(),
            months: report.months.into_iter().map(MonthResponse::from).collect(),
        }
    }
}

/// Shows an annual report
///
/// What was done in a year against what was owed for it (jaarverslag): by target group, building block, sector and
/// contractor. What was approved is booked by the days on which it was done (`done`, and `realised` after the maxima),
/// and by the day of its approval (`approved`); each, over all years together, is what the balances say.
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
