//! How the cells of a workbook (Office Open XML) show their numbers.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::faults::TableError;
use super::package::{Package, Piece, attribute};

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// As a number.
    #[default]
    Number,
    /// A hundredfold, with a percent sign.
    Percent,
    /// As a day, a time or both.
    Moment,
    /// As whole digits, at least so many, with zeros in front.
    Padded(usize),
}

/// The formats of a workbook, in the order in which its cells name them.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles(Vec<Shown>);

impl Styles {
    /// Reads them from their part.
    pub(super) fn read(package: &mut Package<'_, impl Read + Seek>, part: &str) -> Result<Self, TableError> {
        let mut codes: BTreeMap<u32, Shown> = BTreeMap::new();
        let mut formats = Vec::new();
        let mut within = "";
        package.each_piece(part, &mut |piece| {
            match piece {
                Piece::Start("numFmts", _) => within = "numFmts",
                Piece::Start("cellXfs", _) => within = "cellXfs",
                Piece::End("numFmts" | "cellXfs") => within = "",
                Piece::Start("numFmt", start) if within == "numFmts" => {
                    let id = attribute(start, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(start, "formatCode")) {
                        codes.insert(id, of_code(&code));
                    }
                }
                Piece::Start("xf", start) if within == "cellXfs" => {
                    let id = attribute(start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    formats.push(id);
                }
                _ => {}
            }
            Ok::<_, TableError>(())
        })?;
        let shown = |id: u32| codes.get(&id).copied().unwrap_or_else(|| built_in(id));
        Ok(Self(formats.into_iter().map(shown).collect()))
    }

    /// How a cell of that style shows its number.
    pub(super) fn shown(&self, style: usize) -> Shown {
        self.0.get(style).copied().unwrap_or_default()
    }
}

/// The formats that have a number and no code (Office Open XML, §18.8.30).
const fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Moment,
        _ => Shown::Number,
    }
}

/// What a format code shows numbers above zero as.
pub(super) fn of_code(code: &str) -> Shown {
    let mut marks = String::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            // Texts, and marks that stand for themselves or only take room.
            '"' => while characters.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                let within: String = characters.by_ref().take_while(|c| *c != ']').collect();
                let is_elapsed = !within.is_empty()
                    && within.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'));
                if is_elapsed {
                    marks.push('h');
                }
            }
            ';' => break,
            character => marks.push(character.to_ascii_lowercase()),
        }
    }
    if marks.contains('%') {
        return Shown::Percent;
    }
    if marks.contains("general") || marks.contains("standa") {
        return Shown::Number;
    }
    if marks.contains(['y', 'd', 'h', 's']) || marks.contains('m') {
        return Shown::Moment;
    }
    if marks.len() > 1 && marks.chars().all(|c| c == '0') {
        Shown::Padded(marks.len())
    } else {
        Shown::Number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_code_tells_what_its_numbers_are() {
        for (code, shown) in [
            ("0.00%", Shown::Percent),
            ("yyyy-mm-dd", Shown::Moment),
            ("d/m/yy;@", Shown::Moment),
            ("[$-413]d mmmm yyyy;@", Shown::Moment),
            ("[h]:mm", Shown::Moment),
            ("General", Shown::Number),
            ("#,##0.00", Shown::Number),
            ("\"dag\" 0", Shown::Number),
            ("0\\d", Shown::Number),
            ("[Red]-#,##0.00;[Blue]0%", Shown::Number),
            ("_ \"€\" * #,##0.00_ ;_ \"€\" * \\-#,##0.00_ ;_ \"€\" * \"-\"??_ ;_ @_ ", Shown::Number),
            ("[$€-413] #,##0.00", Shown::Number),
            ("00000000", Shown::Padded(8)),
            ("0", Shown::Number),
            ("@", Shown::Number),
        ] {
            assert_eq!(of_code(code), shown, "{code}");
        }
    }
}
