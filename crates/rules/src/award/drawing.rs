//! The order of a drawing of lots (loting), from one random value: anybody who has the value can draw again.

use std::collections::{BTreeMap, BTreeSet};

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

/// The order of a drawing among bids of which some were drawn before: those keep the order that they were drawn in.
/// Each pair in `kept` is two bids of which the first stays before the second. The next place goes to the first bid, in
/// the order of [`drawn_order`], that no other must precede.
#[must_use]
pub fn drawn_order_keeping(value: &str, bids: &[String], kept: &[[String; 2]]) -> Vec<String> {
    let mut waiting = drawn_order(value, bids);
    let mut before: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for [first, then] in kept.iter().filter(|pair| pair.iter().all(|bid| bids.contains(bid))) {
        before.entry(then.clone()).or_default().insert(first.clone());
    }
    let mut order = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_free = |bid: &String| before.get(bid).is_none_or(BTreeSet::is_empty);
        // Pairs that go round in a circle keep nothing.
        let next = waiting.remove(waiting.iter().position(is_free).unwrap_or_default());
        for firsts in before.values_mut() {
            firsts.remove(&next);
        }
        order.push(next);
    }
    order
}

/// Whether the bids that stand in both have the same order in the one as in the other.
#[must_use]
pub fn is_in_order_of(before: &[String], after: &[String]) -> bool {
    let in_both = |from: &[String], other: &[String]| -> Vec<String> {
        from.iter().filter(|bid| other.contains(bid)).cloned().collect()
    };
    in_both(before, after) == in_both(after, before)
}

/// What earlier drawings say of the order of these bids, by themselves or one after the other: pairs of which the first
/// goes before the second. What follows from two pairs together is no pair of its own.
#[must_use]
pub fn kept_pairs(earlier: &[Vec<String>], bids: &[String]) -> Vec<[String; 2]> {
    let mut next: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for order in earlier {
        for (first, then) in order.iter().zip(order.iter().skip(1)) {
            next.entry(first).or_default().insert(then);
        }
    }
    let bids: BTreeSet<&String> = bids.iter().collect();
    let mut kept = Vec::new();
    for first in &bids {
        let mut seen = BTreeSet::from([*first]);
        let mut ways = vec![*first];
        while let Some(from) = ways.pop() {
            for then in next.get(from).into_iter().flatten() {
                if !seen.insert(then) {
                    continue;
                }
                if bids.contains(then) {
                    kept.push([(*first).clone(), (*then).clone()]);
                } else {
                    ways.push(then);
                }
            }
        }
    }
    kept
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

    #[test]
    fn what_was_drawn_before_keeps_its_order() {
        // C, A, B follows from the value alone.
        let kept = [["B".to_owned(), "C".to_owned()]];
        let names = bids(&["A", "B", "C"]);
        assert_eq!(drawn_order_keeping("271828", &names, &[]), bids(&["C", "A", "B"]));
        assert_eq!(drawn_order_keeping("271828", &names, &kept), bids(&["A", "B", "C"]));
        let earlier = [bids(&["A", "B"]), bids(&["B", "C"])];
        let pair = |first: &str, then: &str| [first.to_owned(), then.to_owned()];
        assert_eq!(kept_pairs(&earlier, &bids(&["C", "A", "D"])), [pair("A", "C")]);
        assert!(kept_pairs(&earlier, &bids(&["A", "D"])).is_empty());
    }

    #[test]
    fn two_orders_agree_on_the_bids_that_stand_in_both() {
        assert!(is_in_order_of(&bids(&["A", "B", "C"]), &bids(&["A", "C", "D"])));
        assert!(is_in_order_of(&bids(&["A", "B"]), &bids(&["C", "B"])));
        assert!(!is_in_order_of(&bids(&["A", "B", "C"]), &bids(&["C", "A"])));
    }

    proptest! {
        #[test]
        fn every_kept_pair_stays_and_no_bid_is_lost(
            value in ".*",
            earlier in prop::collection::vec(Just(["A", "B", "C", "D", "E"].map(str::to_owned).to_vec()).prop_shuffle(), 0..2),
        ) {
            let names = bids(&["E", "D", "B", "F"]);
            let kept = kept_pairs(&earlier, &names);
            let order = drawn_order_keeping(&value, &names, &kept);
            let place = |bid: &String| order.iter().position(|drawn| drawn == bid).unwrap();
            prop_assert!(kept.iter().all(|[first, then]| place(first) < place(then)));
            prop_assert_eq!(order.len(), names.len());
            prop_assert!(earlier.iter().all(|before| is_in_order_of(before, &order)));
        }

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
