//! What pages share: pictures, separations, and art that stands in several places.

use crate::color::{Plate, Step};
use crate::page::{Group, Item};
use crate::picture::Picture;
use crate::sheet::{self, Imposed};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// What pages share, by the number in its resource name.
#[derive(Default)]
pub(super) struct Shared {
    /// Pictures `I0`, `I1`, …
    pub(super) pictures: Vec<Arc<Picture>>,
    /// Separations `S0`, `S1`, …; the layer of the step of `S0` is `L0`.
    pub(super) plates: Vec<Arc<Plate>>,
    /// Art that stands in several places, as forms `F0`, `F1`, …
    pub(super) forms: Vec<Arc<[Item]>>,
    /// Where in `forms` a list of items is, by its address.
    form_of: HashMap<usize, usize>,
}

impl Shared {
    pub(super) fn of(sheets: &[Imposed]) -> Shared {
        let plates = sheet::plates(sheets).into_iter().cloned().collect();
        let mut shared = Shared { plates, ..Shared::default() };
        let mut seen = HashMap::new();
        sheets.iter().for_each(|sheet| shared.collect(&sheet.items, &mut seen));
        shared
    }

    /// Whether anything lets shine through what is below.
    pub(super) fn is_transparent(&self) -> bool {
        self.pictures.iter().any(|p| p.alpha.is_some()) || self.plates.iter().any(|p| p.step == Some(Step::White))
    }

    /// `seen` says of each group whether it stands in several places.
    fn collect(&mut self, items: &[Item], seen: &mut HashMap<usize, bool>) {
        for item in items {
            match item {
                Item::Group(group) => match seen.entry(address(group)) {
                    Entry::Vacant(first) => {
                        first.insert(false);
                        self.collect(&group.items, seen);
                    }
                    Entry::Occupied(mut again) => {
                        if !again.insert(true) {
                            self.form_of.insert(address(group), self.forms.len());
                            self.forms.push(group.items.clone());
                        }
                    }
                },
                Item::Image(placed) if self.picture(&placed.picture).is_none() => self.pictures.push(placed.picture.clone()),
                Item::Image(_) | Item::Path(_) | Item::Glyphs(_) | Item::Tag(_) => {}
            }
        }
    }

    pub(super) fn form(&self, group: &Group) -> Option<usize> {
        self.form_of.get(&address(group)).copied()
    }

    pub(super) fn picture(&self, picture: &Arc<Picture>) -> Option<usize> {
        self.pictures.iter().position(|p| Arc::ptr_eq(p, picture))
    }

    pub(super) fn plate(&self, plate: &Plate) -> usize {
        // All that is painted has been collected.
        self.plates.iter().position(|p| p.name == plate.name).unwrap_or(0)
    }
}

/// What a group's items are known by while they are held: two groups that share them have one address.
fn address(group: &Group) -> usize {
    group.items.as_ptr() as usize
}
