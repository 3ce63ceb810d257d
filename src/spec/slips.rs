//! What people get wrong in YAML, recognised in the text itself: a parser only tells where it gave up.

use crate::diag::{At, Slip};

/// Every slip in a text that is no YAML, in the order of lines; empty where none is recognised.
pub(super) fn slips(text: &str) -> Vec<(At, Slip)> {
    let mut scan = Scan::default();
    for (i, line) in text.lines().enumerate() {
        scan.line(i as u32 + 1, line.trim_end());
    }
    scan.close_flow();
    scan.found.extend(scan.quote.map(|(began, quote)| (began, Slip::Quote(quote))));
    scan.found.sort_by_key(|(at, _)| *at);
    scan.found
}

#[derive(Default)]
struct Scan {
    found: Vec<(At, Slip)>,
    /// Indents of the maps and lists that are open.
    levels: Vec<usize>,
    /// The last key without a value.
    empty: Option<Empty>,
    /// Whether the line before may have something below it that is indented further.
    opens: bool,
    /// Indent that a block of text is deeper than, while one is open.
    block: Option<usize>,
    /// Where brackets were opened that are still open, and the indent of that line.
    flow: Vec<(At, char)>,
    flow_indent: usize,
    /// The quote that a text began with and that goes on.
    quote: Option<(At, char)>,
    /// Indent of the line that it began on: what goes on is further in.
    quote_indent: usize,
}

/// A key without a value.
struct Empty {
    key: String,
    indent: usize,
    /// The key that stands beside it on the next line, and where.
    beside: Option<(String, At)>,
}

