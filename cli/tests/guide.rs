//! docs/guide.md says what is so. Its Rust is compiled as examples of the shop's documentation, except for what only a project
//! of its own can have: that stands in tests/stranger, and what is about collections in tests/golden, word for word. Its contracts are checked, its commands are the
//! command's, and the messages it explains are ones that tests hold.
#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn guide() -> String {
    fs::read_to_string(home().join("docs/guide.md")).unwrap()
}

/// The fenced blocks of this language.
fn blocks(guide: &str, language: &str) -> Vec<String> {
    let mut blocks = guide.split("```").skip(1).step_by(2);
    let blocks = blocks.by_ref().filter_map(|block| block.split_once('\n'));
    let found: Vec<_> =
        blocks.filter(|(name, _)| *name == language).map(|(_, text)| text.to_owned()).collect();
    assert!(!found.is_empty(), "no block of {language}");
    found
}

/// The texts of the files below a folder whose names end so.
fn texts(folder: &Path, ending: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            texts(&entry.path(), ending, found);
        } else if entry.file_name().to_str().is_some_and(|name| name.ends_with(ending)) {
            found.push(fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn migratable(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_migratable")).args(arguments).output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(printed).unwrap())
}

#[test]
fn every_block_is_of_a_language_that_is_held_to_something() {
    let guide = guide();
    for block in guide.split("```").skip(1).step_by(2) {
        let language = block.lines().next().unwrap();
        assert!(["rust", "rust,ignore", "sh", "yaml"].contains(&language), "a block of `{language}`");
    }
}

#[test]
fn what_examples_can_not_have_is_compiled_elsewhere() {
    let mut sources = Vec::new();
    texts(&home().join("tests/stranger"), ".rs", &mut sources);
    // Contracts with collections are golden cases.
    texts(&home().join("tests/golden/tests"), ".rs", &mut sources);
    for block in blocks(&guide(), "rust,ignore") {
        assert!(sources.iter().any(|source| source.contains(&block)), "nowhere compiled:\n{block}");
    }
}

#[test]
fn contracts_have_no_errors_and_give_code() {
    let folder = tempfile::tempdir().unwrap();
    let (contract, out) = (folder.path().join("contract.yaml"), folder.path().join("shop"));
    for block in blocks(&guide(), "yaml") {
        fs::write(&contract, &block).unwrap();
        let (generated, printed) =
            migratable(&["generate", contract.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        assert!(generated, "{printed}\n{block}");
        assert!(!printed.contains("warning["), "{printed}");
    }
}

#[test]
fn commands_and_their_options_are_there() {
    let guide = guide();
    // In blocks and in sentences.
    let mut commands = 0;
    for command in guide.split("migratable ").skip(1) {
        let words: Vec<&str> = command.split(['`', '\n']).next().unwrap().split(' ').collect();
        if !["analyze", "check", "explain", "fmt", "generate", "language", "tables"].contains(&words[0]) {
            continue;
        }
        let named = if words[0] == "tables" { &words[..2] } else { &words[..1] };
        let (is_there, help) = migratable(&[named, &["--help"]].concat());
        assert!(is_there, "there is no `migratable {}`", named.join(" "));
        for option in words.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "`migratable {}` has no {option}", words[0]);
        }
        commands += 1;
    }
    assert!(commands >= 6, "{commands} commands found");
}

#[test]
fn messages_are_ones_that_are_said() {
    let guide = guide();
    let mut said = Vec::new();
    texts(&home().join("tests/ui/fail"), ".stderr", &mut said);
    texts(&home().join("build/src/snapshots"), ".snap", &mut said);
    let table = guide.split("| --- | --- |\n").nth(1).unwrap();
    let messages: Vec<&str> = table.lines().filter_map(|row| row.split('`').nth(1)).collect();
    assert!(messages.len() > 5, "{messages:?}");
    for message in messages {
        let mut parts = message.split('…').map(str::trim);
        let is_said = said.iter().any(|text| parts.clone().all(|part| text.contains(part)));
        assert!(is_said, "nobody says `{message}`: {:?}", parts.next());
    }
}
