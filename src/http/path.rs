//! Ids in paths: one that cannot exist is not found, like one that does not.

use actix_web::web::PathConfig;

use crate::http::problem::Problem;

/// Answers 404 for an id that is not written as ids are.
#[must_use]
pub fn config() -> PathConfig {
    PathConfig::default().error_handler(|_, request| {
        tracing::debug!(route = request.match_pattern(), "malformed id in a path");
        Problem::not_found("no id is written so").into()
    })
}
