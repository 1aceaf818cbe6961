//! Assessed quality (beoordeelde kwaliteit): scales, marks and the scores of assessors.

use rust_decimal::Decimal;

use super::model::{Assessment, Combination};
use super::straight_line::StraightLine;
use trede_base::exact::Exact;

/// A scale of assessment (beoordelingsschaal).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The lowest score; may be negative (marks 10, 7, 5, 0, −5, −7, −10).
    pub lowest: Decimal,
    /// The highest score, which earns the full weight.
    pub highest: Decimal,
    /// How a score becomes a share.
    pub normalisation: Normalisation,
    /// The only scores that may be given, with their names; empty when any number on the scale may.
    pub marks: Vec<(String, Decimal)>,
}

/// How a value becomes a share of the weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normalisation {
    /// value / highest.
    ShareOfHighest,
    /// (value − lowest) / (highest − lowest).
    BetweenBounds,
}

/// Why a score cannot be given on a scale. A score outside it is refused, never moved to the nearest end:
/// silently changing an assessor's score cannot be traced.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScaleError {
    /// Outside.
    #[error("the score {score} is outside the scale {lowest} to {highest}")]
    Outside {
        /// The score.
        score: Decimal,
        /// Lowest of the scale.
        lowest: Decimal,
        /// Highest of the scale.
        highest: Decimal,
    },
    /// None of the marks.
    #[error("`{score}` is none of the marks {marks}")]
    NoMark {
        /// The text given.
        score: String,
        /// The marks of the scale.
        marks: String,
    },
    /// Neither a number nor a mark.
    #[error("`{0}` is no number")]
    NoNumber(String),
}

impl Scale {
    /// The line from score to share; none when the scale has no length.
    #[must_use]
    pub fn line(&self) -> Option<StraightLine> {
        let zero = match self.normalisation {
            Normalisation::ShareOfHighest => Decimal::ZERO,
            Normalisation::BetweenBounds => self.lowest,
        };
        StraightLine::new(zero, self.highest)
    }

    /// The score that an assessor gave as a number or as the name of a mark.
    ///
    /// # Errors
    /// When it is not on the scale.
    pub fn read(&self, text: &str, number: Option<Decimal>) -> Result<Decimal, ScaleError> {
        if let Some((_, score)) = self.marks.iter().find(|(mark, _)| mark == text) {
            return Ok(*score);
        }
        let Some(score) = number else {
            return Err(if self.marks.is_empty() {
                ScaleError::NoNumber(text.to_owned())
            } else {
                self.no_mark(text)
            });
        };
        if score < self.lowest || score > self.highest {
            return Err(ScaleError::Outside { score, lowest: self.lowest, highest: self.highest });
        }
        if !self.marks.is_empty() && !self.marks.iter().any(|(_, mark)| *mark == score) {
            return Err(self.no_mark(text));
        }
        Ok(score)
    }

    fn no_mark(&self, text: &str) -> ScaleError {
        let marks: Vec<String> = self.marks.iter().map(|(mark, score)| format!("{mark} ({score})")).collect();
        ScaleError::NoMark { score: text.to_owned(), marks: marks.join(", ") }
    }
}

/// The score of a bid on an assessed criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessedScore {
    /// The score that counts.
    pub score: Exact,
    /// The individual scores, in the order of the assessors.
    pub individual: Vec<(String, Decimal)>,
    /// Whether the score is the mean of the individual ones.
    pub is_mean: bool,
    /// Whether the individual scores lie further apart than the model allows without a word.
    pub spread_flagged: bool,
}

/// Why individual scores do not make one score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CombinationError {
    /// Neither a score nor individual scores.
    #[error("there is no score on this criterion")]
    Missing,
    /// Individual scores, but no score agreed on.
    #[error("the assessors scored alone, but the consensus score is missing from `scores`")]
    NoConsensus,
    /// A score is given while the model takes the mean.
    #[error("the model takes the mean of the assessors, so `scores` may not hold a score as well")]
    MeanAndScore,
    /// Individual scores, but the model does not say how they become one.
    #[error("there are scores of assessors, but the model declares no `assessment`")]
    Undeclared,
}

impl AssessedScore {
    /// The one score from the consensus and the individual scores.
    ///
    /// # Errors
    /// When the declared combination cannot be made.
    pub fn combine(
        rule: Option<&Assessment>,
        given: Option<Decimal>,
        individual: Vec<(String, Decimal)>,
    ) -> Result<Self, CombinationError> {
        if individual.is_empty() {
            let score = Exact::from(given.ok_or(CombinationError::Missing)?);
            return Ok(AssessedScore { score, individual, is_mean: false, spread_flagged: false });
        }
        let rule = rule.ok_or(CombinationError::Undeclared)?;
        let score = match (rule.combine, given) {
            (Combination::Consensus, Some(score)) => Exact::from(score),
            (Combination::Consensus, None) => return Err(CombinationError::NoConsensus),
            (Combination::Mean, Some(_)) => return Err(CombinationError::MeanAndScore),
            (Combination::Mean, None) => mean(&individual),
        };
        let spread_flagged =
            rule.flag_spread_above.is_some_and(|limit| spread(&individual) > Exact::from(limit));
        Ok(AssessedScore { score, is_mean: rule.combine == Combination::Mean, individual, spread_flagged })
    }
}

fn mean(individual: &[(String, Decimal)]) -> Exact {
    let scores: Vec<Exact> = individual.iter().map(|(_, score)| Exact::from(*score)).collect();
    Exact::sum(&scores).over(&Exact::from(scores.len())).unwrap_or_default().simplified()
}

fn spread(individual: &[(String, Decimal)]) -> Exact {
    let scores = || individual.iter().map(|(_, score)| *score);
    let highest = Exact::from(scores().max().unwrap_or_default());
    highest.minus(&Exact::from(scores().min().unwrap_or_default()))
}
