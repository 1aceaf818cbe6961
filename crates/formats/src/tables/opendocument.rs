//! Reads the first sheet of a workbook (OpenDocument 1.3, part 3) that is shown, a cell at a time.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use chrono::NaiveDateTime;
use quick_xml::events::BytesStart;
use rust_decimal::Decimal;

use super::content::{Content, stored_number};
use super::faults::{Fault, TableError};
use super::package::{Package, Piece, attribute};
use super::read::{MOST_COLUMNS, Row, SheetChoice, finish};

/// Hands every row of the first sheet that is shown to `on_row`, until that fails. Answers which one it is.
///
/// # Errors
/// [`TableError`] when the file is no workbook or a larger one than is read; else what `on_row` answers.
pub(super) fn each_row_of_opendocument<E: From<TableError>>(
    source: &mut (impl Read + Seek),
    on_row: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<SheetChoice, E> {
    let mut package = Package::open(source)?;
    let mut reader = DocumentReader::default();
    let is_there = package.each_piece("content.xml", &mut |piece| {
        let Some((mut row, times)) = reader.piece(&piece)? else { return Ok(()) };
        for _ in 1..times {
            let number = row.number.saturating_add(1);
            let next = Row { number, ..row.clone() };
            finish(std::mem::replace(&mut row, next), on_row)?;
        }
        finish(row, on_row)
    })?;
    if !is_there {
        return Err(TableError::malformed("it has no sheets").into());
    }
    reader.choice.ok_or_else(|| TableError::of(Fault::NoSheet, []).into())
}

/// Makes rows of the pieces of a document.
#[derive(Default)]
struct DocumentReader {
    /// The styles of tables that are not shown.
    hidden: BTreeSet<String>,
    style: Option<String>,
    passed_hidden: bool,
    choice: Option<SheetChoice>,
    is_in_sheet: bool,
    /// How many tables are open: one can stand in a cell of another.
    depth: usize,
    row: Row,
    rows: u32,
    next_column: usize,
    cell: Option<OpenCell>,
}

/// A cell that is being read.
struct OpenCell {
    start: Start,
    text: String,
    paragraphs: usize,
    notes: usize,
}

/// What the beginning of a cell says.
struct Start {
    kind: String,
    value: Option<String>,
    has_formula: bool,
    columns: usize,
}

impl DocumentReader {
    /// Takes a piece; answers a row, and how many times it stands there, where one ends.
    fn piece(&mut self, piece: &Piece<'_>) -> Result<Option<(Row, u32)>, TableError> {
        match piece {
            Piece::Start("style", start) => self.style = attribute(start, "name"),
            Piece::Start("table-properties", start) => {
                if attribute(start, "display").is_some_and(|display| display == "false")
                    && let Some(style) = self.style.clone()
                {
                    self.hidden.insert(style);
                }
            }
            Piece::Start("table", start) => {
                self.depth += 1;
                if self.depth == 1 {
                    self.sheet(start);
                }
            }
            Piece::End("table") => {
                self.depth = self.depth.saturating_sub(1);
                self.is_in_sheet = self.is_in_sheet && self.depth > 0;
            }
            _ if !self.is_in_sheet || self.depth != 1 => {}
            Piece::Start("table-row", start) => {
                let shown = attribute(start, "visibility").unwrap_or_default();
                let fault = matches!(shown.as_str(), "collapse" | "filter").then_some(Fault::RowHidden);
                self.row = Row { number: self.row.number.saturating_add(1), cells: Vec::new(), fault };
                self.rows = times(start, "number-rows-repeated")?;
                self.next_column = 0;
            }
            Piece::End("table-row") => {
                let last = self.row.number.saturating_add(self.rows.saturating_sub(1));
                let row = std::mem::replace(&mut self.row, Row { number: last, ..Row::default() });
                // A sheet is filled up with a million empty rows.
                let is_empty = row.cells.iter().all(Content::is_blank);
                return Ok((!is_empty).then_some((row, self.rows)));
            }
            Piece::Start("table-cell" | "covered-table-cell", start) => {
                let columns = usize::try_from(times(start, "number-columns-repeated")?).unwrap_or(usize::MAX);
                let start = Start::of(start, columns);
                self.cell = Some(OpenCell { start, text: String::new(), paragraphs: 0, notes: 0 });
            }
            Piece::End("table-cell" | "covered-table-cell") => {
                if let Some(cell) = self.cell.take() {
                    self.close(cell)?;
                }
            }
            piece => {
                if let Some(cell) = &mut self.cell {
                    cell.piece(piece)?;
                }
            }
        }
        Ok(None)
    }

    fn sheet(&mut self, start: &BytesStart<'_>) {
        let name = attribute(start, "name").unwrap_or_default();
        let is_hidden = attribute(start, "style-name").is_some_and(|style| self.hidden.contains(&style));
        match &mut self.choice {
            _ if is_hidden => self.passed_hidden = self.passed_hidden || self.choice.is_none(),
            Some(choice) => choice.others.push(name),
            None => {
                let passed_hidden = self.passed_hidden;
                self.choice = Some(SheetChoice { name, others: Vec::new(), passed_hidden });
                self.is_in_sheet = true;
            }
        }
    }

    fn close(&mut self, cell: OpenCell) -> Result<(), TableError> {
        let columns = cell.start.columns;
        let content = cell.content();
        if content != Content::Empty {
            let end = self.next_column.saturating_add(columns);
            if end > usize::try_from(MOST_COLUMNS).unwrap_or(usize::MAX) {
                let row = self.row.number;
                return Err(TableError::malformed(format!("a cell of row {row} stands where it cannot")));
            }
            self.row.cells.resize(self.next_column, Content::Empty);
            self.row.cells.resize(end, content);
        }
        self.next_column = self.next_column.saturating_add(columns);
        Ok(())
    }
}

fn times(start: &BytesStart<'_>, name: &str) -> Result<u32, TableError> {
    let Some(times) = attribute(start, name) else { return Ok(1) };
    times
        .parse()
        .ok()
        .filter(|times| *times > 0)
        .ok_or_else(|| TableError::malformed("it repeats a row or a cell a number of times that cannot be"))
}

impl Start {
    fn of(start: &BytesStart<'_>, columns: usize) -> Self {
        let (mut kind, mut value, mut has_formula, mut is_error) = (String::new(), None, false, false);
        for attribute in start.attributes().with_checks(false).flatten() {
            let name = attribute.key.local_name();
            let name: &str = name.as_ref();
            let prefix = attribute.key.prefix();
            let is_ours = prefix.is_none_or(|prefix| AsRef::<str>::as_ref(&prefix) != "calcext");
            let text = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
            match name {
                "value-type" if is_ours => kind = text.into_owned(),
                "value-type" => is_error = text == "error",
                "value" | "date-value" | "time-value" | "boolean-value" | "string-value" => {
                    value = Some(text.into_owned());
                }
                "formula" => has_formula = true,
                _ => {}
            }
        }
        if is_error {
            "error".clone_into(&mut kind);
        }
        Self { kind, value, has_formula, columns }
    }
}

impl OpenCell {
    fn piece(&mut self, piece: &Piece<'_>) -> Result<(), TableError> {
        match piece {
            // What somebody noted beside the cell is no part of it.
            Piece::Start("annotation", _) => self.notes += 1,
            Piece::End("annotation") => self.notes = self.notes.saturating_sub(1),
            _ if self.notes > 0 => {}
            Piece::Start("p", _) => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            Piece::Start("s", start) => {
                let spaces = usize::try_from(times(start, "c")?).unwrap_or_default().min(1000);
                self.text.push_str(&" ".repeat(spaces));
            }
            Piece::Start("tab", _) => self.text.push('\t'),
            Piece::Start("line-break", _) => self.text.push('\n'),
            Piece::Text(text) if self.paragraphs > 0 => self.text.push_str(text),
            _ => {}
        }
        Ok(())
    }

    fn content(self) -> Content {
        let Self { start: Start { kind, value, has_formula, .. }, text, .. } = self;
        let number = || value.as_deref().and_then(stored_number);
        let unreadable = || Content::Unreadable(Fault::ErrorCell, text.clone());
        match kind.as_str() {
            "float" | "currency" => number().map_or_else(unreadable, |number| of_number(number, &text)),
            "percentage" => {
                let shown = number().and_then(|number| number.checked_mul(Decimal::ONE_HUNDRED));
                shown.map_or_else(unreadable, |shown| Content::Percent(shown.normalize()))
            }
            "date" => {
                let value = value.unwrap_or_default();
                let day = value.parse().map(Content::Day);
                let moment = || value.parse::<NaiveDateTime>().map(of_moment);
                day.or_else(|_| moment()).unwrap_or(Content::Text(text))
            }
            "boolean" => Content::Truth(value.as_deref() == Some("true")),
            "error" => unreadable(),
            "time" => Content::Text(text),
            // An error that an older program wrote as a text of a formula.
            _ if has_formula && (text.starts_with('#') || text.starts_with("Err:")) => unreadable(),
            "" if has_formula => Content::Unreadable(Fault::FormulaWithoutValue, String::new()),
            _ => match value.unwrap_or(text) {
                text if text.is_empty() => Content::Empty,
                text => Content::Text(text),
            },
        }
    }
}

fn of_moment(moment: NaiveDateTime) -> Content {
    if moment.time() == chrono::NaiveTime::MIN {
        Content::Day(moment.date())
    } else {
        Content::Moment(moment)
    }
}

/// A number that is shown with zeros in front is a text of digits.
fn of_number(number: Decimal, shown: &str) -> Content {
    let is_padded = shown.len() > 1
        && shown.starts_with('0')
        && shown.bytes().all(|byte| byte.is_ascii_digit())
        && shown.parse() == Ok(number);
    if is_padded { Content::Text(shown.to_owned()) } else { Content::Number(number) }
}
