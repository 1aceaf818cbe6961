//! Every sum can be redone: each step of an explanation is calculated again from what is printed in it, in both
//! languages, and each number in it stands in the tender, or comes out of a step before it or of another bid.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod calculator;
mod declared;
mod in_hand;
mod random;
mod tenders;

use std::collections::BTreeSet;

use calculator::{Calculator, rational, result_of};
use in_hand::in_hand;
use num_rational::BigRational;
use num_traits::Zero;
use random::Random;
use serde_json::{Value, json};
use trede_rules::explaining::{Language, Rule};
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{LanguageCode, LotResult, ResultOptions, ScoreResult, StepResult, score};

fn explained(file: &Value, language: LanguageCode) -> Option<ScoreResult> {
    let file: ScoreFile =
        parse(file.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}: {file}"));
    score(&file, ResultOptions { language, explain: true, analyse: false }).ok()
}

/// Redoes every step in both languages; the rules that were met are added to `met`.
fn redo(file: &Value, met: &mut BTreeSet<String>) -> bool {
    for (code, language) in [(LanguageCode::Nl, Language::Dutch), (LanguageCode::En, Language::English)] {
        let Some(result) = explained(file, code) else { return false };
        let lot = &result.lots[0];
        for bid in &lot.ranking {
            let mut known = in_hand(file);
            // What other bids come to, this one is held against.
            let others = lot.ranking.iter().filter(|other| other.id != bid.id);
            let of_others = others.flat_map(|other| other.explanation.iter().flatten());
            known.extend(of_others.map(|step| step.result.clone()));
            known.extend(in_hand::sums(file, lot));
            for step in bid.explanation.as_ref().unwrap() {
                let place = format!("{} of {}: {} in {file}", step.rule, bid.id, step.calculation);
                redo_step(step, language, &place);
                for (index, term) in step.terms.iter().enumerate() {
                    // The price that gives the same total is found, and not calculated by a formula of the step.
                    if step.rule == "award-factor-euros" && index == 1 {
                        continue;
                    }
                    assert!(known.contains(&term.value), "{place}: where does {} come from?", term.value);
                }
                known.insert(step.result.clone());
                met.insert(step.rule.clone());
            }
        }
        redo_bounds(file, lot, language, met);
    }
    true
}

/// Redoes how the bounds for low bids come about.
fn redo_bounds(file: &Value, lot: &LotResult, language: Language, met: &mut BTreeSet<String>) {
    let mut known = in_hand(file);
    for step in &lot.low_bid_steps {
        let place = format!("{}: {} in {file}", step.rule, step.calculation);
        redo_step(step, language, &place);
        for term in &step.terms {
            assert!(known.contains(&term.value), "{place}: where does {} come from?", term.value);
        }
        known.insert(step.result.clone());
        met.insert(step.rule.clone());
    }
}

fn redo_step(step: &StepResult, language: Language, place: &str) {
    assert!(!step.name.is_empty() && !step.source.is_empty(), "{place}");
    if step.rule == "logarithmic" {
        return;
    }
    let to_even = step.rule.ends_with("half-even");
    let value = Calculator::value(&step.calculation, language, to_even).unwrap_or_else(BigRational::zero);
    assert_eq!(value, result_of(step), "{place}");
}

/// A tender in which every bid that is compared is ranked, so that its steps are told.
fn without_drop_outs(mut file: Value) -> Value {
    let lot = &mut file["lots"][0];
    lot["awardModel"].as_object_mut().unwrap().remove("totalThreshold");
    for bid in lot["bids"].as_array_mut().unwrap() {
        bid.as_object_mut().unwrap().remove("exclusion");
    }
    file
}

