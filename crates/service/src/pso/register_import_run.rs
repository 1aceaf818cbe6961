//! Reads a list of certificates, a piece at a time, and keeps what it says.
//!
//! Sound rows are taken, each piece of them in one transaction, and rows that are not are told. What is not on a
//! complete list any more ends only after the list was read to its end. So an import that stops half-way leaves
//! nothing wrong behind, only something undone, and reading the list again does the rest and nothing twice.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use chrono::NaiveDate;

use crate::Services;
use crate::frame::access::Operation;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::pso::level_changes::telling;
use crate::pso::pso_tables;
use crate::pso::register_import_rows::{Batch, Row, row_of};
use crate::pso::register_imports::{found, object};
use trede_base::certificate::{Certificate, CertificateSource};
use trede_base::ids::KvkNumber;
use trede_formats::register_list::{ListError, ListRow, read_list};
use trede_integrations::pso_register::Fetched;
use trede_model::frame::trace::TraceContext;
use trede_model::pso::register_import::{
    ImportFault, ImportState, RegisterImport, RegisterImportId, Validators,
};
use trede_model::telling::job::Lease;
use trede_model::trust::audit::{Act, AuditScope};
use trede_rules::pso::LadderVersion;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Rows that are taken in one transaction.
const BATCH: usize = 200;
/// Faults that are kept; the others are counted.
const MOST_FAULTS: i64 = 1_000;

/// Reads the list of an import, from its beginning; `progress` hears of each piece.
pub(crate) fn run(
    services: &Services,
    lease: &Lease,
    progress: &mut dyn FnMut(&RegisterImport),
) -> Result<(), ServiceError> {
    let id = lease.job.subject.parse().map_err(|error| ServiceError::Internal(Box::new(error)))?;
    let (import, ladders) = services.db.write_progress(|c| begin(services, c, lease, id))?;
    if import.finished_at.is_some() {
        return Ok(());
    }
    let mut run = Run {
        services,
        lease,
        ladders,
        import,
        batch: Vec::with_capacity(BATCH),
        faults: Vec::new(),
        faulty_numbers: BTreeSet::new(),
        has_nameless_fault: false,
        progress,
    };
    let outcome = run.read();
    match outcome {
        Ok(()) => run.finish(ImportState::Succeeded, None),
        // Worth another attempt, or somebody else's by now.
        Err(stop @ Stop::Service(ServiceError::Busy(_) | ServiceError::Refused { .. })) => Err(stop.into()),
        Err(stop) => run.finish(ImportState::Failed, Some(stop.to_string())),
    }
}

/// The import as it begins, also when an earlier attempt stopped half-way.
fn begin(
    services: &Services,
    c: &mut AnyConnection,
    lease: &Lease,
    id: RegisterImportId,
) -> Result<(RegisterImport, Vec<LadderVersion>), ServiceError> {
    services.hold(c, lease)?;
    let mut import = found(c, id)?;
    if import.finished_at.is_none() {
        import.state = ImportState::Running;
        import.started_at = Some(services.now());
        import.counts = Default::default();
        store::pso::register_imports::forget_sightings(c, id)?;
        store::pso::register_imports::forget_faults(c, id)?;
        store::pso::register_imports::update(c, &import)?;
    }
    Ok((import, pso_tables::ladders(c)?))
}

/// Why a reading stops before its end.
#[derive(Debug, thiserror::Error)]
enum Stop {
    #[error("{0}")]
    Register(String),
    #[error("{0}")]
    List(String),
    #[error(
        "{missing} of {all} certificates in force are not on the list, more than the {percent} % that may end at \
         once; none was ended"
    )]
    TooManyMissing { missing: i64, all: i64, percent: i32 },
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<Stop> for ServiceError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Service(error) => error,
            other => Self::Internal(other.to_string().into()),
        }
    }
}

struct Run<'a> {
    services: &'a Services,
    lease: &'a Lease,
    ladders: Vec<LadderVersion>,
    import: RegisterImport,
    batch: Vec<Row>,
    /// What is wrong with the rows of this batch.
    faults: Vec<ImportFault>,
    /// Certificates of which a row could not be taken: they are on the list all the same.
    faulty_numbers: BTreeSet<String>,
    has_nameless_fault: bool,
    progress: &'a mut dyn FnMut(&RegisterImport),
}

