//! Vector drawings, read once and shared by all records.

use crate::color::Colour;
use crate::geom::Rect;
use crate::limits::{Limit, Limits};
use crate::page::{Path, Segment, Stroke};
use crate::picture::Unusable;
use svgtypes::PathParser;
use usvg::roxmltree::{self, Document, ParsingOptions};
use usvg::tiny_skia_path::PathSegment;

mod weight;

/// What of a drawing cannot be carried over as plain paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// It uses a feature of SVG, by the name that SVG has for it.
    Feature(&'static str),
    /// Its art reaches beyond its viewBox.
    Outside,
    /// There is nothing in it that can be drawn.
    Nothing,
}

/// A drawing: paths in its own units, coloured by reserved colours.
#[derive(Debug)]
pub struct Drawing {
    /// Its width in own units.
    pub width: f64,
    /// Its height in own units.
    pub height: f64,
    /// The box around its ink, in own units.
    pub ink: Rect,
    shapes: Vec<Shape>,
}

#[derive(Debug)]
struct Shape {
    segments: Vec<Segment>,
    even_odd: bool,
    fill: Option<Solid>,
    stroke: Option<(Solid, f64, bool)>,
}

/// A colour and its opacity, which is flattened on paper.
#[derive(Clone, Copy, Debug)]
struct Solid {
    rgb: [u8; 3],
    opacity: f64,
}

