//! What leads from the scores of a lot to a decision, and what follows on that.

use actix_web::web::{ServiceConfig, get, post, put, resource};

use crate::http::assessing::{
    assessment_steps, consensus_sessions, disqualifications, dossier_entries, interests, low_price_inquiries,
    quality_conclusions,
};
use crate::http::awarding::{
    award_letters, call_off_turns, call_offs, drawings, evaluation_records, evaluation_reports,
    letter_templates, pdfs, standstill, winner_withdrawals,
};
use crate::http::tendering::{duty_separations, purchasing_policies};

/// What surrounds the scores of a lot.
pub(super) fn assessing(config: &mut ServiceConfig) {
    config
        .service(
            resource("/assessments/{assessmentId}/submissions")
                .route(post().to(assessment_steps::submit_assessment)),
        )
        .service(
            resource("/assessments/{assessmentId}/reopenings")
                .route(post().to(assessment_steps::reopen_assessment)),
        )
        .service(resource("/interest-declarations").route(post().to(interests::declare_interests)))
        .service(resource("/interest-measures").route(post().to(interests::take_interest_measure)))
        .service(
            resource("/consensus-sessions").route(post().to(consensus_sessions::record_consensus_session)),
        )
        .service(resource("/quality-conclusions").route(post().to(quality_conclusions::conclude_quality)))
        .service(resource("/quality-reopenings").route(post().to(quality_conclusions::reopen_quality)))
        .service(resource("/dossier-entries").route(get().to(dossier_entries::list_dossier_entries)))
        .service(resource("/dossier-entries/{entryId}").route(get().to(dossier_entries::get_dossier_entry)));
}

/// What leads from the scores of a lot to a ranking that holds.
pub(super) fn deciding(config: &mut ServiceConfig) {
    config
        .service(resource("/disqualifications").route(post().to(disqualifications::disqualify_bid)))
        .service(
            resource("/disqualification-revocations")
                .route(post().to(disqualifications::revoke_disqualification)),
        )
        .service(
            resource("/low-price-inquiries")
                .route(get().to(low_price_inquiries::list_low_price_inquiries))
                .route(post().to(low_price_inquiries::create_low_price_inquiry)),
        )
        .service(
            resource("/low-price-inquiries/{inquiryId}/answers")
                .route(post().to(low_price_inquiries::answer_low_price_inquiry)),
        )
        .service(
            resource("/low-price-inquiries/{inquiryId}/decisions")
                .route(post().to(low_price_inquiries::decide_low_price_inquiry)),
        )
        .service(resource("/drawing-announcements").route(post().to(drawings::announce_drawing)))
        .service(resource("/drawings").route(post().to(drawings::draw_lots)));
}

/// What follows on a proposal to award a lot.
pub(super) fn after_proposal(config: &mut ServiceConfig) {
    config
        .service(
            resource("/evaluations/{evaluationId}/record")
                .route(get().to(evaluation_records::get_evaluation_record)),
        )
        .service(resource("/evaluation-report").route(get().to(evaluation_reports::get_evaluation_report)))
        .service(resource("/evaluation-report/pdf").route(get().to(pdfs::get_evaluation_report_pdf)))
        .service(resource("/report-supplements").route(post().to(evaluation_reports::supplement_report)))
        .service(resource("/award-letters").route(get().to(award_letters::list_award_letters)))
        .service(resource("/award-letters/{letterId}").route(get().to(award_letters::get_award_letter)))
        .service(resource("/award-letters/{letterId}/pdf").route(get().to(pdfs::get_award_letter_pdf)))
        .service(resource("/standstill-extensions").route(post().to(standstill::extend_standstill)))
        .service(resource("/winner-withdrawals").route(post().to(winner_withdrawals::withdraw_winner)))
        .service(
            resource("/call-offs")
                .route(get().to(call_offs::list_call_offs))
                .route(post().to(call_offs::create_call_off)),
        )
        .service(resource("/call-off-turns").route(get().to(call_off_turns::get_call_off_turns)))
        .service(resource("/objections").route(post().to(standstill::lodge_objection)))
        .service(
            resource("/objections/{objectionId}/resolutions").route(post().to(standstill::resolve_objection)),
        );
}

/// What the authority asks of its tenders: which duties are kept apart, and what award models keep to.
pub(super) fn standing_rules(config: &mut ServiceConfig) {
    config
        .service(
            resource("/duty-separation")
                .route(get().to(duty_separations::get_duty_separation))
                .route(put().to(duty_separations::replace_duty_separation)),
        )
        .service(
            resource("/purchasing-policy")
                .route(get().to(purchasing_policies::get_purchasing_policy))
                .route(put().to(purchasing_policies::replace_purchasing_policy)),
        );
}

/// Templates of letters.
pub(super) fn letter_template_routes(config: &mut ServiceConfig) {
    config
        .service(resource("/letter-templates").route(get().to(letter_templates::list_letter_templates)))
        .service(
            resource("/letter-templates/{language}")
                .route(get().to(letter_templates::get_letter_template))
                .route(put().to(letter_templates::replace_letter_template)),
        )
        .service(
            resource("/letter-templates/{language}/previews")
                .route(post().to(letter_templates::preview_letter_template)),
        );
}
