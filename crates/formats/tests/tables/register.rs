//! The list of the register of certificates as CSV.

use trede_formats::register_list::{ListRow, read_list};
use trede_rules::pso::LadderVersion;

fn rows(list: &str) -> Vec<ListRow> {
    let mut rows = Vec::new();
    read_list(list.as_bytes(), &LadderVersion::published(), &mut |row| {
        rows.push(row);
        Ok::<_, ()>(())
    })
    .unwrap();
    rows
}

#[test]
fn a_fault_stands_on_the_line_that_an_editor_shows_whatever_ends_lines() {
    let mut list =
        "certificaatnummer;kvk-nummers;trede;certificerende instelling;geldig vanaf;geldig tot\n".to_owned();
    for (number, level) in [("C-1", "Trede 1"), ("C-2", "Trede 1"), ("C-3", "Trede 12"), ("C-4", "Trede 1")] {
        list.push_str(&format!("{number};69599068;{level};Keurders;15-01-2026;14-01-2028\n"));
    }
    let blank = list.replacen("C-3", "\nC-3", 1);
    for (list, line) in [(list, 4), (blank, 5)] {
        for list in [list.clone(), list.replace('\n', "\r\n"), format!("\u{feff}{list}")] {
            let found = rows(&list);
            let wrong: Vec<u64> =
                found.iter().filter(|row| row.said.is_err()).map(|row| row.number).collect();
            assert_eq!((found.len(), wrong), (4, vec![line]), "{list:?}");
        }
    }
}
