//! The encoding of a text table: all of a file is read in one, or nothing of it.
//!
//! Dutch offices save tables as UTF-8 with a byte order mark or without, as UTF-16 («Unicode-tekst») and as
//! Windows-1252 («CSV»). What is no valid UTF-8 is Windows-1252 only where it holds nothing that looks like UTF-8.

use std::io::{self, Read, Seek, SeekFrom};

use super::characters::{decode_utf16, of_windows_1252};
use super::faults::{Fault, TableError};

/// How many bytes are looked at together.
const AT_ONCE: usize = 64 * 1024;

/// How the characters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { is_little: bool },
    Windows1252,
}

/// The text of a file as UTF-8, whatever its encoding, from behind its byte order mark.
///
/// # Errors
/// [`TableError`] when it is no text, or not in one encoding.
pub(super) fn decoded<R: Read + Seek>(mut source: R) -> Result<impl Read, TableError> {
    let mut beginning = Vec::new();
    source.by_ref().take(8).read_to_end(&mut beginning)?;
    if beginning.starts_with(b"PK\x03\x04") {
        return Err(TableError::of(Fault::IsWorkbook, []));
    }
    if beginning.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(TableError::of(Fault::IsOldWorkbook, []));
    }
    let (encoding, mark) = match beginning.as_slice() {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return Err(no_text(1)),
        [0xEF, 0xBB, 0xBF, ..] => (Some(Encoding::Utf8), 3),
        [0xFF, 0xFE, ..] => (Some(Encoding::Utf16 { is_little: true }), 2),
        [0xFE, 0xFF, ..] => (Some(Encoding::Utf16 { is_little: false }), 2),
        [first, 0, third, 0, ..] if *first > 0 && *third > 0 => {
            (Some(Encoding::Utf16 { is_little: true }), 0)
        }
        [0, second, 0, fourth, ..] if *second > 0 && *fourth > 0 => {
            (Some(Encoding::Utf16 { is_little: false }), 0)
        }
        _ => (None, 0),
    };
    source.seek(SeekFrom::Start(mark))?;
    let encoding = found(&mut source, encoding)?;
    source.seek(SeekFrom::Start(mark))?;
    Ok(Decoder { source, encoding, raw: Vec::new(), text: Vec::new(), given: 0 })
}

fn no_text(line: u64) -> TableError {
    TableError::of(Fault::NoText, [line.to_string()])
}

/// Looks the whole file through: the encoding that it says, or the one that all of it has.
fn found(source: &mut impl Read, said: Option<Encoding>) -> Result<Encoding, TableError> {
    if let Some(Encoding::Utf16 { is_little }) = said {
        return utf16_throughout(source, is_little);
    }
    let mut seen = Seen { line: 1, ..Seen::default() };
    let mut rest = Vec::new();
    loop {
        let ended = fill(source, &mut rest)?;
        let taken = seen.look_at(&rest, ended)?;
        rest.drain(..taken);
        if ended {
            break;
        }
    }
    let not_in = |line: u64, encoding: &str| {
        TableError::of(Fault::NotInEncoding, [line.to_string(), encoding.to_owned()])
    };
    match (seen.other, seen.utf8, seen.unknown) {
        (None, ..) => Ok(Encoding::Utf8),
        (Some(line), ..) if said.is_some() => Err(not_in(line, "UTF-8")),
        (Some(line), Some(utf8), _) => {
            Err(TableError::of(Fault::MixedEncodings, [utf8.to_string(), line.to_string()]))
        }
        (Some(_), None, Some(line)) => Err(not_in(line, "UTF-8, Windows-1252")),
        (Some(_), None, None) => Ok(Encoding::Windows1252),
    }
}

/// On which line something was seen first.
#[derive(Default)]
struct Seen {
    line: u64,
    /// A character of several bytes in UTF-8.
    utf8: Option<u64>,
    /// Bytes that are no UTF-8.
    other: Option<u64>,
    /// Bytes that Windows-1252 has no character for.
    unknown: Option<u64>,
}

