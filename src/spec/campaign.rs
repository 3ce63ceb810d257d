//! The campaign: what is said, and which pieces are wanted.

use super::payload::{Payload, payload};
use super::press::{self, IccSpec};
use super::read::{self, Fields, Reader};
use super::records::{self, Checks, Data};
use super::sheet::{self, Imposition};
use super::words::{Words, is_language};
use super::yaml::{Content as Yaml, Node};
use crate::color::{Paint, Plate};
use crate::diag::{CODES, Expected, Finding, Kind, Located, Problem, Spot, nearest};
use crate::limits::{Limit, Limits};
use std::sync::Arc;

/// A campaign as written.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Its short name.
    pub name: String,
    /// Languages of the content; the first is the primary one.
    pub languages: Vec<String>,
    /// Whether it says so itself: then texts in other languages are put by on purpose.
    pub languages_given: bool,
    /// Title of the documents; the name where there is none.
    pub title: Option<Words>,
    /// Who says so: printed in the imprint, author of the documents.
    pub issuer: Option<Words>,
    /// Number of the paper that orders the campaign.
    pub document: Option<Words>,
    /// Last day of validity, `2020-12-31`.
    pub valid_until: Option<Located<String>>,
    /// Date written into the files, `2020-08-10`.
    pub date: Option<Located<String>>,
    /// Codes of judgements that are let pass, for all pieces.
    pub allow: Vec<Located<String>>,
    /// Colours for all pieces.
    pub palette: Palette,
    /// The profile of process inks, instead of that of each press.
    pub icc: Option<IccSpec>,
    /// Words of several syllables that headlines never part, besides the usual ones.
    pub compounds: Vec<Located<String>>,
    /// Font files beside the campaign.
    pub fonts: Vec<Located<String>>,
    /// Content for all pieces.
    pub content: Content,
    /// The pieces, in the order written.
    pub pieces: Vec<Piece>,
}

/// Colours by name.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// Those that are what they are.
    pub paints: Vec<(Located<String>, Paint)>,
    /// Those that records give: texts with placeholders.
    pub filled: Vec<(Located<String>, Located<String>)>,
}

/// Content by field name.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Texts and lists.
    pub text: Vec<(Located<String>, Value)>,
    /// Codes.
    pub qr: Vec<(Located<String>, Payload)>,
    /// Paths of pictures.
    pub images: Vec<(Located<String>, Located<String>)>,
    /// Names with nothing behind them.
    pub blank: Vec<Located<String>>,
    /// Fields whose content is wrong, which has been told.
    pub faulty: Vec<String>,
    /// Whether a whole section is wrong, which has been told: any field may be missing for that reason.
    pub torn: bool,
}

/// Content of one text field.
#[derive(Clone, Debug)]
pub enum Value {
    /// One text.
    Words(Words),
    /// Several.
    List(Vec<Words>),
}

impl Value {
    /// Reads a text or a list of texts.
    pub(crate) fn read(r: &mut Reader, key: &str, node: &Node) -> Option<Value> {
        match &node.value {
            Yaml::List(items) => items.iter().map(|item| Words::read(r, key, item)).collect::<Option<_>>().map(Value::List),
            _ => Words::read(r, key, node).map(Value::Words),
        }
    }

    /// Its texts, in the order written.
    pub fn words(&self) -> &[Words] {
        match self {
            Value::Words(words) => std::slice::from_ref(words),
            Value::List(items) => items,
        }
    }
}

/// One thing to print.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its name, the first part of the file name.
    pub name: Located<String>,
    /// Name of the format.
    pub format: Located<String>,
    /// Names of its sizes; the format's first where there is none.
    pub sizes: Vec<Located<String>>,
    /// Presses to print it for.
    pub press: Vec<Located<String>>,
    /// A table of records.
    pub data: Option<Data>,
    /// What must hold for the records.
    pub checks: Checks,
    /// Pattern of the name of a record's own file.
    pub file: Option<Located<String>>,
    /// A sheet to impose it on, instead of the press's.
    pub sheet: Option<Imposition>,
    /// Whether its four sides are the pages of a sheet folded once.
    pub half_fold: Option<Spot>,
    /// How many are to be printed, for the job ticket.
    pub quantity: Option<Words>,
    /// What they are to be printed on, for the job ticket.
    pub paper: Option<Words>,
    /// What else the shop is to know, for the job ticket.
    pub note: Option<Words>,
    /// Whether it is stuck to the inner face of a window and read from outside: printed left for right.
    pub inside_glass: bool,
    /// Distance that its first code must be read from, instead of the format's, pt.
    pub scan_from: Option<f64>,
    /// Codes of judgements on it that are let pass.
    pub allow: Vec<Located<String>>,
    /// Colours of this piece alone; they go before the campaign's.
    pub palette: Palette,
    /// Content of this piece alone; it goes before the campaign's.
    pub content: Content,
}

