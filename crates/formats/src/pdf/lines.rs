//! Text in lines that fit a width.

use super::faces::{Faces, Weight};
use super::sheet::Length;
use super::signs::visible;
use crate::markdown::Inline;

/// A piece of a line in one weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) weight: Weight,
}

/// One line. Where the text goes on it ends with its space: without it a screen reader hears two words as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) parts: Vec<Part>,
}

impl Line {
    fn push(&mut self, text: &str, weight: Weight) {
        match self.parts.last_mut().filter(|last| last.weight == weight) {
            Some(last) => last.text.push_str(text),
            None => self.parts.push(Part { text: text.to_owned(), weight }),
        }
    }

    fn join(&mut self, other: &Self) {
        other.parts.iter().for_each(|part| self.push(&part.text, part.weight));
    }

    /// How wide it is to the eye: without the space at its end.
    pub(super) fn seen_width(&self, faces: &Faces, size: Length) -> Length {
        let last = self.parts.len().saturating_sub(1);
        let widths = self.parts.iter().enumerate().map(|(index, part)| {
            let text = if index == last { part.text.trim_end_matches(' ') } else { &part.text };
            faces.width(text, part.weight, size)
        });
        widths.fold(0, Length::saturating_add)
    }

    fn width(&self, faces: &Faces, size: Length) -> Length {
        let widths = self.parts.iter().map(|part| faces.width(&part.text, part.weight, size));
        widths.fold(0, Length::saturating_add)
    }
}

/// The words of a text, each with the space that follows it. An amount stays with the sign of its currency.
pub(super) fn words(text: &[Inline], all_bold: bool) -> Vec<Line> {
    let mut words = Vec::new();
    let mut open = Line::default();
    let mut before = ' ';
    for inline in text {
        let weight = Weight::of(inline.is_bold || all_bold);
        for sign in visible(&inline.text).chars() {
            if sign == ' ' && before == ' ' {
                continue;
            }
            let ends = ends_a_word(&open);
            if sign != ' ' && ends {
                words.push(std::mem::take(&mut open));
            }
            open.push(sign.encode_utf8(&mut [0; 4]), weight);
            before = sign;
        }
    }
    words.push(open);
    words.retain(|word| !word.parts.is_empty());
    if let Some(part) = words.last_mut().and_then(|last| last.parts.last_mut()) {
        part.text.truncate(part.text.trim_end_matches(' ').len());
    }
    words
}

fn ends_a_word(open: &Line) -> bool {
    open.parts.last().is_some_and(|last| last.text.ends_with(' ') && last.text != "€ ")
}

/// The words in lines of at most that width. A word that is wider by itself goes on in the next line.
pub(super) fn lines(words: Vec<Line>, width: Length, size: Length, faces: &Faces) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut used: Length = 0;
    for word in words {
        let seen = word.seen_width(faces, size);
        if !line.parts.is_empty() && used.saturating_add(seen) > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if seen > width {
            let mut pieces = pieces(&word, width, size, faces);
            line = pieces.pop().unwrap_or_default();
            lines.append(&mut pieces);
            used = line.width(faces, size);
        } else {
            used = used.saturating_add(word.width(faces, size));
            line.join(&word);
        }
    }
    lines.push(line);
    lines
}

/// A word in pieces of at most that width.
fn pieces(word: &Line, width: Length, size: Length, faces: &Faces) -> Vec<Line> {
    let mut pieces = Vec::new();
    let mut piece = Line::default();
    let mut used: Length = 0;
    for part in &word.parts {
        for sign in part.text.chars() {
            let mut text = [0; 4];
            let text = sign.encode_utf8(&mut text);
            let own = faces.width(text, part.weight, size);
            if !piece.parts.is_empty() && sign != ' ' && used.saturating_add(own) > width {
                pieces.push(std::mem::take(&mut piece));
                used = 0;
            }
            piece.push(text, part.weight);
            used = used.saturating_add(own);
        }
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline { text: text.to_owned(), is_bold: false }]
    }

    fn broken(inlines: &[Inline], width: Length) -> Vec<String> {
        let faces = Faces::embedded().unwrap();
        let found = lines(words(inlines, false), width, 1000, &faces);
        found.iter().map(|line| line.parts.iter().map(|part| part.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_line_that_goes_on_ends_with_its_space() {
        assert_eq!(broken(&text("een twee  drie"), 5_000), ["een twee ", "drie"]);
        assert_eq!(broken(&text(" een "), 5_000), ["een"]);
    }

    #[test]
    fn an_amount_stays_with_its_sign() {
        assert_eq!(broken(&text("bedrag € 1.250,00"), 5_400), ["bedrag ", "€ 1.250,00"]);
    }

    #[test]
    fn a_word_wider_than_the_line_goes_on() {
        let lines = broken(&text("a 0123456789abcdef b"), 3_000);
        assert_eq!(lines.concat(), "a 0123456789abcdef b");
        assert!(lines.len() > 3, "{lines:?}");
    }

    #[test]
    fn a_word_may_be_bold_in_part() {
        let inlines = [Inline { text: "Betreft".to_owned(), is_bold: true }, text(": mededeling").remove(0)];
        assert_eq!(broken(&inlines, 6_500), ["Betreft: ", "mededeling"]);
    }
}
