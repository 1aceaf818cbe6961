//! Lists with what an office looks for, in the order that it asks.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Client, TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_policy};

const MUNICIPALITY: &str = "/v1/municipalities/gm0344";

/// What a member of each item says.
fn told(list: &Value, pointer: &str) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect()
}

/// The titles of all pages of a list, forwards, and backwards from the last page.
async fn both_ways(client: &Client, path: &str, query: &str, pointer: &str) -> (Vec<String>, Vec<String>) {
    let mut page = client.get(&format!("{path}?limit=2&{query}")).await.expect(200);
    let mut forwards = told(&page.json(), pointer);
    while let Some(next) = page.page("next") {
        page = client.get(&format!("{path}{next}")).await.expect(200);
        forwards.extend(told(&page.json(), pointer));
    }
    let mut backwards = told(&page.json(), pointer);
    while let Some(previous) = page.page("prev") {
        page = client.get(&format!("{path}{previous}")).await.expect(200);
        backwards.splice(0..0, told(&page.json(), pointer));
    }
    (forwards, backwards)
}

async fn with_contracts(app: &TestApp) -> Vec<String> {
    app.with_utrecht().await;
    app.with_policy(a_policy()).await;
    let mut paths = Vec::new();
    for (title, kvk, sum, ends_on, coordinator) in [
        ("Dak 50%", GROEN, "300000", "2026-06-30", Some("anna")),
        ("Asfalt", PLANTSOEN, "100000", "2027-12-31", Some("bert")),
        ("Catering", GROEN, "200000", "2026-06-30", None),
        ("Beheer", GROEN, "200000", "2028-06-30", Some("anna")),
        ("Dak 500", PLANTSOEN, "200000", "2026-03-31", Some("anna")),
    ] {
        let mut contract = a_contract(kvk);
        let terms = contract["terms"].as_object_mut().unwrap();
        terms.insert("title".to_owned(), json!(title));
        terms.insert("externalReference".to_owned(), json!(format!("REF-{title}")));
        terms.insert("contractSum".to_owned(), json!(sum));
        terms.insert("endsOn".to_owned(), json!(ends_on));
        match coordinator {
            Some(name) => terms.insert("coordinator".to_owned(), json!(name)),
            None => terms.remove("coordinator"),
        };
        paths.push(app.with_contract(contract).await);
    }
    paths
}

#[actix_web::test]
async fn contracts_are_found_by_all_that_a_coordinator_looks_for_in_any_order() {
    on_each_database(async |app| {
        with_contracts(&app).await;
        let coordinator = app.as_role(Role::Coordinator);
        let list = format!("{MUNICIPALITY}/contracts");
        for (query, expected) in [
            ("sort=title", "Asfalt Beheer Catering Dak_50% Dak_500"),
            ("sort=-title", "Dak_500 Dak_50% Catering Beheer Asfalt"),
            ("sort=ends-on", "Dak_500 Dak_50% Catering Asfalt Beheer"),
            ("sort=-ends-on", "Beheer Asfalt Catering Dak_50% Dak_500"),
            ("sort=contract-sum", "Asfalt Catering Beheer Dak_500 Dak_50%"),
            ("sort=-registered", "Dak_500 Beheer Catering Asfalt Dak_50%"),
            ("coordinator=anna", "Dak_50% Beheer Dak_500"),
            ("unassigned=true", "Catering"),
            ("contractor=69599068&endsUntil=2026-12-31", "Dak_50% Catering"),
            ("endsFrom=2027-01-01", "Asfalt Beheer"),
            ("externalReference=REF-Beheer", "Beheer"),
            ("text=dak", "Dak_50% Dak_500"),
            ("text=50%25", "Dak_50%"),
            ("text=ref-as", "Asfalt"),
            ("state=running&coordinator=bert", "Asfalt"),
            ("state=concept,fixed", ""),
            ("risk=on-track", ""),
            ("risk=at-risk,behind&text=dak&sort=-title", "Dak_500 Dak_50%"),
        ] {
            let (forwards, backwards) = both_ways(&coordinator, &list, query, "/terms/title").await;
            let names: Vec<String> = forwards.iter().map(|title| title.replace(' ', "_")).collect();
            assert_eq!(names.join(" "), expected, "{query}");
            assert_eq!(forwards, backwards, "{query}");
        }
        for wrong in ["sort=colour", "state=happy", "risk=none", "limit=0", "surprise=1", "endsFrom=soon"] {
            coordinator.get(&format!("{list}?{wrong}")).await.problem(400);
        }
        // A place in one order is none in another.
        let page = coordinator.get(&format!("{list}?limit=2&sort=title")).await.page("next").unwrap();
        let turned = page.replace("sort=title", "sort=ends-on");
        coordinator.get(&format!("{list}{turned}")).await.problem(400);
        // A contractor finds its own.
        let own = app.as_contractor(PLANTSOEN).get(&format!("{list}?sort=title")).await.json();
        assert_eq!(told(&own, "/terms/title"), ["Asfalt", "Dak 500"]);
    })
    .await;
}

