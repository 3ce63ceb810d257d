//! What a code says, by its grammar: from plain texts to the payload that phones read, or what is wrong
//! with them. Knows nothing of YAML, of placeholders or of where a text stood.

mod banks;
mod cards;
mod doubts;
mod emv;
mod geo;
mod hosts;
mod phone;
mod punycode;
mod signs;
mod traps;
mod url;
mod vcard;
mod vietqr;
mod wifi;

pub(crate) use banks::known as known_banks;
pub use doubts::{Doubt, doubts};
pub(crate) use emv::{check as check_emv, is_emv};
pub use geo::Geo;
pub use phone::Sms;
pub(crate) use phone::wanted_digits;
pub(crate) use signs::{is_hidden, is_unseen};
pub(crate) use traps::of_signs as traps_of_signs;
pub use traps::{Trap, traps};
pub(crate) use url::component;
pub use vcard::{Name, Vcard};
pub use vietqr::VietQr;
pub use wifi::{Security, Wifi};

/// What a code shall say. A text that is empty is not given; all are trimmed.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// A text as it is; a payment code among them must be sound.
    Text(String),
    /// A web address.
    Url(String),
    /// Access to a Wi-Fi network.
    Wifi(Wifi),
    /// A telephone number.
    Tel(String),
    /// A message to send.
    Sms(Sms),
    /// A place.
    Geo(Geo),
    /// A person or an office, for the address book.
    Vcard(Vcard),
    /// A transfer to a Vietnamese bank account.
    VietQr(VietQr),
    /// A payment code that is given whole.
    Emv(String),
}

/// A payload written out.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// What the symbol holds.
    pub text: String,
    /// The part of it that is worth printing beside the symbol, as one would type or dial it.
    pub short: String,
}

/// What is wrong with one part of a payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The part, by its key: `ssid`, `amount`; the kind itself where it has no parts.
    pub part: &'static str,
    /// Which of several of that key, from 0.
    pub nth: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// What can be wrong with a part of a payload.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It is needed and empty, while other parts are given.
    Missing,
    /// It holds a line break, a tab or another control character.
    Control,
    /// It does not begin with `https://` or `http://`.
    Scheme {
        /// The address.
        address: String,
    },
    /// No host of the web is called so.
    Host {
        /// The host.
        host: String,
    },
    /// It makes the code a trap.
    Trap(Trap),
    /// It holds a sign that is not seen.
    Unseen {
        /// The sign.
        sign: char,
    },
    /// It is longer than the grammar allows.
    TooLong {
        /// How long it is.
        found: usize,
        /// How long it may be.
        most: usize,
        /// Whether bytes of UTF-8 are counted, not characters.
        bytes: bool,
    },
    /// A passphrase of WPA has 8 to 63 signs of ASCII, or is a key of 64 hexadecimal digits.
    Passphrase {
        /// Its characters.
        found: usize,
        /// The first that is not ASCII.
        sign: Option<char>,
    },
    /// A key of WEP has 5 or 13 signs of ASCII, or 10 or 26 hexadecimal digits.
    WepKey {
        /// Its characters.
        found: usize,
    },
    /// A network without protection has no password.
    OpenWithPassword,
    /// A sign that the part cannot hold.
    Sign {
        /// The sign.
        sign: char,
    },
    /// No telephone number has so many digits.
    Digits {
        /// Its digits.
        found: usize,
    },
    /// It holds both a country code and the zero that is dialled without one: `+84 (0)210`.
    Trunk,
    /// It is no coordinate in degrees.
    Degrees {
        /// The value.
        value: String,
    },
    /// It has a decimal comma.
    DecimalComma {
        /// The value.
        value: String,
    },
    /// It lies outside the globe.
    Beyond {
        /// The value.
        value: String,
        /// Degrees that it may have, either side of zero.
        most: u8,
        /// Whether latitude and longitude are likely to have changed places.
        swapped: bool,
    },
    /// It is no address of e-mail.
    Mail {
        /// The value.
        value: String,
    },
    /// No bank of the table is called so.
    Bank {
        /// The name.
        name: String,
    },
    /// Account and card are both given.
    Both,
    /// A card has 16 to 19 digits.
    Card {
        /// Its digits.
        found: usize,
    },
    /// It is no whole number of dong.
    Amount {
        /// The value.
        value: String,
        /// The number that was likely meant.
        meant: Option<String>,
    },
    /// It does not begin as a payment code does.
    NotEmv,
    /// Its fields do not join: one is cut short, or its length is no number.
    Broken {
        /// The character at which the field begins, from 1.
        at: usize,
        /// Its first characters.
        field: String,
    },
    /// Its last field is no checksum.
    NoChecksum,
    /// Its checksum is not that of what stands before: something was changed or mistyped.
    Checksum {
        /// As it stands there.
        found: String,
        /// As it must be.
        expected: String,
    },
}

impl Why {
    fn of(self, part: &'static str) -> Fault {
        Fault { part, nth: 0, why: self }
    }
}

