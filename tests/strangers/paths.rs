//! Campaigns of strangers: what they name leads nowhere but into their own folder, and what they call a file stays there.

use super::limits::FORMAT;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Component, Path, PathBuf};
use toroi::diag::{Finding, Problem};
use toroi::files::{Disk, Memory, World};
use toroi::render::{Options, render};

/// A folder with a campaign's folder in it, and beside that what nobody may have.
struct Place(PathBuf);

const SECRET: &str = "title\nMật\n";

impl Place {
    fn new(name: &str) -> Place {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("paths").join(name);
        let _ = fs::remove_dir_all(&root);
        for folder in ["campaign/pictures", "campaign/fonts", "secret/templates", "shared"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        let place = Place(root);
        let own = place.0.join("campaign");
        fs::write(own.join("the.yaml"), FORMAT).unwrap();
        fs::write(own.join("pictures/logo.svg"), LOGO).unwrap();
        for folder in ["secret", "shared"] {
            for (file, text) in [("mat.csv", SECRET), ("mat.svg", LOGO), ("mat.yaml", FORMAT), ("mat.ttf", "x"), ("mat.icc", "x")] {
                fs::write(place.0.join(folder).join(file), text).unwrap();
            }
        }
        symlink(place.0.join("secret"), own.join("dir")).unwrap();
        symlink("../secret", own.join("pictures/dir")).unwrap();
        for kind in ["csv", "svg", "ttf", "icc"] {
            symlink(place.0.join(format!("secret/mat.{kind}")), own.join(format!("link.{kind}"))).unwrap();
            symlink(format!("link.{kind}"), own.join(format!("second.{kind}"))).unwrap();
        }
        place
    }

    fn path(&self) -> String {
        self.0.join("campaign/campaign.yaml").display().to_string()
    }

    fn findings(&self, campaign: &str, options: &Options) -> Vec<Finding> {
        fs::write(self.path(), campaign).unwrap();
        let outcome = render(&Disk, &self.path(), options);
        let is_error = outcome.findings.iter().any(|finding| finding.severity() == toroi::diag::Severity::Error);
        assert!(outcome.artworks.is_empty() || !is_error, "{:?}", outcome.findings);
        outcome.findings
    }
}

const LOGO: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M1 1h8v8z"/></svg>"#;

#[test]
fn parts_of_a_piece_with_a_long_name_are_files_of_their_own() {
    let place = Place::new("long-names");
    let piece = "a".repeat(240);
    fs::write(place.path(), format!("campaign: c\npieces:\n  {piece}:\n    format: the\n    press: [office, screen]\n    data: ten.csv\n"))
        .unwrap();
    fs::write(place.0.join("campaign/ten.csv"), "title\nMột\nHai\n").unwrap();
    let files = |part: usize| {
        let outcome = render(&Disk, &place.path(), &Options { shard: Some((part, 2)), sheet: Some("none".into()), ..Options::default() });
        outcome.artworks.into_iter().map(|artwork| artwork.file).collect::<Vec<String>>()
    };
    let all = [files(1), files(2)].concat();
    assert_eq!(all.len(), 4);
    for (file, end) in all.iter().zip(["-office-1of2.pdf", "-screen-1of2.pdf", "-office-2of2.pdf", "-screen-2of2.pdf"]) {
        assert!(file.ends_with(end) && file.len() < 220, "{file}");
    }
}

/// Paths that lead out of a campaign's folder, for a file with this ending.
fn ways_out(root: &Path, kind: &str) -> Vec<String> {
    let root = root.display();
    [
        "../secret/mat.KIND".to_string(),
        "./../secret/mat.KIND".into(),
        "pictures/../../secret/mat.KIND".into(),
        "pictures/./.././../secret/mat.KIND".into(),
        "pictures//..//..//secret/mat.KIND".into(),
        "../campaign/../secret/mat.KIND".into(),
        "..\\secret\\mat.KIND".into(),
        "pictures\\..\\..\\secret\\mat.KIND".into(),
        "pictures/..\\../secret\\mat.KIND".into(),
        format!("{root}/secret/mat.KIND"),
        format!("{root}/campaign/../secret/mat.KIND"),
        format!("//{root}/secret/mat.KIND"),
        "/etc/passwd.KIND".into(),
        "/proc/self/environ.KIND".into(),
        "C:/secret/mat.KIND".into(),
        "C:\\secret\\mat.KIND".into(),
        "c:mat.KIND".into(),
        "\\\\server\\share\\mat.KIND".into(),
        "//server/share/mat.KIND".into(),
        "\\\\?\\C:\\secret\\mat.KIND".into(),
        "\\\\.\\PhysicalDrive0.KIND".into(),
        "dir/mat.KIND".into(),
        "pictures/dir/mat.KIND".into(),
        "pictures/dir/../mat.KIND".into(),
        "link.KIND".into(),
        "second.KIND".into(),
        "./pictures/../second.KIND".into(),
    ]
    .into_iter()
    .map(|path| path.replace("KIND", kind))
    .collect()
}

/// What no path leads to: refused as such, or not there, and nothing of it is told.
fn is_kept_out(findings: &[Finding]) -> bool {
    let kept = |finding: &Finding| matches!(finding.problem, Problem::OutsideFolder { .. } | Problem::FileMissing { meant: None, .. });
    findings.iter().any(kept) && findings.iter().all(|finding| !format!("{finding:?}").contains("Mật"))
}

#[test]
fn pictures_tables_fonts_and_profiles_come_from_the_campaigns_folder_alone() {
    let place = Place::new("named");
    let piece = "pieces:\n  the:\n    format: the\n    press: offset\n";
    let mut tried = 0;
    for (kind, campaign) in [
        ("svg", format!("campaign: c\n{piece}    text: {{title: a}}\n    images: {{logo: 'PATH'}}\n")),
        ("csv", format!("campaign: c\n{piece}    data: 'PATH'\n")),
        ("ttf", format!("campaign: c\nfonts: ['PATH']\n{piece}    text: {{title: a}}\n")),
        ("icc", format!("campaign: c\nicc: {{file: 'PATH', condition: FOGRA39}}\n{piece}    text: {{title: a}}\n")),
    ] {
        for path in ways_out(&place.0, kind) {
            let findings = place.findings(&campaign.replace("PATH", &path), &Options::default());
            assert!(is_kept_out(&findings), "{path}: {findings:?}");
            tried += 1;
        }
    }
    assert!(tried >= 100, "{tried}");
}

#[test]
fn a_cell_of_a_table_leads_no_further_than_the_campaign() {
    let place = Place::new("cells");
    let campaign =
        "campaign: c\npieces:\n  the:\n    format: the\n    press: office\n    data: ten.csv\n    images: {logo: '{{ hinh }}'}\n";
    for path in ways_out(&place.0, "svg") {
        fs::write(place.0.join("campaign/ten.csv"), format!("title,hinh\na,pictures/logo.svg\nb,{path}\n")).unwrap();
        let findings = place.findings(campaign, &Options::default());
        assert!(is_kept_out(&findings), "{path}: {findings:?}");
    }
}

#[test]
fn names_of_formats_presses_sheets_and_drawings_are_no_paths() {
    let place = Place::new("words");
    let own = place.0.join("campaign");
    symlink(place.0.join("secret/mat.yaml"), own.join("mat.yaml")).unwrap();
    for name in ["../secret/mat", "/etc/passwd", "..\\secret\\mat", "dir/mat", "C:mat", "mat", "./the"] {
        for (key, more) in [("format", "press: office"), ("format: the, press", ""), ("format: the, press: offset, sheet", "")] {
            let more = if more.is_empty() { String::new() } else { format!(", {more}") };
            let campaign = format!("campaign: c\npieces:\n  a: {{{key}: '{name}'{more}, text: {{title: a}}}}\n");
            let findings = place.findings(&campaign, &Options::default());
            let refused = |finding: &Finding| matches!(finding.problem, Problem::UnknownName { .. } | Problem::OutsideFolder { .. });
            assert!(findings.iter().any(refused), "{key} {name}: {findings:?}");
        }
    }
    for name in ["../secret/mat", "../../secret/mat"] {
        let format = FORMAT.replace("- image: {value: logo, height: 15mm, when: \"{{ logo }}\"}", &format!("- icon: {{value: '{name}'}}"));
        fs::write(own.join("the.yaml"), format).unwrap();
        let findings = place.findings("campaign: c\npieces:\n  a: {format: the, text: {title: a}}\n", &Options::default());
        assert!(findings.iter().any(|f| matches!(f.problem, Problem::UnknownName { .. })), "{findings:?}");
    }
}

/// A link out of the folder shows not even the names of what lies there.
#[test]
fn no_names_of_other_folders_are_told() {
    let place = Place::new("listed");
    let own = place.0.join("campaign");
    fs::remove_dir(own.join("fonts")).unwrap();
    for name in ["fonts", "templates", "icons", "press"] {
        symlink(place.0.join("secret"), own.join(name)).unwrap();
    }
    for campaign in [
        "campaign: c\npieces: {the: {format: thee, press: offsett, text: {title: a}}}\n",
        "campaign: c\npieces: {the: {format: the, press: offset, text: {title: a}, images: {logo: fonts/Mat.svg}}}\n",
    ] {
        let findings = place.findings(campaign, &Options::default());
        assert!(!findings.is_empty() && !format!("{findings:?}").contains("mat."), "{findings:?}");
        assert!(findings.iter().all(|finding| !finding.hint(toroi::diag::Lang::En).contains("mat")), "{findings:?}");
    }
}

#[test]
fn folders_that_are_let_in_may_be_named_however_they_are_reached() {
    let place = Place::new("from");
    let named = |path: &str| {
        format!(
            "campaign: c\npieces:\n  the:\n    format: the\n    press: office\n    text: {{title: a}}\n    images: {{logo: '{path}'}}\n"
        )
    };
    let shared = place.0.join("shared").display().to_string();
    let from = |folder: &str| Options { from: vec![folder.to_string()], ..Options::default() };
    for path in ["../shared/mat.svg".to_string(), format!("{shared}/mat.svg"), "pictures/../../shared/mat.svg".into()] {
        assert_eq!(place.findings(&named(&path), &from(&shared)), [], "{path}");
        assert!(is_kept_out(&place.findings(&named(&path), &Options::default())), "{path}");
        assert!(is_kept_out(&place.findings(&named(&path.replace("shared", "secret")), &from(&shared))), "{path}");
    }
    // What lies in its own folder needs no leave, by links or by `..` that end there.
    symlink("logo.svg", place.0.join("campaign/pictures/same.svg")).unwrap();
    for path in ["pictures/logo.svg", "./pictures/logo.svg", "pictures\\logo.svg", "pictures/../pictures/logo.svg", "pictures/same.svg"] {
        assert_eq!(place.findings(&named(path), &Options::default()), [], "{path}");
    }
    // A campaign may be reached by a link.
    symlink(place.0.join("campaign"), place.0.join("by-link")).unwrap();
    fs::write(place.path(), named("pictures/logo.svg")).unwrap();
    let outcome = render(&Disk, &place.0.join("by-link/campaign.yaml").display().to_string(), &Options::default());
    assert_eq!(outcome.findings, []);
}

#[test]
fn a_world_without_links_keeps_to_its_folder_too() {
    let files =
        [("c/campaign.yaml", "campaign: c\npieces: {a: {format: the, data: ../mat.csv}}\n"), ("c/the.yaml", FORMAT), ("mat.csv", SECRET)];
    let world = Memory(files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).into());
    assert!(is_kept_out(&render(&world, "c/campaign.yaml", &Options::default()).findings));
}

