//! The EU's own example notices, and notices made here.

use std::fs;
use std::path::Path;

use trede_formats::eforms::{self, EformsError, NoticeReport};

/// The folder of example notices; see its README.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/eforms");

/// The example notices with their names, in order.
pub fn examples() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(FOLDER)
        .unwrap_or_else(|error| panic!("{FOLDER}: {error}"))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "xml"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    assert_eq!(files.len(), 12, "an example is missing from {FOLDER}, or a new one is not counted here");
    files
}

/// One example.
pub fn example(name: &str) -> Vec<u8> {
    let path = Path::new(FOLDER).join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn read(bytes: &[u8]) -> Result<NoticeReport, EformsError> {
    eforms::read(bytes)
}

/// The namespaces of a notice.
pub const NAMESPACES: &str = r#"xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2" xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1" xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1" xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1""#;

/// A contract notice around what stands below its outermost element.
pub fn notice(inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" {NAMESPACES}>{inside}</ContractNotice>"#
    )
}

/// What stands at the beginning of most notices.
pub const HEAD: &str = r#"<cbc:ID schemeName="notice-id">6c2f0d3c-0000-4000-8000-000000000001</cbc:ID><cbc:ContractFolderID>6c2f0d3c-0000-4000-8000-000000000002</cbc:ContractFolderID><cbc:VersionID>01</cbc:VersionID><cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode><cbc:NoticeLanguageCode>NLD</cbc:NoticeLanguageCode>"#;

/// A lot around its tendering terms.
pub fn lot(id: &str, scheme: &str, terms: &str) -> String {
    format!(
        r#"<cac:ProcurementProjectLot><cbc:ID schemeName="{scheme}">{id}</cbc:ID><cac:TenderingTerms>{terms}</cac:TenderingTerms><cac:ProcurementProject><cbc:Name languageID="NLD">{id}</cbc:Name></cac:ProcurementProject></cac:ProcurementProjectLot>"#
    )
}

/// Awarding terms around criteria.
pub fn awarding(criteria: &str) -> String {
    format!(
        "<cac:AwardingTerms><cac:AwardingCriterion>{criteria}</cac:AwardingCriterion></cac:AwardingTerms>"
    )
}

/// A criterion of a type with numbers: list, code, number.
pub fn criterion(kind: &str, numbers: &[(&str, &str, &str)]) -> String {
    let parameters: String = numbers
        .iter()
        .map(|(list, code, number)| {
            format!(
                r#"<efac:AwardCriterionParameter><efbc:ParameterCode listName="{list}">{code}</efbc:ParameterCode><efbc:ParameterNumeric>{number}</efbc:ParameterNumeric></efac:AwardCriterionParameter>"#
            )
        })
        .collect();
    format!(
        r#"<cac:SubordinateAwardingCriterion><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{parameters}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions><cbc:AwardingCriterionTypeCode listName="award-criterion-type">{kind}</cbc:AwardingCriterionTypeCode><cbc:Name languageID="NLD">Criterium</cbc:Name></cac:SubordinateAwardingCriterion>"#
    )
}
