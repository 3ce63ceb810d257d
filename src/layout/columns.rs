//! Paragraphs whose lines are shared out to columns of near-equal height.

use crate::template::bound::Columns;
use crate::text::{Line, SetText, Setter, TextBlock};

/// Paragraphs set in columns.
pub(super) struct SetColumns {
    /// From the top to below the last line of the longest column, pt.
    pub(super) height: f64,
    /// How far the widest word reaches out of its column, pt; not positive where all fit.
    pub(super) too_wide: f64,
    /// Type size, pt.
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
    let marks = columns.paragraphs.len();
    let mut out = SetColumns { height: 0.0, too_wide: f64::NEG_INFINITY, size: 0.0, lines: Vec::new() };
    let mut flow: Vec<Flowing> = Vec::new();
    let mut texts: Vec<(SetText, Option<SetText>, f64)> = Vec::new();
    let mut y = 0.0;
    for (i, paragraph) in columns.paragraphs.iter().enumerate() {
        let indent = paragraph.mark.as_ref().map_or(0.0, |(_, indent)| *indent);
        let text = setter.fit((node, i), &paragraph.text, column - indent, share);
        let mark = paragraph.mark.as_ref().map(|(mark, indent): &(TextBlock, f64)| setter.fit((node, marks + i), mark, *indent, share));
        out.too_wide = out.too_wide.max(text.width + indent - column);
        out.size = text.size;
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
    let begins = share_out(&flow, count);
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
            out.lines.push(ColumnLine { paragraph: line.paragraph, x: left, y, line: mark.clone() });
        }
        out.lines.push(ColumnLine { paragraph: line.paragraph, x: left + indent, y, line: text.lines[number].clone() });
        out.height = out.height.max(y + line.below);
    }
    out
}

/// The lines that columns begin with: those for which the squares of the columns' heights add up to
/// least, which is where they are most alike.
fn share_out(flow: &[Flowing], count: usize) -> Vec<usize> {
    let height = |from: usize, to: usize| match flow[from..to].last() {
        // To a hundredth of a point, so that equal columns are equal: the earlier one then takes more.
        Some(last) => ((last.baseline + last.below - (flow[from].baseline - flow[from].above)) * 100.0).round(),
        None => 0.0,
    };
    let lines = flow.len();
    // best[c][i]: least sum for the lines from i on in c + 1 columns, and where the next column begins.
    let mut best = vec![(0..=lines).map(|i| (height(i, lines).powi(2), lines)).collect::<Vec<_>>()];
    for columns in 1..count {
        let mut row: Vec<(f64, usize)> = Vec::with_capacity(lines + 1);
        for from in 0..=lines {
            let cuts = (from + 1..lines).filter(|cut| flow[*cut].may_begin).chain([lines]);
            let sums = cuts.map(|cut| (height(from, cut).powi(2) + best[columns - 1][cut].0, cut));
            row.push(sums.min_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).unwrap_or((0.0, lines)));
        }
        best.push(row);
    }
    let mut begins = vec![0];
    for columns in (1..count).rev() {
        let last = begins.last().copied().unwrap_or(0);
        begins.push(best[columns].get(last).map_or(lines, |(_, cut)| *cut));
    }
    begins.retain(|begin| *begin < lines.max(1));
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
        let begins = share_out(flow, count);
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
        assert_eq!(lengths(&flow, 2), [5, 1]);
    }
}
