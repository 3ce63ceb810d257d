//! A print service, without its web framework: a request comes with a campaign and a table as bytes, and goes back as a
//! PDF, or as what is wrong with it. Nothing is read from a disk or written to one.
//!
//! ```text
//! cargo run --example embed
//! ```

use serde_json::{Value, json};
use toroi::diag::{Finding, Lang, any_error};
use toroi::files::Memory;
use toroi::limits::{Limit, Limits};
use toroi::render::{Options, render};

/// What a form sends.
pub struct Request<'a> {
    /// The campaign, YAML. Its tables are called `records.csv`.
    pub campaign: &'a [u8],
    /// The table.
    pub records: &'a [u8],
    /// The piece that is wanted.
    pub piece: &'a str,
    /// And for which press.
    pub press: &'a str,
    /// The language of who asks.
    pub lang: Lang,
}

/// What goes back.
pub struct Response {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

/// Answers a request. It holds no state, so that any number of threads may call it.
pub fn handle(request: &Request<'_>) -> Response {
    let files = [("campaign.yaml", request.campaign), ("records.csv", request.records)];
    let world = Memory(files.map(|(name, bytes)| (name.to_string(), bytes.to_vec())).into());
    let options =
        Options { pieces: vec![request.piece.into()], presses: vec![request.press.into()], limits: of_a_request(), ..Options::default() };
    let outcome = render(&world, "campaign.yaml", &options);
    match outcome.artworks.into_iter().next() {
        Some(artwork) if !any_error(&outcome.findings) => Response { status: 200, content_type: "application/pdf", body: artwork.bytes },
        _ => {
            let findings: Vec<Value> = outcome.findings.iter().map(|finding| tell(finding, request.lang)).collect();
            let body = json!({ "findings": findings }).to_string().into_bytes();
            Response { status: 422, content_type: "application/json", body }
        }
    }
}

/// What one request may cost: less than somebody at a desk may ask for.
fn of_a_request() -> Limits {
    Limits::default().with(Limit::Records, 10_000).with(Limit::TableBytes, 8_000_000).with(Limit::OutputBytes, 200_000_000)
}

/// A finding for the page that sent the form: the code for programs, the sentences for people.
fn tell(finding: &Finding, lang: Lang) -> Value {
    let place = &finding.place;
    json!({
        "severity": finding.severity().word(), "code": finding.code(),
        "file": &*place.spot.file, "line": place.spot.at.line, "record": place.record,
        "message": finding.message(lang), "hint": finding.hint(lang),
    })
}

/// Stickers of a transport firm, one for each vehicle.
pub const CAMPAIGN: &str = "\
campaign: xe-khach
languages: [vi]
pieces:
  tem-xe:
    format: bus-sticker
    data: records.csv
    unique: [plate]
    text: {message: Quét mã xem giờ xe chạy}
    qr: {app: 'HTTPS://MO.VN/{{ ma }}'}
";

/// Two vehicles.
pub const RECORDS: &str = "plate,ma\n19B-012.34,7KX2\n19B-056.78,7KX3\n";

fn main() {
    let ask = |records: &str| {
        let (campaign, records) = (CAMPAIGN.as_bytes(), records.as_bytes());
        handle(&Request { campaign, records, piece: "tem-xe", press: "vinyl", lang: Lang::En })
    };
    let pdf = ask(RECORDS);
    println!("{} {}, {} bytes", pdf.status, pdf.content_type, pdf.body.len());
    let told = ask(&RECORDS.replace("056.78", "012.34"));
    println!("{} {}\n{}", told.status, told.content_type, String::from_utf8_lossy(&told.body));
}
