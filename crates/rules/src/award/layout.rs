//! The tree of criteria laid out in one row, with what the calculation needs prepared once.

use std::ops::Range;

use super::commitment::OfferScoring;
use super::criterion::{Content, Criterion, Threshold};
use super::discount::DiscountTerms;
use super::model::{AwardModel, Method};
use super::numeric::NumericScoring;
use super::pso_level::LevelMeasure;
use super::straight_line::StraightLine;
use trede_base::exact::Exact;

/// The criteria of a model in document order.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What bids answer on.
    pub leaves: Vec<Leaf>,
    /// The groups above them.
    pub groups: Vec<Group>,
    /// What is held against the best bid.
    pub nodes: Vec<Node>,
    /// The price and cost leaves.
    pub prices: Vec<usize>,
    /// The leaves with a number that is held against the other bids' numbers.
    pub numbers: Vec<usize>,
    /// The leaves that can exclude a bid: by a minimum, a ceiling, or declared bounds.
    pub guards: Vec<usize>,
    /// Whether a level lowers the price.
    pub has_discount: bool,
    /// Whether a score is held against the mean of a field.
    pub counts_means: bool,
    /// The sum of the weights of all but the price (WQ).
    pub quality_weight: Exact,
    /// The sum of the weights of the price (WP).
    pub price_weight: Exact,
}

/// A criterion without sub-criteria.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// JSON pointer within the model.
    pub place: String,
    /// What a full score earns: the weight, the value in euros, or what it takes off the price.
    pub full: Exact,
    /// The straight line on which the answer scores, if it does.
    pub line: Option<WeightedLine>,
    /// The minimum.
    pub threshold: Threshold,
    /// What the leaf does in the total.
    pub role: Role,
    /// What it takes off the price, where it does and is no PSO level.
    pub discount: Option<DiscountTerms>,
    /// What is scored.
    pub content: Content,
}

impl Leaf {
    /// What a reader calls it: its title, or else its identifier.
    #[must_use]
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }

    fn can_exclude(&self) -> bool {
        !self.threshold.is_empty()
            || match &self.content {
                Content::Price { ceiling, corridor, .. }
                | Content::LifeCycleCost { ceiling, corridor, .. } => ceiling.is_some() || corridor.is_some(),
                Content::Commitment(_)
                | Content::Numeric(NumericScoring::Between { .. } | NumericScoring::Interpolated { .. }) => {
                    true
                }
                _ => false,
            }
    }
}

/// What a leaf does in the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The price with this index.
    Price(usize),
    /// It lowers the price.
    Discount,
    /// It adds its own points or value.
    Quality,
    /// It adds to what the node with this index holds against the best.
    InNode(usize),
    /// Its number is held against the other bids' numbers.
    RelativeNumber(usize),
    /// Nothing.
    Fixed,
}

/// A straight line with its slope in points or euros, so that no share without a finite decimal stands
/// between an answer and its score.
#[derive(Clone, Debug)]
pub struct WeightedLine {
    /// The line from answer to share.
    pub line: StraightLine,
    slope: Exact,
}

impl WeightedLine {
    fn new(line: StraightLine, full: &Exact) -> Self {
        let run = Exact::from(line.full()).minus(&Exact::from(line.zero()));
        WeightedLine { slope: full.over(&run).unwrap_or_default().simplified(), line }
    }

    /// What each one above zero earns in points or euros.
    #[must_use]
    pub fn slope(&self) -> &Exact {
        &self.slope
    }

    /// What `x` earns in points or euros.
    #[inline]
    #[must_use]
    pub fn earned(&self, x: &Exact) -> Exact {
        if self.line.zero().is_zero() {
            return x.times(&self.slope);
        }
        x.minus(&Exact::from(self.line.zero())).times(&self.slope)
    }
}

/// A group of criteria.
#[derive(Clone, Debug)]
pub struct Group {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// What full scores on all its criteria earn.
    pub full: Exact,
    /// The minimum.
    pub threshold: Threshold,
    /// Its leaves.
    pub leaves: Range<usize>,
}

impl Group {
    /// What a reader calls it: its title, or else its identifier.
    #[must_use]
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }
}

/// A criterion or group of which the best bid gets the full weight (relative quality).
#[derive(Clone, Debug)]
pub struct Node {
    /// The full weight.
    pub full: Exact,
    /// Its leaves.
    pub leaves: Range<usize>,
}

impl Layout {
    /// Lays out the criteria of a model that was checked.
    #[must_use]
    pub fn of(model: &AwardModel) -> Self {
        let mut layout = Layout {
            leaves: Vec::new(),
            groups: Vec::new(),
            nodes: Vec::new(),
            prices: Vec::new(),
            numbers: Vec::new(),
            guards: Vec::new(),
            has_discount: false,
            counts_means: model.method.uses_mean(),
            quality_weight: Exact::ZERO,
            price_weight: Exact::ZERO,
        };
        layout.add_all(&model.criteria, "/criteria", None);
        for (index, leaf) in layout.leaves.iter().enumerate() {
            if leaf.can_exclude() {
                layout.guards.push(index);
            }
            layout.counts_means |= matches!(&leaf.content, Content::Numeric(scoring) if scoring.uses_mean());
            match leaf.role {
                Role::Price(_) => layout.price_weight = layout.price_weight.plus(&leaf.full),
                Role::Discount => layout.has_discount = true,
                Role::Fixed => {}
                _ => layout.quality_weight = layout.quality_weight.plus(&leaf.full),
            }
        }
        if model.method == Method::RelativeQuality {
            layout.hold_everything_against_the_best();
        }
        layout
    }

