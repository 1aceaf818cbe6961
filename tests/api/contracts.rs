//! Contracts: who sees them, what changes them, what is refused.

use chrono::TimeDelta;
use serde_json::json;
use trede_model::frame::role::Role;
use trede_model::telling::job::JobKind;

use crate::app::{UTRECHT, on_each_database};
use crate::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};

#[actix_web::test]
async fn a_contractor_sees_its_own_contracts_and_those_of_its_consortium() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let own = app.with_contract(a_contract(GROEN)).await;
        let mut shared = a_contract(PLANTSOEN);
        shared["terms"]["consortiumKvkNumbers"] = json!([GROEN, "12345678"]);
        let shared = app.with_contract(shared).await;
        let foreign = app.with_contract(a_contract(PLANTSOEN)).await;
        let contractor = app.as_contractor(GROEN);
        contractor.get(&own).await.expect(200);
        contractor.get(&shared).await.expect(200);
        for below in ["", "/changes", "/balance", "/entries", "/plans", "/milestones", "/settlements"] {
            contractor.get(&format!("{foreign}{below}")).await.problem(404);
        }
        let list = format!("/v1/municipalities/{UTRECHT}/contracts");
        assert_eq!(contractor.get(&list).await.json()["items"].as_array().unwrap().len(), 2);
        assert_eq!(app.as_role(Role::Auditor).get(&list).await.json()["items"].as_array().unwrap().len(), 3);
        let entry = json!({
            "kind": "activity", "contractorKvkNumber": PLANTSOEN,
            "facts": {"block": "activiteit", "quantity": "1"}
        });
        let (code, _) = contractor.post(&format!("{shared}/entries"), entry).await.problem(403);
        assert_eq!(code, "not-your-entry");
    })
    .await;
}

#[actix_web::test]
async fn each_change_computes_the_obligation_anew_and_keeps_what_it_was() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let change = |kind: &str, more: serde_json::Value| {
            let mut change = json!({"kind": kind, "effectiveOn": "2026-06-01", "reason": "Overeengekomen"});
            change.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            change
        };
        for (kind, more, owed) in [
            ("value", json!({"contractSum": "1200000"}), "60000"),
            ("indexation", json!({"indexPercent": "2.5"}), "61500"),
            ("extension", json!({"endsOn": "2028-12-31", "contractSum": "1845000"}), "92250"),
            ("takeover", json!({"contractorKvkNumber": PLANTSOEN}), "92250"),
            ("consortium", json!({"consortiumKvkNumbers": [GROEN]}), "92250"),
            ("termination", json!({"endsOn": "2027-06-30", "contractSum": "900000"}), "45000"),
            ("relief", json!({"deviation": {"amount": "30000", "reason": "Kleine markt"}}), "30000"),
            ("relief", json!({"exemption": "Geen arbeid"}), "0"),
        ] {
            let changed = app.change(&contract, change(kind, more)).await.expect(200).json();
            assert_eq!(changed["obligation"], owed, "{kind}");
        }
        let history = app.as_role(Role::Auditor).get(&format!("{contract}/changes")).await.json();
        let items = history["items"].as_array().unwrap();
        assert_eq!(items.len(), 9);
        assert_eq!(items[0]["terms"]["contractSum"], "1000000");
        assert_eq!(items[0]["obligation"], "50000");
        assert!(items.iter().all(|item| item["calculation"]["explanation"].is_array()));
        for (kind, more, code) in [
            ("extension", json!({"endsOn": "2026-12-31"}), "not-later"),
            ("termination", json!({"endsOn": "2030-12-31"}), "not-earlier"),
            ("value", json!({}), "field-missing"),
            ("indexation", json!({"indexPercent": "-200"}), "out-of-range"),
            ("registration", json!({}), "registered-already"),
            ("value", json!({"contractSum": "1", "exemption": "x"}), "field-unused"),
        ] {
            let (_, problem) = app.change(&contract, change(kind, more)).await.problem(400);
            assert_eq!(problem["errors"][0]["code"], code, "{kind}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_contract_keeps_the_version_of_the_policy_whatever_is_entered_later() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let first = app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let policies = format!("/v1/municipalities/{UTRECHT}/social-return-policies");
        let before = app.as_role(Role::Auditor).get(&format!("{policies}/{first}")).await.body;
        let mut later = a_policy();
        later["version"] = json!("2026-2");
        later["obligation"]["base"]["percent"] = json!("2");
        app.with_policy(later.clone()).await;
        let (code, _) = app.as_role(Role::Coordinator).post(&policies, later).await.problem(409);
        assert_eq!(code, "policy-version-exists");
        let read = app.as_role(Role::Auditor).get(&contract).await.json();
        assert_eq!((&read["policyId"], &read["obligation"]), (&json!(first), &json!("50000")));
        assert_eq!(app.as_role(Role::Auditor).get(&format!("{policies}/{first}")).await.body, before);
        let mut next = a_contract(GROEN);
        next["terms"]["title"] = json!("Daarna");
        let next = app.with_contract(next).await;
        let owed = app.as_role(Role::Auditor).get(&next).await.json()["obligation"].clone();
        assert_eq!(owed, "20000", "of two versions that hold, the one that was entered last");
    })
    .await;
}

