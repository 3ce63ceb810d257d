//! What reading a drawing would cost, before it is read: a few lines of SVG may stand for millions of elements, by
//! `use`, patterns, masks and markers, and for as many bytes, by entities.

use std::collections::HashMap;
use usvg::roxmltree::{Document, Node, NodeId};

/// Elements within each other that are followed: the reader calls itself for each.
const DEEPEST: u64 = 100;
/// Bytes of path data that weigh as much as an element.
const PATH_BYTES: u64 = 100;
/// A stroke of dashes is cut into as many paths.
const DASHES: u64 = 100;
/// How far a drawing reaches, in its units. The reader cuts an arc into curves, the more the larger it is: into 46 of a
/// radius of so much, and without end where it leads out of what numbers can hold.
const FARTHEST: f64 = 1e9;

/// Elements that a document has once all that they call for is in its place.
pub(super) fn elements(document: &Document<'_>) -> u64 {
    let named = document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut scale = Scale { named, known: HashMap::new(), marker: 0, styled: 0 };
    let markers: Vec<Node<'_, '_>> = document.descendants().filter(|node| node.tag_name().name() == "marker").collect();
    let marker = markers.into_iter().map(|marker| scale.inside(marker, 0).elements).max().unwrap_or(0);
    let styles = document.descendants().filter(|node| node.tag_name().name() == "style").filter_map(|style| style.text());
    let styled = styles.flat_map(references).map(|id| scale.target(id, 0).elements).fold(0, u64::saturating_add);
    scale = Scale { known: HashMap::new(), marker, styled, ..scale };
    scale.whole(document.root_element(), 0).elements
}

/// Bytes that a document has once its entities are in their places.
pub(super) fn bytes(text: &str) -> u64 {
    let length = text.len() as u64;
    let (kept, calls) = (prolog(text), text.matches('&').count() as u64);
    // An entity may call for 255 others; more the reader refuses.
    let within = if kept.split("<!ENTITY").skip(1).any(|declared| declared.contains('&')) { 256 } else { 1 };
    if kept.contains("<!ENTITY") { length.saturating_add(calls.saturating_mul(within * kept.len() as u64)) } else { length }
}

/// What stands before the first element: all declarations of entities, parted as the reader parts them (XML 1.0 §2.8).
fn prolog(text: &str) -> &str {
    let mut at = 0;
    while let Some(begin) = text[at..].find('<').map(|found| at + found) {
        let rest = &text[begin..];
        let behind = |end: &str| rest.find(end).map_or(text.len(), |found| begin + found + end.len());
        at = match rest {
            _ if rest.starts_with("<!--") => begin + rest[4..].find("-->").map_or(rest.len(), |found| found + 7),
            _ if rest.starts_with("<?") => behind("?>"),
            _ if rest.starts_with("<!DOCTYPE") => begin + unquoted(rest, ['[', '>']),
            _ if rest.starts_with("<!ENTITY") => begin + unquoted(rest, ['>', '>']),
            _ if rest.starts_with("<!") => behind(">"),
            _ => return &text[..begin],
        };
    }
    text
}

/// Bytes to one of two signs, and with it, but for what stands in quotes.
fn unquoted(text: &str, ends: [char; 2]) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) => quote = quote.filter(|_| c != open),
            (None, '"' | '\'') => quote = Some(c),
            (None, _) if ends.contains(&c) => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Whether it has circles or arcs whose size is beyond any drawing, or is told by the size of letters, which may grow from
/// element to element.
pub(super) fn is_boundless(document: &Document<'_>) -> bool {
    let root = document.root_element();
    document.descendants().filter(Node::is_element).any(|node| {
        let own = |name: &str| node.attribute(name).unwrap_or_default();
        let sides = ["r", "rx", "ry", "width", "height"].map(own);
        let by_letters = |side: &&str| side.trim_end().ends_with("em") || side.trim_end().ends_with("ex");
        let of_letters = node != root && sides.iter().any(by_letters);
        of_letters || sides.into_iter().chain([own("d"), own("viewBox")]).any(leads_far)
    })
}

fn leads_far(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || c == '.') {
        let (number, after) = rest[at..].split_at(number_length(&rest[at..]));
        if number.parse::<f64>().is_ok_and(|number| number > FARTHEST) {
            return true;
        }
        rest = after;
    }
    false
}

