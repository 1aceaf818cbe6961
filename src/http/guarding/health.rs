//! Whether the service lives, and whether it can do its work.

use std::time::Duration;

use actix_web::rt::time::timeout;
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

/// How long the store may take to say so.
const PATIENCE: Duration = Duration::from_secs(2);

/// Answers that it is up when the store takes a write, else 503, within two seconds.
pub async fn ready(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let asked = timeout(PATIENCE, state.run(|services| services.takes_writes()));
    asked.await.unwrap_or_else(|_| Err(Problem::too_slow_a_store()))?;
    Ok(HttpResponse::Ok().json(UP))
}