#[actix_web::test]
async fn a_contract_without_a_policy_is_reported_until_one_is_chosen() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let contracts = format!("/v1/municipalities/{UTRECHT}/contracts");
        let made = app.as_role(Role::Buyer).post(&contracts, a_contract(GROEN)).await.expect(201);
        let contract = made.header("location").unwrap().to_owned();
        let report = format!("/v1/municipalities/{UTRECHT}/completeness-report");
        let told = app.as_role(Role::Auditor).get(&report).await.json();
        assert_eq!(told["contractsWithoutPolicy"].as_array().unwrap().len(), 1);
        let entries = format!("{contract}/entries");
        let placement = a_placement("K-1", "2026-01-01", "2026-06-30");
        let (code, _) = app.as_contractor(GROEN).post(&entries, placement).await.problem(409);
        assert_eq!(code, "no-policy");
        let policy = app.with_policy(a_policy()).await;
        let change =
            json!({"kind": "policy", "effectiveOn": "2026-01-01", "reason": "Vergeten", "policyId": policy});
        assert_eq!(app.change(&contract, change).await.expect(200).json()["obligation"], "50000");
        let milestones = app.as_role(Role::Auditor).get(&format!("{contract}/milestones")).await.json();
        assert_eq!(milestones["items"][0]["dueOn"], "2026-01-08", "{milestones}");
        let told = app.as_role(Role::Auditor).get(&report).await.json();
        assert_eq!(told["contractsWithoutPolicy"].as_array().unwrap().len(), 0);
        assert_eq!(told["obligationsNotFixed"].as_array().unwrap().len(), 1);
        app.determine(&contract).await;
        let told = app.as_role(Role::Auditor).get(&report).await.json();
        assert_eq!(told["obligationsNotFixed"].as_array().unwrap().len(), 0);
    })
    .await;
}

