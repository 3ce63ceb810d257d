//! What of a piece may differ from record to record. Whatever cannot is bound once.

use super::Job;
use crate::data::column_name;
use crate::spec::campaign::Content;
use crate::spec::words::Words;
use crate::template::boxes::{BoxKind, BoxSpec};
use crate::template::format::Field;
use crate::template::values::has_placeholder;
use std::collections::{BTreeSet, HashSet};

/// Fields and boxes that may differ.
pub(super) struct Varying {
    fields: BTreeSet<String>,
    /// Whether records give colours: then any box may have one of them.
    coloured: bool,
    /// By address: boxes stay where they are while they are bound.
    boxes: HashSet<usize>,
}

impl Varying {
    pub(super) fn of(job: &Job<'_>) -> Varying {
        let varies = |field: &&Field| may_vary(job, field);
        let fields = job.format.fields.iter().filter(varies).map(|field| field.name.clone()).collect();
        let coloured = [&job.piece.palette, &job.campaign.palette].into_iter().any(|palette| !palette.filled.is_empty());
        let mut varying = Varying { fields, coloured, boxes: HashSet::new() };
        for side in &job.size.sides {
            varying.add(&side.root);
        }
        varying
    }

    /// Whether a field may differ.
    pub(super) fn field(&self, name: &str) -> bool {
        self.fields.contains(name)
    }

    /// Whether a box, or one in it, may differ.
    pub(super) fn holds(&self, spec: &BoxSpec) -> bool {
        self.boxes.contains(&address(spec))
    }

    fn add(&mut self, spec: &BoxSpec) -> bool {
        let children: &[BoxSpec] = match &spec.kind {
            BoxKind::Container { children, .. } => children,
            _ => &[],
        };
        // Each child is looked at, whatever the first ones are.
        let within = children.iter().filter(|child| self.add(child)).count() > 0;
        let varies = self.coloured
            || within
            || says(spec).into_iter().any(|said| self.mentions(said))
            || shows(spec).into_iter().any(|name| self.field(name));
        if varies {
            self.boxes.insert(address(spec));
        }
        varies
    }

    /// Whether a text has placeholders and names such a field, if only by chance.
    fn mentions(&self, text: &str) -> bool {
        // As placeholders name them: with any white space for one space.
        let text = column_name(text);
        has_placeholder(&text) && self.fields.iter().any(|field| text.contains(&column_name(field)))
    }
}

pub(super) fn address(spec: &BoxSpec) -> usize {
    std::ptr::from_ref(spec).addr()
}

/// Texts of a box that are filled.
fn says(spec: &BoxSpec) -> Vec<&str> {
    let value = match &spec.kind {
        BoxKind::Text { value, .. } | BoxKind::Markdown { value, .. } => Some(value),
        _ => None,
    };
    spec.common.when.iter().chain(value).map(|text| text.value.as_str()).collect()
}

/// Fields that a box shows.
fn shows(spec: &BoxSpec) -> Vec<&str> {
    match &spec.kind {
        BoxKind::Qr { value, .. } | BoxKind::Image { value, .. } => vec![&value.value],
        BoxKind::Steps(steps) => [Some(&steps.value), steps.icons.as_ref()].into_iter().flatten().map(|name| name.value.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a field has a column of its own, or a text with placeholders.
fn may_vary(job: &Job<'_>, field: &Field) -> bool {
    let name = field.name.as_str();
    let in_table = job.table.is_some_and(|table| table.columns.iter().any(|column| column == name));
    let filled = |content: &Content| {
        let named = |given: &crate::diag::Located<String>| given.value == name;
        let texts = content.text.iter().filter(|(given, _)| named(given)).flat_map(|(_, value)| value.words());
        let codes = content
            .qr
            .iter()
            .filter(|(given, _)| named(given))
            .any(|(_, payload)| payload.texts().iter().any(|text| has_placeholder(&text.value)));
        let images = content.images.iter().filter(|(given, _)| named(given)).any(|(_, path)| has_placeholder(&path.value));
        codes || images || texts.flat_map(Words::all).any(|text| has_placeholder(&text.value))
    };
    let default = field.default.iter().flat_map(Words::all).any(|text| has_placeholder(&text.value));
    in_table || default || filled(&job.piece.content) || filled(&job.campaign.content)
}
