//! Names to things: inks, styles, drawings, pictures.

use super::Binder;
use crate::color::{BLACK, Colour, PAPER, Paint};
use crate::diag::{Expected, Kind, Located, Problem, nearest};
use crate::drawing::{Drawing, Inks};
use crate::files::builtin_drawings;
use crate::limits::{Limit, Limits};
use crate::picture::{Picture, Unusable};
use crate::template::bound::BlockKind;
use crate::template::style::Style;
use crate::template::values::Use;
use crate::text::{DEFAULT_FAMILY, TypeStyle};
use std::sync::Arc;

/// Rounding of shares of ink.
const INK_SLACK: f64 = 0.005;

impl Binder<'_, '_> {
    /// A colour by name: the piece's own, the campaign's, the format's.
    fn paint(&mut self, name: &str) -> Option<Paint> {
        let job = self.job;
        for palette in [&job.piece.palette, &job.campaign.palette] {
            if let Some((_, paint)) = palette.paints.iter().find(|(n, _)| n.value == name) {
                return Some(paint.clone());
            }
            if let Some((name, text)) = palette.filled.iter().find(|(n, _)| n.value == name) {
                return Some(self.paint_of_record(name, text));
            }
        }
        job.format.palette.iter().find(|(n, _)| n.value == name).map(|(_, paint)| paint.clone())
    }

    /// A colour that the record gives. Where it is none, which is told once, black stands in.
    fn paint_of_record(&mut self, name: &Located<String>, text: &Located<String>) -> Paint {
        if let Some(known) = self.paints.get(&name.value) {
            return known.clone();
        }
        let names = self.record_names();
        let filled = self.fill(text, &names, Use::Plain, None);
        let read = filled.as_ref().and_then(|filled| Paint::parse(filled));
        let spot = if self.record.is_some() { self.record_spot() } else { text.spot.clone() };
        if let (Some(value), None) = (filled, &read) {
            self.report(&spot, None, Problem::BadValue { key: name.value.clone(), value, expected: Expected::Colour });
        }
        let paint = read.unwrap_or(BLACK);
        let (ink, most) = (paint.on(self.job.condition).coverage(), self.job.press.limits.ink);
        if ink > most + INK_SLACK {
            self.report(&spot, None, Problem::InkOverLimit { ink, most });
        }
        self.paints.insert(name.value.clone(), paint.clone());
        paint
    }

    /// An ink by name, with a tint: `primary 16%`.
    pub(super) fn ink(&mut self, ink: &Located<String>, path: &str) -> Option<Colour> {
        let (name, tint) = match ink.value.split_once(' ') {
            Some((name, tint)) => {
                (name, tint.trim().strip_suffix('%').and_then(|t| t.trim().parse::<f64>().ok()).filter(|t| (0.0..=100.0).contains(t)))
            }
            None => (ink.value.as_str(), Some(100.0)),
        };
        let paint = match name {
            "black" => Some(BLACK),
            "paper" => Some(PAPER),
            _ => self.paint(name),
        };
        match (paint, tint) {
            (Some(paint), Some(tint)) => Some(paint.on(self.job.condition).tinted(tint / 100.0)),
            _ => {
                let (own, common) = (&self.job.piece.palette, &self.job.campaign.palette);
                let named = [&own.paints, &common.paints, &self.job.format.palette].into_iter().flatten().map(|(n, _)| n);
                let filled = own.filled.iter().chain(&common.filled).map(|(n, _)| n);
                let mut known: Vec<String> = named.chain(filled).map(|n| n.value.clone()).chain(["black".into(), "paper".into()]).collect();
                known.sort();
                known.dedup();
                let near = nearest(name, known.iter().map(String::as_str));
                self.report(&ink.spot, Some(path), Problem::UnknownName { kind: Kind::Ink, name: ink.value.clone(), nearest: near, known });
                None
            }
        }
    }

    pub(super) fn inks(&mut self, line: Option<&Located<String>>, accent: Option<&Located<String>>, path: &str) -> Option<Inks> {
        let condition = self.job.condition;
        let primary = self.paint("primary").unwrap_or(BLACK).on(condition);
        Some(Inks::Reserved {
            line: match line {
                Some(ink) => self.ink(ink, path)?,
                None => condition.space.black(),
            },
            accent: match accent {
                Some(ink) => self.ink(ink, path)?,
                None => self.paint("accent").unwrap_or(PAPER).on(condition),
            },
            tint: primary.tinted(0.16),
            primary,
            paper: condition.space.paper(),
        })
    }

