//! ICC profiles: how the inks of a printing condition look, and so which inks make a colour.

use moxcms::{ColorProfile, DataColorSpace, Layout, ProfileClass, ProfileText, RenderingIntent, TransformExecutor, TransformOptions};
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
    /// It tells how inks look, but not which inks make a colour (no B2A table).
    OneWay,
}

/// More than any profile of a press holds, bytes.
const LARGEST: usize = 16 << 20;

impl Profile {
    /// Reads the profile of a press.
    pub fn press(bytes: Cow<'static, [u8]>, registered: Option<String>) -> Result<Profile, Unfit> {
        if bytes.len() > LARGEST {
            return Err(Unfit::Unreadable);
        }
        let profile = Profile::read(bytes, registered)?;
        if profile.icc.profile_class != ProfileClass::OutputDevice {
            return Err(Unfit::NotOutput);
        }
        if profile.icc.color_space != DataColorSpace::Cmyk {
            return Err(Unfit::NotCmyk);
        }
        let both_ways = profile.icc.lut_b_to_a_colorimetric.is_some() || profile.icc.lut_b_to_a_perceptual.is_some();
        let both_ways = both_ways && (profile.icc.lut_a_to_b_colorimetric.is_some() || profile.icc.lut_a_to_b_perceptual.is_some());
        if !both_ways {
            return Err(Unfit::OneWay);
        }
        // A torn table shows only now.
        profile.flat().map(|_| ()).ok_or(Unfit::Unreadable)?;
        Ok(profile)
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
        })
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
    pub fn picture(&self, rgb: &[u8], source: Option<&ColorProfile>) -> Vec<u8> {
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

    fn flat(&self) -> Option<&Transform> {
        self.flat.get_or_init(|| self.from(&ColorProfile::new_srgb(), RenderingIntent::RelativeColorimetric)).as_ref()
    }

    fn from(&self, source: &ColorProfile, rendering_intent: RenderingIntent) -> Option<Transform> {
        let options = TransformOptions { rendering_intent, ..TransformOptions::default() };
        // Four channels, whatever they are called.
        source.create_transform_8bit(Layout::Rgb, &self.icc, Layout::Rgba, options).ok()
    }
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
mod tests {
    use super::*;

    const COATED: &str = "assets/icc/ISOcoated_v2_300_bas.icc";

    fn changed(at: usize, to: &[u8]) -> Cow<'static, [u8]> {
        let mut bytes = std::fs::read(COATED).unwrap();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes.into()
    }

    #[test]
    fn only_the_profile_of_a_press_serves() {
        let profile = Profile::press(std::fs::read(COATED).unwrap().into(), None).unwrap();
        assert_eq!(profile.description, "ISO Coated v2 300% (basICColor)");
        let unfit = |bytes: Cow<'static, [u8]>| Profile::press(bytes, None).unwrap_err();
        let screen = std::fs::read("assets/icc/sRGB2014.icc").unwrap();
        assert_eq!(unfit(screen.into()), Unfit::NotOutput);
        assert_eq!(unfit(changed(12, b"scnr")), Unfit::NotOutput);
        assert_eq!(unfit(changed(16, b"GRAY")), Unfit::NotCmyk);
        assert_eq!(unfit(changed(36, b"----")), Unfit::Unreadable);
        assert_eq!(unfit(std::fs::read(COATED).unwrap()[..5000].to_vec().into()), Unfit::Unreadable);
        assert_eq!(unfit(Cow::Borrowed(b"")), Unfit::Unreadable);
        // Its B2A tables under other names.
        let mut bytes = std::fs::read(COATED).unwrap();
        for tag in 0..usize::from(bytes[131]) {
            let name = &mut bytes[132 + 12 * tag..][..4];
            if name.starts_with(b"B2A") {
                name.copy_from_slice(b"none");
            }
        }
        assert_eq!(unfit(bytes.into()), Unfit::OneWay);
    }

    #[test]
    fn pictures_keep_to_the_ink_limit_of_the_profile() {
        let profile = Profile::press(std::fs::read(COATED).unwrap().into(), None).unwrap();
        let rgb: Vec<u8> = (0..=255).flat_map(|v: u8| [v, v / 2, 255 - v]).chain([0, 0, 0, 255, 255, 255]).collect();
        let inks = profile.picture(&rgb, None);
        let coverage = |pixel: &[u8]| pixel.iter().map(|v| f64::from(*v) / 255.0).sum::<f64>();
        assert!(inks.chunks(4).all(|pixel| coverage(pixel) <= 3.02));
        assert_eq!(inks[inks.len() - 4..], [0; 4]);
    }
}
