//! Bids: `a_bid("A").price(100_000).score("quality", 8)`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use trede_rules::award::DeclaredModel;
use trede_rules::award::bid::{Answer, Bid, DropOutStage, DroppedOut, Fact};
use trede_rules::award::criterion::Content;
use trede_rules::award::life_cycle_cost::LifeCycleCosts;
use trede_rules::award::quality::AssessedScore;
use trede_rules::pso::{Ladder, LevelRank, Note, Standing};

use super::{Number, euros, n};

/// A bid that is being written: its answers by criterion.
#[derive(Clone)]
pub struct Written {
    pub bid: Bid,
    answers: BTreeMap<String, Answer>,
    facts: BTreeMap<String, Fact>,
}

pub fn a_bid(id: &str) -> Written {
    let bid = Bid {
        id: id.to_owned(),
        bidder: None,
        received_at: None,
        answers: Vec::new(),
        facts: Vec::new(),
        standing: Standing::Single(LevelRank::NONE),
        notes: Vec::new(),
        initial_price: None,
        exclusion: None,
    };
    Written { bid, answers: BTreeMap::new(), facts: BTreeMap::new() }
}

/// A bid of a price and a score for quality.
pub fn bid(id: &str, price: impl Number, quality: impl Number) -> Written {
    a_bid(id).price(price).score("quality", quality)
}

impl Written {
    fn answer(mut self, id: &str, answer: Answer) -> Self {
        self.answers.insert(id.to_owned(), answer);
        self
    }

    pub fn price(self, price: impl Number) -> Self {
        self.price_of("price", price)
    }

    pub fn price_of(self, id: &str, price: impl Number) -> Self {
        self.answer(id, Answer::Price(euros(price)))
    }

    pub fn score(self, id: &str, score: impl Number) -> Self {
        self.assessed(id, AssessedScore::given(n(score)))
    }

    pub fn assessed(self, id: &str, score: AssessedScore) -> Self {
        self.answer(id, Answer::Score(score))
    }

    pub fn offer(self, id: &str, offer: impl Number) -> Self {
        self.answer(id, Answer::Offer(n(offer)))
    }

    pub fn number(self, id: &str, number: impl Number) -> Self {
        self.answer(id, Answer::Number(n(number)))
    }

    /// Costs over the life cycle: purchase, cost of each year, residual value.
    pub fn costs(self, purchase: impl Number, yearly: &[i64], residual: impl Number) -> Self {
        let costs = LifeCycleCosts {
            purchase: euros(purchase),
            yearly: yearly.iter().map(|cost| euros(*cost).into()).collect(),
            per_year: false,
            residual: euros(residual),
            payments: Vec::new(),
            usage: Vec::new(),
        };
        self.all_costs(costs)
    }

    /// The unit prices of a price sheet, one for each line.
    pub fn sheet<const N: usize>(self, prices: [Decimal; N]) -> Self {
        self.answer("price", Answer::Sheet(prices.map(euros).into()))
    }

    /// All costs over the life cycle.
    pub fn all_costs(self, costs: LifeCycleCosts) -> Self {
        self.answer("cost", Answer::Costs(Box::new(costs)))
    }

    /// A level on the ladder of 2023.
    pub fn level(mut self, code: &str) -> Self {
        let rank = Ladder::published("pso-2023").unwrap().rank_of(code).unwrap();
        self.bid.standing = Standing::Single(rank);
        self
    }

    /// A consortium: levels on the ladder of 2023 with their shares in percent.
    pub fn levels(mut self, members: &[(&str, i64)]) -> Self {
        let ladder = Ladder::published("pso-2023").unwrap();
        let members = members.iter().map(|(code, share)| (ladder.rank_of(code).unwrap(), n(*share)));
        self.bid.standing = Standing::Weighted(members.collect());
        self
    }

    pub fn fact(mut self, id: &str, number: impl Number) -> Self {
        self.facts.insert(id.to_owned(), Fact::Number(n(number)));
        self
    }

    pub fn met(mut self, id: &str, met: bool) -> Self {
        self.facts.insert(id.to_owned(), Fact::Met(met));
        self
    }

    pub fn received(mut self, moment: &str) -> Self {
        self.bid.received_at = Some(moment.parse().unwrap());
        self
    }

    pub fn initially(mut self, price: impl Number) -> Self {
        self.bid.initial_price = Some(euros(price));
        self
    }

    pub fn noted(mut self, note: Note) -> Self {
        self.bid.notes.push(note);
        self
    }

    pub fn dropped_out(mut self, stage: DropOutStage) -> Self {
        self.bid.exclusion = Some(DroppedOut { stage, reason: "withdrawn".to_owned() });
        self
    }

    /// The bid with its answers in the order of a model.
    pub fn for_model(self, declared: &DeclaredModel) -> Bid {
        let answer = |id: &str, content: &Content| match content {
            Content::PsoLevel(_) => Answer::Level,
            Content::FixedPrice(_) => Answer::Fixed,
            _ => self.answers.get(id).unwrap_or_else(|| panic!("{}: no answer on {id}", self.bid.id)).clone(),
        };
        let answers = declared.layout.leaves.iter().map(|leaf| answer(&leaf.id, &leaf.content)).collect();
        let facts = declared.model.knock_outs.iter().map(|knock_out| self.facts[&knock_out.id]).collect();
        Bid { answers, facts, ..self.bid }
    }
}
