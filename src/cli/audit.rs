//! `trede audit`: verifies the audit trail, and takes anchors of it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use crate::cli::said::{complain, say};
use crate::config::{Config, read_file};
use crate::startup;
use trede_base::ids::MalformedId;
use trede_formats::audit_anchor::{AnchorDocument, AuditAnchor};
use trede_model::trust::audit_chain::Waypoint;
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
        /// A file with anchors that the chains must pass through: on each line a JSON object, as `trede audit anchors`
        /// and the API write them, or a head as letters tell it; or what was sent to `TREDE_ANCHOR_URL`; repeat for
        /// several
        #[arg(long = "anchor", visible_alias = "anchors")]
        anchors: Vec<PathBuf>,
        /// A head that the chains must pass through, as a letter or the record of an opening tells it:
        /// 'gm0344 2/17 3f2a9c1d5e6b7a80c1d2e3f4'; repeat for several
        #[arg(long = "head")]
        heads: Vec<Waypoint>,
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
        Command::Verify { anchors, heads } => verify(anchors, heads),
        Command::State { object } => state(object),
        Command::Anchors => take_anchors(),
    };
    outcome.unwrap_or_else(|error| {
        complain!("trede: {error}");
        ExitCode::FAILURE
    })
}

fn verify(files: &[PathBuf], heads: &[Waypoint]) -> Outcome {
    let mut anchors = heads.to_vec();
    for file in files {
        anchors.extend(read_anchors(file)?);
    }
    let found = startup::verify_audit(&Config::from_env()?, &anchors)?;
    let (chains, rows, findings) = (found.chains, found.rows, found.findings);
    if chains.is_empty() {
        say!("Nothing was done yet: there is no record.");
    }
    let mut code = ExitCode::SUCCESS;
    for chain in chains {
        let (head, name) = (chain.head, format!("{} chain {}", chain.chain.scope, chain.chain.number));
        if chain.breaches.is_empty() {
            say!("{name}: whole, {} records, head {}", head.sequence, head.hash);
        } else {
            code = ExitCode::FAILURE;
            say!("{name}: BROKEN, last record {}", head.sequence);
            chain.breaches.iter().for_each(|breach| say!("  {breach}"));
        }
    }
    if findings.is_empty() {
        say!("rows: {rows}, each as the last act on it left it");
    } else {
        code = ExitCode::FAILURE;
        say!("rows: {} of {rows} NOT as the trail left them", findings.len());
        for RowFinding { table, key, fault, act } in findings {
            let act = act.map_or_else(String::new, |act| format!(" (act {act})"));
            say!("  {table} {key} {fault}{act}");
        }
    }
    Ok(code)
}

fn state(object: &Object) -> Outcome {
    let found = startup::audit_state(&Config::from_env()?, object)?;
    say!("{object}: {}", found.standing.code());
    if let Some(record) = found.record {
        let (act, place) = (record.act, record.link.place());
        say!("last act: {} on {} at {} (record {place} of {})", act.action, act.object, act.at, act.scope);
    }
    let is_sound = matches!(found.standing, RowStanding::AsRecorded | RowStanding::Unknown);
    Ok(if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read_anchors(file: &Path) -> Result<Vec<Waypoint>, Box<dyn std::error::Error>> {
    let text = read_file(file)?;
    if let Ok(AnchorDocument { anchors }) = serde_json::from_str(&text) {
        let anchors: Result<_, String> = anchors.iter().map(waypoint).collect();
        return anchors.map_err(|error| format!("{}: {error}", file.display()).into());
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            read_anchor(line).map_err(|error| format!("{}, line {number}: {error}", file.display()).into())
        })
        .collect()
}

fn read_anchor(line: &str) -> Result<Waypoint, String> {
    if !line.trim_start().starts_with('{') {
        // As a letter lists them.
        return line
            .trim_start()
            .trim_start_matches("- ")
            .parse()
            .map_err(|error: MalformedId| error.to_string());
    }
    waypoint(&serde_json::from_str::<AuditAnchor>(line).map_err(|error| error.to_string())?)
}

fn waypoint(anchor: &AuditAnchor) -> Result<Waypoint, String> {
    Ok(anchor.to_anchor()?.link.into())
}

fn take_anchors() -> Outcome {
    for anchor in startup::audit_anchors(&Config::from_env()?)? {
        say!("{}", serde_json::to_string(&AuditAnchor::from(anchor))?);
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(text: &str) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("anchors");
        fs::write(&file, text).unwrap();
        match read_anchors(&file) {
            Ok(read) => Ok(read.iter().map(Waypoint::to_string).collect()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn a_file_holds_anchors_as_they_were_taken_sent_or_told_in_a_letter() {
        let hash = "3f2a9c1d5e6b7a80c1d2e3f43f2a9c1d5e6b7a80c1d2e3f43f2a9c1d5e6b7a80";
        let taken = format!(
            "{{\"scope\":\"gm0344\",\"chain\":2,\"sequence\":17,\"hash\":\"{hash}\",\"takenAt\":\"2026-01-05T09:00:00Z\"}}"
        );
        let whole = format!("gm0344 2/17 {hash}");
        let short = "gm0344 2/17 3f2a9c1d5e6b7a80c1d2e3f4";
        assert_eq!(read(&format!("{taken}\n\n{taken}\n")).unwrap(), [whole.clone(), whole.clone()]);
        assert_eq!(read(&format!("{{\"anchors\":[{taken}]}}")).unwrap(), [whole.as_str()]);
        assert_eq!(read(&format!("- {short}\n{short}\n{taken}")).unwrap(), [short, short, whole.as_str()]);
        let error = read(&format!("{short}\ngm0344 2/17 3f2a")).unwrap_err();
        assert!(error.contains("line 2") && error.contains("16 to 64"), "{error}");
    }
}
