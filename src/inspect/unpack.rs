//! How much a stream unpacks to, counted without keeping it: a few kilobytes may stand for terabytes, as filters may follow
//! each other (ISO 32000-1 §7.4).

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro::hayro_syntax::Filter;
use std::cell::Cell;
use std::io::{BufReader, ErrorKind, Read};

/// Bytes that one byte may stand for, at most: deflate's longest match is 258 bytes in two bits, an entry of LZW holds 4,096
/// in twelve, a run 128 in two bytes.
fn most_of(filter: &Filter) -> u64 {
    match filter {
        Filter::FlateDecode => 1_032,
        Filter::LzwDecode => 2_731,
        Filter::RunLengthDecode => 64,
        Filter::Ascii85Decode => 4,
        _ => 1,
    }
}

/// Filters in a row: nobody writes more than two, and a reader calls itself for each.
const MOST_FILTERS: usize = 8;

/// Those of the filters that unpack, before one that makes a picture: that is bounded by its pixels. None where there are
/// too many, or a picture is to be unpacked once more.
fn packing(filters: &[Filter]) -> Option<Vec<&Filter>> {
    let filters = filters.strip_prefix(&[Filter::Crypt]).unwrap_or(filters);
    let packing: Vec<&Filter> =
        filters.iter().take_while(|filter| most_of(filter) > 1 || matches!(filter, Filter::AsciiHexDecode)).collect();
    (packing.len() <= MOST_FILTERS && filters.len() <= packing.len() + 1).then_some(packing)
}

/// Bytes that so many may unpack to at worst.
pub(super) fn worst(raw: u64, filters: &[Filter]) -> u64 {
    packing(filters).map_or(u64::MAX, |packing| packing.iter().fold(raw, |bytes, filter| bytes.saturating_mul(most_of(filter))))
}

/// Bytes that a stream unpacks to, counted no further than to so many and one. None where it is damaged, as readers do not
/// agree what is left of it.
pub(super) fn count(most: u64, raw: &[u8], filters: &[Filter]) -> Option<u64> {
    let packing = packing(filters)?;
    let more = most.saturating_add(1);
    if packing.is_empty() {
        return Some(more.min(raw.len() as u64));
    }
    if let [Filter::FlateDecode] = packing.as_slice() {
        // As nearly all are: by whole buffers.
        let flat = |reader: &mut dyn Read| {
            let mut reader = reader.take(more);
            match std::io::copy(&mut reader, &mut std::io::sink()) {
                Err(e) if is_damage(&e) => None,
                _ => Some(more - reader.limit()),
            }
        };
        let zlib = || flat(&mut BufReader::with_capacity(1 << 16, ZlibDecoder::new(raw)));
        let deflate = |from: usize| flat(&mut BufReader::with_capacity(1 << 16, DeflateDecoder::new(&raw[from..])));
        // Readers take what has no header, or no sum at its end.
        let bare = || Some(deflate(0).unwrap_or(0).max(deflate(if has_header(raw) { 2 } else { 0 })?));
        return zlib().or_else(bare);
    }
    let damaged = Cell::new(false);
    let counted = |early: bool| {
        let mut bytes: Box<dyn Iterator<Item = u8> + '_> = Box::new(raw.iter().copied());
        for filter in &packing {
            bytes = match filter {
                Filter::FlateDecode => {
                    let decoder = ZlibDecoder::new(Bytes(bytes));
                    let sound = |byte: std::io::Result<u8>| byte.inspect_err(|e| damaged.set(damaged.get() || is_damage(e))).ok();
                    Box::new(BufReader::with_capacity(1 << 16, decoder).bytes().map_while(sound))
                }
                Filter::LzwDecode => Box::new(Lzw::new(bytes, early)),
                Filter::RunLengthDecode => Box::new(Runs { bytes, left: 0, repeated: None }),
                Filter::Ascii85Decode => Box::new(Ascii85 { bytes, group: Vec::new(), out: Vec::new() }),
                _ => {
                    let mut digits = bytes.take_while(|byte| *byte != b'>').filter_map(|byte| char::from(byte).to_digit(16));
                    Box::new(std::iter::from_fn(move || Some((digits.next()? * 16 + digits.next().unwrap_or(0)) as u8)))
                }
            };
        }
        bytes.take(usize::try_from(more).unwrap_or(usize::MAX)).count() as u64
    };
    // How wide the codes of LZW are depends on a parameter; whichever gives more counts.
    let late = if packing.iter().any(|filter| matches!(filter, Filter::LzwDecode)) { counted(false) } else { 0 };
    let bytes = counted(true).max(late);
    (!damaged.get() || bytes == more).then_some(bytes)
}

