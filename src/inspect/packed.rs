//! What a picture unpacks to, by what the file says of it and by its own bytes: the renderer makes room for all of it.

use super::unpack;
use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::object::{Array, Dict, Object, Stream};

/// Bytes that a picture or a form may unpack to.
pub(super) const MOST_BYTES: u64 = 1 << 30;
/// Bytes that are not counted one by one.
const SMALL: u64 = 4_000_000;
/// Types of JBIG2's segments that begin with a width and a height: regions, and the page (ITU-T T.88 §7.3).
const SIZED: [u8; 13] = [4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48];

/// Segments of which a few bytes can unpack to pictures without number, of sizes that are not told before they are unpacked:
/// symbols, patterns, and halftones made of them.
const OPEN: [u8; 5] = [0, 16, 20, 22, 23];

/// A number of a picture, by its key or by that of pictures within the content.
pub(super) fn number(dict: &Dict<'_>, key: &str, short: &str) -> u32 {
    // Readers do not agree which of them goes first.
    [key, short].into_iter().filter_map(|key| dict.get::<u32>(key)).max().unwrap_or(0)
}

pub(super) fn sides(dict: &Dict<'_>) -> [u32; 2] {
    [number(dict, "Width", "W"), number(dict, "Height", "H")]
}

/// Pixels that a picture unpacks to, by what the file says of it and by its own bytes.
pub(super) fn pixels(image: &Stream<'_>) -> u64 {
    let [width, height] = sides(image.dict()).map(u64::from);
    (width * height).max(of_own(image))
}

/// Bytes that a picture or a form unpacks to.
pub(super) fn bytes(stream: &Stream<'_>) -> u64 {
    let (raw, filters) = (stream.raw_data(), stream.filters());
    let worst = unpack::worst(raw.len() as u64, &filters);
    if worst <= SMALL { worst } else { unpack::count(MOST_BYTES, &raw, &filters).unwrap_or(u64::MAX) }
}

/// Pixels of a picture of a format with a size of its own; none of others, and without bound where that cannot be told.
fn of_own(image: &Stream<'_>) -> u64 {
    match image.filters().as_slice() {
        [.., Filter::CcittFaxDecode] => of_fax(image.dict()),
        // Globals are there for symbols.
        [Filter::Jbig2Decode] if parameters(image.dict()).iter().any(|own| own.contains_key("JBIG2Globals")) => u64::MAX,
        [Filter::Jbig2Decode] => of_jbig2(&image.raw_data()),
        [Filter::JpxDecode] => of_jpx(&image.raw_data()).unwrap_or(0),
        // Behind another filter their bytes are not seen, and nobody writes them so.
        [.., Filter::Jbig2Decode | Filter::JpxDecode] => u64::MAX,
        _ => 0,
    }
}

/// Pixels of a line of a fax that does not say (ISO 32000-1 table 11).
const FAX_COLUMNS: u64 = 1_728;

/// By the parameters of the filter.
fn of_fax(dict: &Dict<'_>) -> u64 {
    // The renderer takes numbers of any size, and the low bits of those that are too large.
    let number = |dict: &Dict<'_>, key: &str| dict.get::<f64>(key).map(|number| number as u64);
    let height = ["Height", "H"].into_iter().filter_map(|key| number(dict, key)).max().unwrap_or(0);
    let own = parameters(dict);
    let rows = own.iter().filter_map(|own| number(own, "Rows")).fold(height, u64::max);
    let columns = own.iter().map(|own| number(own, "Columns").unwrap_or(FAX_COLUMNS)).max().unwrap_or(FAX_COLUMNS);
    columns.saturating_mul(rows)
}

/// What the filters of a stream are given.
fn parameters<'a>(dict: &Dict<'a>) -> Vec<Dict<'a>> {
    let keys = ["DecodeParms", "DP"];
    let one = keys.into_iter().filter_map(|key| dict.get::<Dict<'a>>(key));
    // A filter without parameters has null in its place.
    let each = keys.into_iter().filter_map(|key| dict.get::<Array<'a>>(key)).flat_map(|all| all.iter::<Object<'a>>().collect::<Vec<_>>());
    let each = each.filter_map(|parameters| if let Object::Dict(dict) = parameters { Some(dict) } else { None });
    one.chain(each).collect()
}

/// Of all segments: each is unpacked by itself, and then laid into the page.
fn of_jbig2(mut rest: &[u8]) -> u64 {
    let mut pixels: u64 = 0;
    while let Some((size, after)) = segment(rest) {
        pixels = pixels.saturating_add(size);
        rest = after;
    }
    pixels
}

