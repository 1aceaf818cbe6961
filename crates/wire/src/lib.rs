//! The wire types that file, API and command line share: what goes into the rules, and what comes out.

pub mod canonical;
pub(crate) mod date;
pub mod euros;
pub mod json;
pub mod lab_file;
pub mod lab_result;
pub mod moment;
pub mod number;
pub(crate) mod objects;
pub mod pso_file;
pub mod pso_result;
pub mod pso_tables;
pub mod purchasing_policy;
pub mod schema;
pub mod score_file;
pub mod score_result;
pub mod social_return_case;
pub mod social_return_comparison;
pub mod social_return_policy;
pub mod social_return_result;
pub mod sroi_file;
pub mod sroi_result;
