//! What we build on: where it comes from, under which licences, and what of it is there more than once, by `.ci/deny.toml`.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const RULES: &str = include_str!("../../.ci/deny.toml");
const LOCK: &str = include_str!("../../Cargo.lock");

/// The texts of a list of the rules, each on a line of its own: the first in quotes on it.
fn listed(list: &str) -> Vec<&'static str> {
    let (_, rest) = RULES.split_once(&format!("\n{list} = [\n")).unwrap();
    rest.lines().take_while(|line| *line != "]").map(|line| line.split('"').nth(1).unwrap()).collect()
}

/// The libraries of the platform that the rules name: name, version, licences.
fn libraries() -> Vec<(String, String, String)> {
    let platform = RULES.split_once("targets = [\"").unwrap().1.split('"').next().unwrap();
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", platform];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let used: BTreeSet<&str> = found["resolve"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    let packages = found["packages"].as_array().unwrap().iter().filter(|package| used.contains(package["id"].as_str().unwrap()));
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_string();
    packages.map(|package| (text(package, "name"), text(package, "version"), text(package, "license"))).collect()
}

#[test]
fn every_library_comes_from_crates_io_and_is_the_one_that_was_looked_at() {
    let packages: Vec<BTreeMap<&str, &str>> = LOCK
        .split("[[package]]")
        .skip(1)
        .map(|package| {
            package.lines().filter_map(|line| line.split_once(" = ")).map(|(key, value)| (key, value.trim_matches('"'))).collect()
        })
        .collect();
    assert!(packages.len() > 100);
    for package in packages.iter().filter(|package| package["name"] != env!("CARGO_PKG_NAME")) {
        assert_eq!(package.get("source"), Some(&"registry+https://github.com/rust-lang/crates.io-index"), "{package:?}");
        assert!(package.get("checksum").is_some_and(|sum| sum.len() == 64), "{package:?}");
    }
}

#[test]
fn every_library_may_be_used_under_a_licence_that_is_allowed_and_each_of_these_is_needed() {
    let (libraries, allowed) = (libraries(), listed("allow"));
    let refused = |allowed: &[&str]| -> Vec<String> {
        let refused = libraries.iter().filter(|(.., licences)| !permits(licences, allowed));
        refused.map(|(name, _, licences)| format!("{name}: {licences}")).collect()
    };
    assert_eq!(refused(&allowed), [""; 0]);
    for (i, licence) in allowed.iter().enumerate() {
        let others: Vec<&str> = allowed.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| *other).collect();
        assert!(!refused(&others).is_empty(), "{licence} is allowed for nothing");
    }
}

#[test]
fn what_is_there_more_than_once_is_listed_with_its_reason() {
    let mut versions = BTreeMap::<String, Vec<String>>::new();
    for (name, version, _) in libraries() {
        versions.entry(name).or_default().push(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let skipped = listed("skip");
    for (name, versions) in &versions {
        let kept = versions.iter().filter(|version| !skipped.contains(&format!("{name}@{version}").as_str()));
        assert!(kept.count() <= 1, "{name} {versions:?}: `.ci/deny.toml` wants all but one under `skip`");
    }
    for skipped in skipped {
        let (name, version) = skipped.split_once('@').unwrap();
        assert!(versions.get(name).is_some_and(|all| all.iter().any(|one| one == version)), "{skipped} is skipped for nothing");
    }
}

/// Whether an expression of licences (SPDX, annex D; `/` is an older `OR`) holds with those that are allowed.
fn permits(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (holds, rest) = any(&words, allowed);
    assert!(rest.is_empty(), "{expression}");
    holds
}

fn any<'w>(words: &'w [&'w str], allowed: &[&str]) -> (bool, &'w [&'w str]) {
    let (mut holds, mut rest) = all(words, allowed);
    while let ["OR", after @ ..] = rest {
        let (other, left) = all(after, allowed);
        (holds, rest) = (holds | other, left);
    }
    (holds, rest)
}

fn all<'w>(words: &'w [&'w str], allowed: &[&str]) -> (bool, &'w [&'w str]) {
    let (mut holds, mut rest) = one(words, allowed);
    while let ["AND", after @ ..] = rest {
        let (other, left) = one(after, allowed);
        (holds, rest) = (holds & other, left);
    }
    (holds, rest)
}

fn one<'w>(words: &'w [&'w str], allowed: &[&str]) -> (bool, &'w [&'w str]) {
    match words {
        ["(", inner @ ..] => {
            let (holds, rest) = any(inner, allowed);
            (holds, rest.strip_prefix(&[")"]).expect("a bracket is closed"))
        }
        [_, "WITH", _, rest @ ..] => (false, rest),
        [licence, rest @ ..] => (allowed.contains(licence), rest),
        [] => (false, &[]),
    }
}

#[test]
fn expressions_of_licences_are_understood() {
    for (expression, holds) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("", false),
        ("Unlicense/MIT", true),
        ("GPL-3.0-only OR MIT AND ISC", true),
        ("(GPL-3.0-only OR MIT) AND BSL-1.0", false),
        ("(MIT OR Apache-2.0) AND ISC", true),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("Apache-2.0 WITH LLVM-exception", false),
    ] {
        assert_eq!(permits(expression, &["MIT", "ISC"]), holds, "{expression}");
    }
}
