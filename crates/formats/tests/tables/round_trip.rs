//! What is written and read again is the same, whatever lies between.

use std::io::{Read, Seek};

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use trede_formats::tables::entries::{self, EntryRow};
use trede_formats::tables::workbook_writer::{Head, WorkbookWriter};
use trede_formats::tables::write::{Cell, csv_of};
use trede_formats::tables::{Notation, SourceFormat};

use crate::reading::{DUTCH, entries, said};

/// A row of entries: reference, description, number, amount in cents, day.
type Row = (String, String, Decimal, i64, NaiveDate);

const NAMES: [&str; 8] = [
    "contractReference",
    "externalReference",
    "kind",
    "block",
    "quantity",
    "amount",
    "agreedOn",
    "description",
];

fn odd() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "=1+1",
        "'=1",
        "'s-Gravenhage",
        "-2",
        "+31",
        "@a",
        "250.000",
        "1.500",
        "1,5",
        "€ 5",
        "_x000D_",
        "_x0041_",
        "a_x",
        "\"",
        "\"\"x\"",
        "a;b,c\td",
        "een\ntwee",
        "sep=;",
        "00123",
        "1E5",
        "#N/B",
        "WAAR",
        "10%",
        "31-01-26",
        "]]>&amp;<",
    ])
    .prop_map(str::to_owned)
}

fn text() -> BoxedStrategy<String> {
    prop_oneof![
        odd(),
        "\\PC{1,12}".prop_map(|text| text.trim().to_owned()).prop_filter("blank", |text| !text.is_empty())
    ]
    .boxed()
}

fn rows(text: BoxedStrategy<String>) -> impl Strategy<Value = Vec<Row>> {
    let number =
        (-999_999_i64..=9_999_999, 0_u32..=7).prop_map(|(digits, scale)| Decimal::new(digits, scale));
    let day = (0_u32..100_000).prop_map(|days| {
        NaiveDate::from_num_days_from_ce_opt(730_000 + i32::try_from(days).unwrap()).unwrap()
    });
    let row = (text.clone(), text, number, 0_i64..=99_999_999_999, day);
    prop::collection::vec(row, 1..5)
}

fn cells((reference, description, number, cents, day): &Row) -> Vec<Cell> {
    let plain = |text: &str| Cell::Plain(text.to_owned());
    vec![
        plain("A"),
        Cell::Text(reference.clone()),
        plain("activity"),
        plain("x"),
        Cell::Number(*number),
        Cell::Euros(Decimal::new(*cents, 2)),
        Cell::Day(*day),
        Cell::Text(description.clone()),
    ]
}

fn same(rows: &[Row], read: &[EntryRow]) -> Result<(), TestCaseError> {
    prop_assert_eq!(rows.len(), read.len());
    for ((reference, description, number, cents, day), row) in rows.iter().zip(read) {
        let record = &row.record;
        prop_assert_eq!(record.external_reference.as_ref(), Some(reference));
        prop_assert_eq!(&record.description, description);
        prop_assert_eq!(record.facts.quantity.map(|it| it.0), Some(*number));
        prop_assert_eq!(record.facts.amount.map(|it| it.0), Some(Decimal::new(*cents, 2)));
        prop_assert_eq!(record.facts.agreed_on, Some(*day));
    }
    Ok(())
}

fn guarded(rows: &[Row], notation: Notation) -> Vec<Vec<String>> {
    let head = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let rows = rows.iter().map(|row| cells(row).iter().map(|cell| cell.guarded(notation)).collect());
    std::iter::once(head).chain(rows).collect()
}

/// The rows with another delimiter, every cell in quotation marks.
fn delimited(rows: &[Vec<String>], delimiter: &str, end: &str) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(delimiter) + end).collect()
}

fn read(content: &[u8], rows: &[Row], locale: Option<Notation>) -> Result<(), TestCaseError> {
    let table = entries(content, SourceFormat::Csv, locale.map_or(DUTCH, said)).unwrap();
    prop_assert_eq!(&table.errors, &Vec::new());
    same(rows, &table.rows)
}

