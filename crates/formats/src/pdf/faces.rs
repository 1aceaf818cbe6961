//! The letters that documents are written with: Noto Sans, regular and bold.

use std::ops::Range;
use std::sync::OnceLock;

use harfrust::{
    Direction, FontRef, GlyphBuffer, ShapeOptions, ShapePlan, Shaper, ShaperData, UnicodeBuffer, script,
};
use krilla::text::Font;

use super::sheet::Length;

const REGULAR: &[u8] = include_bytes!("../../../../assets/pdf/noto-sans-400.ttf");
const BOLD: &[u8] = include_bytes!("../../../../assets/pdf/noto-sans-700.ttf");

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    pub(super) const fn of(is_bold: bool) -> Self {
        if is_bold { Self::Bold } else { Self::Regular }
    }
}

/// A letter in its place in a text, in units of the font.
pub(super) struct Shaped {
    pub(super) glyph: u32,
    pub(super) advance: i32,
    pub(super) offset: (i32, i32),
    /// Which bytes of the text it shows.
    pub(super) shows: Range<usize>,
}

/// Letters of one weight, to be measured and to be drawn.
struct Letters {
    shaper: Shaper<'static>,
    plan: ShapePlan,
    font: Font,
}

/// What is read of a file once.
type Read = OnceLock<Option<(FontRef<'static>, ShaperData)>>;

impl Letters {
    fn read(file: &'static [u8], once: &'static Read) -> Option<Self> {
        let read = once.get_or_init(|| {
            let font = FontRef::new(file).ok()?;
            let data = ShaperData::new(&font);
            Some((font, data))
        });
        let (font, data) = read.as_ref()?;
        let shaper = data.shaper(font).build();
        let plan = ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Some(Self { shaper, plan, font: Font::new(file.into(), 0)? })
    }
}

/// The letters of documents.
pub(super) struct Faces {
    regular: Letters,
    bold: Letters,
}

impl Faces {
    /// Those that come with the service.
    pub(super) fn embedded() -> Option<Self> {
        static READ: [Read; 2] = [const { OnceLock::new() }; 2];
        let [regular, bold] = &READ;
        Some(Self { regular: Letters::read(REGULAR, regular)?, bold: Letters::read(BOLD, bold)? })
    }

    const fn of(&self, weight: Weight) -> &Letters {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The letters as they go into a file.
    pub(super) fn font(&self, weight: Weight) -> Font {
        self.of(weight).font.clone()
    }

    /// Whether there is a letter for the sign.
    pub(super) fn covers(&self, weight: Weight, sign: char) -> bool {
        let shaped = self.shape(sign.encode_utf8(&mut [0; 4]), weight);
        shaped.glyph_infos().iter().all(|glyph| glyph.glyph_id != 0)
    }

    /// How many units of the font are as long as its size.
    pub(super) fn units(&self, weight: Weight) -> i32 {
        self.of(weight).shaper.units_per_em().max(1)
    }

    /// How wide a text is.
    pub(super) fn width(&self, text: &str, weight: Weight, size: Length) -> Length {
        let advances = self
            .shape(text, weight)
            .glyph_positions()
            .iter()
            .map(|glyph| i64::from(glyph.x_advance))
            .sum::<i64>();
        Length::try_from(advances * i64::from(size) / i64::from(self.units(weight))).unwrap_or(Length::MAX)
    }

    /// The letters of a text, one after the other.
    pub(super) fn shaped(&self, text: &str, weight: Weight) -> Vec<Shaped> {
        let shaped = self.shape(text, weight);
        let starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .map(|glyph| usize::try_from(glyph.cluster).unwrap_or_default())
            .collect();
        let end = |start: usize| starts.iter().copied().find(|next| *next > start).unwrap_or(text.len());
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts);
        glyphs
            .map(|((glyph, at), start)| Shaped {
                glyph: glyph.glyph_id,
                advance: at.x_advance,
                offset: (at.x_offset, at.y_offset),
                shows: *start..end(*start),
            })
            .collect()
    }

    fn shape(&self, text: &str, weight: Weight) -> GlyphBuffer {
        let letters = self.of(weight);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        letters.shaper.shape(buffer, ShapeOptions::new().plan(Some(&letters.plan)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_text_is_wider() {
        let faces = Faces::embedded().unwrap();
        let width = |text, weight| faces.width(text, weight, 1000);
        assert_eq!(width("", Weight::Regular), 0);
        // A space is 260 thousandths of the size.
        assert_eq!(width(" ", Weight::Regular), 260);
        assert!(width("gunning", Weight::Bold) > width("gunning", Weight::Regular));
        assert!(width("e\u{301}", Weight::Regular) == width("é", Weight::Regular));
    }
}
