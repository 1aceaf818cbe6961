//! The records of a text with delimiters (RFC 4180), with the line on which each begins.

use std::io::{self, BufRead};

/// The most cells of a record: as many as a sheet has columns.
const MOST_CELLS: usize = 16_384;

/// What is wrong with the form of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormFault {
    /// A quotation mark is opened and not closed until the end of the file.
    QuoteNotClosed,
    /// Text stands behind a closing quotation mark.
    TextAfterQuote,
}

/// One record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// The line on which it begins, from 1: behind CRLF, LF or CR, as editors count.
    pub(crate) line: u64,
    /// Its cells, as they were before they were put in quotation marks.
    pub(crate) cells: Vec<Vec<u8>>,
    /// What is wrong with its form.
    pub(crate) fault: Option<FormFault>,
}

/// Reads record by record.
pub(crate) struct Delimited<R> {
    source: R,
    delimiter: u8,
    most_bytes: usize,
    line: u64,
    is_after_return: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    Closed,
}

impl<R: BufRead> Delimited<R> {
    /// Reads from the beginning of a text; a record may have so many bytes.
    pub(crate) fn new(mut source: R, most_bytes: usize) -> io::Result<Self> {
        let beginning = source.fill_buf()?;
        let mark: &[u8] = b"\xEF\xBB\xBF";
        let skipped = if beginning.starts_with(mark) { mark.len() } else { 0 };
        let beginning = beginning.get(skipped..).unwrap_or_default();
        let said = said_delimiter(beginning);
        let delimiter = said.map_or_else(|| seen_delimiter(beginning), |(delimiter, _)| delimiter);
        let line = if said.is_some() { 2 } else { 1 };
        source.consume(skipped + said.map_or(0, |(_, length)| length));
        Ok(Self { source, delimiter, most_bytes, line, is_after_return: false })
    }

    /// The next record; none at the end. Empty lines are passed over, and counted.
    ///
    /// # Errors
    /// When the text cannot be read, or a record has too many bytes.
    pub(crate) fn next_record(&mut self) -> io::Result<Option<Record>> {
        loop {
            let Some(record) = self.any_record()? else { return Ok(None) };
            let is_empty = record.fault.is_none() && record.cells.iter().all(Vec::is_empty);
            if !is_empty || record.cells.len() > 1 {
                return Ok(Some(record));
            }
        }
    }

    fn any_record(&mut self) -> io::Result<Option<Record>> {
        let mut record = Record { line: self.line, cells: vec![Vec::new()], fault: None };
        let (mut state, mut bytes, mut is_first) = (State::Start, 0_usize, true);
        loop {
            let read = self.source.fill_buf()?;
            if read.is_empty() {
                if state == State::Quoted {
                    record.fault = Some(FormFault::QuoteNotClosed);
                }
                return Ok(if is_first { None } else { Some(record) });
            }
            let mut taken = 0;
            let mut is_whole = false;
            for byte in read.iter().copied() {
                taken += 1;
                let is_end = byte == b'\n' || byte == b'\r';
                if byte == b'\n' && self.is_after_return {
                    // The second half of a line end that was counted.
                    self.is_after_return = false;
                    if state == State::Quoted {
                        push(&mut record, byte);
                    } else if is_first {
                        record.line = self.line;
                    }
                    continue;
                }
                self.is_after_return = byte == b'\r';
                if is_end {
                    self.line += 1;
                }
                is_first = false;
                match state {
                    State::Quoted if byte == b'"' => state = State::Closed,
                    State::Quoted => push(&mut record, byte),
                    State::Closed if byte == b'"' => {
                        push(&mut record, byte);
                        state = State::Quoted;
                    }
                    _ if is_end => {
                        is_whole = true;
                        break;
                    }
                    _ if byte == self.delimiter => {
                        record.cells.push(Vec::new());
                        state = State::Start;
                    }
                    State::Start if byte == b'"' => state = State::Quoted,
                    State::Closed if byte == b' ' => {}
                    State::Closed => {
                        record.fault.get_or_insert(FormFault::TextAfterQuote);
                        push(&mut record, byte);
                        state = State::Plain;
                    }
                    State::Start | State::Plain => {
                        push(&mut record, byte);
                        state = State::Plain;
                    }
                }
            }
            self.source.consume(taken);
            bytes = bytes.saturating_add(taken);
            if bytes > self.most_bytes {
                return Err(io::Error::other(format!("a row has more than {} bytes", self.most_bytes)));
            }
            if record.cells.len() > MOST_CELLS {
                return Err(io::Error::other(format!("a row has more than {MOST_CELLS} cells")));
            }
            if is_whole {
                return Ok(Some(record));
            }
        }
    }
}

