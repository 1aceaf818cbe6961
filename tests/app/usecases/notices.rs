//! Notices that are imported: what becomes of the tender of their procedure.

use trede_base::ids::Id;
use trede_base::page::{PageRequest, Start};
use trede_base::record::Version;
use trede_formats::eforms::TO_COMPLETE;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::notice_import::ImportOutcome;
use trede_model::tendering::tender::BidCustody;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::notice_imports::{self, Imported};
use trede_service::tendering::notice_source::NoticeDocument;
use trede_service::tendering::{award_models, lots, tender_steps, tenders};

use crate::usecases::world::{
    AFTER, World, actor, amsterdam, award_model, buyer, findings, is_forbidden, is_not_found, refusal,
    utrecht, worlds,
};

/// A notice of the procedure `p-1` with lots of these titles.
fn notice(id: &str, version: &str, root: &str, lot_titles: &[&str]) -> String {
    let lots: String = lot_titles
        .iter()
        .zip(1..)
        .map(|(title, number)| {
            format!(
                r#"<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-000{number}</cbc:ID><cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2026-02-16+01:00</cbc:EndDate><cbc:EndTime>12:00:00+01:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod></cac:TenderingProcess><cac:ProcurementProject><cbc:Name languageID="NLD">{title}</cbc:Name></cac:ProcurementProject></cac:ProcurementProjectLot>"#
            )
        })
        .collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID schemeName="notice-id">{id}</cbc:ID><cbc:ContractFolderID>p-1</cbc:ContractFolderID><cbc:VersionID>{version}</cbc:VersionID><cbc:NoticeLanguageCode>NLD</cbc:NoticeLanguageCode>{lots}</{root}>"#
    )
}

fn call(id: &str, version: &str, lot_titles: &[&str]) -> String {
    notice(id, version, "ContractNotice", lot_titles)
}

fn import(world: &World, xml: &str) -> Result<Imported, ServiceError> {
    let document = NoticeDocument::Bytes(xml.as_bytes().to_vec());
    notice_imports::create(&world.services, &buyer(), utrecht(), &document, None)
}

fn lot_titles(world: &World, imported: &Imported) -> Vec<String> {
    let tender = imported.import.summary.tender.unwrap();
    let first = PageRequest { start: Start::First, limit: 100 };
    let page = lots::list(&world.services, &buyer(), utrecht(), tender, &first).unwrap();
    page.items.into_iter().map(|lot| lot.facts.title).collect()
}

#[test]
fn a_call_makes_a_draft_with_its_lots_in_one_act() {
    for world in worlds() {
        let imported = import(&world, &call("n-1", "01", &["Noord", "Zuid"])).unwrap();
        assert!(imported.is_new);
        assert_eq!(imported.import.summary.outcome, ImportOutcome::Created);
        let tender = imported.import.summary.tender.unwrap();
        let found = tenders::get(&world.services, &buyer(), utrecht(), tender).unwrap().tender;
        assert_eq!(found.facts.external_reference.as_deref(), Some("p-1"));
        assert_eq!(found.facts.title, TO_COMPLETE);
        assert_eq!(found.facts.bid_custody, BidCustody::Platform);
        assert_eq!(found.facts.deadline_at, Some("2026-02-16T11:00:00Z".parse().unwrap()));
        assert_eq!(lot_titles(&world, &imported), ["Noord", "Zuid"]);
        assert_eq!(world.actions(), ["create_notice_import"]);
        let read = notice_imports::get(
            &world.services,
            &actor(Role::Auditor),
            utrecht(),
            imported.import.summary.id,
        );
        assert_eq!(read.unwrap(), imported.import);
    }
}

#[test]
fn the_same_notice_again_is_the_same_import() {
    for world in worlds() {
        let xml = call("n-1", "01", &["Noord"]);
        let first = import(&world, &xml).unwrap();
        let again = import(&world, &xml).unwrap();
        assert!(!again.is_new);
        assert_eq!(again.import, first.import);
        assert_eq!(world.actions().len(), 1);
        assert_eq!(refusal(import(&world, &call("n-1", "01", &["Oost"]))), "notice-differs");
    }
}

#[test]
fn writers_at_the_same_moment_make_one_draft() {
    for world in worlds() {
        let xml = call("n-1", "01", &["Noord"]);
        let new = std::thread::scope(|scope| {
            let writers: Vec<_> =
                (0..6).map(|_| scope.spawn(|| import(&world, &xml).unwrap().is_new)).collect();
            writers
                .into_iter()
                .filter(|_| true)
                .map(|writer| writer.join().unwrap())
                .filter(|new| *new)
                .count()
        });
        assert_eq!(new, 1);
        let all = PageRequest { start: Start::First, limit: 100 };
        assert_eq!(tenders::list(&world.services, &buyer(), utrecht(), &all).unwrap().items.len(), 1);
    }
}