impl Drawing {
    /// Reads an SVG; also says which of its features cannot be carried over as plain paths.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Drawing, Vec<Loss>), Unusable> {
        let broken = |why: &dyn std::fmt::Display| Unusable::Broken(why.to_string());
        let text = std::str::from_utf8(bytes).map_err(|e| broken(&e))?;
        let most = limits.of(Limit::SvgNodes);
        if weight::bytes(text) > limits.of(Limit::SvgBytes) {
            return Err(Unusable::TooLarge(Limit::SvgBytes));
        }
        // Programs for drawing name their namespaces by entities, of which the reader expands no more than a few.
        let parsing = ParsingOptions {
            allow_dtd: true,
            nodes_limit: u32::try_from(most.saturating_mul(NODES)).unwrap_or(u32::MAX),
            ..ParsingOptions::default()
        };
        let document = Document::parse_with_options(text, parsing).map_err(|e| match e {
            roxmltree::Error::NodesLimitReached => Unusable::TooLarge(Limit::SvgNodes),
            other => broken(&other),
        })?;
        if weight::elements(&document) > most {
            return Err(Unusable::TooLarge(Limit::SvgNodes));
        }
        if weight::is_boundless(&document) {
            return Err(broken(&"a number leads too far"));
        }
        let tree = usvg::Tree::from_xmltree(&document, &alone()).map_err(|e| broken(&e))?;
        let mut drawing =
            Drawing { width: tree.size().width().into(), height: tree.size().height().into(), ink: Rect::default(), shapes: Vec::new() };
        let mut lost = Vec::new();
        drawing.add(tree.root(), 1.0, &mut lost);
        for (element, name) in [("<text", "<text>"), ("<image", "<image>"), ("<foreignObject", "<foreignObject>")] {
            if contains(bytes, element.as_bytes()) {
                lost.push(Loss::Feature(name));
            }
        }
        let art = tree.root().abs_stroke_bounding_box();
        let (left, top) = (f64::from(art.left()), f64::from(art.top()));
        drawing.ink = Rect { x: left, y: top, w: art.width().into(), h: art.height().into() };
        let slack = 0.02 * drawing.width.max(drawing.height);
        if left < -slack
            || top < -slack
            || f64::from(art.right()) > drawing.width + slack
            || f64::from(art.bottom()) > drawing.height + slack
        {
            lost.push(Loss::Outside);
        }
        if drawing.shapes.is_empty() && lost.is_empty() {
            lost.push(Loss::Nothing);
        }
        lost.sort();
        lost.dedup();
        Ok((drawing, lost))
    }

    /// Points that its paths are drawn by.
    pub(crate) fn points(&self) -> usize {
        self.shapes.iter().map(|shape| shape.segments.len()).sum()
    }

    fn add(&mut self, group: &usvg::Group, opacity: f64, lost: &mut Vec<Loss>) {
        let opacity = opacity * f64::from(group.opacity().get());
        if group.blend_mode() != usvg::BlendMode::Normal {
            lost.push(Loss::Feature("mix-blend-mode"));
        }
        if group.clip_path().is_some() || group.mask().is_some() || !group.filters().is_empty() {
            lost.push(Loss::Feature("clip, mask, filter"));
        }
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => self.add(group, opacity, lost),
                usvg::Node::Path(path) if path.is_visible() => self.add_path(path, opacity, lost),
                usvg::Node::Path(_) => {}
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
    }

    fn add_path(&mut self, path: &usvg::Path, around: f64, lost: &mut Vec<Loss>) {
        let mut solid = |paint: &usvg::Paint, opacity: f32| match paint {
            usvg::Paint::Color(c) => Some(Solid { rgb: [c.red, c.green, c.blue], opacity: around * f64::from(opacity) }),
            _ => {
                lost.push(Loss::Feature("gradient, pattern"));
                None
            }
        };
        let fill = path.fill().and_then(|f| solid(f.paint(), f.opacity().get()));
        let at = path.abs_transform();
        let scale = f64::from((at.sx * at.sy - at.kx * at.ky).abs().sqrt());
        let stroke = path.stroke().and_then(|s| {
            let round = s.linecap() == usvg::LineCap::Round;
            Some((solid(s.paint(), s.opacity().get())?, f64::from(s.width().get()) * scale, round))
        });
        if path.stroke().is_some_and(|s| s.dasharray().is_some()) {
            lost.push(Loss::Feature("stroke-dasharray"));
        }
        let Some(data) = path.data().clone().transform(at) else { return };
        let mut from = (0.0, 0.0);
        let mut segments = Vec::new();
        for segment in data.segments() {
            let point = |p: usvg::tiny_skia_path::Point| (f64::from(p.x), f64::from(p.y));
            match segment {
                PathSegment::MoveTo(p) => {
                    from = point(p);
                    segments.push(Segment::Move(from.0, from.1));
                }
                PathSegment::LineTo(p) => {
                    from = point(p);
                    segments.push(Segment::Line(from.0, from.1));
                }
                PathSegment::QuadTo(c, p) => {
                    let (c, p) = (point(c), point(p));
                    let third = |a: f64, b: f64| a + (b - a) * 2.0 / 3.0;
                    segments.push(Segment::Curve([third(from.0, c.0), third(from.1, c.1), third(p.0, c.0), third(p.1, c.1), p.0, p.1]));
                    from = p;
                }
                PathSegment::CubicTo(a, b, p) => {
                    let (a, b, p) = (point(a), point(b), point(p));
                    segments.push(Segment::Curve([a.0, a.1, b.0, b.1, p.0, p.1]));
                    from = p;
                }
                PathSegment::Close => segments.push(Segment::Close),
            }
        }
        let even_odd = path.fill().is_some_and(|f| f.rule() == usvg::FillRule::EvenOdd);
        self.shapes.push(Shape { segments, even_odd, fill, stroke });
    }

    /// The colours that it is drawn in, each once.
    pub fn colours(&self) -> Vec<[u8; 3]> {
        let solids = self.shapes.iter().flat_map(|s| s.fill.into_iter().chain(s.stroke.map(|(solid, ..)| solid)));
        let mut colours: Vec<[u8; 3]> = solids.map(|solid| solid.rgb).collect();
        colours.sort_unstable();
        colours.dedup();
        colours
    }

    /// Its paths inside a rectangle of its proportion, in the colours of a press.
    pub fn paths(&self, inks: &Inks, within: Rect) -> Vec<Path> {
        let scale = within.w / self.width;
        let (x, y) = (|v: f64| within.x + v * scale, |v: f64| within.y + v * scale);
        let placed = |segment: &Segment| match *segment {
            Segment::Move(a, b) => Segment::Move(x(a), y(b)),
            Segment::Line(a, b) => Segment::Line(x(a), y(b)),
            Segment::Curve([a, b, c, d, e, f]) => Segment::Curve([x(a), y(b), x(c), y(d), x(e), y(f)]),
            Segment::Rect(r) => Segment::Rect(Rect { x: x(r.x), y: y(r.y), w: r.w * scale, h: r.h * scale }),
            Segment::Close => Segment::Close,
        };
        let colour = |solid: Solid| inks.of(solid.rgb).tinted(solid.opacity);
        let path = |s: &Shape| Path {
            segments: s.segments.iter().map(placed).collect(),
            fill: s.fill.map(colour),
            even_odd: s.even_odd,
            stroke: s.stroke.map(|(solid, width, round)| Stroke { ink: colour(solid), width: width * scale, round }),
            overprint: false,
        };
        self.shapes.iter().map(path).collect()
    }
}

