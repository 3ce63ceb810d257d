//! ICC profiles: how the inks of a printing condition look, and so which inks make a colour.

use super::{Space, linear};
use crate::diag::Problem;
use crate::files::builtin_profile;
use moxcms::{
    ColorProfile, DataColorSpace, Layout, LutDataType, LutStore, LutType, LutWarehouse, ProfileClass, ProfileText, RenderingIntent,
    TransformExecutor, TransformOptions,
};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

type Transform = Arc<dyn TransformExecutor<u8> + Send + Sync>;

/// A profile and what is made of it.
pub struct Profile {
    /// What it calls itself.
    pub description: String,
    /// Name in the ICC registry of the printing condition that it characterises: `FOGRA39`. None where it
    /// is not known.
    pub registered: Option<String>,
    /// The profile itself (ISO 15076-1).
    pub bytes: Cow<'static, [u8]>,
    /// The same deflated, where it is kept so.
    pub deflated: Option<Cow<'static, [u8]>>,
    icc: ColorProfile,
    flat: OnceLock<Option<Transform>>,
    pictures: OnceLock<Option<Transform>>,
    blacks: OnceLock<Vec<u8>>,
}

/// Why a profile does not serve as that of a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It cannot be read.
    Unreadable,
    /// It is one of a camera, scanner or screen, not of a press (class `prtr`).
    NotOutput,
    /// Its colours are not cyan, magenta, yellow and black.
    NotCmyk,
    /// It is of version 4, which files of PDF/X-1a cannot hold.
    TooNew,
    /// It tells how inks look, but not which inks make a colour (no B2A table).
    OneWay,
}

/// Profiles where none is named, and what they characterise: offset on coated paper, and screens.
const COATED: (&str, &str) = ("ISOcoated_v2_300_bas.icc", "FOGRA39");
const SCREEN: (&str, &str) = ("sRGB2014.icc", "sRGB IEC61966-2.1");

impl Profile {
    /// Reads the profile of a press.
    pub fn press(bytes: Cow<'static, [u8]>, registered: Option<String>) -> Result<Profile, Unfit> {
        let profile = Profile::read(bytes, registered)?;
        profile.fits_a_press()?;
        // A torn table shows only now.
        profile.flat().map(|_| ()).ok_or(Unfit::Unreadable)?;
        Ok(profile)
    }

    /// The profile for inks of which no other is named.
    pub(crate) fn builtin(space: Space) -> Result<Profile, Problem> {
        let (name, registered) = Profile::builtin_name(space);
        Profile::compiled_in(name, Some(registered.into()))
    }

    /// Its file name, and what it characterises.
    pub(crate) fn builtin_name(space: Space) -> (&'static str, &'static str) {
        match space {
            Space::Cmyk => COATED,
            Space::Rgb => SCREEN,
        }
    }

    /// A profile that is compiled in: known to be sound, so that nothing is made of it before it is used.
    pub(crate) fn compiled_in(name: &str, registered: Option<String>) -> Result<Profile, Problem> {
        let (found, deflated) = builtin_profile(name).ok_or(Problem::FileMissing { path: name.into(), meant: None })?;
        let mut profile = Profile::read(found.bytes, registered).map_err(|why| Problem::IccUnfit { path: found.name, why })?;
        profile.deflated = deflated;
        Ok(profile)
    }

    /// Whether class, colours and tables are those of a press.
    pub(crate) fn fits_a_press(&self) -> Result<(), Unfit> {
        if self.icc.profile_class != ProfileClass::OutputDevice {
            return Err(Unfit::NotOutput);
        }
        if self.icc.color_space != DataColorSpace::Cmyk {
            return Err(Unfit::NotCmyk);
        }
        let to_inks = self.icc.lut_b_to_a_colorimetric.is_some() || self.icc.lut_b_to_a_perceptual.is_some();
        let from_inks = self.icc.lut_a_to_b_colorimetric.is_some() || self.icc.lut_a_to_b_perceptual.is_some();
        if to_inks && from_inks { Ok(()) } else { Err(Unfit::OneWay) }
    }

    /// Reads any profile.
    pub fn read(bytes: Cow<'static, [u8]>, registered: Option<String>) -> Result<Profile, Unfit> {
        let icc = ColorProfile::new_from_slice(&bytes).map_err(|_| Unfit::Unreadable)?;
        Ok(Profile {
            description: description(&icc),
            registered,
            bytes,
            deflated: None,
            icc,
            flat: OnceLock::new(),
            pictures: OnceLock::new(),
            blacks: OnceLock::new(),
        })
    }

    /// Whether it is of version 4 of the format.
    pub fn is_of_version_4(&self) -> bool {
        self.bytes.get(8).is_some_and(|major| *major >= 4)
    }

    /// The inks of a colour in flat areas, relative to the paper, 0..1.
    pub fn inks(&self, rgb: [u8; 3]) -> [f64; 4] {
        let mut inks = [0; 4];
        match self.flat().map(|transform| transform.transform(&rgb, &mut inks)) {
            Some(Ok(())) => inks.map(|ink| f64::from(ink) / 255.0),
            _ => [0.0, 0.0, 0.0, 1.0],
        }
    }

