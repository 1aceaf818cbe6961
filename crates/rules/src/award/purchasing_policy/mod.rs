//! What a municipality's purchasing policy (inkoopbeleid) asks of an award model, as data: how much social criteria
//! weigh at least, which methods are not used, what is a requirement only.
//!
//! The rules are the municipality's own, with its own words; nothing is asked where it wrote nothing. They are held
//! against a model before the tender is published, since criteria and weights never change afterwards (dir. 2014/24
//! art. 67(5); C-6/15 Dimarso).

mod finding;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use trede_base::exact::Exact;

use super::criterion::{Content, Criterion};
use super::model::AwardModel;
use crate::explaining::finding::Finding;

pub use finding::FindingCode;

/// What a criterion scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CriterionKind {
    /// The price (prijs).
    Price,
    /// The cost over the life cycle (levenscycluskosten).
    LifeCycleCost,
    /// Quality on a scale (kwaliteit).
    AssessedQuality,
    /// The PSO level (PSO-trede).
    PsoLevel,
    /// The social return commitment (toezegging).
    SocialReturnCommitment,
    /// A free number (getal).
    Numeric,
    /// A price that the buyer fixed (vaste prijs).
    FixedPrice,
}

/// One rule of the policy (beleidsregel).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchasingRule {
    /// Under which code an exception names it; unique in the policy.
    pub code: String,
    /// The policy's own text.
    pub text: String,
    /// For which tenders it holds.
    pub scope: RuleScope,
    /// What it asks.
    pub demand: Demand,
}

/// For which tenders a rule holds; what is none does not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleScope {
    /// From this estimated value on, in cents without VAT.
    pub from_value_cents: Option<i64>,
    /// Below this estimated value, in cents without VAT.
    pub below_value_cents: Option<i64>,
    /// Above the European threshold only, or below it only.
    pub above_threshold: Option<bool>,
    /// For tenders that are published on this day or later.
    pub starts_on: Option<NaiveDate>,
    /// For tenders that are published on this day at the latest.
    pub ends_on: Option<NaiveDate>,
    /// For what is bought under a CPV code that begins with one of these; empty: for all.
    pub cpv_prefixes: Vec<String>,
}

/// Which criteria a rule is about: of one of these kinds, or with one of these identifiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Kinds.
    pub kinds: Vec<CriterionKind>,
    /// Identifiers that the municipality always gives such a criterion.
    pub ids: Vec<String>,
}

/// What a rule asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// The selected criteria weigh at least so many percent of all (minimaal gewicht).
    LeastWeight(Selection, Decimal),
    /// The selected criteria weigh at most so many percent of all (maximaal gewicht).
    MostWeight(Selection, Decimal),
    /// None of these methods, by their codes (niet toegestane methodiek).
    MethodsNotUsed(Vec<String>),
    /// The selected criteria earn nothing: what they are about is a requirement only (alleen als eis).
    NotRewarded(Selection),
}

/// A tender that is about to be published, as far as a rule looks at it.
#[derive(Clone, Copy, Debug)]
pub struct PlannedTender<'a> {
    /// The award model of one of its lots.
    pub model: &'a AwardModel,
    /// The estimated value in cents, without VAT.
    pub value_cents: Option<i64>,
    /// Whether it lies above the European threshold.
    pub above_threshold: Option<bool>,
    /// The day on which it is published.
    pub published_on: NaiveDate,
    /// What is bought, by its CPV codes.
    pub cpv_codes: &'a [String],
}

/// How a model stands to a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The rule is not about this tender.
    OutOfScope,
    /// It is kept.
    Kept,
    /// It is broken; with the share in percent that was found, where it asks one.
    Broken(Option<Exact>),
    /// A person must judge, since this is not known.
    Undecided(Unknown),
}

/// What a rule needs and the tender does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The estimated value.
    Value,
    /// Whether that lies above the European threshold.
    Threshold,
    /// A share of the weight: the method has no weights, or a selected criterion lowers the price.
    Share,
}

