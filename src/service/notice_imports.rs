//! Notices of the European gazette, imported: a draft tender from a call, award facts from a result.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::domain::ids::MunicipalityId;
use crate::domain::lot::{Lot, LotFacts, LotId};
use crate::domain::notice_import::{
    ImportOutcome, NoticeImport, NoticeImportId, NoticeImportSummary, NoticeKey, NoticeKind,
};
use crate::domain::page::{Page, PageRequest};
use crate::domain::procedure::State;
use crate::domain::record::Record;
use crate::domain::tender::{BidCustody, Tender, TenderFacts, TenderId};
use crate::exchange::canonical::sha256_hex;
use crate::exchange::eforms::{self, Draft, EformsError, NoticeReport, Replaced, TO_COMPLETE};
use crate::integrations::tenderned::{NotAPublicationNumber, TenderNedError};
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::acts::new_id;
use crate::service::error::ServiceError;
use crate::service::load::NO_TENDER;
use crate::service::tenders::view;
use crate::storage;
use crate::storage::connection::AnyConnection;

/// A notice as it comes in.
pub enum NoticeDocument {
    /// Bytes, in the encoding that they declare.
    Bytes(Vec<u8>),
    /// Text, whatever encoding it once declared.
    Text(String),
    /// What TenderNed published under this number.
    OnTenderNed(String),
}

/// A notice that is here.
enum Content<'a> {
    Bytes(Cow<'a, [u8]>),
    Text(&'a str),
}

impl Content<'_> {
    fn of<'a>(services: &Services, document: &'a NoticeDocument) -> Result<Content<'a>, ServiceError> {
        Ok(match document {
            NoticeDocument::Bytes(bytes) => Content::Bytes(Cow::Borrowed(bytes)),
            NoticeDocument::Text(text) => Content::Text(text),
            NoticeDocument::OnTenderNed(number) => Content::Bytes(Cow::Owned(fetched(services, number)?)),
        })
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text.as_bytes(),
        }
    }

    fn read(&self) -> Result<NoticeReport, EformsError> {
        match self {
            Self::Bytes(bytes) => eforms::read(bytes.as_ref()),
            Self::Text(text) => eforms::read_text(text),
        }
    }
}

fn fetched(services: &Services, number: &str) -> Result<Vec<u8>, ServiceError> {
    const POINTER: &str = "/publicationNumber";
    let number = number.parse().map_err(|error: NotAPublicationNumber| {
        ServiceError::invalid(POINTER, "malformed-number", error.to_string())
    })?;
    let tenderned = services.tenderned.as_ref().ok_or_else(|| {
        let detail = "TenderNed is not configured here; send the XML of the notice itself";
        ServiceError::refused("tenderned-not-configured", detail)
    })?;
    tenderned.notice(&number).map_err(|error| match error {
        TenderNedError::Unknown => ServiceError::invalid(POINTER, "no-such-publication", error.to_string()),
        error if error.is_passing() => ServiceError::Elsewhere { detail: error.to_string() },
        error => ServiceError::refused("tenderned-refuses", error.to_string()),
    })
}

/// An import, and whether the notice was new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The import.
    pub import: NoticeImport,
    /// Whether it was made now; otherwise the same notice was imported before.
    pub is_new: bool,
}

/// Imports a notice. The same notice again gives the import that there is.
///
/// A call makes a draft tender with its lots, or brings the draft of the same procedure up to date; where
/// that is published already, what the notice says is reported and nothing changes. A result is recorded.
///
/// # Errors
/// [`ServiceError::Invalid`] when it cannot be read as a notice or TenderNed has none of the number,
/// [`ServiceError::Elsewhere`] when TenderNed does not answer, [`ServiceError::Refused`] when another
/// notice with the same id and version was imported, or another tender has the procedure's id as its
/// external reference.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    document: &NoticeDocument,
    custody: Option<BidCustody>,
) -> Result<Imported, ServiceError> {
    authorise(actor, municipality, Operation::CreateNoticeImport)?;
    let content = Content::of(services, document)?;
    let report =
        content.read().map_err(|error| ServiceError::invalid("", error.code(), error.to_string()))?;
    let plan = Plan::of(services, actor, municipality, content.bytes(), report, custody);
    if let Some(import) = services.db.read(|c| plan.known(c))? {
        return Ok(Imported { import, is_new: false });
    }
    let object = format!("notice-imports/{}", plan.summary.id);
    let act = services.act(actor, municipality, Operation::CreateNoticeImport, object);
    services.db.write(&act, |c| plan.carry_out(c))
}

/// One import with its report.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: NoticeImportId,
) -> Result<NoticeImport, ServiceError> {
    authorise(actor, municipality, Operation::GetNoticeImport)?;
    services.db.read(|c| {
        storage::notice_imports::find(c, municipality, id)?
            .ok_or(ServiceError::NotFound { what: "notice import" })
    })
}

/// One page of the municipality's imports, without their reports.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<NoticeImportId>,
) -> Result<Page<NoticeImportSummary>, ServiceError> {
    authorise(actor, municipality, Operation::ListNoticeImports)?;
    services.db.read(|c| Ok(storage::notice_imports::list(c, municipality, request)?))
}

