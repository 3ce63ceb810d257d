//! What `inspect` tells of PDFs that other programs made: what was asked of the program, and what poppler and zbar say.

use crate::codes;
use crate::samples;
use crate::tools;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use toroi::files::{Disk, Files};
use toroi::geom::{mm, to_mm};
use toroi::inspect::{Code, Inspected, Refused, Source, inspect, judge};
use toroi::limits::Limits;
use toroi::qr::{self, Symbol};
use toroi::spec::press::{self, Press};

const PAYLOAD: &str = "https://mo.vn/7KX2?d=lam-thao";

fn symbol() -> Symbol {
    qr::encode(PAYLOAD, None).unwrap()
}

fn look(path: &Path) -> Inspected {
    inspect(std::fs::read(path).unwrap(), &Limits::default()).unwrap_or_else(|e| panic!("{}: {e:?}", path.display()))
}

fn press(name: &str) -> Press {
    let found = Files::beside(&Disk, "").template("press/", name).unwrap().unwrap();
    press::read(&found.name, &found.bytes, &Limits::default()).0.unwrap()
}

/// Codes of findings for a press.
fn minded(found: &Inspected, name: &str) -> Vec<&'static str> {
    let mut codes: Vec<&str> = judge(found, "x.pdf", Some(&press(name))).iter().map(|f| f.code()).collect();
    codes.dedup();
    codes
}

fn only_code(found: &Inspected, page: usize) -> &Code {
    let codes = &found.pages[page - 1].codes;
    assert_eq!(codes.len(), 1, "page {page}: {codes:?}");
    &codes[0]
}

/// A code is where the program was told to draw it, mm.
fn is_at(code: &Code, payload: &str, [left, top, side]: [f64; 3]) {
    assert_eq!(code.payload, payload);
    let found = [code.at.x, code.at.y, code.at.w, code.at.h, code.side].map(to_mm);
    let close = found.iter().zip([left, top, side, side, side]).all(|(a, b)| (a - b).abs() < 0.1);
    assert!(close, "{found:?}, not {left} {top} {side}");
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// A symbol as SVG, a unit a module.
fn svg(symbol: &Symbol, dark: &str, light: &str) -> String {
    let n = symbol.modules;
    let mut svg =
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='{n}' height='{n}' viewBox='0 0 {n} {n}' shape-rendering='crispEdges'>");
    write!(svg, "<rect width='{n}' height='{n}' fill='{light}'/>").unwrap();
    for (x, y, length) in symbol.runs() {
        write!(svg, "<rect x='{x}' y='{y}' width='{length}' height='1' fill='{dark}'/>").unwrap();
    }
    svg + "</svg>"
}

/// Faults by poppler's and zbar's account of the same file.
fn faults(path: &Path, found: &Inspected) -> Vec<String> {
    let mut faults = Vec::new();
    let info = tools::ask("pdfinfo", &format!("-box -f 1 -l {}", found.page_count), &[path]);
    let said = |key: &str| info.lines().find_map(|l| l.strip_prefix(key)).map(|v| v.trim().to_string()).unwrap_or_default();
    for (key, ours) in [("Pages:", found.page_count.to_string()), ("PDF version:", found.version.into())] {
        if said(key) != ours {
            faults.push(format!("{key} {}, not {ours}", said(key)));
        }
    }
    for page in &found.pages {
        for (name, rect) in
            [("MediaBox", page.media.rect), ("CropBox", page.crop.rect), ("BleedBox", page.bleed.rect), ("TrimBox", page.trim.rect)]
        {
            let head = ["Page", &page.number.to_string(), &format!("{name}:")].map(String::from);
            let line = info.lines().map(|l| l.split_whitespace().collect::<Vec<_>>()).find(|words| words.len() == 7 && words[..3] == head);
            let corners: Vec<f64> = line.unwrap_or_default().iter().skip(3).map(|c| c.parse().unwrap()).collect();
            let mut sides = [corners[2] - corners[0], corners[3] - corners[1]];
            if page.rotate % 180 == 90 {
                sides.reverse();
            }
            if [rect.w, rect.h].iter().zip(sides).any(|(a, b)| (a / page.user_unit - b).abs() > 0.02) {
                faults.push(format!("page {} {name}: {rect:?}, not {sides:?}", page.number));
            }
        }
    }
    let ours: Vec<(String, String, bool, bool)> =
        found.pages.iter().flat_map(|p| &p.fonts).map(|f| (f.name.clone(), f.kind.word().to_string(), f.embedded, f.subset)).collect();
    let theirs = fonts(path);
    // Poppler tells those too that no text is in.
    if ours.iter().any(|font| !theirs.contains(font)) {
        faults.push(format!("fonts {ours:?}, not {theirs:?}"));
    }
    let mut ours: Vec<[i64; 4]> = found
        .pages
        .iter()
        .flat_map(|page| {
            page.pictures.iter().map(|p| [page.number as i64, p.pixels[0].into(), p.pixels[1].into(), p.ppi[0].round() as i64])
        })
        .collect();
    let mut theirs = pictures(path);
    ours.sort();
    theirs.sort();
    let close = |(a, b): (&[i64; 4], &[i64; 4])| a[..3] == b[..3] && (a[3] - b[3]).abs() <= 1;
    if ours.len() != theirs.len() || !ours.iter().zip(&theirs).all(close) {
        faults.push(format!("pictures {ours:?}, not {theirs:?}"));
    }
    faults
}

/// Name, kind, whether embedded, whether a subset, by `pdffonts`.
fn fonts(path: &Path) -> Vec<(String, String, bool, bool)> {
    let said = tools::ask("pdffonts", "", &[path]);
    let font = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        // Name, kind of several words, encoding, embedded, subset, unicode, object and generation.
        let [name, kind @ .., _, embedded, subset, _, _, _] = words.as_slice() else { panic!("{line}") };
        let name = name.split_once('+').map_or(*name, |(_, rest)| rest);
        (name.trim_end_matches("-Identity-H").to_string(), kind.join(" "), *embedded == "yes", *subset == "yes")
    };
    said.lines().skip(2).map(font).collect()
}