    /// The inks of the pixels of a picture of sRGB or another profile: what cannot be printed is drawn in so
    /// that tones stay apart (perceptual). 255 is full ink.
    pub(crate) fn picture(&self, rgb: &[u8], source: Option<&ColorProfile>) -> Vec<u8> {
        let mut inks = vec![0; rgb.len() / 3 * 4];
        let own = source.and_then(|source| self.from(source, RenderingIntent::Perceptual));
        let of_screen = || self.pictures.get_or_init(|| self.from(&ColorProfile::new_srgb(), RenderingIntent::Perceptual)).as_ref();
        let transform = own.as_ref().or_else(of_screen).or_else(|| self.flat());
        if let Some(transform) = transform {
            // The lengths agree, so it cannot fail.
            let _ = transform.transform(rgb, &mut inks);
        }
        inks
    }

    /// The share of black that makes a grey, 0..1.
    pub fn black(&self, grey: u8) -> f64 {
        f64::from(self.blacks()[usize::from(grey)]) / 255.0
    }

    /// Pixels of grey as pixels of paper under black, both 255 for none.
    pub(crate) fn grey_picture(&self, greys: &[u8]) -> Vec<u8> {
        let blacks = self.blacks();
        greys.iter().map(|grey| 255 - blacks[usize::from(*grey)]).collect()
    }

    /// For each grey its share of black, 255 for all: as light as the grey is on screen, where that is lighter
    /// than black ink (black point compensation, as programs for layout do).
    fn blacks(&self) -> &[u8] {
        self.blacks.get_or_init(|| {
            let ramp = self.ramp();
            let least = ramp[255];
            let mut black = 255;
            let mut found = vec![0; 256];
            for grey in 0..=255_u8 {
                let wanted = least + (1.0 - least) * linear(f64::from(grey) / 255.0);
                let off = |black: usize| (ramp[black] - wanted).abs();
                while black > 0 && off(black - 1) <= off(black) {
                    black -= 1;
                }
                found[usize::from(grey)] = black as u8;
            }
            (found[0], found[255]) = (255, 0);
            found
        })
    }

    /// What paper under each share of black reflects, 1 for paper.
    fn ramp(&self) -> Vec<f64> {
        let table = self.icc.lut_a_to_b_colorimetric.as_ref().or(self.icc.lut_a_to_b_perceptual.as_ref());
        let known = match table {
            Some(LutWarehouse::Lut(table)) => (0..=255_u16).map(|black| lightness(table, f64::from(black) / 255.0)).collect(),
            _ => None,
        };
        known.or_else(|| self.transformed_ramp()).unwrap_or_else(|| (0..=255_u16).map(|k| linear(1.0 - f64::from(k) / 255.0)).collect())
    }

    /// The same of profiles whose tables are of another form (`mAB `).
    fn transformed_ramp(&self) -> Option<Vec<f64>> {
        let options = TransformOptions { rendering_intent: RenderingIntent::RelativeColorimetric, ..TransformOptions::default() };
        let inks: Vec<f32> = (0..=255_u16).flat_map(|black| [0.0, 0.0, 0.0, f32::from(black) / 255.0]).collect();
        let mut rgb = vec![0.0; 256 * 3];
        let transform = self.icc.create_transform_f32(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options).ok()?;
        transform.transform(&inks, &mut rgb).ok()?;
        let light = |pixel: &[f32]| {
            let [r, g, b] = [0, 1, 2].map(|i| linear(f64::from(pixel[i]).clamp(0.0, 1.0)));
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        Some(rgb.chunks_exact(3).map(light).collect())
    }

    fn flat(&self) -> Option<&Transform> {
        self.flat.get_or_init(|| self.from(&ColorProfile::new_srgb(), RenderingIntent::RelativeColorimetric)).as_ref()
    }

    fn from(&self, source: &ColorProfile, rendering_intent: RenderingIntent) -> Option<Transform> {
        let options = TransformOptions { rendering_intent, ..TransformOptions::default() };
        // Four channels, whatever they are called.
        source.create_transform_8bit(Layout::Rgb, &self.icc, Layout::Rgba, options).ok()
    }
}

/// What paper under a share of black alone reflects, by a table of four inks (ICC.1:2010 §10.8 and §10.9): along one
/// edge of its grid, so that it needs no more than three straight lines, and is the same on every processor.
fn lightness(table: &LutDataType, black: f64) -> Option<f64> {
    let at = |store: &LutStore, i: usize| match store {
        LutStore::Store8(values) => values.get(i).map(|v| f64::from(*v) / 255.0),
        LutStore::Store16(values) => values.get(i).map(|v| f64::from(*v) / 65535.0),
    };
    let along = |store: &LutStore, from: usize, step: usize, count: usize, share: f64| {
        let place = share.clamp(0.0, 1.0) * (count.checked_sub(1)? as f64);
        let (low, part) = (place.floor() as usize, place.fract());
        let first = at(store, from + low * step)?;
        Some(if part > 0.0 { first + (at(store, from + (low + 1) * step)? - first) * part } else { first })
    };
    if table.num_input_channels != 4 || table.num_output_channels != 3 {
        return None;
    }
    let curve = usize::from(table.num_input_table_entries);
    let others_start_at_none = (0..3).all(|ink| at(&table.input_table, ink * curve) == Some(0.0));
    let share = along(&table.input_table, 3 * curve, 1, curve, black).filter(|_| others_start_at_none)?;
    // Black varies fastest; lightness is the first of three.
    let lightness = along(&table.clut_table, 0, 3, usize::from(table.num_clut_grid_points), share)?;
    let lightness = along(&table.output_table, 0, 1, usize::from(table.num_output_table_entries), lightness)?;
    // Of sixteen bits 0xff00 is 100, of eight 255 (ICC.1:2001 §6.4.1).
    let full = if matches!(table.lut_type, LutType::Lut16) { f64::from(0xff00) / 65535.0 } else { 1.0 };
    let f = (lightness / full * 100.0 + 16.0) / 116.0;
    Some(if f > 6.0 / 29.0 { f.powi(3) } else { (f - 16.0 / 116.0) * 3.0 * (6.0_f64 / 29.0).powi(2) })
}

fn description(icc: &ColorProfile) -> String {
    let text = match &icc.description {
        Some(ProfileText::PlainString(text)) => text.as_str(),
        Some(ProfileText::Localizable(texts)) => texts.first().map_or("", |text| text.value.as_str()),
        Some(ProfileText::Description(text)) => text.ascii_string.as_str(),
        None => "",
    };
    text.trim_matches(['\0', ' ']).to_string()
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile").field("description", &self.description).field("registered", &self.registered).finish_non_exhaustive()
    }
}

