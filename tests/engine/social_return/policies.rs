//! Policies as data: the templates, their validity, and what is refused.

use chrono::NaiveDate;
use serde_json::{Value, json};
use trede_rules::social_return::{Policy, version_for};
use trede_wire::json::parse;
use trede_wire::social_return_policy::PolicyInput;

use crate::social_return::support::*;

const TEMPLATES: [(&str, usize, usize); 5] = [
    ("haaglanden-zuid-holland-centraal-2023", 11, 3),
    ("utrecht-nieuwste", 11, 3),
    ("utrecht-2015", 9, 2),
    ("leiden-2023", 13, 2),
    ("rijnvicus", 13, 1),
];

fn read(policy: &Value) -> Result<Policy, Vec<String>> {
    let input: PolicyInput = parse(policy.to_string().as_bytes()).map_err(|error| vec![error.to_string()])?;
    input
        .to_policy()
        .map_err(|found| found.iter().map(|f| format!("{} {}", f.code.code(), f.place)).collect())
}

#[test]
fn every_template_reads_with_all_its_blocks_its_source_and_what_it_does_not_say() {
    for (name, blocks, bonuses) in TEMPLATES {
        let policy = read(&template(name, json!({}))).unwrap();
        assert_eq!((policy.blocks.len(), policy.bonuses.len()), (blocks, bonuses), "{name}");
        assert!(policy.source.publication.len() > 10, "{name}");
        assert!(policy.silent_on().contains(&"obligation"), "{name}");
    }
}

#[test]
fn the_templates_are_worth_what_their_tables_say() {
    let silent = json!({ "proration": { "by": "calendar-months" }, "fullTime": { "basis": "weekly-hours", "weeklyHours": "36" } });
    for (name, block, value) in [
        ("haaglanden-zuid-holland-centraal-2023", "wia", "30000.00"),
        ("haaglanden-zuid-holland-centraal-2023", "bbl-3-en-hoger", "15000.00"),
        ("utrecht-nieuwste", "bbl-2-4", "35000.00"),
        ("utrecht-2015", "banenafspraak", "35000.00"),
        ("leiden-2023", "bol", "10000.00"),
        ("leiden-2023", "participatiewet-beperking", "50000.00"),
        ("rijnvicus", "ww", "10000.00"),
    ] {
        let facts = with(entry("2026-01-01", "2026-12-31", "36", json!({})), json!({ "block": block }));
        assert_eq!(worth(&template(name, silent.clone()), facts).unwrap(), value, "{name} {block}");
    }
}

#[test]
fn the_version_is_that_of_the_date_that_decides() {
    let version = |version: &str, decided_by: &str, from: &str, until: Value| {
        let validity = json!({ "decidedBy": decided_by, "from": from, "until": until });
        read(&policy(year_block("1", json!({})), json!({ "version": version, "validity": validity })))
            .unwrap()
    };
    let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    let versions = [
        version("2021", "publication", "2021-01-01", json!("2023-08-31")),
        version("2023", "publication", "2023-09-01", Value::Null),
    ];
    let found = |published, assigned| version_for(&versions, published, assigned).map(|p| p.version.as_str());
    assert_eq!(found(day("2023-08-31"), day("2024-01-01")), Some("2021"));
    assert_eq!(found(day("2023-09-01"), None), Some("2023"));
    assert_eq!(found(day("2020-12-31"), day("2024-01-01")), None);
    assert_eq!(found(None, day("2024-01-01")), None);
    let by_assignment = [version("a", "assignment", "2023-07-01", Value::Null)];
    assert!(version_for(&by_assignment, day("2023-01-01"), day("2023-07-01")).is_some());
    assert!(version_for(&by_assignment, day("2023-07-01"), day("2023-06-30")).is_none());
}

#[test]
fn of_two_versions_that_hold_the_later_one_counts() {
    let version = |from: &str| {
        read(&policy(
            year_block("1", json!({})),
            json!({ "version": from, "validity": { "decidedBy": "publication", "from": from } }),
        ))
        .unwrap()
    };
    let versions = [version("2024-01-01"), version("2022-01-01")];
    let day = Some("2025-01-01".parse().unwrap());
    assert_eq!(version_for(&versions, day, None).unwrap().version, "2024-01-01");
}

#[test]
fn a_measure_takes_its_own_fields_only() {
    let errors = |block: Value| {
        read(&policy(with(json!({ "code": "b", "name": "B" }), block), json!({}))).unwrap_err()
    };
    assert_eq!(errors(json!({ "measure": "year" })), ["field-missing /blocks/0/amount"]);
    assert_eq!(errors(json!({ "measure": "month", "amount": "1" })), ["field-missing /blocks/0/byHours"]);
    assert_eq!(errors(json!({ "measure": "invoice" })), ["field-missing /blocks/0/invoice"]);
    assert_eq!(errors(json!({ "measure": "actual-cost", "amount": "1" })), ["field-unused /blocks/0/amount"]);
    assert_eq!(
        errors(json!({ "measure": "hour", "amount": "1", "countsMonths": 12 })),
        ["counting-unused /blocks/0/counts"]
    );
    let by_register = json!({ "measure": "invoice", "invoice": { "recognised": "by-register" } });
    assert_eq!(errors(by_register), ["invoice-shares-missing /blocks/0/invoice"]);
    let falling = json!({ "measure": "year", "amountByBenefitMonths": [{ "fromMonths": 0, "amount": "1" }, { "fromMonths": 0, "amount": "2" }] });
    assert_eq!(errors(falling), ["amount-steps /blocks/0/amountByBenefitMonths"]);
}

#[test]
fn a_policy_that_cannot_be_used_is_refused_with_each_error() {
    let wrong = json!({
        "version": " ", "proration": { "by": "days-worked", "workingDays": "0", "byHours": false },
        "validity": { "from": "2026-01-02", "until": "2026-01-01" },
        "blocks": [year_block("-1", json!({})), year_block("1", json!({}))],
        "obligation": { "thresholds": [], "base": { "kind": "offered", "minimumPercent": "5", "maximumPercent": "2" } },
        "sanction": { "factor": "-1", "excusable": true }
    });
    assert_eq!(
        read(&policy(json!({}), wrong)).unwrap_err(),
        [
            "text-missing /version",
            "period-reversed /validity",
            "duplicate-code /blocks/1",
            "not-positive /proration/workingDays",
            "negative-number /blocks/0/amount",
            "no-threshold /obligation/thresholds",
            "bounds-reversed /obligation/base",
            "negative-number /sanction/factor",
        ]
    );
}
