//! The pieces of a campaign, made one after another.

use super::make::{Made, of_job};
use super::shop::Shop;
use super::{Artwork, Event, Proof, Watch};
use crate::color::{Condition, Space};
use crate::diag::{Finding, Kind, Located, Problem, Spot, nearest};
use crate::limits::Limit;
use crate::preview;
use crate::spec::campaign::{Content, Piece};
use crate::spec::press::Press;
use crate::spec::sheet::{Imposition, SheetSpec};
use crate::spec::words::Words;
use crate::template::bind::Job;
use crate::template::format::{FieldKind, Format};
use crate::template::size::SizeSpec;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

/// What was left undone: so many files of a piece, or all that it has.
struct Left {
    files: usize,
    piece: bool,
}

/// What a piece is set with.
struct Setting<'s> {
    size: &'s SizeSpec,
    press: &'s Press,
    on: Option<(Imposition, SheetSpec)>,
    condition: Condition,
    /// Whether its plates are the same wherever they are named.
    agrees: bool,
}

impl Shop<'_> {
    pub(super) fn make_all(&mut self, watch: &mut Watch<'_>) {
        let names = || self.campaign.pieces.iter().map(|p| p.name.value.as_str());
        for name in &self.options.pieces {
            if !names().any(|n| n == name) {
                let problem = Problem::UnknownName {
                    kind: Kind::Piece,
                    name: name.clone(),
                    nearest: nearest(name, names()),
                    known: names().map(String::from).collect(),
                };
                self.findings.push(Finding::at(Spot { file: "--piece".into(), ..Spot::default() }, problem));
            }
        }
        let chosen = |p: &&Piece| self.options.pieces.is_empty() || self.options.pieces.contains(&p.name.value);
        let pieces: Vec<&Piece> = self.campaign.pieces.iter().filter(chosen).collect();
        // Before anything is made: a slip in the campaign's own content is a slip in every piece.
        for piece in &pieces {
            self.format(&piece.format);
        }
        // What another piece is for is no slip, though that piece is not made now.
        let told = self.findings.len();
        for piece in &self.campaign.pieces {
            self.format(&piece.format);
        }
        self.findings.truncate(told);
        self.broken |= self.check_content(&self.campaign.content, &self.campaign.pieces);
        if pieces.len() < self.campaign.pieces.len() {
            let set: Vec<_> = self.campaign.content.text.iter().filter(|(n, _)| &*n.spot.file == "--set").cloned().collect();
            let chosen: Vec<Piece> = pieces.iter().map(|p| (*p).clone()).collect();
            self.broken |= self.check_content(&Content { text: set, ..Content::default() }, &chosen);
        }
        self.broken |= self.proofread_campaign();
        let mut files = HashSet::new();
        for (done, piece) in pieces.iter().enumerate() {
            if let ControlFlow::Break(Left { files, piece: this }) = self.make_piece(piece, &mut files, watch) {
                let pieces = pieces.len() - done - 1 + usize::from(this);
                let stopped = (files + pieces > 0).then_some(Problem::Stopped { files, pieces });
                self.findings.extend(stopped.map(|problem| Finding::at(piece.name.spot.clone(), problem)));
                break;
            }
        }
    }

    /// Content that no format of its pieces has a field for, or in a language that the campaign does not
    /// speak, is a slip of the pen. True if there is any.
    fn check_content(&mut self, content: &Content, pieces: &[Piece]) -> bool {
        let formats: Option<Vec<&Format>> = pieces.iter().map(|p| self.formats.get(&p.format.value)?.as_ref()).collect();
        let Some(formats) = formats else { return false };
        let of_kind = |fits: fn(&FieldKind) -> bool| -> Vec<&str> {
            let mut names: Vec<&str> = formats.iter().flat_map(|f| &f.fields).filter(|f| fits(&f.kind)).map(|f| f.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let texts = of_kind(|k| matches!(k, FieldKind::Text | FieldKind::List { .. }));
        let codes = of_kind(|k| matches!(k, FieldKind::Qr { .. }));
        let images = of_kind(|k| matches!(k, FieldKind::Image));
        let given = (content.text.iter().map(|(n, _)| (n, &texts)))
            .chain(content.qr.iter().map(|(n, _)| (n, &codes)))
            .chain(content.images.iter().map(|(n, _)| (n, &images)));
        let stray = given.filter(|(name, known)| !known.contains(&name.value.as_str()));
        let sections = [("text", &texts), ("qr", &codes), ("images", &images)];
        let found: Vec<Finding> = stray
            .map(|(name, known)| {
                if let Some((section, _)) = sections.iter().find(|(_, names)| names.contains(&name.value.as_str())) {
                    return Finding::at(name.spot.clone(), Problem::WrongSection { field: name.value.clone(), section });
                }
                let near = nearest(&name.value, known.iter().copied());
                let known = known.iter().map(|k| k.to_string()).collect();
                Finding::at(name.spot.clone(), Problem::UnknownName { kind: Kind::Field, name: name.value.clone(), nearest: near, known })
            })
            .collect();
        let words = content.text.iter().flat_map(|(_, value)| value.words());
        let unspoken: Vec<(&str, &Spot)> =
            words.flat_map(Words::languages).filter(|(language, _)| !self.campaign.languages.iter().any(|l| l == language)).collect();
        let (mut doubts, mut told) = (Vec::new(), Vec::new());
        let mut errors = found;
        for (language, spot) in unspoken {
            // Where the languages are named, others are put by on purpose, or forgotten.
            match self.campaign.languages_given {
                false => errors.push(Finding::at(spot.clone(), Problem::UnusedLanguage { language: language.into() })),
                true if told.contains(&language) || self.languages_in_doubt() => {}
                true => {
                    told.push(language);
                    doubts.push(Finding::at(spot.clone(), Problem::LanguageUnprinted { language: language.into() }));
                }
            }
        }
        let any = !errors.is_empty();
        self.findings.extend(errors.into_iter().chain(doubts));
        any
    }

    /// Whether what names the languages has been told to be wrong.
    fn languages_in_doubt(&self) -> bool {
        self.campaign_findings.iter().any(|finding| match &finding.problem {
            Problem::UnknownName { kind: Kind::Language, .. } => true,
            Problem::UnknownKey { nearest, .. } => nearest.as_deref() == Some("languages"),
            Problem::WrongType { key, .. } => key == "languages",
            _ => false,
        })
    }

    /// Makes the files of a piece and hands them out: all of them, or none, unless it is broken off. Names in `files` are
    /// taken, in small letters: not every file system tells them from capitals.
    fn make_piece(&mut self, piece: &Piece, files: &mut HashSet<String>, watch: &mut Watch<'_>) -> ControlFlow<Left> {
        let table = self.table(piece);
        let presses: Vec<Option<Press>> = match self.options.presses.as_slice() {
            [] => piece.press.iter().map(|name| self.press(name)).collect(),
            named => named
                .iter()
                .map(|n| self.press(&Located { value: n.clone(), spot: Spot { file: "--press".into(), ..Spot::default() } }))
                .collect(),
        };
        let Some(format) = self.format(&piece.format) else { return ControlFlow::Continue(()) };
        let stray = self.check_content(&piece.content, std::slice::from_ref(piece)) | self.proofread_piece(piece, &format);
        let sizes = self.sizes(piece, &format);
        let Ok(table) = table else { return ControlFlow::Continue(()) };
        let broken = self.broken || stray || table.as_ref().is_some_and(|(_, broken)| *broken);
        let presses: Vec<Press> = presses.into_iter().flatten().collect();
        if self.options.proof != Proof::Off && presses.iter().any(|press| press.space == Space::Cmyk) {
            rayon::spawn(|| drop(preview::ready_inks()));
        }
        let settings: Vec<Option<Setting<'_>>> = sizes
            .iter()
            .flat_map(|size| presses.iter().map(move |press| (size, press)))
            .map(|at| self.setting(piece, &format, at))
            .collect();
        let mut whole = settings.iter().all(Option::is_some);
        let (campaign, fonts, world) = (self.campaign, self.fonts, self.files);
        let mut jobs = Vec::new();
        for setting in settings.iter().flatten() {
            let table = table.as_ref().map(|(table, _)| table);
            let Setting { size, press, condition, .. } = setting;
            jobs.push((setting, Job { condition, campaign, piece, format: &format, size, press, table, fonts, files: world }));
        }
        let mut made = Vec::new();
        for (setting, job) in &jobs {
            let one = self.make(job, setting.on.as_ref().map(|(how, sheet)| (how, sheet)), broken, watch);
            if let Some(Made::BrokenOff) = one {
                return ControlFlow::Break(Left { files: 0, piece: true });
            }
            whole &= setting.agrees && one.is_some();
            made.extend(one.map(|one| (job, one)));
        }
        // A piece is delivered whole or not at all.
        let mut made = made.into_iter().filter(|_| whole);
        while let Some((job, one)) = made.next() {
            let goes_on = match one {
                Made::Whole(artwork) if files.insert(artwork.file.to_lowercase()) => {
                    let (goes_on, over) = self.hand_out(job, artwork, watch);
                    self.findings.extend(over);
                    goes_on.map_break(|()| 0)
                }
                Made::Split(split) if files.insert(split.folder.to_lowercase()) => self.split(job, &split, watch),
                Made::Whole(artwork) => {
                    self.findings.push(Finding::at(piece.name.spot.clone(), Problem::SameFile { file: artwork.file }));
                    ControlFlow::Continue(())
                }
                Made::Split(split) => {
                    self.findings.push(Finding::at(piece.name.spot.clone(), Problem::SameFile { file: split.folder }));
                    ControlFlow::Continue(())
                }
                Made::Nothing | Made::BrokenOff => ControlFlow::Continue(()),
            };
            goes_on.map_break(|files| Left { files: files + made.by_ref().map(|(_, one)| one.files()).sum::<usize>(), piece: false })?;
        }
        ControlFlow::Continue(())
    }

    /// Hands out a finished file, unless there is more by now than there may be: then the run is broken off.
    pub(super) fn hand_out(&self, job: &Job<'_>, artwork: Box<Artwork>, watch: &mut Watch<'_>) -> (ControlFlow<()>, Option<Finding>) {
        let bytes = self.bytes.fetch_add(artwork.bytes.len() as u64, Ordering::Relaxed) + artwork.bytes.len() as u64;
        match self.options.limits.hold(Limit::OutputBytes, bytes, &artwork.file) {
            Ok(()) => (watch(Event::Made(artwork)), None),
            Err(problem) => (ControlFlow::Break(()), Some(of_job(Finding::at(job.piece.name.spot.clone(), problem), job))),
        }
    }

    /// What a piece is set with in a size on a press; none where it cannot be, which is told.
    fn setting<'s>(&mut self, piece: &Piece, format: &Format, (size, press): (&'s SizeSpec, &'s Press)) -> Option<Setting<'s>> {
        let on = match self.imposition(piece, press) {
            Some(how) => {
                let sheet = self.sheet(&how.sheet)?;
                Some((how, sheet))
            }
            None => None,
        };
        let condition = self.condition(press)?;
        Some(Setting { size, press, on, condition, agrees: self.plates_agree(piece, format, press) })
    }

    /// The sizes that a piece asks for and the format has.
    fn sizes(&mut self, piece: &Piece, format: &Format) -> Vec<SizeSpec> {
        if piece.sizes.is_empty() {
            return format.sizes.first().cloned().into_iter().collect();
        }
        let mut sizes = Vec::new();
        for name in &piece.sizes {
            match format.size(&name.value) {
                Some(size) => sizes.push(size),
                None => {
                    let known = format.size_names();
                    let near = nearest(&name.value, known.iter().map(String::as_str));
                    let problem = Problem::UnknownName { kind: Kind::Size, name: name.value.clone(), nearest: near, known };
                    self.findings.push(Finding::at(name.spot.clone(), problem));
                }
            }
        }
        sizes
    }
}
