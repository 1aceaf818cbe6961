//! What holds for every value map.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::social_return::support::*;

fn percent() -> impl Strategy<Value = String> {
    (0u32..=10_000).prop_map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

fn any_outcome() -> impl Strategy<Value = Value> {
    (
        0u64..1_000_000,
        -1_000_000_000i64..1_000_000_000,
        [percent(), percent(), percent(), percent()],
        1u32..8,
        0u32..4,
    )
        .prop_map(
            |(quantity, cents, [deadweight, displacement, attribution, drop_off], years, offset)| {
                let proxy = rust_decimal::Decimal::new(cents, 2).to_string();
                let mut made = outcome("a", &quantity.to_string(), &proxy, years);
                made["deadweight"] = reduction(&deadweight);
                made["displacement"] = reduction(&displacement);
                made["attribution"] = reduction(&attribution);
                if years > 1 {
                    made["dropOff"] = reduction(&drop_off);
                }
                made["startOffsetYears"] = json!(offset);
                made
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_map_gets_a_ratio_exactly_when_it_has_inputs(
        made in any_outcome(), inputs in 0u64..1_000_000, rate in percent(), first in any::<bool>()
    ) {
        let convention = if first { "first-year-undiscounted" } else { "end-of-year" };
        let result = sroi(&value_map(&inputs.to_string(), &rate, convention, json!([made]))).unwrap();
        prop_assert_eq!(result.sroi_ratio.is_some(), inputs > 0);
        prop_assert_eq!(result.net_sroi_ratio.is_some(), inputs > 0);
    }

    #[test]
    fn the_order_of_the_reductions_is_free(made in any_outcome(), rate in percent()) {
        let mut swapped = made.clone();
        swapped["deadweight"] = made["attribution"].clone();
        swapped["displacement"] = made["deadweight"].clone();
        swapped["attribution"] = made["displacement"].clone();
        let total = |outcome: &Value| {
            sroi(&value_map("100", &rate, "end-of-year", json!([outcome]))).unwrap().total_present_value.exact
        };
        prop_assert_eq!(total(&made), total(&swapped));
    }

    #[test]
    fn the_order_of_the_outcomes_is_free(a in any_outcome(), b in any_outcome(), rate in percent()) {
        let (mut a, b) = (a, b);
        a["id"] = json!("z");
        let total = |outcomes: Value| {
            sroi(&value_map("100", &rate, "end-of-year", outcomes)).unwrap().total_present_value.exact
        };
        prop_assert_eq!(total(json!([a, b])), total(json!([b, a])));
    }

    #[test]
    fn at_a_rate_of_zero_the_convention_changes_nothing(made in any_outcome()) {
        let total = |convention: &str| {
            sroi(&value_map("100", "0", convention, json!([made]))).unwrap().total_present_value.exact
        };
        prop_assert_eq!(total("end-of-year"), total("first-year-undiscounted"));
    }
}
