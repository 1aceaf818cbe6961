//! Counts the bytes that a parser takes, so that no notice is larger than it may be.

use std::io::{self, BufRead, Chain, Cursor, Read};

use quick_xml::encoding::DecodingReader;
use quick_xml::events::{BytesDecl, BytesStart};

use super::error::EformsError;
use super::limits::{MAX_BYTES, MAX_MARKUP_BYTES};

/// The decoded text of a notice, measured while it is read.
pub(super) struct Gauge<R> {
    text: DecodingReader<Chain<Cursor<Vec<u8>>, R>>,
    total: u64,
    of_markup: u64,
    overrun: Option<Overrun>,
}

/// In so many bytes the encoding is declared.
const DECLARATION_BYTES: u64 = 1024;

/// The declaration at the start that names an encoding. A byte order mark, or zeros between the
/// characters, say more than a declaration.
fn declared(first: &[u8]) -> Option<BytesDecl<'static>> {
    let after_name = first.strip_prefix(b"<?xml")?;
    let end = after_name.windows(2).position(|two| two == b"?>")?;
    let text = after_name.get(..end)?.iter().map(|byte| char::from(*byte)).collect::<String>();
    let declaration = BytesDecl::from_start(BytesStart::from_content(text, 0));
    declaration.encoding().is_some().then_some(declaration)
}

/// Which limit was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overrun {
    Whole,
    Markup,
}

impl<R: BufRead> Gauge<R> {
    /// # Errors
    /// [`EformsError::Encoding`] when the encoding that is declared is not known, or cannot be that of the
    /// declaration itself.
    pub(super) fn new(mut bytes: R) -> Result<Self, EformsError> {
        let mut first = Vec::new();
        let peeked = bytes.by_ref().take(DECLARATION_BYTES).read_to_end(&mut first);
        peeked.map_err(|error| EformsError::Encoding(error.to_string()))?;
        let declared = declared(&first);
        let mut text = DecodingReader::new(Cursor::new(first).chain(bytes));
        if let Some(declaration) = declared {
            // Before anything is read, for later the library no longer can.
            match declaration.encoder() {
                Some(encoding) if encoding.is_ascii_compatible() => text.set_encoding(encoding),
                Some(_) => {
                    return Err(EformsError::Encoding("it is not in the declared encoding".to_owned()));
                }
                None => return Err(EformsError::Encoding("the declared encoding is not known".to_owned())),
            }
        }
        Ok(Self { text, total: 0, of_markup: 0, overrun: None })
    }

    /// The next tag or text begins.
    pub(super) const fn next_markup(&mut self) {
        self.of_markup = 0;
    }

    /// Which limit was passed, if reading stopped for that.
    pub(super) const fn overrun(&self) -> Option<Overrun> {
        self.overrun
    }
}

impl<R: BufRead> BufRead for Gauge<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.overrun = if self.total > MAX_BYTES {
            Some(Overrun::Whole)
        } else if self.of_markup > MAX_MARKUP_BYTES {
            Some(Overrun::Markup)
        } else {
            None
        };
        match self.overrun {
            Some(_) => Err(io::ErrorKind::FileTooLarge.into()),
            None => self.text.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        let bytes = u64::try_from(amount).unwrap_or(u64::MAX);
        self.total = self.total.saturating_add(bytes);
        self.of_markup = self.of_markup.saturating_add(bytes);
        self.text.consume(amount);
    }
}

impl<R: BufRead> Read for Gauge<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let read = io::copy(&mut from.take(u64::try_from(into.len()).unwrap_or(u64::MAX)), &mut &mut *into)?;
        let read = usize::try_from(read).unwrap_or(usize::MAX);
        self.consume(read);
        Ok(read)
    }
}
