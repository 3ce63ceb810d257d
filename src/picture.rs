//! Pictures of pixels, read once and shared by all records.

use crate::color::{Condition, Space};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace};
use std::io::Cursor;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A picture of pixels.
#[derive(Debug, PartialEq)]
pub struct Picture {
    /// Its file.
    pub path: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The colours as they go into the file.
    pub pixels: Pixels,
    /// The profile of its red, green and blue, where they are not sRGB.
    pub profile: Option<Vec<u8>>,
    /// Opacity, one byte a pixel, where any pixel is not opaque.
    pub alpha: Option<Vec<u8>>,
    /// Most ink on one place, 1 for one solid, but for one pixel in two hundred.
    pub coverage: f64,
}

/// Colours of a picture.
#[derive(Debug, PartialEq)]
pub enum Pixels {
    /// One byte a pixel, 0 black.
    Gray(Vec<u8>),
    /// Three bytes a pixel.
    Rgb(Vec<u8>),
    /// Four bytes a pixel, 255 full ink.
    Cmyk(Vec<u8>),
    /// A JPEG as it is.
    Jpeg {
        /// The file.
        bytes: Vec<u8>,
        /// Colours of a pixel: 1 grey, 3 red, green, blue, 4 process inks.
        channels: u8,
        /// Whether 0 is full ink, as Adobe's programs write it.
        inverted: bool,
    },
}

/// Why a picture is of no use.
#[derive(Clone, Debug, PartialEq)]
pub enum Unusable {
    /// It cannot be decoded.
    Broken(String),
    /// It has more bytes or pixels than a page can use.
    TooLarge {
        /// Pixels across, where its head tells.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Bytes of the file.
        bytes: usize,
    },
}

/// Most bytes of a file, and most pixels: a poster of 841×1189 mm at 230 ppi, or 594×841 mm at 330 ppi.
pub const MOST_BYTES: usize = 32 << 20;
/// See [`MOST_BYTES`].
pub const MOST_PIXELS: u64 = 84_000_000;

impl Picture {
    /// Reads a PNG or JPEG for a press.
    ///
    /// A JPEG goes into the file as it is where the press speaks its colours: grey ones anywhere, colour on a
    /// press of screen colours, process inks on one of process inks. All others are decoded. On a press of
    /// process inks colours become such by their own profile and that of the press; on one of screen
    /// colours they keep theirs.
    pub fn read(path: &str, bytes: &[u8], condition: &Condition) -> Result<Picture, Unusable> {
        let broken = |e: image::ImageError| Unusable::Broken(e.to_string());
        if cut_short(bytes) {
            return Err(Unusable::Broken("the file is cut short".into()));
        }
        let mut decoder =
            ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| broken(e.into()))?.into_decoder().map_err(broken)?;
        let (width, height) = decoder.dimensions();
        if bytes.len() > MOST_BYTES || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Unusable::TooLarge { width, height, bytes: bytes.len() });
        }
        let mut limits = Limits::default();
        limits.reserve(decoder.total_bytes()).map_err(broken)?;
        decoder.set_limits(limits).map_err(broken)?;
        let (turn, profile) = (decoder.orientation().map_err(broken)?, decoder.icc_profile().ok().flatten());
        let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
        let icc = profile.as_deref().and_then(|p| ColorProfile::new_from_slice(p).ok()).filter(|p| p.color_space == DataColorSpace::Rgb);
        let icc = icc.filter(|icc| !has_primaries_of_srgb(icc));
        let profile = profile.filter(|_| icc.is_some() && condition.space == Space::Rgb);
        let mut picture =
            Picture { path: path.into(), width, height, pixels: Pixels::Gray(Vec::new()), profile, alpha: None, coverage: 0.0 };
        if turn == Orientation::NoTransforms
            && let Some((pixels, coverage)) = as_it_is(bytes, condition.space)
        {
            return Ok(Picture { pixels, coverage, ..picture });
        }
        image.apply_orientation(turn);
        (picture.width, picture.height) = (image.width(), image.height());
        let alpha = image.color().has_alpha().then(|| image.to_rgba8().pixels().map(|p| p.0[3]).collect::<Vec<u8>>());
        picture.alpha = alpha.filter(|a| a.iter().any(|v| *v < 255));
        let rgb = image.into_rgb8().into_raw();
        picture.pixels = match condition.space {
            _ if rgb.chunks_exact(3).all(|p| p[0] == p[1] && p[1] == p[2]) => Pixels::Gray(rgb.chunks_exact(3).map(|p| p[0]).collect()),
            Space::Rgb => Pixels::Rgb(rgb),
            Space::Cmyk => Pixels::Cmyk(condition.profile.picture(&rgb, icc.as_ref())),
        };
        if let Pixels::Cmyk(inks) = &picture.pixels {
            picture.coverage = coverage(inks);
        }
        Ok(picture)
    }
}

/// Whether a JPEG lacks its end marker: decoders fill up the rest with grey.
fn cut_short(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xd8]) && !bytes.windows(2).rev().take(4096).any(|w| w == [0xff, 0xd9])
}