impl Run<'_> {
    fn read(&mut self) -> Result<(), Stop> {
        match self.import.request.source {
            CertificateSource::Upload => {
                let parts = Parts::of(self.services, self.import.id);
                self.read_rows(parts)?;
            }
            CertificateSource::Register | CertificateSource::Evidence => {
                let known = self.known_validators()?;
                let Some(register) = &self.services.register else {
                    return Err(Stop::Register("no register is configured any more".to_owned()));
                };
                let Lease { job, holder, .. } = self.lease;
                let trace = TraceContext::attempt(job.id.uuid(), holder.uuid());
                match register.fetch(&known, trace).map_err(|error| Stop::Register(error.to_string()))? {
                    Fetched::NotModified => {
                        self.import.not_modified = true;
                        self.import.validators = known;
                        return Ok(());
                    }
                    Fetched::List(list, validators) => {
                        self.read_rows(list)?;
                        self.import.validators = validators;
                    }
                }
            }
        }
        if self.import.request.is_complete { self.end_missing() } else { Ok(()) }
    }

    /// How the register called its list when all of it was read, without anything left undone.
    fn known_validators(&self) -> Result<Validators, ServiceError> {
        let origin = &self.import.request.origin;
        let last = self.services.db.read(|c| store::pso::register_imports::last_read(c, origin))?;
        let whole = |last: &RegisterImport| {
            last.note.is_none() && last.request.is_complete == self.import.request.is_complete
        };
        Ok(last.filter(whole).map(|last| last.validators).unwrap_or_default())
    }

    fn read_rows(&mut self, list: impl Read) -> Result<(), Stop> {
        let ladders = self.ladders.clone();
        let outcome = read_list(list, &ladders, &mut |row| self.take(row));
        // What came before a break is kept: it was sound.
        self.flush()?;
        outcome.map_err(|error| match error {
            ListError::Taker(error) => Stop::Service(error),
            other => Stop::List(other.to_string()),
        })
    }

    fn take(&mut self, row: ListRow) -> Result<(), ServiceError> {
        self.import.counts.rows_read += 1;
        let certificate = row.certificate.clone();
        match row_of(row, self.import.request.source, &self.ladders) {
            Ok(row) => self.batch.push(row),
            Err(faults) => {
                self.import.counts.malformed += 1;
                self.note_faulty(certificate);
                self.faults.extend(faults);
            }
        }
        if self.batch.len() + self.faults.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn note_faulty(&mut self, certificate: Option<String>) {
        match certificate {
            Some(number) => {
                self.faulty_numbers.insert(number);
            }
            None => self.has_nameless_fault = true,
        }
    }

    /// Keeps the rows and faults that were gathered.
    fn flush(&mut self) -> Result<(), ServiceError> {
        let rows = std::mem::take(&mut self.batch);
        let faults = std::mem::take(&mut self.faults);
        let batch = Batch::of(rows, &self.import);
        let holders = batch.holders();
        let act = self.act();
        let kept = self.services.db.write(&act, |c| {
            self.services.hold(c, self.lease)?;
            let mut import = self.import.clone();
            let told = telling(c, &act, &holders, |c| batch.store(c, &act, &mut import.counts))?;
            let first = store::pso::register_imports::count_faults(c, import.id)?;
            for (number, fault) in (first + 1..=MOST_FAULTS).zip(faults.iter().chain(&told)) {
                store::pso::register_imports::insert_fault(c, import.id, number, fault)?;
            }
            store::pso::register_imports::update(c, &import)?;
            Ok::<_, ServiceError>((import, told))
        })?;
        let (import, told) = kept;
        self.import = import;
        for fault in told {
            self.note_faulty(fault.number);
        }
        (self.progress)(&self.import);
        Ok(())
    }

    fn act(&self) -> Act {
        let operation = match self.import.request.source {
            CertificateSource::Upload => Operation::UploadRegisterList,
            CertificateSource::Register | CertificateSource::Evidence => Operation::CreateRegisterImport,
        };
        self.services.background_act(
            AuditScope::National,
            &self.import.created_by,
            operation.id(),
            object(self.import.id),
        )
    }

    /// Ends the certificates that a complete list does not name any more, unless they are so many that the
    /// list is more likely broken, or a row that could not be read may have named them.
    fn end_missing(&mut self) -> Result<(), Stop> {
        let (id, request) = (self.import.id, self.import.request.clone());
        let today = dutch_day(self.services.now());
        if self.has_nameless_fault {
            let note =
                "no certificate was ended: rows without a readable number may name those that are missing";
            self.import.note = Some(note.to_owned());
            return Ok(());
        }
        let (all, missing) = self
            .services
            .db
            .read(|c| Ok::<_, ServiceError>(store::pso::register_imports::count_missing(c, id, today)?))?;
        let percent = request.max_ended_percent;
        if missing.saturating_mul(100) > all.saturating_mul(i64::from(percent)) {
            return Err(Stop::TooManyMissing { missing, all, percent });
        }
        let mut after = None;
        loop {
            let batch = i64::try_from(BATCH).unwrap_or(i64::MAX);
            let found = self.services.db.read(|c| {
                Ok::<_, ServiceError>(store::pso::register_imports::missing(c, id, today, after, batch)?)
            })?;
            let Some(last) = found.last() else { return Ok(()) };
            after = Some(last.id);
            let named = |certificate: &Certificate| self.faulty_numbers.contains(&certificate.facts.number);
            let ending: Vec<Certificate> = found.into_iter().filter(|one| !named(one)).collect();
            self.end(&ending, today)?;
        }
    }

    fn end(&mut self, ending: &[Certificate], today: NaiveDate) -> Result<(), ServiceError> {
        let act = self.act();
        let revision = |former: &Certificate| {
            let mut facts = former.facts.clone();
            facts.ended_on = Some(today.max(facts.valid_from));
            let reason = Some("not on the list of the register any more".to_owned());
            former.revised(new_id(), facts, former.verification.clone(), reason, act.at)
        };
        let revisions: Vec<Certificate> = ending.iter().map(revision).collect();
        let holders: BTreeSet<KvkNumber> =
            ending.iter().flat_map(|one| one.facts.holders.iter().copied()).collect();
        self.import = self.services.db.write(&act, |c| {
            self.services.hold(c, self.lease)?;
            let mut import = self.import.clone();
            telling(c, &act, &holders, |c| {
                for (former, revision) in ending.iter().zip(&revisions) {
                    store::pso::certificates::revise(c, former.id, revision)?;
                    import.counts.ended += 1;
                }
                Ok(())
            })?;
            store::pso::register_imports::update(c, &import)?;
            Ok::<_, ServiceError>(import)
        })?;
        (self.progress)(&self.import);
        Ok(())
    }

    fn finish(mut self, state: ImportState, failure: Option<String>) -> Result<(), ServiceError> {
        self.import.state = state;
        self.import.note = failure.or(self.import.note);
        self.import.finished_at = Some(self.services.now());
        let (import, lease) = (&self.import, self.lease);
        self.services.db.write(&self.act(), |c| {
            self.services.hold(c, lease)?;
            store::pso::register_imports::forget_list(c, import.id)?;
            Ok::<_, ServiceError>(store::pso::register_imports::update(c, import)?)
        })?;
        (self.progress)(&self.import);
        Ok(())
    }
}

/// The pieces of a list that was handed over, read one after the other.
struct Parts<'a> {
    services: &'a Services,
    id: RegisterImportId,
    next: i64,
    piece: Cursor<Vec<u8>>,
}

impl<'a> Parts<'a> {
    fn of(services: &'a Services, id: RegisterImportId) -> Self {
        Self { services, id, next: 0, piece: Cursor::default() }
    }
}

impl Read for Parts<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.piece.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        let found = self
            .services
            .db
            .read(|c| store::pso::register_imports::part(c, self.id, self.next))
            .map_err(std::io::Error::other)?;
        let Some(piece) = found else { return Ok(0) };
        self.next += 1;
        self.piece = Cursor::new(piece);
        self.piece.read(buffer)
    }
}