#[test]
fn drawings_open_nothing() {
    let place = Place::new("drawings");
    let own = place.0.join("campaign");
    for href in ["file:///etc/passwd", "/etc/passwd", "../secret/mat.svg", "http://example.org/a.png", "data:image/svg+xml,<svg/>"] {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10"><path d="M1 1h8v8z"/><image href="{href}" width="9" height="9"/><use href="{href}#a"/></svg>"#
        );
        fs::write(own.join("a.svg"), svg).unwrap();
        let campaign = "campaign: c\npieces: {the: {format: the, text: {title: a}, images: {logo: a.svg}}}\n";
        let findings = place.findings(campaign, &Options::default());
        assert!(findings.iter().any(|f| matches!(f.problem, Problem::DrawingLoss { .. } | Problem::ImageUnreadable { .. })), "{href}");
    }
    let entity = r#"<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1h8v8z" id="&x;"/></svg>"#;
    fs::write(own.join("a.svg"), entity).unwrap();
    let findings =
        place.findings("campaign: c\npieces: {the: {format: the, text: {title: a}, images: {logo: a.svg}}}\n", &Options::default());
    assert!(!format!("{findings:?}").contains("root:"), "{findings:?}");
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let place = Place::new("devices");
    let pipe = place.0.join("campaign/pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::create_dir_all(place.0.join("campaign/folder.csv")).unwrap();
    for name in ["pipe.csv", "folder.csv"] {
        let findings = place.findings(&format!("campaign: c\npieces: {{the: {{format: the, data: {name}}}}}\n"), &Options::default());
        assert!(matches!(findings[0].problem, Problem::FileUnreadable { .. }), "{findings:?}");
    }
    assert!(matches!(Disk.read("/dev/zero", 10), Err(Problem::FileUnreadable { .. })));
}

