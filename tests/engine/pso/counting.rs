//! Weights by position and contract type, and how long each position counts.

use serde_json::{Value, json};

use crate::pso::support::*;

/// Positions of which a weight is published under manual 1.9. Source: PSO-Nederland,
/// de-pso-doelgroep-voor-de-directe-sociale-bijdrage.
const POSITIONS: [(&str, &str); 13] = [
    ("wsw", "1"),
    ("participatiewet", "1"),
    ("participatiewet-lks", "1"),
    ("nug", "1"),
    ("nug-lks", "1"),
    ("statushouder", "1"),
    ("statushouder-lks", "1"),
    ("wao-wia-waz", "1"),
    ("wajong", "1"),
    ("doelgroepregister", "1"),
    ("status-lost", "1"),
    ("vso-pro", "1"),
    ("ww", "0.75"),
];

/// Source: PSO-Nederland, directe-sociale-bijdrage.
const CONTRACTS: [(&str, &str); 9] = [
    ("regular", "1"),
    ("supported-employment", "1"),
    ("secondment", "0.9"),
    ("flex", "0.9"),
    ("internship", "0.75"),
    ("work-experience", "0.75"),
    ("re-integration", "0.75"),
    ("trial-placement", "0.5"),
    ("sw-seconded-out", "0"),
];

fn one(worker: Value) -> Value {
    with_workers("10", json!([worker]))
}

fn with_fields(fields: Value) -> Value {
    let mut worker = worker("W-1", "40");
    worker.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    worker
}

fn weighted(fields: Value) -> String {
    measured(&one(with_fields(fields))).weighted_fte.exact
}

#[test]
fn each_published_weight_counts_for_a_whole_fte() {
    for (position, by_position) in POSITIONS {
        for (contract, by_contract) in CONTRACTS {
            let result = measured(&one(with_fields(json!({ "position": position, "contract": contract }))));
            let expected = rational(by_position) * rational(by_contract);
            assert_eq!(exact(&result.weighted_fte), expected, "{position} {contract}");
        }
    }
}

#[test]
fn hours_months_and_the_full_time_norm_make_the_fte() {
    assert_eq!(weighted(json!({ "hoursPerWeek": "20" })), "0.5");
    assert_eq!(weighted(json!({ "hoursPerWeek": "18", "fullTimeHours": "36" })), "0.5");
    assert_eq!(weighted(json!({ "months": "3" })), "0.25");
    assert_eq!(weighted(json!({ "hoursPerWeek": "32", "months": "6", "contract": "secondment" })), "0.36");
}

#[test]
fn a_weight_that_was_not_published_is_missing_until_it_is_given() {
    for position in ["bbl-bol-1", "bbl-bol-2", "bbl-bol-3-4", "vso-pro-placement"] {
        let file = one(with_fields(json!({ "position": position })));
        let result = measured(&file);
        assert_eq!(result.weighted_fte.exact, "0", "{position}");
        assert_eq!(result.missing[0].code, "position-weight-missing");
        assert!(result.missing[0].detail.contains(position) && !result.complete);
        let weights =
            json!({ "version": "pso-manual-1.9", "positions": [{ "code": position, "weight": "0.4" }] });
        let result = measured(&with(file, "weights", weights));
        assert_eq!(result.weighted_fte.exact, "0.4");
        assert_eq!(result.weights.given, [position]);
    }
}

#[test]
fn the_older_manual_has_its_own_published_weights_and_knows_no_bbl_3_and_4() {
    let file = |position: &str| {
        with(
            one(with_fields(json!({ "position": position }))),
            "weights",
            json!({ "version": "pso-manual-1.7" }),
        )
    };
    for (position, weight) in
        [("bbl-bol-1", "0.5"), ("bbl-bol-2", "0.25"), ("vso-pro-placement", "0.5"), ("ww", "0.75")]
    {
        assert_eq!(measured(&file(position)).weighted_fte.exact, weight);
    }
    assert_eq!(outcome(&file("bbl-bol-3-4")).unwrap_err(), ["unknown-position /workers/0/position"]);
}

#[test]
fn a_worker_without_wage_cost_subsidy_counts_from_inflow_for_five_years() {
    for (inflow, months) in [
        ("2019-12", "0"),
        ("2020-01", "0"),
        ("2020-02", "1"),
        ("2020-07", "6"),
        ("2020-12", "11"),
        ("2021-01", "12"),
        ("2025-01", "12"),
        ("2025-03", "10"),
        ("2026-01", "0"),
    ] {
        let worker = with_fields(json!({ "position": "participatiewet", "countsFrom": inflow }));
        let result = measured(&one(worker));
        assert_eq!(result.workers[0].months, months, "{inflow}");
        assert_eq!(exact(&result.weighted_fte), rational(months) / rational("12"));
        assert_eq!(codes(&result).contains(&"counting-period-bounds"), months != "12");
    }
}

