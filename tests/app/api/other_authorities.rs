//! Tables of authorities that no template ships: entered as data over the API, their cases computed.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{TestApp, UTRECHT, on_each_database};

fn a_table(blocks: Value, more: Value) -> Value {
    let mut policy = json!({
        "code": "elders", "name": "Elders", "version": "1",
        "source": {"publication": "Uitvoeringsregels"}, "validity": {},
        "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
        "proration": {"by": "calendar-months"},
        "blocks": blocks
    });
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    policy
}

/// What the entries of a case count for, its obligation and what is realised, under a policy that is entered
/// and one that is given whole alike.
async fn computed(app: &TestApp, policy: &Value, case: &Value) -> (Vec<String>, Option<String>, String) {
    let id = app.with_policy(policy.clone()).await;
    let path = format!("/v1/municipalities/{UTRECHT}/social-return-policies/{id}/simulations");
    let stored = app.as_role(Role::Contractor).post(&path, case.clone()).await.expect(200).json();
    let mut whole = case.clone();
    whole["policy"] = policy.clone();
    let given =
        app.as_role(Role::Bidder).post("/v1/social-return-simulations", whole).await.expect(200).json();
    assert_eq!(stored, given);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let entries = stored["entries"].as_array().unwrap().iter().map(|entry| text(&entry["amount"])).collect();
    let owed = stored.get("obligation").map(|owed| text(&owed["amount"]));
    (entries, owed, text(&stored["realised"]))
}

#[actix_web::test]
async fn amounts_by_month_learning_year_and_hour_and_blocks_that_always_count() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let policy = a_table(
            json!([
                {"code": "proefplaatsing", "name": "Proefplaatsing", "measure": "month", "amount": "500", "byHours": false, "countsMonths": 3},
                {"code": "bbl", "name": "BBL", "measure": "learning-year", "amount": "10000", "countsMonths": 36},
                {"code": "uren", "name": "Begeleiding", "measure": "hour", "amount": "62.50"},
                {"code": "banenafspraak", "name": "Banenafspraak", "measure": "year", "amount": "50000", "countsAlways": true},
                {"code": "ww", "name": "WW", "measure": "year", "countsMonths": 12, "amountByBenefitMonths": [
                    {"fromMonths": 0, "amount": "10000"}, {"fromMonths": 6, "amount": "15000"}, {"fromMonths": 12, "amount": "20000"}
                ]}
            ]),
            json!({}),
        );
        let year = json!({"from": "2026-01-01", "until": "2026-12-31"});
        let case = json!({"entries": [
            {"block": "proefplaatsing", "period": {"from": "2026-01-01", "until": "2026-05-31"}},
            {"block": "bbl", "quantity": "2", "earlierQuantity": "2"},
            {"block": "uren", "quantity": "16"},
            {"block": "banenafspraak", "hoursPerWeek": "36", "placementStartedOn": "2010-01-01", "period": year},
            {"block": "ww", "hoursPerWeek": "18", "benefitMonths": 5, "period": year},
            {"block": "ww", "hoursPerWeek": "36", "benefitMonths": 12, "period": {"from": "2026-01-01", "until": "2026-06-30"}}
        ]});
        let (entries, _, _) = computed(&app, &policy, &case).await;
        assert_eq!(entries, ["1500.00", "10000.00", "1000.00", "50000.00", "5000.00", "10000.00"]);
    })
    .await;
}

#[actix_web::test]
async fn pso_reductions_and_exemptions_by_level_and_invoices_by_level_with_a_cap() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let policy = a_table(
            json!([
                {"code": "pso-inkoop", "name": "Inkoop bij PSO", "measure": "invoice", "invoice": {"recognised": "by-register"}, "maximumPercentOfObligation": "50"},
                {"code": "activiteit", "name": "Activiteit", "measure": "day-at-most", "amount": "1000"}
            ]),
            json!({
                "obligation": {
                    "thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"},
                    "pso": {"levels": [
                        {"level": "trede-1", "percent": "10"}, {"level": "trede-2", "percent": "25"},
                        {"level": "trede-3", "percent": "50"}, {"level": "pso-30-plus", "percent": "100"}
                    ]}
                },
                "invoiceShares": [
                    {"register": "trede-1", "percent": "10"}, {"register": "trede-2", "percent": "20"},
                    {"register": "trede-3", "percent": "30"}, {"register": "pso-30-plus", "percent": "100"}
                ],
                "shareLimits": [{"blocks": ["pso-inkoop", "activiteit"], "percentOfObligation": "60"}]
            }),
        );
        let case = |level: &str| {
            json!({
                "contract": {"kind": "works", "contractSum": "1000000", "psoLevel": level},
                "entries": [
                    {"block": "pso-inkoop", "amount": "100000", "register": "trede-2"},
                    {"block": "pso-inkoop", "amount": "15000", "register": "pso-30-plus"},
                    {"block": "activiteit", "amount": "12000", "quantity": "10"}
                ]
            })
        };
        let (entries, owed, realised) = computed(&app, &policy, &case("trede-2")).await;
        assert_eq!(entries, ["20000.00", "15000.00", "10000.00"]);
        assert_eq!(owed.as_deref(), Some("37500.00"));
        // 35,000 counts for half of 37,500, and with 10,000 for six tenths of it.
        assert_eq!(realised, "22500.00");
        let mut next = policy.clone();
        next["version"] = json!("2");
        let (_, owed, _) = computed(&app, &next, &case("pso-30-plus")).await;
        assert_eq!(owed.as_deref(), Some("0.00"));
    })
    .await;
}

