//! What social return came to in a year, for anybody: totals, where the municipality opened them, with small numbers
//! kept back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::overseeing::annual_reports::{self, AnnualReport, Line};
use crate::telling::suppression::{BOUND, Behind, kept_back};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::national_group::NationalGroup;
use trede_base::record::{Record, Version};
use trede_model::frame::municipality::Municipality;
use trede_model::telling::open_year::OpenYearSettings;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

const NO_MUNICIPALITY: ServiceError = ServiceError::NotFound { what: "municipality" };

/// Whether anybody may read the years; closed, and of version 0, while nothing was set.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality is not registered.
pub fn get_settings(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<OpenYearSettings, ServiceError> {
    authorise(actor, municipality, Operation::GetOpenYearSettings)?;
    let now = services.now();
    services.db.read(|c| settings(c, municipality, now))
}

/// Opens or closes the years.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`.
pub fn update_settings(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    seen: Version,
    is_open: bool,
) -> Result<OpenYearSettings, ServiceError> {
    authorise(actor, municipality, Operation::UpdateOpenYearSettings)?;
    let now = services.now();
    let object = "open-year-settings".to_owned();
    let act = services.act(actor, municipality, Operation::UpdateOpenYearSettings, object);
    services.db.write(&act, |c| {
        let mut settings = settings(c, municipality, now)?;
        expect_version(settings.record.version, seen)?;
        settings.is_open = is_open;
        settings.record = settings.record.changed(now);
        if settings.record.version == Version::FIRST {
            store::telling::open_year_settings::insert(c, &settings)?;
        } else {
            store::telling::open_year_settings::update(c, &settings)?;
        }
        Ok(settings)
    })
}

fn settings(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    now: DateTime<Utc>,
) -> Result<OpenYearSettings, ServiceError> {
    if let Some(settings) = store::telling::open_year_settings::find(c, municipality)? {
        return Ok(settings);
    }
    store::frame::municipalities::find(c, municipality)?.ok_or(NO_MUNICIPALITY)?;
    let record = Record::unset(now);
    Ok(OpenYearSettings { municipality, is_open: false, record })
}

/// The municipality, where it opened its years: to anybody else there is none.
fn publisher(services: &Services, municipality: MunicipalityId) -> Result<Municipality, ServiceError> {
    services.db.read(|c| {
        let settings = store::telling::open_year_settings::find(c, municipality)?;
        settings.filter(|settings| settings.is_open).ok_or(NO_MUNICIPALITY)?;
        store::frame::municipalities::find(c, municipality)?.ok_or(NO_MUNICIPALITY)
    })
}

/// The municipality, and the years of which it tells: those in which contracts run, up to this one; the latest first.
///
/// # Errors
/// [`ServiceError::NotFound`] where nothing was opened.
pub fn list(
    services: &Services,
    municipality: MunicipalityId,
) -> Result<(Municipality, Vec<i32>), ServiceError> {
    let publisher = publisher(services, municipality)?;
    let today = dutch_day(services.now());
    let heads = services.db.read(|c| store::overseeing::monitoring::contract_heads(c, municipality))?;
    let years: BTreeSet<i32> = heads
        .iter()
        .flat_map(|head| head.term.from.year()..=head.term.until.year().min(today.year()))
        .collect();
    Ok((publisher, years.into_iter().rev().collect()))
}

/// What was done by people of a group, or in a district; nothing of it where it is kept back. In cents and hundredths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenLine<P> {
    /// Which part.
    pub part: P,
    /// People, hours and what was done.
    pub told: Option<(usize, i64, i64)>,
}

/// What was owed and realised in a sector; nothing of it where it is kept back. In cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSector {
    /// The division of the main CPV code; empty where none is known.
    pub sector: String,
    /// Owed and realised.
    pub told: Option<(i64, i64)>,
}

/// Who was still at work some months after a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDurability {
    /// How many months.
    pub months_after: u16,
    /// How many people were asked.
    pub people: Option<usize>,
    /// How many of them were at work.
    pub at_work: Option<usize>,
}

/// What a year came to, as anybody may know it. What is none is kept back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenYear {
    /// Whose it is.
    pub municipality: Municipality,
    /// The year.
    pub year: i32,
    /// How many contracts ran in it.
    pub contracts: Option<usize>,
    /// Of how many contractors something is told.
    pub contractors: Option<usize>,
    /// Owed and realised, in cents.
    pub fulfilment: Option<(i64, i64)>,
    /// People, their hours in hundredths, and what was done, in cents.
    pub work: Option<(usize, i64, i64)>,
    /// What was approved, in cents.
    pub approved_cents: Option<i64>,
    /// What was done otherwise than by people who worked or learned, in cents: with the target groups all that was done.
    pub otherwise_cents: Option<i64>,
    /// By target group of the national list.
    pub target_groups: Vec<OpenLine<Option<NationalGroup>>>,
    /// By district; a district that is kept back has no name either.
    pub districts: Vec<OpenLine<Option<String>>>,
    /// By sector.
    pub sectors: Vec<OpenSector>,
    /// By month of approval: its first day, and what was approved.
    pub months: Vec<(NaiveDate, Option<i64>)>,
    /// By months after a placement.
    pub durability: Vec<OpenDurability>,
}

