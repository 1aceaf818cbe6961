//! Formulas of a spreadsheet as a tree: written as text for whoever opens the workbook, and evaluated here, so that no
//! formula goes out that comes to something else than the engine.

use std::ops::{Add, Div, Mul, Sub};

use super::function::Function;
use super::rank::Rank;

/// A cell of the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Place {
    /// The index of its sheet.
    pub sheet: usize,
    /// Its row, counted from 0.
    pub row: u32,
    /// Its column, counted from 0.
    pub column: u16,
}

impl Place {
    /// The cell in another row of the same column.
    pub fn in_row(self, row: u32) -> Self {
        Place { row, ..self }
    }
}

/// Cells of one row or one column, from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// The first.
    pub first: Place,
    /// The last.
    pub last: Place,
}

/// A formula, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Formula {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// What a cell holds.
    Cell(Place),
    /// What several cells hold.
    Range(Range),
    /// A function of the spreadsheet.
    Call(Function, Vec<Formula>),
    /// Two parts and the sign between them.
    Pair(Box<Formula>, Sign, Box<Formula>),
    /// How many are better, and one.
    Rank(Rank),
}

/// A sign between two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
    Power,
    Equal,
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl Sign {
    fn text(self) -> &'static str {
        match self {
            Sign::Plus => "+",
            Sign::Minus => "-",
            Sign::Times => "*",
            Sign::Over => "/",
            Sign::Power => "^",
            Sign::Equal => "=",
            Sign::AtLeast => ">=",
            Sign::AtMost => "<=",
            Sign::Above => ">",
            Sign::Below => "<",
        }
    }

    /// The higher binds the tighter.
    fn strength(self) -> u8 {
        match self {
            Sign::Equal | Sign::AtLeast | Sign::AtMost | Sign::Above | Sign::Below => 0,
            Sign::Plus | Sign::Minus => 1,
            Sign::Times | Sign::Over => 2,
            Sign::Power => 3,
        }
    }
}

impl Add for Formula {
    type Output = Formula;
    fn add(self, other: Formula) -> Formula {
        self.pair(Sign::Plus, other)
    }
}

impl Sub for Formula {
    type Output = Formula;
    fn sub(self, other: Formula) -> Formula {
        self.pair(Sign::Minus, other)
    }
}

impl Mul for Formula {
    type Output = Formula;
    fn mul(self, other: Formula) -> Formula {
        self.pair(Sign::Times, other)
    }
}

impl Div for Formula {
    type Output = Formula;
    fn div(self, other: Formula) -> Formula {
        self.pair(Sign::Over, other)
    }
}

impl From<Place> for Formula {
    fn from(place: Place) -> Self {
        Formula::Cell(place)
    }
}

impl From<Range> for Formula {
    fn from(range: Range) -> Self {
        Formula::Range(range)
    }
}

impl From<f64> for Formula {
    fn from(number: f64) -> Self {
        Formula::Number(number)
    }
}

/// A function of some parts.
pub(super) fn call<const N: usize>(function: Function, parts: [Formula; N]) -> Formula {
    Formula::Call(function, parts.into())
}

/// `yes` where `condition` holds, else `no`.
pub(super) fn either(condition: Formula, yes: Formula, no: Formula) -> Formula {
    call(Function::If, [condition, yes, no])
}

impl Formula {
    /// This and another with a sign between them.
    pub fn pair(self, sign: Sign, other: Formula) -> Formula {
        Formula::Pair(Box::new(self), sign, Box::new(other))
    }

    /// The formula as it stands in a cell of `home`, with `names` the names of the sheets.
    pub fn text(&self, home: Place, names: &[String]) -> String {
        format!("={}", self.part(home, names))
    }