/// Page, width, height, ppi across, by `pdfimages`.
fn pictures(path: &Path) -> Vec<[i64; 4]> {
    let said = tools::ask("pdfimages", "-list", &[path]);
    let words = |line: &str| line.split_whitespace().map(String::from).collect::<Vec<_>>();
    let rows = said.lines().skip(2).map(words).filter(|w| matches!(w[2].as_str(), "image" | "stencil"));
    rows.map(|w| [&w[0], &w[3], &w[4], &w[w.len() - 4]].map(|n| n.parse().unwrap())).collect()
}

/// What zbar reads from poppler's picture of the first page.
fn zbar(path: &Path, folder: &Path) -> Vec<String> {
    let root = folder.join("drawn");
    tools::ask("pdftoppm", "-r 150 -gray -singlefile", &[path, &root]);
    codes::read(&root.with_extension("pgm"))
}

#[test]
fn ghostscript_writes_boxes_plates_and_a_code_of_rectangles() {
    if !tools::have(&["gs", "qpdf", "pdfinfo", "pdffonts", "pdfimages", "pdftoppm", "zbarimg"]) {
        return;
    }
    let folder = tools::folder("inspect-gs");
    let (symbol, module) = (symbol(), mm(0.8));
    // 100×120 mm of trim, 5 mm of bleed, 10 mm of paper around.
    let boxed = |from: f64, w: f64, h: f64| format!("[{} {} {} {}]", mm(from), mm(from), mm(from + w), mm(from + h));
    let mut ps = format!("%!PS\n<</PageSize [{} {}]>> setpagedevice\n", mm(120.0), mm(140.0));
    writeln!(ps, "[/TrimBox {} /PAGE pdfmark\n[/BleedBox {} /PAGE pdfmark", boxed(10.0, 100.0, 120.0), boxed(5.0, 110.0, 130.0)).unwrap();
    writeln!(ps, "[/Title (Lam Thao) /DOCINFO pdfmark").unwrap();
    writeln!(ps, "[/Separation (Foil Gold) /DeviceCMYK {{dup 0.2 mul exch dup 0.4 mul exch 0.9 mul 0}}] setcolorspace 1 setcolor").unwrap();
    writeln!(ps, "{} {} 60 20 rectfill", mm(20.0), mm(20.0)).unwrap();
    writeln!(ps, "0 0 0 1 setcmykcolor /Helvetica 14 selectfont {} {} moveto (Lam Thao) show", mm(20.0), mm(40.0)).unwrap();
    for (x, y, length) in symbol.runs() {
        let (left, bottom) = (mm(30.0) + x as f64 * module, mm(120.0) - (y + 1) as f64 * module);
        writeln!(ps, "{left} {bottom} {} {module} rectfill", length as f64 * module).unwrap();
    }
    let source = write(&folder, "page.ps", &(ps + "showpage\n"));
    let pdf = folder.join("page.pdf");
    tools::ask("gs", "-q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -dAutoRotatePages=/None -o", &[&pdf, &source]);
    let found = look(&pdf);
    assert_eq!(faults(&pdf, &found), [""; 0]);
    let page = &found.pages[0];
    assert_eq!(found.title.as_deref(), Some("Lam Thao"));
    assert!(found.producer.as_ref().is_some_and(|p| p.contains("Ghostscript")));
    assert_eq!(
        [page.trim.rect.x, page.trim.rect.y, page.trim.rect.w, page.trim.rect.h].map(|n| to_mm(n).round()),
        [10.0, 10.0, 100.0, 120.0]
    );
    assert!((to_mm(page.bleed_beyond_trim()) - 5.0).abs() < 0.01 && page.trim.source == Source::Page);
    assert_eq!(page.plates, ["Black", "Foil Gold"]);
    is_at(only_code(&found, 1), PAYLOAD, [30.0, 20.0, symbol.modules as f64 * 0.8]);
    assert_eq!((only_code(&found, 1).ecc, only_code(&found, 1).quiet), (symbol.ecc, 4.0));
    assert_eq!(zbar(&pdf, &folder), [PAYLOAD]);
    // Ghostscript leaves the fonts of every reader out.
    assert_eq!(minded(&found, "offset"), ["pdf-no-intent", "pdf-font-missing"]);

    // The same, turned.
    let turned = folder.join("turned.pdf");
    tools::ask("qpdf", "--rotate=+90", &[&pdf, &turned]);
    let found = look(&turned);
    assert_eq!(faults(&turned, &found), [""; 0]);
    is_at(only_code(&found, 1), PAYLOAD, [140.0 - 20.0 - symbol.modules as f64 * 0.8, 30.0, symbol.modules as f64 * 0.8]);
}

