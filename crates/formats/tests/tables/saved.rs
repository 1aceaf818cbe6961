//! A table that LibreOffice saved in Dutch: in every form the same.

use trede_formats::tables::SourceFormat;

use crate::reading::{DUTCH, contracts};

macro_rules! saved {
    ($name:literal) => {
        include_bytes!(concat!("../../../../tests/data/tables/", $name)).as_slice()
    };
}

#[test]
fn a_table_saved_by_libreoffice_in_dutch_reads_right_in_every_form() {
    for (name, content, format) in [
        ("utf8.csv", saved!("saved-utf8.csv"), SourceFormat::Csv),
        ("windows-1252.csv", saved!("saved-windows-1252.csv"), SourceFormat::Csv),
        ("utf16-tabs.csv", saved!("saved-utf16-tabs.csv"), SourceFormat::Csv),
        ("xlsx", saved!("saved.xlsx"), SourceFormat::Xlsx),
        ("ods", saved!("saved.ods"), SourceFormat::Ods),
    ] {
        let table = contracts(content, format, DUTCH).unwrap();
        assert_eq!((table.errors.as_slice(), table.remarks.as_slice()), (&[][..], &[][..]), "{name}");
        let terms: Vec<_> = table.rows.iter().map(|row| &row.terms).collect();
        let titles: Vec<_> = terms.iter().map(|terms| terms.title.as_deref().unwrap()).collect();
        assert_eq!(titles, ["Reïntegratie – café", "Buis 12\" lang; met 'haakjes'"], "{name}");
        let cents: Vec<i64> = terms.iter().map(|terms| terms.contract_sum.cents).collect();
        assert_eq!(cents, [25_000_000, 123_456_789], "{name}");
        let percents = terms.iter().map(|terms| terms.offered_percent.unwrap().0.normalize().to_string());
        assert_eq!(percents.collect::<Vec<_>>(), ["5", "2.5"], "{name}");
        for terms in terms {
            let days =
                [terms.assigned_on.unwrap(), terms.starts_on, terms.ends_on].map(|day| day.to_string());
            assert_eq!(days, ["2027-01-15", "2027-02-01", "2028-12-31"], "{name}");
            assert_eq!(terms.coordinator.as_deref(), Some("Zoë"), "{name}");
        }
    }
}