/// Whether packed bytes begin as RFC 1950 §2.2 asks, without a dictionary of their own.
fn has_header(raw: &[u8]) -> bool {
    matches!(raw, [method, flags, ..] if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0 && flags & 0x20 == 0)
}

/// Whether more may be read from what made a decoder stop: of what is only cut short, all has been.
fn is_damage(e: &std::io::Error) -> bool {
    e.kind() != ErrorKind::UnexpectedEof
}

struct Bytes<'b>(Box<dyn Iterator<Item = u8> + 'b>);

impl Read for Bytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut read = 0;
        for (place, byte) in buffer.iter_mut().zip(&mut self.0) {
            *place = byte;
            read += 1;
        }
        Ok(read)
    }
}

struct Runs<'b> {
    bytes: Box<dyn Iterator<Item = u8> + 'b>,
    left: u8,
    repeated: Option<u8>,
}

impl Iterator for Runs<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.left == 0 {
            let length = self.bytes.next()?;
            (self.left, self.repeated) = match length {
                0..=127 => (length + 1, None),
                128 => return None,
                129.. => ((257 - u16::from(length)) as u8, Some(self.bytes.next()?)),
            };
        }
        self.left -= 1;
        self.repeated.or_else(|| self.bytes.next())
    }
}

struct Ascii85<'b> {
    bytes: Box<dyn Iterator<Item = u8> + 'b>,
    group: Vec<u8>,
    out: Vec<u8>,
}

impl Iterator for Ascii85<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        loop {
            if let Some(byte) = self.out.pop() {
                return Some(byte);
            }
            match self.bytes.next() {
                Some(b'z') => self.out = vec![0; 4],
                Some(digit @ b'!'..=b'u') => self.group.push(digit - b'!'),
                Some(b'~') | None if self.group.len() < 2 => return None,
                Some(b'~') | None => {
                    let whole = self.group.len() - 1;
                    self.group.resize(5, 84);
                    self.out = self.four();
                    self.out.drain(..4 - whole);
                }
                Some(_) => {}
            }
            if self.group.len() == 5 {
                self.out = self.four();
            }
        }
    }
}

impl Ascii85<'_> {
    /// The bytes of five digits, the last first.
    fn four(&mut self) -> Vec<u8> {
        let value = self.group.drain(..).fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(digit)));
        value.to_le_bytes().to_vec()
    }
}

/// Codes of nine to twelve bits, each an entry of a table that grows by one with each.
struct Lzw<'b> {
    bytes: Box<dyn Iterator<Item = u8> + 'b>,
    early: bool,
    held: u32,
    bits: u32,
    /// Of each entry from 258 on, the one before its last byte, and that byte.
    table: Vec<(u16, u8)>,
    last: Option<u16>,
    /// What is to be given, the last first.
    out: Vec<u8>,
}

const CLEAR: u16 = 256;
const END: u16 = 257;
const FIRST: u16 = 258;

impl<'b> Lzw<'b> {
    fn new(bytes: Box<dyn Iterator<Item = u8> + 'b>, early: bool) -> Lzw<'b> {
        Lzw { bytes, early, held: 0, bits: 0, table: Vec::new(), last: None, out: Vec::new() }
    }

    fn code(&mut self) -> Option<u16> {
        let entries = usize::from(FIRST) + self.table.len() + usize::from(self.early);
        let width = (9..12).find(|width| entries < 1 << width).unwrap_or(12);
        while self.bits < width {
            self.held = self.held << 8 | u32::from(self.bytes.next()?);
            self.bits += 8;
        }
        self.bits -= width;
        let code = self.held >> self.bits & ((1 << width) - 1);
        Some(code as u16)
    }

    /// What an entry holds, the last first.
    fn entry(&self, mut code: u16) -> Vec<u8> {
        let mut bytes = Vec::new();
        while let Some((before, byte)) = code.checked_sub(FIRST).and_then(|at| self.table.get(usize::from(at))) {
            bytes.push(*byte);
            code = *before;
        }
        bytes.push(code as u8);
        bytes
    }
}

impl Iterator for Lzw<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        loop {
            if let Some(byte) = self.out.pop() {
                return Some(byte);
            }
            let code = self.code()?;
            match (code, self.last) {
                (CLEAR, _) => {
                    self.table.clear();
                    self.last = None;
                    continue;
                }
                (END, _) => return None,
                (code, None) => self.out = self.entry(code),
                (code, Some(last)) => {
                    let next = FIRST + self.table.len() as u16;
                    let begin = *self.entry(if code < next { code } else { last }).last()?;
                    if self.table.len() < 4_096 - usize::from(FIRST) {
                        self.table.push((last, begin));
                    }
                    if code > next {
                        return None;
                    }
                    self.out = self.entry(code);
                }
            }
            self.last = Some(code);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    const MOST: u64 = 1 << 32;

