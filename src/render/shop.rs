//! What the pieces of one run name, each read once.

use super::make::{Made, of_job};
use super::{Artwork, Event, Options, Proof, Watch};
use crate::color::{Condition, Paint, Plate, Profile, Space, Unfit};
use crate::diag::{Finding, Kind, Located, Problem, Spot, any_error, nearest};
use crate::files::{Files, Found, builtin_profile};
use crate::limits::{Limit, Limits};
use crate::preview;
use crate::spec::campaign::{Campaign, Content, Piece};
use crate::spec::press::{self, IccSpec, Press, Standard};
use crate::spec::printer::Printer;
use crate::spec::sheet::{self as sheet_spec, Imposition, NO_SHEET, SheetSpec};
use crate::spec::words::Words;
use crate::template::bind::Job;
use crate::template::format::{self, FieldKind, Format};
use crate::template::size::SizeSpec;
use crate::text::{Compounds, Fonts};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What all pieces of one run share.
pub(super) struct Shop<'a> {
    pub(super) campaign: &'a Campaign,
    pub(super) options: &'a Options,
    pub(super) files: &'a Files<'a>,
    pub(super) fonts: &'a Fonts,
    pub(super) compounds: &'a Compounds,
    /// The printer on the desk.
    pub(super) printer: Option<&'a Printer>,
    pub(super) formats: HashMap<String, Option<Format>>,
    pub(super) presses: HashMap<String, Option<Press>>,
    pub(super) sheets: HashMap<String, Option<SheetSpec>>,
    /// By name of the profile; none where it is unfit, which has been told.
    pub(super) profiles: HashMap<String, Option<Arc<Profile>>>,
    pub(super) findings: Vec<Finding>,
    /// What was found when the campaign was read.
    pub(super) campaign_findings: Vec<Finding>,
    /// The campaign itself has an error: pieces are still checked, none is made.
    pub(super) broken: bool,
    /// Bytes of the files that have been made.
    bytes: AtomicU64,
}

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

