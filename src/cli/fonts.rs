//! `toroi fonts`.

use super::exit_code;
use super::report::{Report, pick, say};
use serde_json::{Value, json};
use std::process::ExitCode;
use toroi::diag::Lang;
use toroi::files::Disk;
use toroi::render::fonts;
use toroi::text::{Embedding, Face, Fonts, vietnamese};

/// The most of a licence that people are shown, characters.
const WIDEST: usize = 90;

/// The most missing letters that people are shown.
const NAMED: usize = 30;

/// Lists the families that a campaign may use, or those that are built in.
pub fn tell(campaign: Option<&str>, json: bool, lang: Lang) -> ExitCode {
    let (found, findings) = match campaign {
        Some(path) => fonts(&Disk, path),
        None => (Some(Fonts::load(Vec::new()).0), Vec::new()),
    };
    let families: Vec<(&str, Vec<&Face>)> = found.iter().flat_map(of_families).collect();
    let report = Report { files: &[], contact: &[], findings: &findings, world: &Disk, lang };
    if json {
        let families: Vec<Value> = families.iter().map(|(name, faces)| family_json(name, faces)).collect();
        let findings: Vec<Value> = findings.iter().map(|finding| report.finding_json(finding)).collect();
        say(&format!("{:#}", json!({ "families": families, "findings": findings })));
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
    let pick = |vi, en| pick(lang, vi, en);
    let own: Vec<&str> = faces.iter().filter(|face| !is_builtin(face)).map(|face| face.file.as_str()).collect();
    say(&if own.is_empty() { format!("{name} ({})", pick("có sẵn", "built in")) } else { format!("{name} ({})", own.join(", ")) });
    let italic = pick("nghiêng", "italic");
    let weight = |face: &&Face| if face.italic { format!("{} {italic}", face.weight) } else { face.weight.to_string() };
    say(&format!("  {}: {}", pick("độ đậm", "weights"), faces.iter().map(weight).collect::<Vec<_>>().join(", ")));
    let mut lacks: Vec<(Vec<char>, Vec<String>)> = Vec::new();
    for face in faces {
        let missing = face.lacks_letters();
        match lacks.iter_mut().find(|(known, _)| *known == missing) {
            Some((_, weights)) => weights.push(weight(face)),
            None => lacks.push((missing, vec![weight(face)])),
        }
    }
    let all = vietnamese().len();
    for (missing, weights) in &lacks {
        let of = if lacks.len() > 1 { format!(" ({})", weights.join(", ")) } else { String::new() };
        let mut letters: Vec<String> = missing.iter().take(NAMED).map(char::to_string).collect();
        letters.extend((missing.len() > NAMED).then(|| "… (--json)".into()));
        let words = match (missing.len(), lang) {
            (0, Lang::Vi) => format!("đủ {all} chữ và dấu"),
            (0, Lang::En) => format!("all {all} letters and signs"),
            (n, Lang::Vi) => format!("thiếu {n} trên {all}: {}", letters.join(" ")),
            (n, Lang::En) => format!("lacks {n} of {all}: {}", letters.join(" ")),
        };
        say(&format!("  {}{of}: {words}", pick("tiếng Việt", "Vietnamese")));
    }
    let mut each: Vec<(Option<Embedding>, Option<String>)> = faces.iter().map(|face| (face.embedding(), face.licence())).collect();
    each.dedup();
    for (embedding, licence) in each {
        let may = match embedding {
            Some(Embedding::Free) => pick("được", "yes"),
            Some(Embedding::Editable) => pick("được, để đọc, in và sửa", "yes, to read, print and edit"),
            Some(Embedding::Print) => pick("được, để đọc và in", "yes, to read and print"),
            Some(Embedding::Forbidden) => pick("không, phải xin phép chủ phông", "not without leave of its owner"),
            None => pick("phông không ghi rõ", "the font does not say"),
        };
        say(&format!("  {}: {may}", pick("nhúng vào PDF", "may be embedded")));
        if let Some(licence) = licence {
            let line = licence.split_whitespace().collect::<Vec<_>>().join(" ");
            let more = if line.chars().count() > WIDEST { "…" } else { "" };
            say(&format!("  {}: {}{more}", pick("giấy phép", "licence"), line.chars().take(WIDEST).collect::<String>()));
        }
    }
}

fn family_json(name: &str, faces: &[&Face]) -> Value {
    let face = |face: &&Face| {
        let embedding = face.embedding().map(|embedding| match embedding {
            Embedding::Free => "free",
            Embedding::Editable => "editable",
            Embedding::Print => "print",
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
