//! Rates by tier, contractors that owe nothing, labels, and rules of a part of a region.

use trede_base::contract_kind::ContractKind;
use trede_rules::social_return::{
    Base, ContractFacts, Exemptions, LabelReduction, PartOfRegion, PsoReduction, PsoReductionLevel,
    SocialReturnFindingCode as Code, Tier, TierOwed, obligation,
};

use crate::builders::contract::{a_contract, held, not_owed, owed};
use crate::builders::policy::{Written, a_policy, percent};
use crate::builders::x;

fn tier(kind: Option<ContractKind>, from: i64, rate: i64) -> Tier {
    Tier { kind, from: x(from), owed: TierOwed::Rate(percent(rate)) }
}

/// 5 percent, 3 from 100,000 and 1 from 500,000.
fn tiered() -> Written {
    a_policy().obliging(|rules| rules.tiers = vec![tier(None, 100_000, 3), tier(None, 500_000, 1)])
}

#[test]
fn a_tier_holds_from_its_own_value_on() {
    let owed = |sum: i64| owed(&tiered(), &a_contract(sum)) / 100;
    assert_eq!([owed(99_980), owed(100_000), owed(499_900), owed(500_000)], [4999, 3000, 14_997, 5000]);
}

#[test]
fn in_slices_each_rate_holds_for_its_own_part_only() {
    let sliced = tiered().obliging(|rules| rules.tiers_in_slices = true);
    let owed = |sum: i64| owed(&sliced, &a_contract(sum)) / 100;
    assert_eq!([owed(100_000), owed(200_000), owed(500_000), owed(600_000)], [5000, 8000, 17_000, 18_000]);
    let of_wages = sliced.clone().owing(Base::WageSum(percent(5)));
    let contract = ContractFacts { wage_sum: Some(x(1000)), ..a_contract(600_000) };
    assert_eq!(crate::builders::contract::owed(&of_wages, &contract), 1000, "1 percent of the wages");
}

#[test]
fn a_kind_with_tiers_of_its_own_has_no_others() {
    let policy = a_policy().obliging(|rules| {
        rules.tiers = vec![tier(None, 100_000, 3), tier(Some(ContractKind::Works), 200_000, 2)];
    });
    let works =
        |sum: i64| owed(&policy, &ContractFacts { kind: ContractKind::Works, ..a_contract(sum) }) / 100;
    assert_eq!([works(100_000), works(200_000)], [5000, 4000]);
    assert_eq!(owed(&policy, &a_contract(200_000)) / 100, 6000);
}

fn exempting(employees_below: Option<u32>, share: Option<i64>) -> Written {
    a_policy().obliging(|rules| {
        rules.exemptions = Exemptions { employees_below, target_group_share: share.map(percent) };
    })
}

#[test]
fn a_small_contractor_owes_nothing_below_the_number_of_people_and_not_at_it() {
    let policy = exempting(Some(25), None);
    let with = |employees| ContractFacts { employees: Some(employees), ..a_contract(100_000) };
    assert_eq!([owed(&policy, &with(24)), owed(&policy, &with(25))], [0, 500_000]);
    assert_eq!(obligation(&policy.0, &with(24)).unwrap().notes[0].code, Code::ContractorExempt);
    assert_eq!(not_owed(&policy, &a_contract(100_000)), [(Code::FactMissing, "/employees".to_owned())]);
}

#[test]
fn a_contractor_with_enough_people_of_the_target_groups_owes_nothing() {
    let policy = exempting(None, Some(5));
    let with =
        |share: &str| ContractFacts { target_group_share: Some(percent(share)), ..a_contract(100_000) };
    assert_eq!([owed(&policy, &with("5")), owed(&policy, &with("4.99"))], [0, 500_000]);
    assert_eq!(owed(&policy, &a_contract(100_000)), 500_000);
}

fn reduction(names: &[(&str, i64)]) -> PsoReduction {
    let level = |(level, share): &(&str, i64)| PsoReductionLevel {
        level: (*level).to_owned(),
        share: percent(*share),
    };
    PsoReduction {
        levels: names.iter().map(level).collect(),
        up_to_rate: None,
        continuity: None,
        grace_days: 0,
    }
}

#[test]
fn labels_add_up_with_the_pso_level_or_the_highest_counts() {
    let policy = |add_up| {
        a_policy().obliging(move |rules| {
            rules.pso = Some(reduction(&[("trede-1", 20)]));
            rules.labels =
                Some(LabelReduction { reduction: reduction(&[("code", 30), ("sector", 90)]), add_up });
        })
    };
    let with = |level: bool, labels: &[&str]| ContractFacts {
        pso_levels: if level { vec![held("trede-1", None)] } else { Vec::new() },
        labels: labels.iter().map(|label| held(label, None)).collect(),
        ..a_contract(100_000)
    };
    let left = |add_up, level, labels: &[&str]| owed(&policy(add_up), &with(level, labels)) / 100;
    assert_eq!([left(true, true, &["code"]), left(false, true, &["code"])], [2500, 3500]);
    assert_eq!([left(true, false, &["code"]), left(true, true, &[])], [3500, 4000]);
    assert_eq!(left(true, true, &["code", "sector"]), 0, "no more than all of it");
    assert_eq!(left(false, true, &["code", "sector"]), 500);
    assert_eq!(
        not_owed(&policy(true), &with(true, &["other"])),
        [(Code::UnknownLevel, "/labels".to_owned())]
    );
}

#[test]
fn a_part_of_a_region_has_rules_of_its_own() {
    let Written(whole) = a_policy();
    let own = a_policy().owing(Base::ContractSum(percent(2))).0.obligation.unwrap();
    let part = PartOfRegion { authorities: vec!["gm0344".to_owned()], rules: own };
    let policy = Written(whole).with(|policy| policy.parts = vec![part]);
    let of = |authority: Option<&str>| {
        let authority = authority.map(str::to_owned);
        owed(&policy, &ContractFacts { authority, ..a_contract(100_000) }) / 100
    };
    assert_eq!([of(Some("gm0344")), of(Some("gm0518")), of(None)], [2000, 5000, 5000]);
}
