//! The banks of Vietnam that take transfers by VietQR.

use super::without_marks;

/// Numbers (BIN) that NAPAS gives to its members, and what people call them. Source: the NAPAS list of members as
/// Indovina Bank publishes it (5 July 2022), compared with that of the public `neopay-library`; names as they are
/// today. Every other BIN is written as its six digits.
const BANKS: [(&str, &[&str]); 36] = [
    ("970436", &["Vietcombank", "VCB"]),
    ("970415", &["VietinBank", "CTG", "ICB"]),
    ("970418", &["BIDV"]),
    ("970405", &["Agribank", "VBA", "VBARD"]),
    ("970407", &["Techcombank", "TCB"]),
    ("970422", &["MB", "MBBank"]),
    ("970416", &["ACB"]),
    ("970432", &["VPBank", "VPB"]),
    ("970423", &["TPBank", "TPB"]),
    ("970403", &["Sacombank", "STB"]),
    ("970443", &["SHB"]),
    ("970437", &["HDBank", "HDB"]),
    ("970441", &["VIB"]),
    ("970426", &["MSB"]),
    ("970448", &["OCB"]),
    ("970429", &["SCB"]),
    ("970431", &["Eximbank", "EIB"]),
    ("970449", &["LPBank", "LPB", "LienVietPostBank"]),
    ("970440", &["SeABank", "SSB"]),
    ("970425", &["ABBank", "ABB"]),
    ("970428", &["Nam A Bank", "NAB"]),
    ("970409", &["Bac A Bank", "BAB"]),
    ("970427", &["VietABank", "VAB"]),
    ("970433", &["VietBank"]),
    ("970454", &["BVBank", "VietCapitalBank", "VCCB"]),
    ("970412", &["PVcomBank"]),
    ("970419", &["NCB"]),
    ("970452", &["KienlongBank", "KLB"]),
    ("970400", &["Saigonbank", "SGB"]),
    ("970430", &["PGBank", "PGB"]),
    ("970438", &["BaoViet Bank"]),
    ("970446", &["Co-opBank"]),
    ("970424", &["Shinhan Bank", "Shinhan"]),
    ("970457", &["Woori Bank", "Woori"]),
    ("970434", &["Indovina Bank", "IVB"]),
    ("970421", &["VRB"]),
];

/// The number of a bank and what it is called, from a number of six digits or a name in any spelling.
pub(super) fn find(bank: &str) -> Option<(String, String)> {
    if bank.len() == 6 && bank.bytes().all(|b| b.is_ascii_digit()) {
        let name = BANKS.iter().find(|(bin, _)| *bin == bank).map_or(bank, |(_, names)| names[0]);
        return Some((bank.into(), name.into()));
    }
    let (bin, names) = BANKS.iter().find(|(_, names)| names.iter().any(|n| plain(n) == plain(bank)))?;
    Some((bin.to_string(), names[0].into()))
}

fn plain(name: &str) -> String {
    without_marks(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every name that is known.
pub(crate) fn known() -> impl Iterator<Item = &'static str> {
    BANKS.iter().flat_map(|(_, names)| names.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_is_found_by_any_of_its_names() {
        for name in ["970436", "VCB", "vietcombank", "Vietcombank"] {
            assert_eq!(find(name), Some(("970436".into(), "Vietcombank".into())), "{name}");
        }
        assert_eq!(find("Nam Á Bank").unwrap().0, "970428");
        assert_eq!(find("970499"), Some(("970499".into(), "970499".into())));
        assert_eq!(find("Vietcom"), None);
        assert_eq!(find("97043"), None);
    }

    #[test]
    fn no_number_and_no_name_stands_for_two_banks() {
        let (mut bins, mut names): (Vec<_>, Vec<_>) = (BANKS.iter().map(|b| b.0).collect(), known().map(plain).collect());
        let (all, named) = (bins.len(), names.len());
        bins.sort();
        bins.dedup();
        names.sort();
        names.dedup();
        assert_eq!((bins.len(), names.len()), (all, named));
        assert!(bins.iter().all(|b| b.len() == 6 && b.starts_with("970")));
    }
}
