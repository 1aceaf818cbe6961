//! `trede demo`: the main job on a built-in tender, then the service with all examples in it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::de::DeserializeOwned;
use serde_json::json;

use super::score::{Format, Lang, print};
use crate::cli::said::complain;
use trede_formats::contract_example::ContractExample;
use trede_model::frame::role::Role;
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{ResultOptions, score};
use trede_wire::social_return_case::SocialReturnCase;

use crate::config::read_file;
use crate::startup::demo::{DemoError, Guide, prepare};

/// A tender as a city could hold it: two lots, all PSO levels, commitments, a knock-out and a tie.
const TENDER: &str = include_str!("../../examples/groenonderhoud.json");

/// What the service holds, the tender above first.
const EXAMPLES: [&str; 9] = [
    TENDER,
    include_str!("../../examples/fictieve-korting-pso.json"),
    include_str!("../../examples/gewogen-factor.json"),
    include_str!("../../examples/gunnen-op-waarde.json"),
    include_str!("../../examples/tredepunten-80-20.json"),
    include_str!("../../examples/levenscycluskosten.json"),
    include_str!("../../examples/erweiterte-richtwert.json"),
    include_str!("../../examples/rangwisseling.json"),
    include_str!("../../examples/twee-percelen-knock-out-loting.json"),
];

/// A contract with what its contractor accounts for, and the case whose policy it is under.
const CONTRACT: &str = include_str!("../../examples/opdracht-groenonderhoud.json");
const CASE: &str = include_str!("../../examples/social-return-casus.json");

/// Show the main job on a built-in tender: two lots, five bids each, PSO levels and commitments. Then
/// serve the API with that tender, others and a contract in a temporary database, until told to stop.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the ranking and exit
    #[arg(long)]
    once: bool,
    /// The language of the texts
    #[arg(long, value_enum, default_value = "nl")]
    lang: Lang,
    /// The address and port to serve on
    #[arg(long, default_value = "127.0.0.1:8080")]
    bind: SocketAddr,
    /// Print addresses and tokens as one JSON document, for scripts, and nothing else
    #[arg(long, conflicts_with = "once")]
    json: bool,
    /// A file (CSS) with design tokens: the house style of the pages
    #[arg(long)]
    theme: Option<PathBuf>,
}

/// Scores the built-in tender, prints the ranking with the reasons, and serves the examples.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let options = ResultOptions { language: args.lang.into(), explain: false, analyse: true };
    let result = example(TENDER)
        .and_then(|file: ScoreFile| score(&file, options).map_err(|failure| failure.to_string()));
    let printed = match result {
        Ok(_) if args.json => ExitCode::SUCCESS,
        Ok(result) => print(&result, Format::Table, args.lang.into()),
        Err(error) => return fail(&format!("the built-in tender: {error}")),
    };
    if args.once || printed != ExitCode::SUCCESS {
        return printed;
    }
    match serve(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &str) -> ExitCode {
    complain!("trede: {error}");
    ExitCode::FAILURE
}

fn example<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    parse(text.as_bytes()).map_err(|error| error.to_string())
}

fn serve(args: &Args) -> Result<(), String> {
    let files = EXAMPLES.into_iter().map(example).collect::<Result<Vec<ScoreFile>, _>>()?;
    let say = |error: DemoError| error.to_string();
    let contract: ContractExample = example(CONTRACT)?;
    let case: SocialReturnCase = example(CASE)?;
    let theme = args.theme.as_deref().map(read_file).transpose().map_err(|error| error.to_string())?;
    let demo = prepare(&files, (&case.policy, &contract), args.bind).map_err(say)?;
    // Whoever reads this may stop early (`| head`) and still look around.
    let told = if args.json { as_json(&demo.guide) } else { guide(&demo.guide, args.lang) };
    let _ = writeln!(io::stdout().lock(), "{told}");
    demo.serve(theme).map_err(say)
}

/// What there is to look at, for scripts: a token of each role by its code (of the second opener too, in a list).
fn as_json(guide: &Guide) -> String {
    let mut tokens: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (role, token) in &guide.tokens {
        tokens.entry(role.to_string()).or_default().push(token);
    }
    let tenders = guide
        .tenders
        .iter()
        .map(|tender| json!({ "title": tender.title, "url": tender.url, "evaluations": tender.evaluations }));
    let followed = &guide.contract;
    let told = json!({
        "url": guide.url,
        "tenders": tenders.collect::<Vec<_>>(),
        "contract": { "title": followed.title, "url": followed.url, "portfolio": followed.portfolio },
        "tokens": tokens,
    });
    told.to_string()
}

/// What there is to look at, as text.
fn guide(guide: &Guide, lang: Lang) -> String {
    let [serving, tenders, evaluations, contract, tokens, example] = match lang {
        Lang::Nl => [
            "De dienst draait nu, met voorbeelden in een tijdelijke database. Stop met Ctrl-C.",
            "Aanbestedingen",
            "beoordeling",
            "Een opdracht met social return",
            "Een token per rol (twee voor de openers), twaalf uur geldig",
            "Probeer",
        ],
        Lang::En => [
            "The service is up, with examples in a temporary database. Stop it with Ctrl-C.",
            "Tenders",
            "evaluation",
            "A contract with social return",
            "A token for each role (two for openers), valid for twelve hours",
            "Try",
        ],
    };
    let mut lines =
        vec![format!("\n{serving}\n"), format!("  {0}/\n  {0}/docs\n", guide.url), format!("{tenders}:")];
    for tender in &guide.tenders {
        lines.push(format!("  {}\n    {}", tender.title, tender.url));
        lines.extend(tender.evaluations.iter().map(|url| format!("    {evaluations}: {url}")));
    }
    let followed = &guide.contract;
    lines.push(format!("{contract}:\n  {}\n    {}", followed.title, followed.url));
    lines.push(format!("\n{tokens}:"));
    lines.extend(guide.tokens.iter().map(|(role, token)| format!("  {role}\n    {token}")));
    lines.push(format!("\n{example}:"));
    let evaluation = guide.tenders.first().and_then(|tender| tender.evaluations.first());
    let tries = [(Role::Buyer, evaluation), (Role::Coordinator, Some(&followed.portfolio))];
    for (role, url) in tries {
        let token = guide.tokens.iter().find(|(of, _)| *of == role);
        if let (Some((_, token)), Some(url)) = (token, url) {
            lines.push(format!("  curl -H 'Authorization: Bearer {token}' {url}"));
        }
    }
    lines.join("\n")
}
