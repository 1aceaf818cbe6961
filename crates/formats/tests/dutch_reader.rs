//! Letters and reports of the examples say only what a reader knows: names and titles, never ids; no codes, no raw
//! decimals, no moments of a machine; and one language.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../../../tests/support/score_examples.rs"]
mod score_examples;

use std::collections::BTreeMap;
use std::path::Path;

use score_examples::score_examples;
use serde_json::{Map, Value};
use trede_formats::award_letter::{Advantage, Letter, OwnScore, render, samples, shipped};
use trede_formats::evaluation_report::{
    EvaluationReport, ReportAuthority, ReportCandidate, ReportDecision, ReportHandOver, ReportLowPrices,
    ReportProcedure, ReportPsoClaim, markdown,
};
use trede_model::awarding::award_letter::{LetterKind, LetterLanguage};
use trede_rules::award::model::Method;
use trede_rules::explaining::Language;
use trede_wire::json::parse;
use trede_wire::score_file::{CriterionInput, LotInput, ScoreFile};
use trede_wire::score_result::{BidResult, LanguageCode, LotResult, ResultOptions, score};

/// The examples that are scored, with ids that no text holds by chance.
fn examples() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    score_examples(&folder).into_iter().map(|(name, file)| (name, with_telling_ids(&file))).collect()
}

/// The file with a UUID for each bid, and an id that says that it is one for each criterion with a title.
fn with_telling_ids(file: &Value) -> Value {
    let mut names = BTreeMap::new();
    for lot in file["lots"].as_array().unwrap() {
        for bid in lot["bids"].as_array().unwrap() {
            let number = names.len();
            let uuid = format!("019f0000-0000-7000-8000-{number:012}");
            names.entry(bid["id"].as_str().unwrap().to_owned()).or_insert(uuid);
        }
        collect(&lot["awardModel"]["criteria"], &mut names);
    }
    renamed(file, &names)
}

fn collect(criteria: &Value, names: &mut BTreeMap<String, String>) {
    for criterion in criteria.as_array().into_iter().flatten() {
        if criterion["title"].is_string() {
            let number = names.len();
            names
                .entry(criterion["id"].as_str().unwrap().to_owned())
                .or_insert(format!("criterion-id-{number}"));
        }
        collect(&criterion["criteria"], names);
    }
}

/// The maps in which a bid answers by the ids of criteria.
const ANSWERS: [&str; 6] = ["scores", "assessorScores", "commitments", "facts", "prices", "lifeCycle"];

