//! The sheet by which a printer on a desk is measured.

use crate::color::{Colour, Condition};
use crate::diag::Problem;
use crate::geom::{PT_PER_MM, Rect, Size, iso_a, mm};
use crate::layout::{LineStyle, line};
use crate::page::{Item, Path, Segment, Stroke};
use crate::pdf::{self, Duplex, Intent, Meta};
use crate::sheet::Imposed;
use crate::spec::press::Standard;
use crate::spec::printer::Printer;
use crate::spec::sheet::Flip;
use crate::text::{Compounds, Fonts, Setter};

/// Where lines of the calibration sheet are, from the paper's top left corner, and how long one is that is
/// measured, pt: 20 mm from the edges, 150 mm across and 200 mm down.
const LINE: f64 = PT_PER_MM * 20.0;
/// Length of the measured lines, across and down, pt.
const MEASURED: (f64, f64) = (PT_PER_MM * 150.0, PT_PER_MM * 200.0);

/// What was measured on a printed calibration sheet, mm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readings {
    /// From the paper's left edge to the upright line, meant to be 20.
    pub left: f64,
    /// From the paper's top edge to the level line, meant to be 20.
    pub top: f64,
    /// Lengths of the measured lines, across and down, meant to be 150 and 200. Where the second was not measured, it is
    /// as much too short as the first.
    pub length: (f64, Option<f64>),
    /// From the left and the top edge of the back to its lines, meant to be 20. Where the second was not measured, it is
    /// that of the front.
    pub back: (f64, Option<f64>),
}

impl Readings {
    /// The printer that printed so.
    pub fn printer(&self, name: &str, margin: Option<f64>) -> Printer {
        let across = mm(self.length.0) / MEASURED.0;
        let scale = (across, self.length.1.map_or(across, |down| mm(down) / MEASURED.1));
        let shift = (mm(self.left) - LINE * scale.0, mm(self.top) - LINE * scale.1);
        let back = (mm(self.back.0 - self.left), mm(self.back.1.unwrap_or(self.top) - self.top));
        Printer { margin, shift, scale, back, ..Printer::exact(name) }
    }
}

/// Where the measured lines begin: across, and down; pt.
const ACROSS: (f64, f64) = (PT_PER_MM * 40.0, PT_PER_MM * 240.0);
const DOWN: (f64, f64) = (PT_PER_MM * 30.0, PT_PER_MM * 40.0);
/// Half the height of the ticks at their ends, pt.
const TICK: f64 = PT_PER_MM * 3.0;
/// Margins that frames show, mm.
const FRAMES: [u32; 6] = [3, 4, 5, 6, 7, 8];
const HAIRLINE: f64 = 0.25;
const FINE: f64 = 0.5;

/// A sheet of A4 with two sides, to be printed at 100 % and measured: what is read off it is a
/// [`Readings`].
pub fn calibration() -> Result<Vec<u8>, Problem> {
    let (fonts, _) = Fonts::load(Vec::new());
    let compounds = Compounds::with(Vec::new());
    let mut setter = Setter::new(&fonts, &compounds);
    let media = iso_a("a4").unwrap_or_default();
    let sheets = [side(media, false, &mut setter), side(media, true, &mut setter)];
    let meta = Meta {
        title: "Tờ đo máy in / Printer calibration".into(),
        language: "vi".into(),
        duplex: Some(Duplex::Over(Flip::LongEdge)),
        ..Meta::default()
    };
    pdf::write(&sheets, &fonts, Intent { standard: Standard::A2b, condition: &Condition::screen()? }, &meta)
}

