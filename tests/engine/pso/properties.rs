//! Properties that hold for any organisation.

use num_rational::BigRational;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::pso::support::*;

const POSITIONS: [&str; 5] = ["wsw", "participatiewet", "wajong", "ww", "vso-pro"];
const CONTRACTS: [&str; 5] = ["regular", "secondment", "internship", "trial-placement", "sw-seconded-out"];

/// A worker as plain numbers: hours in hundredths, months, position and contract type.
type WorkerNumbers = (u32, u32, usize, usize);

/// A purchase with its supplier: value, turnover above it, fte and direct share.
type PurchaseNumbers = (u32, u32, u32, u32);

fn workers() -> impl Strategy<Value = Vec<WorkerNumbers>> {
    prop::collection::vec((0u32..=4000, 0u32..=12, 0usize..5, 0usize..5), 0..12)
}

fn purchases() -> impl Strategy<Value = Vec<PurchaseNumbers>> {
    prop::collection::vec((0u32..=2_000_000, 1u32..=90_000_000, 0u32..=500, 0u32..=100), 0..8)
}

fn hundredths(number: u32) -> String {
    rust_decimal::Decimal::new(number.into(), 2).to_string()
}

fn file(fte: u32, workers: &[WorkerNumbers], purchases: &[PurchaseNumbers]) -> Value {
    let worker = |(index, (hours, months, position, contract)): (usize, &WorkerNumbers)| {
        json!({
            "reference": format!("W-{index}"), "position": POSITIONS[*position], "contract": CONTRACTS[*contract],
            "hoursPerWeek": hundredths(*hours), "fullTimeHours": "37", "months": months.to_string()
        })
    };
    let seller = |(index, (value, above, fte, share)): (usize, &PurchaseNumbers)| {
        supplier(&format!("S{index}"), &hundredths(value + above), &fte.to_string(), &share.to_string())
    };
    let order = |(index, (value, ..)): (usize, &PurchaseNumbers)| {
        purchase(&format!("O{index}"), &format!("S{index}"), &hundredths(*value))
    };
    organisation(
        &fte.to_string(),
        workers.iter().enumerate().map(worker).collect(),
        purchases.iter().enumerate().map(seller).collect(),
        purchases.iter().enumerate().map(order).collect(),
    )
}

fn total(file: &Value) -> BigRational {
    exact(&measured(file).total)
}

