//! What the pieces of one run name, each read once.

use super::Options;
use crate::color::{Condition, Paint, Plate, Profile, Space, Unfit};
use crate::diag::{Finding, Kind, Located, Problem, Spot, any_error, nearest};
use crate::files::{Files, Found, builtin_profile};
use crate::limits::{Limit, Limits};
use crate::spec::campaign::{Campaign, Piece};
use crate::spec::press::{self, IccSpec, Press, Standard};
use crate::spec::printer::Printer;
use crate::spec::sheet::{self as sheet_spec, Imposition, NO_SHEET, SheetSpec};
use crate::template::format::{self, Format};
use crate::text::{Compounds, Fonts};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

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
    pub(super) bytes: AtomicU64,
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

    pub(super) fn format(&mut self, name: &Located<String>) -> Option<Format> {
        self.once((Kind::Format, ""), name, |shop| &mut shop.formats, format::read)
    }

    pub(super) fn press(&mut self, name: &Located<String>) -> Option<Press> {
        self.once((Kind::Press, "press/"), name, |shop| &mut shop.presses, press::read)
    }

    pub(super) fn sheet(&mut self, name: &Located<String>) -> Option<SheetSpec> {
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
    pub(super) fn condition(&mut self, press: &Press) -> Option<Condition> {
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
    pub(super) fn plates_agree(&mut self, piece: &Piece, format: &Format, press: &Press) -> bool {
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
    pub(super) fn imposition(&self, piece: &Piece, press: &Press) -> Option<Imposition> {
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
}
