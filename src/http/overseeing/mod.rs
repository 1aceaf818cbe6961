//! Overseeing: the portfolio, annual reports, completeness, exports, reminders, what is kept and for how long.
//!
//! Requests and answers of this room.

pub mod annual_report_pdfs;
pub mod annual_reports;
pub mod bulk_acts;
pub mod bulk_outcomes;
pub mod bulk_selections;
pub mod completeness_report;
pub mod contract_lists;
pub mod entry_lists;
pub mod export_queries;
pub mod monitoring;
mod sorted_page;
pub mod table_exports;
