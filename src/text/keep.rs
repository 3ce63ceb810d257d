//! What a line break must not part: telephone groups, a number and its unit, a title and its name,
//! ranges, hyphenated words, addresses, the last two words; in headlines, words of several syllables.

/// Words that a text needs before its last two are kept together.
const LONG: usize = 4;

/// Joins without a width (U+2060).
pub(super) const WORD_JOINER: char = '\u{2060}';

/// Units and currencies that stay with the number before them.
const UNITS: &[&str] = &[
    "mm", "cm", "dm", "m", "km", "m²", "m2", "m³", "ha", "g", "kg", "tấn", "ml", "l", "lít", "%", "‰", "°", "°C", "độ", "₫", "đ", "đồng",
    "nghìn", "triệu", "tỷ", "tỉ", "VND", "VNĐ", "USD", "giây", "phút", "giờ", "ngày", "đêm", "tuần", "tháng", "năm", "tuổi", "người",
    "lần", "bước", "trang", "hours", "minutes", "days",
];

/// Titles that stay with the name after them.
const TITLES: &[&str] = &[
    "Ông", "Bà", "Anh", "Chị", "Cô", "Chú", "Bác", "ông", "bà", "TS.", "ThS.", "PGS.", "GS.", "BS.", "CN.", "KS.", "TP.", "Tp.", "TX.",
    "TT.", "Mr.", "Mrs.", "Ms.", "Dr.",
];

/// Words that stay with the number after them.
const BEFORE_NUMBERS: &[&str] = &[
    "số", "Số", "phòng", "Phòng", "tầng", "Tầng", "ngày", "Ngày", "tháng", "Tháng", "năm", "Năm", "điều", "Điều", "khu", "Khu", "tổ", "Tổ",
    "thôn", "đội", "quận", "Q.", "P.", "No.", "Room", "room",
];

/// Words of several syllables that a notice uses often.
const USUAL: &[&str] = &[
    "an toàn",
    "bảo vệ",
    "bắt buộc",
    "bệnh nhân",
    "bệnh viện",
    "biển số",
    "cá nhân",
    "cài đặt",
    "cán bộ",
    "cơ quan",
    "cơ sở",
    "cộng đồng",
    "cư trú",
    "dịch bệnh",
    "du khách",
    "dữ liệu",
    "đăng ký",
    "địa chỉ",
    "điện thoại",
    "đường dây nóng",
    "gia đình",
    "giao thông",
    "giúp đỡ",
    "hành khách",
    "học sinh",
    "hướng dẫn",
    "khách sạn",
    "khai báo",
    "khẩu trang",
    "khoảng cách",
    "khử khuẩn",
    "kiểm tra",
    "lễ tân",
    "liên hệ",
    "lưu trú",
    "mã QR",
    "miễn phí",
    "môi trường",
    "muỗi vằn",
    "nhà nghỉ",
    "nhân dân",
    "nhà trường",
    "phòng bệnh",
    "phòng chống",
    "phụ huynh",
    "quét mã",
    "quý khách",
    "sốt xuất huyết",
    "sức khỏe",
    "sức khoẻ",
    "tập trung",
    "thanh toán",
    "theo dõi",
    "thông báo",
    "thông minh",
    "thông tin",
    "thực hiện",
    "tiếp xúc",
    "trạm y tế",
    "trường học",
    "tuyên truyền",
    "ứng dụng",
    "vệ sinh",
    "xe buýt",
    "y tế",
    "hồ sơ",
    "trực tuyến",
    "góp ý",
    "lực lượng",
    "âm thầm",
    "cấp cứu",
    "xác nhận",
    "làm việc",
    "ra vào",
    "bảo hiểm",
    "chương trình",
    "dịch vụ",
    "giám đốc",
    "giấy khen",
    "hiệu trưởng",
    "phong trào",
    "thành tích",
    "thủ tục",
    "tiêm chủng",
    "tiêm phòng",
    "tra cứu",
    "trung tâm",
    "ủy ban",
    "văn hóa",
];

/// Words of several syllables that headlines never part.
#[derive(Clone, Debug)]
pub struct Compounds(Vec<Vec<char>>);

impl Compounds {
    /// The usual ones, and some of one's own.
    pub fn with(own: impl IntoIterator<Item = String>) -> Compounds {
        let usual = USUAL.iter().map(|word| word.to_string());
        Compounds(usual.chain(own).map(|word| lower(&word.chars().collect::<Vec<_>>())).filter(|word| word.contains(&' ')).collect())
    }
}

