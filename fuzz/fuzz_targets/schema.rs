#![no_main]

use migratable_analyze::design::Layout;

#[path = "../../analyze/tests/invariants/mod.rs"]
#[expect(dead_code, reason = "each target asks for one of them")]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // One server and one layout for each input: inputs are many, so each pair gets its share.
    let sum = bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let server = invariants::SERVERS[sum % invariants::SERVERS.len()];
    invariants::schema(bytes, server, Layout::ALL[sum / invariants::SERVERS.len() % Layout::ALL.len()]);
});
