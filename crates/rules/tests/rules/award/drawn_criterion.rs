//! Criteria of every kind besides the price, drawn by number, and answers on them.

use rust_decimal::Decimal;
use trede_base::exact::Half;
use trede_rules::award::commitment::{AboveMaximum, OfferScoring};
use trede_rules::award::criterion::{Content, Criterion};
use trede_rules::award::discount::{DiscountMeasure, DiscountTerms};
use trede_rules::award::model::Combination;
use trede_rules::award::numeric::{NumericScoring, PointTable};
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::quality::AssessedScore;
use trede_rules::award::rounding::Decimals;
use trede_rules::award::straight_line::{Outside, StraightLine};

use crate::builders::bid::Written;
use crate::builders::criterion::{
    Declared, assessed, between_bounds, commitment, commitment_between, levels, minimum_percent,
    minimum_score, number, number_between, offer, on_scale, scale, steps,
};
use crate::builders::model::a_model;
use crate::builders::n;

/// Kinds that earn points by their own answer; from there on by the answers of others; from there on discounts.
const OWN: usize = 17;
const RELATIVE: usize = 24;
pub const KINDS: usize = 31;

/// A discount in place of any other kind.
pub fn as_discount(kind: usize) -> usize {
    RELATIVE + kind % (KINDS - RELATIVE)
}

/// A kind that earns points in place of a discount.
pub fn earning(kind: usize) -> usize {
    if kind < RELATIVE { kind } else { kind % OWN }
}

/// A kind that earns points by its own answer alone, in place of a discount or of one held against others.
pub fn earning_alone(kind: usize) -> usize {
    match kind % OWN {
        4 => 0,
        own => own,
    }
}

/// Whether its points can count for the minimum of a group.
pub fn is_own(criterion: &Criterion) -> bool {
    let relative = matches!(&criterion.content, Content::Numeric(scoring) if scoring.is_relative());
    !relative && !criterion.relative_to_best && !criterion.is_discount()
}

