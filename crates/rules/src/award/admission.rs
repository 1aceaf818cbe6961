//! Which bids take part: knock-outs, minimums, ceilings and declared bounds. Equal to the minimum passes,
//! and a minimum holds even if one bid remains (C-546/16 Montte).

use super::bid::{Answer, Bid, Fact};
use super::check::DeclaredModel;
use super::commitment::AboveMaximum;
use super::criterion::{Content, Threshold};
use super::layout::Leaf;
use super::model::{Bound, Method};
use super::numeric::NumericScoring;
use super::scoring::{CriterionScore, Parts};
use super::straight_line::{Outside, Side};
use crate::explaining::Language;
use trede_base::exact::Exact;

/// Why a bid is not ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exclusion {
    /// It dropped out, for this reason.
    DroppedOut(String),
    /// A knock-out is not met.
    KnockOut {
        /// Identifier of the knock-out.
        id: String,
        /// Its words.
        title: String,
    },
    /// It scores below a minimum, or above a maximum.
    Threshold {
        /// Identifier of the criterion or group.
        id: String,
        /// What it reached.
        reached: Exact,
        /// The bound.
        bound: Exact,
    },
    /// The price or number is outside the declared bounds.
    OutsideBounds {
        /// Identifier of the criterion.
        id: String,
        /// The price or number.
        value: Exact,
    },
    /// The price is above the ceiling.
    AboveCeiling {
        /// The price.
        price: Exact,
        /// The ceiling.
        ceiling: Exact,
    },
    /// Without points the price per point has no value.
    NoPoints,
    /// The total is below the minimum.
    TotalBelowMinimum {
        /// The total.
        total: Exact,
        /// The minimum.
        minimum: Exact,
    },
}

impl Exclusion {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Exclusion::DroppedOut(_) => "dropped-out",
            Exclusion::KnockOut { .. } => "knock-out",
            Exclusion::Threshold { .. } => "threshold",
            Exclusion::OutsideBounds { .. } => "outside-bounds",
            Exclusion::AboveCeiling { .. } => "above-ceiling",
            Exclusion::NoPoints => "no-points",
            Exclusion::TotalBelowMinimum { .. } => "total-below-minimum",
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn reason(&self, language: Language) -> String {
        let number = |number: &Exact| language.number(number);
        match (self, language) {
            (Exclusion::DroppedOut(reason), _) => reason.clone(),
            (Exclusion::KnockOut { id, title }, Language::English) => {
                format!("does not meet the knock-out {id}{}", after_colon(title))
            }
            (Exclusion::KnockOut { id, title }, Language::Dutch) => {
                format!("voldoet niet aan knock-outeis {id}{}", after_colon(title))
            }
            (Exclusion::Threshold { id, reached, bound }, Language::English) => {
                format!("reaches {} on {id}, where the bound is {}", number(reached), number(bound))
            }
            (Exclusion::Threshold { id, reached, bound }, Language::Dutch) => {
                format!("haalt {} op {id}, waar de grens {} is", number(reached), number(bound))
            }
            (Exclusion::OutsideBounds { id, value }, Language::English) => {
                format!("gives {} on {id}, outside the declared bounds", number(value))
            }
            (Exclusion::OutsideBounds { id, value }, Language::Dutch) => {
                format!("geeft {} op {id}, buiten de vastgelegde grenzen", number(value))
            }
            (Exclusion::AboveCeiling { price, ceiling }, Language::English) => {
                format!("the price {} is above the ceiling {}", number(price), number(ceiling))
            }
            (Exclusion::AboveCeiling { price, ceiling }, Language::Dutch) => {
                format!("de prijs {} is hoger dan het plafond {}", number(price), number(ceiling))
            }
            (Exclusion::NoPoints, Language::English) => {
                "earns no points, so the price per point has no value".to_owned()
            }
            (Exclusion::NoPoints, Language::Dutch) => {
                "behaalt geen punten, dus de prijs per punt heeft geen waarde".to_owned()
            }
            (Exclusion::TotalBelowMinimum { total, minimum }, Language::English) => {
                format!("the total {} is below the minimum {}", number(total), number(minimum))
            }
            (Exclusion::TotalBelowMinimum { total, minimum }, Language::Dutch) => {
                format!("het totaal {} is lager dan het minimum {}", number(total), number(minimum))
            }
        }
    }
}

