//! The evaluation (beoordeling): all bids of a lot scored, ranked and explained.

use super::abnormally_low::{AbnormallyLowFlag, Prices};
use super::admission::{Exclusion, exclusions};
use super::bid::{Answer, DropOutStage};
use super::check::{DeclaredModel, is_relative};
use super::criterion::Content;
use super::explanation::{Rule, Step, Terms};
use super::field::Field;
use super::finding::{Finding, FindingCode};
use super::layout::Role;
use super::lot::Lot;
use super::model::{DropOut, Method, ZeroPrice};
use super::price_formula::PriceScore;
use super::ranking::{Candidate, Ranking, rank};
use super::scoring::{CriterionScore, Parts, PlacedStep, own_scores};
use super::total::{feature_coefficient, method_total, relative_quality, score_of_number, score_of_price};
use crate::domain::exact::Exact;
use crate::domain::pso::Note;

/// The evaluation of a lot.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// One outcome for each bid, in the lot's order.
    pub outcomes: Vec<Outcome>,
    /// The ranking of those that take part.
    pub ranking: Ranking,
    /// What the relative scores were held against.
    pub field: Field,
    /// Flags on abnormally low bids, with the bid's index.
    pub abnormally_low: Vec<(usize, AbnormallyLowFlag)>,
    /// What a reader must know: the model's warnings stand in the model.
    pub warnings: Vec<Finding>,
}

/// What became of a bid.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The scores, one for each criterion.
    pub scores: Vec<CriterionScore>,
    /// The steps beside the scores, up to the total.
    pub steps: Vec<PlacedStep>,
    /// What it brought into the comparison.
    pub parts: Parts,
    /// The points or value besides the price, as they count.
    pub quality: Exact,
    /// The total before rounding; none when it was not compared.
    pub exact_total: Option<Exact>,
    /// The total as it counts.
    pub declared_total: Option<Exact>,
    /// Why it is not ranked; empty when it is.
    pub exclusions: Vec<Exclusion>,
    /// Whether its scores still count for the others although it dropped out after the ranking.
    pub keeps_its_marks: bool,
}

impl Outcome {
    /// Whether the bid is ranked.
    #[must_use]
    pub fn is_ranked(&self) -> bool {
        self.exclusions.is_empty()
    }

    /// The price before discount, when the model has one price criterion.
    #[must_use]
    pub fn real_price(&self, declared: &DeclaredModel) -> Option<Exact> {
        let [leaf] = declared.layout.prices.as_slice() else { return None };
        self.scores.get(*leaf).map(|score| score.raw.clone())
    }

    fn is_in_field(&self) -> bool {
        self.is_ranked() || self.keeps_its_marks
    }
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
    let declared = lot.declared();
    let mut outcomes: Vec<Outcome> = lot.bids().iter().map(|bid| own_outcome(declared, bid)).collect();
    refuse_impossible_prices(lot, &outcomes)?;
    let mut field = hold_against_field(declared, &mut outcomes);
    while exclude_by_total(declared, &mut outcomes) && declared.model.drop_out == Some(DropOut::Recompute) {
        field = hold_against_field(declared, &mut outcomes);
    }
    let ranking = rank(lot, candidates(&outcomes));
    if declared.model.total_threshold.is_none() && ranking.corridor_from.is_some() {
        explain_corridor(declared, &ranking, &mut outcomes);
    }
    check_drawing(lot, &ranking)?;
    let abnormally_low = flags(lot, &outcomes);
    let warnings = warnings(lot, &ranking, &abnormally_low);
    Ok(Evaluation { outcomes, ranking, field, abnormally_low, warnings })
}

/// The ranked bids as the ranking sees them.
#[must_use]
pub fn candidates(outcomes: &[Outcome]) -> Vec<Candidate<'_>> {
    const NOTHING: &Exact = &Exact::ZERO;
    let ranked = outcomes.iter().enumerate().filter(|(_, outcome)| outcome.is_ranked());
    ranked
        .map(|(bid, outcome)| Candidate {
            bid,
            total: outcome.declared_total.as_ref().unwrap_or(NOTHING),
            quality: &outcome.quality,
            price: outcome.parts.prices.first().unwrap_or(NOTHING),
            scores: &outcome.scores,
        })
        .collect()
}

fn own_outcome(declared: &DeclaredModel, bid: &super::bid::Bid) -> Outcome {
    let own = own_scores(declared, bid);
    let mut reasons = exclusions(declared, bid, &own.scores, &own.parts);
    let mut keeps_its_marks = false;
    if let Some(dropped) = &bid.exclusion {
        // Its marks only stay when it took part, and the others keep their scores.
        keeps_its_marks = reasons.is_empty()
            && dropped.stage == DropOutStage::AfterRanking
            && declared.model.drop_out != Some(DropOut::Recompute);
        reasons.push(Exclusion::DroppedOut(dropped.reason.clone()));
    }
    Outcome {
        scores: own.scores,
        steps: own.steps,
        parts: own.parts,
        quality: Exact::ZERO,
        exact_total: None,
        declared_total: None,
        exclusions: reasons,
        keeps_its_marks,
    }
}

