//! Exact intervals of a number, and what straight lines leave of them.

use trede_base::exact::Exact;

/// From one number to another, both included; `to` is none where nothing bounds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub from: Exact,
    /// The upper end.
    pub to: Option<Exact>,
}

/// f(x) = constant + slope·x.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub constant: Exact,
    pub slope: Exact,
}

impl Line {
    /// The line through a value at `x`, with a slope.
    pub fn through(x: &Exact, value: &Exact, slope: Exact) -> Self {
        Line { constant: value.minus(&slope.times(x)), slope }
    }

    pub fn minus(&self, other: &Line) -> Line {
        Line { constant: self.constant.minus(&other.constant), slope: self.slope.minus(&other.slope) }
    }

    pub fn plus(&self, other: &Line) -> Line {
        Line { constant: self.constant.plus(&other.constant), slope: self.slope.plus(&other.slope) }
    }

    pub fn times(&self, factor: &Exact) -> Line {
        Line { constant: self.constant.times(factor), slope: self.slope.times(factor) }
    }

    pub fn at(&self, x: &Exact) -> Exact {
        self.constant.plus(&self.slope.times(x))
    }

    /// Where the line is zero; none when it is level.
    pub fn root(&self) -> Option<Exact> {
        self.constant.negated().over(&self.slope)
    }

    /// Where the line is above zero; none where it is nowhere.
    pub fn positive_part(&self) -> Option<Hole> {
        let Some(root) = self.root() else {
            return self.constant.is_positive().then_some(Hole { from: None, to: None });
        };
        Some(if self.slope.is_positive() {
            Hole { from: Some(root), to: None }
        } else {
            Hole { from: None, to: Some(root) }
        })
    }
}

/// An interval without its ends; none is unbounded.
#[derive(Clone, Debug)]
pub(super) struct Hole {
    pub from: Option<Exact>,
    pub to: Option<Exact>,
}

impl Hole {
    /// What lies in both; none where nothing does.
    pub fn overlap(&self, other: &Hole) -> Option<Hole> {
        let from = match (&self.from, &other.from) {
            (Some(a), Some(b)) => Some(a.at_least(b).clone()),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        let to = match (&self.to, &other.to) {
            (Some(a), Some(b)) => Some(a.at_most(b).clone()),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        let empty = matches!((&from, &to), (Some(from), Some(to)) if from >= to);
        (!empty).then_some(Hole { from, to })
    }
}

impl Interval {
    /// What stays when a hole is taken out; the ends of the hole stay.
    fn without(&self, hole: &Hole) -> Vec<Interval> {
        let mut left = Vec::new();
        if let Some(from) = hole.from.as_ref().filter(|from| **from >= self.from) {
            let to = self.to.as_ref().map_or_else(|| from.clone(), |to| to.at_most(from).clone());
            left.push(Interval { from: self.from.clone(), to: Some(to) });
        }
        let ends_inside = |to: &&Exact| self.to.as_ref().is_none_or(|end| end >= *to);
        if let Some(to) = hole.to.as_ref().filter(ends_inside) {
            left.push(Interval { from: to.at_least(&self.from).clone(), to: self.to.clone() });
        }
        left
    }
}

/// Takes a hole out of every interval.
pub(super) fn take_out(intervals: &[Interval], hole: &Hole) -> Vec<Interval> {
    intervals.iter().flat_map(|interval| interval.without(hole)).collect()
}

/// Joins intervals that touch, in order.
pub(super) fn joined(intervals: Vec<Interval>) -> Vec<Interval> {
    let mut joined: Vec<Interval> = Vec::new();
    for Interval { from, to } in intervals {
        let interval = Interval { from: from.simplified(), to: to.map(|to| to.simplified()) };
        match joined.last_mut() {
            Some(last) if last.to.as_ref() == Some(&interval.from) => last.to = interval.to,
            _ => joined.push(interval),
        }
    }
    joined
}
