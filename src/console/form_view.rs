//! A form as its template sees it: what a field holds, and what is wrong with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Object, Value};
use minijinja::{Error, ErrorKind, State};

use super::flat::flattened;
use super::format;
use super::language::Language;

/// One form of a page.
#[derive(Debug)]
pub(super) struct FormView {
    /// What it does.
    pub(super) act: String,
    /// Which of several forms of its kind it is.
    pub(super) key: String,
    /// The token of the session.
    pub(super) csrf: String,
    pub(super) language: Language,
    /// What was typed, by the name of the field; none: nothing was sent yet.
    pub(super) typed: Option<BTreeMap<String, String>>,
    /// What is there already, as on the wire.
    pub(super) source: BTreeMap<String, String>,
    /// What is wrong, with its place.
    pub(super) errors: Vec<Wrong>,
}

/// Something that is wrong with a form.
#[derive(Clone, Debug)]
pub(super) struct Wrong {
    /// The pointer of its field.
    pub(super) pointer: String,
    /// What is wrong, in words.
    pub(super) detail: String,
    /// The language of those words.
    pub(super) language: &'static str,
}

impl FormView {
    /// The form that was sent, or a fresh one on what is there.
    pub(super) fn of(
        (act, key, csrf): (String, String, String),
        language: Language,
        source: &serde_json::Value,
        failed: Option<&serde_json::Value>,
        wrong: impl Fn(&serde_json::Value) -> Wrong,
    ) -> Self {
        let text =
            |name: &str| failed.and_then(|failed| failed.get(name)).and_then(serde_json::Value::as_str);
        let is_it = text("act") == Some(&act) && text("key").unwrap_or_default() == key;
        let failed = failed.filter(|_| is_it);
        let typed = failed.and_then(|failed| failed.get("typed")).and_then(serde_json::Value::as_object);
        let typed = typed.map(|typed| {
            let pair = |(name, value): (&String, &serde_json::Value)| {
                (name.clone(), value.as_str().unwrap_or_default().to_owned())
            };
            typed.iter().map(pair).collect()
        });
        let errors = failed.and_then(|failed| failed.get("errors")).and_then(serde_json::Value::as_array);
        let errors = errors.into_iter().flatten().map(wrong).collect();
        Self { act, key, csrf, language, typed, source: flattened(source), errors }
    }

    /// The id of the field.
    pub(super) fn id(&self, pointer: &str) -> String {
        let part = |text: &str| {
            text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect::<String>()
        };
        format!("f-{}-{}{}", part(&self.act), part(&self.key), part(pointer))
    }

    /// What the field holds.
    fn holds(&self, pointer: &str, kind: &str) -> String {
        if let Some(typed) = &self.typed {
            return typed.get(pointer).cloned().unwrap_or_default();
        }
        let Some(text) = self.source.get(pointer) else { return String::new() };
        match kind {
            "number" | "money" => format::number_typed(text, self.language),
            "day" => format::day_typed(text),
            "moment" => format::moment_typed(text),
            _ => text.clone(),
        }
    }

    /// What is wrong with the field. What is wrong deeper than any field stands with the nearest one above it,
    /// which asks with `deep`.
    fn wrong(&self, pointer: &str, deep: bool) -> Vec<Value> {
        let below = format!("{pointer}/");
        let fits = |wrong: &&Wrong| wrong.pointer == pointer || (deep && wrong.pointer.starts_with(&below));
        self.errors.iter().filter(fits).map(shown).collect()
    }

    /// What is there and may have no field: pairs of a name and a value that go along unseen.
    fn rest(&self) -> Value {
        let pair = |name: String, value: &String| Value::from(vec![Value::from(name), value.clone().into()]);
        match &self.typed {
            Some(typed) => {
                let own = typed.iter().filter(|(name, _)| name.starts_with('='));
                own.map(|(name, value)| pair(name.clone(), value)).collect()
            }
            None => self.source.iter().map(|(name, value)| pair(format!("={name}"), value)).collect(),
        }
    }

    /// How many rows the list has.
    fn rows(&self, list: &str) -> usize {
        let prefix = format!("{list}/");
        let names: Vec<&String> = match &self.typed {
            Some(typed) => typed.keys().collect(),
            None => self.source.keys().collect(),
        };
        let index = |name: &&String| {
            let rest = name.strip_prefix(&prefix)?;
            rest.split('/').next()?.parse::<usize>().ok()
        };
        let rows = names.iter().copied().filter_map(|name| index(&name)).max().map_or(0, |last| last + 1);
        let added = self.typed.as_ref().is_some_and(|typed| typed.contains_key(&format!("+{list}")));
        rows + usize::from(added)
    }
}

fn shown(wrong: &Wrong) -> Value {
    Value::from_pairs([
        ("pointer", Value::from(wrong.pointer.clone())),
        ("detail", Value::from(wrong.detail.clone())),
        ("language", Value::from(wrong.language)),
    ])
}

impl Object for FormView {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "act" => self.act.clone().into(),
            "key" => self.key.clone().into(),
            "csrf" => self.csrf.clone().into(),
            "sent" => self.typed.is_some().into(),
            _ => return None,
        })
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let text = |index: usize| args.get(index).and_then(Value::as_str).unwrap_or_default();
        Ok(match method {
            "id" => self.id(text(0)).into(),
            "holds" => self.holds(text(0), text(1)).into(),
            "wrong" => self.wrong(text(0), args.get(1).is_some_and(Value::is_true)).into(),
            "rest" => self.rest(),
            "rows" => self.rows(text(0)).into(),
            _ => return Err(Error::from(ErrorKind::UnknownMethod)),
        })
    }
}
