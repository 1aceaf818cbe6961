//! What platforms connect with: what happened, and who is told of it.

use actix_web::Resource;
use actix_web::web::{ServiceConfig, delete, get, post, put, resource, scope};

use crate::http::bidding::tender_packages;
use crate::http::telling::{changes, webhook_deliveries, webhook_subscriptions};

/// What happened, and who is told of it.
pub(super) fn events(config: &mut ServiceConfig) {
    config.service(resource("/changes").route(get().to(changes::list_changes))).service(
        scope("/webhook-subscriptions")
            .service(
                resource("")
                    .route(get().to(webhook_subscriptions::list_webhook_subscriptions))
                    .route(post().to(webhook_subscriptions::create_webhook_subscription)),
            )
            .service(
                resource("/{subscriptionId}")
                    .route(get().to(webhook_subscriptions::get_webhook_subscription))
                    .route(put().to(webhook_subscriptions::update_webhook_subscription))
                    .route(delete().to(webhook_subscriptions::delete_webhook_subscription)),
            )
            .service(
                resource("/{subscriptionId}/secrets")
                    .route(post().to(webhook_subscriptions::create_webhook_secret)),
            )
            .service(
                resource("/{subscriptionId}/deliveries")
                    .route(get().to(webhook_deliveries::list_webhook_deliveries)),
            )
            .service(
                resource("/{subscriptionId}/replays")
                    .route(post().to(webhook_deliveries::create_webhook_replay)),
            ),
    );
}

/// A whole tender in one request.
pub(super) fn tender_package() -> Resource {
    resource("/tender-packages/{externalReference}")
        .route(get().to(tender_packages::get_tender_package))
        .route(put().to(tender_packages::replace_tender_package))
}
