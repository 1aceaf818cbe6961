//! What a value map must hold before it is valued.

use super::finding::FindingCode as Code;
use super::value_map::{DropOff, MAX_OUTCOMES, MAX_YEARS, Outcome, ValueMap};
use super::{SroiFinding, SroiFinding as Finding};
use trede_base::exact::Exact;

/// How tables of building blocks (bouwblokken) call themselves.
const NAMES_OF_BLOCK_TABLES: [&str; 3] = ["bouwblok", "building block", "building-block"];

/// The longest part of a text that is repeated in a finding.
const SHOWN_CHARACTERS: usize = 64;

impl ValueMap {
    /// Everything that keeps the map from being valued, with JSON pointers in the file.
    #[must_use]
    pub fn errors(&self) -> Vec<SroiFinding> {
        let mut found = Vec::new();
        self.check_study(&mut found);
        self.check_identifiers(&mut found);
        for (index, input) in self.inputs.iter().enumerate() {
            let place = format!("/inputs/{index}");
            text(&mut found, &place, "stakeholder", &input.stakeholder);
            text(&mut found, &place, "source", &input.source);
            not_negative(&mut found, &place, "amount", &input.euros);
        }
        for (index, outcome) in self.outcomes.iter().enumerate() {
            check_outcome(&mut found, &format!("/outcomes/{index}"), outcome);
        }
        found
    }

    fn check_study(&self, found: &mut Vec<Finding>) {
        text(found, "", "title", &self.study.title);
        text(found, "", "policyVersion", &self.study.policy_version);
        text(found, "/discounting", "source", &self.discounting.source);
        match self.outcomes.len() {
            0 => found.push(Finding::new(Code::NoOutcomes, "/outcomes", [])),
            count if count > MAX_OUTCOMES => {
                let details = [count.to_string(), MAX_OUTCOMES.to_string()];
                found.push(Finding::new(Code::TooManyOutcomes, "/outcomes", details));
            }
            _ => {}
        }
    }

    fn check_identifiers(&self, found: &mut Vec<Finding>) {
        let inputs = self.inputs.iter().map(|input| ("inputs", &input.id)).enumerate();
        let outcomes = self.outcomes.iter().map(|outcome| ("outcomes", &outcome.id)).enumerate();
        let mut seen = std::collections::BTreeSet::new();
        for (index, (list, id)) in inputs.chain(outcomes) {
            let place = format!("/{list}/{index}");
            text(found, &place, "id", id);
            if !seen.insert((list, id)) {
                found.push(Finding::new(Code::DuplicateId, format!("{place}/id"), [shortened(id)]));
            }
        }
    }
}

fn check_outcome(found: &mut Vec<Finding>, place: &str, outcome: &Outcome) {
    text(found, place, "stakeholder", &outcome.stakeholder);
    text(found, place, "evidence", &outcome.evidence);
    text(found, &format!("{place}/proxy"), "source", &outcome.proxy.source);
    not_negative(found, place, "quantity", &outcome.quantity);
    let named = outcome.proxy.source.to_lowercase();
    if NAMES_OF_BLOCK_TABLES.iter().any(|name| named.contains(name)) {
        let details = [shortened(&outcome.proxy.source)];
        found.push(Finding::new(Code::BlockValueAsProxy, format!("{place}/proxy/source"), details));
    }
    let mut reductions = vec![
        ("deadweight", &outcome.deadweight),
        ("displacement", &outcome.displacement),
        ("attribution", &outcome.attribution),
    ];
    match (&outcome.drop_off, outcome.duration_years) {
        (DropOff::SingleYear, years) if years > 1 => {
            let details = [years.to_string()];
            found.push(Finding::new(Code::DropOffMissing, format!("{place}/dropOff"), details));
        }
        (DropOff::Yearly(_), 1) => {
            found.push(Finding::new(Code::DropOffUnused, format!("{place}/dropOff"), []));
        }
        (DropOff::Yearly(reduction), _) => reductions.push(("dropOff", reduction)),
        (DropOff::SingleYear, _) => {}
    }
    for (name, reduction) in reductions {
        text(found, &format!("{place}/{name}"), "explanation", &reduction.explanation);
    }
    years(found, place, "durationYears", outcome.duration_years, 1);
    years(found, place, "startOffsetYears", outcome.start_offset_years, 0);
}

fn text(found: &mut Vec<Finding>, place: &str, name: &str, text: &str) {
    if text.trim().is_empty() {
        found.push(Finding::new(Code::TextMissing, format!("{place}/{name}"), [name.to_owned()]));
    }
}

fn not_negative(found: &mut Vec<Finding>, place: &str, name: &str, number: &Exact) {
    if number.is_negative() {
        found.push(Finding::new(Code::NegativeAmount, format!("{place}/{name}"), [number.shown()]));
    }
}

fn years(found: &mut Vec<Finding>, place: &str, name: &str, years: u32, least: u32) {
    if years < least || years > MAX_YEARS {
        let details = [years.to_string(), least.to_string(), MAX_YEARS.to_string()];
        found.push(Finding::new(Code::NumberOfYears, format!("{place}/{name}"), details));
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(SHOWN_CHARACTERS).collect()
}
