//! What a notice can say, one rule at a time.

use trede_formats::eforms::{EformsError, NotTakenReason, NumberKind, OpenPoint};

use crate::formats::samples::{HEAD, NAMESPACES, awarding, criterion, lot, notice, read};
use crate::formats::scan::nothing_is_lost;

fn open(xml: &str) -> Vec<(String, OpenPoint)> {
    let report = read(xml.as_bytes()).unwrap();
    nothing_is_lost("made here", xml, &report);
    report.to_complete.into_iter().map(|point| (point.pointer, point.code)).collect()
}

fn with_criteria(criteria: &str) -> String {
    notice(&format!("{HEAD}{}", lot("LOT-0001", "Lot", &awarding(criteria))))
}

#[test]
fn every_kind_of_weight_is_kept_with_its_code() {
    for code in ["per-exa", "per-mid", "dec-exa", "dec-mid", "poi-exa", "poi-mid", "ord-imp", "new-code"] {
        let xml = with_criteria(&criterion("quality", &[("number-weight", code, "0.250")]));
        let report = read(xml.as_bytes()).unwrap();
        let number = &report.notice.lots[0].award_criteria.criteria[0].numbers[0];
        assert_eq!((number.kind, number.code.as_deref()), (NumberKind::Weight, Some(code)));
        assert_eq!(number.value.unwrap().0.to_string(), "0.25");
    }
}

#[test]
fn a_criterion_keeps_its_weight_its_fixed_value_and_its_threshold() {
    let xml = with_criteria(&criterion(
        "price",
        &[
            ("number-weight", "per-exa", "100"),
            ("number-fixed", "fix-unit", "12.50"),
            ("number-threshold", "min-score", "60"),
            ("number-threshold", "max-pass", "5"),
        ],
    ));
    let report = read(xml.as_bytes()).unwrap();
    nothing_is_lost("made here", &xml, &report);
    let numbers = &report.notice.lots[0].award_criteria.criteria[0].numbers;
    let kinds: Vec<_> = numbers.iter().map(|number| number.kind).collect();
    assert_eq!(kinds, [NumberKind::Weight, NumberKind::Fixed, NumberKind::Threshold, NumberKind::Threshold]);
}

#[test]
fn criteria_of_the_procedure_as_a_whole_are_taken() {
    let whole = criterion("quality", &[("number-weight", "per-exa", "100")]);
    let xml = notice(&format!(
        "{HEAD}<cac:TenderingTerms>{}</cac:TenderingTerms>{}",
        awarding(&whole),
        lot("LOT-0001", "Lot", "")
    ));
    let report = read(xml.as_bytes()).unwrap();
    nothing_is_lost("made here", &xml, &report);
    assert_eq!(report.notice.award_criteria.criteria.len(), 1);
    assert!(
        open(&xml).contains(&("/lots/0/awardCriteria/criteria".to_owned(), OpenPoint::CriteriaOfProcedure))
    );
}

#[test]
fn criteria_below_criteria_are_taken() {
    let below = criterion("quality", &[("number-weight", "poi-exa", "10")]);
    let above = criterion("quality", &[]).replace("<cbc:Name", &format!("{below}{below}<cbc:Name"));
    let xml = with_criteria(&above);
    let report = read(xml.as_bytes()).unwrap();
    nothing_is_lost("made here", &xml, &report);
    assert_eq!(report.notice.lots[0].award_criteria.criteria[0].criteria.len(), 2);
}

#[test]
fn weights_that_do_not_sum_or_are_not_exact_are_to_complete() {
    let at = |codes: &[(&str, &str)]| {
        let criteria: String = codes
            .iter()
            .map(|(code, number)| criterion("price", &[("number-weight", code, number)]))
            .collect();
        let found = open(&with_criteria(&criteria));
        found.into_iter().map(|(_, code)| code).collect::<Vec<_>>()
    };
    assert!(!at(&[("per-exa", "60"), ("per-exa", "40")]).contains(&OpenPoint::WeightSum));
    assert!(!at(&[("dec-exa", "0.6"), ("dec-exa", "0.4")]).contains(&OpenPoint::WeightSum));
    assert!(at(&[("per-exa", "60"), ("per-exa", "39.9")]).contains(&OpenPoint::WeightSum));
    assert!(at(&[("per-exa", "60"), ("poi-exa", "40")]).contains(&OpenPoint::WeightUnitsMixed));
    assert!(at(&[("per-mid", "60")]).contains(&OpenPoint::WeightOfRange));
    assert!(at(&[("ord-imp", "1")]).contains(&OpenPoint::WeightIsOrder));
    assert!(at(&[("per-exa", "-1")]).contains(&OpenPoint::WeightNegative));
    assert!(!at(&[("poi-exa", "250"), ("poi-exa", "500")]).contains(&OpenPoint::WeightSum));
}

