//! A year as a picture that can be put in a paper of the council: for anybody, where the municipality opened it.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};

use super::pages::open::THE_YEAR;
use super::prepare;
use super::read::{self, Unread};
use super::visit::Visit;

/// Where it is.
pub(super) const YEAR: &str = "/open/{municipality}/year/{year}/image.svg";

/// Draws it from the numbers of the API.
pub(super) async fn year(request: HttpRequest) -> HttpResponse {
    let visit = match Visit::of_anybody(&request) {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let mut known = visit.known(&request);
    if let Err(unread) = read::all(&visit.inner, &visit.asker, &[THE_YEAR], &mut known).await {
        return visit.unread(&known, unread);
    }
    prepare::open_year(&mut known, visit.language);
    let renderer = &visit.console.shared().renderer;
    match renderer.page("open_year_image", visit.language, &known) {
        Ok(svg) => HttpResponse::build(StatusCode::OK)
            .insert_header((CONTENT_TYPE, "image/svg+xml"))
            .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(svg),
        Err(error) => visit.unread(&known, Unread::broken(&error)),
    }
}
