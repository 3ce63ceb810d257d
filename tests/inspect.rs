//! Facts of PDFs that are written here, object by object; and that no bytes break the reader.

use std::fmt::Write;
use toroi::diag::{Finding, Lang, Problem, Severity};
use toroi::files::{Disk, Files};
use toroi::geom::{Rect, mm, to_mm};
use toroi::inspect::{FontKind, Inspected, LeftOut, Page, Refused, Source, Space, inspect, judge, refused};
use toroi::limits::Limits;
use toroi::qr;
use toroi::spec::press;

/// A file of one page: what the page and its resources say, what it paints, and further objects from number 10.
fn file(page: &str, resources: &str, content: &str, objects: &[(&str, &str)]) -> Vec<u8> {
    let mut pdf = String::from("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    writeln!(pdf, "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[10 20 310 420]/CropBox[20 30 300 410]>>endobj").unwrap();
    writeln!(pdf, "3 0 obj<</Type/Page/Parent 2 0 R/Resources<<{resources}>>/Contents 4 0 R{page}>>endobj").unwrap();
    write!(pdf, "4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n", content.len()).unwrap();
    for (i, (dict, stream)) in objects.iter().enumerate() {
        let number = i + 10;
        match *stream {
            "" => writeln!(pdf, "{number} 0 obj<<{dict}>>endobj").unwrap(),
            stream => write!(pdf, "{number} 0 obj<<{dict}/Length {}>>stream\n{stream}\nendstream endobj\n", stream.len()).unwrap(),
        }
    }
    (pdf + "trailer<</Root 1 0 R>>").into_bytes()
}

fn look(bytes: Vec<u8>) -> Inspected {
    inspect(bytes, &Limits::default()).unwrap()
}

fn only_page(bytes: Vec<u8>) -> Page {
    let found = look(bytes);
    assert_eq!(found.page_count, 1);
    found.pages[0].clone()
}

fn minded(bytes: Vec<u8>) -> Vec<&'static str> {
    judge(&look(bytes), "x.pdf", None).iter().map(Finding::code).collect()
}

fn told_for(press: &str, bytes: Vec<u8>) -> Vec<Finding> {
    let found = Files::beside(&Disk, "").template("press/", press).unwrap().unwrap();
    let press = press::read(&found.name, &found.bytes, &Limits::default()).0.unwrap();
    judge(&look(bytes), "x.pdf", Some(&press))
}

fn minded_for(press: &str, bytes: Vec<u8>) -> Vec<&'static str> {
    told_for(press, bytes).iter().map(Finding::code).collect()
}

/// Operators that draw a symbol: its lower left corner, and the side of a module.
fn drawn(payload: &str, left: f64, bottom: f64, module: f64) -> (String, f64) {
    let symbol = qr::encode(payload, None).unwrap();
    let mut content = String::from("0 g\n");
    for (x, y, length) in symbol.runs() {
        let (x, y) = (left + x as f64 * module, bottom + (symbol.modules - y - 1) as f64 * module);
        writeln!(content, "{x} {y} {} {module} re f", length as f64 * module).unwrap();
    }
    (content, symbol.modules as f64 * module)
}

#[test]
fn boxes_are_inherited_turned_and_scaled() {
    let page = only_page(file("/TrimBox[30 40 290 400]", "", "", &[]));
    assert_eq!(page.media.rect, Rect { x: 0.0, y: 0.0, w: 300.0, h: 400.0 });
    assert_eq!(page.crop.rect, Rect { x: 10.0, y: 10.0, w: 280.0, h: 380.0 });
    assert_eq!(page.bleed.rect, page.crop.rect);
    assert_eq!(page.trim.rect, Rect { x: 20.0, y: 20.0, w: 260.0, h: 360.0 });
    let sources = [page.media, page.crop, page.bleed, page.trim].map(|b| b.source);
    assert_eq!(sources, [Source::Inherited, Source::Inherited, Source::Default, Source::Page]);
    assert_eq!(page.bleed_beyond_trim(), 10.0);

    // Nearer to one corner, so that each turn shows.
    let trim = "/TrimBox[20 30 120 330]";
    for (turn, rect) in [
        (0, [10.0, 90.0, 100.0, 300.0]),
        (90, [10.0, 10.0, 300.0, 100.0]),
        (180, [190.0, 10.0, 100.0, 300.0]),
        (270, [90.0, 190.0, 300.0, 100.0]),
    ] {
        let page = only_page(file(&format!("{trim}/Rotate {turn}/UserUnit 2"), "", "", &[]));
        let Rect { x, y, w, h } = page.trim.rect;
        assert_eq!([x, y, w, h], rect.map(|n| n * 2.0), "{turn}");
        assert_eq!((page.rotate, page.user_unit), (turn, 2.0));
    }
}

