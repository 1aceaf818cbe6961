//! The obligation: five bases, thresholds that are met exactly, caps, exemptions.

use trede_base::contract_kind::ContractKind;

use trede_rules::social_return::{
    Base, ContractFacts, Deviation, LowLabour, PsoReduction, PsoReductionLevel,
    SocialReturnFindingCode as Code, Threshold, obligation,
};

use crate::builders::contract::{a_contract, held, not_owed, owed};
use crate::builders::policy::{Written, a_policy, percent};
use crate::builders::x;

fn one(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

/// sudwestfryslan.nl/onderwerp/infosocialreturn: 2 percent, at most 300,000; reached at 15,000,000.
#[test]
fn sudwest_fryslan_asks_two_percent_up_to_a_cap() {
    let policy =
        a_policy().owing(Base::ContractSum(percent(2))).obliging(|rules| rules.cap = Some(x(300_000)));
    let owed = |sum: i64| owed(&policy, &a_contract(sum));
    assert_eq!([owed(10_000_000), owed(15_000_000), owed(20_000_000)], [20_000_000, 30_000_000, 30_000_000]);
}

#[test]
fn what_is_owed_is_a_share_of_the_sum_of_the_wages_or_of_assumed_wages() {
    let contract = ContractFacts { wage_sum: Some(x(60_000)), ..a_contract(200_000) };
    let on = |base| owed(&a_policy().owing(base), &contract);
    assert_eq!(on(Base::ContractSum(percent(5))), 1_000_000);
    assert_eq!(on(Base::WageSum(percent(5))), 300_000);
    assert_eq!(on(Base::AssumedWages { wage_share: percent(40), rate: percent(5) }), 400_000);
    assert_eq!(on(Base::Fixed(x(1234))), 123_400);
}

#[test]
fn an_offer_binds_within_its_bounds_which_are_themselves_allowed() {
    let policy = a_policy().owing(Base::Offered { minimum: percent(2), maximum: percent(5) });
    let with = |offered: &str| ContractFacts { offered: Some(percent(offered)), ..a_contract(100_000) };
    assert_eq!([owed(&policy, &with("2")), owed(&policy, &with("5"))], [200_000, 500_000]);
    for outside in ["1.99", "5.01"] {
        assert_eq!(not_owed(&policy, &with(outside)), one(Code::OfferOutsideBounds, "/offeredPercent"));
    }
    assert_eq!(not_owed(&policy, &a_contract(100_000)), one(Code::FactMissing, "/offeredPercent"));
}

fn from(threshold: Threshold) -> Written {
    a_policy().obliging(|rules| rules.thresholds = vec![threshold])
}

#[test]
fn a_threshold_that_is_met_exactly_is_met() {
    let policy = from(Threshold { kind: None, from: x(200_000), from_months: None });
    assert_eq!(owed(&policy, &a_contract(200_000)), 1_000_000);
    assert_eq!(owed(&policy, &a_contract("199999.99")), 0);
    let below = obligation(&policy.0, &a_contract("199999.99")).unwrap();
    assert_eq!(below.notes[0].code, Code::BelowThreshold);
    assert_eq!(below.steps[0].rule.code(), "nothing-owed");
}

#[test]
fn a_threshold_can_ask_for_a_least_term_and_for_a_kind() {
    let policy =
        from(Threshold { kind: Some(ContractKind::Services), from: x(250_000), from_months: Some(6) });
    let with = |months| ContractFacts { term_months: Some(months), ..a_contract(250_000) };
    assert_eq!([owed(&policy, &with(6)), owed(&policy, &with(5))], [1_250_000, 0]);
    assert_eq!(not_owed(&policy, &a_contract(250_000)), one(Code::FactMissing, "/termMonths"));
    assert_eq!(owed(&policy, &ContractFacts { kind: ContractKind::Works, ..with(6) }), 0);
}

#[test]
fn a_contract_needs_to_meet_one_of_several_thresholds() {
    let threshold = |kind, from: i64| Threshold { kind: Some(kind), from: x(from), from_months: None };
    let policy = a_policy().obliging(|rules| {
        rules.thresholds =
            vec![threshold(ContractKind::Services, 125_000), threshold(ContractKind::Works, 225_000)];
    });
    let works = |sum: i64| ContractFacts { kind: ContractKind::Works, ..a_contract(sum) };
    assert_eq!([owed(&policy, &works(225_000)), owed(&policy, &works(200_000))], [1_125_000, 0]);
    assert_eq!(owed(&policy, &a_contract(125_000)), 625_000);
    assert_eq!(owed(&policy, &ContractFacts { kind: ContractKind::Supplies, ..a_contract(999_999) }), 0);
}

/// Leidschendam-Voorburg 2025: 5 percent, 2 where the labour share is below 30 percent.
#[test]
fn little_labour_owes_a_lower_rate_below_its_share_and_not_at_it() {
    let low = LowLabour { below: percent(30), rate: percent(2) };
    for base in [
        Base::ContractSum(percent(5)),
        Base::WageSum(percent(5)),
        Base::AssumedWages { wage_share: percent(100), rate: percent(5) },
    ] {
        let policy = a_policy().owing(base).obliging(|rules| rules.low_labour = vec![low.clone()]);
        let with = |labour: &str| ContractFacts {
            labour_share: Some(percent(labour)),
            wage_sum: Some(x(100_000)),
            ..a_contract(100_000)
        };
        assert_eq!([owed(&policy, &with("30")), owed(&policy, &with("29.99"))], [500_000, 200_000]);
        let unknown = ContractFacts { labour_share: None, ..with("30") };
        assert_eq!(not_owed(&policy, &unknown), one(Code::FactMissing, "/labourPercent"));
    }
}

#[test]
fn a_wage_sum_must_be_known_and_not_below_zero() {
    let policy = a_policy().owing(Base::WageSum(percent(5)));
    assert_eq!(not_owed(&policy, &a_contract(1)), one(Code::FactMissing, "/wageSum"));
    let negative = ContractFacts { wage_sum: Some(x(-1)), ..a_contract(1) };
    assert_eq!(not_owed(&policy, &negative), one(Code::NegativeFact, "/wageSum"));
    assert_eq!(owed(&policy, &ContractFacts { wage_sum: Some(x(0)), ..a_contract(1) }), 0);
    assert_eq!(not_owed(&policy, &a_contract(-1)), one(Code::NegativeFact, "/contractSum"));
    assert_eq!(owed(&a_policy(), &a_contract(0)), 0);
}

#[test]
fn an_exemption_or_a_deviation_has_a_reason() {
    let exempt = |reason: &str| ContractFacts { exemption: Some(reason.to_owned()), ..a_contract(100_000) };
    let found = obligation(&a_policy().0, &exempt("no labour at all")).unwrap();
    assert_eq!((found.cents, found.notes[0].code), (0, Code::Exempt));
    assert_eq!(not_owed(&a_policy(), &exempt(" ")), one(Code::ReasonMissing, "/exemption"));
    let deviating = |euros: i64, reason: &str| {
        let deviation = Some(Deviation { euros: x(euros), reason: reason.to_owned() });
        ContractFacts { deviation, ..a_contract(100_000) }
    };
    assert_eq!(owed(&a_policy(), &deviating(777, "agreed")), 77_700);
    assert_eq!(owed(&a_policy(), &deviating(0, "agreed")), 0);
    assert_eq!(not_owed(&a_policy(), &deviating(777, "")), one(Code::ReasonMissing, "/deviation/reason"));
    assert_eq!(not_owed(&a_policy(), &deviating(-1, "agreed")), one(Code::NegativeFact, "/deviation/amount"));
}

#[test]
fn a_policy_that_is_silent_says_so() {
    let silent = a_policy().with(|policy| policy.obligation = None);
    assert_eq!(not_owed(&silent, &a_contract(1)), one(Code::PolicySilent, ""));
}

#[test]
fn what_is_owed_is_rounded_once_half_up_to_the_cent() {
    let owed = |sum: &str| owed(&a_policy(), &a_contract(sum));
    assert_eq!([owed("100.10"), owed("100.09"), owed("100.30")], [501, 500, 502]);
    let huge = a_contract("9000000000000000000");
    assert_eq!(not_owed(&a_policy(), &huge), one(Code::TooLarge, ""));
}

fn reduced(share: i64, up_to_rate: Option<i64>) -> Written {
    a_policy().obliging(|rules| {
        rules.pso = Some(PsoReduction {
            levels: vec![PsoReductionLevel { level: "trede-2".to_owned(), share: percent(share) }],
            up_to_rate: up_to_rate.map(percent),
            continuity: None,
            grace_days: 0,
        });
    })
}

fn holding(level: &str) -> ContractFacts {
    ContractFacts { pso_levels: vec![held(level, None)], ..a_contract(100_000) }
}

#[test]
fn a_level_takes_its_share_off_what_is_owed() {
    assert_eq!(owed(&reduced(25, None), &holding("trede-2")), 375_000);
    assert_eq!(owed(&reduced(100, None), &holding("trede-2")), 0);
    assert_eq!(owed(&reduced(25, None), &a_contract(100_000)), 500_000);
    assert_eq!(not_owed(&reduced(25, None), &holding("trede-3")), one(Code::UnknownLevel, "/psoLevel"));
    assert_eq!(owed(&a_policy(), &holding("trede-2")), 500_000, "a policy without a reduction has none");
}

#[test]
fn a_reduction_can_reach_up_to_a_rate_only() {
    // Exempt as far as a rate of 4 percent: of 5 percent 1 stays.
    assert_eq!(owed(&reduced(100, Some(4)), &holding("trede-2")), 100_000);
    assert_eq!(owed(&reduced(100, Some(5)), &holding("trede-2")), 0);
    assert_eq!(owed(&reduced(100, Some(6)), &holding("trede-2")), 0);
    let fixed = reduced(100, Some(4)).owing(Base::Fixed(x(1000)));
    assert_eq!(owed(&fixed, &holding("trede-2")), 0, "a fixed amount has no rate");
}

#[test]
fn a_cap_comes_before_the_reduction() {
    let policy = reduced(50, None).obliging(|rules| rules.cap = Some(x(4000)));
    assert_eq!(owed(&policy, &holding("trede-2")), 200_000);
    let steps: Vec<&str> = obligation(&policy.0, &holding("trede-2"))
        .unwrap()
        .steps
        .iter()
        .map(|step| step.rule.code())
        .collect();
    assert_eq!(steps, ["share-of-contract-sum", "capped-obligation", "less-pso-reduction", "to-the-cent"]);
}