/// Reads a campaign, reporting everything that is wrong with it. `None` where it is no map at all.
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> (Option<Campaign>, Vec<Finding>) {
    read::document(file, bytes, limits, campaign)
}

fn campaign(r: &mut Reader, node: &Node) -> Option<Campaign> {
    let mut f = r.fields("campaign", node)?;
    let name = f.need(r, "campaign").and_then(|n| r.text("campaign", n));
    let languages = match f.take("languages") {
        Some(node) => languages(r, node),
        None => vec!["vi".to_string()],
    };
    let campaign = Campaign {
        name: name.map(|n| n.value).unwrap_or_default(),
        languages,
        languages_given: f.spot_of("languages").is_some(),
        title: f.read(r, "title", Words::read),
        issuer: f.read(r, "issuer", Words::read),
        document: f.read(r, "document", Words::read),
        valid_until: f.read(r, "valid_until", date),
        date: f.read(r, "date", date),
        icc: f.read(r, "icc", press::icc),
        allow: f.take("allow").map(|n| judgements(r, n)).unwrap_or_default(),
        palette: f.take("palette").map(|n| own_palette(r, n)).unwrap_or_default(),
        compounds: names(r, "compounds", f.take("compounds")),
        fonts: names(r, "fonts", f.take("fonts")),
        content: content(r, &mut f),
        pieces: all_pieces(r, &mut f),
    };
    f.finish(r);
    // A key that was meant to name the languages says that they are named.
    let meant = |finding: &Finding| matches!(&finding.problem, Problem::UnknownKey { nearest: Some(near), .. } if near == "languages");
    let languages_given = campaign.languages_given || r.findings.iter().any(meant);
    Some(Campaign { languages_given, ..campaign })
}

/// Codes of countries that are taken for languages. (`uk` is Ukrainian.)
const COUNTRIES: [(&str, &str); 8] =
    [("vn", "vi"), ("us", "en"), ("gb", "en"), ("kr", "ko"), ("jp", "ja"), ("cn", "zh"), ("vie", "vi"), ("eng", "en")];

/// Languages that pieces are most often set in.
const USUAL: [&str; 10] = ["vi", "en", "fr", "zh", "ja", "ko", "ru", "lo", "km", "th"];

fn languages(r: &mut Reader, node: &Node) -> Vec<String> {
    let mut languages = Vec::new();
    for item in r.list("languages", node) {
        let Some(language) = r.text("languages", item) else { continue };
        let meant = COUNTRIES.iter().find(|(country, _)| *country == language.value).map(|(_, language)| language.to_string());
        if !is_language(&language.value) || meant.is_some() {
            let problem = Problem::UnknownName {
                kind: Kind::Language,
                nearest: meant.or_else(|| nearest(&language.value, USUAL)),
                name: language.value,
                known: USUAL.iter().map(|l| l.to_string()).collect(),
            };
            // What was meant is gone on with, so that its texts are not missed.
            if let Problem::UnknownName { nearest: Some(near), .. } = &problem {
                languages.push(near.clone());
            }
            r.report(&language.spot, problem);
        } else if !languages.contains(&language.value) {
            languages.push(language.value);
        }
    }
    if languages.is_empty() {
        languages.push("vi".into());
    }
    languages
}

fn names(r: &mut Reader, key: &str, node: Option<&Node>) -> Vec<Located<String>> {
    node.map(|n| r.list(key, n)).unwrap_or_default().iter().filter_map(|n| r.text(key, n)).collect()
}

fn date(r: &mut Reader, key: &str, node: &Node) -> Option<Located<String>> {
    let value = r.value(key, node, Expected::Date, |t| is_date(t).then(|| t.to_string()))?;
    Some(Located { value, spot: node.spot.clone() })
}

/// Whether a text is a day of the calendar, `2020-12-31`.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let &[y, m, d] = parts.as_slice() else { return false };
    let number =
        |part: &str, digits: usize| part.parse::<u32>().ok().filter(|_| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()));
    let (Some(y), Some(m), Some(d)) = (number(y, 4), number(m, 2), number(d, 2)) else { return false };
    let leap = y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400));
    let days = match m {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    };
    (1..=days).contains(&d)
}

/// Reads a map of colour names.
pub(crate) fn palette(r: &mut Reader, node: &Node) -> Vec<(Located<String>, Paint)> {
    let mut palette = Vec::new();
    for (name, colour) in r.entries("palette", node) {
        not_reserved(r, name);
        palette.extend(paint(r, &name.value, colour).map(|paint| (name.clone(), paint)));
    }
    palette
}

