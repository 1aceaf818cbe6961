//! Variables and arguments: which there are, where each value comes from, and which variables nobody knows.

#![allow(clippy::disallowed_methods, reason = "here the environment is read")]

use std::collections::BTreeSet;
use std::env::{var_os, vars_os};
use std::error::Error;
use std::ffi::OsString;
use std::iter::once;

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory, FromArgMatches, Parser};

use super::{Config, ConfigError};

/// What variables of ours begin with.
const OURS: &str = "TREDE_";
/// Of ours too, but when the program is built.
const OF_THE_BUILD: &str = "TREDE_ENGINE";
/// One letter in so many may differ for a variable to be meant.
const LETTERS: usize = 4;

#[derive(Parser)]
#[command(name = "trede serve")]
struct Everything {
    #[command(flatten)]
    config: Config,
}

/// Where the value of a variable comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The environment.
    Environment,
    /// An argument.
    Argument,
    /// What holds where nothing is said.
    Default,
    /// It has no value.
    NotSet,
}

/// A variable as it is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The variable.
    pub variable: String,
    /// Where its value comes from.
    pub source: Source,
    /// Its value; none where there is none, or it is secret.
    pub value: Option<String>,
    /// Whether it is secret.
    pub is_secret: bool,
}

/// The command, in which a variable that is empty counts as not set.
#[must_use]
pub fn with_environment(command: Command) -> Command {
    let filled = |arg: Arg| {
        let is_empty = arg.get_env().and_then(var_os).is_some_and(|value| value.is_empty());
        if is_empty { arg.env(Resettable::Reset) } else { arg }
    };
    command.mut_args(filled).mut_subcommands(with_environment)
}

/// Reads the configuration from these arguments, and from the environment where they say nothing.
pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Config, ConfigError> {
    let mut command = with_environment(Everything::command());
    let all = once(OsString::from("trede")).chain(arguments);
    let matches = command.try_get_matches_from_mut(all).map_err(|error| failure(&error, &command))?;
    let read = Everything::from_arg_matches(&matches).map_err(|error| failure(&error, &command))?;
    Ok(read.config)
}

fn failure(error: &clap::Error, command: &Command) -> ConfigError {
    told(error, command).unwrap_or_else(|| ConfigError::Unreadable(error.render().to_string()))
}

/// What is wrong with the value of a variable, where the error is about one: by its name, which who set it knows.
#[must_use]
pub fn told(error: &clap::Error, command: &Command) -> Option<ConfigError> {
    let unreadable = |name: &Arg| {
        let name = name.get_env()?.to_str()?.to_owned();
        var_os(&name)?
            .to_str()
            .is_none()
            .then(|| ConfigError::Unreadable(format!("{name} is not valid UTF-8")))
    };
    let arguments = || once(command).chain(command.get_subcommands()).flat_map(Command::get_arguments);
    match error.kind() {
        ErrorKind::InvalidUtf8 => arguments().find_map(unreadable),
        ErrorKind::ValueValidation => {
            let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidArg) else { return None };
            let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue) else { return None };
            let arg = arguments().find(|arg| arg.to_string() == *name)?;
            let value = if arg.is_hide_env_values_set() { "…" } else { value };
            Some(ConfigError::unfit(arg.get_env()?.to_str()?, value, &error.source()?.to_string()))
        }
        _ => None,
    }
}

/// Every variable as it is configured by these matches of a command with all of them.
///
/// # Errors
/// [`ConfigError::SecretArgument`] for a secret among the arguments.
pub fn settings(matches: &ArgMatches) -> Result<Vec<Setting>, ConfigError> {
    let command = Everything::command();
    let own = command.get_arguments().filter_map(|arg| Some((arg, arg.get_env()?.to_str()?.to_owned())));
    own.map(|(arg, variable)| setting(arg, variable, matches)).collect()
}

