//! Results as text for people: tables for a terminal or a report, in Dutch or English.

mod analysis;
mod lab;
mod lot;
pub(super) mod notice;
pub(super) mod pso;
mod pso_words;
mod social_return;
mod sroi;
mod words;

use comfy_table::{CellAlignment, Table, presets};

use trede_rules::explaining::Language;
use trede_wire::score_result::{LanguageCode, ScoreResult};

pub use lab::lab_tables;
pub use social_return::{comparison_tables, social_return_tables};
pub use sroi::sroi_tables;
use words::Words;

/// How tables look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For a terminal.
    Terminal,
    /// Markdown.
    Markdown,
}

/// The result as tables with the reasons under them.
#[must_use]
pub fn tables(result: &ScoreResult, language: LanguageCode, style: Style) -> String {
    let mut page =
        Page { words: Words::of(language.into()), language: language.into(), style, text: String::new() };
    let title = result.tender.title.as_deref().unwrap_or(page.words.tender);
    page.heading(1, title);
    let facts = [&result.tender.reference, &result.tender.buyer];
    let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    if !facts.is_empty() {
        page.line(&facts.join(" · "));
    }
    for lot in &result.lots {
        lot::write(&mut page, lot);
    }
    let footer = format!(
        "{} {} · SHA-256 {} {}",
        page.words.engine, result.engine_version, page.words.of_input, result.input_fingerprint
    );
    page.paragraph(&footer);
    page.text
}

/// A page that is being written.
struct Page {
    words: &'static Words,
    language: Language,
    style: Style,
    text: String,
}

/// Decimals that a table shows; the data have them all.
const SHOWN_DECIMALS: usize = 4;

impl Page {
    /// Bidders choose their own names: nothing of them may steer a terminal or break a line.
    fn line(&mut self, text: &str) {
        self.text.extend(text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }));
        self.text.push('\n');
    }

    fn paragraph(&mut self, text: &str) {
        self.line("");
        self.line(text);
    }

    fn heading(&mut self, level: usize, text: &str) {
        if !self.text.is_empty() {
            self.line("");
        }
        match (self.style, level) {
            (Style::Markdown, level) => {
                self.line(&format!("{} {text}", "#".repeat(level)));
                self.line("");
            }
            (Style::Terminal, level) => {
                self.line(text);
                self.line(&if level == 1 { "═" } else { "─" }.repeat(text.chars().count()));
            }
        }
    }

    fn bullet(&mut self, text: &str) {
        let mark = if self.style == Style::Markdown { "-" } else { "  •" };
        self.line(&format!("{mark} {text}"));
    }

    /// A table whose first columns stand left and the others, with numbers, right.
    fn table(&mut self, left: usize, header: &[String], rows: &[Vec<String>]) {
        let mut table = Table::new();
        let preset = if self.style == Style::Markdown {
            presets::ASCII_MARKDOWN
        } else {
            presets::UTF8_FULL_CONDENSED
        };
        let cell = |text: &String| {
            let text: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
            if self.style == Style::Markdown { text.replace('|', "\\|") } else { text }
        };
        let rows = rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>());
        table.load_preset(preset).set_header(header.iter().map(cell)).add_rows(rows);
        for (index, column) in table.column_iter_mut().enumerate() {
            if index >= left {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        self.text.push_str(&table.to_string());
        self.text.push('\n');
    }

    /// A number for reading: four decimals, or four digits of a small one, with an ellipsis where the data
    /// have more.
    fn number(&self, plain: &str) -> String {
        match plain.split_once('.') {
            Some((whole, fraction)) if fraction.len() > SHOWN_DECIMALS => {
                let zeros = fraction.len() - fraction.trim_start_matches('0').len();
                let small = whole.trim_start_matches('-') == "0";
                let kept = if small { zeros + SHOWN_DECIMALS } else { SHOWN_DECIMALS };
                if kept >= fraction.len() {
                    return self.language.localised(plain);
                }
                let kept: String = fraction.chars().take(kept).collect();
                self.language.localised(&format!("{whole}.{kept}")) + "…"
            }
            _ => self.language.localised(plain),
        }
    }

    /// An amount in euros, with cents.
    fn euros(&self, plain: &str) -> String {
        let amount = match plain.split_once('.') {
            Some((whole, fraction)) if fraction.len() == 1 => format!("{whole}.{fraction}0"),
            Some(_) => plain.to_owned(),
            None => format!("{plain}.00"),
        };
        format!("€ {}", self.number(&amount))
    }
}
