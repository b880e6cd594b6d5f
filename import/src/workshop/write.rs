//! The contract's text: the draft as a tree.

use migratable_analyze::design::{self, Hints, names};
use migratable_contract::source::SourceSchema;
use migratable_contract::yaml::{Entry, Node};

use super::draft::{Attribute, Collect, Entity, Pattern, Project, Table, Template, Value};
use super::join::Relation;

/// The language's version this writes.
const VERSION: &str = "1";

/// What a contract is made of.
pub(super) struct Parts<'p, 's> {
    pub(super) name: &'p str,
    pub(super) schema: &'p SourceSchema,
    pub(super) hints: &'p Hints,
    pub(super) relations: &'p [Relation],
    pub(super) tables: &'p [Table],
    pub(super) entities: &'p [Entity<'s>],
    pub(super) patterns: &'p [Pattern],
    /// Tables of the source that are no entity's, and why.
    pub(super) dropped: &'p [(String, &'p str)],
}

/// The whole file.
pub(super) fn document(parts: &Parts<'_, '_>) -> Node {
    let tables = parts.tables.iter().enumerate().map(|(at, table)| self::table(table, at > 0));
    let entities = parts.entities.iter().enumerate().map(|(at, entity)| self::entity(entity, at > 0));
    let mut entries = vec![
        Entry::new("contract", Node::scalar(VERSION))
            .comment("Imported by `migratable import workshop`. From here on it is yours to edit."),
        Entry::new("name", Node::scalar(names::contract(parts.name))),
    ];
    if !parts.relations.is_empty() {
        let relations = parts.relations.iter().map(relation);
        entries.push(Entry::new("relations", Node::block_map(relations)).blank());
    }
    entries.push(Entry::new("source", design::source_block(parts.schema, parts.hints)).blank());
    entries.push(Entry::new("tables", Node::block_map(tables)).blank());
    entries.push(Entry::new("entities", Node::block_map(entities)).blank());
    if !parts.patterns.is_empty() {
        let patterns = parts.patterns.iter().map(pattern);
        entries.push(Entry::new("access_patterns", Node::block_map(patterns)).blank());
    }
    let tables = parts.dropped.iter().map(|(table, why)| Entry::new(table.as_str(), Node::scalar(*why)));
    let dropped: Vec<Entry> = tables.chain(design::dropped_objects(parts.schema, parts.hints)).collect();
    if !dropped.is_empty() {
        entries.push(Entry::new("dropped", Node::block_map(dropped)).blank());
    }
    Node::block_map(entries)
}

/// An entry with comments above it, and an empty line above these where it stands apart.
fn commented(entry: Entry, apart: bool, comments: &[String]) -> Entry {
    let entry = if apart { entry.blank() } else { entry };
    comments.iter().fold(entry, |entry, comment| entry.comment(one_line(comment)))
}

/// A comment's text, whatever the file says.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn relation(relation: &Relation) -> Entry {
    let on = relation.on.iter().map(|(here, there)| Entry::new(here.as_str(), Node::scalar(there.as_str())));
    let fields = [
        Entry::new("to", Node::scalar(relation.to.as_str())),
        Entry::new("on", Node::flow_map(on.collect::<Vec<_>>())),
    ];
    Entry::new(format!("{}.{}", relation.table, relation.name), Node::flow_map(fields))
}

fn table(table: &Table, apart: bool) -> Entry {
    let mut fields = vec![Entry::new("partition", Node::scalar(table.partition.as_str()))];
    fields.extend(table.sort.iter().map(|sort| Entry::new("sort", Node::scalar(sort.as_str()))));
    let indexes: Vec<Entry> = table
        .indexes
        .iter()
        .map(|index| {
            let list = |name: &String| Node::flow_list([Node::scalar(name.as_str())]);
            let mut fields = vec![Entry::new("partition", list(&index.partition))];
            fields.extend(index.sort.iter().map(|sort| Entry::new("sort", list(sort))));
            match &index.project {
                Project::All => {}
                Project::Keys => fields.push(Entry::new("project", Node::scalar("keys"))),
                Project::Some(names) => {
                    let names = names.iter().map(|name| Node::scalar(name.as_str()));
                    fields.push(Entry::new("project", Node::flow_list(names.collect::<Vec<_>>())));
                }
            }
            Entry::new(index.name.as_str(), Node::flow_map(fields))
        })
        .collect();
    if !indexes.is_empty() {
        fields.push(Entry::new("indexes", Node::block_map(indexes)));
    }
    commented(Entry::new(table.name.as_str(), Node::block_map(fields)), apart, &table.comments)
}

