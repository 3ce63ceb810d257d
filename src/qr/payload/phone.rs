//! Telephone numbers (RFC 3966) and messages to send.

use super::{Fault, Why, Written};

/// A message to send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sms {
    /// The number.
    pub to: String,
    /// What the message says; may be empty.
    pub text: String,
}

/// A number as it is dialled: what parts its groups (RFC 3966 §5.1.1) taken away, all else as written. A national
/// number stays one, as it is dialled where it hangs, and so do short ones such as 113.
pub(super) fn dialled(number: &str) -> Result<String, Vec<Why>> {
    let plain: String = number.chars().filter(|c| !c.is_whitespace() && !"-.()".contains(*c)).collect();
    if number.contains("(0)") && plain.starts_with('+') {
        return Err(vec![Why::Trunk]);
    }
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    if let Some(sign) = digits.chars().find(|c| !c.is_ascii_digit()) {
        return Err(vec![Why::Sign { sign }]);
    }
    // ITU-T E.164: 15 digits at most.
    let least = if plain.starts_with('+') { 7 } else { 3 };
    match digits.len() {
        found if !(least..=15).contains(&found) => Err(vec![Why::Digits { found }]),
        _ => Ok(plain),
    }
}

/// `SMSTO:` and not the `sms:` of RFC 5724, whose `?body=` older phones of both makers drop: it is read by all
/// (<https://goqr.me/qr-codes/type-qr-sms.html>), and only its first two colons part anything, so that the text
/// needs no escaping.
pub(super) fn write(sms: &Sms) -> Result<Option<Written>, Vec<Fault>> {
    if sms.to.is_empty() {
        return if sms.text.is_empty() { Ok(None) } else { Err(vec![Why::Missing.of("to")]) };
    }
    let number = dialled(&sms.to).map_err(|whys| whys.into_iter().map(|why| why.of("to")).collect::<Vec<_>>())?;
    Ok(Some(Written { text: format!("SMSTO:{number}:{}", sms.text), short: sms.to.clone() }))
}

/// How many digits a Vietnamese number that begins so has: mobiles 10, landlines 11 (numbering plan of 2014 and 2018); none
/// for others.
pub(crate) fn wanted_digits(digits: &str) -> Option<usize> {
    match digits.as_bytes() {
        [b'0', b'2', ..] => Some(11),
        [b'0', b'3' | b'5' | b'7' | b'8' | b'9', ..] => Some(10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_as_written() {
        // RFC 3966 §6: tel:+1-201-555-0123.
        assert_eq!(dialled("+1-201-555-0123").as_deref(), Ok("+12015550123"));
        assert_eq!(dialled("0210 3 744 991").as_deref(), Ok("02103744991"));
        assert_eq!(dialled("(024) 3.825.1234").as_deref(), Ok("02438251234"));
        for short in ["113", "1900 9095", "18001091"] {
            assert_eq!(dialled(short).unwrap(), short.replace(' ', ""));
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        let refused = |number: &str| dialled(number).unwrap_err().remove(0);
        assert_eq!(refused("0210 ABC"), Why::Sign { sign: 'A' });
        assert_eq!(refused("0912345678 / 0987654321"), Why::Sign { sign: '/' });
        assert_eq!(refused("84+912345678"), Why::Sign { sign: '+' });
        assert_eq!(refused("+84 (0)210 3744991"), Why::Trunk);
        assert_eq!(refused("12"), Why::Digits { found: 2 });
        assert_eq!(refused("+8491234567890123"), Why::Digits { found: 16 });
        assert_eq!(refused("+"), Why::Digits { found: 0 });
    }

    #[test]
    fn a_message_may_hold_colons() {
        // goqr.me, “QR code, type SMS”, valid examples.
        let sms = |to: &str, text: &str| write(&Sms { to: to.into(), text: text.into() });
        let text = |to: &str, text: &str| sms(to, text).unwrap().unwrap().text;
        assert_eq!(text("+1123456", "This is a SMS stored in a QR Code!"), "SMSTO:+1123456:This is a SMS stored in a QR Code!");
        assert_eq!(text("+1123456", "Phòng: 12; giờ: 8"), "SMSTO:+1123456:Phòng: 12; giờ: 8");
        assert_eq!(text("+1123456", ""), "SMSTO:+1123456:");
        assert_eq!(sms("", "x"), Err(vec![Why::Missing.of("to")]));
        assert_eq!(sms("", ""), Ok(None));
    }
}