#[test]
fn a_wage_cost_subsidy_may_count_for_more_than_five_years_until_it_ends() {
    let worker = json!({ "position": "participatiewet-lks", "countsFrom": "2012-03" });
    assert_eq!(weighted(worker.clone()), "1");
    let mut ended = worker;
    ended["countsUntil"] = json!("2025-03");
    assert_eq!(weighted(ended), "0.25");
}

#[test]
fn a_lost_status_counts_for_two_years() {
    assert_eq!(weighted(json!({ "position": "status-lost", "countsFrom": "2023-01" })), "0");
    assert_eq!(weighted(json!({ "position": "status-lost", "countsFrom": "2023-04" })), "0.25");
    assert_eq!(weighted(json!({ "position": "status-lost", "countsFrom": "2024-01" })), "1");
    // The months before the loss counted with the status itself.
    assert_eq!(weighted(json!({ "position": "status-lost", "countsFrom": "2025-10" })), "1");
}

#[test]
fn a_period_that_was_not_published_is_said_to_be_missing_until_it_is_given() {
    for position in ["ww", "wao-wia-waz", "wajong", "doelgroepregister", "vso-pro"] {
        let result = measured(&one(with_fields(json!({ "position": position }))));
        assert_eq!(result.missing[0].code, "counting-period-unpublished", "{position}");
        let dated = measured(&one(with_fields(json!({ "position": position, "countsUntil": "2025-12" }))));
        assert!(dated.missing.is_empty() || dated.missing[0].code == "level-unknown", "{position}");
    }
    let weights =
        json!({ "version": "pso-manual-1.9", "positions": [{ "code": "ww", "countsForMonths": 12 }] });
    let file = one(with_fields(json!({ "position": "ww", "countsFrom": "2024-07" })));
    assert_eq!(measured(&with(file, "weights", weights)).weighted_fte.exact, "0.375");
}

#[test]
fn a_period_that_cannot_be_checked_for_want_of_the_month_of_inflow_is_told() {
    let result = measured(&one(with_fields(json!({ "position": "participatiewet" }))));
    assert_eq!(result.weighted_fte.exact, "1");
    assert_eq!(result.missing[0].code, "counting-period-unchecked");
}

#[test]
fn the_result_names_the_positions_and_contract_types_of_the_workers_with_their_weights() {
    let file = one(with_fields(json!({ "position": "ww", "contract": "secondment" })));
    let weights = measured(&file).weights;
    let told = |list: &[trede_wire::pso_result::WeightResult]| {
        list.iter().map(|known| (known.code.clone(), known.weight.clone().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(told(&weights.positions), [("ww".to_owned(), "0.75".to_owned())]);
    assert_eq!(told(&weights.contracts), [("secondment".to_owned(), "0.9".to_owned())]);
}

#[test]
fn another_period_for_a_lost_status_still_runs_from_the_loss() {
    let positions = json!([{ "code": "status-lost", "countsForMonths": 3 }]);
    let weights = json!({ "version": "pso-manual-1.9", "positions": positions });
    let file = one(with_fields(json!({ "position": "status-lost", "countsFrom": "2025-04" })));
    assert_eq!(measured(&with(file, "weights", weights)).weighted_fte.exact, "0.5");
}

#[test]
fn a_new_position_and_contract_type_can_be_given_as_data() {
    let weights = json!({
        "version": "pso-manual-1.9",
        "positions": [{ "code": "doorstroom", "weight": "0.6", "countsWhileItLasts": true }],
        "contracts": [{ "code": "leerbaan", "weight": "0.5", "employment": "own-payroll" }]
    });
    let file = one(with_fields(json!({ "position": "doorstroom", "contract": "leerbaan" })));
    let result = measured(&with(file, "weights", weights));
    assert_eq!(result.weighted_fte.exact, "0.3");
    assert_eq!(result.weights.given, ["doorstroom", "leerbaan"]);
}

#[test]
fn without_anybody_of_the_target_group_at_work_purchases_count_for_nothing() {
    let supplier = json!([supplier("S", "100000.00", "10", "100")]);
    let file = organisation("50", json!([]), supplier, json!([purchase("O", "S", "90000.00")]));
    let result = measured(&file);
    assert!(!result.somebody_at_work);
    assert_eq!(result.total.exact, "0");
    assert_eq!(level(&result), "unknown");
    assert!(codes(&result).contains(&"nobody-at-work"));
    let seconded_out = with_fields(json!({ "contract": "sw-seconded-out" }));
    assert!(!measured(&one(seconded_out)).somebody_at_work);
}