/// What a year came to.
///
/// # Errors
/// [`ServiceError::NotFound`] where nothing was opened, and for a year that has not begun.
pub fn get(services: &Services, municipality: MunicipalityId, year: i32) -> Result<OpenYear, ServiceError> {
    let publisher = publisher(services, municipality)?;
    if year > dutch_day(services.now()).year() {
        return Err(ServiceError::NotFound { what: "year" });
    }
    Ok(opened(publisher, annual_reports::of_year(services, municipality, year)?))
}

fn opened(municipality: Municipality, report: AnnualReport) -> OpenYear {
    let who = &report.contributors;
    let total = report.total;
    let enough = |count: usize| Some(count).filter(|count| *count == 0 || *count >= BOUND);
    let shown = |behind: Behind| Some(()).filter(|()| !behind.is_few());
    let of_all = Behind { people: None, contractors: who.all.len() };
    let doing = Behind { people: Some(report.people), contractors: who.doing.len() };
    let approved = Behind { people: None, contractors: who.approved.len() };
    let otherwise = Behind { people: None, contractors: who.otherwise.len() };
    let by_people = report.target_groups.values().map(|line| line.done_cents).fold(0, i64::saturating_add);
    let (target_groups, is_hidden) = lines(&report.target_groups, &who.target_groups, Some(otherwise));
    let otherwise_cents = Some(total.done_cents.saturating_sub(by_people)).filter(|_| !is_hidden);
    OpenYear {
        year: report.year,
        contracts: enough(report.contracts),
        contractors: enough(who.all.len()),
        fulfilment: shown(of_all).map(|()| (total.owed_cents, total.realised_cents)),
        work: shown(doing).map(|()| (report.people, report.hours_hundredths, total.done_cents)),
        approved_cents: shown(approved).map(|()| total.approved_cents),
        target_groups,
        otherwise_cents,
        districts: lines(&report.districts, &who.districts, None)
            .0
            .into_iter()
            .map(|line| OpenLine { part: line.told.map(|_| line.part), told: line.told })
            .collect(),
        sectors: sectors(&report),
        months: months(&report),
        durability: report.durability.iter().map(|(after, told)| durability(*after, told)).collect(),
        municipality,
    }
}

fn behind<P: Ord>(part: &P, people: Option<usize>, who: &BTreeMap<P, BTreeSet<KvkNumber>>) -> Behind {
    Behind { people, contractors: who.get(part).map_or(0, BTreeSet::len) }
}

/// The lines of a table, and whether what stands beside them is kept back too: together they are what was done.
fn lines<P: Ord + Clone>(
    lines: &BTreeMap<P, Line>,
    who: &BTreeMap<P, BTreeSet<KvkNumber>>,
    beside: Option<Behind>,
) -> (Vec<OpenLine<P>>, bool) {
    // A group of whom it is only told who was still at work stands elsewhere.
    let lines: Vec<(&P, &Line)> =
        lines.iter().filter(|(_, line)| line.people > 0 || line.done_cents != 0).collect();
    let of_each = lines.iter().map(|(part, line)| behind(*part, Some(line.people), who));
    let hidden = kept_back(&of_each.chain(beside).collect::<Vec<_>>());
    let is_beside_hidden = beside.is_some() && hidden.last() == Some(&true);
    let told = lines.into_iter().zip(hidden).map(|((part, line), is_hidden)| OpenLine {
        part: part.clone(),
        told: Some((line.people, line.hours_hundredths, line.done_cents)).filter(|_| !is_hidden),
    });
    (told.collect(), is_beside_hidden)
}

fn sectors(report: &AnnualReport) -> Vec<OpenSector> {
    let who = &report.contributors.sectors;
    let of_each: Vec<Behind> = report.sectors.keys().map(|sector| behind(sector, None, who)).collect();
    let told = report.sectors.iter().zip(kept_back(&of_each));
    told.map(|((sector, tally), is_hidden)| OpenSector {
        sector: sector.clone(),
        told: Some((tally.owed_cents, tally.realised_cents)).filter(|_| !is_hidden),
    })
    .collect()
}

fn months(report: &AnnualReport) -> Vec<(NaiveDate, Option<i64>)> {
    let who = &report.contributors.months;
    let of_each: Vec<Behind> = (0..report.months.len()).map(|month| behind(&month, None, who)).collect();
    let told = report.months.iter().zip(kept_back(&of_each));
    told.map(|(point, is_hidden)| (point.month, Some(point.approved_cents).filter(|_| !is_hidden))).collect()
}

/// Of how many were at work it is not told either where the others are few.
fn durability(months_after: u16, told: &annual_reports::Durability) -> OpenDurability {
    let few = |count: usize| (1..BOUND).contains(&count);
    let people = Some(told.people).filter(|people| !few(*people));
    let left = told.people.saturating_sub(told.at_work);
    let at_work = Some(told.at_work).filter(|at_work| people.is_some() && !few(*at_work) && !few(left));
    OpenDurability { months_after, people, at_work }
}
