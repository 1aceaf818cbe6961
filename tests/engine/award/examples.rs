//! Every example file scores, and shows what its name says.

use std::fs;
use std::path::Path;

use serde_json::Value;
use trede_rules::award::FindingCode;
use trede_wire::score_result::ScoreResult;

use crate::award::support::scored;
use crate::score_examples::score_examples;

fn example(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_example_scores() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for (file, content) in score_examples(&folder) {
        let result = scored(&content);
        assert!(result.lots.iter().all(|lot| !lot.ranking.is_empty()), "{file}");
        let written = serde_json::to_string(&result).unwrap();
        assert_eq!(serde_json::from_str::<ScoreResult>(&written).unwrap(), result, "{file} reads back");
    }
}

#[test]
fn the_discount_example_is_won_by_a_dearer_bid() {
    let result = scored(&example("fictieve-korting-pso.json"));
    let lot = &result.lots[0];
    let price = |bid: &trede_wire::score_result::BidResult| {
        bid.price.as_ref().unwrap().parse::<rust_decimal::Decimal>().unwrap()
    };
    let lowest = lot.ranking.iter().map(price).min().unwrap();
    assert!(price(&lot.ranking[0]) > lowest);
}

#[test]
fn the_reversal_example_reverses() {
    let result = scored(&example("rangwisseling.json"));
    let analysis = result.lots[0].analysis.as_ref().unwrap();
    assert!(analysis.drop_outs.iter().any(|effect| effect.reverses));
}

#[test]
fn the_two_lot_example_has_a_knock_out_and_an_open_tie() {
    let result = scored(&example("twee-percelen-knock-out-loting.json"));
    assert_eq!(result.lots.len(), 2);
    let reasons = result.lots.iter().flat_map(|lot| &lot.excluded).flat_map(|bid| &bid.reasons);
    assert!(reasons.into_iter().any(|reason| reason.code == "knock-out"));
    assert!(result.lots.iter().any(|lot| lot.first.len() > 1 && !lot.ties[0].open.is_empty()));
}

#[test]
fn every_code_of_a_finding_stands_in_the_documentation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/award-methods.md");
    let text = fs::read_to_string(path).unwrap();
    let missing: Vec<&str> = FindingCode::ALL
        .iter()
        .map(|code| code.code())
        .filter(|code| !text.contains(&format!("| `{code}` |")))
        .collect();
    assert_eq!(missing, [""; 0]);
}
