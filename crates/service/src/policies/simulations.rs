//! A value map valued without the store.

use trede_wire::score_result::LanguageCode;
use trede_wire::sroi_file::SroiFile;
use trede_wire::sroi_result::{SroiResult, value_map_of};

use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;

/// Values a value map of the SROI method; nothing is stored.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong with the map.
pub fn simulate_sroi(
    actor: &Actor,
    file: &SroiFile,
    language: LanguageCode,
    explain: bool,
) -> Result<SroiResult, ServiceError> {
    authorise_national(actor, Operation::SimulateSroi)?;
    let map = Findings::default().unless_found("", file.to_value_map())?;
    Ok(value_map_of(file, &map, language, explain))
}
