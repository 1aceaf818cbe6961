//! What an object of the audit trail is at a moment, as text: for the hashes before and after a change.

use std::fmt::Debug;
use std::str::FromStr;

use super::connection::AnyConnection;
use super::error::StorageError;
use super::{
    assessments, contracts, entries, evaluations, evidence_files, lots, milestones, municipalities,
    organisations, plans, settlements, social_return_policies, tenders, value_maps, webhook_subscriptions,
};
use crate::domain::audit::{Act, AuditScope};
use crate::domain::ids::MunicipalityId;
use crate::domain::lot::LotPath;

/// The object that an act is about, as it is now: the deepest one that its path names. None when there is no
/// such object, or not yet; none as well for what comes into a vault, and for collections.
pub(super) fn of(c: &mut AnyConnection, act: &Act) -> Result<Option<String>, StorageError> {
    let segments: Vec<&str> = act.object.split('/').collect();
    let (pairs, _) = segments.as_chunks::<2>();
    match act.scope {
        AuditScope::National => of_nation(c, pairs),
        AuditScope::Municipality(municipality) => of_municipality(c, municipality, pairs),
        AuditScope::Vault(..) => Ok(None),
    }
}

fn of_nation(c: &mut AnyConnection, pairs: &[[&str; 2]]) -> Result<Option<String>, StorageError> {
    match pairs {
        [["organisations", kvk]] => on(kvk, |kvk| organisations::find(c, kvk)),
        [["municipalities", id]] => on(id, |id| municipalities::find(c, id)),
        _ => Ok(None),
    }
}

fn of_municipality(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    pairs: &[[&str; 2]],
) -> Result<Option<String>, StorageError> {
    match pairs {
        [["tenders", tender]] => on(tender, |tender| tenders::find(c, municipality, tender)),
        [["tenders", tender], ["lots", lot], below @ ..] => {
            let (Ok(tender), Ok(lot)) = (tender.parse(), lot.parse()) else { return Ok(None) };
            let at = LotPath { municipality, tender, lot };
            match below {
                [] => Ok(lots::find(c, at)?.as_ref().map(shown)),
                [["assessments", id]] => {
                    on(id, |id| assessments::find(c, municipality, lot, id, assessments::Sight::All))
                }
                [["evaluations", id]] => on(id, |id| evaluations::find(c, at, id)),
                _ => Ok(None),
            }
        }
        [["contracts", contract]] => on(contract, |contract| contracts::find(c, municipality, contract)),
        [["contracts", _], ["entries", entry], ["evidence-files", id]] => {
            let Ok(entry) = entry.parse() else { return Ok(None) };
            on(id, |id| evidence_files::find(c, municipality, entry, id))
        }
        [["contracts", contract], [collection, id]] => {
            let Ok(contract) = contract.parse() else { return Ok(None) };
            match *collection {
                "entries" => on(id, |id| entries::find(c, municipality, contract, id)),
                "plans" => on(id, |id| plans::find(c, municipality, contract, id)),
                "milestones" => on(id, |id| milestones::find(c, municipality, contract, id)),
                "settlements" => on(id, |id| settlements::find(c, municipality, contract, id)),
                _ => Ok(None),
            }
        }
        [["social-return-policies", id]] => on(id, |id| social_return_policies::find(c, municipality, id)),
        [["value-maps", id]] => on(id, |id| value_maps::find(c, municipality, id)),
        [["webhook-subscriptions", id]] => on(id, |id| webhook_subscriptions::find(c, municipality, id)),
        _ => Ok(None),
    }
}

fn on<I: FromStr, T: Debug>(
    id: &str,
    find: impl FnOnce(I) -> Result<Option<T>, StorageError>,
) -> Result<Option<String>, StorageError> {
    match id.parse() {
        Ok(id) => Ok(find(id)?.as_ref().map(shown)),
        Err(_) => Ok(None),
    }
}

fn shown<T: Debug>(object: &T) -> String {
    format!("{object:?}")
}
