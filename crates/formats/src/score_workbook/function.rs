//! The functions of a spreadsheet that formulas call.

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
    /// The place of a value in a range, counted from 1; with 1 as its last part, of the highest that is reached.
    Match,
    /// The value beside the highest step that is reached.
    Lookup,
}

impl Function {
    /// Its name in a formula.
    pub fn name(self) -> &'static str {
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
