//! Between proposal and award: the standstill, which never ends earlier than promised, and objections, which
//! hold the award up until they are resolved.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::Services;
use crate::assessing::dossier::{Dossier, Scene, Told, record};
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TEXT, TITLE};
use trede_formats::dossier::{Fact, Objection, ObjectionOutcome, ObjectionResolution, StandstillExtension};
use trede_formats::dutch;
use trede_model::assessing::dossier::{DossierEntry, DossierEntryId};
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The shortest standstill above the European threshold, in calendar days (Aw 2012 art. 2.127).
const SHORTEST_ABOVE_THRESHOLD: u16 = 20;
/// The longest that is taken for no slip of the pen.
const LONGEST: u16 = 366;

/// The standstill in days: at least what the law asks for above the threshold, else as it was declared.
pub(crate) fn days(findings: &mut Findings, declared: Option<u16>, above_threshold: Option<bool>) -> u16 {
    const PLACE: &str = "/standstillDays";
    match (declared, above_threshold) {
        (None, Some(true)) => SHORTEST_ABOVE_THRESHOLD,
        (Some(days), Some(true)) if days < SHORTEST_ABOVE_THRESHOLD => {
            let detail =
                "above the European threshold the standstill is 20 days at least (Aw 2012 art. 2.127)";
            findings.add(PLACE, "standstill-too-short", detail);
            days
        }
        (Some(days), _) => {
            if days > LONGEST {
                findings.add(PLACE, "standstill-too-long", format!("at most {LONGEST} days"));
            }
            days
        }
        (None, _) => {
            let detail = "the tender is not said to be above the European threshold; give the standstill that \
                          the procedure declared, or 0";
            findings.add(PLACE, "standstill-needed", detail);
            0
        }
    }
}

/// The last day of a standstill that begins the day after sending; none when it has no days.
pub(crate) fn last_day(sent_at: DateTime<Utc>, days: u16) -> Option<NaiveDate> {
    if days == 0 {
        return None;
    }
    dutch_day(sent_at).checked_add_days(Days::new(days.into()))
}

/// A day as a letter writes it in Dutch and in English.
pub(crate) fn written(day: NaiveDate) -> (String, String) {
    (dutch::day(day), day.format("%-d %B %Y").to_string())
}

/// Lets the standstill end on a later day.
///
/// # Errors
/// [`ServiceError::Refused`] when no award is proposed, [`ServiceError::Invalid`] when the day is no later.
pub fn extend(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    (until_on, reason): (NaiveDate, &str),
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::ExtendStandstill, |c, scene, act| {
        let mut findings = Findings::default();
        findings.needed_text("/reason", reason, TEXT);
        findings.date("/untilOn", Some(until_on));
        findings.into_result()?;
        let mut decision = proposed(c, scene, at)?;
        let earliest = decision.standstill_until.unwrap_or_else(|| dutch_day(act.at));
        if until_on <= earliest {
            let detail = format!("the standstill ends later only; it ends on {earliest} now");
            return Err(ServiceError::invalid("/untilOn", "standstill-not-later", detail));
        }
        let previous_until_on = decision.standstill_until.replace(until_on);
        store::awarding::award_decisions::update(c, &decision)?;
        let reason = reason.to_owned();
        Ok(Fact::StandstillExtended(StandstillExtension {
            decision_id: decision.id,
            previous_until_on,
            until_on,
            reason,
        }))
    })
}

fn proposed(c: &mut AnyConnection, scene: &Scene, at: LotPath) -> Result<AwardDecision, ServiceError> {
    if scene.lot.state == State::AwardProposed
        && let Some(decision) = store::awarding::award_decisions::in_force(c, at.municipality, at.lot)?
    {
        return Ok(decision);
    }
    let told = Bilingual::new(
        format!("dit kan zolang een gunning is voorgenomen; het perceel is «{}»", scene.lot.state),
        format!("possible while an award is proposed; the lot is «{}»", scene.lot.state),
    );
    Err(ServiceError::refused_in_both("state-forbids", told))
}

/// An objection as it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewObjection {
    /// Who objects.
    pub party: String,
    /// On which day.
    pub lodged_on: NaiveDate,
    /// What is objected.
    pub grounds: String,
    /// The number of the case at court.
    pub court_reference: Option<String>,
}

