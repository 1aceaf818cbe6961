//! A form is the JSON of a request, flattened: the name of a field is the JSON pointer of its value, so what the
//! service says of a place finds its field by itself.

use serde_json::{Map, Value};

use super::language::Language;
use super::shape::{Inside, Kind, Shape};
use super::typed::{cents, day, decimal, moment};

/// The pairs of a form, in its order.
pub(super) type Pairs = Vec<(String, String)>;

/// The last value of that name.
pub(super) fn last<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().rev().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// The JSON of the fields, read as the schema says, with numbers and days as the language writes them.
///
/// Empty fields are left out: the service knows what it cannot do without. What cannot be read as what it should
/// be stays as it was typed, so that the service says what is wrong with it.
pub(super) fn json(pairs: &Pairs, shape: Shape<'_>, language: Language) -> Value {
    let mut root = Value::Object(Map::new());
    for (pointer, text) in kept(pairs) {
        let value = match shape.kind(pointer) {
            // What came from the wire goes back as it came: no mark in it is read in a language.
            Kind::Decimal => text.into(),
            Kind::Cents => read(Kind::Whole, text, language),
            kind => read(kind, text, language),
        };
        put(&mut root, pointer, value, shape);
    }
    for (pointer, text) in &together(pairs) {
        let value = read(shape.kind(pointer), text.trim(), language);
        put(&mut root, pointer, value, shape);
    }
    for (pointer, _) in pairs.iter().filter(|(name, _)| name.starts_with('/')) {
        keep_required(&mut root, pointer, shape);
    }
    for (pointer, _) in pairs.iter().filter(|(name, text)| name.starts_with('/') && text.trim().is_empty()) {
        leave_open(&mut root, pointer, shape);
    }
    root
}

/// What must be there and was left empty is sent as nothing, so that the service points at it.
fn leave_open(root: &mut Value, pointer: &str, shape: Shape<'_>) {
    let Some((way, name)) = pointer.rsplit_once('/') else { return };
    let Some(fields) = root.pointer_mut(way).and_then(Value::as_object_mut) else { return };
    if !fields.contains_key(name) && shape.asks(way, name) {
        fields.insert(name.to_owned(), Value::Null);
    }
}

/// What must be there stays there, also where all its fields were left empty: it says then that nothing is known.
fn keep_required(root: &mut Value, pointer: &str, shape: Shape<'_>) {
    for (end, _) in pointer.match_indices('/').skip(1) {
        let Some((way, name)) = pointer.get(..end).and_then(|own| own.rsplit_once('/')) else { return };
        let Some(fields) = root.pointer_mut(way).and_then(Value::as_object_mut) else { return };
        if fields.contains_key(name) || !shape.asks(way, name) {
            continue;
        }
        if shape.inside(&format!("{way}/{name}")) == Inside::List {
            fields.insert(name.to_owned(), Value::Array(Vec::new()));
        } else if shape.requires(way, name) {
            fields.insert(name.to_owned(), Value::Object(Map::new()));
        }
    }
}

/// The fields that hold something, in their order; what several of one name hold is one list.
pub(super) fn together(pairs: &Pairs) -> Pairs {
    let mut all = Pairs::new();
    for (name, text) in pairs.iter().filter(|(name, text)| name.starts_with('/') && !text.trim().is_empty()) {
        match all.iter_mut().find(|(own, _)| own == name) {
            Some((_, before)) => before.push_str(&format!(", {text}")),
            None => all.push((name.clone(), text.clone())),
        }
    }
    all
}

