//! Ways in which one effort could be paid for twice, each closed.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::app::{Answer, TestApp, UTRECHT, on_each_database};
use crate::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};

/// Another supplier.
const SUPPLIER: &str = "12345678";

async fn value(app: &TestApp, entry: &str) -> Value {
    app.as_role(Role::Auditor).get(entry).await.expect(200).json()["value"].clone()
}

async fn approve(app: &TestApp, entry: &str) {
    app.as_role(Role::Coordinator).post(&format!("{entry}/approvals"), json!({})).await.expect(200);
}

async fn draft(app: &TestApp, contract: &str, entry: Value) -> Answer {
    app.as_contractor(GROEN).post(&format!("{contract}/entries"), entry).await
}

fn with(mut object: Value, more: Value) -> Value {
    object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object
}

fn a_purchase(supplier: &str, invoice: &str, facts: Value) -> Value {
    let plain = json!({"block": "inkoop", "amount": "1000", "register": "sociale-onderneming"});
    json!({
        "kind": "purchase", "supplierKvkNumber": supplier, "invoiceNumber": invoice, "facts": with(plain, facts)
    })
}

async fn with_twelve_months(app: &TestApp, more: Value) -> String {
    app.with_utrecht().await;
    let mut policy = a_policy();
    policy["blocks"][0] = with(policy["blocks"][0].clone(), json!({"countsMonths": 12}));
    policy["blocks"][0] = with(policy["blocks"][0].clone(), more);
    app.with_policy(policy).await;
    app.with_contract(a_contract(GROEN)).await
}

#[actix_web::test]
async fn a_later_year_that_was_handed_in_first_gives_its_part_of_the_maximum_back() {
    on_each_database(|app| async move {
        let contract = with_twelve_months(&app, json!({})).await;
        let later = a_placement("K-1", "2027-01-01", "2027-12-31");
        let later = app.with_submitted(&contract, GROEN, later).await;
        approve(&app, &later).await;
        assert_eq!(value(&app, &later).await, "26666.67");
        let earlier =
            draft(&app, &contract, a_placement("K-1", "2026-01-01", "2026-12-31")).await.expect(201);
        let earlier = earlier.header("location").unwrap().to_owned();
        // What handing it in does is shown first.
        let contractor = app.as_contractor(GROEN);
        let effects = contractor.get(&format!("{earlier}/effects")).await.expect(200).json();
        assert_eq!(effects["value"], "26666.67");
        assert_eq!(
            (&effects["changes"][0]["value"], &effects["changes"][0]["valueThen"]),
            (&json!("26666.67"), &json!("0"))
        );
        assert_eq!(value(&app, &later).await, "26666.67", "it only tells");
        contractor.post(&format!("{earlier}/submissions"), json!({})).await.expect(200);
        assert_eq!(value(&app, &later).await, "0");
        assert_eq!(
            (app.balance(&contract, "submitted").await, app.balance(&contract, "approved").await),
            ("26666.67".to_owned(), "0".to_owned())
        );
        let steps = app.as_role(Role::Auditor).get(&format!("{later}/steps")).await.expect(200).json();
        assert_eq!(
            (&steps["items"][2]["step"], &steps["items"][2]["approved"]),
            (&json!("revalue"), &json!("-26666.67"))
        );
        // What is given back is there for the later year again.
        let coordinator = app.as_role(Role::Coordinator);
        coordinator
            .post(&format!("{earlier}/rejections"), json!({"reason": "Geen bewijs"}))
            .await
            .expect(200);
        assert_eq!(value(&app, &later).await, "26666.67");
        assert_eq!(app.balance(&contract, "approved").await, "26666.67");
    })
    .await;
}

#[actix_web::test]
async fn the_kind_of_an_entry_follows_from_its_block() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let mut placement = a_placement("K-1", "2026-01-01", "2026-08-31");
        placement["kind"] = json!("activity");
        placement.as_object_mut().unwrap().remove("candidateReference");
        let mut purchase = a_purchase(SUPPLIER, "F-1", json!({}));
        purchase["kind"] = json!("project");
        for entry in [placement, purchase] {
            let (_, problem) = draft(&app, &contract, entry).await.problem(400);
            assert_eq!(problem["errors"][0]["code"], "kind-does-not-fit", "{problem}");
        }
    })
    .await;
}

