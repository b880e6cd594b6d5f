//! The `source:` block: the schema in MySQL's words.

use migratable_contract::source::{SourceKey, SourceSchema};
use migratable_contract::yaml::{Entry, Node};

use super::facts::{Facts, Table};

/// The block of a schema.
pub(crate) fn block(schema: &SourceSchema, facts: &Facts<'_>) -> Node {
    let tables = schema.tables.iter().map(|source| source.name.as_str());
    let tables = tables.map(|name| Entry::new(name, table(&facts.tables[name])));
    Node::block_map([
        Entry::new("server", Node::scalar(schema.server.as_str())),
        Entry::new("tables", Node::block_map(tables)),
    ])
}

fn table(facts: &Table<'_>) -> Node {
    let table = facts.source;
    let columns = table.columns.iter();
    let columns = columns.map(|column| Entry::new(column.name.as_str(), Node::scalar(column.to_string())));
    let mut entries = vec![Entry::new("columns", Node::block_map(columns))];
    if !table.primary_key.is_empty() {
        entries.push(Entry::new("primary_key", names(&table.primary_key)));
    }
    entries.extend(keys("unique", &table.unique));
    entries.extend(keys("indexes", &table.indexes));
    entries.extend(foreign_keys(facts));
    if !table.checks.is_empty() {
        let checks = table.checks.iter();
        let checks =
            checks.map(|check| Entry::new(check.name.as_str(), Node::scalar(check.expression.as_str())));
        entries.push(Entry::new("checks", Node::flow_map(checks)));
    }
    Node::block_map(entries)
}

fn keys(field: &str, keys: &[SourceKey]) -> Option<Entry> {
    // An index of expressions alone has no column to name it by.
    let keys: Vec<Entry> = keys
        .iter()
        .filter(|key| !key.columns.is_empty())
        .map(|key| Entry::new(key.name.as_str(), names(&key.columns)))
        .collect();
    (!keys.is_empty()).then(|| Entry::new(field, Node::flow_map(keys)))
}

fn foreign_keys(table: &Table<'_>) -> Option<Entry> {
    let kept = table.declared.iter().filter(|(_, left_out)| left_out.is_none());
    let keys: Vec<Entry> =
        kept.map(|(key, _)| Entry::new(key.key_text(), Node::scalar(key.to_string()))).collect();
    (!keys.is_empty()).then(|| Entry::new("foreign_keys", Node::flow_map(keys)))
}

fn names(names: &[String]) -> Node {
    Node::flow_list(names.iter().map(|name| Node::scalar(name.as_str())))
}
