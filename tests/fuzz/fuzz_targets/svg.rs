#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(init: targets::ready(), |bytes: &[u8]| targets::run(targets::svg, bytes));
