//! `trede schema`: the JSON Schema of what Trede reads and writes.

use crate::cli::said::say;
use std::process::ExitCode;

use clap::ValueEnum;

use trede_wire::schema::{
    lab_file_schema, lab_result_schema, pso_file_schema, pso_result_schema, score_file_schema,
    score_result_schema, social_return_case_schema, social_return_comparison_schema,
    social_return_policy_schema, social_return_result_schema, sroi_file_schema, sroi_result_schema,
};

/// Print a JSON Schema, for an editor that helps while typing or a program that checks.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Of what
    #[arg(value_enum)]
    document: Document,
}

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Document {
    /// The file that `trede score` takes
    Score,
    /// The result that `trede score --format json` gives
    Result,
    /// The file that `trede lab` takes
    Lab,
    /// The result that `trede lab --format json` gives
    LabResult,
    /// The file that `trede pso` takes
    Pso,
    /// The result that `trede pso --format json` gives
    PsoResult,
    /// The file that `trede sroi` takes
    Sroi,
    /// The result that `trede sroi --format json` gives
    SroiResult,
    /// A social return policy, such as the templates in `examples/policies`
    SocialReturnPolicy,
    /// The file that `trede social-return value` takes
    SocialReturn,
    /// The result that `trede social-return value --format json` gives
    SocialReturnResult,
    /// The case that `trede social-return compare` takes
    SocialReturnComparison,
}

/// Prints the schema.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let schema = match args.document {
        Document::Score => score_file_schema(),
        Document::Result => score_result_schema(),
        Document::Lab => lab_file_schema(),
        Document::LabResult => lab_result_schema(),
        Document::Pso => pso_file_schema(),
        Document::PsoResult => pso_result_schema(),
        Document::Sroi => sroi_file_schema(),
        Document::SroiResult => sroi_result_schema(),
        Document::SocialReturnPolicy => social_return_policy_schema(),
        Document::SocialReturn => social_return_case_schema(),
        Document::SocialReturnResult => social_return_result_schema(),
        Document::SocialReturnComparison => social_return_comparison_schema(),
    };
    say!("{schema:#}");
    ExitCode::SUCCESS
}
