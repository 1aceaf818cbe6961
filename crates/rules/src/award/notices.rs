//! What a reader of an evaluation must know: flags on abnormally low bids, open ties, levels that did not count.

use super::abnormally_low::{AbnormallyLowFlag, Judge, Prices};
use super::bid::Answer;
use super::lot::Lot;
use super::outcome::Outcome;
use super::ranking::Ranking;
use crate::explaining::Step;
use crate::explaining::finding::{Finding, FindingCode};
use crate::pso::Note;
use trede_base::exact::Exact;

/// The flags of the declared rules, and how bounds came about that are drawn from all bids.
#[derive(Default)]
pub(super) struct LowBids {
    pub flags: Vec<(usize, AbnormallyLowFlag)>,
    pub steps: Vec<Step>,
}

/// The flags of the declared rules on ranked bids, with the bid's index.
pub(super) fn flags(lot: &Lot, outcomes: &[Outcome]) -> LowBids {
    let declared = lot.declared();
    if declared.model.abnormally_low.is_empty() || declared.layout.prices.is_empty() {
        return LowBids::default();
    }
    let ranked: Vec<usize> =
        (0..outcomes.len()).filter(|bid| outcomes.get(*bid).is_some_and(Outcome::is_ranked)).collect();
    let final_price =
        |bid: &usize| outcomes.get(*bid).map(|outcome| outcome.asked(declared)).unwrap_or_default();
    let initial_price = |bid: &usize| {
        lot.bid(*bid).and_then(|bid| bid.initial_price).map_or_else(|| final_price(bid), Exact::from)
    };
    let prices =
        Prices::new(ranked.iter().map(final_price).collect(), ranked.iter().map(initial_price).collect());
    let judges: Vec<Judge<'_>> =
        declared.model.abnormally_low.iter().filter_map(|rule| prices.judge(*rule)).collect();
    let mut found = LowBids::default();
    for judge in &judges {
        found.steps.extend(judge.bound.iter().flat_map(|bound| bound.steps.iter().cloned()));
    }
    for (position, bid) in ranked.iter().enumerate() {
        found.flags.extend(judges.iter().filter_map(|judge| judge.flag(position)).map(|flag| (*bid, flag)));
    }
    found
}

/// What must be known about the ranking and the bids.
pub(super) fn warnings(lot: &Lot, ranking: &Ranking, flags: &[(usize, AbnormallyLowFlag)]) -> Vec<Finding> {
    let mut found = Vec::new();
    if ranking.places.is_empty() {
        found.push(Finding::new(FindingCode::NoBidLeft, "/bids", []));
    }
    if let Some(winners) = lot.declared().model.winners
        && (1..winners.maximum).contains(&ranking.places.len())
    {
        let details = [ranking.places.len().to_string(), winners.maximum.to_string()];
        found.push(Finding::new(FindingCode::FewerWinners, "/bids", details));
    }
    for tie in ranking.ties.iter().filter(|tie| !tie.open.is_empty()) {
        let ids: Vec<&str> = tie.open.iter().map(|bid| lot.id_of(*bid)).collect();
        found.push(Finding::new(FindingCode::OpenTie, "/bids", [ids.join(", ")]));
    }
    let mut flagged: Vec<usize> = flags.iter().map(|(bid, _)| *bid).collect();
    flagged.dedup();
    for bid in flagged {
        found.push(Finding::new(FindingCode::AskForExplanation, "/bids", [lot.id_of(bid).to_owned()]));
    }
    let assessment = lot.declared().model.assessment.as_ref();
    let flags_spread = assessment.is_some_and(|assessment| assessment.flag_spread_above.is_some());
    for bid in lot.bids() {
        for note in &bid.notes {
            found.push(note_on(&bid.id, note));
        }
        if assessment.is_none() {
            // Only a declared assessment makes one score of several.
            continue;
        }
        for (leaf, answer) in lot.declared().layout.leaves.iter().zip(&bid.answers) {
            if matches!(answer, Answer::Score(score) if score.is_outside_the_individual_scores()) {
                let details = [bid.id.clone(), leaf.id.clone()];
                found.push(Finding::new(FindingCode::ConsensusOutside, "/bids", details));
            }
            if !flags_spread {
                continue;
            }
            if matches!(answer, Answer::Score(score) if score.spread_flagged) {
                let details = [bid.id.clone(), leaf.id.clone()];
                found.push(Finding::new(FindingCode::SpreadFlagged, "/bids", details));
            }
        }
    }
    found
}

fn note_on(bid: &str, note: &Note) -> Finding {
    let bid = bid.to_owned();
    match note.clone() {
        Note::NotValid { level, on } => {
            Finding::new(FindingCode::LevelNotValid, "/bids", [bid, level, on.to_string()])
        }
        Note::Equivalent { level, reason } => {
            Finding::new(FindingCode::LevelEquivalent, "/bids", [bid, level, reason])
        }
        Note::Unused { level } => Finding::new(FindingCode::LevelUnused, "/bids", [bid, level]),
        Note::Mapped { from, to } => Finding::new(FindingCode::LevelMapped, "/bids", [bid, from, to]),
    }
}
