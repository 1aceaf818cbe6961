//! The worked cases of the SROI method come out to the cent.

use serde_json::json;

use crate::support::*;

#[test]
fn the_employment_programme_has_a_ratio_of_1_44_and_a_net_ratio_of_0_44() {
    let result = sroi(&example("sroi-werkprogramma.json")).unwrap();
    assert_eq!(rounded(&result.sroi_ratio), "1.44");
    assert_eq!(rounded(&result.net_sroi_ratio), "0.44");
    let years: Vec<(&str, &str)> = result.outcomes[0]
        .years
        .iter()
        .map(|year| (year.impact.rounded.as_str(), year.present_value.rounded.as_str()))
        .collect();
    assert_eq!(years, [("214200", "214200"), ("149940", "144869.57")]);
    assert_eq!(rounded(&result.payback_months_simple), "14.01");
    assert_eq!(rounded(&result.payback_years_cumulative), "1.24");
}

#[test]
fn the_other_convention_gives_1_39_for_the_same_case() {
    let mut file = example("sroi-werkprogramma.json");
    file["discounting"]["convention"] = json!("end-of-year");
    let result = sroi(&file).unwrap();
    assert_eq!(rounded(&result.sroi_ratio), "1.39");
    assert_eq!(rounded(&result.net_sroi_ratio), "0.39");
}

#[test]
fn a_ratio_of_exactly_2_675_is_reported_as_2_68() {
    let result = sroi(&example("sroi-scholing.json")).unwrap();
    assert_eq!(result.sroi_ratio.as_ref().unwrap().exact, "2.675");
    assert_eq!(rounded(&result.sroi_ratio), "2.68");
    assert_eq!(rounded(&result.net_sroi_ratio), "1.68");
}

#[test]
fn one_placement_of_three_years_has_a_ratio_below_one() {
    let result = sroi(&example("sroi-plaatsing.json")).unwrap();
    assert_eq!(result.impact.rounded, "16489.87");
    assert_eq!(result.total_present_value.rounded, "36632.73");
    assert_eq!(rounded(&result.sroi_ratio), "0.73");
    assert!(result.payback_years_cumulative.is_none());
    assert!(result.warnings.iter().any(|warning| warning.code == "unusual-ratio"));
}

#[test]
fn without_inputs_there_is_no_ratio() {
    let result = sroi(&value_map("0", "0", "end-of-year", json!([outcome("a", "1", "10", 1)]))).unwrap();
    assert!(result.sroi_ratio.is_none() && result.net_sroi_ratio.is_none() && result.sensitivity.is_none());
    assert!(result.payback_months_simple.is_none());
    assert_eq!(result.total_present_value.rounded, "10");
    assert!(result.warnings.iter().any(|warning| warning.code == "no-inputs"));
}

#[test]
fn a_negative_outcome_keeps_its_sign() {
    let outcomes = json!([outcome("a", "2", "100", 1), outcome("b", "1", "-50", 1)]);
    let result = sroi(&value_map("100", "0", "end-of-year", outcomes)).unwrap();
    assert_eq!(result.total_present_value.rounded, "150");
    assert_eq!(rounded(&result.net_sroi_ratio), "0.5");
}

#[test]
fn a_full_drop_off_leaves_the_first_year_whole() {
    let mut lasting = outcome("a", "1", "100", 3);
    lasting["dropOff"] = reduction("100");
    let result = sroi(&value_map("100", "3", "first-year-undiscounted", json!([lasting]))).unwrap();
    assert_eq!(result.total_present_value.rounded, "100");
}

#[test]
fn a_start_offset_discounts_more_and_delays_the_payback() {
    let mut late = outcome("a", "1", "100", 2);
    late["startOffsetYears"] = json!(1);
    let result = sroi(&value_map("150", "25", "end-of-year", json!([late]))).unwrap();
    let years: Vec<(u32, &str)> = result.outcomes[0]
        .years
        .iter()
        .map(|year| (year.year, year.present_value.rounded.as_str()))
        .collect();
    assert_eq!(years, [(2, "64"), (3, "51.2")]);
    assert_eq!(rounded(&result.payback_years_cumulative), "2.5");
}

#[test]
fn each_break_even_value_makes_the_ratio_one() {
    let file = example("sroi-werkprogramma.json");
    let found = sroi(&file).unwrap().sensitivity.unwrap();
    let fields = [
        ("quantity", "/outcomes/0/quantity"),
        ("proxy", "/outcomes/0/proxy/amount"),
        ("deadweight", "/outcomes/0/deadweight/percent"),
        ("displacement", "/outcomes/0/displacement/percent"),
        ("attribution", "/outcomes/0/attribution/percent"),
        ("drop-off", "/outcomes/0/dropOff/percent"),
    ];
    assert_eq!(found.assumptions.len(), fields.len() + 1);
    for (name, pointer) in fields {
        let assumption = found.assumptions.iter().find(|a| a.assumption == name).unwrap();
        let value: rust_decimal::Decimal =
            assumption.break_even.as_ref().unwrap_or_else(|| panic!("{name}")).exact.parse().unwrap();
        let mut changed = file.clone();
        *changed.pointer_mut(pointer).unwrap() = json!(value.round_dp(4).to_string());
        assert_eq!(rounded(&sroi(&changed).unwrap().sroi_ratio), "1", "{name}");
    }
}

