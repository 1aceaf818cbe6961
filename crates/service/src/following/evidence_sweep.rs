//! Sweeps out files that no row knows: what was left when the service stopped between file and row, and what
//! was removed after the term of retention.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::TryStreamExt;

use crate::Services;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_model::following::evidence::{Evidence, EvidenceId, of_key};
use trede_store as store;

/// A file may wait so long for its row, in hours: longer than any upload takes.
const HOURS: i64 = 24;
/// How many files are asked after at once.
const AT_ONCE: usize = 500;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that were removed, since no row knows them.
    pub removed: usize,
    /// Files that were kept.
    pub kept: usize,
    /// Uploads that never ended, and were removed.
    pub unfinished: usize,
    /// Files with names that are not ours; they are left alone.
    pub foreign: usize,
}

/// Sweeps the store of files.
///
/// # Errors
/// [`ServiceError::Unavailable`] when the store of files does not answer.
pub async fn sweep(services: &Services) -> Result<Swept, ServiceError> {
    let files = &services.evidence.files;
    let now = services.now();
    let before = now.checked_sub_signed(TimeDelta::hours(HOURS)).unwrap_or(now);
    let mut swept = Swept::default();
    let mut pages = std::pin::pin!(files.written_before(before).try_chunks(AT_ONCE));
    while let Some(keys) = pages.try_next().await.map_err(|cut| cut.1)? {
        let orphans = orphans(services, &keys, &mut swept)?;
        for key in orphans {
            files.remove(&key).await?;
            swept.removed += 1;
        }
    }
    let age = Duration::from_secs(u64::try_from(HOURS * 3600).unwrap_or(u64::MAX));
    swept.unfinished = files.remove_unfinished(age, now.into())?;
    Ok(swept)
}

fn orphans(services: &Services, keys: &[String], swept: &mut Swept) -> Result<Vec<String>, ServiceError> {
    let mut by_municipality: BTreeMap<MunicipalityId, Vec<EvidenceId>> = BTreeMap::new();
    for key in keys {
        match of_key(key) {
            Some((municipality, id)) => by_municipality.entry(municipality).or_default().push(id),
            None => swept.foreign += 1,
        }
    }
    let mut orphans = Vec::new();
    for (municipality, ids) in by_municipality {
        let known = services.db.read(|c| store::following::evidence_files::known(c, municipality, &ids))?;
        swept.kept += known.len();
        let unknown = ids.into_iter().filter(|id| !known.contains(id));
        orphans.extend(unknown.map(|id| Evidence::key(municipality, id)));
    }
    Ok(orphans)
}
