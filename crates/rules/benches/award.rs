//! How fast the award engine scores, as a ratio to a naive weighted sum of floats in the same run.
//!
//! `cargo bench --bench award`, with a part of a case's name for that case alone; beside it, `benches/pymcdm_compare.py` times pymcdm on the same sizes.

// A benchmark may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use rust_decimal::Decimal;
use trede_base::money::Price;
use trede_rules::award::bid::{Answer, Bid};
use trede_rules::award::commitment::{AboveMaximum, CommitmentTerms, Measure, OfferScoring};
use trede_rules::award::criterion::{Content, Criterion, Threshold};
use trede_rules::award::model::{AwardModel, DropOut, Method, WeightUnit, ZeroPrice};
use trede_rules::award::pso_level::{LevelMeasure, LevelTable};
use trede_rules::award::quality::{AssessedScore, Normalisation, Scale};
use trede_rules::award::robustness::drop_out_effects;
use trede_rules::award::{DeclaredModel, Lot, Rounding, evaluate};
use trede_rules::pso::{Ladder, PsoRules, Standing};

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    println!("{:<24}{:>14}{:>14}{:>10}", "case", "engine (µs)", "floats (µs)", "ratio");
    for (bids, criteria) in [(10, 6), (1_000, 20), (10_000, 20)] {
        let case = format!("score {bids}x{criteria}");
        if !case.contains(&wanted) {
            continue;
        }
        let lot = lot(bids, criteria);
        let engine = least(|| evaluate(black_box(&lot)));
        let floats = Floats::of(bids, criteria);
        let naive =
            if std::env::args().any(|a| a == "-x") { engine } else { least(|| floats.ranked_totals()) };
        report(&case, engine, naive);
    }
    for (bids, criteria) in [(100, 10), (1_000, 20)] {
        let case = format!("leave-one-out {bids}x{criteria}");
        if !case.contains(&wanted) {
            continue;
        }
        let lot = lot(bids, criteria);
        let engine = least(|| {
            let evaluation = evaluate(black_box(&lot)).unwrap();
            drop_out_effects(&lot, &evaluation)
        });
        let floats = Floats::of(bids, criteria);
        let naive = least(|| floats.leave_one_out());
        report(&case, engine, naive);
    }
}

fn report(case: &str, engine: Duration, naive: Duration) {
    let micros = |duration: Duration| duration.as_secs_f64() * 1e6;
    let ratio = micros(engine) / micros(naive);
    println!("{case:<24}{:>14.2}{:>14.2}{ratio:>10.1}", micros(engine), micros(naive));
}

/// The least time of a call, over about a second: what else the machine does only adds to it. What the call made is
/// dropped outside the clock.
fn least<T>(mut call: impl FnMut() -> T) -> Duration {
    let started = Instant::now();
    let mut times = Vec::new();
    while times.len() < 11 || started.elapsed() < Duration::from_secs(1) {
        let before = Instant::now();
        let made = black_box(call());
        times.push(before.elapsed());
        drop(made);
    }
    times.into_iter().min().unwrap()
}

/// Prices and scores that look like real ones and are the same in each run.
fn price(bid: usize) -> u64 {
    50_000_000 + (bid as u64 * 7_919_777) % 40_000_000
}

fn tenths(bid: usize, criterion: usize) -> u64 {
    40 + (bid as u64 * 31 + criterion as u64 * 17 + bid as u64 * criterion as u64 * 7) % 61
}

