//! Columns of tables: what they are called in both languages, and what stands in them.

use super::write::Cell;
use trede_rules::explaining::Language;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A text.
    Text,
    /// A longer text.
    LongText,
    /// A word of a list, a number of the Chamber of Commerce and the like.
    Code,
    /// Several codes, separated by spaces, commas or semicolons.
    Codes,
    /// The id of an object of this service.
    Id,
    /// A day.
    Day,
    /// A number, also with decimals.
    Number,
    /// A percentage: `5` and `5%` are the same.
    Percent,
    /// An amount in euros, to the cent.
    Euros,
}

impl ColumnKind {
    /// Whether numbers stand in it, which are written in one way or another.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Percent | Self::Euros)
    }

    /// How wide it is in a workbook, in characters.
    #[must_use]
    pub const fn width(self) -> u16 {
        match self {
            Self::Id => 38,
            Self::LongText => 40,
            Self::Text | Self::Codes => 24,
            Self::Code | Self::Euros => 16,
            Self::Day | Self::Number | Self::Percent => 12,
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, in the first row.
    pub name: &'static str,
    /// Its Dutch names; the first is the one that is written.
    pub dutch: &'static [&'static str],
    /// What stands in it.
    pub kind: ColumnKind,
    /// Where its value stands in the body that the API takes, as a JSON pointer; empty where it is only exported.
    pub pointer: &'static str,
    /// An example of its value.
    pub example: &'static str,
}

impl Column {
    /// Its name in a language.
    #[must_use]
    pub fn name_in(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.name,
            Language::Dutch => self.dutch.first().copied().unwrap_or(self.name),
        }
    }

    /// Its example, as it is written.
    #[must_use]
    pub fn example_cell(&self) -> Cell {
        let day = || self.example.parse().map(Cell::Day);
        let number = || self.example.parse().map(Cell::Number);
        let euros = || self.example.parse().map(Cell::Euros);
        let plain = Cell::Plain(self.example.to_owned());
        match self.kind {
            _ if self.example.is_empty() => Cell::Empty,
            ColumnKind::Day => day().unwrap_or(plain),
            ColumnKind::Number | ColumnKind::Percent => number().unwrap_or(plain),
            ColumnKind::Euros => euros().unwrap_or(plain),
            _ => plain,
        }
    }

    /// Whether a head calls it so; case, spaces and other marks do not matter.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let name = plain(name);
        !name.is_empty() && (plain(self.name) == name || self.dutch.iter().any(|dutch| plain(dutch) == name))
    }
}

/// The letters and digits of a name.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The columns of a table that is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Those that are taken.
    pub columns: &'static [Column],
    /// Those that exports have besides: ids, by which a row is known again, and what is computed here.
    pub exported: &'static [Column],
    /// The names of those without which nothing can be imported.
    pub needed: &'static [&'static str],
}

impl Layout {
    /// The column that a head calls so.
    #[must_use]
    pub fn called(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().chain(self.exported).find(|column| column.is_called(name))
    }
}

/// The column of a place in the body that the API takes; empty where there is none.
#[must_use]
pub fn column_at(columns: &[Column], pointer: &str) -> String {
    let within = |column: &&Column| {
        let rest = pointer.strip_prefix(column.pointer).filter(|_| !column.pointer.is_empty());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let closest = columns.iter().filter(within).max_by_key(|column| column.pointer.len());
    closest.map(|column| column.name.to_owned()).unwrap_or_default()
}

/// The letters by which a spreadsheet calls a column, from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn letters(mut place: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(place % 26).unwrap_or_default()));
        match (place / 26).checked_sub(1) {
            Some(rest) => place = rest,
            None => return letters.into_iter().rev().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_bear_the_letters_of_a_spreadsheet() {
        for (place, text) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters(place), text);
        }
    }
}
