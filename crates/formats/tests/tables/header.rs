//! The names of columns: in both languages, in any order, and told where they are not found.

use trede_formats::tables::{ImportTable, SourceFormat};

use crate::reading::{csv, refused, sheet_of};

const DAY: &str = "01-03-2027";

#[test]
fn dutch_and_english_names_and_words_are_the_same() {
    let english = csv(sheet_of(&[("1000", "5", DAY)]));
    let dutch = csv(
        "Kenmerk;Titel;KvK-nummer opdrachtnemer;Soort;Opdrachtsom;Aangeboden percentage;Ingangsdatum;Einddatum\n\
                     R-1;Parkbeheer;69599068;Werken;1000;5;1-3-2027;31-12-2029\n",
    );
    assert_eq!(english.rows[0].terms, dutch.rows[0].terms);
    let table = csv(sheet_of(&[("1000", "5", DAY)]).replace(";works;", ";klussen;"));
    assert_eq!(table.detail(2), "«klussen» is geen van diensten, werken, leveringen");
}

#[test]
fn no_name_stands_for_two_columns() {
    for table in ImportTable::ALL {
        let layout = table.layout();
        let columns = layout.columns.iter().chain(layout.exported);
        for column in columns {
            for name in column.dutch.iter().chain([&column.name]) {
                assert_eq!(layout.called(name), Some(column), "{table}: {name}");
            }
        }
    }
}

#[test]
fn a_column_that_is_not_read_is_told_and_hinders_nothing() {
    let text = sheet_of(&[("1000", "5", DAY)]).replacen(";title;", ";title;Opmerking;", 1);
    let table = csv(text.replace(";Parkbeheer;", ";Parkbeheer;let op;"));
    assert_eq!((table.rows.len(), table.errors.len()), (1, 0));
    let told: Vec<_> =
        table.remarks.iter().map(|it| (it.column.as_str(), it.cell.as_str(), it.code)).collect();
    assert_eq!(told, [("Opmerking", "C1", "column-unknown")]);
}

#[test]
fn a_title_above_the_names_is_told_once_with_the_row_that_has_them() {
    let table = sheet_of(&[("1000", "5", DAY)]);
    for (above, row, names) in [
        (";;;;;;;\r\nContracten 2027;;;;;;;\r\n", 2, 3),
        ("Contracten 2027\r\n\r\n", 1, 3),
        ("Overzicht;van;2027\r\n", 1, 2),
    ] {
        let (codes, told) = refused(format!("{above}{table}").as_bytes(), SourceFormat::Csv);
        assert_eq!(codes, ["header-not-found"]);
        assert!(
            told.contains(&format!("staan in regel {names};")) && told.contains(&format!("(regel {row}:")),
            "{told}"
        );
    }
    let (codes, told) = refused(b"naam;bedrag\nx;1\n", SourceFormat::Csv);
    assert_eq!(codes, ["header-not-found"]);
    assert!(told.contains("«naam»") && told.contains("opdrachtsom"), "{told}");
    assert_eq!(refused(b"", SourceFormat::Csv).0, ["table-empty"]);
    assert_eq!(refused(b"\xEF\xBB\xBF\r\n;;\r\n", SourceFormat::Csv).0, ["table-empty"]);
}

#[test]
fn what_is_missing_or_twice_is_told_with_both_names() {
    let (codes, _) = refused(b"kenmerk;titel;title\nx;y;z\n", SourceFormat::Csv);
    assert_eq!(codes[0], "column-twice");
    assert!(codes[1..].iter().all(|code| *code == "column-missing") && codes.len() == 6, "{codes:?}");
    let (_, told) = refused(
        b"kenmerk;titel;kvk;soort;ingangsdatum;einddatum;kvk-nummer opdrachtnemer\nx\n",
        SourceFormat::Csv,
    );
    assert_eq!(told, "de tabel heeft een kolom opdrachtsom (contractSum) nodig");
}
