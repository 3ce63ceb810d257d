//! Printer profiles: what one printer on a desk does to what is sent to it.

use super::read::{self, Reader};
use super::yaml::Node;
use crate::diag::{Expected, Finding, Problem};
use crate::geom::{self, to_mm};
use crate::limits::Limits;

/// A printer, as it was measured. What is sent to a place on the paper is printed `scale` times as far from the
/// paper's top left corner, and `shift` further.
#[derive(Clone, Debug, PartialEq)]
pub struct Printer {
    /// Its name.
    pub name: String,
    /// Margin that it cannot print on, pt, where it is not what the press says.
    pub margin: Option<f64>,
    /// How far it prints to the right and down, pt.
    pub shift: (f64, f64),
    /// Factors on widths and heights.
    pub scale: (f64, f64),
    /// How much further it shifts backs, as they are seen once the paper is turned over its long edge, pt.
    pub back: (f64, f64),
    /// Which way it turns pages that lie across.
    pub landscape: Turn,
}

/// A quarter turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// Its top comes to the left, as RFC 8011 §5.2.10 has it.
    #[default]
    CounterClockwise,
    /// Its top comes to the right.
    Clockwise,
}

impl Turn {
    /// The words for it.
    pub const WORDS: [(&str, Turn); 2] = [("counter-clockwise", Turn::CounterClockwise), ("clockwise", Turn::Clockwise)];
}

/// Further off is no printer but a wrong reading: 10 mm, a tenth.
const FARTHEST: f64 = geom::PT_PER_MM * 10.0;
const MOST_SCALED: f64 = 0.1;
/// No printer leaves more of its paper white, pt (25 mm).
const WIDEST_MARGIN: f64 = geom::PT_PER_MM * 25.0;

impl Printer {
    /// A printer that prints everything where it should.
    pub fn exact(name: &str) -> Printer {
        Printer { name: name.into(), margin: None, shift: (0.0, 0.0), scale: (1.0, 1.0), back: (0.0, 0.0), landscape: Turn::default() }
    }

    /// What cannot be true of a printer.
    pub fn doubts(&self) -> Vec<Problem> {
        let lengths = [("shift.x", self.shift.0), ("shift.y", self.shift.1), ("back.x", self.back.0), ("back.y", self.back.1)];
        let far = lengths.into_iter().filter(|(_, value)| value.abs() > FARTHEST + 1e-6);
        let far = far.map(|(key, value)| Problem::PrinterShift { key: key.into(), value_mm: to_mm(value), most_mm: to_mm(FARTHEST) });
        let scales = [("scale.x", self.scale.0), ("scale.y", self.scale.1)];
        let scaled = scales.into_iter().filter(|(_, value)| (value - 1.0).abs() > MOST_SCALED + 1e-6);
        let wide = self.margin.filter(|margin| *margin > WIDEST_MARGIN + 1e-6);
        let wide = wide.map(|margin| Problem::PrinterMargin { margin_mm: to_mm(margin), most_mm: to_mm(WIDEST_MARGIN) });
        far.chain(scaled.map(|(key, value)| Problem::PrinterScale { key: key.into(), value })).chain(wide).collect()
    }

    /// As YAML, to be read again by [`read()`].
    pub fn to_yaml(&self) -> String {
        let number = |value: f64| {
            let rounded = (value * 1000.0).round() / 1000.0;
            format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
        };
        let length = |points: f64| number(to_mm(points));
        let margin = self.margin.map_or(String::new(), |margin| format!("margin: {}mm\n", length(margin)));
        let pair = |(x, y): (f64, f64)| format!("{{x: {}mm, y: {}mm}}", length(x), length(y));
        let (sx, sy) = self.scale;
        format!(
            "printer: \"{}\"\n{margin}shift: {}\nscale: {{x: {}%, y: {}%}}\nback: {}\n",
            self.name,
            pair(self.shift),
            number(sx * 100.0),
            number(sy * 100.0),
            pair(self.back)
        )
    }
}

/// Reads a printer profile.
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> (Option<Printer>, Vec<Finding>) {
    read::document(file, bytes, limits, printer)
}

fn printer(r: &mut Reader, node: &Node) -> Option<Printer> {
    let mut f = r.fields("printer", node)?;
    let name = f.need(r, "printer").and_then(|n| r.text("printer", n));
    let margin = f.read(r, "margin", Reader::length);
    let shift = f.read(r, "shift", pair_of_shifts).unwrap_or((0.0, 0.0));
    let scale = f.read(r, "scale", scales).unwrap_or((1.0, 1.0));
    let back = f.read(r, "back", pair_of_shifts).unwrap_or((0.0, 0.0));
    let landscape = f.read(r, "landscape", |r, k, n| r.choice(k, n, &Turn::WORDS)).unwrap_or_default();
    f.finish(r);
    let printer = Printer { name: name?.value, margin, shift, scale, back, landscape };
    for problem in printer.doubts() {
        r.report(&node.spot, problem);
    }
    Some(printer)
}

fn pair_of_shifts(r: &mut Reader, key: &str, node: &Node) -> Option<(f64, f64)> {
    let mut f = r.fields(key, node)?;
    let mut shift =
        |r: &mut Reader, key: &'static str| f.read(r, key, |r, k, n| r.value(k, n, Expected::Length, geom::length)).unwrap_or(0.0);
    let both = (shift(r, "x"), shift(r, "y"));
    f.finish(r);
    Some(both)
}

fn scales(r: &mut Reader, key: &str, node: &Node) -> Option<(f64, f64)> {
    let share = |t: &str| t.trim().strip_suffix('%')?.trim().parse().ok().filter(|p: &f64| (1.0..=1000.0).contains(p)).map(|p| p / 100.0);
    if let Some(text) = node.scalar()
        && let Some(both) = share(text)
    {
        return Some((both, both));
    }
    let mut f = r.fields(key, node)?;
    let mut scale = |r: &mut Reader, key: &'static str| f.read(r, key, |r, k, n| r.value(k, n, Expected::Scale, share)).unwrap_or(1.0);
    let both = (scale(r, "x"), scale(r, "y"));
    f.finish(r);
    Some(both)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::mm;

    #[test]
    fn a_profile_that_is_written_is_read_again() {
        let printer = Printer {
            margin: Some(mm(5.0)),
            shift: (mm(1.2), mm(-0.8)),
            scale: (0.98, 1.0),
            back: (mm(0.6), 0.0),
            ..Printer::exact("null")
        };
        let (again, findings) = read("p.yaml", printer.to_yaml().as_bytes(), &Limits::default());
        assert_eq!((again.unwrap().to_yaml(), findings.len()), (printer.to_yaml(), 0));
    }

    #[test]
    fn what_no_printer_does_is_refused() {
        let codes = |text: &str| read("p.yaml", text.as_bytes(), &Limits::default()).1.iter().map(Finding::code).collect::<Vec<_>>();
        assert_eq!(codes("printer: p\nshift: {x: 20mm}\nback: {y: -11mm}\n"), ["printer-shift"; 2]);
        assert_eq!(codes("printer: p\nscale: 70%\n"), ["printer-scale"; 2]);
        assert_eq!(codes("printer: p\nmargin: 30mm\n"), ["printer-margin"]);
        assert_eq!(codes("printer: p\nscale: {x: much}\n"), ["bad-value"]);
        assert_eq!(codes("printer: p\nshift: {x: 1.2mm, y: -0.8mm}\nscale: 98%\n"), [""; 0]);
    }
}
