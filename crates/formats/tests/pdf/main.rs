//! Documents as PDF, read back with the eyes of another library: what a screen reader hears, in which order, and what
//! the file tells of itself.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod heard;

use std::path::Path;

use chrono::{DateTime, Utc};
use heard::{Heard, heard};
use lopdf::Document;
use trede_formats::award_letter::{render, samples, shipped};
use trede_formats::markdown::{Block, blocks, shown};
use trede_formats::pdf::{About, Attachment, Unwritten, pdf};
use trede_model::awarding::award_letter::LetterLanguage;
use trede_rules::explaining::Language;

fn about(language: Language) -> About {
    About {
        title: "Mededeling van de gunningsbeslissing".to_owned(),
        language,
        author: "Gemeente Utrecht".to_owned(),
        id: "0190a5c8-0000-8000-8000-000000000031".to_owned(),
        written_at: "2026-05-15T09:00:00Z".parse::<DateTime<Utc>>().unwrap(),
        attachment: None,
    }
}

fn letters() -> Vec<(String, About)> {
    let mut letters = Vec::new();
    for (written, spoken) in
        [(LetterLanguage::Dutch, Language::Dutch), (LetterLanguage::English, Language::English)]
    {
        for letter in samples(written) {
            letters.push((render(shipped(written), &letter).unwrap(), about(spoken)));
        }
    }
    letters
}

/// Leaves the file for other checkers, where the environment says so (see .ci/contract).
#[allow(clippy::disallowed_methods)]
fn left(name: &str, file: &[u8]) {
    if let Some(folder) = std::env::var_os("PDF_SAMPLES") {
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), file).unwrap();
    }
}

/// The words that a reader of the Markdown sees.
fn words_of(markdown: &str) -> Vec<String> {
    let mut text = String::new();
    for block in blocks(markdown) {
        let inlines = match block {
            Block::Heading(_, text) | Block::Paragraph(text) => vec![text],
            Block::List(items) => items,
            Block::Table(table) => {
                table.head.into_iter().flatten().chain(table.rows.into_iter().flatten()).collect()
            }
        };
        inlines.iter().for_each(|inlines| text.push_str(&format!("{} ", shown(inlines))));
    }
    text.split_whitespace().map(str::to_owned).collect()
}

fn words_heard(heard: &[Heard]) -> Vec<String> {
    let told = heard.iter().filter(|heard| heard.tag != "Lbl").map(|heard| heard.text.as_str());
    told.collect::<Vec<_>>().join(" ").split_whitespace().map(str::to_owned).collect()
}

/// A report with a table over several pages, a cell that is taller than a page, and a heading now and then.
fn long_report() -> String {
    let mut text = "# Verslag\n\n## Posten\n\n| Datum | Omschrijving | Bedrag |\n|---|---|---:|\n".to_owned();
    for row in 1..=120 {
        text.push_str(&format!(
            "| {row} mei 2026 | Begeleiding van een leerling in de groenvoorziening | € {row}.250,00 |\n"
        ));
    }
    let motivation = "De inschrijver noemt per wijk de werkwijze en de bezetting. ".repeat(160);
    text.push_str(&format!("| 1 juni 2026 | {motivation} | € −1,00 |\n"));
    text + &parts(40)
}

/// Headings with what they are of.
fn parts(number: usize) -> String {
    let parts = (1..=number).map(|part| {
        format!(
            "\n## Onderdeel {part}\n\n### Waarom {part}\n\n{}\n\n- {}\n- kort\n",
            "Een zin over dit onderdeel. ".repeat(part),
            "Een punt van de lijst. ".repeat(part % 7 + 1)
        )
    });
    parts.collect()
}

#[test]
fn every_letter_is_a_pdf_that_says_its_words_in_order() {
    for (number, (letter, about)) in letters().into_iter().enumerate() {
        let file = pdf(&letter, &about).unwrap();
        left(&format!("letter-{number}"), &file);
        let heard = heard(&Document::load_mem(&file).unwrap());
        assert_eq!(words_heard(&heard), words_of(&letter));
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    for (letter, about) in letters() {
        assert_eq!(pdf(&letter, &about).unwrap(), pdf(&letter, &about).unwrap());
    }
    let letter = &letters()[0].0;
    let other = About { id: "0190a5c8-0000-8000-8000-000000000032".to_owned(), ..about(Language::Dutch) };
    assert_ne!(pdf(letter, &about(Language::Dutch)).unwrap(), pdf(letter, &other).unwrap());
}

#[test]
fn it_tells_its_title_language_author_and_standards() {
    let file = pdf(&letters()[0].0, &about(Language::Dutch)).unwrap();
    let document = Document::load_mem(&file).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"nl");
    let metadata = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap().1.as_stream().unwrap();
    let metadata =
        String::from_utf8(metadata.get_plain_content().unwrap_or(metadata.content.clone())).unwrap();
    for told in [
        "Mededeling van de gunningsbeslissing",
        "Gemeente Utrecht",
        "2026-05-15T09:00:00",
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(metadata.contains(told), "{told}: {metadata}");
    }
}

