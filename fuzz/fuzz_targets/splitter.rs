#![no_main]

#[path = "../../analyze/tests/invariants/mod.rs"]
#[expect(dead_code, reason = "each target asks for one of them")]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::splitter(bytes));
