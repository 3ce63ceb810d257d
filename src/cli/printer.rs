//! Printer profiles: where they are kept.

use std::path::PathBuf;

/// The file of a profile: a path as it is given, or a name among those that are kept.
pub fn path(name: &str) -> String {
    let is_file = name.contains(['/', '\\']) || name.ends_with(".yaml") || name.ends_with(".yml");
    if is_file { name.into() } else { folder().join(format!("{name}.yaml")).display().to_string() }
}

/// `~/.config/toroi/printers`, or where the XDG directories are else.
fn folder() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config"))).unwrap_or_else(|| ".config".into());
    config.join("toroi").join("printers")
}
