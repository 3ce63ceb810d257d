//! Pictures that the judges write: grey and colour from poppler, plates from Ghostscript.

use std::path::Path;

/// Rows of pixels from the top, `channels` bytes each.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub channels: usize,
    pub bytes: Vec<u8>,
}

impl Picture {
    /// Reads binary PGM (P5) or PPM (P6) of 8 bits.
    pub fn pnm(path: &Path) -> Picture {
        let bytes = std::fs::read(path).unwrap();
        let mut words = Vec::new();
        let mut at = 0;
        while words.len() < 4 {
            let end = at + bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap();
            words.push(std::str::from_utf8(&bytes[at..end]).unwrap());
            at = end + 1;
        }
        let number = |i: usize| words[i].parse::<usize>().unwrap();
        let channels = if words[0] == "P6" { 3 } else { 1 };
        assert!(["P5", "P6"].contains(&words[0]) && words[3] == "255", "{words:?}");
        let picture = Picture { width: number(1), height: number(2), channels, bytes: bytes[at..].to_vec() };
        assert_eq!(picture.bytes.len(), picture.width * picture.height * channels);
        picture
    }

    /// Reads grey TIFF of 8 bits, little-endian and without compression, as `tiffsep` writes a plate
    /// when told to.
    pub fn tiff(path: &Path) -> Picture {
        let bytes = std::fs::read(path).unwrap();
        let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        let long = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&bytes[..2], short(2)), (&b"II"[..], 42), "{}", path.display());
        let directory = long(4);
        let entries: Vec<usize> = (0..short(directory)).map(|i| directory + 2 + 12 * i).collect();
        // The values of a tag: SHORT is type 3, LONG type 4; what fits in four bytes stands in the entry.
        let values = |tag: usize| -> Vec<usize> {
            let Some(entry) = entries.iter().copied().find(|e| short(*e) == tag) else { return Vec::new() };
            let (size, count) = (if short(entry + 2) == 3 { 2 } else { 4 }, long(entry + 4));
            let from = if size * count <= 4 { entry + 8 } else { long(entry + 8) };
            (0..count).map(|i| from + size * i).map(|at| if size == 2 { short(at) } else { long(at) }).collect()
        };
        let (bits, compression, ink) = (values(258), values(259), values(262));
        assert_eq!((bits, compression, ink), (vec![8], vec![1], vec![1]), "{}", path.display());
        let strips = values(273).into_iter().zip(values(279));
        let pixels: Vec<u8> = strips.flat_map(|(at, length)| bytes[at..at + length].to_vec()).collect();
        let picture = Picture { width: values(256)[0], height: values(257)[0], channels: 1, bytes: pixels };
        assert_eq!(picture.bytes.len(), picture.width * picture.height);
        picture
    }

    /// A grey picture as PGM.
    pub fn write_pgm(&self, path: &Path) {
        assert_eq!(self.channels, 1);
        let head = format!("P5\n{} {}\n255\n", self.width, self.height);
        std::fs::write(path, [head.as_bytes(), &self.bytes].concat()).unwrap();
    }

    /// The pixels of a rectangle (left, top, right, bottom, in pixels) on a white border.
    pub fn part(&self, [left, top, right, bottom]: [f64; 4]) -> Picture {
        const BORDER: usize = 20;
        let (x, y) = (left.round() as usize, top.round() as usize);
        let (across, down) = ((right.round() as usize).min(self.width) - x, (bottom.round() as usize).min(self.height) - y);
        let (width, height) = (across + 2 * BORDER, down + 2 * BORDER);
        let mut part = Picture { width, height, channels: 1, bytes: vec![255; width * height] };
        for row in 0..down {
            let from = self.at(x, y + row);
            let to = part.at(BORDER, BORDER + row);
            part.bytes[to..to + across].copy_from_slice(&self.bytes[from..from + across]);
        }
        part
    }

    /// Where the bytes of a pixel begin.
    pub fn at(&self, x: usize, y: usize) -> usize {
        (y * self.width + x) * self.channels
    }

    /// The pixels that lie wholly in a rectangle (left, top, right, bottom, in pixels).
    pub fn inside(&self, [left, top, right, bottom]: [f64; 4]) -> impl Iterator<Item = (usize, usize)> + use<> {
        let across = left.ceil() as usize..(right.floor() as usize).min(self.width);
        let down = top.ceil() as usize..(bottom.floor() as usize).min(self.height);
        down.flat_map(move |y| across.clone().map(move |x| (x, y)))
    }
}
