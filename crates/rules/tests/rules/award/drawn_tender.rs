//! Tenders of every method, content and rounding, drawn at random.

use proptest::prelude::*;
use rust_decimal::Decimal;
use trede_base::exact::Half;
use trede_rules::award::abnormally_low::{AbnormallyLowRule, AmountList};
use trede_rules::award::base_price::{DiscountOnBase, TwoSlopes};
use trede_rules::award::bid::DropOutStage;
use trede_rules::award::criterion::{Content, Criterion};
use trede_rules::award::discount::DiscountOrder;
use trede_rules::award::model::{Best, Decision, Method};
use trede_rules::award::price_formula::{Corridor, Floor};
use trede_rules::award::price_sheet::{PriceSheet, SheetLine};
use trede_rules::award::relative_mean::MeanFormula;
use trede_rules::award::rounding::{Decimals, Stages};
use trede_rules::award::straight_line::{Outside, StraightLine};
use trede_rules::award::{DeclaredModel, Lot, Rounding};

use super::drawn_criterion::{self as kinds, KINDS};
use crate::builders::bid::{Written, a_bid};
use crate::builders::criterion::{Declared, group, life_cycle, minimum_percent, price};
use crate::builders::model::{Model, a_model};
use crate::builders::n;

/// How a tender was drawn: short numbers as people write them, or so long that whole numbers overflow.
#[derive(Clone, Debug)]
pub struct Drawn {
    method: usize,
    rounding: usize,
    prices: usize,
    recompute: bool,
    minimum: bool,
    long: bool,
    each_on_bid: bool,
    /// Kind and weight of each criterion besides the price.
    criteria: Vec<(usize, i64)>,
    bids: Vec<DrawnBid>,
}

#[derive(Clone, Debug)]
struct DrawnBid {
    cents: i64,
    level: usize,
    gone: bool,
    /// In millionths of what may be answered.
    answers: Vec<i64>,
}

const METHODS: usize = 21;
const ROUNDINGS: usize = 10;

pub fn drawn() -> impl Strategy<Value = Drawn> {
    let criteria = prop::collection::vec((0..KINDS, 1_i64..9_999), 1..7);
    let answers = prop::collection::vec(prop_oneof![0_i64..=1_000_000, Just(500_000), Just(1_000_000)], 7);
    let bid = (1_i64..900_000_000, 0_usize..5, prop::bool::weighted(0.1), answers)
        .prop_map(|(cents, level, gone, answers)| DrawnBid { cents, level, gone, answers });
    let flags = (any::<bool>(), prop::bool::weighted(0.3), prop::bool::weighted(0.3), any::<bool>());
    let rules = (0..METHODS, 0..ROUNDINGS, 0_usize..6);
    (rules, flags, criteria, prop::collection::vec(bid, 1..7)).prop_map(
        |((method, rounding, prices), (recompute, minimum, long, each_on_bid), criteria, bids)| Drawn {
            method,
            rounding,
            prices,
            recompute,
            minimum,
            long,
            each_on_bid,
            criteria,
            bids,
        },
    )
}

impl Drawn {
    fn method(&self) -> Method {
        let base = n(8_000_000);
        match self.method {
            0 | 1 => Method::RelativeLowest,
            2 => Method::LinearOnLowest(Floor::Zero),
            3 => Method::LowestToHighest,
            4 => Method::QualityMarkUp,
            5 => Method::PriceQualityRatio(n(1000)),
            6 => Method::PricePerPoint,
            7 => {
                Method::DiscountOnBase(DiscountOnBase { base, significant_percent: n(5), floor: Floor::Zero })
            }
            8 => Method::TwoSlopes(TwoSlopes { base, at_mean_percent: n(85) }),
            9 => Method::RelativeToMean(MeanFormula::Ratio { capped: true }),
            10 => Method::RelativeToMean(MeanFormula::Linear { floor: Floor::Zero, capped: false }),
            11 | 12 => Method::AwardOnValue,
            13 => Method::FictitiousDiscount,
            14 => Method::LowestPrice,
            15 => Method::UtilityIndex,
            16 => Method::QualityOnly,
            17 => Method::RelativeQuality,
            18 => Method::ExtendedRatio(n(10), Decision::MostPoints),
            19 => Method::AbsoluteLinear,
            _ => Method::Features,
        }
    }