/// The size of a segment, and what follows it (ITU-T T.88 §7.2).
fn segment(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (number, flags) = (long(bytes, 0)?, *bytes.get(4)?);
    let (count, counted) = match *bytes.get(5)? >> 5 {
        7 => {
            let count = (long(bytes, 5)? & 0x1fff_ffff) as usize;
            (count, 4 + (count + 8) / 8)
        }
        count => (usize::from(count), 1),
    };
    let width = if number <= 256 { 1 } else { [2, 4][usize::from(number > 65_536)] };
    let at = 5 + counted + count * width + if flags & 0x40 > 0 { 4 } else { 1 };
    let (length, content) = (long(bytes, at)? as usize, bytes.get(at + 4..)?);
    let kind = flags & 0x3f;
    // A segment of unknown length (§7.2.7) hides what follows it.
    if OPEN.contains(&kind) || length == u32::MAX as usize {
        return Some((u64::MAX, &[]));
    }
    let is_sized = SIZED.contains(&kind);
    let size = long(content, 0).zip(long(content, 4)).filter(|_| is_sized);
    // The height of a page in stripes may be left open: the reader follows it so far.
    let size = size.map(|(width, height)| (width, if height == u32::MAX { 65_535 } else { height }));
    let size = size.map_or(0, |(width, height)| u64::from(width) * u64::from(height));
    Some((size, content.get(length..).unwrap_or_default()))
}

/// Pixels that weigh as much as a tile of JPEG 2000: the renderer keeps 30 kB for each.
const TILE: u64 = 50_000;

/// By the first of its markers, all of its channels (ITU-T T.800 §A.5.1).
fn of_jpx(bytes: &[u8]) -> Option<u64> {
    let begin = bytes.windows(4).position(|pair| pair == [0xff, 0x4f, 0xff, 0x51])? + 8;
    let channels = bytes.get(begin + 32..begin + 34)?;
    let side = |at: usize| long(bytes, begin + at).map(u64::from);
    let tiles = side(0)?.div_ceil(side(16)?.max(1)).saturating_mul(side(4)?.div_ceil(side(20)?.max(1)));
    let pixels = side(0)?.saturating_mul(side(4)?).saturating_mul(u16::from_be_bytes([channels[0], channels[1]]).into());
    Some(pixels.max(tiles.saturating_mul(TILE)))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_jbig2_is_as_large_as_its_parts_together() {
        let segment = |number: u8, kind: u8, size: [u32; 2]| {
            let mut bytes = vec![0, 0, 0, number, kind, 0, 1, 0, 0, 0, 9];
            bytes.extend(size.iter().flat_map(|side| side.to_be_bytes()).chain([0]));
            bytes
        };
        let page = [segment(0, 48, [24, u32::MAX]), segment(1, 53, [9_000, 9_000]), segment(2, 38, [60, 70])].concat();
        let open = 24 * 65_535;
        assert_eq!(of_jbig2(&page), open + 4_200);
        let twice = [page.clone(), segment(3, 39, [600, 700]), segment(4, 39, [60_000, 60_000])].concat();
        assert_eq!(of_jbig2(&twice), open + 4_200 + 420_000 + 3_600_000_000);
        for kind in OPEN {
            assert_eq!(of_jbig2(&[page.clone(), segment(3, kind, [1, 1])].concat()), u64::MAX, "{kind}");
        }
        let mut endless = segment(3, 38, [1, 1]);
        endless[7..11].fill(0xff);
        assert_eq!(of_jbig2(&[page, endless].concat()), u64::MAX);
        assert_eq!(of_jbig2(b"\0\0\0\0\x30\xe0"), 0);
    }

    #[test]
    fn a_picture_of_jpeg_2000_tells_its_size_at_its_begin() {
        let mut bytes = b"..\xff\x4f\xff\x51\0\x29\0\0".to_vec();
        bytes.extend([30_000_u32, 20_000, 0, 0, 30_000, 20_000, 0, 0].iter().flat_map(|side| side.to_be_bytes()).chain([0, 3]));
        assert_eq!(of_jpx(&bytes), Some(1_800_000_000));
        assert_eq!(of_jpx(&bytes[..30]), None);
        bytes[26..34].copy_from_slice(&[0, 0, 0, 16, 0, 0, 0, 16]);
        assert_eq!(of_jpx(&bytes), Some(1_875 * 1_250 * TILE));
    }
}
