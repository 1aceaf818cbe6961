//! The statement of a settlement (eindafrekening) as PDF.

use crate::Services;
use crate::following::{contracts, statement};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::documents;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_formats::markdown::{blocks, title};
use trede_formats::pdf::About;
use trede_model::following::contract::ContractId;
use trede_model::following::settlement::SettlementId;
use trede_rules::explaining::Language;
use trede_store as store;

/// The statement as it was written when it was decided. The same settlement gives the same bytes.
///
/// # Errors
/// [`ServiceError::NotFound`] when the contract has none of that id; [`ServiceError::Refused`] when the font lacks a
/// sign that stands in it.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    id: SettlementId,
) -> Result<Vec<u8>, ServiceError> {
    authorise(actor, municipality, Operation::GetSettlementPdf)?;
    let (settled, author) = services.db.read(|c| {
        contracts::load(c, services, actor, municipality, contract)?;
        let found = store::following::settlements::find(c, municipality, contract, id)?;
        let settled = found.ok_or(ServiceError::NotFound { what: "settlement" })?;
        let named = store::frame::municipalities::find(c, municipality)?;
        Ok::<_, ServiceError>((settled, named.map(|found| found.name)))
    })?;
    let about = About {
        title: title(&blocks(&settled.statement)).unwrap_or_else(|| statement::TITLE.to_owned()),
        language: Language::Dutch,
        author: author.unwrap_or_else(|| municipality.cbs_code()),
        id: id.to_string(),
        written_at: settled.at,
        attachment: None,
    };
    documents::written(&settled.statement, &about)
}
