//! Whole contracts: as snapshots, and what has to hold of every one.

use migratable_analyze::design::{Hints, Layout, Options, Proposal, propose};
use migratable_contract::codes;
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::source::SourceSchema;
use migratable_contract::yaml::{Line, Node, NodeKind};

use crate::fixtures;

fn proposal(schema: &SourceSchema, hints: &Hints, layout: Layout) -> Proposal {
    propose(schema, hints, &Options { name: "shop".to_owned(), layout })
}

fn every(mut check: impl FnMut(&str, Layout, &SourceSchema, &Hints)) {
    for (name, schema, hints) in fixtures::all() {
        for layout in Layout::ALL {
            check(name, layout, &schema, &hints);
        }
    }
}

#[test]
fn contracts() {
    every(|name, layout, schema, hints| {
        insta::assert_snapshot!(format!("{name}-{layout}"), proposal(schema, hints, layout).text);
    });
}

#[test]
fn findings() {
    for (name, schema, hints) in fixtures::all().into_iter().filter(|(name, ..)| *name == "odd") {
        let found: Vec<String> = proposal(&schema, &hints, Layout::TablePerAggregate)
            .diagnostics
            .iter()
            .map(|found| format!("{}: {}\n  help: {}", found.code, found.message, found.help))
            .collect();
        insta::assert_snapshot!(format!("{name}-findings"), found.join("\n"));
    }
}

#[test]
fn every_contract_passes_every_rule() {
    every(|name, layout, schema, hints| {
        let text = proposal(schema, hints, layout).text;
        let mut outcome = migratable_contract::load(&SourceFile::new("contract.yaml", text));
        // MySQL has to give such a column a default, and what can't be asked is not proposed: findings say both.
        let known = [codes::DROPPED_NEEDED, codes::ENTITY_UNUSED];
        outcome.diagnostics.retain(|said| name != "odd" || !known.contains(&said.code));
        let said = migratable_contract::diagnostic::render(&outcome.diagnostics, false);
        assert!(outcome.value.is_some_and(|_| said.is_empty()), "{name}, {layout}:\n{said}");
    });
}

#[test]
fn every_contract_is_in_canonical_form() {
    every(|name, layout, schema, hints| {
        let text = proposal(schema, hints, layout).text;
        let formatted = migratable_contract::format(&SourceFile::new("contract.yaml", text.clone()));
        assert_eq!(formatted.value, Some(text), "{name}, {layout}");
    });
}

#[test]
fn the_order_of_tables_changes_only_the_order_of_declarations() {
    every(|name, layout, schema, hints| {
        let expected = sorted(proposal(schema, hints, layout).document);
        for turn in 1..schema.tables.len() {
            let mut shuffled = schema.clone();
            shuffled.tables.rotate_left(turn);
            if turn % 2 == 0 {
                shuffled.tables.reverse();
            }
            let found = sorted(proposal(&shuffled, hints, layout).document);
            assert_eq!(found, expected, "{name}, {layout}, turned by {turn}");
        }
    });
}

/// The tree with its maps in the order of their keys, and without blank lines.
fn sorted(mut node: Node) -> Node {
    node.tail.retain(|line| *line != Line::Blank);
    if let NodeKind::Map(entries) = &mut node.kind {
        for entry in entries.iter_mut() {
            entry.leading.retain(|line| *line != Line::Blank);
            entry.value = sorted(std::mem::replace(&mut entry.value, Node::scalar("")));
        }
        entries.sort_by(|one, other| one.key.cmp(&other.key));
    }
    node
}