#[actix_web::test]
async fn what_is_wrong_with_a_contract_or_an_entry_is_told_at_once_with_its_place() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contracts = format!("/v1/municipalities/{UTRECHT}/contracts");
        let mut wrong = a_contract(GROEN);
        wrong["terms"]["title"] = json!(" ");
        wrong["terms"]["endsOn"] = json!("2025-12-31");
        wrong["terms"]["labourPercent"] = json!("101");
        let (_, problem) = app.as_role(Role::Buyer).post(&contracts, wrong).await.problem(400);
        let places: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
        assert_eq!(places, ["/title", "/endsOn", "/labourPercent"]);
        let mut twice = a_contract(GROEN);
        twice["terms"]["psoLevels"] = json!([
            {"level": "trede-2", "from": "2026-01-01", "until": "2026-12-31"},
            {"level": "trede-3", "from": "2026-01-01", "until": "2026-06-30"}
        ]);
        let (_, problem) = app.as_role(Role::Buyer).post(&contracts, twice).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "levels-overlap");
        let contract = app.with_contract(a_contract(GROEN)).await;
        let entries = format!("{contract}/entries");
        let contractor = app.as_contractor(GROEN);
        for (entry, place) in [
            (json!({"kind": "placement", "facts": {"block": "participatiewet"}}), "/candidateReference"),
            (json!({"kind": "purchase", "facts": {"block": "inkoop", "amount": "1", "register": "trede-2"}}), "/supplierKvkNumber"),
            (json!({"kind": "activity", "facts": {"block": "dansen", "quantity": "1"}}), "/facts/block"),
            (json!({"kind": "activity", "facts": {"block": "activiteit"}}), "/facts/quantity"),
            (json!({"kind": "activity", "facts": {"block": "activiteit", "quantity": "-1"}}), "/facts/quantity"),
            (json!({"kind": "cash", "facts": {"block": "afkoop", "amount": "1"}}), "/description"),
            (json!({"kind": "activity", "facts": {"block": "activiteit", "quantity": "1", "register": "123456782"}}), "/facts/register"),
            (json!({"kind": "activity", "facts": {"block": "activiteit", "quantity": "1", "placementStartedOn": "1800-01-01"}}), "/facts/placementStartedOn"),
            (json!({"kind": "activity", "description": "BSN 123456782", "facts": {"block": "activiteit", "quantity": "1"}}), "/description"),
            (json!({"kind": "activity", "personKey": "123456782", "facts": {"block": "activiteit", "quantity": "1"}}), "/personKey"),
        ] {
            let (_, problem) = contractor.post(&entries, entry).await.problem(400);
            assert_eq!(problem["errors"][0]["pointer"], place, "{problem}");
        }
    })
    .await;
}

#[actix_web::test]
async fn where_the_policy_asks_for_four_eyes_two_coordinators_agree() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let mut policy = a_policy();
        policy["fourEyes"] = json!(true);
        app.with_policy(policy).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let placement = a_placement("K-1", "2026-01-01", "2026-08-31");
        let entry = app.with_submitted(&contract, GROEN, placement).await;
        let approvals = format!("{entry}/approvals");
        let first = app.as_coordinator("anna").post(&approvals, json!({})).await.expect(200).json();
        assert_eq!(first["state"], "submitted");
        assert_eq!(app.as_coordinator("anna").post(&approvals, json!({})).await.problem(409).0, "four-eyes");
        assert_eq!(app.balance(&contract, "realised").await, "0");
        let second = app.as_coordinator("bert").post(&approvals, json!({})).await.expect(200).json();
        assert_eq!(second["state"], "approved");
        assert_eq!(app.balance(&contract, "realised").await, "17777.78");
    })
    .await;
}

#[actix_web::test]
async fn a_placement_counts_no_longer_than_its_block_however_it_is_split() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let mut policy = a_policy();
        policy["blocks"][0]["countsMonths"] = json!(12);
        app.with_policy(policy).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-08-31")).await;
        app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-09-01", "2027-08-31")).await;
        // Twelve months at 24 of 36 hours: 40,000 × 2 / 3, in two entries.
        assert_eq!(app.balance(&contract, "submitted").await, "26666.67");
        let mut bonus = a_placement("K-2", "2026-01-01", "2026-03-31");
        bonus["facts"]["bonuses"] = json!(["55-plus"]);
        app.with_submitted(&contract, GROEN, bonus.clone()).await;
        bonus["facts"]["period"] = json!({"from": "2026-04-01", "until": "2026-06-30"});
        let again = app.with_submitted(&contract, GROEN, bonus).await;
        let again = app.as_contractor(GROEN).get(&again).await.expect(200).json();
        // Three months at 24 of 36 hours, and no second bonus.
        assert_eq!(again["value"], "6666.67");
        assert_eq!(again["calculation"]["notes"][0]["code"], "bonus-counted-before");
    })
    .await;
}

