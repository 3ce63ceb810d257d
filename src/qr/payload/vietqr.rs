//! Transfers to a bank account in Vietnam: VietQR (NAPAS, QR format for NAPAS247 transfers, 1.5.2), which is a
//! payment code of EMVCo.

use super::{Fault, Why, Written, banks, emv, without_marks};

/// A transfer. An account or a card; without an amount the payer types it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VietQr {
    /// The bank: its BIN of six digits, or what it is called.
    pub bank: String,
    /// The account.
    pub account: String,
    /// The card, instead of an account.
    pub card: String,
    /// Dong, without points.
    pub amount: String,
    /// What the payment is for.
    pub purpose: String,
    /// Number of the bill.
    pub bill: String,
    /// Name of the payee.
    pub name: String,
    /// City of the payee.
    pub city: String,
}

/// The identifier of NAPAS.
const NAPAS: &str = "A000000727";

pub(super) fn write(transfer: &VietQr) -> Result<Option<Written>, Vec<Fault>> {
    let VietQr { bank, account, card, amount, purpose, bill, name, city } = transfer;
    if [bank, account, card, amount, purpose, bill, name, city].iter().all(|t| t.is_empty()) {
        return Ok(None);
    }
    let mut faults = Vec::new();
    let bank = match banks::find(bank) {
        Some(bank) => bank,
        None => {
            let why = if bank.is_empty() { Why::Missing } else { Why::Bank { name: bank.clone() } };
            faults.push(why.of("bank"));
            Default::default()
        }
    };
    let (number, service) = match (account.is_empty(), card.is_empty()) {
        (false, true) => (account_number(account).map_err(|why| why.of("account")), "QRIBFTTA"),
        (true, false) => (card_number(card).map_err(|why| why.of("card")), "QRIBFTTC"),
        (true, true) => (Err(Why::Missing.of("account")), ""),
        (false, false) => (Err(Why::Both.of("card")), ""),
    };
    let number = number.map_err(|fault| faults.push(fault)).unwrap_or_default();
    faults.extend(amount_fault(amount).map(|why| why.of("amount")));
    // EMVCo §4.8: 25 characters for the name, the bill and the purpose, 15 for the city.
    let parts = [("purpose", purpose, 25), ("bill", bill, 25), ("name", name, 25), ("city", city, 15)];
    let [purpose, bill, name, city] = parts.map(|(part, text, most)| match plain(text, most) {
        Ok(text) => text,
        Err(why) => {
            faults.push(why.of(part));
            String::new()
        }
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    let some = |field: &str, value: &str| if value.is_empty() { String::new() } else { emv::field(field, value) };
    let payee = emv::field("00", &bank.0) + &emv::field("01", &number);
    let account = emv::field("00", NAPAS) + &emv::field("01", &payee) + &emv::field("02", service);
    let more = some("01", &bill) + &some("08", &purpose);
    let code = [
        emv::field("00", "01"),
        // 11 may be paid time and again, 12 is for one payment of this amount.
        emv::field("01", if amount.is_empty() { "11" } else { "12" }),
        emv::field("38", &account),
        emv::field("53", "704"),
        some("54", amount),
        emv::field("58", "VN"),
        some("59", &name),
        some("60", &city),
        some("62", &more),
    ];
    Ok(Some(Written { text: emv::summed(&code.concat()), short: format!("{} {number}", bank.1) }))
}

/// Bank and account of a code that is given whole, else the name of the payee; empty where it has neither.
pub(super) fn payee(code: &str) -> String {
    let account = || {
        let payee = emv::value(emv::value(code, "38")?, "01")?;
        let (_, bank) = banks::find(emv::value(payee, "00")?)?;
        Some(format!("{bank} {}", emv::value(payee, "01")?))
    };
    account().or_else(|| emv::value(code, "59").map(String::from)).unwrap_or_default()
}

/// An account is up to 19 letters and digits; spaces, points and hyphens that group them go.
fn account_number(text: &str) -> Result<String, Why> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !".-".contains(*c)).collect();
    match plain.chars().find(|c| !c.is_ascii_alphanumeric()) {
        Some(sign) => Err(Why::Sign { sign }),
        None if plain.is_empty() => Err(Why::Missing),
        None if plain.len() > 19 => Err(Why::TooLong { found: plain.len(), most: 19, bytes: false }),
        None => Ok(plain),
    }
}

fn card_number(text: &str) -> Result<String, Why> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    match plain.chars().find(|c| !c.is_ascii_digit()) {
        Some(sign) => Err(Why::Sign { sign }),
        None if !(16..=19).contains(&plain.len()) => Err(Why::Card { found: plain.len() }),
        None => Ok(plain),
    }
}

/// What is wrong with an amount, and what was likely meant: `150.000 đ` is 150000.
fn amount_fault(amount: &str) -> Option<Why> {
    let number = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()) && !t.starts_with('0');
    if amount.is_empty() || number(amount) && amount.len() <= 13 {
        return None;
    }
    if number(amount) {
        return Some(Why::TooLong { found: amount.len(), most: 13, bytes: false });
    }
    let bare = without_marks(amount).to_lowercase();
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c.is_whitespace() || c == '₫');
    let mut groups = bare.split(['.', ',', ' ', '\u{a0}']);
    let first = groups.next().filter(|g| (1..=3).contains(&g.len()) || g.len() == bare.len());
    let joined = first.filter(|_| groups.all(|g| g.len() == 3)).map(|_| bare.replace(['.', ',', ' ', '\u{a0}'], ""));
    Some(Why::Amount { value: amount.into(), meant: joined.filter(|t| number(t) && t.len() <= 13) })
}

