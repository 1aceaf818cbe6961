//! The kinds of bidders, held against what the models ask.

use std::collections::BTreeMap;

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::Reader;
use crate::draw::Draw;
use crate::finding::StudyCode;
use crate::market::{Key, Kind, LevelChance, PastBid};
use crate::study::{Ask, AskedFact, MAX_BIDDERS, MAX_PAST, MAX_PRICE, Trial};
use trede_rules::award::commitment::Measure;
use trede_rules::award::criterion::Content;
use trede_rules::pso::{Ladder, LevelRank};
use trede_wire::lab_file::{BidderKindInput, DrawInput, LevelChanceInput, PastBidInput};
use trede_wire::number::Number;
use trede_wire::score_file::FactInput;

/// The highest commitment in percent of the contract sum.
const MAX_PERCENT: i64 = 1_000;

impl Reader {
    pub(super) fn kind(
        &mut self,
        input: &BidderKindInput,
        place: &str,
        models: &[Trial],
        ladder: Option<&Ladder>,
    ) -> Kind {
        self.range(input.count.into(), Decimal::ONE, MAX_BIDDERS.into(), &format!("{place}/count"));
        self.unused(input, place);
        let mut kind = Kind {
            id: input.id.clone(),
            title: input.title.clone(),
            count: input.count,
            takes_part: input
                .takes_part_percent
                .and_then(|percent| self.chance(percent, &format!("{place}/takesPartPercent"))),
            draws: Vec::new(),
            levels: Vec::new(),
            met: Vec::new(),
            past: Vec::new(),
        };
        if input.past.is_empty() {
            for key in self.keys.clone() {
                let draw = self.draw_of(input, &key, place, models);
                kind.draws.push(draw);
            }
            kind.levels = self.levels(&input.levels, &format!("{place}/levels"), ladder);
            for requirement in self.requirements.clone() {
                let chance = input.requirements.get(&requirement);
                let place = format!("{place}/requirements/{requirement}");
                kind.met.push(chance.and_then(|percent| self.chance(*percent, &place)));
            }
            return kind;
        }
        self.at_most(input.past.len(), MAX_PAST, &format!("{place}/past"));
        for (field, is_given) in given_beside_past(input) {
            if is_given {
                let details = [input.id.clone(), field.to_owned()];
                self.error(StudyCode::PastAndDraws, format!("{place}/{field}"), details);
            }
        }
        for (index, bid) in input.past.iter().enumerate() {
            let past = self.past(bid, &format!("{place}/past/{index}"), input, models, ladder);
            kind.past.push(past);
        }
        kind
    }

    /// A chance in percent as a share of one; none where it is certain.
    fn chance(&mut self, percent: Number, place: &str) -> Option<f64> {
        self.range(percent.0, Decimal::ZERO, Decimal::ONE_HUNDRED, place);
        let is_certain = percent.0 == Decimal::ONE_HUNDRED;
        percent.0.to_f64().map(|percent| percent / 100.0).filter(|_| !is_certain)
    }

    fn draw_of(&mut self, input: &BidderKindInput, key: &Key, place: &str, models: &[Trial]) -> Option<Draw> {
        let (given, field): (Option<&DrawInput>, String) = match key {
            Key::Level => return None,
            Key::Price => (input.price.as_ref(), "price".to_owned()),
            Key::PriceOf(id) => (input.prices.get(id), format!("prices/{id}")),
            Key::Score(id) => (input.scores.get(id), format!("scores/{id}")),
            Key::Offer(id) => (input.commitments.get(id), format!("commitments/{id}")),
            Key::Number(id) => (input.facts.get(id), format!("facts/{id}")),
        };
        let place = format!("{place}/{field}");
        let Some(given) = given else {
            self.missing(key, &input.id, &field, &place, models);
            return None;
        };
        let bounded = self.draw(given, &place)?;
        self.inside(key, bounded.least, bounded.most, &place, models);
        self.fine(key, bounded.draw.decimals(), &place, models);
        Some(bounded.draw)
    }

    /// Nothing is drawn: only a commitment may be left out.
    fn missing(&mut self, key: &Key, kind: &str, field: &str, place: &str, models: &[Trial]) {
        if matches!(key, Key::Offer(_)) {
            return;
        }
        let asking = models.iter().find(|model| self.is_asked(key, model));
        let asking = asking.map(|model| model.id.clone()).unwrap_or_default();
        let details = [kind.to_owned(), key.name().to_owned(), asking, field.to_owned()];
        self.error(StudyCode::DrawMissing, place, details);
    }