/// What is wrong with a list of rules: each with a code and a text of its own, a scope that leaves something, and a
/// demand that can be kept and broken.
#[must_use]
pub fn check(rules: &[PurchasingRule]) -> Vec<Finding<FindingCode>> {
    let mut found = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let at = format!("/rules/{index}");
        if rules.iter().take(index).any(|earlier| earlier.code == rule.code) {
            found.push(Finding::new(FindingCode::DuplicateCode, format!("{at}/code"), [rule.code.clone()]));
        }
        if rule.text.trim().is_empty() {
            found.push(Finding::new(FindingCode::TextMissing, format!("{at}/text"), []));
        }
        found.extend(rule.scope.findings().into_iter().map(|it| it.below(&format!("{at}/scope"))));
        found.extend(rule.demand.findings().into_iter().map(|it| it.below(&format!("{at}/demand"))));
    }
    found
}

impl Judgement {
    /// Whether the tender needs an exception, with a reason.
    #[must_use]
    pub const fn needs_exception(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::Undecided(_))
    }
}

impl PurchasingRule {
    /// Holds the rule against a tender. Bounds of value and days belong to the rule, but for
    /// [`RuleScope::below_value_cents`], which does not; a weight that is met exactly is met.
    #[must_use]
    pub fn judge(&self, tender: &PlannedTender<'_>) -> Judgement {
        match self.scope.holds_for(tender) {
            Ok(false) => Judgement::OutOfScope,
            Ok(true) => self.demand.judge(tender.model),
            // What the value could not change needs no value.
            Err(unknown) => match self.demand.judge(tender.model) {
                Judgement::Kept => Judgement::Kept,
                _ => Judgement::Undecided(unknown),
            },
        }
    }
}

impl RuleScope {
    fn findings(&self) -> Vec<Finding<FindingCode>> {
        let mut found = Vec::new();
        let negative = |cents: Option<i64>| cents.is_some_and(i64::is_negative);
        if negative(self.from_value_cents) || negative(self.below_value_cents) {
            found.push(Finding::new(FindingCode::ScopeEmpty, "/fromValue", []));
        }
        if let (Some(from), Some(below)) = (self.from_value_cents, self.below_value_cents)
            && from >= below
        {
            found.push(Finding::new(FindingCode::ScopeEmpty, "/belowValue", []));
        }
        if let (Some(starts), Some(ends)) = (self.starts_on, self.ends_on)
            && ends < starts
        {
            found.push(Finding::new(FindingCode::ScopeEmpty, "/endsOn", []));
        }
        for (index, prefix) in self.cpv_prefixes.iter().enumerate() {
            let is_prefix = (2..=8).contains(&prefix.len()) && prefix.bytes().all(|it| it.is_ascii_digit());
            if !is_prefix {
                let details = [prefix.chars().take(32).collect()];
                found.push(Finding::new(FindingCode::NoCpvPrefix, format!("/cpvPrefixes/{index}"), details));
            }
        }
        found
    }

    fn holds_for(&self, tender: &PlannedTender<'_>) -> Result<bool, Unknown> {
        let begins = self.starts_on.is_none_or(|day| day <= tender.published_on);
        let goes_on = self.ends_on.is_none_or(|day| tender.published_on <= day);
        let is_bought = self.cpv_prefixes.is_empty()
            || tender.cpv_codes.iter().any(|code| self.cpv_prefixes.iter().any(|it| code.starts_with(it)));
        if !(begins && goes_on && is_bought) {
            return Ok(false);
        }
        if let Some(asked) = self.above_threshold {
            match tender.above_threshold {
                None => return Err(Unknown::Threshold),
                Some(is) if is != asked => return Ok(false),
                Some(_) => {}
            }
        }
        if self.from_value_cents.is_none() && self.below_value_cents.is_none() {
            return Ok(true);
        }
        let value = tender.value_cents.ok_or(Unknown::Value)?;
        Ok(self.from_value_cents.is_none_or(|from| from <= value)
            && self.below_value_cents.is_none_or(|below| value < below))
    }
}

impl Demand {
    fn findings(&self) -> Vec<Finding<FindingCode>> {
        let (field, selection, percent) = match self {
            Self::LeastWeight(selection, percent) => ("leastWeight", Some(selection), Some(*percent)),
            Self::MostWeight(selection, percent) => ("mostWeight", Some(selection), Some(*percent)),
            Self::NotRewarded(selection) => ("notRewarded", Some(selection), None),
            Self::MethodsNotUsed(_) => ("methodsNotUsed", None, None),
        };
        let mut found = Vec::new();
        let selects = match self {
            Self::MethodsNotUsed(methods) => !methods.is_empty(),
            _ => selection.is_some_and(|it| !it.kinds.is_empty() || !it.ids.is_empty()),
        };
        if !selects {
            found.push(Finding::new(FindingCode::NothingSelected, format!("/{field}"), []));
        }
        if let Some(percent) = percent.filter(|it| !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(it)) {
            let place = format!("/{field}/percent");
            found.push(Finding::new(FindingCode::NotAPercentage, place, [percent.to_string()]));
        }
        found
    }

