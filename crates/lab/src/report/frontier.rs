//! Price against social value: which models are on the frontier.

use super::figures::{mean_units, written};
use crate::seat::OFFER_DECIMALS;
use crate::study::Study;
use crate::tally::Tally;
use trede_wire::lab_result::FrontierPoint;

/// Decimals of a mean of steps and places.
const SHOWN: u32 = 4;

/// A point for each model, the cheapest first.
pub(super) fn points(study: &Study, tallies: &[Tally]) -> Vec<FrontierPoint> {
    let values: Vec<[i128; 4]> = tallies.iter().map(values).collect();
    let each = study.models.iter().zip(&values);
    let mut points: Vec<(i128, FrontierPoint)> = each
        .map(|(trial, own)| {
            let [price, level, euros, places] = own;
            let point = FrontierPoint {
                id: trial.id.clone(),
                price: written(*price, 2),
                level: written(*level, SHOWN),
                commitment_euros: written(*euros, 2),
                places: written(*places, SHOWN),
                on_frontier: !values.iter().any(|other| is_better(other, own)),
            };
            (*price, point)
        })
        .collect();
    points.sort_by_key(|(price, _)| *price);
    points.into_iter().map(|(_, point)| point).collect()
}

/// Price in cents, level in steps, commitments in cents, places, each in the mean.
fn values(tally: &Tally) -> [i128; 4] {
    [
        mean_units(&tally.price, 2, 2),
        mean_units(&tally.level, 0, SHOWN),
        mean_units(&tally.euros, 2, 2),
        mean_units(&tally.places, OFFER_DECIMALS, SHOWN),
    ]
}

/// Whether a model costs as little and yields as much of everything, and differs.
fn is_better(other: &[i128; 4], own: &[i128; 4]) -> bool {
    let [price, yields @ ..] = other;
    let [own_price, own_yields @ ..] = own;
    price <= own_price && yields.iter().zip(own_yields).all(|(other, own)| other >= own) && other != own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dearer_model_is_on_the_frontier_only_if_it_yields_more_of_something() {
        let cheap = [100, 5, 10, 0];
        assert!(is_better(&cheap, &[101, 5, 10, 0]) && is_better(&cheap, &[100, 5, 9, 0]));
        assert!(!is_better(&cheap, &[101, 5, 11, 0]) && !is_better(&cheap, &[200, 6, 0, 0]));
        assert!(!is_better(&cheap, &cheap));
    }
}