#[actix_web::test]
async fn the_levels_of_a_contract_are_taken_from_the_register_of_certificates() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let operator = app.as_role(Role::Operator);
        let organisation = json!({"kvkNumber": GROEN, "name": "Groen & Zo B.V."});
        operator.post("/v1/organisations", organisation).await.expect(201);
        let certificate = json!({
            "number": "PSO-1", "ladder": "pso-2023", "level": "trede-3", "certifyingBody": "Instelling",
            "validFrom": "2025-01-01", "validUntil": "2026-12-31", "source": "register"
        });
        let certificates = format!("/v1/organisations/{GROEN}/certificates");
        operator.post(&certificates, certificate).await.expect(201);
        let change =
            json!({"kind": "pso-level", "effectiveOn": "2026-01-01", "reason": "Volgens het register"});
        let changed = app.change(&contract, change).await.expect(200).json();
        assert_eq!(
            changed["terms"]["psoLevels"],
            json!([{"level": "trede-3", "from": "2026-01-01", "until": "2026-12-31"}])
        );
        // 365 of 730 days at half the obligation.
        assert_eq!(changed["obligation"], "37500");
        let report = format!("/v1/municipalities/{UTRECHT}/completeness-report");
        let outdated = || async {
            let told = app.as_role(Role::Auditor).get(&report).await.expect(200).json();
            told["psoLevelsOutdated"].as_array().unwrap().len()
        };
        assert_eq!(outdated().await, 0);
        let renewed = json!({
            "number": "PSO-2", "ladder": "pso-2023", "level": "trede-3", "certifyingBody": "Instelling",
            "validFrom": "2027-01-01", "validUntil": "2027-06-30", "source": "register"
        });
        app.as_role(Role::Operator).post(&certificates, renewed).await.expect(201);
        assert_eq!(outdated().await, 1);
        let change = json!({"kind": "pso-level", "effectiveOn": "2027-01-01", "reason": "Verlengd"});
        app.change(&contract, change).await.expect(200);
        assert_eq!(outdated().await, 0);
    })
    .await;
}

#[actix_web::test]
async fn a_contract_whose_levels_came_from_the_register_follows_it_and_one_with_levels_by_hand_does_not() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let following = app.with_contract(a_contract(GROEN)).await;
        let by_hand = app.with_contract(a_contract(GROEN)).await;
        let operator = app.as_role(Role::Operator);
        let organisation = json!({"kvkNumber": GROEN, "name": "Groen & Zo B.V."});
        operator.post("/v1/organisations", organisation).await.expect(201);
        let certificates = format!("/v1/organisations/{GROEN}/certificates");
        let certificate = |number: &str, from: &str, until: &str| {
            json!({
                "number": number, "ladder": "pso-2023", "level": "trede-3", "certifyingBody": "Instelling",
                "validFrom": from, "validUntil": until, "source": "register"
            })
        };
        operator.post(&certificates, certificate("PSO-1", "2025-01-01", "2026-12-31")).await.expect(201);
        let change =
            json!({"kind": "pso-level", "effectiveOn": "2026-01-01", "reason": "Volgens het register"});
        app.change(&following, change).await.expect(200);
        let told = json!({
            "kind": "pso-level", "effectiveOn": "2026-01-01", "reason": "Opgave van de opdrachtnemer",
            "psoLevels": [{"level": "trede-3", "from": "2026-01-01", "until": "2026-06-30"}]
        });
        let owed_by_hand = app.change(&by_hand, told).await.expect(200).json()["obligation"].clone();

        app.clock.advance(TimeDelta::minutes(1));
        let operator = app.as_role(Role::Operator);
        operator.post(&certificates, certificate("PSO-2", "2027-01-01", "2028-06-30")).await.expect(201);
        app.services.plan_watch().unwrap();
        while app.services.do_next_job(JobKind::LevelWatch).unwrap() {}

        let coordinator = app.as_role(Role::Coordinator);
        let contract = coordinator.get(&following).await.expect(200).json();
        // Half the obligation over the whole term, where it was half over the first of two years.
        assert_eq!(contract["obligation"], "25000");
        let changes = coordinator.get(&format!("{following}/changes")).await.expect(200).json();
        let last = changes["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["enteredBy"]), (&json!("pso-level"), &json!("trede")));
        assert_eq!(coordinator.get(&by_hand).await.expect(200).json()["obligation"], owed_by_hand);

        // Longer than before: the levels of the longer term are those of the register too.
        let longer = json!({"kind": "extension", "effectiveOn": "2027-12-31", "reason": "Optiejaar", "endsOn": "2028-12-31"});
        let longer = app.change(&following, longer).await.expect(200).json();
        assert_eq!(
            longer["terms"]["psoLevels"],
            json!([{"level": "trede-3", "from": "2026-01-01", "until": "2028-06-30"}])
        );
    })
    .await;
}