fn side(media: Size, back: bool, setter: &mut Setter<'_>) -> Imposed {
    let whole = Rect::of(media);
    let mut items = vec![stroke(edges(), FINE)];
    if !back {
        items.push(stroke(measured(), FINE));
        items.extend(FRAMES.iter().map(|margin| stroke(vec![Segment::Rect(whole.grown(-mm(f64::from(*margin))))], HAIRLINE)));
        items.extend(FRAMES.iter().map(|margin| stroke(leader(f64::from(*margin)), HAIRLINE)));
    }
    let mut say = |text: &str, size: f64, weight: u16, x: f64, y: f64| {
        let style = LineStyle { size: (0.7 * size, size), weight, ink: black() };
        items.extend(line(text, &style, (mm(x), mm(y), mm(195.0 - x)), setter));
    };
    let heads = match back {
        false => ("Tờ đo máy in · mặt trước", "Printer calibration · front"),
        true => ("Tờ đo máy in · mặt sau", "Printer calibration · back"),
    };
    say(heads.0, 18.0, 700, 40.0, 38.0);
    say(heads.1, 11.0, 400, 40.0, 44.5);
    let words: &[(&str, &str)] = match back {
        false => &[
            ("In hai mặt, lật theo cạnh dài, đúng tỷ lệ 100 %.", "Print on both sides, long edge, at 100 %, never “fit to page”."),
            ("Đo bằng thước có vạch milimét, đọc tới nửa vạch.", "Measure with a ruler of millimetres, to half of one."),
            ("1. trái: từ mép trái tờ giấy đến vạch đứng.", "left: from the paper's left edge to the upright line. Meant: 20 mm."),
            ("2. trên: từ mép trên tờ giấy đến vạch ngang.", "top: from the paper's top edge to the level line. Meant: 20 mm."),
            (
                "3. dài: đoạn ngang, rồi đoạn đứng, giữa hai vạch chặn.",
                "length: the level stretch, then the upright one, from stop to stop. Meant: 150 and 200 mm.",
            ),
            (
                "4. sau: lật tờ giấy, đo như 1 và 2 trên mặt sau.",
                "back: turn the paper over and measure as in 1 and 2. Meant: 20 and 20 mm.",
            ),
            (
                "Lề: số của khung ngoài cùng còn đủ bốn cạnh.",
                "Margin: the number of the outermost frame with all four sides, if you wish to give it.",
            ),
            ("toroi printer calibrate TÊN --left … --top … --length …/… --back …/… --margin …", "Decimals with a comma or a point."),
        ],
        true => &[(
            "4. sau: từ mép trái và mép trên đến hai vạch, nhìn từ mặt này.",
            "back: from the left and the top edge to the two lines, as seen here. Meant: 20 and 20 mm.",
        )],
    };
    for (i, (vi, en)) in words.iter().enumerate() {
        let y = 62.0 + 17.0 * i as f64;
        say(vi, 11.0, 600, 40.0, y);
        say(en, 9.0, 400, 40.0, y + 5.5);
    }
    let labels: &[(&str, f64, f64)] = match back {
        false => &[("1", 21.5, 150.0), ("2", 120.0, 18.5), ("3", 115.0, 238.5), ("3", 31.5, 140.0)],
        true => &[("4", 21.5, 150.0), ("4", 120.0, 18.5)],
    };
    labels.iter().for_each(|(text, x, y)| say(text, 14.0, 800, *x, *y));
    if !back {
        FRAMES.iter().for_each(|margin| say(&margin.to_string(), 6.0, 400, 196.0, 145.0 + 5.0 * f64::from(*margin)));
    }
    Imposed::of(media, items)
}

/// From the number of a frame to the frame.
fn leader(margin: f64) -> Vec<Segment> {
    let y = mm(144.3 + 5.0 * margin);
    vec![Segment::Move(mm(198.5), y), Segment::Line(mm(210.0 - margin), y)]
}

/// The lines 20 mm from the left and the top edge.
fn edges() -> Vec<Segment> {
    let (right, bottom) = (mm(190.0), mm(277.0));
    vec![Segment::Move(LINE, mm(30.0)), Segment::Line(LINE, bottom), Segment::Move(mm(30.0), LINE), Segment::Line(right, LINE)]
}

/// The stretches that are measured, with a stop at each end and a tick at every centimetre.
fn measured() -> Vec<Segment> {
    let ((x, y), (u, v)) = (ACROSS, DOWN);
    let (right, foot) = (x + MEASURED.0, v + MEASURED.1);
    let line = |from: (f64, f64), to: (f64, f64)| [Segment::Move(from.0, from.1), Segment::Line(to.0, to.1)];
    let across = (1..15).flat_map(|i| {
        let at = x + mm(10.0 * f64::from(i));
        line((at, y), (at, y - TICK / 2.0))
    });
    let down = (1..20).flat_map(|i| {
        let at = v + mm(10.0 * f64::from(i));
        line((u, at), (u - TICK / 2.0, at))
    });
    let ends = [
        line((x, y), (right, y)),
        line((x, y - TICK), (x, y + TICK)),
        line((right, y - TICK), (right, y + TICK)),
        line((u, v), (u, foot)),
        line((u - TICK, v), (u + TICK, v)),
        line((u - TICK, foot), (u + TICK, foot)),
    ];
    ends.concat().into_iter().chain(across).chain(down).collect()
}

fn black() -> Colour {
    crate::color::Space::Rgb.black()
}

fn stroke(segments: Vec<Segment>, width: f64) -> Item {
    let stroke = Stroke { ink: black(), width, round: false };
    Item::Path(Path { segments, fill: None, even_odd: false, stroke: Some(stroke), overprint: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_what_was_read() {
        // Printed at 98 %, 1.2 mm to the right and 0.8 mm up; backs 0.6 mm further to the right.
        let readings = Readings { left: 20.8, top: 18.8, length: (147.0, None), back: (21.4, None) };
        let printer = readings.printer("van-thu", Some(mm(5.0)));
        let text = printer.to_yaml();
        assert_eq!(
            text,
            "printer: \"van-thu\"\nmargin: 5mm\nshift: {x: 1.2mm, y: -0.8mm}\nscale: {x: 98%, y: 98%}\nback: {x: 0.6mm, y: 0mm}\n"
        );
    }
}
