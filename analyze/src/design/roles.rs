//! Which tables are items of their own, and which live in the partition of another's: the layout's rules for the key of
//! each item.

use std::collections::{BTreeMap, BTreeSet};

use migratable_contract::source::Action;
use migratable_core::mysql::MySqlType;

use super::Layout;
use super::facts::{Facts, Reference, Table, sorted};
use super::keys::{self, End, KeyAttribute, Refusal, Template};

/// What becomes of a table's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Items found by their own key; `shared` where other entities' items are in the same DynamoDB table.
    Root { key: ItemKey, shared: bool },
    /// Items in the partition of the row that `foreign_key` (a position in [`Table::foreign_keys`]) points at.
    Child { key: ItemKey, foreign_key: usize },
    /// No items: nothing names a row.
    Nameless,
    /// No items: the primary key can't be a key of DynamoDB.
    Keyless(Refusal),
}

/// An item's key in its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ItemKey {
    /// The partition key.
    pub(crate) partition: KeyAttribute,
    /// The sort key, if the table has one.
    pub(crate) sort: Option<KeyAttribute>,
}

impl ItemKey {
    /// The columns it is made of: those of the partition, then those of the sort.
    pub(crate) fn columns(&self) -> Vec<usize> {
        let sort = self.sort.iter().flat_map(KeyAttribute::columns);
        self.partition.columns().into_iter().chain(sort).collect()
    }

    fn templates(partition: Template, sort: Option<Template>) -> Self {
        Self { partition: KeyAttribute::Template(partition), sort: sort.map(KeyAttribute::Template) }
    }
}

/// The role of every table, given what each one's keys begin with.
pub(crate) fn assign<'a>(
    facts: &Facts<'a>,
    prefixes: &BTreeMap<&'a str, String>,
    layout: Layout,
) -> BTreeMap<&'a str, Role> {
    let mut roles = BTreeMap::new();
    let mut parents = BTreeSet::new();
    if layout != Layout::TablePerEntity {
        for (name, table) in &facts.tables {
            if let Some((foreign_key, key)) = owner(facts, prefixes, table) {
                parents.insert(table.foreign_keys[foreign_key].source.table.as_str());
                roles.insert(*name, Role::Child { key, foreign_key });
            }
        }
    }
    for (name, table) in &facts.tables {
        let role = || match root_key(table, &prefixes[name], layout, parents.contains(name)) {
            _ if table.primary_key.is_empty() => match table.starts_with {
                Some(column) => Role::Keyless(Refusal::Start { column }),
                None => Role::Nameless,
            },
            Ok(key) => Role::Root { key, shared: layout == Layout::SingleTable || parents.contains(name) },
            Err(refusal) => Role::Keyless(refusal),
        };
        roles.entry(name).or_insert_with(role);
    }
    roles
}

/// The foreign key through which a table's rows belong to another's, and the key of its items there.
///
/// A row that others point at is looked up by its own key, so it belongs to nobody; that also makes every parent a
/// root. An owner must be there (NOT NULL), and the row must not outlive it: it is part of the row's identity, or takes
/// the row with it. Among several, identity comes first, then the start of a unique key, then the order of the DDL.
fn owner(
    facts: &Facts<'_>,
    prefixes: &BTreeMap<&str, String>,
    table: &Table<'_>,
) -> Option<(usize, ItemKey)> {
    if table.primary_key.is_empty() || facts.is_referenced(&table.source.name) {
        return None;
    }
    let candidates = table.foreign_keys.iter().enumerate().filter_map(|(at, reference)| {
        let rank = ownership(table, reference)?;
        let parent = facts.tables.get(reference.source.table.as_str())?;
        let key = child_key(prefixes, parent, table, reference)?;
        Some((rank, at, key))
    });
    candidates.min_by_key(|(rank, at, _)| (*rank, *at)).map(|(_, at, key)| (at, key))
}

/// How strongly a foreign key owns the row, 0 being the strongest; `None` if it doesn't.
fn ownership(table: &Table<'_>, reference: &Reference<'_>) -> Option<u8> {
    let itself = reference.source.table == table.source.name;
    if itself || !table.nullable(&reference.columns).is_empty() {
        return None;
    }
    let starts = |key: &[usize]| {
        key.get(..reference.columns.len()).is_some_and(|start| sorted(start) == sorted(&reference.columns))
    };
    if starts(&table.primary_key) {
        Some(0)
    } else if reference.source.on_delete != Action::Cascade {
        None
    } else if table.unique.iter().any(|(_, key)| starts(key)) {
        Some(1)
    } else {
        Some(2)
    }
}

