//! The first hour: what `toroi new` writes is printed at once, for every format and size, and goes on working when it is
//! changed as people change it.

use std::collections::BTreeMap;
use toroi::diag::{Finding, Lang, Severity};
use toroi::files::{Files, Memory, builtin_templates};
use toroi::limits::Limits;
use toroi::render::{Options, Outcome, Proof, render};
use toroi::spec::campaign;
use toroi::template::format::{self, Format};
use toroi::template::starter::{SampleTable, Starter, Wish, starter};

fn builtin(name: &str) -> Format {
    let world = Memory::default();
    let found = Files::beside(&world, "").template("", name).unwrap().unwrap();
    format::read(&found.name, &found.bytes, &Limits::default()).0.unwrap()
}

/// The campaign with its table as CSV, rendered without a file system.
fn made(campaign: &str, table: &Option<SampleTable>) -> Outcome {
    let campaign = campaign.replace(".xlsx", ".csv");
    let mut files: BTreeMap<String, Vec<u8>> = [("campaign.yaml".to_string(), campaign.into_bytes())].into();
    if let Some(table) = table {
        let quoted = |cells: &Vec<String>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
        let lines: Vec<String> = [&table.columns].into_iter().chain(&table.rows).map(quoted).collect();
        files.insert(format!("{}.csv", table.stem), lines.join("\n").into_bytes());
    }
    render(&Memory(files), "campaign.yaml", &Options { proof: Proof::Sample, ..Options::default() })
}

/// What is found, but for the two things that are so on purpose: a sample's address leads nowhere, and a printer on a desk
/// does not reach the edges.
fn told(outcome: &Outcome) -> Vec<String> {
    let meant = ["url-unreachable", "edges-lost"];
    let told = outcome.findings.iter().filter(|f| !meant.contains(&f.code()));
    told.map(|f: &Finding| format!("{} {}: {}", f.severity().word(), f.code(), f.message(Lang::En))).collect()
}

fn languages() -> [Vec<String>; 3] {
    [&["vi"][..], &["en"], &["vi", "en"]].map(|languages| languages.iter().map(|l| l.to_string()).collect())
}

