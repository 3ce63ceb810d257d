//! Letters of hosts as the DNS has them (RFC 3492).

/// The parameters of RFC 3492 §5.
const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_N: u32 = 128;
/// Signs of a label (RFC 1035 §2.3.4).
const LONGEST: usize = 63;

/// A label in the letters of the DNS (RFC 3492 §6.3), without `xn--`. `None` where numbers grow too large, and for more
/// letters than a label has signs: it would not come out shorter, and the time grows with the square of them.
pub(super) fn encode(label: &str) -> Option<String> {
    if label.chars().nth(LONGEST).is_some() {
        return None;
    }
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut done) = (FIRST_N, 0u32, FIRST_BIAS, basic);
    let length = label.chars().count() as u32;
    while done < length {
        let next = label.chars().map(u32::from).filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(done + 1)?)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c == n {
                digits(delta, bias, &mut out);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(out)
}

/// The letters of a label of the DNS (RFC 3492 §6.2), given without `xn--`. `None` for what none has written: it must
/// come out again as it stands (RFC 5891 §5.4).
pub(super) fn decode(label: &str) -> Option<String> {
    if label.len() > LONGEST - "xn--".len() {
        return None;
    }
    let label = label.to_ascii_lowercase();
    let (basic, extended) = label.rsplit_once('-').unwrap_or(("", &label));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias) = (FIRST_N, 0u32, FIRST_BIAS);
    let mut rest = extended.bytes();
    while rest.len() > 0 {
        let (before, mut weight, mut k) = (i, 1u32, BASE);
        loop {
            let digit = match rest.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k += BASE;
        }
        let points = out.len() as u32 + 1;
        bias = adapted(i - before, points, before == 0);
        n = n.checked_add(i / points)?;
        i %= points;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    let out: String = out.into_iter().collect();
    (!out.is_ascii() && encode(&out).as_deref() == Some(label.as_str())).then_some(out)
}

/// A number in digits whose thresholds follow the bias, the smallest first.
fn digits(number: u32, bias: u32, out: &mut String) {
    let digit = |d: u32| char::from(if d < 26 { b'a' + d as u8 } else { b'0' + (d - 26) as u8 });
    let mut rest = number;
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if rest < threshold {
            out.push(digit(rest));
            return;
        }
        out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
        rest = (rest - threshold) / (BASE - threshold);
        k += BASE;
    }
}

fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_are_written_as_rfc_3492_has_them() {
        // RFC 3492 §7.1 (J), in lower case as RFC 3490 asks for, and (B), (P).
        assert_eq!(encode("tạisaohọkhôngthểchỉnóitiếngviệt").as_deref(), Some("tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g"));
        assert_eq!(encode("他们为什么不说中文").as_deref(), Some("ihqwcrb4cv8a8dqg056pqjye"));
        assert_eq!(encode("3年B組金八先生").as_deref(), Some("3B-ww4c5e180e575a65lsy2b"));
    }

    #[test]
    fn labels_that_none_has_written_are_not_read() {
        assert_eq!(decode("80ak6aa92e").as_deref(), Some("аррӏе"));
        assert_eq!(decode("tmkim-tsa2654c").map(|label| encode(&label)), Some(Some("tmkim-tsa2654c".into())));
        for label in ["", "-", "mo-", "a b", "99999999", "mo_vn", "bcher-kv", "zzzzzzzzzzzz"] {
            assert_eq!(decode(label), None, "{label}");
        }
    }

    #[test]
    fn labels_that_no_dns_holds_are_not_written() {
        assert!(encode(&"ệ".repeat(63)).is_some());
        assert_eq!(encode(&"ệ".repeat(64)), None);
        // What grows with the square of it would take hours.
        let long: String = ('\u{4e00}'..'\u{9000}').cycle().take(1 << 20).collect();
        assert_eq!((encode(&long), decode(&long)), (None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_again(label in "[a-z0-9à-ỹа-я一-龠]{1,20}[à-ỹ]") {
            let written = encode(&label).unwrap();
            let fits = written.len() <= 59;
            prop_assert_eq!(decode(&written), fits.then_some(label));
        }

        #[test]
        fn nothing_that_stands_there_makes_it_stumble(label in any::<String>(), plain in "[a-z0-9-]{0,60}") {
            decode(&label);
            decode(&plain);
        }
    }
}
