//! A market from bids of earlier tenders: what a buyer has in store becomes bids on this one.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::finding::{StudyCode, StudyError};
use trede_base::exact::Exact;
use trede_base::money::Price;
use trede_rules::award::bid::{Answer, Fact};
use trede_rules::award::commitment::Measure;
use trede_rules::award::criterion::Content;
use trede_rules::award::{DeclaredModel, Lot};
use trede_rules::pso::Standing;
use trede_wire::lab_file::PastBidInput;
use trede_wire::number::Number;
use trede_wire::score_file::FactInput;

/// The bids of earlier lots as they would come in on a contract of about `expected` euros.
///
/// Each price is brought to this size by its ratio to the mean price of its own lot, to the cent. Scores, numbers,
/// facts, levels and percentages are taken over under the identifiers of their criteria; a consortium whose level is
/// weighted has none here. Bids that were excluded are left out.
///
/// # Errors
/// When a lot has a commitment in euros or places, which does not grow with the contract.
pub fn past_bids(lots: &[Lot], expected: Price) -> Result<Vec<PastBidInput>, Vec<StudyError>> {
    let mut found = Vec::new();
    let mut bids = Vec::new();
    for (index, lot) in lots.iter().enumerate() {
        let declared = lot.declared();
        for leaf in &declared.layout.leaves {
            let Content::Commitment(terms) = &leaf.content else { continue };
            if terms.measure != Measure::Percentage {
                let place = format!("/lots/{index}/awardModel{}", leaf.place);
                found.push(StudyError::new(StudyCode::NotComparable, place, [leaf.id.clone()]));
            }
        }
        let taking_part = || lot.bids().iter().filter(|bid| bid.exclusion.is_none());
        let mean = mean_price(taking_part().map(|bid| bid.answers.as_slice()));
        for bid in taking_part() {
            let mut past = PastBidInput::default();
            for (leaf, answer) in declared.layout.leaves.iter().zip(&bid.answers) {
                answered(&mut past, &leaf.id, answer, expected, &mean, declared);
            }
            for (knock_out, fact) in declared.model.knock_outs.iter().zip(&bid.facts) {
                let fact = match fact {
                    Fact::Number(number) => FactInput::Value(Number(*number)),
                    Fact::Met(met) => FactInput::Met(*met),
                };
                past.facts.insert(knock_out.id.clone(), fact);
            }
            past.level = level_of(declared, &bid.standing);
            bids.push(past);
        }
    }
    if found.is_empty() { Ok(bids) } else { Err(found) }
}

fn level_of(declared: &DeclaredModel, standing: &Standing) -> Option<String> {
    let ladder = &declared.model.pso.as_ref()?.ladder;
    match standing {
        Standing::Single(rank) => Some(ladder.code_of(*rank).to_owned()),
        Standing::Weighted(_) => None,
    }
}

/// The mean of the first price of each bid; none where nobody asks one.
fn mean_price<'a>(bids: impl Iterator<Item = &'a [Answer]>) -> Option<Exact> {
    let price = |answers: &[Answer]| {
        answers.iter().find_map(|answer| {
            if let Answer::Price(price) = answer { Some(Exact::from(*price)) } else { None }
        })
    };
    let prices: Vec<Exact> = bids.filter_map(price).collect();
    Exact::sum(&prices).over(&Exact::from(prices.len())).filter(|mean| mean.is_positive())
}

fn answered(
    past: &mut PastBidInput,
    id: &str,
    answer: &Answer,
    expected: Price,
    mean: &Option<Exact>,
    declared: &DeclaredModel,
) {
    let insert = |map: &mut BTreeMap<String, Number>, number: Decimal| {
        map.insert(id.to_owned(), Number(number));
    };
    match answer {
        Answer::Price(price) => {
            let Some(scaled) = mean.as_ref().and_then(|mean| brought_to(expected, *price, mean)) else {
                return;
            };
            if declared.layout.prices.len() == 1 {
                past.price = Some(Number(scaled));
            } else {
                insert(&mut past.prices, scaled);
            }
        }
        Answer::Score(score) => {
            // A mean of assessors can have no finite decimal.
            let rounded = score.score.rounded(6, trede_base::exact::Half::Up).finite();
            insert(&mut past.scores, rounded.unwrap_or_default());
        }
        Answer::Offer(offer) => insert(&mut past.commitments, *offer),
        Answer::Number(number) => {
            past.facts.insert(id.to_owned(), FactInput::Value(Number(*number)));
        }
        Answer::Costs(_) | Answer::Sheet(_) | Answer::Level | Answer::Fixed => {}
    }
}

/// A price at the size of this contract, to the cent.
fn brought_to(expected: Price, price: Price, mean: &Exact) -> Option<Decimal> {
    let scaled = Exact::from(expected).times(&Exact::from(price)).over(mean)?;
    let cents = scaled.rounded(2, trede_base::exact::Half::Up).finite()?;
    Some(cents.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}
