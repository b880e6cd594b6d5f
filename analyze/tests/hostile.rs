//! What has to hold of any input, held to the fixtures and to what fuzzing once found.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test's panic is its failure, its output says of which file"
)]

mod invariants;

use std::path::Path;

use migratable_analyze::design::Layout;

/// For each server, in one layout after the other.
fn schema(bytes: &[u8]) {
    for (server, layout) in invariants::SERVERS.into_iter().zip(Layout::ALL.into_iter().cycle()) {
        invariants::schema(bytes, server, layout);
    }
}

fn every(folder: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        println!("{}", file.display());
        check(&std::fs::read(file).unwrap());
    }
}

#[test]
fn of_the_fixtures() {
    every("ddl", invariants::splitter);
    every("ddl", schema);
}

#[test]
fn of_what_fuzzing_found() {
    every("fuzz", invariants::splitter);
    every("fuzz", schema);
}

/// Each fixture cut off at every byte, the way a dump ends when its disk is full.
#[test]
fn of_what_ends_in_the_middle() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ddl");
    let bytes = std::fs::read(folder.join("hand.sql")).unwrap();
    for end in 0..bytes.len() {
        invariants::splitter(&bytes[..end]);
    }
}
