//! What to do about a symbol of too many modules, as far as it would really help.

use super::{Ecc, Symbol, encode};

/// Characters below which nobody gets an address: `https://a.vn`.
const SHORTEST: usize = 12;

/// Remedies that suffice, each on its own; those that do not are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advice {
    /// Write less.
    pub shorten: Option<Shorten>,
    /// Write scheme and host of the address in capitals: it then says the same in fewer bits.
    pub capitals: Option<Capitals>,
    /// Ask for less error correction.
    pub weaken: Option<Weaken>,
}

/// Writing less.
#[derive(Clone, Debug, PartialEq)]
pub struct Shorten {
    /// Characters that it has.
    pub from: usize,
    /// Characters that it may have.
    pub to: usize,
    /// Version of the symbol then.
    pub version: u8,
    /// Error correction to ask for besides, where less of it is needed as well.
    pub ecc: Option<Ecc>,
    /// Whether it is an address, which a shorter one can stand for.
    pub address: bool,
}

/// Writing scheme and host in capitals.
#[derive(Clone, Debug, PartialEq)]
pub struct Capitals {
    /// The address so written.
    pub address: String,
    /// Version of the symbol then.
    pub version: u8,
}

/// Asking for less error correction.
#[derive(Clone, Debug, PartialEq)]
pub struct Weaken {
    /// What is asked for.
    pub from: Ecc,
    /// What to ask for.
    pub to: Ecc,
    /// Version of the symbol then.
    pub version: u8,
}

/// What would bring a payload down to a symbol of so many modules, at the least error correction that is asked
/// for.
pub fn advise(payload: &str, least: Option<Ecc>, most_modules: usize) -> Advice {
    let fits = |text: &str, ecc: Option<Ecc>| encode(text, ecc).ok().filter(|symbol: &Symbol| symbol.modules <= most_modules);
    let web = ["https://", "http://"].iter().any(|s| payload.get(..s.len()).is_some_and(|p| p.eq_ignore_ascii_case(s)));
    let capitals = capitals(payload).filter(|_| web);
    let least = least.unwrap_or(Ecc::L);
    let weaker = Ecc::ALL.into_iter().rev().filter(|ecc| *ecc < least).find_map(|ecc| Some((ecc, fits(payload, Some(ecc))?)));
    let shorten = |ecc: Ecc| {
        let (from, to, version) = longest(payload, |text| fits(text, Some(ecc)).map(|s| s.version))?;
        let enough = if web { SHORTEST } else { from / 2 };
        (to >= enough).then_some(Shorten { from, to, version, ecc: (ecc < least).then_some(ecc), address: web })
    };
    Advice {
        shorten: shorten(least).or_else(|| shorten(Ecc::L).filter(|_| weaker.is_none())),
        capitals: capitals.and_then(|address| Some(Capitals { version: fits(&address, Some(least))?.version, address })),
        weaken: weaker.map(|(to, symbol)| Weaken { from: least, to, version: symbol.version }),
    }
}

/// Characters of a text, those of its longest beginning that fits, and the version of that.
fn longest(text: &str, version: impl Fn(&str) -> Option<u8>) -> Option<(usize, usize, u8)> {
    let ends: Vec<usize> = text.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
    let to = ends.partition_point(|end| version(&text[..*end]).is_some());
    let end = ends[..to].last()?;
    Some((ends.len(), to, version(&text[..*end])?))
}

/// An address with scheme and host in capitals, which name the same (RFC 3986 §6.2.2.1); `None` where they are so.
fn capitals(address: &str) -> Option<String> {
    let host = address.find("://")? + 3;
    let end = address[host..].find(['/', '?', '#']).map_or(address.len(), |i| host + i);
    let loud = address[..end].to_ascii_uppercase() + &address[end..];
    (loud != address).then_some(loud)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remedies_are_told_only_where_they_suffice() {
        let address = "https://mo.vn/tra-cuu/thong-tin/0001234";
        let symbol = encode(address, Some(Ecc::Q)).unwrap();
        assert_eq!((address.len(), symbol.version), (39, 4));
        let advice = advise(address, Some(Ecc::Q), 29);
        let shorten = advice.shorten.unwrap();
        assert_eq!((shorten.from, shorten.version, shorten.ecc), (39, 3, None));
        assert!(encode(&address[..shorten.to], Some(Ecc::Q)).unwrap().version == 3);
        assert!(encode(&address[..=shorten.to], Some(Ecc::Q)).unwrap().version == 4);
        assert_eq!(advice.weaken, Some(Weaken { from: Ecc::Q, to: Ecc::M, version: 3 }));
        // Less correction alone does not do for version 1, nor does any address fit it at Q.
        assert_eq!(advise(address, Some(Ecc::Q), 21).weaken, None);
        assert_eq!(advise(address, Some(Ecc::Q), 17), Advice::default());
    }

    #[test]
    fn capitals_are_offered_where_they_suffice() {
        let capitals = advise("https://mo.vn/7KX2", Some(Ecc::M), 21).capitals;
        assert_eq!(capitals, Some(Capitals { address: "HTTPS://MO.VN/7KX2".into(), version: 1 }));
        assert_eq!(advise("HTTPS://MO.VN/7KX2AAAAAAAAAA", Some(Ecc::H), 21).capitals, None);
    }

    #[test]
    fn what_cannot_be_much_shorter_is_not_asked_to_be() {
        let transfer = "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F";
        assert_eq!(advise(transfer, None, 21).shorten, None);
        let wifi = "WIFI:T:WPA;S:Sông Thao Wifi;P:chao1496;;";
        let modules = encode(wifi, None).unwrap().modules;
        assert!(advise(wifi, None, modules - 4).shorten.is_some_and(|s| !s.address));
    }
}
