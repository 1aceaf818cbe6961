//! A notice that was read, for people.

use std::fmt::Write;

use trede_formats::eforms::{
    AwardCriteria, CriterionNotice, CriterionNumber, LotNotice, NotTaken, NotTakenReason, Notice,
    NoticeReport, NumberKind, Texts,
};
use trede_wire::score_result::LanguageCode;

/// The most characters that are shown of what was not taken over; JSON has all of it.
const SHOWN: usize = 100;

/// The report on one file.
pub(crate) fn report(file: &str, report: &NoticeReport, language: LanguageCode) -> String {
    let mut page = Page { text: String::new(), notice: &report.notice, language };
    page.head(file);
    page.criteria("", &report.notice.award_criteria);
    for lot in report.notice.lots.iter().chain(&report.notice.lot_groups) {
        page.lot(lot);
    }
    page.results();
    page.list(
        ("Te completeren", "To complete"),
        report.to_complete.iter().map(|open| {
            let said = if language == LanguageCode::Nl { open.code.dutch() } else { open.code.english() };
            format!("{} {}: {said}", open.lot.as_deref().unwrap_or_default(), open.pointer)
        }),
    );
    for (reason, title) in [
        (NotTakenReason::DoesNotFit, ("Niet overgenomen: past niet", "Not taken over: does not fit")),
        (
            NotTakenReason::KeptInImport,
            ("Niet in het concept, wel in de import", "Not in the draft, kept in the import"),
        ),
        (NotTakenReason::NoPlace, ("Niet overgenomen: geen plaats", "Not taken over: no place")),
        (
            NotTakenReason::PersonalData,
            ("Niet overgenomen: persoonsgegeven", "Not taken over: personal data"),
        ),
    ] {
        page.list(title, report.not_taken_over.iter().filter(|left| left.reason == reason).map(shown));
    }
    page.text.push('\n');
    page.text
}

fn shown(left: &NotTaken) -> String {
    let value = left.value.as_deref().unwrap_or("…");
    let mut short: String = value.chars().take(SHOWN).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    format!("{}: {}", left.place, short.split_whitespace().collect::<Vec<_>>().join(" "))
}

struct Page<'a> {
    text: String,
    notice: &'a Notice,
    language: LanguageCode,
}

