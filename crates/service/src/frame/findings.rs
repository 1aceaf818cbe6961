//! Collects everything that is wrong with what was sent, to say it all at once.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::frame::error::{Finding, ServiceError};
use trede_base::person_name::{PersonName, is_of_one_script, is_unseen};
use trede_rules::explaining::Language;
use trede_rules::explaining::finding::Code;

/// The most characters of a name or title.
pub(crate) const TITLE: usize = 500;
/// The most characters of a text that explains.
pub(crate) const TEXT: usize = 20_000;

/// Years that a date of a procedure or a certificate can lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Whether a character turns the direction of what follows it (bidirectional controls).
const fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) fn add(&mut self, pointer: &str, code: &'static str, detail: impl Into<String>) {
        self.0.push(Finding::new(pointer, code, detail));
    }

    /// A text that must say something.
    pub(crate) fn needed_text(&mut self, pointer: &str, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.add(pointer, "text-needed", "a text is needed here");
        }
        self.text(pointer, text, most);
    }

    /// A text that may be empty. Control characters have no place in a text, and PostgreSQL cannot
    /// store the first of them.
    pub(crate) fn text(&mut self, pointer: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.add(pointer, "text-too-long", format!("at most {most} characters"));
        }
        // A name or title goes into letters and lists, where a line break would begin something else.
        let is_one_line = most <= TITLE;
        if text.chars().any(|c| c.is_control() && (is_one_line || !matches!(c, '\n' | '\r' | '\t'))) {
            let detail = if is_one_line {
                "this text is on one line and has no control characters"
            } else {
                "a text has no control characters"
            };
            self.add(pointer, "text-has-control-characters", detail);
        }
        // What is unseen makes two names of one, and what turns the direction shows another text than it is.
        let unseen = text.chars().find(|c| is_unseen(*c) && (is_one_line || turns(*c)));
        if let Some(unseen) = unseen {
            let detail = format!(
                "leave out U+{:04X}: it is not seen, and makes another text of it",
                u32::from(unseen)
            );
            self.add(pointer, "text-has-unseen-characters", detail);
        }
    }

    /// The name of a person: one that a token could bear, so that who is recorded can be asked for.
    pub(crate) fn name(&mut self, pointer: &str, name: &str) {
        self.needed_text(pointer, name, TITLE);
        if PersonName::of(name).is_err() {
            self.add(pointer, "name-reserved", "a name of a person; this word has a meaning of its own here");
        }
        if !is_of_one_script(name) {
            self.add(pointer, "name-of-two-scripts", "a name of which no word mixes letters of two scripts");
        }
    }

    /// A text that may be left out, and says something when it is there.
    pub(crate) fn optional_text(&mut self, pointer: &str, text: Option<&str>, most: usize) {
        if let Some(text) = text {
            self.needed_text(pointer, text, most);
        }
    }

    pub(crate) fn date(&mut self, pointer: &str, date: Option<NaiveDate>) {
        if date.is_some_and(|date| !YEARS.contains(&date.year())) {
            self.add(pointer, "date-out-of-range", "a year from 1900 to 2200");
        }
    }

    pub(crate) fn instant(&mut self, pointer: &str, instant: Option<DateTime<Utc>>) {
        self.date(pointer, instant.map(|instant| instant.date_naive()));
    }

    /// An amount in cents that cannot be negative.
    pub(crate) fn amount(&mut self, pointer: &str, cents: Option<i64>) {
        if cents.is_some_and(i64::is_negative) {
            self.add(pointer, "amount-negative", "an amount cannot be negative");
        }
    }

    /// What an engine of the domain found, its places below `prefix`.
    pub(crate) fn of_engine<C: Code>(
        &mut self,
        prefix: &str,
        found: Vec<trede_rules::explaining::finding::Finding<C>>,
    ) {
        self.0.extend(found.into_iter().map(|finding| of_engine(finding.below(prefix))));
    }

    /// What an engine of the domain made of what was sent, when nothing at all was found.
    pub(crate) fn unless_found<T, C: Code>(
        mut self,
        prefix: &str,
        made: Result<T, Vec<trede_rules::explaining::finding::Finding<C>>>,
    ) -> Result<T, ServiceError> {
        match made {
            Ok(made) => self.into_result().map(|()| made),
            Err(found) => {
                self.of_engine(prefix, found);
                Err(ServiceError::Invalid(self.0))
            }
        }
    }

    /// All that was found, or nothing.
    pub(crate) fn into_result(self) -> Result<(), ServiceError> {
        if self.0.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(self.0)) }
    }
}

/// What was found in a part of the body, its places below that of the part.
pub(crate) fn below<T>(part: &str, outcome: Result<T, ServiceError>) -> Result<T, ServiceError> {
    outcome.map_err(|error| match error {
        ServiceError::Invalid(found) => ServiceError::Invalid(
            found
                .into_iter()
                .map(|finding| Finding { pointer: format!("{part}{}", finding.pointer), ..finding })
                .collect(),
        ),
        other => other,
    })
}

/// A finding of an engine of the domain, as the API tells it: what is wrong and what would be right.
pub(crate) fn of_engine<C: Code>(finding: trede_rules::explaining::finding::Finding<C>) -> Finding {
    of_engine_in(finding, Language::English)
}

/// As [`of_engine`], in the language of who asks.
pub(crate) fn of_engine_in<C: Code>(
    finding: trede_rules::explaining::finding::Finding<C>,
    language: Language,
) -> Finding {
    let told = |language| format!("{}; {}", finding.detail(language), finding.remedy(language));
    let (detail, dutch) = (told(language), told(Language::Dutch));
    Finding { dutch: Some(dutch), ..Finding::new(finding.place, finding.code.code(), detail) }
}