fn templates(keys: &[(String, Template<'_>)]) -> Vec<Entry> {
    keys.iter().map(|(name, template)| Entry::new(name.as_str(), Node::quoted(template.text()))).collect()
}

fn entity(entity: &Entity<'_>, apart: bool) -> Entry {
    let mut fields = vec![
        Entry::new("table", Node::scalar(entity.table.as_str())),
        Entry::new("rows", Node::scalar(entity.rows.name.as_str())),
        Entry::new("repository", Node::scalar(entity.repository.as_str())),
    ];
    let keys = templates(&entity.keys);
    match keys.len() {
        0 => {}
        1 | 2 => fields.push(Entry::new("key", Node::flow_map(keys))),
        _ => fields.push(Entry::new("key", Node::block_map(keys))),
    }
    if !entity.unique.is_empty() {
        let markers =
            entity.unique.iter().map(|(name, key)| Entry::new(name.as_str(), Node::flow_map(templates(key))));
        fields.push(Entry::new("unique", Node::block_map(markers)));
    }
    fields.push(Entry::new("attributes", Node::block_map(entity.attributes.iter().map(attribute))));
    if !entity.dropped.is_empty() {
        let dropped =
            entity.dropped.iter().map(|(what, why)| Entry::new(what.as_str(), Node::scalar(why.as_str())));
        fields.push(Entry::new("dropped", Node::block_map(dropped)));
    }
    commented(Entry::new(entity.name.as_str(), Node::block_map(fields)), apart, &entity.comments)
}

fn attribute(attribute: &Attribute<'_>) -> Entry {
    let mut fields = value(&attribute.value);
    fields.extend(attribute.ty.map(|ty| Entry::new("as", Node::scalar(ty.name()))));
    let node = match &fields[..] {
        [only] if only.key == "path" => only.value.clone(),
        _ => Node::flow_map(fields),
    };
    commented(Entry::new(attribute.name.as_str(), node), false, &attribute.comments)
}

fn value(value: &Value<'_>) -> Vec<Entry> {
    let scalar = |key: &str, text: &str| Entry::new(key, Node::scalar(text));
    match value {
        Value::Path { path, when_null } => {
            let null = when_null.iter().map(|text| Entry::new("when_null", Node::scalar(text.as_str())));
            [scalar("path", &path.text())].into_iter().chain(null).collect()
        }
        Value::Date { path, format } => {
            vec![scalar("path", &path.text()), Entry::new("format", Node::quoted(format.as_str()))]
        }
        Value::Text(template) => vec![Entry::new("text", Node::quoted(template.text()))],
        Value::Case { cases, otherwise } => {
            let text = |template: &Template<'_>| Node::scalar(template.text());
            let cases = cases.iter().map(|case| Entry::new(case.when.as_str(), text(&case.then)));
            let otherwise = otherwise.iter().map(|template| Entry::new("else", text(template)));
            [Entry::new("case", Node::flow_map(cases.collect::<Vec<_>>()))]
                .into_iter()
                .chain(otherwise)
                .collect()
        }
        Value::Map(fields) => {
            let fields = fields.iter().map(|(name, path)| scalar(name, &path.text()));
            vec![Entry::new("map", Node::flow_map(fields.collect::<Vec<_>>()))]
        }
        Value::Collect(Collect { from, order, limit, fields }) => {
            let mut entries = vec![scalar("collect", from)];
            entries.extend(order.iter().map(|order| scalar("order", order)));
            entries.extend(limit.map(|limit| scalar("limit", &limit.to_string())));
            let fields = fields.iter().map(|(name, path)| scalar(name, path));
            entries.push(Entry::new("fields", Node::flow_map(fields.collect::<Vec<_>>())));
            entries
        }
        Value::Count { from, filter } => {
            let filter = filter.iter().map(|text| scalar("where", text));
            [scalar("count", from)].into_iter().chain(filter).collect()
        }
        Value::Aggregate { function, from, of } => vec![scalar(function, from), scalar("of", of)],
    }
}

fn pattern(pattern: &Pattern) -> Entry {
    let by = pattern.by.iter().map(|name| Node::scalar(name.as_str()));
    let kind = if pattern.list { "list" } else { "get" };
    let mut fields = vec![Entry::new(kind, Node::flow_list(by.collect::<Vec<_>>()))];
    fields.extend(pattern.index.iter().map(|index| Entry::new("index", Node::scalar(index.as_str()))));
    commented(
        Entry::new(pattern.name.as_str(), Node::flow_map(fields)),
        false,
        std::slice::from_ref(&pattern.comment),
    )
}