/// A criterion of which a full score earns `full`; a discount has a size of its own.
pub fn of_kind(kind: usize, id: &str, full: Decimal) -> Criterion {
    let shares = steps(&[("0", "0"), ("0.25", "33.3"), ("0.5", "50"), ("0.75", "100")]);
    let line = |full: i64| StraightLine::new(n(0), n(full)).unwrap();
    let part = |percent: i64| full * Decimal::new(percent, 2);
    let points = |rows: &[(&str, i64)]| {
        PointTable(rows.iter().map(|(from, percent)| (n(*from), part(*percent))).collect())
    };
    let between = |rows: &[(&str, i64)], outside| {
        number(id, NumericScoring::Interpolated { table: points(rows), outside })
    };
    let rising = [("0.1", 0), ("0.3", 25), ("0.9", 100)];
    let percent = |most: &str, cap: Option<i64>| DiscountTerms {
        measure: DiscountMeasure::Percent,
        most: n(most),
        cap: cap.map(n),
    };
    let amount = |most: Decimal| DiscountTerms { measure: DiscountMeasure::Amount, most, cap: None };
    let lowering = |terms, criterion| Criterion { discount: Some(terms), ..criterion };
    match kind {
        0 => on_scale(id, scale(0, 10)),
        1 => on_scale(id, between_bounds("-3.5", 7)),
        2 => on_scale(id, scale(0, 3)).at_least(minimum_score("0.6")),
        3 => on_scale(id, scale(0, "9.7")).at_least(minimum_percent("12.5")),
        4 => on_scale(id, scale(0, 6)).relative(),
        5 => {
            let rows = [("trede-1", part(25)), ("trede-2", part(60)), ("trede-3", full)];
            levels(id, LevelMeasure::Points, &rows)
        }
        6 => levels(id, LevelMeasure::Score(line(7)), &[("trede-1", 2), ("trede-2", 4), ("trede-3", 7)]),
        7 => commitment(id, "0.1", "0.9"),
        8 => commitment_between(id, "0.05", "0.8"),
        9 => {
            let mut refusing = offer(id, n("0.1"), n("0.95"), OfferScoring::Steps(shares));
            if let Content::Commitment(terms) = &mut refusing.content {
                terms.above_maximum = AboveMaximum::Refuse;
            }
            refusing
        }
        10 => number_between(id, "0.9", "0.2", Outside::Clip),
        11 => number_between(id, "0.05", "0.97", Outside::Reject),
        12 => number(id, NumericScoring::Steps(shares)),
        13 => number(id, NumericScoring::Points(points(&[("0.2", 100), ("0.7", 31)]))),
        14 => between(&rising, Outside::Clip),
        15 => between(&[("0.05", 77), ("0.4", 5), ("0.95", 100)], Outside::Reject),
        16 => offer(id, n("0.05"), n("0.9"), OfferScoring::Points(points(&[("0.1", 11), ("0.6", 100)]))),
        17 => number(id, NumericScoring::RelativeHighest),
        18 => number(id, NumericScoring::RelativeLowest),
        19 => number(id, NumericScoring::RangeLowest),
        20 => number(id, NumericScoring::RangeHighest),
        21 => number(id, NumericScoring::MeanOverNumber { capped: true }),
        22 => number(id, NumericScoring::NumberOverMean { capped: true }),
        23 => between(&rising, Outside::Clip).relative(),
        24 => lowering(percent("7.5", None), assessed(id)),
        25 => lowering(percent("10", Some(5_000)), on_scale(id, scale(0, 3)).at_least(minimum_score("0.6"))),
        26 => lowering(percent("3", None), commitment(id, "0.1", "0.9")),
        27 => {
            let table = PointTable(vec![(n("0.1"), n(0)), (n("0.4"), n(250))]);
            let scoring = NumericScoring::Interpolated { table, outside: Outside::Clip };
            lowering(amount(n(250)), number(id, scoring))
        }
        28 => lowering(percent("2.5", Some(700)), number(id, NumericScoring::Steps(shares))),
        29 => {
            let rows = [("trede-1", 1), ("trede-2", 4), ("trede-3", 7)];
            let mut level = levels(id, LevelMeasure::DiscountPercent, &rows);
            if let Content::PsoLevel(table) = &mut level.content {
                table.cap = Some(n(90_000));
            }
            level
        }
        _ => levels(id, LevelMeasure::DiscountAmount, &[("trede-1", 10), ("trede-2", 40), ("trede-3", 70)]),
    }
}

/// An answer on a criterion of this kind, from the least to the most that may be given.
pub fn answered(written: Written, kind: usize, id: &str, share: Decimal) -> Written {
    match kind {
        0 => written.assessed(id, mean(share * n(10), false)),
        1 => written.score(id, share * n("10.5") - n("3.5")),
        2 | 25 => written.assessed(id, mean(share * n(3), kind == 25)),
        3 => written.score(id, share * n("9.7")),
        4 => written.score(id, share * n(6)),
        24 => written.score(id, share * n(10)),
        5 | 6 | 29 | 30 => written,
        7..=9 | 16 | 26 => written.offer(id, share),
        _ => written.number(id, share),
    }
}

/// The mean of three assessors, a third of which has no finite decimal.
fn mean(score: Decimal, rounded: bool) -> AssessedScore {
    let mut assessment = a_model().assessed_by(Combination::Mean, None).0.assessment;
    if let Some(assessment) = assessment.as_mut().filter(|_| rounded) {
        assessment.rounded_to = Some(Decimals { decimals: 1, half: Half::Up });
    }
    let third = score.round_dp(0).min(n(1));
    let individual = [("x", score), ("y", score), ("z", third)].map(|(who, score)| (who.to_owned(), score));
    AssessedScore::combine(assessment.as_ref(), None, individual.into()).unwrap()
}
