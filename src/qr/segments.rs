//! The segments of a payload that take the fewest bits.
//!
//! `qrcode` joins segments greedily, so that an address with a few figures in it may not fit the version that holds
//! it as plain bytes, and takes UTF-8 that happens to be Shift JIS for kanji, which is read back as other characters.

use qrcode::Version;
use qrcode::optimize::Segment;
use qrcode::types::Mode;

/// The ways to write characters down; each holds what the one before holds.
const MODES: [Mode; 3] = [Mode::Numeric, Mode::Alphanumeric, Mode::Byte];
/// Sixths of a bit that a character takes in each: 10 bits for three figures, 11 for two characters, 8 for a byte.
const SIXTHS: [usize; 3] = [20, 33, 48];
/// More than any payload takes.
const NEVER: usize = usize::MAX / 2;

/// Cuts a payload into segments. They are the best for all versions that count characters in as many bits.
pub(super) fn shortest(payload: &[u8], version: Version) -> Vec<Segment> {
    let heads = MODES.map(|mode| 6 * (version.mode_bits_count() + mode.length_bits_count(version)));
    // Of the payload up to each byte: the least it takes when that byte is of each mode, and the mode before it.
    let mut least = [NEVER; 3];
    let mut before: Vec<[usize; 3]> = Vec::with_capacity(payload.len());
    for (i, byte) in payload.iter().enumerate() {
        let mut next = [NEVER; 3];
        let mut from = [0; 3];
        for mode in simplest(*byte)..MODES.len() {
            (next[mode], from[mode]) = (least[mode], mode);
            for (last, taken) in least.iter().enumerate() {
                let begun = heads[mode] + if i == 0 { 0 } else { taken.next_multiple_of(6) };
                if begun < next[mode] {
                    (next[mode], from[mode]) = (begun, last);
                }
            }
            next[mode] += SIXTHS[mode];
        }
        least = next;
        before.push(from);
    }
    let mut mode = (0..MODES.len()).rev().min_by_key(|mode| least[*mode].next_multiple_of(6)).unwrap_or_default();
    let mut segments: Vec<Segment> = Vec::new();
    for (i, from) in before.iter().enumerate().rev() {
        match segments.last_mut() {
            Some(segment) if segment.mode == MODES[mode] => segment.begin = i,
            _ => segments.push(Segment { mode: MODES[mode], begin: i, end: i + 1 }),
        }
        mode = from[mode];
    }
    segments.reverse();
    segments
}

/// The first of the modes that holds a byte.
fn simplest(byte: u8) -> usize {
    match byte {
        b'0'..=b'9' => 0,
        b'A'..=b'Z' | b' ' | b'$' | b'%' | b'*' | b'+' | b'-' | b'.' | b'/' | b':' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::optimize::total_encoded_len;

    fn modes(payload: &str) -> Vec<(Mode, &str)> {
        let segments = shortest(payload.as_bytes(), Version::Normal(1));
        segments.iter().map(|s| (s.mode, &payload[s.begin..s.end])).collect()
    }

    #[test]
    fn a_segment_is_worth_its_head() {
        assert_eq!(modes("0912345678"), [(Mode::Numeric, "0912345678")]);
        assert_eq!(modes("HTTPS://MO.VN/7KX2"), [(Mode::Alphanumeric, "HTTPS://MO.VN/7KX2")]);
        assert_eq!(modes("https://mo.vn/123"), [(Mode::Byte, "https://mo.vn/123")]);
        assert_eq!(modes("https://mo.vn/123456"), [(Mode::Byte, "https://mo.vn/"), (Mode::Numeric, "123456")]);
        assert_eq!(modes("a1234b"), [(Mode::Byte, "a1234b")]);
        assert_eq!(modes(""), []);
    }

    #[test]
    fn characters_that_look_like_shift_jis_stay_bytes() {
        let payload = "\u{5065}\u{5eb7}".repeat(20);
        assert_eq!(modes(&payload), [(Mode::Byte, payload.as_str())]);
    }

    #[test]
    fn no_other_cut_of_a_short_payload_is_shorter() {
        for payload in ["a1234567b", "AB12345678cd", "1A2b34567890C", "7-7-7x99999999", "https://v.vn/1?k=805"] {
            for version in [1, 10, 27].map(Version::Normal) {
                let found = total_encoded_len(&shortest(payload.as_bytes(), version), version);
                assert_eq!(found, by_trying(payload.as_bytes(), 0, version), "{payload}");
            }
        }
    }

    /// The fewest bits that the rest of a payload takes, by trying every next segment.
    fn by_trying(payload: &[u8], begin: usize, version: Version) -> usize {
        let ends = begin + 1..=payload.len();
        let best = ends.map(|end| {
            let mode = payload[begin..end].iter().map(|byte| simplest(*byte)).max().unwrap();
            let segment = Segment { mode: MODES[mode], begin, end };
            segment.encoded_len(version) + by_trying(payload, end, version)
        });
        best.min().unwrap_or(0)
    }
}