#[actix_web::test]
async fn what_was_done_beyond_an_obligation_counts_elsewhere_once_where_the_policy_lets_it() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let mut policy = a_policy();
        policy["sanction"]["carryOver"] = json!(true);
        app.with_policy(policy).await;
        let done = app.with_contract(a_contract(GROEN)).await;
        let next = app.with_contract(a_contract(GROEN)).await;
        let third = app.with_contract(a_contract(GROEN)).await;
        let foreign = app.with_contract(a_contract(PLANTSOEN)).await;
        let project = json!({"kind": "project", "facts": {"block": "project", "amount": "53000"}});
        let entry = app.with_submitted(&done, GROEN, project).await;
        let coordinator = app.as_role(Role::Coordinator);
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let from = json!({"fromContractId": id(&done)});
        let carry = |contract: &str| format!("{contract}/carry-overs");
        let settle = format!("{done}/settlements");
        let fulfil = json!({"decision": "fulfil", "reason": "Gehaald"});
        assert_eq!(coordinator.post(&settle, fulfil.clone()).await.problem(409).0, "entries-wait");
        coordinator.post(&format!("{entry}/approvals"), json!({})).await.expect(200);
        assert_eq!(
            coordinator.post(&carry(&next), from.clone()).await.problem(409).0,
            "nothing-carried-over"
        );
        let settled = coordinator.post(&settle, fulfil).await.expect(201).json();
        assert_eq!((&settled["carriedOver"], &settled["shortfall"]), (&json!("3000"), &json!("0")));
        coordinator.post(&carry(&foreign), from.clone()).await.problem(400);
        let carried = coordinator.post(&carry(&next), from.clone()).await.expect(200).json();
        assert_eq!((&carried["kind"], &carried["state"]), (&json!("carry-over"), &json!("approved")));
        assert_eq!(app.balance(&next, "realised").await, "3000");
        let (code, _) = coordinator.post(&carry(&third), from).await.problem(409);
        assert_eq!(code, "carried-over-already");
        let by_hand = json!({"kind": "carry-over", "facts": {"block": "project", "amount": "1"}});
        app.as_contractor(GROEN).post(&format!("{next}/entries"), by_hand).await.problem(400);
    })
    .await;
}

#[actix_web::test]
async fn an_exemption_ends_an_obligation_and_what_is_owed_after_it_is_fixed_again() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let relief = |more: serde_json::Value| {
            let mut change =
                json!({"kind": "relief", "effectiveOn": "2026-06-01", "reason": "Overeengekomen"});
            change.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            change
        };
        app.change(&contract, relief(json!({"exemption": "Geen arbeid"}))).await.expect(200);
        let auditor = app.as_role(Role::Auditor);
        assert_eq!(auditor.get(&contract).await.json()["state"], "exempt");
        app.change(&contract, relief(json!({}))).await.expect(200);
        assert_eq!(auditor.get(&contract).await.json()["state"], "concept");
        app.determine(&contract).await;
        assert_eq!(auditor.get(&contract).await.json()["state"], "running");
    })
    .await;
}

