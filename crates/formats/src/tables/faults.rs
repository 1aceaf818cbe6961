//! What can be wrong with a table, in Dutch and English: one sentence for one fault, with the cell as it was
//! written.

use thiserror::Error;
use trede_rules::explaining::Language;

macro_rules! faults {
    ($($name:ident, $code:literal, en $en:literal, nl $nl:literal;)*) => {
        /// What can be wrong with a table, a row or a cell; `{0}`, `{1}` are filled in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault {
            $(#[doc = $en] $name,)*
        }

        impl Fault {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Stable and kebab-case, for programs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            const fn text(self, language: Language) -> &'static str {
                match language {
                    Language::English => match self { $(Self::$name => $en,)* },
                    Language::Dutch => match self { $(Self::$name => $nl,)* },
                }
            }
        }
    };
}

faults! {
    // The file.
    Unreadable, "table-unreadable",
        en "the file cannot be read: {0}",
        nl "het bestand is niet te lezen: {0}";
    Malformed, "table-malformed",
        en "the file is no such table: {0}",
        nl "het bestand is geen tabel van dit soort: {0}";
    TooLarge, "table-too-large",
        en "the table has more than {0}",
        nl "de tabel heeft meer dan {0}";
    IsWorkbook, "table-malformed",
        en "this is a workbook and no CSV; send it as .xlsx or .ods",
        nl "dit is een werkmap en geen CSV; verstuur het als .xlsx of .ods";
    IsOldWorkbook, "table-malformed",
        en "this workbook has a password, or is of the old kind (.xls); save it as .xlsx without a password",
        nl "deze werkmap heeft een wachtwoord of is van de oude soort (.xls); sla hem op als .xlsx zonder wachtwoord";
    NotWorkbook, "table-malformed",
        en "this is no workbook; send a text table as text/csv",
        nl "dit is geen werkmap; verstuur een tekstbestand als text/csv";
    NoSheet, "table-malformed",
        en "the workbook shows no sheet",
        nl "de werkmap toont geen werkblad";
    NotInEncoding, "table-encoding",
        en "line {0} holds bytes that are no {1}; save the table as CSV UTF-8",
        nl "regel {0} bevat tekens die geen {1} zijn; sla de tabel op als CSV UTF-8";
    MixedEncodings, "table-encoding",
        en "line {0} is written in UTF-8 and line {1} in another encoding; save the table as CSV UTF-8",
        nl "regel {0} is geschreven in UTF-8 en regel {1} in een andere codering; sla de tabel op als CSV UTF-8";
    NoText, "table-encoding",
        en "the file is no text: line {0} holds characters that no text has; save the table as CSV UTF-8",
        nl "het bestand is geen tekst: regel {0} bevat tekens die in tekst niet voorkomen; sla de tabel op als CSV UTF-8";
    Empty, "table-empty",
        en "the first row holds the names of the columns",
        nl "de eerste regel bevat de namen van de kolommen";
    HeaderNotFound, "header-not-found",
        en "the row with the names of the columns is not found: row {0} holds «{1}»; the names stand in the first row, such as {2}",
        nl "de regel met de namen van de kolommen is niet gevonden: in regel {0} staat «{1}»; de namen staan in de eerste regel, zoals {2}";
    HeaderBelow, "header-not-found",
        en "the names of the columns stand in row {1}; remove what stands above them (row {0}: «{2}»)",
        nl "de namen van de kolommen staan in regel {1}; verwijder wat erboven staat (regel {0}: «{2}»)";
    ColumnMissing, "column-missing",
        en "the table needs a column {0} ({1})",
        nl "de tabel heeft een kolom {1} ({0}) nodig";
    ColumnTwice, "column-twice",
        en "the column stands in the table twice; leave one",
        nl "de kolom staat twee keer in de tabel; laat er één staan";
    // What is told and hinders nothing.
    ColumnUnknown, "column-unknown",
        en "this column is not read; the columns are {0}",
        nl "deze kolom wordt niet gelezen; de kolommen zijn {0}";
    SheetChosen, "sheet-chosen",
        en "the sheet «{0}» is read; not read: {1}",
        nl "het werkblad «{0}» is gelezen; niet gelezen: {1}";
    NotTaken, "computed-here",
        en "«{0}» is not taken: this is computed here, and is «{1}» now",
        nl "«{0}» is niet overgenomen: dit wordt hier berekend en is nu «{1}»";
    // Rows.
    CellTooLong, "row-unreadable",
        en "a cell has at most 32,767 characters",
        nl "een cel heeft ten hoogste 32.767 tekens";
    RowHidden, "row-hidden",
        en "the row is hidden in the workbook; show it, or remove it",
        nl "de rij is verborgen in de werkmap; maak haar zichtbaar of verwijder haar";
    QuoteNotClosed, "row-unreadable",
        en "a quotation mark that is opened in this row is not closed; nothing is read from here to the end of the file",
        nl "een aanhalingsteken dat in deze regel opent, wordt niet gesloten; vanaf hier tot het einde van het bestand is niets gelezen";
    TextAfterQuote, "row-unreadable",
        en "there is text behind a closing quotation mark; within a cell in quotation marks, write them twice",
        nl "er staat tekst achter een sluitend aanhalingsteken; schrijf het binnen een cel tussen aanhalingstekens dubbel";
    CellWithoutName, "cell-count",
        en "«{0}» stands under no name of a column; a number with a comma needs quotation marks in a table with commas",
        nl "«{0}» staat onder geen kolomnaam; een getal met een komma heeft in een tabel met komma's aanhalingstekens nodig";
    // Cells.
    Needed, "cell-needed",
        en "a value is needed here",
        nl "hier is een waarde nodig";
    PeriodEndNeeded, "cell-needed",
        en "a period has a last day too",
        nl "een periode heeft ook een laatste dag";
    PeriodStartNeeded, "cell-needed",
        en "a period has a first day too",
        nl "een periode heeft ook een eerste dag";
    FormulaWithoutValue, "cell-malformed",
        en "the formula has no value in the file; open the workbook, let it calculate, and save it",
        nl "de formule heeft geen waarde in het bestand; open de werkmap, laat hem rekenen en sla hem op";
    ErrorCell, "cell-malformed",
        en "the cell shows the error «{0}»; put the formula right",
        nl "de cel toont de fout «{0}»; herstel de formule";
    NumberMalformed, "cell-malformed",
        en "«{0}» is no number that can be read; write it like {1}",
        nl "«{0}» is geen getal dat te lezen is; schrijf het als {1}";
    NumberAmbiguous, "number-ambiguous",
        en "«{0}» can be {1} and {2}; write {3}, or send the table with locale=nl or locale=en",
        nl "«{0}» kan {1} zijn en {2}; schrijf {3}, of verstuur de tabel met locale=nl of locale=en";
    NumberGrouped, "cell-malformed",
        en "«{0}» has commas between thousands, which are read with locale=en only; write it without them",
        nl "«{0}» heeft komma's tussen duizendtallen, die alleen met locale=en worden gelezen; schrijf het zonder";
    NumberNotDutch, "cell-malformed",
        en "«{0}» is no number as it is written with locale=nl; write it like 1234,56",
        nl "«{0}» is geen getal zoals het met locale=nl wordt geschreven; schrijf het als 1234,56";
    NumberNotEnglish, "cell-malformed",
        en "«{0}» is no number as it is written with locale=en; write it like 1234.56",
        nl "«{0}» is geen getal zoals het met locale=en wordt geschreven; schrijf het als 1234.56";
    NumberTooLong, "cell-malformed",
        en "«{0}» has too many digits; at most 16 before the decimals and 10 of them",
        nl "«{0}» heeft te veel cijfers; ten hoogste 16 voor de komma en 10 erachter";
    NotWholeCents, "cell-malformed",
        en "«{0}» is no amount that can be paid: not below zero, to the cent, at most ten trillion euros",
        nl "«{0}» is geen bedrag dat te betalen is: niet onder nul, op de cent, ten hoogste tien biljoen euro";
    PercentHere, "cell-malformed",
        en "«{0}» is a percentage, and no percentage stands in this column",
        nl "«{0}» is een percentage, en in deze kolom staat geen percentage";
    NotWhole, "cell-malformed",
        en "«{0}» is no whole number from 0 to {1}",
        nl "«{0}» is geen geheel getal van 0 tot en met {1}";
    DayMalformed, "cell-malformed",
        en "«{0}» is no day; write it like 31-01-2026 or 2026-01-31",
        nl "«{0}» is geen dag; schrijf hem als 31-01-2026 of 2026-01-31";
    DayShortYear, "cell-malformed",
        en "«{0}» has a year of two digits; write all four, like 31-01-2026, or send the table with locale=nl",
        nl "«{0}» heeft een jaartal van twee cijfers; schrijf er vier, zoals 31-01-2026, of verstuur de tabel met locale=nl";
    DayAmbiguous, "day-ambiguous",
        en "«{0}» can be {1} and {2}; write it like 31-01-2026, or send the table with locale=nl",
        nl "«{0}» kan {1} zijn en {2}; schrijf hem als 31-01-2026, of verstuur de tabel met locale=nl";
    DayWithTime, "cell-malformed",
        en "«{0}» has a time of day; write the day alone",
        nl "«{0}» heeft een tijdstip; schrijf alleen de dag";
    NoDay, "cell-malformed",
        en "the cell holds the number {0} and no day; give it the format of a date",
        nl "de cel bevat het getal {0} en geen dag; geef haar de opmaak van een datum";
    NotText, "cell-malformed",
        en "the cell holds «{0}», which a spreadsheet made of what was typed; give the column the format of text and type it again",
        nl "de cel bevat «{0}», wat een rekenblad maakte van wat was getypt; geef de kolom de opmaak van tekst en typ het opnieuw";
    KvkMalformed, "cell-malformed",
        en "«{0}» is no KvK number: it has eight digits, and a spreadsheet drops a zero in front",
        nl "«{0}» is geen KvK-nummer: dat heeft acht cijfers, en een rekenblad laat een nul vooraan weg";
    CpvMalformed, "cell-malformed",
        en "«{0}» is no CPV code; write it like 77310000-6",
        nl "«{0}» is geen CPV-code; schrijf hem als 77310000-6";
    WordUnknown, "cell-malformed",
        en "«{0}» is none of {1}",
        nl "«{0}» is geen van {2}";
    IdMalformed, "cell-malformed",
        en "«{0}» is no id of this service; leave it as it was exported, or empty",
        nl "«{0}» is geen id van deze dienst; laat het zoals het is uitgevoerd, of leeg";
    // What the rows are compared with.
    ContractUnknown, "contract-unknown",
        en "there is no contract «{0}» that you may see",
        nl "er is geen opdracht «{0}» die u mag zien";
    EntryUnknown, "entry-unknown",
        en "the contract has no entry «{0}»",
        nl "de opdracht heeft geen verantwoording «{0}»";
    IdOfAnother, "id-of-another",
        en "the id is that of «{0}», and the row is about «{1}»",
        nl "het id is dat van «{0}», en de rij gaat over «{1}»";
    ContractDiffers, "contract-differs",
        en "the contract is there, with another value in {0}; record a change of it",
        nl "de opdracht is er al, met een andere waarde in {0}; leg er een wijziging van vast";
    EntryDiffers, "entry-differs",
        en "the entry is there and was handed in, with another value in {0}",
        nl "de verantwoording is er al en is ingediend, met een andere waarde in {0}";
    ReferenceTwice, "reference-twice",
        en "row {0} has this reference too",
        nl "regel {0} heeft deze referentie ook";
}

