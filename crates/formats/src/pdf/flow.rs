//! Blocks one below the other, on as many sheets as they need.

use super::faces::Faces;
use super::lines::{Line, lines, words};
use super::sheet::{BOTTOM, LEFT, Length, RIGHT, Run, RunId, Sheet, TOP};
use super::structure::{Depths, Element, Kind, Landmark};
use super::table;
use crate::markdown::{Block, Inline, shown};

/// How a kind of text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: Length,
    /// From one line to the next.
    pub(super) leading: Length,
    pub(super) is_bold: bool,
    before: Length,
    after: Length,
}

const TEXT: Style = Style { size: 1_050, leading: 1_500, is_bold: false, before: 0, after: 700 };
const ITEM: Style = Style { after: 250, ..TEXT };
const INDENT: Length = 1_400;

const fn heading(level: u8) -> Style {
    match level {
        1 => Style { size: 1_800, leading: 2_300, is_bold: true, before: 0, after: 900 },
        2 => Style { size: 1_300, leading: 1_700, is_bold: true, before: 1_100, after: 500 },
        _ => Style { size: 1_100, leading: 1_500, is_bold: true, before: 700, after: 300 },
    }
}

/// A document on its sheets.
#[derive(Debug, Default)]
pub(super) struct LaidOut {
    pub(super) sheets: Vec<Sheet>,
    pub(super) elements: Vec<Element>,
    pub(super) landmarks: Vec<Landmark>,
}

/// Puts the blocks on sheets.
pub(super) fn laid_out(blocks: &[Block], faces: &Faces) -> LaidOut {
    let mut flow = Flow { faces, sheets: vec![Sheet::default()], y: TOP };
    let mut depths = Depths::default();
    let mut laid = LaidOut::default();
    let mut rest = blocks;
    while let Some((block, after)) = rest.split_first() {
        let element = match block {
            Block::Heading(level, text) => {
                flow.need(flow.opening(rest));
                flow.skip(heading(*level).before);
                let (sheet, y) = (flow.sheet(), flow.y);
                let kind = Kind::Heading(laid.landmarks.len());
                laid.landmarks.push(Landmark { depth: depths.next(*level), text: shown(text), sheet, y });
                flow.text(kind, text, heading(*level))
            }
            Block::Paragraph(text) => flow.text(Kind::Paragraph, text, TEXT),
            Block::List(items) => flow.list(items),
            Block::Table(table) => table::place(&mut flow, table),
        };
        laid.elements.push(element);
        rest = after;
    }
    laid.sheets = flow.sheets;
    laid
}

/// Where the next line goes.
pub(super) struct Flow<'a> {
    pub(super) faces: &'a Faces,
    pub(super) sheets: Vec<Sheet>,
    pub(super) y: Length,
}