#[test]
fn a_number_that_cannot_be_read_is_listed_and_to_complete() {
    for number in ["zestig", "1e2", "60,5", "12345678901234567890", "0.12345678901"] {
        let xml = with_criteria(&criterion("quality", &[("number-weight", "per-exa", number)]));
        let report = read(xml.as_bytes()).unwrap();
        nothing_is_lost(number, &xml, &report);
        assert!(report.not_taken_over.iter().any(|left| left.value.as_deref() == Some(number)), "{number}");
        assert!(report.to_complete.iter().any(|point| point.code == OpenPoint::WeightUnreadable), "{number}");
    }
}

#[test]
fn a_criterion_without_any_number_is_to_complete() {
    let found = open(&with_criteria(&criterion("", &[])));
    for code in [OpenPoint::WeightMissing, OpenPoint::CriterionTypeMissing] {
        assert!(found.iter().any(|(_, found)| *found == code), "{code:?}");
    }
}

#[test]
fn parts_of_a_plan_become_lots_that_are_marked() {
    let xml = format!(
        r#"<PriorInformationNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:PriorInformationNotice-2" {NAMESPACES}>{HEAD}{}{}</PriorInformationNotice>"#,
        lot("PAR-0001", "Part", ""),
        lot("PAR-0002", "Part", "")
    );
    let report = read(xml.as_bytes()).unwrap();
    assert!(report.notice.lots.iter().all(|lot| lot.planned));
    assert_eq!(report.draft().unwrap().lots.len(), 2);
}

#[test]
fn lots_are_numbered_as_their_ids_or_in_their_order() {
    for (ids, numbers) in [
        (["LOT-0003", "LOT-0007"], [3, 7]),
        (["LOT-0000", "LOT-0001"], [1, 2]),
        (["LOT-0004", "LOT-0004"], [1, 2]),
        (["A", "LOT-0009"], [1, 2]),
        (["LOT-99999", "LOT-0001"], [1, 2]),
    ] {
        let xml = notice(&format!("{HEAD}{}{}", lot(ids[0], "Lot", ""), lot(ids[1], "Lot", "")));
        let lots = read(xml.as_bytes()).unwrap().draft().unwrap().lots;
        assert_eq!([lots[0].number, lots[1].number], numbers, "{ids:?}");
    }
}

#[test]
fn lots_with_different_deadlines_leave_the_tender_without_one_and_both_are_listed() {
    let dated = |id: &str, day: &str| {
        lot(id, "Lot", "").replace(
            "</cac:ProcurementProjectLot>",
            &format!(
                "<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>{day}+01:00</cbc:EndDate>\
                 <cbc:EndTime>12:00:00+01:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod></cac:TenderingProcess>\
                 </cac:ProcurementProjectLot>"
            ),
        )
    };
    let xml =
        notice(&format!("{HEAD}{}{}", dated("LOT-0001", "2026-02-02"), dated("LOT-0002", "2026-02-03")));
    let report = read(xml.as_bytes()).unwrap();
    assert_eq!(report.draft().unwrap().tender.deadline_at, None);
    assert!(report.to_complete.iter().any(|point| point.code == OpenPoint::DeadlinesDiffer));
    let listed = report.not_taken_over.iter().filter(|left| left.reason == NotTakenReason::DoesNotFit);
    assert_eq!(listed.count(), 2);
}

#[test]
fn a_text_that_is_too_long_is_shortened_and_listed_whole() {
    let long = "x".repeat(30_000);
    let xml = notice(&format!(
        "{HEAD}<cac:ProcurementProject><cbc:Name>{long}</cbc:Name></cac:ProcurementProject>{}",
        lot("LOT-0001", "Lot", "")
    ));
    let report = read(xml.as_bytes()).unwrap();
    assert_eq!(report.draft().unwrap().tender.title.len(), 500);
    assert!(report.not_taken_over.iter().any(|left| left.value.as_ref() == Some(&long)));
}

