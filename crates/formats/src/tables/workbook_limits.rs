//! What a workbook may hold: looked at before anything of it is kept.

use std::io::{self, BufReader, Read, Seek};

use quick_xml::events::{BytesStart, Event};

use super::faults::{Fault, TableError};
use crate::piece_limit::PieceLimit;

/// The most parts of a workbook, a file each.
const MOST_PARTS: usize = 10_000;
/// The most bytes that a workbook may unfold to.
const MOST_UNFOLDED: u64 = 512 * 1024 * 1024;
/// The most bytes of one tag or one text.
pub(super) const MOST_OF_TAG: usize = 8 * 1024 * 1024;
/// The most different texts of all cells, which are held in memory together.
pub(super) const MOST_TEXTS: usize = 2_000_000;
/// The most bytes of these.
const MOST_OF_TEXTS: usize = 128 * 1024 * 1024;
/// The most elements beside those of cells and their texts, such as formats and names of sheets.
pub(super) const MOST_OTHERS: usize = 200_000;

/// The elements of cells and of the texts in them.
const OF_CELLS: [&str; 28] = [
    "row",
    "c",
    "v",
    "f",
    "is",
    "si",
    "t",
    "r",
    "rPr",
    "rFont",
    "sz",
    "color",
    "family",
    "scheme",
    "b",
    "i",
    "u",
    "strike",
    "vertAlign",
    "charset",
    "rPh",
    "phoneticPr",
    // Those of OpenDocument.
    "table-row",
    "table-cell",
    "covered-table-cell",
    "p",
    "span",
    "line-break",
];

/// The elements of values behind a pivot table, one for each cell that it sums up. Nothing of them is kept, in
/// whatever part they stand.
const OF_PIVOTS: [&str; 6] = ["x", "n", "s", "d", "e", "m"];

/// Looks a workbook through without keeping anything, so that one that unfolds without end, or to more than fits
/// in memory, is refused before anything of it is held.
pub(super) fn expect_reasonable(source: &mut (impl Read + Seek)) -> Result<(), TableError> {
    let mut archive = zip::ZipArchive::new(source).map_err(TableError::malformed)?;
    if archive.len() > MOST_PARTS {
        return Err(too_large(format!("{MOST_PARTS} parts")));
    }
    let mut left = Left {
        unfolded: MOST_UNFOLDED,
        texts: MOST_TEXTS,
        of_texts: MOST_OF_TEXTS,
        others: MOST_OTHERS,
        is_in_texts: false,
    };
    for index in 0..archive.len() {
        left.look_through(archive.by_index(index).map_err(TableError::malformed)?)?;
    }
    Ok(())
}

/// What is left of the limits.
struct Left {
    unfolded: u64,
    texts: usize,
    of_texts: usize,
    others: usize,
    /// Whether the part is the one with the texts of cells.
    is_in_texts: bool,
}

impl Left {
    /// Reads a part as the library does that keeps it.
    fn look_through(&mut self, part: impl Read) -> Result<(), TableError> {
        let source = part.take(self.unfolded.saturating_add(1));
        let (source, allowance) = PieceLimit::new(source, MOST_OF_TAG, "tag or text");
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(source));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        self.is_in_texts = false;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(start)) => self.element(&start)?,
                Ok(Event::Text(text)) => self.text(text.len())?,
                Ok(Event::CData(text)) => self.text(text.len())?,
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(quick_xml::Error::Io(error)) => return Err(TableError::malformed(error)),
                // A picture, or damage: nobody reads on from here, but for the space that it takes.
                Err(_) => break,
            }
            allowance.renew();
        }
        let mut rest = reader.into_inner().into_inner().into_inner();
        io::copy(&mut rest, &mut io::sink()).map_err(TableError::malformed)?;
        let unfolded = rest.limit().checked_sub(1);
        self.unfolded = unfolded.ok_or_else(|| too_large(format!("{MOST_UNFOLDED} bytes unfolded")))?;
        Ok(())
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Result<(), TableError> {
        let name = start.local_name();
        let name: &str = name.as_ref();
        match name {
            "sst" => {
                self.is_in_texts = true;
                // Room is made at once for as many as are announced.
                let mut attributes = start.attributes();
                let attributes = attributes.with_checks(false).flatten();
                let mut announced = attributes.filter(|attribute| attribute.key.as_ref() == "uniqueCount");
                let fits = |number: &str| number.trim().parse::<usize>().is_ok_and(|it| it <= MOST_TEXTS);
                if announced.all(|attribute| fits(&attribute.value)) { Ok(()) } else { Err(too_many_texts()) }
            }
            "si" => {
                self.texts = self.texts.checked_sub(1).ok_or_else(too_many_texts)?;
                Ok(())
            }
            name if OF_CELLS.contains(&name) || OF_PIVOTS.contains(&name) => Ok(()),
            _ => {
                let others = self.others.checked_sub(1);
                let too_many = || too_large(format!("{MOST_OTHERS} formats, names and other elements"));
                self.others = others.ok_or_else(too_many)?;
                Ok(())
            }
        }
    }

    fn text(&mut self, bytes: usize) -> Result<(), TableError> {
        if self.is_in_texts {
            let left = self.of_texts.checked_sub(bytes);
            let too_long = || too_large(format!("{MOST_OF_TEXTS} bytes of text"));
            self.of_texts = left.ok_or_else(too_long)?;
        }
        Ok(())
    }
}

fn too_large(what: String) -> TableError {
    TableError::of(Fault::TooLarge, [what])
}

fn too_many_texts() -> TableError {
    too_large(format!("{MOST_TEXTS} different texts"))
}
