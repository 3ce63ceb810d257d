//! Boxes that become several blocks, or that hold what must be proved: steps, codes, glyphs.

use super::Binder;
use super::blocks::{column, grown, plain};
use crate::data::{Record, Table};
use crate::diag::{At, Dense, Located, Problem, Spot};
use crate::drawing::Drawing;
use crate::geom::{Size, to_mm};
use crate::limits::Limit;
use crate::qr::advice::advise;
use crate::qr::{self, Ecc};
use crate::spec::words::Words;
use crate::template::bound::{BlockKind, Ground, Measure};
use crate::template::boxes::{BoxSpec, Flow, Place, Steps, Track, Tracks};
use crate::template::format::FieldKind;
use crate::template::markup;
use crate::text::Align;
use crate::text::{Span, TypeStyle};
use std::sync::Arc;

impl Binder<'_, '_> {
    pub(super) fn steps(&mut self, spec: &BoxSpec, steps: &Steps, voice: usize, path: &str) -> Option<BlockKind> {
        let Steps {
            value,
            style,
            second,
            numeral,
            disc,
            ink,
            side,
            icon,
            icons,
            align,
            above,
            columns,
            column_gap,
            gap,
            inner,
            indent,
            spread,
        } = steps;
        let s = self.job.size.scale;
        let side = side * s;
        let Some(items) = self.voices[voice].lists.get(&value.value).cloned() else {
            return self.no_field(value, |k| matches!(k, FieldKind::List { .. }), voice, path);
        };
        let others = match (second, self.voices.get(voice + 1)) {
            (Some(_), Some(other)) => match other.lists.get(&value.value).cloned() {
                Some(others) => others,
                None => return self.no_field(value, |k| matches!(k, FieldKind::List { .. }), voice + 1, path),
            },
            _ => Vec::new(),
        };
        let style = self.style(style, path)?;
        let second = match second {
            Some(second) => Some(self.style(second, path)?),
            None => None,
        };
        let numeral = match numeral {
            Some(numeral) => Some(self.style(numeral, path)?),
            None => None,
        };
        let disc_ink = match disc {
            Some(ink) => Some(self.ink(ink, path)?),
            None => None,
        };
        let inks = self.inks(ink.as_ref(), None, path)?;
        let shared = match icon {
            Some(name) => Some(self.drawing(name, path)?),
            None => None,
        };
        let own = match icons {
            Some(field) => self.drawings_of(field, items.len(), voice, path)?,
            None => Vec::new(),
        };
        let mut rows = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let path = format!("{path}/{}", i + 1);
            let spans = markup::inline(item);
            self.make(Limit::Boxes, 1, &spec.spot)?;
            self.check_text(&spans, &style, &value.spot, &path)?;
            let mut texts = vec![self.text_block(spec, voice, &path, spans, style.clone())];
            if let (Some(second), Some(other)) = (&second, others.get(i)) {
                let spans = markup::inline(other);
                self.check_text(&spans, second, &value.spot, &path)?;
                texts.push(self.text_block(spec, voice + 1, &path, spans, second.clone()));
            }
            let words = grown(self.container(spec, voice, &path, Flow::Column, *inner * s, texts));
            let drawing = own.get(i).or(shared.as_ref());
            self.make(Limit::SidePoints, drawing.map_or(0, |drawing| drawing.points()), &spec.spot)?;
            let mut mark = match (drawing, &numeral) {
                (Some(drawing), _) => self.bare(spec, voice, &path, BlockKind::Drawing(drawing.clone(), inks.clone())),
                (None, Some(numeral)) => {
                    let style = TypeStyle {
                        align: if disc_ink.is_some() { Align::Center } else { numeral.align },
                        to_baseline: true,
                        ..numeral.clone()
                    };
                    self.text_block(spec, voice, &path, plain(&(i + 1).to_string()), style)
                }
                (None, None) => self.text_block(spec, voice, &path, plain(&format!("{}.", i + 1)), style.clone()),
            };
            mark.measure.width = Some(side);
            if drawing.is_some() {
                mark.measure.height = Some(side);
                mark.measure.beside = Some(style.size);
            } else if let Some(ink) = &disc_ink {
                mark = self.container(spec, voice, &path, Flow::Column, 0.0, vec![mark]);
                mark.measure = Measure { width: Some(side), height: Some(side), ..Measure::default() };
                mark.ground = Ground { fill: Some(ink.clone()), ellipse: true, ..Ground::default() };
                if let BlockKind::Container { justify, .. } = &mut mark.kind {
                    *justify = Place::Center;
                }
            }
            let flow = if *above { Flow::Column } else { Flow::Row };
            let mut row = self.container(spec, voice, &path, flow, indent * s, vec![mark, words]);
            if let BlockKind::Container { align: place, .. } = &mut row.kind {
                *place = if *above { Place::Start } else { *align };
            }
            rows.push(row);
        }
        let justify = if *spread { Place::Between } else { Place::Start };
        if *columns == 1 {
            return Some(column(gap * s, justify, rows));
        }
        let filled = rows.len().div_ceil(*columns);
        let tracks = Tracks { columns: vec![Track::Share(1.0); *columns], rows: filled, filled, row: None };
        let gap = [column_gap * s, gap * s];
        Some(BlockKind::Container {
            flow: Flow::Grid(tracks),
            gap,
            align: Place::Stretch,
            justify: Place::Start,
            children: rows.into_iter().map(Arc::new).collect(),
        })
    }

    /// The drawings that a list field names, one for each of some items.
    fn drawings_of(&mut self, field: &Located<String>, items: usize, voice: usize, path: &str) -> Option<Vec<Arc<Drawing>>> {
        let is_field = self.job.format.fields.iter().any(|f| f.name == field.value);
        let Some(names) = self.voices[voice].lists.get(&field.value).cloned() else {
            if !is_field {
                self.no_field(field, |k| matches!(k, FieldKind::List { .. }), voice, path);
            }
            return is_field.then(Vec::new);
        };
        let spot = self.given_spot(&field.value).unwrap_or_else(|| field.spot.clone());
        if names.len() != items {
            self.report(&spot, Some(path), Problem::ItemCount { field: field.value.clone(), min: items, max: items, found: names.len() });
        }
        // As texts they may be markup, as names of drawings they are plain.
        let plain = |name: &String| markup::inline(name).into_iter().map(|span| span.text).collect::<String>();
        let names: Vec<String> = names.iter().map(plain).collect();
        names.into_iter().map(|name| self.drawing(&Located { value: name, spot: spot.clone() }, path)).collect()
    }

    /// The symbol of a field, as large between two sides as its reading distance asks for.
    pub(super) fn code(
        &mut self,
        value: &Located<String>,
        (smallest, largest): (f64, f64),
        ecc: Option<Ecc>,
        voice: usize,
        path: &str,
    ) -> Option<BlockKind> {
        let Some((payload, spot)) = self.voices[voice].codes.get(&value.value).cloned() else {
            return self.no_field(value, |k| matches!(k, FieldKind::Qr { .. }), voice, path);
        };
        let symbol = match qr::encode(&payload, ecc) {
            Ok(symbol) => symbol,
            Err(qr::TooLong) => {
                self.report(&spot, Some(path), Problem::QrTooLong { bytes: payload.len() });
                return None;
            }
        };
        let n = symbol.modules as f64;
        let distance = self.scan_from(&value.value).unwrap_or(0.0);
        let printed = self.job.press.limits.module;
        let side = (n * (distance / qr::MODULES_TO_READ).max(printed)).clamp(smallest, largest);
        let seen = distance / qr::MODULES_AT_MOST;
        let least = seen.max(printed);
        if side / n < least - 1e-9 {
            // The side is the largest here, so that a symbol of fewer modules would have them larger.
            let most_modules = (side / least + 1e-9) as usize;
            let needed = to_mm(least * n).ceil();
            let Size { w, h } = self.job.size.trim;
            let fits = needed * (1.0 + 2.0 * qr::QUIET_ZONE / n) <= to_mm(w.min(h));
            let code = Dense {
                modules: symbol.modules,
                side_mm: to_mm(side),
                least_mm: to_mm(least),
                from_m: (seen > printed).then_some(to_mm(distance) / 1000.0),
                reads_from_m: to_mm(side / n * qr::MODULES_AT_MOST) / 1000.0,
                enlarge_mm: fits.then_some(needed),
                advice: advise(&payload, ecc, most_modules),
            };
            self.report(&spot, Some(path), Problem::QrTooDense { code: Box::new(code) });
        }
        Some(BlockKind::Code { symbol: Arc::new(symbol), side, ink: self.job.press.space.black() })
    }

    /// Distance that a code must be read from: the piece's, for the first code of the format, else the
    /// format's.
    fn scan_from(&self, code: &str) -> Option<f64> {
        let mut codes = self.job.format.fields.iter().filter_map(|f| match f.kind {
            FieldKind::Qr { scan_from } => Some((f.name.as_str(), scan_from)),
            _ => None,
        });
        let own = self.job.piece.scan_from;
        let first = codes.clone().next().is_some_and(|(name, _)| name == code);
        if first && own.is_some() { own } else { codes.find(|(name, _)| *name == code)?.1 }
    }

    /// Reports characters that no font has, at the text that brought them in, and where there are too many on a side.
    pub(super) fn check_text(&mut self, spans: &[Span], style: &TypeStyle, spot: &Spot, path: &str) -> Option<()> {
        self.make(Limit::SideLetters, spans.iter().map(|span| span.text.chars().count()).sum(), spot)?;
        let (mut told, mut missing): (Vec<char>, Vec<char>) = (Vec::new(), Vec::new());
        for character in spans.iter().flat_map(|s| s.text.chars()) {
            let loose = ('\u{300}'..='\u{36f}').contains(&character);
            if (!loose && self.job.fonts.covers(character)) || told.contains(&character) {
                continue;
            }
            told.push(character);
            // What NFC leaves over is in the wrong order or on no letter.
            if loose {
                let source = self.source_of(character).unwrap_or_else(|| spot.clone());
                self.report(&source, Some(path), Problem::LooseMark { character });
            } else {
                missing.push(character);
            }
        }
        if let Some(first) = missing.first() {
            let source = self.source_of(*first).unwrap_or_else(|| spot.clone());
            self.report(&source, Some(path), Problem::NoGlyph { characters: missing, font: style.family.clone() });
        }
        Some(())
    }

    /// Where the record stands in its file.
    pub(super) fn record_spot(&self) -> Spot {
        self.job.table.zip(self.record).map_or_else(Spot::default, |(table, record)| row_spot(table, record))
    }

    /// Where a character is written: in the record, else in the campaign.
    pub(super) fn source_of(&self, character: char) -> Option<Spot> {
        if let (Some(record), Some(table)) = (self.record, self.job.table)
            && record.cells.iter().any(|c| c.contains(character))
        {
            return Some(row_spot(table, record));
        }
        let campaign = self.job.campaign;
        let texts = [&self.job.piece.content, &campaign.content].into_iter().flat_map(|c| c.text.iter());
        let words = texts.flat_map(|(_, value)| value.words());
        let imprint = [&campaign.issuer, &campaign.document].into_iter().flatten();
        words.chain(imprint).flat_map(Words::all).find(|text| text.value.contains(character)).map(|text| text.spot.clone())
    }
}

pub(super) fn row_spot(table: &Table, record: &Record) -> Spot {
    Spot { file: table.file.clone(), at: At { line: record.line, column: 1 } }
}
