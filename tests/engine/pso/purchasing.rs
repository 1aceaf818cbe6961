//! The indirect contribution, the 80/20 rule and the chain.

use serde_json::{Value, json};
use trede_wire::pso_result::LeftOutCode;

use crate::pso::support::*;

#[test]
fn indirect_counts_up_to_four_times_direct_and_the_rest_is_cut_off() {
    // Direct 2 %, so at most 8 % indirect counts and the total is at most 10 %.
    let suppliers = json!([supplier("S", "1000000.00", "20", "100")]);
    let result = measured(&fifty(suppliers, json!([purchase("O", "S", "900000.00")])));
    assert!(exact(&result.indirect) > rational("8"));
    assert_eq!(result.counted_indirect.exact, "8");
    assert_eq!(result.total.exact, "10");
    assert_eq!(result.direct_share.as_ref().unwrap().exact, "20");
    assert_eq!(level(&result), "trede-3");
    assert!(codes(&result).contains(&"indirect-cut-off"));
}

#[test]
fn an_order_at_workers_and_among_purchases_counts_once_as_direct() {
    let suppliers = json!([supplier("SW", "1000000.00", "20", "30")]);
    let mut hired = worker("W-2", "20");
    hired["order"] = json!("O-1");
    let workers = json!([worker("W-1", "40"), hired]);
    let both =
        organisation("50", workers.clone(), suppliers.clone(), json!([purchase("O-1", "SW", "100000.00")]));
    let without = organisation("50", workers, suppliers, json!([]));
    let result = measured(&both);
    assert_eq!(result.total, measured(&without).total);
    assert_eq!(result.purchases[0].left_out, Some(LeftOutCode::AlreadyDirect));
}

#[test]
fn the_same_order_twice_is_refused_also_along_the_chain() {
    let suppliers = json!([supplier("A", "1000.00", "2", "50"), supplier("B", "1000.00", "2", "50")]);
    let twice = fifty(suppliers.clone(), json!([purchase("O", "A", "10.00"), purchase("O", "B", "10.00")]));
    assert_eq!(outcome(&twice).unwrap_err(), ["duplicate-id /purchases/1/order"]);
    let link = json!([{ "buyer": "B", "order": "O", "supplier": "A", "value": "10.00" }]);
    let chained = with(fifty(suppliers, json!([purchase("O", "A", "10.00")])), "supplierPurchases", link);
    assert_eq!(outcome(&chained).unwrap_err(), ["duplicate-id /supplierPurchases/0/order"]);
}

#[test]
fn a_supplier_that_is_neither_certified_nor_a_social_workplace_does_not_count() {
    let mut other = supplier("S", "1000000.00", "20", "30");
    other["kind"] = json!("other");
    let result = measured(&fifty(json!([other.clone()]), json!([purchase("O", "S", "100000.00")])));
    assert_eq!(result.indirect.exact, "0");
    assert_eq!(result.purchases[0].left_out, Some(LeftOutCode::DoesNotQualify));
    other["kind"] = json!("social-workplace");
    let result = measured(&fifty(json!([other]), json!([purchase("O", "S", "100000.00")])));
    assert_eq!(result.purchased_fte.exact, "0.6");
}

#[test]
fn what_a_supplier_does_not_tell_is_missing_and_its_purchases_are_left_out() {
    for field in ["turnover", "fte", "directSharePercent"] {
        let mut silent = supplier("S", "1000000.00", "20", "30");
        silent.as_object_mut().unwrap().remove(field);
        let result = measured(&fifty(json!([silent]), json!([purchase("O", "S", "100000.00")])));
        assert_eq!(result.purchases[0].left_out, Some(LeftOutCode::DataMissing), "{field}");
        assert!(result.missing.iter().any(|finding| finding.code == "supplier-data-missing"));
        assert_eq!(result.total.exact, "2");
    }
}

#[test]
fn purchases_from_all_buyers_are_at_most_the_turnover() {
    let suppliers = json!([supplier("A", "100.00", "2", "50"), supplier("B", "500.00", "2", "50")]);
    let file = fifty(suppliers, json!([purchase("O", "A", "60.00")]));
    let link = |value: &str| json!([{ "buyer": "B", "order": "P", "supplier": "A", "value": value }]);
    assert!(outcome(&with(file.clone(), "supplierPurchases", link("40.00"))).is_ok());
    let errors = outcome(&with(file, "supplierPurchases", link("40.01"))).unwrap_err();
    assert_eq!(errors, ["value-above-turnover /suppliers/0/turnover"]);
}

#[test]
fn buying_from_another_supplier_tells_contribution_and_level_then() {
    let suppliers = json!([supplier("A", "1000000.00", "20", "30"), supplier("B", "1000000.00", "20", "60")]);
    let file = fifty(suppliers, json!([purchase("O", "A", "100000.00")]));
    let asked = with(file.clone(), "alternatives", json!([{ "order": "O", "supplier": "B" }]));
    let result = measured(&asked);
    let other = &result.alternatives[0];
    assert_eq!((other.from.as_str(), other.to.as_str()), ("A", "B"));
    assert_eq!(other.purchased_fte.exact, "1.2");
    // 2 % + 1.2 / 51.2.
    assert_eq!(other.total.exact, "4.34375");
    assert_eq!(other.level.code.as_deref(), Some("trede-2"));
    assert_eq!(exact(&other.difference), exact(&other.total) - exact(&result.total));
    let moved = with(file, "purchases", json!([purchase("O", "B", "100000.00")]));
    assert_eq!(other.total, measured(&moved).total);
    assert_eq!(level(&result), "trede-1");
}

fn chain() -> Value {
    let suppliers = json!([supplier("A", "1000000.00", "20", "30"), supplier("B", "2000000.00", "40", "50")]);
    let file = fifty(suppliers, json!([purchase("O", "A", "100000.00")]));
    with(
        file,
        "supplierPurchases",
        json!([{ "buyer": "A", "order": "P", "supplier": "B", "value": "200000.00" }]),
    )
}

#[test]
fn the_second_link_of_the_chain_is_told_and_never_passed_on() {
    let result = measured(&chain());
    let told = result.chain.as_ref().unwrap();
    // B works 200,000 / 2,000,000 × 40 × 50 % = 2 fte for A, of which a tenth for our order at A.
    assert_eq!(told.second_links[0].purchased_fte.as_ref().unwrap().exact, "2");
    assert_eq!(told.second_links[0].our_fte.as_ref().unwrap().exact, "0.2");
    assert_eq!(told.second_link_fte.exact, "0.2");
    assert_eq!(told.first_link_fte.exact, "0.6");
    let alone = with(chain(), "supplierPurchases", json!([]));
    assert_eq!(result.total, measured(&alone).total);
}

#[test]
fn nobody_is_a_supplier_of_itself() {
    let mut file = chain();
    file["supplierPurchases"][0]["buyer"] = json!("B");
    assert_eq!(outcome(&file).unwrap_err(), ["own-supplier /supplierPurchases/0/buyer"]);
    let mut file = chain();
    file["organisation"]["kvkNumber"] = json!("12345678");
    file["suppliers"][1]["kvkNumber"] = json!("12345678");
    assert_eq!(outcome(&file).unwrap_err(), ["own-supplier /suppliers/1/kvkNumber"]);
    let mut file = chain();
    for supplier in file["suppliers"].as_array_mut().unwrap() {
        supplier["kvkNumber"] = json!("87654321");
    }
    assert_eq!(outcome(&file).unwrap_err(), ["duplicate-id /suppliers/1/kvkNumber"]);
}
