//! The contract's text: the draft as a tree, with the reason of each choice above it.

use migratable_contract::looks_secret;
use migratable_contract::source::SourceSchema;
use migratable_contract::yaml::{Entry, Node};
use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::MySqlType;

use super::draft::{Draft, DynamoTable, Entity, EntityIndex, PARTITION, Pattern, Refused, SORT};
use super::facts::{Facts, Table};
use super::keys::KeyAttribute;
use super::questions::Origin;
use super::{Hints, Layout, Options, findings, ledger, names, source};

/// The language's version this writes.
const VERSION: &str = "1";

/// The whole file.
pub(crate) fn document(
    schema: &SourceSchema,
    facts: &Facts<'_>,
    draft: &Draft<'_>,
    hints: &Hints,
    options: &Options,
) -> Node {
    let tables =
        draft.tables.iter().enumerate().map(|(at, table)| dynamo_table(draft, table, options.layout, at > 0));
    let entities = draft.entities.iter().enumerate().map(|(at, entity)| self::entity(draft, entity, at > 0));
    let mut entries = vec![
        Entry::new("contract", Node::scalar(VERSION)).comment(format!(
            "Proposed by `migratable analyze`, layout {}. From here on it is yours to edit.",
            options.layout
        )),
        Entry::new("name", Node::scalar(names::contract(&options.name))),
        Entry::new("source", source::block(schema, facts, hints)).blank(),
        Entry::new("tables", Node::block_map(tables)).blank(),
        Entry::new("entities", Node::block_map(entities)).blank(),
    ];
    entries.extend(access_patterns(draft).map(Entry::blank));
    entries.extend(ledger::of_schema(schema, draft, hints).map(Entry::blank));
    Node::block_map(entries)
}

fn dynamo_table(draft: &Draft<'_>, table: &DynamoTable, layout: Layout, apart: bool) -> Entry {
    let entities: Vec<&Entity<'_>> = table.entities.iter().map(|at| &draft.entities[*at]).collect();
    let mut fields = Vec::new();
    if let Some(entity) = entities.first() {
        let name = |key: &KeyAttribute, template| Node::scalar(attribute_name(entity, key, template));
        fields.push(Entry::new("partition", name(&entity.key.partition, PARTITION)));
        fields.extend(entity.key.sort.as_ref().map(|sort| Entry::new("sort", name(sort, SORT))));
    }
    let indexes = indexes(table, &entities, layout);
    if !indexes.is_empty() {
        fields.push(Entry::new("indexes", Node::block_map(indexes)));
    }
    let entry = Entry::new(table.name.as_str(), Node::block_map(fields));
    let entry = if apart { entry.blank() } else { entry };
    match table_reason(&entities, layout) {
        Some(reason) => entry.comment(reason),
        None => entry,
    }
}

