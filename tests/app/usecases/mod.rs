//! The rules of the procedure, kept by the use cases on both databases.

mod assessing;
mod assessors;
mod awarding;
mod bids;
#[cfg(feature = "s3")]
mod buckets;
mod bulk_at_once;
mod claim_checks;
mod deciding;
mod demonstration;
mod drafts;
mod duplicates;
mod duties;
mod evaluations;
mod event_order;
mod events;
mod evidence_intake;
mod isolation;
mod ledger;
mod notices;
mod openings;
mod pages;
mod price_envelopes;
mod price_tampering;
mod procedure;
mod quality_races;
mod quality_reopenings;
mod races;
mod reference_data;
mod register_imports;
mod sealing;
mod tampering;
mod tenderned;
mod traces;
mod trade_register;
mod webhooks;
pub mod world;
