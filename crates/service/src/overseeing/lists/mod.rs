//! Lists of contracts and entries with what an office looks for, and in which order: of one authority, or of all that
//! the caller's token names.

mod contracts;
mod entries;
mod everywhere;

pub use contracts::{ContractSearch, list as list_contracts};
pub(crate) use contracts::{selected_ids, with_risk};
pub use entries::list as list_entries;
pub(crate) use entries::selected;
pub use everywhere::{own_contracts, own_entries};
pub use trede_store::following::contract_lists::place as place_of_contract;
pub use trede_store::following::entry_lists::place as place_of_entry;

use crate::frame::access::sees_all_contracts;
use crate::frame::actor::Actor;
use trede_base::ids::KvkNumber;

/// Of whose contracts a caller may see the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// Of everybody's.
    All,
    /// Of those to which it is a party.
    Of(KvkNumber),
    /// Of none: a contractor whose token names no organisation.
    None,
}

impl Sight {
    fn of(actor: &Actor) -> Self {
        match (sees_all_contracts(actor), actor.kvk) {
            (true, _) => Self::All,
            (false, Some(kvk)) => Self::Of(kvk),
            (false, None) => Self::None,
        }
    }

    /// The party to which a query keeps itself; [`Sight::None`] must not come that far.
    const fn party(self) -> Option<KvkNumber> {
        match self {
            Self::Of(kvk) => Some(kvk),
            Self::All | Self::None => None,
        }
    }
}
