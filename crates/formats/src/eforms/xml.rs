//! Reads a notice as a stream: one element below the outermost at a time.

use std::io::BufRead;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::element::Element;
use super::error::EformsError;
use super::gauge::{Gauge, Overrun};
use super::limits::{MAX_ATTRIBUTE_BYTES, MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS};

/// The namespaces of UBL and of the extensions of eForms, below which elements are known by name alone.
const KNOWN: [&str; 6] = [
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "http://data.europa.eu/p27/eforms-ubl-extensions/1",
    "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
];

/// What is done with a notice while it is read.
pub(super) trait Receive {
    /// The outermost element, with its namespace in front: `{urn:…}ContractNotice`.
    ///
    /// # Errors
    /// When it is none that is read.
    fn root(&mut self, name: &str) -> Result<(), EformsError>;

    /// An element that stands right below it.
    ///
    /// # Errors
    /// When the notice cannot be read on.
    fn section(&mut self, section: Element) -> Result<(), EformsError>;
}

/// Reads the whole notice.
///
/// # Errors
/// At the first place where it is no XML, passes a limit, or is refused by `receiver`.
pub(super) fn read(bytes: impl BufRead, receiver: &mut impl Receive) -> Result<(), EformsError> {
    let mut reader = NsReader::from_reader(Gauge::new(bytes)?);
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk { receiver, open: Vec::new(), elements: 0, ended: false };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().next_markup();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return walk.end(reader.buffer_position()),
            Ok(event) => event.into_owned(),
            Err(error) => return Err(failure(&error, &reader)),
        };
        let at = reader.buffer_position();
        match event {
            Event::Decl(_) if walk.elements > 0 => {
                return Err(malformed(at, "a declaration stands at the beginning only"));
            }
            Event::Start(start) => {
                let name = qualified(&reader, &start);
                walk.open(name?, attributes(&start, at)?, at)?;
            }
            Event::End(_) => walk.close()?,
            Event::Text(text) => walk.text(&text.xml10_content(), at)?,
            Event::CData(text) => walk.text(&text.xml10_content(), at)?,
            Event::GeneralRef(reference) => walk.text(&resolved(&reference, at)?, at)?,
            Event::DocType(_) => return Err(EformsError::DocumentType),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) | Event::Eof => {}
        }
    }
}

fn failure<R: BufRead>(error: &quick_xml::Error, reader: &NsReader<Gauge<R>>) -> EformsError {
    let at = reader.error_position();
    match (reader.get_ref().overrun(), error) {
        (Some(Overrun::Whole), _) => EformsError::TooLarge,
        (Some(Overrun::Markup), _) => EformsError::LongMarkup(at),
        (None, quick_xml::Error::Encoding(error)) => EformsError::Encoding(error.to_string()),
        (None, quick_xml::Error::Io(error)) => EformsError::Encoding(error.to_string()),
        (None, error) => malformed(at, error),
    }
}

fn malformed(at: u64, error: impl ToString) -> EformsError {
    EformsError::Malformed { at, detail: error.to_string() }
}

/// The local name; with the namespace in front where it is none of the known ones.
fn qualified<R: BufRead>(reader: &NsReader<Gauge<R>>, start: &BytesStart<'_>) -> Result<String, EformsError> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let local: &str = local.as_ref();
    match namespace {
        ResolveResult::Bound(namespace) => {
            let namespace: &str = namespace.as_ref();
            if KNOWN.contains(&namespace) {
                Ok(local.to_owned())
            } else {
                Ok(format!("{{{namespace}}}{local}"))
            }
        }
        ResolveResult::Unbound => Ok(format!("{{}}{local}")),
        ResolveResult::Unknown(prefix) => {
            Err(malformed(reader.buffer_position(), format!("the prefix `{prefix}` is not declared")))
        }
    }
}

fn attributes(start: &BytesStart<'_>, at: u64) -> Result<Vec<(String, String)>, EformsError> {
    let mut found = Vec::new();
    for (index, attribute) in start.attributes().enumerate() {
        if index >= MAX_ATTRIBUTES {
            return Err(EformsError::TooManyAttributes(at));
        }
        let attribute = attribute.map_err(|error| malformed(at, error))?;
        if attribute.value.len() > MAX_ATTRIBUTE_BYTES {
            return Err(EformsError::LongAttribute(at));
        }
        let name: &str = attribute.key.as_ref();
        if name.starts_with("xmlns") {
            continue;
        }
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| malformed(at, error))?;
        checked(&value, at)?;
        found.push((name.to_owned(), value.into_owned()));
    }
    Ok(found)
}

fn resolved(reference: &BytesRef<'_>, at: u64) -> Result<String, EformsError> {
    if let Some(character) = reference.resolve_char_ref().map_err(|error| malformed(at, error))? {
        return Ok(character.to_string());
    }
    let name = reference.xml10_content();
    let text = match name.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        name => return Err(EformsError::UnknownEntity(name.chars().take(40).collect())),
    };
    Ok(text.to_owned())
}

/// The characters that XML 1.0 allows (§2.2).
fn checked(text: &str, at: u64) -> Result<(), EformsError> {
    let forbidden =
        |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.chars().any(forbidden) { Err(EformsError::ForbiddenCharacter(at)) } else { Ok(()) }
}

/// Where the reader is: the elements that are open, the outermost first.
struct Walk<'a, R> {
    receiver: &'a mut R,
    open: Vec<Element>,
    elements: usize,
    ended: bool,
}

impl<R: Receive> Walk<'_, R> {
    fn open(&mut self, name: String, attributes: Vec<(String, String)>, at: u64) -> Result<(), EformsError> {
        if self.ended {
            return Err(malformed(at, "there is a second outermost element"));
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(EformsError::TooManyElements);
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(EformsError::TooDeep(at));
        }
        if self.open.is_empty() {
            self.receiver.root(&name)?;
        }
        self.open.push(Element { name, attributes, ..Element::default() });
        Ok(())
    }

    fn close(&mut self) -> Result<(), EformsError> {
        let Some(element) = self.open.pop() else { return Ok(()) };
        match self.open.len() {
            0 => {
                self.ended = true;
                // What the outermost element says itself, beside what stands in it.
                self.receiver.section(Element { children: Vec::new(), ..element })
            }
            1 => self.receiver.section(element),
            _ => {
                if let Some(parent) = self.open.last_mut() {
                    parent.children.push(element);
                }
                Ok(())
            }
        }
    }

    fn text(&mut self, text: &str, at: u64) -> Result<(), EformsError> {
        checked(text, at)?;
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(malformed(at, "there is text outside the outermost element")),
        }
        Ok(())
    }

    fn end(&self, at: u64) -> Result<(), EformsError> {
        if self.ended && self.open.is_empty() {
            Ok(())
        } else {
            Err(malformed(at, "it breaks off before the outermost element ends"))
        }
    }
}
