//! Releases of OCDS from what is known of a procedure.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use trede_base::contract_kind::ContractKind;
use trede_base::cpv::CpvCodes;
use trede_base::ids::MunicipalityId;
use trede_base::record::Record;
use trede_formats::ocds::{
    ContractFacts, EXTENSION_SCHEMA, LotProcess, PackageKind, PackageMeta, Process, joined, record, releases,
};
use trede_model::following::contract::{Contract, ContractTerms, ContractorFacts, KvkNumbers, LevelPeriods};
use trede_model::following::obligation_state::ObligationState;
use trede_model::frame::municipality::Municipality;
use trede_model::tendering::lot::{Lot, LotFacts};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, Tender, TenderFacts};

const MOMENT: &str = "2026-03-02T09:00:00Z";

fn id(number: u8) -> String {
    format!("0190a5c8-0000-7000-8000-0000000000{number:02}")
}

fn now() -> DateTime<Utc> {
    MOMENT.parse().unwrap()
}

fn utrecht() -> MunicipalityId {
    "gm0344".parse().unwrap()
}

/// Price, and a PSO level in a group.
fn model() -> Value {
    json!({
        "method": {"code": "absolute-linear", "corridor": {
            "fullPointsAt": "350000", "zeroPointsAt": "500000", "below": "clip", "above": "reject"}},
        "weightUnit": "percent",
        "criteria": [
            {"id": "price", "kind": "price", "weight": "60"},
            {"id": "sociaal", "title": "Sociaal", "kind": "group", "weight": "40", "criteria": [
                {"id": "pso", "title": "PSO-trede", "kind": "pso-level", "weight": "40", "levels": {
                    "measure": "points",
                    "rows": [{"level": "none", "value": "0"}, {"level": "trede-2", "value": "25.5"}]}}]}
        ]
    })
}

fn terms() -> ContractTerms {
    ContractTerms {
        external_reference: None,
        lot: Some(id(2).parse().unwrap()),
        title: "Groenonderhoud".to_owned(),
        contractor: "69599068".parse().unwrap(),
        consortium: KvkNumbers::default(),
        kind: ContractKind::Services,
        cpv_codes: CpvCodes::default(),
        contract_sum_cents: 39_800_000,
        wage_sum_cents: Some(12_345_678),
        labour_percent: None,
        published_on: None,
        assigned_on: None,
        starts_on: "2026-05-01".parse().unwrap(),
        ends_on: "2028-04-30".parse().unwrap(),
        offered_percent: None,
        pso_levels: LevelPeriods::default(),
        exemption: None,
        deviation: None,
        coordinator: Some("coordinator-7".to_owned()),
        labels: LevelPeriods::default(),
        of_contractor: ContractorFacts::default(),
    }
}

fn contract(state: ObligationState) -> ContractFacts {
    let contract = Contract {
        municipality: utrecht(),
        id: id(3).parse().unwrap(),
        terms: terms(),
        policy: None,
        obligation_cents: Some(1_990_000),
        state,
        cure_until: None,
        record: Record::new(now()),
    };
    ContractFacts { contract, award_id: id(4), approved_cents: 500_050 }
}

fn lot(state: State) -> LotProcess {
    let facts = LotFacts {
        number: 1,
        title: "Noord".to_owned(),
        description: String::new(),
        estimated_value_cents: None,
    };
    let lot = Lot {
        municipality: utrecht(),
        tender: id(1).parse().unwrap(),
        id: id(2).parse().unwrap(),
        facts,
        state,
        opened_at: None,
        quality_fixed_at: None,
        prices_opened_at: None,
        award_model: None,
        record: Record::new(now()),
    };
    LotProcess {
        lot,
        model: Some(serde_json::from_value(model()).unwrap()),
        bids: None,
        ended_at: matches!(state, State::Cancelled | State::Unsuccessful).then(now),
        award: None,
    }
}

fn process(state: State, obligation: Option<ObligationState>) -> Process {
    let facts = TenderFacts {
        external_reference: Some("intern-17".to_owned()),
        title: "Groenonderhoud".to_owned(),
        description: String::new(),
        buyer: "Gemeente Utrecht".to_owned(),
        cpv_codes: "77310000-6".parse().unwrap(),
        estimated_value_cents: Some(125_000_050),
        above_threshold: None,
        bid_custody: BidCustody::Trede,
        bid_envelopes: BidEnvelopes::One,
        max_lots_per_bidder: Some(2),
        deadline_at: Some(now()),
        award_on: None,
    };
    Process {
        prefix: "ocds-213czf".parse().unwrap(),
        municipality: Municipality {
            id: utrecht(),
            name: "Utrecht".to_owned(),
            oin: None,
            record: Record::new(now()),
        },
        tender: Tender {
            municipality: utrecht(),
            id: id(1).parse().unwrap(),
            facts,
            published_at: (state != State::Draft).then(now),
            record: Record::new(now()),
        },
        lots: vec![lot(state)],
        contracts: obligation.map(contract).into_iter().collect(),
    }
}

fn told(process: &Process) -> Value {
    serde_json::to_value(releases(process)).unwrap()
}

fn tags(told: &Value) -> Vec<&str> {
    told.as_array().unwrap().iter().map(|release| release["tag"][0].as_str().unwrap()).collect()
}

