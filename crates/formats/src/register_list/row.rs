//! One row of a list: from texts to what it says of a certificate.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::Field;
use super::{ListRow, RowFault, ladder_on};
use trede_base::ids::KvkNumber;
use trede_rules::pso::{Ladder, LadderVersion, is_thirty_plus};

/// What a row says of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCertificate {
    /// The number of the certificate.
    pub number: String,
    /// The name of the organisation, where it is given.
    pub organisation: Option<String>,
    /// The KvK numbers that it covers, in the order of the list: the first is that of the head applicant.
    pub kvk_numbers: Vec<KvkNumber>,
    /// The version of the ladder.
    pub ladder: String,
    /// The code of the level on that ladder.
    pub level: String,
    /// The certifying body.
    pub certifying_body: String,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_until: NaiveDate,
}

/// A certificate on the list of the register (regel van de registerlijst), as JSON writes it. Members that are
/// not named here are skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedCertificateInput {
    /// The number that is printed on it.
    #[schema(min_length = 1, max_length = 500)]
    pub number: String,
    /// The name of the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The KvK numbers that it covers: that of the head applicant, and those of the entities under it.
    pub kvk_numbers: Vec<String>,
    /// The version of the ladder; left out: the one in force on the first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<String>,
    /// The level (trede), by its code or its Dutch name.
    pub level: String,
    /// Whether it carries the mark PSO 30+ (Abw).
    #[serde(default)]
    pub thirty_plus: bool,
    /// Who audited (certificerende instelling).
    pub certifying_body: String,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_until: NaiveDate,
}

/// The texts of a row by field.
#[derive(Default)]
pub(super) struct Fields(BTreeMap<Field, String>);

impl Fields {
    pub(super) fn set(&mut self, field: Field, text: String) {
        let text = text.trim();
        if !text.is_empty() {
            self.0.insert(field, text.to_owned());
        }
    }

    fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }
}

pub(super) fn listed(
    number: u64,
    fields: Fields,
    faults: Vec<RowFault>,
    ladders: &[LadderVersion],
) -> ListRow {
    let certificate = fields.get(Field::Number).map(str::to_owned);
    let mut reader = Reader { fields, faults };
    let said = reader.certificate(ladders);
    let said = said.filter(|_| reader.faults.is_empty()).ok_or(reader.faults);
    ListRow { number, certificate, said }
}

struct Reader {
    fields: Fields,
    faults: Vec<RowFault>,
}

impl Reader {
    fn fault(&mut self, field: Field, code: &'static str, detail: impl Into<String>) {
        self.faults.push(RowFault { field: Some(field), code, detail: detail.into() });
    }

    fn certificate(&mut self, ladders: &[LadderVersion]) -> Option<ListedCertificate> {
        let number = self.needed(Field::Number);
        let kvk_numbers = self.kvk_numbers();
        let certifying_body = self.needed(Field::CertifyingBody);
        let valid_from = self.day(Field::ValidFrom);
        let valid_until = self.day(Field::ValidUntil);
        let thirty_plus = self.thirty_plus();
        let ladder = self.ladder(ladders, valid_from);
        let level = self.level(ladder, thirty_plus);
        Some(ListedCertificate {
            number: number?,
            organisation: self.fields.get(Field::Organisation).map(str::to_owned),
            kvk_numbers: kvk_numbers?,
            ladder: ladder?.version().to_owned(),
            level: level?,
            certifying_body: certifying_body?,
            valid_from: valid_from?,
            valid_until: valid_until?,
        })
    }

    fn needed(&mut self, field: Field) -> Option<String> {
        let text = self.fields.get(field).map(str::to_owned);
        // What is wrong with the whole row, or came as no text, was told already.
        let told = |fault: &RowFault| fault.field.is_none() || fault.field == Some(field);
        if text.is_none() && !self.faults.iter().any(told) {
            self.fault(field, "text-needed", "a text is needed here");
        }
        text
    }

    /// Written apart by spaces, commas, semicolons or bars.
    fn kvk_numbers(&mut self) -> Option<Vec<KvkNumber>> {
        let text = self.needed(Field::KvkNumbers)?;
        let separators = [' ', ',', ';', '|', '\n'];
        let mut numbers = Vec::new();
        for one in text.split(separators).filter(|part| !part.is_empty()) {
            match one.parse::<KvkNumber>() {
                Ok(number) if numbers.contains(&number) => {}
                Ok(number) => numbers.push(number),
                Err(error) => self.fault(Field::KvkNumbers, "kvk-malformed", shortened(&error.to_string())),
            }
        }
        Some(numbers)
    }

    fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let text = self.needed(field)?;
        let day = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
            .into_iter()
            .find_map(|form| NaiveDate::parse_from_str(&text, form).ok());
        if day.is_none() {
            let detail = format!("`{}` is no day; write 2026-01-31 or 31-01-2026", shortened(&text));
            self.fault(field, "date-malformed", detail);
        }
        day
    }

    fn thirty_plus(&mut self) -> bool {
        let text = self.fields.get(Field::ThirtyPlus).unwrap_or_default().to_lowercase();
        match text.as_str() {
            "" | "nee" | "no" | "false" | "0" | "n" => false,
            "ja" | "yes" | "true" | "1" | "j" | "y" | "x" | "30+" => true,
            other => {
                let detail = format!("`{}` is neither yes nor no; write true or false", shortened(other));
                self.fault(Field::ThirtyPlus, "truth-malformed", detail);
                false
            }
        }
    }

    fn ladder<'a>(
        &mut self,
        ladders: &'a [LadderVersion],
        valid_from: Option<NaiveDate>,
    ) -> Option<&'a Ladder> {
        let Some(named) = self.fields.get(Field::Ladder).map(str::to_owned) else {
            return ladder_on(ladders, valid_from?).map(|version| &version.ladder);
        };
        let found = ladders.iter().find(|version| version.ladder.version() == named);
        if found.is_none() {
            let known: Vec<&str> = ladders.iter().map(|version| version.ladder.version()).collect();
            let detail = format!("`{}` is no ladder; one of: {}", shortened(&named), known.join(", "));
            self.fault(Field::Ladder, "ladder-unknown", detail);
        }
        found.map(|version| &version.ladder)
    }

    fn level(&mut self, ladder: Option<&Ladder>, thirty_plus: bool) -> Option<String> {
        let text = self.needed(Field::Level)?;
        let ladder = ladder?;
        let plain = |name: &str| name.to_lowercase().replace([' ', '-', '_'], "");
        let written = plain(&text);
        let levels = ladder.levels().iter();
        let found =
            levels.clone().find(|level| plain(&level.code) == written || plain(&level.name) == written);
        let Some(level) = found else {
            let known: Vec<&str> = levels.map(|level| level.code.as_str()).collect();
            let detail = format!("`{}` is no level; one of: {}", shortened(&text), known.join(", "));
            self.fault(Field::Level, "level-unknown", detail);
            return None;
        };
        if !thirty_plus || is_thirty_plus(&level.code) {
            return Some(level.code.clone());
        }
        let marked = ladder.with_thirty_plus(&level.code).map(str::to_owned);
        if marked.is_none() {
            let detail = format!("PSO 30+ is not read on top of `{}`", level.code);
            self.fault(Field::ThirtyPlus, "thirty-plus-not-on-level", detail);
        }
        marked
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(100).collect()
}
