//! A document as HTML.

use super::blocks::{Block, Inline, Table, blocks};

/// A document in Dutch as a page of HTML that needs nothing from elsewhere.
#[must_use]
pub fn html(markdown: &str, title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"nl\">\n<head><meta charset=\"utf-8\">\
         <title>{}</title></head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        escaped(title),
        body(markdown)
    )
}

/// What stands in the page of a document.
#[must_use]
pub fn body(markdown: &str) -> String {
    blocks(markdown).iter().map(block).collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => format!("<h{level}>{}</h{level}>\n", inlines(text)),
        Block::Paragraph(text) => format!("<p>{}</p>\n", inlines(text)),
        Block::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", inlines(item))).collect();
            format!("<ul>\n{items}</ul>\n")
        }
        Block::Table(table) => format!("<table>\n{}{}</table>\n", head(table), rows(table)),
    }
}

fn head(table: &Table) -> String {
    let Some(names) = &table.head else { return String::new() };
    let names: String =
        names.iter().map(|name| format!("<th scope=\"col\">{}</th>", inlines(name))).collect();
    format!("<tr>{names}</tr>\n")
}

/// Without names of columns the first cell of a row is its name.
fn rows(table: &Table) -> String {
    let row = |cells: &Vec<Vec<Inline>>| {
        let cells = cells.iter().enumerate().map(|(column, cell)| match (column, &table.head) {
            (0, None) => format!("<th scope=\"row\">{}</th>", inlines(cell)),
            _ => format!("<td>{}</td>", inlines(cell)),
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    table.rows.iter().map(row).collect()
}

fn inlines(inlines: &[Inline]) -> String {
    let shown = inlines.iter().map(|inline| {
        let text = escaped(&inline.text);
        if inline.is_bold { format!("<strong>{text}</strong>") } else { text }
    });
    shown.collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::{legible, plain};
    use super::*;

    #[test]
    fn a_text_of_others_can_be_no_markup() {
        assert_eq!(plain("<b>|x|\n*y*"), "&lt;b&gt;\\|x\\| \\*y\\*");
        for written in [plain("<script>alert(1)</script> # | *"), legible("<script>alert(1)</script> # | *")]
        {
            let page = html(&format!("- {written}"), "<i>");
            assert!(
                page.contains("<ul>\n<li>&lt;script&gt;alert(1)&lt;/script&gt; # | *</li>\n</ul>"),
                "{page}"
            );
            assert!(page.contains("<title>&lt;i&gt;</title>"), "{page}");
        }
    }

    #[test]
    fn tables_lists_and_headings_open_and_close() {
        let page = html("# A\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n- een\n\n### B\n\n**vet** niet", "t");
        for part in [
            "<h1>A</h1>",
            "<table>\n<tr><th scope=\"col\">x</th><th scope=\"col\">y</th></tr>\n\
             <tr><td>1</td><td>2</td></tr>\n</table>",
            "<ul>\n<li>een</li>\n</ul>",
            "<h3>B</h3>",
            "<p><strong>vet</strong> niet</p>",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let facts = html("| | |\n|---|---|\n| x | 1 |", "t");
        assert!(facts.contains("<tr><th scope=\"row\">x</th><td>1</td></tr>"), "{facts}");
    }
}
