//! Imports of the list of certified organisations: asked for here, read in the background, and told on the way.

use std::io::Read;

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use trede_base::certificate::CertificateSource;
use trede_base::page::{Page, PageRequest, Start};
use trede_formats::register_list::expect_list;
use trede_model::pso::register_import::{
    ImportCounts, ImportFault, ImportRequest, ImportState, RegisterImport, RegisterImportId, Validators,
};
use trede_model::telling::job::{Job, JobKind};
use trede_model::trust::audit::{Act, AuditScope};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

const NO_IMPORT: ServiceError = ServiceError::NotFound { what: "import" };

/// Bytes of a piece of a list as it is stored.
const PIECE: usize = 256 * 1024;

/// What is asked of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportTerms {
    /// Whether the list names all certificates in force, so that what is missing has ended.
    pub is_complete: bool,
    /// The share of the certificates in force, in percent, that may end at once.
    pub max_ended_percent: i32,
}

/// Asks that the configured register be read.
///
/// # Errors
/// [`ServiceError::Refused`] when no register is configured; [`ServiceError::Invalid`].
pub fn request(
    services: &Services,
    actor: &Actor,
    terms: &ImportTerms,
) -> Result<RegisterImport, ServiceError> {
    const OPERATION: Operation = Operation::CreateRegisterImport;
    authorise_national(actor, OPERATION)?;
    let Some(register) = &services.register else {
        let detail = "no register is configured (TREDE_REGISTER_URL); its list can be handed over instead";
        return Err(ServiceError::refused("register-not-configured", detail));
    };
    let who = &actor.subject;
    let import = new_import(services, who, CertificateSource::Register, register.url(), terms)?;
    store(services, &services.national_act(actor, OPERATION, object(import.id)), &import)?;
    Ok(import)
}

/// Asks that the configured register be read, where there is one, as a part of the daily work.
pub(crate) fn ask_daily(services: &Services, who: &str) -> Result<(), ServiceError> {
    /// The share of the certificates in force, in percent, that may end on one day.
    const DAILY_PERCENT: i32 = 10;
    let Some(register) = &services.register else { return Ok(()) };
    let terms = ImportTerms { is_complete: true, max_ended_percent: DAILY_PERCENT };
    let import = new_import(services, who, CertificateSource::Register, register.url(), &terms)?;
    let operation = Operation::CreateRegisterImport.id();
    let act = services.background_act(AuditScope::National, who, operation, object(import.id));
    store(services, &act, &import)
}

fn store(services: &Services, act: &Act, import: &RegisterImport) -> Result<(), ServiceError> {
    let job = job(import.id);
    services.db.write(act, |c| {
        store::pso::register_imports::insert(c, import)?;
        Ok(store::frame::jobs::ask(c, &job, import.created_at)?)
    })
}

/// Takes a list that is handed over, to be read in the background.
///
/// # Errors
/// [`ServiceError::Invalid`], also for what begins as no list of certificates; [`ServiceError::Internal`] when the list cannot be read from where it is.
pub fn upload(
    services: &Services,
    actor: &Actor,
    name: &str,
    terms: &ImportTerms,
    mut list: impl Read,
) -> Result<RegisterImport, ServiceError> {
    const OPERATION: Operation = Operation::UploadRegisterList;
    authorise_national(actor, OPERATION)?;
    let import = new_import(services, &actor.subject, CertificateSource::Upload, name, terms)?;
    // The pieces come first and the job last, so that nobody reads a list that is not whole. Each piece is
    // its own transaction: a bid need not wait for a large list.
    let mut piece = next_piece(&mut list)?;
    expect_list(&piece).map_err(|reason| {
        ServiceError::invalid("", "no-list", format!("this is no list of certificates: {reason}"))
    })?;
    services
        .db
        .write_progress(|c| Ok::<_, ServiceError>(store::pso::register_imports::insert(c, &import)?))?;
    let mut part = 0;
    while !piece.is_empty() {
        services.db.write_progress(|c| {
            Ok::<_, ServiceError>(store::pso::register_imports::insert_part(c, import.id, part, &piece)?)
        })?;
        part += 1;
        piece = next_piece(&mut list)?;
    }
    let act = services.national_act(actor, OPERATION, object(import.id));
    let job = job(import.id);
    services
        .db
        .write(&act, |c| Ok::<_, ServiceError>(store::frame::jobs::ask(c, &job, import.created_at)?))?;
    Ok(import)
}

