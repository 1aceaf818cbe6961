//! The sheet with the award model: each number that was declared, once, where all formulas name it.

use trede_base::exact::Exact;
use trede_rules::award::criterion::{Content, Threshold};
use trede_rules::award::discount::DiscountMeasure;
use trede_rules::award::layout::{Leaf, Role};
use trede_rules::award::model::Bound;
use trede_rules::award::{DeclaredModel, Lot};
use trede_rules::pso::Ladder;

use super::book::{Book, Look};
use super::formula::{Place, Range};
use super::model_costs::{LifeCyclePlaces, SheetPlaces};
use super::model_method::RoundedStages;
use super::words::Words;

/// Two columns of a table: what is looked up, and what stands beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    /// What is looked up.
    pub labels: Range,
    /// What stands beside it.
    pub values: Range,
}

/// Where the numbers of a criterion stand.
#[derive(Clone, Debug, Default)]
pub(super) struct OfLeaf {
    /// The weight or value.
    pub full: Option<Place>,
    /// The answer that earns nothing, where that is not 0.
    pub zero: Option<Place>,
    /// The answer that earns everything.
    pub top: Option<Place>,
    /// What each level, or each step, earns.
    pub rows: Option<Rows>,
    /// The least and the most that may be offered.
    pub offer: Option<(Place, Place)>,
    /// The terms of a life-cycle cost.
    pub life_cycle: Option<LifeCyclePlaces>,
    /// The lines of a price sheet.
    pub sheet: Option<SheetPlaces>,
    /// The most euros that a discount takes off.
    pub cap: Option<Place>,
    /// The price above which a bid is excluded.
    pub ceiling: Option<Place>,
    /// What a bid must reach.
    pub bounds: Bounds,
}

/// The least score, the highest, the least points and the least percentage.
pub(super) type Bounds = [Option<Place>; 4];

/// Where the numbers of the model stand.
#[derive(Clone, Debug, Default)]
pub(super) struct ModelSheet {
    /// Those of each criterion.
    pub leaves: Vec<OfLeaf>,
    /// The full weight of each group, and what a bid must reach on it.
    pub groups: Vec<(Place, Bounds)>,
    /// The bound of each knock-out; none where it must be met.
    pub knock_outs: Vec<Option<Place>>,
    /// The weights of quality and price together.
    pub weights: Option<(Place, Place)>,
    /// The parameters of the method.
    pub parameters: Vec<Place>,
    /// Where and how is rounded.
    pub rounding: RoundedStages,
    /// The least total.
    pub minimum_total: Option<Place>,
    /// The index of the sheet.
    pub sheet: usize,
    /// The row that is written next.
    pub next: u32,
}

/// What a level is called: its name on the ladder.
pub(super) fn level_name(ladder: &Ladder, rank: usize, words: Words) -> String {
    let level = rank.checked_sub(1).and_then(|index| ladder.levels().get(index));
    level.map_or_else(|| words.of("geen trede", "no level").to_owned(), |level| level.name.clone())
}

impl ModelSheet {
    /// Writes the model of a lot.
    pub fn write(book: &mut Book, lot: &Lot, name: String, title: &str, words: Words) -> Self {
        let declared = lot.declared();
        let sheet = book.add_sheet(name);
        book.text(Place { sheet, row: 0, column: 0 }, title, Look::Title);
        book.freeze(sheet, 3, 0);
        for (column, width) in [(0, 34.0), (1, 44.0), (2, 16.0)] {
            book.widen(sheet, column, width);
        }
        let mut model = ModelSheet { sheet, next: 1, ..ModelSheet::default() };
        model.words(book, words.of("Methode", "Method"), words.method(&declared.model.method));
        let heads =
            [words.of("Criterium", "Criterion"), words.of("Gegeven", "What"), words.of("Waarde", "Value")];
        for (column, head) in (0_u16..).zip(heads) {
            book.text(Place { sheet, row: model.next, column }, head, Look::Head);
        }
        model.next += 1;
        model.whole(book, declared, words);
        model.leaves =
            declared.layout.leaves.iter().map(|leaf| model.leaf(book, leaf, declared, words)).collect();
        for group in &declared.layout.groups {
            let full = model.number(
                book,
                group.name(),
                words.of("weging van de groep", "weight of the group"),
                &group.full,
            );
            let bounds = model.bounds(book, group.name(), &group.threshold, words);
            model.groups.push((full, bounds));
        }
        model.knock_outs(book, declared, words);
        model
    }

    /// Writes a number that was declared; its cell.
    pub fn number(&mut self, book: &mut Book, of: &str, what: &str, number: &Exact) -> Place {
        let place = self.begin(book, of, what);
        book.given(place, number)
    }

    /// Begins a row; the cell for its value.
    pub fn begin(&mut self, book: &mut Book, of: &str, what: &str) -> Place {
        self.texts(book, of, what);
        let place = Place { sheet: self.sheet, row: self.next, column: 2 };
        self.next += 1;
        place
    }

    fn words(&mut self, book: &mut Book, of: &str, what: &str) {
        self.texts(book, of, what);
        self.next += 1;
    }