#[test]
fn every_format_and_size_is_printed_as_it_is_written() {
    let mut faults = Vec::new();
    for name in builtin_templates("") {
        let format = builtin(&name);
        for size in format.size_names() {
            for languages in languages() {
                let wish = Wish { size: Some(size.clone()), languages: languages.clone(), ..Wish::default() };
                let speech = if languages[0] == "vi" { Lang::Vi } else { Lang::En };
                let Starter { campaign, table } = starter(&format, &wish, speech);
                let outcome = made(&campaign, &table);
                let pieces = 1 + usize::from(table.is_some());
                let found = told(&outcome);
                if outcome.artworks.len() != pieces || !found.is_empty() {
                    faults.push(format!("{name} {size} {languages:?}: {} of {pieces} files\n{}", outcome.artworks.len(), found.join("\n")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What a reader does who uses all that is offered: takes the `#` away.
#[test]
fn lines_that_are_offered_are_right_once_their_sign_is_gone() {
    for name in builtin_templates("") {
        let format = builtin(&name);
        for speech in [Lang::Vi, Lang::En] {
            let Starter { campaign, table } = starter(&format, &Wish::default(), speech);
            let offered = |line: &str| line.starts_with('#') && (line.starts_with("#  ") || !line.starts_with("# "));
            let count = campaign.lines().filter(|line| offered(line)).count();
            assert!(count >= 5, "{name}: {count}");
            let used: Vec<&str> = campaign.lines().map(|line| if offered(line) { &line[1..] } else { line }).collect();
            let used = used.join("\n");
            let (read, findings) = campaign::read("campaign.yaml", used.as_bytes(), &Limits::default());
            assert_eq!(findings, [], "{used}");
            assert!(read.unwrap().document.is_some());
            // Pictures that are offered as files of one's own are not there yet.
            let outcome = made(&used, &table);
            let errors = outcome.findings.iter().filter(|f| f.severity() == Severity::Error && f.code() != "file-missing");
            assert_eq!(errors.collect::<Vec<_>>(), Vec::<&Finding>::new(), "{name}\n{used}");
        }
    }
}

/// What is larger than A4 is set on larger paper where it is asked for on a desk.
#[test]
fn the_printer_on_the_desk_is_given_paper_that_is_large_enough() {
    for name in builtin_templates("") {
        let format = builtin(&name);
        for size in format.size_names() {
            let wish = Wish { size: Some(size.clone()), press: Some("office".into()), ..Wish::default() };
            let Starter { campaign, table } = starter(&format, &wish, Lang::En);
            let found = made(&campaign, &table).findings;
            let errors: Vec<&Finding> = found.iter().filter(|f| f.severity() == Severity::Error).collect();
            assert_eq!(errors, Vec::<&Finding>::new(), "{name} {size}");
        }
    }
}

/// A code is larger or smaller by what it says, and texts stand beside it; what is too long to type is left out.
#[test]
fn any_link_leaves_room_for_the_texts() {
    let links = [
        "https://mo.vn/abc",
        "https://mo.vn/xa-son-vi/kham-sk",
        "https://phutho.gov.vn/kham-suc-khoe26",
        "https://phutho.gov.vn/tin-tuc/2026/11/kham-suc-khoe",
    ];
    let mut faults = Vec::new();
    for name in builtin_templates("") {
        let format = builtin(&name);
        for (size, link) in format.sizes.iter().flat_map(|size| links.map(|link| (&size.name, link))) {
            for languages in &languages()[..2] {
                let wish = Wish { size: Some(size.clone()), languages: languages.clone(), link: Some(link.into()), ..Wish::default() };
                let Starter { campaign, table } = starter(&format, &wish, Lang::En);
                // From a seat, a sticker wants a short address, and says so.
                let meant = |f: &Finding| name == "bus-sticker" && f.code() == "qr-too-dense";
                let errors = made(&campaign, &table).findings.into_iter().filter(|f| f.severity() == Severity::Error && !meant(f));
                faults.extend(errors.map(|f| format!("{name} {size} {languages:?} {link}: {}", f.message(Lang::En))));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_was_asked_for_stands_in_the_campaign() {
    let wish = Wish {
        issuer: Some("Khách sạn A & B: phòng # 1".into()),
        link: Some("https://a-b.vn/phong?x=1#y".into()),
        press: Some("offset".into()),
        schema: Some("schema/campaign.schema.json".into()),
        ..Wish::default()
    };
    let Starter { campaign, table } = starter(&builtin("hotel-notice"), &wish, Lang::En);
    assert_eq!(campaign.lines().next(), Some("# yaml-language-server: $schema=schema/campaign.schema.json"));
    let outcome = made(&campaign, &table);
    assert_eq!(told(&outcome), Vec::<String>::new());
    let payloads: Vec<&str> = outcome.artworks[0].codes.iter().map(|code| code.payload.as_str()).collect();
    assert!(payloads.contains(&"https://a-b.vn/phong?x=1#y"), "{payloads:?}");
    assert_eq!(outcome.artworks[0].press, "offset");
    // The first row of the table is theirs as well.
    assert_eq!(table.unwrap().rows[0][0], "Khách sạn A & B: phòng # 1");
    assert!(campaign.contains("hotel: \"{{ issuer }}\""), "{campaign}");
}

#[test]
fn texts_that_are_the_same_in_all_languages_are_written_once() {
    let both = Wish { languages: vec!["vi".into(), "en".into()], ..Wish::default() };
    let Starter { campaign, .. } = starter(&builtin("hotel-notice"), &both, Lang::En);
    assert!(campaign.contains("\n  headline:\n    vi: Kính mời"), "{campaign}");
    assert!(campaign.contains("\n  phone: 0210 3744 991\n"), "{campaign}");
    let one = Wish { languages: vec!["en".into()], ..Wish::default() };
    let Starter { campaign, .. } = starter(&builtin("hotel-notice"), &one, Lang::En);
    assert!(campaign.contains("\n  headline: Please read the guide to your room\n"), "{campaign}");
}

fn own(fields: &str) -> Format {
    let text = format!(
        "format: the\nsizes: {{a6: {{trim: 105x148mm}}}}\nfields:\n{fields}styles: {{t: {{size: 9pt}}}}\n\
         sides: [{{name: front, column: {{padding: 10mm, children: [{{text: {{value: x, style: t}}}}]}}}}]\n"
    );
    let (format, findings) = format::read("the.yaml", text.as_bytes(), &Limits::default());
    assert_eq!(findings, [], "{text}");
    format.unwrap()
}

/// Formats of people's own call things as they like.
#[test]
fn columns_have_names_of_their_own_whatever_fields_are_called() {
    let format = own("  a: {type: text, label: (optional) Name, example: x, records: [x]}\n  \
                      b: {type: text, label: Name (two), example: x, records: [x]}\n  \
                      c: {type: text, label: 'Name, three', example: x, records: [x]}\n");
    assert_eq!(starter(&format, &Wish::default(), Lang::En).table.unwrap().columns, ["a", "Name", "c"]);
}

#[test]
fn a_link_is_for_the_first_code_alone() {
    let code =
        |name: &str| format!("  {name}: {{type: qr, label: {name}, example: 'https://{name}.vn', records: ['https://{name}.vn/1']}}\n");
    let format = own(&(code("one") + &code("two")));
    let wish = Wish { link: Some("https://mo.vn".into()), ..Wish::default() };
    let first = starter(&format, &wish, Lang::En);
    assert!(
        first.campaign.contains("\n  one: https://mo.vn\n") && first.campaign.contains("\n  two: https://two.vn\n"),
        "{}",
        first.campaign
    );
    assert_eq!(first.table.unwrap().columns, ["two"]);
}

#[test]
fn a_text_that_begins_with_a_brace_stays_a_text() {
    let format = own("  a: {type: text, required: true, label: A, example: '{wifi: {ssid: x}}'}\n");
    let first = starter(&format, &Wish::default(), Lang::En);
    let (read, findings) = campaign::read("campaign.yaml", first.campaign.as_bytes(), &Limits::default());
    assert!(read.is_some() && findings.is_empty(), "{}\n{findings:?}", first.campaign);
}
