//! The contribution: direct, indirect, the 80/20 rule, and the level that the total reaches.

use trede_rules::pso::contribution::{FindingCode as Code, LeftOut, Reached, Supplier, SupplierKind, Worker};
use trede_rules::pso::{LevelRank, NormSource};

use crate::builders::organisation::{Written, a_supplier, a_worker, an_organisation, codes, norms};
use crate::builders::{fraction, n, rounded, x};

fn level(code: &str) -> Reached {
    Reached::Level(norms().ladder().rank_of(code).unwrap())
}

/// domain/pso.md, the worked example: 50 fte, one weighted fte, 100,000 bought from a supplier of 20 fte at 30 %.
fn worked_example() -> Written {
    an_organisation(50)
        .worker(a_worker("w1"))
        .supplier(a_supplier("s", 1_000_000, 20, 30))
        .buying("o1", "s", 100_000)
}

#[test]
fn the_worked_example_has_two_denominators() {
    let found = worked_example().measured();
    assert_eq!(found.measure.direct.result, x(2));
    assert_eq!(found.purchasing.fte.result, x("0.6"));
    assert_eq!(found.measure.indirect.result, fraction(60, "50.6"));
    assert_eq!(rounded(&found.measure.total.result, 3), "3.186");
    assert_eq!(rounded(&found.measure.direct_share.as_ref().unwrap().result, 1), "62.8");
    assert_eq!(found.measure.level, level("trede-1"));
    assert_eq!(found.measure.cut_off(), x(0));
}

/// An organisation of 50 fte whose only worker counts for so many hours of 40.
fn of_hours(hours: &str) -> Written {
    an_organisation(50).worker(Worker { hours: n(hours), ..a_worker("w1") })
}

#[test]
fn just_at_a_norm_the_level_is_reached() {
    // At 50 fte trede 1 asks 3.0 percent: 1.5 fte, which is 60 of 40 hours.
    assert_eq!(of_hours("60").measured().measure.level, level("trede-1"));
    assert_eq!(of_hours("59.9").measured().measure.level, Reached::Unknown);
    assert_eq!(of_hours("74").measured().measure.level, level("trede-2"));
    assert_eq!(of_hours("73.9").measured().measure.level, level("trede-1"));
    assert_eq!(of_hours("136").measured().measure.level, level("trede-3"));
}

#[test]
fn below_the_first_norm_the_answer_is_unknown_and_says_of_which_levels() {
    let found = of_hours("40").measured();
    let unknown = found.missing.iter().find(|found| found.code == Code::LevelUnknown).unwrap();
    assert_eq!(unknown.details, ["aspirant, basistrede"]);
    assert!(!codes(&of_hours("60").measured().missing).contains(&Code::LevelUnknown));
    let ladder = trede_rules::pso::Ladder::published("pso-before-2023").unwrap();
    let row = trede_rules::pso::NormRow { fte: n(2), percents: vec![n(50)] };
    let table =
        trede_rules::pso::NormTable::new("own", "own", ladder, &["aspirant".to_owned()], vec![row]).unwrap();
    let weights = crate::builders::organisation::weights();
    let found = trede_rules::pso::contribution::contribution(&of_hours("40").0, &table, &weights).unwrap();
    assert_eq!(found.measure.level, Reached::None);
}

#[test]
fn indirect_counts_up_to_four_times_direct_and_the_rest_is_cut_off() {
    // Direct 2 percent: 8 percent indirect at most. F / (50 + F) = 8 % at F = 400/92.
    let buying = |value: i64| {
        an_organisation(50)
            .worker(a_worker("w1"))
            .supplier(a_supplier("s", 92_000_000, 400, 100))
            .buying("o", "s", value)
    };
    let just = buying(1_000_000).measured();
    assert_eq!(just.measure.indirect.result, x(8));
    assert_eq!((just.measure.counted_indirect.result.clone(), just.measure.cut_off()), (x(8), x(0)));
    assert_eq!(just.measure.direct_share.as_ref().unwrap().result, x(20));
    assert!(!codes(&just.warnings).contains(&Code::IndirectCutOff));
    let above = buying(1_000_001).measured();
    assert_eq!(above.measure.counted_indirect.result, x(8));
    assert!(above.measure.cut_off().is_positive());
    assert!(codes(&above.warnings).contains(&Code::IndirectCutOff));
}

