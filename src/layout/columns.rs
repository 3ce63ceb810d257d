//! Paragraphs whose lines are shared out to columns of near-equal height.

use crate::template::bound::{ColumnParagraph, Columns};
use crate::text::{Line, SetText, Setter};

/// Paragraphs set in columns.
pub(super) struct SetColumns {
    /// From the top to below the last line of the longest column, pt.
    pub(super) height: f64,
    /// How far the widest word reaches out of its column, pt; not positive where all fit.
    pub(super) too_wide: f64,
    /// Type size of all of it, pt.
    pub(super) size: f64,
    /// The lines and where they go, in reading order.
    pub(super) lines: Vec<ColumnLine>,
}

/// A line of a paragraph, or the mark before it.
pub(super) struct ColumnLine {
    /// Number of its paragraph.
    pub(super) paragraph: usize,
    /// From the left of the block, pt.
    pub(super) x: f64,
    /// Width that it is aligned in; none for a mark.
    pub(super) room: Option<f64>,
    /// Its baseline below the top of the block, pt.
    pub(super) y: f64,
    /// The line.
    pub(super) line: Line,
}

/// A line in one long column: where it stands, and what it needs above and below its baseline.
struct Flowing {
    paragraph: usize,
    baseline: f64,
    above: f64,
    below: f64,
    /// Whether a column may begin with it.
    may_begin: bool,
}

pub(super) fn content_widths(setter: &mut Setter<'_>, node: usize, columns: &Columns, share: f64) -> (f64, f64) {
    let (mut narrow, mut wide) = (0.0_f64, 0.0_f64);
    for (i, paragraph) in columns.paragraphs.iter().enumerate() {
        let (least, most) = setter.content_widths((node, i), &paragraph.text, share);
        let indent = paragraph.mark.as_ref().map_or(0.0, |(_, indent)| *indent);
        (narrow, wide) = (narrow.max(least + indent), wide.max(most + indent));
    }
    let gaps = columns.column_gap * (columns.count - 1) as f64;
    (narrow * columns.count as f64 + gaps, wide * columns.count as f64 + gaps)
}

pub(super) fn set(setter: &mut Setter<'_>, node: usize, columns: &Columns, width: f64, share: f64) -> SetColumns {
    let count = columns.count;
    let column = ((width - columns.column_gap * (count - 1) as f64) / count as f64).max(0.0);
    let indent = |paragraph: &ColumnParagraph| paragraph.mark.as_ref().map_or(0.0, |(_, indent)| *indent);
    // All in the size of the one that has to be smallest.
    let fitted = columns.paragraphs.iter().enumerate().map(|(i, p)| setter.fit((node, i), &p.text, column - indent(p), share).size);
    let size = fitted.fold(f64::INFINITY, f64::min);
    let marks = columns.paragraphs.len();
    let mut out = SetColumns { height: 0.0, too_wide: f64::NEG_INFINITY, size, lines: Vec::new() };
    let mut flow: Vec<Flowing> = Vec::new();
    let mut texts: Vec<(SetText, Option<SetText>, f64)> = Vec::new();
    let (mut y, mut beyond) = (0.0, 0.0_f64);
    for (i, paragraph) in columns.paragraphs.iter().enumerate() {
        let indent = indent(paragraph);
        let text = setter.set((node, i), &paragraph.text, size, column - indent);
        let mark = paragraph.mark.as_ref().map(|(mark, indent)| setter.set((node, marks + i), mark, size, *indent));
        out.too_wide = out.too_wide.max(text.width + indent - column).max(mark.as_ref().map_or(0.0, |m| m.width - indent));
        beyond = beyond.max(text.beyond(paragraph.text.style.lines));
        let top = text.lines.first().map_or(0.0, |l| l.baseline);
        let below = text.height - text.lines.last().map_or(0.0, |l| l.baseline);
        for (n, line) in text.lines.iter().enumerate() {
            let may_begin = n == 0 || !columns.keep;
            // The first line of a column needs what the first of a text needs above it.
            flow.push(Flowing {
                paragraph: i,
                baseline: y + line.baseline,
                above: line.ink_top.max(top.min(line.baseline)),
                below,
                may_begin,
            });
        }
        y += text.height + columns.gap;
        texts.push((text, mark, indent));
    }
    let begins = share_out(&flow, count, columns.keep);
    let mut numbers = vec![0; texts.len()];
    for (i, line) in flow.iter().enumerate() {
        let at = begins.iter().rposition(|begin| *begin <= i).unwrap_or(0);
        let first = &flow[begins[at]];
        let y = line.baseline - (first.baseline - first.above);
        let left = at as f64 * (column + columns.column_gap);
        let (text, mark, indent) = &texts[line.paragraph];
        let number = numbers[line.paragraph];
        numbers[line.paragraph] += 1;
        if let Some(mark) = mark.as_ref().and_then(|m| m.lines.first()).filter(|_| number == 0) {
            out.lines.push(ColumnLine { paragraph: line.paragraph, x: left, room: None, y, line: mark.clone() });
        }
        let room = Some(column - indent);
        out.lines.push(ColumnLine { paragraph: line.paragraph, x: left + indent, room, y, line: text.lines[number].clone() });
        out.height = out.height.max(y + line.below);
    }
    // What has more lines than it may is too high, whatever room there is.
    out.height += beyond;
    out
}

