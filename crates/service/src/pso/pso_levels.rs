//! The PSO level of an organisation on a day, with its evidence, as known now or at any moment before.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::{Finding, ServiceError};
use crate::pso::certificates::LONGEST_TERM;
use crate::pso::pso_tables;
use trede_base::certificate::Certificate;
use trede_base::ids::KvkNumber;
use trede_rules::pso::{level_on, levels_between};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The longest run of days that is told at once, in days: some twenty years.
const LONGEST_RUN: u64 = 7_320;

/// What was known of an organisation's level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownLevel {
    /// The first day of which this holds.
    pub from: NaiveDate,
    /// The last day of which this holds.
    pub until: NaiveDate,
    /// When this was known.
    pub known_at: DateTime<Utc>,
    /// The certificate that gives the level; none when there is no level.
    pub certificate: Option<Certificate>,
}

/// The level of an organisation on a day, as known at a moment.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer.
pub(crate) fn known(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    day: NaiveDate,
    known_at: DateTime<Utc>,
) -> Result<KnownLevel, ServiceError> {
    let certificates = store::pso::certificates::known_at(c, kvk, known_at)?;
    let ladders = pso_tables::ladders(c)?;
    let certificate = level_on(&certificates, &ladders, day).cloned();
    Ok(KnownLevel { from: day, until: day, known_at, certificate })
}

/// The levels of an organisation over a run of days, both ends included, without a gap, as known at a moment.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer.
pub(crate) fn known_between(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    (from, until): (NaiveDate, NaiveDate),
    known_at: DateTime<Utc>,
) -> Result<Vec<KnownLevel>, ServiceError> {
    let certificates = store::pso::certificates::known_at(c, kvk, known_at)?;
    let ladders = pso_tables::ladders(c)?;
    let periods = levels_between(&certificates, &ladders, from, until);
    Ok(periods
        .into_iter()
        .map(|period| KnownLevel {
            from: period.from,
            until: period.until,
            known_at,
            certificate: period.certificate.cloned(),
        })
        .collect())
}

/// The level of an organisation on a day: today, when none is given, as known now, when no moment is given.
///
/// # Errors
/// [`ServiceError::Invalid`] for a moment that is still to come: what will be known then is not known.
pub fn get(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    day: Option<NaiveDate>,
    known_at: Option<DateTime<Utc>>,
) -> Result<KnownLevel, ServiceError> {
    authorise_national(actor, Operation::GetPsoLevel)?;
    let now = services.now();
    let day = day.unwrap_or_else(|| dutch_day(now));
    let known_at = past(known_at, now)?;
    services.db.read(|c| known(c, kvk, day, known_at))
}

/// The levels of an organisation over a run of days, both ends included, without a gap: from today, when no
/// day is given, for as long as a certificate can be valid.
///
/// # Errors
/// [`ServiceError::Invalid`] for a run that ends before it begins or is too long, or a moment that is still
/// to come.
pub fn list(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    (from, until): (Option<NaiveDate>, Option<NaiveDate>),
    known_at: Option<DateTime<Utc>>,
) -> Result<Vec<KnownLevel>, ServiceError> {
    authorise_national(actor, Operation::ListPsoLevels)?;
    let now = services.now();
    let known_at = past(known_at, now)?;
    let from = from.unwrap_or_else(|| dutch_day(now));
    let until = until.or_else(|| from.checked_add_months(LONGEST_TERM)).unwrap_or(from);
    let latest = from.checked_add_days(Days::new(LONGEST_RUN));
    if until < from || latest.is_some_and(|latest| until > latest) {
        let detail = format!("`until` lies from `from` to {LONGEST_RUN} days after it");
        return Err(ServiceError::Invalid(vec![Finding::new("", "run-out-of-range", detail)]));
    }
    services.db.read(|c| known_between(c, kvk, (from, until), known_at))
}

fn past(known_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<DateTime<Utc>, ServiceError> {
    match known_at {
        Some(moment) if moment > now => {
            let detail = "`knownAt` lies in the future; what will be known then is not known";
            Err(ServiceError::Invalid(vec![Finding::new("", "moment-to-come", detail)]))
        }
        Some(moment) => Ok(moment),
        None => Ok(now),
    }
}