#[test]
fn a_long_report_repeats_the_head_of_its_table_and_tells_it_once() {
    let report = long_report();
    let file = pdf(&report, &about(Language::Dutch)).unwrap();
    left("report", &file);
    let document = Document::load_mem(&file).unwrap();
    let heard = heard(&document);
    assert_eq!(words_heard(&heard), words_of(&report));
    let names = heard.iter().filter(|heard| heard.tag == "TH").map(|heard| heard.text.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Datum", "Omschrijving", "Bedrag"]);
    let seen: Vec<String> = heard::seen(&document);
    let with_head = seen.iter().filter(|page| page.contains("Omschrijving")).count();
    let with_rows =
        seen.iter().filter(|page| page.contains("leerling") || page.contains("werkwijze")).count();
    assert!(with_rows > 4, "{with_rows}");
    assert_eq!(with_head, with_rows);
    assert!(seen[1].contains(&format!("Pagina 2 van {}", seen.len())), "{}", seen[1]);
}

#[test]
fn a_heading_never_stands_alone_at_the_foot_of_a_page() {
    for shift in 0..45 {
        let report = format!("{}{}", "regel\n\n".repeat(shift), parts(8));
        let document = Document::load_mem(&pdf(&report, &about(Language::Dutch)).unwrap()).unwrap();
        let heard = heard(&document);
        for (own, next) in heard.iter().zip(heard.iter().skip(1)) {
            let is_heading = own.tag.starts_with('H');
            assert!(!is_heading || own.page == next.page, "{shift}: {own:?}, {next:?}");
        }
    }
}

#[test]
fn headings_begin_at_the_first_level() {
    let letter = pdf(&letters()[1].0, &about(Language::Dutch)).unwrap();
    let heard = heard(&Document::load_mem(&letter).unwrap());
    let headings: Vec<&str> =
        heard.iter().map(|heard| heard.tag.as_str()).filter(|tag| tag.starts_with('H')).collect();
    assert_eq!(headings[..3], ["H1", "H1", "H2"], "{headings:?}");
}

#[test]
fn a_report_carries_its_record_along() {
    let record = br#"{"format":"trede-evaluation-record-1"}"#.to_vec();
    let attachment = Attachment {
        name: "evaluatiedossier.json".to_owned(),
        description: "Het evaluatiedossier".to_owned(),
        media_type: "application/json",
        content: record.clone(),
    };
    let about = About { attachment: Some(attachment), ..about(Language::Dutch) };
    let file = pdf("# Verslag\n\nTekst", &about).unwrap();
    left("record", &file);
    let document = Document::load_mem(&file).unwrap();
    let files: Vec<_> = document.objects.values().filter_map(|object| object.as_dict().ok()).collect();
    let file = files.iter().find(|file| file.get(b"AFRelationship").is_ok()).unwrap();
    assert_eq!(file.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Data");
    let content = file.get(b"EF").unwrap().as_dict().unwrap().get(b"F").unwrap();
    let content = document.dereference(content).unwrap().1.as_stream().unwrap();
    assert_eq!(content.decompressed_content().unwrap_or(content.content.clone()), record);
}

#[test]
fn a_sign_that_the_font_has_not_is_named_and_never_a_box() {
    let refused = pdf("Goed 😀 en ☃ 3", &about(Language::Dutch)).unwrap_err();
    assert!(matches!(&refused, Unwritten::Lacking(signs) if signs == &['☃', '😀']), "{refused}");
    assert_eq!(refused.to_string(), "the font of documents has no “☃” (U+2603), “😀” (U+1F600)");
}

#[test]
fn odd_documents_are_written_too() {
    let long_word = "0123456789abcdef".repeat(60);
    let wide = format!(
        "|{}\n|{}\n|{}",
        " naam |".repeat(14),
        "---|".repeat(14),
        format!(" {long_word} |").repeat(14)
    );
    for odd in
        ["", "\n\n", "tekst", &long_word, &wide, "| a |\n|---|\n| b | c |", "### diep\n\n# hoog", "- ", "# "]
    {
        pdf(odd, &about(Language::English)).unwrap_or_else(|error| panic!("{odd:.60}: {error}"));
    }
}
