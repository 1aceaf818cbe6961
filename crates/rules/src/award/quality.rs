//! Assessed quality (beoordeelde kwaliteit): scales, marks and the scores of assessors.

use rust_decimal::Decimal;

use super::model::{Assessment, Combination};
use super::rounding::Decimals;
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
    /// Scores are whole numbers of this step above the lowest; none when it is not declared.
    pub step: Option<Decimal>,
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
    /// Between two steps of the scale.
    #[error("the score {score} is between two steps of {step} on the scale from {lowest}")]
    OffStep {
        /// The score.
        score: Decimal,
        /// Lowest of the scale.
        lowest: Decimal,
        /// The step.
        step: Decimal,
    },
    /// Neither a number nor a mark.
    #[error("`{0}` is no number")]
    NoNumber(String),
}

impl ScaleError {
    /// The same in Dutch.
    #[must_use]
    pub fn in_dutch(&self) -> String {
        match self {
            ScaleError::Outside { score, lowest, highest } => {
                format!("de score {score} ligt buiten de schaal {lowest} tot {highest}")
            }
            ScaleError::NoMark { score, marks } => format!("`{score}` is geen van de merken {marks}"),
            ScaleError::OffStep { score, lowest, step } => {
                format!("de score {score} ligt tussen twee stappen van {step} op de schaal vanaf {lowest}")
            }
            ScaleError::NoNumber(score) => format!("`{score}` is geen getal"),
        }
    }
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
        if let Some(step) = self.step.filter(|step| !is_multiple(score, self.lowest, *step)) {
            return Err(ScaleError::OffStep { score, lowest: self.lowest, step });
        }
        Ok(score)
    }

    fn no_mark(&self, text: &str) -> ScaleError {
        let marks: Vec<String> = self.marks.iter().map(|(mark, score)| format!("{mark} ({score})")).collect();
        ScaleError::NoMark { score: text.to_owned(), marks: marks.join(", ") }
    }
}

fn is_multiple(score: Decimal, lowest: Decimal, step: Decimal) -> bool {
    let above = score.checked_sub(lowest).and_then(|above| above.checked_rem(step));
    above.is_some_and(|rest| rest.is_zero())
}

/// The score of a bid on an assessed criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessedScore {
    /// The score that counts.
    pub score: Exact,
    /// The individual scores, in the order of the assessors.
    pub individual: Vec<(String, Decimal)>,
    /// How the score was calculated from the individual ones, if it was.
    pub combined: Option<Combination>,
    /// To which decimals the calculated score was rounded, if it was.
    pub rounded_to: Option<Decimals>,
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
    /// A score is given while the model calculates it.
    #[error(
        "the model calculates the score from those of the assessors, so `scores` may not hold one as well"
    )]
    MeanAndScore,
    /// Fewer than three scores, of which the highest and the lowest do not count.
    #[error("the model leaves out the highest and the lowest score, so it needs three assessors at least")]
    TooFew,
    /// Individual scores, but the model does not say how they become one.
    #[error("there are scores of assessors, but the model declares no `assessment`")]
    Undeclared,
}

impl CombinationError {
    /// The same in Dutch.
    #[must_use]
    pub fn in_dutch(&self) -> String {
        match self {
            CombinationError::Missing => "er is geen score op dit criterium".to_owned(),
            CombinationError::NoConsensus => "de beoordelaars scoorden elk apart, maar de consensusscore ontbreekt in `scores`".to_owned(),
            CombinationError::MeanAndScore => "het model berekent de score uit die van de beoordelaars, dus `scores` mag niet ook een score geven".to_owned(),
            CombinationError::TooFew => {
                "het model laat de hoogste en de laagste score weg, en heeft dus minstens drie beoordelaars nodig".to_owned()
            }
            CombinationError::Undeclared => "er zijn scores van beoordelaars, maar het model legt geen `assessment` vast".to_owned(),
        }
    }
}

impl AssessedScore {
    /// A score as it is given, without assessors.
    #[must_use]
    pub fn given(score: Decimal) -> Self {
        AssessedScore {
            score: Exact::from(score),
            individual: Vec::new(),
            combined: None,
            rounded_to: None,
            spread_flagged: false,
        }
    }

    /// Whether a consensus is higher or lower than every score that was given alone.
    #[must_use]
    pub fn is_outside_the_individual_scores(&self) -> bool {
        let given = || self.individual.iter().map(|(_, score)| Exact::from(*score));
        given().all(|alone| alone < self.score) && !self.individual.is_empty()
            || given().all(|alone| alone > self.score) && !self.individual.is_empty()
    }

    /// Whether the score was made of individual ones, so that it can have more decimals than any of them.
    #[must_use]
    pub fn is_combined(&self) -> bool {
        self.combined.is_some()
    }

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
            return Ok(AssessedScore { score, ..AssessedScore::given(Decimal::ZERO) });
        }
        let rule = rule.ok_or(CombinationError::Undeclared)?;
        let score = match (rule.combine, given) {
            (Combination::Consensus, Some(score)) => Exact::from(score),
            (Combination::Consensus, None) => return Err(CombinationError::NoConsensus),
            (_, Some(_)) => return Err(CombinationError::MeanAndScore),
            (combine, None) => {
                let score = calculated(combine, &individual).ok_or(CombinationError::TooFew)?;
                rule.rounded_to.map_or(score.clone(), |at| at.of(&score))
            }
        };
        let spread_flagged =
            rule.flag_spread_above.is_some_and(|limit| spread(&individual) > Exact::from(limit));
        let combined = (rule.combine != Combination::Consensus).then_some(rule.combine);
        let rounded_to = rule.rounded_to.filter(|_| combined.is_some());
        Ok(AssessedScore { score, combined, individual, rounded_to, spread_flagged })
    }
}

/// The score that a rule makes of the individual ones; none where it has too few.
fn calculated(rule: Combination, individual: &[(String, Decimal)]) -> Option<Exact> {
    let counted = counted_scores(rule, individual);
    Exact::sum(&counted).over(&Exact::from(counted.len())).map(|score| score.simplified())
}

/// The individual scores whose mean is the score: all, the middle one or two, or all but the highest and the lowest.
#[must_use]
pub fn counted_scores(rule: Combination, individual: &[(String, Decimal)]) -> Vec<Exact> {
    let mut scores: Vec<Decimal> = individual.iter().map(|(_, score)| *score).collect();
    let left_out = match rule {
        Combination::Consensus | Combination::Mean => 0,
        Combination::TrimmedMean => 1,
        Combination::Median => scores.len().saturating_sub(1) / 2,
    };
    if left_out > 0 || rule == Combination::TrimmedMean {
        scores.sort_unstable();
    }
    let last = scores.len().saturating_sub(left_out);
    scores.get(left_out..last).unwrap_or_default().iter().map(|score| Exact::from(*score)).collect()
}

fn spread(individual: &[(String, Decimal)]) -> Exact {
    let scores = || individual.iter().map(|(_, score)| *score);
    let highest = Exact::from(scores().max().unwrap_or_default());
    highest.minus(&Exact::from(scores().min().unwrap_or_default()))
}