#[test]
fn a_code_is_measured_on_a_page_that_is_cropped_turned_and_scaled() {
    let (content, side) = drawn("https://mo.vn/7KX2", 60.0, 100.0, 2.0);
    // The upright page is 400 high from 20 on: a lower left corner at (60, 100) is 50 from the left and 320 from the top.
    for (page, left, top) in [
        ("", 50.0, 320.0 - side),
        ("/Rotate 90", 80.0, 50.0),
        ("/Rotate 180", 250.0 - side, 80.0),
        ("/Rotate 270/UserUnit 2", 320.0 - side, 250.0 - side),
    ] {
        let unit = if page.contains("UserUnit") { 2.0 } else { 1.0 };
        let found = only_page(file(page, "", &content, &[]));
        let code = &found.codes[0];
        assert_eq!((code.payload.as_str(), code.quiet, code.mirrored, code.inverted), ("https://mo.vn/7KX2", 4.0, false, false));
        let off = [code.at.x - left * unit, code.at.y - top * unit, code.at.w - side * unit, code.module - 2.0 * unit];
        assert!(off.iter().all(|off| off.abs() < 0.15), "{page}: {off:?}");
        assert!((code.reads_from_m() - to_mm(2.0 * unit) * 0.3).abs() < 0.01);
    }
}

#[test]
fn the_smallest_modules_that_print_are_read() {
    let (content, _) = drawn("HTTPS://MO.VN/7KX2", 100.0, 100.0, mm(0.3));
    let bytes = file("", "", &content, &[]);
    assert!((only_page(bytes.clone()).codes[0].module_mm() - 0.3).abs() < 0.01);
    assert_eq!(minded(bytes), ["pdf-code-fine"]);
    // On A2, in one of its parts.
    let (content, _) = drawn("HTTPS://MO.VN/7KX2", 900.0, 1200.0, mm(0.35));
    let page = only_page(file("/MediaBox[0 0 1191 1684]/CropBox[0 0 1191 1684]", "", &content, &[]));
    assert!((page.codes[0].module_mm() - 0.35).abs() < 0.01);
}

#[test]
fn a_crowded_code_and_one_at_the_cut_are_told() {
    let (content, side) = drawn("https://mo.vn/7KX2", 60.0, 100.0, 3.0);
    let line = format!("{content} {} 90 1 120 re f", 60.0 + side + 6.0);
    let page = only_page(file("", "", &line, &[]));
    assert_eq!(page.codes[0].quiet, 2.0);
    assert_eq!(minded(file("", "", &line, &[])), ["pdf-code-quiet-zone"]);
    assert_eq!(minded(file("/TrimBox[56 90 290 400]", "", &content, &[])), ["pdf-code-near-trim"]);
}

