//! OCDS 1.1: what of a tender is public, as releases and records of the Open Contracting Data Standard.
//!
//! A procedure tells one release for each stage that it reached: `tender` from publication on, `award` as
//! lots are decided, `contract` and `implementation` as contracts are followed. What stands in none of them:
//! bids before their opening, prices and names of bidders that did not win, scores by assessor, wages, and
//! anything about persons. Fields that the standard and its official extensions do not have are those of our
//! own extension, `openapi/ocds-extension`.
//!
//! Where several win a lot there is an award for each winner: prices differ, and the standard says that different
//! suppliers with different values are awards of their own; an award also names one bid, and a contract one award. What
//! they win is told of the lot, as `techniques` where it is a framework agreement.

mod build;
mod contracts;
mod criteria;
mod facts;
mod package;
mod release;
mod techniques;
mod values;

pub use build::{record, releases};
pub use facts::{AwardFacts, ContractFacts, LotProcess, Process, WinnerFacts};
pub use package::{PackageKind, PackageMeta, joined};
pub use release::{Record, Release};

/// Where our own extension is served, below the server's root.
pub const EXTENSION_PATH: &str = "/v1/ocds-extension/extension.json";

/// What our extension is called, and which schema it brings.
pub const EXTENSION: &str = include_str!("../../../../openapi/ocds-extension/extension.json");

/// The fields of our extension, as a patch of the release schema.
pub const EXTENSION_SCHEMA: &str = include_str!("../../../../openapi/ocds-extension/release-schema.json");
