//! The direct contribution: hours, months, counting periods and weights of each worker.

use trede_rules::pso::contribution::{FindingCode as Code, Worker};

use crate::builders::organisation::{Written, a_worker, an_organisation, month};
use crate::builders::{fraction, n, x};

fn only(worker: Worker) -> Written {
    an_organisation(100).worker(worker)
}

fn weighted(worker: Worker) -> trede_base::exact::Exact {
    only(worker).measured().workforce.weighted_fte.result
}

fn told(written: &Written, code: Code) -> Vec<Vec<String>> {
    let found = written.measured();
    let all = found.missing.into_iter().chain(found.warnings);
    all.filter(|found| found.code == code).map(|found| found.details).collect()
}

#[test]
fn a_worker_counts_by_hours_months_position_and_contract() {
    assert_eq!(weighted(a_worker("w")), x(1));
    assert_eq!(weighted(Worker { hours: n(24), full_time: n(36), ..a_worker("w") }), fraction(2, 3));
    assert_eq!(weighted(Worker { months: n(9), ..a_worker("w") }), x("0.75"));
    assert_eq!(weighted(Worker { position: "ww".into(), ..a_worker("w") }), x("0.75"));
    assert_eq!(weighted(Worker { contract: "secondment".into(), ..a_worker("w") }), x("0.9"));
    let all = Worker {
        position: "ww".into(),
        contract: "trial-placement".into(),
        hours: n(20),
        months: n(6),
        ..a_worker("w")
    };
    assert_eq!(weighted(all), x("0.09375"));
}

#[test]
fn fte_are_counted_without_weights_beside_them() {
    let found = only(Worker { contract: "trial-placement".into(), ..a_worker("w") }).measured();
    let worker = &found.workforce.workers[0];
    assert_eq!((worker.fte.clone(), worker.months, worker.reference.as_str()), (x(1), n(12), "w"));
    assert_eq!(worker.weighted.as_ref().unwrap().terms.to_vec(), ["40", "40", "12", "1", "0.5"].map(x));
}

#[test]
fn full_time_is_not_above_full_time_and_an_hour_more_is() {
    assert!(told(&only(a_worker("w")), Code::AboveFullTime).is_empty());
    assert_eq!(told(&only(Worker { hours: n("40.5"), ..a_worker("w") }), Code::AboveFullTime), [["1"]]);
}

/// A worker of Participatiewet: five years from the month of inflow, that month included.
fn for_five_years(from: &str) -> Worker {
    Worker { position: "participatiewet".into(), counts_from: Some(month(from)), ..a_worker("w") }
}

fn months(worker: Worker) -> rust_decimal::Decimal {
    only(worker).year("2025-01").measured().workforce.workers[0].months
}

#[test]
fn five_years_from_inflow_end_with_the_sixtieth_month() {
    assert_eq!(months(for_five_years("2024-01")), n(12));
    assert_eq!(months(for_five_years("2021-01")), n(12), "January 2021 to December 2025");
    assert_eq!(months(for_five_years("2020-12")), n(11));
    assert_eq!(months(for_five_years("2020-02")), n(1));
    assert_eq!(months(for_five_years("2020-01")), n(0));
    assert_eq!(months(for_five_years("2025-04")), n(9));
}

#[test]
fn two_years_after_a_loss_count_with_the_time_before_it() {
    let lost =
        |at: &str| Worker { position: "status-lost".into(), counts_from: Some(month(at)), ..a_worker("w") };
    assert_eq!(months(lost("2025-06")), n(12), "the time before the loss counts too");
    assert_eq!(months(lost("2023-02")), n(1));
    assert_eq!(months(lost("2023-01")), n(0));
}

#[test]
fn what_lasts_counts_from_its_first_month_to_its_last() {
    let lasting = |from: Option<&str>, until: Option<&str>| Worker {
        counts_from: from.map(month),
        counts_until: until.map(month),
        ..a_worker("w")
    };
    assert_eq!(months(lasting(Some("2025-03"), None)), n(10));
    assert_eq!(months(lasting(None, Some("2025-03"))), n(3));
    assert_eq!(months(lasting(Some("2025-03"), Some("2025-03"))), n(1));
    let short = Worker { months: n(2), ..lasting(Some("2025-03"), None) };
    assert_eq!(months(short), n(2), "no more than the months at work");
    let ended = Worker { counts_until: Some(month("2025-02")), ..for_five_years("2024-01") };
    assert_eq!(months(ended), n(2));
}

#[test]
fn a_worker_that_counts_for_fewer_months_than_given_is_told() {
    let bounded = |from: &str| told(&only(for_five_years(from)).year("2025-01"), Code::PeriodBounds);
    assert_eq!(bounded("2020-12"), [["1"]]);
    assert!(bounded("2021-01").is_empty());
}

#[test]
fn a_period_that_cannot_be_checked_is_told_with_its_months() {
    let undated = Worker { counts_from: None, ..for_five_years("2024-01") };
    assert_eq!(told(&only(undated.clone()), Code::PeriodUnchecked), [["participatiewet", "60", "1"]]);
    let lost = Worker { position: "status-lost".into(), ..a_worker("v") };
    assert_eq!(told(&only(lost), Code::PeriodUnchecked), [["status-lost", "24", "1"]]);
    assert!(told(&only(for_five_years("2024-01")).year("2025-01"), Code::PeriodUnchecked).is_empty());
    let until = Worker { counts_until: Some(month("2025-12")), ..undated };
    assert!(told(&only(until).year("2025-01"), Code::PeriodUnchecked).is_empty());
    assert!(told(&only(a_worker("w")), Code::PeriodUnchecked).is_empty());
}

#[test]
fn a_period_that_was_not_published_is_told_until_its_end_is_given() {
    let ww = Worker { position: "ww".into(), ..a_worker("w") };
    let two = only(ww.clone()).worker(Worker { reference: "v".into(), ..ww.clone() });
    assert_eq!(told(&two, Code::PeriodUnpublished), [["ww", "2"]]);
    let until = Worker { counts_until: Some(month("2025-12")), ..ww };
    assert!(told(&only(until).year("2025-01"), Code::PeriodUnpublished).is_empty());
    assert!(told(&only(a_worker("w")), Code::PeriodUnpublished).is_empty());
}

#[test]
fn a_weight_that_was_not_published_leaves_the_worker_out_and_is_told() {
    let weights = trede_rules::pso::WeightTable::published("pso-manual-1.9").unwrap();
    let organisation = only(Worker { position: "bbl-bol-1".into(), ..a_worker("w") }).worker(a_worker("v"));
    let found = trede_rules::pso::contribution::contribution(
        &organisation.0,
        &crate::builders::organisation::norms(),
        &weights,
    )
    .unwrap();
    assert_eq!(found.workforce.weighted_fte.result, x(1));
    assert_eq!(found.workforce.workers[0].weighted, None);
    let missing = found.missing.iter().find(|found| found.code == Code::PositionWeightMissing).unwrap();
    assert_eq!(missing.details, ["bbl-bol-1", "pso-manual-1.9", "1"]);
    let own =
        trede_rules::pso::ContractChange { code: "own".into(), name: None, weight: None, employment: None };
    let weights = weights.with(&[], &[own]).unwrap();
    let organisation = only(Worker { contract: "own".into(), ..a_worker("w") });
    let found = trede_rules::pso::contribution::contribution(
        &organisation.0,
        &crate::builders::organisation::norms(),
        &weights,
    )
    .unwrap();
    let missing = found.missing.iter().find(|found| found.code == Code::ContractWeightMissing).unwrap();
    assert_eq!(missing.details, ["own", "1"]);
}