/// Everything that an import may need, made before the write begins, for the write may run twice.
struct Plan {
    summary: NoticeImportSummary,
    report: NoticeReport,
    draft: Option<Draft>,
    custody: Option<BidCustody>,
    tender_id: TenderId,
    lot_ids: Vec<LotId>,
    now: DateTime<Utc>,
}

impl Plan {
    fn of(
        services: &Services,
        actor: &Actor,
        municipality: MunicipalityId,
        bytes: &[u8],
        report: NoticeReport,
        custody: Option<BidCustody>,
    ) -> Self {
        let now = services.now();
        let fingerprint = sha256_hex(bytes);
        let notice = &report.notice;
        let count = |items: usize| i32::try_from(items).unwrap_or(i32::MAX);
        let summary = NoticeImportSummary {
            municipality,
            id: new_id(),
            notice: NoticeKey {
                id: notice.notice_id.clone().unwrap_or_else(|| format!("sha256:{fingerprint}")),
                version: notice.version.clone().unwrap_or_default(),
            },
            kind: kind(notice.kind),
            procedure_id: notice.procedure_id.clone(),
            tender: None,
            outcome: ImportOutcome::Recorded,
            fingerprint,
            to_complete: count(report.to_complete.len()),
            not_taken_over: count(report.not_taken_over.len()),
            imported_at: now,
            imported_by: actor.subject.clone(),
        };
        let draft = report.draft();
        let lot_ids = report.notice.lots.iter().map(|_| new_id()).collect();
        Self { summary, report, draft, custody, tender_id: new_id(), lot_ids, now }
    }

    /// The import that there is of the same notice, unless its draft was removed since.
    fn known(&self, c: &mut AnyConnection) -> Result<Option<NoticeImport>, ServiceError> {
        let found =
            storage::notice_imports::find_by_notice(c, self.summary.municipality, &self.summary.notice)?;
        let Some(import) = found else { return Ok(None) };
        if import.summary.fingerprint != self.summary.fingerprint {
            return Err(ServiceError::refused(
                "notice-differs",
                "another notice with this id and version was imported; a changed notice has another version",
            ));
        }
        let removed = self.draft.is_some() && import.summary.tender.is_none();
        Ok(Some(import).filter(|_| !removed))
    }

    fn carry_out(&self, c: &mut AnyConnection) -> Result<Imported, ServiceError> {
        let municipality = self.summary.municipality;
        storage::municipalities::find(c, municipality)?
            .ok_or(ServiceError::NotFound { what: "municipality" })?;
        // Somebody may have imported it since it was looked for.
        if let Some(import) = self.known(c)? {
            return Ok(Imported { import, is_new: false });
        }
        let mut summary = self.summary.clone();
        let mut report = self.report.clone();
        let known_tender = match &summary.procedure_id {
            Some(procedure) => storage::notice_imports::tender_of_procedure(c, municipality, procedure)?,
            None => None,
        };
        (summary.tender, summary.outcome) = match (&self.draft, known_tender) {
            (None, known) => (known, ImportOutcome::Recorded),
            (Some(draft), None) => (Some(self.make(c, draft)?), ImportOutcome::Created),
            (Some(draft), Some(tender)) => {
                (Some(tender), self.change(c, draft, tender, &mut report.replaced)?)
            }
        };
        let document =
            serde_json::to_string(&report).map_err(|error| ServiceError::Internal(error.into()))?;
        let removed = storage::notice_imports::find_by_notice(c, municipality, &summary.notice)?;
        let is_again = removed.is_some();
        if let Some(before) = removed {
            summary.id = before.summary.id;
        }
        let import = NoticeImport { summary, report: document };
        if is_again {
            storage::notice_imports::update(c, &import)?;
        } else {
            storage::notice_imports::insert(c, &import)?;
        }
        Ok(Imported { import, is_new: true })
    }

    fn make(&self, c: &mut AnyConnection, draft: &Draft) -> Result<TenderId, ServiceError> {
        let mut facts = draft.tender.clone();
        facts.bid_custody = self.custody.unwrap_or(facts.bid_custody);
        let tender = Tender {
            municipality: self.summary.municipality,
            id: self.tender_id,
            facts,
            published_at: None,
            record: Record::new(self.now),
        };
        storage::tenders::insert(c, &tender)?;
        for (id, facts) in self.lot_ids.iter().zip(&draft.lots) {
            self.make_lot(c, self.tender_id, *id, facts)?;
        }
        Ok(self.tender_id)
    }

    fn make_lot(
        &self,
        c: &mut AnyConnection,
        tender: TenderId,
        id: LotId,
        facts: &LotFacts,
    ) -> Result<(), ServiceError> {
        let lot = Lot {
            municipality: self.summary.municipality,
            tender,
            id,
            facts: facts.clone(),
            state: State::Draft,
            opened_at: None,
            award_model: None,
            record: Record::new(self.now),
        };
        Ok(storage::lots::insert(c, &lot)?)
    }

