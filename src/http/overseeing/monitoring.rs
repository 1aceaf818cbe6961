//! Monitoring (voortgang): where contracts stand, which need attention first, and what a year came to.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Tenant;
use crate::http::frame::listed::{listed, looked_for};
use crate::http::frame::page::bad_query;
use crate::http::frame::path::{ContractParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::ids::KvkNumber;
use trede_model::following::obligation_state::ObligationState;
use trede_model::following::plan::Milestone;
use trede_model::following::progress::{ForecastMethod, ProgressStatus};
use trede_model::following::search::ContractFilter;
use trede_service::overseeing::lists::ContractSearch;
use trede_service::overseeing::monitoring::{self, FollowedContract, MonthPoint, Portfolio, PortfolioFilter};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// Which contracts a portfolio tells.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PortfolioQuery {
    /// How far the obligation is (stand van de opgave); several with commas between them.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    state: Option<String>,
    /// How they stand (risico); several with commas between them.
    #[param(pattern = "^[a-z-]+(,[a-z-]+)*$")]
    risk: Option<String>,
    /// The contractor or a member of the consortium (opdrachtnemer), by KvK number.
    #[param(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    contractor: Option<KvkNumber>,
    /// Who follows them (coördinator).
    coordinator: Option<String>,
    /// Only those that nobody follows.
    unassigned: Option<bool>,
    /// The reference under which the municipality's own files know it (kenmerk).
    external_reference: Option<String>,
    /// A text within the title or the reference, in any case.
    #[param(max_length = 200)]
    text: Option<String>,
    /// Whether it holds only the contracts that the caller follows as coordinator.
    #[serde(default)]
    #[param(default = false)]
    own: bool,
    /// The most contracts it tells, those at the greatest risk first.
    #[serde(default = "usual")]
    #[param(minimum = 1, maximum = 2000, default = 500)]
    limit: u16,
}

const fn usual() -> u16 {
    500
}

impl PortfolioQuery {
    fn filter(self) -> Result<PortfolioFilter, Problem> {
        let most = monitoring::MOST_CONTRACTS;
        if !(1..=most).contains(&self.limit) {
            return Err(bad_query(format!("`limit` lies from 1 to {most}")));
        }
        let filter = ContractFilter {
            states: listed("state", self.state.as_deref())?,
            party: self.contractor,
            coordinator: self.coordinator,
            unassigned: self.unassigned.unwrap_or_default(),
            reference: self.external_reference,
            text: looked_for("text", self.text, 200)?,
            ..ContractFilter::default()
        };
        let search = ContractSearch { filter, risk: listed("risk", self.risk.as_deref())? };
        Ok(PortfolioFilter { own: self.own, search, limit: usize::from(self.limit) })
    }
}

/// A deadline (termijn) that is still to be met.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"title": "Kennismaking", "dueOn": "2026-05-08"}))]
pub struct DeadlineResponse {
    /// What must be done.
    title: String,
    /// By which day.
    due_on: NaiveDate,
}

impl From<Milestone> for DeadlineResponse {
    fn from(milestone: Milestone) -> Self {
        Self { title: milestone.title, due_on: milestone.due_on }
    }
}

