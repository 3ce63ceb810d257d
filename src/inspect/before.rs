//! Streams that are unpacked while a file is opened, before anything of it can be asked: those that say where objects stand,
//! and those that hold objects (ISO 32000-1 §7.5.7 and §7.5.8).

use super::unpack;
use hayro::hayro_syntax::object::{Dict, FromBytes, Stream};

/// How often as much as the whole file may be read for what may be an object.
const READINGS: u64 = 100;

/// Whether they unpack to more bytes than there is room for. They are looked for wherever an object may stand, as it is for
/// the file to say which of them count.
pub(super) fn is_too_much(bytes: &[u8], encrypted: bool, mut room: u64) -> bool {
    let mut readings = READINGS.saturating_mul(bytes.len() as u64);
    for (at, _) in bytes.windows(3).enumerate().filter(|(_, word)| word == b"obj") {
        let behind = &bytes[at + 3..];
        let rest = spaced(behind);
        readings = readings.saturating_sub((behind.len() - rest.len()) as u64);
        if rest.starts_with(b"<<") {
            let dict = Dict::from_bytes(rest);
            readings = readings.saturating_sub(dict.as_ref().map_or(rest.len(), |dict| dict.data().len()) as u64);
            let size = dict.map_or(0, |dict| unpacked(rest, &dict, encrypted, room));
            if size > room {
                return true;
            }
            room -= size;
        }
        if readings == 0 {
            return true;
        }
    }
    false
}

/// What is left once white space and comments are passed over (ISO 32000-1 §7.2.2).
fn spaced(mut rest: &[u8]) -> &[u8] {
    loop {
        match rest {
            [0 | 9 | 10 | 12 | 13 | 32, after @ ..] => rest = after,
            [b'%', after @ ..] => rest = &after[after.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(after.len())..],
            _ => return rest,
        }
    }
}

/// Bytes that such a stream unpacks to, counted no further than one more than there is room for; none of other objects.
fn unpacked(object: &[u8], dict: &Dict<'_>, encrypted: bool, room: u64) -> u64 {
    let holds_objects = dict.contains_key("First");
    if !holds_objects && !dict.contains_key("W") {
        return 0;
    }
    let Some(stream) = Stream::from_bytes(object) else { return 0 };
    let (raw, filters) = (stream.raw_data(), stream.filters());
    let open_end = dict.get_ref("Length").is_some();
    if dict.get_ref("Filter").is_some() || (encrypted && holds_objects && open_end) {
        return u64::MAX;
    }
    // The key comes later: what it packs is not seen.
    if encrypted && holds_objects {
        return unpack::worst(raw.len() as u64, &filters);
    }
    let begin = raw.as_ptr() as usize - object.as_ptr() as usize;
    unpack::count(room, if open_end { &object[begin..] } else { &raw }, &filters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    const MOST: u64 = 1_000_000;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    /// An object of these keys, before which and behind which something else stands.
    fn object(keys: &str, data: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7\n7 0 obj", keys.as_bytes(), b">>stream\n", data, b"\nendstream endobj trailer<<>>"].concat()
    }

    #[test]
    fn a_stream_that_says_where_objects_stand_is_counted_however_it_is_written() {
        let twice = packed(&packed(&vec![0; 3_000_000]));
        assert!(twice.len() < 1_000);
        for keys in [
            "<</Type/XRef/W[1 2 1]/Filter[/FlateDecode/FlateDecode]",
            "<< /W [1 2 1] /F [/Fl /Fl]",
            "% <<>>\r\n\0<</#57[1 2 1]/Filter[/Fl/FlateDecode]",
            "<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length 9 0 R",
            "<</N 1/First 4/X(endobj <<)/Filter[/FlateDecode/FlateDecode]",
            "<</N 1/First 4/Filter 9 0 R",
        ] {
            assert!(is_too_much(&object(keys, &twice), false, MOST), "{keys}");
        }
        let keys = "<</Type/ObjStm/N 1/First 4/Filter/FlateDecode";
        assert!(!is_too_much(&object(keys, &packed(b"1 0 <<>>")), false, MOST));
        assert!(!is_too_much(&object(keys, &packed(b"1 0 <<>>")), true, MOST));
        assert!(is_too_much(&object(keys, &[7; 2_000]), true, MOST));
        assert!(!is_too_much(&object("<</Subtype/Image/Filter[/FlateDecode/FlateDecode]", &twice), false, MOST), "asked later");
    }

    #[test]
    fn many_of_them_share_the_room() {
        let half = packed(&vec![0; 600_000]);
        let one = object("<</W[1 2 1]/Filter/FlateDecode", &half);
        assert!(!is_too_much(&one, false, MOST));
        assert!(is_too_much(&[one.clone(), one].concat(), false, MOST));
    }

    #[test]
    fn what_only_looks_like_objects_ends() {
        for part in ["obj<<", "obj%", "obj<</A("] {
            assert!(is_too_much(part.repeat(2_000).as_bytes(), false, MOST), "{part}");
        }
        assert!(is_too_much(["obj<</A(".repeat(2_000), ")>>".repeat(2_000)].concat().as_bytes(), false, MOST));
        let plain = "1 0 obj<</A(obj)>>endobj ".repeat(2_000);
        assert!(!is_too_much([plain, "1 0 obj<</A(obj<<)>>endobj ".repeat(50)].concat().as_bytes(), false, MOST));
    }
}
