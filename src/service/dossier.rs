//! The dossier of a lot: facts that use cases add, and decide by.

use serde_json::json;

use crate::domain::audit::Act;
use crate::domain::dossier::{DossierEntry, DossierEntryId};
use crate::domain::event::{Event, EventKind};
use crate::domain::lot::{Lot, LotPath};
use crate::domain::page::{Page, PageRequest};
use crate::domain::tender::Tender;
use crate::exchange::dossier::Fact;
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::acts::new_id;
use crate::service::error::ServiceError;
use crate::service::load;
use crate::storage;
use crate::storage::connection::AnyConnection;

/// An entry with the fact that it tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The entry.
    pub entry: DossierEntry,
    /// What it tells.
    pub fact: Fact,
}

impl Told {
    fn of(entry: DossierEntry) -> Result<Self, ServiceError> {
        let fact = serde_json::from_str(&entry.fact).map_err(|error| ServiceError::Internal(error.into()))?;
        Ok(Self { entry, fact })
    }
}

/// The whole dossier of a lot, the first fact first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dossier(pub(super) Vec<Told>);

impl Dossier {
    pub(super) fn load(c: &mut AnyConnection, at: LotPath) -> Result<Self, ServiceError> {
        let entries = storage::dossiers::all_of_lot(c, at.municipality, at.lot)?;
        entries.into_iter().map(Told::of).collect::<Result<_, _>>().map(Self)
    }

    /// The facts of one sort, the first first.
    pub(super) fn facts<'a, T: 'a>(
        &'a self,
        sort: impl Fn(&'a Fact) -> Option<&'a T> + 'a,
    ) -> impl DoubleEndedIterator<Item = (&'a DossierEntry, &'a T)> {
        self.0.iter().filter_map(move |told| Some((&told.entry, sort(&told.fact)?)))
    }
}

/// What a fact is held against before it is added.
pub(super) struct Scene {
    pub(super) tender: Tender,
    /// As it stands at the moment of the act.
    pub(super) lot: Lot,
    pub(super) dossier: Dossier,
}

impl Scene {
    pub(super) fn load(
        c: &mut AnyConnection,
        actor: &Actor,
        at: LotPath,
        act: &Act,
    ) -> Result<Self, ServiceError> {
        let (tender, lot) = load::lot(c, actor, at)?;
        let lot = lot.at(act.at, tender.facts.deadline_at);
        Ok(Self { tender, lot, dossier: Dossier::load(c, at)? })
    }
}

/// Adds the fact that is decided on to the dossier of the lot.
pub(super) fn record(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    operation: Operation,
    decide: impl Fn(&mut AnyConnection, &Scene, &Act) -> Result<Fact, ServiceError>,
) -> Result<Told, ServiceError> {
    authorise(actor, at.municipality, operation)?;
    let id = new_id();
    let act = services.act(actor, at.municipality, operation, format!("{at}/dossier-entries/{id}"));
    services.db.write(&act, |c| {
        let scene = Scene::load(c, actor, at, &act)?;
        let fact = decide(c, &scene, &act)?;
        add(c, &act, at, id, fact)
    })
}

/// Adds a fact, and tells that there is one: not what it says.
pub(super) fn add(
    c: &mut AnyConnection,
    act: &Act,
    at: LotPath,
    id: DossierEntryId,
    fact: Fact,
) -> Result<Told, ServiceError> {
    let entry = DossierEntry {
        municipality: at.municipality,
        lot: at.lot,
        id,
        kind: fact.kind(),
        fact: serde_json::to_string(&fact).map_err(|error| ServiceError::Internal(error.into()))?,
        at: act.at,
        actor: act.actor.clone(),
    };
    storage::dossiers::insert(c, &entry)?;
    let data = json!({"tenderId": at.tender, "lotId": at.lot, "entryId": id, "kind": entry.kind});
    let subject = format!("{at}/dossier-entries/{id}");
    storage::events::append(c, &Event::of(act, EventKind::DossierEntryAdded, subject, data.to_string()))?;
    Ok(Told { entry, fact })
}

/// One entry.
///
/// # Errors
/// [`ServiceError::NotFound`] when the dossier of the lot has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: DossierEntryId,
) -> Result<Told, ServiceError> {
    authorise(actor, at.municipality, Operation::GetDossierEntry)?;
    let told = services.db.read(|c| {
        load::lot(c, actor, at)?;
        let entry = storage::dossiers::find(c, at.municipality, at.lot, id)?;
        Told::of(entry.ok_or(ServiceError::NotFound { what: "dossier entry" })?)
    })?;
    let object = format!("{at}/dossier-entries/{id}");
    services.record_read(actor, at.municipality, Operation::GetDossierEntry, object)?;
    Ok(told)
}

/// One page of the dossier of a lot, the first fact first.
///
/// # Errors
/// [`ServiceError::NotFound`] when the tender has no such lot.
pub fn list(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    request: &PageRequest<DossierEntryId>,
) -> Result<Page<Told>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListDossierEntries)?;
    let page = services.db.read(|c| {
        load::lot(c, actor, at)?;
        let page = storage::dossiers::list(c, at.municipality, at.lot, request)?;
        let Page { items, has_previous, has_next } = page;
        let items = items.into_iter().map(Told::of).collect::<Result<_, _>>()?;
        Ok::<_, ServiceError>(Page { items, has_previous, has_next })
    })?;
    let object = format!("{at}/dossier-entries");
    services.record_read(actor, at.municipality, Operation::ListDossierEntries, object)?;
    Ok(page)
}
