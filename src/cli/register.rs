//! `trede register import`: reads the list of certified organisations into the database.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::said::{complain, say};
use crate::config::Config;
use crate::startup::StartError;
use crate::startup::register::{ImportError, ListSource, Terms, import};
use trede_model::pso::register_import::{ImportFault, ImportState, RegisterImport};

/// Keep the register of PSO certificates.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: RegisterCommand,
}

#[derive(Debug, Subcommand)]
enum RegisterCommand {
    Import(ImportArgs),
}

/// Read a list of certified organisations (CSV or JSON) into the database in DATABASE_URL.
///
/// Sound rows are taken, others are told with their number. The same list can be read again: nothing is done
/// twice, and nothing is ever deleted.
#[derive(Debug, clap::Args)]
struct ImportArgs {
    /// The file with the list, or - for standard input
    #[arg(required_unless_present = "url", conflicts_with = "url")]
    file: Option<String>,
    /// The address of the list, instead of a file
    #[arg(long)]
    url: Option<String>,
    /// The list names only some certificates: what is missing has not ended
    #[arg(long)]
    incomplete: bool,
    /// The share of the certificates in force, in percent, that may end at once
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(i32).range(0..=100))]
    max_ended_percent: i32,
}

/// Does what the arguments ask.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let RegisterCommand::Import(args) = &args.command;
    match imported(args) {
        Ok((import, faults)) => {
            tell(&import, &faults);
            let whole = import.state == ImportState::Succeeded && import.counts.malformed == 0;
            if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}

fn imported(args: &ImportArgs) -> Result<(RegisterImport, Vec<ImportFault>), ImportError> {
    let config = Config::from_env().map_err(StartError::from)?;
    let terms = Terms { is_complete: !args.incomplete, max_ended_percent: args.max_ended_percent };
    let bar = ProgressBar::no_length().with_style(style());
    let mut progress = |import: &RegisterImport| {
        bar.set_position(import.counts.rows_read.try_into().unwrap_or_default());
        bar.set_message(short(import));
        bar.tick();
    };
    let outcome = match (&args.url, &args.file) {
        (Some(url), _) => import(&config, ListSource::Address(url.clone()), terms, &mut progress),
        (None, file) => {
            let file = file.as_deref().unwrap_or("-");
            let mut list = opened(file)?;
            import(&config, ListSource::List(name_of(file), &mut list), terms, &mut progress)
        }
    };
    bar.finish_and_clear();
    outcome
}

fn opened(file: &str) -> Result<Box<dyn Read>, ImportError> {
    if file == "-" {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let opened = File::open(file).map_err(|source| ImportError::List { file: file.to_owned(), source })?;
    Ok(Box::new(opened))
}

/// The name of a file without the folders, which are nobody else's business.
fn name_of(file: &str) -> &str {
    match Path::new(file).file_name().and_then(|name| name.to_str()) {
        Some(name) if file != "-" => name,
        _ => "standard input",
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {human_pos} rows in {elapsed} ({per_sec}): {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
}

fn short(import: &RegisterImport) -> String {
    let counts = import.counts;
    format!(
        "{} added, {} changed, {} ended, {} unchanged, {} malformed",
        counts.added, counts.changed, counts.ended, counts.unchanged, counts.malformed
    )
}

fn tell(import: &RegisterImport, faults: &[ImportFault]) {
    for fault in faults {
        let field = if fault.field.is_empty() { "row" } else { &fault.field };
        complain!("{}: row {}: {field}: {} [{}]", import.request.origin, fault.row, fault.detail, fault.code);
    }
    say!("{}: {} ({} rows).", import.state, short(import), import.counts.rows_read);
    if import.not_modified {
        say!("The register says that its list is the one that was read last.");
    }
    if let Some(note) = &import.note {
        say!("{note}.");
    }
}
