//! Formulas of a spreadsheet as a tree: written as text for whoever opens the workbook, and evaluated here, so that no
//! formula goes out that comes to something else than the engine.

use std::ops::{Add, Div, Mul, Sub};

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

/// The functions that are used: every spreadsheet has had them for decades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Sum,
    Min,
    Max,
    Average,
    Median,
    Count,
    If,
    Round,
    Abs,
    Mod,
    Ln,
    /// The cell of a range at a place counted from 1.
    Index,
    /// The place of a value in a range, counted from 1.
    Match,
    /// The value beside the highest step that is reached.
    Lookup,
}

impl Function {
    fn name(self) -> &'static str {
        match self {
            Function::Sum => "SUM",
            Function::Min => "MIN",
            Function::Max => "MAX",
            Function::Average => "AVERAGE",
            Function::Median => "MEDIAN",
            Function::Count => "COUNT",
            Function::If => "IF",
            Function::Round => "ROUND",
            Function::Abs => "ABS",
            Function::Mod => "MOD",
            Function::Ln => "LN",
            Function::Index => "INDEX",
            Function::Match => "MATCH",
            Function::Lookup => "LOOKUP",
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
            Formula::Range(range) => {
                format!("{}:{}", reference(range.first, home, names), fixed(range.last))
            }
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

/// A cell as a formula names it: without dollar signs where it stands in the same row, so that the formula can be
/// copied down.
pub(super) fn reference(place: Place, home: Place, names: &[String]) -> String {
    let sheet = if place.sheet == home.sheet {
        String::new()
    } else {
        let name = names.get(place.sheet).map_or("", String::as_str);
        format!("'{}'!", name.replace('\'', "''"))
    };
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
    fn a_cell_of_another_sheet_is_named_with_it() {
        let names = ["It's".to_owned(), "Scores".to_owned()];
        let formula = cell(4, 1);
        assert_eq!(formula.text(Place { sheet: 1, row: 4, column: 0 }, &names), "='It''s'!$B$5");
    }
}
