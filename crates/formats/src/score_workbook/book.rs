//! The workbook while it is made: its cells, what each comes to, and what could not be a formula.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Formula as Written, Workbook, XlsxError,
};

use super::evaluate::{Cells, Value, evaluate};
use super::formula::{Formula, Place, Range};
use crate::tables::write::is_formula;
use trede_base::exact::Exact;

/// The day that every workbook says it was made on: the same evaluation gives the same bytes.
const MADE_ON: (u16, u8, u8) = (2026, 1, 1);

/// How far a number of the spreadsheet may lie from the exact one, as a part of the numbers that it came from: a
/// thousandth of what its 15 digits tell apart.
const NEAR: f64 = 1e-12;

/// What stands in a cell where there is no value.
pub(super) const NOTHING: &str = "–";

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// As it is.
    #[default]
    Plain,
    /// The title of a sheet.
    Title,
    /// The head of a column.
    Head,
    /// What somebody gave: an input.
    Given,
    /// An amount or points, with two decimals at least.
    Number,
    /// What somebody gave, with two decimals at least.
    GivenNumber,
    /// A value of the engine where no formula gives it.
    Taken,
}

#[derive(Clone, Debug)]
struct Kept {
    value: Value,
    formula: Option<Formula>,
    look: Look,
}

#[derive(Debug, Default)]
struct Sheet {
    cells: BTreeMap<(u32, u16), Kept>,
    /// The row below which the heads stay in sight, and the columns left of which.
    frozen: (u32, u16),
    widths: BTreeMap<u16, f64>,
}

/// A workbook that is made cell by cell, each after those that its formula names.
#[derive(Debug, Default)]
pub(super) struct Book {
    names: Vec<String>,
    sheets: Vec<Sheet>,
    /// What could not be a formula, in words.
    pub notes: Vec<String>,
}

impl Cells for Book {
    fn value_at(&self, place: Place) -> Value {
        let kept = self.sheets.get(place.sheet).and_then(|sheet| sheet.cells.get(&(place.row, place.column)));
        kept.map_or(Value::Blank, |kept| kept.value.clone())
    }
}

impl Book {
    /// A new sheet; its index.
    pub fn add_sheet(&mut self, name: String) -> usize {
        self.names.push(name);
        self.sheets.push(Sheet::default());
        self.sheets.len() - 1
    }

    /// Keeps heads in sight, and gives the first column room for names.
    pub fn freeze(&mut self, sheet: usize, row: u32, column: u16) {
        if let Some(sheet) = self.sheets.get_mut(sheet) {
            sheet.frozen = (row, column);
        }
    }

    /// The width of a column, in characters.
    pub fn widen(&mut self, sheet: usize, column: u16, width: f64) {
        if let Some(sheet) = self.sheets.get_mut(sheet) {
            sheet.widths.insert(column, width);
        }
    }

    /// Writes a text. One that a spreadsheet would take for a formula is kept from being one.
    pub fn text(&mut self, place: Place, text: &str, look: Look) -> Place {
        let text = if is_formula(text) { format!("'{text}") } else { text.to_owned() };
        self.keep(place, Kept { value: Value::Text(text), formula: None, look })
    }

    /// Writes a number that was given.
    pub fn given(&mut self, place: Place, number: &Exact) -> Place {
        let look = if number.finite().is_some_and(|decimal| decimal.is_integer()) {
            Look::Given
        } else {
            Look::GivenNumber
        };
        self.keep(place, Kept { value: Value::number(near(number)), formula: None, look })
    }

    /// Writes a number that was given, with two decimals at least.
    pub fn amount(&mut self, place: Place, number: &Exact) -> Place {
        let value = Value::number(near(number));
        self.keep(place, Kept { value, formula: None, look: Look::GivenNumber })
    }

    /// Writes a number of ours, such as a count or a switch.
    pub fn number(&mut self, place: Place, number: f64) -> Place {
        self.keep(place, Kept { value: Value::number(number), formula: None, look: Look::Given })
    }

    /// Writes a value of the engine that is no formula.
    pub fn taken(&mut self, place: Place, number: &Exact) -> Place {
        let value = Value::number(near(number));
        self.keep(place, Kept { value, formula: None, look: Look::Taken })
    }

    /// Writes a formula.
    pub fn formula(&mut self, place: Place, formula: Formula, look: Look) -> Place {
        let value = evaluate(&formula, self);
        self.keep(place, Kept { value, formula: Some(formula), look })
    }

