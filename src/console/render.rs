//! Templates with what they are given to work with: words, numbers as people write them, forms.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior};
use serde_json::Value as Json;

use super::assets::Assets;
use super::form_view::{FormView, Wrong};
use super::format;
use super::language::Language;
use super::place::escaped;
use super::templates::TEMPLATES;
use super::words;
use trede_service::frame::access::Operation;

/// The templates in each language.
pub(super) struct Renderer {
    dutch: Environment<'static>,
    english: Environment<'static>,
}

impl Renderer {
    /// Reads the templates.
    ///
    /// # Errors
    /// What is wrong with one.
    pub(super) fn new(assets: &Arc<Assets>) -> Result<Self, Error> {
        let of = |language| environment(language, Arc::clone(assets));
        Ok(Self { dutch: of(Language::Dutch)?, english: of(Language::English)? })
    }

    /// The page of that template.
    pub(super) fn page(&self, template: &str, language: Language, known: &Json) -> Result<String, String> {
        let environment = match language {
            Language::Dutch => &self.dutch,
            Language::English => &self.english,
        };
        let template = environment.get_template(&format!("{template}.html")).map_err(told)?;
        template.render(Serde(known)).map_err(told)
    }
}

fn told(error: Error) -> String {
    format!("{error:#}")
}

fn environment(language: Language, assets: Arc<Assets>) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    add_words(&mut environment, language);
    add_formats(&mut environment, language);
    let has_engine = assets.has_engine();
    environment.add_function("has_engine", move || has_engine);
    environment.add_function("asset", move |name: String| {
        assets.path(&name).ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no asset {name}")))
    });
    environment.add_function("can", can);
    environment.add_function(
        "form_of",
        move |state: &State<'_, '_>, act: String, source: Option<Value>, key: Option<Value>| {
            form_of(state, language, act, source, key)
        },
    );
    environment
        .add_function("bar", |part: Value, whole: Value| format::thousandths(&plain(&part), &plain(&whole)));
    environment.add_filter("markdown", |text: String| Value::from_safe_string(shown_markdown(&text)));
    environment.add_filter("path", |text: String| escaped(&text));
    Ok(environment)
}

/// The body of the document, its headings below the one of the page: where it has a title of its own, all are one
/// level lower.
fn shown_markdown(text: &str) -> String {
    let body = trede_formats::markdown::body(text);
    let highest = if body.contains("<h1>") { 1 } else { 6 };
    (highest..=5).rev().fold(body, |body, level| {
        let (above, below) = (format!("h{level}>"), format!("h{}>", level + 1));
        body.replace(&format!("<{above}"), &format!("<{below}"))
            .replace(&format!("</{above}"), &format!("</{below}"))
    })
}

fn add_words(environment: &mut Environment<'static>, language: Language) {
    let words: Arc<BTreeMap<&'static str, &'static str>> = Arc::new(words::all(language));
    let own = Arc::clone(&words);
    environment.add_function("t", move |key: String, values: Kwargs| -> Result<String, Error> {
        let text = own.get(key.as_str()).copied();
        let text = text.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no word {key}")))?;
        let mut text = text.to_owned();
        for name in values.args() {
            text = text.replace(&format!("{{{name}}}"), &plain(&values.get::<Value>(name)?));
        }
        Ok(text)
    });
    let own = Arc::clone(&words);
    // The word of a code of the API, or the code where the console has none for it.
    environment.add_function("code", move |group: String, code: Value| {
        let code = plain(&code);
        own.get(format!("{group}.{code}").as_str()).map_or(code, |text| (*text).to_owned())
    });
    environment.add_function("has_word", move |key: String| words.contains_key(key.as_str()));
}

fn add_formats(environment: &mut Environment<'static>, language: Language) {
    environment.add_filter("money", move |value: Value| format::euros(&plain(&value), language));
    environment.add_filter("cents", move |value: Value| format::euros_of_cents(&plain(&value), language));
    environment.add_filter("number", move |value: Value, decimals: Option<u32>| {
        format::number(&plain(&value), decimals.unwrap_or(2), language)
    });
    environment.add_filter("day", move |value: Value| format::day(&plain(&value), language));
    environment.add_filter("month", move |value: Value| format::month(&plain(&value), language));
    environment.add_filter("moment", move |value: Value| format::moment(&plain(&value), language));
}

/// The value as a text; nothing for what is not there.
fn plain(value: &Value) -> String {
    if value.is_none() || value.is_undefined() { String::new() } else { value.to_string() }
}

/// Whether one of the roles of who is logged in may do the operation: the table of the service decides.
fn can(state: &State<'_, '_>, operation: String) -> Result<bool, Error> {
    let operation = Operation::ALL
        .iter()
        .find(|known| known.id() == operation)
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no operation {operation}")))?;
    let roles = state.lookup("me").and_then(|me| me.get_attr("roles").ok()).unwrap_or_default();
    let own: Vec<String> =
        roles.try_iter().map(|roles| roles.map(|role| role.to_string()).collect()).unwrap_or_default();
    Ok(operation.roles().iter().any(|role| own.contains(&role.to_string())))
}

fn form_of(
    state: &State<'_, '_>,
    language: Language,
    act: String,
    source: Option<Value>,
    key: Option<Value>,
) -> Result<Value, Error> {
    let json = |value: &Value| serde_json::to_value(value).unwrap_or_default();
    let failed = state.lookup("failed").map(|failed| json(&failed)).filter(Json::is_object);
    let csrf = state.lookup("csrf").map(|csrf| plain(&csrf)).unwrap_or_default();
    let key = key.map(|key| plain(&key)).unwrap_or_default();
    let source = source.map(|source| json(&source)).unwrap_or_default();
    let view =
        FormView::of((act, key, csrf), language, &source, failed.as_ref(), |error| wrong(error, language));
    Ok(Value::from_object(view))
}

/// What the service says of a place, in the language of the page where the console knows the code. Words of the
/// service itself are English where it has no others, and are marked so.
fn wrong(error: &Json, language: Language) -> Wrong {
    let text = |name: &str| error.get(name).and_then(Json::as_str).unwrap_or_default();
    let pointer = text("pointer").to_owned();
    match words::of_finding(text("code"), language) {
        Some(own) => {
            Wrong { pointer, detail: own.replace("{detail}", text("detail")), language: language.code() }
        }
        None => {
            // Where the service was asked for the language of the page, it answered in it.
            let own = if text("language") == language.code() { language.code() } else { "en" };
            Wrong { pointer, detail: text("detail").to_owned(), language: own }
        }
    }
}
