//! Reading a symbol from its modules, by the standard alone: nothing of what drew it is used, and nothing is forgiven.
//! A camera's reader mends what it does not see well; here every module must be what ISO/IEC 18004 has it be.

use super::{Ecc, Symbol};

/// Codewords of error correction in a block, by level and version (ISO/IEC 18004:2015 table 9).
const CORRECTION: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Blocks, by level and version (the same table).
const BLOCKS: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22,
        24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40,
        43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53,
        56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63,
        66, 70, 74, 77, 81,
    ],
];

/// What a symbol says; none where a module is not as it should be.
pub(super) fn read(symbol: &Symbol) -> Option<Vec<u8>> {
    let n = symbol.modules;
    let version = n.checked_sub(17).filter(|rest| rest.is_multiple_of(4)).map(|rest| rest / 4).filter(|v| (1..=40).contains(v))?;
    if symbol.dark.len() != n * n {
        return None;
    }
    let is_function = functions(symbol, version)?;
    let (ecc, mask) = format(symbol)?;
    if version >= 7 && !says_its_version(symbol, version) {
        return None;
    }
    let codewords = codewords(symbol, &is_function, mask);
    let data = blocks(&codewords, version, ecc)?;
    segments(&data, version)
}

/// Which modules belong to patterns and to what a symbol says of itself; none where a pattern is broken.
fn functions(symbol: &Symbol, version: usize) -> Option<Vec<bool>> {
    let n = symbol.modules;
    let mut is_function = vec![false; n * n];
    let mut whole = true;
    let mut draw = |x: usize, y: usize, dark: bool| {
        is_function[y * n + x] = true;
        whole &= symbol.is_dark(x, y) == dark;
    };
    for i in 8..n - 8 {
        draw(i, 6, i.is_multiple_of(2));
        draw(6, i, i.is_multiple_of(2));
    }
    for (cx, cy) in [(3, 3), (n - 4, 3), (3, n - 4)] {
        for (y, x) in (cy.max(4) - 4..(cy + 5).min(n)).flat_map(|y| (cx.max(4) - 4..(cx + 5).min(n)).map(move |x| (y, x))) {
            let ring = x.abs_diff(cx).max(y.abs_diff(cy));
            draw(x, y, ring != 2 && ring != 4);
        }
    }
    let centres = alignment(version);
    let last = centres.len().saturating_sub(1);
    for (i, cx) in centres.iter().enumerate() {
        // Three of them would lie in the finders.
        for (_, cy) in centres.iter().enumerate().filter(|(j, _)| ![(0, 0), (0, last), (last, 0)].contains(&(i, *j))) {
            for (y, x) in (cy - 2..=cy + 2).flat_map(|y| (cx - 2..=cx + 2).map(move |x| (y, x))) {
                draw(x, y, x.abs_diff(*cx).max(y.abs_diff(*cy)) != 1);
            }
        }
    }
    draw(8, n - 8, true);
    let mut reserve = |x: usize, y: usize| is_function[y * n + x] = true;
    for i in (0..9).chain(n - 8..n) {
        reserve(8, i);
        reserve(i, 8);
    }
    if version >= 7 {
        for i in 0..18 {
            let (a, b) = (n - 11 + i % 3, i / 3);
            reserve(a, b);
            reserve(b, a);
        }
    }
    whole.then_some(is_function)
}

