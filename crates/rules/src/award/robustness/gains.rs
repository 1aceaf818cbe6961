//! How many points a loser lacked: on each assessed criterion the lowest score, at the step of its scale, with
//! which it wins.

use rust_decimal::Decimal;

use super::rival::Rival;
use crate::award::bid::{Answer, Bid};
use crate::award::criterion::Content;
use crate::award::layout::{Leaf, Role};
use crate::award::lot::Lot;
use crate::award::quality::{AssessedScore, Scale};
use crate::award::scoring::Parts;
use trede_base::exact::Exact;

/// The lowest score on one criterion with which a loser wins, all else being what it bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreMargin {
    /// The criterion.
    pub criterion: String,
    /// The score.
    pub score: Decimal,
    /// How many points (or euros of value) that is more than its own.
    pub points: Exact,
    /// Whether those points go into the total as they are, and not into what is held against the best.
    pub counts_as_it_is: bool,
}

/// The scores that can be given on an assessed criterion, lowest first: the marks, or the multiples of the step.
struct Grid {
    leaf: usize,
    marks: Vec<Decimal>,
    lowest: Decimal,
    step: Decimal,
    last: i64,
}

impl Grid {
    fn of(lot: &Lot, index: usize, leaf: &Leaf) -> Option<Self> {
        let Content::AssessedQuality(scale) = &leaf.content else { return None };
        // A score that lowers the price earns no points.
        if leaf.role == Role::Discount {
            return None;
        }
        let mut marks: Vec<Decimal> = scale.marks.iter().map(|(_, score)| *score).collect();
        marks.sort_unstable();
        marks.dedup();
        if !marks.is_empty() {
            let last = i64::try_from(marks.len()).ok()?.checked_sub(1)?;
            return Some(Grid { leaf: index, marks, lowest: scale.lowest, step: Decimal::ONE, last });
        }
        let step = scale.step.unwrap_or_else(|| finest(lot, index, scale));
        let run = Exact::from(scale.highest).minus(&Exact::from(scale.lowest)).over(&Exact::from(step))?;
        let last = run.floor_hundredths()?.checked_div(100)?;
        Some(Grid { leaf: index, marks, lowest: scale.lowest, step, last })
    }

    /// The first place on which so many points are earned; none where the grid does not say.
    fn place_of(&self, leaf: &Leaf, points: &Exact) -> Option<i64> {
        if !self.marks.is_empty() || self.last < 1 {
            return None;
        }
        let earned = |place: i64| Some(leaf.line.as_ref()?.earned(&Exact::from(self.score(place)?)));
        let (first, second) = (earned(0)?, earned(1)?);
        let places = points.minus(&first).over(&second.minus(&first))?.negated().floor_hundredths()?;
        // Rounded up, which is minus the floor of the negative.
        let place = places.div_euclid(100).checked_neg()?;
        (0..=self.last).contains(&place).then_some(place)
    }

    fn score(&self, place: i64) -> Option<Decimal> {
        if !self.marks.is_empty() {
            return self.marks.get(usize::try_from(place).ok()?).copied();
        }
        Decimal::from(place).checked_mul(self.step)?.checked_add(self.lowest).map(|score| score.normalize())
    }
}

/// The step of the last decimal with which a score on the criterion is written, where none is declared.
fn finest(lot: &Lot, leaf: usize, scale: &Scale) -> Decimal {
    let mut decimals = scale.lowest.normalize().scale().max(scale.highest.normalize().scale());
    for bid in lot.bids() {
        let Some(Answer::Score(score)) = bid.answers.get(leaf) else { continue };
        let one = (!score.is_combined()).then(|| score.score.finite()).flatten();
        let written = score.individual.iter().map(|(_, score)| *score).chain(one);
        decimals = written.map(|score| score.normalize().scale()).max().unwrap_or(0).max(decimals);
    }
    Decimal::new(1, decimals)
}

/// What is known of how many points win: fewer lose and more win, whatever criterion they come from.
struct Bracket {
    loses: Exact,
    wins: Option<Exact>,
}

impl Bracket {
    fn new() -> Self {
        Bracket { loses: Exact::ZERO, wins: None }
    }

    fn holds(&mut self, gain: &Exact, wins: impl FnOnce() -> bool) -> bool {
        if *gain <= self.loses {
            return false;
        }
        if self.wins.as_ref().is_some_and(|known| gain >= known) {
            return true;
        }
        let won = wins();
        if won {
            self.wins = Some(gain.clone());
        } else {
            self.loses = gain.clone();
        }
        won
    }
}

/// The lowest winning score on each assessed criterion on which there is one.
pub(super) fn score_margins(rival: &Rival<'_>) -> Vec<ScoreMargin> {
    let layout = &rival.lot.declared().layout;
    let mut plain = Bracket::new();
    let mut nodes: Vec<Bracket> = layout.nodes.iter().map(|_| Bracket::new()).collect();
    let mut found = Vec::new();
    for (index, leaf) in layout.leaves.iter().enumerate() {
        let Some(grid) = Grid::of(rival.lot, index, leaf) else { continue };
        let bracket = match leaf.role {
            Role::InNode(node) => nodes.get_mut(node),
            _ => Some(&mut plain),
        };
        found.extend(bracket.and_then(|bracket| on_criterion(rival, leaf, &grid, bracket)));
    }
    found
}

