//! Every sum can be redone: each step of an explanation is calculated again from what is printed in it, and each
//! number in it stands in the tender or comes out of a step.

use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use proptest::prelude::*;
use serde_json::{Value, json};
use trede_rules::explaining::Language;
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{LanguageCode, ResultOptions, ScoreResult, StepResult, score};

use crate::support::*;

/// Reads a printed calculation in one language.
struct Calculator<'a> {
    text: &'a str,
    language: Language,
}

impl Calculator<'_> {
    /// The value of a whole calculation; none where it says that one number lies above another.
    fn value(text: &str, language: Language) -> Option<BigRational> {
        if let Some(at) = text.find(['>', '≤', '≥']) {
            let (left, right) = text.split_at(at);
            let sign = right.chars().next().unwrap();
            let side = |text| Calculator { text, language }.sum_of_all();
            let (left, right) = (side(left), side(&right[sign.len_utf8()..]));
            let holds = match sign {
                '>' => left > right,
                '≤' => left <= right,
                _ => left >= right,
            };
            assert!(holds, "{text}");
            return None;
        }
        Some(Calculator { text, language }.sum_of_all())
    }

    fn sum_of_all(mut self) -> BigRational {
        let value = self.sum();
        assert_eq!(self.text.trim(), "", "is left over");
        value
    }

    fn take(&mut self, sign: &str) -> bool {
        self.text = self.text.trim_start();
        match self.text.strip_prefix(sign) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> BigRational {
        let mut value = self.product();
        loop {
            if self.take("+") {
                value += self.product();
            } else if self.take("−") {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> BigRational {
        let mut value = self.power();
        loop {
            if self.take("×") {
                value *= self.power();
            } else if self.take("/") {
                let divisor = self.power();
                assert!(!divisor.is_zero(), "divides by zero: {}", self.text);
                value /= divisor;
            } else {
                return value;
            }
        }
    }

    fn power(&mut self) -> BigRational {
        let base = self.one();
        if !self.take("^") {
            return base;
        }
        let exponent = self.one().to_integer().to_usize().unwrap();
        (0..exponent).fold(BigRational::one(), |value, _| value * &base)
    }

    fn one(&mut self) -> BigRational {
        for (name, of) in [
            ("round(", round as fn(&[BigRational]) -> BigRational),
            ("min(", |of| of.iter().min().unwrap().clone()),
            ("max(", |of| of.iter().max().unwrap().clone()),
        ] {
            if self.take(name) {
                let mut terms = vec![self.sum()];
                while self.take(";") {
                    terms.push(self.sum());
                }
                assert!(self.take(")"));
                return of(&terms);
            }
        }
        if self.take("(") {
            let value = self.sum();
            assert!(self.take(")"), "no end: {}", self.text);
            return value;
        }
        if self.take("−") {
            return -self.one();
        }
        self.number()
    }

    fn number(&mut self) -> BigRational {
        self.text = self.text.trim_start();
        let end =
            self.text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(self.text.len());
        let (digits, rest) = self.text.split_at(end);
        self.text = rest;
        let plain = match self.language {
            Language::Dutch => digits.replace('.', "").replace(',', "."),
            Language::English => digits.replace(',', ""),
        };
        rational(&plain)
    }
}

/// Half away from zero, as these tenders round.
fn round(of: &[BigRational]) -> BigRational {
    let shift = BigRational::from(BigInt::from(10).pow(of[1].to_integer().to_u32().unwrap()));
    let half = BigRational::new(1.into(), 2.into());
    let size = ((of[0].abs() * &shift) + half).floor() / shift;
    if of[0].is_negative() { -size } else { size }
}

fn rational(plain: &str) -> BigRational {
    if let Some((numerator, denominator)) = plain.split_once('/') {
        return BigRational::new(numerator.parse().unwrap(), denominator.parse().unwrap());
    }
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let digits: BigInt =
        format!("{whole}{fraction}").parse().unwrap_or_else(|_| panic!("`{plain}` is no number"));
    BigRational::new(digits, BigInt::from(10).pow(fraction.len().try_into().unwrap()))
}

fn result_of(step: &StepResult) -> BigRational {
    rational(step.fraction.as_deref().unwrap_or(&step.result))
}

/// Every number that stands in the tender.
fn numbers_in(value: &Value, found: &mut BTreeSet<BigRational>) {
    match value {
        Value::String(text) if text.parse::<rust_decimal::Decimal>().is_ok() => {
            found.insert(rational(text));
        }
        Value::Number(number) => {
            found.insert(rational(&number.to_string()));
        }
        Value::Array(all) => all.iter().for_each(|one| numbers_in(one, found)),
        Value::Object(all) => all.values().for_each(|one| numbers_in(one, found)),
        _ => {}
    }
}

/// The numbers that a reader has in hand before the first step: those of the tender, the sums of its weights, and
/// nothing and everything.
fn in_hand(file: &Value) -> BTreeSet<BigRational> {
    let mut known = BTreeSet::from([BigRational::zero(), BigRational::one()]);
    numbers_in(file, &mut known);
    let weights = |of_price: bool| -> BigRational {
        let criteria = file["lots"][0]["awardModel"]["criteria"].as_array().unwrap();
        let wanted = criteria.iter().filter(|criterion| (criterion["kind"] == "price") == of_price);
        wanted.filter_map(|criterion| criterion["weight"].as_str()).map(rational).sum()
    };
    known.extend([weights(true), weights(false)]);
    known
}

fn explained(file: &Value, language: LanguageCode) -> Option<ScoreResult> {
    let file: ScoreFile = parse(file.to_string().as_bytes()).unwrap();
    score(&file, ResultOptions { language, explain: true, analyse: false }).ok()
}

/// Redoes every step in both languages; what is not the award factor's comparison has only known inputs.
fn redo(file: &Value) {
    for (code, language) in [(LanguageCode::Nl, Language::Dutch), (LanguageCode::En, Language::English)] {
        let Some(result) = explained(file, code) else { continue };
        let lot = &result.lots[0];
        let mut known = in_hand(file);
        // What one bid comes to, others are held against.
        for step in lot.ranking.iter().flat_map(|bid| bid.explanation.iter().flatten()) {
            known.insert(result_of(step));
        }
        for bid in &lot.ranking {
            for step in bid.explanation.as_ref().unwrap() {
                let place = format!("{} of {}: {}", step.rule, bid.id, step.calculation);
                if step.rule != "logarithmic" {
                    let value = Calculator::value(&step.calculation, language);
                    let value = value.unwrap_or_else(BigRational::zero);
                    assert_eq!(value, result_of(step), "{place}");
                }
                if step.rule.starts_with("award-factor") {
                    continue;
                }
                for term in &step.terms {
                    let printed =
                        term.value.parse::<rust_decimal::Decimal>().is_ok().then(|| rational(&term.value));
                    let is_known = printed.is_some_and(|number| known.contains(&number));
                    let shown = || known.iter().any(|number| shown_as(number, &term.value));
                    assert!(is_known || shown(), "{place}: where does {} come from?", term.value);
                }
            }
        }
    }
}

/// Whether a number without a finite decimal is printed like this, to 28 digits.
fn shown_as(number: &BigRational, printed: &str) -> bool {
    let Ok(near) = printed.parse::<rust_decimal::Decimal>() else { return false };
    let difference = (number - rational(&near.to_string())).abs();
    let size = number.abs().max(BigRational::new(1.into(), BigInt::from(10).pow(20)));
    difference <= size / BigRational::from(BigInt::from(10).pow(25))
}

fn bid(id: usize, (cents, first, second, level, offer, number): (i64, u32, u32, usize, u32, u32)) -> Value {
    let levels = ["none", "aspirant", "trede-1", "trede-3"];
    let claim = json!({ "level": levels[level] });
    let tenths = |score: u32| rust_decimal::Decimal::new(score.into(), 1).to_string();
    let mut bid = json!({
        "id": format!("b{id}"), "price": rust_decimal::Decimal::new(cents, 2).to_string(),
        "assessorScores": { "q": [
            { "assessor": "x", "score": tenths(first) }, { "assessor": "y", "score": tenths(second) },
            { "assessor": "z", "score": "7" }
        ] },
        "commitments": { "offer": tenths(offer) }, "facts": { "days": number.to_string(), "far": number.to_string() }
    });
    if id == 0 {
        bid["consortium"] = json!([
            { "name": "m", "sharePercent": "37.5", "pso": claim }, { "name": "n", "sharePercent": "62.5", "pso": { "level": "trede-2" } }
        ]);
    } else {
        bid["pso"] = claim;
    }
    bid
}

fn tender(method: &Value, combine: &str, round: bool, bids: Value) -> Value {
    let code = method["code"].as_str().unwrap();
    let bare = matches!(
        code,
        "award-on-value" | "price-quality-ratio" | "extended-ratio" | "price-per-point" | "features"
    );
    let scaled =
        |points: &str| if code == "features" { format!("0.{points:0>2}") } else { points.to_owned() };
    let mut criteria = json!([
        { "id": "price", "kind": "price" },
        { "id": "q", "kind": "assessed-quality", "scale": { "highest": "10" } },
        { "id": "pso", "kind": "pso-level", "scale": { "highest": "10" },
          "levels": { "measure": "score", "rows": points_by_level(["1", "3", "5", "7", "9"]) } },
        { "id": "offer", "kind": "social-return-commitment",
          "commitment": { "measure": "percentage", "minimum": "0", "maximum": "5", "aboveMaximum": "clip" } },
        { "id": "days", "kind": "numeric", "numeric": { "scoring": "between", "worst": "60", "best": "20", "outside": "clip" } },
        { "id": "far", "kind": "numeric", "numeric": { "scoring": "relative-lowest" } }
    ]);
    for (index, weight) in ["55", "15", "6", "7", "8", "9"].into_iter().enumerate() {
        let field = if code == "award-on-value" { "value" } else { "weight" };
        if index > 0 || !bare {
            criteria[index][field] = json!(if index == 0 { weight.to_owned() } else { scaled(weight) });
        }
    }
    if code == "utility-index" {
        criteria.as_array_mut().unwrap().pop();
    }
    let mut model = json!({
        "method": method, "dropOut": "recompute", "criteria": criteria, "assessment": { "combine": combine },
        "pso": { "ladderVersion": "pso-before-2023", "consortiumRule": "weighted" }, "ties": [{ "by": "lot" }]
    });
    if code != "award-on-value" {
        model["weightUnit"] = json!("points");
    }
    if round {
        model["rounding"] = json!({ "stage": "total", "decimals": 3 });
    }
    let mut bids = bids;
    if code == "utility-index" {
        for bid in bids.as_array_mut().unwrap() {
            bid["facts"].as_object_mut().unwrap().remove("far");
        }
    }
    one_lot(model, bids)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_step_is_redone_from_what_is_printed(
        numbers in prop::collection::vec((100i64..90_000, 10u32..=100, 10u32..=100, 0usize..4, 0u32..=70, 0u32..90), 2..5),
        combine in prop::sample::select(vec!["mean", "median", "trimmed-mean"]), round in any::<bool>(),
    ) {
        let corridor = json!({ "fullPointsAt": "100", "zeroPointsAt": "700", "below": "clip", "above": "clip" });
        let bids: Value = numbers.iter().enumerate().map(|(id, numbers)| bid(id, *numbers)).collect();
        for method in [
            json!({ "code": "absolute-linear", "corridor": corridor }),
            json!({ "code": "relative-lowest" }),
            json!({ "code": "linear-on-lowest", "floor": "zero" }),
            json!({ "code": "lowest-to-highest" }),
            json!({ "code": "level-points", "floor": "none" }),
            json!({ "code": "quality-mark-up" }),
            json!({ "code": "utility-index" }),
            json!({ "code": "award-on-value" }),
            json!({ "code": "price-quality-ratio", "constant": "1000" }),
            json!({ "code": "extended-ratio", "corridorPercent": "5", "decision": "lowest-price" }),
            json!({ "code": "price-per-point" }),
            json!({ "code": "features" }),
        ] {
            redo(&tender(&method, combine, round, bids.clone()));
        }
    }

    #[test]
    fn a_life_cycle_cost_is_redone_year_by_year(
        yearly in prop::collection::vec(0u32..100_000, 1..8), rate in 0u32..900, residual in 0u32..5_000,
    ) {
        let terms = json!({ "years": yearly.len(), "ratePercent": rust_decimal::Decimal::new(rate.into(), 2).to_string() });
        let yearly: Vec<String> = yearly.iter().map(ToString::to_string).collect();
        let model = json!({ "method": { "code": "lowest-cost" }, "motivation": "m",
            "criteria": [{ "id": "cost", "kind": "life-cycle-cost", "lifeCycle": terms }] });
        let costs = json!({ "purchase": "12345.67", "yearly": yearly, "residual": residual.to_string() });
        let mut file = one_lot(model, json!([{ "id": "A", "lifeCycle": { "cost": costs } }]));
        // The years are counted by whoever reads the costs.
        file["tender"] = json!({ "title": "t" });
        let years: Vec<Value> = (0..=10u32).map(|year| json!(year.to_string())).collect();
        let known = json!({ "lots": file["lots"], "years": years });
        let result = explained(&file, LanguageCode::En).unwrap();
        let mut in_hand = BTreeSet::new();
        numbers_in(&known, &mut in_hand);
        for step in result.lots[0].ranking[0].explanation.as_ref().unwrap() {
            prop_assert_eq!(Calculator::value(&step.calculation, Language::English), Some(result_of(step)));
            for term in &step.terms {
                let is_known = in_hand.iter().any(|number| shown_as(number, &term.value));
                prop_assert!(is_known, "{}: where does {} come from?", step.calculation, term.value);
            }
            in_hand.insert(result_of(step));
        }
    }
}