    pub(super) fn style(&mut self, name: &Located<String>, path: &str) -> Option<TypeStyle> {
        let styles = &self.job.size.styles;
        let Some((_, style)) = styles.iter().find(|(n, _)| *n == name.value) else {
            let known: Vec<String> = styles.iter().map(|(n, _)| n.clone()).collect();
            let near = nearest(&name.value, known.iter().map(String::as_str));
            self.report(&name.spot, Some(path), Problem::UnknownName { kind: Kind::Style, name: name.value.clone(), nearest: near, known });
            return None;
        };
        let family = match &style.family {
            Some(family) if !self.job.fonts.families().contains(&family.value) => {
                let known = self.job.fonts.families().to_vec();
                let near = nearest(&family.value, known.iter().map(String::as_str));
                self.report(
                    &family.spot,
                    Some(path),
                    Problem::UnknownName { kind: Kind::Font, name: family.value.clone(), nearest: near, known },
                );
                return None;
            }
            Some(family) => family.value.clone(),
            None => DEFAULT_FAMILY.into(),
        };
        let ink = match &style.ink {
            Some(ink) => self.ink(&ink.clone(), path)?,
            None => self.job.press.space.black(),
        };
        Some(scaled(style, family, ink, self.job.size.scale))
    }

    pub(super) fn drawing(&mut self, name: &Located<String>, path: &str) -> Option<Arc<Drawing>> {
        let files = self.job.files;
        let read = || match files.drawing(&name.value) {
            Ok(Some(found)) => read_drawing(&found.name, &found.bytes, &files.limits),
            Ok(None) => {
                let known = builtin_drawings();
                Err(Problem::UnknownName {
                    kind: Kind::Icon,
                    name: name.value.clone(),
                    nearest: nearest(&name.value, known.iter().map(String::as_str)),
                    known,
                })
            }
            Err(problem) => Err(problem),
        };
        let drawing = self.binding.art().drawings.entry(name.value.clone()).or_insert_with(read).clone();
        match drawing {
            Ok(drawing) => Some(drawing),
            Err(problem) => {
                self.report(&name.spot, Some(path), problem);
                None
            }
        }
    }

    /// A picture of the campaign; a name without a file ending is that of a drawing.
    pub(super) fn image(
        &mut self,
        image: &Located<String>,
        cover: bool,
        (ink, accent): (Option<&Located<String>>, Option<&Located<String>>),
        path: &str,
    ) -> Option<BlockKind> {
        if !image.value.contains('.') {
            let drawing = self.drawing(image, path)?;
            return Some(BlockKind::Drawing(drawing, self.inks(ink, accent, path)?));
        }
        let condition = self.job.condition;
        if image.value.to_ascii_lowercase().ends_with(".svg") {
            let drawing = self
                .binding
                .art()
                .drawings
                .entry(image.value.clone())
                .or_insert_with(|| {
                    self.job.files.user(&image.value, Limit::SvgBytes).and_then(|f| read_drawing(&f.name, &f.bytes, &self.job.files.limits))
                })
                .clone();
            return match drawing {
                Ok(drawing) => {
                    let colours = drawing.colours().into_iter().map(|rgb| (rgb, Paint::Rgb(rgb).on(condition)));
                    Some(BlockKind::Drawing(drawing.clone(), Inks::Own(colours.collect())))
                }
                Err(problem) => {
                    self.report(&image.spot, Some(path), problem);
                    None
                }
            };
        }
        let (files, limits) = (self.job.files, &self.job.files.limits);
        let read = || {
            let found = files.user(&image.value, Limit::ImageBytes)?;
            let read = Picture::read(&found.name, &found.bytes, condition, limits);
            read.map(Arc::new).map_err(|unusable| of_use(unusable, &found.name, limits))
        };
        let mut art = self.binding.art();
        let known = art.pictures.get(&image.value).cloned();
        let picture = known.unwrap_or_else(|| {
            let read = read().and_then(|picture| {
                art.unpacked += picture.unpacked();
                limits.hold(Limit::ImagesUnpacked, art.unpacked, &image.value).map(|()| picture)
            });
            art.pictures.insert(image.value.clone(), read.clone());
            read
        });
        drop(art);
        match picture {
            Ok(picture) => Some(BlockKind::Picture { picture, cover }),
            Err(problem) => {
                self.report(&image.spot, Some(path), problem);
                None
            }
        }
    }
}

/// Why a picture or drawing is of no use, as a finding has it.
fn of_use(unusable: Unusable, name: &str, limits: &Limits) -> Problem {
    let path = name.to_string();
    match unusable {
        Unusable::Broken(why) => Problem::ImageUnreadable { path, why },
        Unusable::Foreign(kind) => Problem::ImageForeign { path, kind },
        Unusable::TooLarge(limit) => Problem::OverLimit { limit, of: path, most: limits.of(limit) },
    }
}

fn read_drawing(name: &str, bytes: &[u8], limits: &Limits) -> Result<Arc<Drawing>, Problem> {
    let (drawing, lost) = Drawing::read(bytes, limits).map_err(|unusable| of_use(unusable, name, limits))?;
    match lost.is_empty() {
        true => Ok(Arc::new(drawing)),
        false => Err(Problem::DrawingLoss { path: name.into(), lost }),
    }
}

fn scaled(style: &Style, family: String, ink: Colour, scale: f64) -> TypeStyle {
    TypeStyle {
        family,
        weight: style.weight,
        italic: style.italic,
        size: (style.size.0 * scale, style.size.1 * scale),
        leading: style.leading,
        balance: style.balance,
        ink,
        align: style.align,
        tracking: style.tracking,
        lines: style.lines,
        tabular: style.tabular,
        to_baseline: style.to_baseline,
    }
}
