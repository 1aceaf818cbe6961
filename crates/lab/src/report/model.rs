//! The result of one model.

use super::figures::{mean, rounded, share, spread, written};
use super::guide;
use crate::figures::billionths;
use crate::playing::has_corridor;
use crate::seat::OFFER_DECIMALS;
use crate::study::{Study, Trial};
use crate::tally::{Effect, Tally};
use trede_base::exact::Exact;
use trede_rules::award::commitment::Measure;
use trede_rules::explaining::Language;
use trede_rules::pso::{Ladder, LevelRank};
use trede_wire::lab_result::{
    CommitmentResult, CorridorResult, DecisiveResult, ExcludedShare, GainedResult, KindResult,
    LabModelResult, LevelEffectResult, LevelResult, ShareResult,
};
use trede_wire::score_result::FindingResult;

/// Decimals of euros, and of steps and offers, as they are shown.
const EUROS: u32 = 2;
const STEPS: u32 = 4;

pub(super) fn result(study: &Study, trial: &Trial, tally: &Tally, language: Language) -> LabModelResult {
    let of_tenders = |count: u64| share(count, tally.tenders);
    let has_offers = !trial.offers.is_empty();
    let in_places = trial.offers.iter().any(|offer| offer.measure == Measure::Places);
    let only_places = trial.offers.iter().all(|offer| offer.measure == Measure::Places);
    let assesses = study.assessor_point.is_some() && crate::one_point::is_assessed(&trial.declared);
    let mut result = LabModelResult {
        id: trial.id.clone(),
        title: trial.title.clone(),
        method: trial.declared.model.method.code().to_owned(),
        awarded: of_tenders(tally.price.count),
        drawn_by_lot: of_tenders(tally.by_lot),
        unscored: of_tenders(tally.unscored),
        price: spread(&tally.price, EUROS, EUROS),
        level: study.ladder.is_some().then(|| mean(&tally.level, 0, STEPS)),
        commitment_euros: (has_offers && !only_places).then(|| spread(&tally.euros, EUROS, EUROS)),
        commitments: commitments(trial, tally),
        winners: winners(study, tally),
        levels: levels(study, tally),
        level_effect: trial.scores_level().then(|| effect(&tally.effect, tally.tenders, in_places)),
        drop_out_turns: of_tenders(tally.reversals),
        assessor_point_decides: assesses.then(|| of_tenders(tally.points)),
        corridor: has_corridor(trial).then(|| corridor(trial, tally)),
        excluded: excluded(tally),
        criteria: criteria(trial, tally),
        warnings: trial
            .declared
            .warnings
            .iter()
            .map(|finding| FindingResult::new(finding, language))
            .collect(),
        guide: Vec::new(),
    };
    result.guide = guide::paragraphs(study, &result, language);
    result
}

fn commitments(trial: &Trial, tally: &Tally) -> Vec<CommitmentResult> {
    let each = trial.offers.iter().zip(&tally.offers);
    each.map(|(offer, found)| CommitmentResult {
        id: offer.id.clone(),
        title: offer.title.clone(),
        measure: match offer.measure {
            Measure::Percentage => "percentage",
            Measure::Amount => "amount",
            Measure::Places => "places",
        }
        .to_owned(),
        offer: spread(found, OFFER_DECIMALS, STEPS),
    })
    .collect()
}

fn winners(study: &Study, tally: &Tally) -> Vec<KindResult> {
    let each = study.market.kinds.iter().zip(&tally.kinds);
    each.map(|(kind, found)| KindResult {
        id: kind.id.clone(),
        title: kind.title.clone(),
        count: kind.count,
        wins: share(found.paid.count, tally.tenders),
        ranked: share(found.ranked, found.bids),
        price: (found.paid.count > 0).then(|| mean(&found.paid, EUROS, EUROS)),
    })
    .collect()
}

fn levels(study: &Study, tally: &Tally) -> Vec<LevelResult> {
    let code = |rank: usize| {
        study.ladder.as_ref().map_or(Ladder::NO_LEVEL, |ladder| ladder.code_of(LevelRank(rank))).to_owned()
    };
    let met = tally.levels.iter().enumerate().filter(|(_, found)| found.bids > 0);
    met.filter(|_| study.ladder.is_some())
        .map(|(rank, found)| LevelResult {
            level: code(rank),
            bids: share(found.bids, tally.bids),
            wins: share(found.wins, tally.tenders),
            chance: share(found.wins, found.bids),
        })
        .collect()
}

fn effect(effect: &Effect, tenders: u64, in_places: bool) -> LevelEffectResult {
    let steps = effect.steps.sum;
    let per_level = |sum: i128| (steps > 0).then(|| written(rounded(sum, steps), EUROS));
    let by_gain = effect.by_steps.iter().map(|(levels, gain)| GainedResult {
        levels: *levels,
        tenders: share(gain.price.count, tenders),
        price: spread(&gain.price, EUROS, EUROS),
        commitment_euros: spread(&gain.euros, EUROS, EUROS),
    });
    LevelEffectResult {
        changes_winner: share(effect.changed, tenders),
        levels: mean(&effect.steps, 0, STEPS),
        price: spread(&effect.all.price, EUROS, EUROS),
        commitment_euros: spread(&effect.all.euros, EUROS, EUROS),
        places: in_places.then(|| spread(&effect.all.places, OFFER_DECIMALS, STEPS)),
        price_per_level: per_level(effect.all.price.sum),
        commitment_euros_per_level: per_level(effect.all.euros.sum),
        by_gain: by_gain.collect(),
    }
}

fn corridor(trial: &Trial, tally: &Tally) -> CorridorResult {
    let by_price = trial.declared.layout.leaves.iter().any(|leaf| leaf.content.corridor().is_some());
    let of_bids = |count: u64| -> Option<ShareResult> { by_price.then(|| share(count, tally.bids)) };
    CorridorResult {
        below: of_bids(tally.corridor.below),
        above: of_bids(tally.corridor.above),
        tenders: share(tally.corridor.tenders, tally.tenders),
    }
}

fn excluded(tally: &Tally) -> Vec<ExcludedShare> {
    let each = tally.excluded.iter();
    each.map(|(code, count)| ExcludedShare { code: (*code).to_owned(), bids: share(*count, tally.bids) })
        .collect()
}

fn criteria(trial: &Trial, tally: &Tally) -> Vec<DecisiveResult> {
    let layout = &trial.declared.layout;
    let weights = layout.quality_weight.plus(&layout.price_weight);
    let in_euros = trial.declared.model.method.values_in_euros();
    let weight = |full: &Exact| {
        let share = full.times(&Exact::HUNDRED).over(&weights).filter(|_| !in_euros && full.is_positive())?;
        Some(written(rounded(billionths(&share), 10_000_000), 2))
    };
    let decides = |product: i128| {
        let whole = tally.decisive.squares;
        // Sums of squares of a hundred thousand tenders can have more digits than are left for four more.
        let (product, whole) =
            if whole > i128::MAX / 20_000 { (product / 10_000, whole / 10_000) } else { (product, whole) };
        (whole > 0).then(|| written(rounded(product * 10_000, whole), 2))
    };
    let sums = tally.decisive.products.iter().zip(&tally.decisive.turns);
    let each = layout.leaves.iter().zip(sums);
    each.map(|(leaf, (product, turns))| DecisiveResult {
        id: leaf.id.clone(),
        title: leaf.title.clone(),
        weight_percent: weight(&leaf.full),
        decides_percent: decides(*product),
        turns: share(*turns, tally.tenders),
    })
    .collect()
}
