//! Colour spaces, and the plates that colours in them need.

use hayro::hayro_syntax::object::{Array, Name, Object, Stream};
use hayro::hayro_syntax::page::Resources;

/// Spaces that are nested.
const DEEPEST: usize = 8;

/// A colour space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// Shades of black.
    Gray,
    /// Red, green, blue of whatever screen.
    Rgb,
    /// Process inks of whatever press.
    Cmyk,
    /// So many channels by a profile.
    Icc(u8),
    /// Shades by a light.
    CalGray,
    /// Red, green, blue by a light.
    CalRgb,
    /// Lightness and two hues.
    Lab,
    /// One plate.
    Separation(String),
    /// Several plates.
    DeviceN(Vec<String>),
    /// A pattern, or a passage from colour to colour.
    Pattern,
    /// What the reader does not know.
    Unknown,
}

impl Space {
    /// Whether its colours are mixed from light.
    pub fn is_rgb(&self) -> bool {
        matches!(self, Space::Rgb | Space::CalRgb | Space::Icc(3))
    }

    /// What it is called in reports.
    pub fn words(&self) -> String {
        match self {
            Space::Gray => "Gray".into(),
            Space::Rgb => "RGB".into(),
            Space::Cmyk => "CMYK".into(),
            Space::Icc(n) => format!("ICC {n}"),
            Space::CalGray => "CalGray".into(),
            Space::CalRgb => "CalRGB".into(),
            Space::Lab => "Lab".into(),
            Space::Separation(name) => format!("Separation {name}"),
            Space::DeviceN(names) => format!("DeviceN {}", names.join(" + ")),
            Space::Pattern => "Pattern".into(),
            Space::Unknown => "?".into(),
        }
    }

    /// Plates that it may need.
    pub fn plates(&self) -> Vec<String> {
        match self {
            Space::Gray | Space::CalGray | Space::Icc(1) => vec!["Black".into()],
            Space::Cmyk | Space::Icc(4) => PROCESS.map(String::from).to_vec(),
            Space::Separation(name) => plate(name).into_iter().collect(),
            Space::DeviceN(names) => names.iter().filter_map(|name| plate(name)).collect(),
            _ => Vec::new(),
        }
    }

    /// Plates that one of its colours needs.
    pub fn plates_of(&self, values: &[f64]) -> Vec<String> {
        match self {
            Space::Gray | Space::CalGray | Space::Icc(1) if values == [1.0] => Vec::new(),
            Space::Cmyk | Space::Icc(4) if values.len() == 4 => {
                PROCESS.iter().zip(values).filter(|(_, value)| **value > 0.0).map(|(name, _)| name.to_string()).collect()
            }
            _ => self.plates(),
        }
    }

    /// The colour that is current where the space has just been chosen.
    pub fn first(&self) -> Vec<f64> {
        match self {
            Space::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Space::Gray | Space::CalGray => vec![0.0],
            _ => Vec::new(),
        }
    }
}

/// The plates of process inks.
pub const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// `All` is for marks, on the plates that are there anyway; `None` leaves none.
fn plate(name: &str) -> Option<String> {
    (!matches!(name, "All" | "None")).then(|| name.to_string())
}

/// The space of a name.
pub fn named(name: &[u8], resources: &Resources<'_>) -> Space {
    match device(name) {
        Some(space) => space,
        None => resources.color_spaces.get::<Object<'_>>(name).map_or(Space::Unknown, |object| resolve(object, resources, 0)),
    }
}

fn device(name: &[u8]) -> Option<Space> {
    match name {
        b"DeviceGray" | b"G" => Some(Space::Gray),
        b"DeviceRGB" | b"RGB" => Some(Space::Rgb),
        b"DeviceCMYK" | b"CMYK" => Some(Space::Cmyk),
        b"Pattern" => Some(Space::Pattern),
        _ => None,
    }
}

