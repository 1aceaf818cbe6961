//! Workbooks as spreadsheets and programs write them: what their cells show is read, or told.

use std::io::{Cursor, Write};

use trede_formats::tables::SourceFormat;
use trede_formats::tables::contracts::ContractRow;
use trede_rules::explaining::Language;

use crate::reading::{DUTCH, Table, contracts, refused};

/// A sheet: its name, its state, and its rows.
struct Sheet<'a>(&'a str, &'a str, String);

fn workbook(sheets: &[Sheet<'_>], properties: &str) -> Vec<u8> {
    let relation = |number: usize, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let mut parts = vec![(
        "_rels/.rels".to_owned(),
        format!("<Relationships>{}</Relationships>", relation(1, "officeDocument", "xl/workbook.xml")),
    )];
    let (mut names, mut relations) = (String::new(), relation(99, "styles", "styles.xml"));
    for (number, Sheet(name, state, rows)) in (1..).zip(sheets) {
        names.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"rId{number}\"/>"
        ));
        relations.push_str(&relation(number, "worksheet", &format!("worksheets/sheet{number}.xml")));
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns:r=\"r\">{properties}<sheets>{names}</sheets></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships>{relations}</Relationships>"),
    ));
    // Styles 1 to 4: a day, a percentage, a day with its time, eight digits.
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"dd\\-mm\\-yyyy\\ hh:mm\"/>\
                  <numFmt numFmtId=\"171\" formatCode=\"00000000\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
                  <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>";
    parts.push(("xl/styles.xml".to_owned(), styles.to_owned()));
    zipped(&parts)
}

fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        archive.start_file(name, stored).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn head(row: u32) -> String {
    let names = [
        "externalReference",
        "title",
        "contractorKvkNumber",
        "kind",
        "contractSum",
        "startsOn",
        "endsOn",
        "offeredPercent",
    ];
    let cells = names.iter().zip('A'..).map(|(name, letter)| text(&format!("{letter}{row}"), name));
    format!("<row r=\"{row}\">{}</row>", cells.collect::<String>())
}

/// A row whose sum, first day and share are the XML given, in the places E, F and H.
fn row(number: u32, rest: [&str; 3]) -> String {
    let [sum, starts_on, percent] = rest.map(|cell| cell.replace('~', &number.to_string()));
    format!(
        "<row r=\"{number}\">{}{}{}{}{sum}{starts_on}<c r=\"G{number}\" s=\"1\"><v>47118</v></c>{percent}</row>",
        text(&format!("A{number}"), &format!("R-{number}")),
        text(&format!("B{number}"), "Parkbeheer"),
        format_args!("<c r=\"C{number}\"><v>69599068</v></c>"),
        text(&format!("D{number}"), "works"),
    )
}

const SUM: &str = "<c r=\"E~\"><v>250000</v></c>";
const FIRST: &str = "<c r=\"F~\" s=\"1\"><v>46419</v></c>";

fn xlsx(rows: &[[&str; 3]]) -> Table<ContractRow> {
    let rows: String = (2..).zip(rows).map(|(number, rest)| row(number, *rest)).collect();
    let content = workbook(&[Sheet("Contracten", "visible", head(1) + &rows)], "");
    contracts(&content, SourceFormat::Xlsx, DUTCH).unwrap()
}

#[test]
fn numbers_days_and_percentages_are_what_their_cells_show() {
    let table = xlsx(&[
        [SUM, FIRST, "<c r=\"H~\" s=\"2\"><v>0.05</v></c>"],
        [
            "<c r=\"E~\"><v>1234.5600000000002</v></c>",
            FIRST,
            "<c r=\"H~\" s=\"2\"><v>7.0000000000000007E-2</v></c>",
        ],
        ["<c r=\"E~\"><f>0.1+0.2</f><v>0.30000000000000004</v></c>", FIRST, "<c r=\"H~\"><v>5</v></c>"],
        ["<c r=\"E~\"><v>2.5E5</v></c>", "<c r=\"F~\" t=\"d\"><v>2027-02-01</v></c>", ""],
        ["<c r=\"E~\"><v>57.699999999999996</v></c>", FIRST, ""],
    ]);
    assert_eq!(table.errors, []);
    let cents: Vec<i64> = table.rows.iter().map(|row| row.terms.contract_sum.cents).collect();
    assert_eq!(cents, [25_000_000, 123_456, 30, 25_000_000, 5_770]);
    assert!(table.rows.iter().all(|row| row.terms.starts_on.to_string() == "2027-02-01"));
    let percents: Vec<String> = table
        .rows
        .iter()
        .filter_map(|row| row.terms.offered_percent)
        .map(|it| it.0.normalize().to_string())
        .collect();
    assert_eq!(percents, ["5", "7", "5"]);
}