#[test]
fn forms_patterns_and_pictures_are_walked_with_their_matrices() {
    let resources = "/XObject<</F 10 0 R>>/Pattern<</P 12 0 R>>/ColorSpace<</S[/Separation/Foil/DeviceCMYK 13 0 R]/I[/ICCBased 14 0 R]>>/ExtGState<</G<</ca .5>>>>";
    let objects = [
        // Half its size, with a picture of 100×50 pixels on 72×36 points; it names itself too.
        (
            "/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Matrix[.5 0 0 .5 0 0]/Resources<</XObject<</I 11 0 R/F 10 0 R>>>>",
            "q 144 0 0 72 0 0 cm /I Do Q /F Do",
        ),
        ("/Type/XObject/Subtype/Image/Width 100/Height 50/ColorSpace/DeviceRGB/BitsPerComponent 8", "x"),
        ("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>", ".1 0 0 0 k 0 0 5 5 re f"),
        ("/FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 .2 .9 0]/N 1", ""),
        ("/N 4", "x"),
    ];
    let content = "/F Do /Pattern cs /P scn 0 0 9 9 re f /S cs 1 scn 0 0 9 9 re f /I CS 0 0 0 1 SCN 0 0 9 9 re S 1 0 0 rg";
    let found = look(file("", resources, content, &objects));
    let page = &found.pages[0];
    assert_eq!(page.pictures.len(), 1);
    assert_eq!((page.pictures[0].pixels, page.pictures[0].ppi.map(f64::round)), ([100, 50], [100.0, 100.0]));
    // RGB is that of the picture: nothing is painted after the last operator.
    let spaces = [Space::Rgb, Space::Cmyk, Space::Icc(4), Space::Separation("Foil".into()), Space::Pattern];
    assert_eq!(page.spaces, spaces);
    assert_eq!(page.plates, ["Cyan", "Black", "Foil"]);
    assert!(!page.transparent);
    assert_eq!(found.left_out, []);
    assert!(only_page(file("", resources, "/G gs 0 0 9 9 re f", &objects)).transparent);
}

#[test]
fn forms_that_are_nested_too_deep_are_left_out() {
    let chain: Vec<String> = (11..31).map(|next| format!("/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {next} 0 R>>>>")).collect();
    let forms = |depth: usize| {
        let forms: Vec<(&str, &str)> = chain[..depth].iter().map(|dict| (dict.as_str(), "/F Do 0 0 1 rg 0 0 9 9 re f")).collect();
        look(file("", "/XObject<</F 10 0 R>>", "/F Do", &forms))
    };
    assert_eq!(forms(10).left_out, []);
    assert_eq!(forms(20).left_out, [LeftOut::Content(1), LeftOut::Drawing(1)]);
}

#[test]
fn lines_of_dashes_without_number_are_not_drawn() {
    let left_out = |content: &str| look(file("", "/ExtGState<</G<</D[[.00001] 0]>>>>", content, &[])).left_out;
    for few in [
        "[2 1] 0 d 30 5 m 40 30 50 30 55 30 c S",
        "30 5 m 58888888888 5 l S",
        "[] 0 d 0 0 1000000000 9 re S",
        "[1000000000] 0 d 0 0 m 1000000000 1000000000 l b",
    ] {
        assert_eq!(left_out(few), [], "{few}");
    }
    for many in [
        "[2 1] 0 d 30 5 m 40 30 50 58888888888 55 30 c S",
        "[2 1] 0 d 0 0 1000000000 9 re b",
        "[0] 0 d 0 0 m 99999999 0 l s",
        "/G gs 0 0 m 99 0 l 99 99 l s",
        "[2 -1] 0 d 0 0 m 9 9 l S",
        "[9] 0 d BT 1 Tr (a) Tj ET",
    ] {
        assert!(left_out(many).contains(&LeftOut::Drawing(1)), "{many}");
    }
}

#[test]
fn a_form_that_paints_itself_is_not_drawn() {
    let form = ("/Subtype/Form/BBox[0 0 20 20]", "/F Do q 1 .2 -.2 1 9 9 cm /F Do Q");
    assert_eq!(look(file("", "/XObject<</F 10 0 R>>", "/F Do", &[form])).left_out, [LeftOut::Content(1), LeftOut::Drawing(1)]);
}

