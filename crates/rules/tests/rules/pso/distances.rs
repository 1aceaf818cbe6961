//! How far the next levels are, proved by going there.

use trede_rules::pso::LevelRank;
use trede_rules::pso::contribution::{Distance, PurchasingRoute, Reached, Supplier, SupplierKind, Worker};

use crate::builders::organisation::{Written, a_supplier, a_worker, an_organisation};
use crate::builders::{fraction, n, x};

fn worked_example() -> Written {
    an_organisation(50)
        .worker(a_worker("w1"))
        .supplier(a_supplier("s", 1_000_000, 20, 30))
        .buying("o1", "s", 100_000)
}

fn distance(written: &Written, rank: usize) -> Distance {
    let found = written.measured().distances;
    found.into_iter().find(|distance| distance.level == LevelRank(rank)).unwrap()
}

#[test]
fn only_levels_that_are_not_reached_lie_at_a_distance() {
    let ranks: Vec<usize> =
        worked_example().measured().distances.iter().map(|distance| distance.level.0).collect();
    assert_eq!(ranks, [4, 5]);
    let just = an_organisation(50).worker(Worker { hours: n(60), ..a_worker("w1") }).measured();
    assert_eq!(just.distances.iter().map(|distance| distance.level.0).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn a_level_is_short_by_the_norm_less_the_total() {
    let short = distance(&worked_example(), 4).short;
    assert_eq!(short, x("1.7").minus(&fraction(60, "50.6")));
}

#[test]
fn with_the_fte_that_are_short_the_level_is_reached() {
    let fte = distance(&worked_example(), 4).direct_fte.result;
    // 3.7 − 1.1858 − 2 percent of 50.
    assert_eq!(fte, x("0.85").minus(&fraction(30, "50.6")));
    let hours = fte.times(&x(40)).rounded(6, trede_base::exact::Half::Up).finite().unwrap() + n("0.000001");
    let reached = worked_example().worker(Worker { hours, ..a_worker("w2") }).measured();
    assert_eq!(reached.measure.level, Reached::Level(LevelRank(4)));
}

#[test]
fn at_least_a_fifth_of_a_norm_is_direct() {
    // Nobody direct, plenty bought: trede 1 still asks 0.6 percent of 50 fte.
    let bought =
        an_organisation(50).supplier(a_supplier("s", 1_000_000, 200, 100)).buying("o1", "s", 100_000);
    assert_eq!(distance(&bought, 3).direct_fte.result, x("0.3"));
    assert_eq!(distance(&bought, 3).purchasing, PurchasingRoute::DirectTooLow);
}

fn of_hours(hours: &str) -> Written {
    an_organisation(50)
        .worker(Worker { hours: n(hours), ..a_worker("w1") })
        .supplier(a_supplier("s", 1_000_000, 20, 50))
}

#[test]
fn five_times_the_direct_contribution_is_what_purchases_can_reach() {
    // Trede 1 asks 3 percent: 0.6 percent direct, which is 0.3 fte or 12 hours.
    let route = |hours: &str| distance(&of_hours(hours), 3).purchasing;
    assert_eq!(route("11.9"), PurchasingRoute::DirectTooLow);
    let PurchasingRoute::Purchases { fte, suppliers } = route("12") else { panic!() };
    // 50 × 2.4 / 97.6 fte, at 10 fte a million.
    assert_eq!(fte.result, fraction(120, "97.6"));
    assert_eq!(suppliers[0].euros.result, fraction(120, "97.6").times(&x(100_000)));
    assert_eq!(suppliers[0].payable, Some(n("122950.82")), "up to the cent");
}

#[test]
fn what_is_bought_already_is_taken_off() {
    let PurchasingRoute::Purchases { fte, .. } = distance(&worked_example(), 4).purchasing else { panic!() };
    assert_eq!(fte.result, fraction(85, "98.3").minus(&x("0.6")));
}

#[test]
fn the_euros_that_are_short_buy_the_level() {
    let PurchasingRoute::Purchases { suppliers, .. } = distance(&worked_example(), 4).purchasing else {
        panic!()
    };
    let cents = suppliers[0].payable.unwrap() * n(100);
    let cents: i64 = cents.normalize().to_string().parse().unwrap();
    let reached = worked_example().with(|organisation| {
        let more =
            trede_base::money::Price::payable(rust_decimal::Decimal::new(cents + 10_000_000, 2)).unwrap();
        organisation.purchases[0].value = more;
    });
    assert_eq!(reached.measured().measure.level, Reached::Level(LevelRank(4)));
}

#[test]
fn more_than_a_suppliers_turnover_leaves_is_told() {
    let above = |turnover: i64| {
        // One fte for 10,000 euros of turnover, whatever the turnover is.
        let supplier =
            Supplier { direct_share: Some(n(100)), ..a_supplier("s", turnover, turnover / 10_000, 100) };
        let written =
            an_organisation(50).worker(Worker { hours: n(12), ..a_worker("w1") }).supplier(supplier);
        let PurchasingRoute::Purchases { suppliers, .. } = distance(&written, 3).purchasing else { panic!() };
        (suppliers[0].above_turnover, suppliers[0].payable)
    };
    assert_eq!(above(20_000), (false, Some(n("12295.09"))));
    assert_eq!(above(10_000), (true, Some(n("12295.09"))));
}

#[test]
fn what_others_buy_from_a_supplier_leaves_less_of_its_turnover() {
    let written = |bought: i64, linked: i64| {
        an_organisation(50)
            .worker(Worker { hours: n(12), ..a_worker("w1") })
            .supplier(a_supplier("s", 100_000, 10, 100))
            .supplier(Supplier { kind: SupplierKind::Other, ..a_supplier("t", 1_000_000, 10, 10) })
            .worker(Worker { order: Some("o1".into()), months: n(0), ..a_worker("w2") })
            .buying("o1", "s", bought)
            .link("l1", "t", "s", linked)
    };
    let above = |bought: i64, linked: i64| {
        let PurchasingRoute::Purchases { suppliers, .. } = distance(&written(bought, linked), 3).purchasing
        else {
            panic!()
        };
        suppliers[0].above_turnover
    };
    // 12,295.09 are needed of 100,000.
    assert!(!above(40_000, 47_704));
    assert!(above(40_000, 47_705));
    assert!(above(47_705, 40_000));
}

#[test]
fn the_supplier_with_the_most_fte_for_a_euro_is_assumed_and_of_equals_the_first() {
    let assumed = |written: Written| {
        let PurchasingRoute::Purchases { suppliers, .. } = distance(&written, 3).purchasing else { panic!() };
        suppliers.into_iter().map(|route| route.supplier).collect::<Vec<_>>()
    };
    let base = || of_hours("12");
    assert_eq!(assumed(base()), ["s"]);
    assert_eq!(assumed(base().supplier(a_supplier("better", 1_000_000, 21, 50))), ["better"]);
    assert_eq!(assumed(base().supplier(a_supplier("equal", 2_000_000, 20, 100))), ["s"]);
    assert_eq!(
        assumed(base().supplier(Supplier { kind: SupplierKind::Other, ..a_supplier("o", 1, 21, 50) })),
        ["s"]
    );
    assert_eq!(
        assumed(base().supplier(a_supplier("t", 1_000_000, 5, 50)).assuming("t").assuming("s")),
        ["t", "s"]
    );
    assert_eq!(
        assumed(base().supplier(a_supplier("none", 1_000_000, 5, 0)).assuming("none")),
        Vec::<String>::new()
    );
}
