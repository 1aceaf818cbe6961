//! From a score file to its result.

use super::analysis::{AnalysisResult, cents};
use super::lot_awards::{lot_awards, ranked_lot};
use super::step::fraction;
use super::{
    AbnormallyLowResult, AwardFactorResult, BestTotal, BidResult, CriterionResult, ExcludedResult,
    FactorResult, FindingResult, GroupResult, LanguageCode, LotResult, LotStatus, ReasonResult, ScoreResult,
    StepResult, TieResult, TotalResult, WinnersResult,
};
use crate::canonical::{canonical_bytes, sha256_hex};
use crate::score_file::{LotInput, ScoreFile, TenderInput};
use trede_base::exact::Exact;
use trede_rules::award::abnormally_low::AbnormallyLowFlag;
use trede_rules::award::award_factor::{Factor, award_factor};
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::{Group, Leaf, Role};
use trede_rules::award::model::{Best, TieStep};
use trede_rules::award::ranking::{Place, TieGroup};
use trede_rules::award::robustness::{MOST_STEPS, analysis_cost};
use trede_rules::award::scoring::CriterionScore;
use trede_rules::award::{ENGINE_VERSION, Evaluation, Lot, Outcome, evaluate};
use trede_rules::explaining::finding::{Code, FindingCode};
use trede_rules::explaining::finding::{Finding, Severity};
use trede_rules::explaining::{Language, Rule};
use trede_rules::pso::Standing;

/// What a result holds besides the ranking.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResultOptions {
    /// The language of its texts.
    pub language: LanguageCode,
    /// Whether it holds every step of the calculation.
    pub explain: bool,
    /// Whether it holds the analyses.
    pub analyse: bool,
}

/// Why a file cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} errors in the score file", .0.len())]
pub struct Failure(pub Vec<Finding>);

impl Failure {
    /// The errors on the wire.
    #[must_use]
    pub fn findings(&self, language: Language) -> Vec<FindingResult> {
        self.0.iter().map(|finding| FindingResult::new(finding, language)).collect()
    }
}

/// Scores every lot of a file.
///
/// # Errors
/// All errors of the file, each with its JSON pointer.
pub fn score(file: &ScoreFile, options: ResultOptions) -> Result<ScoreResult, Failure> {
    score_lots(file, options, TooLarge::Fails)
}

/// Scores every lot of a file; analyses that would take too long are left out, with a warning. An evaluation that
/// must be made whatever its size goes by this.
///
/// # Errors
/// All errors of the file, each with its JSON pointer.
pub fn score_whatever_size(file: &ScoreFile, options: ResultOptions) -> Result<ScoreResult, Failure> {
    score_lots(file, options, TooLarge::LeftOut)
}

/// What becomes of analyses that would take too long.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TooLarge {
    Fails,
    LeftOut,
}

fn score_lots(file: &ScoreFile, options: ResultOptions, too_large: TooLarge) -> Result<ScoreResult, Failure> {
    let lots = file.to_lots().map_err(Failure)?;
    let mut results = Vec::with_capacity(lots.len());
    let mut errors = Vec::new();
    let mut ranked = Vec::with_capacity(lots.len());
    for (index, (lot, input)) in lots.iter().zip(&file.lots).enumerate() {
        let place = format!("/lots/{index}");
        match evaluate(lot) {
            Ok(evaluation) => {
                ranked.push(ranked_lot(lot, input, &evaluation));
                let unbearable = options.analyse.then(|| unbearable(lot, &evaluation)).flatten();
                match unbearable {
                    Some(finding) if too_large == TooLarge::Fails => errors.push(finding.below(&place)),
                    unbearable => {
                        let options =
                            ResultOptions { analyse: options.analyse && unbearable.is_none(), ..options };
                        let writer = Writer { lot, input, evaluation: &evaluation, options, place };
                        let mut result = writer.lot_result();
                        let left_out = unbearable.map(|finding| writer.left_out(finding));
                        result.warnings.extend(left_out);
                        results.push(result);
                    }
                }
            }
            Err(found) => errors.extend(found.into_iter().map(|finding| finding.below(&place))),
        }
    }
    if !errors.is_empty() {
        return Err(Failure(errors));
    }
    let lot_awards = lot_awards(file, &ranked);
    results.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(ScoreResult {
        engine_version: ENGINE_VERSION.to_owned(),
        input_fingerprint: sha256_hex(&canonical_bytes(file)),
        tender: TenderInput::clone(&file.tender),
        lots: results,
        lot_awards,
    })
}