impl Page<'_> {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to memory cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    fn word(&self, (dutch, english): (&'static str, &'static str)) -> &'static str {
        if self.language == LanguageCode::Nl { dutch } else { english }
    }

    fn said(&self, texts: &Texts) -> String {
        texts.in_language(self.notice.language.as_deref()).unwrap_or("?").to_owned()
    }

    fn head(&mut self, file: &str) {
        let notice = self.notice;
        let subtype = notice.subtype.as_deref().unwrap_or("?");
        let kind = notice.notice_type.as_deref().unwrap_or("?");
        self.line(format_args!("{file}: {} ({kind}, {subtype})", self.said(&notice.subject.title)));
        let buyers = notice.buyer_names().join(", ");
        let (buyer, codes) =
            (self.word(("Aanbestedende dienst", "Buyer")), notice.subject.cpv_codes.join(", "));
        self.line(format_args!("  {buyer}: {buyers}"));
        self.line(format_args!("  CPV: {codes}"));
        let id = notice.notice_id.as_deref().unwrap_or("?");
        let version = notice.version.as_deref().unwrap_or("?");
        let procedure = notice.procedure_id.as_deref().unwrap_or("?");
        let words = (self.word(("Aankondiging", "Notice")), self.word(("Procedure", "Procedure")));
        self.line(format_args!("  {}: {id}, {version}; {}: {procedure}", words.0, words.1));
        if let Some(change) = &notice.change {
            let changed = change.changed_notice.as_deref().unwrap_or("?");
            self.line(format_args!("  {}: {changed}", self.word(("Wijzigt", "Changes"))));
        }
    }

    fn lot(&mut self, lot: &LotNotice) {
        let id = lot.id.as_deref().unwrap_or("?");
        let deadline = lot.dates.bids_until.map(|at| format!(", {} {at}", self.word(("tot", "until"))));
        let title = self.said(&lot.subject.title);
        self.line(format_args!("  {id}: {title}{}", deadline.unwrap_or_default()));
        let reserved = lot.participation.reserved.iter().filter(|code| *code != "none");
        let social = lot.subject.social_objectives.iter();
        let codes: Vec<_> = reserved.chain(social).map(String::as_str).collect();
        if !codes.is_empty() {
            let word = self.word(("Voorbehouden, sociale doelen", "Reserved, social objectives"));
            self.line(format_args!("    {word}: {}", codes.join(", ")));
        }
        self.criteria("  ", &lot.award_criteria);
    }

    fn criteria(&mut self, indent: &str, of: &AwardCriteria) {
        for criterion in &of.criteria {
            self.criterion(indent, criterion);
        }
        if !of.formula.is_empty() {
            let (word, formula) = (self.word(("Formule", "Formula")), self.said(&of.formula));
            self.line(format_args!("{indent}  {word}: {formula}"));
        }
    }

    fn criterion(&mut self, indent: &str, criterion: &CriterionNotice) {
        let kind = criterion.kind.as_deref().unwrap_or("?");
        let name =
            self.said(if criterion.name.is_empty() { &criterion.description } else { &criterion.name });
        let numbers: Vec<_> = criterion.numbers.iter().map(|number| self.number(number)).collect();
        self.line(format_args!("{indent}  - {kind}: {name} [{}]", numbers.join("; ")));
        for below in &criterion.criteria {
            self.criterion(&format!("{indent}  "), below);
        }
    }

    fn number(&self, number: &CriterionNumber) -> String {
        let kind = self.word(match number.kind {
            NumberKind::Weight => ("gewicht", "weight"),
            NumberKind::Fixed => ("vast", "fixed"),
            NumberKind::Threshold => ("drempel", "threshold"),
            NumberKind::Unknown => ("onbekend getal", "unknown number"),
        });
        let value = number.value.map_or_else(|| "?".to_owned(), |value| value.0.to_string());
        format!("{kind} {value} {}", number.code.as_deref().unwrap_or("?"))
    }

    fn results(&mut self) {
        let Some(results) = &self.notice.results else { return };
        for lot in &results.lots {
            let status = lot.status.as_deref().unwrap_or("?");
            let counts: Vec<_> = lot
                .statistics
                .iter()
                .map(|count| format!("{} {}", count.code.as_deref().unwrap_or("?"), count.count))
                .collect();
            let word = self.word(("Uitslag", "Result"));
            self.line(format_args!("  {word} {}: {status} ({})", lot.lot_ids.join(", "), counts.join(", ")));
        }
        for tender in &results.tenders {
            let value = tender.value.as_ref().map_or_else(
                || "?".to_owned(),
                |amount| format!("{} {}", amount.value.0, amount.currency.as_deref().unwrap_or_default()),
            );
            let winner = tender.tenderer_id.as_deref().unwrap_or_default();
            let names: Vec<_> = results
                .tenderers
                .iter()
                .filter(|tenderer| tenderer.id.as_deref() == Some(winner))
                .flat_map(|tenderer| &tenderer.organisation_ids)
                .filter_map(|id| self.notice.organisation(id))
                .map(|organisation| self.said(&organisation.name))
                .collect();
            let rank = tender.rank.as_deref().unwrap_or("?");
            let word = self.word(("Inschrijving", "Bid"));
            self.line(format_args!("  {word} {}: {value}, {rank}", names.join(" + ")));
        }
    }

    fn list(&mut self, title: (&'static str, &'static str), items: impl Iterator<Item = String>) {
        let items: Vec<_> = items.collect();
        if items.is_empty() {
            return;
        }
        self.line(format_args!("  {} ({}):", self.word(title), items.len()));
        for item in items {
            self.line(format_args!("    - {}", item.trim()));
        }
    }
}
