//! The records of a piece: read, checked, numbered, and those that were asked for kept.

use super::make::may_pass;
use super::shop::Shop;
use crate::data::{self, Source, Table, column_name};
use crate::diag::{At, Finding, Problem, Spot, any_error};
use crate::limits::Limit;
use crate::spec::campaign::{Content, Piece, Value};
use crate::spec::words::Words;
use crate::template::format::{Field, Format};
use crate::template::placeholders;
use std::collections::BTreeSet;

impl Shop<'_> {
    /// The piece's table, and whether it is broken; `Err` where it cannot be used at all.
    pub(super) fn table(&mut self, piece: &Piece) -> Result<Option<(Table, bool)>, ()> {
        let Some(piece_data) = &piece.data else {
            // What is said of records without any has been told.
            return if piece.checks.is_empty() { Ok(None) } else { Err(()) };
        };
        let (found, spot) = match (&self.options.data, &piece_data.file) {
            (Some(path), _) => (self.files.given(path, Limit::TableBytes), Spot { file: "--data".into(), ..Spot::default() }),
            (None, Some(path)) => (self.files.user(&path.value, Limit::TableBytes), path.spot.clone()),
            (None, None) => return Err(()),
        };
        let found = match found {
            Ok(found) => found,
            Err(problem) => {
                self.findings.push(Finding::at(spot, problem));
                return Err(());
            }
        };
        let (sheet, header) = (piece_data.sheet.as_ref(), piece_data.header.as_ref());
        let source = Source { file: &found.name, bytes: &found.bytes, sheet, header, limits: self.files.limits };
        let (mut table, findings) = data::read(&if self.options.data.is_some() { source.in_place() } else { source });
        let mut broken = any_error(&findings);
        self.findings.extend(findings);
        if table.columns.is_empty() {
            return Err(());
        }
        if self.findings.iter().any(|f| f.place.spot.file == table.file && matches!(f.problem, Problem::MergedCells { header: true, .. })) {
            // Without names of columns nothing of the table is known.
            self.findings.retain(|f| f.place.spot.file != table.file || !matches!(f.problem, Problem::CellsBeside { .. }));
            return Err(());
        }
        let wanted = self.wanted_columns(piece);
        let mut missing: Vec<String> = wanted.iter().filter(|name| !table.columns.contains(name)).cloned().collect();
        let uses = missing.len();
        missing.dedup();
        if let Some(row) = (missing.len() > 1).then(|| data::header_in_rows(&table, &missing)).flatten() {
            let line = table.records.first().map_or(1, |record| record.line.saturating_sub(1).max(1));
            let spot = Spot { file: table.file.clone(), at: At { line, column: 1 } };
            // A title above the columns may have its cells merged, and is no header then.
            let follows = |p: &Problem| matches!(p, Problem::MergedCells { header: true, .. } | Problem::DuplicateColumn { .. });
            self.findings.retain(|f| f.place.spot.file != table.file || !follows(&f.problem));
            self.findings.push(Finding::at(spot, Problem::HeaderElsewhere { row, columns: missing }));
            return Err(());
        }
        // One that is named in one place is told there.
        if uses > 1 && !broken {
            let line = table.records.first().map_or(1, |record| record.line.saturating_sub(1).max(1));
            let spot = Spot { file: table.file.clone(), at: At { line, column: 1 } };
            let known: Vec<String> = table.columns.iter().filter(|column| !column.is_empty()).cloned().collect();
            let missing = missing.into_iter().map(|name| (name.clone(), data::nearest_column(&name, &known))).collect();
            self.findings.push(Finding::at(spot, Problem::ColumnsMissing { missing, known }));
            return Err(());
        }
        let wrong = data::check(&table, &piece.checks, &self.told_of_fields(piece, &table));
        let serial = piece.checks.serial.as_ref().filter(|_| !table.records.is_empty());
        let wrong: Vec<Finding> = wrong.into_iter().chain(serial.and_then(|serial| data::add_serials(&mut table, serial))).collect();
        // What is no record breaks every rule of records.
        let trailing = data::trailing_rows(&table);
        let is_trailing = |finding: &Finding| trailing.iter().any(|row| row.place.record == finding.place.record);
        let wrong = wrong.into_iter().filter(|finding| finding.place.record.is_none() || !is_trailing(finding));
        let mut wrong: Vec<Finding> = wrong.chain(trailing.iter().cloned()).collect();
        let allow = may_pass(self.options, self.campaign, Some(piece));
        wrong.iter_mut().for_each(|finding| finding.allow(&allow));
        broken |= any_error(&wrong);
        self.findings.extend(wrong);
        table.records.retain(|record| !trailing.iter().any(|row| row.place.record == Some(record.number)) || !broken);
        let records = table.records.len();
        if !broken && !self.select(&mut table) {
            return Err(());
        }
        self.findings.extend(serial.and_then(|serial| data::gaps(&table, serial, records)));
        // Rows of the wrong length are told; the others are still checked.
        table.records.retain(|r| r.cells.len() == table.columns.len());
        broken |= self.proofread_table(piece, &table);
        if table.records.is_empty() { Err(()) } else { Ok(Some((table, broken))) }
    }

    /// Columns that a piece names, in its checks and in its own content, in order, each as often as it is named.
    fn wanted_columns(&self, piece: &Piece) -> Vec<String> {
        let checks = &piece.checks;
        let named = checks.required.iter().chain(checks.patterns.iter().map(|(name, _)| name)).chain(checks.unique.iter().flatten());
        let named = named.map(|name| column_name(&name.value));
        let texts = piece.content.text.iter().flat_map(|(_, value)| value.words());
        let texts = texts.flat_map(|words| words.all()).chain(piece.content.qr.iter().flat_map(|(_, payload)| payload.texts()));
        let filled = texts.chain(&piece.file).flat_map(|text| placeholders(&text.value)).map(column_name);
        let format = self.formats.get(&piece.format.value).and_then(Option::as_ref);
        let is_field = |name: &String| format.is_some_and(|format| format.field(name.split('.').next().unwrap_or(name)).is_some());
        let mut names: Vec<String> = named.chain(filled.filter(|name| !is_field(name) && name != "serial")).collect();
        names.sort();
        names
    }

    /// Of each column, whether a piece may print what stands in it. A format of one's own may name any.
    pub(super) fn used_columns(&self, piece: &Piece, table: &Table) -> Vec<bool> {
        let format = self.formats.get(&piece.format.value).and_then(Option::as_ref);
        let is_own =
            |format: &Format| format.sizes.iter().flat_map(|size| &size.sides).any(|side| !side.root.spot.file.starts_with("builtin:"));
        let content = &self.campaign.content;
        let texts = content.text.iter().flat_map(|(_, value)| value.words()).flat_map(Words::all);
        let texts = texts.chain(content.qr.iter().flat_map(|(_, payload)| payload.texts()));
        let texts = texts.chain([content, &piece.content].into_iter().flat_map(|content| &content.images).map(|(_, path)| path));
        let inks = [&self.campaign.palette, &piece.palette].into_iter().flat_map(|palette| &palette.filled).map(|(_, text)| text);
        let named = texts.chain(inks).flat_map(|text| placeholders(&text.value)).map(column_name);
        let named: BTreeSet<String> = self.wanted_columns(piece).into_iter().chain(named).collect();
        let is_field = |name: &str| format.is_none_or(|format| is_own(format) || format.field(name).is_some());
        let is_used = |column: &String| named.contains(column) || is_field(column.split('.').next().unwrap_or(column));
        table.columns.iter().map(is_used).collect()
    }

    /// Columns whose empty cells are told anyway: of a field that must have content, and that they alone fill.
    fn told_of_fields(&self, piece: &Piece, table: &Table) -> Vec<usize> {
        let format = self.formats.get(&piece.format.value).and_then(Option::as_ref);
        let required = format.into_iter().flat_map(|format| &format.fields).filter(|field| field.required);
        let column = |field: &Field| {
            let texts = |content: &Content| content.text.iter().find(|(name, _)| name.value == field.name).map(|(_, value)| value.clone());
            let own = texts(&piece.content);
            match own.or_else(|| table.column(&field.name).is_err().then(|| texts(&self.campaign.content))?) {
                Some(Value::Words(words)) => {
                    let text = words.in_some(self.campaign.languages.first()?).trim().strip_prefix("{{")?.strip_suffix("}}")?;
                    table.column(text).ok()
                }
                Some(Value::List(_)) => None,
                None => table.column(&field.name).ok(),
            }
        };
        required.filter_map(column).collect()
    }

    /// Keeps the records that were asked for; false where they are not there, which is told.
    fn select(&mut self, table: &mut Table) -> bool {
        let range = self.options.records.map(|(first, last)| ("--records", table.keep_range(first, last)));
        let only = self.options.only.iter().map(|(column, value)| ("--where", table.keep_where(column, value)));
        let told: Vec<(&str, Result<(), Problem>)> = range.into_iter().chain(only).collect();
        let problems = told.into_iter().filter_map(|(option, kept)| Some((option, kept.err()?)));
        let found: Vec<Finding> = problems.map(|(option, p)| Finding::at(Spot { file: option.into(), ..Spot::default() }, p)).collect();
        let sound = found.is_empty();
        self.findings.extend(found);
        sound
    }
}