#[test]
fn what_a_cell_does_not_hold_is_told_and_the_other_rows_are_taken() {
    let table = xlsx(&[
        ["<c r=\"E~\"><f>200000+50000</f><v></v></c>", FIRST, ""],
        ["<c r=\"E~\" t=\"e\"><f>A1#</f><v>#SPILL!</v></c>", FIRST, ""],
        [SUM, "<c r=\"F~\" s=\"3\"><v>46419.99998842592</v></c>", ""],
        [SUM, "<c r=\"F~\"><v>46419</v></c>", ""],
        ["<c r=\"E~\" s=\"2\"><v>0.05</v></c>", FIRST, ""],
        [SUM, FIRST, "<c r=\"J~\"><v>3</v></c>"],
        ["<c r=\"E~\" t=\"b\"><v>1</v></c>", FIRST, ""],
        ["<c r=\"E~\" t=\"str\"><f>T(1)</f><v></v></c>", FIRST, ""],
        [SUM, FIRST, ""],
    ]);
    assert_eq!(table.rows.len(), 1);
    assert!(table.detail(2).contains("laat hem rekenen"));
    assert_eq!(table.detail(3), "de cel toont de fout «#SPILL!»; herstel de formule");
    assert!(table.detail(4).starts_with("«01-02-2027 23:59:59» heeft een tijdstip"));
    assert!(table.detail(5).contains("«46419»") || table.detail(5).contains("getal 46419"));
    assert!(table.detail(6).starts_with("«5%» is een percentage"));
    assert_eq!(table.errors.iter().find(|error| error.row == 7).unwrap().cell, "J7");
    assert!(table.detail(8).contains("is geen getal"));
    assert_eq!(table.detail(9), "hier is een waarde nodig");
}

#[test]
fn a_number_of_eight_digits_keeps_the_zeros_that_are_shown() {
    let sheet = |cell: &str| {
        let rows = head(1) + &row(2, [SUM, FIRST, ""]).replace("<c r=\"C2\"><v>69599068</v></c>", cell);
        contracts(&workbook(&[Sheet("a", "visible", rows)], ""), SourceFormat::Xlsx, DUTCH).unwrap()
    };
    let padded = sheet("<c r=\"C2\" s=\"4\"><v>1234567</v></c>");
    assert_eq!(padded.rows[0].terms.contractor_kvk_number.unwrap().to_string(), "01234567");
    assert!(sheet("<c r=\"C2\"><v>1234567</v></c>").detail(2).contains("een nul vooraan"));
    assert!(sheet("<c r=\"C2\" s=\"1\"><v>46419</v></c>").detail(2).contains("rekenblad"));
}

#[test]
fn the_sheet_that_is_shown_is_read_and_named() {
    let rows = head(1) + &row(2, [SUM, FIRST, ""]);
    let lists = format!("<row r=\"1\">{}</row>", text("A1", "geheim"));
    let content = workbook(
        &[
            Sheet("Lijsten", "hidden", lists.clone()),
            Sheet("Diep", "veryHidden", lists.clone()),
            Sheet("Contracten", "visible", rows),
            Sheet("Uitleg", "visible", lists.clone()),
        ],
        "",
    );
    let table = contracts(&content, SourceFormat::Xlsx, DUTCH).unwrap();
    assert_eq!((table.rows.len(), table.remarks.len()), (1, 1));
    assert_eq!(
        table.remarks[0].detail,
        "het werkblad «Contracten» is gelezen; niet gelezen: «Uitleg», verborgen werkbladen"
    );
    let hidden = workbook(&[Sheet("Lijsten", "hidden", lists)], "");
    assert_eq!(refused(&hidden, SourceFormat::Xlsx).1, "de werkmap toont geen werkblad");
}

