//! What becomes of the rows of a table of entries beside the entries that are there.

use std::collections::BTreeMap;

use crate::following::entry_imports::EntryTable;
use crate::frame::error::ServiceError;
use crate::frame::imports::Taken;
use trede_base::ids::MunicipalityId;
use trede_formats::entry_record::EntryRecord;
use trede_formats::tables::entries::{self as columns, EntryRow};
use trede_formats::tables::telling::{Now, RowTeller, Said};
use trede_formats::tables::{CellError, Fault, column_at};
use trede_model::following::contract::ContractId;
use trede_model::following::entry::Entry;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// A row that is right by itself: what it says, and the draft that would be written.
pub(super) struct Item {
    pub(super) row: EntryRow,
    /// What the contract of the row is called there.
    pub(super) contract: String,
    pub(super) entry: Entry,
    /// What the table says of what is computed here.
    pub(super) computed: Vec<Said>,
    pub(super) teller: RowTeller,
}

/// What became of each row of a batch.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) taken: Taken,
    /// The entries that are new.
    pub(super) new: Vec<Entry>,
    /// Those that are there and say something else now.
    pub(super) changed: Vec<Entry>,
}

impl Sorted {
    fn refuse(&mut self, row: u32, item: &Item, column: &str, (fault, details): (Fault, &[String])) {
        self.taken.refused.insert(row, item.teller.error(column, fault, details));
    }
}

impl EntryTable<'_> {
    /// Looks up what is there of a batch, and sorts its rows out.
    pub(super) fn sorted_out(
        &self,
        c: &mut AnyConnection,
        batch: &[(u32, Item)],
    ) -> Result<Sorted, ServiceError> {
        let there = there(c, self.municipality, batch)?;
        let mut sorted = Sorted::default();
        for (number, item) in batch {
            let by_reference = item.reference().and_then(|_| there.get(&key(&item.entry)));
            let known = match (by_reference, item.row.id) {
                (Some(known), Some(id)) if known.id != id => {
                    let details = [id.to_string(), item.reference().unwrap_or_default().to_owned()];
                    sorted.refuse(*number, item, "entryId", (Fault::IdOfAnother, &details));
                    continue;
                }
                (Some(known), _) => Some(known.clone()),
                (None, Some(id)) => {
                    let found =
                        store::following::entries::find(c, self.municipality, item.entry.contract, id)?;
                    if found.is_none() {
                        sorted.refuse(*number, item, "entryId", (Fault::EntryUnknown, &[id.to_string()]));
                        continue;
                    }
                    found
                }
                (None, None) => None,
            };
            match known {
                None => sorted.new.push(item.entry.clone()),
                Some(known) => self.beside(&mut sorted, *number, item, &known)?,
            }
        }
        Ok(sorted)
    }

    /// What a row says beside an entry that is there.
    fn beside(
        &self,
        sorted: &mut Sorted,
        number: u32,
        item: &Item,
        known: &Entry,
    ) -> Result<(), ServiceError> {
        sorted.taken.remarks.extend(item.remarks(known));
        let kept = EntryRecord::of(&known.content).map_err(|error| ServiceError::Internal(error.into()))?;
        let differing = item.row.differences(&kept);
        let Some(first) = differing.first().copied() else {
            sorted.taken.unchanged += 1;
            return Ok(());
        };
        let under = self.known.get(&item.contract).and_then(Option::as_deref);
        let (Some(under), Some(record), true) =
            (under, item.row.laid_over(&kept), known.state.is_open() && self.may_write(known))
        else {
            sorted.refuse(number, item, first, (Fault::EntryDiffers, &[differing.join(", ")]));
            return Ok(());
        };
        match self.valued(under, &record, Some(known)) {
            Ok(entry) => {
                sorted.taken.changed += 1;
                sorted.changed.push(entry);
            }
            Err(ServiceError::Invalid(found)) => {
                for finding in found.into_iter().take(1) {
                    let column = column_at(columns::LAYOUT.columns, &finding.pointer);
                    let code = finding.code;
                    let error = CellError {
                        code,
                        detail: finding.told(item.teller.language()),
                        ..item.teller.error(&column, Fault::EntryDiffers, &[])
                    };
                    sorted.taken.refused.insert(number, error);
                }
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl Item {
    fn reference(&self) -> Option<&str> {
        self.row.record.external_reference.as_deref()
    }

    fn remarks(&self, known: &Entry) -> Vec<CellError> {
        let now = |said: &Said| match said.column {
            "state" => self.teller.remark(said, Now::Word(known.state.code())),
            "value" => self.teller.remark(said, Now::Euros(Some(known.value_cents))),
            _ => None,
        };
        self.computed.iter().filter_map(now).collect()
    }
}

/// Entries that are there already, by their contract and reference.
type There = BTreeMap<(ContractId, String), Entry>;

fn there(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    batch: &[(u32, Item)],
) -> Result<There, ServiceError> {
    let mut asked: BTreeMap<ContractId, Vec<&str>> = BTreeMap::new();
    for (_, item) in batch {
        asked.entry(item.entry.contract).or_default().extend(item.reference());
    }
    let found = store::following::entries::with_references(c, municipality, &asked)?;
    Ok(found.into_iter().map(|entry| (key(&entry), entry)).collect())
}

fn key(entry: &Entry) -> (ContractId, String) {
    (entry.contract, entry.content.external_reference.clone().unwrap_or_default())
}