    fn judge(&self, model: &AwardModel) -> Judgement {
        let kept_if = |is_kept: bool, share: Option<Exact>| {
            if is_kept { Judgement::Kept } else { Judgement::Broken(share) }
        };
        match self {
            Self::MethodsNotUsed(methods) => {
                kept_if(!methods.iter().any(|code| code == model.method.code()), None)
            }
            Self::NotRewarded(selection) => kept_if(!selection.earns(&model.criteria), None),
            Self::LeastWeight(selection, percent) => match selection.share(model) {
                None => Judgement::Undecided(Unknown::Share),
                Some(share) => kept_if(share >= Exact::from(*percent), Some(share)),
            },
            Self::MostWeight(selection, percent) => match selection.share(model) {
                None => Judgement::Undecided(Unknown::Share),
                Some(share) => kept_if(share <= Exact::from(*percent), Some(share)),
            },
        }
    }
}

impl Selection {
    fn has(&self, criterion: &Criterion) -> bool {
        self.ids.contains(&criterion.id)
            || kind_of(&criterion.content).is_some_and(|kind| self.kinds.contains(&kind))
    }

    /// The criteria that are selected, the highest in the tree where one stands below another.
    fn of<'a>(&self, criteria: &'a [Criterion]) -> Vec<&'a Criterion> {
        criteria
            .iter()
            .flat_map(|criterion| match &criterion.content {
                _ if self.has(criterion) => vec![criterion],
                Content::Group(parts) => self.of(parts),
                _ => Vec::new(),
            })
            .collect()
    }

    fn earns(&self, criteria: &[Criterion]) -> bool {
        self.of(criteria)
            .iter()
            .any(|criterion| criterion.is_discount() || criterion.full().is_some_and(|full| !full.is_zero()))
    }

    /// The share of the weight in percent; none where weights do not say it.
    fn share(&self, model: &AwardModel) -> Option<Exact> {
        let weights = |criteria: &[&Criterion]| {
            let weights: Option<Vec<Exact>> = criteria.iter().map(|it| weight(it)).collect();
            weights.map(|weights| Exact::sum(&weights))
        };
        let selected = self.of(&model.criteria);
        if selected.iter().any(|criterion| criterion.is_discount()) {
            return None;
        }
        let all: Vec<&Criterion> = model.criteria.iter().filter(|it| !it.is_discount()).collect();
        let all = weights(&all)?;
        weights(&selected)?.times(&Exact::HUNDRED).over(&all)
    }
}

/// The weight of a criterion, or of all that stands below it; none where it has none.
fn weight(criterion: &Criterion) -> Option<Exact> {
    match (&criterion.content, criterion.weight) {
        (_, Some(weight)) => Some(Exact::from(weight)),
        // All pay it alike, so it is never weighed.
        (Content::FixedPrice(_), None) => Some(Exact::ZERO),
        (Content::Group(parts), None) => {
            let weights: Option<Vec<Exact>> = parts.iter().map(weight).collect();
            weights.map(|weights| Exact::sum(&weights))
        }
        (_, None) => None,
    }
}

const fn kind_of(content: &Content) -> Option<CriterionKind> {
    match content {
        Content::Group(_) => None,
        Content::Price { .. } => Some(CriterionKind::Price),
        Content::LifeCycleCost { .. } => Some(CriterionKind::LifeCycleCost),
        Content::AssessedQuality(_) => Some(CriterionKind::AssessedQuality),
        Content::PsoLevel(_) => Some(CriterionKind::PsoLevel),
        Content::Commitment(_) => Some(CriterionKind::SocialReturnCommitment),
        Content::Numeric(_) => Some(CriterionKind::Numeric),
        Content::FixedPrice(_) => Some(CriterionKind::FixedPrice),
    }
}
