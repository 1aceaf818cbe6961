//! One element of a notice, from which texts are taken: what nobody took is what was not understood.

use rust_decimal::Decimal;

use super::text::{LanguageText, Texts};
use trede_wire::number::Number;

/// The way from an element to what eForms adds to UBL below it.
macro_rules! extension {
    ($path:literal) => {
        concat!("UBLExtensions/UBLExtension/ExtensionContent/EformsExtension/", $path)
    };
}

pub(super) use extension;

/// An element with its own text and what stands in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// Its local name; with its namespace in front where that is none of UBL's or eForms'.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

/// A text that nothing was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leftover {
    /// The way to it, by the names of elements.
    pub(super) place: String,
    /// What it says, with its unit or currency.
    pub(super) value: String,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All elements at the end of a path such as `TenderingTerms/AwardingTerms`.
    pub(super) fn each(&mut self, path: &str) -> Vec<&mut Self> {
        path.split('/').fold(vec![self], |level, step| {
            level
                .into_iter()
                .flat_map(|element| element.children.iter_mut().filter(move |child| child.name == step))
                .collect()
        })
    }

    /// Takes its own text, if it says something that `read` understands; otherwise it stays.
    pub(super) fn take_own<T>(&mut self, read: impl FnOnce(&str, &Self) -> Option<T>) -> Option<T> {
        let text = self.text.trim();
        if text.is_empty() {
            return None;
        }
        let value = read(text, self)?;
        self.text.clear();
        Some(value)
    }

    /// Takes every text at the path that `read` understands.
    pub(super) fn take_each<T>(
        &mut self,
        path: &str,
        mut read: impl FnMut(&str, &Self) -> Option<T>,
    ) -> Vec<T> {
        self.each(path).into_iter().filter_map(|element| element.take_own(&mut read)).collect()
    }

    /// Takes the first text at the path that `read` understands; others stay.
    pub(super) fn take_first<T>(
        &mut self,
        path: &str,
        mut read: impl FnMut(&str, &Self) -> Option<T>,
    ) -> Option<T> {
        self.each(path).into_iter().find_map(|element| element.take_own(&mut read))
    }

    pub(super) fn take_text(&mut self, path: &str) -> Option<String> {
        self.take_first(path, |text, _| Some(text.to_owned()))
    }

    pub(super) fn take_list(&mut self, path: &str) -> Vec<String> {
        self.take_each(path, |text, _| Some(text.to_owned()))
    }

    /// Takes the codes at the path that are of one list.
    pub(super) fn take_codes(&mut self, path: &str, list: &str) -> Vec<String> {
        self.take_each(path, |text, element| {
            (element.attribute("listName") == Some(list)).then(|| text.to_owned())
        })
    }

    /// Takes the texts at the path, in all their languages.
    pub(super) fn take_texts(&mut self, path: &str) -> Texts {
        Texts(self.take_each(path, |text, element| {
            Some(LanguageText {
                language: element.attribute("languageID").map(str::to_owned),
                text: text.to_owned(),
            })
        }))
    }

    pub(super) fn take_number(&mut self, path: &str) -> Option<Number> {
        self.take_first(path, |text, _| number(text))
    }

    pub(super) fn take_whole(&mut self, path: &str) -> Option<u32> {
        self.take_first(path, |text, _| text.parse().ok())
    }

    pub(super) fn take_flag(&mut self, path: &str) -> Option<bool> {
        self.take_first(path, |text, _| match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        })
    }

    /// What is left of the texts below and in this element; `place` is the way to it.
    pub(super) fn leftovers(&self, place: &str, into: &mut Vec<Leftover>) {
        let text = self.text.trim();
        if !text.is_empty() {
            let unit = self.attribute("currencyID").or_else(|| self.attribute("unitCode"));
            let value = unit.map_or_else(|| text.to_owned(), |unit| format!("{text} {unit}"));
            into.push(Leftover { place: place.to_owned(), value });
        }
        for child in &self.children {
            // The wrapping of extensions says nothing to a reader.
            let wrapping = ["UBLExtensions", "UBLExtension", "ExtensionContent", "EformsExtension"];
            if wrapping.contains(&child.name.as_str()) {
                child.leftovers(place, into);
            } else {
                child.leftovers(&format!("{place}/{}", child.name), into);
            }
        }
    }
}

/// An `xs:decimal` that the wire can carry.
pub(super) fn number(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    // The parser of decimals also reads exponents and underscores.
    if !unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')) {
        return None;
    }
    let value: Decimal = unsigned.parse().ok()?;
    Number::parse(&value.normalize().to_string()).ok()
}
