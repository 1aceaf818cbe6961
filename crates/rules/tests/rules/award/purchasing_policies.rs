//! Rules of a purchasing policy: what a model keeps, breaks, or cannot say.

use proptest::prelude::*;
use trede_base::exact::Exact;
use trede_rules::award::model::{Method, WeightUnit};
use trede_rules::award::purchasing_policy::{
    CriterionKind, Demand, FindingCode, Judgement, PlannedTender, PurchasingRule, RuleScope, Selection,
    Unknown, check,
};

use crate::builders::model::{Model, a_model};
use crate::builders::n;

fn social() -> Selection {
    Selection { kinds: vec![CriterionKind::PsoLevel], ids: vec!["social-plan".to_owned()] }
}

fn rule(demand: Demand) -> PurchasingRule {
    PurchasingRule {
        code: "sociaal".to_owned(),
        text: "Sociale criteria tellen mee.".to_owned(),
        scope: RuleScope::default(),
        demand,
    }
}

fn tender(model: &Model) -> PlannedTender<'_> {
    PlannedTender {
        model: &model.0,
        value_cents: Some(25_000_000),
        above_threshold: Some(true),
        published_on: "2026-03-01".parse().unwrap(),
        cpv_codes: &[],
    }
}

fn percent(model: Model) -> Model {
    model.with(|model| model.weight_unit = Some(WeightUnit::Percent))
}

proptest! {
    /// A weight is held against the share of all weights, and met when it is met exactly.
    #[test]
    fn a_weight_is_kept_from_its_bound_on(own in 1_i64..=60, bound in 0_i64..=60) {
        let model = percent(a_model().price(60).named("social-plan", own).named("plan", 40 - own.min(39)));
        let all = 60 + own + (40 - own.min(39));
        let share = Exact::from(n(own)).times(&Exact::HUNDRED).over(&Exact::from(n(all))).unwrap();
        let asked = Exact::from(n(bound));
        let least = rule(Demand::LeastWeight(social(), n(bound))).judge(&tender(&model));
        let most = rule(Demand::MostWeight(social(), n(bound))).judge(&tender(&model));
        prop_assert_eq!(least == Judgement::Kept, share >= asked);
        prop_assert_eq!(most == Judgement::Kept, share <= asked);
        if share < asked {
            prop_assert_eq!(least, Judgement::Broken(Some(share)));
        }
    }

    /// Value and day decide together whether a rule is about a tender; only the upper bound of value lies outside.
    #[test]
    fn a_rule_holds_from_its_value_and_day_on(value in 0_i64..4, from in 0_i64..4, below in 1_i64..5, day in 1_u32..4) {
        let on = |day: u32| format!("2026-03-0{day}").parse().unwrap();
        let mut asked = rule(Demand::MethodsNotUsed(vec!["relative-lowest".to_owned()]));
        asked.scope.from_value_cents = Some(from);
        asked.scope.below_value_cents = Some(below);
        asked.scope.starts_on = Some(on(2));
        let model = a_model().price(60).quality(40);
        let judged = asked.judge(&PlannedTender { value_cents: Some(value), published_on: on(day), ..tender(&model) });
        let holds = from <= value && value < below && day >= 2;
        prop_assert_eq!(judged, if holds { Judgement::Broken(None) } else { Judgement::OutOfScope });
    }
}

#[test]
fn what_a_rule_needs_and_is_not_told_is_for_a_person() {
    let model = a_model().price(60).quality(40);
    let mut asked = rule(Demand::LeastWeight(social(), n(10)));
    asked.scope.from_value_cents = Some(1);
    let unknown = PlannedTender { value_cents: None, ..tender(&model) };
    assert_eq!(asked.judge(&unknown), Judgement::Undecided(Unknown::Value));
    asked.scope.above_threshold = Some(true);
    let unknown = PlannedTender { above_threshold: None, ..tender(&model) };
    assert_eq!(asked.judge(&unknown), Judgement::Undecided(Unknown::Threshold));
    // What is kept whatever the value needs none.
    let kept = a_model().price(60).named("social-plan", 40);
    assert_eq!(asked.judge(&PlannedTender { value_cents: None, ..tender(&kept) }), Judgement::Kept);
    let bare = a_model().by(Method::LowestPrice).without_weights().bare_price();
    let asked = rule(Demand::LeastWeight(social(), n(10)));
    assert_eq!(asked.judge(&tender(&bare)), Judgement::Undecided(Unknown::Share));
}

#[test]
fn a_requirement_only_earns_nothing() {
    let asked = rule(Demand::NotRewarded(social()));
    let with = a_model().price(60).named("social-plan", 40);
    assert_eq!(asked.judge(&tender(&with)), Judgement::Broken(None));
    assert_eq!(asked.judge(&tender(&a_model().price(60).quality(40))), Judgement::Kept);
}

#[test]
fn a_rule_is_about_what_it_names() {
    let mut asked = rule(Demand::MethodsNotUsed(vec!["relative-lowest".to_owned()]));
    asked.scope.cpv_prefixes = vec!["45".to_owned()];
    let model = a_model().price(60).quality(40);
    let works = ["45233140-2".to_owned()];
    assert_eq!(asked.judge(&tender(&model)), Judgement::OutOfScope);
    assert_eq!(asked.judge(&PlannedTender { cpv_codes: &works, ..tender(&model) }), Judgement::Broken(None));
}

#[test]
fn what_is_wrong_with_rules_is_told_at_its_place() {
    let mut empty = rule(Demand::LeastWeight(Selection::default(), n(101)));
    empty.text = "  ".to_owned();
    empty.scope = RuleScope {
        from_value_cents: Some(5),
        below_value_cents: Some(5),
        starts_on: Some("2026-02-02".parse().unwrap()),
        ends_on: Some("2026-02-01".parse().unwrap()),
        cpv_prefixes: vec!["4".to_owned(), "45".to_owned()],
        above_threshold: None,
    };
    let found = check(&[rule(Demand::NotRewarded(social())), empty]);
    let told: Vec<_> = found.iter().map(|it| (it.code, it.place.as_str())).collect();
    assert_eq!(
        told,
        [
            (FindingCode::DuplicateCode, "/rules/1/code"),
            (FindingCode::TextMissing, "/rules/1/text"),
            (FindingCode::ScopeEmpty, "/rules/1/scope/belowValue"),
            (FindingCode::ScopeEmpty, "/rules/1/scope/endsOn"),
            (FindingCode::NoCpvPrefix, "/rules/1/scope/cpvPrefixes/0"),
            (FindingCode::NothingSelected, "/rules/1/demand/leastWeight"),
            (FindingCode::NotAPercentage, "/rules/1/demand/leastWeight/percent"),
        ]
    );
}
