//! Text tables as Excel and others save them: delimiters, marks, encodings, quotation marks, line ends.

use trede_formats::tables::SourceFormat;

use crate::reading::{csv, entries, refused, sheet_of};

const DAY: &str = "01-03-2027";

fn plain() -> String {
    sheet_of(&[("1000,00", "", DAY)])
}

#[test]
fn every_way_of_saving_gives_the_same_table() {
    let text = plain().replace("Parkbeheer", "Reïntegratie – café");
    let expected = csv(&text).rows;
    assert_eq!(expected[0].terms.title.as_deref(), Some("Reïntegratie – café"));
    let quoted =
        text.lines().map(|line| format!("\"{}\"\r\n", line.replace(';', "\";\""))).collect::<String>();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
    };
    let windows = text.chars().map(|c| match c {
        '–' => 0x96,
        c => u8::try_from(u32::from(c)).unwrap(),
    });
    for saved in [
        format!("\u{feff}{text}").into_bytes(),
        format!("\u{feff}{quoted}").into_bytes(),
        format!("sep=;\r\n{text}").into_bytes(),
        format!("\u{feff}sep=;\r\n{quoted}").into_bytes(),
        text.replace(';', "\t").into_bytes(),
        text.replace("1000,00", "\"1000,00\"").replace(';', ",").into_bytes(),
        text.replace("\r\n", "\n").into_bytes(),
        text.replace("\r\n", "\r").into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        windows.collect(),
    ] {
        assert_eq!(csv(&saved).rows, expected, "{:?}", String::from_utf8_lossy(&saved));
    }
}

#[test]
fn a_file_in_two_encodings_is_refused_as_a_whole() {
    let mut mixed = plain().replace("Parkbeheer", "café").into_bytes();
    mixed.extend(b"R-9;caf\xE9;69599068;works;1000,00;;01-03-2027;31-12-2029\r\n");
    let (codes, told) = refused(&mixed, SourceFormat::Csv);
    assert_eq!(codes, ["table-encoding"]);
    assert!(told.contains("regel 2") && told.contains("regel 3") && told.contains("CSV UTF-8"), "{told}");
    let mut broken = b"\xEF\xBB\xBF".to_vec();
    broken.extend(plain().replace("Parkbeheer", "caf?").replace('?', "\u{1}").into_bytes());
    let at = broken.iter().position(|byte| *byte == 1).unwrap();
    broken[at] = 0xE9;
    assert!(refused(&broken, SourceFormat::Csv).1.contains("regel 2"));
}

#[test]
fn a_workbook_that_says_it_is_text_is_told_and_the_other_way_round() {
    assert!(refused(b"PK\x03\x04...", SourceFormat::Csv).1.contains("werkmap"));
    assert!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1", SourceFormat::Csv).1.contains(".xls"));
    assert!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1", SourceFormat::Xlsx).1.contains("wachtwoord"));
    assert!(refused(plain().as_bytes(), SourceFormat::Xlsx).1.contains("text/csv"));
    assert!(refused(plain().as_bytes(), SourceFormat::Ods).1.contains("text/csv"));
}

#[test]
fn a_cell_beyond_the_names_is_told_and_not_dropped() {
    let text = "contractReference,externalReference,kind,block,supplierKvkNumber,invoiceNumber,amount\r\n\
                A,X-1,purchase,inkoop,69599068,F-1,1234,56\r\n\
                A,X-2,purchase,inkoop,69599068,F-2,\"1234,56\"\r\n\
                A,X-3,purchase,inkoop,69599068,F-3,99,,\r\n";
    let table = entries(text.as_bytes(), SourceFormat::Csv, crate::reading::DUTCH).unwrap();
    assert_eq!(table.faults(), [(2, "", "cell-count")]);
    assert_eq!((table.errors[0].cell.as_str(), table.rows.len()), ("H2", 2));
    let amounts: Vec<String> =
        table.rows.iter().map(|row| row.record.facts.amount.unwrap().0.to_string()).collect();
    assert_eq!(amounts, ["1234.56", "99"]);
    // Neither is what stands below a blank name.
    let text = plain().replacen(";title;", ";title;;", 1).replace(";Parkbeheer;", ";Parkbeheer;iets;");
    assert_eq!(csv(text).faults(), [(2, "", "cell-count")]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told() {
    let text = format!("{}R-2;\"Buis 12\";69599068;works;1;;{DAY};31-12-2029\r\nR-3;\"Buis;1\r\n", plain());
    let table = csv(text);
    assert_eq!(table.faults(), [(4, "", "row-unreadable")]);
    assert!(table.detail(4).contains("aanhalingsteken"));
    assert_eq!(table.rows.len(), 2);
    let table = csv(plain().replace("Parkbeheer", "\"Park\"beheer"));
    assert_eq!(table.faults(), [(2, "", "row-unreadable")]);
}

#[test]
fn rows_are_counted_as_an_editor_counts_lines() {
    let text = plain()
        + "\r\n;;;;;;;\r\nR-2;\"twee\r\nregels\";69599068;works;1;;01-03-2027;31-12-2029\r\nR-3;x;1;works;1;;01-03-2027;31-12-2029";
    for text in [text.clone(), text.replace("\r\n", "\n")] {
        assert_eq!(csv(text).faults(), [(7, "contractorKvkNumber", "cell-malformed")]);
    }
}

#[test]
fn a_table_has_no_more_rows_than_a_sheet() {
    let mut text = plain();
    text.push_str(&"x\n".repeat(1_048_576));
    let (codes, told) = refused(text.as_bytes(), SourceFormat::Csv);
    assert_eq!(codes, ["table-too-large"]);
    assert!(told.contains("1048576"), "{told}");
}
