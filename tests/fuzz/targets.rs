//! What is fuzzed: each function takes any bytes, and panics where something is wrong with what comes of them.

use hayro::hayro_syntax::Pdf;
use rayon::ThreadPoolBuilder;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::OnceLock;
use toroi::color::{Colour, Condition, Profile, Space};
use toroi::data::{self, Source, Table};
use toroi::diag::{Finding, Lang, Located, Spot, any_error};
use toroi::drawing::{Drawing, Inks};
use toroi::files::{Files, Memory};
use toroi::geom::Rect;
use toroi::inspect;
use toroi::limits::{Limit, Limits};
use toroi::page::Segment;
use toroi::picture::{Picture, Pixels};
use toroi::render::{Options, render};
use toroi::spec::campaign::{self, Campaign};
use toroi::spec::press::{self, Press};
use toroi::template::bind::{Binding, Job};
use toroi::template::format::{self, Format};
use toroi::template::starter::{Wish, starter};
use toroi::text::Fonts;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A target.
pub type Target = fn(&[u8]);

/// One input of so many is rendered whole, which takes a hundred times as long as reading it.
const RENDERED: u64 = 1024;
/// Pieces of a campaign, and sizes of a format, that are bound.
const BOUND: usize = 2;
/// Findings that are put into words.
const WORDED: usize = 6;
/// Pixels of a picture.
const PIXELS: u64 = 1 << 14;
/// Sides of a page, pt: a page of A4 takes a thousand times as long to be searched.
const SIDE: f32 = 30.0;
/// One PDF of small pages in so many has its pages drawn.
const DRAWN: u64 = 512;
/// One PDF of larger pages in so many is looked at.
const LARGE: u64 = 2048;

thread_local! {
    /// Panics of this thread, and whether they are of our own making.
    static PANICS: RefCell<Vec<(bool, String)>> = const { RefCell::new(Vec::new()) };
}

/// Makes this thread do all the work itself and note its panics.
pub fn ready() {
    static HOOK: OnceLock<()> = OnceLock::new();
    HOOK.get_or_init(|| {
        std::panic::set_hook(Box::new(|panic| PANICS.with_borrow_mut(|all| all.push((is_ours(panic), panic.to_string())))))
    });
    // The pool is to live as long as the thread.
    std::mem::forget(ThreadPoolBuilder::new().num_threads(1).use_current_thread().build());
}

/// Libraries that read pictures, workbooks and PDFs may panic where that is caught.
fn is_ours(panic: &PanicHookInfo<'_>) -> bool {
    panic.location().is_none_or(|at| !["/registry/src/", "/rustc/"].iter().any(|elsewhere| at.file().contains(elsewhere)))
}

/// What is wrong with what comes of an input: a panic of our own code, caught or not, or one of a library that is not caught.
pub fn fault(target: Target, bytes: &[u8]) -> Option<String> {
    PANICS.with_borrow_mut(Vec::clear);
    let outcome = catch_unwind(AssertUnwindSafe(|| target(bytes)));
    PANICS.with_borrow(|panics| panics.iter().find(|(ours, _)| *ours || outcome.is_err()).map(|(_, words)| words.clone()))
}

/// The same for the fuzzer, which stops at it.
#[allow(dead_code)]
pub fn run(target: Target, bytes: &[u8]) {
    if let Some(fault) = fault(target, bytes) {
        eprintln!("{fault}");
        std::process::abort();
    }
}

/// What inputs are bound to and made for.
struct Desk {
    world: Memory,
    fonts: Fonts,
    inks: Condition,
    screen: Condition,
    press: Press,
    office: Press,
    format: Format,
    table: Table,
}

/// A format of all kinds of boxes.
pub const FORMAT: &str = include_str!("desk/bien.yaml");
const TABLE: &[u8] = include_bytes!("desk/ho.csv");

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let press = |name: &str| {
            let world = Memory::default();
            let found = Files::beside(&world, "").template("press/", name).unwrap().unwrap();
            press::read(&found.name, &found.bytes, &Limits::default()).0.unwrap()
        };
        Desk {
            world: Memory(besides()),
            fonts: Fonts::load(Vec::new()).0,
            inks: Condition::builtin(Space::Cmyk, 3.0).unwrap(),
            screen: Condition::screen().unwrap(),
            press: press("offset"),
            office: press("office"),
            format: format::read("bien.yaml", FORMAT.as_bytes(), &Limits::default()).0.unwrap(),
            table: data::read(&Source::of("ho.csv", TABLE)).0,
        }
    })
}