#[test]
fn what_would_overflow_the_renderer_is_not_drawn() {
    let pattern = |next: usize| {
        format!("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 99 99]/XStep 99/YStep 99/Resources<</Pattern<</P {next} 0 R>>>>")
    };
    let letter = |next: usize| {
        format!(
            "/Type/Font/Subtype/Type3/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a {} 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1]/Resources<</Font<</F {next} 0 R>>>>",
            next - 1
        )
    };
    let (paint, show) = ("/Pattern cs /P scn 0 0 99 99 re f", "1 0 d0 BT /F 9 Tf (a) Tj ET 0 0 9 9 re f");
    let patterns: Vec<String> = (11..2_011).map(pattern).collect();
    let patterns: Vec<(&str, &str)> = patterns.iter().map(|dict| (dict.as_str(), paint)).collect();
    let letters: Vec<String> = (0..2_000).map(|i| letter(12 + 2 * i)).collect();
    let letters: Vec<(&str, &str)> = letters.iter().flat_map(|dict| [(dict.as_str(), ""), ("", show)]).collect();
    let of_patterns = |depth: usize| look(file("", "/Pattern<</P 10 0 R>>", paint, &patterns[..depth])).left_out;
    let of_letters = |depth: usize| look(file("", "/Font<</F 10 0 R>>", "BT /F 9 Tf (a) Tj ET", &letters[..2 * depth])).left_out;
    assert_eq!((of_patterns(2), of_letters(10)), (vec![], vec![]));
    assert!(of_patterns(3).contains(&LeftOut::Drawing(1)));
    assert!(of_patterns(2_000).contains(&LeftOut::Drawing(1)) && of_letters(2_000).contains(&LeftOut::Drawing(1)));
}

#[test]
fn fonts_are_those_that_texts_are_in() {
    let resources = "/Font<</A 10 0 R/B<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>";
    let objects = [
        ("/Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Be#20Vietnam/FontDescriptor 11 0 R", ""),
        ("/Type/FontDescriptor/FontName/ABCDEF+Be#20Vietnam/FontFile2 12 0 R", ""),
        ("", "x"),
    ];
    let page = only_page(file("", resources, "BT /A 9 Tf (a) Tj /B 9 Tf ET", &objects));
    let [font] = page.fonts.as_slice() else { panic!("{:?}", page.fonts) };
    assert_eq!((font.name.as_str(), font.kind, font.embedded, font.subset), ("Be Vietnam", FontKind::TrueType, true, true));
    assert_eq!(minded(file("", resources, "BT /B 9 Tf (a) Tj ET", &objects)), ["pdf-font-missing"]);
}

#[test]
fn boxes_out_of_one_another_are_told() {
    assert_eq!(minded(file("/TrimBox[30 40 290 400]/BleedBox[0 30 300 410]", "", "", &[])), ["pdf-boxes"]);
}

#[test]
fn each_press_minds_what_it_cannot_print() {
    let trim = "/TrimBox[30 40 290 400]";
    let bleed = "/TrimBox[30 40 290 400]/BleedBox[20 30 300 410]";
    let (red, black) = ("1 0 0 rg 0 0 90 90 re f", "0 0 0 1 k 0 0 90 90 re f");
    for (press, page, content, codes) in [
        ("offset", "", black, &["pdf-no-intent", "pdf-no-trim"][..]),
        ("offset", "/TrimBox[20 30 300 410]", black, &["pdf-no-intent", "pdf-no-bleed"]),
        ("offset", trim, black, &["pdf-no-intent"]),
        ("offset", bleed, red, &["pdf-no-intent", "pdf-rgb"]),
        ("office", "", red, &[]),
        ("screen", "", red, &[]),
    ] {
        assert_eq!(minded_for(press, file(page, "", content, &[])), codes, "{press} {page} {content}");
    }
    let clear = format!("/G gs {black}");
    let seen_through = |press| minded_for(press, file(bleed, "/ExtGState<</G<</ca .5>>>>", &clear, &[]));
    assert_eq!(seen_through("offset"), ["pdf-no-intent"]);
    assert_eq!(seen_through("offset-x1a"), ["pdf-no-intent", "pdf-transparent"]);
}

#[test]
fn a_code_in_the_mirror_and_one_in_reverse_are_told() {
    let (content, side) = drawn("https://mo.vn/7KX2", 60.0, 100.0, 3.0);
    let mirrored = format!("-1 0 0 1 {} 0 cm {content}", 120.0 + side);
    assert_eq!(minded(file("", "", &mirrored, &[])), ["pdf-code-mirrored"]);
    let reversed = format!("0 g 40 80 {0} {0} re f {1}", side + 40.0, content.replace("0 g\n", "1 g\n"));
    assert_eq!(minded(file("", "", &reversed, &[])), ["pdf-code-inverted"]);
}

