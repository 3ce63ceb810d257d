//! Cutting a TrueType program down to its outlines. Its instructions shape letters for coarse screens: they are
//! half of a subset, and neither presses nor the printers' own rasterisers run them.

use std::collections::BTreeMap;

type Tables = BTreeMap<[u8; 4], Vec<u8>>;

/// The program without instructions (OpenType 1.9 `glyf`, `maxp`), or as it is where it has no such outlines.
pub(super) fn bare(program: Vec<u8>) -> Vec<u8> {
    match read(&program).and_then(without_instructions) {
        Some(tables) => written(&tables),
        None => program,
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize)
}

fn read(program: &[u8]) -> Option<Tables> {
    let count = usize::from(short(program, 4)?);
    let table = |i: usize| {
        let entry = 12 + 16 * i;
        let (from, length) = (long(program, entry + 8)?, long(program, entry + 12)?);
        Some((program.get(entry..entry + 4)?.try_into().ok()?, program.get(from..from.checked_add(length)?)?.to_vec()))
    };
    (0..count).map(table).collect()
}

fn without_instructions(mut tables: Tables) -> Option<Tables> {
    let (glyf, loca) = (tables.get(b"glyf")?, tables.get(b"loca")?);
    let is_long = short(tables.get(b"head")?, 50)? == 1;
    let glyphs = usize::from(short(tables.get(b"maxp")?, 4)?);
    let start = |i: usize| if is_long { long(loca, 4 * i) } else { short(loca, 2 * i).map(|half| 2 * usize::from(half)) };
    let (mut outlines, mut starts) = (Vec::with_capacity(glyf.len()), Vec::with_capacity(4 * glyphs + 4));
    for i in 0..=glyphs {
        starts.extend(u32::try_from(outlines.len()).ok()?.to_be_bytes());
        if i < glyphs {
            outlines.extend(outline(glyf.get(start(i)?..start(i + 1)?)?)?);
            outlines.resize(outlines.len().next_multiple_of(2), 0);
        }
    }
    tables.insert(*b"glyf", outlines);
    tables.insert(*b"loca", starts);
    let head = tables.get_mut(b"head")?;
    head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
    head.get_mut(8..12)?.fill(0);
    for gone in [b"cvt ", b"fpgm", b"prep"] {
        tables.remove(gone);
    }
    if let Some(most) = tables.get_mut(b"maxp").and_then(|maxp| maxp.get_mut(14..28)) {
        // One zone; no storage, functions, stack or instructions.
        most.fill(0);
        most[1] = 1;
    }
    Some(tables)
}

fn outline(glyph: &[u8]) -> Option<Vec<u8>> {
    if glyph.is_empty() {
        return Some(Vec::new());
    }
    let contours = short(glyph, 0)? as i16;
    match usize::try_from(contours) {
        Ok(contours) => {
            let at = 10 + 2 * contours;
            let length = usize::from(short(glyph, at)?);
            Some([glyph.get(..at)?, &[0, 0], glyph.get(at + 2 + length..)?].concat())
        }
        Err(_) => composite(glyph.to_vec()),
    }
}

/// Flags of a part of a composite glyph.
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const TWO_SCALES: u16 = 0x0040;
const MATRIX: u16 = 0x0080;
const INSTRUCTIONS: u16 = 0x0100;

fn composite(mut glyph: Vec<u8>) -> Option<Vec<u8>> {
    let mut at = 10;
    loop {
        let flags = short(&glyph, at)?;
        glyph.get_mut(at..at + 2)?.copy_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        let offsets = if flags & WORDS != 0 { 4 } else { 2 };
        let scale = [(SCALE, 2), (TWO_SCALES, 4), (MATRIX, 8)].iter().find(|(flag, _)| flags & flag != 0).map_or(0, |(_, bytes)| *bytes);
        at += 4 + offsets + scale;
        if flags & MORE == 0 {
            glyph.truncate(at);
            return (glyph.len() == at).then_some(glyph);
        }
    }
}