    /// The kind of a criterion, or another in its place that the method knows.
    fn kind(&self, index: usize) -> usize {
        let kind = self.criteria[index].0;
        match self.method() {
            Method::FictitiousDiscount | Method::LowestPrice => kinds::as_discount(kind),
            Method::QualityOnly => kinds::earning(kind),
            Method::RelativeQuality | Method::UtilityIndex => kinds::earning_alone(kind),
            _ => kind,
        }
    }

    fn weight(&self, mantissa: i64) -> Decimal {
        // The shares of features add up to less than one.
        let scale = if self.method() == Method::Features { 4 } else { 0 };
        let (long, short) =
            (Decimal::new(mantissa * 1_000_000_007_123, 11 + scale), Decimal::new(mantissa, 2 + scale));
        if self.long { long } else { short }
    }

    fn criterion(&self, index: usize) -> Criterion {
        let full = self.weight(self.criteria[index].1);
        let criterion = kinds::of_kind(self.kind(index), &format!("c{index}"), full);
        match self.method() {
            _ if criterion.is_discount() => criterion,
            method if method.values_in_euros() => criterion.worth(full),
            _ => criterion.weighs(full),
        }
    }

    /// The price criteria: one price, two, a price sheet, or the cost over a life cycle.
    fn prices(&self) -> Vec<Criterion> {
        let method = self.method();
        let weigh = |criterion: Criterion| {
            if method.weighs_price() { criterion.weighs(self.weight(4_000)) } else { criterion }
        };
        let several = method.allows_several_prices() || method.sums_prices();
        let mut prices = match self.prices {
            _ if !method.uses_price() => Vec::new(),
            2 if several => vec![price("price"), price("second")],
            3 => {
                let line = |id: &str, quantity| SheetLine { id: id.to_owned(), quantity: n(quantity) };
                let lines = vec![line("hour", "2.5"), line("day", "0.333")];
                let mut priced = price("price");
                if let Content::Price { sheet, .. } = &mut priced.content {
                    *sheet = Some(PriceSheet { lines, line_decimals: self.recompute.then_some(2) });
                }
                vec![priced]
            }
            4 => vec![life_cycle(3, "4.5")],
            _ => vec![price("price")],
        };
        if method == Method::AbsoluteLinear {
            for price in &mut prices {
                let (Content::Price { corridor, .. } | Content::LifeCycleCost { corridor, .. }) =
                    &mut price.content
                else {
                    continue;
                };
                *corridor = Some(Corridor {
                    line: StraightLine::new(n(9_000_000), n(1_000_000)).unwrap(),
                    below: Outside::Clip,
                    above: Outside::Reject,
                    place: "/criteria/0/corridor".to_owned(),
                });
            }
        }
        prices.into_iter().map(weigh).collect()
    }

    fn rounding(&self) -> Rounding {
        let up = |decimals| Some(Decimals { decimals, half: Half::Up });
        let even = |decimals| Some(Decimals { decimals, half: Half::Even });
        let none = Stages::default();
        match self.rounding {
            0 => Rounding::Criterion { decimals: 0, half: Half::Even },
            1 => Rounding::Criterion { decimals: 1, half: Half::Up },
            2 => Rounding::Criterion { decimals: 3, half: Half::Even },
            3 => Rounding::Total { decimals: 2, half: Half::Up },
            4 => Rounding::Several(Stages { criterion: up(2), total: even(1), ..none }),
            5 => Rounding::Several(Stages { price: up(0), criterion: even(1), ..none }),
            6 => Rounding::Several(Stages { share: up(3), criterion: up(2), ..none }),
            7 => Rounding::Several(Stages { price: even(2), total: up(3), ..none }),
            _ => Rounding::None,
        }
    }