#[test]
fn a_code_that_is_a_trap_and_one_that_looks_like_another_are_told() {
    for (payload, code) in [
        ("https://vietcombank.com.vn@mo.vn/x", "pdf-code-trap"),
        ("javascript:alert(1)", "pdf-code-trap"),
        ("tel:*21*0912345678#", "pdf-code-trap"),
        ("https://vietсombank.com.vn", "pdf-code-look-alike"),
    ] {
        let (content, _) = drawn(payload, 40.0, 100.0, 3.0);
        assert_eq!(minded(file("", "", &content, &[])), [code], "{payload}");
    }
}

#[test]
fn what_is_minded_is_told_with_its_remedy_in_both_languages() {
    let (code, side) = drawn("https://mo.vn/7KX2", 60.0, 100.0, 3.0);
    let (fine, _) = drawn("HTTPS://MO.VN/7KX2", 100.0, 100.0, mm(0.3));
    let crowded = format!("{code} {} 90 1 120 re f", 60.0 + side + 6.0);
    let reversed = format!("0 g 40 80 {0} {0} re f {1}", side + 40.0, code.replace("0 g\n", "1 g\n"));
    let mirrored = format!("-1 0 0 1 {} 0 cm {code}", 120.0 + side);
    let picture = [("/Subtype/Image/Width 200/Height 300/ColorSpace/DeviceGray/BitsPerComponent 8", "x")];
    let (of_picture, shown) = ("/XObject<</I 10 0 R>>", "q 290 0 0 390 10 20 cm /I Do Q");
    let bleed = "/TrimBox[30 40 290 400]/BleedBox[20 30 300 410]";
    let mut findings = Vec::new();
    for (press, bytes) in [
        ("offset", file("", "", "1 0 0 rg 0 0 9 9 re f", &[])),
        ("offset", file("/TrimBox[20 30 300 410]", "", "", &[])),
        ("offset-x1a", file(bleed, "/ExtGState<</G<</ca .5>>>>", "/G gs 0 g 0 0 9 9 re f", &[])),
        ("screen", file("/TrimBox[30 40 290 400]/BleedBox[0 30 300 410]", "", "", &[])),
        ("screen", file("", "/Font<</B<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>", "BT /B 9 Tf (a) Tj ET", &[])),
        ("screen", file("", of_picture, shown, &picture)),
        ("offset", file("", "", &fine, &[])),
        ("screen", file("", "", &crowded, &[])),
        ("screen", file("/TrimBox[56 90 290 400]", "", &code, &[])),
        ("screen", file("", "", &mirrored, &[])),
        ("screen", file("", "", &reversed, &[])),
        ("screen", file("", "", &drawn("tel:*21*0912345678#", 60.0, 100.0, 3.0).0, &[])),
        ("screen", file("", "", &drawn("https://vietсombank.com.vn", 60.0, 100.0, 3.0).0, &[])),
    ] {
        findings.extend(told_for(press, bytes));
    }
    findings.push(Finding::in_file("x.pdf", Problem::PdfEncrypted));
    findings.push(Finding::in_file("x.pdf", Problem::PagesDiffer { sizes: 3 }));
    findings.extend([Refused::NotPdf, Refused::Locked, Refused::Damaged, Refused::TooLarge].map(|why| refused("x.pdf", why)));
    let words = |finding: &Finding| {
        let [vi, en] = [Lang::Vi, Lang::En].map(|lang| format!("  {}\n  {}\n", finding.message(lang), finding.hint(lang)));
        format!("{} {}\n{vi}{en}", finding.severity().word(), finding.code())
    };
    let mut told: Vec<String> = Vec::new();
    for words in findings.iter().map(words) {
        if !told.contains(&words) {
            told.push(words);
        }
    }
    let (told, golden) = (told.join("\n"), "tests/inspect.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(golden, &told).unwrap();
    }
    assert_eq!(told, std::fs::read_to_string(golden).unwrap());
}

