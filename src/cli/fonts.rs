//! `toroi fonts`.

use super::exit_code;
use super::report::{Report, deliver, say};
use serde_json::{Value, json};
use std::process::ExitCode;
use toroi::diag::Lang;
use toroi::files::Disk;
use toroi::render::{Options, fonts};
use toroi::text::{Embedding, Face, Fonts, vietnamese};

/// The most of a licence that people are shown, characters.
const WIDEST: usize = 90;

/// The most missing letters that people are shown.
const NAMED: usize = 30;

/// Lists the families that a campaign may use, or those that are built in.
pub fn tell(campaign: Option<&str>, asked: &Options, json: bool, lang: Lang) -> ExitCode {
    let (found, findings) = match campaign {
        Some(path) => fonts(&Disk, path, asked),
        None => (Some(Fonts::load(Vec::new()).0), Vec::new()),
    };
    let families: Vec<(&str, Vec<&Face>)> = found.iter().flat_map(of_families).collect();
    let report = Report { files: &[], contact: &[], findings: &findings, world: &Disk, lang };
    if json {
        let families: Vec<Value> = families.iter().map(|(name, faces)| family_json(name, faces)).collect();
        let findings: Vec<Value> = findings.iter().map(|finding| report.finding_json(finding)).collect();
        let said = format!("{:#}\n", json!({ "families": families, "findings": findings }));
        if let Err(code) = deliver(said.as_bytes(), lang) {
            return code;
        }
    } else {
        families.iter().for_each(|(name, faces)| family(name, faces, lang));
        report.people();
    }
    exit_code(&findings)
}

/// The families and their faces from light to heavy, the campaign's own first: they are what was asked about.
fn of_families(fonts: &Fonts) -> Vec<(&str, Vec<&Face>)> {
    let faces = |name: &String| {
        let mut faces: Vec<&Face> = fonts.faces.iter().filter(|face| face.family == *name).collect();
        faces.sort_by_key(|face| (face.weight, face.italic));
        faces
    };
    let mut families: Vec<(&str, Vec<&Face>)> = fonts.families().iter().map(|name| (name.as_str(), faces(name))).collect();
    families.sort_by_key(|(_, faces)| faces.iter().all(|face| is_builtin(face)));
    families
}

fn is_builtin(face: &Face) -> bool {
    face.file.starts_with("builtin:")
}

fn family(name: &str, faces: &[&Face], lang: Lang) {
    let pick = |vi, en| lang.pick(vi, en);
    let own: Vec<&str> = faces.iter().filter(|face| !is_builtin(face)).map(|face| face.file.as_str()).collect();
    say(&if own.is_empty() { format!("{name} ({})", pick("có sẵn", "built in")) } else { format!("{name} ({})", own.join(", ")) });
    let italic = pick("nghiêng", "italic");
    let weight = |face: &&Face| if face.italic { format!("{} {italic}", face.weight) } else { face.weight.to_string() };
    say(&format!("  {}: {}", pick("độ đậm", "weights"), faces.iter().map(weight).collect::<Vec<_>>().join(", ")));
    // What is said of the faces of a family, and of which where it is not said of all.
    let each = |said: &dyn Fn(&Face) -> Vec<String>| {
        let mut groups: Vec<(Vec<String>, Vec<String>)> = Vec::new();
        for face in faces {
            let lines = said(face);
            match groups.iter_mut().find(|(known, _)| *known == lines) {
                Some((_, weights)) => weights.push(weight(face)),
                None => groups.push((lines, vec![weight(face)])),
            }
        }
        for (lines, weights) in &groups {
            let of = if groups.len() > 1 { format!("{}: ", weights.join(", ")) } else { String::new() };
            lines.iter().for_each(|line| say(&format!("  {of}{line}")));
        }
    };
    each(&|face| vec![format!("{}: {}", pick("tiếng Việt", "Vietnamese"), letters(face, lang))]);
    each(&|face| {
        let may = format!("{}: {}", pick("nhúng vào PDF", "may be embedded"), embedding(face, lang));
        let licence = face.licence().map(|licence| {
            let line = licence.split_whitespace().collect::<Vec<_>>().join(" ");
            let more = if line.chars().count() > WIDEST { "…" } else { "" };
            format!("{}: {}{more}", pick("giấy phép", "licence"), line.chars().take(WIDEST).collect::<String>())
        });
        std::iter::once(may).chain(licence).collect()
    });
}

/// How much of Vietnamese a face has.
fn letters(face: &Face, lang: Lang) -> String {
    let (all, missing) = (vietnamese().len(), face.lacks_letters());
    let mut letters: Vec<String> = missing.iter().take(NAMED).map(char::to_string).collect();
    letters.extend((missing.len() > NAMED).then(|| "… (--json)".into()));
    match (missing.len(), lang) {
        (0, Lang::Vi) => format!("đủ {all} chữ và dấu"),
        (0, Lang::En) => format!("all {all} letters and signs"),
        (n, Lang::Vi) => format!("thiếu {n} trên {all}: {}", letters.join(" ")),
        (n, Lang::En) => format!("lacks {n} of {all}: {}", letters.join(" ")),
    }
}

fn embedding(face: &Face, lang: Lang) -> &'static str {
    let (vi, en) = match face.embedding() {
        Some(Embedding::Free) => ("được", "yes"),
        Some(Embedding::Editable) => ("được, để đọc, in và sửa", "yes, to read, print and edit"),
        Some(Embedding::Print) => ("được, để đọc và in", "yes, to read and print"),
        Some(Embedding::Whole) => {
            ("chỉ khi nhúng trọn phông, mà toroi chỉ nhúng những chữ đã dùng", "only whole, and toroi embeds what is used of it")
        }
        Some(Embedding::Forbidden) => ("không, phải xin phép chủ phông", "not without leave of its owner"),
        None => ("phông không ghi rõ", "the font does not say"),
    };
    lang.pick(vi, en)
}

fn family_json(name: &str, faces: &[&Face]) -> Value {
    let face = |face: &&Face| {
        let embedding = face.embedding().map(|embedding| match embedding {
            Embedding::Free => "free",
            Embedding::Editable => "editable",
            Embedding::Print => "print",
            Embedding::Whole => "whole",
            Embedding::Forbidden => "forbidden",
        });
        json!({
            "file": face.file, "name": face.name, "weight": face.weight, "italic": face.italic,
            "lacks": face.lacks_letters().iter().map(char::to_string).collect::<Vec<_>>(), "embedding": embedding, "licence": face.licence(),
        })
    };
    json!({
        "family": name, "builtin": faces.iter().all(|face| is_builtin(face)), "letters": vietnamese().len(),
        "faces": faces.iter().map(face).collect::<Vec<_>>(),
    })
}