impl Seen {
    /// Answers how many bytes were looked at: a character at the end may go on in the next ones.
    fn look_at(&mut self, bytes: &[u8], ended: bool) -> Result<usize, TableError> {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.valid(text)?;
                    at = bytes.len();
                }
                Err(error) => {
                    let (valid, invalid) = rest.split_at(error.valid_up_to());
                    self.valid(std::str::from_utf8(valid).unwrap_or_default())?;
                    at += valid.len();
                    let Some(length) = error.error_len().or(ended.then_some(invalid.len())) else {
                        return Ok(at);
                    };
                    let unknown = invalid.iter().take(length).any(|byte| of_windows_1252(*byte).is_none());
                    self.other.get_or_insert(self.line);
                    self.unknown = self.unknown.or(unknown.then_some(self.line));
                    at += length;
                }
            }
        }
        Ok(bytes.len())
    }

    fn valid(&mut self, text: &str) -> Result<(), TableError> {
        for byte in text.bytes() {
            match byte {
                b'\n' => self.line += 1,
                0 => return Err(no_text(self.line)),
                0x80.. => {
                    self.utf8.get_or_insert(self.line);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn utf16_throughout(source: &mut impl Read, is_little: bool) -> Result<Encoding, TableError> {
    let encoding = Encoding::Utf16 { is_little };
    let mut line = 1_u64;
    let (mut raw, mut text) = (Vec::new(), Vec::new());
    loop {
        let ended = fill(source, &mut raw)?;
        text.clear();
        let taken = decode_utf16(&raw, is_little, ended, &mut text);
        line += u64::try_from(text.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u64::MAX);
        let Some(taken) = taken else {
            return Err(TableError::of(Fault::NotInEncoding, [line.to_string(), "UTF-16".to_owned()]));
        };
        if text.contains(&0) {
            return Err(no_text(line));
        }
        raw.drain(..taken);
        if ended {
            return Ok(encoding);
        }
    }
}

/// Reads on until there is much to look at; answers whether the source has ended.
fn fill(source: &mut impl Read, into: &mut Vec<u8>) -> io::Result<bool> {
    let wanted = AT_ONCE - into.len().min(AT_ONCE / 2);
    let read = source.by_ref().take(u64::try_from(wanted).unwrap_or(u64::MAX)).read_to_end(into)?;
    Ok(read < wanted)
}

/// Turns a file into UTF-8 while it is read.
struct Decoder<R> {
    source: R,
    encoding: Encoding,
    raw: Vec<u8>,
    text: Vec<u8>,
    given: usize,
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.encoding == Encoding::Utf8 {
            return self.source.read(into);
        }
        while self.given == self.text.len() {
            let ended = fill(&mut self.source, &mut self.raw)?;
            self.text.clear();
            self.given = 0;
            let taken = match self.encoding {
                Encoding::Utf16 { is_little } => {
                    let broken = || io::Error::other("the file changed while it was read");
                    decode_utf16(&self.raw, is_little, ended, &mut self.text).ok_or_else(broken)?
                }
                Encoding::Utf8 | Encoding::Windows1252 => {
                    let characters = self.raw.iter().filter_map(|byte| of_windows_1252(*byte));
                    self.text.extend_from_slice(characters.collect::<String>().as_bytes());
                    self.raw.len()
                }
            };
            self.raw.drain(..taken);
            if ended && self.text.is_empty() {
                return Ok(0);
            }
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let length = rest.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn text(bytes: &[u8]) -> Result<String, &'static str> {
        let mut text = String::new();
        let mut decoded = decoded(Cursor::new(bytes)).map_err(|error| match error {
            TableError::File(Fault::MixedEncodings, _) => "mixed",
            TableError::File(fault, _) => fault.code(),
            TableError::Header(_) => "header",
        })?;
        decoded.read_to_string(&mut text).unwrap();
        Ok(text)
    }

    #[test]
    fn a_file_is_read_in_the_encoding_that_all_of_it_has() {
        assert_eq!(text(b"caf\xC3\xA9;\xE2\x82\xAC").as_deref(), Ok("café;€"));
        assert_eq!(text(b"\xEF\xBB\xBFcaf\xC3\xA9").as_deref(), Ok("café"));
        assert_eq!(text(b"Re\xEFntegratie \x96 caf\xE9 \x80 5").as_deref(), Ok("Reïntegratie – café € 5"));
        assert_eq!(text(b"\xFF\xFEe\0\xEB\0").as_deref(), Ok("eë"));
        assert_eq!(text(b"\xFE\xFF\0e\xD8\x3D\xDE\x00").as_deref(), Ok("e😀"));
        assert_eq!(text(b"a\0;\0b\0").as_deref(), Ok("a;b"));
        assert_eq!(text(b"").as_deref(), Ok(""));
    }

    #[test]
    fn a_file_in_no_encoding_or_in_two_is_refused_as_a_whole() {
        assert_eq!(text(b"caf\xC3\xA9\ncaf\xE9"), Err("mixed"));
        for bytes in
            [&b"\xEF\xBB\xBFcaf\xE9"[..], b"a\x81b", b"\xFF\xFEe", b"\xFF\xFE\x3D\xD8a\0", b"a\0\0b", b"ab\0"]
        {
            assert_eq!(text(bytes), Err("table-encoding"), "{bytes:?}");
        }
        assert_eq!(text(b"PK\x03\x04rest"), Err("table-malformed"));
    }

    #[test]
    fn a_character_is_whole_where_two_parts_of_a_file_meet() {
        for shift in 0..5 {
            let written = format!("{}{}", "a".repeat(AT_ONCE - shift), "é😀".repeat(3));
            assert_eq!(text(written.as_bytes()).as_deref(), Ok(written.as_str()));
            for is_little in [true, false] {
                let units = written.encode_utf16();
                let bytes = |unit: u16| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() };
                let content: Vec<u8> = units.flat_map(bytes).collect();
                assert_eq!(text(&content).as_deref(), Ok(written.as_str()));
            }
        }
    }
}
