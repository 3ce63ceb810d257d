//! What input may cost: each limit holds at its edge, and the documents list them all.

use image::{DynamicImage, ImageFormat};
use std::fs;
use std::io::{Cursor, Write};
use toroi::data::{Source, read};
use toroi::diag::{Finding, Lang, Problem};
use toroi::files::Memory;
use toroi::inspect::{LeftOut, Refused, inspect};
use toroi::limits::{Limit, Limits};
use toroi::render::{Options, render};
use toroi::spec::campaign;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const CAMPAIGN: &str =
    "campaign: the-ten\npieces:\n  the:\n    format: the\n    press: PRESS\n    text: {title: Sông Thao}\n    images: {logo: LOGO}\n";
/// A card with a text and a logo.
pub(super) const FORMAT: &str = "format: the
label: {vi: Thẻ, en: Card}
sizes:
  nho: {trim: 90x60mm}
fields:
  title: {type: text, required: true, label: {vi: Tiêu đề, en: Title}}
  logo: {type: image, label: {vi: Biểu trưng, en: Logo}}
styles:
  title: {weight: 700, size: 14pt, leading: 1.3}
sides:
  - name: front
    column:
      padding: 10mm
      children:
        - image: {value: logo, height: 15mm, when: \"{{ logo }}\"}
        - text: {value: \"{{ title }}\", style: title}
";
const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M1 1h8v8z"/><path d="M1 1h8v8z"/></svg>"#;
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n\
    trailer<</Root 1 0 R>>";

/// Whether a limit is met.
type Met = Box<dyn Fn(&Limits) -> bool>;

fn told(findings: &[Finding], limit: Limit) -> bool {
    findings.iter().any(|finding| matches!(&finding.problem, Problem::OverLimit { limit: met, .. } if *met == limit))
}

/// A render of files in memory: whether it meets a limit, and whether it then makes nothing.
fn rendered(files: Vec<(&'static str, Vec<u8>)>, split: bool, limit: Limit) -> Met {
    let world = Memory(files.into_iter().map(|(name, bytes)| (name.to_string(), bytes)).collect());
    Box::new(move |limits| {
        let outcome = render(&world, "campaign.yaml", &Options { limits: *limits, split, ..Options::default() });
        let met = told(&outcome.findings, limit);
        // Where all that is made is too much, a first part of it may have been.
        assert!(limit == Limit::OutputBytes || met == outcome.artworks.is_empty(), "{limit:?} {:?}", outcome.findings);
        met
    })
}

/// The card with a logo.
fn card(logo: &'static str, bytes: Vec<u8>, limit: Limit) -> Met {
    let campaign = CAMPAIGN.replace("PRESS", "office").replace("LOGO", logo);
    rendered(vec![("campaign.yaml", campaign.into()), ("the.yaml", FORMAT.into()), (logo, bytes)], false, limit)
}

/// The card for each row of a table.
fn cards(rows: usize, split: bool, limit: Limit) -> Met {
    let campaign = CAMPAIGN
        .replace("PRESS", "office")
        .replace("    text: {title: Sông Thao}\n    images: {logo: LOGO}\n", "    data: ten.csv\n    sheet: none\n");
    let table: String = std::iter::once("title\n".to_string()).chain((0..rows).map(|n| format!("Thẻ {n}\n"))).collect();
    rendered(vec![("campaign.yaml", campaign.into()), ("the.yaml", FORMAT.into()), ("ten.csv", table.into())], split, limit)
}

/// A campaign that says more than the card has.
fn said(more: &str, format: &str, limit: Limit) -> Met {
    let campaign = format!("{}{more}", CAMPAIGN.replace("PRESS", "office").replace("    images: {logo: LOGO}\n", ""));
    rendered(vec![("campaign.yaml", campaign.into()), ("the.yaml", format.as_bytes().to_vec())], false, limit)
}

fn table(file: &'static str, bytes: Vec<u8>, limit: Limit) -> Met {
    Box::new(move |limits| {
        let (table, findings) = read(&Source { limits: *limits, ..Source::of(file, &bytes) });
        let met = told(&findings, limit);
        assert_eq!(met, table.records.is_empty());
        met
    })
}

fn inspected(bytes: &'static [u8], left: impl Fn(usize) -> LeftOut + 'static, limit: Limit) -> Met {
    Box::new(move |limits| match inspect(bytes.to_vec(), limits) {
        Ok(found) => found.left_out.contains(&left(limits.of(limit) as usize)),
        Err(why) => why == Refused::TooLarge && limit == Limit::PdfBytes,
    })
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::new_luma8(width, height).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

fn entries(text: String, limit: Limit) -> Met {
    Box::new(move |limits| told(&campaign::read("c.yaml", text.as_bytes(), limits).1, limit))
}

/// An input that costs so much of what a limit counts, and whether it is too much. A limit that has none does not compile.
fn at_the_edge(limit: Limit) -> (u64, Met) {
    let length = |bytes: &[u8]| bytes.len() as u64;
    match limit {
        Limit::YamlBytes => (400, entries(format!("campaign: {}", "a".repeat(390)), limit)),
        Limit::YamlDepth => (9, entries(format!("a: {}x{}", "[".repeat(8), "]".repeat(8)), limit)),
        // The document, its keys and their values: 1 + 2 keys, 1 + 3 of the list, and the same again by its name.
        Limit::YamlNodes => (11, entries("a: &list [x, y, z]\nb: *list\n".into(), limit)),
        Limit::Pieces => (2, said("  hai: {format: the, press: office, text: {title: Hai}}\n", FORMAT, limit)),
        Limit::Boxes => (3, said("", FORMAT, limit)),
        Limit::SideLetters => (9, said("", FORMAT, limit)),
        Limit::SidePoints => (8, card("logo.svg", DRAWING.into(), limit)),
        Limit::TemplateSteps => {
            let looped = FORMAT.replace("{{ title }}", "{% for sign in title %}{{ sign }}{% endfor %}");
            let met = said("", &looped, limit);
            let steps = (1..10_000).find(|most| !met(&Limits::default().with(limit, *most))).unwrap();
            assert!(steps > 9, "{steps}");
            (steps, said("", &looped, limit))
        }
        Limit::TextLetters => (9, said("", FORMAT, limit)),
        Limit::TableBytes => (22, cards(2, false, limit)),
        Limit::TableUnpacked => {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            let mut cost = 0;
            for (name, text) in [
                ("META-INF/manifest.xml", "<a/>"),
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                (
                    "content.xml",
                    "<x><table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p>\
                     </table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type=\"string\"><text:p>1</text:p>\
                     </table:table-cell></table:table-row></table:table></x>",
                ),
            ] {
                zip.start_file(name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).unwrap();
                zip.write_all(text.as_bytes()).unwrap();
                cost += length(text.as_bytes());
            }
            (cost, table("a.ods", zip.finish().unwrap().into_inner(), limit))
        }
        // The names of columns count.
        Limit::Cells => (9, table("a.csv", b"a,b,c\n1,2,3\n4,5,6\n".to_vec(), limit)),
        Limit::Records => (2, table("a.csv", b"a,b,c\n1,2,3\n4,5,6\n".to_vec(), limit)),
        Limit::ImageBytes => (length(&png(300, 200)), card("logo.png", png(300, 200), limit)),
        Limit::ImagePixels => (60_000, card("logo.png", png(300, 200), limit)),
        Limit::ImagesUnpacked => (60_000, card("logo.png", png(300, 200), limit)),
        Limit::SvgBytes => (length(DRAWING.as_bytes()), card("logo.svg", DRAWING.into(), limit)),
        Limit::SvgNodes => (3, card("logo.svg", DRAWING.into(), limit)),
        Limit::FontBytes => {
            let font = fs::read("fonts/BeVietnamPro-Regular.ttf").unwrap();
            let campaign = CAMPAIGN.replace("PRESS", "office").replace("    images: {logo: LOGO}\n", "");
            let files = vec![("campaign.yaml", campaign.into()), ("the.yaml", FORMAT.into()), ("fonts/x.ttf", font.clone())];
            (length(&font), rendered(files, false, limit))
        }
        Limit::Fonts => {
            let font = fs::read("fonts/BeVietnamPro-Regular.ttf").unwrap();
            let campaign = CAMPAIGN.replace("PRESS", "office").replace("    images: {logo: LOGO}\n", "");
            let mut files = vec![("campaign.yaml", campaign.into()), ("the.yaml", FORMAT.into())];
            files.extend(["fonts/x.ttf", "fonts/y.ttf"].map(|name| (name, font.clone())));
            (2, rendered(files, false, limit))
        }
        Limit::IccBytes => {
            let profile = fs::read("assets/icc/ISOcoated_v2_300_bas.icc").unwrap();
            let campaign = CAMPAIGN.replace("PRESS", "offset").replace("    images: {logo: LOGO}\n", "");
            let campaign = campaign.replace("pieces:", "icc: {file: own.icc, condition: FOGRA39}\npieces:");
            let files = vec![("campaign.yaml", campaign.into()), ("the.yaml", FORMAT.into()), ("own.icc", profile.clone())];
            (length(&profile), rendered(files, false, limit))
        }
        Limit::Pages => (5, cards(5, false, limit)),
        Limit::OutputBytes => {
            let met = cards(3, true, limit);
            let bytes = (1..200).find(|kilobytes| !met(&Limits::default().with(limit, 1_000 * kilobytes))).unwrap();
            assert!(bytes > 3, "{bytes}");
            let (mut low, mut high) = (1_000 * (bytes - 1), 1_000 * bytes);
            while high - low > 1 {
                let middle = u64::midpoint(low, high);
                if met(&Limits::default().with(limit, middle)) { low = middle } else { high = middle }
            }
            (high, met)
        }
        Limit::PdfBytes => (length(PDF), inspected(PDF, |_| LeftOut::Pages(usize::MAX), limit)),
        Limit::PdfPages => (2, inspected(PDF, LeftOut::Pages, limit)),
        Limit::PdfDrawn => (2, inspected(PDF, LeftOut::Codes, limit)),
    }
}

#[test]
fn each_limit_takes_what_it_allows_and_nothing_more() {
    for limit in Limit::all() {
        let (cost, met) = at_the_edge(limit);
        assert!(!met(&Limits::default().with(limit, cost)), "{}: {cost} is refused", limit.name());
        assert!(met(&Limits::default().with(limit, cost - 1)), "{}: {cost} passes for less", limit.name());
    }
}

/// A file for each record has pages of its own.
#[test]
fn records_that_are_split_are_no_pages_of_one_file() {
    assert!(!cards(5, true, Limit::Pages)(&Limits::default().with(Limit::Pages, 1)));
}

/// The table of the documents, by the limits themselves. `UPDATE=1` writes it.
#[test]
fn the_documents_list_every_limit() {
    let grouped = |number: u64| {
        let digits = number.to_string();
        digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect::<Vec<_>>().join("\u{a0}")
    };
    for (file, lang, head) in
        [("README.md", Lang::En, "| limit | at most | of |"), ("README.vi.md", Lang::Vi, "| giới hạn | nhiều nhất | của |")]
    {
        let rows: String = Limit::all()
            .map(|limit| format!("| `{}` | {} | {} |\n", limit.name(), grouped(Limits::default().of(limit)), limit.counts(lang)))
            .collect();
        let wanted = format!("<!-- limits -->\n{head}\n|---|---:|---|\n{rows}<!-- /limits -->");
        let text = fs::read_to_string(file).unwrap();
        let (from, to) = (text.find("<!-- limits -->").unwrap(), text.find("<!-- /limits -->").unwrap() + "<!-- /limits -->".len());
        if std::env::var_os("UPDATE").is_some() {
            fs::write(file, text.replace(&text[from..to], &wanted)).unwrap();
        } else {
            assert_eq!(text[from..to], wanted, "{file}: UPDATE=1 writes the table");
        }
    }
}