impl<'a> Shop<'a> {
    /// A shop that has made nothing yet, without a printer.
    pub(super) fn new(
        campaign: &'a Campaign,
        options: &'a Options,
        files: &'a Files<'a>,
        (fonts, compounds): (&'a Fonts, &'a Compounds),
    ) -> Shop<'a> {
        Shop {
            campaign,
            options,
            files,
            fonts,
            compounds,
            printer: None,
            formats: HashMap::new(),
            presses: HashMap::new(),
            sheets: HashMap::new(),
            profiles: HashMap::new(),
            findings: Vec::new(),
            campaign_findings: Vec::new(),
            broken: false,
            bytes: AtomicU64::new(0),
        }
    }
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

    /// Reads a template once; says what it is when there is none of that name.
    fn template(&mut self, kind: Kind, folder: &str, name: &Located<String>) -> Option<Found> {
        let (problem, spot) = match self.files.template(folder, &name.value) {
            Ok(Some(found)) => return Some(found),
            Ok(None) => {
                let known = self.files.templates(folder);
                let near = nearest(&name.value, known.iter().map(String::as_str));
                (Problem::UnknownName { kind, name: name.value.clone(), nearest: near, known }, name.spot.clone())
            }
            Err(problem) => (problem, name.spot.clone()),
        };
        self.findings.push(Finding::at(spot, problem));
        None
    }

    fn format(&mut self, name: &Located<String>) -> Option<Format> {
        self.once((Kind::Format, ""), name, |shop| &mut shop.formats, format::read)
    }

    fn press(&mut self, name: &Located<String>) -> Option<Press> {
        self.once((Kind::Press, "press/"), name, |shop| &mut shop.presses, press::read)
    }

    fn sheet(&mut self, name: &Located<String>) -> Option<SheetSpec> {
        self.once((Kind::Sheet, "sheets/"), name, |shop| &mut shop.sheets, sheet_spec::read)
    }

    /// Reads a template of a kind from its folder, once. Where it cannot be used, that is told at every place that names
    /// it.
    fn once<T: Clone>(
        &mut self,
        (kind, folder): (Kind, &str),
        name: &Located<String>,
        kept: impl Fn(&mut Self) -> &mut HashMap<String, Option<T>>,
        read: impl Fn(&str, &[u8], &Limits) -> (Option<T>, Vec<Finding>),
    ) -> Option<T> {
        match kept(self).get(&name.value) {
            Some(Some(known)) => Some(known.clone()),
            Some(None) => {
                self.template(kind, folder, name);
                None
            }
            None => {
                let found = self.template(kind, folder, name).map(|found| read(&found.name, &found.bytes, &self.options.limits));
                let value = found.and_then(|(value, findings)| self.sound(value, findings));
                kept(self).insert(name.value.clone(), value.clone());
                value
            }
        }
    }

    /// What the colours of a press are made for: the campaign's profile goes before that of the press.
    fn condition(&mut self, press: &Press) -> Option<Condition> {
        let own = match press.space {
            Space::Cmyk => self.campaign.icc.as_ref().or(press.icc.as_ref()),
            Space::Rgb => None,
        };
        let key = own.map_or_else(|| format!("{:?}", press.space), |spec| format!("{} {:?}", spec.file.value, spec.condition));
        if !self.profiles.contains_key(&key) {
            let read = match own {
                Some(spec) => self.profile(spec),
                None => Profile::builtin(press.space),
            };
            let profile = match read {
                Ok(profile) => Some(Arc::new(profile)),
                Err(problem) => {
                    let spot = own.map_or_else(Spot::default, |spec| spec.file.spot.clone());
                    self.findings.push(Finding::at(spot, problem));
                    None
                }
            };
            self.profiles.insert(key.clone(), profile);
        }
        let profile = self.profiles[&key].clone()?;
        if press.standard == Standard::X1a && profile.is_of_version_4() {
            let spot = own.map_or_else(Spot::default, |spec| spec.file.spot.clone());
            let path = own.map_or(Profile::builtin_name(press.space).0, |spec| &spec.file.value).to_string();
            self.findings.push(Finding::at(spot, Problem::IccUnfit { path, why: Unfit::TooNew }));
            return None;
        }
        Some(Condition { space: press.space, profile, ink: press.limits.ink })
    }

    fn profile(&self, spec: &IccSpec) -> Result<Profile, Problem> {
        match self.files.user(&spec.file.value, Limit::IccBytes) {
            Ok(found) => {
                let path = found.name;
                Profile::press(found.bytes, spec.condition.clone()).map_err(|why| Problem::IccUnfit { path, why })
            }
            Err(Problem::FileMissing { path, meant }) => match builtin_profile(&spec.file.value) {
                Some(_) => {
                    let profile = Profile::compiled_in(&spec.file.value, spec.condition.clone())?;
                    profile.fits_a_press().map_err(|why| Problem::IccUnfit { path, why })?;
                    Ok(profile)
                }
                None => Err(Problem::FileMissing { path, meant }),
            },
            Err(other) => Err(other),
        }
    }

    /// Whether every ink with a plate of its own is one and the same thing wherever it is named.
    fn plates_agree(&mut self, piece: &Piece, format: &Format, press: &Press) -> bool {
        let mut known: Vec<&Arc<Plate>> = press.spots.all().collect();
        let mut agree = true;
        for (name, paint) in piece.palette.paints.iter().chain(&self.campaign.palette.paints).chain(&format.palette) {
            let Paint::Spot(plate) = paint else { continue };
            match known.iter().find(|other| other.name.eq_ignore_ascii_case(&plate.name)) {
                Some(other) if other != &plate => {
                    agree = false;
                    self.findings.push(Finding::at(name.spot.clone(), Problem::SpotClash { name: plate.name.clone() }));
                }
                Some(_) => {}
                None => known.push(plate),
            }
        }
        agree
    }

    /// The sheet that a piece is set on, if any: the user's, its own, or the press's. What is shown as it is once cut
    /// is on none.
    fn imposition(&self, piece: &Piece, press: &Press) -> Option<Imposition> {
        if press.as_cut {
            return None;
        }
        let own = piece.sheet.clone();
        let named = match &self.options.sheet {
            Some(name) => {
                let sheet = Located { value: name.clone(), spot: Spot { file: "--sheet".into(), ..Spot::default() } };
                // Margins are those of the sheet that they were written for.
                let (order, flip) = own.map_or((None, None), |own| (own.order, own.flip));
                Some(Imposition { order, flip, ..Imposition::on(sheet) })
            }
            None => own.or_else(|| press.sheet.clone().map(Imposition::on)),
        };
        named.filter(|how| how.sheet.value != NO_SHEET)
    }

    /// What was read, if nothing was wrong with it.
    pub(super) fn sound<T>(&mut self, read: Option<T>, findings: Vec<Finding>) -> Option<T> {
        let sound = !any_error(&findings);
        self.findings.extend(findings);
        read.filter(|_| sound)
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
