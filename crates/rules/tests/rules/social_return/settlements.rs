//! The settlement: what is short, what that costs, and what blocks count for together.

use proptest::prelude::*;
use trede_base::exact::Exact;
use trede_rules::social_return::{
    Sanction, SocialReturnFindingCode as Code, counted_together, settle, share_maxima,
};

use crate::builders::policy::{Written, a_policy, by_year, percent};
use crate::builders::x;

fn costing(factor: &str, excusable: bool) -> Written {
    a_policy().with(|policy| {
        policy.sanction = Some(Sanction { factor: x(factor), cure_days: None, excusable, carry_over: false });
    })
}

fn settled(policy: &Written, owed: i64, realised: i64, excuse: Option<&str>) -> Result<(i64, i64), Code> {
    settle(&policy.0, owed, realised, excuse)
        .map(|settlement| (settlement.shortfall_cents, settlement.sanction_cents))
        .map_err(|found| found.code)
}

/// domain/social-return.md: 20,000 owed, 14,500 realised; factors of Harlingen (1.0) and Noordoost-Brabant (1.5).
#[test]
fn a_shortfall_costs_its_factor() {
    let cost = |factor: &str| settled(&costing(factor, true), 2_000_000, 1_450_000, None);
    assert_eq!(
        [cost("1"), cost("1.25"), cost("1.5")],
        [550_000, 687_500, 825_000].map(|cost| Ok((550_000, cost)))
    );
    assert_eq!(settled(&costing("1.5", true), 2_000_000, 1_450_000, Some("no fault")), Ok((550_000, 0)));
}

#[test]
fn what_is_just_fulfilled_is_not_short_and_a_cent_less_is() {
    let at = |realised| settled(&costing("1.5", true), 2_000_000, realised, None);
    assert_eq!([at(2_000_000), at(2_000_001)], [Ok((0, 0)), Ok((0, 0))]);
    assert_eq!(at(1_999_999), Ok((1, 2)), "a half cent is rounded up");
}

#[test]
fn an_excuse_needs_a_policy_that_knows_it_and_a_reason() {
    assert_eq!(settled(&costing("1", false), 100, 50, Some("no fault")), Err(Code::NotExcusable));
    assert_eq!(settled(&costing("1", true), 100, 50, Some(" ")), Err(Code::ReasonMissing));
    assert_eq!(settled(&costing("1", false), 100, 100, Some("")), Ok((0, 0)), "nothing is short");
}

#[test]
fn a_policy_without_a_sanction_settles_only_what_is_fulfilled() {
    let silent = a_policy().with(|policy| policy.sanction = None);
    assert_eq!(settled(&silent, 100, 100, None), Ok((0, 0)));
    assert_eq!(settled(&silent, 100, 99, None), Err(Code::PolicySilent));
    assert_eq!(settled(&silent, 100, 99, Some("no fault")), Err(Code::PolicySilent));
}

#[test]
fn a_settlement_shows_its_steps() {
    let steps = settle(&costing("1.5", true).0, 2_000_000, 1_450_000, None).unwrap().steps;
    assert_eq!(steps[0].terms.to_vec(), [x(20_000), x(14_500)]);
    assert_eq!((steps[0].result.clone(), steps[1].result.clone()), (x(5500), x(8250)));
    let excused = settle(&costing("1.5", true).0, 2_000_000, 1_450_000, Some("no fault")).unwrap().steps;
    assert_eq!(excused[1].result, Exact::ZERO);
}

fn blocks() -> Written {
    let capped = |code: &str, share: Option<i64>| trede_rules::social_return::Block {
        maximum_share: share.map(percent),
        ..by_year(code, 1)
    };
    a_policy().block(capped("job", None)).block(capped("buy", Some(50))).block(capped("act", None))
}

fn together(policy: &Written, entries: &[(&str, i64)]) -> i64 {
    counted_together(&policy.0, 1000, entries)
}

#[test]
fn entries_of_a_block_count_together_up_to_its_share_of_what_is_owed() {
    assert_eq!(together(&blocks(), &[("job", 700), ("job", 600)]), 1300);
    assert_eq!(together(&blocks(), &[("buy", 300), ("buy", 200)]), 500);
    assert_eq!(together(&blocks(), &[("buy", 300), ("buy", 201), ("job", 10)]), 510);
    assert_eq!(together(&blocks(), &[]), 0);
    assert_eq!(together(&blocks(), &[("elsewhere", 5)]), 5);
}

#[test]
fn blocks_with_a_limit_count_together_up_to_it_and_others_beside_it() {
    let policy = blocks().limit(&["buy", "act"], 60);
    assert_eq!(together(&policy, &[("buy", 400), ("act", 200)]), 600);
    assert_eq!(together(&policy, &[("buy", 400), ("act", 201), ("job", 1000)]), 1600);
    assert_eq!(together(&policy, &[("buy", 900), ("act", 50)]), 550, "buy is held to 500 first");
}

#[test]
fn what_a_block_loses_to_one_limit_is_not_taken_off_again_by_the_next() {
    let policy = blocks().limit(&["buy", "act"], 50).limit(&["buy", "job"], 50);
    // 500 + 200: the first limit takes 200 from buy; 300 + 200 of job then fit the second.
    assert_eq!(together(&policy, &[("buy", 500), ("act", 200), ("job", 200)]), 700);
    assert_eq!(together(&policy, &[("buy", 500), ("act", 200), ("job", 201)]), 700);
}

#[test]
fn each_maximum_is_told_with_the_blocks_that_it_bounds() {
    let policy = blocks().limit(&["buy", "act"], 60);
    let told = share_maxima(&policy.0, 1000);
    let expected = [(vec!["buy"], 500), (vec!["buy", "act"], 600)];
    let expected = expected.map(|(blocks, most)| (blocks.into_iter().map(str::to_owned).collect(), most));
    assert_eq!(told, expected);
    assert_eq!(share_maxima(&a_policy().0, 1000), []);
}

proptest! {
    #[test]
    fn nothing_counts_for_more_than_it_was_entered_for(
        entries in prop::collection::vec((0_usize..3, 0_i64..900), 0..8), share in 0_i64..101
    ) {
        let names = ["job", "buy", "act"];
        let entries: Vec<(&str, i64)> = entries.into_iter().map(|(block, cents)| (names[block], cents)).collect();
        let policy = blocks().limit(&["job", "act"], share);
        let counted = together(&policy, &entries);
        let limited: i64 = entries.iter().filter(|(block, _)| *block != "buy").map(|(_, cents)| cents).sum();
        let bought: i64 = entries.iter().filter(|(block, _)| *block == "buy").map(|(_, cents)| cents).sum();
        prop_assert_eq!(counted, limited.min(share * 10) + bought.min(500));
    }

    #[test]
    fn owed_and_realised_settle_to_their_difference(owed in 0_i64..1_000_000, realised in 0_i64..1_000_000) {
        let short = (owed - realised).max(0);
        prop_assert_eq!(settled(&costing("1", true), owed, realised, None), Ok((short, short)));
    }
}
