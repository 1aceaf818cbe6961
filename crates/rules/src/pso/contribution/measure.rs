//! Direct, indirect and total contribution, the 80/20 rule and the level that the total reaches.

use super::{Rule, Step};
use crate::explaining::Terms;
use crate::pso::{LevelRank, Norm, NormTable};
use trede_base::exact::Exact;

/// Indirect counts up to this many times direct: at most 80 percent of the total may be indirect.
/// Source: PSO-Nederland, indirecte-sociale-bijdrage.
pub(super) const INDIRECT_PER_DIRECT: i32 = 4;

/// The contributions, in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Direct: weighted fte in percent of the fte.
    pub direct: Step,
    /// Indirect, before the 80/20 rule.
    pub indirect: Step,
    /// Indirect as it counts.
    pub counted_indirect: Step,
    /// The total.
    pub total: Step,
    /// Share of the total that is direct; none when the total is zero.
    pub direct_share: Option<Step>,
    /// The level reached.
    pub level: Reached,
}

/// The level that a contribution reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// The highest level whose norm the total reaches; just at the norm passes.
    Level(LevelRank),
    /// Below the first norm, while levels below it have no norm: whether one of them holds is not known.
    Unknown,
    /// Below the first norm, which is that of the lowest level.
    None,
}

impl Measure {
    /// The contributions of an organisation of `fte` with so many weighted and purchased fte.
    pub(super) fn of(
        weighted: &Exact,
        purchased: &Exact,
        fte: &Exact,
        norms: &[Norm],
        table: &NormTable,
    ) -> Self {
        let percent = |part: &Exact, whole: &Exact| {
            part.times(&Exact::HUNDRED).over(whole).unwrap_or_default().simplified()
        };
        let direct = percent(weighted, fte);
        let indirect = percent(purchased, &fte.plus(purchased));
        let most = direct.times(&Exact::from(INDIRECT_PER_DIRECT));
        let counted = indirect.at_most(&most).clone();
        let total = direct.plus(&counted).simplified();
        let direct_share = total.is_positive().then(|| Step {
            rule: Rule::DirectShare,
            terms: Terms::of([direct.clone(), total.clone()]),
            result: percent(&direct, &total),
        });
        Measure {
            level: reached(&total, norms, table),
            direct_share,
            total: step(Rule::Total, [direct.clone(), counted.clone()], total),
            counted_indirect: step(Rule::EightyTwenty, [indirect.clone(), direct.clone()], counted),
            indirect: step(Rule::Indirect, [purchased.clone(), fte.clone()], indirect),
            direct: step(Rule::Direct, [weighted.clone(), fte.clone()], direct),
        }
    }

    /// The part of the indirect contribution that the 80/20 rule cuts off, in percent points.
    #[must_use]
    pub fn cut_off(&self) -> Exact {
        self.indirect.result.minus(&self.counted_indirect.result)
    }
}

fn step<const N: usize>(rule: Rule, terms: [Exact; N], result: Exact) -> Step {
    Step { rule, terms: Terms::of(terms), result }
}

fn reached(total: &Exact, norms: &[Norm], table: &NormTable) -> Reached {
    let passed = norms.iter().rev().find(|norm| *total >= norm.percent.result);
    match passed {
        Some(norm) => Reached::Level(norm.level),
        None if table.levels_without_norm().is_empty() => Reached::None,
        None => Reached::Unknown,
    }
}
