//! The API's document: written at the handlers, completed by rules, served and committed.

mod complete;

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, Server};

use crate::http::AppState;
use crate::http::answer::API_VERSION;
use crate::http::problem::{Problem, ProblemPlace};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Trede",
        description = "Scores tender bids on price, quality and social value, and follows the \
                       social return that was promised.\n\nNames are those of the English \
                       glossaries of OCDS and eForms; the Dutch term stands in each description.",
        contact(
            name = "Trede",
            url = "https://trede.example.nl",
            email = "beheer@trede.example.nl"
        ),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    paths(),
    components(schemas(Problem, ProblemPlace)),
    tags(
        (name = "municipalities", description = "Municipalities (gemeenten) on this installation")
    )
)]
struct ApiDocument;

/// The document, for a server that is reached at `server` (a URL that ends in `/v1`).
#[must_use]
pub fn document(server: &str) -> Document {
    let mut document = ApiDocument::openapi();
    document.info.version = API_VERSION.to_owned();
    document.servers = Some(vec![Server::new(server)]);
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some(
                    "A JWT of a configured issuer, signed with RS256, PS256, ES256 or EdDSA. The \
                     claims `roles` and `municipalities` say what the caller is and for whom; \
                     bidders and contractors carry their `kvk` number.",
                ))
                .build(),
        ),
    );
    complete::complete(&mut document);
    document
}

/// Serves the document to anybody, pages of other sites included.
pub async fn get_document(state: web::Data<AppState>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(state.document.clone())
}