    fn model(&self) -> Model {
        let method = self.method();
        let mut model = a_model()
            .by(method.clone())
            .flagging(AbnormallyLowRule::BelowMedian { percent: n(30), prices: AmountList::Final });
        if !method.weighs_price() && !method.weighs_quality() {
            model = model.without_weights();
        }
        if self.recompute {
            model = model.recomputing();
        }
        model = self.prices().into_iter().fold(model, Model::criterion);
        let mut criteria: Vec<Criterion> =
            (0..self.criteria.len()).map(|index| self.criterion(index)).collect();
        let groups = |criterion: &Criterion| criterion.weight.is_some() && kinds::is_own(criterion);
        if self.minimum && criteria.len() > 1 && criteria.iter().take(2).all(groups) {
            let rest = criteria.split_off(2);
            let weight = criteria.iter().filter_map(|criterion| criterion.weight).sum::<Decimal>();
            let pair: [Criterion; 2] = criteria.try_into().unwrap();
            model = model.criterion(group("g", pair).weighs(weight).at_least(minimum_percent(20)));
            criteria = rest;
        }
        let threshold = (self.minimum && method.best() == Best::Highest).then(|| n(9));
        criteria.into_iter().fold(model, Model::criterion).pso().with(|model| {
            (model.rounding, model.total_threshold) = (self.rounding(), threshold);
            if self.each_on_bid {
                model.discount_order = DiscountOrder::EachOnBid;
            }
        })
    }

    fn bid(&self, index: usize) -> Written {
        let drawn = &self.bids[index];
        let euros = Decimal::new(drawn.cents, 2);
        let written = a_bid(&format!("B{index}"));
        let yearly = [drawn.cents / 1_000, drawn.cents / 777, 12];
        let written = match self.prices {
            3 => written.sheet([euros, Decimal::new(drawn.cents, 3).round_dp(2)]),
            4 => written.costs(euros, &yearly, drawn.cents / 10_000),
            _ => written.price(euros).price_of("second", Decimal::new(drawn.cents / 7, 2)),
        };
        let level = ["none", "trede-1", "trede-2", "trede-3"].get(drawn.level);
        let mut written = match level {
            Some(level) => written.level(level),
            None => written.levels(&[("trede-1", 33), ("trede-3", 67)]),
        };
        for index in 0..self.criteria.len() {
            let share = self.share(drawn.answers[index]);
            written = kinds::answered(written, self.kind(index), &format!("c{index}"), share);
        }
        if drawn.gone { written.dropped_out(DropOutStage::AfterRanking) } else { written }
    }

    /// Tenths, or more decimals than whole numbers have room for.
    fn share(&self, millionths: i64) -> Decimal {
        let share = Decimal::new(millionths, 6);
        if self.long { share * n("0.9999999999937") } else { share.round_dp(1) }
    }

    /// The lot; none where the model was refused.
    pub fn lot(&self) -> Option<Lot> {
        let declared = DeclaredModel::check(self.model().0).ok()?;
        let bids = (0..self.bids.len()).map(|bid| self.bid(bid).for_model(&declared)).collect();
        Some(Lot::new(declared, bids, None).unwrap())
    }
}

#[test]
fn most_drawn_tenders_can_be_scored_by_every_method_and_in_whole_numbers() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let (mut runner, mut made, mut whole) = (TestRunner::deterministic(), [0; METHODS], [0; METHODS]);
    for _ in 0..1_500 {
        let drawn = drawn().new_tree(&mut runner).unwrap().current();
        let Some(lot) = drawn.lot() else { continue };
        made[drawn.method] += 1;
        whole[drawn.method] += usize::from(lot.in_whole_numbers() > 0);
    }
    assert!(made.iter().all(|made| *made >= 15), "{made:?}");
    assert!(whole.iter().all(|whole| *whole >= 8), "{whole:?} of {made:?}");
}