/// Texts and remarks count as nodes of a document too, as elements alone do for us.
const NODES: u64 = 4;

/// A drawing is read alone: no file or address that it names is opened, and no picture inside it.
fn alone() -> usvg::Options<'static> {
    let image_href_resolver = usvg::ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    usvg::Options { image_href_resolver, ..usvg::Options::default() }
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

/// The outline that the path data of SVG describe; none where they are not right to their end.
pub(crate) fn path_data(text: &str) -> Option<Vec<Segment>> {
    let sound = PathParser::from(text).all(|step| step.is_ok());
    // An attribute has no room for these.
    if !sound || text.contains(['<', '>', '&', '"']) {
        return None;
    }
    let svg = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><path d="{text}"/></svg>"#);
    let (drawing, _) = Drawing::read(svg.as_bytes(), &Limits::default()).ok()?;
    let [only] = <[Shape; 1]>::try_from(drawing.shapes).ok()?;
    Some(only.segments)
}

/// The press colours that a drawing is painted in.
#[derive(Clone, Debug, PartialEq)]
pub enum Inks {
    /// Those that stand for the reserved colours of the project's drawings.
    Reserved {
        /// For black, the line.
        line: Colour,
        /// For red, the accent.
        accent: Colour,
        /// For blue.
        primary: Colour,
        /// For light blue `#ccccff`.
        tint: Colour,
        /// For white, and what is not reserved.
        paper: Colour,
    },
    /// Its own, in the order of [`Drawing::colours`].
    Own(Vec<([u8; 3], Colour)>),
}

impl Inks {
    fn of(&self, rgb: [u8; 3]) -> Colour {
        match (self, rgb) {
            (Inks::Reserved { line, .. }, [0, 0, 0]) => line.clone(),
            (Inks::Reserved { accent, .. }, [255, 0, 0]) => accent.clone(),
            (Inks::Reserved { primary, .. }, [0, 0, 255]) => primary.clone(),
            (Inks::Reserved { tint, .. }, [204, 204, 255]) => tint.clone(),
            (Inks::Reserved { paper, .. }, _) => paper.clone(),
            (Inks::Own(colours), _) => colours.iter().find(|(own, _)| *own == rgb).map_or(Colour::Gray(0.0), |(_, colour)| colour.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_drawn_is_named() {
        let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M1 1L5 5" stroke="#000"/><g opacity=".5"><rect width="4" height="4"/><rect x="5" width="4" height="4"/></g><text>x</text></svg>"##;
        let (drawing, lost) = Drawing::read(svg, &Limits::default()).unwrap();
        assert_eq!(drawing.width, 10.0);
        assert_eq!(lost, [Loss::Feature("<text>")]);
    }

    #[test]
    fn opacity_becomes_a_tint_on_paper() {
        let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><g opacity=".5"><rect width="4" height="4" fill="#f00"/><rect x="5" width="4" height="4" fill-opacity=".5"/></g></svg>"##;
        let (drawing, lost) = Drawing::read(svg, &Limits::default()).unwrap();
        assert_eq!(lost, []);
        let own = drawing.colours().into_iter().map(|[r, g, b]| ([r, g, b], Colour::Rgb([r, g, b].map(|v| f64::from(v) / 255.0))));
        let fills =
            drawing.paths(&Inks::Own(own.collect()), Rect { x: 0.0, y: 0.0, w: 10.0, h: 10.0 }).into_iter().map(|p| p.fill.unwrap());
        let near = |v: f64| (v * 100.0).round() / 100.0;
        let shares: Vec<Vec<f64>> = fills
            .map(|fill| match fill {
                Colour::Rgb(rgb) => rgb.map(near).to_vec(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(shares, [vec![1.0, 0.5, 0.5], vec![0.75; 3]]);
    }

    #[test]
    fn a_broken_svg_is_an_error() {
        assert!(Drawing::read(b"<svg", &Limits::default()).is_err());
    }
}
