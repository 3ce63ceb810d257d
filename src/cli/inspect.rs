//! `toroi inspect`.

use super::exit_code;
use super::report::{Report, decimal, deliver, say};
use super::world::{STDIN, stdin};
use serde_json::{Value, json};
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, Problem};
use toroi::files::{Disk, Files, World};
use toroi::geom::{Rect, to_mm};
use toroi::inspect::{Code, Inspected, LeftOut, Page, PageBox, Picture, Source, inspect, judge, refused};
use toroi::limits::{Limit, Limits};
use toroi::spec::press::{self, Press};

/// Columns of the table of codes.
const COLUMNS: usize = 6;

/// Looks at files, and tells what they are and what a print shop would mind.
pub fn tell(paths: &[String], press: Option<&str>, json: bool, limits: &Limits, lang: Lang) -> ExitCode {
    let mut findings = Vec::new();
    let found = press.map(|name| find(name, &mut findings));
    // By a press that is not there nothing can be judged.
    let paths = if matches!(found, Some(None)) { &[] } else { paths };
    let press = found.flatten();
    let mut told = Vec::new();
    let most = limits.of(Limit::PdfBytes);
    for path in paths {
        let (path, bytes) = if path == "-" { (STDIN, stdin(most)) } else { (path.as_str(), Disk.read(path, most)) };
        let found = match bytes {
            Ok(bytes) => inspect(bytes, limits).map_err(|why| refused(path, why)),
            Err(problem) => Err(Finding::in_file(path, problem)),
        };
        match found {
            Ok(found) => {
                findings.extend(judge(&found, path, press.as_ref()));
                if json {
                    told.push(file_json(path, &found));
                } else {
                    people(path, &found, lang);
                }
            }
            Err(finding) => findings.push(finding),
        }
    }
    let report = Report { files: &[], contact: &[], findings: &findings, world: &Disk, lang };
    if json {
        let findings: Vec<Value> = findings.iter().map(|f| report.finding_json(f)).collect();
        let said = format!("{:#}\n", json!({ "files": told, "findings": findings }));
        if let Err(code) = deliver(said.as_bytes(), lang) {
            return code;
        }
    } else {
        let findings: Vec<Finding> = findings.iter().map(|f| in_lang(f, lang)).collect();
        Report { files: &[], contact: &[], findings: &findings, world: &Disk, lang }.people();
    }
    exit_code(&findings)
}

/// A finding whose pages are called so in the language.
fn in_lang(finding: &Finding, lang: Lang) -> Finding {
    let mut finding = finding.clone();
    if lang == Lang::Vi {
        finding.place.side = finding.place.side.map(|side| side.replacen("pages ", "trang ", 1).replacen("page ", "trang ", 1));
    }
    finding
}

/// A press by its name.
fn find(name: &str, findings: &mut Vec<Finding>) -> Option<Press> {
    match Files::beside(&Disk, "").template("press/", name) {
        Ok(Some(found)) => {
            let (press, more) = press::read(&found.name, &found.bytes, &Limits::default());
            findings.extend(more);
            press
        }
        Ok(None) => {
            let known = toroi::files::builtin_templates("press/");
            let nearest = toroi::diag::nearest(name, known.iter().map(String::as_str));
            let problem = Problem::UnknownName { kind: toroi::diag::Kind::Press, name: name.into(), nearest, known };
            findings.push(Finding::in_file("", problem));
            None
        }
        Err(problem) => {
            findings.push(Finding::in_file(name, problem));
            None
        }
    }
}

fn millimetres(rect: &Rect, lang: Lang) -> String {
    format!("{}×{}", decimal(to_mm(rect.w), 1, lang), decimal(to_mm(rect.h), 1, lang))
}

