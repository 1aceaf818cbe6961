//! Overseeing: the portfolio, annual reports, completeness, exports, reminders, what is kept and for how long.
//!
//! Use cases of this room.

mod annual_report_document;
pub mod annual_report_pdfs;
mod annual_report_words;
pub mod annual_reports;
pub mod bulk;
pub mod completeness;
pub mod contributors;
pub(crate) mod export_rows;
pub mod exports;
pub mod lists;
pub mod monitoring;
pub(crate) mod people_told;
pub mod reminders;
pub mod retention;
