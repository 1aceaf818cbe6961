//! A study that cannot be run says where, what and what would be right, in both languages.

use serde_json::{Value, json};
use trede_lab::StudyCode;
use trede_rules::explaining::Language;
use trede_rules::explaining::finding::Code;

use crate::support::{file, read, relative, whole_market, whole_model};

fn sound() -> Value {
    let mut file = file(json!([whole_model("m", relative())]), whole_market());
    file["tenders"] = json!(1_000);
    file
}

/// The codes and places of what is wrong after a change.
fn wrong(change: impl FnOnce(&mut Value)) -> Vec<(String, String)> {
    let mut file = sound();
    change(&mut file);
    let errors = read(&file).err().unwrap_or_default();
    for error in &errors {
        for language in [Language::Dutch, Language::English] {
            let result = error.result(language);
            assert!(!result.detail.contains('{') && !result.remedy.contains('{'), "{result:?}");
        }
        let place = file.pointer(error.place());
        let parent = error.place().rsplit_once('/').and_then(|(parent, _)| file.pointer(parent));
        assert!(place.or(parent).is_some(), "{} is nowhere in the file", error.place());
    }
    errors.iter().map(|error| (error.code().to_owned(), error.place().to_owned())).collect()
}

fn one(code: &str, place: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), place.to_owned())]
}

#[test]
fn a_sound_study_has_no_errors() {
    assert_eq!(wrong(|_| {}), []);
}

#[test]
fn the_frame_of_a_study_is_checked() {
    assert_eq!(wrong(|file| file["tenders"] = json!(999)), one("out-of-range", "/tenders"));
    assert_eq!(wrong(|file| file["tenders"] = json!(100_001)), one("out-of-range", "/tenders"));
    assert_eq!(wrong(|file| file["assumptions"] = json!([" "])), one("nothing-given", "/assumptions"));
    assert_eq!(wrong(|file| file["models"] = json!([])), one("nothing-given", "/models"));
    let twice = |file: &mut Value| {
        file["models"] = json!([whole_model("m", relative()), whole_model("m", relative())])
    };
    assert_eq!(wrong(twice), one("duplicate-id", "/models/1/id"));
    assert_eq!(
        wrong(|file| file["market"]["bidders"][0]["id"] = json!("a b")),
        one("invalid-id", "/market/bidders/0/id")
    );
    let crowd = wrong(|file| file["market"]["bidders"][0]["count"] = json!(49));
    assert_eq!(crowd, one("out-of-range", "/market/bidders"));
}

#[test]
fn a_study_that_would_take_too_long_is_refused_with_what_it_takes() {
    let found = wrong(|file| {
        file["tenders"] = json!(100_000);
        file["models"] = (0..10).map(|n| whole_model(&format!("m{n}"), relative())).collect();
        file["market"]["bidders"][0]["count"] = json!(39);
    });
    // 100,000 tenders × 41 bids × 10 models × 5 criteria = 205 million.
    assert_eq!(found, one("study-too-large", "/tenders"));
}

#[test]
fn what_is_wrong_with_a_model_is_told_at_its_place() {
    let found = wrong(|file| file["models"][0]["awardModel"]["criteria"][0]["weight"] = json!("41"));
    assert_eq!(found, one("weights-do-not-sum", "/models/0/awardModel/criteria"));
    let found = wrong(|file| {
        let mut other = whole_model("n", relative());
        other["awardModel"]["pso"]["ladderVersion"] = json!("pso-before-2023");
        other["awardModel"]["criteria"][1]["levels"]["rows"].as_array_mut().unwrap().remove(1);
        file["models"].as_array_mut().unwrap().push(other);
    });
    assert_eq!(found, one("ladders-differ", "/models/1/awardModel/pso"));
}