    fn texts(&mut self, book: &mut Book, of: &str, what: &str) {
        let place = Place { sheet: self.sheet, row: self.next, column: 0 };
        book.text(place, of, Look::Plain);
        book.text(Place { column: 1, ..place }, what, Look::Plain);
    }

    fn whole(&mut self, book: &mut Book, declared: &DeclaredModel, words: Words) {
        let (layout, model) = (&declared.layout, &declared.model);
        if !layout.price_weight.is_zero() || !layout.quality_weight.is_zero() {
            let quality = words.of(
                "wegingen of waarden van alles behalve de prijs (WQ)",
                "weights or values of all but the price (WQ)",
            );
            let quality = self.number(book, "", quality, &layout.quality_weight);
            let price = words.of("wegingen van de prijs (WP)", "weights of the price (WP)");
            let price = self.number(book, "", price, &layout.price_weight);
            self.weights = Some((quality, price));
        }
        self.method(book, &model.method, words);
        self.rounding(book, declared, words);
        self.minimum_total = model.total_threshold.map(|minimum| {
            self.number(
                book,
                "",
                words.of("minimum van het totaal", "minimum of the total"),
                &Exact::from(minimum),
            )
        });
    }

    fn leaf(&mut self, book: &mut Book, leaf: &Leaf, declared: &DeclaredModel, words: Words) -> OfLeaf {
        let name = leaf.name();
        let mut of = OfLeaf::default();
        if leaf.role == Role::Fixed {
            if let Content::FixedPrice(price) = &leaf.content {
                let what = words.of("vaste prijs; telt niet mee", "fixed price; not scored");
                self.number(book, name, what, &Exact::from(*price));
            }
            return of;
        }
        if !leaf.full.is_zero() {
            let in_euros = declared.model.method.values_in_euros();
            let what = match leaf.discount.map(|discount| discount.measure) {
                Some(DiscountMeasure::Percent) => {
                    words.of("korting bij een volle score in %", "discount for a full score in %")
                }
                Some(DiscountMeasure::Amount) => {
                    words.of("korting bij een volle score in euro's", "discount for a full score in euros")
                }
                None if in_euros => {
                    words.of("waarde van een volle score in euro's", "value of a full score in euros")
                }
                None => words.of("weging (W)", "weight (W)"),
            };
            of.full = Some(self.number(book, name, what, &leaf.full));
        }
        let line =
            leaf.line.as_ref().map(|line| &line.line).or_else(|| leaf.content.corridor().map(|c| &c.line));
        if let Some(line) = line {
            let zero = words.of("antwoord dat niets oplevert", "answer that earns nothing");
            let top = words.of("antwoord dat alles oplevert", "answer that earns everything");
            if !line.zero().is_zero() {
                of.zero = Some(self.number(book, name, zero, &Exact::from(line.zero())));
            }
            of.top = Some(self.number(book, name, top, &Exact::from(line.full())));
        }
        if let Some(ceiling) = leaf.content.ceiling() {
            of.ceiling = Some(self.number(book, name, words.of("plafond", "ceiling"), &Exact::from(ceiling)));
        }
        if let Some(cap) = leaf.discount.and_then(|discount| discount.cap) {
            of.cap = Some(self.cap(book, name, cap, words));
        }
        self.contents(book, leaf, declared, words, &mut of);
        of.bounds = self.bounds(book, name, &leaf.threshold, words);
        of
    }

    /// Writes the most euros that a discount takes off.
    pub fn cap(&mut self, book: &mut Book, name: &str, cap: rust_decimal::Decimal, words: Words) -> Place {
        let what = words.of("hoogste korting in euro's", "highest discount in euros");
        self.number(book, name, what, &Exact::from(cap))
    }

    fn bounds(&mut self, book: &mut Book, name: &str, threshold: &Threshold, words: Words) -> Bounds {
        let asked = [
            (threshold.minimum_score, words.of("minimum van de score", "minimum of the score")),
            (threshold.maximum_score, words.of("maximum van de score", "maximum of the score")),
            (threshold.minimum_points, words.of("minimum van de punten", "minimum of the points")),
            (threshold.minimum_percent, words.of("minimum in % van de weging", "minimum in % of the weight")),
        ];
        asked.map(|(bound, what)| bound.map(|bound| self.number(book, name, what, &Exact::from(bound))))
    }

    fn knock_outs(&mut self, book: &mut Book, declared: &DeclaredModel, words: Words) {
        for knock_out in &declared.model.knock_outs {
            let name = knock_out.title.as_deref().unwrap_or(&knock_out.id);
            let bound = match knock_out.bound {
                Bound::Minimum(minimum) => {
                    Some((words.of("eis: minstens", "requirement: at least"), minimum))
                }
                Bound::Maximum(maximum) => {
                    Some((words.of("eis: hoogstens", "requirement: at most"), maximum))
                }
                Bound::Met => None,
            };
            let place = bound.map(|(what, bound)| self.number(book, name, what, &Exact::from(bound)));
            self.knock_outs.push(place);
        }
    }
}