/// The space that a name or an array says.
pub fn resolve(object: Object<'_>, resources: &Resources<'_>, depth: usize) -> Space {
    if depth > DEEPEST {
        return Space::Unknown;
    }
    let array = match object {
        Object::Name(name) => {
            let inner = || resources.color_spaces.get::<Object<'_>>(&*name).filter(|o| !matches!(o, Object::Name(n) if *n == name));
            return device(&name).or_else(|| inner().map(|o| resolve(o, resources, depth + 1))).unwrap_or(Space::Unknown);
        }
        Object::Array(array) => array,
        _ => return Space::Unknown,
    };
    let mut parts = array.flex_iter();
    let Some(kind) = parts.next::<Name<'_>>() else { return Space::Unknown };
    let text = |name: Name<'_>| String::from_utf8_lossy(&name).into_owned();
    let found = match &*kind {
        b"ICCBased" => parts.next::<Stream<'_>>().and_then(|s| s.dict().get::<u8>("N")).map(Space::Icc),
        b"Indexed" | b"I" => parts.next::<Object<'_>>().map(|base| resolve(base, resources, depth + 1)),
        b"Separation" => parts.next::<Name<'_>>().map(|name| Space::Separation(text(name))),
        b"DeviceN" => parts.next::<Array<'_>>().map(|names| Space::DeviceN(names.iter::<Name<'_>>().map(text).collect())),
        b"CalGray" => Some(Space::CalGray),
        b"CalRGB" => Some(Space::CalRgb),
        b"Lab" => Some(Space::Lab),
        name => device(name),
    };
    found.unwrap_or(Space::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro::hayro_syntax::object::{Dict, FromBytes};

    fn space(text: &[u8]) -> Space {
        resolve(Object::from_bytes(text).unwrap(), &Resources::new(Dict::empty()), 0)
    }

    #[test]
    fn spaces_are_told_by_their_arrays() {
        assert_eq!(space(b"/DeviceCMYK"), Space::Cmyk);
        assert_eq!(space(b"[/Separation /Cut#20Contour /DeviceCMYK 1 0 R]"), Space::Separation("Cut Contour".into()));
        assert_eq!(space(b"[/DeviceN [/Cyan /Gold] /DeviceCMYK 1 0 R]").plates(), ["Cyan", "Gold"]);
        assert_eq!(space(b"[/Indexed /DeviceRGB 1 <000000FFFFFF>]"), Space::Rgb);
    }

    #[test]
    fn each_space_has_its_word_and_whether_it_is_of_light() {
        for (text, words, light) in [
            ("/DeviceGray", "Gray", false),
            ("/RGB", "RGB", true),
            ("/DeviceCMYK", "CMYK", false),
            ("[/CalGray <<>>]", "CalGray", false),
            ("[/CalRGB <<>>]", "CalRGB", true),
            ("[/Lab <<>>]", "Lab", false),
            ("[/Separation /Foil /DeviceCMYK 1 0 R]", "Separation Foil", false),
            ("[/DeviceN [/Cyan /Gold] /DeviceCMYK 1 0 R]", "DeviceN Cyan + Gold", false),
            ("[/Pattern /DeviceRGB]", "Pattern", false),
            ("[/Indexed [/Indexed [/Separation /Foil /DeviceGray 1 0 R] 1 <00>] 1 <00>]", "Separation Foil", false),
            ("[/Colourful]", "?", false),
            ("/Colourful", "?", false),
            ("[]", "?", false),
            ("12", "?", false),
        ] {
            let found = space(text.as_bytes());
            assert_eq!((found.words().as_str(), found.is_rgb()), (words, light), "{text}");
        }
        let deep = format!("{}/DeviceRGB{}", "[/Indexed ".repeat(20), " 1 <00>]".repeat(20));
        assert_eq!(space(deep.as_bytes()), Space::Unknown);
    }

    #[test]
    fn a_colour_needs_the_plates_of_its_inks() {
        assert_eq!(Space::Cmyk.plates_of(&[0.0, 0.0, 0.0, 1.0]), ["Black"]);
        assert_eq!(Space::Gray.plates_of(&[1.0]), [""; 0]);
        assert_eq!(Space::Rgb.plates_of(&[1.0, 0.0, 0.0]), [""; 0]);
    }
}
