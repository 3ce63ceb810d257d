//! Outlines, and the polygons that they are judged by.

use crate::geom::{Rect, Transform};

/// A step of an outline; coordinates in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Start a new figure.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A Bézier curve: two control points and the end.
    Curve([f64; 6]),
    /// Back to the start.
    Close,
    /// A whole rectangle.
    Rect(Rect),
}

impl Segment {
    /// The same under a transform; a rectangle stays upright.
    pub fn under(&self, at: Transform) -> Segment {
        match *self {
            Segment::Move(x, y) => {
                let (x, y) = at.point(x, y);
                Segment::Move(x, y)
            }
            Segment::Line(x, y) => {
                let (x, y) = at.point(x, y);
                Segment::Line(x, y)
            }
            Segment::Curve([a, b, c, d, e, f]) => {
                let ((a, b), (c, d), (e, f)) = (at.point(a, b), at.point(c, d), at.point(e, f));
                Segment::Curve([a, b, c, d, e, f])
            }
            Segment::Close => Segment::Close,
            Segment::Rect(r) => Segment::Rect(at.rect(r)),
        }
    }
}

/// The box around all points of an outline, handles included.
pub fn hull(segments: &[Segment]) -> Rect {
    let points = segments.iter().flat_map(|segment| {
        let points = match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => [Some((x, y)), None, None],
            Segment::Curve([a, b, c, d, e, f]) => [Some((a, b)), Some((c, d)), Some((e, f))],
            Segment::Rect(r) => [Some((r.x, r.y)), Some((r.right(), r.bottom())), None],
            Segment::Close => [None; 3],
        };
        points.into_iter().flatten()
    });
    Rect::around(points)
}

/// A rectangle with rounded corners as an outline.
pub fn rounded(rect: Rect, radius: f64) -> Vec<Segment> {
    let r = radius.min(rect.w / 2.0).min(rect.h / 2.0);
    if r <= 0.0 {
        return vec![Segment::Rect(rect)];
    }
    // The quarter circle's Bézier handle, 4/3·(√2 − 1).
    let k = r * (1.0 - 0.552_284_749_831);
    let (l, t, rt, b) = (rect.x, rect.y, rect.right(), rect.bottom());
    vec![
        Segment::Move(l + r, t),
        Segment::Line(rt - r, t),
        Segment::Curve([rt - k, t, rt, t + k, rt, t + r]),
        Segment::Line(rt, b - r),
        Segment::Curve([rt, b - k, rt - k, b, rt - r, b]),
        Segment::Line(l + r, b),
        Segment::Curve([l + k, b, l, b - k, l, b - r]),
        Segment::Line(l, t + r),
        Segment::Curve([l, t + k, l + k, t, l + r, t]),
        Segment::Close,
    ]
}

/// An ellipse that fills a rectangle.
pub fn ellipse(rect: Rect) -> Vec<Segment> {
    let (rx, ry) = (rect.w / 2.0, rect.h / 2.0);
    let (cx, cy) = (rect.x + rx, rect.y + ry);
    let (kx, ky) = (rx * 0.552_284_749_831, ry * 0.552_284_749_831);
    vec![
        Segment::Move(cx + rx, cy),
        Segment::Curve([cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry]),
        Segment::Curve([cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy]),
        Segment::Curve([cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry]),
        Segment::Curve([cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy]),
        Segment::Close,
    ]
}

type Point = (f64, f64);

/// Straight pieces that a curve is taken for.
const FACETS: usize = 12;

/// The figures of an outline as polygons.
#[derive(Clone, Debug)]
pub struct Polygons(Vec<Vec<Point>>);

