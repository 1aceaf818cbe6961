//! Tells whose PSO level a change of certificates changed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;

use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::pso::pso_tables;
use trede_base::certificate::Certificate;
use trede_base::ids::KvkNumber;
use trede_model::telling::event::{Event, EventKind};
use trede_model::trust::audit::Act;
use trede_rules::pso::{LadderVersion, level_on};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Makes a change of certificates, and adds an event for each of the organisations whose level of today is
/// another one since: contracts under which a level was promised are to hear of it.
pub(crate) fn telling<T>(
    c: &mut AnyConnection,
    act: &Act,
    organisations: &BTreeSet<KvkNumber>,
    change: impl FnOnce(&mut AnyConnection) -> Result<T, ServiceError>,
) -> Result<T, ServiceError> {
    let ladders = pso_tables::ladders(c)?;
    let today = dutch_day(act.at);
    let listed: Vec<KvkNumber> = organisations.iter().copied().collect();
    let former = store::pso::certificates::all_known_at(c, &listed, act.at)?;
    let before = by_organisation(&former, &ladders, today);
    let made = change(c)?;
    let present = store::pso::certificates::all_known_at(c, &listed, act.at)?;
    let after = by_organisation(&present, &ladders, today);
    for kvk in organisations {
        tell_change(c, act, *kvk, (before.get(kvk).copied(), after.get(kvk).copied()), today)?;
    }
    Ok(made)
}

/// The certificate that gives each organisation its level on the day.
pub(crate) fn by_organisation<'a>(
    certificates: &'a [Certificate],
    ladders: &[LadderVersion],
    day: NaiveDate,
) -> BTreeMap<KvkNumber, &'a Certificate> {
    let mut covering: BTreeMap<KvkNumber, Vec<&Certificate>> = BTreeMap::new();
    for certificate in certificates {
        for kvk in &certificate.facts.holders {
            covering.entry(*kvk).or_default().push(certificate);
        }
    }
    covering
        .into_iter()
        .filter_map(|(kvk, covering)| Some((kvk, level_on(covering, ladders, day)?)))
        .collect()
}

/// Adds an event when the level of an organisation is another one than before.
pub(crate) fn tell_change(
    c: &mut AnyConnection,
    act: &Act,
    kvk: KvkNumber,
    (before, after): (Option<&Certificate>, Option<&Certificate>),
    day: NaiveDate,
) -> Result<(), ServiceError> {
    let level =
        |certificate: &Certificate| (certificate.facts.ladder.clone(), certificate.facts.level.clone());
    let (from, to) = (before.map(level), after.map(level));
    if from == to {
        return Ok(());
    }
    let told = |level: Option<(String, String)>| {
        level.map(|(ladder, level)| json!({"ladder": ladder, "level": level}))
    };
    let data = json!({
        "kvkNumber": kvk,
        "on": day,
        "former": told(from),
        "present": told(to),
        "certificateId": after.map(|certificate| certificate.id),
    });
    let subject = format!("organisations/{kvk}");
    let event = Event::of(act, EventKind::PsoLevelChanged, subject, data.to_string());
    Ok(store::telling::events::append(c, &event)?)
}
