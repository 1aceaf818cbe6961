//! The sheet with the bids: everything that was given, and nothing that was calculated but the score that several
//! assessors make together.

use trede_base::exact::Exact;
use trede_rules::award::Lot;
use trede_rules::award::bid::{Answer, Bid, DropOutStage, Fact};
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Leaf;
use trede_rules::award::model::{Combination, TieStep};
use trede_rules::award::quality::AssessedScore;
use trede_rules::pso::{LevelRank, Standing};

use super::bids_costs::GivenCosts;
use super::book::{Book, Look};
use super::formula::{Formula, Place, Range, call};
use super::function::Function;
use super::model_sheet::{ModelSheet, level_name};
use super::scores::rounded;
use super::table::{Table, row};
use super::words::Words;

/// The columns of one answer.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// A price, a score, an offer or a number.
    One(Place),
    /// The unit price of each line of a price sheet.
    Lines(Vec<Place>),
    /// Costs over the life cycle.
    Costs(GivenCosts),
    /// Nothing was given, or it stands elsewhere.
    Nothing,
}

/// Where the bids stand.
#[derive(Clone, Debug)]
pub(super) struct BidsSheet {
    /// What was answered, by criterion.
    pub answers: Vec<Given>,
    /// The facts of the knock-outs.
    pub facts: Vec<Place>,
    /// Whether a bid dropped out: 0, 1 (before the evaluation) or 2 (after the ranking).
    pub dropped: Option<Place>,
    /// The levels and shares of the members; a bidder alone is one member with a share of 100.
    pub members: Vec<(Place, Place)>,
    /// The order in which bids came in.
    pub received: Option<Place>,
    /// The order in which bids were drawn.
    pub drawn: Option<Place>,
}

/// Writes the bids of a lot.
pub(super) struct Writing<'a> {
    pub book: &'a mut Book,
    pub table: Table,
    pub lot: &'a Lot,
    pub model: &'a ModelSheet,
    pub words: Words,
}