fn an_activity(reference: &str, quantity: &str) -> Value {
    json!({
        "kind": "activity", "externalReference": reference, "description": format!("Gastles {reference}"),
        "facts": {"block": "activiteit", "quantity": quantity}
    })
}

#[actix_web::test]
async fn entries_are_found_over_all_contracts() {
    on_each_database(async |app| {
        let contracts = with_contracts(&app).await;
        let (first, second) = (&contracts[0], &contracts[1]);
        app.with_submitted(first, GROEN, an_activity("V-1", "30")).await;
        app.clock.set("2026-03-09T09:00:00Z");
        app.with_submitted(second, PLANTSOEN, an_activity("V-2", "10")).await;
        let third = app.with_submitted(first, GROEN, an_activity("V-3", "20")).await;
        app.as_role(Role::Coordinator).post(&format!("{third}/approvals"), json!({})).await.expect(200);
        let draft = json!({"kind": "project", "externalReference": "V-4", "facts": {"block": "project", "amount": "1"}});
        app.as_contractor(GROEN).post(&format!("{first}/entries"), draft).await.expect(201);
        let list = format!("{MUNICIPALITY}/entries");
        let contract = first.rsplit('/').next().unwrap();
        let coordinator = app.as_role(Role::Coordinator);
        for (query, expected) in [
            ("", "V-1 V-2 V-3 V-4"),
            ("sort=-made", "V-4 V-3 V-2 V-1"),
            ("sort=value", "V-4 V-2 V-3 V-1"),
            ("sort=-value", "V-1 V-3 V-2 V-4"),
            ("state=submitted", "V-1 V-2"),
            ("state=draft,approved", "V-3 V-4"),
            ("block=project", "V-4"),
            ("kind=activity&coordinator=anna", "V-1 V-3"),
            ("handedInBefore=2026-03-09&state=submitted", "V-1"),
            ("contractor=68750110", "V-2"),
            ("externalReference=V-3", "V-3"),
            ("text=gastles%20v-2", "V-2"),
        ] {
            let (forwards, backwards) = both_ways(&coordinator, &list, query, "/externalReference").await;
            assert_eq!(forwards.join(" "), expected, "{query}");
            assert_eq!(forwards, backwards, "{query}");
        }
        let (found, _) =
            both_ways(&coordinator, &list, &format!("contract={contract}"), "/externalReference").await;
        assert_eq!(found, ["V-1", "V-3", "V-4"]);
        let own = app.as_contractor(PLANTSOEN).get(&list).await.json();
        assert_eq!(told(&own, "/externalReference"), ["V-2"]);
        coordinator.get(&format!("{list}?contract=x")).await.problem(400);
    })
    .await;
}

#[actix_web::test]
async fn a_contractor_sees_its_contracts_of_every_authority_that_its_token_names_and_of_no_other() {
    on_each_database(async |app| {
        with_contracts(&app).await;
        for authority in ["gm0363", "pv27"] {
            let operator = app.as_role(Role::Operator);
            let new = json!({"id": authority, "name": authority});
            operator.post("/v1/municipalities", new).await.expect(201);
            let mut claims = app.claims(Role::Coordinator);
            claims.municipalities = vec![authority.to_owned()];
            let coordinator = app.with_claims(claims);
            let path = format!("/v1/municipalities/{authority}");
            coordinator.post(&format!("{path}/social-return-policies"), a_policy()).await.expect(201);
            let mut contract = a_contract(GROEN);
            contract["terms"]["title"] = json!(format!("Bos {authority}"));
            let made = coordinator.post(&format!("{path}/contracts"), contract).await.expect(201);
            let made = made.header("location").unwrap().to_owned();
            let mut claims = app.claims(Role::Contractor);
            claims.municipalities = vec![authority.to_owned()];
            let contractor = app.with_claims(claims);
            contractor.post(&format!("{made}/entries"), an_activity("V-9", "1")).await.expect(201);
        }
        let mut claims = app.claims(Role::Contractor);
        claims.municipalities = vec!["gm0344".to_owned(), "gm0363".to_owned()];
        let contractor = app.with_claims(claims);
        for (query, expected) in [
            ("sort=title", "Beheer Bos_gm0363 Catering Dak_50%"),
            ("sort=-title", "Dak_50% Catering Bos_gm0363 Beheer"),
            ("sort=-ends-on", "Beheer Bos_gm0363 Catering Dak_50%"),
            ("", "Dak_50% Catering Beheer Bos_gm0363"),
        ] {
            let (forwards, backwards) =
                both_ways(&contractor, "/v1/contracts", query, "/contract/terms/title").await;
            let names: Vec<String> = forwards.iter().map(|title| title.replace(' ', "_")).collect();
            assert_eq!(names.join(" "), expected, "{query}");
            assert_eq!(forwards, backwards, "{query}");
        }
        let entries = contractor.get("/v1/entries").await.expect(200).json();
        assert_eq!(told(&entries, "/municipality"), ["gm0363"]);
        assert_eq!(told(&entries, "/entry/externalReference"), ["V-9"]);
    })
    .await;
}
