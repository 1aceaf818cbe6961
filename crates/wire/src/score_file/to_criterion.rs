//! From criteria on the wire to the domain's: each kind takes its own fields and no others.

use super::criterion::{
    AboveMaximumInput, CommitmentInput, CriterionInput, CriterionKindInput, LevelMeasureInput,
    LevelTableInput, MeasureInput, NormalisationInput, NumericInput, NumericScoringInput, OutsideInput,
    ScaleInput, ShareStepInput, ThresholdInput,
};
use super::model::AtMostInput;
use super::to_discount::{discount, sheet};
use super::to_life_cycle;
use super::to_method::corridor;
use super::to_pso_rules::rank;
use crate::number::Number;
use rust_decimal::Decimal;
use trede_base::money::Price;
use trede_rules::award::commitment::{AboveMaximum, CommitmentTerms, Measure, OfferScoring, Steps};
use trede_rules::award::criterion::{Content, Criterion, Threshold};
use trede_rules::award::numeric::{NumericScoring, PointTable};
use trede_rules::award::price_formula::Corridor;
use trede_rules::award::pso_level::{LevelMeasure, LevelTable};
use trede_rules::award::quality::{Normalisation, Scale, ScaleError};
use trede_rules::award::straight_line::{Outside, StraightLine};
use trede_rules::explaining::finding::{Finding, FindingCode};
use trede_rules::pso::{Ladder, LevelRank};

/// Groups within groups: more than any published model has.
const MAX_DEPTH: usize = 6;

/// The criteria that can be read; what cannot is added to `found`.
pub(super) fn criteria(
    input: &[CriterionInput],
    place: &str,
    depth: usize,
    ladder: Option<&Ladder>,
    found: &mut Vec<Finding>,
) -> Vec<Criterion> {
    if depth >= MAX_DEPTH && !input.is_empty() {
        found.push(Finding::new(FindingCode::NestedTooDeep, place, [MAX_DEPTH.to_string()]));
        return Vec::new();
    }
    let mut read = Vec::with_capacity(input.len());
    for (index, criterion) in input.iter().enumerate() {
        let place = format!("{place}/{index}");
        if !is_identifier(&criterion.id) {
            let details = [criterion.id.chars().take(64).collect()];
            found.push(Finding::new(FindingCode::InvalidId, format!("{place}/id"), details));
        }
        if criterion.threshold.as_ref().is_some_and(|threshold| *threshold == ThresholdInput::default()) {
            let details = ["threshold".to_owned(), "minimumScore".to_owned()];
            found.push(Finding::new(FindingCode::FieldMissing, format!("{place}/threshold"), details));
        }
        for (mark, at) in criterion.scale.iter().flat_map(|scale| scale.marks.iter().zip(0..)) {
            // A mark that reads as a number could be taken for another score.
            if mark.mark.trim().is_empty() || Number::parse(&mark.mark).is_ok() {
                let place = format!("{place}/scale/marks/{at}/mark");
                found.push(Finding::new(
                    FindingCode::InvalidId,
                    place,
                    [mark.mark.chars().take(64).collect()],
                ));
            }
        }
        let mut reader = Reader { kind: criterion.kind, place: &place, ladder, found };
        reader.refuse_unused(criterion);
        let Some(content) = reader.content(criterion, depth) else { continue };
        read.push(Criterion {
            id: criterion.id.clone(),
            title: criterion.title.clone(),
            weight: criterion.weight.map(|number| number.0),
            value: criterion.value.map(|number| number.0),
            threshold: criterion.threshold.as_ref().map(threshold).unwrap_or_default(),
            relative_to_best: criterion.relative_to_best,
            discount: criterion.discount.as_ref().map(|terms| discount(terms, &place, found)),
            content,
        });
    }
    read
}