/// Where a contract stands (voortgang), and where it will end. Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "contractId": "0190a5c8-0000-7000-8000-000000000021",
    "title": "Groenonderhoud 2027-2030: Wijk Noord",
    "contractorKvkNumber": "69599068",
    "startsOn": "2027-01-01",
    "endsOn": "2030-12-31",
    "state": "running",
    "status": "behind",
    "owed": "62500.00",
    "realised": "17777.78",
    "submitted": "5000.00",
    "planned": "40000.00",
    "expectedByNow": "20000.00",
    "forecast": "62777.78",
    "forecastMethod": "plan",
    "forecastLeast": "57777.78",
    "forecastMost": "62777.78",
    "missedDeadlines": 0,
    "nextDeadline": {"title": "Tweede leerwerkplek", "dueOn": "2028-09-01"}
}))]
pub struct ContractStandingResponse {
    /// The contract.
    #[schema(value_type = String, format = Uuid)]
    contract_id: String,
    /// Its title.
    title: String,
    /// The reference under which the municipality's own files know it (kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    external_reference: Option<String>,
    /// The contractor (opdrachtnemer).
    #[schema(value_type = String, pattern = "^[0-9]{8}$")]
    contractor_kvk_number: String,
    /// Its first day.
    starts_on: NaiveDate,
    /// Its last day.
    ends_on: NaiveDate,
    /// How far its obligation is.
    #[schema(schema_with = schema::progress_obligation_state)]
    state: ObligationState,
    /// How it stands.
    #[schema(schema_with = schema::progress_status)]
    status: ProgressStatus,
    /// What is owed (opgave); left out while no policy was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    owed: Option<Euros>,
    /// What counts by the ledger, after the maximum of each block (gerealiseerd).
    #[schema(value_type = Number)]
    realised: Euros,
    /// What waits for a decision (ingediend).
    #[schema(value_type = Number)]
    submitted: Euros,
    /// What the agreed plan says for the days to come (gepland).
    #[schema(value_type = Number)]
    planned: Euros,
    /// What was to be realised by today: by the plan, or an even share of the term (verwacht).
    #[schema(value_type = Number)]
    expected_by_now: Euros,
    /// What will be realised at the end of the term (prognose).
    #[schema(value_type = Number)]
    forecast: Euros,
    /// How that was forecast.
    #[schema(schema_with = schema::forecast_method)]
    forecast_method: ForecastMethod,
    /// The least of what each method that can be used comes to, also where nothing of what waits is approved.
    #[schema(value_type = Number)]
    forecast_least: Euros,
    /// The most of it.
    #[schema(value_type = Number)]
    forecast_most: Euros,
    /// How many deadlines passed undone.
    missed_deadlines: usize,
    /// The next deadline that is still to be met.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_deadline: Option<DeadlineResponse>,
}

impl From<FollowedContract> for ContractStandingResponse {
    fn from(followed: FollowedContract) -> Self {
        let euros = |cents| Euros { cents };
        let FollowedContract { contract, standing, progress } = followed;
        Self {
            contract_id: contract.id.to_string(),
            title: contract.terms.title,
            external_reference: contract.terms.external_reference,
            contractor_kvk_number: contract.terms.contractor.to_string(),
            starts_on: contract.terms.starts_on,
            ends_on: contract.terms.ends_on,
            state: contract.state,
            status: progress.status,
            owed: standing.owed_cents.map(euros),
            realised: euros(standing.realised_cents),
            submitted: euros(standing.submitted_cents),
            planned: euros(progress.planned_cents),
            expected_by_now: euros(progress.expected_cents),
            forecast: euros(progress.forecast_cents),
            forecast_method: progress.method,
            forecast_least: euros(progress.range_cents.0),
            forecast_most: euros(progress.range_cents.1),
            missed_deadlines: progress.missed_deadlines,
            next_deadline: progress.next_deadline.map(DeadlineResponse::from),
        }
    }
}

/// How many contracts stand so.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusCount {
    /// How they stand.
    #[schema(schema_with = schema::progress_status)]
    status: ProgressStatus,
    /// How many.
    contracts: usize,
}

/// The contracts that are not settled (portefeuille). Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "asOf": "2028-03-01",
    "counts": [{"status": "behind", "contracts": 1}],
    "owed": "62500.00",
    "realised": "17777.78",
    "submitted": "5000.00",
    "items": []
}))]
pub struct PortfolioResponse {
    /// On which day.
    as_of: NaiveDate,
    /// How many contracts there are of each status, also of those that are not told.
    counts: Vec<StatusCount>,
    /// What is owed under all of them (opgave).
    #[schema(value_type = Number)]
    owed: Euros,
    /// What is realised under all of them (gerealiseerd).
    #[schema(value_type = Number)]
    realised: Euros,
    /// What waits for a decision under all of them (ingediend).
    #[schema(value_type = Number)]
    submitted: Euros,
    /// The contracts, those at the greatest risk first: by status, then by how much the forecast falls short.
    items: Vec<ContractStandingResponse>,
}

impl From<Portfolio> for PortfolioResponse {
    fn from(portfolio: Portfolio) -> Self {
        let counts = portfolio.counts.into_iter();
        Self {
            as_of: portfolio.today,
            counts: counts.map(|(status, contracts)| StatusCount { status, contracts }).collect(),
            owed: Euros { cents: portfolio.owed_cents },
            realised: Euros { cents: portfolio.realised_cents },
            submitted: Euros { cents: portfolio.submitted_cents },
            items: portfolio.contracts.into_iter().map(ContractStandingResponse::from).collect(),
        }
    }
}

