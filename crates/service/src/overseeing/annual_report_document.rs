//! The annual report as a document, in Dutch or in English.

use std::collections::BTreeMap;
use std::fmt::{Result as Written, Write};

use chrono::NaiveDate;

use crate::overseeing::annual_report_words::In;
use crate::overseeing::annual_reports::{AnnualReport, Line, Tally};
use trede_base::ids::KvkNumber;
use trede_formats::markdown::plain;
use trede_rules::explaining::Language;

/// What a report tells of.
pub(super) struct Told<'a> {
    pub(super) report: &'a AnnualReport,
    /// The name of the municipality.
    pub(super) municipality: &'a str,
    /// The names of contractors, where they are known.
    pub(super) contractors: &'a BTreeMap<KvkNumber, String>,
    /// The day on which it was asked for.
    pub(super) on: NaiveDate,
}

/// What a report is called.
pub(super) fn title(told: &Told<'_>, language: Language) -> String {
    let name = In(language).word("Jaarverslag social return", "Annual report on social return");
    format!("{name} {}: {}", told.report.year, told.municipality)
}

/// The report as Markdown.
pub(super) fn markdown(told: &Told<'_>, language: Language) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, told, language);
    text
}

fn write(text: &mut String, told: &Told<'_>, language: Language) -> Written {
    let own = In(language);
    writeln!(text, "# {}\n", plain(&title(told, language)))?;
    writeln!(text, "{} {}.\n", own.word("Stand op", "As on"), own.day(told.on))?;
    facts(text, told.report, own)?;
    people(text, told.report, own)?;
    blocks(text, told.report, own)?;
    parts(text, told, own)?;
    let months = told.report.months.iter().map(|month| {
        vec![own.month(month.month), own.euros(month.approved_cents), own.euros(month.cumulated_cents)]
    });
    let head =
        [own.word("Maand", "Month"), own.word("Goedgekeurd", "Approved"), own.word("Samen", "Together")];
    table(text, own.word("Maanden", "Months"), &head, months.collect())
}

fn facts(text: &mut String, report: &AnnualReport, own: In) -> Written {
    let total = report.total;
    writeln!(text, "| | |\n|---|---:|")?;
    for (dutch, english, value) in [
        ("Opdrachten", "Contracts", own.count(report.contracts)),
        ("Mensen", "People", own.count(report.people)),
        ("Uren", "Hours", own.hundredths(report.hours_hundredths)),
        ("Opgave", "Owed", own.euros(total.owed_cents)),
        ("Verricht", "Done", own.euros(total.done_cents)),
        ("Gerealiseerd, na maxima", "Realised, after maxima", own.euros(total.realised_cents)),
        (
            "Buiten het maximum",
            "Beyond the maxima",
            own.euros(total.done_cents.saturating_sub(total.realised_cents)),
        ),
        ("Goedgekeurd in het jaar", "Approved in the year", own.euros(total.approved_cents)),
    ] {
        writeln!(text, "| {} | {value} |", own.word(dutch, english))?;
    }
    for (gender, people) in &report.genders {
        let of_whom = own.word("Van wie", "Of whom");
        writeln!(text, "| {of_whom} {} | {} |", own.gender(*gender), own.count(*people))?;
    }
    for (months, followed) in &report.durability {
        let at_work = own.word("Nog aan het werk na", "Still at work after");
        let (unit, of) = (own.word("maanden", "months"), own.word("van", "of"));
        let (at, all) = (own.count(followed.at_work), own.count(followed.people));
        writeln!(text, "| {at_work} {months} {unit} | {at} {of} {all} |")?;
    }
    Ok(())
}

fn people(text: &mut String, report: &AnnualReport, own: In) -> Written {
    let head = |first| {
        [
            first,
            own.word("Mensen", "People"),
            own.word("Uren", "Hours"),
            own.word("Verricht", "Done"),
            own.word("Goedgekeurd", "Approved"),
        ]
    };
    let row = |name: String, line: &Line| {
        let hours = own.hundredths(line.hours_hundredths);
        let (done, approved) = (own.euros(line.done_cents), own.euros(line.approved_cents));
        vec![name, own.count(line.people), hours, done, approved]
    };
    let groups = report.target_groups.iter().map(|(group, line)| row(own.group(*group).to_owned(), line));
    let heading = own.word("Doelgroepen", "Target groups");
    table(text, heading, &head(own.word("Doelgroep", "Target group")), groups.collect())?;
    let districts = report.districts.iter().map(|(name, line)| row(named(name, own), line));
    let heading = own.word("Wijken", "Districts");
    table(text, heading, &head(own.word("Wijk", "District")), districts.collect())
}

fn blocks(text: &mut String, report: &AnnualReport, own: In) -> Written {
    let head = [
        own.word("Bouwblok", "Building block"),
        own.word("Mensen", "People"),
        own.word("Verricht", "Done"),
        own.word("Goedgekeurd", "Approved"),
    ];
    let rows = report.blocks.iter().map(|(code, line)| {
        let name = report.names_of_blocks.get(code).unwrap_or(code);
        let people = report.groups.get(code).map_or_else(|| "–".to_owned(), |line| own.count(line.people));
        vec![plain(name), people, own.euros(line.done_cents), own.euros(line.approved_cents)]
    });
    table(text, own.word("Bouwblokken", "Building blocks"), &head, rows.collect())
}

