//! The order of statements decides the order of declarations, and nothing else of a contract: not a name, not a number
//! behind a name, not which table owns which, not a comment.

use std::path::Path;

use migratable_analyze::ddl::{self, Server, splitter};
use migratable_analyze::design::{self, Hints, Layout};
use migratable_contract::diagnostic::{self, SourceFile};
use migratable_contract::yaml::{self, Line, Node, NodeKind};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};

/// Names that are one to Rust or to DynamoDB, tables that point at each other and at themselves, many that could own one
/// row, more indexes than a table takes, and everything that is left out for a reason.
const TANGLED: &str = include_str!("../cases/tangled/schema.sql");

fn case(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(path).join("schema.sql");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The statements of a file: those that create tables, and those that come after.
fn statements(ddl: &str) -> (Vec<&str>, Vec<&str>) {
    let statements = splitter::split(ddl.as_bytes()).into_iter().map(|piece| &ddl[piece.range]);
    statements.partition(|statement| statement.trim_start().to_uppercase().starts_with("CREATE TABLE"))
}

/// The contract of these statements, in a form in which order says nothing.
fn contract(statements: &[&str], layout: Layout) -> String {
    let file = SourceFile::new("schema.sql", statements.join(";\n"));
    let reading = ddl::read(&file, Server::MySql80);
    assert!(reading.diagnostics.is_empty(), "{}", diagnostic::render(&reading.diagnostics, false));
    let options = design::Options { name: "shuffled".to_owned(), layout };
    let source = reading.schema.source();
    let proposal = design::propose(&source, &Hints::from(&reading.schema), &options);
    let outcome = migratable_contract::load(&SourceFile::new("contract.yaml", proposal.text));
    assert!(outcome.value.is_some(), "{}", diagnostic::render(&outcome.diagnostics, false));
    yaml::write(&sorted(proposal.document))
}

/// The tree with its maps in the order of their keys, and without blank lines.
fn sorted(mut node: Node) -> Node {
    let text = |lines: &mut Vec<Line>| lines.retain(|line| *line != Line::Blank);
    text(&mut node.tail);
    match &mut node.kind {
        NodeKind::Map(entries) => {
            for entry in entries.iter_mut() {
                text(&mut entry.leading);
                entry.value = sorted(std::mem::replace(&mut entry.value, Node::scalar("")));
            }
            entries.sort_by(|one, other| one.key.cmp(&other.key));
        }
        NodeKind::List(_) | NodeKind::Scalar { .. } => {}
    }
    node
}

/// Changes in another order, but for those of one table, which have theirs.
fn reordered<'s>(changes: &[&'s str], picks: &[Index]) -> Vec<&'s str> {
    let mut queues: Vec<(&str, Vec<&str>)> = Vec::new();
    for change in changes.iter().rev() {
        let table = table_of(change);
        match queues.iter_mut().find(|(name, _)| *name == table) {
            Some((_, queue)) => queue.push(change),
            None => queues.push((table, vec![change])),
        }
    }
    let mut order = Vec::new();
    for pick in picks {
        let at = pick.index(queues.len());
        order.extend(queues[at].1.pop());
        queues.retain(|(_, queue)| !queue.is_empty());
    }
    order
}

/// The table a change is about: `ALTER TABLE t …`, `CREATE … ON t …`. A view stands alone.
fn table_of(change: &str) -> &str {
    let mut words = change.split_whitespace().skip_while(|word| !matches!(*word, "TABLE" | "ON"));
    words.nth(1).unwrap_or(change)
}

fn any_order_gives_one_contract(ddl: &str) {
    let (creates, changes) = statements(ddl);
    let shuffled = (
        Just(creates.clone()).prop_shuffle(),
        proptest::collection::vec(any::<Index>(), changes.len()),
        proptest::sample::select(Layout::ALL.to_vec()),
    );
    let mut runner = TestRunner::new_with_rng(
        Config::with_cases(24),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let outcome = runner.run(&shuffled, |(order, picks, layout)| {
        let expected = contract(&[&creates[..], &changes].concat(), layout);
        let found = contract(&[order, reordered(&changes, &picks)].concat(), layout);
        let differs = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
        prop_assert!(found == expected, "{}: {:#?}", layout, differs);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn of_tangled_tables() {
    any_order_gives_one_contract(TANGLED);
}

#[test]
fn of_the_other_cases() {
    for path in ["types", "keys", "hostile", "library", "../../../examples/shop"] {
        any_order_gives_one_contract(&case(path));
    }
}
