//! The order of a drawing of lots (loting), from one random value: anybody who has the value can draw again.

use sha2::{Digest, Sha256};

/// Stands before what is hashed, so that the order has no other use.
const PURPOSE: &[u8] = b"trede-drawing-1";

/// The bids in the order in which they are drawn: by SHA-256 of purpose, value and identifier, each after the
/// other with a line feed between. The order in which the bids are given changes nothing.
#[must_use]
pub fn drawn_order(value: &str, bids: &[String]) -> Vec<String> {
    let ticket = |bid: &str| {
        let mut hash = Sha256::new();
        for (index, part) in [PURPOSE, value.as_bytes(), bid.as_bytes()].iter().enumerate() {
            if index > 0 {
                hash.update(b"\n");
            }
            hash.update(part);
        }
        hash.finalize().to_vec()
    };
    let mut drawn = bids.to_vec();
    drawn.sort_by_cached_key(|bid| (ticket(bid), bid.clone()));
    drawn
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bids(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_order_can_be_drawn_again_with_a_tool_for_hashes() {
        // printf 'trede-drawing-1\n%s\n%s' 271828 A | sha256sum, and so for B and C.
        assert_eq!(drawn_order("271828", &bids(&["A", "B", "C"])), bids(&["C", "A", "B"]));
    }

    #[test]
    fn each_bid_comes_first_about_as_often() {
        let names = bids(&["A", "B", "C"]);
        let mut first = [0_u32; 3];
        for value in 0..3000 {
            let drawn = drawn_order(&value.to_string(), &names);
            let winner = names.iter().position(|name| *name == drawn[0]).unwrap();
            first[winner] += 1;
        }
        assert!(first.iter().all(|times| (900..1100).contains(times)), "{first:?}");
    }

    proptest! {
        #[test]
        fn the_order_in_which_bids_are_given_changes_nothing(
            value in ".*",
            mut names in prop::collection::vec("[A-Z]{1,3}", 0..8),
        ) {
            let drawn = drawn_order(&value, &names);
            names.reverse();
            prop_assert_eq!(&drawn, &drawn_order(&value, &names));
            names.sort();
            let mut sorted = drawn;
            sorted.sort();
            prop_assert_eq!(sorted, names);
        }
    }
}
