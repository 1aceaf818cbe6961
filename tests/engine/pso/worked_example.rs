//! The worked example, to the digit: 50 fte, one of them weighted, and EUR 100,000 at a supplier with a turnover
//! of 1,000,000, 20 fte and 30 percent direct. Source: PSO-Nederland, indirecte-sociale-bijdrage.

use std::path::Path;

use serde_json::{Value, json};

use crate::pso::support::*;

fn example(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_worked_example_comes_out_to_the_digit() {
    let result = measured(&example("pso-worked-example.json"));
    assert_eq!(result.direct.rounded, "2.000");
    assert_eq!(result.purchased_fte.rounded, "0.600");
    assert_eq!(result.indirect.rounded, "1.186");
    assert_eq!(result.total.rounded, "3.186");
    assert_eq!(level(&result), "trede-1");
    assert!(result.direct_share.unwrap().exact.starts_with("62.77"));
    assert!(result.complete && result.somebody_at_work && result.indicative);
}

#[test]
fn the_worked_example_is_exact_where_it_has_no_finite_decimal() {
    let result = measured(&example("pso-worked-example.json"));
    // 0.6 / 50.6 = 3/253, and 2 + 300/253 = 806/253.
    assert_eq!(result.indirect.fraction.as_deref(), Some("300/253"));
    assert_eq!(result.total.fraction.as_deref(), Some("806/253"));
}

#[test]
fn the_worked_example_is_explained_step_by_step_in_both_languages() {
    let result = measured(&example("pso-worked-example.json"));
    let steps = result.explanation.unwrap();
    let step = |rule: &str| steps.iter().find(|step| step.rule == rule).unwrap();
    assert_eq!(step("worker-weighted-fte").calculation, "40 / 40 × 12 / 12 × 1 × 1");
    assert_eq!(step("direct-contribution").calculation, "100 × 1 / 50");
    assert_eq!(step("purchased-fte").calculation, "100,000 / 1,000,000 × 20 × 30 / 100");
    assert_eq!(step("indirect-contribution").calculation, "100 × 0.6 / (50 + 0.6)");
    assert_eq!(step("eighty-twenty").calculation, "min((300/253); 4 × 2)");
    assert_eq!(step("total-contribution").calculation, "2 + (300/253)");
    for rule in trede_rules::pso::contribution::Rule::ALL {
        use trede_rules::explaining::Language::{Dutch, English};
        assert_ne!(rule.name(Dutch), rule.name(English), "{}", rule.code());
        assert!(!rule.source(Dutch).is_empty() && !rule.source(English).is_empty(), "{}", rule.code());
    }
}

#[test]
fn the_green_company_of_the_examples_says_what_is_missing_and_what_counted_once() {
    let result = measured(&example("pso-groenbedrijf.json"));
    assert!(!result.complete);
    let missing: Vec<&str> = result.missing.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(
        missing,
        [
            "position-weight-missing",
            "counting-period-unpublished",
            "supplier-data-missing",
            "thirty-plus-unpublished"
        ]
    );
    assert!(codes(&result).contains(&"order-already-direct"));
    assert_eq!(result.weights.given, ["bbl-bol-2"]);
    assert_eq!(level(&result), "trede-2");
}

#[test]
fn the_order_of_the_lists_changes_neither_fingerprint_nor_contribution() {
    let file = example("pso-groenbedrijf.json");
    let mut turned = file.clone();
    for list in ["workers", "suppliers", "purchases"] {
        turned[list].as_array_mut().unwrap().reverse();
    }
    let (one, other) = (measured(&file), measured(&turned));
    assert_eq!(one.input_fingerprint, other.input_fingerprint);
    assert_eq!(one.total, other.total);
    let other_file = with(file, "assumedSuppliers", json!(["sw"]));
    assert_ne!(one.input_fingerprint, measured(&other_file).input_fingerprint);
}

#[test]
fn the_result_calls_itself_an_indicative_self_check_and_no_certificate() {
    let result = measured(&example("pso-worked-example.json"));
    assert!(result.indicative);
    assert!(result.notice.contains("never a certificate"), "{}", result.notice);
}

#[test]
fn every_code_is_documented_and_told_in_both_languages() {
    use trede_rules::explaining::Language::{Dutch, English};
    use trede_rules::pso::contribution::{Finding, FindingCode};
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pso.md");
    let documentation = std::fs::read_to_string(path).unwrap();
    for code in FindingCode::ALL {
        assert!(
            documentation.contains(&format!("`{}`", code.code())),
            "{} is not in docs/pso.md",
            code.code()
        );
        let finding = Finding::new(*code, "/", ["a", "b", "c", "d"].map(str::to_owned));
        assert_ne!(finding.detail(Dutch), finding.detail(English));
        assert_ne!(finding.remedy(Dutch), finding.remedy(English));
        assert!(!finding.detail(Dutch).contains('{') && !finding.remedy(English).contains('{'));
    }
}

#[test]
fn the_codes_of_positions_and_contract_types_are_documented() {
    use trede_rules::pso::{PUBLISHED_NORMS, PUBLISHED_WEIGHTS, WeightTable};
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pso.md");
    let documentation = std::fs::read_to_string(path).unwrap();
    let mut codes = vec![PUBLISHED_NORMS.to_owned()];
    for version in PUBLISHED_WEIGHTS {
        let table = WeightTable::published(version).unwrap();
        codes.push(version.to_owned());
        codes.extend(table.positions().iter().map(|position| position.code.clone()));
        codes.extend(table.contracts().iter().map(|contract| contract.code.clone()));
    }
    assert!(codes.len() > 20);
    for code in codes {
        assert!(documentation.contains(&format!("`{code}`")), "{code}");
    }
}
