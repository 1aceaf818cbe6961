//! The first sheet: what came out, held against the engine, and how to read the rest.

use trede_base::exact::Exact;
use trede_rules::award::{Evaluation, Lot};
use trede_wire::score_result::{LotResult, ScoreResult};

use super::book::{Book, Look, NOTHING, is_near, near};
use super::evaluate::{Cells, Value};
use super::formula::{Formula, Place, Sign, call, either};
use super::function::Function;
use super::lot_sheets::OfBid;
use super::scores::decimals_for;
use super::words::Words;

/// The first sheet while it is written.
pub(super) struct ResultSheet<'a> {
    pub book: &'a mut Book,
    pub words: Words,
    pub sheet: usize,
    pub row: u32,
}

/// A lot that was written.
pub(super) struct WrittenLot<'a> {
    pub lot: &'a Lot,
    pub evaluation: &'a Evaluation,
    pub result: Option<&'a LotResult>,
    pub name: String,
    pub of_bids: Vec<OfBid>,
}

impl ResultSheet<'_> {
    /// Writes the head of the sheet.
    pub fn head(&mut self, result: &ScoreResult) {
        let words = self.words;
        for (column, width) in [(0, 8.0), (1, 34.0), (2, 18.0), (3, 10.0), (4, 22.0), (5, 14.0), (6, 60.0)] {
            self.book.widen(self.sheet, column, width);
        }
        let title = result.tender.title.as_deref().unwrap_or(words.of("Beoordeling", "Evaluation"));
        self.book.text(self.at(0), title, Look::Title);
        self.row += 1;
        let facts = [
            (words.of("Kenmerk", "Reference"), result.tender.reference.as_deref()),
            (words.of("Aanbestedende dienst", "Buyer"), result.tender.buyer.as_deref()),
            (
                words.of("Vingerafdruk van de invoer", "Fingerprint of the input"),
                Some(result.input_fingerprint.as_str()),
            ),
            (words.of("Versie van de engine", "Version of the engine"), Some(result.engine_version.as_str())),
        ];
        for (what, fact) in facts {
            let Some(fact) = fact else { continue };
            self.book.text(self.at(1), what, Look::Plain);
            self.book.text(self.at(2), fact, Look::Plain);
            self.row += 1;
        }
        self.row += 1;
    }

    /// Writes the outcome of a lot: those that are ranked first, best first.
    pub fn lot(&mut self, written: &WrittenLot<'_>) {
        let words = self.words;
        self.book.text(self.at(0), &written.name, Look::Title);
        self.row += 1;
        let method = words.method(&written.lot.declared().model.method);
        self.book.text(self.at(0), method, Look::Plain);
        self.row += 1;
        let heads = [
            words.of("Rang", "Rank"),
            words.of("Inschrijver", "Bidder"),
            words.of("Totaal", "Total"),
            words.of("Rang volgens Trede", "Rank by Trede"),
            words.of("Totaal volgens Trede", "Total by Trede"),
            words.of("Controle", "Check"),
            words.of("Waarom niet in de rangorde", "Why not ranked"),
        ];
        for (column, head) in (0_u16..).zip(heads) {
            self.book.text(self.at(column), head, Look::Head);
        }
        self.row += 1;
        let ranked = written.evaluation.ranking.places.iter().map(|place| (place.bid, Some(place.rank)));
        let outcomes = written.evaluation.outcomes.iter().enumerate();
        let others = outcomes.filter(|(_, outcome)| !outcome.is_ranked()).map(|(bid, _)| (bid, None));
        for (bid, rank) in ranked.chain(others) {
            self.bid(written, bid, rank);
            self.row += 1;
        }
        self.row += 1;
    }

    fn bid(&mut self, written: &WrittenLot<'_>, bid: usize, rank: Option<usize>) {
        let Some(given) = written.lot.bid(bid) else { return };
        let of_bid = written.of_bids.get(bid).copied().unwrap_or(OfBid { total: None, rank: None });
        let total = written.evaluation.outcomes.get(bid).and_then(|outcome| outcome.declared_total.clone());
        self.book.text(self.at(1), given.bidder.as_deref().unwrap_or(&given.id), Look::Plain);
        match of_bid.rank {
            Some(place) => self.book.formula(self.at(0), place.into(), Look::Plain),
            None => self.book.text(self.at(0), NOTHING, Look::Plain),
        };
        self.total(written, of_bid.total, total.as_ref());
        match rank {
            Some(rank) => self.book.taken(self.at(3), &Exact::from(rank)),
            None => self.book.text(self.at(3), NOTHING, Look::Plain),
        };
        match &total {
            Some(total) => self.book.taken(self.at(4), total),
            None => self.book.text(self.at(4), NOTHING, Look::Plain),
        };
        self.check(rank.is_some(), total.as_ref());
        let excluded =
            written.result.and_then(|result| result.excluded.iter().find(|other| other.id == given.id));
        if let Some(excluded) = excluded {
            let reasons: Vec<&str> = excluded.reasons.iter().map(|reason| reason.detail.as_str()).collect();
            self.book.text(self.at(6), &reasons.join("; "), Look::Plain);
        }
    }

    /// The total; that of the engine where the sheets come to another, which happens to bids that fell in a round
    /// before the last.
    fn total(&mut self, written: &WrittenLot<'_>, place: Option<Place>, total: Option<&Exact>) {
        let (Some(place), Some(total)) = (place, total) else {
            self.book.text(self.at(2), NOTHING, Look::Plain);
            return;
        };
        if is_near(&self.book.value_at(place), total) {
            self.book.formula(self.at(2), place.into(), Look::Number);
            return;
        }
        self.book.taken(self.at(2), total);
        self.book.notes.push(format!("{}: {}", written.name, self.words.of("Totaal", "Total")));
    }

    fn check(&mut self, is_ranked: bool, total: Option<&Exact>) {
        let same = |a: u16, b: u16| Formula::from(self.at(a)).pair(Sign::Equal, self.at(b).into());
        let text = |dutch, english| Formula::Text(self.words.of(dutch, english).to_owned());
        let differs = || text("wijkt af", "differs");
        let equal = || text("gelijk", "equal");
        let size = match (self.book.value_at(self.at(2)), total) {
            (Value::Number(_, size), Some(total)) => size.max(near(total).abs()),
            _ => 0.0,
        };
        let by_total = || {
            let difference = Formula::from(self.at(2)) - self.at(4).into();
            let digits = (decimals_for(size) - 1.0).max(0.0);
            let rounded = call(Function::Round, [difference, digits.into()]);
            either(rounded.pair(Sign::Equal, 0.0.into()), equal(), differs())
        };
        let formula = match (is_ranked, total) {
            (_, Some(_)) => either(same(0, 3), by_total(), differs()),
            (_, None) => either(same(0, 3), equal(), differs()),
        };
        self.book.formula(self.at(5), formula, Look::Plain);
    }

    /// Says how to read the workbook, and what in it is no formula.
    pub fn foot(&mut self) {
        let words = self.words;
        let mut lines = vec![
            words.of(
                "Blauw is wat is gegeven, zwart is een formule. Verander een gegeven, en scores, totalen en rangorde volgen; de kolommen volgens Trede blijven staan.",
                "Blue was given, black is a formula. Change what was given, and scores, totals and ranks follow; the columns by Trede stay as they are.",
            ),
            words.of(
                "De volgorde van de regels hierboven is die van Trede en verandert niet mee.",
                "The order of the lines above is that of Trede and does not change along.",
            ),
            words.of(
                "Trede rekent met breuken, een rekenblad met 15 cijfers. Wat wordt vergeleken is daarom op 12 cijfers afgerond.",
                "Trede calculates in fractions, a spreadsheet in 15 digits. What is compared is therefore rounded to 12 digits.",
            ),
        ];
        let notes = std::mem::take(&mut self.book.notes);
        lines.push(if notes.is_empty() {
            words.of("Elke score, elk totaal en elke rang is een formule.", "Each score, each total and each rank is a formula.")
        } else {
            words.of(
                "Met een gele achtergrond staat een waarde van Trede, waar een formule er niet of niet nauwkeurig genoeg op uitkomt:",
                "On a yellow background stands a value of Trede, where no formula comes to it, or not closely enough:",
            )
        });
        for line in lines {
            self.book.text(self.at(0), line, Look::Plain);
            self.row += 1;
        }
        for note in notes {
            self.book.text(self.at(1), &note, Look::Plain);
            self.row += 1;
        }
    }

    fn at(&self, column: u16) -> Place {
        Place { sheet: self.sheet, row: self.row, column }
    }
}