impl Scan {
    fn line(&mut self, number: u32, line: &str) {
        let at = |byte: usize| At { line: number, column: line[..byte].chars().count() as u32 + 1 };
        let rest = line.trim_start();
        let indent = line.len() - rest.len();
        if rest.is_empty() || self.block.is_some_and(|block| indent > block) {
            return;
        }
        self.block = None;
        if let Some((byte, c)) =
            line.char_indices().find(|(_, c)| c.is_control() && *c != '\t' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
        {
            self.found.push((at(byte), Slip::Control(c)));
            return;
        }
        if rest.starts_with('#') {
            return;
        }
        if line.starts_with("---") {
            self.found.extend((!self.levels.is_empty()).then(|| (at(0), Slip::Documents)));
            return;
        }
        if rest.starts_with("//") {
            self.found.push((at(indent), Slip::Slashes));
            return;
        }
        if let Some(odd) = line[..indent].char_indices().find(|(_, c)| *c != ' ') {
            let slip = if odd.1 == '\t' { Slip::Tab } else { Slip::Space(odd.1) };
            self.found.push((at(odd.0), slip));
            self.opens = true;
            return;
        }
        if let Some((began, quote)) = self.quote {
            if indent > self.quote_indent {
                self.quote = Some((began, quote)).filter(|_| rest.matches(quote).count() % 2 == 0);
                return;
            }
            self.found.push((began, Slip::Quote(quote)));
            self.quote = None;
        }
        if !self.flow.is_empty() {
            let left = key(rest).is_some() && indent <= self.flow_indent;
            if !left {
                self.flow(rest, |byte| at(indent + byte));
                return;
            }
            self.close_flow();
        }
        self.entry(rest, indent, &at);
    }

    /// A line of a map or a list.
    fn entry(&mut self, rest: &str, mut indent: usize, at: &dyn Fn(usize) -> At) {
        let mut rest = rest;
        while let Some(item) = rest.strip_prefix("- ") {
            self.level(indent, true, at(indent));
            let inner = item.trim_start();
            indent += rest.len() - inner.len();
            (rest, self.opens) = (inner, true);
        }
        if rest == "-" {
            self.level(indent, true, at(indent));
            self.opens = true;
            return;
        }
        if rest.strip_prefix('-').is_some_and(|item| item.starts_with(char::is_alphabetic)) {
            self.found.push((at(indent), Slip::Dash));
            self.opens = true;
            return;
        }
        let Some((name, value)) = key(rest) else {
            self.no_key(rest, indent, at);
            return;
        };
        let deeper = self.levels.last().is_some_and(|top| indent > *top) && !self.opens;
        match self.empty.take() {
            Some(Empty { key: above, beside: Some((key, place)), .. }) if deeper => {
                self.found.push((place, Slip::Beside { key, above }));
                self.levels.push(indent);
            }
            Some(empty) if empty.beside.is_none() && empty.indent == indent && !uncommented(value.trim_start()).is_empty() => {
                self.empty = Some(Empty { beside: Some((name.to_string(), at(indent))), ..empty });
                self.level(indent, false, at(indent));
            }
            _ => self.level(indent, false, at(indent)),
        }
        if uncommented(value.trim_start()).is_empty() {
            self.empty = Some(Empty { key: name.to_string(), indent, beside: None });
        }
        let gap = value.len() - value.trim_start().len();
        let from = indent + name.len() + 1 + gap;
        self.value(value.trim_start(), indent, |byte| at(from + byte));
    }

    /// A line that should have a key and has none, or goes on with a text.
    fn no_key(&mut self, rest: &str, indent: usize, at: &dyn Fn(usize) -> At) {
        let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(word);
        let goes_on = self.levels.last().is_some_and(|level| indent > *level) && !self.opens;
        if rest.starts_with("```") {
            self.found.push((at(indent), Slip::Fence));
        } else if after.starts_with('：') && !name.is_empty() {
            self.found.push((at(indent + word), Slip::WideColon));
        } else if after.starts_with(':') && !after.starts_with("://") && !name.is_empty() && !name.bytes().all(|b| b.is_ascii_digit()) {
            self.found.push((at(indent + word), Slip::NoSpace { key: name.into() }));
        } else if self.opens {
            // An item of a list, or a text below its key.
            self.value(rest, indent, |byte| at(indent + byte));
        } else if !goes_on && !rest.starts_with(['"', '\'', '{', '[', '}', ']']) {
            let slip = match rest.split_once('=') {
                Some((name, value)) if name.trim_end() == &rest[..word] && !name.is_empty() => {
                    Slip::Equals { meant: format!("{}: {}", name.trim(), value.trim()) }
                }
                _ if rest.bytes().next().is_some_and(|b| b.is_ascii_lowercase()) && rest[..word].is_ascii() && rest.contains(' ') => {
                    Slip::NoColon { text: shortened(rest) }
                }
                _ => Slip::GoesOn { text: shortened(rest) },
            };
            self.found.push((at(indent), slip));
        }
        self.opens = false;
    }

    /// Notes the indent of a key or an item of a list, and whether it fits those above.
    fn level(&mut self, indent: usize, is_item: bool, at: At) {
        let opened = std::mem::take(&mut self.opens);
        let top = self.levels.last().copied();
        match top {
            None => self.levels.push(indent),
            Some(top) if indent > top => {
                if !opened {
                    self.found.push((at, Slip::Deep));
                }
                self.levels.push(indent);
            }
            Some(_) => {
                while self.levels.last().is_some_and(|level| *level > indent) {
                    self.levels.pop();
                }
                // An item may stand as far left as the key of its list.
                if self.levels.last() != Some(&indent) {
                    if !is_item || !self.levels.is_empty() {
                        self.found.push((at, Slip::Uneven));
                    }
                    self.levels.push(indent);
                }
            }
        }
    }

    fn value(&mut self, value: &str, indent: usize, at: impl Fn(usize) -> At) {
        self.opens = false;
        let value = uncommented(value);
        let Some(first) = value.chars().next() else {
            self.opens = true;
            return;
        };
        let after = &value[first.len_utf8()..];
        match first {
            '"' | '\'' => {
                self.quote_indent = indent;
                self.quoted(after, first, &at);
            }
            '{' if after.starts_with('{') => self.found.push((at(0), Slip::Placeholder)),
            '{' | '[' => {
                self.flow_indent = indent;
                self.flow(value, at);
            }
            '|' | '>' if after.chars().all(|c| matches!(c, '-' | '+' | '0'..='9' | ' ')) => self.block = Some(indent),
            // What an anchor names may be anything.
            '&' if !after.is_empty() && !after.starts_with(' ') => self.opens = !after.contains(' '),
            '*' if after.split(' ').count() == 1 && after.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') => {}
            '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>' | ',' | ']' | '}' => self.found.push((at(0), Slip::Sign(first))),
            '-' | '?' if after.starts_with(' ') => self.found.push((at(0), Slip::Sign(first))),
            _ => {
                if let Some(colon) = value.find(": ").or(value.ends_with(':').then(|| value.len() - 1)) {
                    self.found.push((at(colon), Slip::Colon { text: shortened(value) }));
                }
            }
        }
    }

    /// A text in quotes, from behind its first one.
    fn quoted(&mut self, text: &str, quote: char, at: &impl Fn(usize) -> At) {
        match closing(text, quote) {
            Closing::At(end) => {
                let rest = text[end..].trim_start();
                if !rest.is_empty() && !rest.starts_with('#') {
                    let inner = text[..end].strip_suffix(quote).unwrap_or_default();
                    self.found.push((at(0), Slip::Early { quote, meant: meant(inner, &text[end..], quote) }));
                }
            }
            Closing::Never => self.quote = Some((at(0), quote)),
            Closing::Escape(byte, sign) => self.found.push((at(byte + 1), Slip::Escape(sign))),
        }
    }

    /// What stands between brackets, as far as this line goes.
    fn flow(&mut self, text: &str, at: impl Fn(usize) -> At) {
        // Whether what comes next begins an entry, and whether that has had its colon.
        let (mut begins, mut has_colon) = (true, false);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let byte = text.len() - rest.len();
            rest = &rest[c.len_utf8()..];
            match c {
                '"' | '\'' if begins => match closing(rest, c) {
                    Closing::At(end) => {
                        let after = rest[end..].trim_start();
                        if !after.is_empty() && !after.starts_with([',', '}', ']', ':']) && !rest[end..].starts_with(" #") {
                            let is_entry = key(after).is_some_and(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
                            let inner = rest[..end].strip_suffix(c).unwrap_or_default();
                            let tail = rest[end..].split([',', '}']).next().unwrap_or_default();
                            let early = || Slip::Early { quote: c, meant: meant(inner, tail, c) };
                            return self.give_up(at(byte + 1 + end), if is_entry { Slip::Comma } else { early() }, at(byte));
                        }
                        (rest, begins) = (&rest[end..], false);
                    }
                    Closing::Never => return self.give_up(at(byte), Slip::Quote(c), at(byte)),
                    Closing::Escape(offset, sign) => return self.give_up(at(byte + 1 + offset), Slip::Escape(sign), at(byte)),
                },
                '#' if text[..byte].ends_with(' ') => return,
                '{' if rest.starts_with('{') => return self.give_up(at(byte), Slip::Placeholder, at(byte)),
                // An anchor comes before what it names.
                '&' if begins => rest = rest.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-')),
                '{' | '[' if begins => {
                    self.flow.push((at(byte), c));
                    has_colon = false;
                }
                '}' | ']' => {
                    match self.flow.pop() {
                        Some((_, open)) if (open == '{') == (c == '}') => {}
                        Some((began, open)) => return self.give_up(began, Slip::Open(open), began),
                        None => return self.give_up(at(byte), Slip::Close(c), at(byte)),
                    }
                    (begins, has_colon) = (false, false);
                    let after = rest.trim_start();
                    if self.flow.is_empty() && !after.is_empty() && !after.starts_with('#') {
                        let slip = after.chars().next().filter(|c| matches!(c, '}' | ']')).map(Slip::Close);
                        let opened = text.chars().next().unwrap_or(c);
                        return self.give_up(at(text.len() - after.len()), slip.unwrap_or(Slip::Sign(opened)), at(0));
                    }
                }
                ',' => (begins, has_colon) = (true, false),
                ':' if rest.is_empty() || rest.starts_with(' ') => {
                    if has_colon && matches!(self.flow.last(), Some((_, '{'))) {
                        let begin = text[..byte].rfind([',', '{']).map_or(0, |at| at + 1);
                        let entry = text[begin..].split([',', '}']).next().unwrap_or_default();
                        let said = entry.split_once(": ").map_or(entry, |(_, said)| said).trim();
                        return self.give_up(at(byte), Slip::Colon { text: shortened(said) }, at(byte));
                    }
                    (begins, has_colon) = (true, true);
                }
                ' ' => {}
                _ => begins = false,
            }
        }
    }

    /// Notes a slip between brackets and looks no further; what begins with a quote or a sign is told where it begins.
    fn give_up(&mut self, at: At, slip: Slip, begins: At) {
        let at = if matches!(slip, Slip::Quote(_) | Slip::Early { .. } | Slip::Sign(_)) { begins } else { at };
        self.found.push((at, slip));
        self.flow.clear();
    }

    /// Brackets that nothing closed.
    fn close_flow(&mut self) {
        if let Some((began, open)) = self.flow.drain(..).next() {
            self.found.push((began, Slip::Open(open)));
        }
    }
}

/// A text of which only the beginning stood in quotes, with curly ones inside.
fn meant(inner: &str, rest: &str, quote: char) -> String {
    let rest = rest.trim_end();
    let rest = rest.strip_suffix(quote).unwrap_or(rest);
    let whole = match (quote, rest.contains('"'), rest.starts_with(' ')) {
        // “Miễn phí” cho người …: what was in quotes keeps them.
        ('"', false, true) => format!("“{inner}”{rest}"),
        ('"', ..) => format!("{inner}“{}", rest.replacen('"', "”", 1)),
        _ => format!("{inner}{quote}{rest}"),
    };
    shortened(&whole)
}

/// Where a text in quotes ends.
enum Closing {
    /// Behind its quote.
    At(usize),
    /// Not on this line.
    Never,
    /// Not known: there a backslash stands before a sign that has no meaning.
    Escape(usize, char),
}

fn closing(text: &str, quote: char) -> Closing {
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                // At the end of a line it joins the next.
                let Some((_, sign)) = chars.next() else { return Closing::Never };
                let digits = match sign {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    _ => 0,
                };
                let hexadecimal = text[i + 1 + sign.len_utf8()..].chars().take(digits).filter(char::is_ascii_hexdigit).count() == digits;
                if !"0abtnvfre \"/\\N_LPxuU".contains(sign) || !hexadecimal {
                    return Closing::Escape(i, sign);
                }
            }
            '\'' if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
            }
            c if c == quote => return Closing::At(i + 1),
            _ => {}
        }
    }
    Closing::Never
}