fn on_criterion(rival: &Rival<'_>, leaf: &Leaf, grid: &Grid, bracket: &mut Bracket) -> Option<ScoreMargin> {
    let own = rival.outcome.scores().get(grid.leaf)?;
    let in_node = matches!(leaf.role, Role::InNode(_));
    let gain = |place: i64| {
        let score = Exact::from(grid.score(place)?);
        let earned = leaf.line.as_ref()?.earned(&score);
        // What is held against the best is rounded after that.
        let own_points = if in_node { leaf.line.as_ref()?.earned(&own.raw) } else { own.declared.clone() };
        let rounding = rival.lot.declared().model.rounding;
        let counts = if in_node { earned } else { rounding.of_criterion(&earned, &leaf.full) };
        (score > own.raw).then(|| counts.minus(&own_points))
    };
    // What is known to win on another criterion tells where to look first.
    let known = bracket.wins.clone().filter(|_| !in_node);
    let mut wins_at = |place: i64| {
        let Some(gain) = gain(place) else { return false };
        bracket.holds(&gain, || rival.wins(&more(rival.outcome, leaf.role, &gain)))
    };
    let guess = known.and_then(|least| grid.place_of(leaf, &own.declared.plus(&least)));
    let place = match guess {
        Some(place) if wins_at(place) && (place == 0 || !wins_at(place - 1)) => place,
        _ => first_that(0, grid.last, &mut wins_at)?,
    };
    let (score, points) = (grid.score(place)?, gain(place)?);
    // A maximum on the criterion, or on a group, can stand in the way.
    let as_bid = with_score(rival.bid, grid.leaf, score);
    rival.wins_as(&as_bid).then(|| ScoreMargin {
        criterion: leaf.id.clone(),
        score,
        points,
        counts_as_it_is: !in_node,
    })
}

/// The least number of points that wins: on one criterion where one has so many left, else over several, in steps
/// of the finest of them.
pub(super) fn least_points(rival: &Rival<'_>, margins: &[ScoreMargin]) -> Option<Exact> {
    let on_one = margins.iter().filter(|margin| margin.counts_as_it_is).map(|margin| &margin.points).min();
    if let Some(points) = on_one {
        return Some(points.simplified());
    }
    let declared = rival.lot.declared();
    let (mut room, mut step): (Exact, Option<Exact>) = (Exact::ZERO, None);
    for (index, leaf) in declared.layout.leaves.iter().enumerate() {
        if leaf.role != Role::Quality {
            continue;
        }
        let (Some(grid), Some(own)) = (Grid::of(rival.lot, index, leaf), rival.outcome.scores().get(index))
        else {
            continue;
        };
        let line = leaf.line.as_ref()?;
        let earned = |place: i64| grid.score(place).map(|score| line.earned(&Exact::from(score)));
        let (first, second, last) = (earned(0)?, earned(1.min(grid.last))?, earned(grid.last)?);
        let points = declared.model.rounding.of_criterion(&second.minus(&first), &leaf.full);
        room = room.plus(&last.minus(&own.declared));
        if points.is_positive() && step.as_ref().is_none_or(|step| points < *step) {
            step = Some(points);
        }
    }
    let step = step?;
    let most = room.over(&step)?.floor_hundredths()?.checked_div(100)?;
    let gain = |steps: i64| step.times(&Exact::from(Decimal::from(steps)));
    let mut wins = |steps: i64| rival.wins(&more(rival.outcome, Role::Quality, &gain(steps)));
    first_that(1, most, &mut wins).map(|steps| gain(steps).simplified())
}

/// The parts with more points of their own.
fn more(outcome: &crate::award::Outcome, role: Role, gain: &Exact) -> Parts {
    let mut parts = outcome.parts.clone();
    match role {
        Role::InNode(node) => {
            if let Some(points) = parts.nodes.get_mut(node) {
                *points = points.plus(gain);
            }
        }
        _ => parts.quality = parts.quality.plus(gain),
    }
    parts
}

fn with_score(bid: &Bid, leaf: usize, score: Decimal) -> Bid {
    let mut bid = bid.clone();
    if let Some(answer) = bid.answers.get_mut(leaf) {
        *answer = Answer::Score(AssessedScore::given(score));
    }
    bid
}

/// The lowest whole number from `from` to `to` for which a rising condition holds.
fn first_that(from: i64, to: i64, holds: &mut impl FnMut(i64) -> bool) -> Option<i64> {
    if from > to || !holds(to) {
        return None;
    }
    let (mut no, mut yes) = (from - 1, to);
    while yes - no > 1 {
        let middle = no + (yes - no) / 2;
        if holds(middle) { yes = middle } else { no = middle }
    }
    Some(yes)
}