#[test]
fn whatever_paints_is_walked() {
    let resources = "/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>/ColorSpace<</S[/Separation/Foil/DeviceCMYK 13 0 R]/L[/Lab<</WhitePoint[.95 1 1.09]>>]>>/Shading<</H<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 9]/Function 13 0 R>>>>/Pattern<</P<</PatternType 2/Shading<</ShadingType 2/ColorSpace[/CalGray<<>>]/Coords[0 0 9 9]/Function 13 0 R>>>>>>";
    let objects = [("", ""), ("", ""), ("", ""), ("/FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 .2 .9 0]/N 1", "")];
    let found = |content: &str| {
        let page = only_page(file("", resources, content, &objects));
        (page.spaces, page.plates.join(" "))
    };
    let foil = || Space::Separation("Foil".into());
    for (content, spaces, plates) in [
        ("1 0 0 0 k 0 0 9 9 re f", vec![Space::Cmyk], "Cyan"),
        ("1 0 0 0 k 0 0 9 9 re f*", vec![Space::Cmyk], "Cyan"),
        ("0 1 0 0 K 0 0 9 9 re S", vec![Space::Cmyk], "Magenta"),
        ("0 1 0 0 K 0 0 m 9 9 l s", vec![Space::Cmyk], "Magenta"),
        ("1 0 0 0 k 0 1 0 0 K 0 0 9 9 re B", vec![Space::Cmyk], "Cyan Magenta"),
        ("1 0 0 0 k 0 1 0 0 K 0 0 9 9 re b*", vec![Space::Cmyk], "Cyan Magenta"),
        ("0 G 0 0 9 9 re S", vec![Space::Gray], "Black"),
        ("1 0 0 RG 0 0 9 9 re S", vec![Space::Rgb], ""),
        ("/S CS 1 SC 0 0 9 9 re S", vec![foil()], "Foil"),
        ("/L cs 50 0 0 sc 0 0 9 9 re f", vec![Space::Lab], ""),
        ("/H sh", vec![Space::Rgb], ""),
        ("/Pattern cs /P scn 0 0 9 9 re f", vec![Space::CalGray, Space::Pattern], "Black"),
        ("/S cs 1 scn BT /A 9 Tf (a) ' ET", vec![foil()], "Foil"),
        ("/S cs 1 scn BT /A 9 Tf 0 0 (a) \" ET", vec![foil()], "Foil"),
        ("/S cs 1 scn BT /A 9 Tf [(a) 9 (b)] TJ ET", vec![foil()], "Foil"),
        // Outlines alone; and nothing at all, as below the text of a scan.
        ("/S CS 1 SCN 0 g BT /A 9 Tf 1 Tr (a) Tj ET", vec![foil()], "Foil"),
        ("/S cs 1 scn BT /A 9 Tf 3 Tr (a) Tj ET", vec![], ""),
    ] {
        assert_eq!(found(content), (spaces, plates.into()), "{content}");
    }
}

#[test]
fn findings_are_warnings_and_hints_of_pages() {
    let bytes = file("/TrimBox[30 40 290 400]/BleedBox[0 30 300 410]", "", "", &[]);
    let findings = judge(&look(bytes), "x.pdf", None);
    assert_eq!((&*findings[0].place.spot.file, findings[0].place.side.as_deref()), ("x.pdf", Some("page 1")));
    assert!(findings.iter().all(|finding| finding.severity() != Severity::Error));
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert_eq!(inspect(Vec::new(), &Limits::default()), Err(Refused::NotPdf));
    assert_eq!(inspect(b"PK\x03\x04".to_vec(), &Limits::default()), Err(Refused::NotPdf));
    assert_eq!(inspect(b"%PDF-1.7 and nothing else".to_vec(), &Limits::default()), Err(Refused::Damaged));
    let deep = format!("%PDF-1.7\n1 0 obj {} endobj trailer<</Root 1 0 R>>", "[".repeat(200_000));
    assert_eq!(inspect(deep.into_bytes(), &Limits::default()), Err(Refused::Damaged));
}

