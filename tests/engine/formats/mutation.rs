//! Changes of single bytes, as damage or malice makes them.

use proptest::prelude::*;
use proptest::sample::Index;

/// Where a change is made, with which byte, and of which kind.
type Change = (Index, u8, u8);

pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec((any::<Index>(), any::<u8>(), 0..4_u8), 1..12)
}

/// Puts bytes in others' place, takes some out, puts some in, cuts off.
pub fn mutate(bytes: &mut Vec<u8>, changes: Vec<Change>) {
    for (place, byte, change) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = place.index(bytes.len());
        match change {
            0 => bytes[at] = byte,
            1 => {
                bytes.remove(at);
            }
            2 => bytes.insert(at, byte),
            _ => bytes.truncate(at + 1),
        }
    }
}
