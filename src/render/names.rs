//! What files may be called: names come from tables and campaigns that others wrote.

use crate::qr::payload::is_unseen;

/// The longest name, bytes: file systems take 255, and it gets an ending.
pub(super) const LONGEST: usize = 200;
/// Names of devices, whatever their ending (Windows).
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// A name that every file system takes, and that leads nowhere; none where nothing is left of it.
pub(super) fn file_name(text: &str) -> Option<String> {
    // Spaces are seen between words; a line end is none, and the last two are no characters (Unicode §23.7).
    let is_dropped = |c: char| is_unseen(c) && !c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}');
    let plain = |c: char| if c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') { '-' } else { c };
    let name: String = text.chars().filter(|c| !is_dropped(*c)).map(plain).collect();
    let name = name.trim().trim_start_matches(['.', ' ']);
    let name = cut(name, LONGEST).trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    match name {
        "" => None,
        device if is_device(device) => Some(format!("_{device}")),
        name => Some(name.to_string()),
    }
}

/// The beginning of a name, of so many bytes at most.
pub(super) fn cut(name: &str, most: usize) -> &str {
    let end = (0..=name.len().min(most)).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    &name[..end]
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    // Windows counts raised digits too.
    let is_number = |rest: &str| matches!(rest, "¹" | "²" | "³") || rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit());
    DEVICES.contains(&stem.as_str()) || numbered.is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_file_is_safe_everywhere() {
        for (given, name) in [
            ("19B-012.34", Some("19B-012.34")),
            ("Nhà nghỉ Sông Thao", Some("Nhà nghỉ Sông Thao")),
            ("../../etc/passwd", Some("-..-etc-passwd")),
            ("..\\..\\Windows\\win.ini", Some("-..-Windows-win.ini")),
            ("/etc/passwd", Some("-etc-passwd")),
            ("C:\\autoexec.bat", Some("C--autoexec.bat")),
            ("\\\\server\\share", Some("--server-share")),
            ("a/b\\c:d", Some("a-b-c-d")),
            ("a:stream", Some("a-stream")),
            ("dòng\nmới", Some("dòng-mới")),
            ("a\0.pdf", Some("a-.pdf")),
            ("\u{1b}[2J", Some("-[2J")),
            ("ảnh\u{202e}fdp.exe", Some("ảnhfdp.exe")),
            ("a\u{200b}\u{2066}b\u{2069}\u{feff}\u{e0041}", Some("ab")),
            ("a\u{2028}b", Some("ab")),
            ("a\u{3164}\u{2800}\u{115f}\u{ffa0}\u{34f}\u{fe00}b\u{fffe}", Some("ab")),
            ("\u{3164}", None),
            ("a\u{3000}b\u{a0}c", Some("a\u{3000}b\u{a0}c")),
            ("  . .. ", None),
            ("..", None),
            (".", None),
            ("\u{200b}", None),
            ("", None),
            (".bashrc", Some("bashrc")),
            ("cuối. ", Some("cuối")),
            ("cuối\u{a0}", Some("cuối")),
            ("con", Some("_con")),
            ("NUL", Some("_NUL")),
            ("aux.pdf", Some("_aux.pdf")),
            ("LPT1.txt", Some("_LPT1.txt")),
            ("com¹", Some("_com¹")),
            ("conin$", Some("_conin$")),
            ("conga", Some("conga")),
            ("COM10", Some("COM10")),
            (". a", Some("a")),
            ("con .txt", Some("_con .txt")),
            ("a|b<c>d?e*f\"g", Some("a-b-c-d-e-f-g")),
            ("$(rm -rf ~)", Some("$(rm -rf ~)")),
            ("-rf", Some("-rf")),
        ] {
            assert_eq!(file_name(given).as_deref(), name, "{given:?}");
        }
        let long = file_name(&"ệ".repeat(200)).unwrap();
        assert!(long.len() <= LONGEST && long.chars().all(|c| c == 'ệ'));
    }
}
