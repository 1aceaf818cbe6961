//! The evaluation (beoordeling): all bids of a lot scored, ranked and explained.

use std::sync::{Arc, OnceLock};

use super::abnormally_low::AbnormallyLowFlag;
use super::admission::Exclusion;
use super::bid::{Bid, DropOutStage};
use super::check::DeclaredModel;
use super::drawing::drawn_order_keeping;
use super::field::Field;
use super::lot::{Drawing, Lot};
use super::model::{DropOut, ZeroPrice};
use super::notices::{LowBids, flags, warnings};
use super::outcome::Outcome;
use super::ranking::{Candidate, Ranking, Scores, rank};
use super::scoring::Parts;
use super::together::{Entrant, Together, score_together};
use super::worked::{Held, Worked};
use crate::explaining::Step;
use crate::explaining::finding::{Finding, FindingCode};
use trede_base::exact::Exact;

/// The evaluation of a lot.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// One outcome for each bid, in the lot's order.
    pub outcomes: Vec<Outcome>,
    /// The ranking of those that take part.
    pub ranking: Ranking,
    /// What the relative scores were held against.
    pub field: Field,
    /// How often the bids were scored until nobody fell below the minimum: once, unless somebody did.
    pub rounds: usize,
    /// Flags on abnormally low bids, with the bid's index.
    pub abnormally_low: Vec<(usize, AbnormallyLowFlag)>,
    /// How the bounds came about that are drawn from all bids.
    pub low_bid_steps: Vec<Step>,
    /// What a reader must know: the model's warnings stand in the model.
    pub warnings: Vec<Finding>,
}

impl Evaluation {
    /// The bids that relative scores are held against, with their indexes.
    pub fn in_field(&self) -> impl Iterator<Item = (usize, &Parts)> + Clone {
        let in_field = self.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.is_in_field());
        in_field.map(|(bid, outcome)| (bid, &outcome.parts))
    }
}

/// Scores, ranks and explains a lot. Totals are a pure function of the recorded scores.
///
/// # Errors
/// When the declared method has no value for a price that was bid.
pub fn evaluate(lot: &Lot) -> Result<Evaluation, Vec<Finding>> {
    let held = Arc::new(Held { lot: Arc::clone(lot.entered()), fields: OnceLock::new() });
    let bids = lot.bids().iter().enumerate();
    let mut outcomes: Vec<Outcome> = bids.map(|(index, bid)| own_outcome(&held, index, bid)).collect();
    refuse_impossible_prices(lot, &outcomes)?;
    let fields = held.fields.get_or_init(|| judge(lot.declared(), &mut outcomes));
    let (field, rounds) = (fields.last().cloned().unwrap_or_default(), fields.len());
    let ranking = rank(lot, &candidates(&outcomes));
    check_drawing(lot, &ranking)?;
    let LowBids { flags: abnormally_low, steps: low_bid_steps } = flags(lot, &outcomes);
    let warnings = warnings(lot, &ranking, &abnormally_low);
    Ok(Evaluation { outcomes, ranking, field, rounds, abnormally_low, low_bid_steps, warnings })
}

/// The ranked bids as the ranking sees them.
#[must_use]
pub fn candidates(outcomes: &[Outcome]) -> Vec<Candidate<'_>> {
    const NOTHING: &Exact = &Exact::ZERO;
    let ranked = outcomes.iter().enumerate().filter(|(_, outcome)| outcome.is_ranked());
    let mut candidates = Vec::with_capacity(outcomes.len());
    candidates.extend(ranked.map(|(bid, outcome)| Candidate {
        bid,
        total: outcome.declared_total.as_ref().unwrap_or(NOTHING),
        quality: &outcome.quality,
        price: outcome.parts.prices.first().unwrap_or(NOTHING),
        scores: Scores::OnDemand(outcome),
    }));
    candidates
}

fn own_outcome(held: &Arc<Held>, index: usize, bid: &Bid) -> Outcome {
    let (parts, mut exclusions) = held.lot.own_of(index, bid);
    let mut keeps_its_marks = false;
    if let Some(dropped) = &bid.exclusion {
        // Its marks only stay when it took part, and the others keep their scores.
        keeps_its_marks = exclusions.is_empty()
            && dropped.stage == DropOutStage::AfterRanking
            && held.lot.declared.model.drop_out != Some(DropOut::Recompute);
        exclusions.push(Exclusion::DroppedOut(dropped.reason.clone()));
    }
    Outcome {
        worked: Worked::of(held, index),
        parts,
        quality: Exact::ZERO,
        exact_total: None,
        declared_total: None,
        exclusions,
        keeps_its_marks,
    }
}

