//! The same study gives the same result.

use serde_json::{Value, json};
use trede_rules::explaining::Language;

use crate::support::{file, ran, ran_on, relative, whole_market, whole_model};

fn two_models() -> Value {
    let mut file = file(
        json!([
            whole_model("relatief", relative()),
            whole_model("log", json!({ "code": "logarithmic", "base": "2" }))
        ]),
        whole_market(),
    );
    file["tenders"] = json!(1_000);
    file["assessorPoint"] = json!({ "points": "10", "assessors": 3 });
    file
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let bytes = |threads| serde_json::to_vec(&ran_on(&two_models(), threads, Language::Dutch)).unwrap();
    let one = bytes(1);
    for threads in [2, 3, 7] {
        assert_eq!(bytes(threads), one);
    }
}

#[test]
fn another_seed_gives_another_sample_within_the_error_it_states() {
    let first = ran(&two_models());
    let mut other = two_models();
    other["seed"] = json!(7);
    let second = ran(&other);
    assert_ne!(first.fingerprint, second.fingerprint);
    let wins = |result: &trede_wire::lab_result::LabResult| result.models[0].winners[0].wins.clone();
    let (a, b) = (wins(&first), wins(&second));
    assert_ne!(a.count, b.count);
    let number = crate::support::number;
    let apart = (number(&a.percent) - number(&b.percent)).abs();
    assert!(apart <= 2.0 * (number(&a.margin) + number(&b.margin)), "{a:?} {b:?}");
}

#[test]
fn a_model_beside_another_is_judged_as_it_is_alone() {
    let both = ran(&two_models());
    let mut alone = two_models();
    alone["models"].as_array_mut().unwrap().remove(0);
    assert_eq!(ran(&alone).models[0], both.models[1]);
}

#[test]
fn progress_adds_up_to_all_tenders() {
    let told = std::sync::atomic::AtomicU64::new(0);
    let study = crate::support::study(&two_models());
    trede_lab::run(&study, |done| {
        told.fetch_add(done, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(told.into_inner(), 1_000);
}