#[test]
fn without_anybody_at_work_purchases_count_for_nothing() {
    let found =
        an_organisation(50).supplier(a_supplier("s", 1_000_000, 20, 30)).buying("o", "s", 100_000).measured();
    assert_eq!(found.measure.total.result, x(0));
    assert_eq!(found.measure.direct_share, None);
    assert!(codes(&found.warnings).contains(&Code::NobodyAtWork));
    assert!(!codes(&worked_example().measured().warnings).contains(&Code::NobodyAtWork));
}

#[test]
fn an_order_that_stands_at_workers_counts_once_as_direct() {
    let hired = Worker { order: Some("o1".to_owned()), ..a_worker("w2") };
    let found = worked_example().worker(hired).measured();
    assert_eq!(found.purchasing.purchases[0].fte, Err(LeftOut::AlreadyDirect));
    assert_eq!(found.purchasing.fte.result, x(0));
    let warning = found.warnings.iter().find(|found| found.code == Code::OrderAlreadyDirect).unwrap();
    assert_eq!(
        (warning.place.as_str(), warning.details.clone()),
        ("/purchases/0/order", vec!["o1".to_owned()])
    );
}

#[test]
fn only_certified_suppliers_and_social_workplaces_count() {
    let with = |kind| {
        let supplier = Supplier { kind, ..a_supplier("s", 1_000_000, 20, 30) };
        an_organisation(50).worker(a_worker("w1")).supplier(supplier).buying("o", "s", 100_000).measured()
    };
    assert_eq!(with(SupplierKind::SocialWorkplace).purchasing.fte.result, x("0.6"));
    let other = with(SupplierKind::Other);
    assert_eq!(other.purchasing.purchases[0].fte, Err(LeftOut::DoesNotQualify));
    assert!(codes(&other.warnings).contains(&Code::NoQualifyingSupplier));
    assert!(!codes(&with(SupplierKind::PsoCertified).warnings).contains(&Code::NoQualifyingSupplier));
}

#[test]
fn a_supplier_without_its_numbers_is_left_out_and_told_which_are_missing() {
    let with = |supplier: Supplier| {
        an_organisation(50).worker(a_worker("w1")).supplier(supplier).buying("o", "s", 100_000).measured()
    };
    let whole = || a_supplier("s", 1_000_000, 20, 30);
    for (supplier, missing) in [
        (Supplier { turnover: None, ..whole() }, "turnover"),
        (Supplier { fte: None, ..whole() }, "fte"),
        (Supplier { direct_share: None, ..whole() }, "direct share"),
        (Supplier { fte: None, direct_share: None, ..whole() }, "fte, direct share"),
    ] {
        let found = with(supplier);
        assert_eq!(found.purchasing.purchases[0].fte, Err(LeftOut::DataMissing));
        let told = found.missing.iter().find(|found| found.code == Code::SupplierDataMissing).unwrap();
        assert_eq!(told.details[1], missing);
    }
    assert!(!codes(&with(whole()).missing).contains(&Code::SupplierDataMissing));
}

#[test]
fn purchases_from_several_suppliers_add_up() {
    let found = worked_example()
        .supplier(a_supplier("t", 3_000_000, 30, 10))
        .buying("o2", "t", 1_000_000)
        .buying("o3", "s", 50_000)
        .measured();
    assert_eq!(found.purchasing.fte.result, x("1.9"));
    assert_eq!(found.purchasing.fte.terms.to_vec(), [x("0.6"), x(1), x("0.3")]);
}

#[test]
fn an_order_that_goes_elsewhere_takes_its_fte_along() {
    let found = worked_example()
        .supplier(a_supplier("t", 1_000_000, 40, 50))
        .supplier(Supplier { kind: SupplierKind::Other, ..a_supplier("u", 1_000_000, 20, 30) })
        .alternative("o1", "t")
        .alternative("o1", "u")
        .measured();
    let to_t = &found.alternatives[0];
    assert_eq!((to_t.from.as_str(), to_t.to.as_str(), to_t.purchased.clone()), ("s", "t", x(2)));
    assert_eq!(to_t.measure.indirect.result, fraction(200, 52));
    assert_eq!(found.alternatives[1].fte, Err(LeftOut::DoesNotQualify));
    assert_eq!(found.alternatives[1].purchased, x(0));
    let direct = worked_example().worker(Worker { order: Some("o1".to_owned()), ..a_worker("w2") });
    let found = direct.supplier(a_supplier("t", 1_000_000, 40, 50)).alternative("o1", "t").measured();
    assert_eq!(found.alternatives[0].fte, Err(LeftOut::AlreadyDirect));
}

