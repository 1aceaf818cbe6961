//! What a value map must hold, and what a reader of its ratio should ask about.

use trede_rules::sroi::{
    DropOff, MAX_OUTCOMES, MAX_YEARS, Outcome, Reduction, SroiFindingCode as Code, ValueMap,
};

use crate::builders::value_map::{Written, a_value_map, an_outcome, lasting, taking};
use crate::builders::x;

fn one(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

fn a_map() -> Written {
    a_value_map(100).outcome(an_outcome("o", 1, 300))
}

#[test]
fn every_text_of_a_map_is_written() {
    assert_eq!(a_map().errors(), []);
    let blank = |change: fn(&mut ValueMap)| a_map().with(change).errors();
    let missing = |place: &str| one(Code::TextMissing, place);
    assert_eq!(blank(|map| map.study.title.clear()), missing("/title"));
    assert_eq!(blank(|map| map.study.policy_version = " ".into()), missing("/policyVersion"));
    assert_eq!(blank(|map| map.discounting.source.clear()), missing("/discounting/source"));
    assert_eq!(blank(|map| map.inputs[0].id.clear()), missing("/inputs/0/id"));
    assert_eq!(blank(|map| map.inputs[0].stakeholder.clear()), missing("/inputs/0/stakeholder"));
    assert_eq!(blank(|map| map.inputs[0].source.clear()), missing("/inputs/0/source"));
    assert_eq!(blank(|map| map.outcomes[0].stakeholder.clear()), missing("/outcomes/0/stakeholder"));
    assert_eq!(blank(|map| map.outcomes[0].evidence.clear()), missing("/outcomes/0/evidence"));
    assert_eq!(blank(|map| map.outcomes[0].proxy.source.clear()), missing("/outcomes/0/proxy/source"));
    assert_eq!(
        blank(|map| map.outcomes[0].deadweight.explanation.clear()),
        missing("/outcomes/0/deadweight/explanation")
    );
    assert_eq!(
        blank(|map| map.outcomes[0].displacement.explanation.clear()),
        missing("/outcomes/0/displacement/explanation")
    );
    assert_eq!(
        blank(|map| map.outcomes[0].attribution.explanation.clear()),
        missing("/outcomes/0/attribution/explanation")
    );
    let reduction = Reduction { explanation: String::new(), ..taking(10) };
    let unexplained =
        Outcome { drop_off: DropOff::Yearly(reduction), duration_years: 2, ..an_outcome("o", 1, 1) };
    assert_eq!(a_value_map(1).outcome(unexplained).errors(), missing("/outcomes/0/dropOff/explanation"));
}

#[test]
fn inputs_and_quantities_are_zero_or_more_and_a_proxy_may_be_negative() {
    assert_eq!(a_value_map(0).outcome(an_outcome("o", 0, -5)).errors(), []);
    assert_eq!(
        a_value_map(-1).outcome(an_outcome("o", 1, 1)).errors(),
        one(Code::NegativeAmount, "/inputs/0/amount")
    );
    assert_eq!(
        a_value_map(1).outcome(an_outcome("o", -1, 1)).errors(),
        one(Code::NegativeAmount, "/outcomes/0/quantity")
    );
}

#[test]
fn a_map_has_one_to_a_hundred_outcomes() {
    let with = |count: usize| {
        (0..count).fold(a_value_map(1), |map, index| map.outcome(an_outcome(&index.to_string(), 1, 1)))
    };
    assert_eq!(with(0).errors(), one(Code::NoOutcomes, "/outcomes"));
    assert_eq!(with(MAX_OUTCOMES).errors(), []);
    assert_eq!(with(MAX_OUTCOMES + 1).errors(), one(Code::TooManyOutcomes, "/outcomes"));
}

#[test]
fn identifiers_stand_once_among_inputs_and_once_among_outcomes() {
    let twice = a_map().outcome(an_outcome("o", 1, 1));
    assert_eq!(twice.errors(), one(Code::DuplicateId, "/outcomes/1/id"));
    let inputs = a_map().with(|map| map.inputs.push(map.inputs[0].clone()));
    assert_eq!(inputs.errors(), one(Code::DuplicateId, "/inputs/1/id"));
    assert_eq!(
        a_value_map(1).outcome(an_outcome("i", 1, 1)).errors(),
        [],
        "an input and an outcome may share a name"
    );
}

#[test]
fn an_outcome_lasts_one_to_thirty_years_and_starts_within_thirty() {
    let with = |duration_years, start_offset_years| {
        let outcome = Outcome { start_offset_years, ..lasting(an_outcome("o", 1, 1), duration_years, 0) };
        a_value_map(1).outcome(outcome).errors()
    };
    assert_eq!([with(2, 0), with(MAX_YEARS, MAX_YEARS)], [vec![], vec![]]);
    assert_eq!(with(MAX_YEARS + 1, 0), one(Code::NumberOfYears, "/outcomes/0/durationYears"));
    assert_eq!(with(0, 0), one(Code::NumberOfYears, "/outcomes/0/durationYears"));
    assert_eq!(with(2, MAX_YEARS + 1), one(Code::NumberOfYears, "/outcomes/0/startOffsetYears"));
}

#[test]
fn a_drop_off_is_typed_for_more_than_one_year_and_only_then() {
    let single =
        |years| a_value_map(1).outcome(Outcome { duration_years: years, ..an_outcome("o", 1, 1) }).errors();
    assert_eq!(single(1), []);
    assert_eq!(single(2), one(Code::DropOffMissing, "/outcomes/0/dropOff"));
    let unused = a_value_map(1).outcome(lasting(an_outcome("o", 1, 1), 1, 10));
    assert_eq!(unused.errors(), one(Code::DropOffUnused, "/outcomes/0/dropOff"));
}

#[test]
fn a_table_of_building_blocks_is_no_financial_proxy() {
    for source in ["Bouwblokken Utrecht", "the building blocks of 2025", "building-block table"] {
        let map = a_map().with(|map| map.outcomes[0].proxy.source = source.to_owned());
        assert_eq!(map.errors(), one(Code::BlockValueAsProxy, "/outcomes/0/proxy/source"), "{source}");
    }
}

/// A map of which every assumption is usual: deadweight 20, attribution 25, ratio 2.
fn usual() -> Written {
    let outcome = Outcome { deadweight: taking(20), attribution: taking(25), ..an_outcome("o", 1, 500) };
    a_value_map(150).outcome(outcome)
}

/// From a study of 383 published reports, from the 10th to the 90th percentile.
#[test]
fn shares_outside_four_in_five_reports_are_asked_about() {
    assert_eq!(usual().warnings(), []);
    let unusual = |place: &str| one(Code::UnusualShare, place);
    let with = |deadweight: &str, attribution: &str| {
        let (deadweight, attribution) = (taking(deadweight), taking(attribution));
        let outcome = Outcome { deadweight, attribution, ..an_outcome("o", 1, 2000) };
        a_value_map(200).outcome(outcome).warnings()
    };
    assert_eq!([with("5", "10"), with("50", "53")], [vec![], vec![]]);
    assert_eq!(
        [with("4.99", "10"), with("50.01", "53")],
        [unusual("/outcomes/0/deadweight"), unusual("/outcomes/0/deadweight")]
    );
    assert_eq!(
        [with("5", "9.99"), with("50", "53.01")],
        [unusual("/outcomes/0/attribution"), unusual("/outcomes/0/attribution")]
    );
    let dropping = |drop_off: &str| {
        usual().with(|map| map.outcomes[0] = lasting(map.outcomes[0].clone(), 2, drop_off)).warnings()
    };
    assert_eq!([dropping("10"), dropping("50")], [vec![], vec![]]);
    assert_eq!(
        [dropping("9.99"), dropping("50.01")],
        [unusual("/outcomes/0/dropOff"), unusual("/outcomes/0/dropOff")]
    );
}

#[test]
fn a_ratio_outside_four_in_five_reports_is_asked_about() {
    // An impact of 300 euros.
    let ratio = |inputs: &str| usual().with(|map| map.inputs[0].euros = x(inputs)).warnings();
    let unusual = || one(Code::UnusualRatio, "");
    assert_eq!(usual().with(|map| map.outcomes[0].quantity = x("0.65")).warnings(), [], "just 1.3");
    assert_eq!(usual().with(|map| map.outcomes[0].quantity = x("5.1")).warnings(), [], "just 10.2");
    assert_eq!([ratio("231"), ratio("29")], [unusual(), unusual()]);
    assert_eq!(ratio("0"), one(Code::NoInputs, "/inputs"));
}

#[test]
fn prices_of_another_year_are_asked_about() {
    let map = usual().with(|map| map.outcomes[0].proxy.price_year = 2019);
    assert_eq!(map.warnings(), one(Code::PriceYearDiffers, "/outcomes/0/proxy/priceYear"));
}

#[test]
fn euros_that_two_proxies_of_one_stakeholder_cover_are_asked_about() {
    let covering = |stakeholder: &str, covers: &str| {
        let mut outcome = Outcome { stakeholder: stakeholder.into(), ..usual().0.outcomes.remove(0) };
        outcome.id = format!("{stakeholder} {covers}");
        outcome.proxy.covers = vec![covers.to_owned()];
        outcome
    };
    let two =
        |other: Outcome| a_value_map(300).outcome(covering("city", "benefit")).outcome(other).warnings();
    let again = Outcome { id: "again".into(), ..covering("city", "benefit") };
    assert_eq!(two(again), one(Code::CoveredTwice, "/outcomes/1/proxy/covers"));
    assert_eq!(two(covering("state", "benefit")), []);
    assert_eq!(two(covering("city", "health")), []);
}
