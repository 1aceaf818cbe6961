//! Overseeing: the portfolio, annual reports, completeness, exports, reminders, what is kept and for how long.
//!
//! Tables and queries of this room.

pub mod monitoring;
pub mod reminders;