/// One month of a series (maand). Amounts are in euros.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthResponse {
    /// The first day of the month.
    month: NaiveDate,
    /// What the ledger added to what counts in the month, before the maximum of a block; below zero where more
    /// was reversed than approved.
    #[schema(value_type = Number)]
    approved: Euros,
    /// The sum of that up to and with the month.
    #[schema(value_type = Number)]
    cumulated: Euros,
}

impl From<MonthPoint> for MonthResponse {
    fn from(point: MonthPoint) -> Self {
        Self {
            month: point.month,
            approved: Euros { cents: point.approved_cents },
            cumulated: Euros { cents: point.cumulated_cents },
        }
    }
}

/// How much was to be realised in all by a day (verwacht). Amounts are in euros.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedPoint {
    /// By which day.
    by: NaiveDate,
    /// How much.
    #[schema(value_type = Number)]
    amount: Euros,
}

/// Where a contract stands (voortgang), and how it came there month by month.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "standing": {
        "contractId": "0190a5c8-0000-7000-8000-000000000021",
        "title": "Groenonderhoud 2027-2030: Wijk Noord",
        "contractorKvkNumber": "69599068",
        "startsOn": "2027-01-01",
        "endsOn": "2030-12-31",
        "state": "running",
        "status": "behind",
        "owed": "62500.00",
        "realised": "17777.78",
        "submitted": "5000.00",
        "planned": "40000.00",
        "expectedByNow": "20000.00",
        "forecast": "62777.78",
        "forecastMethod": "plan",
        "forecastLeast": "57777.78",
        "forecastMost": "62777.78",
        "missedDeadlines": 0,
        "nextDeadline": {"title": "Tweede leerwerkplek", "dueOn": "2028-09-01"}
    },
    "expected": [{"by": "2027-01-01", "amount": "0"}, {"by": "2028-01-01", "amount": "20000.00"}],
    "months": [{"month": "2027-01-01", "approved": "17777.78", "cumulated": "17777.78"}]
}))]
pub struct ContractProgressResponse {
    /// Where it stands, and where it will end.
    standing: ContractStandingResponse,
    /// How much was and is to be realised by which day, a line from each point to the next: by the plan, which goes up
    /// at its milestones, or else an even share of the term.
    expected: Vec<ExpectedPoint>,
    /// Month by month until today, at the most the last ten years.
    months: Vec<MonthResponse>,
}

/// Shows the portfolio
///
/// Every contract that is not settled (portefeuille), those at the greatest risk first, each with what is owed,
/// realised, submitted, planned and forecast. A contractor sees its own contracts. By the forecast a contract
/// `at-risk` does not reach what is owed; one that is `behind` does, but less is realised than the plan or an
/// even share of the term asks by now, or a deadline passed undone.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/portfolio",
    tag = "monitoring",
    params(MunicipalityParams, PortfolioQuery),
    responses(
        (status = 200, description = "The portfolio", body = PortfolioResponse),
        (status = 409, description = "More contracts run than can be told at once")
    )
)]
pub async fn get_portfolio(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PortfolioQuery>,
) -> Result<HttpResponse, Problem> {
    let filter = query.into_inner().filter()?;
    let Tenant { actor, municipality } = tenant;
    let found =
        state.run(move |services| monitoring::portfolio(services, &actor, municipality, &filter)).await?;
    Ok(HttpResponse::Ok().json(PortfolioResponse::from(found)))
}

/// Shows the progress of a contract
///
/// Where the contract stands (voortgang), where it will end, by which method that was forecast, and what the
/// ledger added month by month.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/progress",
    tag = "monitoring",
    params(MunicipalityParams, ContractParams),
    responses((status = 200, description = "The progress", body = ContractProgressResponse))
)]
pub async fn get_contract_progress(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<ContractParams>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let (followed, months) = state
        .run(move |services| monitoring::contract_progress(services, &actor, municipality, path.contract_id))
        .await?;
    let point = |(by, cents): &(NaiveDate, i64)| ExpectedPoint { by: *by, amount: Euros { cents: *cents } };
    Ok(HttpResponse::Ok().json(ContractProgressResponse {
        expected: followed.progress.expected_line.iter().map(point).collect(),
        standing: followed.into(),
        months: months.into_iter().map(MonthResponse::from).collect(),
    }))
}
