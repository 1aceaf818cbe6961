//! Evidence with entries: files that only the parties of the contract and the municipality can read.

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::BoxStream;
use serde_json::json;

use crate::Services;
use crate::following::entries;
use crate::following::evidence_intake::TakenIn;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use trede_base::page::{Page, PageRequest};
use trede_integrations::file_store::FileStoreError;
use trede_model::following::entry::{Entry, EntryPath};
use trede_model::following::evidence::{Evidence, EvidenceId, EvidenceKind, MediaType, ScanState};
use trede_model::telling::event::{Event, EventKind};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

const NO_EVIDENCE: ServiceError = ServiceError::NotFound { what: "file of evidence" };

/// The most files with one entry.
const MOST_FILES: i64 = 50;

/// A file that may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    at: EntryPath,
    id: EvidenceId,
    kind: EvidenceKind,
    media_type: MediaType,
}

/// Lets a file in, before any of it is read.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such entry that the caller may see, [`ServiceError::Refused`]
/// when the entry takes no more files.
pub fn admit(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    kind: EvidenceKind,
    media_type: MediaType,
) -> Result<Admitted, ServiceError> {
    authorise(actor, at.municipality, Operation::CreateEvidenceFile)?;
    services.db.read(|c| open_entry(c, services, actor, at))?;
    Ok(Admitted { at, id: new_id(), kind, media_type })
}

fn open_entry(
    c: &mut AnyConnection,
    services: &Services,
    actor: &Actor,
    at: EntryPath,
) -> Result<(), ServiceError> {
    let entry = entry(c, services, actor, at)?;
    if entry.state.is_decided() {
        return Err(ServiceError::refused(
            "entry-decided",
            "evidence is added before the entry is decided on; what was decided rests on what was there",
        ));
    }
    if store::following::evidence_files::count(c, at.municipality, at.entry)? >= MOST_FILES {
        return Err(ServiceError::refused(
            "too-many-files",
            format!("an entry has at most {MOST_FILES} files"),
        ));
    }
    Ok(())
}

fn entry(
    c: &mut AnyConnection,
    services: &Services,
    actor: &Actor,
    at: EntryPath,
) -> Result<Entry, ServiceError> {
    let (_, entry) = entries::load(c, services, actor, at.municipality, at.contract, at.entry)?;
    Ok(entry)
}

/// Takes the content of an admitted file in, while it comes.
///
/// # Errors
/// As `EvidenceDesk::take_in`; then nothing of it stays.
pub async fn receive<E>(
    services: &Services,
    admitted: Admitted,
    body: impl Stream<Item = Result<Bytes, E>>,
) -> Result<TakenIn, ServiceError> {
    let key = Evidence::key(admitted.at.municipality, admitted.id);
    services.evidence.take_in(&key, admitted.media_type, body).await
}

/// Adds a file whose content was taken in.
///
/// # Errors
/// [`ServiceError::Refused`] when the entry was decided on meanwhile: the content is then swept.
pub fn add(
    services: &Services,
    actor: &Actor,
    admitted: Admitted,
    taken: TakenIn,
) -> Result<Evidence, ServiceError> {
    let Admitted { at, id, kind, media_type } = admitted;
    let object = format!("{at}/evidence-files/{id}");
    let act = services.act(actor, at.municipality, Operation::CreateEvidenceFile, object.clone());
    let evidence = Evidence {
        municipality: at.municipality,
        contract: at.contract,
        entry: at.entry,
        id,
        kind,
        media_type,
        bytes: i64::try_from(taken.bytes).map_err(|error| ServiceError::Internal(error.into()))?,
        sha256: taken.sha256,
        scan: taken.scan,
        added_at: act.at,
        added_by: actor.subject.clone(),
        removed_at: None,
    };
    let data = json!({"contractId": at.contract, "entryId": at.entry}).to_string();
    let event = Event::of(&act, EventKind::EvidenceAdded, object, data);
    services.db.write(&act, |c| {
        open_entry(c, services, actor, at)?;
        store::following::evidence_files::insert(c, &evidence)?;
        Ok::<_, ServiceError>(store::telling::events::append(c, &event)?)
    })?;
    Ok(evidence)
}

/// What is known of one file.
///
/// # Errors
/// [`ServiceError::NotFound`] when the entry has none of that id, or the caller may not see it.
pub fn get(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    id: EvidenceId,
) -> Result<Evidence, ServiceError> {
    authorise(actor, at.municipality, Operation::GetEvidenceFile)?;
    find(services, actor, at, id)
}

/// What is known of one file whose content may be read.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Refused`] when the content was removed after the term of
/// retention, or was never scanned while a scanner is there now.
pub fn readable(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    id: EvidenceId,
) -> Result<Evidence, ServiceError> {
    authorise(actor, at.municipality, Operation::GetEvidenceContent)?;
    let evidence = find(services, actor, at, id)?;
    if evidence.removed_at.is_some() {
        let detail = "the content was removed after the term of retention; its hash is kept";
        return Err(ServiceError::refused("content-removed", detail));
    }
    if services.evidence.scanner.is_some() && evidence.scan == ScanState::NotScanned {
        let detail = "the file came in when there was no malware scanner; add it again to have it scanned";
        return Err(ServiceError::refused("not-scanned", detail));
    }
    let object = format!("{at}/evidence-files/{id}");
    services.record_read(actor, at.municipality, Operation::GetEvidenceContent, object)?;
    Ok(evidence)
}

fn find(services: &Services, actor: &Actor, at: EntryPath, id: EvidenceId) -> Result<Evidence, ServiceError> {
    services.db.read(|c| {
        entry(c, services, actor, at)?;
        store::following::evidence_files::find(c, at.municipality, at.entry, id)?.ok_or(NO_EVIDENCE)
    })
}

/// The content of a file, in parts.
///
/// # Errors
/// [`ServiceError::Unavailable`] when the store does not answer.
pub async fn content(
    services: &Services,
    evidence: &Evidence,
) -> Result<BoxStream<'static, Result<Bytes, FileStoreError>>, ServiceError> {
    let key = Evidence::key(evidence.municipality, evidence.id);
    Ok(services.evidence.files.read(&key).await?)
}

/// One page of the files with an entry, in the order in which they were added.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such entry that the caller may see.
pub fn list(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    request: &PageRequest<EvidenceId>,
) -> Result<Page<Evidence>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListEvidenceFiles)?;
    services.db.read(|c| {
        entry(c, services, actor, at)?;
        Ok(store::following::evidence_files::list(c, at.municipality, at.entry, request)?)
    })
}