/// What the form holds of what was there and has no field in it (`=/pointer`): it goes along, unless it belongs
/// to something whose kind was changed in the form.
fn kept(pairs: &Pairs) -> impl Iterator<Item = (&str, &str)> {
    let of_another_kind: Vec<String> = pairs
        .iter()
        .filter_map(|(name, value)| {
            let pointer = name.strip_prefix('=')?;
            let parent = pointer.strip_suffix("/kind")?;
            let chosen = last(pairs, pointer)?;
            (chosen != value).then(|| format!("{parent}/"))
        })
        .collect();
    pairs.iter().filter_map(move |(name, value)| {
        let pointer = name.strip_prefix('=').filter(|pointer| pointer.starts_with('/'))?;
        let stale = of_another_kind.iter().any(|parent| pointer.starts_with(parent.as_str()));
        let has_field = last(pairs, pointer).is_some();
        (!stale && !has_field).then_some((pointer, value.as_str()))
    })
}

fn read(kind: Kind, text: &str, language: Language) -> Value {
    match kind {
        Kind::Text => text.replace("\r\n", "\n").into(),
        Kind::Decimal => decimal(text, language).into(),
        Kind::Whole => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        Kind::Cents => cents(&decimal(text, language)).map_or_else(|| text.into(), Value::from),
        Kind::Truth => match text {
            "true" => true.into(),
            "false" => false.into(),
            _ => text.into(),
        },
        Kind::Day => day(text).map_or_else(|| text.into(), |day| day.to_string().into()),
        Kind::Moment => moment(text).unwrap_or_else(|| text.to_owned()).into(),
        Kind::List => {
            text.split([',', ' ', '\n', '\r', ';']).filter(|part| !part.is_empty()).map(Value::from).collect()
        }
    }
}

