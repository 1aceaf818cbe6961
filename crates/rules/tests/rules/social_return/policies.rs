//! What a policy must hold, which version holds for a contract, and on what it is silent.

use trede_base::exact::Exact;
use trede_rules::social_return::{
    Amount, Base, Block, FullTime, InvoiceRecognition, MaximumCounting, Measure, Policy, Proration,
    PsoReduction, PsoReductionLevel, ReferenceDate, Sanction, SocialReturnFindingCode as Code, Threshold,
    Validity, version_for,
};

use crate::builders::policy::{Written, a_block, a_policy, by_duration, by_year, of_invoice, percent};
use crate::builders::{day, x};

fn one(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

#[test]
fn a_policy_has_code_name_version_and_source() {
    assert_eq!(a_policy().errors(), []);
    let blank = |change: fn(&mut Policy)| a_policy().with(change).errors();
    assert_eq!(blank(|policy| policy.code.clear()), one(Code::TextMissing, "/code"));
    assert_eq!(blank(|policy| policy.name = " ".into()), one(Code::TextMissing, "/name"));
    assert_eq!(blank(|policy| policy.version.clear()), one(Code::TextMissing, "/version"));
    assert_eq!(
        blank(|policy| policy.source.publication.clear()),
        one(Code::TextMissing, "/source/publication")
    );
}

#[test]
fn a_policy_holds_for_a_day_at_least() {
    let valid = |from: &str, until: &str| {
        let (from, until) = (Some(day(from)), Some(day(until)));
        a_policy()
            .with(move |policy| policy.validity = Validity { from, until, ..policy.validity.clone() })
            .errors()
    };
    assert_eq!(valid("2025-01-01", "2025-01-01"), []);
    assert_eq!(valid("2025-01-02", "2025-01-01"), one(Code::PeriodReversed, "/validity"));
}

#[test]
fn codes_of_blocks_bonuses_and_registers_are_there_and_stand_once() {
    let twice = a_policy().block(by_year("a", 1)).block(by_year("a", 1));
    assert_eq!(twice.errors(), one(Code::DuplicateCode, "/blocks/1"));
    assert_eq!(a_policy().block(by_year(" ", 1)).errors(), one(Code::TextMissing, "/blocks/0"));
    assert_eq!(a_policy().bonus("a", 1).bonus("a", 1).errors(), one(Code::DuplicateCode, "/bonuses/1"));
    assert_eq!(
        a_policy().register("a", 1).register("a", 1).errors(),
        one(Code::DuplicateCode, "/invoiceShares/1")
    );
    assert_eq!(a_policy().block(by_year("a", 1)).bonus("a", 1).register("a", 1).errors(), []);
}

#[test]
fn full_time_and_a_year_of_days_are_above_zero() {
    let hours = |hours: i64| {
        a_policy().with(move |policy| policy.full_time = Some(FullTime::WeeklyHours(x(hours)))).errors()
    };
    assert_eq!(
        [hours(1), hours(0), hours(-1)],
        [
            vec![],
            one(Code::NotPositive, "/fullTime/weeklyHours"),
            one(Code::NotPositive, "/fullTime/weeklyHours")
        ]
    );
    let days = |days: i64| Proration::DaysWorked { full_year: x(days), by_hours: false };
    let of_policy =
        |full_year: i64| a_policy().with(move |policy| policy.proration = Some(days(full_year))).errors();
    assert_eq!([of_policy(1), of_policy(0)], [vec![], one(Code::NotPositive, "/proration/workingDays")]);
    let of_block = a_policy().block(Block { proration: Some(days(0)), ..by_year("a", 1) });
    assert_eq!(of_block.errors(), one(Code::NotPositive, "/blocks/0/proration/workingDays"));
}

#[test]
fn amounts_are_zero_or_more() {
    let with = |measure| a_policy().block(a_block("a", measure)).errors();
    let negative = || one(Code::NegativeFact, "/blocks/0/amount");
    let flat = |euros: i64| Amount::flat(x(euros));
    assert_eq!([with(Measure::Year(flat(0))), with(Measure::Hour(Amount::flat(x(0))))], [vec![], vec![]]);
    for measure in [
        Measure::Year(flat(-1)),
        Measure::LearningYear(flat(-1)),
        Measure::Month { amount: flat(-1), by_hours: true },
        Measure::Hour(Amount::flat(x(-1))),
        Measure::Day(Amount::flat(x(-1))),
        Measure::DayAtMost(x(-1)),
    ] {
        assert_eq!(with(measure), negative());
    }
    assert_eq!(a_policy().bonus("a", -1).errors(), one(Code::NegativeFact, "/bonuses/0/amount"));
    let maximum = a_policy().block(Block { maximum: Some(x(-1)), ..by_year("a", 1) });
    assert_eq!(maximum.errors(), one(Code::NegativeFact, "/blocks/0/maximumAmount"));
    let sanction = Sanction { factor: x(-1), cure_days: None, excusable: false, carry_over: false };
    assert_eq!(
        a_policy().with(|policy| policy.sanction = Some(sanction)).errors(),
        one(Code::NegativeFact, "/sanction/factor")
    );
}

#[test]
fn amounts_by_duration_start_at_nothing_and_rise() {
    let with =
        |steps: &[(u32, i64)]| a_policy().block(a_block("a", Measure::Year(by_duration(steps)))).errors();
    let wrong = || one(Code::AmountSteps, "/blocks/0/amountByBenefitMonths");
    assert_eq!([with(&[(0, 1), (12, 2)]), with(&[(0, 2), (1, 1)])], [vec![], vec![]]);
    assert_eq!(
        [with(&[(1, 1)]), with(&[]), with(&[(0, 1), (12, 2), (12, 3)]), with(&[(0, 1), (12, 2), (6, 3)])],
        [wrong(), wrong(), wrong(), wrong()]
    );
}

#[test]
fn an_invoice_by_register_needs_registers_and_only_time_has_a_maximum() {
    let by_register = || a_policy().block(of_invoice("a", InvoiceRecognition::ByRegister));
    assert_eq!(by_register().errors(), one(Code::SharesMissing, "/blocks/0/invoice"));
    assert_eq!(by_register().register("sw", 100).errors(), []);
    assert_eq!(a_policy().block(of_invoice("a", InvoiceRecognition::WagePart(x(1)))).errors(), []);
    let counting = |measure| {
        a_policy().block(Block { counts: Some(MaximumCounting::Always), ..a_block("a", measure) }).errors()
    };
    let flat = || Amount::flat(Exact::ONE);
    for measure in [
        Measure::Year(flat()),
        Measure::LearningYear(flat()),
        Measure::Month { amount: flat(), by_hours: true },
    ] {
        assert_eq!(counting(measure), []);
    }
    for measure in [Measure::Hour(Amount::flat(x(1))), Measure::ActualCost(x(1)), Measure::Agreed] {
        assert_eq!(counting(measure), one(Code::CountingUnused, "/blocks/0/counts"));
    }
}

#[test]
fn the_rules_of_an_obligation_have_a_threshold_and_bounds_in_order() {
    let none = a_policy().obliging(|rules| rules.thresholds.clear());
    assert_eq!(none.errors(), one(Code::NoThreshold, "/obligation/thresholds"));
    let negative = Threshold { kind: None, from: x(-1), from_months: None };
    assert_eq!(
        a_policy().obliging(|rules| rules.thresholds.push(negative)).errors(),
        one(Code::NegativeFact, "/obligation/thresholds/1/from")
    );
    assert_eq!(
        a_policy().obliging(|rules| rules.cap = Some(x(-1))).errors(),
        one(Code::NegativeFact, "/obligation/cap")
    );
    assert_eq!(
        a_policy().owing(Base::Fixed(x(-1))).errors(),
        one(Code::NegativeFact, "/obligation/base/amount")
    );
    let offered = |minimum: i64, maximum: i64| {
        a_policy().owing(Base::Offered { minimum: percent(minimum), maximum: percent(maximum) }).errors()
    };
    assert_eq!([offered(2, 2), offered(3, 2)], [vec![], one(Code::BoundsReversed, "/obligation/base")]);
    let level = || PsoReductionLevel { level: "trede-1".to_owned(), share: percent(5) };
    let twice =
        PsoReduction { levels: vec![level(), level()], up_to_rate: None, continuity: None, grace_days: 0 };
    assert_eq!(
        a_policy().obliging(|rules| rules.pso = Some(twice)).errors(),
        one(Code::DuplicateCode, "/obligation/pso/levels/1")
    );
}

#[test]
fn a_limit_names_known_blocks() {
    let policy = a_policy().block(by_year("a", 1)).limit(&["a", "b"], 50);
    assert_eq!(policy.errors(), one(Code::UnknownBlock, "/shareLimits/0/blocks/1"));
    assert!(policy.0.block("a").is_some() && policy.0.block("b").is_none());
}

fn version(name: &str, from: Option<&str>, until: Option<&str>, decided_by: Option<ReferenceDate>) -> Policy {
    let validity = Validity { decided_by, from: from.map(day), until: until.map(day) };
    let Written(policy) = a_policy();
    Policy { version: name.to_owned(), validity, ..policy }
}

#[test]
fn a_version_holds_on_its_first_day_and_on_its_last() {
    let holds = |on: &str| {
        let version = version("v", Some("2025-01-01"), Some("2025-12-31"), Some(ReferenceDate::Publication));
        version.validity.holds(Some(day(on)), None)
    };
    assert_eq!(
        ["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"].map(holds),
        [false, true, true, false]
    );
}

#[test]
fn the_date_that_decides_is_that_of_publication_or_of_assignment() {
    let holds = |decided_by, published: &str, assigned: &str| {
        let version = version("v", Some("2025-01-01"), None, decided_by);
        version.validity.holds(Some(day(published)), Some(day(assigned)))
    };
    assert!(holds(Some(ReferenceDate::Publication), "2025-01-01", "2024-01-01"));
    assert!(!holds(Some(ReferenceDate::Publication), "2024-01-01", "2025-01-01"));
    assert!(holds(Some(ReferenceDate::Assignment), "2024-01-01", "2025-01-01"));
    assert!(!holds(None, "2025-01-01", "2025-01-01"), "then the version is chosen by hand");
}

#[test]
fn of_several_versions_the_one_that_started_last_holds() {
    let by = Some(ReferenceDate::Publication);
    let versions = [
        version("open", None, None, by),
        version("new", Some("2025-01-01"), None, by),
        version("old", Some("2020-01-01"), None, by),
    ];
    let found = |on: &str| version_for(&versions, Some(day(on)), None).map(|policy| policy.version.as_str());
    assert_eq!(
        [found("2019-01-01"), found("2024-12-31"), found("2025-01-01")],
        [Some("open"), Some("old"), Some("new")]
    );
    assert_eq!(version_for(&versions, None, None), None);
}

#[test]
fn a_policy_tells_on_what_it_is_silent() {
    assert_eq!(a_policy().0.silent_on(), ["doubleUse"]);
    let nothing = a_policy().with(|policy| {
        policy.validity.decided_by = None;
        policy.obligation = None;
        policy.full_time = None;
        policy.proration = None;
        policy.look_back_months = None;
        policy.bonus_proration = None;
        policy.bonuses_cumulate = None;
        policy.sanction = None;
        policy.retention_months = None;
    });
    let always = ["validity.decidedBy", "obligation", "fullTime", "proration", "lookBackMonths"];
    let last = ["doubleUse", "sanction", "retentionMonths"];
    assert_eq!(nothing.0.silent_on(), [&always[..], &last].concat());
    assert_eq!(
        nothing.clone().bonus("a", 1).0.silent_on(),
        [&always[..], &["bonusProration"], &last].concat()
    );
    let two = nothing.bonus("a", 1).bonus("b", 1).0;
    assert_eq!(two.silent_on(), [&always[..], &["bonusProration", "bonusesCumulate"], &last].concat());
}
