//! A box as a block: its own measures and ground, and what it holds.

use super::{Binder, child_path, varying};
use crate::diag::{Kind, Located, Problem, Spot, nearest};
use crate::drawing::Inks;
use crate::limits::Limit;
use crate::template::bound::{Block, BlockKind, ColumnParagraph, Columns, Ground, Measure, Turn};
use crate::template::boxes::{BoxKind, BoxSpec, Flow, Place};
use crate::template::format::FieldKind;
use crate::template::markup::{self, Paragraph};
use crate::template::values::Use;
use crate::text::{Span, TextBlock, TypeStyle};
use std::sync::Arc;

impl Binder<'_, '_> {
    pub(super) fn block(&mut self, spec: &BoxSpec, voice: usize, path: &str) -> Option<Arc<Block>> {
        if let Some((block, found)) = self.binding.common.as_ref().and_then(|common| common.blocks.get(&varying::address(spec))) {
            self.tell_again(found);
            return block.clone();
        }
        let voice = spec.common.language.map_or(voice, |l| l - 1);
        self.voices.get(voice)?;
        self.make(Limit::Boxes, 1, &spec.spot)?;
        if let Some(when) = &spec.common.when {
            let shown = self.say(when, voice, Use::Plain, path)?;
            // Comparisons are printed as `False`.
            if shown.trim().is_empty() || shown.trim().eq_ignore_ascii_case("false") {
                return None;
            }
        }
        let path = self.path_of(spec, path);
        let s = self.job.size.scale;
        let mut measure = Measure {
            width: spec.common.width.map(|l| l * s),
            height: spec.common.height.map(|l| l * s),
            grow: spec.common.grow,
            grows_from_content: false,
            align_self: spec.common.align_self,
            padding: spec.common.padding.map(|l| l * s),
            beside: None,
            span: spec.common.span,
        };
        let rules = match &spec.kind {
            BoxKind::Container { rules, .. } => rules.as_ref(),
            _ => None,
        };
        let ground = Ground {
            // What has no such ink is an error; black stands in, so that nothing else is found wrong for it.
            fill: spec.common.fill.as_ref().map(|ink| self.ink(ink, &path).unwrap_or_else(|| self.job.press.space.black())),
            stroke: spec.common.stroke.as_ref().and_then(|(ink, width)| Some((self.ink(ink, &path)?, width * s))),
            rules: rules.and_then(|(ink, width)| Some((self.ink(ink, &path)?, width * s))),
            radius: spec.common.radius * s,
            ellipse: matches!(spec.kind, BoxKind::Shape { ellipse: true }),
            bleed: spec.common.bleed,
        };
        let kind = self.kind(spec, voice, &path, &mut measure)?;
        if let BlockKind::Drawing(drawing, _) = &kind {
            self.make(Limit::SidePoints, drawing.points(), &spec.spot)?;
        }
        let mut block = Block {
            name: path,
            spot: spec.spot.clone(),
            language: self.voices[voice].language.clone(),
            role: spec.common.tag,
            measure,
            turn: Turn { degrees: spec.common.rotate, mirror: spec.common.mirror },
            ground,
            varies: false,
            kind,
        };
        if !matches!(spec.kind, BoxKind::Container { .. }) && self.binding.common.is_some() {
            // What does not vary has been taken from the blocks in common.
            vary(&mut block);
        }
        Some(Arc::new(block))
    }