#[test]
fn functions_and_colour_spaces_that_hold_each_other_without_end_are_refused() {
    let separation = |objects: &[(&str, &str)]| {
        let space = "/ColorSpace<</S[/Separation/X/DeviceCMYK 10 0 R]>>";
        inspect(file("/MediaBox[0 0 24 16]/CropBox[0 0 24 16]", space, "/S cs .1 scn 0 0 9 9 re f", objects), &Limits::default())
    };
    let stitched = |parts: fn(usize) -> String| {
        let of = |i: usize| format!("/FunctionType 3/Domain[0 1]/Functions[{}]/Bounds[.5]/Encode[0 1 0 1]", parts(i + 11));
        (0..60).map(of).collect::<Vec<String>>()
    };
    let braces = |depth: usize| format!("{}{}", "{".repeat(depth), "}".repeat(depth));
    let program = "/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1 0 1]";
    assert!(separation(&[(program, &braces(3))]).is_ok());
    assert_eq!(separation(&[(program, &braces(100_000))]), Err(Refused::Damaged));
    for chain in [stitched(|next| format!("{next} 0 R")), stitched(|next| format!("{next} 0 R {next} 0 R"))] {
        let objects: Vec<(&str, &str)> = chain.iter().map(|dict| (dict.as_str(), "")).collect();
        assert_eq!(separation(&objects), Err(Refused::Damaged));
    }
    let spaces = (10..30_000).fold(String::new(), |mut all, i| {
        writeln!(all, "{i} 0 obj[/Separation/X {} 0 R<</FunctionType 2/Domain[0 1]/N 1>>]endobj", i + 1).unwrap();
        all
    });
    let whole = file("/MediaBox[0 0 24 16]", "/ColorSpace<</S 10 0 R>>", "/S cs .1 scn 0 0 9 9 re f", &[]);
    let whole = String::from_utf8(whole).unwrap().replace("trailer", &format!("{spaces}trailer"));
    assert_eq!(inspect(whole.into_bytes(), &Limits::default()), Err(Refused::Damaged));
}

/// Each like the one above it, then the end (ITU-T T.6).
const NINE_WHITE_LINES: &str = "FF80080080>";
const PAGE: &str = "/MediaBox[0 0 24 16]/CropBox[0 0 24 16]";

#[test]
fn a_fax_of_more_pixels_than_it_says_is_not_drawn() {
    let fax = |columns: u32| {
        let dict = format!(
            "/Subtype/Image/Width 9/Height 9/BitsPerComponent 1/ColorSpace/DeviceGray/Filter[/ASCIIHexDecode/CCITTFaxDecode]/DecodeParms[null<</K -1/Columns {columns}/Rows {columns}>>]"
        );
        look(file(PAGE, "/XObject<</I 10 0 R>>", "9 0 0 9 0 0 cm /I Do", &[(&dict, NINE_WHITE_LINES)])).left_out
    };
    assert_eq!((fax(9), fax(2_000_000_000)), (vec![], vec![LeftOut::Drawing(1)]));
}

#[test]
fn a_picture_of_symbols_is_not_drawn_as_nobody_knows_what_they_unpack_to() {
    let dict = "/Subtype/Image/Width 9/Height 9/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode";
    let of = |parameters: &str, segments: &[Vec<u8>]| {
        let (dict, picture) = (format!("{dict}{parameters}"), segments.concat());
        let room = "~".repeat(picture.len());
        let mut pdf = file(PAGE, "/XObject<</I 10 0 R>>", "9 0 0 9 0 0 cm /I Do", &[(&dict, &room)]);
        let at = pdf.windows(room.len()).position(|bytes| bytes == room.as_bytes()).unwrap();
        pdf[at..at + picture.len()].copy_from_slice(&picture);
        look(pdf).left_out
    };
    // ITU-T T.88 §7.2, §7.4.8 and §7.4.6.
    let segment = |number: u8, kind: u8, numbers: &[u32], rest: &[u8]| {
        let content: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).chain(rest.iter().copied()).collect();
        [&[0, 0, 0, number, kind, 0, 1, 0, 0, 0, content.len() as u8], content.as_slice()].concat()
    };
    let page = segment(0, 48, &[9, 9, 0, 0], &[0, 0, 0]);
    let region = |side: u32| segment(1, 38, &[side, side, 0, 0], &[0, 0, 3, 255, 253, 255, 2, 254, 254, 254, 0, 0, 0, 0]);
    let symbols = segment(2, 0, &[1, 1], &[0, 0]);
    let not_drawn = [LeftOut::Drawing(1)];
    assert_eq!(of("", &[page.clone(), region(9)]), []);
    assert_eq!(of("", &[page.clone(), symbols, region(9)]), not_drawn);
    assert_eq!(of("", &[page.clone(), region(15_000), region(15_000)]), not_drawn);
    assert_eq!(of("/DecodeParms<</JBIG2Globals 4 0 R>>", &[page, region(9)]), not_drawn);
}