#[test]
fn an_estimate_in_another_currency_is_listed_and_not_converted() {
    let xml = notice(&format!(
        "{HEAD}<cac:ProcurementProject><cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount \
         currencyID=\"SEK\">500000</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>\
         </cac:ProcurementProject>{}",
        lot("LOT-0001", "Lot", "")
    ));
    let report = read(xml.as_bytes()).unwrap();
    assert_eq!(report.draft().unwrap().tender.estimated_value_cents, None);
    assert!(report.not_taken_over.iter().any(|left| left.value.as_deref() == Some("500000 SEK")));
}

#[test]
fn an_element_of_another_namespace_is_not_taken_for_one_of_ubl() {
    let xml = notice(&format!(
        "{HEAD}<x:ProcurementProjectLot xmlns:x=\"urn:x\"><x:ID>verborgen</x:ID></x:ProcurementProjectLot>{}",
        lot("LOT-0001", "Lot", "")
    ));
    let report = read(xml.as_bytes()).unwrap();
    assert_eq!(report.notice.lots.len(), 1);
    assert!(report.not_taken_over.iter().any(|left| left.value.as_deref() == Some("verborgen")));
}

#[test]
fn other_documents_are_refused_by_name() {
    for xml in [
        "<html/>",
        "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"/>",
        "<ContractNotice/>",
    ] {
        assert!(matches!(read(xml.as_bytes()), Err(EformsError::NotANotice(_))), "{xml}");
    }
    assert_eq!(read(notice(HEAD).as_bytes()), Err(EformsError::NoLot));
}

#[test]
fn a_change_notice_names_what_it_changes() {
    let changes = "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension><efac:Changes>\
        <efbc:ChangedNoticeIdentifier>abc-01</efbc:ChangedNoticeIdentifier><efac:Change><efbc:ChangeDescription \
        languageID=\"NLD\">Langere termijn</efbc:ChangeDescription><efac:ChangedSection>\
        <efbc:ChangedSectionIdentifier>LOT-0001</efbc:ChangedSectionIdentifier></efac:ChangedSection></efac:Change>\
        <efac:ChangeReason><cbc:ReasonCode listName=\"change-corrig-justification\">update-add</cbc:ReasonCode>\
        </efac:ChangeReason></efac:Changes></efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension>\
        </ext:UBLExtensions>";
    let xml = notice(&format!("{changes}{HEAD}{}", lot("LOT-0001", "Lot", "")));
    let report = read(xml.as_bytes()).unwrap();
    nothing_is_lost("made here", &xml, &report);
    let change = report.notice.change.unwrap();
    assert_eq!(change.changed_notice.as_deref(), Some("abc-01"));
    assert_eq!(
        (change.reasons, change.sections),
        (vec!["update-add".to_owned()], vec!["LOT-0001".to_owned()])
    );
}

#[test]
fn the_beginning_of_an_award_model_holds_exact_weights_only() {
    let sketch = |codes: &[(&str, &str)]| {
        let criteria: String = codes
            .iter()
            .map(|(code, number)| criterion("price", &[("number-weight", code, number)]))
            .collect();
        let report = read(with_criteria(&criteria).as_bytes()).unwrap();
        let sketch = serde_json::to_value(&report.award_models[0]).unwrap();
        let weights = sketch["criteria"].as_array().unwrap().iter();
        (
            sketch["weightUnit"].clone(),
            weights.map(|criterion| criterion["weight"].clone()).collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        sketch(&[("dec-exa", "0.65"), ("dec-exa", "0.35")]),
        ("percent".into(), vec!["65".into(), "35".into()])
    );
    assert_eq!(sketch(&[("poi-exa", "250")]), ("points".into(), vec!["250".into()]));
    for inexact in [[("per-exa", "60"), ("per-mid", "40")], [("per-exa", "60"), ("poi-exa", "40")]] {
        let nothing = serde_json::Value::Null;
        assert_eq!(sketch(&inexact), (nothing.clone(), vec![nothing.clone(), nothing]));
    }
    let fixed = with_criteria(&criterion("price", &[("number-fixed", "fix-tot", "125000.50")]));
    let fixed = serde_json::to_value(&read(fixed.as_bytes()).unwrap().award_models[0]).unwrap();
    assert_eq!(
        (&fixed["criteria"][0]["kind"], &fixed["criteria"][0]["amount"]),
        (&"fixed-price".into(), &"125000.5".into())
    );
    let unknown = with_criteria(&criterion("anders", &[]));
    assert!(read(unknown.as_bytes()).unwrap().award_models.is_empty(), "nothing is guessed");
}
