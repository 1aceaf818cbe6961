//! Award models: `a_model().price(60).quality(40)`.

use trede_base::exact::Half;
use trede_rules::award::abnormally_low::{AbnormallyLowRule, LowBidRule};
use trede_rules::award::criterion::{Content, Criterion};
use trede_rules::award::discount::DiscountOrder;
use trede_rules::award::model::{
    Assessment, AwardModel, Bound, Combination, DropOut, KnockOut, Method, TieStep, WeightUnit, ZeroPrice,
};
use trede_rules::award::price_formula::Corridor;
use trede_rules::award::straight_line::{Outside, StraightLine};
use trede_rules::award::{DeclaredModel, Finding, FindingCode, Rounding};
use trede_rules::pso::{ConsortiumRule, Ladder, LevelDate, PsoRules};

use super::criterion::{Declared, assessed, price};
use super::{Number, n};

/// A model that is being written, and the corridor that its price gets.
#[derive(Clone)]
pub struct Model(pub AwardModel, Option<Corridor>);

/// A method, and the corridor of the price where it has one.
#[derive(Clone)]
pub struct By(pub Method, Option<Corridor>);

impl From<Method> for By {
    fn from(method: Method) -> Self {
        By(method, None)
    }
}

/// A model in points without a criterion: the lowest price takes all price points, ties go by lot, and nothing
/// is rounded.
pub fn a_model() -> Model {
    let model = AwardModel {
        method: Method::RelativeLowest,
        weight_unit: Some(WeightUnit::Points),
        criteria: Vec::new(),
        knock_outs: Vec::new(),
        total_threshold: None,
        rounding: Rounding::None,
        discount_order: DiscountOrder::OneAfterAnother,
        drop_out: Some(DropOut::KeepRanking),
        ties: vec![TieStep::Lot],
        winners: None,
        zero_price: ZeroPrice::Refuse,
        abnormally_low: vec![AbnormallyLowRule::BelowAmount(n(0)).into()],
        assessment: None,
        pso: None,
        motivation: Some("the goods are all alike".to_owned()),
        above_threshold: None,
    };
    Model(model, None)
}

impl Model {
    /// The method; a corridor goes to the price that is written after it.
    pub fn by(self, method: impl Into<By>) -> Self {
        let By(method, corridor) = method.into();
        Model(AwardModel { method, ..self.0 }, corridor)
    }

    /// A method without weights.
    pub fn without_weights(self) -> Self {
        Model(AwardModel { weight_unit: None, ..self.0 }, self.1)
    }

    pub fn criterion(mut self, criterion: Criterion) -> Self {
        self.0.criteria.push(criterion);
        self
    }

    /// A price criterion with this weight.
    pub fn price(self, weight: impl Number) -> Self {
        let mut price = price("price").weighs(weight);
        if let Content::Price { corridor, .. } = &mut price.content {
            corridor.clone_from(&self.1);
        }
        self.criterion(price)
    }

    /// A price criterion without a weight.
    pub fn bare_price(self) -> Self {
        self.criterion(price("price"))
    }

    /// A quality criterion with this weight, scored from 0 to 10.
    pub fn quality(self, weight: impl Number) -> Self {
        self.named("quality", weight)
    }

    pub fn named(self, id: &str, weight: impl Number) -> Self {
        self.criterion(assessed(id).weighs(weight))
    }

    /// A quality criterion that is worth so many euros.
    pub fn valued(self, id: &str, value: impl Number) -> Self {
        self.criterion(assessed(id).worth(value))
    }

    pub fn rounding_totals(mut self, decimals: u32) -> Self {
        self.0.rounding = Rounding::Total { decimals, half: Half::Up };
        self
    }

    pub fn rounding_criteria(mut self, decimals: u32) -> Self {
        self.0.rounding = Rounding::Criterion { decimals, half: Half::Up };
        self
    }

    pub fn recomputing(mut self) -> Self {
        self.0.drop_out = Some(DropOut::Recompute);
        self
    }

    pub fn ties(mut self, steps: &[TieStep]) -> Self {
        self.0.ties = steps.to_vec();
        self
    }

    pub fn total_at_least(mut self, minimum: impl Number) -> Self {
        self.0.total_threshold = Some(n(minimum));
        self
    }

    pub fn zero_takes_all(mut self) -> Self {
        self.0.zero_price = ZeroPrice::TakesAll;
        self
    }

    pub fn knock_out(mut self, id: &str, bound: Bound) -> Self {
        self.0.knock_outs.push(KnockOut { id: id.to_owned(), title: None, bound });
        self
    }

    pub fn flagging(mut self, rule: impl Into<LowBidRule>) -> Self {
        self.0.abnormally_low = vec![rule.into()];
        self
    }

    pub fn assessed_by(mut self, combine: Combination, flag_spread_above: Option<i64>) -> Self {
        self.0.assessment =
            Some(Assessment { combine, flag_spread_above: flag_spread_above.map(n), rounded_to: None });
        self
    }

    /// Rules around the level on the ladder of 2023, all declared.
    pub fn pso(mut self) -> Self {
        self.0.pso = Some(pso_rules());
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut AwardModel)) -> Self {
        change(&mut self.0);
        self
    }

    /// The model, which must be usable.
    pub fn declared(self) -> DeclaredModel {
        DeclaredModel::check(self.0).unwrap_or_else(|found| panic!("{found:?}"))
    }

    /// All findings in the model, errors and warnings.
    pub fn findings(self) -> Vec<Finding> {
        match DeclaredModel::check(self.0) {
            Ok(declared) => declared.warnings,
            Err(found) => found,
        }
    }

    /// The places at which a finding stands.
    pub fn places_of(self, code: FindingCode) -> Vec<String> {
        self.findings().into_iter().filter(|found| found.code == code).map(|found| found.place).collect()
    }

    /// Whether a finding stands in the model.
    pub fn tells(self, code: FindingCode) -> bool {
        !self.places_of(code).is_empty()
    }

    /// What a finding was filled in with, where it stands once.
    pub fn details_of(self, code: FindingCode) -> Vec<String> {
        let mut found: Vec<Finding> =
            self.findings().into_iter().filter(|found| found.code == code).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0).details
    }
}

/// The rules around the level with everything declared.
pub fn pso_rules() -> PsoRules {
    PsoRules {
        ladder: Ladder::published("pso-2023").unwrap(),
        mappings: Vec::new(),
        level_date: Some(LevelDate::Bid),
        consortium: Some(ConsortiumRule::Lowest),
        equivalence: Some("assessed by the buyer".to_owned()),
        motivation: Some("the work is done by people of the target group".to_owned()),
    }
}

/// A corridor from the price that earns nothing to the price that earns everything.
pub fn corridor(zero: impl Number, full: impl Number, below: Outside, above: Outside) -> By {
    let line = StraightLine::new(n(zero), n(full)).unwrap();
    let place = "/criteria/0/corridor".to_owned();
    By(Method::AbsoluteLinear, Some(Corridor { line, below, above, place }))
}
