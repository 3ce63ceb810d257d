//! Streams that are unpacked while a file is opened, before anything of it can be asked: those that say where objects stand,
//! and those that hold objects (ISO 32000-1 §7.5.7 and §7.5.8).

use super::{Refused, unpack};
use hayro::hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Stream};

/// How often as much as the whole file may be read for what may be a stream.
const READINGS: u64 = 100;

/// Refuses a file of which they unpack to more bytes than there is room for. They are looked for wherever a dictionary
/// stands, as it is for the file to say which of them count. One that is called so but does not say how many objects it holds
/// is not known from others: it may have as much as any stream.
pub(super) fn hold(bytes: &[u8], encrypted: bool, most: u64) -> Result<(), Refused> {
    // The key comes later: what is packed behind it is not seen, and counts as the worst that it may be.
    let mut room = if encrypted { most.saturating_mul(4) } else { most };
    let mut readings = READINGS.saturating_mul(bytes.len() as u64);
    let begins_with_key = |dict: &[u8]| spaced(&dict[2..]).starts_with(b"/");
    for at in 0..bytes.len() {
        let rest = &bytes[at..];
        let (dict, is_meant) = match rest {
            // By chance these stand in what is packed too.
            [b'<', b'<', ..] => (rest, begins_with_key(rest)),
            // What is no key is passed over in an object.
            [b'o', b'b', b'j', after @ ..] => {
                let dict = spaced(after);
                (dict, dict.starts_with(b"<<") && !begins_with_key(dict))
            }
            _ => continue,
        };
        let passed = rest.len() - spaced(dict.get(2..).unwrap_or_default()).len();
        let read = if is_meant { passed + length(dict, encrypted, most, &mut room)? } else { passed };
        readings = readings.checked_sub(read as u64).ok_or(Refused::Damaged)?;
    }
    Ok(())
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

/// Bytes that were read of what begins with a dictionary. A stream takes of the room.
fn length(rest: &[u8], encrypted: bool, most: u64, room: &mut u64) -> Result<usize, Refused> {
    let Some(dict) = Dict::from_bytes(rest) else { return Ok(rest.len()) };
    let written = dict.data();
    let end = written.as_ptr() as usize - rest.as_ptr() as usize + written.len();
    let behind = spaced(&rest[end..]);
    if !behind.starts_with(b"stream") {
        return Ok(rest.len() - behind.len());
    }
    let Some(stream) = Stream::from_bytes(rest) else { return Ok(rest.len()) };
    let holds_objects = dict.contains_key("First");
    let is_early = holds_objects || dict.contains_key("W");
    let (raw, filters) = (stream.raw_data(), stream.filters());
    // Filters and lengths that are objects of their own are not known yet.
    let open_end = dict.get_ref("Length").is_some();
    let is_unknown = || ["F", "Filter"].into_iter().any(|key| is_elsewhere(&dict, key)) || (encrypted && holds_objects && open_end);
    if is_early && is_unknown() {
        return Err(Refused::Damaged);
    }
    let worst = unpack::worst(raw.len() as u64, &filters);
    if encrypted && holds_objects {
        *room = room.checked_sub(worst).ok_or(Refused::TooLarge)?;
    } else if is_early || worst > most {
        let begin = raw.as_ptr() as usize - rest.as_ptr() as usize;
        let data = if open_end && is_early { &rest[begin..] } else { &raw };
        match unpack::count(if is_early { *room } else { most }, data, &filters) {
            Some(size) if is_early => *room = room.checked_sub(size).ok_or(Refused::TooLarge)?,
            Some(size) if size > most => return Err(Refused::TooLarge),
            // Of a chain readers take more than is counted here.
            None if is_early || (!encrypted && filters.len() > 1) => return Err(Refused::Damaged),
            _ => {}
        }
        return Ok(end + raw.len() + data.len());
    }
    Ok(end + raw.len())
}

/// Whether a key, or a part of what it holds, is an object of its own.
fn is_elsewhere(dict: &Dict<'_>, key: &str) -> bool {
    let of_parts = |parts: Array<'_>| parts.raw_iter().any(|part| matches!(part, MaybeRef::Ref(_)));
    dict.get_ref(key).is_some() || dict.get::<Array<'_>>(key).is_some_and(of_parts)
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

    fn refused(bytes: &[u8]) -> Option<Refused> {
        hold(bytes, false, MOST).err()
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
            "null\n<<%\n/First 4/Filter[/Crypt/Fl/Fl]",
            "<<1/W[1 2 1]/Filter[/Fl/Fl]",
            "%\n<<null/First 4/N 1/Filter[/Fl/Fl]",
            "<</Filter[/Fl/Fl]",
        ] {
            assert_eq!(refused(&object(keys, &twice)), Some(Refused::TooLarge), "{keys}");
        }
        for keys in ["<</N 1/First 4/Filter 9 0 R", "<</N 1/First 4/F 9 0 R/Filter/Fl", "<</First 4/Filter[9 0 R 9 0 R]"] {
            assert_eq!(refused(&object(keys, &twice)), Some(Refused::Damaged), "{keys}");
        }
        let early = object("<</W[1 2 1]", b"some");
        assert_eq!(refused(&[early, object("<</Filter[/Fl/Fl]", &twice)].concat()), Some(Refused::TooLarge));
        assert_eq!(refused(&object("<</Filter[/Fl/Fl]", &packed(&twice)[2..])), Some(Refused::Damaged));
        for honest in ["<</Subtype/Image/Filter 9 0 R", "<</Subtype/Image/Filter[9 0 R]/DecodeParms<</K 0>>"] {
            assert_eq!(refused(&object(honest, &twice).repeat(300)), None, "{honest}");
        }
        let keys = "<</Type/ObjStm/N 1/First 4/Filter/FlateDecode";
        assert_eq!(refused(&object(keys, &packed(b"1 0 <<>>"))), None);
        assert_eq!(hold(&object(keys, &packed(b"1 0 <<>>")), true, MOST), Ok(()));
        assert_eq!(hold(&object(keys, &[7; 5_000]), true, MOST), Err(Refused::TooLarge));
        assert_eq!(hold(&object(&format!("{keys}/Length 9 0 R"), b"x"), true, MOST), Err(Refused::Damaged));
    }

    #[test]
    fn many_of_them_share_the_room() {
        let half = packed(&vec![0; 600_000]);
        let one = object("<</W[1 2 1]/Filter/FlateDecode", &half);
        assert_eq!((refused(&one), refused(&[one.clone(), one].concat())), (None, Some(Refused::TooLarge)));
        let picture = object("<</Subtype/Image/Filter/FlateDecode", &half);
        assert_eq!(refused(&[picture.clone(), picture].concat()), None);
    }

    #[test]
    fn what_only_looks_like_a_stream_ends() {
        for part in ["<</A", "<</A(", "<<%", "<</W 1>>stream\n", "<</W 1/Filter/A85/Length 9 0 R>>stream\n"] {
            assert_eq!(refused(part.repeat(2_000).as_bytes()), Some(Refused::Damaged), "{part}");
        }
        assert!(refused(["<</A(".repeat(2_000), ")>>".repeat(2_000)].concat().as_bytes()).is_some());
        let plain = "1 0 obj<</A(obj)/B<</C[<</D 1>>]>>>>endobj ".repeat(2_000);
        assert_eq!(refused([plain.as_str(), &"<".repeat(10_000), &"<</A 1".repeat(20)].concat().as_bytes()), None);
    }
}