    fn is_asked(&self, key: &Key, model: &Trial) -> bool {
        let index = self.keys.iter().position(|known| known == key);
        let by_ask = |ask: &Ask| match ask {
            Ask::Price { key, .. } | Ask::Score { key, .. } | Ask::Offer(key) | Ask::Number(key) => {
                Some(*key) == index
            }
            Ask::Level | Ask::Nothing => false,
        };
        let by_fact = |fact: &AskedFact| matches!(fact, AskedFact::Number(key) if Some(*key) == index);
        model.asks.iter().any(by_ask) || model.facts.iter().any(by_fact)
    }

    /// What every model takes on a key: a draw outside it would be refused, or excluded by a typing error.
    fn inside(&mut self, key: &Key, least: Decimal, most: Decimal, place: &str, models: &[Trial]) {
        for model in models.iter().filter(|model| self.is_asked(key, model)) {
            let leaf = model.declared.layout.leaves.iter().find(|leaf| match key {
                Key::Price => leaf.content.is_price(),
                _ => leaf.id == key.name(),
            });
            let (lowest, highest) = match (key, leaf.map(|leaf| &leaf.content)) {
                (Key::Price | Key::PriceOf(_), _) => (Decimal::new(1, 6), Decimal::from(MAX_PRICE)),
                (Key::Score(_), Some(Content::AssessedQuality(scale))) => (scale.lowest, scale.highest),
                (Key::Number(_), Some(Content::Numeric(scoring))) if scoring.is_relative() => {
                    (Decimal::ZERO, Decimal::from(MAX_PRICE))
                }
                (Key::Offer(_), Some(Content::Commitment(terms))) if terms.measure == Measure::Percentage => {
                    (Decimal::ZERO, Decimal::from(MAX_PERCENT))
                }
                (Key::Number(_), _) => (Decimal::from(-MAX_PRICE), Decimal::from(MAX_PRICE)),
                _ => (Decimal::ZERO, Decimal::from(MAX_PRICE)),
            };
            if least < lowest || most > highest {
                let numbers = [least, most].map(|number| number.normalize().to_string());
                let bounds = [lowest, highest].map(|number| number.normalize().to_string());
                let ([least, most], [lowest, highest]) = (numbers, bounds);
                let details = [least, most, model.id.clone(), lowest, highest, key.name().to_owned()];
                self.error(StudyCode::DrawOutside, place, details);
                return;
            }
        }
    }

    /// A payable price has whole cents.
    fn fine(&mut self, key: &Key, decimals: u32, place: &str, models: &[Trial]) {
        let index = self.keys.iter().position(|known| known == key);
        let payable = |ask: &Ask| matches!(ask, Ask::Price { key, per_unit: false } if Some(*key) == index);
        let most = if models.iter().any(|model| model.asks.iter().any(payable)) { 2 } else { 6 };
        if decimals > most {
            let details = [key.name().to_owned(), most.to_string()];
            self.error(StudyCode::TooFine, place, details);
        }
    }

    fn levels(
        &mut self,
        input: &[LevelChanceInput],
        place: &str,
        ladder: Option<&Ladder>,
    ) -> Vec<LevelChance> {
        if input.is_empty() || !self.keys.contains(&Key::Level) {
            return Vec::new();
        }
        let mut sum = Decimal::ZERO;
        let mut chances = Vec::with_capacity(input.len());
        for (index, chance) in input.iter().enumerate() {
            let place = format!("{place}/{index}");
            self.range(chance.percent.0, Decimal::ZERO, Decimal::ONE_HUNDRED, &format!("{place}/percent"));
            if let Some(premium) = chance.premium_percent {
                let (least, most) = (Decimal::from(-99), Decimal::from(1_000));
                self.range(premium.0, least, most, &format!("{place}/premiumPercent"));
            }
            sum = sum.saturating_add(chance.percent.0);
            let hundred = Decimal::ONE_HUNDRED;
            let factor = chance.premium_percent.and_then(|premium| {
                hundred.checked_add(premium.0)?.checked_div(hundred).filter(|factor| *factor != Decimal::ONE)
            });
            let up_to = sum.to_f64().unwrap_or_default() / 100.0;
            if let Some(level) = self.level(&chance.level, &format!("{place}/level"), ladder) {
                chances.push(LevelChance { level, up_to, factor });
            }
        }
        if sum != Decimal::ONE_HUNDRED {
            self.error(StudyCode::ChancesDoNotSum, place, [sum.normalize().to_string()]);
        }
        chances
    }

