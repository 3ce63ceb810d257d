//! What a code says: its texts filled, then written by their grammar.

use super::values::{Filler, Names, Use, has_placeholder};
use crate::diag::{Located, Problem, Spot};
use crate::qr::payload::{self as grammar, Why, Written};
use crate::spec::payload::{Name, Payload, Says, VietQr};

/// What is wrong with a payload, and where it comes from.
pub(super) struct Wrong {
    pub(super) problem: Problem,
    /// Where the text stands.
    pub(super) spot: Spot,
    /// Whether the text takes something from the record, which may then be at fault.
    pub(super) filled: bool,
}

/// The payload with its placeholders filled; `None` where there is nothing to say.
pub(super) fn write(payload: &Payload, filler: &Filler, names: &Names) -> Result<Option<Written>, Vec<Wrong>> {
    let mut form = Form { filler, names, parts: Vec::new(), wrong: Vec::new() };
    let filled = form.fill(&payload.says);
    if !form.wrong.is_empty() {
        return Err(form.wrong);
    }
    grammar::write(&filled).map_err(|faults| {
        let wrong = |fault: grammar::Fault| {
            let part = form.parts.iter().filter(|(name, _, _)| *name == fault.part).nth(fault.nth);
            let (spot, filled) = part.map_or((payload.spot.clone(), false), |(_, spot, filled)| (spot.clone(), *filled));
            Wrong { problem: told(fault), spot, filled }
        };
        faults.into_iter().map(wrong).collect()
    })
}

/// A text that is the cell of a column.
pub(super) fn write_text(text: &str) -> Result<Option<Written>, Vec<Problem>> {
    let faults = |faults: Vec<grammar::Fault>| faults.into_iter().map(told).collect();
    grammar::write(&grammar::Payload::Text(text.trim().into())).map_err(faults)
}

/// A fault as a finding tells it: what makes a code a trap is told alike, however it was written.
fn told(fault: grammar::Fault) -> Problem {
    match fault.why {
        Why::Trap(trap) => Problem::QrTrap { trap },
        _ => Problem::QrFault { fault },
    }
}

/// The parts of a payload as they are filled.
struct Form<'a> {
    filler: &'a Filler,
    names: &'a Names,
    /// Name, place, and whether something of the record is in it.
    parts: Vec<(&'static str, Spot, bool)>,
    wrong: Vec<Wrong>,
}

impl Form<'_> {
    fn fill(&mut self, says: &Says) -> grammar::Payload {
        match says {
            Says::Text(text) => grammar::Payload::Text(self.part("text", text)),
            Says::Url(address) => grammar::Payload::Url(self.address("url", address)),
            Says::Tel(number) => grammar::Payload::Tel(self.part("tel", number)),
            Says::Emv(code) => grammar::Payload::Emv(self.part("vietqr", code)),
            Says::Wifi(wifi) => grammar::Payload::Wifi(grammar::Wifi {
                ssid: self.part("ssid", &wifi.ssid),
                password: self.maybe("password", &wifi.password),
                hidden: wifi.hidden,
                security: wifi.security,
            }),
            Says::Sms { to, text } => grammar::Payload::Sms(grammar::Sms { to: self.part("to", to), text: self.maybe("text", text) }),
            Says::Geo { lat, lon, label } => grammar::Payload::Geo(grammar::Geo::Parts {
                lat: self.part("lat", lat),
                lon: self.part("lon", lon),
                label: self.maybe("label", label),
            }),
            Says::Pair(pair) => grammar::Payload::Geo(grammar::Geo::Pair(self.part("geo", pair))),
            Says::Vcard(card) => grammar::Payload::Vcard(grammar::Vcard {
                name: card.name.as_ref().map(|name| self.name(name)).unwrap_or_default(),
                org: self.maybe("org", &card.org),
                title: self.maybe("title", &card.title),
                tel: card.tel.iter().map(|number| self.part("tel", number)).collect(),
                email: self.maybe("email", &card.email),
                url: card.url.as_ref().map(|url| self.address("url", url)).unwrap_or_default(),
                address: self.maybe("address", &card.address),
                note: self.maybe("note", &card.note),
            }),
            Says::VietQr(transfer) => grammar::Payload::VietQr(self.transfer(transfer)),
        }
    }

    fn name(&mut self, name: &Name) -> grammar::Name {
        match name {
            Name::Whole(whole) => grammar::Name::Whole(self.part("name", whole)),
            Name::Parts { family, middle, given, full } => {
                let [family, middle, given, full] = [family, middle, given, full].map(|part| self.maybe("name", part));
                grammar::Name::Parts { family, middle, given, full }
            }
        }
    }

    fn transfer(&mut self, transfer: &VietQr) -> grammar::VietQr {
        grammar::VietQr {
            bank: self.part("bank", &transfer.bank),
            account: self.maybe("account", &transfer.account),
            card: self.maybe("card", &transfer.card),
            amount: self.maybe("amount", &transfer.amount),
            purpose: self.maybe("purpose", &transfer.purpose),
            bill: self.maybe("bill", &transfer.bill),
            name: self.maybe("name", &transfer.name),
            city: self.maybe("city", &transfer.city),
        }
    }

    fn maybe(&mut self, part: &'static str, text: &Option<Located<String>>) -> String {
        text.as_ref().map(|text| self.part(part, text)).unwrap_or_default()
    }

    fn part(&mut self, part: &'static str, text: &Located<String>) -> String {
        self.parts.push((part, text.spot.clone(), has_placeholder(&text.value)));
        let filled = self.filler.fill(text, self.names, Use::Plain);
        self.told(filled, &text.spot)
    }

    /// An address: what a placeholder brings in is one component of it, unless the address begins with it.
    fn address(&mut self, part: &'static str, text: &Located<String>) -> String {
        self.parts.push((part, text.spot.clone(), has_placeholder(&text.value)));
        let value = text.value.trim();
        let end = value.strip_prefix("{{").and_then(|_| value.find("}}")).map_or(0, |i| i + 2);
        let (head, tail) = value.split_at(end);
        let filled = [(head, Use::Plain), (tail, Use::Component)].map(|(value, use_)| {
            let filled = self.filler.fill(&Located { value: value.into(), spot: text.spot.clone() }, self.names, use_);
            self.told(filled, &text.spot)
        });
        filled.concat().trim().to_string()
    }

    fn told(&mut self, filled: Result<String, Vec<Problem>>, spot: &Spot) -> String {
        match filled {
            Ok(text) => text.trim().to_string(),
            Err(problems) => {
                let wrong = |problem| Wrong { problem, spot: spot.clone(), filled: false };
                self.wrong.extend(problems.into_iter().map(wrong));
                String::new()
            }
        }
    }
}