#[test]
fn a_password_is_told_from_a_restriction() {
    if !tools::have(&["qpdf"]) {
        return;
    }
    let folder = tools::folder("inspect-locked");
    let source = &samples::named("to-roi-offset.pdf").path;
    for (name, password) in [("sealed.pdf", ""), ("locked.pdf", "u")] {
        let path = folder.join(name);
        let job = serde_json::json!({
            "inputFile": source, "outputFile": path,
            "encrypt": {"userPassword": password, "ownerPassword": "o", "256bit": {"print": "none"}},
        });
        tools::ask("qpdf", &format!("--job-json-file={}", write(&folder, "job.json", &job.to_string()).display()), &[]);
        let found = inspect(std::fs::read(&path).unwrap(), &Limits::default());
        if name == "locked.pdf" {
            assert_eq!(found, Err(Refused::Locked));
        } else {
            let found = found.unwrap();
            assert!(found.encrypted && found.title.is_some() && !found.pages[0].codes.is_empty(), "{found:?}");
            assert!(minded(&found, "offset").contains(&"pdf-encrypted"));
        }
    }
}

/// Our own file after others rewrote it says the same, but for what they change.
#[test]
fn our_own_file_is_known_again() {
    if !tools::have(&["gs", "qpdf", "pdftocairo", "pdfinfo", "pdffonts", "pdfimages"]) {
        return;
    }
    let folder = tools::folder("inspect-own");
    let source = &samples::named("to-roi-offset.pdf").path;
    let own = look(source);
    assert_eq!(faults(source, &own), [""; 0]);
    assert_eq!(own.standards, ["PDF/X-4", "PDF/A-2b"]);
    assert_eq!(judge(&own, "x.pdf", Some(&press("offset"))), []);
    let payloads = |found: &Inspected| found.pages.iter().flat_map(|p| &p.codes).map(|c| c.payload.clone()).collect::<Vec<_>>();
    let sides = |found: &Inspected| found.pages.iter().flat_map(|p| &p.codes).map(|c| to_mm(c.side)).collect::<Vec<_>>();
    let rewritten = [
        ("qpdf", "--linearize --object-streams=generate"),
        ("gs", "-q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -dPDFSETTINGS=/prepress -dAutoRotatePages=/None -o"),
        ("pdftocairo", "-pdf"),
        ("gs", "-q -dNOPAUSE -dBATCH -sDEVICE=pdfimage24 -r200 -o"),
    ];
    for (i, (tool, options)) in rewritten.iter().enumerate() {
        let path = folder.join(format!("{i}.pdf"));
        let order: [&Path; 2] = if *tool == "gs" { [&path, source] } else { [source, &path] };
        tools::ask(tool, options, &order);
        let found = look(&path);
        assert_eq!(faults(&path, &found), [""; 0], "{tool} {options}");
        assert_eq!(payloads(&found), payloads(&own), "{tool} {options}");
        assert!(sides(&found).iter().zip(sides(&own)).all(|(a, b)| (a - b).abs() < 0.2), "{tool} {options}: {:?}", sides(&found));
        let same_trim = found.pages[0].trim.rect.w - own.pages[0].trim.rect.w;
        let minded = minded(&found, "offset");
        match i {
            0 => assert_eq!((found.pages, minded), (own.pages.clone(), Vec::new())),
            1 => assert!(same_trim.abs() < 0.05 && found.pages[0].plates == own.pages[0].plates, "{:?}", found.pages[0]),
            2 => assert!(minded.contains(&"pdf-no-intent") && minded.contains(&"pdf-rgb"), "{minded:?}"),
            _ => assert!(minded.contains(&"pdf-page-is-picture") && minded.contains(&"pdf-no-trim"), "{minded:?}"),
        }
    }
}

