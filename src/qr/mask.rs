//! The mask of a symbol: which of the eight patterns, laid over its data, gives the picture that is easiest to read
//! (ISO/IEC 18004 §7.8). The score is that of `qrcode`, so the choice is its choice, module for module.
//!
//! A line of modules is a number: a mask is laid over it by one exclusive or, and runs, blocks and false finder
//! patterns are counted for all its modules at once.

use super::Ecc;
use qrcode::Color;
use qrcode::canvas::{Canvas, Module};
use std::ops::{BitAnd, BitOr, BitXor, Not, Shl, Shr};

/// Words that hold the longest line, of 177 modules.
const WORDS: usize = 3;
/// Modules of a line that one word holds: up to version 11.
const WORD: usize = 64;
/// Every mask repeats itself after so many rows, and after so many columns.
const PERIOD: usize = 12;

/// What the masks invert: by mask, and by row.
static BY_ROW: [[Line<WORDS>; PERIOD]; 8] = inverted(false);
/// What the masks invert: by mask, and by column.
static BY_COLUMN: [[Line<WORDS>; PERIOD]; 8] = inverted(true);

/// Lays the best mask over a canvas whose functional patterns and data are drawn. Gives its modules row by row,
/// `true` where dark, the format information among them.
pub(super) fn apply_best(canvas: &Canvas, modules: usize, ecc: Ecc) -> Vec<bool> {
    if modules <= WORD { best::<1>(canvas, modules, ecc) } else { best::<WORDS>(canvas, modules, ecc) }
}

fn best<const N: usize>(canvas: &Canvas, modules: usize, ecc: Ecc) -> Vec<bool> {
    let bare = Bare::<N>::new(canvas, modules);
    let scored = (0..8).map(|mask| bare.masked(mask, ecc)).min_by_key(Masked::penalty);
    let rows = scored.map(|best| best.rows).unwrap_or_default();
    rows.iter().flat_map(|row| (0..modules).map(|x| row.at(x))).collect()
}

/// A symbol before it is masked.
struct Bare<const N: usize> {
    rows: Vec<Line<N>>,
    columns: Vec<Line<N>>,
    /// Where masks may invert: the modules of data, by row.
    data_rows: Vec<Line<N>>,
    data_columns: Vec<Line<N>>,
}

impl<const N: usize> Bare<N> {
    fn new(canvas: &Canvas, modules: usize) -> Bare<N> {
        let light = || vec![Line::LIGHT; modules];
        let mut bare = Bare { rows: light(), columns: light(), data_rows: light(), data_columns: light() };
        for y in 0..modules {
            for x in 0..modules {
                let module = canvas.get(x as i16, y as i16);
                if Color::from(module) == Color::Dark {
                    bare.rows[y].set(x, true);
                    bare.columns[x].set(y, true);
                }
                if !matches!(module, Module::Masked(_)) {
                    bare.data_rows[y].set(x, true);
                    bare.data_columns[x].set(y, true);
                }
            }
        }
        bare
    }

    fn masked(&self, mask: usize, ecc: Ecc) -> Masked<N> {
        let lay = |lines: &[Line<N>], data: &[Line<N>], inverted: &[Line<WORDS>; PERIOD]| {
            let lines = lines.iter().zip(data).zip(inverted.iter().cycle());
            lines.map(|((line, data), inverted)| *line ^ (*data & inverted.first())).collect()
        };
        let mut masked = Masked {
            rows: lay(&self.rows, &self.data_rows, &BY_ROW[mask]),
            columns: lay(&self.columns, &self.data_columns, &BY_COLUMN[mask]),
        };
        masked.draw_format(format_information(ecc, mask));
        masked
    }
}

/// A symbol as it would be printed.
struct Masked<const N: usize> {
    rows: Vec<Line<N>>,
    columns: Vec<Line<N>>,
}

impl<const N: usize> Masked<N> {
    /// Draws both copies of the format information, the highest bit first (§7.9.1): one around the finder at the top
    /// left, past the timing patterns; one up the bottom left and on along the top right.
    fn draw_format(&mut self, bits: u16) {
        let n = self.rows.len();
        for i in 0..15 {
            let near = match i {
                0..=5 => (i, 8),
                6 => (7, 8),
                7 => (8, 8),
                8 => (8, 7),
                _ => (8, 14 - i),
            };
            let far = if i < 7 { (8, n - 1 - i) } else { (n - 15 + i, 8) };
            for (x, y) in [near, far] {
                let dark = bits >> (14 - i) & 1 == 1;
                self.rows[y].set(x, dark);
                self.columns[x].set(y, dark);
            }
        }
    }

    /// How hard it is to read (§7.8.3), with the share of dark modules counted by the half per cent.
    fn penalty(&self) -> u32 {
        let n = self.rows.len();
        let lines = self.rows.iter().chain(&self.columns).map(|line| line.runs(n) + line.finders()).sum::<u32>();
        let blocks = self.rows.windows(2).map(|rows| rows[0].blocks(rows[1], n)).sum::<u32>();
        let dark = self.rows.iter().map(|row| row.count()).sum::<u32>();
        lines + blocks + (dark * 200 / (n * n) as u32).abs_diff(100)
    }
}