/// What lies beside a campaign.
fn besides() -> BTreeMap<String, Vec<u8>> {
    let files: [(&str, &[u8]); 4] = [
        ("bien.yaml", FORMAT.as_bytes()),
        ("ho.csv", TABLE),
        ("logo.svg", include_bytes!("../cases/good/image-svg/logo.svg")),
        ("anh.png", include_bytes!("../cases/good/image-png-with-alpha/logo.png")),
    ];
    files.into_iter().map(|(name, bytes)| (name.to_string(), bytes.to_vec())).collect()
}

/// Whether an input is one of so many: always the same ones.
fn one_in(most: u64, bytes: &[u8]) -> bool {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    (hash >> 32).is_multiple_of(most)
}

/// Whatever is told has words, a remedy and a place.
fn tell(findings: &[Finding]) {
    for finding in findings.iter().take(WORDED) {
        assert!(!finding.place.spot.file.is_empty(), "{finding:?} has no place");
        for lang in [Lang::Vi, Lang::En] {
            assert!(!finding.message(lang).trim().is_empty() && !finding.hint(lang).trim().is_empty(), "{finding:?} says nothing");
        }
    }
}

/// A campaign: read, its pieces bound to a format, and a few of them rendered.
pub fn campaign(bytes: &[u8]) {
    let (campaign, findings) = campaign::read("campaign.yaml", bytes, &Limits::default());
    tell(&findings);
    let Some(campaign) = campaign else {
        return assert!(any_error(&findings), "nothing is read, and nothing told");
    };
    bind(&campaign, &desk().format);
    if one_in(RENDERED, bytes) {
        render_beside([("campaign.yaml", bytes)]);
    }
}

/// A format: read, its own samples bound to it, and a few rendered.
pub fn format(bytes: &[u8]) {
    // A format bears the name of its file.
    let text = String::from_utf8_lossy(bytes);
    let name = text.lines().find_map(|line| line.strip_prefix("format:")).map_or("bien", str::trim);
    let file = format!("{name}.yaml");
    let (format, findings) = format::read(&file, bytes, &Limits::default());
    tell(&findings);
    let Some(format) = format else {
        return assert!(any_error(&findings), "nothing is read, and nothing told");
    };
    format.size_names();
    let first = starter(&format, &Wish::default(), if bytes.len().is_multiple_of(2) { Lang::Vi } else { Lang::En });
    let (campaign, _) = campaign::read("campaign.yaml", first.campaign.as_bytes(), &Limits::default());
    campaign.iter().for_each(|campaign| bind(campaign, &format));
    if one_in(RENDERED, bytes) {
        render_beside([(file.as_str(), bytes), ("campaign.yaml", first.campaign.as_bytes())]);
    }
}

fn bind(campaign: &Campaign, format: &Format) {
    let desk = desk();
    let files = Files::beside(&desk.world, "campaign.yaml");
    for (i, piece) in campaign.pieces.iter().take(BOUND).enumerate() {
        let (press, condition) = if i == 0 { (&desk.office, &desk.screen) } else { (&desk.press, &desk.inks) };
        let named = piece.sizes.first().and_then(|size| format.size(&size.value));
        let Some(size) = named.as_ref().or(format.sizes.get(i)).or(format.sizes.first()) else { continue };
        let table = piece.data.is_some().then_some(&desk.table);
        let job = Job { campaign, piece, format, size, press, condition, table, fonts: &desk.fonts, files: &files };
        tell(&Binding::new(&job).bind(table.and_then(|table| table.records.first())).findings);
    }
}

fn render_beside<const N: usize>(inputs: [(&str, &[u8]); N]) {
    let mut files = besides();
    files.extend(inputs.map(|(name, bytes)| (name.to_string(), bytes.to_vec())));
    let outcome = render(&Memory(files), "campaign.yaml", &Options::default());
    tell(&outcome.findings);
    assert!(!outcome.artworks.is_empty() || any_error(&outcome.findings), "nothing is made, and nothing told");
    assert!(outcome.artworks.iter().all(|artwork| artwork.bytes.starts_with(b"%PDF-") && artwork.pages > 0));
}

/// A table, whose first byte chooses its ending and what is said of it, held to the checks of a piece.
pub fn data(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let ending = ["csv", "xlsx", "ods", "jsonl", "json", "tsv", "xlsm", "txt"][usize::from(choice & 7)];
    let spot = Spot { file: "campaign.yaml".into(), ..Spot::default() };
    let (header, sheet) = (Located { value: 2, spot: spot.clone() }, Located { value: "Xe".to_string(), spot });
    let packed = packed(bytes);
    let bytes = packed.as_deref().unwrap_or(bytes);
    let file = format!("xe.{ending}");
    let header = (choice & 8 > 0).then_some(&header);
    let sheet = (choice & 16 > 0).then_some(&sheet);
    let (mut table, findings) = data::read(&Source { sheet, header, ..Source::of(&file, bytes) });
    tell(&findings);
    assert!(table.records.is_sorted_by(|a, b| a.number < b.number && a.line <= b.line), "records are out of order");
    let whole = table.records.iter().all(|record| record.cells.len() == table.columns.len());
    assert!(whole || !findings.is_empty(), "a row is not whole, and nothing told");
    let asked =
        "campaign: xe\npieces: {tem: {format: bien, data: xe.csv, unique: so, required: [so, ten], pattern: {so: K-001}, serial: L-0001}}";
    let campaign = campaign::read("campaign.yaml", asked.as_bytes(), &Limits::default()).0.unwrap();
    let checks = &campaign.pieces[0].checks;
    tell(&data::check(&table, checks, &[]));
    checks.serial.iter().for_each(|serial| tell(data::add_serials(&mut table, serial).as_slice()));
}

