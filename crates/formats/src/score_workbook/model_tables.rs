//! What only some kinds of criteria declare: tables of levels and steps, bounds of an offer, a rate, marks.

use rust_decimal::Decimal;
use trede_base::exact::Exact;
use trede_rules::award::DeclaredModel;
use trede_rules::award::commitment::{OfferScoring, Steps};
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Leaf;
use trede_rules::award::numeric::{NumericScoring, PointTable};

use super::book::{Book, Look};
use super::formula::{Place, Range};
use super::model_sheet::{ModelSheet, OfLeaf, Rows, level_name};
use super::words::Words;

impl ModelSheet {
    /// Writes what the kind of a criterion declares.
    pub fn contents(
        &mut self,
        book: &mut Book,
        leaf: &Leaf,
        declared: &DeclaredModel,
        words: Words,
        of: &mut OfLeaf,
    ) {
        match &leaf.content {
            Content::PsoLevel(table) => {
                let ladder = declared.model.pso.as_ref().map(|rules| &rules.ladder);
                let rows = table.values.iter().enumerate().map(|(rank, value)| {
                    let label = ladder.map(|ladder| level_name(ladder, rank, words)).unwrap_or_default();
                    (Label::Text(label), Exact::from(*value))
                });
                of.rows = self.rows(book, leaf.name(), rows.collect());
                of.cap = table.cap.map(|cap| self.cap(book, leaf.name(), cap, words));
            }
            Content::Commitment(terms) => {
                let least = words.of("minste aanbod", "least offer");
                let least = self.number(book, leaf.name(), least, &Exact::from(terms.minimum));
                let most = words.of("hoogste aanbod dat telt", "highest offer that counts");
                let most = self.number(book, leaf.name(), most, &Exact::from(terms.maximum));
                of.offer = Some((least, most));
                of.rows = match &terms.scoring {
                    OfferScoring::Line(_) => None,
                    OfferScoring::Steps(Steps(steps)) | OfferScoring::Points(PointTable(steps)) => {
                        self.steps(book, leaf.name(), steps)
                    }
                };
            }
            Content::Numeric(scoring) => {
                of.rows = match scoring {
                    NumericScoring::Steps(Steps(steps))
                    | NumericScoring::Points(PointTable(steps))
                    | NumericScoring::Interpolated { table: PointTable(steps), .. } => {
                        self.steps(book, leaf.name(), steps)
                    }
                    NumericScoring::Between { .. }
                    | NumericScoring::RelativeLowest
                    | NumericScoring::RelativeHighest
                    | NumericScoring::RangeLowest
                    | NumericScoring::RangeHighest
                    | NumericScoring::MeanOverNumber { .. }
                    | NumericScoring::NumberOverMean { .. } => None,
                };
            }
            Content::LifeCycleCost { terms, .. } => {
                of.life_cycle = Some(self.life_cycle(book, leaf.name(), terms, words));
            }
            Content::Price { sheet, .. } => {
                of.sheet = sheet.as_ref().map(|sheet| self.price_sheet(book, leaf.name(), sheet, words));
            }
            Content::AssessedQuality(scale) => {
                for (mark, score) in &scale.marks {
                    self.number(book, leaf.name(), mark, &Exact::from(*score));
                }
            }
            Content::Group(_) | Content::FixedPrice(_) => {}
        }
    }

    /// The steps from low to high: from each value on, a percentage or points.
    fn steps(&mut self, book: &mut Book, name: &str, steps: &[(Decimal, Decimal)]) -> Option<Rows> {
        let rows =
            steps.iter().map(|(from, earned)| (Label::Number(Exact::from(*from)), Exact::from(*earned)));
        self.rows(book, name, rows.collect())
    }

    fn rows(&mut self, book: &mut Book, name: &str, rows: Vec<(Label, Exact)>) -> Option<Rows> {
        let first = Place { sheet: self.sheet, row: self.next, column: 1 };
        let last = first.in_row(first.row + u32::try_from(rows.len()).ok()?.checked_sub(1)?);
        for (label, value) in rows {
            let place = Place { sheet: self.sheet, row: self.next, column: 0 };
            book.text(place, name, Look::Plain);
            match label {
                Label::Text(text) => book.text(Place { column: 1, ..place }, &text, Look::Given),
                Label::Number(number) => book.given(Place { column: 1, ..place }, &number),
            };
            book.given(Place { column: 2, ..place }, &value);
            self.next += 1;
        }
        let beside = |place: Place| Place { column: 2, ..place };
        let labels = Range { first, last };
        Some(Rows { labels, values: Range { first: beside(first), last: beside(last) } })
    }
}

/// What stands beside a value.
enum Label {
    Text(String),
    Number(Exact),
}