fn workbook(rows: &[Row]) -> Vec<u8> {
    let mut workbook =
        WorkbookWriter::begin("Verantwoordingen", &NAMES.map(|name| Head { name, width: 12 })).unwrap();
    for row in rows {
        workbook.add(&cells(row)).unwrap();
    }
    let mut file = workbook.finish().unwrap();
    let mut content = Vec::new();
    file.rewind().unwrap();
    file.read_to_end(&mut content).unwrap();
    content
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn csv_reads_back_in_every_notation_delimiter_and_encoding(rows in rows(text())) {
        for notation in [Notation::Dutch, Notation::English] {
            let written = guarded(&rows, notation);
            // Without a word of how numbers are written, too: what we write has one reading.
            for locale in [Some(notation), None] {
                let content = csv_of(&written, notation).unwrap();
                read(&content, &rows, locale)?;
                read(&[b"\xEF\xBB\xBF".as_slice(), &content].concat(), &rows, locale)?;
                for (delimiter, end) in [(";", "\r\n"), (",", "\n"), ("\t", "\r\n")] {
                    let text = delimited(&written, delimiter, end);
                    read(text.as_bytes(), &rows, locale)?;
                    read(format!("sep={delimiter}{end}{text}").as_bytes(), &rows, locale)?;
                    let marked = format!("\u{feff}{text}");
                    let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
                    let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
                    read(&little, &rows, locale)?;
                    read(&big, &rows, locale)?;
                }
            }
        }
    }

    #[test]
    fn windows_1252_reads_back(rows in rows("[a-zA-Zàâçéèêëïîôùûüÿ .]{1,12}".prop_map(|text| format!("x{text}é")).boxed())) {
        let text = delimited(&guarded(&rows, Notation::Dutch), ";", "\r\n");
        let content: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        read(&content, &rows, None)?;
    }

    #[test]
    fn a_workbook_reads_back(rows in rows(text())) {
        let table = entries(&workbook(&rows), SourceFormat::Xlsx, DUTCH).unwrap();
        prop_assert_eq!(&table.errors, &Vec::new());
        same(&rows, &table.rows)?;
    }

    #[test]
    fn no_bytes_make_a_reader_panic(content: Vec<u8>) {
        for format in SourceFormat::ALL {
            let _ = entries(&content, *format, DUTCH);
        }
    }

    #[test]
    fn no_table_of_odd_pieces_makes_the_reader_panic(text in "([a-z]{0,3}|\"|\"\"|,|;|\r|\n|\r\n|\t|\u{feff}|sep=|kind|block|\\PC){0,80}") {
        let _ = entries(text.as_bytes(), SourceFormat::Csv, DUTCH);
    }
}

/// Another reader finds days, amounts and a name of the sheet in what we write.
#[test]
fn a_workbook_has_real_days_and_amounts_under_names_that_stay_in_sight() {
    use calamine::{Data, Reader, Xlsx};

    let day = "2026-01-31".parse().unwrap();
    let content = workbook(&[("V-1".to_owned(), "=1+1".to_owned(), Decimal::new(15, 1), 123_456, day)]);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(&content)).unwrap();
    assert_eq!(book.sheet_names(), ["Verantwoordingen"]);
    let range = book.worksheet_range("Verantwoordingen").unwrap();
    assert_eq!(range.get((0, 5)), Some(&Data::String("amount".to_owned())));
    assert_eq!(range.get((1, 5)), Some(&Data::Float(1234.56)));
    assert!(matches!(range.get((1, 6)), Some(Data::DateTime(moment)) if moment.as_f64() == 46053.0));
    assert_eq!(range.get((1, 7)), Some(&Data::String("'=1+1".to_owned())));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&content)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert!(part("xl/worksheets/sheet1.xml").contains("state=\"frozen\""));
    let styles = part("xl/styles.xml");
    assert!(styles.contains("#,##0.00") || styles.contains("numFmtId=\"4\""), "{styles}");
    assert!(styles.contains("dd\\-mm\\-yyyy") || styles.contains("dd-mm-yyyy"), "{styles}");
    assert_eq!(entries::LAYOUT.called("amount").map(|column| column.name), Some("amount"));
}
