//! Ten thousand broken campaigns: one node, line or byte of a valid one is deleted, doubled, moved, cut or made another kind.
//! None may panic; each piece is made or an error is told; and what is made says what is written, so that no file comes
//! out with an error that nobody was told of.

use rayon::prelude::*;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use toroi::diag::any_error;
use toroi::files::Memory;
use toroi::page::Meaning;
use toroi::preview::Preview;
use toroi::render::{Artwork, Options, Outcome, Proof, render};
use toroi::sheet;
use unicode_normalization::UnicodeNormalization;

const CASES: u64 = 10_000;

/// A format that prints all that it is given.
const FORMAT: &str = "format: bien
label: {vi: Biển, en: Sign}
sizes:
  a6: {trim: 105x148mm}
  a7: {trim: 74x105mm, scale: 0.7}
demands: [issuer, {one_of: [note, steps]}]
fields:
  headline: {type: text, required: true, languages: each, label: {vi: Tiêu đề, en: Headline}}
  note: {type: text}
  steps: {type: list, items: 1..4, required: true}
  app: {type: qr, required: true, scan_from: 0.2m}
palette: {primary: \"#0B63B0\"}
styles:
  headline: {weight: 800, size: 10pt..14pt, leading: 1.3}
  body: {size: 8pt..9pt, leading: 1.4}
sides:
  - name: front
    column:
      padding: 10mm
      gap: 4mm
      children:
        - text: {name: headline, value: \"{{ headline }}\", style: headline, tag: h1}
        - text: {name: second, language: 2, value: \"{{ headline }}\", style: body}
        - row:
            gap: 4mm
            children:
              - qr: {name: app, value: app, side: 24mm}
              - steps: {name: steps, value: steps, style: body, grow: 1}
        - text: {name: note, value: \"{{ note }}\", style: body, when: \"{{ note }}\"}
        - text: {name: issuer, value: \"{{ issuer }}\", style: body}
";

const CAMPAIGN: &str = "campaign: thu
languages: [vi, en]
title: {vi: Nước sạch, en: Clean water}
issuer: {vi: UBND xã Sơn Vi, en: Sơn Vi People's Committee}
document: 12/KH-UBND
valid_until: 2030-12-31
date: 2026-03-01
palette: {primary: \"#0B4F94\", accent: cmyk(0 35 95 0)}
text:
  headline: {vi: Nước sạch về từng nhà, en: Clean water for every home}
  steps: [Quét mã, Điền đơn, Chờ gọi lại]
qr:
  app: https://mo.vn/nuoc
pieces:
  bien:
    format: bien
    size: a6
    press: screen
    text: {note: Hỏi trưởng khu}
  the:
    format: bien
    size: a6
    press: [screen]
    data: ho.csv
    unique: so
    pattern: {so: K-001}
    file: \"{{ so }}\"
    text:
      headline: {vi: \"Hộ {{ ten }}\", en: \"Household {{ ten }}\"}
      note: \"Số {{ so }}\"
    qr: {app: {url: \"https://mo.vn/ho/{{ so }}\"}}
";

const TABLE: &str = "so,ten,khu\nK-001,Hà,Khu 1\nK-002,\"Bình, An\",Khu 2\nK-003,Lê Thị Thu Hường,Khu 10\n";

/// Numbers that are the same on every machine (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % most.max(1)
    }
}

#[test]
fn no_mutation_panics_or_prints_an_error_that_nobody_was_told_of() {
    let faults: Vec<String> = (1..=CASES).into_par_iter().filter_map(judge).collect();
    assert!(faults.is_empty(), "{} of {CASES}\n\n{}", faults.len(), faults[..faults.len().min(5)].join("\n\n"));
}

#[test]
fn what_is_lost_would_be_found() {
    let mut files = BTreeMap::from([("bien.yaml", FORMAT.to_string()), ("c.yaml", CAMPAIGN.to_string()), ("ho.csv", TABLE.to_string())]);
    let world = Memory(files.iter().map(|(name, text)| (name.to_string(), text.clone().into_bytes())).collect());
    let outcome = render(&world, "c.yaml", &Options { items: true, ..Options::default() });
    assert_eq!((outcome.artworks.len(), outcome.findings.len()), (2, 0), "{:?}", outcome.findings);
    assert_eq!(unsaid(&outcome, &files), None);
    for (text, other) in [("Nước sạch về", "Nước bẩn về"), ("Điền đơn", "Điền phiếu"), ("mo.vn/nuoc", "mo.vn/sach"), ("Số {{", "Thứ {{")]
    {
        files.insert("c.yaml", CAMPAIGN.replace(text, other));
        assert!(unsaid(&outcome, &files).is_some(), "{other}");
    }
}

/// What is wrong with what comes of a mutation; nothing mostly.
fn judge(seed: u64) -> Option<String> {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut files = BTreeMap::from([("bien.yaml", FORMAT.to_string()), ("c.yaml", CAMPAIGN.to_string()), ("ho.csv", TABLE.to_string())]);
    let name = ["c.yaml", "c.yaml", "bien.yaml", "ho.csv"][random.below(4)];
    let of_nodes = name != "ho.csv" && random.below(3) > 0;
    let before = files[name].clone();
    let text = if of_nodes { mutated_nodes(&before, &mut random) } else { mutated_text(&before, &mut random) };
    files.insert(name, text.clone());
    let world = Memory(files.iter().map(|(name, text)| (name.to_string(), text.clone().into_bytes())).collect());
    let proof = if seed.is_multiple_of(16) { Proof::All } else { Proof::Off };
    let outcome = catch_unwind(AssertUnwindSafe(|| render(&world, "c.yaml", &Options { proof, items: true, ..Options::default() })));
    let fault = match outcome {
        Err(_) => Some("panics".to_string()),
        Ok(outcome) => unsaid(&outcome, &files),
    };
    fault.map(|fault| format!("case {seed}: {fault}\n--- {name}\n{text}"))
}

/// What came out though something is wrong that was not told.
fn unsaid(outcome: &Outcome, files: &BTreeMap<&str, String>) -> Option<String> {
    for finding in &outcome.findings {
        for lang in [toroi::diag::Lang::Vi, toroi::diag::Lang::En] {
            if finding.message(lang).trim().is_empty() || finding.hint(lang).trim().is_empty() {
                return Some(format!("{} says nothing", finding.code()));
            }
        }
        if finding.place.spot.file.is_empty() {
            return Some(format!("{} has no place", finding.code()));
        }
    }
    let campaign: Option<Value> = serde_yaml::from_str(&files["c.yaml"]).ok();
    let pieces = campaign.as_ref().and_then(|campaign| campaign.get("pieces")).and_then(Value::as_mapping);
    for name in pieces.into_iter().flat_map(|pieces| pieces.keys()).filter_map(Value::as_str) {
        let name: &str = &name.nfc().collect::<String>();
        let of_it = |piece: &Option<String>| piece.as_deref().is_none_or(|piece| piece == name);
        let is_told = outcome.findings.iter().any(|f| of_it(&f.place.piece) && any_error(std::slice::from_ref(f)));
        if !is_told && !outcome.artworks.iter().any(|artwork| artwork.piece == name) {
            return Some(format!("{name} is not made, and no error told"));
        }
    }
    if outcome.artworks.is_empty() && !any_error(&outcome.findings) {
        return Some("nothing is made and nothing told".to_string());
    }
    for artwork in &outcome.artworks {
        let Some(preview) = Preview::open(artwork.bytes.clone()) else { return Some(format!("{} cannot be read", artwork.file)) };
        if preview.pages() != artwork.pages || artwork.pages == 0 {
            return Some(format!("{} has {} pages, not {}", artwork.file, preview.pages(), artwork.pages));
        }
        if files["bien.yaml"] == FORMAT
            && let Some(lost) = lost(artwork, files)
        {
            return Some(format!("{} does not say “{lost}”", artwork.file));
        }
    }
    None
}

/// A text of the campaign or the table that is not on the pages of a piece, whose format prints all.
fn lost(artwork: &Artwork, files: &BTreeMap<&str, String>) -> Option<String> {
    let tags = artwork.sheets.iter().flat_map(sheet::tags);
    let shown: Vec<String> = tags
        .map(|(_, tag)| match tag.meaning {
            Meaning::Text { text, .. } => text,
            Meaning::Symbol { symbol, .. } => symbol.payload.clone(),
            _ => String::new(),
        })
        .collect();
    let campaign: Value = serde_yaml::from_str(&files["c.yaml"]).ok()?;
    let piece = campaign.get("pieces")?.get(artwork.piece.as_str())?;
    let field = |section: &str, name: &str| {
        let of = |value: &Value| value.get(section).and_then(|section| section.get(name)).filter(|value| !value.is_null()).cloned();
        of(piece).or_else(|| of(&campaign))
    };
    let primary = match campaign.get("languages").and_then(Value::as_sequence).and_then(|all| all.first()).and_then(Value::as_str) {
        Some(language) => language.to_string(),
        None => "vi".to_string(),
    };
    let mut wanted: Vec<String> = Vec::new();
    for name in ["headline", "note", "steps"] {
        match field("text", name) {
            Some(Value::Sequence(items)) => wanted.extend(items.iter().filter_map(|item| spoken(item, &primary))),
            Some(value) => wanted.extend(spoken(&value, &primary)),
            None => {}
        }
    }
    wanted.extend(field("qr", "app").and_then(|code| code.as_str().map(String::from)));
    wanted.extend(campaign.get("issuer").and_then(|issuer| spoken(issuer, &primary)));
    // A record has its own texts; what is common to all stands on every page.
    let plain = |text: &String| {
        let said = text.split("{{").next().unwrap_or_default().trim().trim_end_matches("**").to_string();
        (said.len() > 3 && !said.contains(['*', '_', '\\', '`', '<', '&', '~', '#'])).then_some(said)
    };
    let joined = squeezed(&shown.join(" "));
    wanted.iter().filter_map(plain).find(|said| !joined.contains(&squeezed(said)))
}

/// A text in a language, or the one for all.
fn spoken(value: &Value, language: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Mapping(by) => by.get(language)?.as_str().map(String::from),
        _ => None,
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One node deleted, doubled, made another kind, moved or cut.
fn mutated_nodes(text: &str, random: &mut Random) -> String {
    let mut value: Value = serde_yaml::from_str(text).unwrap();
    let count = nodes(&value);
    let mut at = 1 + random.below(count - 1);
    mutate(&mut value, &mut at, random);
    serde_yaml::to_string(&value).unwrap()
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Sequence(items) => items.iter().map(nodes).sum(),
        Value::Mapping(entries) => entries.values().map(nodes).sum(),
        _ => 0,
    }
}

fn mutate(value: &mut Value, at: &mut usize, random: &mut Random) -> bool {
    let children: Vec<usize> = match value {
        Value::Sequence(items) => items.iter().map(nodes).collect(),
        Value::Mapping(entries) => entries.values().map(nodes).collect(),
        _ => Vec::new(),
    };
    let mut begin = 1;
    for (i, size) in children.iter().enumerate() {
        if *at == begin {
            change(value, i, random);
            return true;
        }
        if *at < begin + size {
            *at -= begin;
            return match value {
                Value::Sequence(items) => mutate(&mut items[i], at, random),
                Value::Mapping(entries) => entries.values_mut().nth(i).is_some_and(|inner| mutate(inner, at, random)),
                _ => false,
            };
        }
        begin += size;
    }
    false
}

/// Changes the child of a number.
fn change(parent: &mut Value, i: usize, random: &mut Random) {
    let way = random.below(6);
    match parent {
        Value::Sequence(items) => match way {
            0 => drop(items.remove(i)),
            1 => items.insert(i, items[i].clone()),
            2 => items.truncate(i),
            3 => items.reverse(),
            _ => items[i] = retyped(&items[i], random),
        },
        Value::Mapping(entries) => {
            let key = entries.keys().nth(i).cloned().unwrap();
            match way {
                0 => drop(entries.remove(&key)),
                1 => {
                    let double = entries[&key].clone();
                    entries.insert(Value::String(format!("{}2", key.as_str().unwrap_or("x"))), double);
                }
                2 => {
                    let mut turned: Vec<(Value, Value)> = entries.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
                    turned.reverse();
                    *entries = turned.into_iter().collect();
                }
                3 => {
                    let kept: Mapping = entries.iter().take(i).map(|(k, v)| (k.clone(), v.clone())).collect();
                    *entries = kept;
                }
                _ => {
                    let new = retyped(&entries[&key], random);
                    entries.insert(key, new);
                }
            }
        }
        _ => {}
    }
}

/// Something of another kind, or a text that is cut.
fn retyped(value: &Value, random: &mut Random) -> Value {
    match random.below(9) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => Value::Number(random.below(1000).into()),
        3 => Value::Sequence(vec![value.clone()]),
        4 => Value::Mapping(Mapping::from_iter([(Value::String("vi".into()), value.clone())])),
        5 => Value::String(String::new()),
        6 => Value::String("{{ x".into()),
        7 => Value::String("Ậ".repeat(random.below(400))),
        _ => match value {
            Value::String(text) => {
                let keep = random.below(text.chars().count().max(1));
                Value::String(text.chars().take(keep).collect())
            }
            Value::Sequence(items) => items.first().cloned().unwrap_or(Value::Null),
            Value::Mapping(entries) => entries.values().next().cloned().unwrap_or(Value::Null),
            _ => Value::String("-1mm".into()),
        },
    }
}

/// One line deleted, doubled, moved or indented, or the text cut or struck at a letter.
fn mutated_text(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    let at = random.below(lines.len());
    match random.below(8) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let other = random.below(lines.len());
            lines.swap(at, other);
        }
        3 => lines[at].insert(0, ' '),
        4 => lines[at].insert(0, '\t'),
        5 => {
            let keep = random.below(text.chars().count());
            return text.chars().take(keep).collect();
        }
        6 => {
            let letters: Vec<char> = lines[at].chars().collect();
            let place = random.below(letters.len());
            lines[at] = letters.iter().enumerate().filter(|(i, _)| *i != place).map(|(_, c)| *c).collect();
        }
        _ => {
            let sign = [':', '"', '\'', '{', '}', '[', ',', '#', '*', '&', '|', ';', '\u{300}', '\u{0}', '☎', '%', '\\'][random.below(17)];
            let place = random.below(lines[at].chars().count() + 1);
            lines[at] = lines[at].chars().take(place).chain([sign]).chain(lines[at].chars().skip(place)).collect();
        }
    }
    lines.join("\n") + "\n"
}
