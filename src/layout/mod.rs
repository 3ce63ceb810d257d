//! Layout: blocks to placed items. The only room that knows widths.
//!
//! taffy computes the boxes (CSS flexbox); texts enter through its measure function. Texts with a range
//! of sizes shrink together: one share of the way from floor to ceiling holds for a whole side, so that
//! its hierarchy is kept.
//!
//! ```
//! # use toroi::color::Condition;
//! # use toroi::files::{Files, Memory};
//! # use toroi::limits::Limits;
//! # use toroi::spec::{campaign, press};
//! # use toroi::template::bind::{Binding, Job};
//! # use toroi::template::format;
//! # use toroi::text::{Compounds, Fonts, Setter};
//! use toroi::geom::to_mm;
//! use toroi::layout::{Area, lay_out};
//! use toroi::page::{Item, Meaning, tags};
//!
//! # let campaign = "campaign: mot-cua\npieces: {bien: {format: bien, text: {loi: Lấy số}}}";
//! # let format = "format: bien\nsizes: {a6: {trim: 105x148mm}}\nfields: {loi: {type: text}}\nstyles: {to: {size: 20pt}}\n\
//! #     sides: [{name: front, column: {padding: 10mm, children: [{text: {value: '{{ loi }}!', style: to}}]}}]";
//! # let campaign = campaign::read("campaign.yaml", campaign.as_bytes(), &Limits::default()).0.unwrap();
//! # let format = format::read("bien.yaml", format.as_bytes(), &Limits::default()).0.unwrap();
//! # let world = Memory::default();
//! # let files = Files::beside(&world, "campaign.yaml");
//! # let office = files.template("press/", "office").unwrap().unwrap();
//! # let press = press::read(&office.name, &office.bytes, &Limits::default()).0.unwrap();
//! # let condition = Condition::builtin(press.space, press.limits.ink).unwrap();
//! # let (fonts, _) = Fonts::load(Vec::new());
//! # let (piece, size) = (&campaign.pieces[0], &format.sizes[0]);
//! # let (campaign, format, press, condition, fonts, files) = (&campaign, &format, &press, &condition, &fonts, &files);
//! # let job = Job { campaign, piece, format, size, press, condition, table: None, fonts, files };
//! // A text of 20 pt in a column with a padding of 10 mm, bound as the example of `template` does it.
//! let bound = Binding::new(&job).bind(None);
//! let area = Area { trim: size.trim, bleed: press.bleed, space: press.space };
//! let compounds = Compounds::with([]);
//! let (items, findings) = lay_out(&bound.sides[0], area, &mut Setter::new(fonts, &compounds));
//! assert_eq!(findings, []);
//!
//! let Some(Item::Glyphs(run)) = items.iter().find(|item| matches!(item, Item::Glyphs(_))) else { unreachable!() };
//! assert_eq!((to_mm(run.x).round(), run.size, run.glyphs.len()), (10.0, 20.0, "Lấy số!".chars().count()));
//! assert!(matches!(&tags(&items)[0].meaning, Meaning::Text { text, .. } if text == "Lấy số!"));
//! ```

mod columns;
mod kept;
mod line;
mod model;
mod place;
mod rules;
mod style;
mod tree;

use crate::diag::Finding;
use crate::geom::Size;
use crate::page::Item;
use crate::template::bound::BoundSide;
use crate::text::Setter;
use kept::{Known, Shares, Step};
use tree::Tree;

pub use line::{LineStyle, line};
pub(crate) use model::{Fresh, Models};

/// What a side is laid out on.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Size after cutting.
    pub trim: Size,
    /// Art beyond the trim, pt.
    pub bleed: f64,
    /// Whether the press prints process inks.
    pub space: crate::color::Space,
}

/// Shares of the way from floor to ceiling that are tried: 1 first, then by halves.
const SHARE_STEPS: u32 = 16;

/// Lays out one side. Says what does not fit; the items are then not fit to print.
pub fn lay_out(side: &BoundSide, on: Area, setter: &mut Setter<'_>) -> (Vec<Item>, Vec<Finding>) {
    setter.forget();
    let known = Known::default();
    let (tree, _) = fit(side, on, (&known, Shares::new()), setter);
    (place::items(&tree, on), tree.findings(&side.name))
}

/// The boxes of a side at the largest share at which they hold what is in them, and what was tried for it; the last
/// step is theirs.
fn fit<'b>(side: &'b BoundSide, on: Area, (known, set_before): (&'b Known, Shares), setter: &mut Setter<'_>) -> (Tree<'b>, Vec<Step>) {
    let mut tree = Tree::build(&side.root, on.trim, known, set_before);
    let mut steps = vec![tree.compute(1.0, setter)];
    if tree.shrinks() && steps[0].overflows() {
        let mut try_at = |tree: &mut Tree<'b>, share: u32| {
            let step = tree.compute(f64::from(share) / f64::from(SHARE_STEPS), setter);
            let overflows = step.overflows();
            steps.push(step);
            overflows
        };
        let (mut fits, mut too_large) = (0, SHARE_STEPS);
        while too_large - fits > 1 {
            let middle = (fits + too_large) / 2;
            if try_at(&mut tree, middle) { too_large = middle } else { fits = middle }
        }
        try_at(&mut tree, fits);
    }
    (tree, steps)
}
