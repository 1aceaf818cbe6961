//! Annual reports of social return as PDF.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};

use crate::http::frame::auth::Tenant;
use crate::http::frame::path::{MunicipalityParams, YearParams};
use crate::http::frame::pdf::{DocumentQuery, PdfDocument, sent};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_service::overseeing::annual_report_pdfs;

/// Sends an annual report as PDF
///
/// What was done in a year against what was owed for it (jaarverslag), as the books are today: tagged PDF that can be
/// archived and read aloud (PDF/A-3a, PDF/UA-1).
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/annual-reports/{year}/pdf",
    tag = "monitoring",
    params(MunicipalityParams, YearParams, DocumentQuery),
    responses(
        (status = 200, description = "The report", body = PdfDocument, content_type = "application/pdf"),
        (status = 409, description = "The font of documents lacks a sign that stands in it")
    )
)]
pub async fn get_annual_report_pdf(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<YearParams>,
    query: Query<DocumentQuery>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let (year, language) = (path.year, query.language());
    let file = state
        .run(move |services| annual_report_pdfs::get(services, &actor, municipality, (year, language)))
        .await?;
    Ok(sent(&format!("jaarverslag-{year}"), file))
}
