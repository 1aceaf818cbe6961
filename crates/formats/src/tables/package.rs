//! The parts of a workbook file, and the XML in them, a piece at a time.

use std::io::{BufReader, Read, Seek, SeekFrom};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::faults::{Fault, TableError};
use super::workbook_limits::expect_reasonable;

/// A workbook file: an archive of parts.
pub(super) struct Package<'a, R> {
    archive: ZipArchive<&'a mut R>,
}

impl<'a, R: Read + Seek> Package<'a, R> {
    /// Opens a file that holds no more than is read.
    pub(super) fn open(source: &'a mut R) -> Result<Self, TableError> {
        let mut beginning = Vec::new();
        source.by_ref().take(4).read_to_end(&mut beginning)?;
        source.seek(SeekFrom::Start(0))?;
        if beginning.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(TableError::of(Fault::IsOldWorkbook, []));
        }
        if !beginning.starts_with(b"PK") {
            return Err(TableError::of(Fault::NotWorkbook, []));
        }
        expect_reasonable(source)?;
        source.seek(SeekFrom::Start(0))?;
        Ok(Self { archive: ZipArchive::new(source).map_err(TableError::malformed)? })
    }

    /// Hands the pieces of a part to `on_piece`; answers whether there is such a part.
    pub(super) fn each_piece<E: From<TableError>>(
        &mut self,
        part: &str,
        on_piece: &mut dyn FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<bool, E> {
        let Some(index) = self.archive.index_for_name(part) else { return Ok(false) };
        let source = self.archive.by_index(index).map_err(TableError::malformed)?;
        each_piece(source, on_piece)?;
        Ok(true)
    }
}

/// A piece of XML, by its local name.
pub(super) enum Piece<'a> {
    /// An element begins.
    Start(&'a str, &'a BytesStart<'a>),
    /// It ends.
    End(&'a str),
    /// Text between the two.
    Text(&'a str),
}

fn each_piece<E: From<TableError>>(
    part: impl Read,
    on_piece: &mut dyn FnMut(Piece<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut open = 0_usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(TableError::malformed)? {
            Event::Start(start) => {
                open += 1;
                on_piece(Piece::Start(start.local_name().as_ref(), &start))?;
            }
            Event::End(end) => {
                open = open.saturating_sub(1);
                on_piece(Piece::End(end.local_name().as_ref()))?;
            }
            Event::Text(text) => on_piece(Piece::Text(&text.xml10_content()))?,
            Event::CData(text) => on_piece(Piece::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => on_piece(Piece::Text(&resolved(&reference)?))?,
            Event::Eof if open > 0 => return Err(TableError::malformed("it breaks off").into()),
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn resolved(reference: &BytesRef<'_>) -> Result<String, TableError> {
    if let Some(character) = reference.resolve_char_ref().map_err(TableError::malformed)? {
        return Ok(character.to_string());
    }
    let text = match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(TableError::malformed("it names a character that XML does not know")),
    };
    Ok(text.to_owned())
}

/// The value of an attribute, by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| {
        let local = attribute.key.local_name();
        let local: &str = local.as_ref();
        local == name
    })?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Whether an attribute says so.
pub(super) fn is_true(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| value == "1" || value == "true")
}
