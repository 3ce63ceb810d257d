//! Pictures of pixels, read once and shared by all records.

use crate::color::{Colour, Condition, Space};
use crate::limits::{Limit, Limits};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, ProfileClass};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    /// How light it is, from place to place.
    shades: Shades,
}

/// The lightness of a picture on a grid of few places.
#[derive(Debug, Default, PartialEq)]
struct Shades(Vec<u8>);

impl Shades {
    /// Places of the grid, across and down: a letter of a headline covers some of them.
    const PLACES: u32 = 64;

    fn of(image: &DynamicImage) -> Shades {
        Shades(image.thumbnail_exact(Shades::PLACES, Shades::PLACES).into_luma8().into_raw())
    }

    /// Of a picture whose four channels are process inks.
    fn of_inks(inks: &DynamicImage) -> Shades {
        let luminance = |ink: &[u8]| Colour::Cmyk([0, 1, 2, 3].map(|i| f64::from(ink[i]) / 255.0)).luminance();
        let light = |ink: &[u8]| (luminance(ink).powf(1.0 / 2.2) * 255.0).round() as u8;
        Shades(inks.thumbnail_exact(Shades::PLACES, Shades::PLACES).into_rgba8().chunks_exact(4).map(light).collect())
    }
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
    /// It is of a kind that is not taken.
    Foreign(&'static str),
    /// It is more than this bound allows.
    TooLarge(Limit),
}

/// Bytes of a pixel as it is decoded, at most: four of eight bits each.
const PIXEL: u64 = 4;

impl Picture {
    /// Relative luminance at a point, by shares of its width and height from the top left, 0 to 1.
    pub fn luminance(&self, x: f64, y: f64) -> f64 {
        let places = Shades::PLACES as usize;
        let place = |share: f64| ((share * places as f64) as usize).min(places - 1);
        let lightness = self.shades.0.get(place(y) * places + place(x)).map_or(255, |lightness| *lightness);
        Colour::Gray(f64::from(lightness) / 255.0).luminance()
    }

    /// Bytes of memory that its pixels take.
    pub(crate) fn unpacked(&self) -> u64 {
        let (Pixels::Gray(bytes) | Pixels::Rgb(bytes) | Pixels::Cmyk(bytes) | Pixels::Jpeg { bytes, .. }) = &self.pixels;
        (bytes.len() + self.alpha.as_ref().map_or(0, Vec::len)) as u64
    }

    /// Reads a PNG or JPEG for a press.
    ///
    /// A JPEG goes into the file as it is where the press speaks its colours: grey and colour on a press of
    /// screen colours, process inks on one of process inks. All others are decoded. On a press of
    /// process inks colours become such by their own profile and that of the press; on one of screen
    /// colours they keep theirs.
    pub fn read(path: &str, bytes: &[u8], condition: &Condition, limits: &Limits) -> Result<Picture, Unusable> {
        // Its readers are made for speed: of a JPEG whose numbers are beyond their kind, one gives up in the midst.
        let read = catch_unwind(AssertUnwindSafe(|| Picture::decode(path, bytes, condition, limits)));
        read.unwrap_or_else(|_| Err(Unusable::Broken("its pixels cannot be made out".into())))
    }

