//! The cells of a sheet (Office Open XML), as they stand in its part.

use rust_decimal::Decimal;

use super::content::{Content, stored_number};
use super::faults::{Fault, TableError};
use super::package::{Piece, attribute, is_true};
use super::read::{MOST_COLUMNS, MOST_ROWS, Row};
use super::serial::Calendar;
use super::shared_texts::{TextPiece, unescaped};
use super::styles::{Shown, Styles};

/// What the cells of a sheet refer to.
pub(super) struct Around {
    /// The texts that cells share.
    pub(super) texts: Vec<Box<str>>,
    /// How cells show their numbers.
    pub(super) styles: Styles,
    /// From when the workbook counts days.
    pub(super) calendar: Calendar,
}

/// Makes rows of the pieces of a sheet.
pub(super) struct SheetReader<'a> {
    around: &'a Around,
    is_in_data: bool,
    row: Row,
    cell: Option<OpenCell>,
    next_column: usize,
}

/// A cell that is being read.
struct OpenCell {
    column: usize,
    kind: String,
    style: usize,
    has_formula: bool,
    value: Option<String>,
    is_in_value: bool,
    text: TextPiece,
}

impl<'a> SheetReader<'a> {
    /// Reads from the beginning.
    pub(super) fn new(around: &'a Around) -> Self {
        Self { around, is_in_data: false, row: Row::default(), cell: None, next_column: 0 }
    }

    /// Takes a piece; answers a row where one ends.
    pub(super) fn piece(&mut self, piece: &Piece<'_>) -> Result<Option<Row>, TableError> {
        match piece {
            Piece::Start("sheetData", _) => self.is_in_data = true,
            Piece::End("sheetData") => self.is_in_data = false,
            _ if !self.is_in_data => {}
            Piece::Start("row", start) => {
                let number = attribute(start, "r").map(|number| number.parse::<u32>());
                let number = match number {
                    Some(Ok(number)) => number,
                    Some(Err(_)) => return Err(misplaced("a row")),
                    None => self.row.number.saturating_add(1),
                };
                if number <= self.row.number || number > MOST_ROWS {
                    return Err(misplaced(&format!("row {number}")));
                }
                let fault = is_true(start, "hidden").then_some(Fault::RowHidden);
                self.row = Row { number, cells: Vec::new(), fault };
                self.next_column = 0;
            }
            Piece::End("row") => {
                let empty = Row { number: self.row.number, ..Row::default() };
                return Ok(Some(std::mem::replace(&mut self.row, empty)));
            }
            Piece::Start("c", start) => {
                let column = match attribute(start, "r") {
                    Some(place) => column_of(&place, self.row.number).ok_or_else(|| misplaced(&place))?,
                    None => self.next_column,
                };
                if column < self.next_column || column >= usize::try_from(MOST_COLUMNS).unwrap_or(usize::MAX)
                {
                    return Err(misplaced(&format!("a cell of row {}", self.row.number)));
                }
                self.next_column = column.saturating_add(1);
                let style = attribute(start, "s").and_then(|style| style.parse().ok()).unwrap_or_default();
                self.cell = Some(OpenCell {
                    column,
                    kind: attribute(start, "t").unwrap_or_default(),
                    style,
                    has_formula: false,
                    value: None,
                    is_in_value: false,
                    text: TextPiece::default(),
                });
            }
            Piece::End("c") => {
                if let Some(cell) = self.cell.take() {
                    self.close(cell);
                }
            }
            piece => {
                if let Some(cell) = &mut self.cell {
                    cell.piece(piece);
                }
            }
        }
        Ok(None)
    }

    fn close(&mut self, cell: OpenCell) {
        let column = cell.column;
        let content = self.content(cell);
        if content != Content::Empty {
            self.row.cells.resize(column, Content::Empty);
            self.row.cells.push(content);
        }
    }

    fn content(&self, mut cell: OpenCell) -> Content {
        let value = cell.value.filter(|value| !value.is_empty());
        match (cell.kind.as_str(), value) {
            ("inlineStr", _) => Content::Text(cell.text.take()),
            // A formula whose outcome is an empty text.
            ("str", None) => Content::Empty,
            (_, None) if cell.has_formula => Content::Unreadable(Fault::FormulaWithoutValue, String::new()),
            (_, None) => Content::Empty,
            ("s", Some(value)) => {
                let text = value.trim().parse().ok().and_then(|place: usize| self.around.texts.get(place));
                text.map_or_else(
                    || Content::Unreadable(Fault::ErrorCell, value),
                    |text| Content::Text(text.to_string()),
                )
            }
            ("str", Some(value)) => Content::Text(unescaped(&value)),
            ("b", Some(value)) => Content::Truth(value.trim() == "1" || value.trim() == "true"),
            ("e", Some(value)) => Content::Unreadable(Fault::ErrorCell, value),
            // A day in ISO 8601, which is read as a text is.
            ("d", Some(value)) => Content::Text(value),
            (_, Some(value)) => match stored_number(&value) {
                Some(number) => self.number(number, cell.style),
                None => Content::Unreadable(Fault::ErrorCell, value),
            },
        }
    }

    fn number(&self, number: Decimal, style: usize) -> Content {
        match self.around.styles.shown(style) {
            Shown::Number => Content::Number(number),
            Shown::Percent => number
                .checked_mul(Decimal::ONE_HUNDRED)
                .map_or(Content::Number(number), |shown| Content::Percent(shown.normalize())),
            Shown::Moment => self.around.calendar.content(number),
            Shown::Padded(width) if number.is_integer() && !number.is_sign_negative() => {
                Content::Text(format!("{:0>width$}", number.normalize().to_string()))
            }
            Shown::Padded(_) => Content::Number(number),
        }
    }
}

impl OpenCell {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Start("f", _) => self.has_formula = true,
            Piece::Start("v", _) => {
                self.is_in_value = true;
                self.value.get_or_insert_default();
            }
            Piece::End("v") => self.is_in_value = false,
            Piece::Text(text) if self.is_in_value => {
                self.value.get_or_insert_default().push_str(text);
            }
            piece => self.text.piece(piece),
        }
    }
}

fn misplaced(what: &str) -> TableError {
    let what: String = what.chars().take(40).collect();
    TableError::malformed(format!("{what} stands where it cannot"))
}

/// The column of a place such as `AB12`, from 0, in the row that it names.
fn column_of(place: &str, row: u32) -> Option<usize> {
    let end = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = place.split_at_checked(end)?;
    if letters.is_empty() || letters.len() > 3 || number.parse() != Ok(row) {
        return None;
    }
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A').filter(|digit| *digit < 26)?;
        column = column * 26 + usize::from(digit) + 1;
    }
    column.checked_sub(1)
}
