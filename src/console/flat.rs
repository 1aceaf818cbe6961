//! A document flattened into the fields of a form, and rows of a list that come and go.

use std::collections::BTreeMap;

use serde_json::Value;

use super::form::Pairs;

/// Every value of the document by its pointer, as texts that a form shows; numbers and days still as they are on
/// the wire.
pub(super) fn flattened(root: &Value) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    flatten(root, &mut String::new(), &mut all);
    all
}

/// Whether it is a code that one field holds together with others, and no sentence.
fn is_word(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty() && !text.contains([',', ' ', ';', '\n', '\r']))
}

fn flatten(value: &Value, way: &mut String, all: &mut BTreeMap<String, String>) {
    let mut inside = |part: &str, value: &Value| {
        let before = way.len();
        way.push('/');
        way.push_str(&part.replace('~', "~0").replace('/', "~1"));
        flatten(value, way, all);
        way.truncate(before);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| inside(name, value)),
        Value::Array(items) if items.iter().all(is_word) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            all.insert(way.clone(), texts.join(", "));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| inside(&index.to_string(), value));
        }
        Value::String(text) => drop(all.insert(way.clone(), text.clone())),
        Value::Number(number) => drop(all.insert(way.clone(), number.to_string())),
        Value::Bool(truth) => drop(all.insert(way.clone(), truth.to_string())),
        Value::Null => {}
    }
}

/// The pairs after a row was added to or removed from a list: `add:/criteria` or `remove:/criteria/2`; `show:` shows
/// what belongs to what was chosen. None: the
/// act is no such thing.
pub(super) fn with_rows_changed(pairs: &Pairs, act: &str) -> Option<Pairs> {
    if act == "show:" {
        return Some(pairs.clone());
    }
    if let Some(list) = act.strip_prefix("add:") {
        let mut pairs = pairs.clone();
        pairs.push((format!("+{list}"), String::new()));
        return Some(pairs);
    }
    let (list, index) = act.strip_prefix("remove:")?.rsplit_once('/')?;
    let gone: usize = index.parse().ok()?;
    let prefix = format!("{list}/");
    let moved = pairs.iter().filter_map(|(name, value)| {
        let (mark, name) = name.strip_prefix('=').map_or(("", name.as_str()), |name| ("=", name));
        let Some((own, rest)) =
            name.strip_prefix(&prefix).map(|below| below.split_once('/').unwrap_or((below, "")))
        else {
            return Some((format!("{mark}{name}"), value.clone()));
        };
        let own: usize = own.parse().ok()?;
        match own.cmp(&gone) {
            std::cmp::Ordering::Less => Some((format!("{mark}{name}"), value.clone())),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => {
                let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
                Some((format!("{mark}{list}/{}{rest}", own - 1), value.clone()))
            }
        }
    });
    Some(moved.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Pairs {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_row_that_is_removed_lets_the_later_ones_move_up() {
        let before = pairs(&[("/a/0/x", "0"), ("/a/1/x", "1"), ("/a/2/x", "2"), ("/b", "b")]);
        let after = with_rows_changed(&before, "remove:/a/1").unwrap();
        assert_eq!(after, pairs(&[("/a/0/x", "0"), ("/a/1/x", "2"), ("/b", "b")]));
    }
}
