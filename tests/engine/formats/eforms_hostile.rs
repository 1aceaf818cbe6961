//! Hostile and broken XML: each a clear error, never a panic, never a file or an address that is read.

use proptest::prelude::*;
use trede_formats::eforms::EformsError;

use crate::formats::mutation::{changes, mutate};
use crate::formats::samples::{HEAD, awarding, criterion, examples, lot, notice, read};

fn sound() -> String {
    let criteria = criterion("quality", &[("number-weight", "per-exa", "100")]);
    notice(&format!("{HEAD}{}", lot("LOT-0001", "Lot", &awarding(&criteria))))
}

fn error(xml: &[u8]) -> EformsError {
    read(xml).unwrap_err()
}

#[test]
fn a_document_type_is_refused_before_any_entity_is_looked_at() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let file = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>";
    for declared in [bomb, file, "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">"] {
        let xml = sound().replace("<ContractNotice", &format!("{declared}<ContractNotice"));
        assert_eq!(error(xml.as_bytes()), EformsError::DocumentType);
    }
}

#[test]
fn an_entity_that_is_not_of_xml_itself_is_refused() {
    let xml = sound().replace("Criterium", "&geheim;");
    assert_eq!(error(xml.as_bytes()), EformsError::UnknownEntity("geheim".to_owned()));
    let known = sound().replace("Criterium", "&lt;&amp;&#8364;&gt;");
    let report = read(known.as_bytes()).unwrap();
    assert_eq!(report.notice.lots[0].award_criteria.criteria[0].name.0[0].text, "<&€>");
}

#[test]
fn elements_are_not_deeper_than_in_a_notice() {
    let deep = "<cac:X>".repeat(100_000);
    assert!(matches!(error(notice(&deep).as_bytes()), EformsError::TooDeep(_)));
}

#[test]
fn attributes_are_neither_many_nor_long() {
    let many: String = (0..1000).map(|number| format!(" a{number}=\"x\"")).collect();
    let xml = notice(&format!("<cbc:ID{many}/>"));
    assert!(matches!(error(xml.as_bytes()), EformsError::TooManyAttributes(_)));
    let xml = notice(&format!("<cbc:ID a=\"{}\"/>", "x".repeat(10_000)));
    assert!(matches!(error(xml.as_bytes()), EformsError::LongAttribute(_)));
    let xml = notice(&format!("<cbc:ID a=\"{}\"/>", "x".repeat(5_000_000)));
    assert!(matches!(error(xml.as_bytes()), EformsError::LongMarkup(_)));
}

#[test]
fn a_notice_is_not_larger_than_it_may_be() {
    let filler = format!("<cbc:Note>{}</cbc:Note>", "x".repeat(100_000)).repeat(400);
    assert_eq!(error(notice(&filler).as_bytes()), EformsError::TooLarge);
    let empty = "<cbc:Note/>".repeat(1_100_000);
    assert_eq!(error(notice(&empty).as_bytes()), EformsError::TooManyElements);
    let lots = lot("LOT-0001", "Lot", "").repeat(6000);
    assert_eq!(error(notice(&lots).as_bytes()), EformsError::TooManyLots);
}

#[test]
fn a_notice_that_breaks_off_or_goes_on_is_malformed() {
    let xml = sound();
    for broken in [
        xml[..xml.len() / 2].to_owned(),
        xml.clone() + "<again/>",
        xml.clone() + "en nog iets",
        xml.replace("</cac:AwardingTerms>", "</cac:AwardingTerm>"),
        xml.replace("<cbc:VersionID", "<onbekend:VersionID"),
        xml.replace("Criterium", "\u{1}"),
        xml.replace("Criterium", "&#1;"),
        xml.replace("Criterium", "&#xD800;"),
        String::new(),
        "{}".to_owned(),
    ] {
        let code = error(broken.as_bytes()).code();
        assert!(["malformed-xml", "not-a-notice"].contains(&code), "{code}: {broken}");
    }
}

#[test]
fn a_notice_is_read_in_the_encoding_that_it_declares() {
    let text = sound().replace("Criterium", "Zoë");
    let name =
        |bytes: &[u8]| read(bytes).unwrap().notice.lots[0].award_criteria.criteria[0].name.0[0].text.clone();
    let latin = text.replace("version=\"1.0\"", &format!("version=\"1.0\"{}", " ".repeat(200)));
    let latin = latin.replace("UTF-8", "ISO-8859-1");
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(name(&latin), "Zoë");
    let wide = text.replace("UTF-8", "UTF-16");
    let little: Vec<u8> =
        "\u{feff}".encode_utf16().chain(wide.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> =
        "\u{feff}".encode_utf16().chain(wide.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(name(&little), "Zoë");
    assert_eq!(name(&big), "Zoë");
    assert_eq!(name(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), "Zoë");
}

#[test]
fn bytes_that_are_not_in_the_declared_encoding_are_told() {
    let mut bytes = sound().replace("Criterium", "Zo@").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
    bytes[at] = 0xff;
    assert_eq!(error(&bytes).code(), "wrong-encoding");
    for declared in ["UTF-16", "ISO-10646-UCS-2", "KLINGON-1"] {
        let other = sound().replace("UTF-8", declared);
        assert_eq!(error(other.as_bytes()).code(), "wrong-encoding", "{declared}");
    }
    let late =
        sound().replace("<cbc:VersionID", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><cbc:VersionID");
    assert_eq!(error(late.as_bytes()).code(), "malformed-xml");
}

/// Does not panic, and gives an error with a code or a report that can be written.
fn survives(bytes: &[u8]) {
    match read(bytes) {
        Ok(report) => {
            assert!(report.draft().is_none_or(|draft| !draft.lots.is_empty()));
            serde_json::to_vec(&report).unwrap();
        }
        Err(error) => assert!(!error.code().is_empty() && !error.to_string().is_empty()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        survives(&bytes);
    }

    #[test]
    fn random_markup_never_panics(text in "(<[/!?]?[a-z:]{0,6}[ a-z=\"']{0,9}>?|&[#a-z0-9]{0,5};?|[ -~]{0,5}|\\PC){0,60}") {
        survives(text.as_bytes());
        survives(notice(&text).as_bytes());
    }

    #[test]
    fn mutations_of_real_notices_never_panic(
        pick in any::<prop::sample::Index>(),
        changes in changes(),
    ) {
        let mut all: Vec<Vec<u8>> = examples().into_iter().map(|(_, bytes)| bytes).collect();
        all.push(sound().into_bytes());
        let mut bytes = pick.get(&all).clone();
        mutate(&mut bytes, changes);
        survives(&bytes);
    }

    #[test]
    fn elements_that_change_places_never_panic(
        pick in any::<prop::sample::Index>(),
        swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..8),
    ) {
        let mut all: Vec<String> =
            examples().into_iter().map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
        all.push(sound());
        let text = pick.get(&all);
        let mut lines: Vec<&str> = text.split_inclusive('>').collect();
        for (one, other) in swaps {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
        }
        survives(lines.concat().as_bytes());
    }
}