#[actix_web::test]
async fn time_outside_the_contract_does_not_count_and_a_termination_values_again() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let beyond = app.with_submitted(&contract, GROEN, a_placement("K-1", "2035-01-01", "2035-12-31")).await;
        assert_eq!(value(&app, &beyond).await, "0");
        let mut hours = json!({"kind": "activity", "facts": {
            "block": "activiteit", "quantity": "100", "period": {"from": "2027-12-22", "until": "2028-01-10"}
        }});
        let half = app.with_submitted(&contract, GROEN, hours.clone()).await;
        assert_eq!(value(&app, &half).await, "5000", "10 of 20 days");
        hours["facts"]["period"] = json!({"from": "2025-12-01", "until": "2025-12-31"});
        let before = app.with_submitted(&contract, GROEN, hours).await;
        assert_eq!(value(&app, &before).await, "0");
        let year = app.with_submitted(&contract, GROEN, a_placement("K-2", "2026-01-01", "2026-12-31")).await;
        approve(&app, &year).await;
        assert_eq!(app.balance(&contract, "approved").await, "26666.67");
        let ended = json!({"kind": "termination", "effectiveOn": "2026-06-30", "reason": "Ontbonden", "endsOn": "2026-06-30"});
        app.change(&contract, ended).await.expect(200);
        assert_eq!(value(&app, &year).await, "13333.33");
        assert_eq!(app.balance(&contract, "approved").await, "13333.33");
        assert_eq!(value(&app, &half).await, "0");
    })
    .await;
}

#[actix_web::test]
async fn what_has_no_time_of_its_own_counts_only_when_it_was_written_within_the_time_that_counts() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        app.clock.set("2028-01-15T10:00:00Z");
        let late = app.with_submitted(&contract, GROEN, a_purchase(SUPPLIER, "F-1", json!({}))).await;
        assert_eq!(value(&app, &late).await, "0");
        let dated = json!({"period": {"from": "2027-12-01", "until": "2027-12-31"}});
        let dated = app.with_submitted(&contract, GROEN, a_purchase(SUPPLIER, "F-2", dated)).await;
        assert_eq!(value(&app, &dated).await, "1000");
    })
    .await;
}

#[actix_web::test]
async fn the_cure_period_counts_where_it_was_given() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        app.clock.set("2028-01-02T10:00:00Z");
        let activity = json!({"kind": "activity", "facts": {
            "block": "activiteit", "quantity": "10", "period": {"from": "2028-01-05", "until": "2028-01-05"}
        }});
        let entry = app.with_submitted(&contract, GROEN, activity).await;
        assert_eq!(value(&app, &entry).await, "0");
        approve(&app, &entry).await;
        let cure = json!({"decision": "give-cure-period", "reason": "Tekort"});
        app.as_role(Role::Coordinator).post(&format!("{contract}/settlements"), cure).await.expect(201);
        assert_eq!(value(&app, &entry).await, "1000");
        assert_eq!(app.balance(&contract, "approved").await, "1000");
    })
    .await;
}

async fn certify(app: &TestApp, kvk: &str, level: &str) {
    let operator = app.as_role(Role::Operator);
    operator.post("/v1/organisations", json!({"kvkNumber": kvk, "name": "Sociaal B.V."})).await.expect(201);
    let certificate = json!({
        "number": "PSO-1", "ladder": "pso-2023", "level": level, "certifyingBody": "Instelling",
        "validFrom": "2026-01-01", "validUntil": "2026-12-31", "source": "register"
    });
    operator.post(&format!("/v1/organisations/{kvk}/certificates"), certificate).await.expect(201);
}

