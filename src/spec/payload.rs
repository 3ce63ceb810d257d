//! What codes say, as written: a text, or a map of one key that names the kind.

use super::read::{Fields, Reader};
use super::yaml::{Content as Yaml, Node};
use crate::diag::{Expected, Located, Spot};
use crate::qr::payload::Security;

/// What a code shall say, and where it stands. Texts may hold placeholders.
#[derive(Clone, Debug)]
pub struct Payload {
    /// What it says.
    pub says: Says,
    /// Where that stands.
    pub spot: Spot,
}

impl Payload {
    /// Every text of it.
    pub fn texts(&self) -> Vec<&Located<String>> {
        match &self.says {
            Says::Text(text) | Says::Url(text) | Says::Tel(text) | Says::Pair(text) | Says::Emv(text) => vec![text],
            Says::Wifi(Wifi { ssid, password, .. }) => [ssid].into_iter().chain(password).collect(),
            Says::Sms { to, text } => [to].into_iter().chain(text).collect(),
            Says::Geo { lat, lon, label } => [lat, lon].into_iter().chain(label).collect(),
            Says::Vcard(card) => {
                let Vcard { name, org, title, tel, email, url, address, note } = &**card;
                let name: Vec<&Located<String>> = match name {
                    Some(Name::Whole(whole)) => vec![whole],
                    Some(Name::Parts { family, middle, given, full }) => [family, middle, given, full].into_iter().flatten().collect(),
                    None => Vec::new(),
                };
                name.into_iter().chain(tel).chain([org, title, email, url, address, note].into_iter().flatten()).collect()
            }
            Says::VietQr(transfer) => {
                let VietQr { bank, account, card, amount, purpose, bill, name, city } = &**transfer;
                [bank].into_iter().chain([account, card, amount, purpose, bill, name, city].into_iter().flatten()).collect()
            }
        }
    }
}

/// What a code says, by kind.
#[derive(Clone, Debug)]
pub enum Says {
    /// A text, as it is.
    Text(Located<String>),
    /// A web address.
    Url(Located<String>),
    /// Access to a Wi-Fi network.
    Wifi(Wifi),
    /// A telephone number.
    Tel(Located<String>),
    /// A message to send.
    Sms {
        /// The number.
        to: Located<String>,
        /// The message.
        text: Option<Located<String>>,
    },
    /// A place.
    Geo {
        /// Latitude.
        lat: Located<String>,
        /// Longitude.
        lon: Located<String>,
        /// What the map shall call it.
        label: Option<Located<String>>,
    },
    /// A place, `21.3,105.2`.
    Pair(Located<String>),
    /// A person or an office.
    Vcard(Box<Vcard>),
    /// A transfer.
    VietQr(Box<VietQr>),
    /// A payment code that is given whole.
    Emv(Located<String>),
}

/// Access to a Wi-Fi network.
#[derive(Clone, Debug)]
pub struct Wifi {
    /// Name of the network.
    pub ssid: Located<String>,
    /// Its password; none for an open network.
    pub password: Option<Located<String>>,
    /// Whether the network hides its name.
    pub hidden: bool,
    /// How it is protected, if that is said.
    pub security: Option<Security>,
}

/// A card for the address book.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are those of the grammar")]
pub struct Vcard {
    pub name: Option<Name>,
    pub org: Option<Located<String>>,
    pub title: Option<Located<String>>,
    pub tel: Vec<Located<String>>,
    pub email: Option<Located<String>>,
    pub url: Option<Located<String>>,
    pub address: Option<Located<String>>,
    pub note: Option<Located<String>>,
}

/// A name, whole or in its parts.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are those of the grammar")]
pub enum Name {
    Whole(Located<String>),
    Parts {
        family: Option<Located<String>>,
        middle: Option<Located<String>>,
        given: Option<Located<String>>,
        full: Option<Located<String>>,
    },
}

/// A transfer to a bank account.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are those of the grammar")]
pub struct VietQr {
    pub bank: Located<String>,
    pub account: Option<Located<String>>,
    pub card: Option<Located<String>>,
    pub amount: Option<Located<String>>,
    pub purpose: Option<Located<String>>,
    pub bill: Option<Located<String>>,
    pub name: Option<Located<String>>,
    pub city: Option<Located<String>>,
}

/// The kinds, in the order in which they are offered.
const KINDS: [&str; 8] = ["url", "text", "wifi", "tel", "sms", "geo", "vcard", "vietqr"];