/// The spans' texts as they are.
pub(super) fn apart(spans: &[&str]) -> Vec<String> {
    spans.iter().map(|s| s.chars().map(space).collect()).collect()
}

/// Tabs and the like have no glyph of their own.
fn space(c: char) -> char {
    if c.is_whitespace() && c != '\n' && c != '\u{a0}' { ' ' } else { c }
}

/// The spans' texts with no-break spaces and word joiners where no line may end; before the `last` word only
/// if asked for.
pub(super) fn together(spans: &[&str], compounds: &Compounds, headline: bool, last: bool) -> Vec<String> {
    let whole: Vec<char> = spans.concat().chars().map(space).collect();
    let words = words(&whole);
    let mut joined = vec![false; whole.len()];
    for pair in words.windows(2) {
        let (left, right) = (&whole[pair[0].clone()], &whole[pair[1].clone()]);
        let gap = pair[0].end..pair[1].start;
        if whole[gap.clone()] == [' '] && stay_together(left, right) {
            joined[gap.start] = true;
        }
    }
    let spoken = words.iter().filter(|word| whole[(*word).clone()].iter().any(|c| c.is_alphanumeric())).count();
    let last = whole.iter().rposition(|c| *c == ' ').filter(|_| last && spoken >= LONG);
    last.into_iter().for_each(|at| joined[at] = true);
    if headline {
        join_compounds(&whole, compounds, &mut joined);
    }
    let mut firm = vec![false; whole.len()];
    for word in words {
        firm[word.clone()].copy_from_slice(&unbroken(&whole[word]));
    }
    let mut start = 0;
    let mut kept = |span: &&str| {
        let mut text = String::with_capacity(span.len());
        for i in start..start + span.chars().count() {
            text.push(if joined[i] { '\u{a0}' } else { whole[i] });
            if firm[i] {
                text.push(WORD_JOINER);
            }
        }
        start += span.chars().count();
        text
    };
    spans.iter().map(&mut kept).collect()
}