/// Everything that excludes a bid, by its own answers and absolute scores.
#[must_use]
pub fn exclusions(
    declared: &DeclaredModel,
    bid: &Bid,
    scores: &[CriterionScore],
    parts: &Parts,
) -> Vec<Exclusion> {
    let mut found = Vec::new();
    for (knock_out, fact) in declared.model.knock_outs.iter().zip(&bid.facts) {
        if !meets(knock_out.bound, *fact) {
            let title = knock_out.title.clone().unwrap_or_default();
            found.push(Exclusion::KnockOut { id: knock_out.id.clone(), title });
        }
    }
    for guard in &declared.layout.guards {
        let (leaf, answer) = (declared.layout.leaves.get(*guard), bid.answers.get(*guard));
        let (Some(leaf), Some(answer), Some(score)) = (leaf, answer, scores.get(*guard)) else { continue };
        found.extend(outside(leaf, answer, score));
        if let Content::Price { ceiling: Some(ceiling), .. }
        | Content::LifeCycleCost { ceiling: Some(ceiling), .. } = &leaf.content
        {
            let ceiling = Exact::from(*ceiling);
            if score.raw > ceiling {
                found.push(Exclusion::AboveCeiling { price: score.raw.clone(), ceiling });
            }
        }
        if !leaf.threshold.is_empty() {
            found.extend(missed(&leaf.threshold, &leaf.id, Some(&score.raw), &score.declared, &leaf.full));
        }
    }
    found.extend(corridor(declared, parts));
    for group in declared.layout.groups.iter().filter(|group| !group.threshold.is_empty()) {
        let leaves = scores.get(group.leaves.clone()).unwrap_or_default();
        let reached = Exact::sum(leaves.iter().map(|score| &score.declared));
        found.extend(missed(&group.threshold, &group.id, None, &reached, &group.full));
    }
    found
}

fn after_colon(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(": {title}") }
}

fn meets(bound: Bound, fact: Fact) -> bool {
    match (bound, fact) {
        (Bound::Minimum(minimum), Fact::Number(number)) => number >= minimum,
        (Bound::Maximum(maximum), Fact::Number(number)) => number <= maximum,
        (Bound::Met, Fact::Met(met)) => met,
        _ => false,
    }
}

fn outside(leaf: &Leaf, answer: &Answer, score: &CriterionScore) -> Option<Exclusion> {
    let excluded = match (&leaf.content, answer) {
        (Content::Commitment(terms), Answer::Offer(offer)) => {
            if *offer < terms.minimum {
                let (reached, bound) = (score.raw.clone(), Exact::from(terms.minimum));
                return Some(Exclusion::Threshold { id: leaf.id.clone(), reached, bound });
            }
            terms.above_maximum == AboveMaximum::Refuse && *offer > terms.maximum
        }
        (Content::Numeric(NumericScoring::Between { line, outside }), Answer::Number(number)) => {
            *outside == Outside::Reject && line.side(&Exact::from(*number)) != Side::Between
        }
        _ => false,
    };
    excluded.then(|| Exclusion::OutsideBounds { id: leaf.id.clone(), value: score.raw.clone() })
}

fn corridor(declared: &DeclaredModel, parts: &Parts) -> Vec<Exclusion> {
    let Method::AbsoluteLinear(corridor) = &declared.model.method else { return Vec::new() };
    let rejects = |price: &Exact| match corridor.line.side(price) {
        Side::Between => false,
        Side::BeyondFull => corridor.below == Outside::Reject,
        Side::BeyondZero => corridor.above == Outside::Reject,
    };
    let leaves = declared.layout.prices.iter().filter_map(|leaf| declared.layout.leaves.get(*leaf));
    leaves
        .zip(&parts.prices)
        .filter(|(_, price)| rejects(price))
        .map(|(leaf, price)| Exclusion::OutsideBounds { id: leaf.id.clone(), value: price.clone() })
        .collect()
}

fn missed(
    threshold: &Threshold,
    id: &str,
    raw: Option<&Exact>,
    points: &Exact,
    full: &Exact,
) -> Option<Exclusion> {
    let percent = || points.times(&Exact::HUNDRED).over(full).unwrap_or_default();
    let miss = |reached: Exact, bound: Exact| Exclusion::Threshold { id: id.to_owned(), reached, bound };
    let below = |reached: Option<Exact>, minimum: Option<rust_decimal::Decimal>| {
        let (reached, minimum) = (reached?, Exact::from(minimum?));
        (reached < minimum).then(|| miss(reached, minimum))
    };
    let above = || {
        let (reached, maximum) = (raw?, Exact::from(threshold.maximum_score?));
        (*reached > maximum).then(|| miss(reached.clone(), maximum))
    };
    below(raw.cloned(), threshold.minimum_score)
        .or_else(above)
        .or_else(|| below(Some(points.clone()), threshold.minimum_points))
        .or_else(|| below(threshold.minimum_percent.map(|_| percent()), threshold.minimum_percent))
}