/// Tenders for the rules that hold at an end: nothing at all, everything equal, a price of zero.
fn ends() -> Vec<Value> {
    let one = |model: Value, bids: Value| json!({ "lots": [{ "id": "LOT-0001", "awardModel": model, "bids": bids }] });
    let price = json!({ "id": "price", "kind": "price", "weight": "60" });
    let quality =
        json!({ "id": "q", "kind": "assessed-quality", "weight": "40", "scale": { "highest": "10" } });
    let model = |method: Value, criteria: Value| {
        let zero = if method["code"] == "utility-index" { "refuse" } else { "takes-all" };
        json!({
            "method": method, "weightUnit": "points", "dropOut": "recompute", "zeroPrice": zero, "criteria": criteria
        })
    };
    let bids = |prices: [&str; 2], scores: [&str; 2]| {
        json!([
            { "id": "A", "price": prices[0], "scores": { "q": scores[0] }, "facts": { "n": "0" } },
            { "id": "B", "price": prices[1], "scores": { "q": scores[1] }, "facts": { "n": "0" } }
        ])
    };
    let weighed = json!([price, quality]);
    let number = |scoring: &str| json!([price, quality, { "id": "n", "kind": "numeric", "weight": "5", "numeric": { "scoring": scoring } }]);
    let plain = |mut bids: Value| {
        for bid in bids.as_array_mut().unwrap() {
            bid.as_object_mut().unwrap().remove("facts");
        }
        bids
    };
    let fixed = json!([{ "id": "pay", "kind": "fixed-price", "amount": "1000" }, quality]);
    let unpriced = json!([{ "id": "A", "scores": { "q": "7" } }, { "id": "B", "scores": { "q": "6" } }]);
    let best = json!([price, { "id": "q", "kind": "assessed-quality", "weight": "40", "scale": { "highest": "10" }, "relativeToBest": true }]);
    let far = json!([{ "id": "price", "kind": "price", "weight": "20" }, { "id": "q", "kind": "assessed-quality", "weight": "80", "scale": { "highest": "10" } }]);
    let corridor = json!({ "fullPointsAt": "100", "zeroPointsAt": "700", "below": "clip", "above": "clip" });
    vec![
        one(
            model(json!({ "code": "absolute-linear", "corridor": corridor }), weighed.clone()),
            plain(bids(["50", "800"], ["6", "7"])),
        ),
        one(
            model(json!({ "code": "relative-lowest" }), weighed.clone()),
            plain(bids(["0", "100"], ["6", "7"])),
        ),
        one(model(json!({ "code": "lowest-to-highest" }), weighed), plain(bids(["100", "100"], ["6", "7"]))),
        one(
            model(json!({ "code": "relative-lowest" }), number("relative-lowest")),
            bids(["90", "100"], ["6", "7"]),
        ),
        one(
            model(json!({ "code": "relative-lowest" }), number("relative-highest")),
            bids(["90", "100"], ["6", "7"]),
        ),
        one(model(json!({ "code": "relative-lowest" }), best), plain(bids(["90", "100"], ["0", "0"]))),
        one(model(json!({ "code": "quality-only" }), fixed), unpriced),
        one(model(json!({ "code": "utility-index" }), far), plain(bids(["90", "100"], ["10", "1"]))),
    ]
}

/// Leaves a thousand tenders in the folder in `SCORE_SAMPLES`, where a check with another program wants them.
#[allow(clippy::disallowed_methods)]
fn leave(random: &mut Random) {
    let Some(folder) = std::env::var_os("SCORE_SAMPLES") else { return };
    for number in 0..1000 {
        let path = std::path::Path::new(&folder).join(format!("tender-{number}.json"));
        std::fs::write(path, tenders::tender(number, random).to_string()).unwrap();
    }
}

#[test]
fn every_step_of_every_rule_is_redone_from_what_is_printed() {
    let mut random = Random::new(84);
    let mut met = BTreeSet::new();
    let tenders: Vec<Value> =
        (0..216).map(|number| without_drop_outs(tenders::tender(number, &mut random))).collect();
    leave(&mut random);
    let scored = tenders.iter().filter(|file| redo(file, &mut met)).count();
    assert!(scored >= 185, "only {scored} could be scored");
    for file in ends().into_iter().chain(declared::tenders()) {
        assert!(redo(&file, &mut met), "{file}");
    }
    let missing: Vec<&str> =
        Rule::ALL.iter().map(|rule| rule.code()).filter(|code| !met.contains(*code)).collect();
    assert_eq!(missing, [""; 0], "are rules that no tender here shows");
}

#[test]
fn a_rounding_says_its_place_and_its_mode() {
    for rule in [Rule::RoundedScore, Rule::RoundedScoreEven, Rule::RoundedTotal, Rule::RoundedTotalEven] {
        let (dutch, english) = (rule.name(Language::Dutch), rule.name(Language::English));
        let even = rule.code().ends_with("half-even");
        assert!(dutch.contains(if even { "naar het even cijfer" } else { "van nul af" }), "{dutch}");
        assert!(english.contains(if even { "to the even digit" } else { "away from zero" }), "{english}");
        let total = rule.code().contains("total");
        assert!(dutch.contains(if total { "Totaal" } else { "criterium" }), "{dutch}");
    }
}

#[test]
fn the_total_that_an_award_factor_compares_with_is_worked_out() {
    let mut random = Random::new(3);
    let mut with_factor = 0;
    for number in 0..21 {
        let file = without_drop_outs(tenders::tender(number, &mut random));
        let Some(result) = explained(&file, LanguageCode::Nl) else { continue };
        for bid in &result.lots[0].ranking {
            let steps = bid.explanation.as_ref().unwrap();
            let Some(factor) = steps.iter().find(|step| step.rule == "award-factor-points") else { continue };
            if rational(&factor.result).is_zero() || factor.fraction.is_some() {
                continue;
            }
            with_factor += 1;
            let told = steps.iter().any(|step| step.name.ends_with("(zonder trede en toezegging)"));
            assert!(told, "{} of {number}: {}", bid.id, factor.calculation);
        }
    }
    assert!(with_factor > 10, "only {with_factor}");
}
