//! What an entry counts for: blocks by every measure, bonuses, maxima, and one rounding at the end.

use trede_rules::social_return::{
    Amount, Block, BonusProration, BonusWorth, InvoiceRecognition, MaximumCounting, Measure,
    SocialReturnFindingCode as Code,
};

use crate::builders::contract::{Entry, an_entry, full_time};
use crate::builders::policy::{Written, a_block, a_policy, by_duration, by_year, by_year_for, of_invoice};
use crate::builders::{fraction, x};

fn one(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

/// denhaag.nl social-return-bouwblokken: Participatiewet 40,000 a year of 36 hours; 24 hours for 8 months.
#[test]
fn haaglanden_counts_by_hours_and_months() {
    let policy = a_policy().block(by_year_for("participatiewet", 40_000, 24));
    let entry = an_entry("participatiewet").hours(24).over("2025-01-01", "2025-08-31");
    assert_eq!(entry.cents(&policy), 1_777_778);
    assert_eq!(entry.exact(&policy), fraction(160_000, 9));
}

fn utrecht(proration: BonusProration) -> Written {
    a_policy()
        .block(by_year("doelgroepregister", 50_000))
        .bonus("50+", 10_000)
        .bonus("permanent", 10_000)
        .with(|policy| policy.bonus_proration = Some(proration))
}

/// utrecht.nl social-return-berekenen-bouwblokken: 20 hours, 12 months, older than 50 and permanent.
#[test]
fn utrecht_counts_bonuses_flat_or_by_hours_as_the_policy_says() {
    let entry = an_entry("doelgroepregister")
        .hours(20)
        .over("2025-01-01", "2025-12-31")
        .bonuses(&["50+", "permanent"]);
    assert_eq!(entry.cents(&utrecht(BonusProration::Flat)), 4_777_778);
    assert_eq!(entry.cents(&utrecht(BonusProration::LikeBlock)), 3_888_889);
}

fn flat(euros: i64) -> BonusWorth {
    BonusWorth::Amount { euros: x(euros), proration: Some(BonusProration::Flat) }
}

#[test]
fn a_bonus_can_have_a_proration_of_its_own() {
    let policy = utrecht(BonusProration::LikeBlock).with(|policy| policy.bonuses[0].worth = flat(10_000));
    let entry = an_entry("doelgroepregister").hours(18).over("2025-01-01", "2025-12-31");
    assert_eq!(entry.clone().bonuses(&["50+"]).cents(&policy), 3_500_000);
    assert_eq!(entry.bonuses(&["permanent"]).cents(&policy), 3_000_000);
}

#[test]
fn a_flat_bonus_on_nothing_is_nothing() {
    let policy = utrecht(BonusProration::Flat);
    assert_eq!(
        full_time("doelgroepregister", "2025-01-01", "2025-12-31").hours(0).bonuses(&["50+"]).cents(&policy),
        0
    );
}

#[test]
fn where_bonuses_do_not_cumulate_the_highest_counts_and_that_is_told() {
    let policy =
        utrecht(BonusProration::Flat).bonus("low", 1).with(|policy| policy.bonuses_cumulate = Some(false));
    let entry = full_time("doelgroepregister", "2025-01-01", "2025-12-31");
    let two = entry.clone().bonuses(&["low", "50+"]);
    assert_eq!((two.cents(&policy), two.notes(&policy)), (6_000_000, vec![Code::HighestBonusOnly]));
    let alone = entry.clone().bonuses(&["low"]);
    assert_eq!((alone.cents(&policy), alone.notes(&policy)), (5_000_100, vec![]));
    let silent = policy.with(|policy| policy.bonuses_cumulate = None);
    assert_eq!(alone.cents(&silent), 5_000_100, "one bonus needs no rule");
    assert_eq!(two.errors(&silent), one(Code::PolicySilent, ""));
}

#[test]
fn a_bonus_is_known_and_claimed_once() {
    let policy = utrecht(BonusProration::Flat);
    let entry = full_time("doelgroepregister", "2025-01-01", "2025-12-31");
    assert_eq!(
        entry.clone().bonuses(&["50+", "other"]).errors(&policy),
        one(Code::UnknownBonus, "/bonuses/1")
    );
    assert_eq!(
        entry.clone().bonuses(&["50+", "50+"]).errors(&policy),
        one(Code::DuplicateCode, "/bonuses/1")
    );
    let silent = policy.with(|policy| policy.bonus_proration = None);
    assert_eq!(entry.bonuses(&["50+"]).errors(&silent), one(Code::PolicySilent, ""));
}

#[test]
fn a_prorated_bonus_fits_only_blocks_that_are_measured_in_time() {
    let policy = utrecht(BonusProration::LikeBlock)
        .block(a_block("hours", Measure::Hour(Amount::flat(x(100)))))
        .block(a_block("learning", Measure::LearningYear(Amount::flat(x(3000)))))
        .block(a_block("monthly", Measure::Month { amount: Amount::flat(x(1000)), by_hours: false }));
    let hours = an_entry("hours").quantity(3);
    assert_eq!(hours.cents(&policy), 30_000);
    assert_eq!(hours.bonuses(&["50+"]).errors(&policy), one(Code::BonusDoesNotFit, "/bonuses"));
    assert_eq!(an_entry("learning").quantity("0.5").bonuses(&["50+"]).cents(&policy), 650_000);
    let monthly = an_entry("monthly").over("2025-01-01", "2025-03-31").bonuses(&["50+"]);
    assert_eq!(monthly.cents(&policy), 300_000 + 250_000);
}

#[test]
fn a_month_counts_by_hours_where_the_block_says_so() {
    let policy =
        |by_hours| a_policy().block(a_block("m", Measure::Month { amount: Amount::flat(x(1000)), by_hours }));
    let entry = an_entry("m").hours(18).over("2025-01-01", "2025-03-31");
    assert_eq!([entry.cents(&policy(true)), entry.cents(&policy(false))], [150_000, 300_000]);
}

#[test]
fn an_amount_can_depend_on_how_long_somebody_had_the_benefit() {
    let amount = by_duration(&[(0, 30_000), (24, 40_000)]);
    assert_eq!(
        [amount.at(0), amount.at(23), amount.at(24), amount.at(99)].map(|at| at.cloned().unwrap()),
        [30_000, 30_000, 40_000, 40_000].map(x)
    );
    assert!(amount.by_duration() && !Amount::flat(x(1)).by_duration());
    assert_eq!(by_duration(&[(6, 1)]).at(5), None);
    let policy = a_policy().block(a_block("p", Measure::Year(amount)));
    let year = full_time("p", "2025-01-01", "2025-12-31");
    assert_eq!(year.errors(&policy), one(Code::FactMissing, "/benefitMonths"));
    assert_eq!(year.with(|facts| facts.benefit_months = Some(24)).cents(&policy), 4_000_000);
}

#[test]
fn days_count_what_was_spent_at_most_so_much_a_day() {
    let policy = a_policy()
        .block(a_block("act", Measure::DayAtMost(x(1000))))
        .block(a_block("day", Measure::Day(Amount::flat(x(200)))));
    let spent = |euros: i64| an_entry("act").quantity(2).spent(euros).cents(&policy);
    assert_eq!([spent(1999), spent(2000), spent(2001)], [199_900, 200_000, 200_000]);
    assert_eq!(an_entry("day").quantity("1.5").cents(&policy), 30_000);
    assert_eq!(an_entry("act").quantity(2).errors(&policy), one(Code::FactMissing, "/amount"));
    assert_eq!(an_entry("day").errors(&policy), one(Code::FactMissing, "/quantity"));
}

#[test]
fn an_invoice_counts_by_share_register_or_wage_part() {
    let policy = a_policy()
        .block(of_invoice("half", InvoiceRecognition::Share(x("0.5"))))
        .block(of_invoice("register", InvoiceRecognition::ByRegister))
        .block(of_invoice("wages", InvoiceRecognition::WagePart(x(1))))
        .block(a_block("cost", Measure::ActualCost(x(1))))
        .register("sw", 100)
        .register("paso", 30);
    assert_eq!(an_entry("half").spent(1000).cents(&policy), 50_000);
    assert_eq!(an_entry("wages").spent(1000).cents(&policy), 100_000);
    assert_eq!(an_entry("cost").spent("12.345").cents(&policy), 1235);
    let by = |register: &str| {
        let register = register.to_owned();
        an_entry("register").spent(1000).with(move |facts| facts.register = Some(register))
    };
    assert_eq!([by("sw").cents(&policy), by("paso").cents(&policy)], [100_000, 30_000]);
    assert_eq!(by("other").errors(&policy), one(Code::UnknownRegister, "/register"));
    assert_eq!(an_entry("register").spent(1000).errors(&policy), one(Code::FactMissing, "/register"));
    assert_eq!(an_entry("cost").errors(&policy), one(Code::FactMissing, "/amount"));
}

#[test]
fn a_block_has_a_maximum_before_bonuses() {
    let capped = Block { maximum: Some(x(5000)), ..a_block("cost", Measure::ActualCost(x(1))) };
    let policy = a_policy().block(capped).bonus("extra", 100);
    let spent = |euros: i64| an_entry("cost").spent(euros).bonuses(&["extra"]).cents(&policy);
    assert_eq!([spent(4999), spent(5000), spent(5001)], [509_900, 510_000, 510_000]);
}

#[test]
fn a_learning_year_counts_up_to_the_maximum_with_what_counted_before() {
    let policy = a_policy().block(Block {
        counts: Some(MaximumCounting::Months(24)),
        ..a_block("bbl", Measure::LearningYear(Amount::flat(x(3000))))
    });
    let counted = |earlier: &str, quantity: &str| {
        let earlier = x(earlier);
        an_entry("bbl")
            .quantity(quantity)
            .with(move |facts| facts.earlier_quantity = Some(earlier))
            .cents(&policy)
    };
    assert_eq!(
        [counted("0", "2"), counted("0", "2.5"), counted("1.5", "1"), counted("2", "1"), counted("3", "1")],
        [600_000, 600_000, 150_000, 0, 0]
    );
    assert_eq!(an_entry("bbl").quantity(1).cents(&policy), 300_000);
}

#[test]
fn a_block_without_a_maximum_is_told() {
    let open = a_policy().block(Block { counts: None, ..by_year("p", 1200) });
    let entry = full_time("p", "2025-01-01", "2025-01-31");
    assert_eq!((entry.cents(&open), entry.notes(&open)), (10_000, vec![Code::NoMaximum]));
    assert!(entry.notes(&a_policy().block(by_year("p", 1200))).is_empty());
}

#[test]
fn what_cannot_be_is_refused_whatever_the_policy_says() {
    let policy = a_policy().block(a_block("cost", Measure::ActualCost(x(1))));
    let with = |change: fn(&mut trede_rules::social_return::EntryFacts)| {
        an_entry("cost").spent(1).with(change).errors(&policy)
    };
    assert_eq!(with(|facts| facts.hours_per_week = Some(x(-1))), one(Code::NegativeFact, "/hoursPerWeek"));
    assert_eq!(with(|facts| facts.quantity = Some(x(-1))), one(Code::NegativeFact, "/quantity"));
    assert_eq!(
        with(|facts| facts.earlier_quantity = Some(x(-1))),
        one(Code::NegativeFact, "/earlierQuantity")
    );
    assert_eq!(with(|facts| facts.euros = Some(x(-1))), one(Code::NegativeFact, "/amount"));
    assert_eq!(
        with(|facts| facts.full_time_year_hours = Some(x(0))),
        one(Code::NotPositive, "/fullTimeYearHours")
    );
    assert_eq!(an_entry("cost").spent(0).with(|facts| facts.hours_per_week = Some(x(0))).cents(&policy), 0);
    assert_eq!(
        an_entry("cost").spent(1).over("2025-01-02", "2025-01-01").errors(&policy),
        one(Code::PeriodReversed, "/period")
    );
    assert_eq!(an_entry("cost").spent(1).over("2025-01-01", "2025-01-01").cents(&policy), 100);
    assert_eq!(an_entry("other").errors(&policy), one(Code::UnknownBlock, "/block"));
    let long = an_entry(&"x".repeat(99));
    let found = trede_rules::social_return::value_of(&policy.0, &long.0).unwrap_err();
    assert_eq!(found[0].details, ["x".repeat(64)]);
    assert_eq!(an_entry("cost").spent("99999999999999999999").errors(&policy), one(Code::TooLarge, ""));
}

#[test]
fn the_steps_of_an_entry_end_at_the_cent() {
    let entry: Entry =
        an_entry("doelgroepregister").hours(20).over("2025-01-01", "2025-12-31").bonuses(&["50+"]);
    let steps = entry.valued(&utrecht(BonusProration::Flat)).steps;
    let codes: Vec<&str> = steps.iter().map(|step| step.rule.code()).collect();
    assert_eq!(
        codes,
        [
            "hours-factor-capped",
            "months-counted",
            "block-by-year",
            "flat-bonus",
            "entry-value",
            "to-the-cent"
        ]
    );
    assert_eq!(steps[5].result, x("37777.78"));
    let alone = full_time("doelgroepregister", "2025-01-01", "2025-12-31")
        .valued(&utrecht(BonusProration::Flat))
        .steps;
    assert!(alone.iter().all(|step| step.rule.code() != "entry-value"));
}
