//! Scales, marks, and how the scores of assessors become one.

use trede_rules::award::FindingCode;
use trede_rules::award::model::{Assessment, Combination};
use trede_rules::award::quality::{AssessedScore, CombinationError, Scale, ScaleError};

use crate::builders::bid::a_bid;
use crate::builders::criterion::{between_bounds, scale};
use crate::builders::model::a_model;
use crate::builders::scored::scored;
use crate::builders::{n, x};

fn read(scale: &Scale, score: i64) -> Result<rust_decimal::Decimal, ScaleError> {
    scale.read(&score.to_string(), Some(n(score)))
}

#[test]
fn the_ends_of_a_scale_can_be_given_and_what_lies_outside_is_refused() {
    let scale = scale(-2, 10);
    assert_eq!([read(&scale, -2), read(&scale, 10)], [Ok(n(-2)), Ok(n(10))]);
    for outside in [-3, 11] {
        let expected = ScaleError::Outside { score: n(outside), lowest: n(-2), highest: n(10) };
        assert_eq!(read(&scale, outside), Err(expected));
    }
}

fn marked() -> Scale {
    let marks = [("good", 8), ("fair", 4)].map(|(mark, score)| (mark.to_owned(), n(score)));
    Scale { marks: marks.to_vec(), ..scale(0, 10) }
}

#[test]
fn a_mark_is_read_by_its_name_or_its_score_and_nothing_between_marks_is() {
    assert_eq!(marked().read("good", None), Ok(n(8)));
    assert_eq!(read(&marked(), 4), Ok(n(4)));
    let marks = "good (8), fair (4)".to_owned();
    assert_eq!(read(&marked(), 5), Err(ScaleError::NoMark { score: "5".to_owned(), marks: marks.clone() }));
    assert_eq!(marked().read("bad", None), Err(ScaleError::NoMark { score: "bad".to_owned(), marks }));
    assert_eq!(scale(0, 10).read("bad", None), Err(ScaleError::NoNumber("bad".to_owned())));
}

#[test]
fn a_scale_has_a_line_unless_it_has_no_length() {
    assert_eq!(scale(2, 10).line().unwrap().share(&x(5)), x("0.5"));
    assert_eq!(between_bounds(2, 10).line().unwrap().share(&x(6)), x("0.5"));
    assert_eq!(scale(-5, 0).line(), None);
    assert_eq!(between_bounds(4, 4).line(), None);
}

fn assessment(combine: Combination, flag: Option<i64>) -> Assessment {
    Assessment { combine, flag_spread_above: flag.map(n), rounded_to: None }
}

fn individual(scores: &[i64]) -> Vec<(String, rust_decimal::Decimal)> {
    scores.iter().map(|score| ("assessor".to_owned(), n(*score))).collect()
}

#[test]
fn a_consensus_is_the_score_agreed_on_and_a_mean_may_not_be_given_as_well() {
    let consensus = assessment(Combination::Consensus, None);
    let mean = assessment(Combination::Mean, None);
    let combine = |rule, given: Option<i64>, scores: &[i64]| {
        AssessedScore::combine(rule, given.map(n), individual(scores))
            .map(|score| (score.score, score.combined))
    };
    assert_eq!(combine(Some(&consensus), Some(8), &[6, 7]), Ok((x(8), None)));
    assert_eq!(combine(Some(&consensus), None, &[6, 7]), Err(CombinationError::NoConsensus));
    assert_eq!(combine(Some(&mean), None, &[6, 7]), Ok((x("6.5"), Some(Combination::Mean))));
    assert_eq!(combine(Some(&mean), Some(8), &[6, 7]), Err(CombinationError::MeanAndScore));
    assert_eq!(combine(None, None, &[6, 7]), Err(CombinationError::Undeclared));
    assert_eq!(combine(Some(&mean), Some(8), &[]), Ok((x(8), None)));
    assert_eq!(combine(None, None, &[]), Err(CombinationError::Missing));
}

#[test]
fn a_spread_of_just_the_limit_is_not_flagged() {
    let rule = assessment(Combination::Consensus, Some(2));
    let flagged =
        |scores| AssessedScore::combine(Some(&rule), Some(n(7)), individual(scores)).unwrap().spread_flagged;
    assert_eq!([&[5, 7][..], &[5, 8], &[8, 6, 5]].map(flagged), [false, true, true]);
    let unlimited = assessment(Combination::Consensus, None);
    assert!(
        !AssessedScore::combine(Some(&unlimited), Some(n(7)), individual(&[0, 9])).unwrap().spread_flagged
    );
}

#[test]
fn a_flagged_spread_is_told_with_the_bid_and_the_criterion() {
    let wide = AssessedScore { spread_flagged: true, ..AssessedScore::given(n(1)) };
    let model = |flag| {
        a_model()
            .by(trede_rules::award::model::Method::QualityOnly)
            .quality(10)
            .named("plan", 5)
            .assessed_by(Combination::Consensus, flag)
    };
    let bids = || [a_bid("A").score("quality", 5).assessed("plan", wide.clone())];
    assert_eq!(scored(model(Some(2)), bids()).warned(FindingCode::SpreadFlagged), [["A", "plan"]]);
    assert!(scored(model(None), bids()).warned(FindingCode::SpreadFlagged).is_empty());
}

#[test]
fn a_median_is_the_middle_score_and_a_trimmed_mean_leaves_the_ends_out() {
    let of = |combine, scores: &[i64]| {
        AssessedScore::combine(Some(&assessment(combine, None)), None, individual(scores))
            .map(|score| score.score)
    };
    assert_eq!(of(Combination::Median, &[9, 2, 4]), Ok(x(4)));
    assert_eq!(of(Combination::Median, &[9, 2, 4, 5]), Ok(x("4.5")));
    assert_eq!(of(Combination::Median, &[7]), Ok(x(7)));
    assert_eq!(of(Combination::TrimmedMean, &[10, 0, 4, 7]), Ok(x("5.5")));
    assert_eq!(of(Combination::TrimmedMean, &[10, 0, 4]), Ok(x(4)));
    assert_eq!(of(Combination::TrimmedMean, &[10, 0]), Err(CombinationError::TooFew));
}

#[test]
fn a_score_between_two_steps_of_its_scale_is_refused() {
    let halves = Scale { step: Some(n("0.5")), ..scale(1, 10) };
    let given = |score: &str| halves.read(score, Some(n(score)));
    assert_eq!([given("1"), given("7.5"), given("10")], [Ok(n(1)), Ok(n("7.5")), Ok(n(10))]);
    let expected = ScaleError::OffStep { score: n("7.25"), lowest: n(1), step: n("0.5") };
    assert_eq!(given("7.25"), Err(expected));
}
