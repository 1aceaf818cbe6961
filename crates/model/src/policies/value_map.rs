//! Value maps of the SROI method that are kept: a change adds a version, and a version never changes.

use chrono::{DateTime, Utc};

use trede_base::ids::{Id, MunicipalityId};
use trede_base::record::{Record, Version};
use trede_base::words;

/// The id of a value map that is kept.
pub type ValueMapId = Id<KeptValueMap>;

words! {
    /// Of what a value map tells the value (reikwijdte).
    pub enum ValueMapScope is "scope of a value map" {
        /// Of one contract (opdracht).
        Contract = "contract",
        /// Of one project.
        Project = "project",
        /// Of several contracts or projects together (portefeuille).
        Portfolio = "portfolio",
    }
}

/// A value map (waardenkaart) that is kept, over all its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptValueMap {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Its id.
    pub id: ValueMapId,
    /// Of what it tells the value.
    pub scope: ValueMapScope,
    /// Which contract (its id), project or portfolio (their name).
    pub subject: String,
    /// The title of its latest version.
    pub title: String,
    /// How often it changed; the version is the number of its latest version.
    pub record: Record,
}

/// One version of a value map, with what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueMapVersion {
    /// What it is, without the documents.
    pub summary: ValueMapVersionSummary,
    /// The JSON of the value map, as `trede sroi` takes it.
    pub content: String,
    /// The JSON that came out: ratios, sensitivity, explanation.
    pub result: String,
}

/// One version of a value map without its documents, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueMapVersionSummary {
    /// Its number, from 1.
    pub number: Version,
    /// Its title.
    pub title: String,
    /// What it corrects; the first version corrects nothing.
    pub reason: Option<String>,
    /// SHA-256 of the canonical value map, in hexadecimal: the same map has the same fingerprint.
    pub fingerprint: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
}
