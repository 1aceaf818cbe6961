//! From a value map to its ratio: published cases, years, discounting, payback.

use trede_base::exact::Exact;
use trede_rules::sroi::{Convention, DropOff, Outcome};

use crate::builders::value_map::{Written, a_value_map, an_outcome, lasting, taking};
use crate::builders::{fraction, rounded, x};

/// Cabinet Office guide, an employment programme: 60 × 8,500, DW 40, AT 30, DO 30 %, 2 years, 3.5 %.
fn employment(convention: Convention) -> Written {
    let outcome = Outcome { deadweight: taking(40), attribution: taking(30), ..an_outcome("jobs", 60, 8500) };
    a_value_map(250_000).rate("3.5", convention).outcome(lasting(outcome, 2, 30))
}

#[test]
fn the_employment_programme_yields_1_44_with_its_first_year_undiscounted_and_1_39_otherwise() {
    let found = employment(Convention::FirstYearUndiscounted).valued();
    let years: Vec<_> = found.outcomes[0]
        .years
        .iter()
        .map(|year| (rounded(&year.impact, 2), rounded(&year.present_value, 2)))
        .collect();
    let expected = [("214200", "214200"), ("149940", "144869.57")];
    assert_eq!(years, expected.map(|(impact, value)| (impact.to_owned(), value.to_owned())));
    assert_eq!(rounded(found.ratio.as_ref().unwrap(), 2), "1.44");
    assert_eq!(rounded(found.net_ratio.as_ref().unwrap(), 2), "0.44");
    let end = employment(Convention::EndOfYear).valued();
    assert_eq!(rounded(end.ratio.as_ref().unwrap(), 2), "1.39");
}

/// A training: 107,000 a year for five years at a rate of zero, of 200,000.
#[test]
fn the_training_yields_just_2_675() {
    let found = a_value_map(200_000).outcome(lasting(an_outcome("training", 1, 107_000), 5, 0)).valued();
    assert_eq!(found.ratio, Some(x("2.675")));
    assert_eq!(rounded(found.ratio.as_ref().unwrap(), 2), "2.68");
    assert_eq!(rounded(found.net_ratio.as_ref().unwrap(), 2), "1.68");
    assert_eq!(found.net_present_value, x(335_000));
}

/// One placement of three years: proxies 18,768 + 2,900 + 11,050; DW 30, DI 10, AT 20, DO 25 %; 2.25 %, end of year.
fn placement() -> Written {
    [18_768, 2_900, 11_050].into_iter().enumerate().fold(
        a_value_map(50_000).rate("2.25", Convention::EndOfYear),
        |map, (index, proxy)| {
            let outcome = Outcome {
                deadweight: taking(30),
                displacement: taking(10),
                attribution: taking(20),
                ..an_outcome(&index.to_string(), 1, proxy)
            };
            map.outcome(lasting(outcome, 3, 25))
        },
    )
}

#[test]
fn the_placement_yields_less_than_it_costs_and_says_so() {
    let found = placement().valued();
    assert_eq!(rounded(&found.impact, 2), "16489.87");
    assert_eq!(rounded(&found.present_value, 2), "36632.73");
    assert_eq!(rounded(found.ratio.as_ref().unwrap(), 2), "0.73");
}

#[test]
fn the_value_of_an_outcome_is_the_sum_of_its_years() {
    for map in [placement(), employment(Convention::EndOfYear), employment(Convention::FirstYearUndiscounted)]
    {
        for outcome in map.valued().outcomes {
            let sum = Exact::sum(outcome.years.iter().map(|year| &year.present_value));
            assert_eq!(outcome.present_value, sum);
            assert_eq!(outcome.present_value, outcome.impact.times(&outcome.years_factor));
        }
    }
}

