//! Progress (voortgang): where a contract stands on a day, and where it will end.
//!
//! Nothing here is a decision: the settlement alone says what is short. Everything follows from what is owed,
//! the sums of the ledger, the plan that was agreed and the day, without any threshold of ours:
//!
//! - *expected by now*: what the plan says by today, or without planned amounts an even share of the term;
//! - *forecast*: see [`ForecastMethod`];
//! - *at risk*: the forecast does not reach what is owed; *behind*: it does, but less is realised than expected
//!   by now, or a deadline passed undone.

use chrono::NaiveDate;

use super::obligation_state::ObligationState;
use super::plan::Milestone;
use trede_base::period::Period;
use trede_base::words;

words! {
    /// How the end of a contract was forecast (prognosemethode).
    pub enum ForecastMethod is "forecast method" {
        /// What is realised and submitted, and nothing more: the contract has not begun or has ended
        /// (stand van zaken).
        AsBooked = "as-booked",
        /// What is realised and submitted, and what the plan says for the days to come (plan).
        Plan = "plan",
        /// What is realised and submitted, as much a day for the rest of the term (doorgetrokken tempo).
        RunRate = "run-rate",
    }
}

words! {
    /// How a contract stands (status).
    pub enum ProgressStatus is "progress status" {
        /// By the forecast it will not reach what is owed (risico).
        AtRisk = "at-risk",
        /// It will, but it lags, or a deadline passed undone (achter).
        Behind = "behind",
        /// Nothing is known of what is owed: no policy was chosen (onbepaald).
        Undetermined = "undetermined",
        /// It will reach what is owed (op schema).
        OnTrack = "on-track",
        /// Settled, or nothing is owed (afgerond).
        Closed = "closed",
    }
}

/// What is known of a contract on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its term.
    pub term: Period,
    /// How far its obligation is.
    pub state: ObligationState,
    /// What is owed, in cents; none without a policy.
    pub owed_cents: Option<i64>,
    /// What counts by the ledger, after the maximum of each block, in cents.
    pub realised_cents: i64,
    /// What waits for a decision, in cents.
    pub submitted_cents: i64,
    /// Its deadlines and the milestones of its plan, the earliest first.
    pub milestones: Vec<Milestone>,
}

/// Where a contract stands, and where it will end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What was to be realised by today, in cents.
    pub expected_cents: i64,
    /// What the plan says for the days to come, in cents.
    pub planned_cents: i64,
    /// What will be realised at the end of the term, in cents.
    pub forecast_cents: i64,
    /// How that was forecast.
    pub method: ForecastMethod,
    /// The least and the most of what each method comes to, with and without what waits for a decision, in cents.
    pub range_cents: (i64, i64),
    /// By which day how much was to be realised in all, in cents: a line from each to the next. At a milestone of a
    /// plan it goes up at once.
    pub expected_line: Vec<(NaiveDate, i64)>,
    /// How it stands.
    pub status: ProgressStatus,
    /// How much less is realised and submitted than expected by now, in cents; at least zero.
    pub lag_cents: i64,
    /// The next deadline that is still to be met.
    pub next_deadline: Option<Milestone>,
    /// How many deadlines passed undone.
    pub missed_deadlines: usize,
}

impl Standing {
    /// Where it stands on a day, and where it will end.
    #[must_use]
    pub fn on(&self, today: NaiveDate) -> Progress {
        let open = || self.milestones.iter().filter(|milestone| milestone.done_on.is_none());
        let missed_deadlines = open().filter(|milestone| milestone.due_on < today).count();
        let booked_cents = self.realised_cents.saturating_add(self.submitted_cents);
        let planned_cents = self.planned(|due_on| due_on > today);
        let expected_cents = self.expected(today);
        let (forecast_cents, method) = self.forecast(today, booked_cents, planned_cents);
        let lags = self.realised_cents < expected_cents || missed_deadlines > 0;
        let status = match self.owed_cents {
            _ if self.is_closed() => ProgressStatus::Closed,
            None => ProgressStatus::Undetermined,
            Some(owed) if forecast_cents < owed => ProgressStatus::AtRisk,
            Some(owed) if lags && self.realised_cents < owed => ProgressStatus::Behind,
            Some(_) => ProgressStatus::OnTrack,
        };
        Progress {
            expected_cents,
            planned_cents,
            forecast_cents,
            method,
            range_cents: self.range(today, booked_cents, planned_cents),
            expected_line: self.expected_line(),
            status,
            lag_cents: expected_cents.saturating_sub(booked_cents).max(0),
            next_deadline: open().find(|milestone| milestone.due_on >= today).cloned(),
            missed_deadlines,
        }
    }

