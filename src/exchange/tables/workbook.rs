//! Reads the first sheet of a workbook (Office Open XML), a cell at a time.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use quick_xml::events::{BytesStart, Event};

use super::read::{MOST_CHARACTERS, Row, TableError, finish};
use crate::exchange::piece_limit::PieceLimit;

/// The most parts of a workbook, a file each.
const MOST_PARTS: usize = 10_000;
/// The most bytes that a workbook may unfold to.
const MOST_UNFOLDED: u64 = 512 * 1024 * 1024;
/// The most bytes of one tag or one text.
const MOST_OF_TAG: usize = 8 * 1024 * 1024;
/// The most different texts of all cells, which are held in memory together.
const MOST_TEXTS: usize = 2_000_000;
/// The most bytes of these.
const MOST_OF_TEXTS: usize = 128 * 1024 * 1024;
/// The most elements beside those of cells and their texts, such as formats and names of sheets.
const MOST_OTHERS: usize = 200_000;
/// The most columns of a table.
const MOST_COLUMNS: u32 = 200;
/// The most rows of a sheet.
const MOST_ROWS: u32 = 1_048_576;

/// The elements of cells and of the texts in them.
const OF_CELLS: [&str; 22] = [
    "row",
    "c",
    "v",
    "f",
    "is",
    "si",
    "t",
    "r",
    "rPr",
    "rFont",
    "sz",
    "color",
    "family",
    "scheme",
    "b",
    "i",
    "u",
    "strike",
    "vertAlign",
    "charset",
    "rPh",
    "phoneticPr",
];

/// The elements of values behind a pivot table, one for each cell that it sums up. Nothing of them is kept, in
/// whatever part they stand.
const OF_PIVOTS: [&str; 6] = ["x", "n", "s", "d", "e", "m"];

/// The days that a workbook can write, from 1900 to 9999.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;

/// Hands every row of the first sheet to `on_row`, until that fails.
///
/// # Errors
/// [`TableError`] when the file is no workbook or a larger one than is read; else what `on_row` answers.
pub(super) fn each_row_of_workbook<E: From<TableError>>(
    mut source: impl Read + Seek,
    on_row: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    expect_reasonable(&mut source)?;
    source.seek(SeekFrom::Start(0)).map_err(TableError::from)?;
    let mut workbook = whatever_it_holds(|| Xlsx::new(BufReader::new(source)))?;
    let Some(sheet) = workbook.sheet_names().into_iter().next() else {
        return Err(TableError::Malformed("it has no sheet".to_owned()).into());
    };
    let mut cells = whatever_it_holds(|| workbook.worksheet_cells_reader(&sheet))?;
    let mut row = Row { number: 1, ..Row::default() };
    while let Some(cell) = whatever_it_holds(|| cells.next_cell())? {
        let (line, column) = cell.get_position();
        let number = line.saturating_add(1);
        if number < row.number || number > MOST_ROWS || column >= MOST_COLUMNS {
            return Err(TableError::Malformed(format!("row {number} stands where it cannot")).into());
        }
        if number != row.number {
            finish(std::mem::replace(&mut row, Row { number, ..Row::default() }), on_row)?;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let text = text_of(cell.get_value());
        if text.len() > MOST_CHARACTERS {
            row.fault = Some("a cell has at most 32,767 characters");
        } else if !text.is_empty() {
            row.cells.resize(row.cells.len().max(column), String::new());
            row.cells.truncate(column);
            row.cells.push(text);
        }
    }
    finish(row, on_row)
}

/// What the library for workbooks answers; that it panics at some of what a file can hold is a fault of the file.
fn whatever_it_holds<T>(read: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, TableError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(outcome) => outcome.map_err(|error| TableError::Malformed(error.to_string())),
        Err(_) => Err(TableError::Malformed("it holds a number or a place that cannot be".to_owned())),
    }
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::DateTime(moment) if DAYS.contains(&moment.as_f64()) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is) => is.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Looks a workbook through without keeping anything, so that one that unfolds without end, or to more than fits
/// in memory, is refused before anything of it is held.
fn expect_reasonable(source: &mut (impl Read + Seek)) -> Result<(), TableError> {
    let malformed = |error: zip::result::ZipError| TableError::Malformed(error.to_string());
    let mut archive = zip::ZipArchive::new(source).map_err(malformed)?;
    if archive.len() > MOST_PARTS {
        return Err(TableError::TooLarge(format!("{MOST_PARTS} parts")));
    }
    let mut left = Left {
        unfolded: MOST_UNFOLDED,
        texts: MOST_TEXTS,
        of_texts: MOST_OF_TEXTS,
        others: MOST_OTHERS,
        is_in_texts: false,
    };
    for index in 0..archive.len() {
        left.look_through(archive.by_index(index).map_err(malformed)?)?;
    }
    Ok(())
}