fn written(tables: &Tables) -> Vec<u8> {
    let count = tables.len() as u16;
    let exponent = count.max(1).ilog2() as u16;
    let range = 16 << exponent;
    let mut out = vec![0, 1, 0, 0];
    [count, range, exponent, count * 16 - range].iter().for_each(|v| out.extend(v.to_be_bytes()));
    let mut from = 12 + 16 * tables.len();
    for (tag, table) in tables {
        out.extend(tag);
        [checksum(table), from as u32, table.len() as u32].iter().for_each(|v| out.extend(v.to_be_bytes()));
        from += table.len().next_multiple_of(4);
    }
    let mut head = None;
    for (tag, table) in tables {
        head = head.or((tag == b"head").then_some(out.len()));
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    // The sum of the whole is a constant (OpenType 1.9 `head`).
    let adjust = 0xb1b0_afba_u32.wrapping_sub(checksum(&out));
    if let Some(adjustment) = head.and_then(|head| out.get_mut(head + 8..head + 12)) {
        adjustment.copy_from_slice(&adjust.to_be_bytes());
    }
    out
}

fn checksum(table: &[u8]) -> u32 {
    let word = |bytes: &[u8]| bytes.iter().chain([0, 0, 0].iter()).take(4).fold(0, |sum, b| sum << 8 | u32::from(*b));
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, OutlinePen};
    use skrifa::{FontRef, GlyphId, MetadataProvider};

    #[derive(Default, PartialEq, Debug)]
    struct Drawn(Vec<[f32; 6]>);

    impl OutlinePen for Drawn {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push([x, y, 0.0, 0.0, 0.0, 0.0]);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push([x, y, 1.0, 0.0, 0.0, 0.0]);
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.0.push([x, y, 2.0, a, b, 0.0]);
        }
        fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
            self.0.push([x, y, a, b, c, d]);
        }
        fn close(&mut self) {}
    }

    fn drawn(program: &[u8]) -> Vec<Drawn> {
        let font = FontRef::new(program).unwrap();
        let outlines = font.outline_glyphs();
        let glyph = |id: u32| {
            let mut drawn = Drawn::default();
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            outlines.get(GlyphId::new(id)).unwrap().draw(settings, &mut drawn).unwrap();
            drawn
        };
        (0..300).map(glyph).collect()
    }

    #[test]
    fn outlines_stay_and_instructions_go() {
        let program = std::fs::read("fonts/BeVietnamPro-Regular.ttf").unwrap();
        let stripped = bare(program.clone());
        assert_eq!(drawn(&program), drawn(&stripped));
        assert!(stripped.len() * 10 < program.len() * 7, "{} of {}", stripped.len(), program.len());
        let tables = read(&stripped).unwrap();
        assert!(!tables.contains_key(b"fpgm") && tables.contains_key(b"glyf"));
        assert_eq!(checksum(&stripped), 0xb1b0_afba);
        assert_eq!(bare(stripped.clone()), stripped);
    }

    #[test]
    fn a_glyph_of_parts_keeps_its_parts() {
        let parts = |first: u16, last: u16| {
            let mut glyph = vec![0xff, 0xff, 0, 0, 0, 0, 0, 9, 0, 9];
            // A letter, moved by words and scaled; its mark, moved by bytes.
            [MORE | WORDS | SCALE | first, 7, 300, 0, 0x4000, last, 8].iter().for_each(|v| glyph.extend(v.to_be_bytes()));
            glyph.extend([1, 2]);
            glyph
        };
        let hinted = [parts(INSTRUCTIONS, INSTRUCTIONS), vec![0, 3, 0xb0, 0x01, 0x2b]].concat();
        assert_eq!(outline(&hinted), Some(parts(0, 0)));
        assert_eq!(outline(&parts(0, 0)), Some(parts(0, 0)));
        // Where a part is said to follow and none does.
        assert_eq!(outline(&parts(0, MORE)), None);
        assert_eq!(outline(&hinted[..20]), None);
    }

    #[test]
    fn what_is_no_such_program_stays_as_it_is() {
        let program = std::fs::read("fonts/BeVietnamPro-Regular.ttf").unwrap();
        for cut in [0, 3, 11, 40, 300, program.len() / 2] {
            assert_eq!(bare(program[..cut].to_vec()), program[..cut]);
        }
    }
}
