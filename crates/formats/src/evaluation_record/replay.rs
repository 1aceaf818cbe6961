//! Replays an evaluation: scores its input anew, and holds the record against what follows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::differences::{Difference, compare};
use super::{EvaluationRecord, FORMAT};
use crate::dossier::{Fact, standing_disqualifications};
use trede_model::assessing::assessment::AssessmentKind;
use trede_rules::award::ENGINE_VERSION;
use trede_rules::explaining::Language;
use trede_wire::canonical::{canonical_bytes, sha256_hex};
use trede_wire::score_file::{BidInput, DrawingInput, LotInput};
use trede_wire::score_result::{LanguageCode, ResultOptions, score_whatever_size};

/// What a replay found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The version of the engine that scored.
    pub scored_by: String,
    /// The version of the engine that replayed.
    pub replayed_by: &'static str,
    /// Where the record does not follow; empty when it does.
    pub differences: Vec<Difference>,
}

/// Replays an evaluation from its record alone.
#[must_use]
pub fn replay(record: &EvaluationRecord) -> Replay {
    let mut found = Vec::new();
    if record.format != FORMAT {
        found.push(Difference::new("/format", &record.format, FORMAT));
    }
    let fingerprint = sha256_hex(&canonical_bytes(&record.input));
    if record.fingerprint != fingerprint {
        found.push(Difference::new("/fingerprint", &record.fingerprint, fingerprint));
    }
    check_result(record, &mut found);
    match record.input.lots.as_slice() {
        [lot] => {
            check_drawing(record, lot, &mut found);
            for (index, bid) in lot.bids.iter().enumerate() {
                let place = format!("/input/lots/0/bids/{index}");
                check_scores(record, lot, bid, &place, &mut found);
                check_exclusion(record, bid, &place, &mut found);
            }
        }
        lots => found.push(Difference::new("/input/lots", format!("{} lots", lots.len()), "one lot")),
    }
    Replay { scored_by: record.engine_version.clone(), replayed_by: ENGINE_VERSION, differences: found }
}

/// The record does not say in which language its texts are: those of the language that fits better count.
fn check_result(record: &EvaluationRecord, found: &mut Vec<Difference>) {
    let in_language = |language| {
        let mut differences = Vec::new();
        match score_whatever_size(&record.input, ResultOptions { language, explain: true, analyse: true }) {
            Ok(mut result) => {
                // Another version of the engine is told of, and is no difference by itself.
                result.engine_version.clone_from(&record.engine_version);
                let follows = serde_json::to_value(result).unwrap_or_default();
                compare("/result", &record.result, &follows, &mut differences);
            }
            Err(failure) => {
                let errors = failure.findings(Language::English);
                differences.extend(errors.into_iter().map(|error| {
                    Difference::new(format!("/input{}", error.pointer), error.detail, error.remedy)
                }));
            }
        }
        differences
    };
    let dutch = in_language(LanguageCode::Nl);
    let best = if dutch.is_empty() {
        dutch
    } else {
        let english = in_language(LanguageCode::En);
        if english.len() < dutch.len() { english } else { dutch }
    };
    found.extend(best);
}

/// The scores that went in are those that the assessors gave.
fn check_scores(
    record: &EvaluationRecord,
    lot: &LotInput,
    bid: &BidInput,
    place: &str,
    found: &mut Vec<Difference>,
) {
    let is_combined = lot.award_model.assessment.is_some();
    let given: Vec<_> =
        record.assessments.iter().filter(|given| given.bid_id.to_string() == bid.id).collect();
    let mut scores: BTreeMap<&str, &str> = BTreeMap::new();
    let mut alone: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for own in given.iter().filter(|given| given.kind == AssessmentKind::Individual) {
        if is_combined {
            alone.entry(&own.criterion).or_default().push((&own.assessor, &own.score));
        } else {
            scores.insert(&own.criterion, &own.score);
        }
    }
    for agreed in given.iter().filter(|given| given.kind == AssessmentKind::Consensus) {
        scores.insert(&agreed.criterion, &agreed.score);
    }
    compare(&format!("{place}/scores"), &json!(bid.scores), &json!(scores), found);
    let recorded: BTreeMap<&str, Vec<(&str, &str)>> = bid
        .assessor_scores
        .iter()
        .map(|(criterion, scores)| {
            let scores = scores.iter().map(|own| (own.assessor.as_str(), own.score.as_str()));
            (criterion.as_str(), sorted(scores.collect()))
        })
        .collect();
    let alone: BTreeMap<_, _> = alone.into_iter().map(|(key, scores)| (key, sorted(scores))).collect();
    compare(&format!("{place}/assessorScores"), &json!(recorded), &json!(alone), found);
}

fn sorted<'a>(mut scores: Vec<(&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
    scores.sort_unstable();
    scores
}

/// A bid takes part unless the dossier says otherwise, or the buyer excluded it in the evaluation itself.
fn check_exclusion(record: &EvaluationRecord, bid: &BidInput, place: &str, found: &mut Vec<Difference>) {
    let facts = || record.dossier.iter().map(|entry| (entry.id, &entry.fact));
    let standing = standing_disqualifications(facts());
    let by_dossier = standing.iter().find(|(id, _)| id.to_string() == bid.id);
    let is_recorded = facts()
        .any(|(_, fact)| matches!(fact, Fact::BidDisqualified(fact) if fact.bid_id.to_string() == bid.id));
    let follows = match by_dossier {
        Some((_, (_, fact))) => json!({"stage": fact.stage, "reason": fact.reason}),
        None if is_recorded => Value::Null,
        None => return,
    };
    compare(&format!("{place}/exclusion"), &json!(bid.exclusion), &follows, found);
}

/// A drawing by a random value is one of the dossier; the engine has checked the order that follows from it.
fn check_drawing(record: &EvaluationRecord, lot: &LotInput, found: &mut Vec<Difference>) {
    let Some(drawing) = lot.drawing.as_ref().filter(|drawing| drawing.randomness.is_some()) else { return };
    let held = record.dossier.iter().filter_map(|entry| match &entry.fact {
        Fact::LotsDrawn(held) => Some(DrawingInput::from(held)),
        _ => None,
    });
    let held: Vec<DrawingInput> = held.collect();
    if held.contains(drawing) {
        return;
    }
    let nearest = held.last().map_or(Value::Null, |held| json!(held));
    compare("/input/lots/0/drawing", &json!(drawing), &nearest, found);
}
