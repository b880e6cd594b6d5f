//! What can only be said of the schema when all statements are applied.

use std::collections::{HashMap, HashSet};

use migratable_contract::diagnostic::{Diagnostic, Place};

use crate::ddl::problem;
use crate::ddl::schema::{Table, same_name};

/// A contract is of one database: of the one asked for, or of all that there are, if no two tables have one name.
pub(super) fn keep_one_database(tables: &mut Vec<Table>, only: Option<&str>, out: &mut Vec<Diagnostic>) {
    if let Some(only) = only {
        tables.retain(|table| table.database.as_deref() == Some(only));
        return;
    }
    let mut seen: HashMap<&str, &Table> = HashMap::new();
    let mut of_databases: Vec<(Option<&str>, &Table)> = Vec::new();
    let mut second: HashSet<(Option<String>, String)> = HashSet::new();
    for table in tables.iter() {
        let database = table.database.as_deref();
        if of_databases.iter().all(|(known, _)| *known != database) {
            of_databases.push((database, table));
        }
        if let Some(first) = seen.get(table.name.as_str()) {
            out.push(problem::in_two_databases(first, table));
            second.insert(key(table));
        } else {
            seen.insert(&table.name, table);
        }
    }
    if second.is_empty() && of_databases.len() > 1 {
        let places: Vec<(&str, Place)> = of_databases
            .iter()
            .map(|(database, table)| (database.unwrap_or_default(), table.place.clone()))
            .collect();
        out.push(problem::several_databases(&places));
    }
    tables.retain(|table| !second.contains(&key(table)));
}

fn key(table: &Table) -> (Option<String>, String) {
    (table.database.clone(), table.name.clone())
}

/// A contract holds the tables of one database, and of others only what the files create.
pub(super) fn drop_foreign_references(tables: &mut [Table], out: &mut Vec<Diagnostic>) {
    let known: HashSet<(Option<String>, String)> = tables.iter().map(key).collect();
    for table in tables {
        table.foreign_keys.retain(|key| {
            let inside =
                key.database.is_none() || known.contains(&(key.database.clone(), key.source.table.clone()));
            if !inside {
                out.push(problem::other_database(key));
            }
            inside
        });
    }
}

/// Foreign keys may spell tables and columns in another case than these spell themselves, and may stand before
/// the table they point at. Table names that differ by case alone are two tables to a server on Linux.
pub(super) fn spell_references(tables: &mut [Table]) {
    let columns = |table: &Table| table.columns.iter().map(|column| column.source.name.clone()).collect();
    let names: Vec<(String, Vec<String>)> =
        tables.iter().map(|table| (table.name.clone(), columns(table))).collect();
    for key in tables.iter_mut().flat_map(|table| &mut table.foreign_keys) {
        let key = &mut key.source;
        let exact = names.iter().find(|(name, _)| *name == key.table);
        // Two that differ by case alone are of a server that tells cases apart: the key leads to neither.
        let mut alike = names.iter().filter(|(name, _)| same_name(name, &key.table));
        let only = alike.next().filter(|_| alike.next().is_none());
        let Some((table, columns)) = exact.or(only) else { continue };
        for name in &mut key.references {
            if let Some(column) = columns.iter().find(|column| same_name(column, name)) {
                name.clone_from(column);
            }
        }
        key.table.clone_from(table);
    }
}