/// Records an objection to the proposed award. It holds the award up until it is resolved.
///
/// # Errors
/// [`ServiceError::Refused`] when no award is proposed, [`ServiceError::Invalid`] with all findings.
pub fn object(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewObjection,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::LodgeObjection, |c, scene, act| {
        let mut findings = Findings::default();
        findings.needed_text("/party", &new.party, TITLE);
        findings.needed_text("/grounds", &new.grounds, TEXT);
        findings.optional_text("/courtReference", new.court_reference.as_deref(), TITLE);
        past(&mut findings, "/lodgedOn", new.lodged_on, act.at);
        findings.into_result()?;
        Ok(Fact::ObjectionLodged(Objection {
            decision_id: proposed(c, scene, at)?.id,
            party: new.party.clone(),
            lodged_on: new.lodged_on,
            grounds: new.grounds.clone(),
            court_reference: new.court_reference.clone(),
        }))
    })
}

fn past(findings: &mut Findings, pointer: &str, day: NaiveDate, now: DateTime<Utc>) {
    findings.date(pointer, Some(day));
    if day > dutch_day(now) {
        findings.add(pointer, "day-ahead", "a day that has come");
    }
}

/// Records how an objection ended.
///
/// # Errors
/// [`ServiceError::NotFound`] when the lot has no such objection, [`ServiceError::Refused`] when it ended already,
/// [`ServiceError::Invalid`] with all findings.
pub fn resolve(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    resolution: ObjectionResolution,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::ResolveObjection, |_, scene, act| {
        let mut findings = Findings::default();
        findings.needed_text("/explanation", &resolution.explanation, TEXT);
        past(&mut findings, "/resolvedOn", resolution.resolved_on, act.at);
        findings.into_result()?;
        let id = resolution.objection_id;
        if !objections(&scene.dossier).any(|(entry, _)| entry.id == id) {
            return Err(ServiceError::NotFound { what: "objection" });
        }
        if outcome_of(&scene.dossier, id).is_some() {
            return Err(ServiceError::refused("objection-resolved", "the objection has ended already"));
        }
        Ok(Fact::ObjectionResolved(resolution.clone()))
    })
}

fn objections(dossier: &Dossier) -> impl DoubleEndedIterator<Item = (&DossierEntry, &Objection)> {
    dossier.facts(|fact| match fact {
        Fact::ObjectionLodged(objection) => Some(objection),
        _ => None,
    })
}

fn outcome_of(dossier: &Dossier, objection: DossierEntryId) -> Option<ObjectionOutcome> {
    let mut resolutions = dossier.facts(|fact| match fact {
        Fact::ObjectionResolved(resolution) => Some(resolution),
        _ => None,
    });
    let found = resolutions.find(|(_, resolution)| resolution.objection_id == objection);
    found.map(|(_, resolution)| resolution.outcome)
}

/// Refuses to make an award final during the standstill, or while an objection stands.
pub(crate) fn expect_over(
    dossier: &Dossier,
    decision: &AwardDecision,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    if let Some(until) = decision.standstill_until.filter(|until| dutch_day(now) <= *until) {
        let told = Bilingual::new(
            format!("de opschortende termijn eindigt op {until}; daarna kan de gunning definitief worden"),
            format!("the standstill ends on {until}; the award can be made final after that day"),
        );
        return Err(ServiceError::refused_in_both("standstill", told));
    }
    let standing = objections(dossier).filter(|(_, known)| known.decision_id == decision.id);
    for (entry, objection) in standing {
        match outcome_of(dossier, entry.id) {
            None => {
                let told = Bilingual::new(
                    format!("het bezwaar van {} is nog niet afgehandeld", objection.party),
                    format!("the objection of {} was not resolved", objection.party),
                );
                return Err(ServiceError::refused_in_both("objection-open", told));
            }
            Some(ObjectionOutcome::Upheld) => {
                let told = Bilingual::new(
                    format!("het bezwaar van {} is gegrond; trek het voornemen in", objection.party),
                    format!("the objection of {} was upheld; take the proposal back", objection.party),
                );
                return Err(ServiceError::refused_in_both("objection-upheld", told));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standstill_begins_the_day_after_sending_in_the_netherlands() {
        // 23:30 in Utrecht on 14 May; the day after is the first of twenty.
        let sent_at = "2026-05-14T21:30:00Z".parse().unwrap();
        assert_eq!(last_day(sent_at, 20), "2026-06-03".parse().ok());
        // 00:30 in Utrecht on 15 May, though it is 14 May in London.
        let sent_at = "2026-05-14T22:30:00Z".parse().unwrap();
        assert_eq!(last_day(sent_at, 20), "2026-06-04".parse().ok());
        assert_eq!(last_day(sent_at, 0), None);
    }

    #[test]
    fn a_day_is_written_in_both_languages() {
        let day = "2026-05-04".parse().unwrap();
        assert_eq!(written(day), ("4 mei 2026".to_owned(), "4 May 2026".to_owned()));
    }
}
