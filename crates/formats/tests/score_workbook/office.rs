//! LibreOffice without a screen: it reads workbooks, calculates every formula anew and writes what comes out.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook, open_workbook_from_rs};

/// Calculates every formula of a workbook that it opens, whatever results stand in it.
const ALWAYS_CALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// A LibreOffice with settings of its own.
pub struct Office {
    folder: tempfile::TempDir,
}

/// A line of the first sheet after everything was calculated.
#[derive(Clone, Debug)]
pub struct Line {
    pub rank: Option<usize>,
    pub total: Option<f64>,
    pub is_equal: bool,
}

/// What came out of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Recalculated {
    /// The bids, lot after lot.
    pub lines: Vec<Line>,
    /// What stands as a value where no formula came to it.
    pub notes: Vec<String>,
    /// The cells that hold an error.
    pub faults: Vec<String>,
}

impl Office {
    /// LibreOffice, where it is there; without it a test is skipped, and fails where tests must be complete.
    pub fn find() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        if Command::new("soffice").arg("--version").output().is_ok_and(|output| output.status.success()) {
            let user = folder.path().join("settings/user");
            fs::create_dir_all(&user).unwrap();
            fs::write(user.join("registrymodifications.xcu"), ALWAYS_CALCULATE).unwrap();
            return Some(Office { folder });
        }
        #[expect(clippy::disallowed_methods, reason = "whether this runs where tests must be complete")]
        let is_ci = std::env::var_os("CI").is_some();
        assert!(!is_ci, "soffice is not there (package libreoffice-calc)");
        println!("SKIPPED: soffice is not there (package libreoffice-calc)");
        None
    }

    /// What each workbook comes to. The results that were written into it are taken out first, so that what is read
    /// afterwards can only have been calculated.
    pub fn recalculate(&self, workbooks: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Recalculated> {
        let (before, after) = (self.folder.path().join("before"), self.folder.path().join("after"));
        fs::create_dir_all(&before).unwrap();
        let mut paths: Vec<PathBuf> = Vec::new();
        for (name, content) in &workbooks {
            let path = before.join(format!("{name}.xlsx"));
            fs::write(&path, without_results(content)).unwrap();
            paths.push(path);
        }
        let settings =
            format!("-env:UserInstallation=file://{}", self.folder.path().join("settings").display());
        for paths in paths.chunks(40) {
            let output = Command::new("soffice")
                .args([settings.as_str(), "--headless", "--convert-to", "xlsx", "--outdir"])
                .arg(&after)
                .args(paths)
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        workbooks.into_keys().map(|name| (name.clone(), read(&after.join(format!("{name}.xlsx"))))).collect()
    }
}

/// The workbook with a zero as the result of each formula.
fn without_results(content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(content)).unwrap();
    let mut stripped = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let mut pieces = text.split("</f><v>");
        let mut written = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (_, rest) = piece.split_once("</v>").unwrap();
            written.push_str("</f><v>0</v>");
            written.push_str(rest);
        }
        let options = zip::write::SimpleFileOptions::default();
        stripped.start_file(part.name().unwrap().into_owned(), options).unwrap();
        stripped.write_all(written.as_bytes()).unwrap();
    }
    stripped.finish().unwrap().into_inner()
}

fn read(path: &Path) -> Recalculated {
    let workbook: Xlsx<_> = open_workbook(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    found_in(workbook)
}

/// What stands in a workbook as it was written, before a spreadsheet calculates it.
pub fn as_written(content: Vec<u8>) -> Recalculated {
    found_in(open_workbook_from_rs(Cursor::new(content)).unwrap())
}

fn found_in<R: Read + Seek>(mut workbook: Xlsx<R>) -> Recalculated {
    let mut found = Recalculated::default();
    for (number, name) in workbook.sheet_names().into_iter().enumerate() {
        let range = workbook.worksheet_range(&name).unwrap();
        let start = range.start().unwrap_or_default();
        for (row, column, value) in range.cells() {
            if let Data::Error(error) = value {
                found.faults.push(format!("{name} row {} column {}: {error}", row + 1, column + 1));
            }
        }
        if number == 0 {
            assert_eq!(start, (0, 0), "{name}");
            lines(&range, &mut found);
        }
    }
    found
}

fn lines(range: &calamine::Range<Data>, found: &mut Recalculated) {
    let mut has_notes = false;
    for row in range.rows() {
        let text = |column: usize| row.get(column).map(ToString::to_string).unwrap_or_default();
        match text(5).as_str() {
            "gelijk" | "wijkt af" | "equal" | "differs" => found.lines.push(Line {
                rank: text(0).parse().ok(),
                total: text(2).parse().ok(),
                is_equal: ["gelijk", "equal"].contains(&text(5).as_str()),
            }),
            _ if has_notes => found.notes.push(text(1)),
            _ => {
                let heading = text(0);
                has_notes =
                    heading.starts_with("Met een gele achtergrond") || heading.starts_with("On a yellow");
            }
        }
    }
}