    /// The leaf with this identifier.
    #[must_use]
    pub fn leaf(&self, id: &str) -> Option<&Leaf> {
        self.leaves.iter().find(|leaf| leaf.id == id)
    }

    /// The leaves of the criterion or group with this identifier.
    #[must_use]
    pub fn range_of(&self, id: &str) -> Option<Range<usize>> {
        let leaf = self.leaves.iter().position(|leaf| leaf.id == id).map(|index| index..index + 1);
        leaf.or_else(|| self.groups.iter().find(|group| group.id == id).map(|group| group.leaves.clone()))
    }

    /// Whether a leaf alone is held against the best.
    #[must_use]
    pub fn is_node_by_itself(&self, leaf: usize) -> bool {
        self.nodes.iter().any(|node| node.leaves == (leaf..leaf + 1))
    }

    /// The identifier of what a node holds against the best; none when that is all quality.
    #[must_use]
    pub fn name_of(&self, node: &Node) -> Option<&str> {
        let group =
            self.groups.iter().find(|group| group.leaves == node.leaves).map(|group| group.id.as_str());
        let leaf = || self.leaves.get(node.leaves.start).filter(|_| node.leaves.len() == 1);
        group.or_else(|| leaf().map(|leaf| leaf.id.as_str()))
    }

    fn hold_everything_against_the_best(&mut self) {
        for leaf in &mut self.leaves {
            if leaf.role == Role::Quality {
                leaf.role = Role::InNode(0);
            }
        }
        self.nodes = vec![Node { full: self.quality_weight.clone(), leaves: 0..self.leaves.len() }];
    }

    fn add_all(&mut self, criteria: &[Criterion], place: &str, node: Option<usize>) {
        for (index, criterion) in criteria.iter().enumerate() {
            self.add(criterion, format!("{place}/{index}"), node);
        }
    }

    fn add(&mut self, criterion: &Criterion, place: String, node: Option<usize>) {
        let full = Exact::from(criterion.full().unwrap_or_default());
        let start = self.leaves.len();
        let node = match (criterion.relative_to_best, node) {
            (true, None) => {
                self.nodes.push(Node { full: full.clone(), leaves: start..start });
                Some(self.nodes.len() - 1)
            }
            (_, node) => node,
        };
        if let Content::Group(children) = &criterion.content {
            let group = self.groups.len();
            self.groups.push(Group {
                id: criterion.id.clone(),
                title: criterion.title.clone(),
                full,
                threshold: criterion.threshold.clone(),
                leaves: start..start,
            });
            self.add_all(children, &format!("{place}/criteria"), node);
            let end = self.leaves.len();
            if let Some(group) = self.groups.get_mut(group) {
                group.leaves = start..end;
            }
        } else {
            let role = self.role_of(criterion, node, start);
            let line = line_of(&criterion.content).map(|line| WeightedLine::new(line, &full));
            self.leaves.push(Leaf {
                id: criterion.id.clone(),
                title: criterion.title.clone(),
                place,
                full,
                line,
                threshold: criterion.threshold.clone(),
                role,
                discount: criterion.discount,
                content: criterion.content.clone(),
            });
        }
        let end = self.leaves.len();
        if let (true, Some(node)) =
            (criterion.relative_to_best, node.and_then(|node| self.nodes.get_mut(node)))
        {
            node.leaves = start..end;
        }
    }

    fn role_of(&mut self, criterion: &Criterion, node: Option<usize>, leaf: usize) -> Role {
        match (&criterion.content, node) {
            (Content::FixedPrice(_), _) => Role::Fixed,
            (content, _) if content.is_price() => {
                self.prices.push(leaf);
                Role::Price(self.prices.len() - 1)
            }
            _ if criterion.is_discount() => Role::Discount,
            (Content::Numeric(scoring), _) if scoring.is_relative() => {
                self.numbers.push(leaf);
                Role::RelativeNumber(self.numbers.len() - 1)
            }
            (_, Some(node)) => Role::InNode(node),
            _ => Role::Quality,
        }
    }
}

/// The straight line on which a content scores, if it does.
fn line_of(content: &Content) -> Option<StraightLine> {
    match content {
        Content::AssessedQuality(scale) => scale.line(),
        Content::PsoLevel(table) => match &table.measure {
            LevelMeasure::Score(line) => Some(line.clone()),
            _ => None,
        },
        Content::Commitment(terms) => match &terms.scoring {
            OfferScoring::Line(line) => Some(line.clone()),
            OfferScoring::Steps(_) | OfferScoring::Points(_) => None,
        },
        Content::Numeric(NumericScoring::Between { line, .. }) => Some(line.clone()),
        _ => None,
    }
}
