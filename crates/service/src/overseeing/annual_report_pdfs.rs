//! The annual report as PDF, as the books are on the day that it is asked for.

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::documents;
use crate::frame::dutch_time::{dutch_day, first_moment};
use crate::frame::error::ServiceError;
use crate::overseeing::annual_report_document::{Told, markdown, title};
use crate::overseeing::annual_reports;
use trede_base::ids::MunicipalityId;
use trede_formats::pdf::About;
use trede_rules::explaining::Language;
use trede_store as store;

/// The report in one language. The same books give the same bytes on the same day.
///
/// # Errors
/// [`ServiceError::NotFound`] for a year outside the calendar; [`ServiceError::Refused`] when the font lacks a sign that
/// stands in it.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    (year, language): (i32, Language),
) -> Result<Vec<u8>, ServiceError> {
    authorise(actor, municipality, Operation::GetAnnualReportPdf)?;
    let report = annual_reports::of_year(services, municipality, year)?;
    let (name, contractors) = services.db.read(|c| {
        let contractors = store::frame::organisations::names(c, report.contractors.keys().copied())?;
        let named = store::frame::municipalities::find(c, municipality)?.map(|found| found.name);
        Ok::<_, ServiceError>((named.unwrap_or_else(|| municipality.cbs_code()), contractors))
    })?;
    let on = dutch_day(services.now());
    let told = Told { report: &report, municipality: &name, contractors: &contractors, on };
    let about = About {
        title: title(&told, language),
        language,
        author: name.clone(),
        id: format!("{}/annual-reports/{year}", municipality.cbs_code()),
        written_at: first_moment(on),
        attachment: None,
    };
    documents::written(&markdown(&told, language), &about)
}