#[test]
fn a_draft_tells_nothing() {
    let draft = process(State::Draft, None);
    assert!(releases(&draft).is_empty());
    assert!(record(&draft).is_none());
}

#[test]
fn each_stage_that_is_reached_has_a_release() {
    assert_eq!(tags(&told(&process(State::Published, None))), ["tender"]);
    assert_eq!(tags(&told(&process(State::Unsuccessful, None))), ["tender", "award"]);
    let concept = process(State::Published, Some(ObligationState::Concept));
    assert_eq!(tags(&told(&concept)), ["tender", "contract"]);
    let running = process(State::Published, Some(ObligationState::Running));
    assert_eq!(tags(&told(&running)), ["tender", "contract", "implementation"]);
}

#[test]
fn ids_of_releases_follow_from_what_they_tell() {
    let one = process(State::Published, Some(ObligationState::Running));
    assert_eq!(told(&one), told(&one));
    let told = told(&one);
    let ids: std::collections::BTreeSet<_> =
        told.as_array().unwrap().iter().map(|release| release["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn criteria_are_told_with_their_weights_and_levels() {
    let told = told(&process(State::Published, None));
    let criteria = &told[0]["tender"]["lots"][0]["awardCriteria"];
    assert_eq!(
        criteria["criteria"][1],
        json!({
            "type": "quality", "name": "Sociaal: PSO-trede",
            "numbers": [{"number": 40, "weight": "percentageExact"}],
            "scoredBy": "pso-level",
            "psoLevels": {"measure": "points", "rows": [{"level": "none", "value": 0}, {"level": "trede-2", "value": 25.5}]}
        })
    );
    assert_eq!(told[0]["tender"]["value"]["amount"].to_string(), "1250000.5");
    assert_eq!(told[0]["tender"]["lotDetails"], json!({"maximumLotsBidPerSupplier": 2}));
}

#[test]
fn social_return_is_a_milestone_until_the_end_of_the_last_day() {
    let told = told(&process(State::Published, Some(ObligationState::Fulfilled)));
    let contract = &told[2]["contracts"][0];
    assert_eq!(contract["socialReturn"]["obligation"]["amount"], 19900);
    assert_eq!(contract["socialReturn"]["realised"]["amount"], 5000.5);
    let milestone = &contract["implementation"]["milestones"][0];
    assert_eq!(
        (&milestone["dueDate"], &milestone["status"]),
        (&json!("2028-04-30T23:59:59Z"), &json!("met"))
    );
    assert_eq!(told[1]["contracts"][0]["implementation"], Value::Null, "the contract itself has none");
}

#[test]
fn what_the_municipality_keeps_to_itself_is_not_told() {
    let text = told(&process(State::Published, Some(ObligationState::Running))).to_string();
    for kept in ["coordinator-7", "123456.78", "12345678", "intern-17", "gm0344"] {
        assert!(!text.contains(kept), "{kept}");
    }
}

#[test]
#[allow(clippy::disallowed_methods)]
fn a_package_is_json_whatever_is_set() {
    for (license, policy) in
        [(None, None), (Some("https://x.nl/l"), None), (Some("https://x.nl/l"), Some("https://x.nl/p"))]
    {
        let meta = PackageMeta {
            uri: "https://trede.example.nl/v1/municipalities/gm0344/open-data/releases".to_owned(),
            server: "https://trede.example.nl".to_owned(),
            published_at: MOMENT.parse().unwrap(),
            publisher: "Gemeente \"Utrecht\"".to_owned(),
            license: license.map(str::to_owned),
            publication_policy: policy.map(str::to_owned),
        };
        let one = process(State::Unsuccessful, Some(ObligationState::Short));
        for kind in [PackageKind::Releases, PackageKind::Records] {
            let mut first = true;
            let items = match kind {
                PackageKind::Releases => joined(&releases(&one), &mut first),
                PackageKind::Records => joined(&[record(&one).unwrap()], &mut first),
            };
            let text = meta.opening(kind) + &items.unwrap() + PackageMeta::closing();
            let package: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(package["license"].as_str(), license);
            assert_eq!(package["publicationPolicy"].as_str(), policy);
            if let Some(folder) = std::env::var_os("OCDS_SAMPLES") {
                let name = format!("contract-{kind:?}.json");
                std::fs::write(std::path::Path::new(&folder).join(name), text).unwrap();
            }
        }
    }
}

#[test]
fn every_field_of_our_own_stands_in_the_schema_of_the_extension() {
    let schema: Value = serde_json::from_str(EXTENSION_SCHEMA).unwrap();
    let definitions = &schema["definitions"];
    for (definition, field) in [
        ("AwardCriteria", "awardMethod"),
        ("AwardCriterion", "scoredBy"),
        ("AwardCriterion", "psoLevels"),
        ("Bid", "evaluation"),
        ("Contract", "socialReturn"),
    ] {
        assert!(definitions[definition]["properties"][field].is_object(), "{definition}.{field}");
    }
    let states = definitions["SocialReturn"]["properties"]["status"]["enum"].as_array().unwrap();
    for state in ObligationState::ALL {
        assert!(states.contains(&json!(state.code())), "{state}");
    }
}
