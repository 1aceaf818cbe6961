//! A notice with a hundred lots: time and memory.

use std::time::{Duration, Instant};

use crate::formats::samples::{HEAD, awarding, criterion, lot, notice, read};
use crate::formats::scan::nothing_is_lost;

/// About as large as the largest that are published: a hundred lots in three languages, 1.8 MB.
fn hundred_lots() -> String {
    let description: String = ["NLD", "FRA", "DEU"]
        .iter()
        .map(|language| {
            format!(
                "<cbc:Description languageID=\"{language}\">{}</cbc:Description>",
                "Onderhoud van het openbaar groen. ".repeat(150)
            )
        })
        .collect();
    let lots: String = (1..=100)
        .map(|number| {
            let criteria = criterion("price", &[("number-weight", "per-exa", "40")])
                + &criterion("quality", &[("number-weight", "per-exa", "35")])
                + &criterion("quality", &[("number-weight", "per-exa", "25")]);
            lot(&format!("LOT-{number:04}"), "Lot", &awarding(&criteria))
                .replace("</cac:ProcurementProject>", &format!("{description}</cac:ProcurementProject>"))
        })
        .collect();
    notice(&format!("{HEAD}{lots}"))
}

#[test]
fn a_hundred_lots_import_well_under_a_second() {
    let xml = hundred_lots();
    assert!(xml.len() > 1_700_000, "{}", xml.len());
    let started = Instant::now();
    let report = read(xml.as_bytes()).unwrap();
    let took = started.elapsed();
    eprintln!("{} bytes, {} lots: {took:?}", xml.len(), report.notice.lots.len());
    assert!(took < Duration::from_secs(1), "{took:?}");
    nothing_is_lost("hundred lots", &xml, &report);
    let weights = report.notice.all_criteria().flat_map(|criterion| &criterion.numbers);
    let total: i64 = weights.map(|number| i64::try_from(number.value.unwrap().0.mantissa()).unwrap()).sum();
    assert_eq!(total, 100 * 100);
}

#[test]
fn what_is_kept_of_a_notice_is_no_larger_than_the_notice() {
    let xml = hundred_lots();
    let kept = serde_json::to_vec(&read(xml.as_bytes()).unwrap()).unwrap();
    assert!(kept.len() < xml.len() + xml.len() / 4, "{} of {}", kept.len(), xml.len());
}