/// A JPEG that a press of these colours takes undecoded, and its most ink.
fn as_it_is(bytes: &[u8], space: Space) -> Option<(Pixels, f64)> {
    let head = JpegHead::read(bytes)?;
    let inverted = head.channels == 4 && head.by_adobe;
    let coverage = match (head.channels, space) {
        (1, _) => 0.0,
        (3, Space::Rgb) => 0.0,
        (4, Space::Cmyk) => coverage(&jpeg_inks(bytes, inverted)?),
        _ => return None,
    };
    Some((Pixels::Jpeg { bytes: bytes.to_vec(), channels: head.channels, inverted }, coverage))
}

/// What the head of a JPEG tells (ITU-T T.81 annex B; the Adobe marker by Adobe Technical Note 5116).
struct JpegHead {
    channels: u8,
    by_adobe: bool,
}

impl JpegHead {
    fn read(bytes: &[u8]) -> Option<JpegHead> {
        let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
        let mut by_adobe = false;
        loop {
            let [0xff, marker, after @ ..] = rest else { return None };
            if *marker == 0xff {
                rest = &rest[1..];
                continue;
            }
            let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
            let segment = after.get(2..length)?;
            match marker {
                // Baseline, extended and progressive, which DCTDecode knows; eight bits a sample.
                0xc0..=0xc2 => return (segment.first() == Some(&8)).then_some(JpegHead { channels: *segment.get(5)?, by_adobe }),
                0xee if segment.starts_with(b"Adobe") => by_adobe = true,
                0xc3 | 0xc5..=0xc7 | 0xc9..=0xcf | 0xd9 | 0xda if *marker != 0xcc => return None,
                _ => {}
            }
            rest = after.get(length..)?;
        }
    }
}

/// The inks of a JPEG of four channels, 255 full ink.
fn jpeg_inks(bytes: &[u8], inverted: bool) -> Option<Vec<u8>> {
    let mut decoder = zune_jpeg::JpegDecoder::new(ZCursor::new(bytes));
    decoder.decode_headers().ok()?;
    let own = decoder.input_colorspace()?;
    decoder.set_options(DecoderOptions::default().jpeg_set_out_colorspace(own));
    let mut inks = decoder.decode().ok()?;
    if own == ColorSpace::YCCK {
        for pixel in inks.chunks_exact_mut(4) {
            let [y, cb, cr] = [f64::from(pixel[0]), f64::from(pixel[1]) - 128.0, f64::from(pixel[2]) - 128.0];
            let rgb = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
            // YCCK is that of the complements.
            pixel[..3].copy_from_slice(&rgb.map(|v| 255 - v.round().clamp(0.0, 255.0) as u8));
        }
    }
    if inverted {
        inks.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    Some(inks)
}

/// Most ink on one place: of the pixel that one in two hundred goes beyond, as a sharp edge or the noise of a
/// JPEG is no area.
fn coverage(inks: &[u8]) -> f64 {
    let mut counts = [0usize; 4 * 255 + 1];
    for pixel in inks.chunks_exact(4) {
        counts[pixel.iter().map(|ink| usize::from(*ink)).sum::<usize>()] += 1;
    }
    let mut beyond = inks.len() / 4 / 200;
    let most = counts.iter().enumerate().rev().find(|(_, count)| match beyond.checked_sub(**count) {
        Some(left) => {
            beyond = left;
            false
        }
        None => true,
    });
    most.map_or(0.0, |(sum, _)| sum as f64 / 255.0)
}

/// Whether a profile's red, green and blue are those of sRGB. Its tone curve is then near enough.
fn has_primaries_of_srgb(profile: &ColorProfile) -> bool {
    let srgb = ColorProfile::new_srgb();
    let near = |a: moxcms::Xyzd, b: moxcms::Xyzd| [a.x - b.x, a.y - b.y, a.z - b.z].iter().all(|d| d.abs() < 0.002);
    near(profile.red_colorant, srgb.red_colorant)
        && near(profile.green_colorant, srgb.green_colorant)
        && near(profile.blue_colorant, srgb.blue_colorant)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half cyan alone, half 240 % of ink: as four channels, and as Adobe's YCCK, which is inverted.
    #[test]
    fn the_inks_of_a_jpeg_are_read() {
        for (name, inverted) in [("cmyk", false), ("ycck", true)] {
            let bytes = std::fs::read(format!("tests/pictures/{name}.jpg")).unwrap();
            assert_eq!(JpegHead::read(&bytes).map(|head| (head.channels, head.by_adobe)), Some((4, inverted)));
            let inks = jpeg_inks(&bytes, inverted).unwrap();
            let near = |at: usize, meant: [i32; 4]| inks[4 * at..][..4].iter().zip(meant).all(|(a, b)| (i32::from(*a) - b).abs() <= 6);
            assert!(near(2, [255, 0, 0, 0]), "{name}: {:?}", &inks[8..12]);
            assert!(near(29, [153, 102, 102, 255]), "{name}: {:?}", &inks[116..120]);
            assert!((coverage(&inks) - 2.4).abs() < 0.05, "{name}: {}", coverage(&inks));
        }
    }

    #[test]
    fn coverage_is_that_of_areas() {
        let mut inks = [[0u8, 0, 0, 255]; 1000].concat();
        assert_eq!(coverage(&inks), 1.0);
        inks[..4 * 4].fill(255);
        assert_eq!(coverage(&inks), 1.0);
        inks[..40 * 4].fill(255);
        assert_eq!(coverage(&inks), 4.0);
        assert_eq!(coverage(&[]), 0.0);
    }
}
