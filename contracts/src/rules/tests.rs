//! Each rule is what finds its code: with it alone the code is found, without it nothing is.

use std::sync::Arc;

use super::*;
use crate::diagnostic::SourceFile;
use crate::language::{Contract, Value};
use crate::{lower, yaml};

#[path = "../../tests/rules/mutations.rs"]
mod mutations;

use mutations::{LIBRARY, Mutation, NAMES, RULES as BREAKING, SHAPE, TEXTS};

/// What is found in a contract before the rules, and by these rules.
fn found(file: &Arc<SourceFile>, rules: &[&Rule]) -> (Vec<Code>, Vec<Code>) {
    let tree = yaml::parse(file).value.expect("the edits keep it YAML");
    let mut before = Reader::new(file);
    let Some(node) = Contract::read(&tree, &crate::diagnostic::Place::new(file, 0..0), &mut before) else {
        return (codes_of(&before), Vec::new());
    };
    let source = lower::source::lower(&node, &mut before);
    let draft = lower::lower(&node, &source, &mut before);
    let mut reader = Reader::new(file);
    run(rules.iter().copied(), &draft, &mut reader);
    (codes_of(&before), codes_of(&reader))
}

fn codes_of(reader: &Reader) -> Vec<Code> {
    reader.diagnostics.iter().map(|finding| finding.code).collect()
}

/// What is always found with a code, by other rules: what isn't unique is not found by a key, either.
const COMPANIONS: [(Code, &[Code]); 1] =
    [(codes::JOIN_NOT_UNIQUE, &[codes::JOIN_UNREACHABLE, codes::ROWS_UNKEPT])];

#[test]
fn every_rule_has_a_code_of_its_own_in_the_table_of_codes() {
    for pair in RULES.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
    }
    let rules = codes::ALL
        .iter()
        .map(|info| info.code)
        .filter(|code| matches!(code.0, 420..500 | 510..600 | 1000..1100));
    assert!(rules.eq(RULES.iter().map(|rule| rule.code).filter(|code| code.0 >= 420)));
}

/// Whether a mutation is found by this rule, and but for a companion by nothing else, before the rules or among them.
fn proves(mutation: &Mutation, rule: &Rule) -> bool {
    let companions =
        COMPANIONS.iter().find(|(code, _)| *code == rule.code).map_or(&[][..], |(_, others)| others);
    let expected = |code: &Code| *code == rule.code || companions.contains(code);
    if !mutation.codes.contains(&rule.code.0) || !mutation.codes.iter().all(|code| expected(&Code(*code))) {
        return false;
    }
    let others: Vec<&Rule> = RULES.iter().filter(|other| other.code != rule.code).collect();
    assert_eq!(others.len() + 1, RULES.len());
    let (before, alone) = found(&mutation.file(), &[rule]);
    let (_, without) = found(&mutation.file(), &others);
    let finds = !alone.is_empty() && alone.iter().all(|code| *code == rule.code);
    finds && before.is_empty() && without.iter().all(|code| companions.contains(code))
}

/// So that nothing makes up for a rule that is gone, and the mutation's own test fails.
#[test]
fn every_rule_has_a_mutation_that_it_finds_and_nothing_else() {
    let mut missing = String::new();
    for rule in RULES {
        let mut mutations = [SHAPE, TEXTS, NAMES, BREAKING].into_iter().flatten();
        if !mutations.any(|mutation| proves(mutation, rule)) {
            missing += &format!(
                "{}: add a mutation to contracts/tests/rules/mutations.rs that gives this code alone, and only by its rule\n",
                rule.code
            );
        }
    }
    assert!(missing.is_empty(), "{missing}");
}

#[test]
fn no_rule_finds_anything_in_the_library() {
    let rules: Vec<&Rule> = RULES.iter().collect();
    assert_eq!(found(&SourceFile::new("contract.yaml", LIBRARY), &rules), (Vec::new(), Vec::new()));
}
