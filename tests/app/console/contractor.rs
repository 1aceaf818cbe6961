//! A contractor with contracts at two municipalities sees all that it owes on its first page, and mends what came back.

use trede_base::ids::MunicipalityId;
use trede_model::following::entry::EntryPath;
use trede_model::frame::role::Role;
use trede_service::clock::fresh_uuid;
use trede_service::following::contracts::{self, NewContract};
use trede_service::following::entries;
use trede_service::following::entry_steps::{self, EntryAct};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::municipalities::{self, NewMunicipality};
use trede_service::policies::social_return_policies;

use crate::api::fulfilment_world::{GROEN, a_contract as contract_terms, a_placement, a_policy};
use crate::console::browser::{HOME, Site};
use crate::console::following::{a_contract, an_entry};
use crate::console::markup::faults;
use crate::support;

const REASON: &str = "De urenlijst van maart ontbreekt.";

fn amsterdam() -> MunicipalityId {
    "gm0363".parse().unwrap()
}

fn actor(role: Role) -> Actor {
    Actor {
        subject: format!("{role}-9"),
        client: None,
        roles: [role].into(),
        municipalities: [amsterdam()].into(),
        kvk: (role == Role::Contractor).then(|| GROEN.parse().unwrap()),
        origin: RequestOrigin::own(fresh_uuid()),
    }
}

/// A contract of the same contractor at Amsterdam, with an entry that was given back.
fn given_back_elsewhere(site: &Site) {
    let services = &site.services;
    let new = NewMunicipality { id: amsterdam(), name: "Amsterdam".to_owned(), oin: None };
    municipalities::register(services, &actor(Role::Operator), new).unwrap();
    let (coordinator, contractor) = (actor(Role::Coordinator), actor(Role::Contractor));
    let policy = serde_json::from_value(a_policy()).unwrap();
    let policy = social_return_policies::create(services, &coordinator, amsterdam(), &policy).unwrap().id;
    let mut terms = contract_terms(GROEN)["terms"].clone();
    terms["title"] = "Bruggen en kades".into();
    let new =
        NewContract { terms: serde_json::from_value(terms).unwrap(), award: None, policy: Some(policy) };
    let made = contracts::create(services, &coordinator, amsterdam(), &new).unwrap();
    contracts::determine(services, &coordinator, amsterdam(), made.id, made.record.version).unwrap();
    let record = serde_json::from_value(a_placement("K-7", "2026-01-01", "2026-02-28")).unwrap();
    let entry = entries::create(services, &contractor, amsterdam(), made.id, &record).unwrap().id;
    let at = EntryPath { municipality: amsterdam(), contract: made.id, entry };
    entry_steps::act_on(services, &contractor, at, &EntryAct::Submit).unwrap();
    let back = EntryAct::Return { reason: REASON.to_owned() };
    entry_steps::act_on(services, &coordinator, at, &back).unwrap();
}

#[actix_web::test]
async fn all_obligations_stand_on_one_page_with_what_came_back_and_why() {
    for database in support::databases() {
        let site = Site::on(database).await;
        let contract = a_contract(&site).await;
        given_back_elsewhere(&site);
        let contractor = site.enter(Role::Contractor, 1).await;
        an_entry(&contractor, &contract).await;
        let home = contractor.get(HOME).await;
        assert_eq!(home.status, 200, "{}", home.html);
        let told = home.text();
        for part in ["Groenonderhoud", "Utrecht", "Bruggen en kades", "Amsterdam", REASON, "€ 50.000"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(told.contains("Wat op u wacht: 2"), "{told}");
        assert!(faults(&home, "nl").is_empty(), "{:?}", faults(&home, "nl"));
        let english = contractor.in_english().get(HOME).await.text();
        assert!(english.contains("What I owe, at all municipalities") && english.contains("Given back"));
        let html = home.html.replace("&#x2f;", "/");
        let link =
            html.split("href=\"").find(|rest| rest.starts_with("/gm0363/") && rest.contains("/entries/"));
        let link = link.unwrap().split('"').next().unwrap().to_owned();
        let mend = [("/facts/period/until", "31-03-2026")];
        contractor.done(&format!("{link}/edit"), "update_entry", &mend).await;
        contractor.done(&link, "submit_entry", &[]).await;
        assert!(!contractor.get(HOME).await.html.contains(REASON));
    }
}

#[actix_web::test]
async fn another_role_has_no_such_list() {
    let site = Site::on(support::sqlite()).await;
    a_contract(&site).await;
    given_back_elsewhere(&site);
    for role in [Role::Coordinator, Role::Buyer, Role::Bidder] {
        let home = site.enter(role, 1).await.get(HOME).await;
        assert_eq!(home.status, 200);
        assert!(!home.html.contains("Bruggen en kades") && !home.html.contains(REASON), "{role}");
    }
}
