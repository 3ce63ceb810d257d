//! The outside world: files beside the campaign, and what is compiled in. User files come first.

use crate::diag::Problem;
use crate::limits::{Limit, Limits};
use rust_embed::{Embed, EmbeddedFile};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// What a render may ask of the outside world.
pub trait World: Sync {
    /// The bytes of a file; `path` as given by the user or joined to the campaign's folder. Of one that has more than
    /// `most` bytes, the first `most + 1` are enough to tell.
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Problem>;
    /// Where a file or folder really is, all links followed; none where a world has no links, or nothing is there.
    fn real(&self, path: &str) -> Option<PathBuf> {
        let _ = path;
        None
    }
    /// Names of the files in a folder, sorted; empty where there is no such folder.
    fn list(&self, folder: &str) -> Vec<String>;
    /// Today, `2026-11-26`; none where a world has no days. It is for judgements alone: no file for print
    /// holds anything of it.
    fn today(&self) -> Option<String> {
        None
    }
}

/// The file system.
pub struct Disk;

impl World for Disk {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Problem> {
        // A pipe would be waited for, a device never ends.
        let read = std::fs::metadata(path).and_then(|about| match about.is_file() {
            true => {
                let mut bytes = Vec::new();
                File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes).map(|_| bytes)
            }
            false if about.is_dir() => Err(ErrorKind::IsADirectory.into()),
            false => Err(ErrorKind::InvalidInput.into()),
        });
        read.map_err(|e| match e.kind() {
            ErrorKind::NotFound => Problem::FileMissing { path: path.into(), meant: None },
            _ => Problem::FileUnreadable { path: path.into(), why: e.to_string() },
        })
    }

    fn real(&self, path: &str) -> Option<PathBuf> {
        std::fs::canonicalize(if path.is_empty() { "." } else { path }).ok()
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.filter_map(|e| e.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    fn today(&self) -> Option<String> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok().map(day)
    }
}

/// The day of a time in seconds since 1970 (UTC), by the civil calendar.
pub fn day(seconds: i64) -> String {
    // Days are counted from 0000-03-01, so that leap days end a year.
    let days = seconds.div_euclid(86_400) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let (day, month) = (day_of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Files held in memory, by path: for servers and tests.
#[derive(Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl World for Memory {
    fn read(&self, path: &str, _: u64) -> Result<Vec<u8>, Problem> {
        self.0.get(path).cloned().ok_or_else(|| Problem::FileMissing { path: path.into(), meant: None })
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        self.0.keys().filter_map(|k| k.strip_prefix(&prefix)).filter(|k| !k.contains('/')).map(String::from).collect()
    }
}

#[derive(Embed)]
#[folder = "templates"]
struct Templates;

#[derive(Embed)]
#[folder = "fonts"]
struct Fonts;

#[derive(Embed)]
#[folder = "assets/icc"]
struct Profiles;

#[derive(Embed)]
#[folder = "assets/icons"]
struct Icons;

#[derive(Embed)]
#[folder = "assets/illustrations"]
struct Illustrations;

#[derive(Embed)]
#[folder = "assets/schema"]
struct Schemas;

/// The bytes of a file under the name by which findings speak of it: a path, or `builtin:…`.
pub fn read_named(world: &dyn World, name: &str) -> Option<Vec<u8>> {
    match name.strip_prefix("builtin:templates/") {
        Some(path) => Templates::get(path).map(|file| file.data.into_owned()),
        None => world.read(name, Limits::default().of(Limit::YamlBytes)).ok(),
    }
}

/// Files seen from one campaign. What it names lies in its own folder, or in those that whoever runs it lets in: a
/// campaign is not always of one's own making.
pub struct Files<'w> {
    world: &'w dyn World,
    folder: String,
    campaign: String,
    /// Other folders that files may come from.
    let_in: Vec<String>,
    /// What the files may cost.
    pub limits: Limits,
}

/// A file found, and the name under which findings speak of it.
pub struct Found {
    /// Path, or `builtin:…`.
    pub name: String,
    /// Content.
    pub bytes: Cow<'static, [u8]>,
}

impl<'w> Files<'w> {
    /// Files beside the campaign at `path`.
    pub fn beside(world: &'w dyn World, path: &str) -> Files<'w> {
        let folder = Path::new(path).parent().and_then(Path::to_str).unwrap_or("").to_string();
        Files { world, folder, campaign: path.into(), let_in: Vec::new(), limits: Limits::default() }
    }

    /// The same, within these bounds, with files from these folders too.
    pub fn within(self, limits: Limits, let_in: &[String]) -> Files<'w> {
        Files { limits, let_in: let_in.to_vec(), ..self }
    }

    /// Today, where the world knows it.
    pub fn today(&self) -> Option<String> {
        self.world.today()
    }

    /// A path of the campaign's folder as the world knows it.
    pub fn path(&self, name: &str) -> String {
        if self.folder.is_empty() || Path::new(name).is_absolute() { name.into() } else { format!("{}/{name}", self.folder) }
    }