#[actix_web::test]
async fn a_policy_of_a_region_is_used_by_its_municipalities_and_by_no_other() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let operator = app.as_role(Role::Operator);
        operator.post("/v1/municipalities", json!({"id": "gm0310", "name": "De Bilt"})).await.expect(201);
        let region =
            |members: serde_json::Value| json!({"name": "Midden-Utrecht", "municipalities": members});
        let mut new = region(json!(["gm0310"]));
        new["id"] = json!("midden-utrecht");
        let made = operator.post("/v1/regions", new.clone()).await.expect(201);
        assert_eq!(operator.post("/v1/regions", new.clone()).await.problem(409).0, "region-exists");
        let (path, etag) = (made.header("location").unwrap(), made.header("etag").unwrap());
        let shared = format!("{path}/social-return-policies");
        let policy = operator.post(&shared, a_policy()).await.expect(201).json();
        assert_eq!(policy["regionId"], "midden-utrecht");
        let id = policy["id"].as_str().unwrap();
        let here = format!("/v1/municipalities/{UTRECHT}/social-return-policies/{id}");
        app.as_role(Role::Coordinator).get(&here).await.problem(404);
        let both = region(json!([UTRECHT, "gm0310"]));
        operator.put(path, Some(etag), both.clone()).await.expect(200);
        operator.put(path, Some(etag), both).await.problem(412);
        app.as_role(Role::Coordinator).get(&here).await.expect(200);
        let contract = app.with_contract(a_contract(GROEN)).await;
        new["id"] = json!("elders");
        assert_eq!(operator.post("/v1/regions", new).await.problem(409).0, "in-another-region");
        // Who leaves keeps what its contracts keep.
        let left = operator.get(path).await.header("etag").unwrap().to_owned();
        operator.put(path, Some(&left), region(json!(["gm0310"]))).await.expect(200);
        app.as_role(Role::Coordinator).get(&here).await.problem(404);
        assert_eq!(app.balance(&contract, "obligation").await, "50000");
        let placement = a_placement("K-1", "2026-01-01", "2026-08-31");
        app.with_submitted(&contract, GROEN, placement).await;
    })
    .await;
}

#[actix_web::test]
async fn a_shortfall_is_excused_with_a_reason_where_the_policy_knows_an_excuse() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        for (version, excusable) in [("1", true), ("2", false)] {
            let mut policy = a_policy();
            policy["version"] = json!(version);
            policy["sanction"] = json!({"factor": "1.25", "excusable": excusable});
            let policy = app.with_policy(policy).await;
            let mut contract = a_contract(GROEN);
            contract["policyId"] = json!(policy);
            contract["terms"]["endsOn"] = json!("2026-02-28");
            let contract = app.with_contract(contract).await;
            let settlements = format!("{contract}/settlements");
            let coordinator = app.as_role(Role::Coordinator);
            let excuse = json!({"decision": "excuse", "reason": "Overmacht"});
            if excusable {
                let excused = coordinator.post(&settlements, excuse).await.expect(201).json();
                assert_eq!((&excused["shortfall"], &excused["sanction"]), (&json!("50000"), &json!("0")));
                assert_eq!(coordinator.get(&contract).await.json()["state"], "excused");
            } else {
                let (_, problem) = coordinator.post(&settlements, excuse).await.problem(400);
                assert_eq!(problem["errors"][0]["code"], "not-excusable");
                let short = json!({"decision": "fall-short", "reason": "Geen cijfers"});
                coordinator.post(&settlements, short).await.expect(201);
                let cure = json!({"decision": "give-cure-period", "reason": "Nog een keer"});
                assert_eq!(coordinator.post(&settlements, cure).await.problem(409).0, "state-forbids");
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn what_is_too_large_to_be_true_is_refused_and_not_computed() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let entries = format!("{contract}/entries");
        for quantity in ["9999999999999999", "100000000000001"] {
            let entry = json!({"kind": "activity", "facts": {"block": "activiteit", "quantity": quantity}});
            let (_, problem) = app.as_contractor(GROEN).post(&entries, entry).await.problem(400);
            assert_eq!(problem["errors"][0]["code"], "too-large");
        }
        let mut bonuses = a_placement("K-1", "2026-01-01", "2026-06-30");
        bonuses["facts"]["bonuses"] = json!(vec!["55-plus"; 51]);
        let (_, problem) = app.as_contractor(GROEN).post(&entries, bonuses).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "too-many");
        let mut policy = a_policy();
        policy["invoiceShares"] =
            (0..501).map(|n| json!({"register": n.to_string(), "percent": "1"})).collect();
        let case = json!({"policy": policy});
        let (_, problem) =
            app.as_role(Role::Bidder).post("/v1/social-return-simulations", case).await.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/policy/invoiceShares");
    })
    .await;
}