fn refuse_impossible_prices(lot: &Lot, outcomes: &[Outcome]) -> Result<(), Vec<Finding>> {
    let model = &lot.declared().model;
    let mut found = Vec::new();
    let divides = model.method.divides_by_price();
    let needs_positive = model.method.needs_positive_price();
    if !needs_positive && !divides {
        return Ok(());
    }
    for (index, outcome) in outcomes.iter().enumerate().filter(|(_, outcome)| outcome.is_in_field()) {
        let real = outcome.real_price(lot.declared());
        if needs_positive && real.as_ref().is_some_and(Exact::is_negative) {
            let details = [lot.id_of(index).to_owned(), model.method.code().to_owned()];
            found.push(Finding::new(FindingCode::CostNotPositive, "/bids", details));
            continue;
        }
        for price in outcome.parts.prices.iter().filter(|price| !price.is_positive()) {
            let id = lot.id_of(index).to_owned();
            // A price that a discount takes whole is no price of zero: the bidder asks to be paid.
            let bid_zero = real.as_ref().is_none_or(Exact::is_zero);
            if divides && price.is_zero() && bid_zero && model.zero_price == ZeroPrice::Refuse {
                found.push(Finding::new(FindingCode::ZeroPrice, "/bids", [id.clone()]));
            }
            if (needs_positive && price.is_negative()) || (divides && price.is_zero() && !bid_zero) {
                let details = [id.clone(), model.method.code().to_owned()];
                found.push(Finding::new(FindingCode::DiscountExceedsPrice, "/bids", details));
            }
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Scores the bids together; the fields of all rounds, in the last of which nobody fell.
fn judge(declared: &DeclaredModel, outcomes: &mut [Outcome]) -> Vec<Field> {
    let mut entrants: Vec<Entrant<'_>> = Vec::with_capacity(outcomes.len());
    entrants.extend(outcomes.iter().enumerate().filter_map(|(bid, outcome)| outcome.entrant(bid)));
    let bids: Vec<usize> = entrants.iter().map(|entrant| entrant.bid).collect();
    let Together { fields, verdicts } = score_together(declared, &entrants);
    for (bid, (round, verdict)) in bids.into_iter().zip(verdicts) {
        if let Some(outcome) = outcomes.get_mut(bid) {
            outcome.judged(declared, round, verdict);
        }
    }
    fields
}

/// A drawing decides the bids that are open to it. It belongs to the lot: bids that dropped out since, or are equal no
/// more, stand in it still, and who remains keeps the order in which it was drawn.
fn check_drawing(lot: &Lot, ranking: &Ranking) -> Result<(), Vec<Finding>> {
    let Some(drawing) = lot.drawing() else { return Ok(()) };
    let for_lot = ranking.ties.iter().flat_map(|tie| &tie.for_lot);
    let mut tied: Vec<&str> = for_lot.map(|bid| lot.id_of(*bid)).collect();
    tied.sort_unstable();
    let is_drawn = |bid: &str| drawing.order.iter().any(|drawn| drawn == bid);
    let is_known = |drawn: &String| lot.bids().iter().enumerate().any(|(bid, _)| lot.id_of(bid) == drawn);
    let is_twice =
        |(place, drawn): (usize, &String)| drawing.order.iter().take(place).any(|other| other == drawn);
    let fits = !tied.is_empty()
        && tied.iter().all(|bid| is_drawn(bid))
        && drawing.order.iter().all(is_known)
        && !drawing.order.iter().enumerate().any(is_twice);
    if fits {
        return check_order(drawing);
    }
    let mut drawn: Vec<&str> = drawing.order.iter().map(String::as_str).collect();
    drawn.sort_unstable();
    Err(vec![Finding::new(
        FindingCode::DrawingMismatch,
        "/drawing/order",
        [drawn.join(", "), tied.join(", ")],
    )])
}

/// A drawing by a random value has the order that follows from it.
fn check_order(drawing: &Drawing) -> Result<(), Vec<Finding>> {
    let Some(value) = &drawing.value else { return Ok(()) };
    let following = drawn_order_keeping(value, &drawing.order, &drawing.kept);
    if following == drawing.order {
        return Ok(());
    }
    let details = [following.join(", "), drawing.order.join(", ")];
    Err(vec![Finding::new(FindingCode::DrawingNotFollowing, "/drawing/order", details)])
}