impl Fault {
    /// The sentence, with the details filled in.
    #[must_use]
    pub fn told(self, language: Language, details: &[String]) -> String {
        let mut text = String::new();
        let mut rest = self.text(language);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (number, after) = after.split_once('}').unwrap_or(("", after));
            let detail = number.parse().ok().and_then(|number: usize| details.get(number));
            text.push_str(detail.map_or("", String::as_str));
            rest = after;
        }
        text + rest
    }
}

/// Something that is wrong in a table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The row, as an editor counts lines and a spreadsheet rows: the names stand in row 1.
    pub row: u32,
    /// The column; empty where it is about the whole row.
    pub column: String,
    /// The cell, as a spreadsheet calls it (`E5`); empty where it is about the whole row.
    pub cell: String,
    /// Stable and kebab-case, for programs.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub detail: String,
}

/// A file that is no table that can be read.
#[derive(Debug, Error)]
pub enum TableError {
    /// The file itself.
    #[error("{}", .0.told(Language::English, .1))]
    File(Fault, Vec<String>),
    /// The row with the names of its columns.
    #[error("the names of the columns: {}", .0.iter().map(|error| error.detail.as_str()).collect::<Vec<_>>().join("; "))]
    Header(Vec<CellError>),
}

impl TableError {
    /// A fault of the file.
    pub(super) fn of<const N: usize>(fault: Fault, details: [String; N]) -> Self {
        Self::File(fault, details.into())
    }