    pub fn part(&self, home: Place, names: &[String]) -> String {
        match self {
            // A number of Rust is written without an exponent, as all spreadsheets read it.
            Formula::Number(number) => format!("{number}"),
            Formula::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
            Formula::Cell(place) => reference(*place, home, names),
            Formula::Range(range) => range_text(*range, home, names),
            Formula::Call(function, parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.part(home, names)).collect();
                format!("{}({})", function.name(), parts.join(","))
            }
            Formula::Pair(left, sign, right) => {
                let left = left.bound(sign.strength(), home, names);
                let right = right.bound(sign.strength() + 1, home, names);
                format!("{left}{}{right}", sign.text())
            }
            Formula::Rank(rank) => rank.text(home, names),
        }
    }

    /// The part, between brackets where it binds less than `strength`.
    fn bound(&self, strength: u8, home: Place, names: &[String]) -> String {
        let text = self.part(home, names);
        let is_weaker = match self {
            Formula::Pair(_, sign, _) => sign.strength() < strength,
            Formula::Number(number) => *number < 0.0,
            _ => false,
        };
        if is_weaker { format!("({text})") } else { text }
    }
}

/// Cells as a formula names them: those of the row itself move along when it is copied down, others stay.
fn range_text(range: Range, home: Place, names: &[String]) -> String {
    let Range { first, last } = range;
    if first.row == home.row && last.row == home.row {
        return format!("{}:{}", reference(first, home, names), reference(last, home, names));
    }
    let sheet = if first.sheet == home.sheet { String::new() } else { sheet_of(first, names) };
    format!("{sheet}{}:{}", fixed(first), fixed(last))
}

fn sheet_of(place: Place, names: &[String]) -> String {
    let name = names.get(place.sheet).map_or("", String::as_str);
    format!("'{}'!", name.replace('\'', "''"))
}

/// A cell as a formula names it: without dollar signs where it stands in the same row, so that the formula can be
/// copied down.
pub(super) fn reference(place: Place, home: Place, names: &[String]) -> String {
    let sheet = if place.sheet == home.sheet { String::new() } else { sheet_of(place, names) };
    if place.row == home.row && place.sheet == home.sheet {
        return format!("{}{}", letters(place.column), place.row + 1);
    }
    format!("{sheet}{}", fixed(place))
}

fn fixed(place: Place) -> String {
    format!("${}${}", letters(place.column), place.row + 1)
}

/// The letters of a column: A, B … Z, AA …
fn letters(column: u16) -> String {
    let mut text = String::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        text.insert(0, char::from_u32(u32::from('A') + digit).unwrap_or('A'));
        rest = (rest - 1) / 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u16) -> Formula {
        Formula::Cell(Place { sheet: 0, row, column })
    }

    #[test]
    fn a_formula_is_written_with_the_brackets_that_it_needs() {
        let home = Place { sheet: 0, row: 4, column: 9 };
        let names = ["Scores".to_owned()];
        let formula = cell(4, 1) * (cell(4, 26) - cell(0, 2)) / (cell(4, 1) - Formula::Number(-2.0));
        assert_eq!(formula.text(home, &names), "=B5*(AA5-$C$1)/(B5-(-2))");
        let formula = cell(4, 0) - (cell(4, 1) - cell(4, 2));
        assert_eq!(formula.text(home, &names), "=A5-(B5-C5)");
    }

    #[test]
    fn the_cells_of_a_row_move_along_and_those_of_a_column_stay() {
        let at = |row, column| Place { sheet: 0, row, column };
        let text = |first, last| Formula::from(Range { first, last }).text(at(4, 9), &["Scores".to_owned()]);
        assert_eq!(text(at(4, 1), at(4, 3)), "=B5:D5");
        assert_eq!(text(at(4, 1), at(8, 1)), "=$B$5:$B$9");
    }

    #[test]
    fn a_cell_of_another_sheet_is_named_with_it() {
        let names = ["It's".to_owned(), "Scores".to_owned()];
        let formula = cell(4, 1);
        assert_eq!(formula.text(Place { sheet: 1, row: 4, column: 0 }, &names), "='It''s'!$B$5");
    }
}