/// Key and what follows its colon, of a line that begins with one.
fn key(line: &str) -> Option<(&str, &str)> {
    if line.starts_with(['"', '\'']) {
        let quote = line.chars().next()?;
        let end = line[1..].find(quote)? + 2;
        return line[end..].strip_prefix(':').filter(|value| value.is_empty() || value.starts_with(' ')).map(|value| (&line[..end], value));
    }
    let colon = line.find(": ").or_else(|| line.strip_suffix(':').map(str::len))?;
    let name = &line[..colon];
    let plain = !name.contains(['{', '[', '"', '#', ',']) && !name.starts_with(['-', '@', '`', '%', '&', '*', '!', '|', '>']);
    plain.then(|| (name, &line[colon + 1..]))
}

/// A value without the comment behind it.
fn uncommented(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    match value.starts_with(['"', '\'', '{', '[']) {
        true => value,
        false => value.find(" #").map_or(value, |at| &value[..at]).trim_end(),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, column and slip of each in a text.
    fn found(text: &str) -> Vec<(u32, u32, Slip)> {
        slips(text).into_iter().map(|(at, slip)| (at.line, at.column, slip)).collect()
    }

    #[test]
    fn each_slip_is_told_by_its_name_and_place() {
        let colon = |text: &str| Slip::Colon { text: text.into() };
        for (text, slip) in [
            ("a:\n\tb: 1\n\tc: 2\n", vec![(2, 1, Slip::Tab), (3, 1, Slip::Tab)]),
            ("a:\n \u{a0}b: 1\n", vec![(2, 2, Slip::Space('\u{a0}'))]),
            ("a: Chú ý: đeo khẩu trang\n", vec![(1, 9, colon("Chú ý: đeo khẩu trang"))]),
            ("a:\n  - Giờ mở cửa: 7h\n  - b\n", vec![]),
            ("a: \"Chú ý\nb: 1\n", vec![(1, 4, Slip::Quote('"'))]),
            ("a: \"Chú ý\" mọi người\n", vec![(1, 4, Slip::Early { quote: '"', meant: "“Chú ý” mọi người".into() })]),
            ("a: 'Ea H'Leo'\n", vec![(1, 4, Slip::Early { quote: '\'', meant: "Ea H'Leo".into() })]),
            ("a: {b: 'Ea H'Leo', c: 1}\n", vec![(1, 8, Slip::Early { quote: '\'', meant: "Ea H'Leo".into() })]),
            ("a: \"Hỏi quầy \"Tiếp dân\" để\"\n", vec![(1, 4, Slip::Early { quote: '"', meant: "Hỏi quầy “Tiếp dân” để".into() })]),
            ("a = 1\nb: 2\n", vec![(1, 1, Slip::Equals { meant: "a: 1".into() })]),
            ("text:\nhead: x\n  lead: y\n", vec![(2, 1, Slip::Beside { key: "head".into(), above: "text".into() })]),
            ("a: {b: &x [1], c: *y}\nd:e\n", vec![(2, 2, Slip::NoSpace { key: "d".into() })]),
            ("a: {b: \"#0B4F94, c: \"#FFB114\"}\n", vec![(1, 8, Slip::Early { quote: '"', meant: "#0B4F94, c: “#FFB114".into() })]),
            ("a: {b: \"x\" c: \"y\"}\n", vec![(1, 11, Slip::Comma)]),
            ("a: {b: Giá: 5000, c: 1}\n", vec![(1, 11, colon("Giá: 5000"))]),
            ("a: {b: 1}}\n", vec![(1, 10, Slip::Close('}'))]),
            ("a: {b} của xã\n", vec![(1, 4, Slip::Sign('{'))]),
            ("a: - b\n", vec![(1, 4, Slip::Sign('-'))]),
            ("a: 1\n---\nb: 2\n", vec![(2, 1, Slip::Documents)]),
            ("// x\na: 1\n", vec![(1, 1, Slip::Slashes)]),
            ("a: b\u{b}c\n", vec![(1, 5, Slip::Control('\u{b}'))]),
            ("a: \"C:\\users\"\n", vec![(1, 7, Slip::Escape('u'))]),
            ("a: {{ ten }}\n", vec![(1, 4, Slip::Placeholder)]),
            ("p: {x: {{ ten }}}\n", vec![(1, 8, Slip::Placeholder)]),
            ("a: @ten\nb: %x\n", vec![(1, 4, Slip::Sign('@')), (2, 4, Slip::Sign('%'))]),
            ("a: **Chú ý** đeo\n", vec![(1, 4, Slip::Sign('*'))]),
            ("a:\n  b:1\n", vec![(2, 4, Slip::NoSpace { key: "b".into() })]),
            ("a: 1\nb：2\n", vec![(2, 2, Slip::WideColon)]),
            ("a:\n  -một\n  - hai\n", vec![(2, 3, Slip::Dash)]),
            ("a: 1\n  b: 2\n", vec![(2, 3, Slip::Deep)]),
            ("a:\n    b: 1\n  c: 2\n", vec![(3, 3, Slip::Uneven)]),
            ("a: {b: 1, c: 2\nd: 3\n", vec![(1, 4, Slip::Open('{'))]),
            ("a: [b, {c: 1]\n", vec![(1, 8, Slip::Open('{'))]),
            ("a: \"C:\\data\\x.csv\"\n", vec![(1, 7, Slip::Escape('d'))]),
            ("a: 1\nb\nc: 2\n", vec![(2, 1, Slip::GoesOn { text: "b".into() })]),
            ("a: 1\naction Quét\nc: 2\n", vec![(2, 1, Slip::NoColon { text: "action Quét".into() })]),
        ] {
            assert_eq!(found(text), slip, "{text}");
        }
    }

    #[test]
    fn what_is_right_is_no_slip() {
        for text in [
            "a: 1\nb:\n  - x\n  - y: 2\n    z: 3\nc: {d: [1, 2], e: \"x: y\"}\n",
            "a:\n- x\n- y\nb: https://mo.vn/a:b\n",
            "a: |\n  Chú ý: đeo\n    @x\nb: >-\n  {{ x }}\nc: 2\n",
            "a: \"một\n  hai: ba\n  bốn\"\nb: 1\n",
            "a: một\n  hai ba\nb: 7:30\n",
            "a: &x {b: 1}\nc: *x\n# d: [\ne: 1 # {\n",
            "a: {b: 1,\n    c: [2,\n    3]}\nd: 4\n",
            "a: 'Ea H''Leo'\nb: \"x \\\" y\"\n",
            "- a: 1\n  b: 2\n-\n  c: 3\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
