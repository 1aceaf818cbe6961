//! What a document is made of, as a screen reader goes through it.

use super::sheet::{Length, RunId};

/// What an element is (ISO 32000-1 section 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By its place among the landmarks.
    Heading(usize),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    Head,
    Rows,
    Row,
    NameOfColumn,
    NameOfRow,
    Cell,
}

/// An element with what stands in it, in the order of reading.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) kind: Kind,
    pub(super) children: Vec<Child>,
}

impl Element {
    pub(super) const fn new(kind: Kind) -> Self {
        Self { kind, children: Vec::new() }
    }

    /// An element around others.
    pub(super) fn around(kind: Kind, elements: Vec<Element>) -> Self {
        Self { kind, children: elements.into_iter().map(Child::Element).collect() }
    }

    pub(super) fn read(&mut self, runs: Vec<RunId>) {
        self.children.extend(runs.into_iter().map(Child::Run));
    }
}

/// The runs of each sheet in the order in which they are read.
pub(super) fn in_order(elements: &[Element], sheets: usize) -> Vec<Vec<usize>> {
    fn go(element: &Element, order: &mut [Vec<usize>]) {
        for child in &element.children {
            match child {
                Child::Element(inside) => go(inside, order),
                Child::Run(id) => order.get_mut(id.sheet).into_iter().for_each(|sheet| sheet.push(id.place)),
            }
        }
    }
    let mut order = vec![Vec::new(); sheets];
    elements.iter().for_each(|element| go(element, &mut order));
    order
}

/// What stands in an element.
#[derive(Clone, Debug)]
pub(super) enum Child {
    Run(RunId),
    Element(Element),
}

/// A heading, for who looks where something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Landmark {
    pub(super) depth: u16,
    pub(super) text: String,
    pub(super) sheet: usize,
    pub(super) y: Length,
}

/// How deep headings lie when none may be skipped: the first is at 1, and the next at most one deeper than the one
/// before it (ISO 14289-1 section 7.4.2). Letters begin at the second level, for they have no title of their own.
#[derive(Default)]
pub(super) struct Depths {
    open: Vec<u8>,
}

impl Depths {
    pub(super) fn next(&mut self, level: u8) -> u16 {
        self.open.retain(|above| *above < level);
        self.open.push(level);
        u16::try_from(self.open.len()).unwrap_or(u16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_of_headings_is_skipped() {
        let depths = |levels: &[u8]| -> Vec<u16> {
            let mut depths = Depths::default();
            levels.iter().map(|level| depths.next(*level)).collect()
        };
        assert_eq!(depths(&[1, 2, 3, 2, 1]), [1, 2, 3, 2, 1]);
        assert_eq!(depths(&[2, 3, 3, 2]), [1, 2, 2, 1]);
        assert_eq!(depths(&[1, 3, 2]), [1, 2, 2]);
    }
}