/// Whether a text can identify a lot, criterion or bid.
pub fn is_identifier(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._:-".contains(c);
    text.len() <= 64 && text.chars().all(allowed) && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// What lies outside the declared bounds.
pub(super) fn outside(input: OutsideInput) -> Outside {
    match input {
        OutsideInput::Clip => Outside::Clip,
        OutsideInput::Extrapolate => Outside::Extrapolate,
        OutsideInput::Reject => Outside::Reject,
    }
}

fn threshold(input: &ThresholdInput) -> Threshold {
    let number = |number: Option<Number>| number.map(|number| number.0);
    Threshold {
        minimum_score: number(input.minimum_score),
        maximum_score: number(input.maximum_score),
        minimum_points: number(input.minimum_points),
        minimum_percent: number(input.minimum_percent),
    }
}

fn kind_code(kind: CriterionKindInput) -> &'static str {
    match kind {
        CriterionKindInput::Group => "group",
        CriterionKindInput::Price => "price",
        CriterionKindInput::LifeCycleCost => "life-cycle-cost",
        CriterionKindInput::AssessedQuality => "assessed-quality",
        CriterionKindInput::PsoLevel => "pso-level",
        CriterionKindInput::SocialReturnCommitment => "social-return-commitment",
        CriterionKindInput::Numeric => "numeric",
        CriterionKindInput::FixedPrice => "fixed-price",
    }
}

