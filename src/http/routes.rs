//! Every path of the service and what answers it.

use actix_web::web::{self, ServiceConfig, delete, get, post, put, resource};
use utoipa_swagger_ui::{Config as PagesConfig, SwaggerUi};

use crate::http::{
    assessments, award_models, award_simulations, awards, bids, certificates, deadline_extensions,
    evaluations, health, lot_steps, lots, municipalities, openapi, organisations, rectifications,
    tender_steps, tenders,
};

/// All of them.
pub fn all(config: &mut ServiceConfig) {
    config
        .service(resource("/health/live").route(get().to(health::live)))
        .service(resource("/health/ready").route(get().to(health::ready)))
        .service(web::redirect("/docs", "/docs/"))
        .service(SwaggerUi::new("/docs/{_:.*}").config(PagesConfig::from("/v1/openapi.json")))
        .service(
            web::scope("/v1")
                .service(resource("/openapi.json").route(get().to(openapi::get_document)))
                .configure(national)
                .configure(preparation)
                .configure(procedure)
                .configure(lot),
        );
}

/// Reference data of the whole country.
fn national(config: &mut ServiceConfig) {
    config
        .service(resource("/award-simulations").route(post().to(award_simulations::simulate_award)))
        .service(
            resource("/municipalities")
                .route(get().to(municipalities::list_municipalities))
                .route(post().to(municipalities::register_municipality)),
        )
        .service(resource("/municipalities/{municipality}").route(get().to(municipalities::get_municipality)))
        .service(
            resource("/organisations")
                .route(get().to(organisations::list_organisations))
                .route(post().to(organisations::register_organisation)),
        )
        .service(
            resource("/organisations/{kvkNumber}")
                .route(get().to(organisations::get_organisation))
                .route(put().to(organisations::update_organisation)),
        )
        .service(
            resource("/organisations/{kvkNumber}/certificates")
                .route(get().to(certificates::list_certificates))
                .route(post().to(certificates::create_certificate)),
        )
        .service(
            resource("/organisations/{kvkNumber}/certificates/{certificateId}")
                .route(get().to(certificates::get_certificate)),
        );
}

const TENDERS: &str = "/municipalities/{municipality}/tenders";

/// A tender and its lots, as they are prepared.
fn preparation(config: &mut ServiceConfig) {
    let tenders = |below: &str| resource(format!("{TENDERS}{below}"));
    config
        .service(tenders("").route(get().to(tenders::list_tenders)).route(post().to(tenders::create_tender)))
        .service(
            tenders("/{tenderId}")
                .route(get().to(tenders::get_tender))
                .route(put().to(tenders::update_tender))
                .route(delete().to(tenders::delete_tender)),
        )
        .service(
            tenders("/{tenderId}/lots").route(get().to(lots::list_lots)).route(post().to(lots::create_lot)),
        )
        .service(
            tenders("/{tenderId}/lots/{lotId}")
                .route(get().to(lots::get_lot))
                .route(put().to(lots::update_lot))
                .route(delete().to(lots::delete_lot)),
        )
        .service(
            tenders("/{tenderId}/lots/{lotId}/award-model")
                .route(get().to(award_models::get_award_model))
                .route(put().to(award_models::replace_award_model)),
        );
}

/// The steps of a tender that is public.
fn procedure(config: &mut ServiceConfig) {
    let tender = |below: &str| resource(format!("{TENDERS}/{{tenderId}}{below}"));
    config
        .service(tender("/publications").route(post().to(tender_steps::publish_tender)))
        .service(tender("/openings").route(post().to(tender_steps::open_tender)))
        .service(tender("/cancellations").route(post().to(tender_steps::cancel_tender)))
        .service(
            tender("/rectifications")
                .route(get().to(rectifications::list_rectifications))
                .route(post().to(rectifications::create_rectification)),
        )
        .service(
            tender("/deadline-extensions")
                .route(get().to(deadline_extensions::list_deadline_extensions))
                .route(post().to(deadline_extensions::create_deadline_extension)),
        );
}

/// What happens to a lot: bids, scores, an award or none.
fn lot(config: &mut ServiceConfig) {
    let lot = |below: &str| resource(format!("{TENDERS}/{{tenderId}}/lots/{{lotId}}{below}"));
    config
        .service(lot("/steps").route(get().to(lot_steps::list_lot_steps)))
        .service(lot("/cancellations").route(post().to(awards::cancel_lot)))
        .service(lot("/bids").route(get().to(bids::list_bids)).route(post().to(bids::create_bid)))
        .service(lot("/bids/{bidId}").route(get().to(bids::get_bid)))
        .service(
            lot("/assessments")
                .route(get().to(assessments::list_assessments))
                .route(post().to(assessments::create_assessment)),
        )
        .service(
            lot("/assessments/{assessmentId}")
                .route(get().to(assessments::get_assessment))
                .route(put().to(assessments::update_assessment)),
        )
        .service(
            lot("/evaluations")
                .route(get().to(evaluations::list_evaluations))
                .route(post().to(evaluations::create_evaluation)),
        )
        .service(lot("/evaluations/{evaluationId}").route(get().to(evaluations::get_evaluation)))
        .service(lot("/award-decision").route(get().to(awards::get_award_decision)))
        .service(lot("/award-proposals").route(post().to(awards::propose_award)))
        .service(lot("/award-withdrawals").route(post().to(awards::withdraw_award_proposal)))
        .service(lot("/awards").route(post().to(awards::award_lot)))
        .service(lot("/unsuccessful-declarations").route(post().to(awards::declare_lot_unsuccessful)));
}