#[test]
fn a_mask_counts_as_the_picture_does_and_many_pictures_together() {
    let picture =
        |size: u32, mask: &str| format!("/Subtype/Image/Width {size}/Height {size}/BitsPerComponent 1/ColorSpace/DeviceGray{mask}");
    let left_out = |shown: usize, size: u32, mask: u32| {
        let own = picture(size, "/SMask 11 0 R");
        let objects = [(own.as_str(), "x"), (&*picture(mask, ""), "x")];
        look(file(PAGE, "/XObject<</I 10 0 R>>", &"/I Do ".repeat(shown), &objects)).left_out
    };
    // One that is a mask too, and fails as such.
    let own = picture(60_000, "");
    let masked = file(PAGE, "/XObject<</I 10 0 R>>/ExtGState<</G<</SMask<</S/Luminosity/G 10 0 R>>>>>>", "/G gs /I Do", &[(&own, "x")]);
    assert!(look(masked).left_out.contains(&LeftOut::Drawing(1)));
    let short = file(PAGE, "/XObject<</I 10 0 R>>", "/I Do", &[("/Subtype/Image/Width 9/Height 9/W 60000/H 60000", "x")]);
    assert!(look(short).left_out.contains(&LeftOut::Drawing(1)));
    assert_eq!(left_out(1, 9, 9), []);
    assert!(left_out(1, 9, 60_000).contains(&LeftOut::Drawing(1)));
    assert!(left_out(12, 9_000, 9_000).contains(&LeftOut::Drawing(1)));
}

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

#[test]
fn no_bytes_break_the_reader() {
    let (code, _) = drawn("1", 14.0, 14.0, 1.0);
    let content = format!("q 9 0 0 9 0 0 cm /I Do Q /S cs 1 scn BT /A 9 Tf (a) Tj ET /F Do {code} BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI");
    let resources =
        "/XObject<</F 10 0 R/I 11 0 R>>/Font<</A<</Subtype/Type1/BaseFont/Courier>>>>/ColorSpace<</S[/Separation/X/DeviceCMYK 12 0 R]>>";
    let objects = [
        ("/Subtype/Form/BBox[0 0 9 9]/Matrix[1 0 0 1 0 0]", "0 0 1 rg 0 0 9 9 re f"),
        ("/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8", "abcd"),
        ("/FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 1 1 0]/N 1", ""),
    ];
    let whole = file("/MediaBox[0 0 40 40]/CropBox[0 0 40 40]", resources, &content, &objects);
    assert_eq!(only_page(whole.clone()).codes.len(), 1);
    let mut chance = Chance(20_261_126);
    let signs = b"0123456789<>[]()/ -.RBDfqQ\x00\xff";
    let mut read = 0;
    for i in 0..400 {
        let mut bytes = whole.clone();
        if i % 4 == 0 {
            bytes.truncate(chance.below(whole.len()));
        }
        for _ in 0..=i % 7 {
            let at = chance.below(bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(at) {
                *byte = signs[chance.below(signs.len())];
            }
        }
        read += usize::from(inspect(bytes, &Limits::default()).is_ok());
    }
    assert!((200..400).contains(&read), "{read}");
}
