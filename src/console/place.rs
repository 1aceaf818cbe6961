//! Places in what a page knows: `evaluations/items/-/id` is the id of the last evaluation.

use serde_json::Value;

/// What stands at the place: names and numbers between `/`; `-` is the last of a list.
pub(super) fn at<'a>(root: &'a Value, place: &str) -> Option<&'a Value> {
    place.split('/').filter(|part| !part.is_empty()).try_fold(root, |value, part| match value {
        Value::Array(items) if part == "-" => items.last(),
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get(part),
        _ => None,
    })
}

/// The text that stands at the place, if there is one that a path can hold.
pub(super) fn text_at(root: &Value, place: &str) -> Option<String> {
    match at(root, place)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// The template with what stands at the places between braces, made safe for a path; `{place|text}` falls back on
/// the text. None: something is lacking.
pub(super) fn filled(template: &str, root: &Value) -> Option<String> {
    let mut parts = template.split('{');
    let mut whole = parts.next()?.to_owned();
    for part in parts {
        let (place, rest) = part.split_once('}')?;
        let (place, otherwise) =
            place.split_once('|').map_or((place, None), |(place, text)| (place, Some(text)));
        let text = text_at(root, place).or_else(|| otherwise.map(str::to_owned))?;
        whole.push_str(&escaped(&text));
        whole.push_str(rest);
    }
    Some(whole)
}

/// The text with everything but letters, digits, `-`, `_`, `.` and `~` in hexadecimals (RFC 3986).
pub(super) fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_is_filled_with_what_is_known_and_cannot_be_left() {
        let known = json!({"a": {"items": [{"id": "x"}, {"id": "../y?z"}]}, "n": 3});
        assert_eq!(filled("/p/{a/items/-/id}/{n}", &known).unwrap(), "/p/..%2Fy%3Fz/3");
        assert_eq!(filled("/p/{a/items/0/id}", &known).unwrap(), "/p/x");
        assert_eq!(filled("/p/{b|2026}", &known).unwrap(), "/p/2026");
        assert_eq!(filled("/p/{b}", &known), None);
    }
}