    fn level(&mut self, code: &str, place: &str, ladder: Option<&Ladder>) -> Option<LevelRank> {
        let ladder = ladder?;
        let rank = ladder.rank_of(code);
        if rank.is_none() {
            let levels = ladder.levels().iter().map(|level| level.code.as_str());
            let known: Vec<&str> = std::iter::once(Ladder::NO_LEVEL).chain(levels).collect();
            self.error(StudyCode::UnknownLevel, place, [code.to_owned(), known.join(", ")]);
        }
        rank
    }

    fn past(
        &mut self,
        bid: &PastBidInput,
        place: &str,
        kind: &BidderKindInput,
        models: &[Trial],
        ladder: Option<&Ladder>,
    ) -> PastBid {
        let mut values = Vec::with_capacity(self.keys.len());
        for key in self.keys.clone() {
            let fact = |id: &String| match bid.facts.get(id) {
                Some(FactInput::Value(number)) => Some(*number),
                _ => None,
            };
            let (given, field) = match &key {
                Key::Level => (Some(Number(Decimal::ZERO)), String::new()),
                Key::Price => (bid.price, "price".to_owned()),
                Key::PriceOf(id) => (bid.prices.get(id).copied(), format!("prices/{id}")),
                Key::Score(id) => (bid.scores.get(id).copied(), format!("scores/{id}")),
                Key::Offer(id) => (bid.commitments.get(id).copied(), format!("commitments/{id}")),
                Key::Number(id) => (fact(id), format!("facts/{id}")),
            };
            let place = format!("{place}/{field}");
            match given {
                Some(number) if key != Key::Level => {
                    self.inside(&key, number.0, number.0, &place, models);
                    self.fine(&key, number.0.normalize().scale(), &place, models);
                }
                Some(_) => {}
                None => self.missing(&key, &kind.id, &field, &place, models),
            }
            values.push(given.map_or(Decimal::ZERO, |number| number.0));
        }
        let code = bid.level.as_deref().unwrap_or(Ladder::NO_LEVEL);
        let level = self.level(code, &format!("{place}/level"), ladder).unwrap_or(LevelRank::NONE);
        let is_met = |id: &String| !matches!(bid.facts.get(id), Some(FactInput::Met(false)));
        PastBid { values, level, met: self.requirements.iter().map(is_met).collect() }
    }

    /// A draw that no model asks is a typing error that would otherwise decide nothing in silence.
    fn unused(&mut self, input: &BidderKindInput, place: &str) {
        let (keys, requirements) = (self.keys.clone(), self.requirements.clone());
        let mut held =
            |field: &str, given: &BTreeMap<String, DrawInput>, key_of: fn(&Key) -> Option<&String>| {
                let known: Vec<&str> = keys.iter().filter_map(key_of).map(String::as_str).collect();
                for id in given.keys().filter(|id| !known.contains(&id.as_str())) {
                    let details = [id.chars().take(64).collect(), listed(&known)];
                    self.error(StudyCode::DrawUnused, format!("{place}/{field}/{id}"), details);
                }
            };
        held("prices", &input.prices, |key| if let Key::PriceOf(id) = key { Some(id) } else { None });
        held("scores", &input.scores, |key| if let Key::Score(id) = key { Some(id) } else { None });
        held("commitments", &input.commitments, |key| if let Key::Offer(id) = key { Some(id) } else { None });
        held("facts", &input.facts, |key| if let Key::Number(id) = key { Some(id) } else { None });
        for id in input.requirements.keys().filter(|id| !requirements.contains(id)) {
            let known: Vec<&str> = requirements.iter().map(String::as_str).collect();
            let details = [id.chars().take(64).collect(), listed(&known)];
            self.error(StudyCode::DrawUnused, format!("{place}/requirements/{id}"), details);
        }
        let names: Vec<&str> = keys.iter().map(Key::name).collect();
        for (name, is_given, key) in
            [("price", input.price.is_some(), Key::Price), ("levels", !input.levels.is_empty(), Key::Level)]
        {
            if is_given && !keys.contains(&key) {
                let details = [name.to_owned(), listed(&names)];
                self.error(StudyCode::DrawUnused, format!("{place}/{name}"), details);
            }
        }
    }
}

fn listed(known: &[&str]) -> String {
    if known.is_empty() { "-".to_owned() } else { known.join(", ") }
}

fn given_beside_past(input: &BidderKindInput) -> [(&'static str, bool); 7] {
    [
        ("price", input.price.is_some()),
        ("prices", !input.prices.is_empty()),
        ("scores", !input.scores.is_empty()),
        ("levels", !input.levels.is_empty()),
        ("commitments", !input.commitments.is_empty()),
        ("facts", !input.facts.is_empty()),
        ("requirements", !input.requirements.is_empty()),
    ]
}
