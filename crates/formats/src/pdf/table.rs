//! Tables: columns as wide as they need to be, rows that stay whole, and a head that stands on each sheet.

use super::faces::Faces;
use super::flow::{Flow, of_cells};
use super::lines::{Line, lines, words};
use super::sheet::{BOTTOM, LEFT, Length, RIGHT, Rule, RunId, TOP};
use super::structure::{Element, Kind};
use crate::markdown::{Inline, Table};

const PADDING: Length = 400;
const ABOVE: Length = 250;
const BELOW: Length = 300;
/// The part of the width that the names of rows take at most, in hundredths.
const MOST_OF_NAMES: Length = 40;

/// A column: where it stands, and whether its text keeps to the right.
#[derive(Clone, Copy, Debug)]
struct Column {
    x: Length,
    width: Length,
    is_right: bool,
}

/// A row in lines: those of each cell.
struct Broken {
    cells: Vec<(Column, Vec<Line>)>,
    is_bold: bool,
}

impl Broken {
    fn height(&self) -> Length {
        ABOVE + of_cells(self.is_bold).leading * self.depth() + BELOW
    }

    /// How many lines the tallest cell has.
    fn depth(&self) -> Length {
        let most = self.cells.iter().map(|(_, lines)| lines.len()).max();
        Length::try_from(most.unwrap_or_default()).unwrap_or(Length::MAX)
    }
}

/// Sets a table.
pub(super) fn place(flow: &mut Flow<'_>, table: &Table) -> Element {
    let columns = columns(flow.faces, table);
    let head = table.head.as_ref().map(|names| broken(flow.faces, names, &columns, true));
    let mut parts = Vec::new();
    flow.need(opening(flow.faces, table));
    if let Some(head) = &head {
        let names = vec![Kind::NameOfColumn; head.cells.len()];
        let row = set_row(flow, head, None, &names);
        parts.push(Element::around(Kind::Head, vec![row]));
    }
    rule(flow, 60);
    let mut kinds = vec![Kind::Cell; columns.len()];
    if let (None, Some(first)) = (&head, kinds.first_mut()) {
        *first = Kind::NameOfRow;
    }
    let mut rows = Vec::new();
    for cells in &table.rows {
        let row = broken(flow.faces, cells, &columns, false);
        if !flow.has_room(row.height()) && fits_a_sheet(&row, head.as_ref()) {
            turn(flow, head.as_ref());
        }
        rows.push(set_row(flow, &row, head.as_ref(), &kinds));
        rule(flow, 30);
    }
    if !rows.is_empty() {
        parts.push(Element::around(Kind::Rows, rows));
    }
    flow.y = flow.y.saturating_add(of_cells(false).room_below());
    Element::around(Kind::Table, parts)
}

/// How much of a table stays together at its beginning: its head and its first row.
pub(super) fn opening(faces: &Faces, table: &Table) -> Length {
    let columns = columns(faces, table);
    let height = |cells: &Vec<Vec<Inline>>, is_bold| broken(faces, cells, &columns, is_bold).height();
    let head = table.head.as_ref().map_or(0, |names| height(names, true));
    let first = table.rows.first().map_or(0, |cells| height(cells, false));
    head.saturating_add(first).min(BOTTOM - TOP)
}

fn fits_a_sheet(row: &Broken, head: Option<&Broken>) -> bool {
    row.height().saturating_add(head.map_or(0, Broken::height)) <= BOTTOM - TOP
}

/// Goes on to a next sheet, with the head once more.
fn turn(flow: &mut Flow<'_>, head: Option<&Broken>) {
    flow.turn();
    if let Some(head) = head {
        let style = of_cells(true);
        flow.y = flow.y.saturating_add(ABOVE);
        for line in 0..head.depth() {
            for (column, lines) in &head.cells {
                if let Some(line) = usize::try_from(line).ok().and_then(|line| lines.get(line)) {
                    let x = start(flow.faces, *column, line, true);
                    flow.repeat(line, x, style);
                }
            }
            flow.y = flow.y.saturating_add(style.leading);
        }
        flow.y = flow.y.saturating_add(BELOW);
    }
    rule(flow, 60);
}

/// Sets a row line by line; one that is taller than a sheet goes on below the head on the next.
fn set_row(flow: &mut Flow<'_>, row: &Broken, head: Option<&Broken>, kinds: &[Kind]) -> Element {
    let style = of_cells(row.is_bold);
    let mut runs: Vec<Vec<RunId>> = row.cells.iter().map(|_| Vec::new()).collect();
    flow.y = flow.y.saturating_add(ABOVE);
    for line in 0..row.depth() {
        if !flow.has_room(style.leading) {
            turn(flow, head);
            flow.y = flow.y.saturating_add(ABOVE);
        }
        for ((column, lines), runs) in row.cells.iter().zip(&mut runs) {
            if let Some(line) = usize::try_from(line).ok().and_then(|line| lines.get(line)) {
                let x = start(flow.faces, *column, line, row.is_bold);
                runs.extend(flow.set(line, x, style));
            }
        }
        flow.y = flow.y.saturating_add(style.leading);
    }
    flow.y = flow.y.saturating_add(BELOW);
    let cells = kinds.iter().zip(runs).map(|(kind, runs)| {
        let mut cell = Element::new(*kind);
        cell.read(runs);
        cell
    });
    Element::around(Kind::Row, cells.collect())
}

