//! Documents of the house as PDF that is archived (PDF/A-3a, ISO 19005-3) and read aloud (PDF/UA-1, ISO 14289-1).
//!
//! `krilla` refuses to write what breaks either. What it cannot see is kept here: words stay apart where a line goes
//! on, a head that is repeated on the next page is told once, and a heading never stands alone at the foot of a page.

mod faces;
mod flow;
mod lines;
mod paint;
mod sheet;
mod signs;
mod structure;
mod table;

use chrono::{DateTime, Utc};
use trede_rules::explaining::Language;

use crate::markdown::blocks;
use faces::Faces;
pub use signs::{lacking, named};

/// What a document tells of itself. The same document and the same `About` give the same bytes.
#[derive(Clone, Debug)]
pub struct About {
    /// Its title.
    pub title: String,
    /// The language that it is in.
    pub language: Language,
    /// Who sends it.
    pub author: String,
    /// What it is known by, wherever it goes.
    pub id: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// A file that it carries along.
    pub attachment: Option<Attachment>,
}

/// A file within a PDF from which what it shows can be made again (AFRelationship `Data`; ISO 19005-3 annex E).
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub description: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub content: Vec<u8>,
}

/// Why there is no PDF of a document.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// Signs that no letter of the font shows: they would come out as boxes.
    #[error("the font of documents has no {}", named(.0))]
    Lacking(Vec<char>),
    /// What was laid out is no PDF/A-3a and PDF/UA-1.
    #[error("the document is no PDF/A-3a and PDF/UA-1: {0}")]
    Refused(String),
}

/// A document in the Markdown of the house as PDF.
///
/// # Errors
/// [`Unwritten::Lacking`] with the signs that the font has not.
pub fn pdf(markdown: &str, about: &About) -> Result<Vec<u8>, Unwritten> {
    let lacking = lacking(markdown);
    if !lacking.is_empty() {
        return Err(Unwritten::Lacking(lacking));
    }
    let faces = Faces::embedded().ok_or_else(|| Unwritten::Refused("there is no font".to_owned()))?;
    paint::paint(&flow::laid_out(&blocks(markdown), &faces), &faces, about)
}