    fn is_closed(&self) -> bool {
        use ObligationState::{Excused, Exempt, Fulfilled, Sanctioned, Withdrawn};
        matches!(self.state, Excused | Exempt | Fulfilled | Sanctioned | Withdrawn)
            || self.owed_cents == Some(0)
    }

    fn planned(&self, counts: impl Fn(NaiveDate) -> bool) -> i64 {
        self.milestones
            .iter()
            .filter(|milestone| counts(milestone.due_on))
            .filter_map(|milestone| milestone.planned_cents)
            .fold(0, i64::saturating_add)
    }

    fn has_plan(&self) -> bool {
        self.milestones.iter().any(|milestone| milestone.planned_cents.is_some())
    }

    fn expected(&self, today: NaiveDate) -> i64 {
        if self.has_plan() {
            return self.planned(|due_on| due_on <= today);
        }
        let elapsed = self.elapsed_days(today);
        share(self.owed_cents.unwrap_or_default(), elapsed, self.term_days())
    }

    fn forecast(&self, today: NaiveDate, booked: i64, planned: i64) -> (i64, ForecastMethod) {
        let (elapsed, whole) = (self.elapsed_days(today), self.term_days());
        if elapsed == 0 || elapsed >= whole {
            return (booked, ForecastMethod::AsBooked);
        }
        if planned > 0 {
            return (booked.saturating_add(planned), ForecastMethod::Plan);
        }
        (share(booked, whole, elapsed), ForecastMethod::RunRate)
    }

    /// Where the methods that can be used leave the end: also where nothing of what waits is approved.
    fn range(&self, today: NaiveDate, booked: i64, planned: i64) -> (i64, i64) {
        let (elapsed, whole) = (self.elapsed_days(today), self.term_days());
        let runs = elapsed > 0 && elapsed < whole;
        let ends = [self.realised_cents, booked].into_iter().flat_map(|cents| {
            let paced = if runs { share(cents, whole, elapsed) } else { cents };
            let by_plan = Some(cents.saturating_add(planned)).filter(|_| runs && planned > 0);
            by_plan.into_iter().chain([paced])
        });
        ends.fold((i64::MAX, i64::MIN), |(least, most), end| (least.min(end), most.max(end)))
    }

    fn expected_line(&self) -> Vec<(NaiveDate, i64)> {
        let start = (self.term.from, 0);
        if !self.has_plan() {
            return vec![start, (self.term.until, self.owed_cents.unwrap_or_default())];
        }
        let mut planned: Vec<(NaiveDate, i64)> = self
            .milestones
            .iter()
            .filter_map(|milestone| Some((milestone.due_on, milestone.planned_cents?)))
            .collect();
        planned.sort_unstable();
        let mut sum: i64 = 0;
        let line = planned.into_iter().flat_map(|(due_on, cents)| {
            let before = sum;
            sum = sum.saturating_add(cents);
            [(due_on, before), (due_on, sum)]
        });
        [start].into_iter().chain(line).collect()
    }

    fn term_days(&self) -> i64 {
        days(self.term).max(1)
    }

    /// The days of the term that are over, today included.
    fn elapsed_days(&self, today: NaiveDate) -> i64 {
        days(Period { from: self.term.from, until: today.min(self.term.until) }).max(0)
    }
}

/// The days of a period, both ends included.
fn days(period: Period) -> i64 {
    (period.until - period.from).num_days().saturating_add(1)
}