#[test]
fn chromium_prints_pages_of_two_sizes_and_a_light_code() {
    if !tools::have(&["chromium", "pdfinfo", "pdffonts", "pdfimages"]) {
        return;
    }
    let folder = tools::folder("inspect-chromium");
    let symbol = symbol();
    let placed = |svg: String, left: f64, top: f64, side: f64| {
        format!("<div style='position:absolute;left:{left}mm;top:{top}mm;width:{side}mm;height:{side}mm'>{svg}</div>")
            .replace("<svg ", "<svg style='width:100%;height:100%;display:block' ")
    };
    let html = format!(
        "<style>@page a {{size: 105mm 148mm; margin: 0}} @page b {{size: 148mm 105mm; margin: 0}} body, p {{margin: 0}}
        .p {{position: relative; width: 100%; height: 90mm; break-after: page}}</style><title>Thông báo</title>
        <div class=p style='page: a'><p>Quét mã</p>{}</div>
        <div class=p style='page: b; -webkit-print-color-adjust: exact; background: #102040'>{}</div>",
        placed(svg(&symbol, "#000", "#fff"), 40.0, 30.0, 30.0),
        placed(svg(&symbol, "#fff", "#102040"), 60.0, 20.0, 40.0),
    );
    let source = write(&folder, "page.html", &format!("<!doctype html><meta charset=utf-8>{html}"));
    let pdf = folder.join("page.pdf");
    let options = format!(
        "--headless --no-sandbox --disable-gpu --user-data-dir={0}/profile --no-pdf-header-footer --print-to-pdf={0}/page.pdf",
        folder.display()
    );
    tools::ask("chromium", &options, &[&source]);
    let found = look(&pdf);
    assert_eq!(faults(&pdf, &found), [""; 0]);
    assert!(found.pages.iter().all(|page| page.media.source != Source::Default && page.trim.source == Source::Default));
    is_at(only_code(&found, 1), PAYLOAD, [40.0, 30.0, 30.0]);
    is_at(only_code(&found, 2), PAYLOAD, [60.0, 20.0, 40.0]);
    assert_eq!((only_code(&found, 1).inverted, only_code(&found, 2).inverted), (false, true));
    assert_eq!(found.title.as_deref(), Some("Thông báo"));
    let minded = minded(&found, "offset");
    for code in ["pdf-no-trim", "pdf-rgb", "pdf-no-intent", "pdf-code-inverted"] {
        assert!(minded.contains(&code), "{code}: {minded:?}");
    }
}

