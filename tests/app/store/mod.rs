//! The store on both databases.

mod audit_chain;
mod availability;
mod backup;
mod common_commit;
mod levels;
mod migrations;
mod row_states;
mod writes;
