//! What a whole tender says of itself: looked through at once, and stored as a draft.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::bidding::bids;
use crate::bidding::tender_packages::NewPackage;
use crate::frame::acts::new_id;
use crate::frame::error::{Finding, ServiceError};
use crate::frame::findings::below;
use crate::frame::load::{NO_TENDER, expect_draft};
use crate::tendering::tenders::view;
use crate::tendering::{award_models, lots, tenders};
use trede_base::ids::MunicipalityId;
use trede_base::record::Record;
use trede_model::tendering::lot::{Lot, LotFacts, LotId};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{Tender, TenderFacts, TenderId};
use trede_model::tendering::tender_package::PackageReference;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// A draft that can be stored, with the ids that it gets where it is new.
pub(crate) struct Draft {
    tender: TenderId,
    facts: TenderFacts,
    lots: Vec<DraftLot>,
}

struct DraftLot {
    id: LotId,
    facts: LotFacts,
    award_model: Option<String>,
}

/// Everything that is wrong with a whole tender, or the draft.
pub(crate) fn checked(
    services: &Services,
    reference: &PackageReference,
    new: &NewPackage,
) -> Result<Draft, ServiceError> {
    let mut found = Vec::new();
    let mut facts = new.facts.clone();
    let own = reference.as_str();
    if facts.external_reference.get_or_insert_with(|| own.to_owned()) != own {
        found.push(Finding::new(
            "/tender/externalReference",
            "another-reference",
            format!("left out, or «{own}» as in the path"),
        ));
    }
    let facts = noted(&mut found, below("/tender", tenders::checked(facts)))?;
    let mut drafts = Vec::new();
    for (index, lot) in new.lots.iter().enumerate() {
        let place = format!("/lots/{index}");
        noted(&mut found, below(&place, lots::check(&lot.facts)))?;
        if drafts.iter().any(|other: &DraftLot| other.facts.number == lot.facts.number) {
            let detail = "another lot of the tender has this number";
            found.push(Finding::new(format!("{place}/number"), "lot-number-exists", detail));
        }
        let declared = lot.award_model.as_ref().map(|model| award_models::declared(services, model));
        let declared = declared.transpose();
        let award_model = noted(&mut found, below(&format!("{place}/awardModel"), declared))?.flatten();
        for (number, bid) in lot.bids.iter().enumerate() {
            noted(&mut found, below(&format!("{place}/bids/{number}"), bids::check(bid)))?;
        }
        drafts.push(DraftLot { id: new_id(), facts: lot.facts.clone(), award_model });
    }
    match facts {
        Some(facts) if found.is_empty() => Ok(Draft { tender: new_id(), facts, lots: drafts }),
        _ => Err(ServiceError::Invalid(found)),
    }
}

/// Notes what was found; any other error ends the look.
fn noted<T>(found: &mut Vec<Finding>, outcome: Result<T, ServiceError>) -> Result<Option<T>, ServiceError> {
    match outcome {
        Ok(made) => Ok(Some(made)),
        Err(ServiceError::Invalid(more)) => {
            found.extend(more);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

impl Draft {
    /// Stores the draft as a new tender, or in the place of one that is a draft still; what was published must be
    /// as it is said to be. Answers the tender's id.
    pub(crate) fn store(
        &self,
        c: &mut AnyConnection,
        municipality: MunicipalityId,
        known: Option<TenderId>,
        now: DateTime<Utc>,
    ) -> Result<TenderId, ServiceError> {
        let Some(id) = known else {
            store::frame::municipalities::find(c, municipality)?
                .ok_or(ServiceError::NotFound { what: "municipality" })?;
            let tender = Tender {
                municipality,
                id: self.tender,
                facts: self.facts.clone(),
                published_at: None,
                record: Record::new(now),
            };
            store::tendering::tenders::insert(c, &tender)?;
            for lot in &self.lots {
                store::tendering::lots::insert(c, &lot.of(&tender, now))?;
            }
            return Ok(tender.id);
        };
        let tender = store::tendering::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
        let lots = store::tendering::lots::all_of_tender(c, municipality, id)?;
        if self.is(&tender, &lots) {
            return Ok(id);
        }
        let mut view = view(c, tender, now)?;
        expect_draft(view.state)?;
        view.tender.facts = self.facts.clone();
        view.tender.record = view.tender.record.changed(now);
        store::tendering::tenders::update(c, &view.tender)?;
        self.store_lots(c, &view.tender, lots, now)?;
        Ok(id)
    }

    fn is(&self, tender: &Tender, lots: &[Lot]) -> bool {
        let same =
            |lot: &DraftLot, stored: &Lot| lot.facts == stored.facts && lot.award_model == stored.award_model;
        tender.facts == self.facts
            && lots.len() == self.lots.len()
            && lots.iter().all(|stored| self.lots.iter().any(|lot| same(lot, stored)))
    }

    /// Lots that keep their number keep their id.
    fn store_lots(
        &self,
        c: &mut AnyConnection,
        tender: &Tender,
        stored: Vec<Lot>,
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        for lot in &stored {
            if !self.lots.iter().any(|kept| kept.facts.number == lot.facts.number) {
                store::tendering::lots::delete(c, tender.municipality, lot.id)?;
            }
        }
        for lot in &self.lots {
            match stored.iter().find(|known| known.facts.number == lot.facts.number) {
                None => store::tendering::lots::insert(c, &lot.of(tender, now))?,
                Some(known) => {
                    let changed = Lot {
                        facts: lot.facts.clone(),
                        award_model: lot.award_model.clone(),
                        record: known.record.changed(now),
                        ..known.clone()
                    };
                    store::tendering::lots::update(c, &changed)?;
                }
            }
        }
        Ok(())
    }
}

impl DraftLot {
    fn of(&self, tender: &Tender, now: DateTime<Utc>) -> Lot {
        Lot {
            municipality: tender.municipality,
            tender: tender.id,
            id: self.id,
            facts: self.facts.clone(),
            state: State::Draft,
            opened_at: None,
            quality_fixed_at: None,
            prices_opened_at: None,
            award_model: self.award_model.clone(),
            record: Record::new(now),
        }
    }
}