#[test]
fn the_break_even_rate_is_the_internal_rate_of_return() {
    // 149,940 a year later is worth the 35,800 that year 1 leaves open at a rate of 318.83 percent.
    let found = sroi(&example("sroi-werkprogramma.json")).unwrap().sensitivity.unwrap();
    let rate = found.assumptions.iter().find(|a| a.assumption == "rate").unwrap();
    assert_eq!(rounded(&rate.break_even), "318.83");
}

#[test]
fn the_range_is_that_of_the_single_variations() {
    let found = sroi(&example("sroi-werkprogramma.json")).unwrap().sensitivity.unwrap();
    // Quantity and proxy are proportional to the ratio, so ten percent less of either is a tenth off.
    let quantity = &found.assumptions[0];
    assert_eq!(quantity.lower.as_deref(), Some("54"));
    assert_eq!(rounded(&quantity.ratio_at_lower), "1.29");
    assert_eq!(rounded(&found.lowest_ratio), "1.29");
    assert_eq!(rounded(&found.highest_ratio), "1.58");
}

#[test]
fn benefit_that_two_proxies_contain_is_pointed_out() {
    let mut file = example("sroi-plaatsing.json");
    file["outcomes"][1]["proxy"]["covers"] = json!(["benefit"]);
    let result = sroi(&file).unwrap();
    let pointers: Vec<&str> = result
        .warnings
        .iter()
        .filter(|warning| warning.code == "covered-twice")
        .map(|warning| warning.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/outcomes/1/proxy/covers"]);
}

#[test]
fn the_output_says_how_the_ratio_may_not_be_used() {
    let result = sroi(&example("sroi-scholing.json")).unwrap();
    assert_eq!(
        result.notes,
        ["Ratios of different studies are not comparable.", "Never rank bids by this ratio alone."]
    );
}

#[test]
fn the_explanation_redoes_the_ratio() {
    let steps = sroi(&example("sroi-werkprogramma.json")).unwrap().explanation.unwrap();
    let impact = steps.iter().find(|step| step.rule == "sroi-impact").unwrap();
    assert_eq!(impact.outcome.as_deref(), Some("aan-het-werk"));
    assert_eq!(impact.calculation, "510,000 × (1 − 0.4) × (1 − 0) × (1 − 0.3)");
    assert_eq!(impact.result, "214200");
    let present = steps.iter().rfind(|s| s.rule == "sroi-present-value-first-year-undiscounted").unwrap();
    assert_eq!(present.calculation, "149,940 / (1 + 0.035)^(2 − 1 + 0)");
    assert!(
        steps.iter().any(|step| step.rule == "sroi-ratio")
            && steps.iter().any(|s| s.rule == "sroi-net-ratio")
    );
}

#[test]
fn neither_payback_counts_an_outcome_before_it_starts() {
    let mut late = outcome("late", "1", "1000", 5);
    late["startOffsetYears"] = json!(2);
    let result =
        sroi(&value_map("3000", "0", "end-of-year", json!([outcome("early", "1", "1000", 5), late])))
            .unwrap();
    // Two years at 1,000, then half a year at 2,000.
    assert_eq!(rounded(&result.payback_months_simple), "30");
    assert_eq!(rounded(&result.payback_years_cumulative), "2.5");
    let mut alone = outcome("late", "1", "1000", 5);
    alone["startOffsetYears"] = json!(2);
    let result = sroi(&value_map("500", "0", "end-of-year", json!([alone]))).unwrap();
    assert_eq!(rounded(&result.payback_months_simple), "30");
}

#[test]
fn a_discount_rate_may_be_below_zero_and_then_what_comes_later_is_worth_more() {
    let file = |rate: &str| value_map("1000", rate, "end-of-year", json!([outcome("a", "1", "990", 1)]));
    assert_eq!(rounded(&sroi(&file("-1")).unwrap().sroi_ratio), "1");
    assert_eq!(sroi(&file("-1")).unwrap().rate_percent, "-1");
    for wrong in ["-100", "-101", "100.0001"] {
        assert_eq!(sroi(&file(wrong)).unwrap_err(), ["no-discount-rate /discounting/ratePercent"], "{wrong}");
    }
}