/// The level and the mask with the remainder of their BCH code (15, 5), never all light (§7.9.1).
fn format_information(ecc: Ecc, mask: usize) -> u16 {
    let data = (ecc as u16 ^ 1) << 3 | mask as u16;
    let remainder = (0..10).fold(data, |rest, _| (rest << 1) ^ ((rest >> 9) * 0x537));
    (data << 10 | remainder) ^ 0x5412
}

/// Modules of a row or a column, the first in the lowest bit; light beyond its end.
#[derive(Clone, Copy)]
struct Line<const N: usize>([u64; N]);

impl<const N: usize> Line<N> {
    const LIGHT: Self = Line([0; N]);

    fn at(self, i: usize) -> bool {
        self.0[i / WORD] >> (i % WORD) & 1 == 1
    }

    fn set(&mut self, i: usize, dark: bool) {
        let bit = 1 << (i % WORD);
        if dark {
            self.0[i / WORD] |= bit;
        } else {
            self.0[i / WORD] &= !bit;
        }
    }

    fn count(self) -> u32 {
        self.0.into_iter().map(u64::count_ones).sum()
    }

    /// The modules whose next is in the line and as dark as they are.
    fn like_next(self, modules: usize) -> Self {
        let mut inside = Line::LIGHT;
        for (i, word) in inside.0.iter_mut().enumerate() {
            let held = (modules - 1).saturating_sub(i * WORD).min(WORD);
            *word = if held == WORD { u64::MAX } else { (1 << held) - 1 };
        }
        !(self ^ (self >> 1)) & inside
    }

    /// Five modules of one kind in a row are 3, each one more is 1.
    fn runs(self, modules: usize) -> u32 {
        let pairs = self.like_next(modules);
        let threes = pairs & (pairs >> 1);
        let fives = threes & (threes >> 2);
        let first = fives & !(fives << 1);
        fives.count() + 2 * first.count()
    }

    /// Four modules of one kind in a square are 3.
    fn blocks(self, below: Self, modules: usize) -> u32 {
        3 * (self.like_next(modules) & below.like_next(modules) & !(self ^ below)).count()
    }

    /// What looks like a finder pattern, with four light modules before or after it, is 40.
    fn finders(self) -> u32 {
        let dark = self & (self >> 2) & (self >> 3) & (self >> 4) & (self >> 6);
        let finders = dark & !(self >> 1) & !(self >> 5);
        let before = self << 1 | self << 2 | self << 3 | self << 4;
        let after = self >> 7 | self >> 8 | self >> 9 | self >> 10;
        40 * (finders & !(before & after)).count()
    }
}

impl Line<WORDS> {
    fn first<const N: usize>(&self) -> Line<N> {
        let mut words = [0; N];
        words.copy_from_slice(&self.0[..N]);
        Line(words)
    }
}

impl<const N: usize> BitAnd for Line<N> {
    type Output = Self;
    fn bitand(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a &= b);
        self
    }
}

impl<const N: usize> BitOr for Line<N> {
    type Output = Self;
    fn bitor(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
        self
    }
}

impl<const N: usize> BitXor for Line<N> {
    type Output = Self;
    fn bitxor(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a ^= b);
        self
    }
}

impl<const N: usize> Not for Line<N> {
    type Output = Self;
    fn not(self) -> Self {
        Line(self.0.map(|word| !word))
    }
}

/// By fewer modules than a word holds, and by one at least.
impl<const N: usize> Shr<usize> for Line<N> {
    type Output = Self;
    fn shr(self, by: usize) -> Self {
        let mut moved = Line::LIGHT;
        for i in 0..N {
            let next = if i + 1 < N { self.0[i + 1] << (WORD - by) } else { 0 };
            moved.0[i] = self.0[i] >> by | next;
        }
        moved
    }
}

/// By fewer modules than a word holds, and by one at least.
impl<const N: usize> Shl<usize> for Line<N> {
    type Output = Self;
    fn shl(self, by: usize) -> Self {
        let mut moved = Line::LIGHT;
        for i in 0..N {
            let last = if i > 0 { self.0[i - 1] >> (WORD - by) } else { 0 };
            moved.0[i] = self.0[i] << by | last;
        }
        moved
    }
}

/// Whether a mask inverts the module at a column and row (§7.8.2).
const fn inverts(mask: usize, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (x / 3 + y / 2).is_multiple_of(2),
        5 => (x * y).is_multiple_of(6),
        6 => ((x * y) % 2 + (x * y) % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + (x * y) % 3).is_multiple_of(2),
    }
}

const fn inverted(by_column: bool) -> [[Line<WORDS>; PERIOD]; 8] {
    let mut masks = [[Line::<WORDS>::LIGHT; PERIOD]; 8];
    let mut mask = 0;
    while mask < masks.len() {
        let mut line = 0;
        while line < PERIOD {
            let mut i = 0;
            while i < WORDS * WORD {
                if if by_column { inverts(mask, line, i) } else { inverts(mask, i, line) } {
                    masks[mask][line].0[i / WORD] |= 1 << (i % WORD);
                }
                i += 1;
            }
            line += 1;
        }
        mask += 1;
    }
    masks
}
