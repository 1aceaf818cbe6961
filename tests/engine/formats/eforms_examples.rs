//! The EU's example notices import as their documents say.

use serde_json::Value;
use trede_formats::eforms::{EformsError, NoticeKind, NumberKind, OpenPoint, TO_COMPLETE};

use crate::formats::samples::{example, examples, read};
use crate::formats::scan::nothing_is_lost;

#[test]
fn every_example_imports_without_a_loss_but_the_one_without_a_lot() {
    for (name, bytes) in examples() {
        let outcome = read(&bytes);
        if name == "INVALID_cn_24_empty.xml" {
            assert_eq!(outcome, Err(EformsError::NoLot));
            continue;
        }
        let report = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
        nothing_is_lost(&name, std::str::from_utf8(&bytes).unwrap(), &report);
    }
}

#[test]
fn the_weights_are_those_of_the_published_examples() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/worked-examples.json");
    let cases: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let imports: Vec<_> =
        cases.as_array().unwrap().iter().filter(|case| case["method"] == "eforms_import").collect();
    assert_eq!(imports.len(), 4);
    for case in imports {
        let name = case["inputs"]["file"].as_str().unwrap();
        let notice = read(&example(name)).unwrap().notice;
        for (id, expected) in case["expected"]["lots"].as_object().unwrap() {
            let mut all = notice.lots.iter().chain(&notice.lot_groups);
            let lot = all.find(|lot| lot.id.as_deref() == Some(id)).unwrap();
            let found: Vec<_> = lot
                .award_criteria
                .criteria
                .iter()
                .map(|criterion| {
                    let [number] = criterion.numbers.as_slice() else { panic!("{name}: one number each") };
                    assert_eq!(number.kind, NumberKind::Weight);
                    let weight: Value = serde_json::from_str(&number.value.unwrap().0.to_string()).unwrap();
                    serde_json::json!({"type": criterion.kind, "weight": weight, "weight_code": number.code})
                })
                .collect();
            assert_eq!(Value::from(found), *expected, "{name} {id}");
        }
    }
}

#[test]
fn a_stage_one_notice_imports_with_a_long_list_to_complete() {
    let report = read(&example("INVALID_cn_24_stage-1.xml")).unwrap();
    let open: Vec<_> = report.to_complete.iter().map(|point| point.code).collect();
    for code in [
        OpenPoint::NoticeIdMissing,
        OpenPoint::ProcedureIdMissing,
        OpenPoint::TitleMissing,
        OpenPoint::BuyerMissing,
        OpenPoint::CpvMissing,
        OpenPoint::DeadlineMissing,
        OpenPoint::LotIdMissing,
        OpenPoint::CriteriaMissing,
    ] {
        assert!(open.contains(&code), "{code:?} is not among {open:?}");
    }
    let draft = report.draft().unwrap();
    assert_eq!((draft.tender.title.as_str(), draft.tender.buyer.as_str()), (TO_COMPLETE, TO_COMPLETE));
    assert_eq!(draft.lots.len(), 1);
}

#[test]
fn all_languages_of_a_notice_are_kept() {
    let report = read(&example("cn_24_multilingual.xml")).unwrap();
    assert_eq!(report.notice.other_languages.len(), 23);
    assert_eq!(report.notice.subject.title.0.len(), 24);
    let lot = &report.notice.lots[0];
    assert_eq!(lot.subject.title.0.len(), 24);
    for criterion in &lot.award_criteria.criteria {
        assert!(criterion.description.0.len() >= 23, "{:?}", criterion.description.0.len());
    }
}

#[test]
fn the_maximal_notice_gives_its_groups_deadline_and_objectives() {
    let report = read(&example("cn_24_maximal.xml")).unwrap();
    let notice = &report.notice;
    assert_eq!((notice.lots.len(), notice.lot_groups.len()), (2, 1));
    let distribution = notice.lot_distribution.as_ref().unwrap();
    assert_eq!(distribution.groups[0].lot_ids, ["LOT-0001", "LOT-0002"]);
    assert_eq!(distribution.groups[0].group_id.as_deref(), Some("GLO-0001"));
    let lot = &notice.lots[0];
    assert_eq!(lot.number, Some(1));
    assert!(!lot.subject.social_objectives.is_empty());
    assert!(!lot.participation.reserved.is_empty());
    assert!(!lot.participation.conditions.is_empty());
    let draft = report.draft().unwrap();
    assert_eq!(draft.tender.max_lots_per_bidder.map(u32::from), distribution.max_lots_submitted);
}