fn rule(flow: &mut Flow<'_>, thickness: Length) {
    let y = flow.y;
    if let Some(sheet) = flow.sheets.last_mut() {
        sheet.rules.push(Rule { y, thickness });
    }
}

fn start(faces: &Faces, column: Column, line: &Line, is_bold: bool) -> Length {
    let left = column.x + PADDING;
    if !column.is_right {
        return left;
    }
    let room = column.width - 2 * PADDING;
    left + (room - line.seen_width(faces, of_cells(is_bold).size)).max(0)
}

fn broken(faces: &Faces, cells: &[Vec<Inline>], columns: &[Column], is_bold: bool) -> Broken {
    let style = of_cells(is_bold);
    let cells = columns.iter().enumerate().map(|(index, column)| {
        let text = cells.get(index).map(Vec::as_slice).unwrap_or_default();
        (*column, lines(words(text, is_bold), column.width - 2 * PADDING, style.size, faces))
    });
    Broken { cells: cells.collect(), is_bold }
}

/// The columns: each as wide as its longest text where all of them fit, and the last with words as wide as the rest.
fn columns(faces: &Faces, table: &Table) -> Vec<Column> {
    let rows = table.head.iter().map(|names| (names, true)).chain(table.rows.iter().map(|row| (row, false)));
    let mut needs: Vec<(Length, Length)> = Vec::new();
    for (cells, is_bold) in rows {
        needs.resize(needs.len().max(cells.len()), (0, 0));
        for (need, cell) in needs.iter_mut().zip(cells) {
            let size = of_cells(is_bold).size;
            let widths = words(cell, is_bold).into_iter().map(|word| word.seen_width(faces, size));
            let (longest, whole) = widths.fold((0, 0), |(longest, whole): (Length, Length), width| {
                (longest.max(width), whole.saturating_add(width).saturating_add(size / 3))
            });
            need.0 = need.0.max(longest.saturating_add(2 * PADDING));
            need.1 = need.1.max(whole.saturating_add(2 * PADDING));
        }
    }
    let width = RIGHT - LEFT;
    if let (None, Some(names), true) = (&table.head, needs.first_mut(), table.rows.len() > 1) {
        names.1 = names.1.min((width * MOST_OF_NAMES / 100).max(names.0));
    }
    let mut x = LEFT;
    let mut widths = shared(&needs, width);
    let is_text = |column: &usize| !table.is_right.get(*column).copied().unwrap_or_default();
    let left_over = width - widths.iter().sum::<Length>();
    let widest = (0..widths.len()).rfind(is_text).or(widths.len().checked_sub(1));
    if let Some(widest) = widest.and_then(|column| widths.get_mut(column)) {
        *widest += left_over;
    }
    let places = widths.into_iter().enumerate().map(|(index, width)| {
        let is_right = table.is_right.get(index).copied().unwrap_or_default();
        let column = Column { x, width, is_right };
        x = x.saturating_add(width);
        column
    });
    places.collect()
}

/// Divides a width by what each column needs at least, and would take: who would take no more than an even share gets
/// that, and the others divide what is left.
fn shared(needs: &[(Length, Length)], width: Length) -> Vec<Length> {
    let mut given: Vec<Option<Length>> = vec![None; needs.len()];
    let mut room = width;
    loop {
        let open = Length::try_from(given.iter().filter(|given| given.is_none()).count()).unwrap_or(1);
        let fair = room / open.max(1);
        let modest = needs.iter().zip(&mut given).find(|((_, most), given)| given.is_none() && *most <= fair);
        let Some(((_, most), given)) = modest else { break };
        room -= *most;
        *given = Some(*most);
    }
    let least: i64 = needs
        .iter()
        .zip(&given)
        .filter(|(_, given)| given.is_none())
        .map(|((least, _), _)| i64::from(*least))
        .sum();
    let share = |own: Length| Length::try_from(i64::from(own) * i64::from(room) / least.max(1)).unwrap_or(0);
    needs.iter().zip(given).map(|((least, _), given)| given.unwrap_or_else(|| share(*least))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_and_the_modest_ones_get_what_they_would_take() {
        assert_eq!(shared(&[(100, 200), (100, 300)], 1_000), [200, 300]);
        assert_eq!(shared(&[(50, 100), (100, 1_900), (90, 120)], 1_000), [100, 780, 120]);
        assert_eq!(shared(&[(600, 900), (1_400, 1_400)], 1_000), [300, 700]);
    }
}