/// Bytes of the number that a text begins with, by the grammar of SVG, where none has to stand between two of them.
fn number_length(text: &str) -> usize {
    let digits = |from: usize| from + text.bytes().skip(from).take_while(u8::is_ascii_digit).count();
    let whole = digits(0);
    let part = if text[whole..].starts_with('.') { digits(whole + 1) } else { whole };
    let power = text[part..].strip_prefix(['e', 'E']).map(|power| part + 1 + usize::from(power.starts_with(['+', '-'])));
    power.map(|from| (from, digits(from))).filter(|(from, end)| end > from).map_or(part, |(_, end)| end)
}

/// The ids in `url(#…)`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("url(").skip(1);
    parts.filter_map(|part| part.trim_start_matches(['"', '\'', ' ']).strip_prefix('#')?.split(['"', '\'', ')', ' ']).next())
}

/// What an element costs with all that is in it.
#[derive(Clone, Copy, Default)]
struct Weight {
    elements: u64,
    levels: u64,
}

impl Weight {
    /// More than any drawing may have.
    const ENDLESS: Weight = Weight { elements: u64::MAX, levels: 0 };

    fn and(self, other: Weight) -> Weight {
        Weight { elements: self.elements.saturating_add(other.elements), levels: self.levels.max(other.levels) }
    }

    fn times(self, times: u64) -> Weight {
        Weight { elements: self.elements.saturating_mul(times), ..self }
    }
}

struct Scale<'d> {
    named: HashMap<&'d str, Node<'d, 'd>>,
    /// What has been weighed, and nothing of what is being weighed: the reader leaves out what calls for itself.
    known: HashMap<NodeId, Weight>,
    /// The heaviest marker. One may stand on every corner of a path; which paths have one is not asked.
    marker: u64,
    /// What rules of CSS call for: any element may be meant.
    styled: u64,
}

impl<'d> Scale<'d> {
    fn whole(&mut self, node: Node<'d, 'd>, depth: u64) -> Weight {
        if let Some(known) = self.known.get(&node.id()) {
            return if depth + known.levels > DEEPEST { Weight::ENDLESS } else { *known };
        }
        if depth > DEEPEST {
            return Weight::ENDLESS;
        }
        self.known.insert(node.id(), Weight::default());
        let own = self.inside(node, depth);
        let mut weight = own;
        for attribute in node.attributes() {
            let value = attribute.value();
            if attribute.name() == "href" {
                weight = weight.and(value.strip_prefix('#').map_or(Weight::default(), |id| self.target(id, depth)));
            }
            // All that is in an element takes over its paint, and its own is drawn anew for each.
            let is_paint = |name: &str| ["fill", "stroke", "style"].contains(&name);
            let times = if is_paint(attribute.name()) { own.elements } else { 1 };
            for id in references(value) {
                weight = weight.and(self.target(id, depth).times(times));
            }
        }
        self.known.insert(node.id(), weight);
        weight
    }

    /// An element and those in it, without what it calls for itself.
    fn inside(&mut self, node: Node<'d, 'd>, depth: u64) -> Weight {
        let length = ["d", "points"].into_iter().filter_map(|name| node.attribute(name)).map(|data| data.len() as u64).sum::<u64>();
        let dashes =
            node.attributes().any(|attribute| attribute.name() == "stroke-dasharray" || attribute.value().contains("stroke-dasharray"));
        let corners = (length / 2).saturating_mul(self.marker);
        let own = 1 + length / PATH_BYTES + if dashes { DASHES } else { 0 };
        let mut weight = Weight { elements: own.saturating_add(corners).saturating_add(self.styled), levels: 0 };
        for child in node.children().filter(Node::is_element) {
            weight = weight.and(self.whole(child, depth + 1));
        }
        Weight { levels: weight.levels + 1, ..weight }
    }

