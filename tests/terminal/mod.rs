//! What a terminal shows, as a picture.

use std::fmt::Write;

/// Size of a cell of the grid, and what is kept free around it, pixels.
const CELL: (f64, f64) = (8.4, 20.0);
const MARGIN: f64 = 16.0;
const COLOURS: [&str; 8] = ["#6e7681", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#f0f6fc"];
const TEXT: &str = "#e6edf3";

/// How letters look, by the codes for that (ECMA-48, 8.3.117).
#[derive(Clone, Copy, Default, PartialEq)]
struct Look {
    colour: Option<usize>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
}

impl Look {
    fn take(&mut self, codes: &str) {
        for code in codes.split(';').map(|code| code.parse::<usize>().unwrap_or(0)) {
            match code {
                0 => *self = Look::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                3 => self.italic = true,
                4 => self.underline = true,
                22 => (self.bold, self.dim) = (false, false),
                23 => self.italic = false,
                24 => self.underline = false,
                30..=37 => self.colour = Some(code - 30),
                39 => self.colour = None,
                90..=97 => self.colour = Some(code - 90),
                other => panic!("a picture knows no code {other}"),
            }
        }
    }

    fn attributes(self) -> String {
        let mut attributes = String::new();
        let colour = self.colour.map_or(TEXT, |index| COLOURS[index]);
        if colour != TEXT {
            write!(attributes, " fill=\"{colour}\"").unwrap();
        }
        for (given, attribute) in [
            (self.bold, " font-weight=\"bold\""),
            (self.dim, " opacity=\"0.65\""),
            (self.italic, " font-style=\"italic\""),
            (self.underline, " text-decoration=\"underline\""),
        ] {
            attributes += if given { attribute } else { "" };
        }
        attributes
    }
}

/// The runs of one look in a line, each with the column that it begins in.
fn runs(line: &str, look: &mut Look) -> Vec<(usize, Look, String)> {
    let mut runs: Vec<(usize, Look, String)> = Vec::new();
    let mut column = 0;
    for (i, piece) in line.split("\u{1b}[").enumerate() {
        let text = match i {
            0 => piece,
            _ => {
                let (codes, text) = piece.split_once('m').expect("codes of colour alone");
                look.take(codes);
                text
            }
        };
        // Blanks are places: a picture sets each stretch of words at its own.
        for stretch in text.split_inclusive("  ") {
            runs.push((column, *look, stretch.to_string()));
            column += stretch.chars().count();
        }
    }
    runs
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The commands and what they said, as an SVG.
pub fn svg(block: &str, said: &str) -> String {
    let prompt = |line: &str| format!("\u{1b}[92m$\u{1b}[0m \u{1b}[1m{line}\u{1b}[0m");
    let lines: Vec<String> = block.lines().map(prompt).chain(said.trim_end().lines().map(String::from)).collect();
    let mut look = Look::default();
    let lines: Vec<_> = lines.iter().map(|line| runs(line, &mut look)).collect();
    let columns = lines.iter().flatten().map(|(column, _, text)| column + text.chars().count()).max().unwrap_or(0).max(60);
    let (width, height) = (columns as f64 * CELL.0 + 2.0 * MARGIN, lines.len() as f64 * CELL.1 + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n\
         <g font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\" fill=\"{TEXT}\" xml:space=\"preserve\">\n"
    );
    for (row, runs) in lines.iter().enumerate() {
        let y = MARGIN + row as f64 * CELL.1 + 14.0;
        for (column, look, text) in runs.iter().filter(|(_, _, text)| !text.trim().is_empty()) {
            let (blank, text) = (text.chars().take_while(|c| *c == ' ').count(), text.trim());
            let x = MARGIN + (column + blank) as f64 * CELL.0;
            let length = text.chars().count() as f64 * CELL.0;
            writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.0}\" textLength=\"{length:.1}\"{}>{}</text>", look.attributes(), escaped(text))
                .unwrap();
        }
    }
    svg + "</g>\n</svg>\n"
}
