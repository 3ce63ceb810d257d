//! More about each kind of finding than its sentence and its hint: what it means on paper, and an example.

use super::Lang;

const VI: &str = include_str!("explain/vi.md");
const EN: &str = include_str!("explain/en.md");

/// What there is to know about a code, as Markdown: some sentences, and mostly an example. None for what is no code.
pub fn explain(code: &str, lang: Lang) -> Option<&'static str> {
    let all = match lang {
        Lang::Vi => VI,
        Lang::En => EN,
    };
    sections(all).find(|(name, _)| *name == code).map(|(_, text)| text)
}

/// The sections of a text: each a code, and what is said of it.
fn sections(all: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    all.split("\n## ")
        .filter_map(|section| section.trim_start_matches("## ").split_once('\n'))
        .map(|(code, text)| (code.trim(), text.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::CODES;
    use super::*;

    #[test]
    fn every_code_is_explained_once_in_both_languages() {
        for all in [VI, EN] {
            let mut named: Vec<&str> = sections(all).map(|(code, _)| code).collect();
            let mut codes: Vec<&str> = CODES.iter().map(|code| code.name).collect();
            named.sort_unstable();
            codes.sort_unstable();
            assert_eq!(named, codes);
        }
    }

    #[test]
    fn both_languages_have_the_same_examples() {
        for code in CODES {
            let example = |lang: Lang| {
                let text = explain(code.name, lang).unwrap();
                let lines = text.lines().skip_while(|line| !line.starts_with("```")).filter(|line| !line.trim_start().starts_with('#'));
                lines.map(|line| line.split("  #").next().unwrap_or(line).trim_end()).collect::<Vec<_>>().join("\n")
            };
            assert_eq!(example(Lang::Vi), example(Lang::En), "{}", code.name);
            assert!(explain(code.name, Lang::Vi).unwrap().chars().count() > 80, "{}", code.name);
        }
    }
}
