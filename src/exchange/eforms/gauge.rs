//! Counts the bytes that a parser takes, so that no notice is larger than it may be.

use std::io::{self, BufRead, Read};

use quick_xml::encoding::DecodingReader;

use super::limits::{MAX_BYTES, MAX_MARKUP_BYTES};

/// The decoded text of a notice, measured while it is read.
pub(super) struct Gauge<R> {
    text: DecodingReader<R>,
    total: u64,
    of_markup: u64,
    overrun: Option<Overrun>,
}

/// Which limit was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overrun {
    Whole,
    Markup,
}

impl<R: BufRead> Gauge<R> {
    pub(super) fn new(bytes: R) -> Self {
        Self { text: DecodingReader::new(bytes), total: 0, of_markup: 0, overrun: None }
    }

    /// The next tag or text begins.
    pub(super) const fn next_markup(&mut self) {
        self.of_markup = 0;
    }

    /// Which limit was passed, if reading stopped for that.
    pub(super) const fn overrun(&self) -> Option<Overrun> {
        self.overrun
    }

    pub(super) const fn text(&mut self) -> &mut DecodingReader<R> {
        &mut self.text
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
