//! The rank: a column for everything by which bids are ordered, and one formula over them.

use trede_base::exact::Exact;
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::{Leaf, Role};
use trede_rules::award::model::{Best, Decision, Method, TieStep};

use super::book::Look;
use super::formula::{Formula, Place, Sign, call, either};
use super::function::Function;
use super::own::OwnColumns;
use super::rank::{Key, Rank};
use super::rounds::Round;
use super::scores::{Scores, decimals_for};
use super::table::{CORRIDOR, row};

/// The most bids that a formula ranks: each looks at all others.
const MOST_RANKED: usize = 2_000;

/// What a bid that was not drawn has in the column of the drawing: it comes after those that were.
const NOT_DRAWN: f64 = 1_000_000.0;

impl Scores<'_> {
    /// Writes the rank of each bid; its column.
    pub fn ranking(&mut self, round: &Round) -> Option<Place> {
        let (stays, total, quality) = (round.stays?, round.compared?, round.quality?);
        let mut keys: Vec<(Place, bool)> = Vec::new();
        let method = &self.lot.declared().model.method;
        match method {
            Method::ExtendedRatio(_, decision) => {
                keys.extend(self.corridor(stays, total, quality, *decision))
            }
            method => keys.push((total, method.best() == Best::Highest)),
        }
        for step in self.lot.declared().model.tie_steps() {
            keys.extend(self.tie_step(step, stays, round));
        }
        let counted = self.table.all(stays);
        let rank = |bid: usize| {
            let key = |(column, highest): &(Place, bool)| Key {
                range: self.table.all(*column),
                own: row(*column, bid),
                highest: *highest,
            };
            let rank = Rank { counted, keys: keys.iter().map(key).collect() };
            self.where_one(stays, bid, Formula::Rank(rank))
        };
        let is_small = self.bids() <= MOST_RANKED;
        let formulas = (0..self.bids()).map(|bid| is_small.then(|| rank(bid))).collect();
        let mut ranks: Vec<Option<Exact>> = vec![None; self.bids()];
        for place in &self.evaluation.ranking.places {
            if let Some(kept) = ranks.get_mut(place.bid) {
                *kept = Some(Exact::from(place.rank));
            }
        }
        Some(self.column_against(self.words.of("Rang", "Rank"), formulas, ranks))
    }

    /// Whether a bid lies inside the corridor, and what decides there and outside it.
    fn corridor(
        &mut self,
        stays: Place,
        total: Place,
        quality: Place,
        decision: Decision,
    ) -> Vec<(Place, bool)> {
        let Some(percent) = self.model.parameter(0) else { return Vec::new() };
        let ranked = (0..self.bids()).map(|bid| self.where_one(stays, bid, row(total, bid).into())).collect();
        let ranked = self.plain_column(self.words.of("Totaal in de rangorde", "Total of the ranked"), ranked);
        let best = call(Function::Max, [self.table.all(ranked).into()]);
        let from = best * (Formula::Number(1.0) - Formula::from(percent) / 100.0.into());
        let digits = decimals_for(self.book.value_of(&from).as_number().unwrap_or_default());
        let from = call(Function::Round, [from, digits.into()]);
        let label = Place { sheet: self.table.sheet, row: CORRIDOR, column: 0 };
        self.book.text(
            label,
            self.words.of("Ondergrens van de corridor", "Lower end of the corridor"),
            Look::Plain,
        );
        let from = self.book.formula(ranked.in_row(CORRIDOR), from, Look::Number);
        let inside = |bid| {
            let inside = Formula::from(row(ranked, bid)).pair(Sign::AtLeast, from.into());
            self.where_one(stays, bid, either(inside, 1.0.into(), 0.0.into()))
        };
        let formulas = (0..self.bids()).map(inside).collect();
        let inside = self.plain_column(
            self.words.of("Binnen de corridor (1 = ja)", "Inside the corridor (1 = yes)"),
            formulas,
        );
        let price = self.prices.first().copied();
        let second = |bid| {
            let second = match (decision, price) {
                (Decision::LowestPrice, Some(price)) => Formula::Number(0.0) - row(price, bid).into(),
                _ => row(quality, bid).into(),
            };
            either(Formula::from(row(inside, bid)).pair(Sign::Equal, 1.0.into()), second, 0.0.into())
        };
        let formulas = (0..self.bids()).map(second).collect();
        let head = self.words.of("Beslist binnen de corridor", "Decides inside the corridor");
        let second = self.settled_column(head, stays, formulas);
        let outside = |bid| {
            let is_inside = Formula::from(row(inside, bid)).pair(Sign::Equal, 1.0.into());
            either(is_inside, 0.0.into(), row(ranked, bid).into())
        };
        let formulas = (0..self.bids()).map(|bid| self.where_one(stays, bid, outside(bid))).collect();
        let outside = self.plain_column(self.words.of("Beslist erbuiten", "Decides outside it"), formulas);
        vec![(inside, true), (second, true), (outside, true)]
    }

    /// What one step of the ties goes by, and whether the highest is the best; none where it tells nobody apart.
    fn tie_step(&mut self, step: &TieStep, stays: Place, round: &Round) -> Option<(Place, bool)> {
        let (head, formulas, highest): (String, Vec<Formula>, bool) = match step {
            TieStep::Criterion(id) => self.by_criterion(id, round)?,
            TieStep::LowestPrice => {
                let prices = self.raw_prices();
                let sums = (0..self.bids()).map(|bid| self.sum(&prices, bid)).collect();
                (self.words.of("de laagste prijs", "the lowest price").to_owned(), sums, false)
            }
            TieStep::EarliestBid => {
                let received = self.given.received?;
                let order = (0..self.bids()).map(|bid| row(received, bid).into()).collect();
                (self.words.of("de vroegste inschrijving", "the earliest bid").to_owned(), order, false)
            }
            TieStep::Lot => {
                let drawn = self.given.drawn?;
                let order = |bid| {
                    let drawn = row(drawn, bid);
                    let is_drawn = call(Function::Count, [drawn.into()]).pair(Sign::Equal, 1.0.into());
                    either(is_drawn, drawn.into(), NOT_DRAWN.into())
                };
                let order = (0..self.bids()).map(order).collect();
                (self.words.of("loting", "a drawing of lots").to_owned(), order, false)
            }
        };
        let head = format!("{} {head}", self.words.of("Bij gelijk totaal:", "Where totals are equal:"));
        Some((self.settled_column(&head, stays, formulas), highest))
    }

    fn raw_prices(&self) -> Vec<Place> {
        let prices = self.lot.declared().layout.prices.iter();
        prices.filter_map(|leaf| self.own.get(*leaf).and_then(|own| own.raw)).collect()
    }

    /// The better score; for a price that earns no points, the lower price that was bid.
    fn by_criterion(&self, id: &str, round: &Round) -> Option<(String, Vec<Formula>, bool)> {
        let layout = &self.lot.declared().layout;
        let range = layout.range_of(id)?;
        let leaves: &[Leaf] = layout.leaves.get(range.clone())?;
        let name = match layout.groups.iter().find(|group| group.id == id) {
            Some(group) => group.name().to_owned(),
            None => layout.leaf(id)?.name().to_owned(),
        };
        let own = self.own.get(range.clone())?;
        let raw: Vec<Place> = own.iter().filter_map(|own| own.raw).collect();
        let sums = |columns: &[Place]| (0..self.bids()).map(|bid| self.sum(columns, bid)).collect();
        let prices = leaves.iter().filter(|leaf| leaf.content.is_price()).count();
        let discounts = leaves.iter().filter(|leaf| leaf.role == Role::Discount).count();
        if discounts == leaves.len() {
            // What a level takes off is its answer; what another takes off is what it earned.
            let of_level = |leaf: &Leaf| matches!(leaf.content, Content::PsoLevel(_));
            let taken_off =
                |(leaf, own): (&Leaf, &OwnColumns)| if of_level(leaf) { own.raw } else { own.points };
            let columns: Vec<Place> = leaves.iter().zip(own).filter_map(taken_off).collect();
            return Some((name, sums(&columns), true));
        }
        if !self.lot.declared().model.method.allows_several_prices() && prices + discounts == leaves.len() {
            let columns =
                if discounts == 0 { raw } else { self.prices.first().copied().into_iter().collect() };
            return Some((name, sums(&columns), false));
        }
        let declared: Vec<Place> = round.declared.get(range)?.iter().filter_map(|column| *column).collect();
        Some((name, sums(&declared), true))
    }
}
