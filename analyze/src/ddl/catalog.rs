//! The tables there are while statements are applied, by database and name.

use std::collections::HashMap;

use migratable_contract::diagnostic::Place;

use super::charset::Server;
use super::cursor::TableName;
use super::schema::{ForeignKey, Table, same_name};

/// Tables, in the order they were created.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub(super) tables: Vec<Table>,
}

impl Catalog {
    /// The table that a statement means. Servers on Linux tell names apart by case, so the exact one goes first; and a
    /// database that isn't known may be any.
    pub(super) fn find(&self, name: &TableName) -> Option<usize> {
        let find = |fits: &dyn Fn(&Table) -> bool| self.tables.iter().position(fits);
        let near = |table: &Table| is_near(&table.database, &name.database);
        find(&|table| table.name == name.name && table.database == name.database)
            .or_else(|| find(&|table| table.name == name.name && near(table)))
            .or_else(|| find(&|table| same_name(&table.name, &name.name) && near(table)))
    }

    /// The table of exactly this name in exactly this database.
    pub(super) fn exact(&self, name: &TableName) -> Option<usize> {
        self.tables.iter().position(|table| table.name == name.name && table.database == name.database)
    }

    /// Gives a table another name, which foreign keys that point at it follow.
    pub(super) fn rename(&mut self, at: usize, to: TableName, place: Place, server: Server) {
        let Some(table) = self.tables.get_mut(at) else { return };
        let (database, name) = (table.database.clone(), table.name.clone());
        for key in &mut table.foreign_keys {
            key.database = key.database.take().or_else(|| database.clone());
            renumber(&mut key.name, &name, "_ibfk_", &to.name);
        }
        if !server.is_mariadb() {
            table
                .checks
                .iter_mut()
                .for_each(|check| renumber(&mut check.source.name, &name, "_chk_", &to.name));
        }
        (table.database, table.name, table.place) = (to.database.clone(), to.name.clone(), place);
        self.each_key_to(&database, &name, |key| {
            key.source.table.clone_from(&to.name);
            key.database.clone_from(&to.database);
        });
        for table in &mut self.tables {
            for key in &mut table.foreign_keys {
                key.database = key.database.take().filter(|name| table.database.as_ref() != Some(name));
            }
        }
    }

    /// Columns of a table have other names now (lower-case old → new), which foreign keys that point at them follow.
    pub(super) fn rename_columns(&mut self, at: usize, renamed: &HashMap<String, String>) {
        let Some(table) = self.tables.get(at).filter(|_| !renamed.is_empty()) else { return };
        let (database, name) = (table.database.clone(), table.name.clone());
        self.each_key_to(&database, &name, |key| {
            for column in &mut key.source.references {
                if let Some(new) = renamed.get(&column.to_lowercase()) {
                    column.clone_from(new);
                }
            }
        });
    }

    fn each_key_to(
        &mut self,
        database: &Option<String>,
        name: &str,
        mut change: impl FnMut(&mut ForeignKey),
    ) {
        for table in &mut self.tables {
            let own = &table.database;
            for key in &mut table.foreign_keys {
                let target = key.database.as_ref().or(own.as_ref());
                if target == database.as_ref() && key.source.table == name {
                    change(key);
                }
            }
        }
    }
}

/// Whether two databases can be the same, as far as is known.
fn is_near(left: &Option<String>, right: &Option<String>) -> bool {
    left.is_none() || right.is_none() || left == right
}

/// A name that the server made of the table's follows that.
fn renumber(name: &mut String, old: &str, between: &str, new: &str) {
    let number = name.strip_prefix(old).and_then(|rest| rest.strip_prefix(between));
    if let Some(number) = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        *name = format!("{new}{between}{number}");
    }
}