/// Middles of the alignment patterns (annex E): evenly spaced from the last one back to the first.
fn alignment(version: usize) -> Vec<usize> {
    if version == 1 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = if version == 32 { 26 } else { (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2 };
    let mut centres: Vec<usize> = (0..count - 1).map(|i| version * 4 + 10 - i * step).chain([6]).collect();
    centres.reverse();
    centres
}

/// Error correction and mask, from both copies of the format information (§7.9).
fn format(symbol: &Symbol) -> Option<(Ecc, usize)> {
    let n = symbol.modules;
    let first = |i: usize| match i {
        0..=5 => (8, i),
        6 => (8, 7),
        7 => (8, 8),
        8 => (7, 8),
        _ => (14 - i, 8),
    };
    let second = |i: usize| if i < 8 { (n - 1 - i, 8) } else { (8, n - 15 + i) };
    let bits = |at: &dyn Fn(usize) -> (usize, usize)| {
        (0..15).map(|i| (i, at(i))).fold(0_u32, |bits, (i, (x, y))| bits | u32::from(symbol.is_dark(x, y)) << i)
    };
    let (one, other) = (bits(&first), bits(&second));
    let said = (0..32_u32).find(|said| (said << 10 | remainder(*said, 10, 0x537)) ^ 0x5412 == one).filter(|_| one == other)?;
    let ecc = [Ecc::M, Ecc::L, Ecc::H, Ecc::Q][(said >> 3) as usize];
    Some((ecc, (said & 7) as usize))
}

/// Whether both copies of the version information (§7.10) say the version.
fn says_its_version(symbol: &Symbol, version: usize) -> bool {
    let version = version as u32;
    let meant = version << 12 | remainder(version, 12, 0x1f25);
    (0..18).all(|i| {
        let (a, b) = (symbol.modules - 11 + i % 3, i / 3);
        let dark = meant >> i & 1 == 1;
        symbol.is_dark(a, b) == dark && symbol.is_dark(b, a) == dark
    })
}

/// Check bits of a BCH code: the remainder of so many bits more by its generator.
fn remainder(data: u32, bits: u32, generator: u32) -> u32 {
    (0..bits).fold(data, |rest, _| (rest << 1) ^ ((rest >> (bits - 1)) * generator))
}

/// The codewords in the order in which they are laid (§7.7.3), unmasked.
fn codewords(symbol: &Symbol, is_function: &[bool], mask: usize) -> Vec<u8> {
    let n = symbol.modules;
    let is_inverted = |x: usize, y: usize| match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (x / 3 + y / 2).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    };
    let mut words = Vec::with_capacity(n * n / 8);
    let (mut word, mut bits) = (0_u8, 0);
    // Pairs of columns from the right, past the timing pattern, up and down in turn.
    let pairs = (0..n / 2).map(|pair| n - 1 - 2 * pair).map(|right| if right <= 6 { right - 1 } else { right });
    for (pair, right) in pairs.enumerate() {
        for row in 0..n {
            let y = if pair.is_multiple_of(2) { n - 1 - row } else { row };
            for x in [right, right - 1] {
                if is_function[y * n + x] {
                    continue;
                }
                word = word << 1 | u8::from(symbol.is_dark(x, y) != is_inverted(x, y));
                bits += 1;
                if bits == 8 {
                    words.push(word);
                    (word, bits) = (0, 0);
                }
            }
        }
    }
    words
}

/// The data of the blocks (§7.6), in order; none where the error correction of one is not that of its data.
fn blocks(codewords: &[u8], version: usize, ecc: Ecc) -> Option<Vec<u8>> {
    let count = usize::from(BLOCKS[ecc as usize][version - 1]);
    let correction = usize::from(CORRECTION[ecc as usize][version - 1]);
    let short = (codewords.len() / count).checked_sub(correction)?;
    let long = codewords.len() % count;
    let mut blocks: Vec<Vec<u8>> = vec![Vec::with_capacity(short + 1 + correction); count];
    let mut words = codewords.iter();
    for _ in 0..short {
        blocks.iter_mut().zip(&mut words).for_each(|(block, word)| block.push(*word));
    }
    blocks[count - long..].iter_mut().zip(&mut words).for_each(|(block, word)| block.push(*word));
    let mut data = Vec::with_capacity(short * count + long);
    blocks.iter().for_each(|block| data.extend(block));
    for _ in 0..correction {
        blocks.iter_mut().zip(&mut words).for_each(|(block, word)| block.push(*word));
    }
    let field = Field::new();
    blocks.iter().all(|block| field.divides(block, correction)).then_some(data)
}

/// The field of 256 elements (§7.5.2): logarithms and powers of 2.
struct Field {
    log: [u8; 256],
    power: [u8; 512],
}

impl Field {
    fn new() -> Field {
        let (mut log, mut power) = ([0; 256], [0; 512]);
        let mut value = 1_u16;
        for i in 0..255_u8 {
            (power[usize::from(i)], power[usize::from(i) + 255]) = (value as u8, value as u8);
            log[usize::from(value as u8)] = i;
            value = if value & 0x80 == 0 { value << 1 } else { value << 1 ^ 0x11d };
        }
        Field { log, power }
    }

    /// Whether a block is a multiple of the generator: nought at each of its zeros, the powers of 2.
    fn divides(&self, block: &[u8], zeros: usize) -> bool {
        (0..zeros).all(|zero| {
            let times = |value: u8| if value == 0 { 0 } else { self.power[usize::from(self.log[usize::from(value)]) + zero] };
            block.iter().fold(0, |sum, word| times(sum) ^ word) == 0
        })
    }
}

/// Bits in order.
struct Bits<'d> {
    data: &'d [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<usize> {
        let end = self.at + count;
        let bits = self.at..end;
        if end > self.data.len() * 8 {
            return None;
        }
        self.at = end;
        Some(bits.fold(0, |value, at| value << 1 | usize::from(self.data[at / 8] >> (7 - at % 8) & 1)))
    }
}