#[test]
fn a_start_offset_discounts_by_its_years_and_moves_the_calendar() {
    let later = |offset, convention| {
        let outcome = Outcome { start_offset_years: offset, ..lasting(an_outcome("o", 1, 121), 2, 50) };
        a_value_map(100).rate(10, convention).outcome(outcome).valued()
    };
    let found = later(1, Convention::EndOfYear);
    let years: Vec<_> =
        found.outcomes[0].years.iter().map(|year| (year.calendar_year, year.present_value.shown())).collect();
    assert_eq!(years, [(2, "100".to_owned()), (3, fraction(500, 11).shown())]);
    let undiscounted = later(1, Convention::FirstYearUndiscounted);
    assert_eq!(undiscounted.outcomes[0].years[0].present_value, x(110));
    assert_eq!(later(0, Convention::FirstYearUndiscounted).outcomes[0].years[0].present_value, x(121));
    assert_eq!(later(0, Convention::EndOfYear).outcomes[0].years[0].present_value, x(110));
}

#[test]
fn an_outcome_of_one_year_has_no_drop_off_and_a_negative_one_keeps_its_sign() {
    let found =
        a_value_map(100).outcome(an_outcome("good", 2, 100)).outcome(an_outcome("bad", 1, -50)).valued();
    assert_eq!((found.present_value, found.ratio), (x(150), Some(x("1.5"))));
    assert_eq!(DropOff::SingleYear.share().exact(), x(0));
    assert_eq!(DropOff::Yearly(taking(25)).share().exact(), x("0.25"));
}

#[test]
fn without_inputs_there_is_no_ratio_and_no_payback() {
    let found = a_value_map(0).outcome(an_outcome("o", 1, 100)).valued();
    assert_eq!((found.ratio.clone(), found.net_ratio.clone()), (None, None));
    assert_eq!((found.payback.simple_months.clone(), found.payback.cumulative_years.clone()), (None, None));
    assert_eq!(found.net_present_value, x(100));
}

#[test]
fn impact_returns_the_inputs_after_so_many_months_and_within_a_year() {
    let found = a_value_map(150).outcome(lasting(an_outcome("o", 1, 100), 3, 0)).valued();
    assert_eq!(found.payback.simple_months, Some(x(18)));
    assert_eq!(found.payback.cumulative_years, Some(x("1.5")));
    let just = a_value_map(200).outcome(lasting(an_outcome("o", 1, 100), 2, 0)).valued();
    assert_eq!(just.payback.cumulative_years, Some(x(2)), "just at the end of the second year");
    let short = a_value_map(201).outcome(lasting(an_outcome("o", 1, 100), 2, 0)).valued();
    assert_eq!(
        (short.payback.cumulative_years.clone(), short.payback.simple_months),
        (None, Some(x("24.12")))
    );
    let nothing = a_value_map(201).outcome(an_outcome("o", 0, 100)).valued();
    assert_eq!((nothing.payback.cumulative_years, nothing.payback.simple_months), (None, None));
}

#[test]
fn payback_adds_the_outcomes_of_one_calendar_year() {
    let later = Outcome { start_offset_years: 1, ..an_outcome("later", 1, 100) };
    let map = a_value_map(150).outcome(lasting(an_outcome("o", 1, 100), 2, 50)).outcome(later);
    // Year 1: 100; year 2: 50 + 100.
    assert_eq!(map.valued().payback.cumulative_years, Some(x(1).plus(&fraction(1, 3))));
}

#[test]
fn the_steps_of_a_map_can_be_redone() {
    let found = employment(Convention::FirstYearUndiscounted).valued();
    let codes: Vec<_> =
        found.steps.iter().map(|placed| (placed.outcome.as_deref(), placed.step.rule.code())).collect();
    let expected = [
        (Some("jobs"), "sroi-gross"),
        (Some("jobs"), "sroi-impact"),
        (Some("jobs"), "sroi-present-value-first-year-undiscounted"),
        (Some("jobs"), "sroi-impact-in-year"),
        (Some("jobs"), "sroi-present-value-first-year-undiscounted"),
        (Some("jobs"), "sroi-outcome-value"),
        (None, "sroi-total-inputs"),
        (None, "sroi-total-present-value"),
        (None, "sroi-net-present-value"),
        (None, "sroi-ratio"),
        (None, "sroi-net-ratio"),
        (None, "sroi-payback-simple"),
        (None, "sroi-payback-cumulative"),
    ];
    assert_eq!(codes, expected);
    let end = employment(Convention::EndOfYear).valued();
    assert!(end.steps.iter().any(|placed| placed.step.rule.code() == "sroi-present-value-end-of-year"));
}
