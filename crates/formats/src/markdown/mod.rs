//! Documents for people: Markdown that this service writes, what is read of it, and the page of HTML that shows it.

mod blocks;
mod html;

pub use blocks::{Block, Inline, Table, blocks, shown, title};
pub use html::{body, html};

/// A text of others within a document: on one line, and with nothing in it that Markdown or HTML reads.
#[must_use]
pub fn plain(text: &str) -> String {
    on_one_line(text, |c| match c {
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '&' => Some("&amp;"),
        _ => None,
    })
}

/// The same for a document that people also read as it stands: nothing in it that Markdown reads as more than text,
/// and a `&` stays what it is.
#[must_use]
pub fn legible(text: &str) -> String {
    on_one_line(text, |c| match c {
        '<' => Some("\\<"),
        '>' => Some("\\>"),
        _ => None,
    })
}

fn on_one_line(text: &str, of_html: impl Fn(char) -> Option<&'static str>) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => line.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' => line.extend(['\\', c]),
            c => match of_html(c) {
                Some(written) => line.push_str(written),
                None => line.push(c),
            },
        }
    }
    line
}
