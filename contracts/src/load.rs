//! From a file to a validated contract, or to one entity of it.

mod narrow;

use std::sync::Arc;

use migratable_core::plan::Referrer;
use migratable_core::value::Date;

use crate::diagnostic::{self, Place, SourceFile};
use crate::language::{self, Reader, Value};
use crate::lower::{self, names};
use crate::model::{Contract, Entity};
use crate::yaml::{self, Node};
use crate::{Outcome, allow, codes, compile, rules};

/// Reads a contract: parses it, resolves every name, checks every rule, compiles every plan. All mistakes are found at
/// once, except that broken YAML hides what is in it.
///
/// Warnings that the contract allows are left out; which of its reasons have expired, [`load_on`] knows.
pub fn load(file: &Arc<SourceFile>) -> Outcome<Contract> {
    load_on_or_ever(file, None)
}

/// [`load`] on a day: what is allowed until an earlier one is no longer.
pub fn load_on(file: &Arc<SourceFile>, today: Date) -> Outcome<Contract> {
    load_on_or_ever(file, Some(today))
}

fn load_on_or_ever(file: &Arc<SourceFile>, today: Option<Date>) -> Outcome<Contract> {
    let Outcome { value: tree, mut diagnostics } = yaml::parse(file);
    let mut reader = Reader::new(file);
    let contract = tree.and_then(|tree| contract_of(file, &tree, today, &mut reader));
    diagnostics.append(&mut reader.diagnostics);
    outcome(contract, diagnostics)
}

/// Reads one entity of a contract, and only what that entity needs: no other entity, and no rule that looks at the
/// whole contract. The entity is the one that [`load`] gives, its fingerprint included.
pub fn load_entity(file: &Arc<SourceFile>, name: &str) -> Outcome<Entity> {
    let Outcome { value: tree, mut diagnostics } = yaml::parse(file);
    let entity = tree.and_then(|tree| {
        let Outcome { value, diagnostics: found } = entity_of(file, &tree, name);
        diagnostics.extend(found);
        value
    });
    outcome(entity, diagnostics)
}

/// [`load_entity`] for a file that is parsed already: who asks for many entities parses once.
pub fn entity_of(file: &Arc<SourceFile>, tree: &Node, name: &str) -> Outcome<Entity> {
    let mut reader = Reader::new(file);
    let narrowed = narrow::narrow(tree, name);
    let referrers = narrow::referrers(tree, name);
    let entity = one_entity(file, &narrowed, name, referrers, &mut reader);
    if entity.is_none() && !diagnostic::has_errors(&reader.diagnostics) {
        // The reason lies beyond the entity (a foreign key that points nowhere), where the whole contract says it.
        contract_of(file, tree, None, &mut reader);
    }
    outcome(entity, reader.diagnostics)
}

/// A value goes out only without an error.
fn outcome<T>(value: Option<T>, mut diagnostics: Vec<diagnostic::Diagnostic>) -> Outcome<T> {
    diagnostic::sort(&mut diagnostics);
    let value = value.filter(|_| !diagnostic::has_errors(&diagnostics));
    debug_assert!(value.is_some() || diagnostic::has_errors(&diagnostics), "a failure without a reason");
    Outcome { value, diagnostics }
}

/// The place findings about the file as a whole point at: its first key.
fn start(file: &Arc<SourceFile>, tree: &Node) -> Place {
    let first = match &tree.kind {
        yaml::NodeKind::Map(entries) => entries.first().and_then(|entry| entry.key_place.clone()),
        _ => None,
    };
    first.or_else(|| tree.place.clone()).unwrap_or_else(|| Place::new(file, 0..0))
}

fn contract_of(
    file: &Arc<SourceFile>,
    tree: &Node,
    today: Option<Date>,
    reader: &mut Reader,
) -> Option<Contract> {
    let node = language::Contract::read(tree, &start(file, tree), reader)?;
    let source = lower::source::lower(&node, reader);
    let draft = lower::lower(&node, &source, reader);
    rules::check(&draft, reader);
    allow::apply(&node, tree, today, reader);
    if diagnostic::has_errors(&reader.diagnostics) {
        return None;
    }
    compile::contract(&draft)
}

fn one_entity(
    file: &Arc<SourceFile>,
    tree: &Node,
    name: &str,
    referrers: Vec<Referrer>,
    reader: &mut Reader,
) -> Option<Entity> {
    let node = language::Contract::read(tree, &start(file, tree), reader)?;
    let source = lower::source::lower(&node, reader);
    let draft = lower::lower(&node, &source, reader);
    let Some(entity) = draft.entities.iter().find(|entity| entity.name.text == name) else {
        let known = node.entities.entries.iter().map(|entry| entry.key.text.as_str());
        // An entity that is there and could not be read has been reported.
        if !known.clone().any(|known| known == name) {
            let place = start(file, tree);
            reader.report(names::unknown(
                codes::UNKNOWN_ENTITY,
                name,
                place,
                "an entity of this contract",
                known,
            ));
        }
        return None;
    };
    rules::check_entity(entity, &source, reader);
    if diagnostic::has_errors(&reader.diagnostics) {
        return None;
    }
    compile::entity(entity, &node, referrers)
}