/// A workbook whose parts are given in plain text, as no change of a packed one would get past its sums: each part
/// begins with `--- ` and its name.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"--- ")?);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for part in text.split("\n--- ") {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name, options).ok()?;
        archive.write_all(content.as_bytes()).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

/// A drawing, laid into a rectangle.
pub fn svg(bytes: &[u8]) {
    let Ok((drawing, _)) = Drawing::read(bytes, &Limits::default()) else { return };
    let own = drawing.colours().into_iter().map(|rgb| (rgb, Colour::Rgb(rgb.map(|v| f64::from(v) / 255.0)))).collect();
    let paths = drawing.paths(&Inks::Own(own), Rect { x: 10.0, y: 10.0, w: 100.0, h: 100.0 });
    let is_whole = |segment: &Segment| match segment {
        Segment::Move(x, y) | Segment::Line(x, y) => x.is_finite() && y.is_finite(),
        Segment::Curve(points) => points.iter().all(|v| v.is_finite()),
        Segment::Rect(r) => [r.x, r.y, r.w, r.h].iter().all(|v| v.is_finite()),
        Segment::Close => true,
    };
    assert!(paths.iter().all(|path| path.segments.iter().all(is_whole)), "a path leads to infinity");
}

/// A picture, or the profile of a press; the first byte chooses which, and for which press.
pub fn image(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    if choice & 2 > 0 {
        return profile(bytes);
    }
    // So that most of the time is not spent on filling pixels.
    let limits = Limits::default().with(Limit::ImagePixels, PIXELS);
    let condition = if choice & 1 > 0 { &desk().inks } else { &desk().screen };
    let Ok(picture) = Picture::read("anh.png", bytes, condition, &limits) else { return };
    let pixels = picture.width as usize * picture.height as usize;
    let whole = match &picture.pixels {
        Pixels::Gray(values) => values.len() == pixels,
        Pixels::Rgb(values) => values.len() == 3 * pixels,
        Pixels::Cmyk(values) => values.len() == 4 * pixels,
        Pixels::Jpeg { channels, .. } => matches!(channels, 1 | 3 | 4),
    };
    assert!(whole && picture.alpha.as_ref().is_none_or(|alpha| alpha.len() == pixels), "pixels are missing");
    assert!((0.0..=1.0).contains(&picture.luminance(0.5, 1.0)));
}

fn profile(bytes: &[u8]) {
    if let Ok(profile) = Profile::press(Cow::Owned(bytes.to_vec()), None) {
        assert!(profile.inks([200, 30, 90]).iter().chain([&profile.black(90)]).all(|ink| (0.0..=1.0).contains(ink)));
    }
}

/// A PDF, looked at and judged. Large pages are few, as they are drawn.
pub fn inspect(bytes: &[u8]) {
    if !has_small_pages(bytes) && !one_in(LARGE, bytes) {
        return;
    }
    // To draw a page and to look for codes takes a hundred times as long as all else.
    let drawn = u64::from(one_in(DRAWN, bytes));
    match inspect::inspect(bytes.to_vec(), &Limits::default().with(Limit::PdfDrawn, drawn)) {
        Ok(found) => [None, Some(&desk().press)].iter().for_each(|press| tell(&inspect::judge(&found, "x.pdf", *press))),
        Err(why) => tell(&[inspect::refused("x.pdf", why)]),
    }
}

fn has_small_pages(bytes: &[u8]) -> bool {
    let sides = |pdf: &Pdf| pdf.pages().iter().flat_map(|page| <[f32; 2]>::from(page.render_dimensions())).collect::<Vec<f32>>();
    // What cannot be opened costs nothing.
    let sides = catch_unwind(|| Pdf::new(bytes.to_vec()).ok().map(|pdf| sides(&pdf))).ok().flatten().unwrap_or_default();
    sides.iter().all(|side| *side <= SIDE) && !bytes.windows(9).any(|word| word == b"/UserUnit")
}