#[actix_web::test]
async fn a_level_that_is_held_during_a_part_of_the_term_follows_the_rule_of_continuity() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let contract = |levels: Value| {
            json!({"contract": {
                "kind": "services", "contractSum": "1000000", "psoLevels": levels,
                "term": {"from": "2026-01-01", "until": "2026-12-31"}
            }})
        };
        let half = json!([{"level": "trede-3", "from": "2025-01-01", "until": "2026-07-02"}]);
        // 183 days, a gap of 29 days, 153 days.
        let renewed = json!([
            {"level": "trede-3", "from": "2025-01-01", "until": "2026-07-02"},
            {"level": "trede-3", "from": "2026-08-01", "until": "2027-07-31"}
        ]);
        for (version, rule, levels, owed) in [
            ("1", json!({}), &half, "37465.75"),
            ("2", json!({"continuity": "at-start"}), &half, "25000.00"),
            ("3", json!({"continuity": "uninterrupted"}), &half, "50000.00"),
            ("4", json!({"continuity": "uninterrupted"}), &renewed, "50000.00"),
            ("5", json!({"continuity": "uninterrupted", "graceDays": 30}), &renewed, "25000.00"),
            ("6", json!({"graceDays": 28}), &renewed, "26986.30"),
        ] {
            let mut pso = json!({"levels": [{"level": "trede-3", "percent": "50"}]});
            pso.as_object_mut().unwrap().extend(rule.as_object().unwrap().clone());
            let mut policy = a_table(
                json!([]),
                json!({"obligation": {
                    "thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"}, "pso": pso
                }}),
            );
            policy["version"] = json!(version);
            let (_, told, _) = computed(&app, &policy, &contract(levels.clone())).await;
            assert_eq!(told.as_deref(), Some(owed), "{rule}");
        }
    })
    .await;
}

#[actix_web::test]
async fn every_template_is_taken_as_it_is_shipped_and_every_error_of_a_policy_is_told() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let path = format!("/v1/municipalities/{UTRECHT}/social-return-policies");
        let coordinator = app.as_role(Role::Coordinator);
        let mut taken = 0;
        for file in std::fs::read_dir("examples/policies").unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let template: Value = serde_json::from_str(&text).unwrap();
            let made = coordinator.post(&path, template.clone()).await.expect(201).json();
            let codes = |policy: &Value| -> Vec<Value> {
                policy["blocks"].as_array().unwrap().iter().map(|block| block["code"].clone()).collect()
            };
            assert_eq!(codes(&made["policy"]), codes(&template));
            taken += 1;
        }
        assert_eq!(taken, 5);
        let wrong = a_table(
            json!([
                {"code": "a", "name": "A", "measure": "month", "amount": "-1"},
                {"code": "a", "name": "A", "measure": "invoice", "invoice": {"recognised": "by-register"}}
            ]),
            json!({"shareLimits": [{"blocks": ["z"], "percentOfObligation": "101"}]}),
        );
        let (_, problem) = coordinator.post(&path, wrong).await.problem(400);
        let mut told: Vec<_> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| {
                format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
            })
            .collect();
        told.sort();
        assert_eq!(
            told,
            [
                "/blocks/0/byHours field-missing",
                "/blocks/1 duplicate-code",
                "/blocks/1/invoice invoice-shares-missing",
                "/shareLimits/0/blocks/0 unknown-block",
                "/shareLimits/0/percentOfObligation not-a-percentage"
            ]
        );
    })
    .await;
}
