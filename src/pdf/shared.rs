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
    /// Art met once that stands elsewhere too, by its address, which is its own for as long as it is held.
    met: HashMap<usize, Arc<[Item]>>,
}

impl Shared {
    /// Takes in what some sheets share among them, and with those before.
    pub(super) fn add(&mut self, sheets: &[Imposed]) {
        for plate in sheet::plates(sheets) {
            if self.plates.iter().all(|known| known.name != plate.name) {
                self.plates.push(plate.clone());
            }
        }
        sheets.iter().for_each(|sheet| self.collect(&sheet.items));
    }

    /// Whether anything lets shine through what is below.
    pub(super) fn is_transparent(&self) -> bool {
        self.pictures.iter().any(|p| p.alpha.is_some()) || self.plates.iter().any(|p| p.step == Some(Step::White))
    }

    fn collect(&mut self, items: &[Item]) {
        for item in items {
            match item {
                // What nobody else holds stands in one place.
                Item::Group(group) if Arc::strong_count(&group.items) == 1 => self.collect(&group.items),
                Item::Group(group) => match self.met.entry(address(group)) {
                    Entry::Vacant(first) => {
                        first.insert(group.items.clone());
                        self.collect(&group.items);
                    }
                    Entry::Occupied(_) => {
                        if let Entry::Vacant(form) = self.form_of.entry(address(group)) {
                            form.insert(self.forms.len());
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
