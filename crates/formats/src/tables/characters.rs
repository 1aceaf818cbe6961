//! Characters in encodings other than UTF-8.

/// What Windows-1252 has in the place of 0x80 to 0x9F; a blank where it has nothing.
const WINDOWS_1252: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// The character of a byte in Windows-1252; none where it has none.
pub(super) fn of_windows_1252(byte: u8) -> Option<char> {
    let in_table = byte.checked_sub(0x80).and_then(|place| WINDOWS_1252.get(usize::from(place)));
    match in_table {
        Some(' ') => None,
        Some(character) => Some(*character),
        None => Some(char::from(byte)),
    }
}

/// Answers how many bytes were taken; none where they are no UTF-16.
pub(super) fn decode_utf16(raw: &[u8], is_little: bool, ended: bool, text: &mut Vec<u8>) -> Option<usize> {
    let units: Vec<u16> = raw
        .chunks_exact(2)
        .map(|pair| match pair {
            [first, second] if is_little => u16::from_le_bytes([*first, *second]),
            [first, second] => u16::from_be_bytes([*first, *second]),
            _ => 0,
        })
        .collect();
    let mut kept = units.as_slice();
    if !ended && let Some((0xD800..0xDC00, before)) = kept.split_last() {
        kept = before;
    }
    for unit in char::decode_utf16(kept.iter().copied()) {
        let mut room = [0; 4];
        text.extend_from_slice(unit.ok()?.encode_utf8(&mut room).as_bytes());
    }
    if ended && raw.len() % 2 == 1 {
        return None;
    }
    Some(kept.len() * 2)
}