fn rank(file: &Value) -> usize {
    let levels = ["unknown", "trede-1", "trede-2", "trede-3"];
    let result = measured(file);
    levels.iter().position(|code| *code == level(&result)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn more_hours_or_months_of_the_target_group_never_lower_the_contribution(
        fte in 14u32..400, workers in workers(), purchases in purchases(),
        which in 0usize..12, hours in 0u32..=1000, months in 0u32..=12,
    ) {
        prop_assume!(!workers.is_empty());
        let mut more = workers.clone();
        let which = which % more.len();
        more[which].0 = (more[which].0 + hours).min(4000);
        more[which].1 = more[which].1.max(months);
        let (before, after) = (file(fte, &workers, &purchases), file(fte, &more, &purchases));
        prop_assert!(total(&after) >= total(&before));
        prop_assert!(rank(&after) >= rank(&before));
    }

    #[test]
    fn one_more_worker_never_lowers_the_contribution(
        fte in 16u32..400, workers in workers(), purchases in purchases(),
        extra in (0u32..=4000, 0u32..=12, 0usize..5, 0usize..5),
    ) {
        let mut more = workers.clone();
        more.push(extra);
        prop_assert!(total(&file(fte, &more, &purchases)) >= total(&file(fte, &workers, &purchases)));
    }

    #[test]
    fn a_purchase_never_lowers_the_contribution(
        fte in 14u32..400, workers in workers(), purchases in purchases(),
        extra in (0u32..=2_000_000, 1u32..=90_000_000, 0u32..=500, 0u32..=100),
    ) {
        let mut more = purchases.clone();
        more.push(extra);
        let (before, after) = (file(fte, &workers, &purchases), file(fte, &workers, &more));
        prop_assert!(total(&after) >= total(&before));
        prop_assert!(rank(&after) >= rank(&before));
    }

    #[test]
    fn the_parts_sum_exactly_and_indirect_stays_within_the_rule(
        fte in 14u32..400, workers in workers(), purchases in purchases(),
    ) {
        let result = measured(&file(fte, &workers, &purchases));
        let (direct, counted) = (exact(&result.direct), exact(&result.counted_indirect));
        prop_assert_eq!(&direct + &counted, exact(&result.total));
        prop_assert!(counted <= &direct * rational("4"));
        prop_assert!(counted <= exact(&result.indirect));
        if let Some(share) = &result.direct_share {
            prop_assert!(exact(share) >= rational("20"));
        }
        let zero = rational("0");
        let weighted = result.workers.iter().filter_map(|worker| worker.weighted_fte.as_ref());
        prop_assert_eq!(weighted.fold(zero.clone(), |sum, fte| sum + exact(fte)), exact(&result.weighted_fte));
        let bought = result.purchases.iter().filter_map(|purchase| purchase.purchased_fte.as_ref());
        let bought = bought.fold(zero, |sum, fte| sum + exact(fte));
        prop_assert_eq!(&bought, &exact(&result.purchased_fte));
        prop_assert_eq!(
            exact(&result.indirect),
            &bought * rational("100") / (&bought + rational(&fte.to_string()))
        );
    }

    #[test]
    fn the_distance_in_fte_reaches_the_level(fte in 14u32..400, workers in workers(), purchases in purchases()) {
        let result = measured(&file(fte, &workers, &purchases));
        let size = rational(&fte.to_string());
        for norm in result.norms.levels.iter().filter(|norm| !norm.reached) {
            let distance = norm.distance.as_ref().unwrap();
            let direct = exact(&result.direct) + exact(&distance.direct.weighted_fte) * rational("100") / &size;
            let counted = exact(&result.indirect).min(&direct * rational("4"));
            prop_assert_eq!(direct + counted, exact(&norm.norm));
        }
    }

    #[test]
    fn no_number_makes_it_panic(
        fte in "-?[0-9]{1,9}(\\.[0-9]{1,7})?", hours in "-?[0-9]{1,4}(\\.[0-9]{1,7})?",
        full_time in "[0-9]{1,3}(\\.[0-9]{1,3})?", months in "[0-9]{1,3}(\\.[0-9]{1,3})?",
        value in "-?[0-9]{1,14}(\\.[0-9]{1,3})?", turnover in "[0-9]{1,14}(\\.[0-9]{1,3})?",
        supplier_fte in "[0-9]{1,9}(\\.[0-9]{1,7})?", share in "[0-9]{1,4}(\\.[0-9]{1,7})?",
    ) {
        let mut worker = worker("W-1", &hours);
        worker["fullTimeHours"] = json!(full_time);
        worker["months"] = json!(months);
        let seller = supplier("S", &turnover, &supplier_fte, &share);
        // An error is an answer too.
        let _ = outcome(&organisation(&fte, json!([worker]), json!([seller]), json!([purchase("O", "S", &value)])));
    }
}

#[test]
fn a_large_organisation_with_many_suppliers_is_measured_exactly() {
    let workers: Vec<WorkerNumbers> = (0..3_000u32).map(|i| (i % 3701, i % 13, 0, 0)).collect();
    let purchases: Vec<PurchaseNumbers> =
        (0..300u32).map(|i| (i * 977 + 1, i * 7_919 + 13, i % 90, i % 101)).collect();
    let result = measured(&file(5_000, &workers, &purchases));
    let twelfths: u32 = workers.iter().map(|(hours, months, ..)| hours * months).sum();
    assert_eq!(exact(&result.weighted_fte), rational(&twelfths.to_string()) / rational("44400"));
    assert_eq!(exact(&result.direct) + exact(&result.counted_indirect), exact(&result.total));
}
