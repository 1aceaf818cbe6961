//! What is found in the data of an organisation before anything is measured.

use trede_rules::pso::contribution::{
    FindingCode as Code, Purchase, Supplier, Worker, contribution, is_identifier,
};

use crate::builders::organisation::{Written, a_supplier, a_worker, an_organisation, month, norms, weights};
use crate::builders::{euros, n};

fn one(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

fn details(written: &Written) -> Vec<String> {
    contribution(&written.0, &norms(), &weights()).unwrap_err().remove(0).details
}

#[test]
fn an_organisation_has_the_size_of_the_smallest_norm_or_more() {
    let size = |fte: &str| an_organisation(fte).errors();
    let place = "/organisation/totalFte";
    assert_eq!([size("2"), size("10000000")], [vec![], vec![]]);
    assert_eq!(
        [size("1.99"), size("0")],
        [one(Code::SizeBelowNorms, place), one(Code::SizeBelowNorms, place)]
    );
    assert_eq!([size("-1"), size("10000001")], [one(Code::OutOfRange, place), one(Code::OutOfRange, place)]);
    assert_eq!(size("50.1234567"), one(Code::TooManyDecimals, place));
    assert_eq!(size("50.1234560"), []);
    assert_eq!(details(&an_organisation("1.50")), ["1.5", "2"]);
    assert_eq!(details(&an_organisation("10000001")), ["0", "10000000"]);
}

#[test]
fn the_numbers_of_a_worker_have_bounds_and_decimals() {
    let with = |change: fn(&mut Worker)| {
        let mut worker = a_worker("w");
        change(&mut worker);
        an_organisation(50).worker(worker).errors()
    };
    let out = |field: &str| one(Code::OutOfRange, &format!("/workers/0/{field}"));
    assert_eq!([with(|w| w.hours = n(0)), with(|w| w.hours = n(168))], [vec![], vec![]]);
    assert_eq!(
        [with(|w| w.hours = n(-1)), with(|w| w.hours = n(169))],
        [out("hoursPerWeek"), out("hoursPerWeek")]
    );
    assert_eq!([with(|w| w.full_time = n(1)), with(|w| w.full_time = n(60))], [vec![], vec![]]);
    assert_eq!(
        [with(|w| w.full_time = n("0.9")), with(|w| w.full_time = n(61))],
        [out("fullTimeHours"), out("fullTimeHours")]
    );
    assert_eq!([with(|w| w.months = n(0)), with(|w| w.months = n(12))], [vec![], vec![]]);
    assert_eq!([with(|w| w.months = n(-1)), with(|w| w.months = n(13))], [out("months"), out("months")]);
    assert_eq!(with(|w| w.months = n("1.25")), []);
    assert_eq!(with(|w| w.months = n("1.255")), one(Code::TooManyDecimals, "/workers/0/months"));
    assert_eq!(with(|w| w.full_time = n("36.255")), one(Code::TooManyDecimals, "/workers/0/fullTimeHours"));
    assert_eq!(with(|w| w.hours = n("1.1234567")), one(Code::TooManyDecimals, "/workers/0/hoursPerWeek"));
}

#[test]
fn a_worker_has_a_known_position_and_contract_and_a_reference_of_its_own() {
    let with = |worker: Worker| an_organisation(50).worker(worker);
    let position = with(Worker { position: "astronaut".into(), ..a_worker("w") });
    assert_eq!(position.errors(), one(Code::UnknownPosition, "/workers/0/position"));
    assert_eq!(details(&position)[..2], ["astronaut", "pso-manual-1.7"]);
    let contract = with(Worker { contract: "handshake".into(), ..a_worker("w") });
    assert_eq!(contract.errors(), one(Code::UnknownContract, "/workers/0/contract"));
    let twice = with(a_worker("w")).worker(a_worker("w"));
    assert_eq!(twice.errors(), one(Code::DuplicateId, "/workers/1/reference"));
    let long = with(Worker { position: "x".repeat(99), ..a_worker("w") });
    assert_eq!(details(&long)[0], "x".repeat(64));
    let order = with(Worker { order: Some("no order".into()), ..a_worker("w") });
    assert_eq!(order.errors(), one(Code::InvalidId, "/workers/0/order"));
}

#[test]
fn dates_of_a_worker_ask_for_the_reference_year_and_stand_in_order() {
    let dated = |from: Option<&str>, until: Option<&str>| Worker {
        counts_from: from.map(month),
        counts_until: until.map(month),
        ..a_worker("w")
    };
    let missing = || one(Code::ReferenceYearMissing, "/workers/0");
    let with = |worker| an_organisation(50).worker(worker);
    assert_eq!(with(dated(Some("2025-01"), None)).errors(), missing());
    assert_eq!(with(dated(None, Some("2025-01"))).errors(), missing());
    assert_eq!(with(dated(Some("2025-01"), None)).year("2025-01").errors(), []);
    assert_eq!(with(dated(Some("2025-02"), Some("2025-02"))).year("2025-01").errors(), []);
    let reversed = with(dated(Some("2025-02"), Some("2025-01"))).year("2025-01");
    assert_eq!(reversed.errors(), one(Code::PeriodReversed, "/workers/0/countsUntil"));
}

#[test]
fn an_identifier_is_short_and_plain() {
    for right in ["a", "A-1", "1.b:c_d", &"x".repeat(64)] {
        assert!(is_identifier(right), "{right}");
    }
    for wrong in ["", "-a", "a b", "é", "a/b", &"x".repeat(65)] {
        assert!(!is_identifier(wrong), "{wrong}");
    }
}

#[test]
fn a_supplier_has_numbers_within_bounds() {
    let with = |change: fn(&mut Supplier)| {
        let mut supplier = a_supplier("s", 1000, 10, 50);
        change(&mut supplier);
        an_organisation(50).supplier(supplier).errors()
    };
    assert_eq!(with(|_| ()), []);
    assert_eq!(with(|s| s.id = "no id".into()), one(Code::InvalidId, "/suppliers/0/id"));
    assert_eq!(with(|s| s.turnover = Some(euros(0))), one(Code::OutOfRange, "/suppliers/0/turnover"));
    assert_eq!(with(|s| s.turnover = Some(euros("0.01"))), []);
    assert_eq!(with(|s| s.fte = Some(n(-1))), one(Code::OutOfRange, "/suppliers/0/fte"));
    assert_eq!(with(|s| s.direct_share = Some(n(100))), []);
    assert_eq!(
        with(|s| s.direct_share = Some(n("100.1"))),
        one(Code::OutOfRange, "/suppliers/0/directSharePercent")
    );
    for wrong in ["1234567", "123456789", "1234567a"] {
        let supplier = Supplier { kvk_number: Some(wrong.into()), ..a_supplier("s", 1000, 10, 50) };
        assert_eq!(
            an_organisation(50).supplier(supplier).errors(),
            one(Code::InvalidKvk, "/suppliers/0/kvkNumber")
        );
    }
}

#[test]
fn no_two_suppliers_and_not_the_organisation_itself_have_one_number() {
    let numbered =
        |id: &str, number: &str| Supplier { kvk_number: Some(number.into()), ..a_supplier(id, 1000, 10, 50) };
    let own = |number: &str| {
        let number = number.to_owned();
        an_organisation(50).with(move |organisation| organisation.kvk_number = Some(number))
    };
    assert_eq!(own("12345678").supplier(numbered("s", "87654321")).errors(), []);
    assert_eq!(
        own("12345678").supplier(numbered("s", "12345678")).errors(),
        one(Code::OwnSupplier, "/suppliers/0/kvkNumber")
    );
    let twice = an_organisation(50).supplier(numbered("s", "12345678")).supplier(numbered("t", "12345678"));
    assert_eq!(twice.errors(), one(Code::DuplicateId, "/suppliers/1/kvkNumber"));
    assert_eq!(own("1234567").errors(), one(Code::InvalidKvk, "/organisation/kvkNumber"));
    let same =
        an_organisation(50).supplier(a_supplier("s", 1000, 10, 50)).supplier(a_supplier("s", 1000, 10, 50));
    assert_eq!(same.errors(), one(Code::DuplicateId, "/suppliers/1/id"));
}

fn with_supplier() -> Written {
    an_organisation(50).supplier(a_supplier("s", 1000, 10, 50)).supplier(a_supplier("t", 1000, 10, 50))
}

#[test]
fn an_order_counts_once_over_own_purchases_and_those_of_suppliers() {
    assert_eq!(with_supplier().buying("o1", "s", 1).buying("o2", "s", 1).errors(), []);
    assert_eq!(
        with_supplier().buying("o1", "s", 1).buying("o1", "s", 1).errors(),
        one(Code::DuplicateId, "/purchases/1/order")
    );
    let linked = with_supplier().buying("o1", "s", 1).link("o1", "s", "t", 1);
    assert_eq!(linked.errors(), one(Code::DuplicateId, "/supplierPurchases/0/order"));
    assert_eq!(
        with_supplier().buying("no order", "s", 1).errors(),
        one(Code::InvalidId, "/purchases/0/order")
    );
}

#[test]
fn purchases_name_known_suppliers_and_nobody_buys_from_itself() {
    assert_eq!(
        with_supplier().buying("o1", "u", 1).errors(),
        one(Code::UnknownSupplier, "/purchases/0/supplier")
    );
    assert_eq!(with_supplier().link("o1", "s", "t", 1).errors(), []);
    assert_eq!(
        with_supplier().link("o1", "u", "t", 1).errors(),
        one(Code::UnknownSupplier, "/supplierPurchases/0/buyer")
    );
    assert_eq!(
        with_supplier().link("o1", "s", "u", 1).errors(),
        one(Code::UnknownSupplier, "/supplierPurchases/0/supplier")
    );
    assert_eq!(
        with_supplier().link("o1", "s", "s", 1).errors(),
        one(Code::OwnSupplier, "/supplierPurchases/0/buyer")
    );
}

#[test]
fn all_purchases_from_a_supplier_together_are_no_more_than_its_turnover() {
    assert_eq!(with_supplier().buying("o1", "s", 600).link("o2", "t", "s", 400).errors(), []);
    let above = with_supplier().buying("o1", "s", 600).link("o2", "t", "s", 401);
    assert_eq!(above.errors(), one(Code::ValueAboveTurnover, "/suppliers/0/turnover"));
    let unknown = with_supplier().with(|organisation| organisation.suppliers[0].turnover = None);
    assert_eq!(unknown.buying("o1", "s", 9999).errors(), []);
}

#[test]
fn questions_name_known_orders_and_suppliers() {
    let bought = || with_supplier().buying("o1", "s", 1);
    assert_eq!(bought().alternative("o1", "t").assuming("t").errors(), []);
    assert_eq!(bought().alternative("o2", "t").errors(), one(Code::UnknownOrder, "/alternatives/0/order"));
    assert_eq!(
        bought().alternative("o1", "u").errors(),
        one(Code::UnknownSupplier, "/alternatives/0/supplier")
    );
    assert_eq!(
        bought().assuming("t").assuming("u").errors(),
        one(Code::UnknownSupplier, "/assumedSuppliers/1")
    );
}

#[test]
fn a_list_holds_no_more_than_can_be_measured_at_once() {
    let assuming =
        |count: usize| (0..count).fold(with_supplier(), |written, _| written.assuming("s")).errors();
    assert_eq!(assuming(10), []);
    assert_eq!(assuming(11), one(Code::TooMany, "/assumedSuppliers"));
    let workers = |count: usize| {
        an_organisation(50_000).with(|organisation| {
            organisation.workers = (0..count).map(|index| a_worker(&index.to_string())).collect();
        })
    };
    assert_eq!(workers(20_001).errors(), one(Code::TooMany, "/workers"));
    assert_eq!(details(&workers(20_001)), ["20001", "20000"]);
    let purchases = |count: usize| {
        with_supplier().with(|organisation| {
            let purchase = |index: usize| Purchase {
                order: index.to_string(),
                supplier: "s".into(),
                value: euros("0.01"),
            };
            organisation.purchases = (0..count).map(purchase).collect();
        })
    };
    assert_eq!(purchases(10_000).errors(), []);
    assert_eq!(purchases(10_001).errors(), one(Code::TooMany, "/purchases"));
}
