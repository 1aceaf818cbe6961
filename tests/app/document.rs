//! The API's document: committed as generated, and complete.

use std::collections::BTreeSet;

use serde_json::Value;
use trede::startup::openapi_document;
use trede_service::frame::access::Operation;

fn document() -> Value {
    serde_json::from_str(&openapi_document().unwrap()).unwrap()
}

/// Every operation with its path and method.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            found.push((format!("{method} {path}"), operation));
        }
    }
    assert!(found.len() > 10, "the document was read");
    found
}

/// What a reference leads to; anything else is itself.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

#[test]
fn the_committed_document_is_the_generated_one() {
    let committed = std::fs::read_to_string("openapi/trede.json").unwrap();
    assert!(
        committed == openapi_document().unwrap(),
        "openapi/trede.json is out of date: cargo run -- openapi > openapi/trede.json"
    );
}

#[test]
fn the_document_and_the_permission_table_know_the_same_operations() {
    let document = document();
    let documented: BTreeSet<_> = operations(&document)
        .into_iter()
        .map(|(_, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect();
    let permitted: BTreeSet<_> = Operation::ALL.iter().map(|operation| operation.id().to_owned()).collect();
    assert_eq!(documented, permitted);
}

#[test]
fn every_operation_says_what_it_does_and_who_may() {
    let document = document();
    let tags: BTreeSet<_> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    for (place, operation) in operations(&document) {
        let summary = operation["summary"].as_str().unwrap_or_default();
        assert!(!summary.is_empty() && !summary.ends_with('.'), "{place}: {summary}");
        let description = operation["description"].as_str().unwrap_or_default();
        let public = operation["security"] == Value::Array(Vec::new());
        let is_for_all = place.contains("/open-data/")
            || place.ends_with("/receipt-keys")
            || place.ends_with("/record-keys");
        assert_eq!(public, is_for_all, "{place}: only open data and public keys ask for no token");
        assert!(public || description.contains("Roles: `"), "{place}: {description}");
        assert!(description.contains('('), "{place} names no Dutch term: {description}");
        let tag = operation["tags"][0].as_str().unwrap_or_default();
        assert!(tags.contains(tag), "{place}: {tag}");
        assert!(public || operation["security"][0]["bearer"] == Value::Array(Vec::new()), "{place}");
    }
}

#[test]
fn every_operation_names_the_problems_that_follow_from_its_shape() {
    let document = document();
    for (place, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        let public = operation["security"] == Value::Array(Vec::new());
        let mut wanted = if public { vec!["406", "429"] } else { vec!["401", "403", "406", "429", "503"] };
        if operation.get("requestBody").is_some() {
            wanted.extend(["400", "413", "415"]);
        }
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        if parameters.iter().any(|parameter| parameter["in"] == "path") {
            wanted.push("404");
        }
        if parameters.iter().any(|parameter| parameter["name"] == "If-Match") {
            wanted.extend(["412", "428"]);
        }
        if parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key") {
            wanted.extend(["400", "409", "422"]);
        }
        for status in wanted {
            let response = responses.get(status).unwrap_or_else(|| panic!("{place} lacks {status}"));
            let content = &resolved(&document, response)["content"];
            assert!(content.get("application/problem+json").is_some(), "{place} {status}");
        }
    }
}

#[test]
fn every_update_wants_the_version_that_was_read_and_every_write_can_be_sent_again() {
    let document = document();
    for (place, operation) in operations(&document) {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let has = |name: &str| parameters.iter().any(|parameter| parameter["name"] == name);
        let (method, _) = place.split_once(' ').unwrap();
        let id = operation["operationId"].as_str().unwrap();
        let writes_nothing = id.starts_with("simulate_") || id.starts_with("compare_");
        assert_eq!(has("Idempotency-Key"), method == "post" && !writes_nothing, "{place}");
        if matches!(method, "put" | "patch" | "delete") {
            assert!(has("If-Match"), "{place}");
        }
    }
}

#[test]
fn every_body_has_an_example_and_every_property_a_description() {
    let document = document();
    for (place, operation) in operations(&document) {
        let mut bodies = vec![&operation["requestBody"]];
        bodies.extend(operation["responses"].as_object().unwrap().values());
        for body in bodies {
            let Some(content) = resolved(&document, body).get("content") else { continue };
            for media in content.as_object().unwrap().values() {
                let schema = resolved(&document, &media["schema"]);
                let item = resolved(&document, &schema["properties"]["items"]["items"]);
                let exemplified = schema.get("example").is_some() || item.get("example").is_some();
                assert!(exemplified, "{place}: no example in {}", media["schema"]);
            }
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(schema.get("description").is_some(), "{name} has no description");
        for (property, of_property) in schema["properties"].as_object().into_iter().flatten() {
            // What may be left out or null is described inside.
            let inner = of_property.pointer("/oneOf/0").unwrap_or(of_property);
            let described =
                inner.get("description").is_some() || resolved(&document, inner).get("description").is_some();
            assert!(described, "{name}.{property} has no description");
        }
    }
}

/// Every schema below a value, with where it is.
fn within<'a>(value: &'a Value, place: &str, found: &mut Vec<(String, &'a Value)>) {
    found.push((place.to_owned(), value));
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| within(value, &format!("{place}/{name}"), found));
        }
        Value::Array(items) => items.iter().for_each(|item| within(item, place, found)),
        _ => {}
    }
}

/// A number that is read as unsigned takes more than an `int32` can say.
#[test]
fn no_number_of_a_request_is_told_smaller_than_what_is_taken() {
    let document = document();
    let mut all = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if ["Input", "Request", "File"].iter().any(|end| name.ends_with(end)) {
            within(schema, name, &mut all);
        }
    }
    let is_too_small = |schema: &Value| {
        schema["format"] == "int32"
            && schema["minimum"].as_f64().is_some_and(|it| it >= 0.0)
            && schema["maximum"].is_null()
    };
    let wrong: Vec<_> =
        all.iter().filter(|(_, schema)| is_too_small(schema)).map(|(place, _)| place).collect();
    assert!(all.iter().filter(|(_, schema)| schema["format"] == "int32").count() > 20);
    assert!(wrong.is_empty(), "{wrong:?}");
}