fn own_palette(r: &mut Reader, node: &Node) -> Palette {
    let mut palette = Palette::default();
    for (name, colour) in r.entries("palette", node) {
        not_reserved(r, name);
        match colour.scalar().filter(|text| text.contains("{{")) {
            Some(text) => palette.filled.push((name.clone(), Located { value: text.to_string(), spot: colour.spot.clone() })),
            None => palette.paints.extend(paint(r, &name.value, colour).map(|paint| (name.clone(), paint))),
        }
    }
    palette
}

fn not_reserved(r: &mut Reader, name: &Located<String>) {
    if matches!(name.value.as_str(), "black" | "paper") {
        r.report(&name.spot, Problem::ReservedName { name: name.value.clone() });
    }
}

fn paint(r: &mut Reader, key: &str, node: &Node) -> Option<Paint> {
    let Yaml::Map(_) = node.value else { return r.value(key, node, Expected::Colour, Paint::parse) };
    let mut f = r.fields(key, node)?;
    if let Some(name) = f.take("spot") {
        let name = r.value("spot", name, Expected::Plate, press::plate_name);
        let alternate = f.need(r, "cmyk").and_then(|n| r.value("cmyk", n, Expected::Inks, inks));
        f.finish(r);
        return Some(Paint::Spot(Arc::new(Plate { name: name?, alternate: alternate?, step: None })));
    }
    let rgb = f.need(r, "rgb").and_then(|n| r.value("rgb", n, Expected::Colour, Paint::parse));
    let cmyk = f.need(r, "cmyk").and_then(|n| r.value("cmyk", n, Expected::Inks, inks));
    f.finish(r);
    match rgb? {
        Paint::Rgb(rgb) => Some(Paint::Both(rgb, cmyk?)),
        _ => {
            r.wrong(key, node, Expected::Colour);
            None
        }
    }
}

fn inks(text: &str) -> Option<[f64; 4]> {
    match Paint::parse(text)? {
        Paint::Cmyk(inks) => Some(inks),
        _ => None,
    }
}

fn content(r: &mut Reader, f: &mut Fields<'_>) -> Content {
    let mut content = Content::default();
    for key in ["text", "qr", "images"] {
        let entries = f.take(key).map(|node| match &node.value {
            Yaml::Map(entries) => entries.as_slice(),
            _ => &[],
        });
        for (name, node) in entries.unwrap_or_default() {
            let is_name = name.value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
            if node.value == Yaml::Null && !is_name {
                r.report(&name.spot, Problem::CommaInText { text: name.value.clone() });
            }
        }
        content.blank.extend(entries.unwrap_or_default().iter().filter(|(_, node)| node.value == Yaml::Null).map(|(name, _)| name.clone()));
    }
    for (name, node) in section(r, f, "text", &mut content.torn) {
        match Value::read(r, &name.value, node) {
            Some(value) => content.text.push((name.clone(), value)),
            None => content.faulty.push(name.value.clone()),
        }
    }
    for (name, node) in section(r, f, "qr", &mut content.torn) {
        match payload(r, &name.value, node) {
            Some(payload) => content.qr.push((name.clone(), payload)),
            None => content.faulty.push(name.value.clone()),
        }
    }
    for (name, node) in section(r, f, "images", &mut content.torn) {
        match r.text(&name.value, node) {
            Some(path) => content.images.push((name.clone(), path)),
            None => content.faulty.push(name.value.clone()),
        }
    }
    content
}

/// The entries of a section of content; a name with nothing behind it is as good as not there.
fn section<'n>(
    r: &mut Reader,
    f: &mut Fields<'n>,
    key: &'static str,
    torn: &mut bool,
) -> impl Iterator<Item = &'n (Located<String>, Node)> + use<'n> {
    let node = f.take(key);
    *torn |= node.is_some_and(|n| !matches!(n.value, Yaml::Map(_)));
    node.map(|n| r.entries(key, n)).unwrap_or_default().iter().filter(|(_, node)| node.value != Yaml::Null)
}

fn all_pieces(r: &mut Reader, f: &mut Fields<'_>) -> Vec<Piece> {
    let Some(node) = f.take("pieces") else {
        match f.spot_of("pieces") {
            Some(spot) => r.report(spot, Problem::NoPieces),
            None => {
                f.need(r, "pieces");
            }
        }
        return Vec::new();
    };
    let entries = r.entries("pieces", node);
    if let Err(problem) = r.limits.hold(Limit::Pieces, entries.len() as u64, &node.spot.file) {
        r.report(&node.spot, problem);
        return Vec::new();
    }
    if node.value == Yaml::Map(Vec::new()) {
        r.report(&node.spot, Problem::NoPieces);
    }
    // Keys of a piece that stand where pieces have their names.
    let is_key =
        |name: &str, node: &Node| PIECE_KEYS.contains(&name) && !matches!(node.value, Yaml::Map(_) if name != "text" && name != "qr");
    let keys: Vec<&(Located<String>, Node)> = entries.iter().filter(|(name, node)| is_key(&name.value, node)).collect();
    if let (true, Some((first, _))) = (keys.iter().any(|(name, _)| name.value == "format"), keys.first()) {
        let piece = entries.iter().find(|(_, node)| node.value == Yaml::Null).map(|(name, _)| name.value.clone());
        let names = keys.iter().map(|(name, _)| name.value.clone()).collect();
        r.report(&first.spot, Problem::PieceUnnamed { keys: names, piece });
        return Vec::new();
    }
    entries.iter().filter_map(|(name, node)| piece(r, name, node)).collect()
}

