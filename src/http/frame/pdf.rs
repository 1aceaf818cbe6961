//! Documents as PDF.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::schema;
use trede_rules::explaining::Language;
use trede_wire::score_result::LanguageCode;

/// A document as tagged PDF (PDF/A-3a, PDF/UA-1).
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary, example = "%PDF-1.7 …")]
pub struct PdfDocument(#[allow(dead_code)] Vec<u8>);

/// In which language a document is written.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DocumentQuery {
    /// The language of the document.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    language: LanguageCode,
}

impl DocumentQuery {
    /// The language that is asked for; Dutch when none is.
    #[must_use]
    pub fn language(self) -> Language {
        self.language.into()
    }
}

/// The document, with the name under which a browser keeps it.
pub fn sent(name: &str, file: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.pdf\"")))
        .body(file)
}