/// Reads what a code says.
pub(crate) fn payload(r: &mut Reader, key: &str, node: &Node) -> Option<Payload> {
    let Yaml::Map(entries) = &node.value else {
        return r.text(key, node).map(|text| Payload { spot: text.spot.clone(), says: Says::Text(text) });
    };
    let mut f = r.fields(key, node)?;
    let kinds: Vec<(&str, &Node)> = KINDS.into_iter().filter_map(|kind| Some((kind, f.take(kind)?))).collect();
    f.finish(r);
    match kinds.as_slice() {
        [(kind, inner)] if entries.len() == 1 => {
            let says = says(r, kind, inner)?;
            Some(Payload { spot: inner.spot.clone(), says })
        }
        // What is unknown has been told.
        _ if entries.iter().any(|(k, _)| !KINDS.contains(&k.value.as_str())) => None,
        _ => {
            r.wrong(key, node, Expected::Payload);
            None
        }
    }
}

fn says(r: &mut Reader, kind: &str, node: &Node) -> Option<Says> {
    let map = matches!(node.value, Yaml::Map(_));
    match kind {
        "url" => r.text(kind, node).map(Says::Url),
        "wifi" => wifi(r, node).map(Says::Wifi),
        "tel" => r.text(kind, node).map(Says::Tel),
        "sms" if map => with_fields(r, kind, node, |r, f| {
            let to = need(r, f, "to");
            let text = f.read(r, "text", Reader::text);
            Some(Says::Sms { to: to?, text })
        }),
        "sms" => r.text(kind, node).map(|to| Says::Sms { to, text: None }),
        "geo" if map => with_fields(r, kind, node, |r, f| {
            let (lat, lon) = (need(r, f, "lat"), need(r, f, "lon"));
            let label = f.read(r, "label", Reader::text);
            Some(Says::Geo { lat: lat?, lon: lon?, label })
        }),
        "geo" => r.text(kind, node).map(Says::Pair),
        "vcard" => with_fields(r, kind, node, vcard).map(|card| Says::Vcard(Box::new(card))),
        "vietqr" if map => with_fields(r, kind, node, vietqr).map(|transfer| Says::VietQr(Box::new(transfer))),
        "vietqr" => r.text(kind, node).map(Says::Emv),
        _ => r.text(kind, node).map(Says::Text),
    }
}

fn with_fields<'n, T>(
    r: &mut Reader,
    key: &str,
    node: &'n Node,
    read: impl FnOnce(&mut Reader, &mut Fields<'n>) -> Option<T>,
) -> Option<T> {
    let mut f = r.fields(key, node)?;
    let value = read(r, &mut f);
    f.finish(r);
    value
}

fn need(r: &mut Reader, f: &mut Fields<'_>, key: &'static str) -> Option<Located<String>> {
    f.need(r, key).and_then(|n| r.text(key, n))
}

fn wifi(r: &mut Reader, node: &Node) -> Option<Wifi> {
    let kinds = [("wpa", Security::Wpa), ("sae", Security::Sae), ("wep", Security::Wep), ("none", Security::None)];
    with_fields(r, "wifi", node, |r, f| {
        let ssid = need(r, f, "ssid");
        let password = f.read(r, "password", Reader::text);
        let hidden = f.read(r, "hidden", Reader::boolean).unwrap_or(false);
        let security = f.read(r, "security", |r, key, node| r.choice(key, node, &kinds));
        Some(Wifi { ssid: ssid?, password, hidden, security })
    })
}

fn vcard(r: &mut Reader, f: &mut Fields<'_>) -> Option<Vcard> {
    let called = f.take("name").is_some() || f.take("org").is_some() || f.need(r, "name").is_some();
    let card = Vcard {
        name: f.read(r, "name", name),
        org: f.read(r, "org", Reader::text),
        title: f.read(r, "title", Reader::text),
        tel: f
            .take("tel")
            .map(|node| match &node.value {
                Yaml::List(items) => items.iter().filter_map(|item| r.text("tel", item)).collect(),
                _ => r.text("tel", node).into_iter().collect(),
            })
            .unwrap_or_default(),
        email: f.read(r, "email", Reader::text),
        url: f.read(r, "url", Reader::text),
        address: f.read(r, "address", Reader::text),
        note: f.read(r, "note", Reader::text),
    };
    called.then_some(card)
}

fn name(r: &mut Reader, key: &str, node: &Node) -> Option<Name> {
    let Yaml::Map(_) = node.value else { return r.text(key, node).map(Name::Whole) };
    with_fields(r, key, node, |r, f| {
        let [family, middle, given, full] = ["family", "middle", "given", "full"].map(|part| f.read(r, part, Reader::text));
        Some(Name::Parts { family, middle, given, full })
    })
}

fn vietqr(r: &mut Reader, f: &mut Fields<'_>) -> Option<VietQr> {
    let bank = need(r, f, "bank");
    let payee = f.take("account").is_some() || f.take("card").is_some() || f.need(r, "account").is_some();
    let mut part = |key| f.read(r, key, Reader::text);
    let [account, card, amount, purpose, bill, name, city] =
        ["account", "card", "amount", "purpose", "bill", "name", "city"].map(&mut part);
    payee.then_some(VietQr { bank: bank?, account, card, amount, purpose, bill, name, city })
}
