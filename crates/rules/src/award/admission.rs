//! Which bids take part: knock-outs, minimums, ceilings and declared bounds. Equal to the minimum passes,
//! and a minimum holds even if one bid remains (C-546/16 Montte).

use super::bid::{Answer, Bid, Fact};
use super::check::DeclaredModel;
use super::commitment::AboveMaximum;
use super::criterion::{Content, Threshold};
use super::layout::Leaf;
use super::model::Bound;
use super::numeric::NumericScoring;
use super::scoring::CriterionScore;
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
        /// What a reader calls the criterion or group.
        name: String,
        /// What it reached.
        reached: Exact,
        /// The bound.
        bound: Exact,
    },
    /// The price or number is outside the declared bounds.
    OutsideBounds {
        /// What a reader calls the criterion.
        name: String,
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
    /// Whether it depends on the other bids too, so that it is found anew for every set of bids.
    #[must_use]
    pub fn by_the_set(&self) -> bool {
        matches!(self, Exclusion::NoPoints | Exclusion::TotalBelowMinimum { .. })
    }

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
                format!("does not meet the requirement: {}", named(title, id))
            }
            (Exclusion::KnockOut { id, title }, Language::Dutch) => {
                format!("voldoet niet aan de eis: {}", named(title, id))
            }
            (Exclusion::Threshold { name, reached, bound }, Language::English) => {
                format!("reaches {} on {name}, where the bound is {}", number(reached), number(bound))
            }
            (Exclusion::Threshold { name, reached, bound }, Language::Dutch) => {
                format!("haalt {} op {name}, waar de grens {} is", number(reached), number(bound))
            }
            (Exclusion::OutsideBounds { name, value }, Language::English) => {
                format!("gives {} on {name}, outside the declared bounds", number(value))
            }
            (Exclusion::OutsideBounds { name, value }, Language::Dutch) => {
                format!("geeft {} op {name}, buiten de vastgelegde grenzen", number(value))
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

/// What a bid reached by itself, criterion by criterion.
pub trait Reached {
    /// The answer that was scored: price, score, value of the level, offer or number.
    fn raw(&self, leaf: usize) -> Option<Exact>;

    /// The weighted score as it counts, of what is not held against other bids.
    fn declared(&self, leaf: usize) -> Option<Exact>;
}

impl Reached for [CriterionScore] {
    fn raw(&self, leaf: usize) -> Option<Exact> {
        self.get(leaf).map(|score| score.raw.clone())
    }

    fn declared(&self, leaf: usize) -> Option<Exact> {
        self.get(leaf).map(|score| score.declared.clone())
    }
}

/// Everything that excludes a bid, by its own answers and absolute scores.
#[must_use]
pub fn exclusions<S: Reached + ?Sized>(declared: &DeclaredModel, bid: &Bid, scores: &S) -> Vec<Exclusion> {
    let mut found = Vec::new();
    for (knock_out, fact) in declared.model.knock_outs.iter().zip(&bid.facts) {
        if !meets(knock_out.bound, *fact) {
            let title = knock_out.title.clone().unwrap_or_default();
            found.push(Exclusion::KnockOut { id: knock_out.id.clone(), title });
        }
    }
    for guard in &declared.layout.guards {
        let (leaf, answer) = (declared.layout.leaves.get(*guard), bid.answers.get(*guard));
        let (Some(leaf), Some(answer), Some(raw)) = (leaf, answer, scores.raw(*guard)) else { continue };
        found.extend(outside(leaf, answer, &raw));
        found.extend(refused_price(leaf, &raw));
        if !leaf.threshold.is_empty() {
            let points = scores.declared(*guard).unwrap_or_default();
            found.extend(missed(&leaf.threshold, leaf.name(), Some(&raw), &points, &leaf.full));
        }
    }
    for group in declared.layout.groups.iter().filter(|group| !group.threshold.is_empty()) {
        let points: Vec<Exact> = group.leaves.clone().filter_map(|leaf| scores.declared(leaf)).collect();
        let reached = Exact::sum(&points);
        found.extend(missed(&group.threshold, group.name(), None, &reached, &group.full));
    }
    found
}

fn named<'a>(title: &'a str, id: &'a str) -> &'a str {
    if title.is_empty() { id } else { title }
}

fn meets(bound: Bound, fact: Fact) -> bool {
    match (bound, fact) {
        (Bound::Minimum(minimum), Fact::Number(number)) => number >= minimum,
        (Bound::Maximum(maximum), Fact::Number(number)) => number <= maximum,
        (Bound::Met, Fact::Met(met)) => met,
        _ => false,
    }
}

fn outside(leaf: &Leaf, answer: &Answer, raw: &Exact) -> Option<Exclusion> {
    let excluded = match (&leaf.content, answer) {
        (Content::Commitment(terms), Answer::Offer(offer)) => {
            if *offer < terms.minimum {
                let (reached, bound) = (raw.clone(), Exact::from(terms.minimum));
                return Some(Exclusion::Threshold { name: leaf.name().to_owned(), reached, bound });
            }
            terms.above_maximum == AboveMaximum::Refuse && *offer > terms.maximum
        }
        (Content::Numeric(NumericScoring::Between { line, outside }), Answer::Number(number)) => {
            *outside == Outside::Reject && line.side(&Exact::from(*number)) != Side::Between
        }
        (Content::Numeric(NumericScoring::Interpolated { table, outside }), Answer::Number(number)) => {
            let inside = table.ends().is_some_and(|(lowest, highest)| (lowest..=highest).contains(number));
            *outside == Outside::Reject && !inside
        }
        _ => false,
    };
    excluded.then(|| Exclusion::OutsideBounds { name: leaf.name().to_owned(), value: raw.clone() })
}

/// Whether a price lies outside its corridor or above its ceiling: both judge the price that was bid.
pub(super) fn refused_price(leaf: &Leaf, price: &Exact) -> Vec<Exclusion> {
    let outside = leaf.content.corridor().filter(|corridor| corridor.rejects(price));
    let outside =
        outside.map(|_| Exclusion::OutsideBounds { name: leaf.name().to_owned(), value: price.clone() });
    let ceiling = leaf.content.ceiling().map(Exact::from).filter(|ceiling| price > ceiling);
    let above = ceiling.map(|ceiling| Exclusion::AboveCeiling { price: price.clone(), ceiling });
    outside.into_iter().chain(above).collect()
}

fn missed(
    threshold: &Threshold,
    name: &str,
    raw: Option<&Exact>,
    points: &Exact,
    full: &Exact,
) -> Option<Exclusion> {
    let percent = || points.times(&Exact::HUNDRED).over(full).unwrap_or_default();
    let miss = |reached: Exact, bound: Exact| Exclusion::Threshold { name: name.to_owned(), reached, bound };
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
