//! What a screen reader hears of a PDF: it goes through the structure, and says the marked text of each element.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// The text of one element.
#[derive(Debug)]
pub struct Heard {
    /// What the element is.
    pub tag: String,
    /// Its text.
    pub text: String,
    /// On which page it begins, from 0.
    pub page: usize,
}

/// What is heard, in order.
pub fn heard(document: &Document) -> Vec<Heard> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let marked: Vec<Marked> = pages.iter().map(|page| marked(document, *page)).collect();
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let root = document.dereference(root).unwrap().1.as_dict().unwrap();
    let mut heard = Vec::new();
    let reading = Reading { document, pages: &pages, marked: &marked };
    reading.element(root, None, &mut heard);
    heard
}

/// What is seen on each page, told or not.
pub fn seen(document: &Document) -> Vec<String> {
    let pages = document.get_pages().into_values();
    pages.map(|page| marked(document, page).all).collect()
}

struct Reading<'a> {
    document: &'a Document,
    pages: &'a [ObjectId],
    marked: &'a [Marked],
}

impl Reading<'_> {
    fn element(&self, element: &Dictionary, page: Option<usize>, heard: &mut Vec<Heard>) {
        let page = element.get(b"Pg").ok().and_then(|own| self.page(own)).or(page);
        let Ok(children) = element.get(b"K") else { return };
        let children = match self.document.dereference(children).unwrap().1 {
            Object::Array(children) => children.clone(),
            other => vec![other.clone()],
        };
        let tag = element.get(b"S").and_then(Object::as_name).map(String::from_utf8_lossy);
        let mut own: Option<Heard> = None;
        for child in children {
            let child = self.document.dereference(&child).unwrap().1;
            let marked = match child {
                Object::Integer(id) => page.map(|page| (page, *id)),
                Object::Dictionary(child) if child.get(b"MCID").is_ok() => {
                    let on = child.get(b"Pg").ok().and_then(|on| self.page(on)).or(page);
                    on.map(|page| (page, child.get(b"MCID").unwrap().as_i64().unwrap()))
                }
                Object::Dictionary(child) => {
                    self.element(child, page, heard);
                    None
                }
                _ => None,
            };
            if let Some((page, id)) = marked {
                let text = &self.marked[page].by_id[&id];
                let tag = tag.as_deref().unwrap_or_default().to_owned();
                own.get_or_insert(Heard { tag, text: String::new(), page }).text.push_str(text);
            }
        }
        heard.extend(own);
    }

    fn page(&self, reference: &Object) -> Option<usize> {
        let id = reference.as_reference().ok()?;
        self.pages.iter().position(|page| *page == id)
    }
}

/// The text of a page, by the id with which it is marked.
#[derive(Default)]
struct Marked {
    by_id: BTreeMap<i64, String>,
    all: String,
}

fn marked(document: &Document, page: ObjectId) -> Marked {
    let fonts = document.get_page_fonts(page).unwrap();
    let encodings: BTreeMap<_, _> =
        fonts.iter().map(|(name, font)| (name.clone(), font.get_font_encoding(document).unwrap())).collect();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let (mut marked, mut open, mut font) = (Marked::default(), None, Vec::new());
    for operation in content.operations {
        match operation.operator.as_str() {
            "BDC" => open = id_of(document, page, &operation.operands),
            "BMC" => open = None,
            "EMC" => {
                open = None;
                marked.all.push('\n');
            }
            "Tf" => font = operation.operands[0].as_name().unwrap().to_vec(),
            "Tj" | "TJ" => {
                let mut text = String::new();
                let mut say = |object: &Object| {
                    if let Ok(bytes) = object.as_str() {
                        text.push_str(&Document::decode_text(&encodings[&font], bytes).unwrap());
                    }
                };
                match &operation.operands[0] {
                    Object::Array(parts) => parts.iter().for_each(&mut say),
                    only => say(only),
                }
                marked.all.push_str(&text);
                if let Some(id) = open {
                    marked.by_id.entry(id).or_default().push_str(&text);
                }
            }
            _ => {}
        }
    }
    marked
}

fn id_of(document: &Document, page: ObjectId, operands: &[Object]) -> Option<i64> {
    if operands[0].as_name().unwrap() == b"Artifact" {
        return None;
    }
    match &operands[1] {
        Object::Dictionary(properties) => properties.get(b"MCID").ok()?.as_i64().ok(),
        Object::Name(name) => {
            let (resources, _) = document.get_page_resources(page).unwrap();
            let properties = document.dereference(resources?.get(b"Properties").ok()?).ok()?.1;
            let own = properties.as_dict().ok()?.get(name).ok()?;
            document.dereference(own).ok()?.1.as_dict().ok()?.get(b"MCID").ok()?.as_i64().ok()
        }
        _ => None,
    }
}