fn push(record: &mut Record, byte: u8) {
    if let Some(cell) = record.cells.last_mut() {
        cell.push(byte);
    }
}

/// The delimiter that a first line `sep=;` names, with the length of that line.
fn said_delimiter(beginning: &[u8]) -> Option<(u8, usize)> {
    let length = beginning.iter().position(|byte| *byte == b'\n' || *byte == b'\r')?;
    let line = beginning.get(..length)?;
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let [name @ .., delimiter] = line.strip_suffix(b"\"").unwrap_or(line) else { return None };
    if !name.eq_ignore_ascii_case(b"sep=") || delimiter.is_ascii_alphanumeric() || *delimiter == b'"' {
        return None;
    }
    let is_pair = beginning.get(length..length + 2) == Some(b"\r\n");
    Some((*delimiter, length + if is_pair { 2 } else { 1 }))
}

/// The mark that stands most often in the first line that has any, outside quotation marks.
fn seen_delimiter(beginning: &[u8]) -> u8 {
    let (mut counts, mut is_quoted) = ([0_usize; 3], false);
    for byte in beginning {
        match byte {
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b';' => counts[0] += 1,
            b'\t' => counts[1] += 1,
            b',' => counts[2] += 1,
            b'\n' | b'\r' if counts != [0; 3] => break,
            _ => {}
        }
    }
    match counts {
        [0, 0, 0] => b';',
        [semicolons, tabs, commas] if semicolons >= tabs && semicolons >= commas => b';',
        [_, tabs, commas] if tabs >= commas => b'\t',
        _ => b',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<(u64, Vec<String>, Option<FormFault>)> {
        let mut source = Delimited::new(text.as_bytes(), 1000).unwrap();
        let mut found = Vec::new();
        while let Some(record) = source.next_record().unwrap() {
            let cells = record.cells.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect();
            found.push((record.line, cells, record.fault));
        }
        found
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        records(text).into_iter().map(|(_, cells, _)| cells).collect()
    }

    fn lines(text: &str) -> Vec<u64> {
        records(text).into_iter().map(|(line, ..)| line).collect()
    }

    #[test]
    fn the_delimiter_is_what_the_file_says_or_shows() {
        let expected = [["a", "b"], ["1", "x;y,z"]];
        for text in [
            "a;b\n1;\"x;y,z\"\n",
            "a,b\r\n1,\"x;y,z\"\r\n",
            "a\tb\r1\tx;y,z\r",
            "\u{feff}\"a\";\"b\"\r\n\"1\";\"x;y,z\"",
            "sep=;\r\na;b\r\n1;\"x;y,z\"\r\n",
            "\u{feff}\"SEP=|\"\na|b\n1|x;y,z",
            "sep=\t\na\tb\n1\tx;y,z",
        ] {
            assert_eq!(cells(text), expected, "{text:?}");
        }
        assert_eq!(cells("\"a,b,c\";d\n"), [["a,b,c", "d"]]);
        assert_eq!(cells("Titel\na;b\n"), [vec!["Titel"], vec!["a", "b"]]);
    }

    #[test]
    fn a_record_bears_the_number_of_its_line_whatever_ends_lines() {
        let lf = "a;b\n\"two\nlines\";1\n\n3;4\n;\n5;6";
        for text in [lf.to_owned(), lf.replace('\n', "\r\n"), lf.replace('\n', "\r")] {
            assert_eq!(lines(&text), [1, 2, 5, 6, 7], "{text:?}");
        }
        assert_eq!(lines("sep=;\r\na;b\r\n1;2\r\n"), [2, 3]);
        assert_eq!(cells("\"x\r\ny\";z\n")[0][0], "x\r\ny");
    }

    #[test]
    fn quotation_marks_that_do_not_fit_are_told() {
        assert_eq!(cells("a;b\nBuis 12\" lang;\"12\"\" buis\" \n")[1], ["Buis 12\" lang", "12\" buis"]);
        assert_eq!(records("a;b\n\"1\"2;3\n4;5\n")[1].2, Some(FormFault::TextAfterQuote));
        let found = records("a;b\n1;2\n\"x;y\n3;4\n");
        assert_eq!((found.len(), found[2].0, found[2].2), (3, 3, Some(FormFault::QuoteNotClosed)));
    }

    #[test]
    fn a_record_that_never_ends_is_refused() {
        let text = format!("a;b\n\"{}", "x".repeat(100_000));
        let mut source = Delimited::new(io::BufReader::new(text.as_bytes()), 20_000).unwrap();
        let error = loop {
            match source.next_record() {
                Ok(Some(_)) => {}
                Ok(None) => unreachable!("it has no end"),
                Err(error) => break error,
            }
        };
        assert!(error.to_string().contains("20000 bytes"), "{error}");
    }
}