    fn decode(path: &str, bytes: &[u8], condition: &Condition, limits: &Limits) -> Result<Picture, Unusable> {
        let broken = |e: image::ImageError| Unusable::Broken(e.to_string());
        if let Some(kind) = foreign(bytes) {
            return Err(Unusable::Foreign(kind));
        }
        if cut_short(bytes) {
            return Err(Unusable::Broken("the file is cut short".into()));
        }
        let mut decoder =
            ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| broken(e.into()))?.into_decoder().map_err(broken)?;
        let (width, height) = decoder.dimensions();
        let most = limits.of(Limit::ImagePixels);
        if u64::from(width) * u64::from(height) > most || decoder.total_bytes() > most.saturating_mul(PIXEL) {
            return Err(Unusable::TooLarge(Limit::ImagePixels));
        }
        let mut room = image::Limits::no_limits();
        room.max_alloc = Some(most.saturating_mul(2 * PIXEL));
        decoder.set_limits(room).map_err(broken)?;
        let (turn, profile) = (decoder.orientation().map_err(broken)?, decoder.icc_profile().ok().flatten());
        let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
        if let Some(inks) = own_inks(bytes, (width, height)) {
            return Ok(of_inks(path, bytes, inks, turn, condition.space));
        }
        let icc = profile.as_deref().and_then(|p| ColorProfile::new_from_slice(p).ok()).filter(|p| p.color_space == DataColorSpace::Rgb);
        // Device links and the like are no profile of a picture (ISO 19005-2 §6.2.4.2).
        let classes = [ProfileClass::InputDevice, ProfileClass::DisplayDevice, ProfileClass::OutputDevice, ProfileClass::ColorSpace];
        let icc = icc.filter(|icc| classes.contains(&icc.profile_class) && !has_primaries_of_srgb(icc));
        let profile = profile.filter(|_| icc.is_some() && condition.space == Space::Rgb);
        let mut small = image.thumbnail_exact(Shades::PLACES, Shades::PLACES);
        small.apply_orientation(turn);
        let shades = Shades::of(&small);
        let mut picture =
            Picture { path: path.into(), width, height, pixels: Pixels::Gray(Vec::new()), profile, alpha: None, coverage: 0.0, shades };
        if turn == Orientation::NoTransforms
            && let Some(pixels) = as_it_is(bytes, condition.space)
        {
            return Ok(Picture { pixels, ..picture });
        }
        image.apply_orientation(turn);
        (picture.width, picture.height) = (image.width(), image.height());
        let alpha = image.color().has_alpha().then(|| image.to_rgba8().pixels().map(|p| p.0[3]).collect::<Vec<u8>>());
        picture.alpha = alpha.filter(|a| a.iter().any(|v| *v < 255));
        let rgb = image.into_rgb8().into_raw();
        let grey = rgb.chunks_exact(3).all(|p| p[0] == p[1] && p[1] == p[2]);
        let greys = || rgb.chunks_exact(3).map(|p| p[0]).collect::<Vec<u8>>();
        picture.pixels = match (condition.space, grey) {
            (Space::Rgb, true) => Pixels::Gray(greys()),
            (Space::Rgb, false) => Pixels::Rgb(rgb),
            (Space::Cmyk, true) => Pixels::Gray(condition.profile.grey_picture(&greys())),
            (Space::Cmyk, false) => Pixels::Cmyk(limited(condition.profile.picture(&rgb, icc.as_ref()), condition.ink)),
        };
        if let Pixels::Cmyk(inks) = &picture.pixels {
            picture.coverage = coverage(inks);
        }
        Ok(picture)
    }
}

/// The kind of a picture that is not taken, by its first bytes.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let brand = bytes.get(4..12).unwrap_or_default();
    match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("WebP"),
        _ if brand.starts_with(b"ftyp") && matches!(&brand[4..], b"heic" | b"heix" | b"mif1" | b"hevc") => Some("HEIC"),
        _ if brand.starts_with(b"ftypavif") => Some("AVIF"),
        [b'%', b'P', b'D', b'F', ..] => Some("PDF"),
        [b'%', b'!', b'P', b'S', ..] => Some("PostScript"),
        [b'G', b'I', b'F', b'8', ..] => Some("GIF"),
        [b'B', b'M', ..] => Some("BMP"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some("TIFF"),
        _ => None,
    }
}

/// Whether a JPEG ends before its end marker: decoders fill up the rest with grey. What stands behind the marker
/// is no matter of the picture; telephones keep films there.
fn cut_short(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(&[0xff, 0xd8]) else { return false };
    loop {
        // Between two markers of a scan lie its codes, in which 0xff is followed by 0 or a restart (T.81 §B.1.1.5).
        let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff | 0x01 | 0xd0..=0xd7);
        let Some(at) = rest.windows(2).position(is_marker) else { return true };
        if rest[at + 1] == 0xd9 {
            return false;
        }
        let after = &rest[at + 2..];
        let length = after.get(..2).map_or(usize::MAX, |l| usize::from(u16::from_be_bytes([l[0], l[1]])));
        match after.get(length..) {
            Some(next) => rest = next,
            None => return true,
        }
    }
}