#[test]
fn a_hidden_row_is_told_and_not_taken() {
    let rows = head(1)
        + &row(2, [SUM, FIRST, ""])
        + &row(3, [SUM, FIRST, ""]).replace("<row r=\"3\"", "<row r=\"3\" hidden=\"1\"")
        + "<row r=\"4\" hidden=\"1\"/>"
        + &row(5, [SUM, FIRST, ""]);
    let table = contracts(&workbook(&[Sheet("a", "visible", rows)], ""), SourceFormat::Xlsx, DUTCH).unwrap();
    assert_eq!(table.faults(), [(3, "", "row-hidden")]);
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn a_title_above_the_names_is_told_with_their_row() {
    let rows = format!("<row r=\"1\">{}</row>", text("A1", "Contracten 2027"))
        + &head(3)
        + &row(4, [SUM, FIRST, ""]);
    let (codes, told) = refused(&workbook(&[Sheet("a", "visible", rows)], ""), SourceFormat::Xlsx);
    assert_eq!(codes, ["header-not-found"]);
    assert!(told.contains("staan in regel 3") && told.contains("«Contracten 2027»"), "{told}");
}

#[test]
fn days_are_counted_from_when_the_workbook_says() {
    let rows = head(1) + &row(2, [SUM, "<c r=\"F~\" s=\"1\"><v>44957</v></c>", ""]).replace("47118", "45656");
    let content = workbook(&[Sheet("a", "visible", rows)], "<workbookPr date1904=\"1\"/>");
    let table = contracts(&content, SourceFormat::Xlsx, DUTCH).unwrap();
    assert_eq!(table.rows[0].terms.starts_on.to_string(), "2027-02-01");
}

#[test]
fn the_language_of_the_request_is_that_of_the_message() {
    let rows = head(1) + &row(2, ["", FIRST, ""]);
    let content = workbook(&[Sheet("a", "visible", rows)], "");
    let manner = trede_formats::tables::Manner { language: Language::English, locale: None };
    assert_eq!(contracts(&content, SourceFormat::Xlsx, manner).unwrap().detail(2), "a value is needed here");
    assert_eq!(contracts(&content, SourceFormat::Xlsx, DUTCH).unwrap().detail(2), "hier is een waarde nodig");
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:calcext=\"c\">\
         <office:automatic-styles><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>\
         <table:table table:name=\"Lijsten\" table:style-name=\"ta2\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row></table:table>\
         <table:table table:name=\"Blad1\" table:style-name=\"ta1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[("content.xml".to_owned(), content)])
}

#[test]
fn an_opendocument_workbook_is_read_as_it_shows() {
    let cell = |attributes: &str, shown: &str| {
        format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
    };
    let text = |shown: &str| cell("office:value-type=\"string\"", shown);
    let names = [
        "externalReference",
        "title",
        "contractorKvkNumber",
        "kind",
        "contractSum",
        "startsOn",
        "endsOn",
        "offeredPercent",
    ];
    let head: String = names.map(text).concat();
    let rest = |reference: &str, sum: String, day: &str| {
        [
            text(reference),
            "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>let op</text:p></office:annotation><text:p>Park<text:s text:c=\"2\"/>beheer</text:p><text:p>Noord</text:p></table:table-cell>".to_owned(),
            cell("office:value-type=\"float\" office:value=\"69599068\"", "69599068"),
            text("works"),
            sum,
            cell(&format!("office:value-type=\"date\" office:date-value=\"{day}\""), "01-02-27"),
            cell("office:value-type=\"date\" office:date-value=\"2028-12-31T00:00:00\"", "31-12-28"),
            cell("office:value-type=\"percentage\" office:value=\"0.05\"", "5%"),
        ]
        .concat()
    };
    let sum = || cell("office:value-type=\"currency\" office:value=\"1234.56\"", "€ 1.234,56");
    let error = cell(
        "table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"",
        "#DEEL/0!",
    );
    let content = ods(&format!(
        "<table:table-row>{head}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row>{}</table:table-row><table:table-row>{}</table:table-row><table:table-row>{}</table:table-row>\
         <table:table-row table:visibility=\"filter\">{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        rest("R-4", sum(), "2027-02-01"),
        rest("R-5", error, "2027-02-01"),
        rest("R-6", sum(), "2027-02-01T12:00:00"),
        rest("R-7", sum(), "2027-02-01"),
    ));
    let table = contracts(&content, SourceFormat::Ods, DUTCH).unwrap();
    assert_eq!(
        table.faults(),
        [(5, "contractSum", "cell-malformed"), (6, "startsOn", "cell-malformed"), (7, "", "row-hidden")]
    );
    let terms = &table.rows[0].terms;
    assert_eq!((terms.title.as_deref(), terms.contract_sum.cents), (Some("Park  beheer\nNoord"), 123_456));
    assert_eq!(terms.offered_percent.unwrap().0.normalize().to_string(), "5");
    assert_eq!(
        (terms.starts_on.to_string(), terms.ends_on.to_string()),
        ("2027-02-01".to_owned(), "2028-12-31".to_owned())
    );
    assert_eq!(
        table.remarks[0].detail,
        "het werkblad «Blad1» is gelezen; niet gelezen: verborgen werkbladen"
    );
    let endless = ods(
        "<table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>",
    );
    assert!(contracts(&endless, SourceFormat::Ods, DUTCH).is_err());
}