#[test]
fn a_draw_fits_its_shape_and_what_models_ask() {
    let price = "/market/bidders/0/price";
    let drawn = |draw: Value| wrong(move |file| file["market"]["bidders"][0]["price"] = draw);
    let uniform = |from: &str, to: &str| json!({ "shape": "uniform", "from": from, "to": to, "decimals": 2 });
    assert_eq!(drawn(uniform("5", "4")), one("bounds-empty", price));
    assert_eq!(drawn(uniform("0", "4")), one("draw-outside", price));
    assert_eq!(drawn(uniform("1", "10000000001")), one("draw-outside", price));
    assert_eq!(drawn(uniform("1.001", "4")), one("too-fine", &format!("{price}/from")));
    assert_eq!(
        drawn(json!({ "shape": "uniform", "from": "1", "to": "2", "decimals": 3 })),
        one("too-fine", price)
    );
    let found = drawn(json!({ "shape": "triangular", "from": "1", "to": "2", "mean": "1", "decimals": 2 }));
    let places: Vec<&str> = found.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(places, [format!("{price}/mode"), format!("{price}/mean")]);
    assert_eq!(
        wrong(|file| file["market"]["bidders"][0]["scores"]["plan"]["to"] = json!("101")),
        one("draw-outside", "/market/bidders/0/scores/plan")
    );
    let gone = |file: &mut Value| {
        drop(file["market"]["bidders"][0]["scores"].as_object_mut().unwrap().remove("plan"))
    };
    assert_eq!(wrong(gone), one("draw-missing", "/market/bidders/0/scores/plan"));
    let typo = |file: &mut Value| {
        file["market"]["bidders"][0]["scores"]["plann"] = json!({ "shape": "values", "values": ["5"] })
    };
    assert_eq!(wrong(typo), one("draw-unused", "/market/bidders/0/scores/plann"));
}

#[test]
fn levels_are_on_the_ladder_and_their_chances_are_whole() {
    let levels = "/market/bidders/0/levels";
    assert_eq!(
        wrong(|file| file["market"]["bidders"][0]["levels"][0]["percent"] = json!("69")),
        one("chances-do-not-sum", levels)
    );
    let found = wrong(|file| file["market"]["bidders"][0]["levels"][0]["level"] = json!("trede-9"));
    assert_eq!(found, one("unknown-level", &format!("{levels}/0/level")));
}

#[test]
fn what_cannot_go_together_is_refused() {
    let together = |correlations: Value, shared: Value| {
        wrong(move |file| {
            file["market"]["correlations"] = correlations;
            file["market"]["shared"] = shared;
        })
    };
    let pair = |a: &str, b: &str, c: &str| json!({ "between": [a, b], "coefficient": c });
    let circle =
        json!([pair("price", "plan", "0.9"), pair("plan", "milieu", "0.9"), pair("price", "milieu", "-0.9")]);
    assert_eq!(together(circle, json!([])), one("correlations-contradict", "/market/correlations"));
    // What is shared leaves 0.5 of each for what is the bid's own: 0.6 of both does not fit in it.
    let shared = json!([{ "of": "plan", "coefficient": "0.5" }, { "of": "milieu", "coefficient": "0.5" }]);
    assert_eq!(
        together(json!([pair("plan", "milieu", "0.6")]), shared.clone()),
        one("correlations-contradict", "/market/correlations")
    );
    assert_eq!(together(json!([pair("plan", "milieu", "0.5")]), shared), []);
    assert_eq!(
        together(json!([pair("plan", "plan", "0.5")]), json!([])),
        one("same-draw", "/market/correlations/0")
    );
    assert_eq!(
        together(json!([pair("plan", "prijs", "0.5")]), json!([])),
        one("unknown-draw", "/market/correlations/0/between/1")
    );
    assert_eq!(
        together(json!([pair("plan", "price", "1.5")]), json!([])),
        one("out-of-range", "/market/correlations/0/coefficient")
    );
}

#[test]
fn life_cycle_costs_are_not_drawn() {
    let found = wrong(|file| {
        file["models"][0]["awardModel"]["criteria"][0] = json!({
            "id": "kosten", "kind": "life-cycle-cost", "weight": "40", "lifeCycle": { "years": 3, "ratePercent": "2" }
        });
    });
    assert_eq!(found.last().unwrap().0, "life-cycle-not-drawn", "{found:?}");
}

#[test]
fn every_code_has_texts_in_both_languages_that_differ() {
    for code in StudyCode::ALL {
        let (dutch, english) = (code.texts(Language::Dutch), code.texts(Language::English));
        assert!(dutch.0 != english.0 && !dutch.1.is_empty() && !english.1.is_empty(), "{code:?}");
    }
}
