//! Reading boxes.

use super::{BoxKind, BoxSpec, CONTAINERS, Common, Flow, Place, Steps, Track, Tracks};
use crate::diag::{Expected, Located, Problem};
use crate::geom;
use crate::page::Role;
use crate::qr::Ecc;
use crate::spec::read::{Fields, Reader, meant};
use crate::spec::yaml::{Content, Node};

/// The words that hold content.
const LEAVES: [&str; 7] = ["text", "markdown", "steps", "qr", "image", "icon", "shape"];

/// Reads a one-key map such as `text: {…}`.
pub(crate) fn read(r: &mut Reader, node: &Node) -> Option<BoxSpec> {
    let Content::Map(entries) = &node.value else {
        r.wrong("children", node, Expected::OneKey);
        return None;
    };
    let [(key, value)] = entries.as_slice() else {
        r.wrong("children", node, Expected::OneKey);
        return None;
    };
    let words = || CONTAINERS.into_iter().chain(LEAVES);
    let Some(word) = words().find(|w| *w == key.value) else {
        let known = words().map(String::from).collect();
        r.report(
            &key.spot,
            Problem::UnknownKey { key: key.value.clone(), nearest: meant(&key.value, &words().collect::<Vec<_>>()), known },
        );
        return None;
    };
    read_kind(r, word, value)
}

/// Reads the map behind a box's word.
pub(crate) fn read_kind(r: &mut Reader, word: &'static str, node: &Node) -> Option<BoxSpec> {
    let mut f = r.fields_by_size(word, node)?;
    let common = common(r, &mut f);
    let spot = f.spot().clone();
    let kind = match word {
        "row" => Some(container(r, &mut f, Flow::Row)),
        "column" => Some(container(r, &mut f, Flow::Column)),
        "layers" => Some(container(r, &mut f, Flow::Layers)),
        "panels" => Some(container(r, &mut f, Flow::Panels)),
        "grid" => grid(r, &mut f),
        "text" => text(r, &mut f),
        "markdown" => markdown(r, &mut f),
        "steps" => steps(r, &mut f),
        "qr" => qr(r, &mut f),
        "image" => image(r, &mut f),
        "icon" => icon(r, &mut f),
        _ => {
            let ellipse = f.read(r, "form", |r, k, n| r.choice(k, n, &[("rect", false), ("ellipse", true)])).unwrap_or(false);
            Some(BoxKind::Shape { ellipse })
        }
    };
    f.finish(r);
    Some(BoxSpec { spot, word, common, kind: kind? })
}

const ACROSS: [(&str, Place); 5] =
    [("start", Place::Start), ("center", Place::Center), ("end", Place::End), ("stretch", Place::Stretch), ("baseline", Place::Baseline)];

fn common(r: &mut Reader, f: &mut Fields<'_>) -> Common {
    let stroke = f.read(r, "stroke", line);
    let mut bleed = [false; 4];
    let sides = [("top", 0), ("right", 1), ("bottom", 2), ("left", 3)];
    for node in f.take("bleed").map(|n| r.list("bleed", n)).unwrap_or_default() {
        if let Some(side) = r.choice("bleed", node, &sides) {
            bleed[side] = true;
        }
    }
    let language =
        f.read(r, "language", |r, k, n| r.value(k, n, Expected::Number, |t| t.parse().ok().filter(|l: &usize| (1..=9).contains(l))));
    Common {
        name: f.read(r, "name", Reader::text).map(|t| t.value),
        width: f.read(r, "width", Reader::length),
        height: f.read(r, "height", Reader::length),
        grow: f.read(r, "grow", Reader::number).unwrap_or(0.0),
        align_self: f.read(r, "align_self", |r, k, n| r.choice(k, n, &ACROSS)),
        padding: f.read(r, "padding", padding).unwrap_or_default(),
        fill: f.read(r, "fill", Reader::text),
        stroke,
        radius: f.read(r, "radius", Reader::length).unwrap_or(0.0),
        bleed,
        when: f.read(r, "when", Reader::text),
        language,
        tag: f.read(r, "tag", |r, k, n| r.choice(k, n, &[("h1", Role::H1), ("h2", Role::H2), ("p", Role::P)])),
        span: f.read(r, "span", count).unwrap_or(1),
        rotate: f.read(r, "rotate", degrees).unwrap_or(0.0),
        mirror: f.read(r, "mirror", Reader::boolean).unwrap_or(false),
    }
}