#[test]
fn a_framework_agreement_is_read_with_its_operators_and_how_competition_goes_on() {
    let of = |name: &str| read(&example(name)).unwrap();
    let multilingual = of("cn_24_multilingual.xml");
    let lot = multilingual.notice.lots.iter().find(|lot| lot.framework.is_some()).unwrap();
    let framework = lot.framework.clone().unwrap();
    assert_eq!((framework.technique.as_deref(), framework.maximum_participants), (Some("fa-wo-rc"), Some(3)));
    // Without reopening orders go by ranking or by rotation, which no notice says.
    assert!(multilingual.to_complete.iter().any(|open| open.code == OpenPoint::FrameworkCallOff));
    let maximal = of("cn_24_maximal.xml");
    let framework = maximal.notice.lots[0].framework.clone().unwrap();
    assert_eq!((framework.technique.as_deref(), framework.maximum_participants), (Some("fa-w-rc"), Some(10)));
    let winners = maximal.award_models.iter().find_map(|sketch| sketch.winners);
    assert!(winners.is_none_or(|winners| winners.maximum == 10), "{winners:?}");
}

#[test]
fn a_draft_holds_what_the_open_notice_says() {
    let report = read(&example("cn_24_open.xml")).unwrap();
    let draft = report.draft().unwrap();
    assert_eq!(draft.tender.buyer, "Renfrewshire Council");
    assert_eq!(draft.tender.estimated_value_cents, Some(50_000_000));
    assert_eq!(draft.tender.deadline_at, Some("2020-04-03T11:00:00Z".parse().unwrap()));
    assert_eq!(draft.tender.external_reference.as_deref(), Some("31f258b6-5eb2-4875-8997-affa3cdce27c"));
    let codes: Vec<_> = draft.tender.cpv_codes.0.iter().map(ToString::to_string).collect();
    assert_eq!(codes, ["71630000", "71314100", "50300000", "31600000"]);
    assert_eq!(draft.lots[0].number, 1, "LOT-0000 is the first");
}

#[test]
fn a_result_notice_gives_award_facts_and_no_draft() {
    let report = read(&example("can_24_UKRI.xml")).unwrap();
    assert_eq!(report.notice.kind, NoticeKind::ContractAwardNotice);
    assert!(report.draft().is_none());
    assert!(report.to_complete.is_empty());
    let results = report.notice.results.unwrap();
    assert_eq!(results.lots[0].status.as_deref(), Some("selec-w"));
    assert_eq!(results.lots[0].lot_ids, ["LOT-0000"]);
    assert_eq!(results.lots[0].statistics[0].count, 2);
    assert_eq!(results.tenders[0].rank.as_deref(), Some("1"));
    assert_eq!(results.tenders[0].value.as_ref().unwrap().value.0.to_string(), "60000000");
    assert_eq!(results.tenderers[0].organisation_ids, ["ORG-0004"]);
    assert_eq!(results.contracts[0].concluded_on, Some("2020-04-09".parse().unwrap()));
}

#[test]
fn what_can_be_about_a_person_is_listed_without_what_it_says() {
    let report = read(&example("cn_24_open.xml")).unwrap();
    assert!(!serde_json::to_string(&report).unwrap().contains("douglas.mcewan"));
    assert!(report.not_taken_over.iter().any(|left| left.place.ends_with("Contact/ElectronicMail")));
}

#[test]
fn the_criteria_of_a_notice_are_an_award_model_once_method_and_scales_are_chosen() {
    let report = read(&example("cn_24_open.xml")).unwrap();
    let [sketch] = report.award_models.as_slice() else { panic!("one lot") };
    let mut model = serde_json::to_value(sketch).unwrap();
    model.as_object_mut().unwrap().remove("lotNumber");
    model["method"] = serde_json::json!({"code": "relative-lowest"});
    model["dropOut"] = serde_json::json!("recompute");
    for criterion in model["criteria"].as_array_mut().unwrap() {
        if criterion["kind"] == "assessed-quality" {
            criterion["scale"] = serde_json::json!({"highest": "10"});
        }
    }
    let weights: Vec<_> = model["criteria"].as_array().unwrap().iter().map(|c| c["weight"].clone()).collect();
    assert_eq!(weights, ["15", "5", "3", "2", "75"]);
    let model: trede_wire::score_file::AwardModelInput = serde_json::from_value(model).unwrap();
    model.declare(None).unwrap();
}
