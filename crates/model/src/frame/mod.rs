//! What every room stands on: the caller and what it may do, identifiers, pages, errors, the authorities themselves.
//!
//! Facts as they are kept of this room.

pub mod municipality;
pub mod organisation;
pub mod region;
pub mod role;
pub mod trace;
