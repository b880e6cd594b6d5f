//! The reference system's migration contract: a JSON file of DynamoDB tables, their entities, and for each attribute
//! the MySQL column and the join, calculation or transformation that gives its value.
//!
//! 1. `read`: the file as types, by `fields`; `model` is those types.
//! 2. `join`, `value`, `calculate`, `template`, `keys`: what its SQL and its templates mean for the schema of the DDL
//!    (`source`): paths, where a foreign key says a join, and relations where none does.
//! 3. `assemble`, `types`, `ledger`, `patterns`: entities, and what the file leaves open or has lost.
//! 4. `write`: the contract.
//!
//! What is mended is a warning that says how. What is left out is an error that says why.

mod assemble;
mod calculate;
mod draft;
mod fields;
mod format;
mod join;
mod key_names;
mod keys;
mod ledger;
mod model;
mod patterns;
mod read;
mod source;
mod spelling;
mod template;
mod types;
mod value;
mod write;

use std::sync::Arc;

use migratable_analyze::ddl::Schema;
use migratable_analyze::design::Hints;
use migratable_contract::codes;
use migratable_contract::diagnostic::{self, Diagnostic, Place, SourceFile};
use migratable_contract::source::{SourceTable, name_text};
use migratable_contract::yaml::{self, Node};

use assemble::Assembler;
use draft::{Entity, Value};
use fields::Reader;
use join::Joins;
use source::Source;

use crate::json;

/// What the caller decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the contract is to be called. Made a name the language takes, whatever it is.
    pub name: String,
    /// What becomes of columns that the file has no attribute for.
    pub lost: Lost,
}

/// What becomes of columns that the file has no attribute for. Those of keys are carried in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lost {
    /// They become attributes.
    #[default]
    Carry,
    /// They are dropped, with the reason that the file doesn't carry them.
    Drop,
}

/// A contract, imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// As a tree.
    pub document: Node,
    /// As the file's text.
    pub text: String,
    /// How many entities it has.
    pub entities: usize,
    /// How many DynamoDB tables it has.
    pub tables: usize,
}

/// What importing gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// `None` where nothing could be made of the file.
    pub contract: Option<Contract>,
    /// Warnings about what is mended, errors about what is left out; in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Imports a file for the schema that the DDL says.
pub fn import(file: &Arc<SourceFile>, schema: &Schema, options: &Options) -> Import {
    let mut findings = Vec::new();
    let contract = contract(file, schema, options, &mut findings);
    diagnostic::sort(&mut findings);
    findings.dedup();
    Import { contract, diagnostics: findings }
}

fn contract(
    file: &Arc<SourceFile>,
    ddl: &Schema,
    options: &Options,
    findings: &mut Vec<Diagnostic>,
) -> Option<Contract> {
    let json = json::parse(file, findings)?;
    let mut reader = Reader::default();
    let tables = read::tables(&json, &mut reader);
    findings.append(&mut reader.findings);
    let tables = tables?;
    let (schema, hints) = (ddl.source(), Hints::from(ddl));
    let source = Source { schema: &schema, ddl };
    let joins = Joins { source, relations: Vec::new() };
    let mut assembler = Assembler::new(joins, &hints, options.lost);
    let names: Vec<Option<String>> = tables.iter().map(|table| assembler.table(table)).collect();
    let start = Place::new(file, json.place.range.start..json.place.range.start + 1);
    let Assembler { joins, findings: mut found, tables: drafted, entities, .. } = assembler;
    findings.append(&mut found);
    if entities.is_empty() {
        findings.push(
            Diagnostic::error(codes::IMPORT_NOTHING, "the file has no entity that can be imported")
                .label(start, "nothing to make a contract of")
                .help("put right what is said of its tables, and import again"),
        );
        return None;
    }
    let mut patterns = Vec::new();
    for (said, name) in tables.iter().zip(&names) {
        let Some(table) = drafted.iter().find(|table| Some(&table.name) == name.as_ref()) else { continue };
        let own: Vec<&Entity<'_>> = entities.iter().filter(|entity| entity.table == table.name).collect();
        patterns.extend(patterns::of_table(&said.satisfies, table, &own, findings));
    }
    let read = read_tables(&entities);
    let unread: Vec<&SourceTable> =
        schema.tables.iter().filter(|table| !read.contains(&table.name.as_str())).collect();
    findings.extend(ledger::say_unread(&unread, start));
    let of_entity = |table: &SourceTable| entities.iter().any(|entity| entity.rows.name == table.name);
    let without = schema.tables.iter().filter(|table| !of_entity(table));
    let dropped: Vec<(String, &str)> = without
        .map(|table| {
            let alone = unread.iter().any(|unread| unread.name == table.name);
            let reason = if alone {
                "the imported file makes no items of its rows"
            } else {
                "no items of its own; other items are made of its rows"
            };
            (name_text(&table.name), reason)
        })
        .collect();
    let document = write::document(&write::Parts {
        name: &options.name,
        schema: &schema,
        hints: &hints,
        relations: &joins.relations,
        tables: &drafted,
        entities: &entities,
        patterns: &patterns,
        dropped: &dropped,
    });
    let text = yaml::write(&document);
    Some(Contract { document, text, entities: entities.len(), tables: drafted.len() })
}

/// The source tables that entities are made of, or collect rows of.
fn read_tables<'e>(entities: &'e [Entity<'_>]) -> Vec<&'e str> {
    let mut read: Vec<&str> = entities.iter().map(|entity| entity.rows.name.as_str()).collect();
    for attribute in entities.iter().flat_map(|entity| &entity.attributes) {
        let from = match &attribute.value {
            Value::Collect(collect) => &collect.from,
            Value::Count { from, .. } | Value::Aggregate { from, .. } => from,
            _ => continue,
        };
        read.extend(from.rsplit_once('.').map(|(table, _)| table));
    }
    read
}
