//! The texts that the cells of a workbook (Office Open XML) share.

use std::io::{Read, Seek};

use super::faults::TableError;
use super::package::{Package, Piece};

/// Reads them from their part, in the order in which cells name them.
pub(super) fn read(
    package: &mut Package<'_, impl Read + Seek>,
    part: &str,
) -> Result<Vec<Box<str>>, TableError> {
    let mut texts = Vec::new();
    let mut text = TextPiece::default();
    package.each_piece(part, &mut |piece| {
        if let Piece::End("si") = piece {
            texts.push(text.take().into_boxed_str());
        } else {
            text.piece(&piece);
        }
        Ok::<_, TableError>(())
    })?;
    Ok(texts)
}

/// Gathers a text from its runs; what is only said of how it sounds (`rPh`) is no part of it.
#[derive(Default)]
pub(super) struct TextPiece {
    text: String,
    is_within: bool,
    is_sound: bool,
}

impl TextPiece {
    /// Takes a piece.
    pub(super) fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Start("rPh", _) => self.is_sound = true,
            Piece::End("rPh") => self.is_sound = false,
            Piece::Start("t", _) => self.is_within = !self.is_sound,
            Piece::End("t") => self.is_within = false,
            Piece::Text(text) if self.is_within => self.text.push_str(text),
            _ => {}
        }
    }

    /// What was gathered.
    pub(super) fn take(&mut self) -> String {
        unescaped(&std::mem::take(&mut self.text))
    }
}

/// A text with the characters that XML cannot hold, which are written as `_x000D_` (Office Open XML, §22.9.2.19).
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let digits = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        let (character, length) = code.map_or(('_', 1), |character| (character, 7));
        plain.push(character);
        rest = from.get(length..).unwrap_or_default();
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_what_they_were() {
        assert_eq!(unescaped("a_x000D_\nb"), "a\r\nb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("code_x00_x0_"), "code_x00_x0_");
        assert_eq!(unescaped("_xé__x0041_"), "_xé_A");
    }
}