impl Polygons {
    /// The polygons of an outline under a transform.
    pub fn of(segments: &[Segment], at: Transform) -> Polygons {
        let mut figures: Vec<Vec<Point>> = Vec::new();
        let mut from = (0.0, 0.0);
        for segment in segments {
            match *segment {
                Segment::Move(x, y) => {
                    from = (x, y);
                    figures.push(vec![at.point(x, y)]);
                }
                Segment::Line(x, y) => {
                    from = (x, y);
                    figures.last_mut().into_iter().for_each(|f| f.push(at.point(x, y)));
                }
                Segment::Curve([ax, ay, bx, by, x, y]) => {
                    let on = |t: f64, p: [f64; 4]| {
                        let u = 1.0 - t;
                        u * u * u * p[0] + 3.0 * u * u * t * p[1] + 3.0 * u * t * t * p[2] + t * t * t * p[3]
                    };
                    let (x0, y0) = from;
                    let points =
                        (1..=FACETS).map(|i| i as f64 / FACETS as f64).map(|t| at.point(on(t, [x0, ax, bx, x]), on(t, [y0, ay, by, y])));
                    figures.last_mut().into_iter().for_each(|f| f.extend(points.clone()));
                    from = (x, y);
                }
                Segment::Close => {}
                Segment::Rect(r) => {
                    let corners = [(r.x, r.y), (r.right(), r.y), (r.right(), r.bottom()), (r.x, r.bottom())];
                    figures.push(corners.map(|(x, y)| at.point(x, y)).to_vec());
                }
            }
        }
        Polygons(figures)
    }

    /// The smallest rectangle around them.
    pub fn bounds(&self) -> Rect {
        Rect::around(self.0.iter().flatten().copied())
    }

    /// The sides of each figure, the last one back to its start.
    fn sides(&self) -> impl Iterator<Item = (Point, Point)> {
        self.0.iter().flat_map(|figure| figure.iter().copied().zip(figure.iter().copied().cycle().skip(1)))
    }

    /// Whether a point is inside (ISO 32000-1 §8.5.3.3).
    pub fn hold(&self, even_odd: bool, x: f64, y: f64) -> bool {
        let mut winding = 0;
        for (a, b) in self.sides() {
            if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
                winding += if b.1 > a.1 { 1 } else { -1 };
            }
        }
        if even_odd { winding % 2 != 0 } else { winding != 0 }
    }

    /// From their sides to the nearest point of a rectangle inside them; negative, by how far it reaches over,
    /// where it does.
    pub fn margin(&self, rect: &Rect) -> f64 {
        let corners = [(rect.x, rect.y), (rect.right(), rect.y), (rect.right(), rect.bottom()), (rect.x, rect.bottom())];
        let edges = || corners.iter().copied().zip(corners.iter().copied().cycle().skip(1));
        let to_side = |p: Point| self.sides().map(|(a, b)| distance(p, a, b)).fold(f64::INFINITY, f64::min);
        let to_edge = |p: Point| edges().map(|(a, b)| distance(p, a, b)).fold(f64::INFINITY, f64::min);
        let crosses = self.sides().any(|side| edges().any(|edge| meeting(side, edge).is_some()));
        if crosses || corners.iter().any(|(x, y)| !self.hold(false, *x, *y)) {
            let outside = corners.iter().filter(|(x, y)| !self.hold(false, *x, *y)).map(|p| to_side(*p));
            let notches =
                self.sides().map(|(a, _)| a).filter(|(x, y)| rect.holds(&Rect { x: *x, y: *y, w: 0.0, h: 0.0 }, 0.0)).map(to_edge);
            return -outside.chain(notches).fold(0.0, f64::max);
        }
        // Between two polygons that do not cross, the nearest points have a corner of one of them.
        corners.iter().map(|p| to_side(*p)).chain(self.sides().map(|(a, _)| to_edge(a))).fold(f64::INFINITY, f64::min)
    }

    /// The parts of a line that lie inside, overlaps being holes: along y where it is `upright`, else along x, each
    /// from and to.
    pub fn chords(&self, at: f64, upright: bool) -> Vec<(f64, f64)> {
        let turned = |(x, y): Point| if upright { (y, x) } else { (x, y) };
        let crossed = self.sides().filter_map(|(a, b)| {
            let (a, b) = (turned(a), turned(b));
            ((a.1 > at) != (b.1 > at)).then(|| a.0 + (b.0 - a.0) * (at - a.1) / (b.1 - a.1))
        });
        let mut crossed: Vec<f64> = crossed.collect();
        crossed.sort_by(f64::total_cmp);
        crossed.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    }

    /// How many sides they have.
    pub fn count(&self) -> usize {
        self.sides().count()
    }

    /// A point at which the line of one figure crosses itself, touches itself or runs back on itself, if any does.
    pub fn crossing(&self) -> Option<Point> {
        let sides: Vec<(Point, Point)> = Polygons(self.0.iter().map(|figure| merged(figure)).collect()).sides().collect();
        let touching = |i: usize, j: usize| {
            let ((a, b), (c, d)) = (sides[i], sides[j]);
            let neighbours = j == i + 1 || (i == 0 && j + 1 == sides.len());
            if neighbours {
                // They share a corner; where they run back on each other, the end of one lies on the other.
                let (corner, ends) = if b == c { (b, (a, d)) } else { (a, (b, c)) };
                let back = distance(ends.0, corner, ends.1) < TOUCHING || distance(ends.1, corner, ends.0) < TOUCHING;
                return back.then_some(corner);
            }
            let ends = [(a, c, d), (b, c, d), (c, a, b), (d, a, b)];
            meeting((a, b), (c, d)).or_else(|| ends.into_iter().find(|(p, q, r)| distance(*p, *q, *r) < TOUCHING).map(|(p, ..)| p))
        };
        (0..sides.len()).find_map(|i| (i + 1..sides.len()).find_map(|j| touching(i, j)))
    }
}

