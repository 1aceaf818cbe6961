//! The rank as a formula: how many rows are better, and one.

use super::formula::{Formula, Place, Range, reference};

/// The rank of a row among those that count: one more than the number that are better, by the first key, and where
/// that is equal by the next.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rank {
    /// 1 for the rows that count.
    pub counted: Range,
    /// What decides, in this order.
    pub keys: Vec<Key>,
}

/// A column by which rows are ranked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    /// The column.
    pub range: Range,
    /// The cell of the row itself.
    pub own: Place,
    /// Whether the highest is the best.
    pub highest: bool,
}

impl Rank {
    /// The formula as it stands in a cell of `home`.
    pub fn text(&self, home: Place, names: &[String]) -> String {
        let of = |range: Range| Formula::Range(range).part(home, names);
        let better = self.keys.iter().rev().fold(String::new(), |after, key| {
            let (range, own) = (of(key.range), reference(key.own, home, names));
            let sign = if key.highest { ">" } else { "<" };
            if after.is_empty() {
                return format!("({range}{sign}{own})");
            }
            format!("(({range}{sign}{own})+({range}={own})*{after})")
        });
        format!("1+SUMPRODUCT(({}=1)*{better})", of(self.counted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_goes_by_its_keys_in_order() {
        let at = |row, column| Place { sheet: 0, row, column };
        let range = |column| Range { first: at(1, column), last: at(3, column) };
        let key = |column, highest| Key { range: range(column), own: at(2, column), highest };
        let rank = Rank { counted: range(0), keys: vec![key(1, true), key(2, false)] };
        let text = Formula::Rank(rank).text(at(2, 5), &["s".to_owned()]);
        assert_eq!(text, "=1+SUMPRODUCT(($A$2:$A$4=1)*(($B$2:$B$4>B3)+($B$2:$B$4=B3)*($C$2:$C$4<C3)))");
    }
}
