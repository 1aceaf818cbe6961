//! Notices of the European gazette, imported: a draft tender from a call, award facts from a result.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::load::NO_TENDER;
use crate::tendering::notice_merge::{merge_lot, merge_tender};
use crate::tendering::notice_source::{Content, NoticeDocument};
use crate::tendering::tenders::view;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::Record;
use trede_formats::eforms::{self, Draft, NoticeReport, Replaced};
use trede_model::tendering::lot::{Lot, LotFacts, LotId};
use trede_model::tendering::notice_import::{
    ImportOutcome, NoticeImport, NoticeImportId, NoticeImportSummary, NoticeKey, NoticeKind,
};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{BidCustody, Tender, TenderId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::sha256_hex;

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
    let content = Content::of(services, actor, document)?;
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
        store::tendering::notice_imports::find(c, municipality, id)?
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
    services.db.read(|c| Ok(store::tendering::notice_imports::list(c, municipality, request)?))
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
        let found = store::tendering::notice_imports::find_by_notice(
            c,
            self.summary.municipality,
            &self.summary.notice,
        )?;
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
        store::frame::municipalities::find(c, municipality)?
            .ok_or(ServiceError::NotFound { what: "municipality" })?;
        // Somebody may have imported it since it was looked for.
        if let Some(import) = self.known(c)? {
            return Ok(Imported { import, is_new: false });
        }
        let mut summary = self.summary.clone();
        let mut report = self.report.clone();
        let known_tender = match &summary.procedure_id {
            Some(procedure) => {
                store::tendering::notice_imports::tender_of_procedure(c, municipality, procedure)?
            }
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
        let removed = store::tendering::notice_imports::find_by_notice(c, municipality, &summary.notice)?;
        let is_again = removed.is_some();
        if let Some(before) = removed {
            summary.id = before.summary.id;
        }
        let import = NoticeImport { summary, report: document };
        if is_again {
            store::tendering::notice_imports::update(c, &import)?;
        } else {
            store::tendering::notice_imports::insert(c, &import)?;
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
        store::tendering::tenders::insert(c, &tender)?;
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
            quality_fixed_at: None,
            prices_opened_at: None,
            award_model: None,
            record: Record::new(self.now),
        };
        Ok(store::tendering::lots::insert(c, &lot)?)
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
        let found = store::tendering::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
        let mut found = view(c, found, self.now)?;
        if found.state != State::Draft {
            return Ok(ImportOutcome::Reported);
        }
        if merge_tender(&mut found.tender.facts, &draft.tender, self.custody, replaced) {
            found.tender.record = found.tender.record.changed(self.now);
            store::tendering::tenders::update(c, &found.tender)?;
        }
        let mut present = store::tendering::lots::all_of_tender(c, municipality, id)?;
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
        if merge_lot(&mut lot.facts, facts, replaced) {
            lot.record = lot.record.changed(self.now);
            store::tendering::lots::update(c, lot)?;
        }
        Ok(())
    }
}

const fn kind(kind: eforms::NoticeKind) -> NoticeKind {
    match kind {
        eforms::NoticeKind::ContractNotice => NoticeKind::ContractNotice,
        eforms::NoticeKind::PriorInformationNotice => NoticeKind::PriorInformationNotice,
        eforms::NoticeKind::ContractAwardNotice => NoticeKind::ContractAwardNotice,
    }
}
