//! From a box back to what it says: where that is written, in the campaign or in a row of the table.

use super::leaves::row_spot;
use super::{Job, child_path};
use crate::color::{Colour, Paint};
use crate::data::{Record, Table, column_name};
use crate::diag::{Finding, Located, Problem, Spot};
use crate::spec::campaign::{Content, Value};
use crate::template::boxes::{BoxKind, BoxSpec};
use crate::template::values::placeholders;

/// Points a finding about what a box says at the place where that is written; the box becomes the place beside it. What is
/// about looks stays at the box.
pub(crate) fn point_at_source(finding: &mut Finding, job: &Job<'_>) {
    if let Problem::LowContrast { inks, .. } = &finding.problem {
        if let Some(source) = palette_of(inks, job, finding.place.record) {
            finding.place.of_box = Some(std::mem::replace(&mut finding.place.spot, source.spot));
            finding.place.column = source.column;
        }
        return;
    }
    let is_said = matches!(
        finding.problem,
        Problem::Overflow { .. }
            | Problem::OrphanedSyllable { .. }
            | Problem::QrUnread { .. }
            | Problem::QrFrail { .. }
            | Problem::ImageCoarse { .. }
            | Problem::ImageOverLimit { .. }
    );
    let place = &mut finding.place;
    let (true, Some(side), Some(in_box)) = (is_said, &place.side, &place.in_box) else { return };
    let language = place.language.clone().or_else(|| job.campaign.languages.first().cloned()).unwrap_or_default();
    let record = place.record.and_then(|number| job.table?.record(number));
    let Some(root) = job.size.sides.iter().find(|s| s.name == *side).map(|side| &side.root) else { return };
    let Some((spec, item)) = find(root, side, side, in_box) else { return };
    let row = job.table.zip(record);
    if let Some(Source { spot, column }) = said_by(spec, item, &language, job, row) {
        place.of_box = Some(std::mem::replace(&mut place.spot, spot));
        place.column = column;
    }
}

/// Where something is written.
struct Source {
    spot: Spot,
    column: Option<String>,
}

/// The colour of the campaign or of a row that one of two colours on a page comes from, the ground first.
fn palette_of(inks: &[Colour; 2], job: &Job<'_>, record: Option<usize>) -> Option<Source> {
    let palettes = || [&job.piece.palette, &job.campaign.palette].into_iter();
    let of = |colour: &Colour| {
        let own = palettes().flat_map(|palette| &palette.paints).find(|(_, paint)| paint.on(job.condition).is_same(colour));
        let own = own.map(|(name, _)| Source { spot: name.spot.clone(), column: None });
        own.or_else(|| {
            let row = job.table.zip(job.table?.record(record?));
            palettes().flat_map(|palette| &palette.filled).find_map(|(_, text)| {
                let (source, _) = longest_cell(&text.value, row)?;
                let cell = row?.1.cells.get(row?.0.columns.iter().position(|column| Some(column) == source.column.as_ref())?)?;
                Paint::parse(cell)?.on(job.condition).is_same(colour).then_some(source)
            })
        })
    };
    inks.iter().rev().find_map(of)
}

/// The box of a path, and which of its items is meant, from 0.
fn find<'s>(spec: &'s BoxSpec, side: &str, path: &str, wanted: &str) -> Option<(&'s BoxSpec, usize)> {
    let path = spec.common.name.as_ref().map_or(path.to_string(), |name| format!("{side}/{name}"));
    let inner = || match &spec.kind {
        BoxKind::Container { children, .. } => {
            children.iter().enumerate().find_map(|(i, child)| find(child, side, &child_path(&path, i, child), wanted))
        }
        _ => None,
    };
    let rest = wanted.strip_prefix(path.as_str());
    match rest {
        Some("") => Some((spec, 0)),
        Some(rest) if matches!(spec.kind, BoxKind::Steps(_)) => {
            let item = rest.strip_prefix('/')?.parse::<usize>().ok()?;
            Some((spec, item.checked_sub(1)?))
        }
        _ => inner(),
    }
}

fn said_by(spec: &BoxSpec, item: usize, language: &str, job: &Job<'_>, row: Option<(&Table, &Record)>) -> Option<Source> {
    match &spec.kind {
        BoxKind::Text { value, .. } | BoxKind::Markdown { value, .. } => longest(&value.value, language, job, row),
        BoxKind::Steps(steps) => field(&steps.value.value, item, language, job, row),
        BoxKind::Qr { value, .. } | BoxKind::Image { value, .. } => field(&value.value, 0, language, job, row),
        _ => None,
    }
    .map(|(source, _)| source)
}

/// Of what a text takes from elsewhere, the longest: the one to shorten. And how long it is.
fn longest(text: &str, language: &str, job: &Job<'_>, row: Option<(&Table, &Record)>) -> Option<(Source, usize)> {
    let default = |name: &str| {
        // A default is written in the format: what fills it is to be mended. It is not followed through another one.
        let default = job.format.field(name.split('.').next().unwrap_or(name))?.default.as_ref()?.in_language(language)?;
        placeholders(&default.value).into_iter().filter_map(|name| field(name, 0, language, job, row)).max_by_key(|(_, length)| *length)
    };
    let sources = placeholders(text).into_iter().filter_map(|name| field(name, 0, language, job, row).or_else(|| default(name)));
    sources.max_by_key(|(_, length)| *length)
}

/// What a name stands for: content of the piece or the campaign, else a cell.
fn field(name: &str, item: usize, language: &str, job: &Job<'_>, row: Option<(&Table, &Record)>) -> Option<(Source, usize)> {
    let root = name.split('.').next().unwrap_or(name);
    let given = [&job.piece.content, &job.campaign.content].into_iter().find_map(|content| written(content, root, item, language));
    let own = given.as_ref().is_some_and(|_| written(&job.piece.content, root, item, language).is_some());
    let from_row = || cell(root, row).or_else(|| cell(name, row));
    let text = match (from_row(), given) {
        (Some(cell), _) if !own => return Some(cell),
        (_, given) => given?,
    };
    // A text with placeholders is as long as what fills it: then the cell is to be mended.
    let filled = row.and_then(|_| longest_cell(&text.value, row));
    filled.or_else(|| Some((Source { spot: text.spot.clone(), column: None }, text.value.chars().count())))
}

fn longest_cell(text: &str, row: Option<(&Table, &Record)>) -> Option<(Source, usize)> {
    placeholders(text).into_iter().filter_map(|name| cell(name, row)).max_by_key(|(_, length)| *length)
}

fn cell(name: &str, row: Option<(&Table, &Record)>) -> Option<(Source, usize)> {
    let (table, record) = row?;
    let at = table.columns.iter().position(|column| *column == column_name(name))?;
    let length = record.cells.get(at)?.chars().count();
    Some((Source { spot: row_spot(table, record), column: Some(table.columns[at].clone()) }, length))
}

fn written(content: &Content, name: &str, item: usize, language: &str) -> Option<Located<String>> {
    let text = content.text.iter().find(|(n, _)| n.value == name).and_then(|(_, value)| {
        let words = match value {
            Value::Words(words) => Some(words),
            Value::List(items) => items.get(item),
        }?;
        words.in_language(language).cloned()
    });
    let image = || content.images.iter().find(|(n, _)| n.value == name).map(|(_, path)| path.clone());
    text.or_else(image).or_else(|| {
        let (_, payload) = content.qr.iter().find(|(n, _)| n.value == name)?;
        let said = payload.texts().first().map_or_else(String::new, |text| text.value.clone());
        Some(Located { value: said, spot: payload.spot.clone() })
    })
}
