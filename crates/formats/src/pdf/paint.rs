//! Sheets as a PDF: the one place where lengths become the floating-point numbers that `krilla` asks for.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use chrono::{Datelike, Timelike};
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata, TextDirection as Reading};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagKind, TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use trede_rules::explaining::Language;

use super::faces::{Faces, Weight};
use super::flow::LaidOut;
use super::sheet::{FOOT, HEIGHT, LEFT, Length, RIGHT, Run, Sheet, WIDTH};
use super::structure::{Child, Element, Kind, Landmark, in_order};
use super::{About, Unwritten};

/// The size of what stands at the foot of a page.
const SMALL: Length = 850;

/// A length as `krilla` takes it.
fn points(length: Length) -> f32 {
    let part = |part: Length| f32::from(i16::try_from(part).unwrap_or_default());
    part(length / 100) + part(length % 100) / 100.0
}

/// Writes the document.
///
/// # Errors
/// [`Unwritten::Refused`] when it is no PDF/A-3a and PDF/UA-1.
pub(super) fn paint(laid: &LaidOut, faces: &Faces, about: &About) -> Result<Vec<u8>, Unwritten> {
    let refused = |error: &dyn std::fmt::Debug| Unwritten::Refused(format!("{error:?}"));
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| refused(&error))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut told = Vec::new();
    let orders = in_order(&laid.elements, laid.sheets.len());
    for (index, (sheet, order)) in laid.sheets.iter().zip(&orders).enumerate() {
        let size = PageSettings::from_wh(points(WIDTH), points(HEIGHT)).unwrap_or_default();
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        rules(&mut surface, sheet);
        told.push(runs(&mut surface, sheet, order, faces));
        foot(&mut surface, faces, about, (index + 1, laid.sheets.len()));
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(language(about).to_owned()));
    for element in &laid.elements {
        tree.push(group(element, &told, &laid.landmarks));
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(&laid.landmarks, about));
    document.set_metadata(metadata(about));
    embed(&mut document, about);
    document.finish().map_err(|error| match error {
        KrillaError::Validation(errors) => {
            refused(&errors.into_iter().map(|(error, _)| error).collect::<Vec<_>>())
        }
        other => refused(&other),
    })
}

const fn language(about: &About) -> &'static str {
    match about.language {
        Language::Dutch => "nl",
        Language::English => "en",
    }
}

fn draw(surface: &mut Surface<'_>, run: &Run, faces: &Faces) {
    let at = Point::from_xy(points(run.x), points(run.baseline));
    let units = points(faces.units(run.weight));
    let part = |length: i32| points(length) / units;
    let glyphs = faces.shaped(&run.text, run.weight).into_iter().map(|letter| {
        let (right, up) = letter.offset;
        let glyph = GlyphId::new(letter.glyph);
        KrillaGlyph::new(glyph, part(letter.advance), part(right), part(up), 0.0, letter.shows, None)
    });
    let glyphs: Vec<KrillaGlyph> = glyphs.collect();
    surface.draw_glyphs(at, &glyphs, faces.font(run.weight), &run.text, points(run.size), false);
}

/// Draws what is read, in that order, and what is only seen.
fn runs(
    surface: &mut Surface<'_>,
    sheet: &Sheet,
    order: &[usize],
    faces: &Faces,
) -> BTreeMap<usize, Identifier> {
    for run in &sheet.repeated {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
        draw(surface, run, faces);
        surface.end_tagged();
    }
    let read = order.iter().filter_map(|place| Some((*place, sheet.runs.get(*place)?)));
    let told = read.map(|(place, run)| {
        let told = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        draw(surface, run, faces);
        surface.end_tagged();
        (place, told)
    });
    told.collect()
}

fn rules(surface: &mut Surface<'_>, sheet: &Sheet) {
    for rule in &sheet.rules {
        let mut path = PathBuilder::new();
        let across =
            Rect::from_xywh(points(LEFT), points(rule.y), points(RIGHT - LEFT), points(rule.thickness));
        if let Some(across) = across {
            path.push_rect(across);
        }
        if let Some(path) = path.finish() {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            surface.draw_path(&path);
            surface.end_tagged();
        }
    }
}

