//! What only some kinds of criteria declare: tables of levels and steps, bounds of an offer, a rate, marks.

use trede_base::exact::Exact;
use trede_rules::award::DeclaredModel;
use trede_rules::award::commitment::{OfferScoring, Steps};
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Leaf;
use trede_rules::award::numeric::NumericScoring;

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
            }
            Content::Commitment(terms) => {
                let least = words.of("minste aanbod", "least offer");
                let least = self.number(book, leaf.name(), least, &Exact::from(terms.minimum));
                let most = words.of("hoogste aanbod dat telt", "highest offer that counts");
                let most = self.number(book, leaf.name(), most, &Exact::from(terms.maximum));
                of.offer = Some((least, most));
                if let OfferScoring::Steps(steps) = &terms.scoring {
                    of.rows = self.steps(book, leaf.name(), steps);
                }
            }
            Content::Numeric(NumericScoring::Steps(steps)) => of.rows = self.steps(book, leaf.name(), steps),
            Content::LifeCycleCost { terms, .. } => {
                let what = words.of("discontovoet in % per jaar (r)", "discount rate in % a year (r)");
                of.rate = Some(self.number(
                    book,
                    leaf.name(),
                    what,
                    &Exact::from(terms.discounting.rate_percent()),
                ));
            }
            Content::AssessedQuality(scale) => {
                for (mark, score) in &scale.marks {
                    self.number(book, leaf.name(), mark, &Exact::from(*score));
                }
            }
            _ => {}
        }
    }

    /// The steps from low to high: from each value on, a percentage.
    fn steps(&mut self, book: &mut Book, name: &str, steps: &Steps) -> Option<Rows> {
        let rows =
            steps.0.iter().map(|(from, percent)| (Label::Number(Exact::from(*from)), Exact::from(*percent)));
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