fn people(path: &str, found: &Inspected, lang: Lang) {
    let pick = |vi, en| lang.pick(vi, en);
    let title = found.title.as_ref().map(|t| format!(", “{t}”")).unwrap_or_default();
    let producer = found.producer.as_ref().map(|p| format!(", {p}")).unwrap_or_default();
    let locked = if found.encrypted { pick(", đã mã hóa", ", encrypted") } else { "" };
    say(&format!(
        "{path}: PDF {}, {} {}{title}{producer}{locked}",
        found.version,
        found.page_count,
        pick("trang", if found.page_count == 1 { "page" } else { "pages" })
    ));
    let line = |name: &str, items: &[String]| {
        if !items.is_empty() {
            say(&format!("  {name}: {}", items.join(", ")));
        }
    };
    line(pick("chuẩn", "standards"), &found.standards);
    let intents = found.intents.iter().map(|intent| {
        let profile = match intent.inks {
            Some(inks) => format!("{} {inks}", pick("hồ sơ màu, số mực", "profile, inks:")),
            None => pick("không kèm hồ sơ màu", "no profile").to_string(),
        };
        format!("{} ({}; {profile})", intent.condition.as_deref().unwrap_or("–"), intent.kind)
    });
    line(pick("điều kiện in", "printing conditions"), &intents.collect::<Vec<_>>());
    for alike in found.pages.chunk_by(same_boxes) {
        say(&format!("  {}: {}", range(alike, lang), boxes(&alike[0], lang)));
    }
    let all = |items: &dyn Fn(&Page) -> Vec<String>| {
        let mut seen: Vec<String> = Vec::new();
        for item in found.pages.iter().flat_map(items) {
            if !seen.contains(&item) {
                seen.push(item);
            }
        }
        seen
    };
    let fonts = |page: &Page| {
        let words = |font: &toroi::inspect::Font| {
            let embedded = match (font.embedded, font.subset) {
                (false, _) => pick(", không nhúng", ", not embedded"),
                (true, true) => "",
                (true, false) => pick(", nhúng cả phông", ", whole"),
            };
            format!("{} ({}{embedded})", font.name, font.kind.word())
        };
        page.fonts.iter().map(words).collect()
    };
    line(pick("phông", "fonts"), &all(&fonts));
    line(pick("màu", "colours"), &all(&|page| page.spaces.iter().map(|space| space.words()).collect()));
    line(pick("bản kẽm", "plates"), &all(&|page| page.plates.clone()));
    pictures(found, lang);
    for (vi, en, is) in [
        ("có phần trong suốt", "transparent parts", (|page: &Page| page.transparent) as fn(&Page) -> bool),
        ("có liên kết hay ghi chú", "links or notes", |page: &Page| page.annotations > 0),
    ] {
        let pages: Vec<String> =
            found.pages.chunk_by(|a, b| is(a) == is(b)).filter(|pages| is(&pages[0])).map(|pages| range(pages, lang)).collect();
        line(pick(vi, en), &pages);
    }
    codes(found, lang);
    for left in &found.left_out {
        say(&format!("  {}", left_out(left, lang)));
    }
}

fn same_boxes(a: &Page, b: &Page) -> bool {
    let close = |a: &PageBox, b: &PageBox| {
        let differ = [a.rect.x - b.rect.x, a.rect.y - b.rect.y, a.rect.w - b.rect.w, a.rect.h - b.rect.h];
        a.source == b.source && differ.iter().all(|d| d.abs() < 0.03)
    };
    close(&a.media, &b.media) && close(&a.crop, &b.crop) && close(&a.bleed, &b.bleed) && close(&a.trim, &b.trim) && a.rotate == b.rotate
}

fn range(pages: &[Page], lang: Lang) -> String {
    match pages {
        [one] => format!("{} {}", lang.pick("trang", "page"), one.number),
        [first, .., last] => format!("{} {}–{}", lang.pick("trang", "pages"), first.number, last.number),
        [] => String::new(),
    }
}

fn boxes(page: &Page, lang: Lang) -> String {
    let mut words = vec![format!("{} mm", millimetres(&page.media.rect, lang))];
    if page.crop.source != Source::Default && page.crop.rect != page.media.rect {
        words.push(format!("{} {} mm", lang.pick("hiện", "crop"), millimetres(&page.crop.rect, lang)));
    }
    if page.trim.source == Source::Default {
        words.push(lang.pick("không có khổ cắt", "no trim box").into());
    } else {
        words.push(format!("{} {} mm", lang.pick("khổ cắt", "trim"), millimetres(&page.trim.rect, lang)));
        words.push(format!("{} {} mm", lang.pick("chừa xén", "bleed"), decimal(to_mm(page.bleed_beyond_trim()), 1, lang)));
    }
    if page.rotate != 0 {
        words.push(format!("{} {}°", lang.pick("xoay", "turned"), page.rotate));
    }
    if page.user_unit != 1.0 {
        words.push(format!("UserUnit {}", decimal(page.user_unit, 3, lang)));
    }
    words.join(", ")
}

