//! What an object of the audit trail is at a moment, as text: for the hashes before and after a change.

use std::fmt::Debug;
use std::str::FromStr;

use super::token_revocations;
use crate::assessing::{assessments, dossiers};
use crate::awarding::{evaluations, letter_templates};
use crate::bidding::{bids, openings, tender_packages};
use crate::following::{contracts, entries, evidence_files, milestones, plans, settlements};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::{municipalities, organisations, regions};
use crate::policies::{social_return_policies, value_maps};
use crate::pso::{certificates, pso_self_checks, pso_tables, register_imports, supplier_profiles};
use crate::telling::{open_data_settings, webhook_subscriptions};
use crate::tendering::{lots, notice_imports, tenders};
use trede_base::ids::MunicipalityId;
use trede_model::tendering::lot::LotPath;
use trede_model::trust::audit::{Act, AuditScope};

/// The object that an act is about, as it is now: the deepest one that its path names and that is kept by
/// itself; what hangs on another (a rectification, a change of a contract) is told by that. None when there is no
/// such object, or not yet; none as well for what comes into a vault, and for collections.
pub(crate) fn of(c: &mut AnyConnection, act: &Act) -> Result<Option<String>, StorageError> {
    let segments: Vec<&str> = act.object.split('/').collect();
    let (pairs, rest) = segments.as_chunks::<2>();
    match act.scope {
        AuditScope::National => of_nation(c, pairs, rest),
        AuditScope::Municipality(municipality) => of_municipality(c, municipality, pairs, rest),
        AuditScope::Vault(..) => Ok(None),
    }
}

fn of_nation(
    c: &mut AnyConnection,
    pairs: &[[&str; 2]],
    rest: &[&str],
) -> Result<Option<String>, StorageError> {
    match pairs {
        [["organisations", kvk], below @ ..] => {
            let Ok(kvk) = kvk.parse() else { return Ok(None) };
            match (below, rest) {
                ([["certificates", id]], []) => on(id, |id| certificates::find(c, kvk, id)),
                ([["pso-contributions", id]], []) => {
                    on(id, |id| pso_self_checks::find_contribution(c, kvk, id))
                }
                ([["grants", _]], []) => Ok(Some(shown(&pso_self_checks::grants(c, kvk)?))),
                ([], ["supplier-profile"]) => Ok(supplier_profiles::find(c, kvk)?.as_ref().map(shown)),
                _ => Ok(organisations::find(c, kvk)?.as_ref().map(shown)),
            }
        }
        [["municipalities", id]] => on(id, |id| municipalities::find(c, id)),
        [["regions", id], ..] => on(id, |id| regions::find(c, &id)),
        [["token-revocations", id]] => on(id, |id| token_revocations::find(c, id)),
        [["pso-register-imports", id]] => on(id, |id| register_imports::find(c, id)),
        [["pso-tables", kind]] => table(c, AuditScope::National, kind, rest),
        _ => Ok(None),
    }
}

fn of_municipality(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    pairs: &[[&str; 2]],
    rest: &[&str],
) -> Result<Option<String>, StorageError> {
    match pairs {
        [["tenders", tender], ["lots", lot], below @ ..] => {
            let (Ok(tender), Ok(lot)) = (tender.parse(), lot.parse()) else { return Ok(None) };
            of_lot(c, LotPath { municipality, tender, lot }, below)
        }
        [["tenders", tender]] if rest == ["openings"] => {
            let Ok(tender) = tender.parse() else { return Ok(None) };
            let openings = openings::all_of_tender(c, municipality, tender)?;
            let tender = tenders::find(c, municipality, tender)?;
            Ok(tender.map(|tender| shown(&(tender, openings))))
        }
        [["tenders", tender], ..] => on(tender, |tender| tenders::find(c, municipality, tender)),
        [["contracts", _], ["entries", entry], ["evidence-files", id]] => {
            let Ok(entry) = entry.parse() else { return Ok(None) };
            on(id, |id| evidence_files::find(c, municipality, entry, id))
        }
        [["contracts", contract], below @ ..] => {
            let Ok(contract) = contract.parse() else { return Ok(None) };
            match below {
                [["entries", id]] => on(id, |id| entries::find(c, municipality, contract, id)),
                [["plans", id]] => on(id, |id| plans::find(c, municipality, contract, id)),
                [["milestones", id]] => on(id, |id| milestones::find(c, municipality, contract, id)),
                [["settlements", id]] => on(id, |id| settlements::find(c, municipality, contract, id)),
                _ => Ok(contracts::find(c, municipality, contract)?.as_ref().map(shown)),
            }
        }
        [["social-return-policies", id]] => on(id, |id| social_return_policies::find(c, municipality, id)),
        [["value-maps", id]] => on(id, |id| value_maps::find(c, municipality, id)),
        [["webhook-subscriptions", id], ..] => on(id, |id| webhook_subscriptions::find(c, municipality, id)),
        [["letter-templates", language]] => {
            on(language, |language| letter_templates::latest(c, municipality, language))
        }
        [["notice-imports", id]] => on(id, |id| notice_imports::find(c, municipality, id)),
        [["tender-packages", reference]] => {
            on(reference, |reference| tender_packages::find(c, municipality, &reference))
        }
        [["pso-tables", kind]] => table(c, AuditScope::Municipality(municipality), kind, rest),
        [] if rest == ["open-data-settings"] => {
            Ok(open_data_settings::find(c, municipality)?.as_ref().map(shown))
        }
        _ => Ok(None),
    }
}

fn of_lot(c: &mut AnyConnection, at: LotPath, below: &[[&str; 2]]) -> Result<Option<String>, StorageError> {
    let LotPath { municipality, lot, .. } = at;
    match below {
        [["assessments", id]] => {
            on(id, |id| assessments::find(c, municipality, lot, id, assessments::Sight::All))
        }
        [["evaluations", id]] => on(id, |id| evaluations::find(c, at, id)),
        [["dossier-entries", id]] => on(id, |id| dossiers::find(c, municipality, lot, id)),
        [["bids", id], ..] => on(id, |id| bids::find(c, municipality, lot, id)),
        _ => Ok(lots::find(c, at)?.as_ref().map(shown)),
    }
}

/// A version of a table of PSO.
fn table(
    c: &mut AnyConnection,
    scope: AuditScope,
    kind: &str,
    rest: &[&str],
) -> Result<Option<String>, StorageError> {
    let (Ok(kind), [version]) = (kind.parse(), rest) else { return Ok(None) };
    let kept = pso_tables::list(c, scope, kind)?;
    Ok(kept.iter().find(|table| table.version == *version).map(shown))
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