/// Ink and width of a line.
fn line(r: &mut Reader, key: &str, node: &Node) -> Option<(Located<String>, f64)> {
    let mut f = r.fields(key, node)?;
    let ink = f.need(r, "ink").and_then(|n| r.text("ink", n));
    let width = f.need(r, "width").and_then(|n| r.length("width", n));
    f.finish(r);
    Some((ink?, width?))
}

/// Columns or rows that a grid may have.
const MOST_TRACKS: usize = 100;

/// A number of columns or rows.
fn count(r: &mut Reader, key: &str, node: &Node) -> Option<usize> {
    r.value(key, node, Expected::Number, |t| t.parse().ok().filter(|n| (1..=MOST_TRACKS).contains(n)))
}

fn degrees(r: &mut Reader, key: &str, node: &Node) -> Option<f64> {
    r.value(key, node, Expected::Number, |t| t.parse().ok().filter(|d: &f64| (-360.0..=360.0).contains(d)))
}

/// One length for all sides, two for top/bottom and left/right, or four clockwise from the top.
fn padding(r: &mut Reader, key: &str, node: &Node) -> Option<[f64; 4]> {
    let Content::List(items) = &node.value else { return r.length(key, node).map(|p| [p; 4]) };
    let lengths: Vec<f64> = items.iter().filter_map(|n| r.length(key, n)).collect();
    match lengths.as_slice() {
        [v, h] => Some([*v, *h, *v, *h]),
        [top, right, bottom, left] => Some([*top, *right, *bottom, *left]),
        _ => {
            r.wrong(key, node, Expected::Length);
            None
        }
    }
}

fn container(r: &mut Reader, f: &mut Fields<'_>, flow: Flow) -> BoxKind {
    let along = [("start", Place::Start), ("center", Place::Center), ("end", Place::End), ("between", Place::Between)];
    let in_layers = [ACROSS[0], ACROSS[1], ACROSS[2], ACROSS[3]];
    let (along, usual) = match flow {
        // Layers have no room to share out; their boxes are placed both ways.
        Flow::Layers => (in_layers, Place::Stretch),
        _ => (along, Place::Start),
    };
    let grid = matches!(flow, Flow::Grid(_));
    if flow == Flow::Panels {
        // Panels lie where the folds have them: nothing between them, nothing to share out.
        let children = children(r, f);
        return BoxKind::Container { flow, gap: [0.0; 2], rules: None, align: Place::Stretch, justify: Place::Start, children };
    }
    BoxKind::Container {
        gap: f.read(r, "gap", gap).unwrap_or_default(),
        rules: if grid { f.read(r, "rules", line) } else { None },
        align: f.read(r, "align", |r, k, n| r.choice(k, n, &ACROSS)).unwrap_or(Place::Stretch),
        justify: f.read(r, "justify", |r, k, n| r.choice(k, n, &along)).unwrap_or(usual),
        children: children(r, f),
        flow,
    }
}

fn children(r: &mut Reader, f: &mut Fields<'_>) -> Vec<BoxSpec> {
    f.take("children").map(|n| r.list("children", n)).unwrap_or_default().iter().filter_map(|n| read(r, n)).collect()
}

fn grid(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let columns = f.need(r, "columns").and_then(|n| tracks(r, n));
    let rows = f.read(r, "rows", count).unwrap_or(1);
    let row = f.read(r, "row", Reader::length);
    let container = container(r, f, Flow::Grid(Tracks { columns: columns.clone().unwrap_or_default(), rows, filled: 0, row }));
    columns.map(|_| container)
}

/// A number of equal columns, or a list of widths: lengths, and bare numbers as shares of what they leave.
fn tracks(r: &mut Reader, node: &Node) -> Option<Vec<Track>> {
    let Content::List(items) = &node.value else { return count(r, "columns", node).map(|n| vec![Track::Share(1.0); n]) };
    let track = |text: &str| match text.parse() {
        Ok(share) => (0.01..=100.0).contains(&share).then_some(Track::Share(share)),
        Err(_) => geom::length(text).filter(|l| *l > 0.0).map(Track::Fixed),
    };
    let tracks: Vec<Track> = items.iter().filter_map(|n| r.value("columns", n, Expected::Track, track)).collect();
    if items.is_empty() || items.len() > MOST_TRACKS {
        r.wrong("columns", node, Expected::Track);
        return None;
    }
    (tracks.len() == items.len() && !tracks.is_empty()).then_some(tracks)
}

