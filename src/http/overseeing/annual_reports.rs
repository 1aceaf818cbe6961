//! Annual reports (jaarverslagen) of social return.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::path::{MunicipalityParams, YearParams};
use crate::http::frame::problem::Problem;
use crate::http::overseeing::monitoring::MonthResponse;
use crate::http::state::AppState;
use trede_base::gender::Gender;
use trede_base::national_group::NationalGroup;
use trede_service::overseeing::annual_reports::{self, AnnualReport, Durability, Line, Tally};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// One line of a report (regel): what was done of one block. Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockLine {
    /// Code of the building block (bouwblok).
    block: String,
    /// Its name, as the policies call it (naam).
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
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

/// How many people were still at work some months after a placement (duurzaamheid).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DurabilityLine {
    /// How many months after the last day of the placement.
    months_after: u16,
    /// How many people were asked in the year (gevraagd).
    people: usize,
    /// How many of them were at work (aan het werk).
    at_work: usize,
}

impl DurabilityLine {
    fn all(durability: BTreeMap<u16, Durability>) -> Vec<Self> {
        let line = |(months_after, told): (u16, Durability)| Self {
            months_after,
            people: told.people,
            at_work: told.at_work,
        };
        durability.into_iter().map(line).collect()
    }
}

/// How many people are women or men (geslacht).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GenderLine {
    /// Woman, man or otherwise.
    #[schema(value_type = String)]
    gender: Gender,
    /// How many people.
    people: usize,
}

impl GenderLine {
    fn all(genders: BTreeMap<Gender, usize>) -> Vec<Self> {
        genders.into_iter().map(|(gender, people)| Self { gender, people }).collect()
    }
}

/// One line of a report (regel): what was done in one district. Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DistrictLine {
    /// The district (wijk, stadsdeel); empty where entries name none.
    district: String,
    /// What was done in the year and approved, at any time; before the maxima (verricht).
    #[schema(value_type = Number)]
    done: Euros,
    /// What the ledger added in the year to what was approved, whenever it was done (goedgekeurd).
    #[schema(value_type = Number)]
    approved: Euros,
    /// How many people worked or learned there (personen).
    people: usize,
    /// The hours that they worked or learned in the year (uren).
    #[schema(value_type = Number)]
    hours: Euros,
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
    /// The hours that they worked or learned in the year (uren).
    #[schema(value_type = Number)]
    hours: Euros,
    /// How many of them are women and men, where policies collect it (geslacht).
    genders: Vec<GenderLine>,
    /// How many were still at work some months after a placement (duurzaamheid).
    durability: Vec<DurabilityLine>,
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
    "hours": "833.14",
    "genders": [],
    "durability": [{"monthsAfter": 6, "people": 1, "atWork": 1}],
    "districts": [{
        "district": "Overvecht", "done": "17777.78", "approved": "17777.78", "people": 1, "hours": "833.14"
    }],
    "groups": [{"block": "participatiewet", "done": "17777.78", "approved": "17777.78", "people": 1}],
    "targetGroups": [{
        "targetGroup": "participatiewet", "done": "17777.78", "approved": "17777.78", "people": 1,
        "hours": "833.14", "genders": [], "durability": [{"monthsAfter": 6, "people": 1, "atWork": 1}]
    }],
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
    /// The hours that people worked or learned in it: as entries tell them, or else their hours a week over the days of
    /// their period (uren).
    #[schema(value_type = Number)]
    hours: Euros,
    /// How many people are women and men, where policies collect it (geslacht).
    genders: Vec<GenderLine>,
    /// How many people were still at work some months after a placement, by follow-ups of the year (duurzaamheid).
    durability: Vec<DurabilityLine>,
    /// By district (wijken, stadsdelen): together what was done, and what was approved.
    districts: Vec<DistrictLine>,
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
        let names = report.names_of_blocks;
        let block = |block: String, line: Line, people| BlockLine {
            name: names.get(&block).cloned(),
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
            hours: euros(line.hours_hundredths),
            genders: GenderLine::all(line.genders),
            durability: DurabilityLine::all(line.durability),
        };
        let district = |(district, line): (String, Line)| DistrictLine {
            district,
            done: euros(line.done_cents),
            approved: euros(line.approved_cents),
            people: line.people,
            hours: euros(line.hours_hundredths),
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
            hours: euros(report.hours_hundredths),
            genders: GenderLine::all(report.genders),
            durability: DurabilityLine::all(report.durability),
            districts: report.districts.into_iter().map(district).collect(),
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
