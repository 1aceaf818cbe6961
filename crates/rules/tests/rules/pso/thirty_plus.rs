//! PSO 30+: at least 30 percent of the workers, by heads or fte.

use trede_rules::pso::contribution::{
    FindingCode as Code, NotCounted, ThirtyPlus, ThirtyPlusMeasure, Worker,
};

use crate::builders::organisation::{Written, a_worker, an_organisation};
use crate::builders::{n, x};

fn share(written: Written, measure: ThirtyPlusMeasure, secondment: bool) -> ThirtyPlus {
    written.thirty_plus(measure, secondment).measured().thirty_plus.unwrap()
}

fn three() -> Written {
    ["a", "b", "c"].iter().fold(an_organisation(10), |written, id| written.worker(a_worker(id)))
}

#[test]
fn thirty_percent_exactly_is_enough_by_heads_and_by_fte() {
    let heads = |heads| share(three(), ThirtyPlusMeasure::Heads(heads), false);
    assert_eq!((heads(10).share.result.clone(), heads(10).enough), (x(30), true));
    assert!(!heads(11).enough);
    let fte = share(three(), ThirtyPlusMeasure::Fte, false);
    assert_eq!((fte.share.result.clone(), fte.enough), (x(30), true));
    let less = three().with(|organisation| organisation.workers[0].hours = n(39));
    assert!(!share(less.clone(), ThirtyPlusMeasure::Fte, false).enough);
    assert!(share(less, ThirtyPlusMeasure::Heads(10), false).enough, "a head is a head");
}

fn left_out(worker: Worker, secondment: bool) -> Option<NotCounted> {
    let found = share(three().worker(worker), ThirtyPlusMeasure::Heads(10), secondment);
    assert!(found.left_out.values().sum::<usize>() <= 1);
    found.left_out.into_keys().next()
}

#[test]
fn placements_other_payrolls_and_idle_months_do_not_count() {
    let worker = || a_worker("d");
    assert_eq!(left_out(worker(), false), None);
    assert_eq!(
        left_out(Worker { position: "bbl-bol-1".into(), ..worker() }, false),
        Some(NotCounted::Placement)
    );
    assert_eq!(
        left_out(Worker { position: "vso-pro-placement".into(), ..worker() }, false),
        Some(NotCounted::Placement)
    );
    assert_eq!(
        left_out(Worker { contract: "flex".into(), ..worker() }, true),
        Some(NotCounted::NotOnPayroll)
    );
    assert_eq!(left_out(Worker { months: n(0), ..worker() }, false), Some(NotCounted::NoMonth));
}

#[test]
fn a_secondment_counts_when_it_lasts_long_and_the_policy_counts_it() {
    let seconded = |long_lasting| Worker { contract: "secondment".into(), long_lasting, ..a_worker("d") };
    assert_eq!(left_out(seconded(true), true), None);
    for (long_lasting, counts) in [(false, true), (true, false), (false, false)] {
        assert_eq!(left_out(seconded(long_lasting), counts), Some(NotCounted::NotOnPayroll));
    }
}

#[test]
fn a_position_of_which_nothing_was_published_is_told() {
    let weights = trede_rules::pso::WeightTable::published("pso-manual-1.9").unwrap();
    let organisation = three().worker(Worker { position: "bbl-bol-3-4".into(), ..a_worker("d") });
    let organisation = organisation.thirty_plus(ThirtyPlusMeasure::Fte, false);
    let norms = crate::builders::organisation::norms();
    let found = trede_rules::pso::contribution::contribution(&organisation.0, &norms, &weights).unwrap();
    assert_eq!(found.thirty_plus.unwrap().left_out[&NotCounted::Unpublished], 1);
    let missing = found.missing.iter().find(|found| found.code == Code::ThirtyPlusUnpublished).unwrap();
    assert_eq!(missing.details, ["bbl-bol-3-4", "1"]);
}

#[test]
fn the_target_group_is_no_more_than_all_heads_and_the_idle_are_not_heads() {
    let heads =
        |written: Written, heads| written.thirty_plus(ThirtyPlusMeasure::Heads(heads), false).errors();
    assert_eq!(heads(three(), 3), []);
    assert_eq!(heads(three(), 2), [(Code::MoreThanTotal, "/thirtyPlus/totalHeads".to_owned())]);
    let idle = three().worker(Worker { months: n(0), ..a_worker("d") });
    assert_eq!(heads(idle, 3), []);
}

#[test]
fn thirty_plus_is_read_on_top_of_the_highest_level_with_a_norm() {
    // At 10 fte trede 3 asks 15.5 percent; three of ten reach it, one of ten does not.
    assert!(share(three(), ThirtyPlusMeasure::Fte, false).on_highest_level);
    let one = an_organisation(10).worker(a_worker("a"));
    assert!(!share(one.clone(), ThirtyPlusMeasure::Fte, false).on_highest_level);
    assert!(one.measured().thirty_plus.is_none());
}