    fn size(raw: &[u8], filters: &[Filter]) -> u64 {
        count(MOST, raw, filters).unwrap()
    }

    #[test]
    fn filters_within_filters_are_counted() {
        use Filter::{Ascii85Decode, AsciiHexDecode, FlateDecode, LzwDecode, RunLengthDecode};
        let noughts = deflated(&vec![0; 1_000_000]);
        assert_eq!(size(&noughts, &[FlateDecode]), 1_000_000);
        assert_eq!(size(&deflated(&noughts), &[FlateDecode, FlateDecode]), 1_000_000);
        let hex: String = noughts.iter().map(|byte| format!("{byte:02x}\n")).collect();
        assert_eq!(size(hex.as_bytes(), &[AsciiHexDecode, FlateDecode]), 1_000_000);
        assert_eq!(size(&[129, 7, 2, 1, 2, 3, 255, 9, 128, 5], &[RunLengthDecode]), 128 + 3 + 2);
        // ISO 32000-1 §7.4.4.2, example 2: 45 45 45 45 45 65 45 45 45 66.
        assert_eq!(size(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01], &[LzwDecode]), 10);
        let text: Vec<u8> = Lzw::new(Box::new([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01].into_iter()), true).collect();
        assert_eq!(text, [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
        let text: Vec<u8> =
            Ascii85 { bytes: Box::new(b"87cURD]i,\"Ebo80~>".iter().copied()), group: Vec::new(), out: Vec::new() }.collect();
        assert_eq!(text, b"Hello World!");
        assert_eq!(size(b"zzzzz~>", &[Ascii85Decode]), 20);
        // What a picture holds is no matter of bytes.
        assert_eq!(size(&noughts, &[Filter::DctDecode]), noughts.len() as u64);
        assert_eq!(count(1_000, &noughts, &[FlateDecode]), Some(1_001));
        assert_eq!(count(1_000, &deflated(&noughts), &[Filter::Crypt, FlateDecode, FlateDecode]), Some(1_001));
        assert_eq!(count(1_000, &noughts, &[Filter::JpxDecode, FlateDecode]), None);
    }

    #[test]
    fn what_readers_take_though_it_is_damaged_counts_too() {
        use Filter::{AsciiHexDecode, FlateDecode};
        let noughts = deflated(&vec![0; 1_000_000]);
        let whole = noughts.len();
        assert_eq!(size(&noughts[2..whole - 4], &[FlateDecode]), 1_000_000, "no header");
        assert_eq!(size(&noughts[..whole - 4], &[FlateDecode]), 1_000_000, "no sum");
        assert!((1..1_000_000).contains(&size(&noughts[..whole / 2], &[FlateDecode])), "cut short");
        assert_eq!(count(MOST, &[0x78, 0x9c, 0xff, 0xff], &[FlateDecode]), None);
        assert_eq!(count(MOST, b"789cffff>", &[AsciiHexDecode, FlateDecode]), None);
    }

    #[test]
    fn a_chain_of_filters_without_end_is_not_begun() {
        let chain = vec![Filter::AsciiHexDecode; 1_000_000];
        assert_eq!((worst(1, &chain), count(9, b"0", &chain)), (u64::MAX, None));
        assert_eq!(worst(10, &[Filter::Ascii85Decode, Filter::FlateDecode, Filter::DctDecode]), 41_280);
    }
}