/// The lines that columns begin with: each column is as high as its share of what is left. Lines are the
/// earlier column's where they do not share out evenly; paragraphs that keep together go where they fit
/// best.
fn share_out(flow: &[Flowing], count: usize, nearest: bool) -> Vec<usize> {
    let height = |from: usize, to: usize| match flow[from..to].last() {
        Some(last) => last.baseline + last.below - (flow[from].baseline - flow[from].above),
        None => 0.0,
    };
    let mut begins = vec![0];
    for left in (2..=count).rev() {
        let from = begins.last().copied().unwrap_or(0);
        let share = height(from, flow.len()) / left as f64;
        let allowed = || (from + 1..flow.len()).filter(|cut| flow[*cut].may_begin);
        let over = allowed().find(|cut| height(from, *cut) >= share - 0.01);
        let under = allowed().take_while(|cut| over.is_none_or(|over| *cut < over)).last().filter(|_| nearest);
        let off = |cut: &usize| (height(from, *cut) - share).abs();
        match under.into_iter().chain(over).min_by(|a, b| off(a).total_cmp(&off(b))) {
            Some(cut) => begins.push(cut),
            None => break,
        }
    }
    begins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(counts: &[usize]) -> Vec<Flowing> {
        let mut y = 0.0;
        let mut flow = Vec::new();
        for (paragraph, count) in counts.iter().enumerate() {
            for _ in 0..*count {
                flow.push(Flowing { paragraph, baseline: y + 7.0, above: 7.0, below: 3.0, may_begin: true });
                y += 10.0;
            }
        }
        flow
    }

    fn lengths(flow: &[Flowing], count: usize) -> Vec<usize> {
        let begins = share_out(flow, count, false);
        begins.iter().zip(begins.iter().skip(1).chain([&flow.len()])).map(|(a, b)| b - a).collect()
    }

    #[test]
    fn lines_are_shared_out_within_one_line() {
        assert_eq!(lengths(&lines(&[4, 3]), 2), [4, 3]);
        for total in 1..40 {
            for count in 2..5 {
                let lengths = lengths(&lines(&[total]), count);
                let (least, most) = (lengths.iter().min().unwrap(), lengths.iter().max().unwrap());
                assert!(most - least <= 1 && lengths.iter().sum::<usize>() == total, "{total} in {count}: {lengths:?}");
            }
        }
    }

    #[test]
    fn a_paragraph_that_keeps_together_is_not_parted() {
        let mut flow = lines(&[5, 1]);
        for i in 1..flow.len() {
            flow[i].may_begin = flow[i].paragraph != flow[i - 1].paragraph;
        }
        assert_eq!(share_out(&flow, 2, true), [0, 5]);
        let mut flow = lines(&[2, 2, 5]);
        for i in 1..flow.len() {
            flow[i].may_begin = flow[i].paragraph != flow[i - 1].paragraph;
        }
        assert_eq!(share_out(&flow, 2, true), [0, 4]);
    }
}