#[cfg(test)]
impl Profile {
    pub(crate) fn lightness_of_black(&self, black: f64) -> f64 {
        self.ramp()[(black * 255.0).round() as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COATED_FILE: &str = "assets/icc/ISOcoated_v2_300_bas.icc";

    fn changed(at: usize, to: &[u8]) -> Cow<'static, [u8]> {
        let mut bytes = std::fs::read(COATED_FILE).unwrap();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes.into()
    }

    #[test]
    fn only_the_profile_of_a_press_serves() {
        let profile = Profile::press(std::fs::read(COATED_FILE).unwrap().into(), None).unwrap();
        assert_eq!(profile.description, "ISO Coated v2 300% (basICColor)");
        let unfit = |bytes: Cow<'static, [u8]>| Profile::press(bytes, None).unwrap_err();
        let screen = std::fs::read("assets/icc/sRGB2014.icc").unwrap();
        assert_eq!(unfit(screen.into()), Unfit::NotOutput);
        assert_eq!(unfit(changed(12, b"scnr")), Unfit::NotOutput);
        assert_eq!(unfit(changed(16, b"GRAY")), Unfit::NotCmyk);
        assert_eq!(unfit(changed(36, b"----")), Unfit::Unreadable);
        assert_eq!(unfit(std::fs::read(COATED_FILE).unwrap()[..5000].to_vec().into()), Unfit::Unreadable);
        assert_eq!(unfit(Cow::Borrowed(b"")), Unfit::Unreadable);
        // Its B2A tables under other names.
        let mut bytes = std::fs::read(COATED_FILE).unwrap();
        for tag in 0..usize::from(bytes[131]) {
            let name = &mut bytes[132 + 12 * tag..][..4];
            if name.starts_with(b"B2A") {
                name.copy_from_slice(b"none");
            }
        }
        assert_eq!(unfit(bytes.into()), Unfit::OneWay);
    }

    #[test]
    fn black_reflects_what_the_whole_transform_says() {
        let profile = Profile::press(std::fs::read(COATED_FILE).unwrap().into(), None).unwrap();
        let (own, whole) = (profile.ramp(), profile.transformed_ramp().unwrap());
        assert!(own.iter().zip(&whole).all(|(a, b)| (a - b).abs() < 0.01), "{own:?}");
        assert!((own[0] - 1.0).abs() < 0.01 && own.is_sorted_by(|a, b| a >= b));
        let greys: Vec<f64> = (0..=255).map(|grey| profile.black(grey)).collect();
        assert!(greys.is_sorted_by(|a, b| a >= b));
        assert_eq!((greys[0], greys[255]), (1.0, 0.0));
    }

    #[test]
    fn pictures_keep_to_the_ink_limit_of_the_profile() {
        let profile = Profile::press(std::fs::read(COATED_FILE).unwrap().into(), None).unwrap();
        let rgb: Vec<u8> = (0..=255).flat_map(|v: u8| [v, v / 2, 255 - v]).chain([0, 0, 0, 255, 255, 255]).collect();
        let inks = profile.picture(&rgb, None);
        let coverage = |pixel: &[u8]| pixel.iter().map(|v| f64::from(*v) / 255.0).sum::<f64>();
        assert!(inks.chunks(4).all(|pixel| coverage(pixel) <= 3.02));
        assert_eq!(inks[inks.len() - 4..], [0; 4]);
    }
}
