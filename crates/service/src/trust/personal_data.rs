//! The rights of people who work with this service: to hear what is held about them, to have it corrected, and
//! to have it removed when the law does not ask to keep it (AVG art. 15, 16 and 17).

use chrono::NaiveDate;

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::{dutch_day, first_moment};
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, TITLE};
use crate::trust::audit::PERSONS;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::person_name::{NobodyIsNamed, PersonName};
use trede_model::trust::personal_data::{NamedIn, PersonOverview, PersonRemoval, PersonRemovalId, Touched};
use trede_store::trust::person_removals;
use trede_store::trust::personal_data;

/// The most acts that an overview shows.
const MOST_ACTS: i64 = 1_000;

/// All that is held about somebody in the municipality. That it was asked for is an act; of whom is not told.
///
/// # Errors
/// [`ServiceError::Invalid`] without a name.
pub fn overview(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    name: &str,
) -> Result<PersonOverview, ServiceError> {
    authorise(actor, municipality, Operation::CreatePersonOverview)?;
    let mut findings = Findings::default();
    findings.needed_text("/name", name, TITLE);
    findings.into_result()?;
    let object = format!("{PERSONS}overviews/{}", new_id::<PersonOverview>());
    let act = services.act(actor, municipality, Operation::CreatePersonOverview, object);
    let person = PersonName::of(name);
    services.db.write(&act, |c| {
        // Of a word of the service nothing is held: it is nobody's name.
        let Ok(name) = &person else { return Ok(PersonOverview::default()) };
        let named_in = personal_data::named_in(c, municipality, name)?;
        let (acts, acts_in_all) = personal_data::acts(c, municipality, name, MOST_ACTS)?;
        Ok::<_, ServiceError>(PersonOverview { named_in, acts, acts_in_all })
    })
}

/// Gives somebody another name where they are whom to turn to. What they did keeps the name of then: it is the
/// record of what happened.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings.
pub fn correct(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    name: &str,
    corrected: &str,
) -> Result<Vec<Touched>, ServiceError> {
    authorise(actor, municipality, Operation::CreatePersonCorrection)?;
    let mut findings = Findings::default();
    findings.needed_text("/name", name, TITLE);
    findings.name("/correctedName", corrected);
    findings.into_result()?;
    let object = format!("{PERSONS}corrections/{}", new_id::<PersonOverview>());
    let act = services.act(actor, municipality, Operation::CreatePersonCorrection, object);
    let person = PersonName::of(name);
    services.db.write_removal(&act, |c| match &person {
        Ok(name) => Ok::<_, ServiceError>(personal_data::rename_contact(c, municipality, name, corrected)?),
        Err(NobodyIsNamed) => Ok(Vec::new()),
    })
}

/// What is said of a name that is to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRemoval {
    /// The name.
    pub name: String,
    /// What was recorded before this day need not be kept any longer.
    pub recorded_before: NaiveDate,
    /// The rule of retention that says so.
    pub basis: String,
}

/// What was removed, and where the name still stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The removal, as it is recorded.
    pub removal: PersonRemoval,
    /// Where the name is gone.
    pub removed: Vec<Touched>,
    /// Where it stays: in what was recorded later, or before names could be removed.
    pub kept: Vec<NamedIn>,
    /// How many acts in the audit trail keep it.
    pub acts_kept: i64,
}

/// Removes a name from what need not be kept any longer.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings.
pub fn remove(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    new: NewRemoval,
) -> Result<Removed, ServiceError> {
    authorise(actor, municipality, Operation::CreatePersonRemoval)?;
    let mut findings = Findings::default();
    findings.needed_text("/name", &new.name, TITLE);
    findings.date("/recordedBefore", Some(new.recorded_before));
    if new.recorded_before > dutch_day(services.now()) {
        findings.add(
            "/recordedBefore",
            "date-ahead",
            "a day that is not ahead: terms that run cannot have run out",
        );
    }
    findings.needed_text("/basis", &new.basis, TEXT);
    findings.into_result()?;
    let removal = PersonRemoval {
        id: new_id(),
        recorded_before: new.recorded_before,
        basis: new.basis,
        at: services.now(),
        by: actor.subject.clone(),
    };
    let pseudonym = removal.pseudonym();
    let before = first_moment(new.recorded_before);
    let act =
        services.act(actor, municipality, Operation::CreatePersonRemoval, format!("{PERSONS}{pseudonym}"));
    let person = PersonName::of(&new.name);
    services.db.write_removal(&act, |c| {
        person_removals::insert(c, municipality, &removal)?;
        let Ok(name) = &person else {
            let (removed, kept) = (Vec::new(), Vec::new());
            return Ok(Removed { removal: removal.clone(), removed, kept, acts_kept: 0 });
        };
        let removed = personal_data::remove(c, municipality, name, before, &pseudonym)?;
        let kept = personal_data::named_in(c, municipality, name)?;
        let (_, acts_kept) = personal_data::acts(c, municipality, name, 0)?;
        Ok::<_, ServiceError>(Removed { removal: removal.clone(), removed, kept, acts_kept })
    })
}

/// One page of the removals of the municipality, in order.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn list_removals(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<PersonRemovalId>,
) -> Result<Page<PersonRemoval>, ServiceError> {
    authorise(actor, municipality, Operation::ListPersonRemovals)?;
    Ok(services.db.read(|c| person_removals::list(c, municipality, request))?)
}