/// The part of an obligation that falls in a year, by the days of the term that do, in cents.
#[must_use]
pub fn share_in(owed_cents: i64, term: Period, year: Period) -> i64 {
    let within = Period { from: term.from.max(year.from), until: term.until.min(year.until) };
    share(owed_cents, days(within).max(0), days(term).max(1))
}

/// The part of an amount that falls on the days of a period up to and with a day, in cents: the parts of years that
/// follow each other are together the amount.
#[must_use]
pub fn share_until(cents: i64, period: Period, day: NaiveDate) -> i64 {
    let within = Period { from: period.from, until: period.until.min(day) };
    share(cents, days(within).max(0), days(period).max(1))
}

/// An amount times a fraction, half up to the cent. The denominator is positive.
fn share(cents: i64, numerator: i64, denominator: i64) -> i64 {
    let (numerator, denominator) = (i128::from(numerator), i128::from(denominator.max(1)));
    let doubled = i128::from(cents).saturating_mul(numerator).saturating_mul(2).saturating_add(denominator);
    i64::try_from(doubled.div_euclid(denominator * 2)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::following::plan::MilestoneKind;
    use trede_base::ids::Id;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year() -> Period {
        Period { from: day("2026-01-01"), until: day("2026-12-31") }
    }

    fn standing(realised: i64, submitted: i64) -> Standing {
        Standing {
            term: year(),
            state: ObligationState::Running,
            owed_cents: Some(36_500),
            realised_cents: realised,
            submitted_cents: submitted,
            milestones: Vec::new(),
        }
    }

    fn milestone(due_on: &str, planned_cents: Option<i64>) -> Milestone {
        Milestone {
            contract: Id::from_uuid(uuid::Uuid::nil()),
            id: Id::from_uuid(uuid::Uuid::nil()),
            kind: MilestoneKind::Plan,
            title: "Start".to_owned(),
            due_on: day(due_on),
            planned_cents,
            done_on: None,
        }
    }

    #[test]
    fn without_a_plan_the_pace_until_now_is_kept() {
        // 73 of 365 days: a fifth of the term.
        let progress = standing(7_000, 500).on(day("2026-03-14"));
        assert_eq!((progress.expected_cents, progress.lag_cents), (7_300, 0));
        assert_eq!((progress.forecast_cents, progress.method), (37_500, ForecastMethod::RunRate));
        assert_eq!(progress.status, ProgressStatus::Behind);
        assert_eq!(standing(7_300, 0).on(day("2026-03-14")).status, ProgressStatus::OnTrack);
        assert_eq!(standing(7_000, 0).on(day("2026-03-14")).status, ProgressStatus::AtRisk);
    }

    #[test]
    fn an_agreed_plan_says_what_is_expected_and_what_follows() {
        let mut contract = standing(10_000, 0);
        contract.milestones =
            vec![milestone("2026-02-01", Some(10_000)), milestone("2026-09-01", Some(26_500))];
        contract.milestones[0].done_on = Some(day("2026-01-31"));
        let progress = contract.on(day("2026-06-01"));
        assert_eq!((progress.expected_cents, progress.planned_cents), (10_000, 26_500));
        assert_eq!((progress.forecast_cents, progress.method), (36_500, ForecastMethod::Plan));
        assert_eq!(progress.status, ProgressStatus::OnTrack);
        assert_eq!(progress.next_deadline.unwrap().due_on, day("2026-09-01"));
    }

    #[test]
    fn a_range_holds_what_each_method_comes_to_with_and_without_what_waits() {
        let by_pace = standing(7_000, 500).on(day("2026-03-14"));
        assert_eq!(by_pace.range_cents, (35_000, 37_500));
        let mut contract = standing(7_000, 500);
        contract.milestones = vec![milestone("2026-09-01", Some(26_500))];
        assert_eq!(contract.on(day("2026-03-14")).range_cents, (33_500, 37_500));
        assert_eq!(standing(1_000, 200).on(day("2027-05-01")).range_cents, (1_000, 1_200));
    }

    #[test]
    fn an_expected_line_is_even_without_a_plan_and_goes_up_with_its_milestones() {
        let even = standing(0, 0).on(day("2026-03-14")).expected_line;
        assert_eq!(even, [(day("2026-01-01"), 0), (day("2026-12-31"), 36_500)]);
        let mut contract = standing(0, 0);
        contract.milestones = vec![
            milestone("2026-09-01", Some(26_500)),
            milestone("2026-02-01", Some(10_000)),
            milestone("2026-01-08", None),
        ];
        let planned = contract.on(day("2026-03-14")).expected_line;
        let steps = [("2026-01-01", 0), ("2026-02-01", 0), ("2026-02-01", 10_000), ("2026-09-01", 10_000)];
        assert_eq!(planned[..4], steps.map(|(on, cents)| (day(on), cents)));
        assert_eq!(planned[4..], [(day("2026-09-01"), 36_500)]);
    }

    #[test]
    fn a_deadline_that_passed_undone_puts_a_contract_behind() {
        let mut contract = standing(7_300, 0);
        contract.milestones = vec![milestone("2026-01-08", None)];
        let progress = contract.on(day("2026-03-14"));
        assert_eq!((progress.status, progress.missed_deadlines), (ProgressStatus::Behind, 1));
        assert_eq!(contract.on(day("2026-01-08")).missed_deadlines, 0);
    }

    #[test]
    fn before_and_after_the_term_only_what_is_booked_counts() {
        for today in ["2025-12-31", "2026-12-31", "2027-05-01"] {
            let progress = standing(1_000, 200).on(day(today));
            assert_eq!(
                (progress.forecast_cents, progress.method),
                (1_200, ForecastMethod::AsBooked),
                "{today}"
            );
        }
    }

    #[test]
    fn what_is_settled_or_never_owed_is_closed() {
        let settled = Standing { state: ObligationState::Fulfilled, ..standing(0, 0) };
        let free = Standing { owed_cents: Some(0), ..standing(0, 0) };
        let unknown = Standing { owed_cents: None, ..standing(0, 0) };
        let status = |contract: Standing| contract.on(day("2026-06-01")).status;
        assert_eq!(status(settled), ProgressStatus::Closed);
        assert_eq!(status(free), ProgressStatus::Closed);
        assert_eq!(status(unknown), ProgressStatus::Undetermined);
    }

    #[test]
    fn the_years_of_a_term_share_the_obligation() {
        let term = Period { from: day("2026-07-01"), until: day("2028-06-30") };
        let years =
            [("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31"), ("2028-01-01", "2028-12-31")];
        let shares =
            years.map(|(from, until)| share_in(73_100, term, Period { from: day(from), until: day(until) }));
        assert_eq!(shares, [18_400, 36_500, 18_200]);
        assert_eq!(share_in(73_100, term, year()), 18_400);
    }

    #[test]
    fn what_was_done_over_years_adds_up_to_the_whole() {
        let period = Period { from: day("2025-12-31"), until: day("2027-01-01") };
        let until = |text: &str| share_until(1_000, period, day(text));
        assert_eq!((until("2025-12-30"), until("2025-12-31"), until("2026-12-31")), (0, 3, 997));
        assert_eq!((until("2027-01-01"), until("2031-01-01")), (1_000, 1_000));
    }

    proptest! {
        #[test]
        fn any_standing_has_a_progress(
            owed in prop::option::of(any::<i64>()),
            realised: i64,
            submitted: i64,
            from in -100_000_i32..3_000_000,
            length in 0_i64..40_000,
            today in -100_000_i32..3_000_000,
        ) {
            let date = |number| NaiveDate::from_num_days_from_ce_opt(number).unwrap();
            let until = date(from) + chrono::TimeDelta::days(length);
            let contract = Standing {
                term: Period { from: date(from), until },
                owed_cents: owed,
                realised_cents: realised,
                submitted_cents: submitted,
                ..standing(0, 0)
            };
            let progress = contract.on(date(today));
            prop_assert!(progress.lag_cents >= 0);
            let (least, most) = progress.range_cents;
            prop_assert!(least <= progress.forecast_cents && progress.forecast_cents <= most);
        }
    }
}
