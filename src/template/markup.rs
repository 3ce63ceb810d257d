//! Inline markup: bold and italic inside a text, paragraphs and lists in a longer one (CommonMark, by
//! `pulldown-cmark`; the rest of it is printed as typed).

use crate::text::{Span, is_unseen};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// Before each line, so that CommonMark takes it as running text: `1. x` is no list here. It must count
/// as punctuation for the flanking rules of `**`.
const GUARD: char = '·';

/// One text; a line break in it breaks the line, also inside emphasis.
pub(super) fn inline(text: &str) -> Vec<Span> {
    let lines: Vec<String> = text.trim().lines().map(|line| format!("{GUARD}{}", literal(line))).collect();
    let guarded = lines.join("\\\n");
    let mut spans = Vec::new();
    let mut weight = Weight::default();
    let mut line_starts = true;
    for event in Parser::new_ext(&guarded, Options::empty()) {
        if let Some(text) = weight.follow(&event) {
            let shown = if line_starts { text.strip_prefix(GUARD).unwrap_or(text) } else { text };
            push(&mut spans, shown, weight);
            line_starts = matches!(event, Event::HardBreak);
        }
    }
    spans
}

/// A paragraph of a longer text, and the mark before it in a list.
pub(super) struct Paragraph {
    pub(super) mark: Option<String>,
    pub(super) spans: Vec<Span>,
}

/// Paragraphs and lists.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut mark = None;
    let mut open = false;
    let mut weight = Weight::default();
    // Four spaces would make a line code, whose signs are all literal.
    let flush: Vec<String> =
        text.lines().map(|line| if line.starts_with("    ") { literal(line.trim_start()) } else { literal(line) }).collect();
    for event in Parser::new_ext(&flush.join("\n"), Options::empty()) {
        match &event {
            Event::Start(Tag::List(first)) => {
                lists.push(*first);
                open = false;
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                open = false;
            }
            Event::End(TagEnd::Item) => {
                // An item without text takes its mark with it.
                mark = None;
                open = false;
            }
            Event::Start(Tag::Item) => {
                mark = match lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        Some(format!("{}.", *number - 1))
                    }
                    _ => Some("•".into()),
                };
                open = false;
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) | Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => open = false,
            _ => {}
        }
        if let Some(text) = weight.follow(&event) {
            if !open {
                out.push(Paragraph { mark: mark.take(), spans: Vec::new() });
                open = true;
            }
            if let Some(last) = out.last_mut() {
                push(&mut last.spans, text, weight);
            }
        }
    }
    out
}

#[derive(Clone, Copy, Default, PartialEq)]
struct Weight {
    bold: bool,
    italic: bool,
}

impl Weight {
    /// Follows the opening and closing of emphasis; gives the text of a text event.
    fn follow<'e>(&mut self, event: &'e Event<'_>) -> Option<&'e str> {
        match event {
            Event::Start(Tag::Strong | Tag::Heading { .. }) => self.bold = true,
            Event::End(TagEnd::Strong | TagEnd::Heading(_)) => self.bold = false,
            Event::Start(Tag::Emphasis) => self.italic = true,
            Event::End(TagEnd::Emphasis) => self.italic = false,
            Event::Text(text) => return Some(text),
            Event::SoftBreak => return Some(" "),
            Event::HardBreak => return Some("\n"),
            _ => {}
        }
        None
    }
}

fn push(spans: &mut Vec<Span>, text: &str, weight: Weight) {
    let seen: Cow<'_, str> = if text.contains(is_unseen) { text.replace(is_unseen, "").into() } else { text.into() };
    let text = &*seen;
    match spans.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if (last.bold, last.italic) == (weight.bold, weight.italic) => last.text.push_str(text),
        _ => spans.push(Span { text: text.into(), bold: weight.bold, italic: weight.italic }),
    }
}

/// A text whose signs for links, code, HTML and entities are printed as typed.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        if !escaped && matches!(c, '`' | '[' | ']' | '<' | '&' | '!' | '_' | '~') {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// A text with its markup signs made harmless: what comes from data is printed as it is.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(spans: &[Span]) -> String {
        spans
            .iter()
            .map(|s| format!("{}{}{}", if s.bold { "B" } else { "" }, if s.italic { "I" } else { "" }, format_args!("[{}]", s.text)))
            .collect()
    }

    #[test]
    fn bold_and_italic_are_spans() {
        assert_eq!(shown(&inline("**Mở camera.** Đưa *vào* mã")), "B[Mở camera.][ Đưa ]I[vào][ mã]");
        assert_eq!(shown(&inline("**“Cài đặt”** ngay")), "B[“Cài đặt”][ ngay]");
        assert_eq!(shown(&inline("**Cài đặt\nBluezone** ngay")), "B[Cài đặt\nBluezone][ ngay]");
        assert_eq!(shown(&inline("https://a.vn/_x_?a=1")), "[https://a.vn/_x_?a=1]");
    }

    #[test]
    fn a_text_is_never_a_list_or_heading() {
        for text in ["1. Mở", "# 5", "- a", "> b", "+ c", "    bốn dấu cách", "--- x"] {
            assert_eq!(shown(&inline(text)), format!("[{}]", text.trim()), "{text}");
        }
    }

    #[test]
    fn what_data_holds_is_printed_as_it_is() {
        for text in ["a*b*c", "**x**", "a_b_", "`x`", "[x](y)", "<b>", "&amp;", "\\*", "![x](y)", "#1", "<http://a.vn>"] {
            assert_eq!(shown(&inline(&escape(text))), format!("[{text}]"), "{text}");
        }
    }

    #[test]
    fn a_line_break_stays() {
        assert_eq!(shown(&inline("Cài đặt\nBluezone")), "[Cài đặt\nBluezone]");
    }

    #[test]
    fn paragraphs_and_lists() {
        let out = paragraphs("Một\nhai\n\n- ba\n- **bốn**\n\n2. năm\n3. sáu\n");
        let told: Vec<_> = out.iter().map(|p| format!("{}{}", p.mark.as_deref().unwrap_or("¶"), shown(&p.spans))).collect();
        assert_eq!(told, ["¶[Một hai]", "•[ba]", "•B[bốn]", "2.[năm]", "3.[sáu]"]);
    }
}