    fn kind(&mut self, spec: &BoxSpec, voice: usize, path: &str, measure: &mut Measure) -> Option<BlockKind> {
        let s = self.job.size.scale;
        match &spec.kind {
            BoxKind::Container { flow, gap, align, justify, children, rules } => {
                let child = |(i, c): (usize, &BoxSpec)| self.block(c, voice, &child_path(path, i, c));
                let bound: Vec<Option<Arc<Block>>> = children.iter().enumerate().map(child).collect();
                let (flow, children) = match flow {
                    Flow::Panels => self.panels(spec, bound, voice, path),
                    Flow::Grid(tracks) => {
                        let ruled = rules.as_ref().map(|_| *align);
                        self.grid(spec, tracks, ruled, bound.into_iter().flatten().collect(), voice, path)
                    }
                    other => (other.clone(), bound.into_iter().flatten().collect()),
                };
                // Cells fill their tracks; it is the boxes in them that are placed.
                let align = if rules.is_some() { Place::Stretch } else { *align };
                Some(BlockKind::Container { flow, gap: gap.map(|g| g * s), align, justify: *justify, children })
            }
            BoxKind::Text { value, style } => {
                let style = self.style(style, path)?;
                let text = self.say(value, voice, Use::Text, path)?;
                if text.trim().is_empty() {
                    self.report(&spec.spot, Some(path), Problem::EmptyBox);
                    return None;
                }
                let spans = markup::inline(&text);
                self.check_text(&spans, &style, &value.spot, path)?;
                Some(BlockKind::Text(TextBlock { spans, style }))
            }
            BoxKind::Markdown { value, style, gap, columns, column_gap, keep } => {
                let style = self.style(style, path)?;
                let text = self.say(value, voice, Use::Text, path)?;
                let paragraphs = markup::paragraphs(&text);
                if paragraphs.is_empty() {
                    self.report(&spec.spot, Some(path), Problem::EmptyBox);
                    return None;
                }
                self.make(Limit::Boxes, paragraphs.len(), &spec.spot)?;
                paragraphs.iter().try_for_each(|p| self.check_text(&p.spans, &style, &value.spot, path))?;
                let indent = style.size.1 * 1.4;
                if *columns > 1 {
                    let block = |spans: Vec<Span>| TextBlock { spans, style: style.clone() };
                    let paragraph =
                        |p: Paragraph| ColumnParagraph { text: block(p.spans), mark: p.mark.map(|m| (block(plain(&m)), indent)) };
                    let paragraphs = paragraphs.into_iter().map(paragraph).collect();
                    let columns = Columns { paragraphs, count: *columns, column_gap: column_gap * s, gap: gap * s, keep: *keep };
                    return Some(BlockKind::Columns(columns));
                }
                let children = paragraphs.into_iter().map(|p| {
                    let text = self.text_block(spec, voice, path, p.spans, style.clone());
                    match p.mark {
                        Some(mark) => {
                            let mut mark = self.text_block(spec, voice, path, plain(&mark), style.clone());
                            mark.measure.width = Some(indent);
                            let mut row = self.container(spec, voice, path, Flow::Row, 0.0, vec![mark, grown(text)]);
                            on_baseline(&mut row);
                            row
                        }
                        None => text,
                    }
                });
                Some(column(gap * s, Place::Start, children.collect()))
            }
            BoxKind::Steps(steps) => self.steps(spec, steps, voice, path),
            BoxKind::Qr { value, side, ecc } => self.code(value, (side.0 * s, side.1 * s), *ecc, voice, path),
            BoxKind::Image { value, cover, ink, accent } => {
                let Some(image) = self.voices[voice].images.get(&value.value).cloned() else {
                    return self.no_field(value, |k| matches!(k, FieldKind::Image), voice, path);
                };
                let kind = self.image(&image, *cover, (ink.as_ref(), accent.as_ref()), path)?;
                match &kind {
                    // What fills its box is as large as its box is, if that has any size.
                    BlockKind::Picture { cover: true, .. } if measure.width.is_some() || measure.height.is_some() => {}
                    BlockKind::Picture { picture: p, .. } => keep_shape(measure, p.width.into(), p.height.into(), p.width.into()),
                    BlockKind::Drawing(d, inks) => {
                        keep_shape(measure, d.width, d.height, if matches!(inks, Inks::Reserved { .. }) { d.width * s } else { d.width })
                    }
                    _ => {}
                }
                Some(kind)
            }
            BoxKind::Icon { name, ink, accent } => {
                let drawing = self.drawing(name, path)?;
                keep_shape(measure, drawing.width, drawing.height, drawing.width * s);
                let inks = self.inks(ink.as_ref(), accent.as_ref(), path)?;
                Some(BlockKind::Drawing(drawing, inks))
            }
            BoxKind::Shape { .. } => Some(BlockKind::Shape),
        }
    }

    /// Fills a text of the format. A field without this language is told as such; one that is faulty has
    /// been told.
    pub(super) fn say(&mut self, value: &Located<String>, voice: usize, use_: Use, path: &str) -> Option<String> {
        let voice = &self.voices[voice];
        let problems = match self.binding.filler.fill(value, &voice.names, use_) {
            Ok(text) => return Some(text),
            Err(problems) => problems,
        };
        let language = voice.language.clone();
        let told = |problem: Problem| match problem {
            Problem::UnknownPlaceholder { name, .. } if voice.faulty.contains(&name) => None,
            Problem::UnknownPlaceholder { name, .. } if voice.untranslated.contains_key(&name) => {
                let spot = voice.untranslated[&name].clone();
                Some((spot, Problem::MissingTranslation { field: name, language: language.clone() }))
            }
            other => Some((value.spot.clone(), other)),
        };
        let told: Vec<(Spot, Problem)> = problems.into_iter().filter_map(told).collect();
        for (spot, problem) in told {
            self.report(&spot, Some(path), problem);
        }
        None
    }