    /// Reads a file that the campaign names; `pictures\logo.svg` is `pictures/logo.svg` on every system.
    pub fn user(&self, name: &str, bound: Limit) -> Result<Found, Problem> {
        let named = [name.to_string(), name.replace('\\', "/")];
        let mut missing = Problem::FileMissing { path: self.path(name), meant: None };
        for name in &named[..if named[0] == named[1] { 1 } else { 2 }] {
            let path = self.path(name);
            if !self.is_let_in(&path) {
                return Err(Problem::OutsideFolder { path: name.clone(), meant: self.meant(name) });
            }
            match self.given(&path, bound) {
                Err(Problem::FileMissing { path, .. }) => missing = Problem::FileMissing { path, meant: None },
                found => return found,
            }
        }
        match missing {
            Problem::FileMissing { .. } => Err(Problem::FileMissing { path: self.path(name), meant: self.meant(name) }),
            other => Err(other),
        }
    }

    /// Whether a path leads into the campaign's folder, or into one that was let in: as it is written, and where links
    /// lead. What a name says of drives and servers of Windows counts on every system.
    fn is_let_in(&self, path: &str) -> bool {
        let has_drive = |path: &str| path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
        let own = path.strip_prefix(&format!("{}/", self.folder)).unwrap_or(path);
        // No server is asked for what is not to be had from any.
        let plain = |path: &str| path.replace('\\', "/").to_lowercase();
        let may_ask = !plain(own).starts_with("//") || self.let_in.iter().any(|folder| plain(own).starts_with(&plain(folder)));
        let real = || self.world.real(path);
        let let_in = || self.let_in.iter().filter_map(|folder| self.world.real(folder));
        if may_ask && !self.let_in.is_empty() && real().is_some_and(|real| let_in().any(|folder| real.starts_with(folder))) {
            return true;
        }
        let written = plain_path(path);
        let folders = || std::iter::once(&self.folder).chain(&self.let_in);
        let is_below = |folder: &Path| {
            written.strip_prefix(folder).is_ok_and(|rest| rest.components().all(|part| matches!(part, Component::Normal(_))))
        };
        let leads_in = |folder: &String| is_below(&plain_path(folder)) || self.world.real(folder).is_some_and(|real| is_below(&real));
        if has_drive(own) || own.starts_with("\\\\") || !folders().any(leads_in) {
            return false;
        }
        real().is_none_or(|real| folders().filter_map(|folder| self.world.real(folder)).any(|folder| real.starts_with(folder)))
    }

    /// Names in a folder of the campaign; none of one that a link leads out to.
    fn list(&self, folder: &str) -> Vec<String> {
        let path = self.path(folder);
        if self.is_let_in(&path) { self.world.list(&path) } else { Vec::new() }
    }

    /// What lies beside the campaign and was probably meant: in other capitals, with another ending, or one folder down.
    fn meant(&self, name: &str) -> Option<String> {
        let name = name.replace('\\', "/");
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
        let stem = |file: &str| file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase();
        let listed = |folder: &str| self.list(if folder.is_empty() { "." } else { folder });
        let whole = |folder: &str, file: &str| if folder.is_empty() { file.to_string() } else { format!("{folder}/{file}") };
        let here = listed(folder);
        let alike = here.iter().find(|found| found.to_lowercase() == file.to_lowercase());
        let same_stem = || here.iter().find(|found| stem(found) == stem(file) && found.contains('.') && !file.is_empty());
        if let Some(found) = alike.or_else(same_stem) {
            return Some(whole(folder, found));
        }
        let beside = listed("");
        if beside.iter().any(|found| found.to_lowercase() == file.to_lowercase()) && !folder.is_empty() {
            return Some(file.to_string());
        }
        // Folders have no ending, mostly; and a folder of photographs is not a campaign's.
        let mut folders = beside.iter().filter(|name| !name.contains('.')).take(50);
        folders.find(|inner| listed(inner).iter().any(|found| found.to_lowercase() == file.to_lowercase())).map(|inner| whole(inner, file))
    }

    /// Reads a file whose path stands as it is, and whoever runs this has named.
    pub fn given(&self, path: &str, bound: Limit) -> Result<Found, Problem> {
        let bytes = self.world.read(path, self.limits.of(bound))?;
        self.limits.hold(bound, bytes.len() as u64, path)?;
        Ok(Found { name: path.into(), bytes: bytes.into() })
    }

    /// A format (folder `""`), press (`"press/"`) or sheet (`"sheets/"`) by name: beside the campaign, in its
    /// `templates/`, or built in.
    pub fn template(&self, folder: &str, name: &str) -> Result<Option<Found>, Problem> {
        if !is_plain(name) {
            return Ok(None);
        }
        let name = format!("{folder}{name}");
        self.first(
            &[format!("{name}.yaml"), format!("templates/{name}.yaml")],
            Limit::YamlBytes,
            || Templates::get(&format!("{name}.yaml")),
            &format!("templates/{name}.yaml"),
        )
    }