/// Where the words of a text are.
fn words(text: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (i, c) in text.iter().enumerate() {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(i),
            (true, Some(from)) => {
                words.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

fn stay_together(left: &[char], right: &[char]) -> bool {
    let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let is = |word: &[char], list: &[&str]| list.iter().any(|known| known.chars().eq(word.iter().copied()));
    // “30 phút,” and “(Ông Ba” are still a number with its unit and a title with its name.
    let bare = |word: &[char]| -> Vec<char> {
        let outer = |c: &char| matches!(c, ',' | ';' | ':' | '!' | '?' | ')' | '(' | '“' | '”' | '.');
        let start = word.iter().position(|c| !outer(c)).unwrap_or(word.len());
        let end = word.iter().rposition(|c| !outer(c)).map_or(start, |i| i + 1);
        word[start..end].to_vec()
    };
    let opened: Vec<char> = left.iter().skip_while(|c| matches!(c, '(' | '“')).copied().collect();
    digit(left.last()) && (digit(right.first()) || is(&bare(right), UNITS))
        || matches!(right, ['–' | '—'])
        || is(&opened, TITLES) && right.first().is_some_and(|c| c.is_uppercase())
        || is(&opened, BEFORE_NUMBERS) && digit(right.first())
}

/// Marks the spaces inside compounds. The longest at a place holds.
fn join_compounds(text: &[char], compounds: &Compounds, joined: &mut [bool]) {
    let lower = lower(text);
    let edge = |at: Option<&char>| at.is_none_or(|c| !c.is_alphanumeric());
    for at in 0..lower.len() {
        if at > 0 && !edge(lower.get(at - 1)) {
            continue;
        }
        let here = compounds.0.iter().filter(|word| lower[at..].starts_with(word) && edge(lower.get(at + word.len())));
        if let Some(word) = here.max_by_key(|word| word.len()) {
            (at..at + word.len()).filter(|i| lower[*i] == ' ').for_each(|i| joined[i] = true);
        }
    }
}

/// Letter by letter, so that places stay the same.
fn lower(text: &[char]) -> Vec<char> {
    text.iter().map(|c| c.to_lowercase().next().filter(|_| c.to_lowercase().count() == 1).unwrap_or(*c)).collect()
}

/// After which characters of a word no line may end, though the rules of UAX #14 would have it.
fn unbroken(word: &[char]) -> Vec<bool> {
    let address = is_address(word);
    let inside = |i: usize| i + 1 < word.len();
    let firm = |i: usize| {
        let (before, after) = (i.checked_sub(1).map(|b| word[b]), word.get(i + 1));
        let between = |fits: fn(char) -> bool| before.is_some_and(fits) && after.is_some_and(|c| fits(*c));
        match word[i] {
            _ if address => true,
            // 8h00–17h00, 2019-2020, 305/306; wi-fi, Ma-lai-xi-a.
            '–' | '-' | '/' => between(char::is_alphanumeric),
            c => after.is_some_and(|dash| matches!(dash, '–' | '-')) && c.is_alphanumeric(),
        }
    };
    (0..word.len()).map(|i| inside(i) && firm(i)).collect()
}

/// Whether a word is an address of the net or of mail.
fn is_address(word: &[char]) -> bool {
    let text: String = word.iter().collect::<String>().to_ascii_lowercase();
    let domain = |t: &str| t.split('/').next().is_some_and(|host| host.split('.').count() > 1 && host.split('.').all(is_label));
    text.contains("://") || text.starts_with("www.") || text.contains('@') || text.contains('/') && domain(&text)
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && label.bytes().any(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `_` is a no-break space, `⁀` a word joiner.
    fn kept(text: &str, headline: bool) -> String {
        let compounds = Compounds::with(["Lâm Thao".to_string()]);
        together(&[text], &compounds, headline, true).concat().replace('\u{a0}', "_").replace(WORD_JOINER, "⁀")
    }

    #[test]
    fn telephone_numbers_stay_whole() {
        let spans = together(&["Gọi ", "1900", " 9095 hoặc 0210 3744 991."], &Compounds::with([]), false, true);
        assert_eq!(spans.concat(), "Gọi 1900\u{a0}9095 hoặc 0210\u{a0}3744\u{a0}991.");
    }

    #[test]
    fn the_last_word_never_stands_alone() {
        assert_eq!(kept("Giữ Bluetooth khi ra ngoài.", false), "Giữ Bluetooth khi ra_ngoài.");
        assert_eq!(kept("Nhà nghỉ Ấm", false), "Nhà nghỉ Ấm");
    }

    #[test]
    fn numbers_stay_with_their_units_and_names_with_their_titles() {
        for (text, kept_text) in [
            ("cách 2 m là đủ xa rồi", "cách 2_m là đủ xa_rồi"),
            ("rộng 20 m², giá 100.000 ₫ thôi nhé", "rộng 20_m², giá 100.000_₫ thôi_nhé"),
            ("gặp Ông Nguyễn ở TP. Hồ Chí Minh", "gặp Ông_Nguyễn ở TP._Hồ Chí_Minh"),
            ("ở phòng 305 và tầng 3 nhà A", "ở phòng_305 và tầng_3 nhà_A"),
            ("số điện thoại của nhà bạn", "số điện thoại của nhà_bạn"),
            ("ông ấy không đến được đâu", "ông ấy không đến được_đâu"),
        ] {
            assert_eq!(kept(text, false), kept_text);
        }
    }

    #[test]
    fn ranges_and_hyphens_stay_whole() {
        for (text, kept_text) in [
            ("từ 8h00–17h00", "từ 8h00⁀–⁀17h00"),
            ("Hà Nội – Huế", "Hà Nội_– Huế"),
            ("vào wi-fi", "vào wi⁀-⁀fi"),
            ("Ma-lai-xi-a", "Ma⁀-⁀lai⁀-⁀xi⁀-⁀a"),
            ("- gạch đầu", "- gạch đầu"),
        ] {
            assert_eq!(kept(text, false), kept_text);
        }
    }

    #[test]
    fn addresses_stay_whole() {
        for address in ["https://mo.vn/q?a=1", "www.mo.vn", "a@mo.vn", "mo.vn/x"] {
            let all: String = address.chars().flat_map(|c| [c, '⁀']).collect();
            assert_eq!(kept(address, false), all.trim_end_matches('⁀'), "{address}");
        }
        assert_eq!(kept("và/hoặc", false), "và/⁀hoặc");
    }

    #[test]
    fn headlines_keep_compounds_and_texts_do_not() {
        assert_eq!(kept("Cài đặt ứng dụng ở Lâm Thao ngay", true), "Cài_đặt ứng_dụng ở Lâm_Thao_ngay");
        assert_eq!(kept("Đường dây nóng cho mọi nhà", true), "Đường_dây_nóng cho mọi_nhà");
        assert_eq!(kept("Tiếng cài đặt ngay hôm nay", false), "Tiếng cài đặt ngay hôm_nay");
        assert_eq!(kept("Khai báo y tếo nhé bạn", true), "Khai_báo y tếo nhé_bạn");
    }
}