/// Writes a payload out. `None` where there is nothing to say.
///
/// # Errors
/// Everything that is wrong with it.
pub fn write(payload: &Payload) -> Result<Option<Written>, Vec<Fault>> {
    let whole = |part: &'static str, text: &str, write: &dyn Fn(&str) -> Result<Written, Vec<Why>>| match text {
        "" => Ok(None),
        _ => write(text).map(Some).map_err(|whys| whys.into_iter().map(|why| why.of(part)).collect()),
    };
    match payload {
        Payload::Text(text) => whole("text", text, &as_it_is),
        Payload::Url(address) => whole("url", address, &|a| Ok(Written { text: url::write(a)?, short: typed(a).into() })),
        Payload::Tel(number) => whole("tel", number, &|n| Ok(Written { text: format!("tel:{}", phone::dialled(n)?), short: n.into() })),
        Payload::Emv(text) if !text.is_empty() && !is_emv(text) => Err(vec![Why::NotEmv.of("vietqr")]),
        Payload::Emv(text) => whole("vietqr", text, &as_it_is),
        Payload::Wifi(wifi) => wifi::write(wifi),
        Payload::Sms(sms) => phone::write(sms),
        Payload::Geo(geo) => geo::write(geo),
        Payload::Vcard(card) => vcard::write(card),
        Payload::VietQr(transfer) => vietqr::write(transfer),
    }
}

fn as_it_is(text: &str) -> Result<Written, Vec<Why>> {
    if is_emv(text) {
        check_emv(text).map_err(|why| vec![why])?;
        return Ok(Written { text: text.into(), short: vietqr::payee(text) });
    }
    Ok(Written { text: text.into(), short: typed(text).into() })
}

/// An address as one would type it: no scheme, no slash at the end.
fn typed(text: &str) -> &str {
    let has = |scheme: &&&str| text.get(..scheme.len()).is_some_and(|t| t.eq_ignore_ascii_case(scheme));
    let start = ["https://", "http://"].iter().find(has).map_or(0, |s| s.len());
    text[start..].trim_end_matches('/')
}

/// Vietnamese without its marks, as banks and old readers want it: `Nguyễn Đức` becomes `Nguyen Duc`.
fn without_marks(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let marks = |c: &char| !('\u{300}'..='\u{36f}').contains(c);
    let plain = |c| match c {
        'đ' => 'd',
        'Đ' => 'D',
        c => c,
    };
    text.nfd().filter(marks).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_stays_as_it_is_and_nothing_is_nothing() {
        let written = write(&Payload::Text("Xin chào; a,b".into())).unwrap().unwrap();
        assert_eq!((written.text.as_str(), written.short.as_str()), ("Xin chào; a,b", "Xin chào; a,b"));
        for empty in [Payload::Text(String::new()), Payload::Url(String::new()), Payload::Tel(String::new()), Payload::Emv(String::new())] {
            assert_eq!(write(&empty), Ok(None));
        }
    }

    #[test]
    fn every_kind_reads_back_from_its_symbol() {
        let transfer = VietQr { bank: "VCB".into(), account: "0011012345678".into(), purpose: "Ủng hộ".into(), ..VietQr::default() };
        let wifi = Wifi { ssid: "Sông Thao; 2".into(), password: "chao1496".into(), ..Wifi::default() };
        let card = Vcard { name: Name::Whole("Nguyễn Văn An".into()), tel: vec!["0210 3744 991".into()], ..Vcard::default() };
        for payload in [
            Payload::VietQr(transfer),
            Payload::Wifi(wifi),
            Payload::Vcard(card),
            Payload::Sms(Sms { to: "0912345678".into(), text: "Phòng: 12".into() }),
            Payload::Geo(Geo::Pair("21.3,105.2".into())),
            Payload::Url("https://mo.vn/tìm?q=a b".into()),
        ] {
            let text = write(&payload).unwrap().unwrap().text;
            let symbol = crate::qr::encode(&text, None).unwrap();
            assert_eq!(symbol.read().as_deref(), Some(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_given_is_written_or_refused(a in "\\PC{0,40}", b in "[0-9+., đA-z-]{0,22}", c in any::<String>()) {
            let text = |t: &String| t.trim().to_string();
            let [a, b, c] = [&a, &b, &c].map(text);
            let transfer = VietQr { bank: "VCB".into(), account: b.clone(), amount: b.clone(), purpose: a.clone(), name: c.clone(), ..VietQr::default() };
            let name = Name::Whole(a.clone());
            let card = Vcard { name, org: c.clone(), tel: vec![b.clone()], email: a.clone(), url: c.clone(), ..Vcard::default() };
            for payload in [
                Payload::Url(c.clone()),
                Payload::Url(format!("https://{a}")),
                Payload::Url(format!("https://mo.vn/{c}")),
                Payload::Wifi(Wifi { ssid: a.clone(), password: c.clone(), ..Wifi::default() }),
                Payload::Tel(b.clone()),
                Payload::Sms(Sms { to: b.clone(), text: c.clone() }),
                Payload::Geo(Geo::Pair(b.clone())),
                Payload::Vcard(card),
                Payload::VietQr(transfer),
                Payload::Emv(format!("000201{b}")),
                Payload::Emv(format!("000201{c}")),
            ] {
                let Ok(Some(written)) = write(&payload) else { continue };
                match payload {
                    Payload::VietQr(_) => prop_assert_eq!(check_emv(&written.text), Ok(())),
                    Payload::Url(_) => prop_assert!(written.text.bytes().all(|b| b.is_ascii_graphic()), "{}", written.text),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn a_short_address_can_be_typed() {
        assert_eq!(typed("https://www.bluezone.gov.vn/"), "www.bluezone.gov.vn");
        assert_eq!(typed("HTTPS://BLUEZONE.GOV.VN/X/0001"), "BLUEZONE.GOV.VN/X/0001");
        assert_eq!(typed("WIFI:T:nopass;S:a;;"), "WIFI:T:nopass;S:a;;");
    }

    #[test]
    fn marks_are_taken_off_the_letters() {
        assert_eq!(without_marks("Ủng hộ quỹ Đền ơn đáp nghĩa"), "Ung ho quy Den on dap nghia");
    }
}
