//! Weight fans on the wire: the totals of all bids over each weight.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::build::{Failure, unbearable};
use super::step::fraction;
use crate::score_file::ScoreFile;
use trede_base::exact::Exact;
use trede_rules::award::robustness::{LeaderChange, WeightFan, weight_fans};
use trede_rules::award::{ENGINE_VERSION, Evaluation, Lot, evaluate};

/// What the totals of a tender become when weights shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WeightFansResult {
    /// The version of the engine that scored.
    pub engine_version: String,
    /// The lots (percelen), in the order of the file.
    pub lots: Vec<LotFansResult>,
}

/// The weight fans of one lot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LotFansResult {
    /// Identifier.
    pub id: String,
    /// A fan for each criterion and group with a weight; none where the method makes of weights and prices something
    /// else than a sum.
    pub fans: Vec<FanResult>,
}

/// The totals over one weight (waaier): from 0 to all weight there is, the others rescaled in proportion, before
/// rounding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FanResult {
    /// The criterion or group whose weight is varied.
    pub criterion: String,
    /// Its declared weight.
    pub declared: String,
    /// The sum of all weights, at which the fan ends.
    pub whole: String,
    /// A straight line for each ranked bid, the winner first.
    pub lines: Vec<FanLineResult>,
    /// Where another bid takes the lead, in the order of the weight.
    pub changes: Vec<FanChangeResult>,
}

/// The total of a bid over a weight: a straight line between its two ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FanLineResult {
    /// The bid.
    pub id: String,
    /// Its total where the weight is 0.
    pub at_zero: String,
    /// Its total where the weight is all there is.
    pub at_whole: String,
}

/// A weight at which the lead changes hands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FanChangeResult {
    /// The weight; where it has no finite decimal, to 28 significant digits.
    pub at: String,
    /// The weight as a fraction, where it has no finite decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_fraction: Option<String>,
    /// The total that both have there.
    pub total: String,
    /// The bid that leads below that weight.
    pub from: String,
    /// The bid that leads above that weight.
    pub to: String,
}

/// Scores every lot of a file, and tells its weight fans.
///
/// # Errors
/// All errors of the file, each with its JSON pointer; a lot with so many bids and criteria that it would take too
/// long among them.
pub fn score_weight_fans(file: &ScoreFile) -> Result<WeightFansResult, Failure> {
    let lots = file.to_lots().map_err(Failure)?;
    let mut results = Vec::with_capacity(lots.len());
    let mut errors = Vec::new();
    for (index, (lot, input)) in lots.iter().zip(&file.lots).enumerate() {
        let place = format!("/lots/{index}");
        match evaluate(lot) {
            Ok(evaluation) => match unbearable(lot, &evaluation) {
                Some(finding) => errors.push(finding.below(&place)),
                None => results.push(of_lot(&input.id, lot, &evaluation)),
            },
            Err(found) => errors.extend(found.into_iter().map(|finding| finding.below(&place))),
        }
    }
    if errors.is_empty() {
        Ok(WeightFansResult { engine_version: ENGINE_VERSION.to_owned(), lots: results })
    } else {
        Err(Failure(errors))
    }
}

fn of_lot(id: &str, lot: &Lot, evaluation: &Evaluation) -> LotFansResult {
    let fans = weight_fans(lot, evaluation);
    LotFansResult { id: id.to_owned(), fans: fans.iter().map(|fan| fan_result(lot, fan)).collect() }
}

fn fan_result(lot: &Lot, fan: &WeightFan) -> FanResult {
    let line = |line: &trede_rules::award::robustness::FanLine| FanLineResult {
        id: lot.id_of(line.bid).to_owned(),
        at_zero: line.at_zero.shown(),
        at_whole: line.at_whole.shown(),
    };
    let change = |change: &LeaderChange| FanChangeResult {
        at: change.at.shown(),
        at_fraction: fraction(&change.at),
        total: change.total.shown(),
        from: lot.id_of(change.from).to_owned(),
        to: lot.id_of(change.to).to_owned(),
    };
    FanResult {
        criterion: fan.criterion.clone(),
        declared: Exact::shown(&fan.declared),
        whole: fan.whole.shown(),
        lines: fan.lines.iter().map(line).collect(),
        changes: fan.changes.iter().map(change).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score_file::BidInput;

    fn file() -> ScoreFile {
        let text = include_str!("../../../../examples/gewogen-factor.json");
        let mut file: ScoreFile = serde_json::from_str(text).unwrap();
        // A fan is before any rounding.
        file.lots.iter_mut().for_each(|lot| lot.award_model.rounding = None);
        file
    }

    #[test]
    fn every_line_goes_through_the_total_at_the_declared_weight() {
        let file = file();
        let scored = super::super::score(&file, super::super::ResultOptions::default()).unwrap();
        let fans = score_weight_fans(&file).unwrap();
        let exact = |text: &str| Exact::from(text.parse::<rust_decimal::Decimal>().unwrap());
        let mut compared = 0;
        for (lot, of_lot) in scored.lots.iter().zip(&fans.lots) {
            for fan in &of_lot.fans {
                for line in &fan.lines {
                    let bid = lot.ranking.iter().find(|bid| bid.id == line.id).unwrap();
                    let slope = exact(&line.at_whole).minus(&exact(&line.at_zero)).over(&exact(&fan.whole));
                    let at = exact(&line.at_zero).plus(&slope.unwrap().times(&exact(&fan.declared)));
                    let off = at.minus(&exact(&bid.total.exact));
                    let hair = exact("0.000000001");
                    assert!(off < hair && off.negated() < hair, "{} {}", fan.criterion, line.id);
                    compared += 1;
                }
            }
        }
        assert!(compared > 3, "{compared}");
    }

    #[test]
    fn what_is_wrong_with_the_file_is_told_with_its_place() {
        let mut wrong = file();
        let bid: BidInput = serde_json::from_str(r#"{"id": "X"}"#).unwrap();
        wrong.lots[0].bids.push(bid);
        let failure = score_weight_fans(&wrong).unwrap_err();
        assert!(failure.0.iter().all(|finding| finding.place.starts_with("/lots/0/bids/")), "{failure:?}");
    }
}
