//! The dossier of a lot: facts that use cases add, and decide by.

use serde_json::json;

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::load;
use trede_base::page::{Page, PageRequest};
use trede_formats::dossier::Fact;
use trede_model::assessing::dossier::{DossierEntry, DossierEntryId};
use trede_model::telling::event::{Event, EventKind};
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::tender::Tender;
use trede_model::trust::audit::Act;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// An entry with the fact that it tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The entry.
    pub entry: DossierEntry,
    /// What it tells.
    pub fact: Fact,
}

impl Told {
    pub(crate) fn of(entry: DossierEntry) -> Result<Self, ServiceError> {
        let fact = serde_json::from_str(&entry.fact).map_err(|error| ServiceError::Internal(error.into()))?;
        Ok(Self { entry, fact })
    }
}

/// The whole dossier of a lot, the first fact first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dossier(pub(crate) Vec<Told>);

impl Dossier {
    pub(crate) fn load(c: &mut AnyConnection, at: LotPath) -> Result<Self, ServiceError> {
        let entries = store::assessing::dossiers::all_of_lot(c, at.municipality, at.lot)?;
        entries.into_iter().map(Told::of).collect::<Result<_, _>>().map(Self)
    }

    /// The facts of one sort, the first first.
    pub(crate) fn facts<'a, T: 'a>(
        &'a self,
        sort: impl Fn(&'a Fact) -> Option<&'a T> + 'a,
    ) -> impl DoubleEndedIterator<Item = (&'a DossierEntry, &'a T)> {
        self.0.iter().filter_map(move |told| Some((&told.entry, sort(&told.fact)?)))
    }
}

/// What a fact is held against before it is added.
pub(crate) struct Scene {
    pub(crate) tender: Tender,
    /// As it stands at the moment of the act.
    pub(crate) lot: Lot,
    pub(crate) dossier: Dossier,
}

impl Scene {
    pub(crate) fn load(
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
pub(crate) fn record(
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
pub(crate) fn add(
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
    store::assessing::dossiers::insert(c, &entry)?;
    let data = json!({"tenderId": at.tender, "lotId": at.lot, "entryId": id, "kind": entry.kind});
    let subject = format!("{at}/dossier-entries/{id}");
    store::telling::events::append(
        c,
        &Event::of(act, EventKind::DossierEntryAdded, subject, data.to_string()),
    )?;
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
        let entry = store::assessing::dossiers::find(c, at.municipality, at.lot, id)?;
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
        let page = store::assessing::dossiers::list(c, at.municipality, at.lot, request)?;
        let Page { items, has_previous, has_next } = page;
        let items = items.into_iter().map(Told::of).collect::<Result<_, _>>()?;
        Ok::<_, ServiceError>(Page { items, has_previous, has_next })
    })?;
    let object = format!("{at}/dossier-entries");
    services.record_read(actor, at.municipality, Operation::ListDossierEntries, object)?;
    Ok(page)
}
