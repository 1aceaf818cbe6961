//! Social return: what is owed, what an entry counts for, and how it is settled.

mod entries;
mod obligations;
mod over_the_term;
mod policies;
mod rates;
mod settlements;
mod time;
mod together;