/// The key of a row's item in its owner's partition; `None` where the two partitions would not be one.
fn child_key(
    prefixes: &BTreeMap<&str, String>,
    parent: &Table<'_>,
    table: &Table<'_>,
    reference: &Reference<'_>,
) -> Option<ItemKey> {
    let prefix = |of: &Table<'_>| prefixes.get(of.source.name.as_str());
    // The parent's own partition has to exist for rows to be in it.
    shared_key(parent, prefix(parent)?).ok()?;
    let referenced: Vec<&str> = reference.source.references.iter().map(String::as_str).collect();
    if referenced.len() != parent.primary_key.len() || referenced.len() != reference.columns.len() {
        return None;
    }
    let mut columns = Vec::new();
    for at in &parent.primary_key {
        let name = parent.column(*at).name.as_str();
        let place = referenced.iter().position(|column| column.eq_ignore_ascii_case(name))?;
        let column = reference.columns[place];
        if !alike(parent.ty(*at)?, table.ty(column)?) {
            return None;
        }
        columns.push(column);
    }
    let rest: Vec<usize> = table.primary_key.iter().copied().filter(|at| !columns.contains(at)).collect();
    let partition = Template::new(table, prefix(parent)?, &columns, End::Partition).ok()?;
    let sort = prefixed(table, prefix(table)?, &rest, End::Sort).ok()?;
    Some(ItemKey::templates(partition, Some(sort)))
}

/// Whether equal values of two columns are one text in a key.
fn alike(one: &MySqlType, other: &MySqlType) -> bool {
    match (one, other) {
        (MySqlType::Int { size: a, unsigned: b, .. }, MySqlType::Int { size: c, unsigned: d, .. }) => {
            (a, b) == (c, d)
        }
        (
            MySqlType::Char { collation: a, .. } | MySqlType::VarChar { collation: a, .. },
            MySqlType::Char { collation: b, .. } | MySqlType::VarChar { collation: b, .. },
        ) => a == b,
        (MySqlType::VarBinary { .. }, MySqlType::VarBinary { .. }) => true,
        _ => one == other,
    }
}

/// The key of a row that is looked up by its own primary key.
fn root_key(table: &Table<'_>, prefix: &str, layout: Layout, is_parent: bool) -> Result<ItemKey, Refusal> {
    let whole = || match layout {
        Layout::SingleTable => shared_key(table, prefix),
        Layout::TablePerAggregate | Layout::TablePerEntity => lone_key(table, prefix),
    };
    match table.primary_key.as_slice() {
        _ if is_parent => shared_key(table, prefix),
        [only] if is_plain(table, layout, *only) => {
            Ok(ItemKey { partition: KeyAttribute::Natural(*only), sort: None })
        }
        columns => {
            // Rows that share the first column are one list; a later split is for keys that don't fit otherwise.
            let mut splits = (1..columns.len()).map(|at| columns.split_at(at));
            let split = splits.find_map(|(first, rest)| split_key(table, prefix, layout, first, rest).ok());
            split.map_or_else(whole, Ok)
        }
    }
}

/// Whether a primary key of one column is a key as it is.
fn is_plain(table: &Table<'_>, layout: Layout, column: usize) -> bool {
    match layout {
        Layout::SingleTable => false,
        Layout::TablePerAggregate => keys::is_integer(table, column),
        Layout::TablePerEntity => keys::is_natural(table, column),
    }
}

/// The whole primary key in the partition, and a sort key that leaves room for others.
fn shared_key(table: &Table<'_>, prefix: &str) -> Result<ItemKey, Refusal> {
    let partition = Template::new(table, prefix, &table.primary_key, End::Partition)?;
    Ok(ItemKey::templates(partition, Some(Template::literal(prefix))))
}

/// The whole primary key in the partition, and no sort key.
fn lone_key(table: &Table<'_>, prefix: &str) -> Result<ItemKey, Refusal> {
    Ok(ItemKey::templates(Template::new(table, prefix, &table.primary_key, End::Partition)?, None))
}

/// The first columns in the partition, the rest in the sort key. A table of one entity has the columns' own attributes
/// wherever they can be keys.
fn split_key(
    table: &Table<'_>,
    prefix: &str,
    layout: Layout,
    first: &[usize],
    rest: &[usize],
) -> Result<ItemKey, Refusal> {
    let attribute = |columns: &[usize], prefix: &str, end| match columns {
        [at] if layout == Layout::TablePerEntity && keys::is_natural(table, *at) => {
            Ok(KeyAttribute::Natural(*at))
        }
        _ => Template::new(table, prefix, columns, end).map(KeyAttribute::Template),
    };
    let sort_prefix = match layout {
        Layout::SingleTable => prefix.to_owned(),
        Layout::TablePerAggregate | Layout::TablePerEntity => keys::own_prefix(table, rest),
    };
    let partition = attribute(first, prefix, End::Partition)?;
    Ok(ItemKey { partition, sort: Some(attribute(rest, &sort_prefix, End::Sort)?) })
}

/// A template behind a prefix; the bare prefix where no column is left.
fn prefixed(table: &Table<'_>, prefix: &str, columns: &[usize], end: End) -> Result<Template, Refusal> {
    if columns.is_empty() {
        Ok(Template::literal(prefix))
    } else {
        Template::new(table, prefix, columns, end)
    }
}
