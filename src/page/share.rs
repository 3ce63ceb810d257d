//! What pages have alike, once.

use super::{Group, Item, Page};
use crate::geom::Transform;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Fewer lines, curves and glyphs than that take no more room in a file than the name of a group does.
const WORTH: usize = 12;

/// Joins what most pages of a side have alike into groups that those pages share, so that a file holds it once.
pub fn share(pages: &mut [Page]) {
    // Items at the same places in order: a page with one more or less is another kind.
    let mut kinds: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (i, page) in pages.iter().enumerate() {
        kinds.entry((page.side, page.items.len())).or_default().push(i);
    }
    for members in kinds.into_values().filter(|members| members.len() > 1) {
        share_alike(pages, &members);
    }
}

fn share_alike(pages: &mut [Page], members: &[usize]) {
    let model: Vec<Item> = (0..pages[members[0]].items.len()).map(|at| pages[most(pages, members, at)].items[at].clone()).collect();
    let alike = |page: &Page| -> Vec<bool> { page.items.iter().zip(&model).map(|(a, b)| a == b).collect() };
    let alike: Vec<Vec<bool>> = members.iter().map(|i| alike(&pages[*i])).collect();
    let common: Vec<bool> = (0..model.len()).map(|at| 2 * alike.iter().filter(|page| page[at]).count() > members.len()).collect();
    let shared: Vec<(Range<usize>, Arc<[Item]>)> = runs(&common)
        .into_iter()
        .filter(|run| weight(&model[run.clone()]) >= WORTH)
        .map(|run| (run.clone(), model[run].iter().cloned().collect()))
        .collect();
    for (index, alike) in members.iter().zip(&alike) {
        let mut rest = std::mem::take(&mut pages[*index].items).into_iter();
        let mut items = Vec::with_capacity(model.len());
        let mut at = 0;
        for (run, group) in shared.iter().filter(|(run, _)| alike[run.clone()].iter().all(|same| *same)) {
            items.extend(rest.by_ref().take(run.start - at));
            rest.by_ref().take(run.len()).for_each(drop);
            items.push(Item::Group(Group { transform: Transform::IDENTITY, clip: Vec::new(), items: group.clone() }));
            at = run.end;
        }
        items.extend(rest);
        pages[*index].items = items;
    }
}

/// A page whose item at a place is that of more than half of them, if there is such an item (Boyer and Moore's vote).
fn most(pages: &[Page], members: &[usize], at: usize) -> usize {
    let (mut chosen, mut votes) = (members[0], 0usize);
    for member in members {
        match pages[*member].items[at] == pages[chosen].items[at] {
            true => votes += 1,
            false if votes == 0 => (chosen, votes) = (*member, 1),
            false => votes -= 1,
        }
    }
    chosen
}

/// Where a row of marks is set without a break.
fn runs(marks: &[bool]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..marks.len()).filter(|at| marks[*at]) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

fn weight(items: &[Item]) -> usize {
    let one = |item: &Item| match item {
        Item::Glyphs(run) => run.glyphs.len(),
        Item::Path(path) => path.segments.len(),
        Item::Group(group) => weight(&group.items),
        Item::Image(_) => 1,
        Item::Tag(_) => 0,
    };
    items.iter().map(one).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Colour;
    use crate::geom::{Rect, Size};
    use crate::page::{Path, Segment};

    fn path(x: f64, corners: usize) -> Item {
        let segments = vec![Segment::Rect(Rect { x, y: 0.0, w: 1.0, h: 1.0 }); corners];
        Item::Path(Path { segments, fill: Some(Colour::Gray(0.0)), even_odd: false, stroke: None, overprint: false })
    }

    fn page(record: usize, items: Vec<Item>) -> Page {
        Page { items, record, ..Page::blank(Size { w: 100.0, h: 100.0 }) }
    }

    /// The items with groups taken apart, and the groups.
    fn apart(page: &Page) -> (Vec<Item>, Vec<Arc<[Item]>>) {
        let mut groups = Vec::new();
        let mut items = Vec::new();
        for item in &page.items {
            match item {
                Item::Group(group) => {
                    items.extend(group.items.iter().cloned());
                    groups.push(group.items.clone());
                }
                other => items.push(other.clone()),
            }
        }
        (items, groups)
    }

    #[test]
    fn what_most_pages_have_alike_is_held_once_and_in_its_order() {
        let items = |n: usize| vec![path(0.0, 20), path(n as f64, 1), path(1.0, 8), path(if n == 3 { 9.0 } else { 2.0 }, 8)];
        let mut pages: Vec<Page> = (1..=5).map(|n| page(n, items(n))).collect();
        share(&mut pages);
        let (first, groups) = apart(&pages[0]);
        assert_eq!(groups.len(), 2);
        assert_eq!(first, items(1));
        for (n, page) in pages.iter().enumerate().skip(1) {
            let (whole, same) = apart(page);
            assert_eq!(whole, items(n + 1));
            assert!(Arc::ptr_eq(&groups[0], &same[0]));
            // The third differs in the second group, and so has it as items of its own.
            assert_eq!(same.len(), if n == 2 { 1 } else { 2 });
        }
    }

    #[test]
    fn an_odd_first_page_is_no_model() {
        let mut pages: Vec<Page> = (1..=5).map(|n| page(n, vec![path(if n == 1 { 5.0 } else { 0.0 }, 20)])).collect();
        share(&mut pages);
        assert!(apart(&pages[0]).1.is_empty() && pages[1..].iter().all(|page| apart(page).1.len() == 1));
    }

    #[test]
    fn little_things_and_single_pages_are_left_alone() {
        let mut pages = vec![page(1, vec![path(0.0, 3)]), page(2, vec![path(0.0, 3)]), page(3, vec![path(0.0, 20), path(0.0, 20)])];
        share(&mut pages);
        assert!(pages.iter().all(|page| apart(page).1.is_empty()));
    }
}
