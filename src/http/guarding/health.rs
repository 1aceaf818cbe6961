//! Whether the service lives, and whether it can do its work.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::http::frame::problem::Problem;
use crate::http::state::AppState;

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

const UP: Health = Health { status: "up" };

/// Answers as long as the process takes requests; says nothing of what it depends on.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(UP)
}

/// Answers that it is up when the store answers, else 503.
pub async fn ready(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    state.run(|services| services.ready()).await?;
    Ok(HttpResponse::Ok().json(UP))
}
