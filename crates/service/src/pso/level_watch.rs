//! Watches, once a day, what the passing of time does to certificates: levels that begin or are lost, and
//! certificates that will end. The register is asked anew on the same occasion, and contracts follow it.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::Amsterdam;
use serde_json::json;

use crate::Services;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::pso::level_changes::{by_organisation, tell_change};
use crate::pso::pso_tables;
use crate::pso::register_imports::ask_daily;
use trede_base::certificate::{Certificate, CertificateId};
use trede_base::ids::KvkNumber;
use trede_model::telling::event::{Event, EventKind};
use trede_model::telling::job::{Job, JobKind, Lease};
use trede_model::trust::audit::{Act, AuditScope};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Days before the end of a certificate at which its holders are warned.
const WARNED_BEFORE: Days = Days::new(180);
/// Organisations or certificates that are looked at in one transaction.
const BATCH: usize = 200;
/// Who the watch is recorded as.
const WATCH: &str = "level watch";

impl Services {
    /// Asks for the daily watch, unless it waits already.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when the store does not answer.
    pub fn plan_watch(&self) -> Result<(), ServiceError> {
        let job = Job {
            id: new_id(),
            kind: JobKind::LevelWatch,
            scope: AuditScope::National,
            subject: "daily".to_owned(),
        };
        let now = self.now();
        self.db.write_progress(|c| {
            let waiting = store::frame::jobs::list(c, JobKind::LevelWatch)?;
            if waiting.is_empty() { Ok(store::frame::jobs::ask(c, &job, now)?) } else { Ok(()) }
        })
    }
}

/// Tells what became of levels since the last watch, and lets those that rest on a level follow; answers when the
/// next watch is due.
pub(crate) fn run(
    services: &Services,
    lease: &Lease,
    follow: impl Fn(&Services, &Lease) -> Result<(), ServiceError>,
) -> Result<DateTime<Utc>, ServiceError> {
    let now = services.now();
    let today = dutch_day(now);
    let last = services.db.read(store::pso::level_watches::watched_until)?;
    let after = last.or_else(|| today.pred_opt()).unwrap_or(today);
    if after < today {
        ask_daily(services, WATCH)?;
        tell_turns(services, lease, (after, today))?;
        tell_endings(services, lease, (after, today))?;
        follow(services, lease)?;
        services.db.write_progress(|c| {
            services.hold(c, lease)?;
            Ok::<_, ServiceError>(store::pso::level_watches::watch(c, today)?)
        })?;
    }
    Ok(next_day(today).unwrap_or(now + chrono::TimeDelta::days(1)))
}

/// Five minutes past the next Dutch midnight.
fn next_day(today: NaiveDate) -> Option<DateTime<Utc>> {
    let at = today.succ_opt()?.and_time(NaiveTime::from_hms_opt(0, 5, 0)?);
    at.and_local_timezone(Amsterdam).earliest().map(|at| at.to_utc())
}

fn act(services: &Services, object: String) -> Act {
    services.background_act(AuditScope::National, WATCH, "watch_pso_levels", object)
}

fn tell_turns(services: &Services, lease: &Lease, days: (NaiveDate, NaiveDate)) -> Result<(), ServiceError> {
    let turning = services.db.read(|c| store::pso::level_watches::organisations_with_turns(c, days))?;
    for some in turning.chunks(BATCH) {
        let act = act(services, format!("pso-levels/{}", days.1));
        services.db.write(&act, |c| {
            services.hold(c, lease)?;
            tell_turns_of(c, &act, some, days)
        })?;
    }
    Ok(())
}

fn tell_turns_of(
    c: &mut AnyConnection,
    act: &Act,
    organisations: &[KvkNumber],
    (after, until): (NaiveDate, NaiveDate),
) -> Result<(), ServiceError> {
    let known = store::pso::certificates::all_known_at(c, organisations, act.at)?;
    let ladders = pso_tables::ladders(c)?;
    let before = by_organisation(&known, &ladders, after);
    let since = by_organisation(&known, &ladders, until);
    for kvk in organisations {
        tell_change(c, act, *kvk, (before.get(kvk).copied(), since.get(kvk).copied()), until)?;
    }
    Ok(())
}

fn tell_endings(
    services: &Services,
    lease: &Lease,
    (after, until): (NaiveDate, NaiveDate),
) -> Result<(), ServiceError> {
    let Some(window) = after.checked_add_days(WARNED_BEFORE).zip(until.checked_add_days(WARNED_BEFORE))
    else {
        return Ok(());
    };
    let ending = services.db.read(|c| store::pso::level_watches::ending_between(c, window))?;
    for some in ending.chunks(BATCH) {
        let act = act(services, format!("pso-certificates/{until}"));
        services.db.write(&act, |c| {
            services.hold(c, lease)?;
            tell_endings_of(c, &act, some)
        })?;
    }
    Ok(())
}

fn tell_endings_of(c: &mut AnyConnection, act: &Act, ending: &[CertificateId]) -> Result<(), ServiceError> {
    for certificate in store::pso::certificates::all_of(c, ending)? {
        for kvk in &certificate.facts.holders {
            store::telling::events::append(c, &warning(act, &certificate, *kvk))?;
        }
    }
    Ok(())
}

fn warning(act: &Act, certificate: &Certificate, kvk: KvkNumber) -> Event {
    let facts = &certificate.facts;
    let data = json!({
        "kvkNumber": kvk,
        "certificateId": certificate.id,
        "number": facts.number,
        "level": facts.level,
        "validUntil": facts.valid_until,
    });
    let subject = format!("organisations/{kvk}/certificates/{}", certificate.id);
    Event::of(act, EventKind::PsoCertificateEnding, subject, data.to_string())
}
