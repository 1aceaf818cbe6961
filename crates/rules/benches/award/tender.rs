//! A tender that looks like a real one and is the same in each run.

use rust_decimal::Decimal;
use trede_base::money::Price;
use trede_rules::award::bid::{Answer, Bid};
use trede_rules::award::commitment::{AboveMaximum, CommitmentTerms, Measure, OfferScoring};
use trede_rules::award::criterion::{Content, Criterion, Threshold};
use trede_rules::award::discount::DiscountOrder;
use trede_rules::award::model::{AwardModel, DropOut, Method, WeightUnit, ZeroPrice};
use trede_rules::award::pso_level::{LevelMeasure, LevelTable};
use trede_rules::award::quality::{AssessedScore, Normalisation, Scale};
use trede_rules::award::{DeclaredModel, Lot, Rounding};
use trede_rules::pso::{Ladder, PsoRules, Standing};

/// One, in numbers of ten decimals.
const TEN_DECIMALS: i64 = 10_000_000_000;

/// In cents.
pub fn price(bid: usize) -> u64 {
    50_000_000 + (bid as u64 * 7_919_777) % 40_000_000
}

/// A score in tenths.
pub fn tenths(bid: usize, criterion: usize) -> u64 {
    40 + (bid as u64 * 31 + criterion as u64 * 17 + bid as u64 * criterion as u64 * 7) % 61
}

/// A price, a PSO level, a commitment and assessed quality, scored by some method.
pub struct Tender {
    pub bids: usize,
    pub criteria: usize,
    pub method: Method,
    /// Whether scales and scores have ten decimals, so that every criterion has a denominator of its own.
    pub odd_scales: bool,
    /// The least total that stays in the ranking.
    pub total_threshold: Option<Decimal>,
    /// Whether each assessed criterion gives the best bid the full weight.
    pub relative: bool,
}

impl Tender {
    /// A relative price beside scores in tenths.
    pub fn of(bids: usize, criteria: usize) -> Self {
        let method = Method::RelativeLowest;
        Tender { bids, criteria, method, odd_scales: false, total_threshold: None, relative: false }
    }

    pub fn lot(&self) -> Lot {
        Lot::new(DeclaredModel::check(self.model()).unwrap(), self.all_bids(), None).unwrap()
    }

    pub fn model(&self) -> AwardModel {
        let ladder = Ladder::published("pso-2023").unwrap();
        let mut criteria =
            vec![self.price(), criterion("pso", 6, levels(&ladder)), criterion("offer", 4, commitment())];
        for number in 0..self.criteria - 3 {
            let mut assessed =
                criterion(&format!("q{number}"), 3, Content::AssessedQuality(self.scale(number)));
            assessed.relative_to_best = self.relative;
            criteria.push(assessed);
        }
        let pso = PsoRules {
            ladder,
            mappings: Vec::new(),
            level_date: None,
            consortium: None,
            equivalence: None,
            motivation: None,
        };
        AwardModel {
            method: self.method.clone(),
            weight_unit: Some(WeightUnit::Points),
            criteria,
            knock_outs: Vec::new(),
            total_threshold: self.total_threshold,
            rounding: Rounding::None,
            drop_out: Some(DropOut::Recompute),
            discount_order: DiscountOrder::OneAfterAnother,
            ties: Vec::new(),
            winners: None,
            zero_price: ZeroPrice::Refuse,
            abnormally_low: Vec::new(),
            assessment: None,
            pso: Some(pso),
            motivation: None,
            above_threshold: None,
        }
    }

    fn price(&self) -> Criterion {
        let mut price = criterion(
            "price",
            40,
            Content::Price { per_unit: false, ceiling: None, corridor: None, sheet: None },
        );
        price.weight = price.weight.filter(|_| self.method.weighs_price());
        price
    }

    fn scale(&self, criterion: usize) -> Scale {
        let criterion = criterion as i64;
        let odd =
            Decimal::new((7 + criterion % 5) * TEN_DECIMALS + 1_234_567_891 + criterion * 71_234_567, 10);
        Scale {
            lowest: Decimal::ZERO,
            highest: if self.odd_scales { odd } else { Decimal::TEN },
            normalisation: Normalisation::ShareOfHighest,
            marks: Vec::new(),
            step: None,
        }
    }

    fn score(&self, bid: usize, criterion: usize) -> Decimal {
        if !self.odd_scales {
            return Decimal::new(tenths(bid, criterion).cast_signed(), 1);
        }
        let (bid, criterion) = (bid as i64, criterion as i64);
        let rest = (bid * 131 + criterion * 977) * 1_009_003 % TEN_DECIMALS;
        Decimal::new((bid * 7 + criterion * 3) % 7 * TEN_DECIMALS + rest, 10)
    }

    pub fn all_bids(&self) -> Vec<Bid> {
        let ladder = Ladder::published("pso-2023").unwrap();
        (0..self.bids).map(|bid| self.bid(bid, &ladder)).collect()
    }

    fn bid(&self, bid: usize, ladder: &Ladder) -> Bid {
        let price = Price::payable(Decimal::new(price(bid).cast_signed(), 2)).unwrap();
        let mut answers =
            vec![Answer::Price(price), Answer::Level, Answer::Offer(Decimal::from(1 + bid % 5))];
        let scores = (0..self.criteria - 3).map(|criterion| self.score(bid, criterion));
        answers.extend(scores.map(|score| Answer::Score(AssessedScore::given(score))));
        Bid {
            id: format!("b{bid:05}"),
            bidder: None,
            received_at: None,
            answers,
            facts: Vec::new(),
            standing: Standing::Single(ladder.rank_of(&format!("trede-{}", 1 + bid % 3)).unwrap()),
            notes: Vec::new(),
            initial_price: None,
            exclusion: None,
        }
    }
}

fn levels(ladder: &Ladder) -> Content {
    let rows = [
        ("aspirant", 0),
        ("basistrede", 0),
        ("trede-1", 2),
        ("trede-2", 4),
        ("trede-3", 6),
        ("trede-3-30+", 6),
    ];
    let rows = rows.map(|(code, value)| (ladder.rank_of(code).unwrap(), Decimal::from(value)));
    Content::PsoLevel(LevelTable::new(LevelMeasure::Points, ladder.levels().len(), &rows))
}

fn commitment() -> Content {
    let (least, most) = (Decimal::ONE, Decimal::from(5));
    let line = CommitmentTerms::line(Normalisation::BetweenBounds, least, most).unwrap();
    Content::Commitment(CommitmentTerms {
        measure: Measure::Percentage,
        minimum: least,
        maximum: most,
        above_maximum: AboveMaximum::Clip,
        scoring: OfferScoring::Line(line),
    })
}

fn criterion(id: &str, weight: i64, content: Content) -> Criterion {
    Criterion {
        id: id.to_owned(),
        title: None,
        weight: Some(Decimal::from(weight)),
        value: None,
        threshold: Threshold::default(),
        relative_to_best: false,
        discount: None,
        content,
    }
}
