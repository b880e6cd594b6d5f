//! A contract's tree, cut down to what one entity needs: reading a thousand entities to compile one of them would cost
//! a thousand times as much.
//!
//! Works on the raw tree, so it reads nothing twice and can't report: what it doesn't understand it keeps.

use std::collections::HashSet;

use migratable_core::Text;
use migratable_core::plan::Referrer;

use crate::lower::reference::counted;
use crate::source;
use crate::yaml::{Entry, Node, NodeKind};

/// The tree without other entities, their access patterns, and the tables this entity doesn't reach. Whole where the
/// entity isn't there, so that the finding can name those that are.
pub(super) fn narrow(tree: &Node, entity: &str) -> Node {
    let Some(body) = get(tree, "entities").and_then(|entities| get(entities, entity)) else {
        return tree.clone();
    };
    let own = get(body, "table").and_then(scalar);
    let counters = get(body, "ids")
        .into_iter()
        .flat_map(entries)
        .filter_map(|entry| get(&entry.value, "table").and_then(scalar).or_else(|| scalar(&entry.value)));
    let lies_in: Vec<&str> = own.into_iter().chain(counters).collect();
    let tables = get(tree, "source").and_then(|source| get(source, "tables"));
    let reached = tables.map(|tables| reached(&Ways { tables, relations: get(tree, "relations") }, body));
    map_entries(tree, |entry| {
        let value = &entry.value;
        Some(match entry.key.as_str() {
            "entities" => keep(value, |name| name == entity),
            "access_patterns" => {
                keep(value, |name| name.split_once('.').is_some_and(|(asked, _)| asked == entity))
            }
            "tables" => keep_some(value, |name| lies_in.contains(&name)),
            "source" => map_entries(value, |entry| {
                Some(match (entry.key.as_str(), &reached) {
                    ("tables", Some(reached)) => {
                        keep_some(&entry.value, |name| reached.iter().any(|table| table == name))
                    }
                    ("views" | "procedures" | "functions" | "events", _) => return None,
                    _ => entry.value.clone(),
                })
            }),
            // One between tables that are both there is needed, or does no harm.
            "relations" => map_entries(value, |entry| {
                let to = get(&entry.value, "to").and_then(scalar);
                let from = |table: &String| starts_at(&entry.key, table).is_some();
                let needed = reached.as_ref().is_none_or(|reached| {
                    reached.iter().any(from) && to.is_none_or(|to| reached.iter().any(|table| table == to))
                });
                needed.then(|| entry.value.clone())
            }),
            // What is dropped beside the entities is the whole contract's matter.
            "dropped" | "writes" => return None,
            _ => value.clone(),
        })
    })
}

/// The foreign keys of other entities, and of its own, that an entity keeps by a count. What each is made of is the other
/// entity's to say.
pub(super) fn referrers(tree: &Node, entity: &str) -> Vec<Referrer> {
    let entities = get(tree, "entities").map(entries).unwrap_or_default().iter();
    let kept = entities.flat_map(|other| {
        let references = get(&other.value, "references").map(entries).unwrap_or_default();
        references.iter().map(|reference| (other.key.as_str(), reference))
    });
    let own = kept.filter_map(|(other, reference)| {
        let (_, count) = counted(scalar(&reference.value)?).filter(|(counts, _)| *counts == entity)?;
        let columns = source::parse_names(&reference.key).ok()?;
        Some(Referrer {
            entity: Text::Owned(other.to_owned()),
            name: Text::Owned(source::names_text(&columns)),
            count: Text::Owned(count.to_owned()),
        })
    });
    own.collect()
}

/// Where paths can go.
struct Ways<'n> {
    tables: &'n Node,
    relations: Option<&'n Node>,
}

/// The name of a relation that starts at a table.
fn starts_at<'k>(key: &'k str, table: &str) -> Option<&'k str> {
    key.strip_prefix(table)?.strip_prefix('.')
}

/// The names of the source tables an entity's paths lead through, its own first.
fn reached(tables: &Ways<'_>, entity: &Node) -> Vec<String> {
    let Some(rows) = get(entity, "rows").and_then(scalar) else { return Vec::new() };
    let mut reached = vec![rows.to_owned()];
    let mut seen = HashSet::new();
    for attribute in get(entity, "attributes").map(entries).unwrap_or_default() {
        let path = scalar(&attribute.value).or_else(|| get(&attribute.value, "path").and_then(scalar));
        follow(tables, rows, path.unwrap_or_default(), &mut reached, &mut seen);
        of_words(tables, rows, &attribute.value, &mut reached, &mut seen);
    }
    reached
}