    /// Writes a formula that must come to the exact number of the engine; where it does not, that number stands as a
    /// value, and the workbook says so. True when the formula stands.
    pub fn checked(
        &mut self,
        place: Place,
        formula: Formula,
        exact: &Exact,
        what: impl Fn() -> String,
    ) -> bool {
        let value = evaluate(&formula, self);
        if is_near(&value, exact) {
            self.keep(place, Kept { value, formula: Some(formula), look: Look::Number });
            return true;
        }
        self.taken(place, exact);
        let note = what();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
        false
    }

    /// What a formula would come to.
    pub fn value_of(&self, formula: &Formula) -> Value {
        evaluate(formula, self)
    }

    /// The number in a cell, if it holds one.
    pub fn number_at(&self, place: Place) -> Option<f64> {
        self.value_at(place).as_number()
    }

    fn keep(&mut self, place: Place, kept: Kept) -> Place {
        if let Some(sheet) = self.sheets.get_mut(place.sheet) {
            sheet.cells.insert((place.row, place.column), kept);
        }
        place
    }

    /// The whole workbook.
    ///
    /// # Errors
    /// [`XlsxError`] when a sheet has more columns or rows than a workbook can hold.
    pub fn written(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let (year, month, day) = MADE_ON;
        let made_on = ExcelDateTime::from_ymd(year, month, day)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made_on));
        for (sheet, name) in self.sheets.iter().zip(&self.names) {
            let written = workbook.add_worksheet();
            written.set_name(name)?;
            for (column, width) in &sheet.widths {
                written.set_column_width(*column, *width)?;
            }
            let (row, column) = sheet.frozen;
            written.set_freeze_panes(row, column)?;
            for ((row, column), kept) in &sheet.cells {
                let place = Place { sheet: self.index_of(name), row: *row, column: *column };
                self.write(written, place, kept)?;
            }
        }
        workbook.save_to_buffer()
    }

    fn index_of(&self, name: &str) -> usize {
        self.names.iter().position(|other| other == name).unwrap_or(0)
    }

    fn write(
        &self,
        sheet: &mut rust_xlsxwriter::Worksheet,
        place: Place,
        kept: &Kept,
    ) -> Result<(), XlsxError> {
        let (row, column, format) = (place.row, place.column, format_of(kept.look));
        match (&kept.formula, &kept.value) {
            (Some(formula), value) => {
                let result = match value {
                    Value::Number(number, _) => number.to_string(),
                    Value::Text(text) => text.clone(),
                    Value::Blank => "0".to_owned(),
                    Value::Fault => "#VALUE!".to_owned(),
                };
                let formula = Written::new(formula.text(place, &self.names)).set_result(result);
                sheet.write_formula_with_format(row, column, formula, &format)?;
            }
            (None, Value::Number(number, _)) => {
                sheet.write_number_with_format(row, column, *number, &format)?;
            }
            (None, Value::Text(text)) => {
                sheet.write_string_with_format(row, column, text, &format)?;
            }
            (None, Value::Blank | Value::Fault) => {}
        }
        Ok(())
    }
}

/// The cells of a column from one row to another.
pub(super) fn column(first: Place, last_row: u32) -> Range {
    Range { first, last: first.in_row(last_row) }
}

/// The number of a spreadsheet that is nearest to an exact one.
pub(super) fn near(exact: &Exact) -> f64 {
    exact.shown().parse().unwrap_or(f64::NAN)
}

/// Whether a value is the exact number, as far as a spreadsheet can tell.
pub(super) fn is_near(value: &Value, exact: &Exact) -> bool {
    match value {
        Value::Number(number, of) => {
            let exact = near(exact);
            (number - exact).abs() <= NEAR * of.max(exact.abs())
        }
        _ => false,
    }
}

fn format_of(look: Look) -> Format {
    const NUMBER: &str = "#,##0.00########";
    let format = Format::new();
    let given = || Format::new().set_font_color(Color::RGB(0x1F_4E_79));
    match look {
        Look::Plain => format,
        Look::Title => format.set_bold().set_font_size(14),
        Look::Head => format
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_background_color(Color::RGB(0xE7_EC_F2)),
        Look::Given => given(),
        Look::Number => format.set_num_format(NUMBER),
        Look::GivenNumber => given().set_num_format(NUMBER),
        Look::Taken => format.set_background_color(Color::RGB(0xFF_F2_CC)),
    }
}
