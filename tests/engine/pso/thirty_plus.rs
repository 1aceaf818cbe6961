//! PSO 30+: at least 30 percent of the workers, by heads or by fte, without people on placements.

use serde_json::{Value, json};
use trede_wire::pso_result::NotCountedCode;

use crate::pso::support::*;

fn people(position: &str, contract: &str, count: usize) -> Value {
    let one = |index: usize| {
        let mut worker = worker(&format!("W-{index}"), "40");
        worker["position"] = json!(position);
        worker["contract"] = json!(contract);
        worker
    };
    (0..count).map(one).collect()
}

fn file(workers: Value, policy: Value) -> Value {
    let weights = json!({ "version": "pso-manual-1.7" });
    with(with(with_workers("10", workers), "thirtyPlus", policy), "weights", weights)
}

fn by_fte() -> Value {
    json!({ "measure": "fte", "longSecondmentCounts": false })
}

#[test]
fn three_of_ten_is_enough_and_a_bit_less_is_not() {
    let result = measured(&file(people("wsw", "regular", 3), by_fte()));
    let thirty_plus = result.thirty_plus.unwrap();
    assert_eq!(thirty_plus.share.exact, "30");
    assert!(thirty_plus.enough && thirty_plus.on_highest_level);
    assert_eq!(thirty_plus.level.as_deref(), Some("trede-3-30+"));
    let mut fewer = people("wsw", "regular", 3);
    fewer[0]["hoursPerWeek"] = json!("39.99");
    let thirty_plus = measured(&file(fewer, by_fte())).thirty_plus.unwrap();
    assert!(!thirty_plus.enough && thirty_plus.level.is_none());
}

#[test]
fn people_on_a_placement_count_for_the_contribution_but_not_for_30_plus() {
    for position in ["bbl-bol-1", "bbl-bol-2", "vso-pro-placement"] {
        let result = measured(&file(people(position, "regular", 4), by_fte()));
        let thirty_plus = result.thirty_plus.unwrap();
        assert_eq!(thirty_plus.share.exact, "0", "{position}");
        assert_eq!(thirty_plus.left_out[0].reason, NotCountedCode::Placement);
        assert_eq!(thirty_plus.left_out[0].people, 4);
        assert!(result.somebody_at_work);
    }
}

#[test]
fn thirty_plus_counts_fte_without_weights() {
    let result = measured(&file(people("ww", "regular", 4), by_fte()));
    assert_eq!(result.weighted_fte.exact, "3");
    assert_eq!(result.thirty_plus.unwrap().share.exact, "40");
}

#[test]
fn heads_and_fte_are_two_measures_of_which_the_policy_names_one() {
    let mut part_time = people("wsw", "regular", 4);
    for worker in part_time.as_array_mut().unwrap() {
        worker["hoursPerWeek"] = json!("20");
    }
    let share = |policy: Value| {
        let share = measured(&file(part_time.clone(), policy)).thirty_plus.unwrap().share;
        share.fraction.unwrap_or(share.exact)
    };
    assert_eq!(share(by_fte()), "20");
    let heads = json!({ "measure": "heads", "totalHeads": 12, "longSecondmentCounts": false });
    assert_eq!(share(heads), "100/3");
}

#[test]
fn long_lasting_secondment_counts_only_when_the_policy_says_so() {
    let mut seconded = people("wsw", "secondment", 3);
    seconded[0]["longLasting"] = json!(true);
    seconded[1]["longLasting"] = json!(true);
    let share = |counts: bool| {
        let policy = json!({ "measure": "fte", "longSecondmentCounts": counts });
        measured(&file(seconded.clone(), policy)).thirty_plus.unwrap().share.exact
    };
    assert_eq!(share(false), "0");
    assert_eq!(share(true), "20");
}

#[test]
fn only_the_own_payroll_counts() {
    for contract in
        ["flex", "internship", "work-experience", "re-integration", "trial-placement", "sw-seconded-out"]
    {
        let result = measured(&file(people("wsw", contract, 4), by_fte()));
        assert_eq!(result.thirty_plus.unwrap().share.exact, "0", "{contract}");
    }
    let result = measured(&file(people("wsw", "supported-employment", 4), by_fte()));
    assert_eq!(result.thirty_plus.unwrap().share.exact, "40");
}

#[test]
fn thirty_plus_is_only_read_on_top_of_the_highest_level() {
    // Four people at work for a month only: below trede 3, though by heads they are 40 percent.
    let mut workers = people("wsw", "regular", 4);
    for worker in workers.as_array_mut().unwrap() {
        worker["months"] = json!("1");
    }
    let policy = json!({ "measure": "heads", "totalHeads": 10, "longSecondmentCounts": false });
    let thirty_plus = measured(&file(workers, policy)).thirty_plus.unwrap();
    assert!(thirty_plus.enough && !thirty_plus.on_highest_level);
    assert!(thirty_plus.level.is_none());
}

#[test]
fn more_people_than_the_organisation_has_is_an_error() {
    let policy =
        |heads: u32| json!({ "measure": "heads", "totalHeads": heads, "longSecondmentCounts": false });
    let errors = outcome(&file(people("wsw", "regular", 4), policy(3))).unwrap_err();
    assert_eq!(errors, ["more-than-total /thirtyPlus/totalHeads"]);
    assert!(outcome(&file(people("wsw", "regular", 4), policy(4))).is_ok());
    let errors = outcome(&file(people("wsw", "regular", 4), policy(0))).unwrap_err();
    assert_eq!(errors, ["heads-missing /thirtyPlus/totalHeads"]);
    let both = json!({ "measure": "fte", "totalHeads": 5, "longSecondmentCounts": false });
    assert_eq!(outcome(&file(json!([]), both)).unwrap_err(), ["heads-unused /thirtyPlus/totalHeads"]);
}

#[test]
fn without_a_policy_thirty_plus_is_not_told() {
    assert!(measured(&with_workers("10", people("wsw", "regular", 4))).thirty_plus.is_none());
}
