//! Reminders of deadlines, as events: each once, whichever instance comes first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use serde_json::json;

use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::policies::social_return_policies;
use crate::{Services, every_municipality};
use trede_base::ids::MunicipalityId;
use trede_model::policies::policy::PolicyId;
use trede_model::telling::event::{Event, EventKind};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_store::overseeing::reminders::OpenDeadline;

/// The action in the audit trail.
const ACTION: &str = "send_reminders";
/// Ends a write that has nothing to write.
const NOTHING_DUE: &str = "nothing-due";
/// The most days before a deadline that a reminder can be sent.
const MOST_DAYS: u64 = 366;

/// Sends the reminders that are due in all municipalities; answers how many.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer; what was sent until then stays sent.
pub fn send_due(services: &Services) -> Result<usize, ServiceError> {
    let mut sent = 0;
    for municipality in every_municipality(services)? {
        sent += send_due_in(services, municipality)?;
    }
    Ok(sent)
}

fn send_due_in(services: &Services, municipality: MunicipalityId) -> Result<usize, ServiceError> {
    if services.db.read(|c| due(c, services, municipality))?.is_empty() {
        return Ok(0);
    }
    let act = services.act_of_itself(municipality, ACTION, "reminders".to_owned());
    let sent = services.db.write(&act, |c| {
        // Read again: another instance may have sent them since.
        let due = due(c, services, municipality)?;
        if due.is_empty() {
            return Err(ServiceError::refused(NOTHING_DUE, "no reminder is due"));
        }
        for (deadline, days) in &due {
            store::overseeing::reminders::insert(c, municipality, deadline, *days, act.at)?;
            let OpenDeadline { contract, milestone, due_on, .. } = deadline;
            let subject = format!("contracts/{contract}/milestones/{milestone}/reminders/{days}");
            let data = json!({"contractId": contract, "milestoneId": milestone, "dueOn": due_on});
            let event = Event::of(&act, EventKind::DeadlineReminded, subject, data.to_string());
            store::telling::events::append(c, &event)?;
        }
        Ok(due.len())
    });
    match sent {
        Err(ServiceError::Refused { code: NOTHING_DUE, .. }) => Ok(0),
        sent => sent,
    }
}

/// The deadlines of which a reminder is due and was not sent, each with its days before the deadline.
fn due(
    c: &mut AnyConnection,
    services: &Services,
    municipality: MunicipalityId,
) -> Result<Vec<(OpenDeadline, u32)>, ServiceError> {
    let today = dutch_day(services.now());
    let horizon = today.checked_add_days(Days::new(MOST_DAYS)).unwrap_or(today);
    let deadlines = store::overseeing::reminders::open_deadlines(c, municipality, today, horizon)?;
    if deadlines.is_empty() {
        return Ok(Vec::new());
    }
    let sent: BTreeSet<_> = store::overseeing::reminders::sent(c, municipality, today)?.into_iter().collect();
    let contracts: Vec<_> = deadlines.iter().map(|deadline| deadline.contract).collect();
    let days: BTreeMap<PolicyId, Vec<u32>> =
        store::policies::social_return_policies::kept_by(c, municipality, &contracts)?
            .iter()
            .map(|stored| Ok((stored.id, social_return_policies::read(stored)?.reminder_days)))
            .collect::<Result<_, ServiceError>>()?;
    let mut due = Vec::new();
    for deadline in deadlines {
        for days in days.get(&deadline.policy).into_iter().flatten().collect::<BTreeSet<_>>() {
            let from = deadline.due_on.checked_sub_days(Days::new(u64::from(*days)));
            let is_sent = sent.contains(&(deadline.milestone, deadline.due_on, *days));
            if from.is_some_and(|from| from <= today) && !is_sent {
                due.push((deadline.clone(), *days));
            }
        }
    }
    Ok(due)
}
