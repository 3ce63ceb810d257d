//! Pages of a sheet that is folded.

use crate::geom::{Rect, Size, Transform};
use crate::page::{Group, Item, Page, Segment};

/// Four sides of each record as the two sides of one sheet, folded once: outside the last and the first, inside
/// the second and the third. As there is one sheet only, no page creeps out at the edge.
pub fn half_fold(pages: Vec<Page>) -> Vec<Page> {
    let mut spreads = Vec::with_capacity(pages.len() / 2);
    let mut pages = pages.into_iter();
    while let (Some(first), Some(second), Some(third), Some(fourth)) = (pages.next(), pages.next(), pages.next(), pages.next()) {
        spreads.push(spread(fourth, first, 0));
        spreads.push(spread(second, third, 1));
    }
    spreads
}

fn spread(left: Page, right: Page, side: usize) -> Page {
    let Size { w, h } = left.trim;
    let bleed = left.bleed;
    // Art ends at the fold: what is beyond belongs to the other page.
    let half = |page: Page, x: f64, from: f64| {
        let clip = vec![Segment::Rect(Rect { x: from, y: -bleed, w: w + bleed, h: h + 2.0 * bleed })];
        Item::Group(Group { transform: Transform::moved(x, 0.0), clip, items: page.items.into() })
    };
    Page {
        trim: Size { w: 2.0 * w, h },
        bleed,
        die: None,
        folds: vec![w],
        perforations: left.perforations.clone(),
        side,
        record: left.record,
        inside_glass: left.inside_glass,
        items: vec![half(left, 0.0, -bleed), half(right, w, 0.0)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Meaning, Tag, tags};

    fn page(record: usize, side: usize) -> Page {
        let tag = Tag {
            rect: Rect { x: 10.0, y: 10.0, w: 10.0, h: 10.0 },
            in_box: format!("{record}/{side}"),
            spot: crate::diag::Spot::default(),
            language: "vi".into(),
            mirrored: false,
            meaning: Meaning::Drawing { thinnest: None },
        };
        Page { record, side, bleed: 3.0, items: vec![Item::Tag(tag)], ..Page::blank(Size { w: 100.0, h: 200.0 }) }
    }

    #[test]
    fn the_pages_of_a_folded_sheet_read_in_order() {
        let pages = (1..=2).flat_map(|record| (0..4).map(move |side| page(record, side))).collect();
        let spreads = half_fold(pages);
        let read = |page: &Page| -> Vec<(String, f64)> { tags(&page.items).iter().map(|t| (t.in_box.clone(), t.rect.x)).collect() };
        let at = |name: &str, x: f64| (name.to_string(), x);
        assert_eq!(spreads.len(), 4);
        assert_eq!(read(&spreads[0]), [at("1/3", 10.0), at("1/0", 110.0)]);
        assert_eq!(read(&spreads[1]), [at("1/1", 10.0), at("1/2", 110.0)]);
        assert_eq!(read(&spreads[3]), [at("2/1", 10.0), at("2/2", 110.0)]);
        let first = &spreads[0];
        assert_eq!((first.trim, first.folds.as_slice(), first.side, spreads[1].side), (Size { w: 200.0, h: 200.0 }, &[100.0][..], 0, 1));
    }
}
