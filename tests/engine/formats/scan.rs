//! Counts what a notice holds by searching its text, without knowing XML: a second opinion.

use trede_formats::eforms::NoticeReport;

/// How often a tag opens, whatever its prefix.
fn tags(text: &str, name: &str) -> usize {
    text.split('<')
        .filter(|tag| {
            let word = tag.split([' ', '>', '/', '\t', '\n', '\r']).next().unwrap_or_default();
            word.rsplit(':').next() == Some(name)
        })
        .count()
}

/// The texts of the leaves with this name.
fn leaves<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for tag in text.split('<').filter(|tag| !tag.starts_with('/')) {
        let Some((head, value)) = tag.split_once('>') else { continue };
        let word = head.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
        if word.rsplit(':').next() == Some(name) && !value.trim().is_empty() {
            found.push(value.trim());
        }
    }
    found
}

/// Comments hold tags that are none.
fn without_comments(text: &str) -> String {
    let mut parts = text.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("-->").map_or("", |(_, rest)| rest))
}

/// Compares what a notice holds with what was taken over or listed.
pub fn nothing_is_lost(name: &str, xml: &str, report: &NoticeReport) {
    let text = without_comments(xml);
    let notice = &report.notice;
    assert_eq!(
        notice.lots.len() + notice.lot_groups.len(),
        tags(&text, "ProcurementProjectLot"),
        "{name}: lots and groups"
    );
    assert_eq!(
        notice.all_criteria().count(),
        tags(&text, "SubordinateAwardingCriterion"),
        "{name}: criteria"
    );
    let awarding = awarding_terms(&text);
    let in_notice: usize = awarding.iter().map(|part| leaves(part, "ParameterNumeric").len()).sum();
    let taken = notice.all_criteria().flat_map(|criterion| &criterion.numbers);
    let taken = taken.filter(|number| number.value.is_some()).count();
    let listed = report
        .not_taken_over
        .iter()
        .filter(|left| left.place.contains("AwardingTerms") && left.place.ends_with("/ParameterNumeric"))
        .count();
    assert_eq!(taken + listed, in_notice, "{name}: numbers of criteria");
    every_text_is_somewhere(name, &text, report);
}

fn awarding_terms(text: &str) -> Vec<String> {
    text.split("AwardingTerms>").skip(1).step_by(2).map(str::to_owned).collect()
}

/// Each text of the notice stands in the report, taken over or listed, or is withheld as personal.
fn every_text_is_somewhere(file: &str, text: &str, report: &NoticeReport) {
    let said = serde_json::to_string(report).unwrap();
    let withheld: Vec<_> = report
        .not_taken_over
        .iter()
        .filter(|left| left.value.is_none())
        .map(|left| left.place.as_str())
        .collect();
    let mut missing = Vec::new();
    for tag in text.split('<').filter(|tag| !tag.starts_with(['/', '?', '!'])) {
        let Some((head, value)) = tag.split_once('>') else { continue };
        let value = value.trim();
        let name = head.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
        let transformed = name.ends_with("Date")
            || name.ends_with("Time")
            || name.ends_with("Numeric")
            || name.ends_with("Amount")
            || name.ends_with("Indicator");
        if value.is_empty() || transformed || head.ends_with('/') {
            continue;
        }
        let plain = value
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&#x2019;", "’")
            .replace("&amp;", "&");
        let quoted = serde_json::to_string(&plain).unwrap();
        if !said.contains(quoted.trim_matches('"')) {
            missing.push((name.rsplit(':').next().unwrap().to_owned(), plain));
        }
    }
    for (leaf, said) in missing {
        let personal = withheld.iter().any(|place| place.ends_with(&format!("/{leaf}")));
        assert!(personal, "{file}: {leaf} «{said}» is nowhere");
    }
}
