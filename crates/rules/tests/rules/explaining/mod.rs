//! The explanation: codes, formulas and texts in two languages.

use std::collections::BTreeSet;

use trede_base::exact::Exact;
use trede_rules::award::FindingCode as AwardFinding;
use trede_rules::award::{call_off, purchasing_policy};
use trede_rules::explaining::finding::{Code, Finding, Severity};
use trede_rules::explaining::{
    Explained, Language, Rule, Step, Terms, formula_with_numbers, formula_with_symbols,
};
use trede_rules::pso::contribution;
use trede_rules::social_return::{SocialReturnFindingCode, SocialReturnRule};
use trede_rules::sroi::{SroiFindingCode, SroiRule};

use crate::builders::{fraction, x};

#[test]
fn a_number_is_written_as_its_language_writes_it() {
    let both = |number: &str| [Language::Dutch, Language::English].map(|language| language.localised(number));
    assert_eq!(both("1234567.5"), ["1.234.567,5", "1,234,567.5"]);
    assert_eq!(both("-1234"), ["−1.234", "−1,234"]);
    assert_eq!(both("123"), ["123", "123"]);
    assert_eq!(both("0.05"), ["0,05", "0.05"]);
    assert_eq!(Language::Dutch.number(&x("1000.25")), "1.000,25");
}

#[test]
fn a_formula_is_shown_with_its_symbols_and_with_its_numbers() {
    let step =
        Step { rule: Rule::RelativeLowest, terms: Terms::of([x(40), x(400_000), x(500_000)]), result: x(32) };
    assert_eq!(formula_with_symbols(Rule::RelativeLowest), "W × Pmin / P");
    assert_eq!(formula_with_numbers(&step, Language::English), "40 × 400,000 / 500,000");
    assert_eq!(formula_with_numbers(&step, Language::Dutch), "40 × 400.000 / 500.000");
}

#[test]
fn a_sum_is_shown_as_its_terms_and_a_negative_or_endless_number_in_brackets() {
    let sum = |terms: Vec<Exact>| {
        let result = Exact::sum(&terms);
        formula_with_numbers(
            &Step { rule: Rule::WeightedSum, terms: Terms::list(terms), result },
            Language::English,
        )
    };
    assert_eq!(formula_with_symbols(Rule::WeightedSum), "x1 + x2 + … + xn");
    assert_eq!(sum(vec![x(1), x(-2), fraction(1, 3)]), "1 + (−2) + (1/3)");
    assert_eq!(sum(Vec::new()), "0");
    let mean = Step { rule: Rule::AssessorMean, terms: Terms::list(vec![x(6), x(7)]), result: x("6.5") };
    assert!(formula_with_numbers(&mean, Language::English).ends_with("/ 2"));
}

#[test]
fn terms_keep_their_numbers_whether_short_or_endless() {
    let short = [x(1), x("2.5"), x(-3), x(4)];
    assert_eq!(Terms::of(short.clone()).to_vec(), short);
    let five = [x(1), x(2), x(3), x(4), x(5)];
    assert_eq!(Terms::of(five.clone()).to_vec(), five);
    let mixed = [x(1), fraction(1, 3), x(3)];
    assert_eq!(Terms::of(mixed.clone()).to_vec(), mixed);
    assert_eq!(Terms::of([]).to_vec(), Vec::<Exact>::new());
    assert_eq!(Terms::list(vec![x(7)]).to_vec(), [x(7)]);
    assert_ne!(Terms::of([x(1)]), Terms::of([x(2)]));
}

/// Every rule has a code of its own, a name and a source in both languages, and a formula that uses each symbol.
fn well_told<R: Explained>(rules: &[R]) {
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.code()).collect();
    assert_eq!(codes.len(), rules.len());
    for rule in rules {
        for language in [Language::Dutch, Language::English] {
            assert!(rule.name(language).len() > 3 && rule.source(language).len() > 3, "{}", rule.code());
        }
        for index in 0..rule.symbols().len() {
            assert!(rule.formula().contains(&format!("{{{index}}}")), "{} lacks a symbol", rule.code());
        }
        let holes = rule.formula().matches('{').count();
        assert!(!rule.symbols().is_empty() || holes <= 1, "{}", rule.code());
        assert!(!formula_with_symbols(*rule).contains('{'), "{}", rule.code());
    }
}

#[test]
fn every_rule_is_told_in_two_languages_with_all_its_symbols() {
    well_told(Rule::ALL);
    well_told(contribution::Rule::ALL);
    well_told(SocialReturnRule::ALL);
    well_told(SroiRule::ALL);
}

/// Every finding has a code of its own and texts with the same details in both languages.
fn well_found<C: Code + PartialEq>(codes: &[C]) {
    let distinct: BTreeSet<&str> = codes.iter().map(|code| code.code()).collect();
    assert_eq!(distinct.len(), codes.len());
    for code in codes {
        let (english, remedy) = code.texts(Language::English);
        let (dutch, middel) = code.texts(Language::Dutch);
        assert!([english, remedy, dutch, middel].iter().all(|text| text.len() > 2), "{}", code.code());
        assert!(matches!(code.severity(), Severity::Error | Severity::Warning));
    }
}

#[test]
fn every_finding_is_told_in_two_languages() {
    well_found(AwardFinding::ALL);
    well_found(call_off::FindingCode::ALL);
    well_found(purchasing_policy::FindingCode::ALL);
    well_found(contribution::FindingCode::ALL);
    well_found(SocialReturnFindingCode::ALL);
    well_found(SroiFindingCode::ALL);
}

#[test]
fn a_finding_is_filled_in_and_can_be_moved_below_a_place() {
    let details = ["quality", "39", "40"].map(str::to_owned);
    let found = Finding::new(AwardFinding::SubWeightsDoNotSum, "/criteria/1", details).below("/lots/0");
    assert_eq!(found.place, "/lots/0/criteria/1");
    assert_eq!(found.detail(Language::English), "the sub-criteria of `quality` sum to 39, but it weighs 40");
    assert_eq!(found.remedy(Language::Dutch), "laat de subcriteria optellen tot precies 40");
}