    /// Brings the draft of the same procedure up to date, and lists what stood there before.
    fn change(
        &self,
        c: &mut AnyConnection,
        draft: &Draft,
        id: TenderId,
        replaced: &mut Vec<Replaced>,
    ) -> Result<ImportOutcome, ServiceError> {
        let municipality = self.summary.municipality;
        let found = storage::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
        let mut found = view(c, found, self.now)?;
        if found.state != State::Draft {
            return Ok(ImportOutcome::Reported);
        }
        let before = found.tender.facts.clone();
        merge_tender(&mut found.tender.facts, &draft.tender, self.custody);
        list_replaced(&before, &found.tender.facts, replaced);
        if before != found.tender.facts {
            found.tender.record = found.tender.record.changed(self.now);
            storage::tenders::update(c, &found.tender)?;
        }
        let mut present = storage::lots::all_of_tender(c, municipality, id)?;
        for (lot_id, facts) in self.lot_ids.iter().zip(&draft.lots) {
            match present.iter_mut().find(|lot| lot.facts.number == facts.number) {
                Some(lot) => self.change_lot(c, lot, facts, replaced)?,
                None => self.make_lot(c, id, *lot_id, facts)?,
            }
        }
        for lot in present.iter().filter(|lot| draft.lots.iter().all(|new| new.number != lot.facts.number)) {
            replaced.push(Replaced::gone(format!("lots/{}", lot.facts.number), lot.facts.title.clone()));
        }
        Ok(ImportOutcome::Updated)
    }

    fn change_lot(
        &self,
        c: &mut AnyConnection,
        lot: &mut Lot,
        facts: &LotFacts,
        replaced: &mut Vec<Replaced>,
    ) -> Result<(), ServiceError> {
        let before = lot.facts.clone();
        take_text(&mut lot.facts.title, &facts.title);
        take_text(&mut lot.facts.description, &facts.description);
        lot.facts.estimated_value_cents = facts.estimated_value_cents.or(before.estimated_value_cents);
        if before == lot.facts {
            return Ok(());
        }
        let of = format!("lots/{}", before.number);
        for (field, was, is) in [
            ("title", Some(&before.title), Some(&lot.facts.title)),
            ("description", Some(&before.description), Some(&lot.facts.description)),
        ] {
            if was != is {
                replaced.push(Replaced::by_notice(format!("{of}/{field}"), was.cloned()));
            }
        }
        if before.estimated_value_cents != lot.facts.estimated_value_cents {
            let was = before.estimated_value_cents.map(cents_in_words);
            replaced.push(Replaced::by_notice(format!("{of}/estimatedValue"), was));
        }
        lot.record = lot.record.changed(self.now);
        Ok(storage::lots::update(c, lot)?)
    }
}

const fn kind(kind: eforms::NoticeKind) -> NoticeKind {
    match kind {
        eforms::NoticeKind::ContractNotice => NoticeKind::ContractNotice,
        eforms::NoticeKind::PriorInformationNotice => NoticeKind::PriorInformationNotice,
        eforms::NoticeKind::ContractAwardNotice => NoticeKind::ContractAwardNotice,
    }
}

/// What a notice does not say, somebody may have completed meanwhile: that stays.
fn take_text(place: &mut String, said: &str) {
    if !said.is_empty() && said != TO_COMPLETE {
        said.clone_into(place);
    }
}

fn merge_tender(present: &mut TenderFacts, said: &TenderFacts, custody: Option<BidCustody>) {
    take_text(&mut present.title, &said.title);
    take_text(&mut present.description, &said.description);
    take_text(&mut present.buyer, &said.buyer);
    if !said.cpv_codes.0.is_empty() {
        present.cpv_codes = said.cpv_codes.clone();
    }
    present.estimated_value_cents = said.estimated_value_cents.or(present.estimated_value_cents);
    present.max_lots_per_bidder = said.max_lots_per_bidder.or(present.max_lots_per_bidder);
    present.deadline_at = said.deadline_at.or(present.deadline_at);
    present.bid_custody = custody.unwrap_or(present.bid_custody);
}

fn list_replaced(was: &TenderFacts, is: &TenderFacts, into: &mut Vec<Replaced>) {
    let fields = |facts: &TenderFacts| {
        [
            ("title", Some(facts.title.clone())),
            ("description", Some(facts.description.clone())),
            ("buyer", Some(facts.buyer.clone())),
            ("cpvCodes", Some(facts.cpv_codes.to_string())),
            ("estimatedValue", facts.estimated_value_cents.map(cents_in_words)),
            ("maxLotsPerBidder", facts.max_lots_per_bidder.map(|most| most.to_string())),
            ("deadlineAt", facts.deadline_at.map(|at| at.to_rfc3339())),
            ("bidCustody", Some(facts.bid_custody.to_string())),
        ]
    };
    for ((field, was), (_, is)) in fields(was).into_iter().zip(fields(is)) {
        if was != is {
            into.push(Replaced::by_notice(field, was));
        }
    }
}

fn cents_in_words(cents: i64) -> String {
    rust_decimal::Decimal::new(cents, 2).to_string()
}