/// Adds the tables that the words of an attribute's long form need besides its path.
fn of_words<'n>(
    tables: &Ways<'n>,
    rows: &str,
    attribute: &'n Node,
    reached: &mut Vec<String>,
    seen: &mut HashSet<(String, &'n str)>,
) {
    let word = |name: &str| get(attribute, name).and_then(scalar);
    let map = |name: &str| get(attribute, name).map(entries).unwrap_or_default();
    let members = map("map").iter().filter_map(|member| scalar(&member.value));
    for path in members.chain(["ancestors", "depth"].into_iter().filter_map(word)) {
        follow(tables, rows, path, reached, seen);
    }
    for pointing in ["collect", "count", "sum", "avg", "min", "max"].into_iter().filter_map(word) {
        for table in entries(tables.tables) {
            let key = pointing.strip_prefix(table.key.as_str());
            if key.is_none_or(|key| !key.starts_with('.')) {
                continue;
            }
            if !reached.contains(&table.key) {
                reached.push(table.key.clone());
            }
            let steps = word("order").into_iter().flat_map(|order| order.split(',')).map(str::trim);
            let steps = steps.map(|step| step.strip_suffix(" desc").unwrap_or(step).trim_end());
            let fields = map("fields").iter().filter_map(|field| scalar(&field.value));
            let others = ["take", "keyed_by"].into_iter().filter_map(word);
            for path in steps.chain(fields).chain(others) {
                follow(tables, &table.key, path, reached, seen);
            }
        }
    }
}

/// Adds the tables behind a path. Where a name could be read in two ways, both; what is left of a path is followed from
/// a table once, in however many ways one gets there.
fn follow<'n>(
    tables: &Ways<'n>,
    table: &str,
    path: &'n str,
    reached: &mut Vec<String>,
    seen: &mut HashSet<(String, &'n str)>,
) {
    let mut open = vec![(table.to_owned(), path)];
    while let Some((table, path)) = open.pop() {
        if !seen.insert((table.clone(), path)) {
            continue;
        }
        let keys = get(tables.tables, &table).and_then(|table| get(table, "foreign_keys"));
        let keys = keys.map(entries).unwrap_or_default().iter().filter_map(|key| hop(key, path));
        let relations = tables.relations.map(entries).unwrap_or_default().iter();
        let relations = relations.filter_map(|relation| {
            let rest = path.strip_prefix(starts_at(&relation.key, &table)?)?.strip_prefix('.')?;
            Some((get(&relation.value, "to").and_then(scalar)?.to_owned(), rest))
        });
        for (table, rest) in keys.chain(relations).collect::<Vec<_>>() {
            if !reached.contains(&table) {
                reached.push(table.clone());
            }
            open.push((table, rest));
        }
    }
}

/// Where a foreign key leads, if a path goes through it, and what is left of the path.
fn hop<'n>(key: &Entry, path: &'n str) -> Option<(String, &'n str)> {
    let columns = source::parse_names(&key.key).ok()?;
    let reference = source::parse_reference(scalar(&key.value)?).ok()?;
    let [column] = &columns[..] else { return None };
    let rest = path.strip_prefix(column.as_str())?.strip_prefix('.')?;
    Some((reference.table, rest))
}

fn entries(node: &Node) -> &[Entry] {
    match &node.kind {
        NodeKind::Map(entries) => entries,
        _ => &[],
    }
}

fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    entries(node).iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// A map with other values; entries without one are left out. Anything else as it is.
fn map_entries(node: &Node, value: impl Fn(&Entry) -> Option<Node>) -> Node {
    let NodeKind::Map(entries) = &node.kind else { return node.clone() };
    let entries = entries.iter().filter_map(|entry| {
        Some(Entry {
            leading: Vec::new(),
            key: entry.key.clone(),
            key_place: entry.key_place.clone(),
            value: value(entry)?,
        })
    });
    Node {
        kind: NodeKind::Map(entries.collect()),
        place: node.place.clone(),
        trailing: None,
        tail: Vec::new(),
        style: node.style,
    }
}

/// The entries of these names.
fn keep(node: &Node, name: impl Fn(&str) -> bool) -> Node {
    map_entries(node, |entry| name(&entry.key).then(|| entry.value.clone()))
}

/// The entries of these names, or all of them where there is none, so that a finding can name what is there.
fn keep_some(node: &Node, name: impl Fn(&str) -> bool) -> Node {
    if entries(node).iter().any(|entry| name(&entry.key)) { keep(node, name) } else { node.clone() }
}
