//! Formats of others and of ours around the wire types: notices, open data, tables, letters, reports, records.

pub mod audit_anchor;
pub mod award_letter;
pub mod cloud_event;
pub mod contract_example;
pub mod contract_terms;
pub mod dossier;
pub mod dutch;
pub mod eforms;
pub mod entry_record;
pub mod evaluation_record;
pub mod evaluation_report;
pub mod markdown;
pub mod ocds;
pub mod offer;
pub mod opening_report;
pub mod pdf;
pub(crate) mod piece_limit;
pub mod plan_milestone;
pub mod receipt_keys;
pub mod register_list;
pub mod score_workbook;
pub mod tables;
