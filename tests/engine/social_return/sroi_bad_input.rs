//! A value map that cannot be trusted is refused, with every place that is wrong.

use serde_json::{Value, json};

use crate::social_return::support::*;

fn one_outcome(outcome: Value) -> Value {
    value_map("100", "2.25", "end-of-year", json!([outcome]))
}

#[test]
fn what_must_be_given_has_no_default() {
    let file = one_outcome(outcome("a", "1", "10", 2));
    for pointer in [
        "/outcomes/0/deadweight",
        "/outcomes/0/displacement",
        "/outcomes/0/attribution",
        "/outcomes/0/evidence",
        "/discounting/convention",
        "/discounting/validFrom",
        "/priceYear",
        "/policyVersion",
    ] {
        let mut without = file.clone();
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        without.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(field);
        let errors = sroi(&without).unwrap_err();
        assert!(errors[0].contains(&format!("missing field `{field}`")), "{pointer}: {errors:?}");
    }
}

#[test]
fn a_zero_is_explained_as_well() {
    let mut blank = outcome("a", "1", "10", 1);
    blank["deadweight"]["explanation"] = json!(" ");
    blank["evidence"] = json!("");
    blank["proxy"]["source"] = json!("");
    assert_eq!(
        sroi(&one_outcome(blank)).unwrap_err(),
        [
            "text-missing /outcomes/0/evidence",
            "text-missing /outcomes/0/proxy/source",
            "text-missing /outcomes/0/deadweight/explanation"
        ]
    );
}

#[test]
fn a_percentage_lies_between_zero_and_a_hundred() {
    for percent in ["-0.01", "100.01", "1.00001"] {
        let mut wrong = outcome("a", "1", "10", 1);
        wrong["attribution"]["percent"] = json!(percent);
        assert_eq!(
            sroi(&one_outcome(wrong)).unwrap_err(),
            ["not-a-percentage /outcomes/0/attribution/percent"]
        );
    }
}

#[test]
fn a_drop_off_belongs_to_an_outcome_of_several_years() {
    let mut long = outcome("a", "1", "10", 2);
    long.as_object_mut().unwrap().remove("dropOff");
    assert_eq!(sroi(&one_outcome(long)).unwrap_err(), ["drop-off-missing /outcomes/0/dropOff"]);
    let mut short = outcome("a", "1", "10", 1);
    short["dropOff"] = reduction("10");
    assert_eq!(sroi(&one_outcome(short)).unwrap_err(), ["drop-off-unused /outcomes/0/dropOff"]);
}

#[test]
fn years_are_bounded() {
    for years in [0, 31] {
        let mut wrong = outcome("a", "1", "10", 2);
        wrong["durationYears"] = json!(years);
        assert_eq!(sroi(&one_outcome(wrong)).unwrap_err(), ["years-out-of-range /outcomes/0/durationYears"]);
    }
}

#[test]
fn the_value_of_a_building_block_is_no_proxy() {
    let mut block = outcome("a", "1", "40000", 1);
    block["proxy"]["source"] = json!("Bouwblokken social return, gemeente");
    assert_eq!(sroi(&one_outcome(block)).unwrap_err(), ["block-value-as-proxy /outcomes/0/proxy/source"]);
}

#[test]
fn identifiers_stand_once_and_outcomes_are_there() {
    let twice =
        value_map("1", "0", "end-of-year", json!([outcome("a", "1", "1", 1), outcome("a", "1", "1", 1)]));
    assert_eq!(sroi(&twice).unwrap_err(), ["duplicate-id /outcomes/1/id"]);
    assert_eq!(sroi(&value_map("1", "0", "end-of-year", json!([]))).unwrap_err(), ["no-outcomes /outcomes"]);
}

#[test]
fn negative_inputs_and_quantities_are_refused() {
    let file = value_map("-1", "0", "end-of-year", json!([outcome("a", "-1", "1", 1)]));
    assert_eq!(
        sroi(&file).unwrap_err(),
        ["negative-amount /inputs/0/amount", "negative-amount /outcomes/0/quantity"]
    );
}

#[test]
fn an_unknown_field_is_refused() {
    let mut file = one_outcome(outcome("a", "1", "10", 1));
    file["rate"] = json!("3");
    assert!(sroi(&file).unwrap_err()[0].contains("unknown field `rate`"));
}
