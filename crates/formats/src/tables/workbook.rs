//! Reads the first sheet of a workbook (Office Open XML) that is shown, a cell at a time.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::faults::{Fault, TableError};
use super::package::{Package, Piece, attribute, is_true};
use super::read::{Row, SheetChoice, finish};
use super::serial::Calendar;
use super::shared_texts;
use super::sheet::{Around, SheetReader};
use super::styles::Styles;

/// The parts to which a workbook refers: their places by their ids, and their types.
#[derive(Default)]
struct Parts(BTreeMap<String, (String, String)>);

impl Parts {
    fn read(package: &mut Package<'_, impl Read + Seek>, of: &str) -> Result<Self, TableError> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut parts = Self::default();
        package.each_piece(&format!("{prefix}_rels/{name}.rels"), &mut |piece| {
            if let Piece::Start("Relationship", start) = piece
                && let (Some(id), Some(target), Some(kind)) =
                    (attribute(start, "Id"), attribute(start, "Target"), attribute(start, "Type"))
            {
                let place = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("{prefix}{}", target.trim_start_matches("./")),
                };
                parts.0.insert(id, (place, kind));
            }
            Ok::<_, TableError>(())
        })?;
        Ok(parts)
    }

    fn of_kind(&self, ending: &str) -> Option<&str> {
        self.0.values().find(|(_, kind)| kind.ends_with(ending)).map(|(place, _)| place.as_str())
    }
}

/// A sheet of a workbook.
struct Sheet {
    name: String,
    is_shown: bool,
    part: String,
}

/// Hands every row of the first sheet that is shown to `on_row`, until that fails. Answers which one it is.
///
/// # Errors
/// [`TableError`] when the file is no workbook or a larger one than is read; else what `on_row` answers.
pub(super) fn each_row_of_workbook<E: From<TableError>>(
    source: &mut (impl Read + Seek),
    on_row: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<SheetChoice, E> {
    let mut package = Package::open(source)?;
    let top = Parts::read(&mut package, "")?;
    let main = top.of_kind("/officeDocument").ok_or_else(|| TableError::malformed("it has no workbook"))?;
    let parts = Parts::read(&mut package, main)?;
    let (sheets, calendar) = sheets(&mut package, main, &parts)?;
    let place = sheets.iter().position(|sheet| sheet.is_shown).ok_or(TableError::of(Fault::NoSheet, []))?;
    let texts = match parts.of_kind("/sharedStrings") {
        Some(part) => shared_texts::read(&mut package, part)?,
        None => Vec::new(),
    };
    let styles = match parts.of_kind("/styles") {
        Some(part) => Styles::read(&mut package, part)?,
        None => Styles::default(),
    };
    let around = Around { texts, styles, calendar };
    let mut choice = SheetChoice { passed_hidden: place > 0, ..SheetChoice::default() };
    for (index, sheet) in sheets.into_iter().enumerate() {
        if index == place {
            let mut reader = SheetReader::new(&around);
            let is_there = package.each_piece(&sheet.part, &mut |piece| match reader.piece(&piece)? {
                Some(row) => finish(row, on_row),
                None => Ok(()),
            })?;
            if !is_there {
                return Err(TableError::malformed("its sheet is missing").into());
            }
            choice.name = sheet.name;
        } else if sheet.is_shown {
            choice.others.push(sheet.name);
        }
    }
    Ok(choice)
}

fn sheets(
    package: &mut Package<'_, impl Read + Seek>,
    main: &str,
    parts: &Parts,
) -> Result<(Vec<Sheet>, Calendar), TableError> {
    let mut sheets = Vec::new();
    let mut calendar = Calendar::default();
    let is_there = package.each_piece(main, &mut |piece| {
        match piece {
            Piece::Start("workbookPr", start) if is_true(start, "date1904") => calendar = Calendar::Of1904,
            Piece::Start("sheet", start) => {
                let part = attribute(start, "id").and_then(|id| parts.0.get(&id));
                // Charts stand among the sheets too.
                if let Some((part, kind)) = part
                    && kind.ends_with("/worksheet")
                {
                    let state = attribute(start, "state");
                    sheets.push(Sheet {
                        name: attribute(start, "name").unwrap_or_default(),
                        is_shown: state.is_none_or(|state| state == "visible"),
                        part: part.clone(),
                    });
                }
            }
            _ => {}
        }
        Ok::<_, TableError>(())
    })?;
    if is_there { Ok((sheets, calendar)) } else { Err(TableError::malformed("it has no workbook")) }
}