/// One length, or that between columns and that between rows.
fn gap(r: &mut Reader, key: &str, node: &Node) -> Option<[f64; 2]> {
    let Content::List(items) = &node.value else { return r.length(key, node).map(|gap| [gap; 2]) };
    let lengths: Vec<f64> = items.iter().filter_map(|n| r.length(key, n)).collect();
    match <[f64; 2]>::try_from(lengths) {
        Ok(gap) => Some(gap),
        Err(lengths) => {
            if lengths.len() == items.len() {
                r.wrong(key, node, Expected::Length);
            }
            None
        }
    }
}

fn text(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let style = f.need(r, "style").and_then(|n| r.text("style", n));
    Some(BoxKind::Text { value: value?, style: style? })
}

fn markdown(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let style = f.need(r, "style").and_then(|n| r.text("style", n));
    let gap = f.read(r, "gap", Reader::length).unwrap_or(0.0);
    let columns = f.read(r, "columns", count).unwrap_or(1);
    let column_gap = f.read(r, "column_gap", Reader::length).unwrap_or(0.0);
    let keep = f.read(r, "keep", Reader::boolean).unwrap_or(false);
    Some(BoxKind::Markdown { value: value?, style: style?, gap, columns, column_gap, keep })
}

fn steps(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let style = f.need(r, "style").and_then(|n| r.text("style", n));
    Some(BoxKind::Steps(Box::new(Steps {
        second: f.read(r, "second", Reader::text),
        numeral: f.read(r, "numeral", Reader::text),
        disc: f.read(r, "disc", Reader::text),
        ink: f.read(r, "ink", Reader::text),
        side: f.read(r, "side", Reader::length).unwrap_or(14.0),
        icon: f.read(r, "icon", Reader::text),
        icons: f.read(r, "icons", Reader::text),
        align: f
            .read(r, "align", |r, k, n| {
                r.choice(k, n, &[("baseline", Place::Baseline), ("start", Place::Start), ("center", Place::Center)])
            })
            .unwrap_or(Place::Baseline),
        above: f.read(r, "mark", |r, k, n| r.choice(k, n, &[("beside", false), ("above", true)])).unwrap_or(false),
        columns: f.read(r, "columns", count).unwrap_or(1),
        column_gap: f.read(r, "column_gap", Reader::length).unwrap_or(0.0),
        gap: f.read(r, "gap", Reader::length).unwrap_or(0.0),
        inner: f.read(r, "inner", Reader::length).unwrap_or(0.0),
        indent: f.read(r, "indent", Reader::length).unwrap_or(0.0),
        spread: f.read(r, "spread", Reader::boolean).unwrap_or(false),
        value: value?,
        style: style?,
    })))
}

fn qr(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let side = f.need(r, "side").and_then(|n| r.value("side", n, Expected::Sides, sides));
    let ecc = f.read(r, "ecc", |r, k, n| r.choice(k, n, &[("L", Ecc::L), ("M", Ecc::M), ("Q", Ecc::Q), ("H", Ecc::H)]));
    Some(BoxKind::Qr { value: value?, side: side?, ecc })
}

/// One length, or the smallest and the largest.
fn sides(text: &str) -> Option<(f64, f64)> {
    let (least, most) = text.split_once("..").unwrap_or((text, text));
    let (least, most) = (geom::length(least)?, geom::length(most)?);
    (least >= 0.0 && least <= most).then_some((least, most))
}

fn image(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let value = f.need(r, "value").and_then(|n| r.text("value", n));
    let cover = f.read(r, "fit", |r, k, n| r.choice(k, n, &[("contain", false), ("cover", true)])).unwrap_or(false);
    let ink = f.read(r, "ink", Reader::text);
    let accent = f.read(r, "accent", Reader::text);
    Some(BoxKind::Image { value: value?, cover, ink, accent })
}

fn icon(r: &mut Reader, f: &mut Fields<'_>) -> Option<BoxKind> {
    let name = f.need(r, "value").and_then(|n| r.text("value", n));
    let ink = f.read(r, "ink", Reader::text);
    let accent = f.read(r, "accent", Reader::text);
    Some(BoxKind::Icon { name: name?, ink, accent })
}