#[test]
fn typst_sets_a_drawn_code_and_a_mirrored_one() {
    if !tools::have(&["typst-compile", "pdfinfo", "pdffonts", "pdfimages", "pdftoppm", "zbarimg"]) {
        return;
    }
    let folder = tools::folder("inspect-typst");
    write(&folder, "code.svg", &svg(&symbol(), "#000", "#fff"));
    let source = write(
        &folder,
        "page.typ",
        "#set page(width: 90mm, height: 120mm, margin: 0mm)\n#set document(title: \"Tờ rơi\", author: \"Lâm Thao\")\n\
        #place(dx: 20mm, dy: 30mm, image(\"code.svg\", width: 25mm))\n#place(dx: 10mm, dy: 10mm)[Quét mã]\n#pagebreak()\n\
        #place(dx: 20mm, dy: 30mm, scale(x: -100%, image(\"code.svg\", width: 25mm)))\n\
        #place(dx: 40mm, dy: 80mm, rotate(90deg, image(\"code.svg\", width: 12mm)))\n",
    );
    let pdf = folder.join("page.pdf");
    tools::ask("typst-compile", "", &[&source, &pdf]);
    let found = look(&pdf);
    assert_eq!(faults(&pdf, &found), [""; 0]);
    assert_eq!((found.title.as_deref(), found.page_count), (Some("Tờ rơi"), 2));
    is_at(only_code(&found, 1), PAYLOAD, [20.0, 30.0, 25.0]);
    assert_eq!(zbar(&pdf, &folder), [PAYLOAD]);
    let codes = &found.pages[1].codes;
    assert_eq!(codes.iter().map(|c| c.mirrored).collect::<Vec<_>>(), [true, false], "{codes:?}");
    is_at(&codes[0], PAYLOAD, [20.0, 30.0, 25.0]);
    is_at(&codes[1], PAYLOAD, [40.0, 80.0, 12.0]);
    assert!(found.pages[0].fonts.iter().all(|font| font.embedded && font.subset) && !found.pages[0].fonts.is_empty());
}

#[test]
fn reportlab_leaves_its_font_out_and_draws_its_own_code() {
    if !tools::have(&["python-run", "pdfinfo", "pdffonts", "pdfimages", "pdftoppm", "zbarimg"]) {
        return;
    }
    let folder = tools::folder("inspect-reportlab");
    let source = write(
        &folder,
        "page.py",
        "import sys
from reportlab.pdfgen import canvas
from reportlab.lib.units import mm
from reportlab.lib.colors import CMYKColorSep
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.graphics import renderPDF
c = canvas.Canvas(sys.argv[1], pagesize=(110 * mm, 160 * mm))
c.setTitle('Bus 19B')
c.setTrimBox((5 * mm, 5 * mm, 105 * mm, 155 * mm))
c.setFillColor(CMYKColorSep(0, 1, 0, 0, spotName='CutContour'))
c.rect(10 * mm, 10 * mm, 20 * mm, 20 * mm, stroke=0, fill=1)
c.setFillColorRGB(0, 0, 0)
c.setFont('Helvetica-Bold', 12)
c.drawString(20 * mm, 140 * mm, 'Bus 19B')
d = Drawing(50 * mm, 50 * mm)
d.add(QrCodeWidget('HTTPS://MO.VN/19B', barWidth=50 * mm, barHeight=50 * mm, barBorder=4, barLevel='Q'))
renderPDF.draw(d, c, 30 * mm, 60 * mm)
c.showPage()
c.save()
",
    );
    let pdf = folder.join("page.pdf");
    tools::ask("python-run", "", &[&source, &pdf]);
    let found = look(&pdf);
    assert_eq!(faults(&pdf, &found), [""; 0]);
    let page = &found.pages[0];
    assert_eq!(
        [page.trim.rect.x, page.trim.rect.y, page.trim.rect.w, page.trim.rect.h].map(|n| to_mm(n).round()),
        [5.0, 5.0, 100.0, 150.0]
    );
    assert_eq!((page.trim.source, page.bleed.source), (Source::Page, Source::Default));
    assert_eq!(page.plates, ["CutContour"]);
    let code = only_code(&found, 1);
    // The widget counts its border of four modules on each side.
    let module = 50.0 / (code.modules as f64 + 8.0);
    is_at(code, "HTTPS://MO.VN/19B", [30.0 + 4.0 * module, 50.0 + 4.0 * module, code.modules as f64 * module]);
    assert_eq!((code.ecc.letter(), code.quiet), ("Q", 4.0));
    assert_eq!(zbar(&pdf, &folder), ["HTTPS://MO.VN/19B"]);
    let minded = minded(&found, "vinyl");
    for code in ["pdf-rgb", "pdf-font-missing", "pdf-no-intent"] {
        assert!(minded.contains(&code), "{code}: {minded:?}");
    }
}

