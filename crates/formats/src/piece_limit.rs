//! Bounds what is read for one piece of a file, such as a row: one that never ends is refused before it fills the
//! memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Reads on as long as something is left of what a piece may have. What is read ahead counts for the piece before.
#[derive(Debug)]
pub(super) struct PieceLimit<R> {
    source: R,
    allowance: Allowance,
    piece: &'static str,
}

/// What is left for the present piece.
#[derive(Clone, Debug)]
pub(super) struct Allowance {
    left: Rc<Cell<usize>>,
    most: usize,
}

impl Allowance {
    /// The next piece begins.
    pub(super) fn renew(&self) {
        self.left.set(self.most);
    }
}

impl<R> PieceLimit<R> {
    /// Reads so many bytes of each piece at the most. The allowance is to be renewed when another one begins.
    pub(super) fn new(source: R, most: usize, piece: &'static str) -> (Self, Allowance) {
        let allowance = Allowance { left: Rc::new(Cell::new(most)), most };
        (Self { source, allowance: allowance.clone(), piece }, allowance)
    }

    /// What is read from.
    pub(super) fn into_inner(self) -> R {
        self.source
    }
}

impl<R: Read> Read for PieceLimit<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        let Allowance { left, most } = &self.allowance;
        let too_long = || io::Error::other(format!("a {} has more than {most} bytes", self.piece));
        left.set(left.get().checked_sub(read).ok_or_else(too_long)?);
        Ok(read)
    }
}