/// Which page of how many it is, for who holds paper in hand.
fn foot(surface: &mut Surface<'_>, faces: &Faces, about: &About, (page, pages): (usize, usize)) {
    let text = match about.language {
        Language::Dutch => format!("Pagina {page} van {pages}"),
        Language::English => format!("Page {page} of {pages}"),
    };
    let x = RIGHT - faces.width(&text, Weight::Regular, SMALL);
    let run = Run { text, weight: Weight::Regular, size: SMALL, x, baseline: FOOT };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    draw(surface, &run, faces);
    surface.end_tagged();
}

/// The element with all that stands in it.
fn group(element: &Element, told: &[BTreeMap<usize, Identifier>], landmarks: &[Landmark]) -> TagGroup {
    let mut group = TagGroup::new(tag(element, landmarks));
    for child in &element.children {
        match child {
            Child::Element(inside) => group.push(self::group(inside, told, landmarks)),
            Child::Run(id) => {
                if let Some(identifier) = told.get(id.sheet).and_then(|sheet| sheet.get(&id.place)) {
                    group.push(*identifier);
                }
            }
        }
    }
    group
}

fn tag(element: &Element, landmarks: &[Landmark]) -> TagKind {
    match element.kind {
        Kind::Heading(landmark) => {
            let heading = landmarks.get(landmark);
            let depth = heading.and_then(|heading| NonZeroU16::new(heading.depth)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(depth, heading.map(|heading| heading.text.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::List => Tag::L(ListNumbering::Disc).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Head => Tag::THead.into(),
        Kind::Rows => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::NameOfColumn => Tag::TH(TableHeaderScope::Column).into(),
        Kind::NameOfRow => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
    }
}

/// The headings, each below the one that it belongs to; of a document without headings its title.
fn outline(landmarks: &[Landmark], about: &About) -> Outline {
    let mut outline = Outline::new();
    let title = [Landmark { depth: 1, text: about.title.clone(), sheet: 0, y: 0 }];
    let mut rest = if landmarks.is_empty() { &title[..] } else { landmarks };
    while let Some((node, after)) = node(rest) {
        outline.push_child(node);
        rest = after;
    }
    outline
}

/// The first heading with those below it, and what follows.
fn node(landmarks: &[Landmark]) -> Option<(OutlineNode, &[Landmark])> {
    let (own, mut rest) = landmarks.split_first()?;
    let at = Point::from_xy(points(LEFT), points(own.y));
    let mut node = OutlineNode::new(own.text.clone(), XyzDestination::new(own.sheet, at)).with_open(true);
    while rest.first().is_some_and(|next| next.depth > own.depth) {
        let (inside, after) = self::node(rest)?;
        node.push_child(inside);
        rest = after;
    }
    Some((node, rest))
}

fn metadata(about: &About) -> Metadata {
    Metadata::new()
        .title(about.title.clone())
        .language(language(about).to_owned())
        .authors(vec![about.author.clone()])
        .creator("Trede".to_owned())
        .document_id(about.id.clone())
        .creation_date(moment(about))
        .text_direction(Reading::LeftToRight)
}

fn moment(about: &About) -> DateTime {
    let at = about.written_at;
    let part = |part: u32| u8::try_from(part).unwrap_or_default();
    DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn embed(document: &mut Document, about: &About) {
    let Some(file) = &about.attachment else { return };
    // Refused only where there is one of that name already.
    let _ = document.embed_file(EmbeddedFile {
        path: file.name.clone(),
        mime_type: MimeType::new(file.media_type),
        description: Some(file.description.clone()),
        association_kind: AssociationKind::Data,
        data: file.content.clone().into(),
        modification_date: Some(moment(about)),
        compress: Some(true),
        location: None,
    });
}