/// Why rows of several tables are together.
fn table_reason(entities: &[&Entity<'_>], layout: Layout) -> Option<String> {
    if layout == Layout::SingleTable {
        return Some(
            "every entity, kept apart by how its keys begin; each GSI answers another question for each"
                .into(),
        );
    }
    let (children, roots): (Vec<&Entity<'_>>, Vec<&Entity<'_>>) =
        entities.iter().partition(|entity| entity.owner.is_some());
    let root = roots.first().filter(|_| !children.is_empty())?;
    let mut children: Vec<&str> = children.iter().map(|child| child.table.source.name.as_str()).collect();
    children.sort_unstable();
    let (root, children) = (&root.table.source.name, children.join(", "));
    Some(one_line(&format!("each row of {root} in one partition with its {children}")))
}

/// The indexes of a table, each once, in the order its entities first need them.
fn indexes(table: &DynamoTable, entities: &[&Entity<'_>], layout: Layout) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for entity in entities {
        for index in entity.indexes() {
            if !has(&entries, &index.name) {
                let entry = table_index(table, entity, index);
                let named = layout != Layout::SingleTable;
                entries.push(if named { entry.comment(index_reason(entities, &index.name)) } else { entry });
            }
        }
    }
    entries
}

fn table_index(table: &DynamoTable, entity: &Entity<'_>, index: &EntityIndex) -> Entry {
    let [partition, sort] = &table.key_names[&index.name];
    let names = |keys: &[KeyAttribute], template: &str| {
        let names = keys.iter().map(|key| Node::scalar(attribute_name(entity, key, template)));
        Node::flow_list(names.collect::<Vec<_>>())
    };
    let mut fields = vec![Entry::new("partition", names(&index.partition, partition))];
    if !index.sort.is_empty() {
        fields.push(Entry::new("sort", names(&index.sort, sort)));
    }
    Entry::new(index.name.as_str(), Node::flow_map(fields))
}

pub(crate) fn has(entries: &[Entry], key: &str) -> bool {
    entries.iter().any(|entry| entry.key == key)
}

/// Which patterns an index answers.
fn index_reason(entities: &[&Entity<'_>], index: &str) -> String {
    let asked = |pattern: &&Pattern<'_>| pattern.index.as_ref().is_some_and(|other| other.name == index);
    let users = entities.iter().flat_map(|entity| {
        entity.patterns.iter().filter(asked).map(|pattern| format!("{}.{}", entity.name, pattern.method))
    });
    let mut users: Vec<String> = users.collect();
    users.sort_unstable();
    format!("for {}", users.join(", "))
}

/// The name a key attribute has: its column's attribute, or the template's own.
fn attribute_name(entity: &Entity<'_>, key: &KeyAttribute, template: &str) -> String {
    match key {
        KeyAttribute::Natural(at) => entity.attributes[*at].clone().unwrap_or_default(),
        KeyAttribute::Template(_) => template.to_owned(),
    }
}

fn entity(draft: &Draft<'_>, entity: &Entity<'_>, apart: bool) -> Entry {
    let table = &draft.tables[entity.dynamo_table];
    let mut fields = vec![
        Entry::new("table", Node::scalar(table.name.as_str())),
        Entry::new("rows", Node::scalar(entity.table.source.name.as_str())),
        Entry::new("repository", Node::scalar(entity.repository.as_str())),
    ];
    let keys = key_templates(table, entity);
    match keys.len() {
        0 => {}
        // A row's own key reads best on one line; with indexes, one template a line.
        1 | 2 => fields.push(Entry::new("key", Node::flow_map(keys))),
        _ => fields.push(Entry::new("key", Node::block_map(keys))),
    }
    fields.push(Entry::new("attributes", Node::block_map(attributes(entity))));
    let dropped = ledger::of_table(entity.table);
    if !dropped.is_empty() {
        fields.push(Entry::new("dropped", Node::block_map(dropped)));
    }
    let entry = Entry::new(entity.name.as_str(), Node::block_map(fields));
    let entry = if apart { entry.blank() } else { entry };
    let refused = entity.refused.iter().map(|refused| refused_comment(entity, refused));
    owner_reason(entity).into_iter().chain(refused).fold(entry, Entry::comment)
}

/// Why an entity's items are in another one's partition.
fn owner_reason(entity: &Entity<'_>) -> Option<String> {
    let reference = &entity.table.foreign_keys[entity.owner?];
    let identity = reference.columns.iter().all(|at| entity.table.primary_key.contains(at));
    let why = if identity { "part of its primary key" } else { "deleted with it" };
    let columns = reference.source.columns.join(", ");
    let owner = &reference.source.table;
    Some(one_line(&format!("belongs to {owner} by {columns}: {why}, and no other table points at it")))
}

fn key_templates(table: &DynamoTable, entity: &Entity<'_>) -> Vec<Entry> {
    let mut keys: Vec<(&str, &KeyAttribute)> = vec![(PARTITION, &entity.key.partition)];
    keys.extend(entity.key.sort.as_ref().map(|sort| (SORT, sort)));
    for EntityIndex { name, partition, sort } in entity.indexes() {
        let [partition_name, sort_name] = &table.key_names[name];
        keys.extend(partition.iter().map(|key| (partition_name.as_str(), key)));
        keys.extend(sort.iter().map(|key| (sort_name.as_str(), key)));
    }
    let path = |at: usize| entity.table.column(at).name.clone();
    keys.into_iter()
        .filter_map(|(name, key)| match key {
            KeyAttribute::Natural(_) => None,
            KeyAttribute::Template(template) => Some(Entry::new(name, Node::quoted(template.text(path)))),
        })
        .collect()
}

fn attributes(entity: &Entity<'_>) -> Vec<Entry> {
    let columns = entity.attributes.iter().enumerate();
    columns.filter_map(|(at, name)| Some(attribute(entity.table, at, name.as_deref()?))).collect()
}

fn attribute(table: &Table<'_>, at: usize, name: &str) -> Entry {
    let path = Node::scalar(table.column(at).name.as_str());
    if table.booleans.contains(&at) {
        let ty = Node::scalar(AttributeType::Bool.name());
        let fields = [Entry::new("path", path), Entry::new("as", ty)];
        return Entry::new(name, Node::flow_map(fields)).comment("declared BOOLEAN, so only 0 and 1");
    }
    if table.ty(at).is_some_and(|ty| looks_secret(&table.column(at).name, ty) || looks_secret(name, ty)) {
        let fields = [Entry::new("path", path), Entry::new("secret", Node::scalar("true"))];
        return Entry::new(name, Node::flow_map(fields)).comment("its name says so");
    }
    let entry = Entry::new(name, path);
    match table.ty(at) {
        Some(ty @ MySqlType::Decimal { precision, .. })
            if ty.default_attribute_type() == AttributeType::S =>
        {
            entry.comment(format!("text: {precision} digits, and a DynamoDB number has 38"))
        }
        _ => entry,
    }
}

/// The patterns, entity by entity. What isn't proposed is said above the entity.
fn access_patterns(draft: &Draft<'_>) -> Option<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for entity in &draft.entities {
        for (at, pattern) in entity.patterns.iter().enumerate() {
            let entry = access_pattern(entity, pattern);
            let entry = if at == 0 && !entries.is_empty() { entry.blank() } else { entry };
            entries.push(entry.comment(pattern_reason(entity, pattern)));
        }
    }
    (!entries.is_empty()).then(|| Entry::new("access_patterns", Node::block_map(entries)))
}

fn access_pattern(entity: &Entity<'_>, pattern: &Pattern<'_>) -> Entry {
    let by = pattern.question.by.iter().filter_map(|at| entity.attributes[*at].as_deref());
    let by = Node::flow_list(by.map(Node::scalar).collect::<Vec<_>>());
    let kind = if pattern.is_list() { "list" } else { "get" };
    let mut fields = vec![Entry::new(kind, by)];
    fields.extend(pattern.index.as_ref().map(|index| Entry::new("index", Node::scalar(index.name.as_str()))));
    Entry::new(format!("{}.{}", entity.name, pattern.method), Node::flow_map(fields))
}

/// Why there is such a pattern, and which rows it never finds.
fn pattern_reason(entity: &Entity<'_>, pattern: &Pattern<'_>) -> String {
    let table = entity.table;
    let by = &pattern.question.by;
    let origin = match pattern.question.origin {
        Origin::PrimaryKey => "primary key".to_owned(),
        Origin::Unique(name) => format!("unique key {name}"),
        Origin::ForeignKey(reference) if pattern.index.is_none() => {
            format!("foreign key {}, the start of the item's key", reference.source.columns.join(", "))
        }
        Origin::ForeignKey(reference) => format!("foreign key {}", reference.source.columns.join(", ")),
    };
    let mut collations: Vec<&str> = by.iter().filter_map(|at| collation(table, *at)).collect();
    collations.dedup();
    let compared = match collations.as_slice() {
        [] => String::new(),
        names => format!(", compared as {} does", names.join(" and ")),
    };
    let nullable = table.names(&table.nullable(by));
    let sparse = match nullable.as_slice() {
        [] => String::new(),
        columns => format!("; rows whose {} is NULL are not in the index", columns.join(" or ")),
    };
    one_line(&(origin + &compared + &sparse))
}

/// The collation a column is folded by.
fn collation<'a>(table: &Table<'a>, at: usize) -> Option<&'a str> {
    table
        .ty(at)?
        .collation()
        .filter(|collation| !collation.is_binary())
        .map(|collation| collation.name.as_ref())
}

fn refused_comment(entity: &Entity<'_>, refused: &Refused) -> String {
    let reason = findings::reason(entity.table, refused.refusal.as_ref());
    one_line(&format!("no {}.{}: {reason}", entity.name, refused.method))
}

/// A comment's text, whatever names are in it.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
