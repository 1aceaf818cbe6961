//! Sheets of paper, and what stands where on them.

use super::faces::Weight;

/// A length, in hundredths of a point: the house counts in whole numbers.
pub(super) type Length = i32;

/// A4, upright (ISO 216).
pub(super) const WIDTH: Length = 59_528;
/// A4, upright (ISO 216).
pub(super) const HEIGHT: Length = 84_189;
/// Two centimetres on the sides.
pub(super) const LEFT: Length = 5_669;
pub(super) const RIGHT: Length = WIDTH - LEFT;
pub(super) const TOP: Length = 5_669;
/// Where the text ends; below it stands the number of the page.
pub(super) const BOTTOM: Length = HEIGHT - 7_086;
/// On which line the number of the page stands.
pub(super) const FOOT: Length = HEIGHT - 4_252;

/// Text in one weight on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) weight: Weight,
    pub(super) size: Length,
    pub(super) x: Length,
    pub(super) baseline: Length,
}

/// A line over the width of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) y: Length,
    pub(super) thickness: Length,
}

/// What stands on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// What is read.
    pub(super) runs: Vec<Run>,
    /// What is seen and told elsewhere already: a head that is repeated.
    pub(super) repeated: Vec<Run>,
    pub(super) rules: Vec<Rule>,
}

/// A run, by its sheet and its place on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RunId {
    pub(super) sheet: usize,
    pub(super) place: usize,
}
