//! What contracts and entries are looked for by, in which order they are told, and where something stands in that
//! order.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use super::contract::ContractId;
use super::entry::{EntryKind, EntryState};
use super::obligation_state::ObligationState;
use trede_base::ids::{KvkNumber, MalformedId};
use trede_base::words;

words! {
    /// By what contracts are put in order (sortering).
    pub enum ContractOrder is "order of contracts" {
        /// When they were registered (registratie).
        Registered = "registered",
        /// Their last day (einde looptijd).
        EndsOn = "ends-on",
        /// Their title (titel).
        Title = "title",
        /// Their contract sum (opdrachtsom).
        ContractSum = "contract-sum",
    }
}

words! {
    /// By what entries are put in order (sortering).
    pub enum EntryOrder is "order of entries" {
        /// When they were made (aangemaakt).
        Made = "made",
        /// When they last changed (laatst gewijzigd).
        Changed = "changed",
        /// What they count for (waarde).
        Value = "value",
    }
}

/// An order, forwards or backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorted<O> {
    /// By what.
    pub by: O,
    /// Whether the greatest or latest comes first.
    pub descending: bool,
}

impl<O: fmt::Display> fmt::Display for Sorted<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.by)
    }
}

impl<O: FromStr> FromStr for Sorted<O> {
    type Err = O::Err;

    /// The word of an order; a hyphen before it turns it around.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix('-') {
            Some(word) => Ok(Self { by: word.parse()?, descending: true }),
            None => Ok(Self { by: text.parse()?, descending: false }),
        }
    }
}

/// By what something has its place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortValue {
    /// By its id alone, which is that of its time.
    Id,
    /// By a day.
    Day(NaiveDate),
    /// By an amount, in cents.
    Cents(i64),
    /// By a moment.
    Moment(DateTime<Utc>),
    /// By a text.
    Text(String),
}

/// Where something stands in a list: by its value, and by its id among those of the same value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<K> {
    /// Its value.
    pub value: SortValue,
    /// Its id.
    pub id: K,
}

impl<K: fmt::Display> fmt::Display for Place<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.id)?;
        match &self.value {
            SortValue::Id => Ok(()),
            SortValue::Day(day) => write!(f, " d{day}"),
            SortValue::Cents(cents) => write!(f, " c{cents}"),
            SortValue::Moment(at) => write!(f, " m{}", at.timestamp_micros()),
            SortValue::Text(text) => write!(f, " t{text}"),
        }
    }
}

impl<K: FromStr> FromStr for Place<K> {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong =
            || MalformedId { what: "place in a list", text: text.to_owned(), expected: "what a page gave" };
        let (id, value) = text.split_once(' ').map_or((text, None), |(id, value)| (id, Some(value)));
        let id = id.parse().map_err(|_| wrong())?;
        let Some(value) = value else { return Ok(Self { value: SortValue::Id, id }) };
        let mut rest = value.chars();
        let kind = rest.next();
        let rest = rest.as_str();
        let value = match kind {
            Some('d') => rest.parse().ok().map(SortValue::Day),
            Some('c') => rest.parse().ok().map(SortValue::Cents),
            Some('m') => rest.parse().ok().and_then(DateTime::from_timestamp_micros).map(SortValue::Moment),
            Some('t') => Some(SortValue::Text(rest.to_owned())),
            _ => None,
        };
        Ok(Self { value: value.ok_or_else(wrong)?, id })
    }
}

/// An order in which a list can be asked.
pub trait Order: Copy {
    /// That of a list of which none is asked: in which things were made.
    const USUAL: Self;

    /// Whether a place can be one in this order.
    fn fits(self, value: &SortValue) -> bool;
}

impl Order for ContractOrder {
    const USUAL: Self = Self::Registered;

    fn fits(self, value: &SortValue) -> bool {
        matches!(
            (self, value),
            (Self::Registered, SortValue::Id)
                | (Self::EndsOn, SortValue::Day(_))
                | (Self::Title, SortValue::Text(_))
                | (Self::ContractSum, SortValue::Cents(_))
        )
    }
}

impl Order for EntryOrder {
    const USUAL: Self = Self::Made;

    fn fits(self, value: &SortValue) -> bool {
        matches!(
            (self, value),
            (Self::Made, SortValue::Id)
                | (Self::Changed, SortValue::Moment(_))
                | (Self::Value, SortValue::Cents(_))
        )
    }
}

/// Which contracts are looked for. What is none or empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractFilter {
    /// How far the obligation is, as it is today.
    pub states: Vec<ObligationState>,
    /// The contractor, or a member of the consortium.
    pub party: Option<KvkNumber>,
    /// Who follows them.
    pub coordinator: Option<String>,
    /// Only those that nobody follows.
    pub unassigned: bool,
    /// The last day is this one or later.
    pub ends_from: Option<NaiveDate>,
    /// The last day is this one or earlier.
    pub ends_until: Option<NaiveDate>,
    /// The reference under which the municipality's own files know it.
    pub reference: Option<String>,
    /// A text within the title or the reference, in any case.
    pub text: Option<String>,
    /// Only these.
    pub ids: Option<Vec<ContractId>>,
}

/// Which entries are looked for. What is none or empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// How far they are.
    pub states: Vec<EntryState>,
    /// Codes of building blocks.
    pub blocks: Vec<String>,
    /// What was done.
    pub kinds: Vec<EntryKind>,
    /// Under which contracts.
    pub contracts: Vec<ContractId>,
    /// Whose effort it was.
    pub contractor: Option<KvkNumber>,
    /// Who follows the contract.
    pub coordinator: Option<String>,
    /// Last handed in before this moment: what waits longest.
    pub handed_in_before: Option<DateTime<Utc>>,
    /// The contractor's own reference.
    pub reference: Option<String>,
    /// A text within the reference or the description, in any case.
    pub text: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_as_it_is_written() {
        let id = 7_u32;
        let day = "2026-03-01".parse().unwrap();
        let at = DateTime::from_timestamp_micros(1_772_000_000_123_456).unwrap();
        for value in [
            SortValue::Id,
            SortValue::Day(day),
            SortValue::Cents(-5),
            SortValue::Moment(at),
            SortValue::Text("Groen  onderhoud é".to_owned()),
            SortValue::Text(String::new()),
        ] {
            let place = Place { value, id };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for wrong in ["", "x", "7 ", "7 x1", "7 d2026-13-01", "7 cx"] {
            assert!(wrong.parse::<Place<u32>>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_hyphen_turns_an_order_around() {
        let backwards: Sorted<ContractOrder> = "-ends-on".parse().unwrap();
        assert_eq!(backwards, Sorted { by: ContractOrder::EndsOn, descending: true });
        assert_eq!(backwards.to_string(), "-ends-on");
        assert!("ends".parse::<Sorted<ContractOrder>>().is_err());
    }
}
