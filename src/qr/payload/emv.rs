//! The fields of payment codes (EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1):
//! two digits of name, two of length, the value; and the checksum that is the last of them.

use super::Why;

/// How every such code begins: field 00, of two characters, `01` (§4.7.1).
const BEGIN: &str = "000201";

/// Name and length of the checksum, which it is computed over as well (§4.7.3).
const CHECKSUM: &str = "6304";

/// Whether a text is meant to be a payment code.
pub(crate) fn is_emv(text: &str) -> bool {
    text.starts_with(BEGIN)
}

/// Whether the fields of a payment code join and its checksum is right.
///
/// # Errors
/// What is wrong with it first.
pub(crate) fn check(code: &str) -> Result<(), Why> {
    let last = fields(code, 0, 1)?;
    let (before, found) = code.split_at(last);
    let Some(sum) = found.strip_prefix(CHECKSUM) else { return Err(Why::NoChecksum) };
    let expected = checksum(&format!("{before}{CHECKSUM}"));
    if sum.eq_ignore_ascii_case(&expected) { Ok(()) } else { Err(Why::Checksum { found: sum.into(), expected }) }
}

/// Where the last field begins, in bytes, if all join, and those within templates too. Lengths count characters:
/// those of another language are not ASCII (§3.2, §4.8). Within a template a field may be empty, as some banks
/// write it.
fn fields(code: &str, before: usize, least: usize) -> Result<usize, Why> {
    let (mut rest, mut at, mut last) = (code, before + 1, 0);
    while !rest.is_empty() {
        last = code.len() - rest.len();
        let broken = || Why::Broken { at, field: rest.chars().take(8).collect() };
        let head = rest.get(..4).filter(|h| h.bytes().all(|b| b.is_ascii_digit())).ok_or_else(broken)?;
        let [name, length] = [&head[..2], &head[2..]].map(|number| number.parse().unwrap_or(0));
        let end = rest[4..].char_indices().map(|(i, _)| 4 + i).chain([rest.len()]).nth(length);
        let end = end.filter(|_| length >= least).ok_or_else(broken)?;
        // Accounts of the payee, more about the payment, the payee in another language.
        if matches!(name, 26..=51 | 62 | 64) && before == 0 {
            fields(&rest[4..end], at + 3, 0)?;
        }
        rest = &rest[end..];
        at += 4 + length;
    }
    Ok(last)
}

/// The value of a field of a sound code, or of a field within one.
pub(super) fn value<'c>(code: &'c str, name: &str) -> Option<&'c str> {
    let mut rest = code;
    loop {
        let length: usize = rest.get(2..4)?.parse().ok()?;
        let end = rest[4..].char_indices().nth(length).map_or(rest.len(), |(i, _)| 4 + i);
        if rest.starts_with(name) {
            return rest.get(4..end);
        }
        rest = &rest[end..];
    }
}

/// One field.
pub(super) fn field(name: &str, value: &str) -> String {
    format!("{name}{:02}{value}", value.chars().count())
}

/// The code with its checksum behind it.
pub(super) fn summed(code: &str) -> String {
    let code = format!("{code}{CHECKSUM}");
    let sum = checksum(&code);
    code + &sum
}

/// CRC-16/CCITT-FALSE, as four hexadecimal digits: polynomial 1021, from FFFF on, not reflected (§4.7.3).
fn checksum(text: &str) -> String {
    let sum = text.bytes().fold(0xffffu16, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(byte) << 8), |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 })
    });
    format!("{sum:04X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_catalogue() {
        // Catalogue of parametrised CRC algorithms, CRC-16/CCITT-FALSE (IBM-3740): check value.
        assert_eq!(checksum("123456789"), "29B1");
    }

    /// EMVCo Merchant-Presented Mode 1.1, annex: the code of a shop in Beijing, in two languages.
    const BEIJING: &str = "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT\
        6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A01122334499887707\
        08123456786304A13A";

    #[test]
    fn a_published_code_is_sound() {
        assert_eq!(check(BEIJING), Ok(()));
        assert_eq!(check(&BEIJING.replace("A13A", "a13a")), Ok(()));
    }

    #[test]
    fn a_field_is_found_by_its_name() {
        assert_eq!(value(BEIJING, "59"), Some("BEST TRANSPORT"));
        assert_eq!(value(BEIJING, "64").and_then(|shop| value(shop, "01")), Some("最佳运输"));
        assert_eq!(value(BEIJING, "38"), None);
    }

    #[test]
    fn one_digit_changed_is_found_out() {
        let changed = BEIJING.replace("540523.72", "540523.73");
        assert!(matches!(check(&changed), Err(Why::Checksum { found, .. }) if found == "A13A"));
        let sum = BEIJING.replace("A13A", "A13B");
        assert_eq!(check(&sum), Err(Why::Checksum { found: "A13B".into(), expected: "A13A".into() }));
    }

    #[test]
    fn fields_that_do_not_join_are_told() {
        assert_eq!(check("0002010102"), Err(Why::Broken { at: 7, field: "0102".into() }));
        assert_eq!(check("000201xx02"), Err(Why::Broken { at: 7, field: "xx02".into() }));
        assert_eq!(check(&BEIJING[..BEIJING.len() - 2]), Err(Why::Broken { at: 241, field: "6304A1".into() }));
        let inner = BEIJING.replace("0603***", "0609***");
        assert_eq!(check(&inner), Err(Why::Broken { at: 193, field: "00866709".into() }));
        assert_eq!(check("000201"), Err(Why::NoChecksum));
        assert_eq!(check("0002010100"), Err(Why::Broken { at: 7, field: "0100".into() }));
        assert_eq!(check("000201010é"), Err(Why::Broken { at: 7, field: "010é".into() }));
    }
}
