//! `trede check-config`: what is configured, what is not, and whether the service would start.

use std::process::ExitCode;

use clap::ArgMatches;

use super::said::{complain, say};
use crate::config::{self, Config, Setting, Source};
use crate::startup::checking::{Found, check};

/// Say what is configured and what is not, and whether `trede serve` would start with it; changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: Config,
}

/// Says what is configured; fails when the service would not start.
#[must_use]
pub fn run(args: &Args, matches: &ArgMatches) -> ExitCode {
    let settings = match config::settings(matches) {
        Ok(settings) => settings,
        Err(error) => {
            complain!("trede: {error}");
            return ExitCode::FAILURE;
        }
    };
    let widest = settings.iter().map(|setting| setting.variable.len()).max().unwrap_or_default();
    for setting in &settings {
        say!("{:widest$}  {}", setting.variable, shown(setting));
    }
    for (variable, meant) in config::unknown() {
        let meant = meant.map(|name| format!("; {name} is meant?")).unwrap_or_default();
        say!("{variable:widest$}  UNKNOWN: nobody here knows this variable{meant}");
    }
    say!("");
    let found = check(&args.config);
    for Found { what, outcome } in &found {
        match outcome {
            Ok(told) => say!("{what}: {told}"),
            Err(error) => say!("{what}: WRONG: {error}"),
        }
    }
    if found.iter().all(|one| one.outcome.is_ok()) {
        say!("`trede serve` starts with this.");
        return ExitCode::SUCCESS;
    }
    say!("`trede serve` does not start with this.");
    ExitCode::FAILURE
}

fn shown(setting: &Setting) -> String {
    let value = match (&setting.value, setting.is_secret) {
        (Some(value), _) => value.clone(),
        (None, true) if setting.source != Source::NotSet => "(secret)".to_owned(),
        _ => String::new(),
    };
    match setting.source {
        Source::Environment => value,
        Source::Argument => format!("{value}  (argument)"),
        Source::Default => format!("{value}  (default)"),
        Source::NotSet => "not set".to_owned(),
    }
}