impl Writing<'_> {
    /// Writes everything that was given.
    pub fn all(mut self) -> BidsSheet {
        let layout = &self.lot.declared().layout;
        self.ids();
        let dropped = self.lot.bids().iter().any(|bid| bid.exclusion.is_some()).then(|| self.dropped());
        let facts = self.facts();
        let mut members = Vec::new();
        let mut answers = Vec::with_capacity(layout.leaves.len());
        for (index, leaf) in layout.leaves.iter().enumerate() {
            let of_level = |bid: &Bid| matches!(bid.answers.get(index), Some(Answer::Level));
            if self.lot.bids().iter().any(of_level) {
                if members.is_empty() {
                    members = self.members();
                }
                answers.push(Given::Nothing);
            } else {
                answers.push(self.answer(index, leaf));
            }
        }
        let steps = self.lot.declared().model.tie_steps();
        let received = steps.contains(&TieStep::EarliestBid).then(|| self.received());
        let drawn = (steps.contains(&TieStep::Lot) && self.lot.drawing().is_some()).then(|| self.drawn());
        BidsSheet { answers, facts, dropped, members, received, drawn }
    }

    pub fn add(&mut self, head: &str) -> Place {
        self.table.add(self.book, head)
    }

    fn ids(&mut self) {
        let ids = self.add(self.words.of("Kenmerk", "Identifier"));
        for (bid, given) in self.lot.bids().iter().enumerate() {
            self.book.text(row(ids, bid), &given.id, Look::Plain);
        }
    }

    fn dropped(&mut self) -> Place {
        let head = self.words.of(
            "Valt af: 0 nee, 1 voor de beoordeling, 2 na de rangorde",
            "Drops out: 0 no, 1 before the evaluation, 2 after the ranking",
        );
        let column = self.add(head);
        for (bid, given) in self.lot.bids().iter().enumerate() {
            let code = match given.exclusion.as_ref().map(|dropped| dropped.stage) {
                None => 0.0,
                Some(DropOutStage::BeforeEvaluation) => 1.0,
                Some(DropOutStage::AfterRanking) => 2.0,
            };
            self.book.number(row(column, bid), code);
        }
        column
    }

    fn facts(&mut self) -> Vec<Place> {
        let mut columns = Vec::new();
        for (index, knock_out) in self.lot.declared().model.knock_outs.iter().enumerate() {
            let head = knock_out.title.as_deref().unwrap_or(&knock_out.id).to_owned();
            let column = self.add(&head);
            for (bid, given) in self.lot.bids().iter().enumerate() {
                match given.facts.get(index) {
                    Some(Fact::Number(number)) => self.book.given(row(column, bid), &Exact::from(*number)),
                    Some(Fact::Met(true)) => self.book.number(row(column, bid), 1.0),
                    _ => self.book.number(row(column, bid), 0.0),
                };
            }
            columns.push(column);
        }
        columns
    }

    fn members(&mut self) -> Vec<(Place, Place)> {
        let alone = |bid: &Bid| match &bid.standing {
            Standing::Single(rank) => vec![(*rank, rust_decimal::Decimal::ONE_HUNDRED)],
            Standing::Weighted(members) => members.clone(),
        };
        let standings: Vec<Vec<(LevelRank, rust_decimal::Decimal)>> =
            self.lot.bids().iter().map(alone).collect();
        let most = standings.iter().map(Vec::len).max().unwrap_or(1);
        let mut columns = Vec::new();
        for member in 0..most {
            let of = if most > 1 { format!(" {}", member + 1) } else { String::new() };
            let level = self.add(&format!("{}{of}", self.words.of("PSO-trede", "PSO level")));
            let share = self.add(&format!("{}{of}", self.words.of("Aandeel in %", "Share in %")));
            for (bid, standing) in standings.iter().enumerate() {
                let (Some((rank, percent)), Some(rules)) =
                    (standing.get(member), &self.lot.declared().model.pso)
                else {
                    continue;
                };
                let name = level_name(&rules.ladder, rank.0, self.words);
                self.book.text(row(level, bid), &name, Look::Given);
                self.book.given(row(share, bid), &Exact::from(*percent));
            }
            columns.push((level, share));
        }
        columns
    }

    fn answer(&mut self, index: usize, leaf: &Leaf) -> Given {
        let answers: Vec<Option<&Answer>> =
            self.lot.bids().iter().map(|bid| bid.answers.get(index)).collect();
        match (&leaf.content, answers.iter().flatten().next()) {
            (Content::LifeCycleCost { terms, .. }, Some(Answer::Costs(_))) => {
                Given::Costs(self.costs(leaf, terms, &answers))
            }
            (Content::Price { sheet: Some(sheet), .. }, Some(Answer::Sheet(_))) => {
                Given::Lines(self.unit_prices(leaf, sheet, &answers))
            }
            (_, Some(Answer::Score(_))) => Given::One(self.scores(leaf, &answers)),
            (_, Some(Answer::Fixed) | None) => Given::Nothing,
            (_, Some(_)) => {
                let column = self.add(leaf.name());
                for (bid, answer) in answers.iter().enumerate() {
                    match answer {
                        Some(Answer::Price(price)) => {
                            self.book.amount(row(column, bid), &Exact::from(*price))
                        }
                        Some(Answer::Offer(number) | Answer::Number(number)) => {
                            self.book.given(row(column, bid), &Exact::from(*number))
                        }
                        _ => continue,
                    };
                }
                Given::One(column)
            }
        }
    }

    /// The score that counts, beside those of the assessors.
    fn scores(&mut self, leaf: &Leaf, answers: &[Option<&Answer>]) -> Place {
        let scores: Vec<Option<&AssessedScore>> = answers
            .iter()
            .map(|answer| match answer {
                Some(Answer::Score(score)) => Some(score),
                _ => None,
            })
            .collect();
        let mut assessors: Vec<&str> = Vec::new();
        for (name, _) in scores.iter().flatten().flat_map(|score| &score.individual) {
            if !assessors.contains(&name.as_str()) {
                assessors.push(name);
            }
        }
        let columns: Vec<Place> = assessors
            .iter()
            .map(|name| self.table.add(self.book, &format!("{}: {name}", leaf.name())))
            .collect();
        for (bid, score) in scores.iter().enumerate() {
            for (name, given) in score.iter().flat_map(|score| &score.individual) {
                let column = assessors.iter().position(|other| *other == name).and_then(|at| columns.get(at));
                if let Some(column) = column {
                    self.book.given(row(*column, bid), &Exact::from(*given));
                }
            }
        }
        let together = self.add(leaf.name());
        for (bid, score) in scores.iter().enumerate() {
            let Some(score) = score else { continue };
            let range = columns.first().zip(columns.last());
            let range = range.map(|(first, last)| Range { first: row(*first, bid), last: row(*last, bid) });
            let formula = score.combined.zip(range).map(|(rule, range)| combined(rule, range));
            let rounding = self.model.rounding.assessed.filter(|_| score.rounded_to.is_some());
            let formula = formula.map(|formula| match rounding {
                Some(at) => rounded(formula, at),
                None => formula,
            });
            let Some(formula) = formula else {
                self.book.given(row(together, bid), &score.score);
                continue;
            };
            let what = || {
                format!(
                    "{}: {}",
                    leaf.name(),
                    self.words.of("score van de beoordelaars", "score of the assessors")
                )
            };
            self.book.checked(row(together, bid), formula, &score.score, what);
        }
        together
    }

    fn received(&mut self) -> Place {
        let column = self.add(self.words.of("Volgorde van binnenkomst", "Order of receipt"));
        let mut moments: Vec<_> = self.lot.bids().iter().map(|bid| bid.received_at).collect();
        moments.sort_unstable();
        moments.dedup();
        for (bid, given) in self.lot.bids().iter().enumerate() {
            let order = (1_u32..).zip(&moments).find(|(_, moment)| **moment == given.received_at);
            self.book.number(row(column, bid), order.map_or(0.0, |(order, _)| f64::from(order)));
        }
        column
    }

    /// A bid that was not drawn has no number.
    fn drawn(&mut self) -> Place {
        let column = self.add(self.words.of("Volgorde van loting", "Order drawn"));
        for bid in 0..self.lot.bids().len() {
            if let Some(place) = self.lot.drawn_position(bid).and_then(|place| u32::try_from(place + 1).ok())
            {
                self.book.number(row(column, bid), f64::from(place));
            }
        }
        column
    }
}

/// How the scores of assessors become one; a cell of an assessor who gave none does not count.
fn combined(rule: Combination, scores: Range) -> Formula {
    let of = |function| call(function, [Formula::Range(scores)]);
    match rule {
        Combination::Median => of(Function::Median),
        Combination::TrimmedMean => {
            let kept = of(Function::Sum) - of(Function::Min) - of(Function::Max);
            kept / (of(Function::Count) - Formula::Number(2.0))
        }
        Combination::Mean | Combination::Consensus => of(Function::Average),
    }
}