    /// Names of the formats (folder `""`), presses (`"press/"`) or sheets (`"sheets/"`) that there are: beside the campaign, and built in.
    pub fn templates(&self, folder: &str) -> Vec<String> {
        let beside = [folder.to_string(), format!("templates/{folder}")].into_iter().flat_map(|place| {
            let place = place.trim_end_matches('/').to_string();
            let names = self.list(if place.is_empty() { "." } else { &place });
            names.into_iter().map(move |name| if place.is_empty() { name } else { format!("{place}/{name}") })
        });
        let is_one = |path: &String| {
            // Beside a campaign lie campaigns too.
            let is_format = |found: Found| found.bytes.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"format:"));
            path.ends_with(".yaml") && (!folder.is_empty() || self.user(path, Limit::YamlBytes).is_ok_and(is_format))
        };
        let stem = |path: String| path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).map(String::from);
        let mut names: Vec<String> = beside.filter(is_one).filter_map(stem).chain(builtin_templates(folder)).collect();
        names.sort();
        names.dedup();
        names
    }

    /// An icon or illustration: `icons/…` beside the campaign, or built in.
    pub fn drawing(&self, name: &str) -> Result<Option<Found>, Problem> {
        if !is_plain(name) {
            return Ok(None);
        }
        let file = format!("{name}.svg");
        self.first(
            &[format!("icons/{file}")],
            Limit::SvgBytes,
            || Icons::get(&file).or_else(|| Illustrations::get(&file)),
            &format!("assets/{file}"),
        )
    }

    fn first(
        &self,
        places: &[String],
        bound: Limit,
        builtin: impl Fn() -> Option<EmbeddedFile>,
        label: &str,
    ) -> Result<Option<Found>, Problem> {
        // A campaign called `leaflet.yaml` is not the format that it asks for.
        for place in places.iter().filter(|place| self.path(place) != self.campaign) {
            match self.user(place, bound) {
                Ok(found) => return Ok(Some(found)),
                Err(Problem::FileMissing { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(builtin().map(|f| Found { name: format!("builtin:{label}"), bytes: f.data }))
    }

    /// Fonts in the campaign's `fonts/` folder.
    pub fn font_folder(&self) -> Vec<String> {
        let names = self.list("fonts");
        names
            .into_iter()
            .filter(|n| matches!(n.to_ascii_lowercase().rsplit_once('.'), Some((_, "ttf" | "otf"))))
            .map(|n| format!("fonts/{n}"))
            .collect()
    }
}

/// A path without `.`, and without `..` behind a folder.
fn plain_path(path: &str) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Whether a name is a plain word, which cannot lead out of its folder.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// A colour profile compiled in, and the same deflated, where it is kept so.
pub fn builtin_profile(name: &str) -> Option<(Found, Option<Cow<'static, [u8]>>)> {
    let found = Found { name: format!("builtin:assets/icc/{name}"), bytes: Profiles::get(name)?.data };
    Some((found, Profiles::get(&format!("{name}.zlib")).map(|file| file.data)))
}

/// Kinds of YAML that have a JSON Schema, in the order in which they are offered.
pub const SCHEMAS: [&str; 5] = ["campaign", "format", "press", "sheet", "printer"];

/// The JSON Schema (draft 7) of a kind of YAML, by which editors complete and check it. `campaign.schema.json` is what
/// its file is called.
pub fn builtin_schema(kind: &str) -> Option<Found> {
    let file = format!("{kind}.schema.json");
    Some(Found { bytes: Schemas::get(&file)?.data, name: format!("builtin:assets/schema/{file}") })
}

/// The fonts compiled in, by file name.
pub fn builtin_fonts() -> Vec<Found> {
    let mut names: Vec<_> = Fonts::iter().filter(|n| n.ends_with(".ttf")).collect();
    names.sort();
    names.iter().filter_map(|n| Some(Found { name: format!("builtin:fonts/{n}"), bytes: Fonts::get(n)?.data })).collect()
}

/// Names of the built-in formats (`""`), presses (`press/`) or sheets (`sheets/`).
pub fn builtin_templates(folder: &str) -> Vec<String> {
    stems(Templates::iter(), folder)
}

/// Names of the built-in drawings.
pub fn builtin_drawings() -> Vec<String> {
    stems(Icons::iter().chain(Illustrations::iter()), "")
}

fn stems(paths: impl Iterator<Item = Cow<'static, str>>, folder: &str) -> Vec<String> {
    let stem = |path: Cow<'static, str>| {
        let name = path.strip_prefix(folder)?.rsplit_once('.').filter(|(_, kind)| matches!(*kind, "yaml" | "svg"))?.0.to_string();
        (!name.contains('/')).then_some(name)
    };
    let mut names: Vec<String> = paths.filter_map(stem).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_a_day() {
        for (seconds, date) in
            [(0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_597_017_600, "2020-08-10"), (4_102_444_799, "2099-12-31")]
        {
            assert_eq!(day(seconds), date);
        }
    }
}