/// The corners of a figure without those that are none: relative path data end a hair beside their start.
fn merged(figure: &[Point]) -> Vec<Point> {
    let apart = |a: &Point, b: &Point| (a.0 - b.0).hypot(a.1 - b.1) >= TOUCHING;
    let mut corners: Vec<Point> = Vec::with_capacity(figure.len());
    for point in figure {
        if corners.last().is_none_or(|last| apart(last, point)) {
            corners.push(*point);
        }
    }
    while corners.len() > 1 && !apart(&corners[0], &corners[corners.len() - 1]) {
        corners.pop();
    }
    corners
}

/// Nearer than this two lines are one, pt.
const TOUCHING: f64 = 1e-3;

/// Where two straight lines pass through each other; not where one only touches the other.
fn meeting((a, b): (Point, Point), (c, d): (Point, Point)) -> Option<Point> {
    let cross = |p: Point, q: Point, r: Point| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    let (p, q) = (cross(c, d, a), cross(c, d, b));
    let apart = p * q >= 0.0 || cross(a, b, c) * cross(a, b, d) >= 0.0;
    let share = p / (p - q);
    (!apart).then_some((a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share))
}

/// From a point to the nearest point of a straight line between two others.
fn distance((x, y): Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { (((x - a.0) * dx + (y - a.1) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x - a.0 - dx * share).hypot(y - a.1 - dy * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: Rect = Rect { x: 0.0, y: 0.0, w: 10.0, h: 10.0 };

    fn polygons(segments: &[Segment]) -> Polygons {
        Polygons::of(segments, Transform::IDENTITY)
    }

    #[test]
    fn a_point_is_inside_where_ink_would_be() {
        for (segments, x, y, is) in [
            (vec![Segment::Rect(SQUARE)], 5.0, 5.0, true),
            (rounded(SQUARE, 4.0), 0.3, 0.3, false),
            (rounded(SQUARE, 4.0), 0.3, 5.0, true),
            (ellipse(SQUARE), 1.0, 1.0, false),
            (ellipse(SQUARE), 5.0, 0.2, true),
        ] {
            assert_eq!(polygons(&segments).hold(false, x, y), is, "{segments:?} {x} {y}");
        }
        let ring = [Segment::Rect(SQUARE), Segment::Rect(SQUARE.grown(-3.0))];
        assert!(!polygons(&ring).hold(true, 5.0, 5.0));
        assert!(polygons(&ring).hold(true, 1.0, 5.0));
    }

    #[test]
    fn a_margin_is_to_the_nearest_side() {
        let inner = Rect { x: 2.0, y: 3.0, w: 5.0, h: 5.0 };
        assert!((polygons(&[Segment::Rect(SQUARE)]).margin(&inner) - 2.0).abs() < 1e-9);
        assert!((polygons(&[Segment::Rect(SQUARE)]).margin(&inner.moved(4.0, 0.0)) + 1.0).abs() < 1e-9);
        // A notch from the right, its tip over the middle of the rectangle's side.
        let notched = [(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (8.0, 5.0), (10.0, 6.0), (10.0, 10.0), (0.0, 10.0)];
        let mut outline: Vec<Segment> = notched.iter().map(|(x, y)| Segment::Line(*x, *y)).collect();
        outline[0] = Segment::Move(0.0, 0.0);
        assert!((polygons(&outline).margin(&inner) - 1.0).abs() < 1e-9);
        assert!((polygons(&outline).margin(&inner.moved(2.0, 0.0)) + 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_chord_ends_at_the_edge_and_leaves_holes_out() {
        let ring = [Segment::Rect(SQUARE), Segment::Rect(SQUARE.grown(-3.0))];
        assert_eq!(polygons(&ring).chords(5.0, false), [(0.0, 3.0), (7.0, 10.0)]);
        assert_eq!(polygons(&ring).chords(1.0, true), [(0.0, 10.0)]);
        assert_eq!(polygons(&ring).chords(11.0, true), []);
        let [(from, to)] = polygons(&ellipse(SQUARE)).chords(1.0, false)[..] else { panic!() };
        assert!((from - 2.0).abs() < 0.05 && (to - 8.0).abs() < 0.05, "{from} {to}");
    }

    #[test]
    fn a_crossing_is_found() {
        let eight =
            [Segment::Move(0.0, 0.0), Segment::Line(10.0, 10.0), Segment::Line(10.0, 0.0), Segment::Line(0.0, 10.0), Segment::Close];
        let (x, y) = polygons(&eight).crossing().unwrap();
        assert!((x - 5.0).abs() < 1e-9 && (y - 5.0).abs() < 1e-9);
        let line = |points: &[Point]| {
            let mut outline: Vec<Segment> = points.iter().map(|(x, y)| Segment::Line(*x, *y)).collect();
            outline[0] = Segment::Move(points[0].0, points[0].1);
            polygons(&outline).crossing()
        };
        // Back on itself, along itself, and touching itself.
        assert!(line(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 10.0), (5.0, 5.0), (5.0, 10.0), (0.0, 10.0)]).is_some());
        assert!(line(&[(0.0, 0.0), (6.0, 0.0), (6.0, 6.0), (3.0, 6.0), (3.0, 0.0), (3.0, 6.0), (0.0, 6.0)]).is_some());
        assert!(line(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 0.0), (0.0, 10.0)]).is_some());
        assert_eq!(line(&[(0.0, 3.0), (5.0, 0.0), (10.0, 3.0), (10.0, 10.0), (0.0, 10.0)]), None);
        assert_eq!(line(&[(0.0, 3.0), (5.0, 0.0), (10.0, 3.0), (10.0, 10.0), (0.0, 10.0), (0.0, 3.00001)]), None);
        assert_eq!(polygons(&ellipse(SQUARE)).crossing(), None);
        assert_eq!(polygons(&rounded(SQUARE, 3.0)).crossing(), None);
    }
}
