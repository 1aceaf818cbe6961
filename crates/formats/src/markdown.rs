//! Documents for people: Markdown that this service writes, and the page of HTML that shows it.

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

/// A document in Dutch as a page of HTML. It reads what this service writes: headings, tables, lists, paragraphs
/// and bold lines, and nothing more.
#[must_use]
pub fn html(markdown: &str, title: &str) -> String {
    let mut body = String::new();
    let mut open = Open::Nothing;
    for line in markdown.lines() {
        let cells = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |"));
        let is_rule = line.starts_with("|---") || line == "| | |";
        let item = line.strip_prefix("- ");
        let within = match (cells, item) {
            (Some(_), _) => Open::Table,
            (None, Some(_)) => Open::List,
            _ if is_rule => open,
            _ => Open::Nothing,
        };
        open = open.turn(within, &mut body);
        if let Some(cells) = cells.filter(|_| !is_rule) {
            let cells: Vec<String> =
                cells.split(" | ").map(|cell| format!("<td>{}</td>", inline(cell))).collect();
            body.push_str(&format!("<tr>{}</tr>\n", cells.concat()));
        } else if let Some(item) = item {
            body.push_str(&format!("<li>{}</li>\n", inline(item)));
        } else if let Some((level, heading)) = heading(line) {
            body.push_str(&format!("<h{level}>{}</h{level}>\n", inline(heading)));
        } else if !line.is_empty() && !is_rule {
            body.push_str(&format!("<p>{}</p>\n", inline(line)));
        }
    }
    open.turn(Open::Nothing, &mut body);
    format!(
        "<!doctype html>\n<html lang=\"nl\">\n<head><meta charset=\"utf-8\">\
         <title>{}</title></head>\n<body>\n{body}</body>\n</html>\n",
        inline(&plain(title))
    )
}

/// What a line stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Table,
    List,
}

impl Open {
    /// Closes what is open and opens what follows.
    fn turn(self, next: Self, body: &mut String) -> Self {
        if self == next {
            return next;
        }
        body.push_str(match self {
            Self::Nothing => "",
            Self::Table => "</table>\n",
            Self::List => "</ul>\n",
        });
        body.push_str(match next {
            Self::Nothing => "",
            Self::Table => "<table>\n",
            Self::List => "<ul>\n",
        });
        next
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    (1..=3).find_map(|level| Some((level, line.strip_prefix(&format!("{} ", "#".repeat(level)))?)))
}

/// Bold text, and what [`plain`] wrote with a backslash.
fn inline(text: &str) -> String {
    let bold = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
    let mut shown = String::new();
    let mut escaped = false;
    for c in bold.unwrap_or(text).chars() {
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        escaped = false;
        shown.push(c);
    }
    if bold.is_some() { format!("<strong>{shown}</strong>") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_others_can_be_no_markup() {
        assert_eq!(plain("<b>|x|\n*y*"), "&lt;b&gt;\\|x\\| \\*y\\*");
        let page = html(&format!("- {}", plain("<script>alert(1)</script> # | *")), "<i>");
        assert!(page.contains("<ul>\n<li>&lt;script&gt;alert(1)&lt;/script&gt; # | *</li>\n</ul>"), "{page}");
        assert!(page.contains("<title>&lt;i&gt;</title>"), "{page}");
    }

    #[test]
    fn tables_lists_and_headings_open_and_close() {
        let page = html("# A\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n- een\n\n### B\n\n**vet**", "t");
        for part in [
            "<h1>A</h1>",
            "<table>\n<tr><td>x</td><td>y</td></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>",
            "<ul>\n<li>een</li>\n</ul>",
            "<h3>B</h3>",
            "<p><strong>vet</strong></p>",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}