/// Pictures of one kind on a line.
fn pictures(found: &Inspected, lang: Lang) {
    let kind = |picture: &Picture| match &picture.space {
        Some(space) => format!("{} {} bit", space.words(), picture.bits),
        None if picture.stencil => lang.pick("khuôn một bit", "stencil").to_string(),
        None => "JPEG 2000".into(),
    };
    let mut kinds: Vec<(String, Vec<&Picture>)> = Vec::new();
    for picture in found.pages.iter().flat_map(|page| &page.pictures) {
        let kind = kind(picture);
        match kinds.iter_mut().find(|(name, _)| *name == kind) {
            Some((_, pictures)) => pictures.push(picture),
            None => kinds.push((kind, vec![picture])),
        }
    }
    let words = |(kind, pictures): &(String, Vec<&Picture>)| {
        let least = pictures.iter().map(|p| p.least_ppi()).fold(f64::INFINITY, f64::min);
        let most = pictures.iter().map(|p| p.least_ppi()).fold(0.0, f64::max);
        let ppi = if most - least < 1.0 { format!("{least:.0} ppi") } else { format!("{least:.0}–{most:.0} ppi") };
        format!("{} × {kind}, {ppi}", pictures.len())
    };
    if !kinds.is_empty() {
        say(&format!("  {}: {}", lang.pick("ảnh", "pictures"), kinds.iter().map(words).collect::<Vec<_>>().join("; ")));
    }
}

fn codes(found: &Inspected, lang: Lang) {
    let row = |page: &Page, code: &Code| -> [String; COLUMNS] {
        let mut payload: String = code.payload.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
        if code.payload.chars().count() > 60 {
            payload.push('…');
        }
        let odd = [(code.mirrored, lang.pick(" (lật gương)", " (mirrored)")), (code.inverted, lang.pick(" (âm bản)", " (inverted)"))];
        payload.extend(odd.into_iter().filter(|(is, _)| *is).map(|(_, word)| word));
        [
            page.number.to_string(),
            format!("{} mm", decimal(to_mm(code.side), 1, lang)),
            format!("{} mm", decimal(code.module_mm(), 2, lang)),
            format!("{}-{}", code.version, code.ecc.letter()),
            format!("≤ {} m", decimal(code.reads_from_m(), 2, lang)),
            payload,
        ]
    };
    let rows: Vec<_> = found.pages.iter().flat_map(|page| page.codes.iter().map(move |code| row(page, code))).collect();
    if rows.is_empty() {
        return;
    }
    let head = [
        lang.pick("trang", "page"),
        lang.pick("cạnh", "side"),
        lang.pick("ô", "module"),
        lang.pick("phiên bản", "version"),
        lang.pick("đọc được từ", "reads from"),
        lang.pick("nội dung mã QR", "code says"),
    ]
    .map(String::from);
    let width = |c: usize| rows.iter().chain([&head]).map(|r| r[c].chars().count()).max().unwrap_or(0);
    for row in std::iter::once(&head).chain(&rows) {
        let cells: Vec<String> = (0..COLUMNS).map(|c| format!("{:<w$}", row[c], w = width(c))).collect();
        say(format!("  {}", cells.join("  ")).trim_end());
    }
}

