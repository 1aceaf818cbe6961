//! The canonical form of a score file and its fingerprint: the same input gives the same bytes.
//!
//! RFC 8785 (JSON Canonicalization Scheme): keys in the order of their UTF-16 code units, no white space.
//! Numbers on our wire are strings with normalised decimals, and bids and lots stand by their identifier, so
//! neither the order of bids nor trailing zeros change the fingerprint.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::score_file::ScoreFile;

/// The canonical bytes of a score file.
#[must_use]
pub fn canonical_bytes(file: &ScoreFile) -> Vec<u8> {
    let mut file = file.clone();
    file.lots.sort_by(|a, b| a.id.cmp(&b.id));
    for lot in &mut file.lots {
        lot.bids.sort_by(|a, b| a.id.cmp(&b.id));
    }
    canonical_json(&file)
}

/// The canonical bytes of a wire type, whose lists keep their order.
#[must_use]
pub fn canonical_json<T: Serialize>(document: &T) -> Vec<u8> {
    // Serialising our types to a value cannot fail: their keys are strings and they hold no floats.
    let value = serde_json::to_value(document).unwrap_or_default();
    let mut bytes = Vec::new();
    write(&value, &mut bytes);
    bytes
}

/// SHA-256 of bytes, in lower-case hexadecimals.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn write(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            write_list(b'{', b'}', sorted.iter(), bytes, |(key, value), bytes| {
                write(&Value::String((*key).clone()), bytes);
                bytes.push(b':');
                write(value, bytes);
            });
        }
        Value::Array(items) => write_list(b'[', b']', items.iter(), bytes, write),
        // serde_json escapes strings as RFC 8785 asks, and writes integers, booleans and null the same way.
        scalar => bytes.extend_from_slice(scalar.to_string().as_bytes()),
    }
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