/// A JPEG that a press of these colours takes undecoded.
fn as_it_is(bytes: &[u8], space: Space) -> Option<Pixels> {
    let head = JpegHead::read(bytes)?;
    let is_taken = space == Space::Rgb && matches!(head.channels, 1 | 3);
    is_taken.then(|| Pixels::Jpeg { bytes: bytes.to_vec(), channels: head.channels, inverted: false })
}

/// The process inks of a JPEG that is made of such, four channels whatever they are called, and whether it has
/// them inverted.
fn own_inks(bytes: &[u8], (width, height): (u32, u32)) -> Option<(RgbaImage, bool)> {
    let head = JpegHead::read(bytes).filter(|head| head.channels == 4)?;
    Some((RgbaImage::from_raw(width, height, jpeg_inks(bytes, head.by_adobe)?)?, head.by_adobe))
}

/// A picture of process inks, which stay as they are on a press of such.
fn of_inks(path: &str, bytes: &[u8], (inks, inverted): (RgbaImage, bool), turn: Orientation, space: Space) -> Picture {
    let coverage = if space == Space::Cmyk { coverage(&inks) } else { 0.0 };
    let mut turned = DynamicImage::ImageRgba8(inks);
    turned.apply_orientation(turn);
    let (width, height, shades) = (turned.width(), turned.height(), Shades::of_inks(&turned));
    let inks = turned.into_rgba8().into_raw();
    let pixels = match space {
        Space::Cmyk if turn == Orientation::NoTransforms => Pixels::Jpeg { bytes: bytes.to_vec(), channels: 4, inverted },
        Space::Cmyk => Pixels::Cmyk(inks),
        Space::Rgb => {
            let bare = |ink: u8, black: u8| (u16::from(255 - ink) * u16::from(255 - black) / 255) as u8;
            Pixels::Rgb(inks.chunks_exact(4).flat_map(|p| [bare(p[0], p[3]), bare(p[1], p[3]), bare(p[2], p[3])]).collect())
        }
    };
    Picture { path: path.into(), width, height, pixels, profile: None, alpha: None, coverage, shades }
}

/// What the head of a JPEG tells (ITU-T T.81 annex B; the Adobe marker by Adobe Technical Note 5116).
struct JpegHead {
    channels: u8,
    by_adobe: bool,
}

impl JpegHead {
    fn read(bytes: &[u8]) -> Option<JpegHead> {
        let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
        let (mut by_adobe, mut channels) = (false, None);
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
                0xc0..=0xc2 => channels = segment.get(5).filter(|_| segment.first() == Some(&8)).copied(),
                0xee if segment.starts_with(b"Adobe") => by_adobe = true,
                0xda => return channels.map(|channels| JpegHead { channels, by_adobe }),
                0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xd9 => return None,
                _ => {}
            }
            rest = after.get(length..)?;
        }
    }
}

/// The inks of a JPEG of four channels, 255 full ink.
fn jpeg_inks(bytes: &[u8], inverted: bool) -> Option<Vec<u8>> {
    let mut decoder = zune_jpeg::JpegDecoder::new(ZCursor::new(bytes));
    // Size was judged before.
    decoder.set_options(DecoderOptions::default().set_max_width(65_535).set_max_height(65_535));
    decoder.decode_headers().ok()?;
    let own = decoder.input_colorspace()?;
    decoder.set_options(DecoderOptions::default().set_max_width(65_535).set_max_height(65_535).jpeg_set_out_colorspace(own));
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

/// Inks that keep to a limit, pixel by pixel: black stays, and the others give way in their proportion.
fn limited(mut inks: Vec<u8>, most: f64) -> Vec<u8> {
    let most = (most * 255.0) as u32;
    for pixel in inks.chunks_exact_mut(4) {
        let (colours, black) = (pixel[..3].iter().map(|ink| u32::from(*ink)).sum::<u32>(), u32::from(pixel[3]));
        if colours + black > most {
            let room = most.saturating_sub(black);
            pixel[..3].iter_mut().for_each(|ink| *ink = (u32::from(*ink) * room / colours) as u8);
        }
    }
    inks
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
    fn a_picture_that_its_reader_gives_up_on_is_broken() {
        let bytes = std::fs::read("tests/pictures/coefficients-beyond.jpg").unwrap();
        let read = Picture::read("anh.jpg", &bytes, &Condition::screen().unwrap(), &Limits::default());
        assert!(matches!(read, Err(Unusable::Broken(_))), "{read:?}");
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