    fn target(&mut self, id: &str, depth: u64) -> Weight {
        self.named.get(id).copied().map_or(Weight::default(), |node| self.whole(node, depth + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(inside: &str) -> u64 {
        let svg = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>"#);
        elements(&Document::parse(&svg).unwrap())
    }

    #[test]
    fn what_is_called_for_counts_as_often_as_it_is() {
        assert_eq!(weight("<path/><path/>"), 3);
        let tens = |from: usize| {
            let uses = format!(r##"<use xlink:href="#a{}"/>"##, from - 1).repeat(10);
            format!(r#"<g id="a{from}">{uses}</g>"#)
        };
        let bomb: String = (1..=8).map(tens).collect();
        assert!(weight(&format!(r#"<path id="a0"/>{bomb}"#)) > 100_000_000);
        assert_eq!(weight(r##"<g id="a"><use href="#a"/></g>"##), 3);
        let row: String = (1..=200).map(|at| format!(r##"<g id="a{at}"><use href="#a{}"/></g>"##, at - 1)).collect();
        assert_eq!(weight(&format!(r#"<path id="a0"/>{row}"#)), u64::MAX);
        assert_eq!(weight(&format!("{}{}", "<g>".repeat(150), "</g>".repeat(150))), u64::MAX);
    }

    #[test]
    fn markers_patterns_and_rules_of_css_count_too() {
        let marker = |count: usize| format!(r#"<marker id="m">{}</marker>"#, "<path/>".repeat(count));
        let path = format!(r##"<path marker-mid="url(#m)" d="{}"/>"##, "M1 1L2 2".repeat(1000));
        assert!(weight(&format!("{}{path}", marker(100))) > 400_000);
        let pattern = format!(r#"<pattern id="p">{}</pattern>"#, "<path/>".repeat(1000));
        let painted = |fill: &str| format!(r##"{pattern}<g {fill}>{}</g>"##, "<rect/>".repeat(1000));
        assert!(weight(&painted(r##"fill="url(#p)""##)) > 1_000_000);
        assert!(weight(&painted(r##"clip-path="url('#p')""##)) < 4_000);
        assert!(weight(&format!("<style>rect{{fill:url(#p)}}</style>{}", painted(""))) > 1_000_000);
    }

    #[test]
    fn arcs_without_a_bound_are_found() {
        let boundless = |inside: &str| is_boundless(&Document::parse(&format!(r#"<svg width="1em">{inside}</svg>"#)).unwrap());
        for far in [
            r#"<path d="M0 0A1 1 0 0 1 1e39 0"/>"#,
            r#"<path d="M0 0a1 1 0 0 1 1 11111111111111111111.5v.7"/>"#,
            r#"<path d="M0 0l1.5.3E+38-1"/>"#,
            r#"<circle r="1e39"/>"#,
            r#"<g font-size="9e9em"><ellipse rx="9em" ry="1"/></g>"#,
            r#"<rect width="9" height="9" ry="3e9mm"/>"#,
            r#"<svg viewBox="0 0 1e30 1"><circle r="50%"/></svg>"#,
        ] {
            assert!(boundless(far), "{far}");
        }
        for near in [r#"<path d="M2350000.25 1e8a1 1 0 011.5.5-.25e1.e."/>"#, r##"<rect width="50%" fill="#1e9999" id="a12345678901"/>"##] {
            assert!(!boundless(near), "{near}");
        }
    }

    #[test]
    fn entities_count_as_what_they_stand_for() {
        let named = r#"<!DOCTYPE svg [<!ENTITY ns "http://example.org">]><svg xmlns:a="&ns;"/>"#;
        assert!(bytes(named) < 200);
        let laughs = r#"<!DOCTYPE svg [<!ENTITY a "haha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>"#;
        assert!(bytes(laughs) > 40_000);
        let calls = "&a;".repeat(1_000);
        for hidden in [
            format!(r#"<!-- <!DOCTYPE x]> --><!DOCTYPE svg [<!ENTITY a "{}">]><svg>{calls}</svg>"#, "a".repeat(1_000)),
            format!(r#"<!DOCTYPE svg [<!ENTITY a "]><svg>{}">]><svg>{calls}</svg>"#, "a".repeat(1_000)),
            format!(r#"<?x <svg>?><!DOCTYPE svg SYSTEM "[<svg>" [<!ELEMENT x "><!ENTITY a '{}'>]><svg>{calls}</svg>"#, "a".repeat(1_000)),
        ] {
            assert!(bytes(&hidden) > 1_000_000, "{hidden}");
        }
        assert_eq!(bytes("<svg>&amp;&lt;</svg>"), 20);
    }
}
