//! What crosses the border: the wire types that file, API and command line share.

pub mod audit_anchor;
pub mod canonical;
pub mod contract_terms;
pub mod eforms;
pub mod entry_record;
pub mod euros;
pub mod json;
pub mod moment;
pub mod number;
mod objects;
pub mod ocds;
pub mod offer;
pub mod plan_milestone;
pub mod pso_file;
pub mod pso_result;
pub mod pso_tables;
pub mod register_list;
pub mod schema;
pub mod score_file;
pub mod score_result;
pub mod social_return_case;
pub mod social_return_comparison;
pub mod social_return_policy;
pub mod social_return_result;
pub mod sroi_file;
pub mod sroi_result;
pub mod tables;