/// Keys by which a piece is known that has no name.
const PIECE_KEYS: [&str; 9] = ["format", "size", "press", "data", "sheet", "file", "text", "qr", "images"];

/// A name or a list of names.
fn one_or_more(r: &mut Reader, f: &mut Fields<'_>, key: &'static str) -> Option<Vec<Located<String>>> {
    let given = if f.spot_of(key).is_some() { f.need_some(r, key) } else { f.take(key) };
    given.map(|node| match &node.value {
        Yaml::List(items) => items.iter().filter_map(|n| r.text(key, n)).fold(Vec::new(), once),
        _ => r.text(key, node).into_iter().collect(),
    })
}

/// A press or size named twice makes one file.
fn once(mut names: Vec<Located<String>>, name: Located<String>) -> Vec<Located<String>> {
    if names.iter().all(|n| n.value != name.value) {
        names.push(name);
    }
    names
}

fn piece(r: &mut Reader, name: &Located<String>, node: &Node) -> Option<Piece> {
    let plain =
        |t: &str| !t.is_empty() && t.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_' || c == '.') && !t.starts_with('.');
    if !plain(&name.value) {
        let expected = Expected::Name;
        r.report(&name.spot, Problem::BadValue { key: "pieces".into(), value: name.value.clone(), expected });
    }
    let mut f = r.fields(&name.value, node)?;
    let format = f.need(r, "format").and_then(|n| r.text("format", n));
    let press = one_or_more(r, &mut f, "press").unwrap_or_else(|| vec![Located { value: "office".to_string(), spot: name.spot.clone() }]);
    let sizes = one_or_more(r, &mut f, "size").unwrap_or_default();
    let piece = Piece {
        name: name.clone(),
        sizes,
        press,
        data: f.read(r, "data", records::data),
        checks: records::checks(r, &mut f),
        file: f.read(r, "file", Reader::text),
        sheet: f.read(r, "sheet", sheet::imposition),
        half_fold: f.take("fold").and_then(|n| r.choice("fold", n, &[("half", ())]).map(|()| n.spot.clone())),
        quantity: f.read(r, "quantity", Words::read),
        paper: f.read(r, "paper", Words::read),
        note: f.read(r, "note", Words::read),
        inside_glass: f.read(r, "inside_glass", Reader::boolean).unwrap_or(false),
        scan_from: f.read(r, "scan_from", Reader::distance),
        allow: f.take("allow").map(|n| judgements(r, n)).unwrap_or_default(),
        palette: f.take("palette").map(|n| own_palette(r, n)).unwrap_or_default(),
        content: content(r, &mut f),
        format: format.clone().unwrap_or_else(|| name.clone()),
    };
    f.finish(r);
    format.map(|_| piece)
}

/// Codes of judgements that may be let pass.
fn judgements(r: &mut Reader, node: &Node) -> Vec<Located<String>> {
    let may_pass = || CODES.iter().filter(|code| code.may_pass).map(|code| code.name);
    let mut codes = Vec::new();
    for code in r.list("allow", node).iter().filter_map(|n| r.text("allow", n)).collect::<Vec<_>>() {
        if may_pass().any(|name| name == code.value) {
            codes.push(code);
            continue;
        }
        let known = may_pass().map(String::from).collect();
        let problem = Problem::UnknownName { kind: Kind::Judgement, nearest: nearest(&code.value, may_pass()), name: code.value, known };
        r.report(&code.spot, problem);
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        assert!(is_date("2020-02-29") && is_date("2026-12-31"));
        for bad in ["2021-02-29", "2020-13-01", "2020-1-1", "31/12/2020", "2020-04-31", "", "2020-00-10"] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn everything_wrong_is_told_in_one_run() {
        let text = "campaign: x\ncolour: red\npalette: {primary: blau}\nvalid_until: soon\npieces:\n  a: {size: a5, formt: leaflet}\n";
        let (_, findings) = read("c.yaml", text.as_bytes(), &Limits::default());
        let codes: Vec<_> = findings.iter().map(|f| (f.code(), f.place.spot.at.line)).collect();
        assert_eq!(codes, [("bad-value", 4), ("bad-value", 3), ("unknown-key", 6), ("unknown-key", 2)]);
    }
}
