//! Numbers are never silently another, and days never guessed.

use proptest::prelude::*;
use rust_decimal::Decimal;
use trede_formats::tables::{Notation, SourceFormat};

use crate::reading::{DUTCH, contracts, csv, entries, said, sheet_of};

const DAY: &str = "01-03-2027";

fn sums(text: &[&str]) -> String {
    sheet_of(&text.iter().map(|sum| (*sum, "", DAY)).collect::<Vec<_>>())
}

#[test]
fn thousands_with_points_are_refused_with_both_readings() {
    let table = csv(sums(&["250.000", "1.500", "12000"]));
    assert_eq!(
        table.faults(),
        [(2, "contractSum", "number-ambiguous"), (3, "contractSum", "number-ambiguous")]
    );
    assert_eq!(table.errors[0].cell, "E2");
    assert_eq!(
        table.detail(2),
        "«250.000» kan 250.000 zijn en 250; schrijf 250000 of 250, of verstuur de tabel met locale=nl of locale=en"
    );
    assert_eq!(table.rows.len(), 1);
}

#[test]
fn another_cell_of_the_file_decides() {
    let table = csv(sums(&["250.000", "1.250.000,00", "1.250.000", "250.000,00"]));
    let cents: Vec<i64> = table.rows.iter().map(|row| row.terms.contract_sum.cents).collect();
    assert_eq!(cents, [25_000_000, 125_000_000, 125_000_000, 25_000_000]);
    // A percentage decides as well as an amount does.
    let table = csv(sheet_of(&[("250.000", "2,5", DAY)]));
    assert_eq!(table.rows[0].terms.contract_sum.cents, 25_000_000);
    // A file that contradicts itself decides nothing.
    let table = csv(sums(&["250.000", "1.250,50", "12.5"]));
    assert_eq!(table.faults(), [(2, "contractSum", "number-ambiguous")]);
}

#[test]
fn the_caller_decides() {
    let text = sums(&["250.000", "1.500"]);
    let cents = |locale| -> Vec<i64> {
        let table = contracts(text.as_bytes(), SourceFormat::Csv, said(locale)).unwrap();
        table.rows.iter().map(|row| row.terms.contract_sum.cents).collect()
    };
    assert_eq!(cents(Notation::Dutch), [25_000_000, 150_000]);
    assert_eq!(cents(Notation::English), [25_000, 150]);
    let table = contracts(sums(&["12.5"]).as_bytes(), SourceFormat::Csv, said(Notation::Dutch)).unwrap();
    assert!(table.detail(2).contains("locale=nl"), "{table:?}");
    let table =
        contracts(sums(&["1,250,000.5"]).as_bytes(), SourceFormat::Csv, said(Notation::English)).unwrap();
    assert_eq!(table.rows[0].terms.contract_sum.cents, 125_000_050);
}

#[test]
fn odd_numbers_are_refused_as_they_were_written() {
    let odd =
        ["'250000", "250000-", "2,5E+05", "250000,-", ",50", "0250000", "250,000.5", "1 000", "250000 euro"];
    let table = csv(sums(&odd));
    assert!(table.rows.is_empty());
    for (row, text) in (2..).zip(odd) {
        assert!(table.detail(row).starts_with(&format!("«{text}»")), "{text}: {}", table.detail(row));
    }
    let table = csv(sums(&["12,345", "12,34", "-1"]));
    assert_eq!(table.faults(), [(2, "contractSum", "cell-malformed"), (4, "contractSum", "cell-malformed")]);
}

#[test]
fn amounts_and_percentages_are_read_as_a_spreadsheet_shows_them() {
    let table = csv(sheet_of(&[("€ 250.000,00", "5%", DAY), ("€1250,5", "5,00 %", DAY), ("10%", "", DAY)]));
    let read: Vec<_> = table
        .rows
        .iter()
        .map(|row| (row.terms.contract_sum.cents, row.terms.offered_percent.unwrap().0.normalize()))
        .collect();
    assert_eq!(read, [(25_000_000, Decimal::from(5)), (125_050, Decimal::from(5))]);
    assert_eq!(table.detail(4), "«10%» is een percentage, en in deze kolom staat geen percentage");
}

#[test]
fn days_are_read_in_every_dutch_form_and_told_where_they_could_be_others() {
    let days = [
        "01-03-2027",
        "1-3-2027",
        "01.03.2027",
        "2027-03-01",
        "2027/03/01",
        "20270301",
        "2027-03-01T00:00:00",
        "1 maart 2027",
        "01-03-27",
        "1/3/2027",
        "2027-03-01 08:30",
        "29-02-2027",
    ];
    let table = csv(sheet_of(&days.map(|day| ("1000", "", day))));
    assert_eq!(table.rows.len(), 8);
    assert!(table.rows.iter().all(|row| row.terms.starts_on.to_string() == "2027-03-01"));
    assert_eq!(
        table.detail(10),
        "«01-03-27» heeft een jaartal van twee cijfers; schrijf er vier, zoals 31-01-2026, of verstuur de tabel met locale=nl"
    );
    assert_eq!(
        table.detail(11),
        "«1/3/2027» kan 01-03-2027 zijn en 03-01-2027; schrijf hem als 31-01-2026, of verstuur de tabel met locale=nl"
    );
    assert!(table.detail(12).contains("tijdstip"));
    assert!(table.detail(13).contains("is geen dag"));
    // Where the file writes numbers as Dutch spreadsheets do, it writes days so too.
    let table = csv(sheet_of(&[("1000,00", "", "01-03-27"), ("1000", "", "1/3/2027")]));
    assert!(
        table.errors.is_empty()
            && table.rows.iter().all(|row| row.terms.starts_on.to_string() == "2027-03-01")
    );
}

/// What a text is to a reader of one country who knows no other.
fn naive(text: &str, point: char, thousands: char) -> Option<Decimal> {
    let (whole, fraction) =
        text.split_once(point).map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let groups: Vec<&str> = whole.trim_start_matches('-').split(thousands).collect();
    let grouped = groups.len() == 1
        || groups[0].len() <= 3
            && !groups[0].starts_with('0')
            && groups[1..].iter().all(|group| group.len() == 3);
    if !grouped || groups.concat().is_empty() || fraction == Some("") {
        return None;
    }
    let plain = text.replace(thousands, "").replace(point, ".");
    if fraction.is_some_and(|fraction| !fraction.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    plain.parse().ok()
}

fn quantity(text: &str, notation: Option<Notation>) -> Option<Decimal> {
    let table = format!("contractReference;externalReference;kind;block;quantity\nA;B;activity;x;{text}\n");
    let manner = notation.map_or(DUTCH, said);
    let table = entries(table.as_bytes(), SourceFormat::Csv, manner).unwrap();
    table.rows.first().map(|row| row.record.facts.quantity.unwrap().0)
}

proptest! {
    /// Alone in its file, a text is a number only where Dutch and English readers agree, or where one of them
    /// could not read it at all.
    #[test]
    fn no_number_is_silently_another(text in "-?[0-9]{1,4}([.,][0-9]{1,4}){0,3}") {
        let (dutch, english) = (naive(&text, ',', '.'), naive(&text, '.', ','));
        if let Some(read) = quantity(&text, None) {
            prop_assert!(dutch.is_none_or(|dutch| dutch == read) && english.is_none_or(|english| english == read));
            prop_assert!(dutch.is_some() || english.is_some());
        }
        for (locale, meant) in [(Notation::Dutch, dutch), (Notation::English, english)] {
            if let Some(read) = quantity(&text, Some(locale)) {
                prop_assert_eq!(Some(read), meant);
            }
        }
    }
}
