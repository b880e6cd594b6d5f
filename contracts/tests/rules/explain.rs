//! The excerpts on the pages of codes are true: put into the library, `wrong` gives the code, where
//! `right`, which is the library's own text, gives nothing.

use migratable_contract::codes::{self, Code};
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::explain::{Page, page};
use migratable_contract::{load, yaml};

use crate::mutations::LIBRARY;

/// Pages with excerpts that aren't edits of the library, each with the reason.
const OTHERS: [(Code, &str); 4] = [
    (codes::ALLOW_NOTHING, "the mended contract has no entry at all"),
    (codes::ALLOW_CODE, "what is mended is what the error names, elsewhere"),
    (codes::ALLOW_AT, "the library allows nothing"),
    (codes::NAME_LIST_TEXT, "the library has plain names alone"),
];

/// Pages whose excerpts are of a contract.
fn pages() -> impl Iterator<Item = Page> {
    let own = codes::ALL.iter().filter(|info| matches!(info.code.0, 201..600 | 1000..1100));
    own.filter_map(|info| page(info.code)).filter(|page| !page.wrong.is_empty())
}

/// Whether a line of the library is this one, or is it inside of braces.
fn has(line: &str, piece: &str) -> bool {
    line.trim() == piece
        || line.contains(&format!("{{ {piece} }}"))
        || line.contains(&format!("{{ {piece}, "))
}

/// The library with the lines of `right` as in `wrong`; `None` where it doesn't have them, each once.
fn broken(page: &Page) -> Option<String> {
    let lines = |excerpt: &'_ str| excerpt.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
    let (mut wrong, mut right) = (lines(&page.wrong), lines(&page.right));
    let common: Vec<String> = right.iter().filter(|line| wrong.contains(line)).cloned().collect();
    wrong.retain(|line| !common.contains(line));
    right.retain(|line| !common.contains(line));
    if wrong.len() > right.len() {
        return None;
    }
    let mut text = LIBRARY.to_owned();
    for (position, piece) in right.iter().enumerate() {
        let mut found = text.lines().filter(|line| has(line, piece));
        let line = found.next().filter(|_| found.next().is_none())?.to_owned();
        let edited = match wrong.get(position) {
            Some(instead) => format!("{}\n", line.replacen(piece, instead, 1)),
            None => String::new(),
        };
        text = text.replacen(&format!("{line}\n"), &edited, 1);
    }
    Some(text)
}

#[test]
fn what_is_called_wrong_gives_the_code() {
    let (mut others, mut lies): (Vec<Code>, String) = (Vec::new(), String::new());
    for page in pages() {
        let Some(text) = broken(&page) else {
            others.push(page.code);
            continue;
        };
        let found = load(&SourceFile::new("contract.yaml", text)).diagnostics;
        if !found.iter().any(|diagnostic| diagnostic.code == page.code) {
            lies += &format!("{}: {}is {found:#?}\n", page.code, page.wrong);
        }
    }
    assert!(lies.is_empty(), "{lies}");
    assert_eq!(others, OTHERS.map(|(code, _)| code), "excerpts are lines of fixtures/library.yaml, edited");
    assert!(pages().count() > 90);
}

#[test]
fn excerpts_are_yaml() {
    for page in pages() {
        for excerpt in [&page.wrong, &page.right] {
            let outcome = yaml::parse(&SourceFile::new("excerpt.yaml", excerpt.as_str()));
            assert!(excerpt.is_empty() || outcome.value.is_some(), "{}: {excerpt}", page.code);
        }
    }
}
