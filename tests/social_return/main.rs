//! Social return: what it yields by the SROI method, what is owed, and what an entry is worth.

mod entries;
mod obligations;
mod policies;
mod policy_properties;
mod sroi_bad_input;
mod sroi_properties;
mod sroi_published;
mod support;
