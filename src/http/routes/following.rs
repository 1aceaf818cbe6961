//! A contract: what is owed, what was done for it, and how that ends.

use actix_web::Scope;
use actix_web::web::{ServiceConfig, delete, get, post, put, resource, scope};

use crate::http::following::{
    contract_changes, contracts, entries, entry_effects, entry_steps, evidence_files, plans, settlements,
};
use crate::http::overseeing::{bulk_acts, entry_lists, monitoring};

/// A contract: what is owed, what was done for it, and how that ends.
pub(super) fn contract() -> Scope {
    scope("/contracts/{contractId}")
        .service(resource("").route(get().to(contracts::get_contract)))
        .service(resource("/determinations").route(post().to(contracts::determine_obligation)))
        .service(resource("/balance").route(get().to(contracts::get_contract_balance)))
        .service(resource("/progress").route(get().to(monitoring::get_contract_progress)))
        .service(
            resource("/changes")
                .route(get().to(contract_changes::list_contract_changes))
                .route(post().to(contract_changes::create_contract_change)),
        )
        .service(resource("/plans").route(get().to(plans::list_plans)).route(post().to(plans::submit_plan)))
        .service(resource("/plans/{planId}").route(get().to(plans::get_plan)))
        .service(resource("/plans/{planId}/decisions").route(post().to(plans::decide_plan)))
        .service(resource("/milestones").route(get().to(plans::list_milestones)))
        .service(
            resource("/milestones/{milestoneId}/completions").route(post().to(plans::complete_milestone)),
        )
        .service(
            resource("/entries")
                .route(get().to(entries::list_entries))
                .route(post().to(entries::create_entry)),
        )
        .service(entry())
        .service(
            resource("/settlements")
                .route(get().to(settlements::list_settlements))
                .route(post().to(settlements::settle_contract)),
        )
        .service(resource("/carry-overs").route(post().to(settlements::create_carry_over)))
        .service(resource("/settlements/{settlementId}").route(get().to(settlements::get_settlement)))
        .service(resource("/settlements/{settlementId}/pdf").route(get().to(settlements::get_settlement_pdf)))
}

/// Entries over all contracts, and acts on many entries or contracts.
pub(super) fn in_bulk(config: &mut ServiceConfig) {
    config
        .service(resource("/entries").route(get().to(entry_lists::list_all_entries)))
        .service(resource("/entry-submissions").route(post().to(bulk_acts::submit_entries)))
        .service(resource("/entry-withdrawals").route(post().to(bulk_acts::withdraw_entries)))
        .service(resource("/entry-approvals").route(post().to(bulk_acts::approve_entries)))
        .service(resource("/entry-returns").route(post().to(bulk_acts::return_entries)))
        .service(resource("/entry-rejections").route(post().to(bulk_acts::reject_entries)))
        .service(resource("/contract-determinations").route(post().to(bulk_acts::determine_obligations)))
        .service(resource("/contract-assignments").route(post().to(bulk_acts::assign_contracts)))
        .service(resource("/contract-settlements").route(post().to(bulk_acts::settle_contracts)));
}

/// An entry and its steps.
fn entry() -> Scope {
    scope("/entries/{entryId}")
        .service(
            resource("")
                .route(get().to(entries::get_entry))
                .route(put().to(entries::update_entry))
                .route(delete().to(entries::delete_entry)),
        )
        .service(resource("/effects").route(get().to(entry_effects::get_entry_effects)))
        .service(resource("/steps").route(get().to(entry_steps::list_entry_steps)))
        .service(resource("/submissions").route(post().to(entry_steps::submit_entry)))
        .service(resource("/withdrawals").route(post().to(entry_steps::withdraw_entry)))
        .service(resource("/approvals").route(post().to(entry_steps::approve_entry)))
        .service(resource("/returns").route(post().to(entry_steps::return_entry)))
        .service(resource("/rejections").route(post().to(entry_steps::reject_entry)))
        .service(resource("/reversals").route(post().to(entry_steps::reverse_entry)))
        .service(evidence())
}

/// Files of evidence with an entry.
fn evidence() -> Scope {
    scope("/evidence-files")
        .service(
            resource("")
                .route(get().to(evidence_files::list_evidence_files))
                .route(post().to(evidence_files::create_evidence_file)),
        )
        .service(resource("/{evidenceFileId}").route(get().to(evidence_files::get_evidence_file)))
        .service(resource("/{evidenceFileId}/content").route(get().to(evidence_files::get_evidence_content)))
}