/// A relative price, assessed quality, a PSO level and a commitment.
fn lot(bids: usize, criteria: usize) -> Lot {
    let ladder = Ladder::published("pso-2023").unwrap();
    let rows = [
        ("aspirant", 0),
        ("basistrede", 0),
        ("trede-1", 2),
        ("trede-2", 4),
        ("trede-3", 6),
        ("trede-3-30+", 6),
    ];
    let rows: Vec<_> = rows.map(|(code, value)| (ladder.rank_of(code).unwrap(), Decimal::from(value))).into();
    let rank = |bid: usize| ladder.rank_of(&format!("trede-{}", 1 + bid % 3)).unwrap();
    let assessed = criteria - 3;
    let (least, most) = (Decimal::ONE, Decimal::from(5));
    let line = CommitmentTerms::line(Normalisation::BetweenBounds, least, most).unwrap();
    let commitment = CommitmentTerms {
        measure: Measure::Percentage,
        minimum: least,
        maximum: most,
        above_maximum: AboveMaximum::Clip,
        scoring: OfferScoring::Line(line),
    };
    let mut tree = vec![
        criterion("price", 40, Content::Price { per_unit: false, ceiling: None, corridor: None }),
        criterion(
            "pso",
            6,
            Content::PsoLevel(LevelTable::new(LevelMeasure::Points, ladder.levels().len(), &rows)),
        ),
        criterion("offer", 4, Content::Commitment(commitment)),
    ];
    for number in 0..assessed {
        let scale = Scale {
            lowest: Decimal::ZERO,
            highest: Decimal::TEN,
            normalisation: Normalisation::ShareOfHighest,
            marks: Vec::new(),
            step: None,
        };
        tree.push(criterion(&format!("q{number}"), 3, Content::AssessedQuality(scale)));
    }
    let bid = |bid: usize| {
        let price = Price::payable(Decimal::new(price(bid).cast_signed(), 2)).unwrap();
        let offer = Decimal::from(1 + bid % 5);
        let mut answers = vec![Answer::Price(price), Answer::Level, Answer::Offer(offer)];
        answers.extend((0..assessed).map(|criterion| {
            Answer::Score(AssessedScore::given(Decimal::new(tenths(bid, criterion).cast_signed(), 1)))
        }));
        Bid {
            id: format!("b{bid:05}"),
            bidder: None,
            received_at: None,
            answers,
            facts: Vec::new(),
            standing: Standing::Single(rank(bid)),
            notes: Vec::new(),
            initial_price: None,
            exclusion: None,
        }
    };
    let pso = PsoRules {
        mappings: Vec::new(),
        level_date: None,
        consortium: None,
        equivalence: None,
        motivation: None,
        ladder: ladder.clone(),
    };
    let model = AwardModel {
        method: Method::RelativeLowest,
        weight_unit: Some(WeightUnit::Points),
        criteria: tree,
        knock_outs: Vec::new(),
        total_threshold: None,
        rounding: Rounding::None,
        drop_out: Some(DropOut::Recompute),
        ties: Vec::new(),
        zero_price: ZeroPrice::Refuse,
        abnormally_low: Vec::new(),
        assessment: None,
        pso: Some(pso),
        motivation: None,
        above_threshold: None,
    };
    Lot::new(DeclaredModel::check(model).unwrap(), (0..bids).map(bid).collect(), None).unwrap()
}

fn criterion(id: &str, weight: i64, content: Content) -> Criterion {
    Criterion {
        id: id.to_owned(),
        title: None,
        weight: Some(Decimal::from(weight)),
        value: None,
        threshold: Threshold::default(),
        relative_to_best: false,
        content,
    }
}

/// The same sum in floats, without explanation.
struct Floats {
    prices: Vec<f64>,
    scores: Vec<Vec<f64>>,
}

impl Floats {
    fn of(bids: usize, criteria: usize) -> Self {
        let scores = |bid| (0..criteria - 1).map(|criterion| tenths(bid, criterion) as f64 / 10.0).collect();
        Floats {
            prices: (0..bids).map(|bid| price(bid) as f64 / 100.0).collect(),
            scores: (0..bids).map(scores).collect(),
        }
    }

    fn totals_without(&self, left_out: Option<usize>) -> Vec<(usize, f64)> {
        let taking_part = || (0..self.prices.len()).filter(|bid| Some(*bid) != left_out);
        let lowest = taking_part().map(|bid| self.prices[bid]).fold(f64::INFINITY, f64::min);
        let total = |bid: usize| {
            let quality: f64 = self.scores[bid].iter().map(|score| 3.0 * score / 10.0).sum();
            (bid, 40.0 * lowest / self.prices[bid] + quality)
        };
        taking_part().map(total).collect()
    }

    fn ranked_totals(&self) -> Vec<(usize, f64)> {
        let mut totals = self.totals_without(None);
        totals.sort_by(|a, b| b.1.total_cmp(&a.1));
        totals
    }

    fn leave_one_out(&self) -> Vec<usize> {
        let best = |left_out| {
            let totals = self.totals_without(Some(left_out));
            totals.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |best| best.0)
        };
        (0..self.prices.len()).map(best).collect()
    }
}