#[test]
fn a_later_version_brings_the_draft_up_to_date_and_lists_what_it_replaced() {
    for world in worlds() {
        let first = import(&world, &call("n-1", "01", &["Noord", "Zuid"])).unwrap();
        let tender = first.import.summary.tender.unwrap();
        let mut facts = tenders::get(&world.services, &buyer(), utrecht(), tender).unwrap().tender.facts;
        facts.title = "Groenonderhoud".to_owned();
        tenders::update(&world.services, &buyer(), utrecht(), tender, Version::FIRST, facts).unwrap();

        let later = import(&world, &call("n-1", "02", &["Noord-West"])).unwrap();
        assert_eq!(later.import.summary.outcome, ImportOutcome::Updated);
        assert_eq!(later.import.summary.tender, Some(tender));
        assert_eq!(lot_titles(&world, &later), ["Noord-West", "Zuid"]);
        let found = tenders::get(&world.services, &buyer(), utrecht(), tender).unwrap().tender;
        assert_eq!(found.facts.title, "Groenonderhoud", "what the notice leaves open was completed by hand");
        let report: serde_json::Value = serde_json::from_str(&later.import.report).unwrap();
        assert_eq!(
            report["replaced"],
            serde_json::json!([
                {"place": "lots/1/title", "was": "Noord", "inNotice": true},
                {"place": "lots/2", "was": "Zuid", "inNotice": false}
            ])
        );
    }
}

#[test]
fn a_published_tender_does_not_change_by_a_notice() {
    for world in worlds() {
        let first = import(&world, &call("n-1", "01", &["Noord"])).unwrap();
        let tender = first.import.summary.tender.unwrap();
        let page = PageRequest { start: Start::First, limit: 10 };
        let lot = lots::list(&world.services, &buyer(), utrecht(), tender, &page).unwrap().items[0].id;
        let at = LotPath { municipality: utrecht(), tender, lot };
        award_models::replace(&world.services, &buyer(), at, Version::FIRST, &award_model()).unwrap();
        tender_steps::publish(&world.services, &buyer(), utrecht(), tender).unwrap();

        let later = import(&world, &call("n-2", "01", &["Zuid"])).unwrap();
        assert_eq!(later.import.summary.outcome, ImportOutcome::Reported);
        assert_eq!(later.import.summary.tender, Some(tender));
        assert_eq!(lot_titles(&world, &later), ["Noord"]);
        world.clock.set(AFTER);
        let result = import(&world, &notice("n-3", "01", "ContractAwardNotice", &["Noord"])).unwrap();
        assert_eq!(result.import.summary.outcome, ImportOutcome::Recorded);
        assert_eq!(result.import.summary.tender, Some(tender));
    }
}

#[test]
fn a_result_of_a_procedure_elsewhere_is_recorded_without_a_tender() {
    for world in worlds() {
        let result = import(&world, &notice("n-3", "01", "ContractAwardNotice", &["Noord"])).unwrap();
        assert_eq!(result.import.summary.outcome, ImportOutcome::Recorded);
        assert_eq!(result.import.summary.tender, None);
    }
}

#[test]
fn a_draft_that_was_removed_is_made_again_by_the_same_notice() {
    for world in worlds() {
        let xml = call("n-1", "01", &["Noord"]);
        let first = import(&world, &xml).unwrap().import.summary;
        tenders::delete(&world.services, &buyer(), utrecht(), first.tender.unwrap(), Version::FIRST).unwrap();
        let orphan = notice_imports::get(&world.services, &buyer(), utrecht(), first.id).unwrap();
        assert_eq!(orphan.summary.tender, None);
        let again = import(&world, &xml).unwrap();
        assert!(again.is_new);
        assert_eq!(again.import.summary.id, first.id);
        assert_ne!(again.import.summary.tender, first.tender);
        assert_eq!(lot_titles(&world, &again), ["Noord"]);
    }
}

#[test]
fn an_import_of_another_municipality_is_not_found() {
    for world in worlds() {
        let imported = import(&world, &call("n-1", "01", &["Noord"])).unwrap();
        let mut other = buyer();
        other.municipalities = [amsterdam()].into();
        let foreign = notice_imports::get(&world.services, &other, amsterdam(), imported.import.summary.id);
        assert!(is_not_found(&foreign));
        let document = NoticeDocument::Text(call("n-1", "01", &["Noord"]));
        let there = notice_imports::create(&world.services, &other, amsterdam(), &document, None).unwrap();
        assert!(there.is_new, "each municipality has its own imports");
        let page = PageRequest { start: Start::First, limit: 10 };
        assert_eq!(notice_imports::list(&world.services, &buyer(), utrecht(), &page).unwrap().items.len(), 1);
        assert!(is_not_found(&notice_imports::get(
            &world.services,
            &buyer(),
            utrecht(),
            Id::from_uuid(uuid::Uuid::nil())
        )));
    }
}

#[test]
fn an_assessor_imports_nothing_and_a_file_that_is_no_notice_is_told() {
    for world in worlds() {
        let document = NoticeDocument::Text("<html/>".to_owned());
        let assessor = actor(Role::Assessor);
        assert!(is_forbidden(&notice_imports::create(
            &world.services,
            &assessor,
            utrecht(),
            &document,
            None
        )));
        assert_eq!(findings(import(&world, "<html/>")), ["not-a-notice"]);
    }
}
