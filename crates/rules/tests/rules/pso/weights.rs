//! Weights by position and contract type: what was published, and what somebody gives besides.

use trede_rules::pso::{
    ContractChange, CountingPeriod, Employment, PUBLISHED_WEIGHTS, PositionChange, ThirtyPlusStanding,
    WeightError, WeightTable,
};

use crate::builders::n;
use crate::builders::organisation::weights;

fn newest() -> WeightTable {
    WeightTable::published("pso-manual-1.9").unwrap()
}

/// PSO-Nederland, de-pso-doelgroep-voor-de-directe-sociale-bijdrage and directe-sociale-bijdrage.
#[test]
fn manual_1_7_weighs_positions_and_contracts_as_published() {
    let position = |code: &str| weights().position(code).unwrap().weight;
    for (code, weight) in [
        ("wsw", "1"),
        ("participatiewet", "1"),
        ("bbl-bol-1", "0.5"),
        ("bbl-bol-2", "0.25"),
        ("ww", "0.75"),
        ("vso-pro-placement", "0.5"),
    ] {
        assert_eq!(position(code), Some(n(weight)), "{code}");
    }
    let contract = |code: &str| weights().contract(code).unwrap().weight;
    for (code, weight) in [
        ("regular", "1"),
        ("supported-employment", "1"),
        ("secondment", "0.9"),
        ("flex", "0.9"),
        ("internship", "0.75"),
        ("trial-placement", "0.5"),
        ("sw-seconded-out", "0"),
    ] {
        assert_eq!(contract(code), Some(n(weight)), "{code}");
    }
    assert_eq!(weights().position("bbl-bol-3-4"), None);
    assert!(weights().positions().iter().all(|position| !position.given));
    assert!(weights().contracts().iter().all(|contract| !contract.given));
}

#[test]
fn manual_1_9_raised_weights_that_it_did_not_publish() {
    for code in ["bbl-bol-1", "bbl-bol-2", "vso-pro-placement", "bbl-bol-3-4"] {
        assert_eq!(newest().position(code).unwrap().weight, None, "{code}");
    }
    assert_eq!(newest().position("ww").unwrap().weight, Some(n("0.75")));
    assert_eq!(newest().positions().len(), weights().positions().len() + 1);
}

#[test]
fn only_published_versions_are_known() {
    assert_eq!(
        PUBLISHED_WEIGHTS.map(|version| WeightTable::published(version).unwrap().version().to_owned()),
        PUBLISHED_WEIGHTS
    );
    assert_eq!(WeightTable::published("pso-manual-1.8"), None);
    assert!(weights().source().contains("PSO-Nederland"));
    let own = weights().renamed("own", "the council");
    assert_eq!(
        (own.version(), own.source(), own.positions().len()),
        ("own", "the council", weights().positions().len())
    );
    assert_eq!(WeightTable::empty("own", "a source").positions(), []);
}

fn a_position(code: &str) -> PositionChange {
    PositionChange { code: code.to_owned(), name: None, weight: None, period: None, thirty_plus: None }
}

fn a_contract(code: &str) -> ContractChange {
    ContractChange { code: code.to_owned(), name: None, weight: None, employment: None }
}

#[test]
fn what_is_given_for_a_position_takes_the_place_of_what_was_published() {
    let change = PositionChange {
        name: Some("BBL 1".to_owned()),
        weight: Some(n("0.8")),
        period: Some(CountingPeriod::Months(12)),
        thirty_plus: Some(true),
        ..a_position("bbl-bol-1")
    };
    let table = newest().with(&[change], &[]).unwrap();
    let found = table.position("bbl-bol-1").unwrap();
    assert_eq!((found.name.as_str(), found.weight, found.given), ("BBL 1", Some(n("0.8")), true));
    assert_eq!((found.period, found.thirty_plus), (CountingPeriod::Months(12), ThirtyPlusStanding::Counts));
    assert_eq!(table.positions().len(), newest().positions().len());
    let kept = newest().with(&[a_position("ww")], &[]).unwrap();
    let (was, is) = (newest().position("ww").cloned().unwrap(), kept.position("ww").cloned().unwrap());
    assert_eq!(
        (is.name, is.weight, is.period, is.thirty_plus),
        (was.name, was.weight, was.period, was.thirty_plus)
    );
}

#[test]
fn months_that_are_given_for_a_lost_status_still_count_from_the_loss() {
    let months = PositionChange { period: Some(CountingPeriod::Months(36)), ..a_position("status-lost") };
    let table = newest().with(&[months], &[]).unwrap();
    assert_eq!(table.position("status-lost").unwrap().period, CountingPeriod::MonthsAfterLoss(36));
    let open = PositionChange { period: Some(CountingPeriod::WhileItLasts), ..a_position("status-lost") };
    let table = newest().with(&[open], &[]).unwrap();
    assert_eq!(table.position("status-lost").unwrap().period, CountingPeriod::WhileItLasts);
}

#[test]
fn a_new_position_knows_only_what_is_given() {
    let table = newest()
        .with(&[PositionChange { thirty_plus: Some(false), ..a_position("own") }, a_position("bare")], &[])
        .unwrap();
    let own = table.position("own").unwrap();
    assert_eq!((own.name.as_str(), own.weight, own.period), ("own", None, CountingPeriod::Unpublished));
    assert_eq!((own.thirty_plus, own.given), (ThirtyPlusStanding::Excluded, true));
    assert_eq!(table.position("bare").unwrap().thirty_plus, ThirtyPlusStanding::Unknown);
}

#[test]
fn contract_types_are_changed_and_added_alike() {
    let secondment = ContractChange {
        weight: Some(n(1)),
        employment: Some(Employment::OwnPayroll),
        ..a_contract("secondment")
    };
    let table = newest().with(&[], &[secondment, a_contract("own"), a_contract("flex")]).unwrap();
    let found = table.contract("secondment").unwrap();
    assert_eq!((found.weight, found.employment, found.given), (Some(n(1)), Employment::OwnPayroll, true));
    let own = table.contract("own").unwrap();
    assert_eq!(
        (own.name.as_str(), own.weight, own.employment, own.given),
        ("own", None, Employment::Other, true)
    );
    let flex = table.contract("flex").unwrap();
    assert_eq!(
        (flex.weight, flex.employment, flex.name.as_str()),
        (Some(n("0.9")), Employment::Other, "Andere flexibele arbeid")
    );
}

#[test]
fn each_code_is_given_once_with_a_weight_from_zero_to_one() {
    let weighing = |weight: &str| PositionChange { weight: Some(n(weight)), ..a_position("own") };
    let errors = |positions: &[PositionChange], contracts: &[ContractChange]| {
        newest().with(positions, contracts).err()
    };
    assert_eq!([errors(&[weighing("0")], &[]), errors(&[weighing("1")], &[])], [None, None]);
    let wrong = || Some(vec![WeightError::NoWeight("own".to_owned())]);
    assert_eq!([errors(&[weighing("-0.01")], &[]), errors(&[weighing("1.01")], &[])], [wrong(), wrong()]);
    let twice = || Some(vec![WeightError::Twice("own".to_owned())]);
    assert_eq!(errors(&[a_position("own"), a_position("b"), a_position("own")], &[]), twice());
    assert_eq!(errors(&[], &[a_contract("own"), a_contract("own")]), twice());
    assert_eq!(
        errors(&[a_position("own")], &[a_contract("own")]),
        None,
        "a position and a contract type are apart"
    );
}