#[actix_web::test]
async fn the_level_of_a_supplier_is_that_of_the_register_on_the_day() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let mut policy = a_policy();
        policy["invoiceShares"] =
            json!([{"register": "trede-2", "percent": "20"}, {"register": "trede-3", "percent": "50"}]);
        app.with_policy(policy).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        certify(&app, SUPPLIER, "trede-2").await;
        let during = |level: &str, year: i32| {
            json!({"register": level, "period": {"from": format!("{year}-03-01"), "until": format!("{year}-03-31")}})
        };
        for (level, year) in [("trede-3", 2026), ("trede-2", 2027)] {
            let entry = a_purchase(SUPPLIER, "F-1", during(level, year));
            let (_, problem) = draft(&app, &contract, entry).await.problem(400);
            assert_eq!(problem["errors"][0]["code"], "register-differs", "{problem}");
        }
        let told = app.with_submitted(&contract, GROEN, a_purchase(SUPPLIER, "F-1", during("trede-2", 2026))).await;
        assert_eq!(value(&app, &told).await, "200");
        let mut filled_in = a_purchase(SUPPLIER, "F-2", during("trede-2", 2026));
        filled_in["facts"].as_object_mut().unwrap().remove("register");
        let filled_in = app.with_submitted(&contract, GROEN, filled_in).await;
        assert_eq!(value(&app, &filled_in).await, "200");
    })
    .await;
}

#[actix_web::test]
async fn a_maximum_over_contracts_holds_where_the_policy_says_so() {
    on_each_database(|app| async move {
        let contract = with_twelve_months(&app, json!({"countsOver": "contractor"})).await;
        let another = app.with_contract(a_contract(GROEN)).await;
        let later = app.with_submitted(&another, GROEN, a_placement("K-1", "2027-01-01", "2027-06-30")).await;
        assert_eq!(value(&app, &later).await, "13333.33");
        let earlier =
            app.with_submitted(&contract, GROEN, a_placement("k 1", "2026-01-01", "2026-12-31")).await;
        assert_eq!((value(&app, &earlier).await, value(&app, &later).await), (json!("26666.67"), json!("0")));
        assert_eq!(app.balance(&another, "submitted").await, "0");
    })
    .await;
}

#[actix_web::test]
async fn of_two_policies_the_stricter_rule_of_double_use_holds_whoever_comes_first() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let policy = |code: &str, reach: &str| with(a_policy(), json!({"code": code, "doubleUse": reach}));
        let strict = app.with_policy(policy("streng", "authority")).await;
        let lax = app.with_policy(policy("ruim", "contractor")).await;
        let under =
            |policy: &str, contractor: &str| with(a_contract(contractor), json!({"policyId": policy}));
        let (strict, lax) =
            (app.with_contract(under(&strict, GROEN)).await, app.with_contract(under(&lax, PLANTSOEN)).await);
        let keyed = |key: &str| {
            with(a_placement("K-1", "2026-01-01", "2026-03-31"), json!({"personKey": key.repeat(32)}))
        };
        for (first, second, key) in
            [((&strict, GROEN), (&lax, PLANTSOEN), "ab"), ((&lax, PLANTSOEN), (&strict, GROEN), "cd")]
        {
            let mut entry = keyed(key);
            entry["candidateReference"] = json!(if key == "ab" { "K-1" } else { "K-2" });
            app.with_submitted(first.0, first.1, entry.clone()).await;
            let contractor = app.as_contractor(second.1);
            let made = contractor.post(&format!("{}/entries", second.0), entry).await.expect(201);
            let submissions = format!("{}/submissions", made.header("location").unwrap());
            assert_eq!(contractor.post(&submissions, json!({})).await.problem(409).0, "counted-already");
        }
    })
    .await;
}

#[actix_web::test]
async fn one_invoice_is_split_over_contracts_and_never_counts_for_more_than_it_is() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let another = app.with_contract(a_contract(GROEN)).await;
        let part = |amount: &str, whole: &str| {
            a_purchase(SUPPLIER, "F-1", json!({"amount": amount, "invoiceTotal": whole}))
        };
        app.with_submitted(&contract, GROEN, part("600", "1000")).await;
        for (amount, whole) in [("400.01", "1000"), ("400", "2000")] {
            let made = draft(&app, &another, part(amount, whole)).await.expect(201);
            let submissions = format!("{}/submissions", made.header("location").unwrap());
            let (code, _) = app.as_contractor(GROEN).post(&submissions, json!({})).await.problem(409);
            assert_eq!(code, "counted-already");
        }
        app.with_submitted(&another, GROEN, part("400", "1000")).await;
        let (_, problem) = draft(&app, &another, part("1001", "1000")).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "part-above-whole");
    })
    .await;
}