/// A text as banks take it: without the marks of Vietnamese, and no longer than the field.
fn plain(text: &str, most: usize) -> Result<String, Why> {
    let plain = without_marks(text);
    let found = plain.chars().count();
    match plain.chars().find(|c| !matches!(c, ' '..='~')) {
        Some(sign) => Err(if sign.is_control() { Why::Control } else { Why::Sign { sign } }),
        None if found > most => Err(Why::TooLong { found, most, bytes: false }),
        None => Ok(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bank: &str, account: &str, card: &str) -> VietQr {
        VietQr { bank: bank.into(), account: account.into(), card: card.into(), ..VietQr::default() }
    }

    fn code(transfer: &VietQr) -> String {
        write(transfer).unwrap().unwrap().text
    }

    #[test]
    fn transfers_are_those_of_the_napas_specification() {
        // NAPAS, QR format 1.5.2, §6: static and dynamic, to an account and to a card.
        let mut account = of("970403", "0011012345678", "");
        let mut card = of("970403", "", "9704031101234567");
        assert_eq!(code(&account), "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F");
        assert_eq!(code(&card), "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52");
        for transfer in [&mut account, &mut card] {
            transfer.amount = "180000".into();
            transfer.bill = "NPS6869".into();
            transfer.purpose = "thanh toan don hang".into();
        }
        assert_eq!(
            code(&account),
            "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh \
             toan don hang63042E2E"
        );
        assert_eq!(
            code(&card),
            "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN62340107NPS68690819\
             thanh toan don hang6304A203"
        );
    }

    #[test]
    fn a_transfer_published_elsewhere_is_the_same() {
        // A worked example on viblo.asia: TPBank, account “mynamebvh”, 50000 dong, “test”.
        let transfer = VietQr { amount: "50000".into(), purpose: "test".into(), ..of("TPBank", "mynamebvh", "") };
        assert_eq!(
            code(&transfer),
            "00020101021238530010A000000727012300069704230109mynamebvh0208QRIBFTTA53037045405500005802VN62080804test6304AB76"
        );
    }

    #[test]
    fn words_lose_their_marks_and_numbers_their_spaces() {
        let transfer = VietQr {
            purpose: "Đóng quỹ khuyến học".into(),
            name: "Nguyễn Văn Đức".into(),
            city: "Phú Thọ".into(),
            ..of("VCB", "0011 0012 3456", "")
        };
        let written = write(&transfer).unwrap().unwrap();
        assert!(written.text.contains("5914Nguyen Van Duc6007Phu Tho62230819Dong quy khuyen hoc6304"), "{}", written.text);
        assert_eq!(written.short, "Vietcombank 001100123456");
        assert_eq!(emv::check(&written.text), Ok(()));
        assert_eq!(payee(&written.text), written.short);
    }

    #[test]
    fn everything_wrong_is_told() {
        let transfer = VietQr {
            bank: "Vietcombnk".into(),
            amount: "150.000 đ".into(),
            purpose: "Đóng góp quỹ khuyến học năm 2026".into(),
            name: "李".into(),
            ..VietQr::default()
        };
        assert_eq!(
            write(&transfer).unwrap_err(),
            [
                Why::Bank { name: "Vietcombnk".into() }.of("bank"),
                Why::Missing.of("account"),
                Why::Amount { value: "150.000 đ".into(), meant: Some("150000".into()) }.of("amount"),
                Why::TooLong { found: 32, most: 25, bytes: false }.of("purpose"),
                Why::Sign { sign: '李' }.of("name"),
            ]
        );
        let fault = |transfer: &VietQr| write(transfer).unwrap_err().remove(0);
        assert_eq!(fault(&of("VCB", "12345678901234567890", "")).why, Why::TooLong { found: 20, most: 19, bytes: false });
        assert_eq!(fault(&of("VCB", "số 1", "")).why, Why::Sign { sign: 'ố' });
        assert_eq!(fault(&of("VCB", "1", "2")), Why::Both.of("card"));
        assert_eq!(fault(&of("VCB", "", "9704031")), Why::Card { found: 7 }.of("card"));
        assert_eq!(fault(&of("", "1", "")), Why::Missing.of("bank"));
        assert_eq!(write(&VietQr::default()), Ok(None));
    }

    #[test]
    fn an_amount_is_a_whole_number_of_dong() {
        for good in ["", "1", "150000", "9999999999999"] {
            assert_eq!(amount_fault(good), None, "{good}");
        }
        for (bad, meant) in [
            ("150.000", Some("150000")),
            ("1,500,000 VND", Some("1500000")),
            ("150 000₫", Some("150000")),
            ("150000đ", Some("150000")),
            ("1500.50", None),
            ("0", None),
            ("-5", None),
            ("năm nghìn", None),
        ] {
            assert_eq!(amount_fault(bad), Some(Why::Amount { value: bad.into(), meant: meant.map(String::from) }), "{bad}");
        }
        assert_eq!(amount_fault("12345678901234"), Some(Why::TooLong { found: 14, most: 13, bytes: false }));
    }
}