/// Reads one criterion.
struct Reader<'a> {
    kind: CriterionKindInput,
    place: &'a str,
    ladder: Option<&'a Ladder>,
    found: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn error(&mut self, code: FindingCode, below: &str, details: Vec<String>) {
        self.found.push(Finding { code, place: format!("{}/{below}", self.place), details });
    }

    fn refuse_unused(&mut self, input: &CriterionInput) {
        use CriterionKindInput as Kind;
        for (given, field, kinds) in [
            (!input.criteria.is_empty(), "criteria", &[Kind::Group][..]),
            (input.scale.is_some(), "scale", &[Kind::AssessedQuality, Kind::PsoLevel]),
            (input.unit_price, "unitPrice", &[Kind::Price, Kind::LifeCycleCost]),
            (input.ceiling.is_some(), "ceiling", &[Kind::Price, Kind::LifeCycleCost]),
            (input.corridor.is_some(), "corridor", &[Kind::Price, Kind::LifeCycleCost]),
            (input.amount.is_some(), "amount", &[Kind::FixedPrice]),
            (input.life_cycle.is_some(), "lifeCycle", &[Kind::LifeCycleCost]),
            (input.levels.is_some(), "levels", &[Kind::PsoLevel]),
            (input.commitment.is_some(), "commitment", &[Kind::SocialReturnCommitment]),
            (input.numeric.is_some(), "numeric", &[Kind::Numeric]),
            (
                input.discount.is_some(),
                "discount",
                &[Kind::AssessedQuality, Kind::SocialReturnCommitment, Kind::Numeric],
            ),
            (input.sheet.is_some(), "sheet", &[Kind::Price]),
        ] {
            if given && !kinds.contains(&self.kind) {
                let details = vec![kind_code(self.kind).to_owned(), field.to_owned()];
                self.error(FindingCode::FieldUnused, field, details);
            }
        }
    }

    fn required<T>(&mut self, field: &str, given: Option<T>) -> Option<T> {
        if given.is_none() {
            let details = vec![kind_code(self.kind).to_owned(), field.to_owned()];
            self.error(FindingCode::FieldMissing, field, details);
        }
        given
    }

    fn content(&mut self, input: &CriterionInput, depth: usize) -> Option<Content> {
        Some(match self.kind {
            CriterionKindInput::Group => {
                let place = format!("{}/criteria", self.place);
                Content::Group(criteria(&input.criteria, &place, depth + 1, self.ladder, self.found))
            }
            CriterionKindInput::Price => {
                let ceiling = self.price("ceiling", input.ceiling)?;
                let corridor = self.corridor(input);
                let sheet = match &input.sheet {
                    Some(lines) => Some(sheet(lines, self.place, self.found)?),
                    None => None,
                };
                if sheet.is_some() && input.unit_price {
                    let details = vec!["sheet".to_owned(), "unitPrice".to_owned()];
                    self.error(FindingCode::FieldUnused, "unitPrice", details);
                }
                Content::Price { per_unit: input.unit_price, ceiling, corridor, sheet }
            }
            CriterionKindInput::LifeCycleCost => {
                let terms = self.required("lifeCycle", input.life_cycle.as_ref())?;
                let terms = to_life_cycle::terms(terms, self.place, self.found)?;
                let ceiling = self.price("ceiling", input.ceiling)?;
                let (per_unit, corridor) = (input.unit_price, self.corridor(input));
                Content::LifeCycleCost { terms, per_unit, ceiling, corridor }
            }
            CriterionKindInput::AssessedQuality => {
                Content::AssessedQuality(scale(self.required("scale", input.scale.as_ref())?))
            }
            CriterionKindInput::PsoLevel => {
                let levels = self.required("levels", input.levels.as_ref())?;
                Content::PsoLevel(self.levels(levels, input.scale.as_ref())?)
            }
            CriterionKindInput::SocialReturnCommitment => {
                let terms = self.required("commitment", input.commitment.as_ref())?;
                Content::Commitment(self.commitment(terms)?)
            }
            CriterionKindInput::Numeric => {
                let numeric = self.required("numeric", input.numeric.as_ref())?;
                Content::Numeric(self.numeric(numeric)?)
            }
            CriterionKindInput::FixedPrice => {
                let amount = self.required("amount", input.amount)?;
                Content::FixedPrice(self.price("amount", Some(amount))??)
            }
        })
    }

    fn corridor(&mut self, input: &CriterionInput) -> Option<Corridor> {
        let place = format!("{}/corridor", self.place);
        input.corridor.as_ref().and_then(|own| corridor(own, &place, self.found))
    }

    /// The price that may be given; the outer option is none when it cannot be read.
    fn price(&mut self, field: &str, given: Option<Number>) -> Option<Option<Price>> {
        let Some(number) = given else { return Some(None) };
        match Price::payable(number.0) {
            Ok(price) => Some(Some(price)),
            Err(error) => {
                let details = vec![number.0.to_string(), error.to_string(), error.in_dutch()];
                self.error(FindingCode::InvalidPrice, field, details);
                None
            }
        }
    }

    fn levels(&mut self, input: &LevelTableInput, scale: Option<&ScaleInput>) -> Option<LevelTable> {
        let measure = match (input.measure, scale) {
            (LevelMeasureInput::Score, Some(input)) => match self::scale(input).line() {
                Some(line) => LevelMeasure::Score(line),
                None => {
                    let details = vec!["0".to_owned(), input.highest.0.to_string()];
                    self.error(FindingCode::ScaleEmpty, "scale", details);
                    return None;
                }
            },
            (LevelMeasureInput::Score, None) => {
                self.required::<()>("scale", None);
                return None;
            }
            (measure, scale) => {
                if scale.is_some() {
                    let details = vec!["pso-level".to_owned(), "scale".to_owned()];
                    self.error(FindingCode::FieldUnused, "scale", details);
                }
                match measure {
                    LevelMeasureInput::DiscountPercent => LevelMeasure::DiscountPercent,
                    LevelMeasureInput::DiscountAmount => LevelMeasure::DiscountAmount,
                    _ => LevelMeasure::Points,
                }
            }
        };
        let Some(ladder) = self.ladder else {
            if !self.found.iter().any(|finding| finding.place.starts_with("/pso")) {
                self.found.push(Finding::new(FindingCode::PsoRulesMissing, "/pso", []));
            }
            return None;
        };
        let mut rows = Vec::with_capacity(input.rows.len());
        for (index, row) in input.rows.iter().enumerate() {
            let place = format!("{}/levels/rows/{index}/level", self.place);
            let Some(rank) = rank(ladder, &row.level, &place, self.found) else { continue };
            if rows.iter().any(|(other, _)| *other == rank) {
                self.found.push(Finding::new(FindingCode::DuplicateId, place, [row.level.clone()]));
            }
            rows.push((rank, row.value.0));
        }
        self.levels_without_row(ladder, &rows);
        if input.cap.is_some() && measure != LevelMeasure::DiscountPercent {
            let details = vec!["levels".to_owned(), "cap".to_owned()];
            self.error(FindingCode::FieldUnused, "levels/cap", details);
        }
        let cap = input.cap.map(|cap| cap.0);
        Some(LevelTable { cap, ..LevelTable::new(measure, ladder.levels().len(), &rows) })
    }

    /// A level without a row would quietly earn what a lower one does, or nothing.
    fn levels_without_row(&mut self, ladder: &Ladder, rows: &[(LevelRank, Decimal)]) {
        let given = |rank: usize| rows.iter().any(|(row, _)| row.0 == rank);
        let missing: Vec<&str> = (1..=ladder.levels().len())
            .filter(|rank| !given(*rank))
            .map(|rank| ladder.code_of(LevelRank(rank)))
            .collect();
        if !missing.is_empty() {
            self.error(FindingCode::LevelWithoutRow, "levels/rows", vec![missing.join(", ")]);
        }
    }

    fn commitment(&mut self, input: &CommitmentInput) -> Option<CommitmentTerms> {
        let minimum = input.minimum.map(|number| number.0).unwrap_or_default();
        let maximum = input.maximum.0;
        let normalisation = input.normalisation.unwrap_or(NormalisationInput::BetweenBounds);
        let scoring = if input.steps.is_empty() {
            let line = CommitmentTerms::line(self::normalisation(normalisation), minimum, maximum);
            let Some(line) = line else {
                let details = vec![minimum.to_string(), maximum.to_string()];
                self.error(FindingCode::BoundsEmpty, "commitment/minimum", details);
                return None;
            };
            OfferScoring::Line(line)
        } else {
            if input.normalisation.is_some() {
                let details = vec!["steps".to_owned(), "normalisation".to_owned()];
                self.error(FindingCode::FieldUnused, "commitment/normalisation", details);
            }
            match self.table(&input.steps, "commitment/steps")? {
                Table::Shares(steps) => OfferScoring::Steps(steps),
                Table::Points(table) => OfferScoring::Points(table),
            }
        };
        let measure = match input.measure {
            MeasureInput::Percentage => Measure::Percentage,
            MeasureInput::Amount => Measure::Amount,
            MeasureInput::Places => Measure::Places,
        };
        let above_maximum = match input.above_maximum {
            AboveMaximumInput::Clip => AboveMaximum::Clip,
            AboveMaximumInput::Refuse => AboveMaximum::Refuse,
        };
        Some(CommitmentTerms { measure, minimum, maximum, above_maximum, scoring })
    }

    /// A table of which every row says percent, or every row points.
    fn table(&mut self, input: &[ShareStepInput], field: &str) -> Option<Table> {
        let in_points = input.first().is_some_and(|row| row.points.is_some());
        let mut rows = Vec::with_capacity(input.len());
        for (index, row) in input.iter().enumerate() {
            let (wanted, other, name) = if in_points {
                (row.points, row.percent, "points")
            } else {
                (row.percent, row.points, "percent")
            };
            let unused = if in_points { "percent" } else { "points" };
            if other.is_some() {
                let details = vec![name.to_owned(), unused.to_owned()];
                self.error(FindingCode::FieldUnused, &format!("{field}/{index}/{unused}"), details);
            }
            let Some(earned) = wanted else {
                let details = vec!["steps".to_owned(), name.to_owned()];
                self.error(FindingCode::FieldMissing, &format!("{field}/{index}/{name}"), details);
                return None;
            };
            rows.push((row.from.0, earned.0));
        }
        Some(if in_points { Table::Points(PointTable(rows)) } else { Table::Shares(Steps(rows)) })
    }

    fn numeric(&mut self, input: &NumericInput) -> Option<NumericScoring> {
        let between = matches!(input.scoring, NumericScoringInput::Between);
        let interpolated = matches!(input.scoring, NumericScoringInput::Interpolated);
        let by_steps = interpolated || matches!(input.scoring, NumericScoringInput::Steps);
        let by_mean = matches!(
            input.scoring,
            NumericScoringInput::MeanOverNumber | NumericScoringInput::NumberOverMean
        );
        for (given, wanted, field) in [
            (input.worst.is_some(), between, "numeric/worst"),
            (input.best.is_some(), between, "numeric/best"),
            (input.outside.is_some(), between || interpolated, "numeric/outside"),
            (input.at_most.is_some(), by_mean, "numeric/atMost"),
            (!input.steps.is_empty(), by_steps, "numeric/steps"),
        ] {
            if given != wanted {
                let code = if wanted { FindingCode::FieldMissing } else { FindingCode::FieldUnused };
                self.error(code, field, vec!["numeric".to_owned(), field.to_owned()]);
                return None;
            }
        }
        let capped = input.at_most == Some(AtMostInput::Full);
        Some(match input.scoring {
            NumericScoringInput::RelativeLowest => NumericScoring::RelativeLowest,
            NumericScoringInput::RelativeHighest => NumericScoring::RelativeHighest,
            NumericScoringInput::RangeLowest => NumericScoring::RangeLowest,
            NumericScoringInput::RangeHighest => NumericScoring::RangeHighest,
            NumericScoringInput::MeanOverNumber => NumericScoring::MeanOverNumber { capped },
            NumericScoringInput::NumberOverMean => NumericScoring::NumberOverMean { capped },
            NumericScoringInput::Steps => match self.table(&input.steps, "numeric/steps")? {
                Table::Shares(steps) => NumericScoring::Steps(steps),
                Table::Points(table) => NumericScoring::Points(table),
            },
            NumericScoringInput::Interpolated => {
                let Table::Points(table) = self.table(&input.steps, "numeric/steps")? else {
                    let details = vec!["interpolated".to_owned(), "points".to_owned()];
                    self.error(FindingCode::FieldMissing, "numeric/steps/0/points", details);
                    return None;
                };
                let outside = outside(input.outside?);
                if outside == Outside::Extrapolate {
                    let details = vec!["interpolated".to_owned(), "extrapolate".to_owned()];
                    self.error(FindingCode::FieldUnused, "numeric/outside", details);
                    return None;
                }
                NumericScoring::Interpolated { table, outside }
            }
            NumericScoringInput::Between => {
                let (worst, best) = (input.worst?.0, input.best?.0);
                let Some(line) = StraightLine::new(worst, best) else {
                    let details = vec![worst.to_string(), best.to_string()];
                    self.error(FindingCode::BoundsEmpty, "numeric/best", details);
                    return None;
                };
                NumericScoring::Between { line, outside: outside(input.outside?) }
            }
        })
    }
}

