//! The canonical form of a score file and its fingerprint: the same input gives the same bytes.
//!
//! RFC 8785 (JSON Canonicalization Scheme): keys in the order of their UTF-16 code units, no white space.
//! Numbers on our wire are strings with normalised decimals, and bids and lots stand by their identifier, so
//! neither the order of bids nor trailing zeros change the fingerprint.

use std::cmp::Ordering;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::number::Number;
use crate::score_file::ScoreFile;
use trede_base::hex::hex;

/// The canonical bytes of a score file.
#[must_use]
pub fn canonical_bytes(file: &ScoreFile) -> Vec<u8> {
    // Serialising these types to a value cannot fail: their keys are strings and they hold no floats.
    let mut value = serde_json::to_value(file).unwrap_or_default();
    for lot in sorted_by_id(&mut value, "lots") {
        for bid in sorted_by_id(lot, "bids") {
            plain_scores(bid);
        }
    }
    written(&value)
}

/// The canonical bytes of a document of ours whose lists stand in their order already.
#[must_use]
pub fn canonical_json(document: &impl Serialize) -> Vec<u8> {
    written(&serde_json::to_value(document).unwrap_or_default())
}

fn written(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4096);
    write(value, &mut bytes);
    bytes
}

/// Scores are texts, for they may be the name of a mark; those that are numbers are written as all numbers are. No
/// mark reads as a number.
fn plain_scores(bid: &mut Value) {
    let plain = |score: &mut Value| {
        if let Some(number) = score.as_str().and_then(|text| Number::parse(text).ok()) {
            *score = serde_json::to_value(number).unwrap_or_default();
        }
    };
    if let Some(Value::Object(scores)) = bid.get_mut("scores") {
        scores.values_mut().for_each(plain);
    }
    if let Some(Value::Object(given)) = bid.get_mut("assessorScores") {
        let each = given.values_mut().filter_map(Value::as_array_mut).flatten();
        each.filter_map(|one| one.get_mut("score")).for_each(plain);
    }
}

/// The members of a list that stand by their identifier, put in its order.
fn sorted_by_id<'a>(value: &'a mut Value, list: &str) -> &'a mut [Value] {
    let Some(Value::Array(members)) = value.get_mut(list) else {
        return &mut [];
    };
    members.sort_by(|a, b| a.get("id").and_then(Value::as_str).cmp(&b.get("id").and_then(Value::as_str)));
    members
}

/// SHA-256 of bytes, in lower-case hexadecimals.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn write(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| in_utf16(a, b));
            write_list(b'{', b'}', sorted.iter(), bytes, |(key, value), bytes| {
                write_scalar(key, bytes);
                bytes.push(b':');
                write(value, bytes);
            });
        }
        Value::Array(items) => write_list(b'[', b']', items.iter(), bytes, write),
        // serde_json escapes strings as RFC 8785 asks, and writes integers, booleans and null the same way.
        scalar => write_scalar(scalar, bytes),
    }
}

/// The order of two keys by UTF-16 code units; for ASCII that of the bytes.
fn in_utf16(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

fn write_scalar(scalar: &impl Serialize, bytes: &mut Vec<u8>) {
    // Writing to memory cannot fail, and neither can a scalar.
    let _ = serde_json::to_writer(bytes, scalar);
}

fn write_list<T>(
    open: u8,
    close: u8,
    items: impl Iterator<Item = T>,
    bytes: &mut Vec<u8>,
    write_item: impl Fn(T, &mut Vec<u8>),
) {
    bytes.push(open);
    for (index, item) in items.enumerate() {
        if index > 0 {
            bytes.push(b',');
        }
        write_item(item, bytes);
    }
    bytes.push(close);
}