fn left_out(left: &LeftOut, lang: Lang) -> String {
    match (left, lang) {
        (LeftOut::Pages(n), Lang::Vi) => format!("chưa xem: các trang sau trang {n}"),
        (LeftOut::Pages(n), Lang::En) => format!("not looked at: pages after {n}"),
        (LeftOut::Codes(n), Lang::Vi) => format!("chưa tìm mã QR ở các trang sau trang {n}"),
        (LeftOut::Codes(n), Lang::En) => format!("no codes looked for on pages after {n}"),
        (LeftOut::Content(n), Lang::Vi) => format!("trang {n}: nội dung quá nhiều, chỉ xem một phần"),
        (LeftOut::Content(n), Lang::En) => format!("page {n}: too much on it, looked at in part"),
        (LeftOut::SmallCodes(n), Lang::Vi) => format!("trang {n}: khổ quá lớn, chưa tìm mã QR nhỏ"),
        (LeftOut::SmallCodes(n), Lang::En) => format!("page {n}: too large to look for small codes"),
        (LeftOut::Drawing(n), Lang::Vi) => format!("trang {n}: không vẽ được hoặc vẽ quá tốn, chưa tìm mã QR"),
        (LeftOut::Drawing(n), Lang::En) => format!("page {n}: cannot be drawn, or not at a bearable cost; no codes looked for"),
    }
}

/// To a thousandth of a millimetre.
fn mm(points: f64) -> f64 {
    rounded(to_mm(points))
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn rect_json(rect: &Rect) -> Value {
    json!([mm(rect.x), mm(rect.y), mm(rect.w), mm(rect.h)])
}

fn file_json(path: &str, found: &Inspected) -> Value {
    let intents: Vec<Value> =
        found.intents.iter().map(|i| json!({ "kind": i.kind, "condition": i.condition, "profile_inks": i.inks })).collect();
    let left = |left: &LeftOut| match left {
        LeftOut::Pages(n) => json!({ "what": "pages", "after": n }),
        LeftOut::Codes(n) => json!({ "what": "codes", "after": n }),
        LeftOut::Content(n) => json!({ "what": "content", "page": n }),
        LeftOut::SmallCodes(n) => json!({ "what": "small-codes", "page": n }),
        LeftOut::Drawing(n) => json!({ "what": "drawing", "page": n }),
    };
    json!({
        "file": path, "version": found.version, "encrypted": found.encrypted, "title": found.title, "producer": found.producer,
        "standards": found.standards, "intents": intents, "page_count": found.page_count,
        "pages": found.pages.iter().map(page_json).collect::<Vec<_>>(), "left_out": found.left_out.iter().map(left).collect::<Vec<_>>(),
    })
}

fn page_json(page: &Page) -> Value {
    let page_box = |b: &PageBox| {
        let source = match b.source {
            Source::Page => "page",
            Source::Inherited => "inherited",
            Source::Default => "default",
        };
        json!({ "rect_mm": rect_json(&b.rect), "source": source })
    };
    let fonts: Vec<Value> =
        page.fonts.iter().map(|f| json!({ "name": f.name, "kind": f.kind.word(), "embedded": f.embedded, "subset": f.subset })).collect();
    let picture = |p: &Picture| {
        json!({
            "pixels": p.pixels, "ppi": p.ppi.map(|ppi| (ppi * 10.0).round() / 10.0), "colour": p.space.as_ref().map(|s| s.words()),
            "bits": p.bits, "stencil": p.stencil, "rect_mm": rect_json(&p.at),
        })
    };
    let code = |c: &Code| {
        json!({
            "payload": c.payload, "version": c.version, "ecc": c.ecc.letter(), "rect_mm": rect_json(&c.at), "side_mm": mm(c.side),
            "module_mm": mm(c.module), "quiet_modules": c.quiet, "mirrored": c.mirrored, "inverted": c.inverted,
            "reads_from_m": rounded(c.reads_from_m()),
        })
    };
    json!({
        "page": page.number, "media": page_box(&page.media), "crop": page_box(&page.crop), "bleed": page_box(&page.bleed),
        "trim": page_box(&page.trim), "rotate": page.rotate, "user_unit": page.user_unit, "fonts": fonts,
        "colours": page.spaces.iter().map(|s| s.words()).collect::<Vec<_>>(), "plates": page.plates,
        "pictures": page.pictures.iter().map(picture).collect::<Vec<_>>(), "transparent": page.transparent,
        "annotations": page.annotations, "qr": page.codes.iter().map(code).collect::<Vec<_>>(),
    })
}
