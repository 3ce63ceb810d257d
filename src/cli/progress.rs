//! How far it has come, on a terminal; elsewhere nothing is shown.

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use toroi::diag::Lang;

/// Fewer records than that are there at once.
const WORTH_SHOWING: usize = 200;

pub struct Progress {
    lang: Lang,
    /// The bar, and which piece it is about.
    bar: Option<(String, ProgressBar)>,
}

impl Progress {
    pub fn new(lang: Lang) -> Progress {
        Progress { lang, bar: None }
    }

    /// So many records of a piece on a press are laid out.
    pub fn show(&mut self, piece: &str, press: &str, records: usize, of: usize) {
        let name = format!("{piece}, {press}");
        if of < WORTH_SHOWING {
            return;
        }
        if self.bar.as_ref().is_none_or(|(about, _)| *about != name) {
            self.finish();
            let bar = ProgressBar::new(of as u64).with_message(name.clone());
            let left = self.lang.pick("còn", "left");
            let words = format!("{{msg}} {{bar:30}} {{pos}}/{{len}} · {{rate}}/s · {left} {{eta}}");
            if let Ok(style) = ProgressStyle::with_template(&words) {
                let rate = |state: &ProgressState, out: &mut dyn Write| {
                    // A bar that cannot be drawn is no fault.
                    let _ = write!(out, "{:.0}", state.per_sec());
                };
                bar.set_style(style.with_key("rate", rate));
            }
            self.bar = Some((name, bar));
        }
        if let Some((_, bar)) = &self.bar {
            bar.set_length(of as u64);
            bar.set_position(records as u64);
        }
    }

    pub fn finish(&mut self) {
        if let Some((_, bar)) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