#[test]
fn libreoffice_places_a_code_as_a_picture() {
    if !tools::have(&["soffice", "pdfinfo", "pdffonts", "pdfimages", "pdftoppm", "zbarimg"]) {
        return;
    }
    let folder = tools::folder("inspect-libreoffice");
    let symbol = symbol();
    let n = symbol.modules as u32 * 4;
    let mut png = Vec::new();
    let picture =
        image::GrayImage::from_fn(n, n, |x, y| image::Luma([if symbol.is_dark(x as usize / 4, y as usize / 4) { 0 } else { 255 }]));
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    std::fs::write(folder.join("code.png"), &png).unwrap();
    let source = write(
        &folder,
        "page.fodt",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"
 xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"
 xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\"
 xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.2\" office:mimetype=\"application/vnd.oasis.opendocument.text\">
<office:automatic-styles><style:page-layout style:name=\"P\"><style:page-layout-properties fo:page-width=\"148mm\" fo:page-height=\"210mm\"
 fo:margin-top=\"20mm\" fo:margin-left=\"20mm\" fo:margin-right=\"20mm\" fo:margin-bottom=\"20mm\"/></style:page-layout>
<style:style style:name=\"F\" style:family=\"graphic\"><style:graphic-properties style:horizontal-pos=\"from-left\" style:horizontal-rel=\"page\"
 style:vertical-pos=\"from-top\" style:vertical-rel=\"page\"/></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name=\"Standard\" style:page-layout-name=\"P\"/></office:master-styles>
<office:body><office:text><text:p>Thông báo</text:p><text:p><draw:frame draw:style-name=\"F\" text:anchor-type=\"page\" text:anchor-page-number=\"1\"
 svg:x=\"50mm\" svg:y=\"80mm\" svg:width=\"40mm\" svg:height=\"40mm\"><draw:image xlink:href=\"code.png\"/></draw:frame></text:p></office:text></office:body>
</office:document>",
    );
    let options = format!("-env:UserInstallation=file://{0}/profile --headless --convert-to pdf --outdir {0}", folder.display());
    tools::ask("soffice", &options, &[&source]);
    let pdf = folder.join("page.pdf");
    let found = look(&pdf);
    assert_eq!(faults(&pdf, &found), [""; 0]);
    assert!((to_mm(found.pages[0].media.rect.w) - 148.0).abs() < 0.2 && (to_mm(found.pages[0].media.rect.h) - 210.0).abs() < 0.2);
    is_at(only_code(&found, 1), PAYLOAD, [50.0, 80.0, 40.0]);
    let picture = &found.pages[0].pictures[0];
    assert_eq!(picture.pixels, [n, n]);
    assert!((picture.least_ppi() - f64::from(n) / 40.0 * 25.4).abs() < 1.0);
    assert_eq!(zbar(&pdf, &folder), [PAYLOAD]);
}
