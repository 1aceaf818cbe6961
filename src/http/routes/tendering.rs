//! A tender and its lots: as they are prepared, and the steps of them.

use actix_web::Scope;
use actix_web::web::{delete, get, post, put, resource, scope};

use crate::http::assessing::assessments;
use crate::http::awarding::{awards, evaluations};
use crate::http::bidding::{
    bid_delegations, bid_imports, bid_withdrawals, bids, hand_overs, key_shares, openings, receipt_keys,
};
use crate::http::pso::pso_verdicts;
use crate::http::routes::decisions;
use crate::http::tendering::{
    award_models, deadline_extensions, lot_steps, lots, purchasing_policies, rectifications, tender_steps,
    tenders,
};
use crate::http::trust::audit_records;

/// A tender: as it is prepared, and the steps of it as a whole.
pub(super) fn tender() -> Scope {
    scope("/tenders/{tenderId}")
        .service(lot())
        .service(
            resource("")
                .route(get().to(tenders::get_tender))
                .route(put().to(tenders::update_tender))
                .route(delete().to(tenders::delete_tender)),
        )
        .service(resource("/publications").route(post().to(tender_steps::publish_tender)))
        .service(resource("/bid-imports").route(post().to(bid_imports::create_bid_import)))
        .service(
            resource("/openings")
                .route(get().to(openings::list_openings))
                .route(post().to(openings::open_tender)),
        )
        .service(resource("/openings/{openingId}").route(get().to(openings::get_opening)))
        .service(
            resource("/hand-over-completions")
                .route(get().to(hand_overs::list_hand_over_completions))
                .route(post().to(hand_overs::complete_hand_over)),
        )
        .service(
            resource("/key-split")
                .route(get().to(key_shares::get_key_split))
                .route(put().to(key_shares::replace_key_split)),
        )
        .service(resource("/key-share").route(get().to(key_shares::hand_out_key_share)))
        .service(resource("/receipt-keys").route(get().to(receipt_keys::get_receipt_keys)))
        .service(resource("/audit-records").route(get().to(audit_records::list_tender_audit_records)))
        .service(resource("/cancellations").route(post().to(tender_steps::cancel_tender)))
        .service(
            resource("/purchasing-policy-check")
                .route(get().to(purchasing_policies::get_purchasing_policy_check)),
        )
        .service(
            resource("/purchasing-policy-exceptions")
                .route(post().to(purchasing_policies::create_purchasing_policy_exception)),
        )
        .service(
            resource("/rectifications")
                .route(get().to(rectifications::list_rectifications))
                .route(post().to(rectifications::create_rectification)),
        )
        .service(
            resource("/deadline-extensions")
                .route(get().to(deadline_extensions::list_deadline_extensions))
                .route(post().to(deadline_extensions::create_deadline_extension)),
        )
        .service(resource("/lots").route(get().to(lots::list_lots)).route(post().to(lots::create_lot)))
}

/// A lot: as it is prepared, and what happens to it.
fn lot() -> Scope {
    scope("/lots/{lotId}")
        .service(
            resource("")
                .route(get().to(lots::get_lot))
                .route(put().to(lots::update_lot))
                .route(delete().to(lots::delete_lot)),
        )
        .service(
            resource("/award-model")
                .route(get().to(award_models::get_award_model))
                .route(put().to(award_models::replace_award_model)),
        )
        .service(resource("/bids").route(get().to(bids::list_bids)).route(post().to(bids::create_bid)))
        .service(resource("/bid-delegations").route(post().to(bid_delegations::create_bid_delegation)))
        .service(
            resource("/bid-delegation-withdrawals")
                .route(post().to(bid_delegations::withdraw_bid_delegation)),
        )
        .service(resource("/bid-withdrawals").route(post().to(bid_withdrawals::withdraw_bid)))
        .service(resource("/bids/{bidId}").route(get().to(bids::get_bid)))
        .service(resource("/bids/{bidId}/pso-verdicts").route(get().to(pso_verdicts::list_pso_verdicts)))
        .service(
            resource("/bids/{bidId}/pso-equivalences").route(post().to(pso_verdicts::accept_pso_equivalence)),
        )
        .service(resource("/pso-verifications").route(post().to(pso_verdicts::create_pso_verification)))
        .service(
            resource("/assessments")
                .route(get().to(assessments::list_assessments))
                .route(post().to(assessments::create_assessment)),
        )
        .service(
            resource("/assessments/{assessmentId}")
                .route(get().to(assessments::get_assessment))
                .route(put().to(assessments::update_assessment)),
        )
        .configure(decisions::assessing)
        .configure(decisions::deciding)
        .configure(decisions::after_proposal)
        .service(
            resource("/evaluations")
                .route(get().to(evaluations::list_evaluations))
                .route(post().to(evaluations::create_evaluation)),
        )
        .service(resource("/evaluations/{evaluationId}").route(get().to(evaluations::get_evaluation)))
        .service(resource("/award-decision").route(get().to(awards::get_award_decision)))
        .service(resource("/award-proposals").route(post().to(awards::propose_award)))
        .service(resource("/award-withdrawals").route(post().to(awards::withdraw_award_proposal)))
        .service(resource("/awards").route(post().to(awards::award_lot)))
        .service(resource("/unsuccessful-declarations").route(post().to(awards::declare_lot_unsuccessful)))
        .service(resource("/cancellations").route(post().to(awards::cancel_lot)))
        .service(resource("/steps").route(get().to(lot_steps::list_lot_steps)))
}