/// What is left of the limits.
struct Left {
    unfolded: u64,
    texts: usize,
    of_texts: usize,
    others: usize,
    /// Whether the part is the one with the texts of cells.
    is_in_texts: bool,
}

impl Left {
    /// Reads a part as the library does that keeps it.
    fn look_through(&mut self, part: impl Read) -> Result<(), TableError> {
        let source = part.take(self.unfolded.saturating_add(1));
        let (source, allowance) = PieceLimit::new(source, MOST_OF_TAG, "tag or text");
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(source));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        self.is_in_texts = false;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(start)) => self.element(&start)?,
                Ok(Event::Text(text)) => self.text(text.len())?,
                Ok(Event::CData(text)) => self.text(text.len())?,
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(quick_xml::Error::Io(error)) => return Err(TableError::Malformed(error.to_string())),
                // A picture, or damage: nobody reads on from here, but for the space that it takes.
                Err(_) => break,
            }
            allowance.renew();
        }
        let mut rest = reader.into_inner().into_inner().into_inner();
        io::copy(&mut rest, &mut io::sink()).map_err(|error| TableError::Malformed(error.to_string()))?;
        let unfolded = rest.limit().checked_sub(1);
        self.unfolded =
            unfolded.ok_or_else(|| TableError::TooLarge(format!("{MOST_UNFOLDED} bytes unfolded")))?;
        Ok(())
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Result<(), TableError> {
        let name = start.local_name();
        let name: &str = name.as_ref();
        match name {
            "sst" => {
                self.is_in_texts = true;
                // Room is made at once for as many as are announced.
                let mut attributes = start.attributes();
                let attributes = attributes.with_checks(false).flatten();
                let mut announced = attributes.filter(|attribute| attribute.key.as_ref() == "uniqueCount");
                let fits = |number: &str| number.trim().parse::<usize>().is_ok_and(|it| it <= MOST_TEXTS);
                if announced.all(|attribute| fits(&attribute.value)) { Ok(()) } else { Err(too_many_texts()) }
            }
            "si" => {
                self.texts = self.texts.checked_sub(1).ok_or_else(too_many_texts)?;
                Ok(())
            }
            name if OF_CELLS.contains(&name) || OF_PIVOTS.contains(&name) => Ok(()),
            _ => {
                let others = self.others.checked_sub(1);
                let too_many =
                    || TableError::TooLarge(format!("{MOST_OTHERS} formats, names and other elements"));
                self.others = others.ok_or_else(too_many)?;
                Ok(())
            }
        }
    }

    fn text(&mut self, bytes: usize) -> Result<(), TableError> {
        if self.is_in_texts {
            let left = self.of_texts.checked_sub(bytes);
            let too_long = || TableError::TooLarge(format!("{MOST_OF_TEXTS} bytes of text"));
            self.of_texts = left.ok_or_else(too_long)?;
        }
        Ok(())
    }
}

fn too_many_texts() -> TableError {
    TableError::TooLarge(format!("{MOST_TEXTS} different texts"))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    fn rows(content: &[u8]) -> Result<Vec<Row>, TableError> {
        let mut rows = Vec::new();
        each_row_of_workbook(Cursor::new(content), &mut |row| {
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
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
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
            assert_eq!(found[0].cells, ["kind", "amount", "periodFrom"]);
            assert_eq!(
                (found[1].number, found[1].cells.as_slice()),
                (4, &["", "1234.5", "2026-01-31"].map(str::to_owned)[..])
            );
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
            assert!(matches!(refused, TableError::TooLarge(_)), "{announced}: {refused}");
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
        let styles =
            with("xl/styles.xml", |text| text.replace("</cellXfs>", &format!("{formats}</cellXfs>")));
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
            assert!(matches!(told, Err(TableError::Malformed(_))), "{to}: {told:?}");
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
}