fn refuse_impossible_prices(lot: &Lot, outcomes: &[Outcome]) -> Result<(), Vec<Finding>> {
    let model = &lot.declared().model;
    let mut found = Vec::new();
    let divides = model.method.divides_by_price();
    let needs_positive = divides || matches!(model.method, Method::LowestToHighest);
    for (index, outcome) in outcomes.iter().enumerate().filter(|(_, outcome)| outcome.is_in_field()) {
        let id = lot.id_of(index).to_owned();
        for price in &outcome.parts.prices {
            if divides && price.is_zero() && model.zero_price == ZeroPrice::Refuse {
                found.push(Finding::new(FindingCode::ZeroPrice, "/bids", [id.clone()]));
            }
            if needs_positive && price.is_negative() {
                let details = [id.clone(), model.method.code().to_owned()];
                found.push(Finding::new(FindingCode::DiscountExceedsPrice, "/bids", details));
            }
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

fn hold_against_field(declared: &DeclaredModel, outcomes: &mut [Outcome]) -> Field {
    let parts = outcomes.iter().filter(|outcome| outcome.is_in_field()).map(|outcome| &outcome.parts);
    let field = Field::of(declared, parts).unwrap_or_default();
    for outcome in outcomes.iter_mut().filter(|outcome| outcome.is_in_field()) {
        outcome.compare_with(declared, &field);
    }
    field
}

impl Outcome {
    fn compare_with(&mut self, declared: &DeclaredModel, field: &Field) {
        let layout = &declared.layout;
        let rounding = declared.model.rounding;
        self.steps.retain(|placed| !is_total_step(placed.step.rule));
        for (index, leaf) in layout.leaves.iter().enumerate() {
            let relative = match leaf.role {
                Role::Price(k) => pair(&self.parts.prices, &field.prices, k)
                    .and_then(|(price, field)| score_of_price(declared, leaf, price, field)),
                Role::RelativeNumber(k) => {
                    match (&leaf.content, pair(&self.parts.numbers, &field.numbers, k)) {
                        (Content::Numeric(scoring), Some((number, field))) => {
                            Some(score_of_number(leaf, scoring, number, field))
                        }
                        _ => None,
                    }
                }
                _ => None,
            };
            if let (Some(PriceScore { share, rule, terms }), Some(score)) =
                (relative, self.scores.get_mut(index))
            {
                let result = share.times(&leaf.full);
                score.declared = rounding.of_criterion(&result);
                score.share = share;
                score.step = Step { rule, terms, result };
            }
        }
        self.add_up(declared, field);
    }

    /// The components of the total, their sum, and what the method makes of it.
    fn add_up(&mut self, declared: &DeclaredModel, field: &Field) {
        let layout = &declared.layout;
        let rounding = declared.model.rounding;
        let (mut quality, mut prices) = (Vec::with_capacity(self.scores.len()), Vec::new());
        for (leaf, score) in layout.leaves.iter().zip(&self.scores) {
            match leaf.role {
                Role::Price(_) if declared.model.method.allows_several_prices() => {
                    prices.push(score.declared.clone())
                }
                Role::Quality | Role::RelativeNumber(_) => quality.push(score.declared.clone()),
                _ => {}
            }
        }
        for ((node, points), best) in layout.nodes.iter().zip(&self.parts.nodes).zip(&field.best) {
            let step = relative_quality(&node.full, points, best);
            quality.push(rounding.of_criterion(&step.result));
            let id =
                layout.groups.iter().find(|group| group.leaves == node.leaves).map(|group| group.id.clone());
            let id = id.or_else(|| layout.leaves.get(node.leaves.start).map(|leaf| leaf.id.clone()));
            self.steps.push(PlacedStep { criterion: id, step });
        }
        self.quality = Exact::sum(&quality);
        let price_points = Exact::sum(&prices);
        let mut total = method_total(declared, &self.parts, &self.quality, &price_points, field);
        if total.rule == Rule::WeightedSum {
            quality.append(&mut prices);
            total.terms = Terms::list(quality);
        } else if !quality.is_empty() {
            let in_euros = declared.model.method.values_in_euros();
            let rule = if in_euros { Rule::ValueSum } else { Rule::WeightedSum };
            self.add_step(rule, Terms::list(quality), self.quality.clone());
            if declared.model.method == Method::Features {
                let most = &layout.quality_weight;
                let terms = Terms::of([self.quality.clone(), most.clone()]);
                self.add_step(Rule::FeatureCoefficient, terms, feature_coefficient(&self.quality, most));
            }
        }
        let exact = total.result.clone();
        let rounded = declared.model.rounding.of_total(&exact);
        self.steps.push(PlacedStep { criterion: None, step: total });
        if matches!(rounding, super::rounding::Rounding::Total { .. }) {
            self.add_step(Rule::RoundedTotal, Terms::of([exact.clone()]), rounded.clone());
        }
        self.exact_total = Some(exact);
        self.declared_total = Some(rounded);
    }

    fn add_step(&mut self, rule: Rule, terms: Terms, result: Exact) {
        self.steps.push(PlacedStep { criterion: None, step: Step { rule, terms, result } });
    }
}

/// Whether a step is made again when the field changes.
fn is_total_step(rule: Rule) -> bool {
    !matches!(rule, Rule::AssessorMean | Rule::LifeCycleCost | Rule::DiscountPercent | Rule::DiscountAmount)
}

fn pair<'a, A, B>(values: &'a [A], fields: &'a [B], index: usize) -> Option<(&'a A, &'a B)> {
    Some((values.get(index)?, fields.get(index)?))
}

/// Excludes bids below the minimum total; whether any was.
fn exclude_by_total(declared: &DeclaredModel, outcomes: &mut [Outcome]) -> bool {
    let Some(minimum) = declared.model.total_threshold.map(Exact::from) else { return false };
    let mut any = false;
    for outcome in outcomes.iter_mut().filter(|outcome| outcome.is_ranked()) {
        if let Some(total) = outcome.declared_total.clone().filter(|total| *total < minimum) {
            outcome.exclusions.push(Exclusion::TotalBelowMinimum { total, minimum: minimum.clone() });
            outcome.keeps_its_marks = declared.model.drop_out != Some(DropOut::Recompute);
            any = true;
        }
    }
    any && is_relative(&declared.model)
}

fn explain_corridor(declared: &DeclaredModel, ranking: &Ranking, outcomes: &mut [Outcome]) {
    let Method::ExtendedRatio(percent, _) = declared.model.method else { return };
    let best = candidates(outcomes).iter().map(|candidate| candidate.total.clone()).max().unwrap_or_default();
    for place in ranking.places.iter().filter(|place| place.inside_corridor == Some(true)) {
        if let Some(outcome) = outcomes.get_mut(place.bid) {
            let ratio = outcome.declared_total.clone().unwrap_or_default();
            let terms = Terms::of([best.clone(), Exact::from(percent), ratio]);
            outcome.add_step(Rule::InsideCorridor, terms, outcome.quality.clone());
        }
    }
}

/// A drawing decides exactly the bids that are open to it.
fn check_drawing(lot: &Lot, ranking: &Ranking) -> Result<(), Vec<Finding>> {
    let Some(drawing) = lot.drawing() else { return Ok(()) };
    let mut drawn: Vec<&str> = drawing.order.iter().map(String::as_str).collect();
    drawn.sort_unstable();
    let for_lot = ranking.ties.iter().flat_map(|tie| &tie.for_lot);
    let mut tied: Vec<&str> = for_lot.map(|bid| lot.id_of(*bid)).collect();
    tied.sort_unstable();
    if drawn == tied {
        return Ok(());
    }
    Err(vec![Finding::new(
        FindingCode::DrawingMismatch,
        "/drawing/order",
        [drawn.join(", "), tied.join(", ")],
    )])
}

fn flags(lot: &Lot, outcomes: &[Outcome]) -> Vec<(usize, AbnormallyLowFlag)> {
    let declared = lot.declared();
    let ranked: Vec<usize> =
        (0..outcomes.len()).filter(|bid| outcomes.get(*bid).is_some_and(Outcome::is_ranked)).collect();
    if declared.model.abnormally_low.is_empty() || declared.layout.prices.is_empty() {
        return Vec::new();
    }
    let final_price = |bid: &usize| {
        let scores = outcomes.get(*bid).map(|outcome| outcome.scores.as_slice()).unwrap_or_default();
        Exact::sum(declared.layout.prices.iter().filter_map(|leaf| scores.get(*leaf)).map(|score| &score.raw))
    };
    let initial_price = |bid: &usize| {
        lot.bid(*bid).and_then(|bid| bid.initial_price).map_or_else(|| final_price(bid), Exact::from)
    };
    let prices =
        Prices::new(ranked.iter().map(final_price).collect(), ranked.iter().map(initial_price).collect());
    let mut flagged = Vec::new();
    for (position, bid) in ranked.iter().enumerate() {
        for rule in &declared.model.abnormally_low {
            flagged.extend(prices.flag(*rule, position).map(|flag| (*bid, flag)));
        }
    }
    flagged
}

fn warnings(lot: &Lot, ranking: &Ranking, flags: &[(usize, AbnormallyLowFlag)]) -> Vec<Finding> {
    let mut found = Vec::new();
    if ranking.places.is_empty() {
        found.push(Finding::new(FindingCode::NoBidLeft, "/bids", []));
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
    for bid in lot.bids() {
        for note in &bid.notes {
            found.push(note_on(&bid.id, note));
        }
        for (leaf, answer) in lot.declared().layout.leaves.iter().zip(&bid.answers) {
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