fn parts(text: &mut String, told: &Told<'_>, own: In) -> Written {
    let head = |first| {
        [
            first,
            own.word("Opgave", "Owed"),
            own.word("Gerealiseerd", "Realised"),
            own.word("Buiten het maximum", "Beyond the maxima"),
            own.word("Goedgekeurd", "Approved"),
        ]
    };
    let row = |name: String, tally: &Tally| {
        let beyond = tally.done_cents.saturating_sub(tally.realised_cents);
        let amounts = [tally.owed_cents, tally.realised_cents, beyond, tally.approved_cents];
        std::iter::once(name).chain(amounts.map(|cents| own.euros(cents))).collect()
    };
    let sectors = told.report.sectors.iter().map(|(division, tally)| {
        let name = if division.is_empty() { named("", own) } else { format!("CPV {division}") };
        row(name, tally)
    });
    let heading = own.word("Sectoren", "Sectors");
    table(text, heading, &head(own.word("Sector", "Sector")), sectors.collect())?;
    let contractors = told.report.contractors.iter().map(|(kvk, tally)| {
        let name = told.contractors.get(kvk);
        row(name.map_or_else(|| format!("KvK {kvk}"), |name| format!("{} (KvK {kvk})", plain(name))), tally)
    });
    let heading = own.word("Opdrachtnemers", "Contractors");
    table(text, heading, &head(own.word("Opdrachtnemer", "Contractor")), contractors.collect())
}

fn named(name: &str, own: In) -> String {
    if name.is_empty() { own.word("Niet vermeld", "Not told").to_owned() } else { plain(name) }
}

/// A table below its heading, with amounts to the right; nothing where there are no rows.
fn table(text: &mut String, heading: &str, head: &[&str], rows: Vec<Vec<String>>) -> Written {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n## {heading}\n\n| {} |", head.join(" | "))?;
    writeln!(text, "|---|{}", "---:|".repeat(head.len().saturating_sub(1)))?;
    rows.into_iter().try_for_each(|row| writeln!(text, "| {} |", row.join(" | ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overseeing::contributors::Contributors;
    use crate::overseeing::monitoring::MonthPoint;
    use trede_base::national_group::NationalGroup;

    fn report() -> AnnualReport {
        let line = Line {
            done_cents: 1_777_778,
            approved_cents: 1_777_778,
            people: 1,
            hours_hundredths: 83_314,
            ..Line::default()
        };
        let tally = Tally {
            owed_cents: 5_000_000,
            done_cents: 1_777_778,
            realised_cents: 1_500_000,
            approved_cents: 1_777_778,
        };
        AnnualReport {
            year: 2026,
            total: tally,
            contracts: 2,
            people: 1,
            hours_hundredths: 83_314,
            genders: BTreeMap::new(),
            durability: BTreeMap::new(),
            districts: BTreeMap::from([(String::new(), line.clone())]),
            groups: BTreeMap::from([("pw".to_owned(), line.clone())]),
            target_groups: BTreeMap::from([(Some(NationalGroup::PermitHolders), line.clone())]),
            blocks: BTreeMap::from([("pw".to_owned(), line)]),
            names_of_blocks: BTreeMap::from([("pw".to_owned(), "Plaatsing".to_owned())]),
            sectors: BTreeMap::from([("77".to_owned(), tally)]),
            contractors: BTreeMap::from([("69599068".parse().unwrap(), tally)]),
            contributors: Contributors::default(),
            months: vec![MonthPoint {
                month: "2026-03-01".parse().unwrap(),
                approved_cents: 1_777_778,
                cumulated_cents: 1_777_778,
            }],
        }
    }

    fn in_language(language: Language) -> String {
        let contractors = BTreeMap::from([("69599068".parse().unwrap(), "Groen & Zo".to_owned())]);
        let on = "2027-05-05".parse().unwrap();
        let told =
            Told { report: &report(), municipality: "Gemeente Utrecht", contractors: &contractors, on };
        markdown(&told, language)
    }

    #[test]
    fn a_dutch_reader_reads_it_as_dutch() {
        let text = in_language(Language::Dutch);
        for told in [
            "# Jaarverslag social return 2026: Gemeente Utrecht",
            "Stand op 5 mei 2027.",
            "| Uren | 833,14 |",
            "| Buiten het maximum | € 2.777,78 |",
            "| Statushouders | 1 | 833,14 | € 17.777,78 | € 17.777,78 |",
            "| Niet vermeld | 1 | 833,14 | € 17.777,78 | € 17.777,78 |",
            "| Plaatsing | 1 | € 17.777,78 | € 17.777,78 |",
            "| CPV 77 | € 50.000,00 | € 15.000,00 | € 2.777,78 | € 17.777,78 |",
            "| Groen &amp; Zo (KvK 69599068) | € 50.000,00 |",
            "| maart 2026 | € 17.777,78 | € 17.777,78 |",
        ] {
            assert!(text.contains(told), "{told}: {text}");
        }
    }

    #[test]
    fn an_english_reader_reads_it_as_english() {
        let text = in_language(Language::English);
        for told in [
            "# Annual report on social return 2026: Gemeente Utrecht",
            "As on 5 May 2027.",
            "| Holders of a residence permit | 1 | 833.14 | € 17,777.78 | € 17,777.78 |",
            "| Beyond the maxima | € 2,777.78 |",
            "| March 2026 | € 17,777.78 |",
        ] {
            assert!(text.contains(told), "{told}: {text}");
        }
    }
}
