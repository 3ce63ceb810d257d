//! Whether a stream is coloured.

use std::io::IsTerminal;

/// Whether it is: on a terminal, and where it is asked for, but never against NO_COLOR.
pub fn is_wanted(stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let forced = |name: &str| set(name).is_some_and(|value| value != "0");
    if set("NO_COLOR").is_some() {
        return false;
    }
    if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") {
        return true;
    }
    let dull = set("TERM").is_some_and(|kind| kind == "dumb") || set("CLICOLOR").is_some_and(|value| value == "0");
    stream.is_terminal() && !dull
}