#[test]
fn no_more_of_a_file_is_read_than_its_limit() {
    let place = Place::new("large");
    let large = place.0.join("large.csv");
    fs::File::create(&large).unwrap().set_len(1 << 40).unwrap();
    assert_eq!(Disk.read(&large.display().to_string(), 10).unwrap().len(), 11);
}

/// Whatever a table, a format or a campaign calls a file, it lies in the output folder under a name that every system takes.
#[test]
fn files_are_called_by_names_that_lead_nowhere() {
    let hostile = [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\x",
        "C:\\x",
        "C:x",
        "\\\\server\\x",
        "..",
        ".",
        "...",
        ". .",
        "con",
        "NUL",
        "aux.txt",
        "COM1",
        "lpt9.pdf",
        "COM¹",
        "CONOUT$",
        "a\u{202e}fdp.exe",
        "a\u{2066}b",
        "\u{200b}a",
        "a\u{feff}",
        "a\u{2028}b",
        "a\tb",
        "a\u{7f}b",
        "a\u{85}b",
        "a:b",
        "a|b",
        "a<b>",
        "a?b*",
        "a\"b",
        "-rf",
        "~/x",
        "$HOME",
        "`id`",
        "$(id)",
        "a;b",
        "a&b",
        "a%00b",
        ".htaccess",
        "a.",
        "a ",
        " a",
        "\u{a0}a",
        "a\u{e0041}",
        "\u{fff9}a",
    ];
    let long = "ệ".repeat(300);
    for name in hostile.iter().copied().chain([long.as_str()]) {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        let format = FORMAT.replace("        - image: {value: logo, height: 15mm, when: \"{{ logo }}\"}\n", "");
        let files = [
            ("campaign.yaml", "campaign: c\npieces: {the: {format: the, data: ten.csv, file: '{{ ma }}'}}\n".to_string()),
            ("the.yaml", format.clone()),
            ("ten.csv", format!("title,ma\nMột,{quoted}\nHai,b\n")),
        ];
        let world = Memory(files.map(|(name, text)| (name.to_string(), text.into_bytes())).into());
        let outcome = render(&world, "campaign.yaml", &Options { split: true, ..Options::default() });
        let names: Vec<&str> = outcome.artworks.iter().map(|artwork| artwork.file.as_str()).collect();
        assert!(names.iter().all(|name| is_safe(name)), "{name:?}: {names:?}");
        assert!(!names.is_empty() || outcome.findings.iter().any(|f| f.problem == Problem::NoName), "{name:?}: {:?}", outcome.findings);

        // A size of a format of one's own.
        let sizes = format.replace("  nho: {trim: 90x60mm}", &format!("  {}: {{trim: 90x60mm}}\n  nho: {{trim: 90x60mm}}", yaml(name)));
        let campaign = format!("campaign: c\npieces: {{the: {{format: the, size: [{}, nho], text: {{title: a}}}}}}\n", yaml(name));
        let world = Memory([("campaign.yaml".to_string(), campaign.into_bytes()), ("the.yaml".to_string(), sizes.into_bytes())].into());
        let outcome = render(&world, "campaign.yaml", &Options::default());
        assert!(outcome.artworks.iter().all(|artwork| is_safe(&artwork.file)), "{name:?}");
    }
}

/// A text of YAML in double quotes.
fn yaml(text: &str) -> String {
    let signs = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() || u32::from(c) > 0x7f => format!("\\U{:08x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", signs.collect::<String>())
}

fn is_safe(file: &str) -> bool {
    let part = |part: Component<'_>| {
        let Component::Normal(name) = part else { return false };
        let name = name.to_str().unwrap();
        let stem = name.split('.').next().unwrap().to_uppercase();
        let device = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM1", "COM¹", "LPT9"].contains(&stem.as_str());
        let odd =
            |c: char| c.is_control() || "\\:*?\"<>|\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{fff9}".contains(c) || u32::from(c) >= 0xe0000;
        name.len() <= 255 && !device && !name.contains(odd) && !name.ends_with(['.', ' ']) && !name.starts_with(['.', ' '])
    };
    !file.contains("//") && Path::new(file).components().all(part)
}
