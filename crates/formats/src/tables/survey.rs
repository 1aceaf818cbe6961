//! Looks a table through before any of its rows is handed out.

use std::io::{Read, Seek};

use trede_rules::explaining::Language;

use super::column::Layout;
use super::content::Content;
use super::faults::{CellError, Fault, TableError};
use super::header::Header;
use super::numbers::{Evidence, Notation};
use super::read::{Row, SheetChoice, each_row};
use super::{Manner, SourceFormat};

/// In how many rows below a title the names of the columns are looked for, to tell where they stand.
const ROWS_LOOKED_AT: u32 = 20;

/// The names of the columns, how the file writes numbers, and what is to be told of it.
pub(super) fn survey(
    source: &mut (impl Read + Seek),
    format: SourceFormat,
    layout: &'static Layout,
    manner: Manner,
) -> Result<(Header, Option<Notation>, Vec<CellError>), TableError> {
    let mut seen =
        Seen { layout, language: manner.language, header: None, title: None, evidence: Evidence::default() };
    let choice = each_row(source, format, &mut |row| seen.row(&row))?;
    let (header, mut remarks) = match (seen.header, seen.title) {
        (Some(found), _) => found,
        (None, Some((row, shown, _))) => return Err(header_not_found(layout, row, shown, manner.language)),
        (None, None) => return Err(TableError::of(Fault::Empty, [])),
    };
    if let Some(choice) = choice.filter(|choice| !choice.others.is_empty() || choice.passed_hidden) {
        remarks.insert(0, of_sheet(&header, choice, manner.language));
    }
    Ok((header, seen.evidence.notation(), remarks))
}

struct Seen {
    layout: &'static Layout,
    language: Language,
    header: Option<(Header, Vec<CellError>)>,
    /// A first row that holds no names: its number, what stands in it, and how many rows were looked at since.
    title: Option<(u32, String, u32)>,
    evidence: Evidence,
}

impl Seen {
    fn row(&mut self, row: &Row) -> Result<(), TableError> {
        if let Some((header, _)) = &self.header {
            for (column, cell) in header.columns.iter().zip(&row.cells) {
                if let (Some(column), Content::Text(text)) = (column, cell)
                    && column.kind.is_number()
                {
                    self.evidence.note(text);
                }
            }
            return Ok(());
        }
        let known = Header::names_in(row, self.layout);
        match &mut self.title {
            None if known > 0 => {
                self.header = Some(Header::read(row, self.layout, self.language)?);
            }
            None => {
                let first = row.cells.iter().find(|cell| !cell.is_blank());
                let shown = first.map(|cell| cell.shown(self.language)).unwrap_or_default();
                self.title = Some((row.number, shown, 0));
            }
            Some((number, shown, _)) if known > 1 => {
                let details = [number.to_string(), row.number.to_string(), shown.clone()];
                return Err(TableError::of(Fault::HeaderBelow, details));
            }
            Some((number, shown, looked_at)) => {
                *looked_at += 1;
                if *looked_at > ROWS_LOOKED_AT {
                    return Err(header_not_found(self.layout, *number, shown.clone(), self.language));
                }
            }
        }
        Ok(())
    }
}

fn header_not_found(layout: &Layout, row: u32, shown: String, language: Language) -> TableError {
    let names = layout.columns.iter().filter(|column| layout.needed.contains(&column.name));
    let names: Vec<&str> = names.map(|column| column.name_in(language)).collect();
    TableError::of(Fault::HeaderNotFound, [row.to_string(), shown, names.join(", ")])
}

fn of_sheet(header: &Header, choice: SheetChoice, language: Language) -> CellError {
    let hidden = match language {
        Language::Dutch => "verborgen werkbladen",
        Language::English => "hidden sheets",
    };
    let mut others: Vec<String> = choice.others.iter().map(|name| format!("«{name}»")).collect();
    if choice.passed_hidden {
        others.push(hidden.to_owned());
    }
    CellError {
        row: header.row,
        column: String::new(),
        cell: String::new(),
        code: Fault::SheetChosen.code(),
        detail: Fault::SheetChosen.told(language, &[choice.name, others.join(", ")]),
    }
}