const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// What segments say (§7.4).
fn segments(data: &[u8], version: usize) -> Option<Vec<u8>> {
    let mut bits = Bits { data, at: 0 };
    let mut said = Vec::new();
    let class = [10, 27, 41].iter().position(|end| version < *end)?;
    while let Some(mode) = bits.take(4) {
        match mode {
            0 => break,
            1 => {
                let mut left = bits.take([10, 12, 14][class])?;
                while left > 0 {
                    let digits = left.min(3);
                    let value = bits.take([4, 7, 10][digits - 1])?;
                    said.extend(format!("{value:0digits$}").bytes());
                    left -= digits;
                }
            }
            2 => {
                let mut left = bits.take([9, 11, 13][class])?;
                while left > 1 {
                    let pair = bits.take(11)?;
                    said.extend([*ALPHANUMERIC.get(pair / 45)?, ALPHANUMERIC[pair % 45]]);
                    left -= 2;
                }
                if left == 1 {
                    said.push(*ALPHANUMERIC.get(bits.take(6)?)?);
                }
            }
            4 => {
                for _ in 0..bits.take([8, 16, 16][class])? {
                    said.push(bits.take(8)? as u8);
                }
            }
            // Which characters the bytes stand for: one to three bytes of their own.
            7 => {
                let first = bits.take(8)?;
                bits.take(if first & 0x80 == 0 {
                    0
                } else if first & 0x40 == 0 {
                    8
                } else {
                    16
                })?;
            }
            // Two bytes that would be Shift JIS.
            8 => {
                for _ in 0..bits.take([8, 10, 12][class])? {
                    let value = bits.take(13)?;
                    let pair = ((value / 0xc0) << 8) | (value % 0xc0);
                    let pair = pair + if pair < 0x1f00 { 0x8140 } else { 0xc140 };
                    said.extend((pair as u16).to_be_bytes());
                }
            }
            _ => return None,
        }
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::super::encode;
    use super::*;
    use rqrr::{Grid, SimpleGrid};

    /// As another library reads it, which forgives.
    fn forgiving(symbol: &Symbol) -> Option<Vec<u8>> {
        let grid = SimpleGrid::from_func(symbol.modules, |x, y| symbol.is_dark(x, y));
        let mut read = Vec::new();
        Grid::new(grid).decode_to(&mut read).ok().map(|_| read)
    }

    #[test]
    fn every_version_and_level_is_read_as_another_library_does() {
        let mut seen = std::collections::BTreeSet::new();
        for (least, length) in
            Ecc::ALL.into_iter().flat_map(|ecc| (0..).map(move |step| (ecc, 1 + step * 17)).take_while(|(_, n)| *n < 2950))
        {
            // Lower case is bytes; a few digits and capitals in between are segments of their own.
            let payload: String = "abcdefghij0123456789KLMNOPQRST".chars().cycle().take(length).collect();
            let Ok(symbol) = encode(&payload, Some(least)) else { continue };
            if seen.insert((symbol.version, symbol.ecc)) {
                assert_eq!(read(&symbol).as_deref(), Some(payload.as_bytes()), "{} {:?}", symbol.version, symbol.ecc);
                assert_eq!(forgiving(&symbol).as_deref(), Some(payload.as_bytes()));
            }
        }
        assert!(seen.len() > 130, "only {} versions and levels", seen.len());
    }

    #[test]
    fn all_kinds_of_segments_are_read() {
        for payload in
            ["0", "01", "012", "0123456789", "A", "AB-C", "HTTPS://MO.VN/7", "a", "Sông Thao – Phú Thọ", "日本語テキスト漢字漢字漢字"]
        {
            assert_eq!(read(&encode(payload, None).unwrap()).as_deref(), Some(payload.as_bytes()), "{payload}");
        }
    }

    #[test]
    fn one_module_that_is_wrong_anywhere_is_found_out() {
        for payload in [
            "HTTPS://MO.VN/7KX2",
            "https://bv.example.vn/ks/000001?c=0123abcd&x=1&y=2&z=3&a=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&b=bbbbbbbbbbbbbbbbbbbb",
        ] {
            let symbol = encode(payload, None).unwrap();
            let remainder = symbol.version;
            let mut missed = 0;
            for i in 0..symbol.dark.len() {
                let mut broken = symbol.clone();
                broken.dark[i] = !broken.dark[i];
                missed += usize::from(read(&broken).as_deref() == Some(payload.as_bytes()));
            }
            // Versions 2 to 6 have seven modules over, which say nothing (table 1).
            assert_eq!(missed, if (2..=6).contains(&remainder) { 7 } else { 0 }, "version {remainder}");
        }
    }

    #[test]
    fn what_is_no_symbol_is_not_read() {
        let symbol = encode("x", None).unwrap();
        for modules in [0, 20, 22, 25, 181] {
            assert_eq!(read(&Symbol { modules, ..symbol.clone() }), None);
        }
        assert_eq!(read(&Symbol { dark: vec![true; 21 * 21], ..symbol.clone() }), None);
    }
}