fn put(root: &mut Value, pointer: &str, value: Value, shape: Shape<'_>) {
    let parts: Vec<String> =
        pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    let mut way = String::new();
    let mut here = root;
    for part in &parts {
        here = match shape.inside(&way) {
            Inside::List => {
                let Some(index) = part.parse::<usize>().ok().filter(|index| *index < MOST_ROWS) else {
                    return;
                };
                if !here.is_array() {
                    *here = Value::Array(Vec::new());
                }
                let Some(items) = here.as_array_mut() else { return };
                while items.len() <= index {
                    items.push(Value::Object(Map::new()));
                }
                let Some(item) = items.get_mut(index) else { return };
                item
            }
            Inside::Object => {
                if !here.is_object() {
                    *here = Value::Object(Map::new());
                }
                let Some(fields) = here.as_object_mut() else { return };
                fields.entry(part.clone()).or_insert(Value::Null)
            }
        };
        way.push('/');
        way.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    *here = value;
}

/// A form has no more rows than this: more are not made by hand.
const MOST_ROWS: usize = 500;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::document::document;
    use super::super::flat::flattened;
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Pairs {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn tender(of: &[(&str, &str)]) -> Value {
        let schema = document().operation("create_tender").unwrap().body.clone().unwrap();
        json(&pairs(of), Shape { document: document(), schema: &schema }, Language::Dutch)
    }

    #[test]
    fn a_form_becomes_the_json_that_the_api_reads() {
        let read = tender(&[
            ("act", "create_tender"),
            ("/title", " Groen "),
            ("/description", ""),
            ("/cpvCodes", "77310000-6, 77300000-3"),
            ("/estimatedValue", "1.250.000,50"),
            ("/aboveThreshold", "true"),
            ("/maxLotsPerBidder", "2"),
            ("/deadlineAt", "01-07-2027 12:00"),
            ("/awardOn", "1-8-2027"),
        ]);
        assert_eq!(
            read,
            json!({
                "title": "Groen", "cpvCodes": ["77310000-6", "77300000-3"], "estimatedValue": "1250000.50",
                "aboveThreshold": true, "maxLotsPerBidder": 2, "deadlineAt": "2027-07-01T12:00:00+02:00",
                "awardOn": "2027-08-01"
            })
        );
    }

    #[test]
    fn cents_are_typed_as_euros() {
        let schema = document().operation("create_call_off").unwrap().body.clone().unwrap();
        let shape = Shape { document: document(), schema: &schema };
        let value = |name: &str, text: &str| json(&pairs(&[(name, text)]), shape, Language::Dutch);
        assert_eq!(value("/valueCents", "18.500,05"), json!({"valueCents": 1_850_005}));
        assert_eq!(value("=/valueCents", "1850005"), json!({"valueCents": 1_850_005}));
        for unread in ["18.500,005", "veel"] {
            assert_eq!(value("/valueCents", unread), json!({"valueCents": unread}));
        }
    }

    #[test]
    fn a_tree_of_criteria_goes_through_a_form_and_back() {
        let model = json!({
            "method": {"code": "absolute-linear", "corridor": {"fullPointsAt": "800000.00"}},
            "criteria": [
                {"id": "prijs", "title": "Prijs", "kind": "price", "weight": "40"},
                {"id": "k", "title": "K", "kind": "group", "weight": "60", "criteria": [
                    {"id": "p", "title": "P", "kind": "assessed-quality", "weight": "60", "scale": {"highest": "10"}}
                ]}
            ],
            "rounding": {"stage": "criterion", "decimals": 2, "mode": "half-up"}
        });
        let schema = document().operation("replace_award_model").unwrap().body.clone().unwrap();
        let flat: Pairs = flattened(&model).into_iter().collect();
        let read = json(&flat, Shape { document: document(), schema: &schema }, Language::English);
        assert_eq!(read, model);
    }

    #[test]
    fn what_has_no_field_goes_along_as_it_was() {
        let schema = document().operation("create_tender").unwrap().body.clone().unwrap();
        let shape = Shape { document: document(), schema: &schema };
        let sent = pairs(&[("=/estimatedValue", "1.250"), ("=/title", "Oud"), ("/title", "Nieuw")]);
        let read = json(&sent, shape, Language::Dutch);
        assert_eq!(read, json!({"estimatedValue": "1.250", "title": "Nieuw"}));
    }

    #[test]
    fn what_must_be_there_stays_there_when_it_is_left_empty() {
        let schema = document().operation("create_social_return_policy").unwrap().body.clone().unwrap();
        let shape = Shape { document: document(), schema: &schema };
        let sent = pairs(&[("/code", "eigen"), ("/validity/from", ""), ("/obligation/base/percent", "")]);
        assert_eq!(json(&sent, shape, Language::Dutch), json!({"code": "eigen", "validity": {}}));
        let empty = tender(&[("/title", " "), ("/description", ""), ("/buyer", "Utrecht")]);
        assert_eq!(empty, json!({"title": null, "buyer": "Utrecht"}));
        let schema = document().operation("simulate_award_models").unwrap().body.clone().unwrap();
        let shape = Shape { document: document(), schema: &schema };
        let none = json(&pairs(&[("/assumptions/0", "")]), shape, Language::Dutch);
        assert_eq!(none, json!({"assumptions": []}));
    }

    #[test]
    fn sentences_in_a_list_stay_what_they_are() {
        let schema = document().operation("create_social_return_policy").unwrap().body.clone().unwrap();
        let policy = json!({"notes": ["Per jaar, van 36 uur.", "Vast of naar rato."], "authorities": ["gm0344", "gm0356"]});
        let kept: Pairs =
            flattened(&policy).into_iter().map(|(name, value)| (format!("={name}"), value)).collect();
        assert_eq!(json(&kept, Shape { document: document(), schema: &schema }, Language::Dutch), policy);
    }

    #[test]
    fn what_was_ticked_is_one_list() {
        let schema = document().operation("create_entry").unwrap().body.clone().unwrap();
        let shape = Shape { document: document(), schema: &schema };
        let sent =
            pairs(&[("/facts/bonuses", "50-plus"), ("/kind", "placement"), ("/facts/bonuses", "vast")]);
        let read = json(&sent, shape, Language::Dutch);
        assert_eq!(read, json!({"facts": {"bonuses": ["50-plus", "vast"]}, "kind": "placement"}));
    }
}
