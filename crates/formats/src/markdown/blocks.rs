//! What is read of the Markdown that this service writes: headings, tables, lists, paragraphs and bold text, and
//! nothing more. Everything else is text, so that what others typed is never more than that.

/// A piece of text that is all bold or all not, as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// The text, without anything that was written for Markdown's sake.
    pub text: String,
    /// Whether it is bold.
    pub is_bold: bool,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading, and how deep it is: 1 to 3.
    Heading(u8, Vec<Inline>),
    /// A line of text by itself.
    Paragraph(Vec<Inline>),
    /// A list, item by item.
    List(Vec<Vec<Inline>>),
    /// A table.
    Table(Table),
}

/// A table, cell by cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns; none where the first cell of each row names it.
    pub head: Option<Vec<Vec<Inline>>>,
    /// The rows below the head.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Which columns stand to the right, as amounts do.
    pub is_right: Vec<bool>,
}

/// The parts of a document, in order.
#[must_use]
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in markdown.lines() {
        let last = if is_open { found.last_mut() } else { None };
        is_open = true;
        if let Some(cells) = cells(line) {
            match last {
                Some(Block::Table(table)) => add_row(table, cells),
                _ => found.push(Block::Table(begun(cells))),
            }
        } else if let Some(item) = line.strip_prefix("- ") {
            match last {
                Some(Block::List(items)) => items.push(inlines(item)),
                _ => found.push(Block::List(vec![inlines(item)])),
            }
        } else {
            is_open = false;
            if let Some((level, text)) = heading(line).filter(|(_, text)| !text.trim().is_empty()) {
                found.push(Block::Heading(level, inlines(text)));
            } else if !line.trim().is_empty() {
                found.push(Block::Paragraph(inlines(line)));
            }
        }
    }
    found.retain(
        |block| !matches!(block, Block::Table(table) if table.head.is_none() && table.rows.is_empty()),
    );
    found
}

/// The text of the first heading.
#[must_use]
pub fn title(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Heading(_, text) => Some(shown(text)),
        _ => None,
    })
}

/// The text without what is bold in it.
#[must_use]
pub fn shown(inlines: &[Inline]) -> String {
    inlines.iter().map(|inline| inline.text.as_str()).collect()
}

/// The cells of a row as they are written.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let padded = inner.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' '));
    Some(match padded {
        Some(padded) => padded.split(" | ").collect(),
        None => inner.split('|').collect(),
    })
}

fn begun(first: Vec<&str>) -> Table {
    let names_nothing = first.iter().all(|cell| cell.trim_matches([' ', '|']).is_empty());
    let head = (!names_nothing).then(|| first.into_iter().map(inlines).collect());
    Table { head, ..Table::default() }
}

fn add_row(table: &mut Table, cells: Vec<&str>) {
    let is_rule = cells.iter().all(|cell| cell.starts_with("---"));
    if is_rule && table.rows.is_empty() {
        table.is_right = cells.iter().map(|cell| cell.ends_with(':')).collect();
    } else {
        table.rows.push(cells.into_iter().map(inlines).collect());
    }
}

fn heading(line: &str) -> Option<(u8, &str)> {
    [(1, "# "), (2, "## "), (3, "### ")]
        .into_iter()
        .find_map(|(level, mark)| Some((level, line.strip_prefix(mark)?)))
}

/// Reads `**bold**`, and what [`plain`](super::plain) and [`legible`](super::legible) wrote.
fn inlines(text: &str) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut open = Inline { text: String::new(), is_bold: false };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((sign, after)) = written(rest) {
            open.text.push(sign);
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix("**").filter(|after| open.is_bold || after.contains("**")) {
            let is_bold = !open.is_bold;
            found.push(std::mem::replace(&mut open, Inline { text: String::new(), is_bold }));
            rest = after;
            continue;
        }
        open.text.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    found.push(open);
    found.retain(|inline| !inline.text.is_empty());
    found
}

/// A sign that is written as more than itself, and what follows it.
fn written(text: &str) -> Option<(char, &str)> {
    if let Some(escaped) = text.strip_prefix('\\') {
        let sign = escaped.chars().next().filter(char::is_ascii_punctuation)?;
        return Some((sign, escaped.get(sign.len_utf8()..)?));
    }
    [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&')]
        .into_iter()
        .find_map(|(entity, sign)| Some((sign, text.strip_prefix(entity)?)))
}

#[cfg(test)]
mod tests {
    use super::super::{legible, plain};
    use super::*;

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline { text: text.to_owned(), is_bold: false }]
    }

    #[test]
    fn what_others_typed_is_read_as_they_typed_it() {
        let typed = "<b>R&D</b> | *x* \\ # [a](b) **c** &lt; - 1. `d`";
        assert_eq!(blocks(&plain(typed)), [Block::Paragraph(text(typed))]);
        let typed = "<b>R&D</b> | *x* \\ # [a](b) **c** - 1. `d`";
        assert_eq!(blocks(&legible(typed)), [Block::Paragraph(text(typed))]);
        let row = format!("| a | {} |", plain("b | c\\"));
        let Some(Block::Table(table)) = blocks(&format!("| x | y |\n|---|---|\n{row}")).pop() else {
            panic!()
        };
        assert_eq!(table.rows, [[text("a"), text("b | c\\")]]);
    }

    #[test]
    fn bold_is_a_part_of_a_line_or_all_of_it() {
        let bold = |text: &str| Inline { text: text.to_owned(), is_bold: true };
        assert_eq!(blocks("**vet**"), [Block::Paragraph(vec![bold("vet")])]);
        let [Block::Paragraph(line)] = &blocks("**Betreft:** mededeling")[..] else { panic!() };
        assert_eq!(line, &[bold("Betreft:"), text(" mededeling").remove(0)]);
        assert_eq!(blocks("2 ** 3"), [Block::Paragraph(text("2 ** 3"))]);
    }

    #[test]
    fn a_table_knows_its_head_and_what_stands_to_the_right() {
        let found =
            blocks("| Wat | Bedrag |\n|---|---:|\n| a | 1 |\n| b |  |\n\n| | |\n|---|---|\n| c | d |");
        let named = Table {
            head: Some(vec![text("Wat"), text("Bedrag")]),
            rows: vec![vec![text("a"), text("1")], vec![text("b"), Vec::new()]],
            is_right: vec![false, true],
        };
        let facts =
            Table { head: None, rows: vec![vec![text("c"), text("d")]], is_right: vec![false, false] };
        assert_eq!(found, [Block::Table(named), Block::Table(facts)]);
        assert_eq!(blocks("| | |\n|---|---|"), []);
    }

    #[test]
    fn headings_lists_and_paragraphs_follow_each_other() {
        let found = blocks("# A\n\neen\ntwee\n- drie\n- vier\n\n### B");
        let expected = [
            Block::Heading(1, text("A")),
            Block::Paragraph(text("een")),
            Block::Paragraph(text("twee")),
            Block::List(vec![text("drie"), text("vier")]),
            Block::Heading(3, text("B")),
        ];
        assert_eq!(found, expected);
        assert_eq!(title(&found).as_deref(), Some("A"));
    }
}
