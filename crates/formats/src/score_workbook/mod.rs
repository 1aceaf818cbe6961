//! An evaluation as a workbook with live formulas: the model and the bids in cells, and from there the scores, the
//! totals and the ranks by formulas, so that an auditor or a bidder who lost can follow with the tool they have.
//!
//! A spreadsheet calculates in 15 digits and the engine in fractions. Each formula is therefore calculated here as
//! well, and where it does not come to what the engine says, the value of the engine stands in its place, in a cell
//! that says so.

mod admission;
mod against_others;
mod bids_costs;
mod bids_sheet;
mod book;
mod counted_prices;
mod engine;
mod evaluate;
mod formula;
mod function;
mod life_cycle;
mod lot_sheets;
mod model_costs;
mod model_method;
mod model_sheet;
mod model_tables;
mod number_formula;
mod order;
mod own;
mod price_formula;
mod rank;
mod result_sheet;
mod rounds;
mod scores;
mod table;
mod totals;
mod words;

use rust_xlsxwriter::XlsxError;
use trede_rules::award::evaluate;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{Failure, LanguageCode, ResultOptions, score};

use book::Book;
use lot_sheets::LotSheets;
use result_sheet::{ResultSheet, WrittenLot};
use words::Words;

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The file cannot be scored.
    #[error("{0}")]
    File(#[from] Failure),
    /// It has more columns or rows than a workbook can hold.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
}

/// The evaluation of a tender as a workbook (Office Open XML). The same file gives the same bytes.
///
/// # Errors
/// When the file cannot be scored, or it has more criteria and bids than a workbook can hold.
pub fn score_workbook(file: &ScoreFile, language: LanguageCode) -> Result<Vec<u8>, WorkbookError> {
    let words = Words(language.into());
    let result = score(file, ResultOptions { language, explain: false, analyse: false })?;
    let lots = file.to_lots().map_err(Failure)?;
    let mut book = Book::default();
    let sheet = book.add_sheet(words.of("Uitslag", "Result").to_owned());
    let mut written = Vec::with_capacity(lots.len());
    for (number, (lot, input)) in lots.iter().zip(&file.lots).enumerate() {
        let evaluation = evaluate(lot).map_err(Failure)?;
        let name =
            input.title.clone().unwrap_or_else(|| format!("{} {}", words.of("Perceel", "Lot"), input.id));
        let suffix = if lots.len() > 1 { format!(" {}", number + 1) } else { String::new() };
        let sheets =
            LotSheets { book: &mut book, lot, evaluation: &evaluation, words, suffix, name: name.clone() };
        let of_bids = sheets.write();
        written.push((evaluation, name, of_bids, lot, input));
    }
    let mut first = ResultSheet { book: &mut book, words, sheet, row: 0 };
    first.head(&result);
    for (evaluation, name, of_bids, lot, input) in written {
        let result = result.lots.iter().find(|lot| lot.id == input.id);
        first.lot(&WrittenLot { lot, evaluation: &evaluation, result, name, of_bids });
    }
    first.foot();
    Ok(book.written()?)
}