fn setting(arg: &Arg, variable: String, matches: &ArgMatches) -> Result<Setting, ConfigError> {
    let source = match matches.value_source(arg.get_id().as_str()) {
        Some(ValueSource::EnvVariable) => Source::Environment,
        Some(ValueSource::CommandLine) => Source::Argument,
        Some(_) if !arg.is_hide_default_value_set() => Source::Default,
        _ => Source::NotSet,
    };
    let raw = matches.get_raw(arg.get_id().as_str()).and_then(|mut values| values.next());
    // The address of a database need not hold a password.
    let holds_none =
        !variable.starts_with(OURS) && raw.is_some_and(|url| !url.to_string_lossy().contains('@'));
    let is_secret = arg.is_hide_env_values_set() && !holds_none;
    if is_secret && source == Source::Argument {
        return Err(ConfigError::SecretArgument(variable));
    }
    let shown = raw.filter(|_| !is_secret && source != Source::NotSet);
    let value = shown.map(|value| value.to_string_lossy().into_owned());
    Ok(Setting { variable, source, value, is_secret })
}

/// Variables that are set, look like ours and are not, each with the one that it is most like.
#[must_use]
pub fn unknown() -> Vec<(String, Option<String>)> {
    let names = vars_os().filter_map(|(name, _)| name.into_string().ok());
    unknown_of(names.collect())
}

fn unknown_of(names: BTreeSet<String>) -> Vec<(String, Option<String>)> {
    let command = Everything::command();
    let known: Vec<&str> =
        command.get_arguments().filter_map(|arg| arg.get_env()?.to_str()).chain([OF_THE_BUILD]).collect();
    let foreign = names.into_iter().filter(|name| name.starts_with(OURS) && !known.contains(&name.as_str()));
    let meant = |name: &str| {
        let apart = known.iter().map(|own| (strsim::levenshtein(name, own), *own));
        let few = name.len().saturating_sub(OURS.len()).div_ceil(LETTERS);
        apart.min().filter(|(apart, _)| *apart <= few).map(|(_, own)| own.to_owned())
    };
    foreign.map(|name| (name.clone(), meant(&name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_nobody_knows_is_told_with_the_one_that_it_is_like() {
        let names = ["TREDE_BINDS", "TREDE_BIND", "TREDE_XYZZY", "PATH", "TREDE_ENGINE"];
        let found = unknown_of(names.into_iter().map(str::to_owned).collect());
        let bind = Some("TREDE_BIND".to_owned());
        assert_eq!(found, [("TREDE_BINDS".to_owned(), bind), ("TREDE_XYZZY".to_owned(), None)]);
    }

    #[test]
    fn a_setting_tells_its_source_and_no_secret() {
        let command = Everything::command().mut_args(|arg| arg.env(Resettable::Reset));
        let given = |arguments: &[&str]| {
            let matches = command.clone().get_matches_from(once("trede").chain(arguments.iter().copied()));
            settings(&matches)
        };
        let found = given(&["--bind", "127.0.0.1:1"]).unwrap();
        let of = |name: &str| found.iter().find(|one| one.variable == name).cloned().unwrap();
        assert_eq!(of("TREDE_BIND").value.as_deref(), Some("127.0.0.1:1"));
        assert_eq!(of("TREDE_BIND").source, Source::Argument);
        assert_eq!(of("TREDE_RATE_LIMIT").source, Source::Default);
        assert_eq!(
            (of("TREDE_KVK_URL").source, of("TREDE_CORS_ORIGINS").source),
            (Source::NotSet, Source::NotSet)
        );
        let refused = given(&["--kvk-key", "geheim"]).unwrap_err().to_string();
        assert!(refused.starts_with("TREDE_KVK_KEY is secret") && !refused.contains("geheim"), "{refused}");
    }

    #[test]
    fn every_variable_is_an_argument_of_the_same_name() {
        for arg in Everything::command().get_arguments() {
            let (variable, name) = (arg.get_env().unwrap().to_str().unwrap(), arg.get_long().unwrap());
            let variable = variable.strip_prefix(OURS).unwrap_or(variable).to_lowercase().replace('_', "-");
            assert_eq!(variable, name);
            assert!(arg.get_help().is_some(), "{name} says nothing");
        }
    }
}