#[test]
fn a_second_link_is_told_by_our_share_in_the_supplier_and_never_added() {
    let chain = worked_example().supplier(a_supplier("t", 500_000, 10, 50)).link("l1", "s", "t", 100_000);
    let found = chain.measured();
    // t: 100,000/500,000 × 10 × 50 % = 1; ours: 100,000/1,000,000 of it.
    assert_eq!(found.second_links[0].fte.as_ref().unwrap().result, x(1));
    assert_eq!(found.second_links[0].ours.as_ref().unwrap().result, x("0.1"));
    assert_eq!(found.purchasing.fte.result, x("0.6"));
    let unbought =
        worked_example().supplier(a_supplier("t", 500_000, 10, 50)).link("l1", "t", "s", 100_000).measured();
    assert_eq!(unbought.second_links[0].ours, None, "we buy nothing from t");
    let direct = chain.worker(Worker { order: Some("o1".to_owned()), ..a_worker("w2") }).measured();
    assert_eq!(direct.second_links[0].ours, None, "an order that counts as direct is no purchase");
    let other =
        worked_example().supplier(Supplier { kind: SupplierKind::Other, ..a_supplier("t", 500_000, 10, 50) });
    let found = other.link("l1", "s", "t", 100_000).measured();
    assert_eq!(
        (found.second_links[0].fte.clone(), found.second_links[0].ours.clone()),
        (Err(LeftOut::DoesNotQualify), None)
    );
    let nothing =
        worked_example().supplier(a_supplier("t", 500_000, 10, 0)).link("l1", "s", "t", 100_000).measured();
    assert_eq!(nothing.second_links[0].ours, None, "nothing is no share");
}

#[test]
fn norms_between_two_rows_are_told_to_be_interpolated() {
    let found = an_organisation(52).worker(a_worker("w1")).measured();
    assert_eq!(found.norms[0].source, NormSource::Interpolated);
    let told = found.warnings.iter().find(|found| found.code == Code::InterpolatedNorms).unwrap();
    assert_eq!(told.details, ["52"]);
    assert!(
        !codes(&an_organisation(50).worker(a_worker("w1")).measured().warnings)
            .contains(&Code::InterpolatedNorms)
    );
}

#[test]
fn workers_of_the_target_group_are_no_more_than_everybody() {
    let four = |fte: &str| {
        let many = ["a", "b", "c", "d"]
            .iter()
            .fold(an_organisation(fte), |written, id| written.worker(a_worker(id)));
        many.errors()
    };
    assert_eq!(four("4"), []);
    assert_eq!(four("3.99"), [(Code::MoreThanTotal, "/organisation/totalFte".to_owned())]);
}

#[test]
fn many_workers_add_up_exactly() {
    // A third of a full-time year each: twelve thirds are four.
    let third = |index: usize| Worker { full_time: n(36), hours: n(12), ..a_worker(&format!("w{index}")) };
    let found = (0..12).fold(an_organisation(100), |written, index| written.worker(third(index))).measured();
    assert_eq!(found.workforce.weighted_fte.result, x(4));
}

#[test]
fn the_steps_stand_in_the_order_in_which_they_can_be_redone() {
    let found = worked_example().measured();
    let told: Vec<(Option<String>, &str)> =
        found.steps(&norms()).into_iter().map(|(about, step)| (about, step.rule.code())).collect();
    let expected = [
        (Some("w1"), "worker-weighted-fte"),
        (None, "weighted-fte"),
        (None, "direct-contribution"),
        (Some("o1"), "purchased-fte"),
        (None, "all-purchased-fte"),
        (None, "indirect-contribution"),
        (None, "eighty-twenty"),
        (None, "total-contribution"),
        (None, "direct-share"),
        (Some("trede-1"), "listed-norm"),
        (Some("trede-2"), "listed-norm"),
        (Some("trede-3"), "listed-norm"),
        (Some("trede-2"), "direct-fte-short"),
        (Some("trede-2"), "purchased-fte-short"),
        (Some("trede-2, s"), "purchase-short"),
        (Some("trede-3"), "direct-fte-short"),
        (Some("trede-3"), "purchased-fte-short"),
        (Some("trede-3, s"), "purchase-short"),
    ];
    assert_eq!(told, expected.map(|(about, rule)| (about.map(str::to_owned), rule)));
    assert_eq!(norms().levels().last(), Some(&LevelRank(5)));
}