    /// Notes that a box names no field of the right kind; says nothing where the field itself is missing.
    pub(super) fn no_field(
        &mut self,
        value: &Located<String>,
        fits: impl Fn(&FieldKind) -> bool,
        voice: usize,
        path: &str,
    ) -> Option<BlockKind> {
        let fields = &self.job.format.fields;
        let voice = &self.voices[voice];
        match fields.iter().find(|f| f.name == value.value && fits(&f.kind)) {
            Some(field) if voice.faulty.contains(&field.name) => {}
            Some(field) if voice.untranslated.contains_key(&field.name) => {
                let (spot, language) = (voice.untranslated[&field.name].clone(), voice.language.clone());
                self.report(&spot, Some(path), Problem::MissingTranslation { field: field.name.clone(), language });
            }
            Some(_) => self.report(&value.spot, Some(path), Problem::EmptyBox),
            None => {
                let known: Vec<String> = fields.iter().filter(|f| fits(&f.kind)).map(|f| f.name.clone()).collect();
                let near = nearest(&value.value, known.iter().map(String::as_str));
                self.report(
                    &value.spot,
                    Some(path),
                    Problem::UnknownName { kind: Kind::Field, name: value.value.clone(), nearest: near, known },
                );
            }
        }
        None
    }

    pub(super) fn bare(&self, spec: &BoxSpec, voice: usize, path: &str, kind: BlockKind) -> Block {
        Block {
            name: path.into(),
            spot: spec.spot.clone(),
            language: self.voices[voice].language.clone(),
            role: spec.common.tag,
            measure: Measure::default(),
            turn: Turn::default(),
            ground: Ground::default(),
            varies: false,
            kind,
        }
    }

    pub(super) fn text_block(&self, spec: &BoxSpec, voice: usize, path: &str, spans: Vec<Span>, style: TypeStyle) -> Block {
        self.bare(spec, voice, path, BlockKind::Text(TextBlock { spans, style }))
    }

    pub(super) fn container(&self, spec: &BoxSpec, voice: usize, path: &str, flow: Flow, gap: f64, children: Vec<Block>) -> Block {
        let (gap, children) = ([gap; 2], children.into_iter().map(Arc::new).collect());
        self.bare(spec, voice, path, BlockKind::Container { flow, gap, align: Place::Stretch, justify: Place::Start, children })
    }
}

/// Marks a block that was just made, and those in it.
fn vary(block: &mut Block) {
    block.varies = true;
    if let BlockKind::Container { children, .. } = &mut block.kind {
        children.iter_mut().filter_map(Arc::get_mut).for_each(vary);
    }
}

pub(super) fn plain(text: &str) -> Vec<Span> {
    vec![Span { text: text.into(), bold: false, italic: false }]
}

pub(super) fn grown(mut block: Block) -> Block {
    (block.measure.grow, block.measure.grows_from_content) = (1.0, true);
    block
}

/// Sets the children of a row on one baseline.
fn on_baseline(row: &mut Block) {
    if let BlockKind::Container { align, .. } = &mut row.kind {
        *align = Place::Baseline;
    }
}

pub(super) fn column(gap: f64, justify: Place, children: Vec<Block>) -> BlockKind {
    let children = children.into_iter().map(Arc::new).collect();
    BlockKind::Container { flow: Flow::Column, gap: [gap; 2], align: Place::Stretch, justify, children }
}

/// Completes width and height in the proportion of what is shown.
fn keep_shape(measure: &mut Measure, w: f64, h: f64, natural: f64) {
    match (measure.width, measure.height) {
        // What grows takes the room that there is.
        (None, None) if measure.grow > 0.0 => {}
        (None, None) => (measure.width, measure.height) = (Some(natural), Some(natural * h / w)),
        (Some(width), None) => measure.height = Some(width * h / w),
        (None, Some(height)) => measure.width = Some(height * w / h),
        (Some(_), Some(_)) => {}
    }
}
