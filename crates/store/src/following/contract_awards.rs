//! Which contract followed from which winning bid, on lots that several can win: added, never changed.

use diesel::prelude::*;

use crate::frame::columns::{Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::contract_awards as table;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::bid::Bid;
use trede_model::following::contract::{Contract, ContractAward};
use trede_model::tendering::lot::{Lot, LotId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct AwardRow {
    municipality_id: Coded<MunicipalityId>,
    lot_id: KeyOf<Lot>,
    bid_id: KeyOf<Bid>,
    contract_id: KeyOf<Contract>,
}

/// Notes that a contract followed from a winning bid.
///
/// # Errors
/// [`StorageError::Duplicate`] when this winner has a contract, [`StorageError::BrokenReference`] when the bid is not
/// the lot's.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    award: &ContractAward,
) -> Result<(), StorageError> {
    let row = AwardRow {
        municipality_id: Coded(municipality),
        lot_id: KeyOf(award.lot),
        bid_id: KeyOf(award.bid),
        contract_id: KeyOf(award.contract),
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// What followed from the awards of lots, in the order in which the contracts were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_lots(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lots: impl IntoIterator<Item = LotId>,
) -> Result<Vec<ContractAward>, StorageError> {
    let rows: Vec<AwardRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq_any(lots.into_iter().map(KeyOf)))
        .order(table::contract_id)
        .select(AwardRow::as_select())
        .load(c)?;
    let award =
        |row: AwardRow| ContractAward { contract: row.contract_id.0, lot: row.lot_id.0, bid: row.bid_id.0 };
    Ok(rows.into_iter().map(award).collect())
}
