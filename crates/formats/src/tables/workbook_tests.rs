//! What damaged and endless workbooks do to the reader.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use proptest::sample::Index;

use crate::tables::content::Content;
use crate::tables::faults::{Fault, TableError};
use crate::tables::read::Row;
use crate::tables::workbook::each_row_of_workbook;
use crate::tables::workbook_limits::{MOST_OF_TAG, MOST_OTHERS, MOST_TEXTS};

fn rows(content: &[u8]) -> Result<Vec<Row>, TableError> {
    let mut rows = Vec::new();
    each_row_of_workbook(&mut Cursor::new(content), &mut |row| {
        rows.push(row);
        Ok::<_, TableError>(())
    })?;
    Ok(rows)
}

fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in ["kind", "amount", "periodFrom"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), name).unwrap();
    }
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 31).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(3, 1, 1234.5).unwrap();
    sheet.write_with_format(3, 2, &date, &format).unwrap();
    workbook.save_to_buffer().unwrap()
}

/// The names and texts of its parts.
fn parts() -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook())).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.push((part.name().unwrap().into_owned(), text));
    }
    parts
}

fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        archive.start_file(name, stored).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The workbook with another text of one of its parts.
fn with(part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = parts();
    let (_, text) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
    let changed = change(text);
    assert_ne!(*text, changed);
    *text = changed;
    zipped(&parts)
}

#[test]
fn a_workbook_is_read_as_the_text_that_it_shows() {
    for content in [workbook(), zipped(&parts())] {
        let found = rows(&content).unwrap();
        let text = |text: &str| Content::Text(text.to_owned());
        assert_eq!(found[0].cells, ["kind", "amount", "periodFrom"].map(text));
        let number = Content::Number("1234.5".parse().unwrap());
        let day = Content::Day("2026-01-31".parse().unwrap());
        assert_eq!((found[1].number, &found[1].cells[..]), (4, &[Content::Empty, number, day][..]));
    }
}

const TEXTS: &str = "xl/sharedStrings.xml";

#[test]
fn texts_that_are_only_announced_take_no_room() {
    for announced in ["2000001", "999999999999", "18446744073709551615", "99999999999999999999"] {
        let content = with(TEXTS, |text| {
            let (before, after) = text.split_once("uniqueCount=\"3\"").unwrap();
            format!("{before}uniqueCount=\"{announced}\"{after}")
        });
        let refused = rows(&content).unwrap_err();
        assert!(matches!(refused, TableError::File(Fault::TooLarge, _)), "{announced}: {refused}");
    }
}

#[test]
fn a_pivot_table_over_many_rows_keeps_no_workbook_out() {
    let mut parts = parts();
    let values = "<r><x v=\"1\"/><n v=\"2\"/><s v=\"a\"/><d v=\"2026-01-31\"/></r>".repeat(60_000);
    let records = format!("<pivotCacheRecords>{values}</pivotCacheRecords>");
    parts.push(("xl/pivotCache/pivotCacheRecords1.xml".to_owned(), records));
    assert_eq!(rows(&zipped(&parts)).unwrap().len(), 2);
}

#[test]
fn what_would_fill_the_memory_is_refused() {
    let many = |what: &str, number: usize| what.repeat(number);
    let texts = |what: String| with(TEXTS, |text| text.replace("</sst>", &format!("{what}</sst>")));
    let formats = many("<xf/>", MOST_OTHERS + 1);
    let styles = with("xl/styles.xml", |text| text.replace("</cellXfs>", &format!("{formats}</cellXfs>")));
    let long = format!("<si><t>{}</t></si>", "x".repeat(MOST_OF_TAG + MOST_OF_TAG / 10));
    let much = format!("<si><t>{}</t></si>", "x".repeat(MOST_OF_TAG / 2)).repeat(40);
    for (content, why) in [
        (texts(many("<si/>", MOST_TEXTS + 1)), "different texts"),
        (texts(many("<x:si></x:si>", MOST_TEXTS + 1)), "different texts"),
        (texts(long), "a tag or text has more than"),
        (texts(much), "bytes of text"),
        (styles, "formats, names"),
    ] {
        let refused = rows(&content).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}, not {why}");
    }
}

#[test]
fn cells_that_stand_where_none_can_are_told() {
    const SHEET: &str = "xl/worksheets/sheet1.xml";
    for (from, to) in [
        ("r=\"B4\"", "r=\"B99999999999\""),
        ("r=\"B4\"", "r=\"ZZZZZZZZZ4\""),
        ("r=\"B4\"", "r=\"GZ4\""),
        ("r=\"B4\"", "r=\"B0\""),
        ("<row r=\"4\"", "<row r=\"0\""),
    ] {
        let content = with(SHEET, |text| text.replace(from, to));
        let told = rows(&content);
        assert!(matches!(told, Err(TableError::File(Fault::Malformed, _))), "{to}: {told:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(content: Vec<u8>) {
        let _ = rows(&content);
    }

    #[test]
    fn no_damaged_workbook_makes_the_reader_panic(
        damage in prop::collection::vec((any::<Index>(), any::<u8>()), 1..20),
        cut in any::<Index>(),
    ) {
        let mut content = workbook();
        for (place, byte) in damage {
            let place = place.index(content.len());
            content[place] = byte;
        }
        let _ = rows(&content);
        content.truncate(cut.index(content.len()));
        let _ = rows(&content);
    }

    /// Behind the checksums of the archive.
    #[test]
    fn no_damaged_part_makes_the_reader_panic(
        changes in prop::collection::vec((any::<Index>(), any::<Index>(), "[0-9A-Z<>/\"&;#=.:+-]{0,12}", any::<bool>()), 1..6),
    ) {
        let mut parts = parts();
        for (part, place, text, replaces) in changes {
            let (_, part) = part.get_mut(&mut parts);
            let places: Vec<usize> = part.char_indices().map(|(place, _)| place).collect();
            if places.is_empty() {
                continue;
            }
            let from = *place.get(&places);
            let until = if replaces { part[from..].find(['"', '<']).map_or(from, |end| from + end) } else { from };
            part.replace_range(from..until, &text);
        }
        let _ = rows(&zipped(&parts));
    }
}