fn renamed(value: &Value, names: &BTreeMap<String, String>) -> Value {
    let of = |text: &String| names.get(text).unwrap_or(text).clone();
    match value {
        Value::String(text) => Value::String(of(text)),
        Value::Array(all) => all.iter().map(|one| renamed(one, names)).collect(),
        Value::Object(all) => {
            let member = |(key, one): (&String, &Value)| {
                // A title is no id, although it may be the same word.
                if ["title", "bidder", "name", "kind", "code"].contains(&key.as_str()) {
                    return (key.clone(), one.clone());
                }
                let mut one = renamed(one, names);
                if let (true, Some(answers)) = (ANSWERS.contains(&key.as_str()), one.as_object_mut()) {
                    *answers =
                        std::mem::take(answers).into_iter().map(|(id, answer)| (of(&id), answer)).collect();
                }
                (key.clone(), one)
            };
            Value::Object(all.iter().map(member).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// What stands in a text that no reader should have to read.
fn faults(text: &str, language: Language) -> Vec<String> {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || "()|;«»".contains(c)).collect();
    let mut found: Vec<String> = Vec::new();
    // A time of day is written with a point: 14.03 uur.
    let times = words.iter().zip(words.iter().skip(1)).filter(|(_, after)| after.starts_with("uur"));
    let times: Vec<&str> = times.map(|(time, _)| *time).collect();
    for word in words.iter().map(|word| word.trim_matches(['.', ',', ':', '*', '#'])) {
        if times.contains(&word) {
            continue;
        }
        let digits = word.trim_start_matches('−');
        let is_code = codes().contains(&word);
        let is_uuid = word.len() == 36 && word.matches('-').count() == 4;
        let is_moment = word.len() > 15 && word.contains('T') && word.ends_with('Z') || is_iso_day(word);
        if is_code || is_uuid || is_moment || word.starts_with("criterion-id-") || is_raw(digits, language) {
            found.push(word.to_owned());
        }
    }
    found
}

fn is_iso_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    parts.len() == 3
        && parts[0].len() == 4
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

/// A number that is not written as the language writes it: a wrong decimal sign, no sign between thousands, or more
/// decimals than anybody reads.
fn is_raw(word: &str, language: Language) -> bool {
    if word.is_empty() || !word.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        return false;
    }
    let (thousands, point) = match language {
        Language::Dutch => ('.', ','),
        Language::English => (',', '.'),
    };
    let (whole, decimals) = word.split_once(point).unwrap_or((word, ""));
    let groups: Vec<&str> = whole.split(thousands).collect();
    let is_grouped = groups[1..].iter().all(|group| group.len() == 3) && groups[0].len() <= 3;
    // Years and numbers of registers stand without a sign between thousands.
    let is_plain = groups.len() == 1 && decimals.is_empty();
    // Below one the first decimals can be zeros.
    let most = if whole == "0" { 8 } else { 4 };
    !(is_plain || is_grouped) || decimals.len() > most || !decimals.bytes().all(|b| b.is_ascii_digit())
}

/// The codes of what a report tells of: methods, rules, levels, grounds.
fn codes() -> Vec<&'static str> {
    let methods =
        [Method::AbsoluteLinear, Method::RelativeLowest, Method::LowestToHighest, Method::AwardOnValue];
    let mut codes: Vec<&str> = methods.iter().map(Method::code).collect();
    codes.extend([
        "linear-on-lowest",
        "level-points",
        "fictitious-discount",
        "lowest-price",
        "lowest-cost",
        "extended-ratio",
        "price-quality-ratio",
        "utility-index",
        "knock-out",
        "threshold",
        "above-ceiling",
        "dropped-out",
        "outside-bounds",
        "total-below-minimum",
        "below-mean-of-others",
        "below-next",
        "below-mean",
        "below-amount",
        "trede-1",
        "trede-2",
        "trede-3",
        "trede-3-30+",
        "aspirant",
        "basistrede",
        "pso-2023",
        "keep-ranking",
        "recompute",
        "not-found",
        "equivalent-claimed",
    ]);
    codes
}

#[test]
fn what_is_looked_for_is_found() {
    for fault in [
        "84.5",
        "019f0000-0000-7000-8000-000000000001",
        "2026-05-15T10:00:00Z",
        "2026-05-15",
        "trede-2",
        "1234,5678901",
        "12345,60",
    ] {
        assert_eq!(faults(&format!("Totaal {fault}."), Language::Dutch), [fault], "{fault}");
    }
    assert_eq!(
        faults(
            "Totaal € 1.250.000,50, plaats 2, KvK 12345678, 15 mei 2026 om 14.03 uur, 84,125.",
            Language::Dutch
        ),
        [""; 0]
    );
    assert_eq!(faults("Total 1,250,000.50 of 84.125", Language::English), [""; 0]);
}

/// The words by which a text of one language gives itself away in the other.
fn foreign(text: &str, language: Language) -> Vec<String> {
    let words: &[&str] = match language {
        Language::Dutch => {
            &["the", "is below", "does not meet", "reaches", "your", "without a level", "score of"]
        }
        Language::English => &["het", "niet", "haalt", "voldoet", "geachte", "van de", "uw"],
    };
    let plain = format!(" {} ", text.to_lowercase().replace(['\n', '.', ',', ':', ';', '(', ')'], " "));
    words.iter().filter(|word| plain.contains(&format!(" {word} "))).map(ToString::to_string).collect()
}

/// The proposal to award the lot to who is first.
fn decision_for(winner: &str, when: chrono::DateTime<chrono::Utc>) -> ReportDecision {
    ReportDecision {
        bid_id: winner.to_owned(),
        winners: Vec::new(),
        reserves: Vec::new(),
        evaluation_id: "019f0000-0000-7000-8000-999999999999".to_owned(),
        motivation: "De beste prijs-kwaliteitverhouding.".to_owned(),
        proposed_at: when,
        standstill_days: 20,
        standstill_until_on: Some("2026-06-04".parse().unwrap()),
        withdrawn_at: None,
        awarded_at: None,
    }
}

fn of_lot(lot: &LotInput, result: &LotResult, file: &ScoreFile) -> EvaluationReport {
    let kvk = |index: usize| format!("{:08}", 10_000_001 + index);
    let when = "2026-05-15T12:03:00Z".parse().unwrap();
    let candidates = lot.bids.iter().enumerate().map(|(index, bid)| {
        let ranked = result.ranking.iter().find(|ranked| ranked.id == bid.id);
        let excluded = result.excluded.iter().find(|excluded| excluded.id == bid.id);
        ReportCandidate {
            bid_id: bid.id.clone(),
            kvk_number: kvk(index),
            name: bid.bidder.as_ref().map(|bidder| bidder.name.clone()),
            received_at: when,
            rank: ranked.map(|ranked| ranked.rank),
            total: ranked.map(|ranked| ranked.total.declared.clone()),
            rejected_for: excluded
                .iter()
                .flat_map(|bid| &bid.reasons)
                .map(|reason| reason.detail.clone())
                .collect(),
        }
    });
    let decision = result.first.first().map(|winner| decision_for(winner, when));
    let claims = lot.bids.iter().filter_map(|bid| {
        let claim = bid.pso.as_ref()?;
        Some(ReportPsoClaim {
            bid_id: bid.id.clone(),
            member: None,
            kvk_number: None,
            level: claim.level.clone(),
        })
    });
    EvaluationReport {
        authority: ReportAuthority {
            municipality: "GM0344".to_owned(),
            name: file.tender.buyer.clone().unwrap_or_else(|| "Gemeente Voorbeeldstad".to_owned()),
            tender_id: "019f0000-0000-7000-8000-888888888888".to_owned(),
            reference: file.tender.reference.clone(),
            subject: file.tender.title.clone().unwrap_or_else(|| "Groenonderhoud".to_owned()),
            lot_id: lot.id.clone(),
            lot_number: 1,
            lot: lot.title.clone().unwrap_or_else(|| "Perceel".to_owned()),
            cpv_codes: vec!["77310000".to_owned()],
            estimated_value: None,
            above_threshold: file.tender.above_threshold,
        },
        candidates: candidates.collect(),
        abnormally_low: ReportLowPrices { flags: result.abnormally_low.clone(), inquiries: Vec::new() },
        award: decision.clone(),
        subcontracting: None,
        procedure: ReportProcedure {
            bid_custody: "trede".to_owned(),
            bid_envelopes: "two".to_owned(),
            deadline_at: Some(when),
            negotiated: None,
            without_publication: None,
            openings: Vec::new(),
            hand_over: Some(ReportHandOver {
                number_of_bids: 3,
                completed_at: when,
                completed_by: "platform-1".to_owned(),
            }),
            steps: Vec::new(),
        },
        not_awarded: Vec::new(),
        non_electronic_means: Vec::new(),
        conflicts: Vec::new(),
        award_model: Some(lot.award_model.clone()),
        evaluations: Vec::new(),
        assessments: Vec::new(),
        pso_evidence: Vec::new(),
        pso_unchecked: claims.collect(),
        sensitivity: result.analysis.clone(),
        decisions: decision.into_iter().collect(),
        dossier: Vec::new(),
        audit_heads: Vec::new(),
    }
}

#[test]
fn the_reports_of_the_examples_are_for_people() {
    for (name, file) in examples() {
        let file: ScoreFile = parse(file.to_string().as_bytes()).unwrap();
        let options = ResultOptions { language: LanguageCode::Nl, explain: false, analyse: true };
        let result = score(&file, options).unwrap();
        for lot in &file.lots {
            let of = result.lots.iter().find(|of| of.id == lot.id).unwrap();
            let text = markdown(&of_lot(lot, of, &file));
            assert_eq!(faults(&text, Language::Dutch), [""; 0], "{name}: {text}");
            assert_eq!(foreign(&text, Language::Dutch), [""; 0], "{name}: {text}");
            let claimed = lot.bids.iter().any(|bid| bid.pso.is_some());
            assert_eq!(text.contains("lid van de combinatie zonder KvK-nummer"), claimed, "{name}");
            assert_eq!(text.contains("nog niet gecontroleerd"), claimed, "{name}");
        }
    }
}

fn written(plain: &str, language: Language) -> String {
    let short =
        plain.parse::<rust_decimal::Decimal>().map(|number| number.round_dp(4).normalize().to_string());
    language.localised(&short.unwrap())
}

/// The letter to a bidder, as the record of an evaluation makes it.
fn letter(own: &BidResult, lot: &LotResult, language: LetterLanguage) -> Letter {
    let number = |plain: &str| match language {
        LetterLanguage::Dutch => written(plain, Language::Dutch),
        LetterLanguage::English => written(plain, Language::English),
    };
    let [sample, ..] = samples(language);
    let winner = &lot.ranking[0];
    let pairs = || own.criteria.iter().zip(&winner.criteria).filter(|(own, _)| own.full.is_some());
    let title = |title: &Option<String>| title.clone().expect("the examples name their criteria");
    Letter {
        kind: if own.rank == 1 { LetterKind::Winner } else { LetterKind::Ranked },
        bidder: own.bidder.clone().unwrap(),
        winner: winner.bidder.clone().unwrap(),
        rank: Some(own.rank),
        ranked: lot.ranking.len(),
        total: Some(number(&own.total.declared)),
        winner_total: Some(number(&winner.total.declared)),
        scores: pairs()
            .map(|(own, theirs)| OwnScore {
                criterion: title(&own.title),
                full: own.full.as_deref().map(number),
                score: number(&own.declared),
                winner: Some(number(&theirs.declared)),
                motivations: Vec::new(),
            })
            .collect(),
        advantages: pairs()
            .map(|(own, theirs)| Advantage {
                criterion: title(&own.title),
                own: number(&own.declared),
                winner: number(&theirs.declared),
                difference: number(&theirs.declared),
            })
            .collect(),
        motivation: "–".to_owned(),
        ..sample
    }
}

#[test]
fn a_name_stands_in_a_report_as_it_was_typed() {
    for (name, file) in examples() {
        let file: ScoreFile = parse(file.to_string().as_bytes()).unwrap();
        let options = ResultOptions { language: LanguageCode::Nl, explain: false, analyse: true };
        let result = score(&file, options).unwrap();
        for lot in &file.lots {
            let mut report = of_lot(lot, result.lots.iter().find(|of| of.id == lot.id).unwrap(), &file);
            report.candidates.iter_mut().for_each(|bid| bid.name = Some("Groen & <Zo>".to_owned()));
            let text = markdown(&report);
            assert!(text.contains("Groen &amp; &lt;Zo&gt;"), "{name}: {text}");
            assert!(!text.contains("&amp;amp;") && !text.contains("Groen & "), "{name}: {text}");
        }
    }
}

#[test]
fn the_letters_of_the_examples_are_for_people_in_one_language() {
    for (name, file) in examples() {
        let file: ScoreFile = parse(file.to_string().as_bytes()).unwrap();
        for (code, language, of) in [
            (LanguageCode::Nl, Language::Dutch, LetterLanguage::Dutch),
            (LanguageCode::En, Language::English, LetterLanguage::English),
        ] {
            let result = score(&file, ResultOptions { language: code, ..ResultOptions::default() }).unwrap();
            for lot in &result.lots {
                for bid in &lot.ranking {
                    let text = render(shipped(of), &letter(bid, lot, of)).unwrap();
                    assert_eq!(faults(&text, language), [""; 0], "{name}: {text}");
                    let frame = text.split("\n## ").next().unwrap();
                    assert_eq!(foreign(frame, language), [""; 0], "{name}: {text}");
                }
                for excluded in &lot.excluded {
                    let [.., sample] = samples(of);
                    let reasons = excluded.reasons.iter().map(|reason| reason.detail.clone()).collect();
                    let text = render(shipped(of), &Letter { reasons, motivation: "–".to_owned(), ..sample })
                        .unwrap();
                    assert_eq!(faults(&text, language), [""; 0], "{name}: {text}");
                    for of_compared in
                        ["Relatieve voordelen", "Relative advantages", "Uw totaal", "Your total"]
                    {
                        assert!(!text.contains(of_compared), "{name}: {text}");
                    }
                }
            }
        }
    }
}

/// The criteria of the examples have titles, so that no letter has to show an id.
#[test]
fn every_criterion_of_the_examples_has_a_title() {
    fn titled(criteria: &[CriterionInput]) -> bool {
        criteria.iter().all(|criterion| criterion.title.is_some() && titled(&criterion.criteria))
    }
    for (name, file) in examples() {
        let file: ScoreFile = parse(file.to_string().as_bytes()).unwrap();
        assert!(file.lots.iter().all(|lot| titled(&lot.award_model.criteria)), "{name}");
    }
}