/// That the analyses would take too long, if they would.
pub(super) fn unbearable(lot: &Lot, evaluation: &Evaluation) -> Option<Finding> {
    let cost = analysis_cost(lot, evaluation);
    let details =
        [cost.bids.to_string(), cost.criteria.to_string(), cost.steps.to_string(), MOST_STEPS.to_string()];
    (!cost.is_bearable()).then(|| Finding::new(FindingCode::AnalysisTooLarge, "/bids", details))
}

impl FindingResult {
    /// A finding with its texts in a language.
    #[must_use]
    pub fn new<C: Code>(finding: &Finding<C>, language: Language) -> Self {
        let severity = match finding.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        FindingResult {
            code: finding.code.code().to_owned(),
            severity: severity.to_owned(),
            pointer: finding.place.clone(),
            detail: finding.detail(language),
            remedy: finding.remedy(language),
        }
    }
}

/// Writes the result of one lot.
pub(super) struct Writer<'a> {
    pub(super) lot: &'a Lot,
    pub(super) input: &'a LotInput,
    pub(super) evaluation: &'a Evaluation,
    pub(super) options: ResultOptions,
    pub(super) place: String,
}

impl Writer<'_> {
    pub(super) fn language(&self) -> Language {
        self.options.language.into()
    }

    fn ids(&self, bids: &[usize]) -> Vec<String> {
        bids.iter().map(|bid| self.lot.id_of(*bid).to_owned()).collect()
    }

    fn lot_result(&self) -> LotResult {
        let ranking = &self.evaluation.ranking;
        let first: Vec<usize> =
            ranking.places.iter().filter(|place| place.rank == 1).map(|place| place.bid).collect();
        let method = &self.lot.declared().model.method;
        let winners = self.winners();
        LotResult {
            id: self.input.id.clone(),
            title: self.input.title.clone(),
            method: method.code().to_owned(),
            best_total: match method.best() {
                Best::Highest => BestTotal::Highest,
                Best::Lowest => BestTotal::Lowest,
            },
            status: match (first.len(), &winners) {
                (0, _) => LotStatus::NoBidLeft,
                (_, Some(winners)) if winners.waiting.is_empty() => LotStatus::Decided,
                (1, None) => LotStatus::Decided,
                _ => LotStatus::TieOpen,
            },
            first: self.ids(&first),
            winners,
            ranking: ranking.places.iter().filter_map(|place| self.bid_result(place)).collect(),
            excluded: self.excluded(),
            ties: ranking.ties.iter().map(|tie| self.tie_result(tie)).collect(),
            abnormally_low: self
                .evaluation
                .abnormally_low
                .iter()
                .map(|(bid, flag)| self.flag(*bid, flag))
                .collect(),
            low_bid_steps: self.low_bid_steps(),
            warnings: self.warnings(),
            corridor_from: ranking.corridor_from.as_ref().map(Exact::shown),
            analysis: self.options.analyse.then(|| {
                let reference = self.input.reference_price.map(|price| Exact::from(price.0));
                AnalysisResult::of(self.lot, self.evaluation, reference.as_ref())
            }),
        }
    }

    fn winners(&self) -> Option<WinnersResult> {
        let winners = self.lot.declared().model.winners?;
        let chosen = winners.chosen(&self.evaluation.ranking);
        Some(WinnersResult {
            maximum: winners.maximum,
            bids: self.ids(&chosen.winners),
            reserves: self.ids(&chosen.reserves),
            waiting: self.ids(&chosen.waiting),
        })
    }

    fn low_bid_steps(&self) -> Vec<StepResult> {
        let steps = self.evaluation.low_bid_steps.iter().filter(|_| self.options.explain);
        steps.map(|step| StepResult::new(None, step, self.language())).collect()
    }

    fn left_out(&self, finding: Finding) -> FindingResult {
        let finding = Finding { code: FindingCode::AnalysisLeftOut, ..finding };
        FindingResult::new(&finding.below(&self.place), self.language())
    }

    fn warnings(&self) -> Vec<FindingResult> {
        let of_model = self.lot.declared().warnings.iter();
        let of_model = of_model.map(|finding| finding.clone().below(&format!("{}/awardModel", self.place)));
        let of_bids = self.evaluation.warnings.iter().map(|finding| finding.clone().below(&self.place));
        of_model.chain(of_bids).map(|finding| FindingResult::new(&finding, self.language())).collect()
    }

    fn bid_result(&self, place: &Place) -> Option<BidResult> {
        let declared = self.lot.declared();
        let outcome = self.evaluation.outcomes.get(place.bid)?;
        let bid = self.lot.bid(place.bid)?;
        let exact = outcome.exact_total.as_ref()?;
        let factor = award_factor(self.lot, self.evaluation, place.bid);
        let price = outcome.real_price(declared);
        let counted = outcome.parts.prices.first().filter(|counted| Some(*counted) != price.as_ref());
        let ties = &self.evaluation.ranking.ties;
        Some(BidResult {
            id: bid.id.clone(),
            bidder: bid.bidder.clone(),
            rank: place.rank,
            tie_group: ties.iter().position(|tie| tie.bids.contains(&place.bid)).map(|index| index + 1),
            total: TotalResult {
                exact: exact.shown(),
                fraction: fraction(exact),
                declared: outcome.declared_total.as_ref()?.shown(),
            },
            level: self.level(&bid.standing),
            discounted_price: counted.filter(|_| price.is_some()).map(Exact::shown),
            price: price.as_ref().map(Exact::shown),
            criteria: self.criteria(outcome),
            groups: self.groups(outcome),
            explanation: self.options.explain.then(|| self.explanation(place.bid, outcome, factor.as_ref())),
            award_factor: factor.as_ref().map(|factor| AwardFactorResult {
                level: factor_result(&factor.level, self.language()),
                commitments: factor_result(&factor.commitments, self.language()),
                together: factor_result(&factor.together, self.language()),
            }),
        })
    }

    fn level(&self, standing: &Standing) -> Option<String> {
        let declared = self.lot.declared();
        let ladder = &declared.model.pso.as_ref()?.ladder;
        let scores_level =
            |leaf: &trede_rules::award::layout::Leaf| matches!(leaf.content, Content::PsoLevel(_));
        declared.layout.leaves.iter().any(scores_level).then(|| match standing {
            Standing::Single(rank) => ladder.code_of(*rank).to_owned(),
            Standing::Weighted(members) => {
                let parts: Vec<String> = members
                    .iter()
                    .map(|(rank, share)| format!("{} {share} %", ladder.code_of(*rank)))
                    .collect();
                parts.join(", ")
            }
        })
    }

    fn criteria(&self, outcome: &Outcome) -> Vec<CriterionResult> {
        let leaves = self.lot.declared().layout.leaves.iter();
        leaves
            .zip(outcome.scores())
            .map(|(leaf, score)| CriterionResult {
                id: leaf.id.clone(),
                title: leaf.title.clone(),
                full: (!leaf.full.is_zero()).then(|| leaf.full.shown()),
                raw: score.raw.shown(),
                normalised: score.share(&leaf.full).shown(),
                weighted: weighted(leaf, score).shown(),
                fraction: fraction(&weighted(leaf, score)),
                declared: score.declared.shown(),
            })
            .collect()
    }

    /// The scores that a bid has although it was never compared: those that its own answers decide.
    fn criteria_by_itself(&self, outcome: &Outcome) -> Vec<CriterionResult> {
        let scores = self.criteria(outcome);
        if outcome.exact_total.is_some() {
            return scores;
        }
        let by_itself = |leaf: &Leaf| matches!(leaf.role, Role::Quality | Role::Discount | Role::Fixed);
        let leaves = self.lot.declared().layout.leaves.iter();
        leaves.zip(scores).filter(|(leaf, _)| by_itself(leaf)).map(|(_, score)| score).collect()
    }

    fn groups(&self, outcome: &Outcome) -> Vec<GroupResult> {
        let groups = self.lot.declared().layout.groups.iter();
        groups
            .map(|group| {
                let sum = self.declared_of_group(outcome, group);
                GroupResult { id: group.id.clone(), full: group.full.shown(), declared: sum.shown() }
            })
            .collect()
    }

    /// What a group adds to the total: the sum of its criteria, or what it is worth beside the best.
    fn declared_of_group(&self, outcome: &Outcome, group: &Group) -> Exact {
        let declared = self.lot.declared();
        let node = declared.layout.nodes.iter().position(|node| node.leaves == group.leaves);
        let relative = node.and_then(|node| outcome.node_step(declared, node, &self.evaluation.field));
        if let Some(step) = relative {
            return declared.model.rounding.of_criterion(&step.result, &group.full);
        }
        let scores = outcome.scores().get(group.leaves.clone()).unwrap_or_default();
        Exact::sum(scores.iter().map(|score| &score.declared))
    }

    fn excluded(&self) -> Vec<ExcludedResult> {
        let outcomes = self.lot.bids().iter().zip(&self.evaluation.outcomes);
        outcomes
            .filter(|(_, outcome)| !outcome.is_ranked())
            .map(|(bid, outcome)| ExcludedResult {
                id: bid.id.clone(),
                bidder: bid.bidder.clone(),
                reasons: outcome
                    .exclusions
                    .iter()
                    .map(|reason| ReasonResult {
                        code: reason.code().to_owned(),
                        detail: reason.reason(self.language()),
                    })
                    .collect(),
                criteria: self.criteria_by_itself(outcome),
            })
            .collect()
    }

    fn tie_result(&self, tie: &TieGroup) -> TieResult {
        let record = ["place", "heldAt", "performedBy", "invited", "order"];
        TieResult {
            bids: self.ids(&tie.bids),
            decided_by: tie.decided_by.as_ref().map(|step| match step {
                TieStep::Criterion(id) => format!("criterion {id}"),
                TieStep::LowestPrice => "lowest-price".to_owned(),
                TieStep::EarliestBid => "earliest-bid".to_owned(),
                TieStep::Lot => "lot".to_owned(),
            }),
            open: self.ids(&tie.open),
            required_record: if tie.open.is_empty() {
                Vec::new()
            } else {
                record.map(str::to_owned).to_vec()
            },
        }
    }

    fn flag(&self, bid: usize, flag: &AbnormallyLowFlag) -> AbnormallyLowResult {
        AbnormallyLowResult {
            id: self.lot.id_of(bid).to_owned(),
            rule: flag.rule.code().to_owned(),
            bound: flag.bound.shown(),
            price: flag.price.shown(),
            against: flag.against.shown(),
            required_step: "request-explanation".to_owned(),
        }
    }
}

/// The weighted score; a price that earns no points has none.
fn weighted(leaf: &Leaf, score: &CriterionScore) -> Exact {
    match leaf.role {
        Role::Price(_) if score.step.rule == Rule::PlainPrice => Exact::ZERO,
        _ => score.step.result.clone(),
    }
}

fn factor_result(factor: &Factor, language: Language) -> FactorResult {
    FactorResult {
        points: factor.points.as_ref().map(|step| step.result.shown()),
        euros: factor.euros.as_ref().map(|step| cents(&step.result)),
        missing: factor.missing.map(|missing| ReasonResult {
            code: missing.code().to_owned(),
            detail: missing.reason(language).to_owned(),
        }),
    }
}
