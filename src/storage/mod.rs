//! The store: SQLite and PostgreSQL through one code, the only floor that knows diesel.
//!
//! What is a municipality's is found by the municipality's id before anything else; there is no
//! function that finds it without.

pub mod assessments;
pub mod audit_records;
pub mod award_decisions;
pub mod backup;
pub mod bids;
pub mod candidate_data;
pub mod certificates;
pub mod claim_findings;
pub mod claims;
pub mod columns;
pub mod connection;
pub mod contract_changes;
pub mod contracts;
pub mod deadline_extensions;
pub mod dossiers;
pub mod entries;
pub mod error;
pub mod evaluations;
pub mod events;
pub mod evidence_files;
mod heads;
pub mod idempotency_keys;
pub mod jobs;
pub mod ledger;
pub mod level_watches;
pub mod lot_steps;
pub mod lots;
pub mod migrations;
pub mod milestones;
pub mod monitoring;
pub mod municipalities;
pub mod notice_imports;
pub mod open_data_settings;
pub mod organisations;
mod page;
pub mod person_removals;
pub mod personal_data;
pub mod plans;
mod pool;
pub mod pso_self_checks;
pub mod pso_tables;
pub mod rectifications;
pub mod regions;
pub mod register_imports;
pub mod reminders;
mod schema;
pub mod settlements;
pub mod social_return_policies;
pub mod supplier_profiles;
pub mod tenders;
pub mod token_revocations;
pub mod value_maps;
pub mod webhook_deliveries;
pub mod webhook_subscriptions;