/// A table in shares of the weight, or in points.
enum Table {
    Shares(Steps),
    Points(PointTable),
}

fn normalisation(input: NormalisationInput) -> Normalisation {
    match input {
        NormalisationInput::ShareOfHighest => Normalisation::ShareOfHighest,
        NormalisationInput::BetweenBounds => Normalisation::BetweenBounds,
    }
}

impl ScaleInput {
    /// Reads a score, a number or the name of a mark, as the engine would.
    ///
    /// # Errors
    /// When it is not on the scale.
    pub fn read(&self, text: &str) -> Result<Decimal, ScaleError> {
        read_score(&scale(self), text)
    }
}

/// The score that an assessor gave on a scale.
pub(super) fn read_score(scale: &Scale, text: &str) -> Result<Decimal, ScaleError> {
    scale.read(text, Number::parse(text).ok().map(|number| number.0))
}

fn scale(input: &ScaleInput) -> Scale {
    Scale {
        lowest: input.lowest.map(|number| number.0).unwrap_or_default(),
        highest: input.highest.0,
        normalisation: normalisation(input.normalisation.unwrap_or(NormalisationInput::ShareOfHighest)),
        step: input.step.map(|step| step.0),
        marks: input.marks.iter().map(|mark| (mark.mark.clone(), mark.score.0)).collect(),
    }
}