    /// A file that is not what it says.
    pub(super) fn malformed(why: impl ToString) -> Self {
        Self::of(Fault::Malformed, [why.to_string()])
    }

    /// Everything that is wrong: code and sentence.
    #[must_use]
    pub fn told(&self, language: Language) -> Vec<(&'static str, String)> {
        match self {
            Self::File(fault, details) => vec![(fault.code(), fault.told(language, details))],
            Self::Header(errors) => errors.iter().map(|error| (error.code, error.detail.clone())).collect(),
        }
    }
}

impl From<std::io::Error> for TableError {
    fn from(error: std::io::Error) -> Self {
        Self::of(Fault::Unreadable, [error.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_fill_in_the_same_details() {
        let places = |text: &str| -> std::collections::BTreeSet<String> {
            text.split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(n, _)| n.to_owned())
                .collect()
        };
        for fault in Fault::ALL.iter().filter(|fault| **fault != Fault::WordUnknown) {
            assert_eq!(
                places(fault.text(Language::English)),
                places(fault.text(Language::Dutch)),
                "{fault:?}"
            );
        }
        let told = Fault::NumberMalformed.told(Language::Dutch, &["{1}".to_owned(), "x".to_owned()]);
        assert_eq!(told, "«{1}» is geen getal dat te lezen is; schrijf het als x");
    }
}