impl Flow<'_> {
    /// The sheet that is written on, from 0.
    fn sheet(&self) -> usize {
        self.sheets.len().saturating_sub(1)
    }

    /// Goes on to a next sheet.
    pub(super) fn turn(&mut self) {
        self.sheets.push(Sheet::default());
        self.y = TOP;
    }

    /// Whether nothing stands on the sheet yet.
    pub(super) fn is_at_top(&self) -> bool {
        self.y == TOP
    }

    /// Whether that much still fits.
    pub(super) fn has_room(&self, height: Length) -> bool {
        self.y.saturating_add(height) <= BOTTOM
    }

    /// Sees to it that that much fits; what is taller than a sheet begins at its top.
    pub(super) fn need(&mut self, height: Length) {
        if !self.has_room(height) && !self.is_at_top() {
            self.turn();
        }
    }

    /// Leaves room, but not at the top of a sheet.
    pub(super) fn skip(&mut self, height: Length) {
        if !self.is_at_top() {
            self.y = self.y.saturating_add(height);
        }
    }

    /// Sets a line with its left end there, and tells which runs it is made of.
    pub(super) fn set(&mut self, line: &Line, x: Length, style: Style) -> Vec<RunId> {
        let runs = self.runs(line, x, style);
        let sheet = self.sheet();
        let Some(on) = self.sheets.last_mut() else { return Vec::new() };
        let first = on.runs.len();
        let last = first + runs.len();
        on.runs.extend(runs);
        (first..last).map(|place| RunId { sheet, place }).collect()
    }

    /// The same for what was told on a sheet before.
    pub(super) fn repeat(&mut self, line: &Line, x: Length, style: Style) {
        let runs = self.runs(line, x, style);
        if let Some(on) = self.sheets.last_mut() {
            on.repeated.extend(runs);
        }
    }

    fn runs(&self, line: &Line, x: Length, style: Style) -> Vec<Run> {
        let baseline = self.y + (style.leading + style.size * 7 / 10) / 2;
        let mut x = x;
        let runs = line.parts.iter().map(|part| {
            let run = Run { text: part.text.clone(), weight: part.weight, size: style.size, x, baseline };
            x = x.saturating_add(self.faces.width(&part.text, part.weight, style.size));
            run
        });
        runs.collect()
    }

    fn broken(&self, text: &[Inline], width: Length, style: Style) -> Vec<Line> {
        lines(words(text, style.is_bold), width, style.size, self.faces)
    }

    fn text(&mut self, kind: Kind, text: &[Inline], style: Style) -> Element {
        let lines = self.broken(text, RIGHT - LEFT, style);
        let mut element = Element::new(kind);
        element.read(self.lines(&lines, LEFT, style));
        self.y = self.y.saturating_add(style.after);
        element
    }

    /// Sets lines one below the other; the first two stay together, and so do the last two.
    fn lines(&mut self, lines: &[Line], x: Length, style: Style) -> Vec<RunId> {
        let mut runs = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let together = if lines.len() <= 3 && index == 0 {
                lines.len()
            } else if index == 0 || index + 2 == lines.len() {
                2
            } else {
                1
            };
            self.need(style.leading * Length::try_from(together).unwrap_or(1));
            runs.extend(self.set(line, x, style));
            self.y = self.y.saturating_add(style.leading);
        }
        runs
    }

    fn list(&mut self, items: &[Vec<Inline>]) -> Element {
        let mut list = Vec::new();
        for item in items {
            let lines = self.broken(item, RIGHT - LEFT - INDENT, ITEM);
            self.need(kept_together(&lines, ITEM));
            let mut label = Element::new(Kind::Label);
            let bullet = lines_of("•");
            label.read(self.set(&bullet, LEFT + 400, ITEM));
            let mut body = Element::new(Kind::Body);
            body.read(self.lines(&lines, LEFT + INDENT, ITEM));
            self.y = self.y.saturating_add(ITEM.after);
            list.push(Element::around(Kind::Item, vec![label, body]));
        }
        self.y = self.y.saturating_add(TEXT.after - ITEM.after);
        Element::around(Kind::List, list)
    }

    /// How much of what begins here stays together: headings, and the beginning of what they are of.
    fn opening(&self, blocks: &[Block]) -> Length {
        match blocks.split_first() {
            None => 0,
            Some((Block::Heading(level, text), after)) => {
                let style = heading(*level);
                let lines = Length::try_from(self.broken(text, RIGHT - LEFT, style).len()).unwrap_or(1);
                style.before + style.leading * lines + style.after + self.opening(after)
            }
            Some((Block::Paragraph(text), _)) => kept_together(&self.broken(text, RIGHT - LEFT, TEXT), TEXT),
            Some((Block::List(items), _)) => items
                .first()
                .map_or(0, |item| kept_together(&self.broken(item, RIGHT - LEFT - INDENT, ITEM), ITEM)),
            Some((Block::Table(found), _)) => table::opening(self.faces, found),
        }
    }
}

fn kept_together(lines: &[Line], style: Style) -> Length {
    let first = if lines.len() <= 3 { lines.len() } else { 2 };
    style.leading * Length::try_from(first).unwrap_or(1)
}

fn lines_of(text: &str) -> Line {
    words(&[Inline { text: text.to_owned(), is_bold: false }], false).into_iter().next().unwrap_or_default()
}

/// How the cells of a table are set.
pub(super) const fn of_cells(is_bold: bool) -> Style {
    Style { size: 950, leading: 1_320, is_bold, before: 0, after: 900 }
}

impl Style {
    /// The room below what is set so.
    pub(super) const fn room_below(self) -> Length {
        self.after
    }
}