fn next_piece(list: &mut impl Read) -> Result<Vec<u8>, ServiceError> {
    let mut piece = Vec::with_capacity(PIECE);
    let limit = u64::try_from(PIECE).unwrap_or(u64::MAX);
    list.take(limit).read_to_end(&mut piece).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(piece)
}

fn new_import(
    services: &Services,
    who: &str,
    source: CertificateSource,
    origin: &str,
    terms: &ImportTerms,
) -> Result<RegisterImport, ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/name", origin, TITLE);
    if !(0..=100).contains(&terms.max_ended_percent) {
        findings.add("/maxEndedPercent", "percent-out-of-range", "a percentage from 0 to 100");
    }
    findings.into_result()?;
    Ok(RegisterImport {
        id: new_id(),
        request: ImportRequest {
            source,
            origin: origin.to_owned(),
            is_complete: terms.is_complete,
            max_ended_percent: terms.max_ended_percent,
        },
        state: ImportState::Queued,
        counts: ImportCounts::default(),
        not_modified: false,
        note: None,
        validators: Validators::default(),
        created_at: services.now(),
        created_by: who.to_owned(),
        started_at: None,
        finished_at: None,
    })
}

pub(crate) fn object(id: RegisterImportId) -> String {
    format!("pso-register-imports/{id}")
}

fn job(import: RegisterImportId) -> Job {
    Job {
        id: new_id(),
        kind: JobKind::RegisterImport,
        scope: AuditScope::National,
        subject: import.to_string(),
    }
}

/// One import: what was asked, and how far it is.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id.
pub fn get(services: &Services, actor: &Actor, id: RegisterImportId) -> Result<RegisterImport, ServiceError> {
    authorise_national(actor, Operation::GetRegisterImport)?;
    services.db.read(|c| found(c, id))
}

pub(crate) fn found(c: &mut AnyConnection, id: RegisterImportId) -> Result<RegisterImport, ServiceError> {
    store::pso::register_imports::find(c, id)?.ok_or(NO_IMPORT)
}

/// One page of the imports, oldest first.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn list(
    services: &Services,
    actor: &Actor,
    request: &PageRequest<RegisterImportId>,
) -> Result<Page<RegisterImport>, ServiceError> {
    authorise_national(actor, Operation::ListRegisterImports)?;
    Ok(services.db.read(|c| store::pso::register_imports::list(c, request))?)
}

/// One page of what was wrong with the rows of an import, in the order of the list.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id.
pub fn list_faults(
    services: &Services,
    actor: &Actor,
    id: RegisterImportId,
    request: &PageRequest<i64>,
) -> Result<Page<(i64, ImportFault)>, ServiceError> {
    authorise_national(actor, Operation::ListRegisterImportFaults)?;
    services.db.read(|c| {
        found(c, id)?;
        Ok(store::pso::register_imports::list_faults(c, id, request)?)
    })
}

/// Faults that are told with the end of an import.
const TOLD_FAULTS: u16 = 100;
/// How long is waited between two looks at an import that another instance reads.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(500);

/// Reads the imports that wait, up to and including this one, or waits for the instance that reads it; `progress`
/// hears of each piece. Answers how it ended, and its first faults.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id; [`ServiceError::Busy`].
pub fn await_end(
    services: &Services,
    actor: &Actor,
    id: RegisterImportId,
    progress: &mut dyn FnMut(&RegisterImport),
) -> Result<(RegisterImport, Vec<ImportFault>), ServiceError> {
    loop {
        let worked = services.do_next_import(progress)?;
        let import = get(services, actor, id)?;
        if import.finished_at.is_some() {
            let first = PageRequest { start: Start::First, limit: TOLD_FAULTS };
            let faults = list_faults(services, actor, id, &first)?;
            return Ok((import, faults.items.into_iter().map(|(_, fault)| fault).collect()));
        }
        progress(&import);
        if !worked {
            std::thread::sleep(LOOK_EVERY);
        }
    }
}
