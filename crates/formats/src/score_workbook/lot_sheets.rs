//! The sheets of one lot: the model, the bids, and the scores of each round.

use trede_rules::award::model::DropOut;
use trede_rules::award::{Evaluation, Lot};

use super::bids_sheet::Writing;
use super::book::{Book, Look};
use super::formula::{Formula, Place, Sign, call, either};
use super::function::Function;
use super::model_sheet::ModelSheet;
use super::scores::Scores;
use super::table::{ROUNDS, Table, row};
use super::words::Words;

/// The most rounds that have a sheet each.
const MOST_ROUNDS: usize = 20;

/// Where the outcome of a bid stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfBid {
    /// Its total, if it came to one.
    pub total: Option<Place>,
    /// Its rank.
    pub rank: Option<Place>,
}

/// A lot and what is needed to write it.
pub(super) struct LotSheets<'a> {
    pub book: &'a mut Book,
    pub lot: &'a Lot,
    pub evaluation: &'a Evaluation,
    pub words: Words,
    /// What stands behind the name of each sheet, where there are several lots.
    pub suffix: String,
    /// What the lot is called.
    pub name: String,
}

impl LotSheets<'_> {
    /// Writes the sheets; where the outcome of each bid stands.
    pub fn write(self) -> Vec<OfBid> {
        let LotSheets { book, lot, evaluation, words, suffix, name } = self;
        let title = |what: &str| format!("{what}: {name}");
        let sheet = |what: &str| format!("{what}{suffix}");
        let bidders: Vec<String> =
            lot.bids().iter().map(|bid| bid.bidder.clone().unwrap_or_else(|| bid.id.clone())).collect();
        let bidder = words.of("Inschrijver", "Bidder");
        let model_name = words.of("Model", "Model");
        let model = ModelSheet::write(
            book,
            lot,
            sheet(model_name),
            &title(words.of("Gunningsmodel", "Award model")),
            words,
        );
        let bids_name = words.of("Inschrijvingen", "Bids");
        let table = Table::begin(book, sheet(bids_name), &title(bids_name), bidder, &bidders);
        let given = Writing { book, table, lot, model: &model, words }.all();
        let table = Table::begin(book, sheet("Scores"), &title("Scores"), bidder, &bidders);
        let mut scores = Scores {
            book,
            lot,
            evaluation,
            model: &model,
            given: &given,
            words,
            table,
            own: Vec::new(),
            prices: Vec::new(),
            lot_name: name.clone(),
        };
        scores.own_columns();
        let mut compared = scores.admission();
        let mut of_bids = vec![OfBid { total: None, rank: None }; lot.bids().len()];
        let rounds = evaluation.rounds.clamp(1, MOST_ROUNDS);
        for number in 1..=rounds {
            if number > 1 {
                let what = format!("Scores{suffix} {} {number}", words.of("ronde", "round"));
                let heading = format!("Scores, {} {number}: {name}", words.of("ronde", "round"));
                scores.table = Table::begin(scores.book, what, &heading, bidder, &bidders);
            }
            let is_last = number == rounds;
            let round = scores.round(compared, is_last);
            for (bid, of_bid) in of_bids.iter_mut().enumerate() {
                if scores.book.number_at(row(compared, bid)) == Some(1.0) {
                    of_bid.total = round.total.map(|total| row(total, bid));
                }
            }
            if !is_last {
                compared = round.stays.unwrap_or(compared);
                continue;
            }
            let rank = scores.ranking(&round);
            for (bid, of_bid) in of_bids.iter_mut().enumerate() {
                of_bid.rank = rank.map(|rank| row(rank, bid));
            }
            let anew = lot.declared().model.drop_out == Some(DropOut::Recompute);
            if anew && lot.declared().model.total_threshold.is_some() {
                scores.asks_for_another_round(compared, round.stays);
            }
        }
        of_bids
    }
}

impl Scores<'_> {
    /// Who changes an input can make another bid fall, and then needs a round more than was written.
    fn asks_for_another_round(&mut self, compared: Place, stays: Option<Place>) {
        let Some(stays) = stays else { return };
        let sum = |column| call(Function::Sum, [Formula::from(self.table.all(column))]);
        let is_same = sum(compared).pair(Sign::Equal, sum(stays));
        let text = |dutch, english| Formula::Text(self.words.of(dutch, english).to_owned());
        let formula = either(
            is_same,
            text("Niemand valt af: dit is de laatste ronde.", "Nobody falls out: this is the last round."),
            text(
                "Er valt nog iemand af: een ronde meer is nodig.",
                "Somebody still falls out: another round is needed.",
            ),
        );
        let place = Place { sheet: self.table.sheet, row: ROUNDS, column: 0 };
        self.book.formula(place, formula, Look::Plain);
    }
}
