//! `trede audit`: verifies the audit trail, and takes anchors of it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use crate::config::{Config, read_file};
use crate::startup;
use trede_formats::audit_anchor::AuditAnchor;
use trede_model::trust::audit_chain::Anchor;
use trede_model::trust::audit_object::Object;
use trede_model::trust::audit_rows::{RowFinding, RowStanding};

/// Verify the audit trail in DATABASE_URL, or take an anchor of it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Follow every chain from its first record to its last, compare every row with what the trail left of it, and
    /// say what is broken, altered, deleted or inserted
    Verify {
        /// A file with anchors that the chains must pass through: one JSON object on each line, as
        /// `trede audit anchors` and the API write them; repeat for several
        #[arg(long = "anchor")]
        anchors: Vec<PathBuf>,
    },
    /// Compare one object, as it is stored now, with the last record of it
    State {
        /// Whose it is and its path, as the audit trail names it: gm0344/tenders/ID/lots/ID, nl/organisations/KVK
        object: Object,
    },
    /// Print the head of every chain: one JSON object on each line, to be kept and time-stamped elsewhere
    Anchors,
}

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

/// Verifies or takes anchors; fails when a chain is broken.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let outcome = match &args.command {
        Command::Verify { anchors } => verify(anchors),
        Command::State { object } => state(object),
        Command::Anchors => take_anchors(),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("trede: {error}");
        ExitCode::FAILURE
    })
}

fn verify(files: &[PathBuf]) -> Outcome {
    let mut anchors = Vec::new();
    for file in files {
        anchors.extend(read_anchors(file)?);
    }
    let found = startup::verify_audit(&Config::from_env()?, &anchors)?;
    let (chains, rows, findings) = (found.chains, found.rows, found.findings);
    if chains.is_empty() {
        println!("Nothing was done yet: there is no record.");
    }
    let mut code = ExitCode::SUCCESS;
    for chain in chains {
        let (head, name) = (chain.head, format!("{} chain {}", chain.chain.scope, chain.chain.number));
        if chain.breaches.is_empty() {
            println!("{name}: whole, {} records, head {}", head.sequence, head.hash);
        } else {
            code = ExitCode::FAILURE;
            println!("{name}: BROKEN, last record {}", head.sequence);
            chain.breaches.iter().for_each(|breach| println!("  {breach}"));
        }
    }
    if findings.is_empty() {
        println!("rows: {rows}, each as the last act on it left it");
    } else {
        code = ExitCode::FAILURE;
        println!("rows: {} of {rows} NOT as the trail left them", findings.len());
        for RowFinding { table, key, fault, act } in findings {
            let act = act.map_or_else(String::new, |act| format!(" (act {act})"));
            println!("  {table} {key} {fault}{act}");
        }
    }
    Ok(code)
}

fn state(object: &Object) -> Outcome {
    let found = startup::audit_state(&Config::from_env()?, object)?;
    println!("{object}: {}", found.standing.code());
    if let Some(record) = found.record {
        let (act, place) = (record.act, record.link.place());
        println!(
            "last act: {} on {} at {} (record {place} of {})",
            act.action, act.object, act.at, act.scope
        );
    }
    let is_sound = matches!(found.standing, RowStanding::AsRecorded | RowStanding::Unknown);
    Ok(if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read_anchors(file: &Path) -> Result<Vec<Anchor>, Box<dyn std::error::Error>> {
    let text = read_file(file)?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str::<AuditAnchor>(line)
                .map_err(|error| error.to_string())
                .and_then(|anchor| anchor.to_anchor())
                .map_err(|error| format!("{}, line {number}: {error}", file.display()).into())
        })
        .collect()
}

fn take_anchors() -> Outcome {
    for anchor in startup::audit_anchors(&Config::from_env()?)? {
        println!("{}", serde_json::to_string(&AuditAnchor::from(anchor))?);
    }
    Ok(ExitCode::SUCCESS)
}
