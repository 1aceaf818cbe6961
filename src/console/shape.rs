//! What the document says of the value at a place of a request: whether its text is a number, a day, or a choice.

use serde_json::Value;

use super::document::Document;

/// How the text of a field is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// As it is.
    Text,
    /// A number that the API takes as a text with a point.
    Decimal,
    /// A whole number.
    Whole,
    /// An amount in euros that the API takes in whole cents.
    Cents,
    /// Yes or no.
    Truth,
    /// A day.
    Day,
    /// A day and a time.
    Moment,
    /// Several texts with commas or spaces between them.
    List,
}

/// Of what a part of a pointer leads into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// A list.
    List,
    /// An object.
    Object,
}

/// The schema of a body, with the document that its references are in.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    pub(super) document: &'a Document,
    pub(super) schema: &'a Value,
}

impl<'a> Shape<'a> {
    /// How the text of the field with this pointer is read.
    pub(super) fn kind(&self, pointer: &str) -> Kind {
        match self.reached(pointer).into_iter().find_map(|schema| self.kind_of(schema)) {
            Some(Kind::Whole) if pointer.ends_with("Cents") => Kind::Cents,
            kind => kind.unwrap_or(Kind::Text),
        }
    }

    /// Whether what stands at the pointer is a list.
    pub(super) fn inside(&self, pointer: &str) -> Inside {
        let is_list = self.reached(pointer).iter().any(|schema| schema.get("items").is_some());
        if is_list { Inside::List } else { Inside::Object }
    }

    /// Whether what stands at the pointer cannot be without an object of that name.
    pub(super) fn requires(&self, pointer: &str, name: &str) -> bool {
        let is_object = |schema: &Value| schema.get("properties").is_some();
        self.asking(pointer, name).any(|schema| self.below(schema, name).into_iter().any(is_object))
    }

    /// Whether what stands at the pointer cannot be without something of that name.
    pub(super) fn asks(&self, pointer: &str, name: &str) -> bool {
        self.asking(pointer, name).next().is_some()
    }

    fn asking(&self, pointer: &str, name: &str) -> impl Iterator<Item = &'a Value> {
        self.reached(pointer).into_iter().filter(move |schema| {
            let required = schema.get("required").and_then(Value::as_array);
            required.is_some_and(|names| names.iter().any(|it| it == name))
        })
    }

    /// The schemas that can hold at the pointer.
    fn reached(&self, pointer: &str) -> Vec<&'a Value> {
        let start = self.unfolded(self.schema);
        pointer.split('/').skip(1).fold(start, |schemas, part| {
            schemas.into_iter().flat_map(|schema| self.below(schema, part)).collect()
        })
    }

    fn below(&self, schema: &'a Value, part: &str) -> Vec<&'a Value> {
        let own = schema.get("properties").and_then(|properties| properties.get(part));
        let found = own.or_else(|| schema.get("items").filter(|_| part.parse::<usize>().is_ok()));
        let any = || schema.get("additionalProperties").filter(|any| any.is_object());
        found.or_else(any).map(|found| self.unfolded(found)).unwrap_or_default()
    }

    /// The schema, and those that it refers to or that are a choice of it.
    fn unfolded(&self, schema: &'a Value) -> Vec<&'a Value> {
        let mut all = vec![schema];
        if let Some(named) =
            schema.get("$ref").and_then(Value::as_str).and_then(|name| self.document.schema(name))
        {
            all.extend(self.unfolded(named));
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            let choices = schema.get(choice).and_then(Value::as_array);
            all.extend(choices.into_iter().flatten().flat_map(|one| self.unfolded(one)));
        }
        all
    }

    fn kind_of(&self, schema: &'a Value) -> Option<Kind> {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        let is = |name: &str| match schema.get("type") {
            Some(Value::String(kind)) => kind == name,
            Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == name),
            _ => false,
        };
        if is("boolean") {
            return Some(Kind::Truth);
        }
        if is("integer") {
            return Some(Kind::Whole);
        }
        if is("array") {
            return Some(Kind::List);
        }
        match text("format") {
            Some("date") => return Some(Kind::Day),
            Some("date-time") => return Some(Kind::Moment),
            _ => {}
        }
        let is_decimal = text("pattern").is_some_and(|pattern| pattern.contains(r"(\.[0-9]{1,"));
        if is_decimal {
            return Some(Kind::Decimal);
        }
        is("string").then_some(Kind::Text)
    }
}