#[actix_web::test]
async fn a_contractor_does_not_buy_from_itself_nor_from_its_group() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let mut contract = a_contract(GROEN);
        contract["terms"]["groupKvkNumbers"] = json!([PLANTSOEN]);
        let contract = app.with_contract(contract).await;
        for own in [GROEN, PLANTSOEN] {
            let (_, problem) = draft(&app, &contract, a_purchase(own, "F-1", json!({}))).await.problem(400);
            assert_eq!(problem["errors"][0]["code"], "supplier-is-party", "{own}");
        }
        app.with_submitted(&contract, GROEN, a_purchase(SUPPLIER, "F-1", json!({}))).await;
    })
    .await;
}

#[actix_web::test]
async fn a_region_is_not_joined_while_both_account_for_the_same() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let (there, contractor_there) = crate::double_counting::in_amsterdam(&app).await;
        let keyed = |reference: &str| {
            with(a_placement(reference, "2026-01-01", "2026-08-31"), json!({"personKey": "ab".repeat(32)}))
        };
        let own = app.with_submitted(&contract, GROEN, keyed("K-1")).await;
        let made = contractor_there.post(&format!("{there}/entries"), keyed("K-9")).await.expect(201);
        let submissions = format!("{}/submissions", made.header("location").unwrap());
        contractor_there.post(&submissions, json!({})).await.expect(200);
        let region = json!({"id": "randstad", "name": "Randstad", "municipalities": [UTRECHT, "gm0363"]});
        let operator = app.as_role(Role::Operator);
        let (code, problem) = operator.post("/v1/regions", region.clone()).await.problem(409);
        assert_eq!(code, "doubles-exist");
        assert!(problem.to_string().contains("1 of the kind `person` among gm0344, gm0363"), "{problem}");
        assert!(!problem.to_string().contains("abab"), "nobody is told of");
        let coordinator = app.as_role(Role::Coordinator);
        coordinator.post(&format!("{own}/rejections"), json!({"reason": "Dubbel"})).await.expect(200);
        operator.post("/v1/regions", region).await.expect(201);
    })
    .await;
}

#[actix_web::test]
async fn a_reference_of_a_candidate_cannot_say_who_somebody_is() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        for wrong in ["Jan Jansen", "jan@example.nl", "06-12345678", "Jansen1980"] {
            let entry = a_placement(wrong, "2026-01-01", "2026-08-31");
            let (_, problem) = draft(&app, &contract, entry).await.problem(400);
            assert_eq!(problem["errors"][0]["code"], "malformed-candidate-reference", "{problem}");
            assert!(!problem.to_string().contains(wrong), "{problem}");
        }
        let entry =
            app.with_submitted(&contract, GROEN, a_placement(" k 12 ", "2026-01-01", "2026-08-31")).await;
        let read = app.as_role(Role::Auditor).get(&entry).await.expect(200).json();
        assert_eq!(read["candidateReference"], "K-12");
        let same = draft(&app, &contract, a_placement("K-012", "2026-08-01", "2026-08-31")).await.expect(201);
        let submissions = format!("{}/submissions", same.header("location").unwrap());
        let (code, _) = app.as_contractor(GROEN).post(&submissions, json!({})).await.problem(409);
        assert_eq!(code, "counted-already", "leading zeros make nobody else of a candidate");
    })
    .await;
}

#[actix_web::test]
async fn evidence_that_the_policy_asks_for_must_be_there() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let mut policy = a_policy();
        policy["blocks"][0]["conditions"] =
            json!({"evidenceToSubmit": ["contract"], "evidenceToApprove": ["hours"]});
        app.with_policy(policy).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let made = draft(&app, &contract, a_placement("K-1", "2026-01-01", "2026-08-31")).await.expect(201);
        let submissions = format!("{}/submissions", made.header("location").unwrap());
        let (code, problem) = app.as_contractor(GROEN).post(&submissions, json!({})).await.problem(409);
        assert_eq!(code, "evidence-missing");
        assert!(problem.to_string().contains("contract"), "{problem}");
    })
    .await;
}
