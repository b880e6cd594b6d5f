//! What becomes of keys, foreign keys and checks when the columns under them are renamed, dropped, defined anew.

use std::collections::HashMap;
use std::ops::Range;

use migratable_contract::source::Indexed;

use super::expression;
use crate::ddl::charset::Server;
use crate::ddl::problem::Refusal;
use crate::ddl::schema::{Check, Column, ForeignKey, Key, KeyKind, Table, same_name};

/// What the statement did to columns.
pub(super) struct Changes {
    /// Lower-case old name → new name, for columns that have another now.
    pub(super) renamed: HashMap<String, String>,
    /// Columns that are gone.
    pub(super) dropped: Vec<String>,
    /// Old names of columns that have a new definition.
    pub(super) redefined: Vec<String>,
    /// Old names of columns that are still there.
    pub(super) left: Vec<String>,
    pub(super) server: Server,
    /// Where a refusal points that is about the whole statement.
    pub(super) place: Range<usize>,
}

impl Changes {
    fn is_dropped(&self, name: &str) -> bool {
        self.dropped.iter().any(|dropped| same_name(dropped, name))
    }

    fn rename(&self, name: &mut String) {
        if let Some(new) = self.renamed.get(&name.to_lowercase()) {
            name.clone_from(new);
        }
    }

    fn rename_in(&self, expression: &mut String) {
        if !self.renamed.is_empty() {
            *expression = expression::rename(expression, &self.renamed, self.server);
        }
    }

    fn refuse<T>(&self, reason: String) -> Result<T, Refusal> {
        Err(Refusal::new(reason, self.place.clone()))
    }

    /// Everything of the table that is over its columns.
    pub(super) fn apply(&self, table: &mut Table) -> Result<(), Refusal> {
        let mut keys = Vec::with_capacity(table.keys.len());
        for key in table.keys.drain(..) {
            keys.extend(self.key(key)?);
        }
        table.keys = keys;
        for key in &mut table.foreign_keys {
            self.foreign_key(key)?;
        }
        let mut checks = Vec::with_capacity(table.checks.len());
        for check in table.checks.drain(..) {
            checks.extend(self.check(check)?);
        }
        table.checks = checks;
        Ok(())
    }

    /// A key over what is left of its columns; a key without columns goes.
    fn key(&self, mut key: Key) -> Result<Option<Key>, Refusal> {
        let parts = key.parts.len();
        for part in &key.parts {
            if let Indexed::Expression(expression) = &part.what {
                self.still_there(expression, || format!("key `{}`", key.name))?;
            }
        }
        key.parts.retain(|part| part.name().is_none_or(|column| !self.is_dropped(column)));
        if key.parts.is_empty() {
            return Ok(None);
        }
        let unique = matches!(key.kind, KeyKind::Primary | KeyKind::Unique);
        if unique && key.parts.len() < parts && self.server.is_mariadb() {
            return self.refuse(format!("key `{}` would lose only some of its columns", key.name));
        }
        for part in &mut key.parts {
            match &mut part.what {
                Indexed::Column(column) | Indexed::Prefix(column, _) => self.rename(column),
                Indexed::Expression(expression) => self.rename_in(expression),
            }
        }
        Ok(Some(key))
    }

    fn foreign_key(&self, key: &mut ForeignKey) -> Result<(), Refusal> {
        if let Some(column) = key.source.columns.iter().find(|column| self.is_dropped(column)) {
            return self.refuse(format!("column `{column}` is needed by foreign key `{}`", key.name));
        }
        key.source.columns.iter_mut().for_each(|column| self.rename(column));
        Ok(())
    }

    /// A check goes with its only column. MariaDB keeps a column's own check with the column's definition, and so loses
    /// it with that.
    fn check(&self, mut check: Check) -> Result<Option<Check>, Refusal> {
        let redefined = check.column.as_ref().is_some_and(|column| {
            let redefined = self.redefined.iter().any(|redefined| same_name(redefined, column));
            self.is_dropped(column) || (redefined && self.server.is_mariadb())
        });
        if redefined {
            return Ok(None);
        }
        let expression = &check.source.expression;
        if expression::mentions_any(expression, &self.dropped, self.server) {
            if !expression::mentions_any(expression, &self.left, self.server) {
                return Ok(None);
            }
            return self.refuse(format!("check `{}` uses a column that is dropped", check.source.name));
        }
        self.rename_in(&mut check.source.expression);
        if let Some(column) = &mut check.column {
            if self.server.is_mariadb() && check.source.name == *column {
                self.rename(&mut check.source.name);
            }
            self.rename(column);
        }
        Ok(Some(check))
    }

    /// Expressions of columns that the statement leaves as they are follow those it renames.
    pub(super) fn column(&self, column: &mut Column) -> Result<(), Refusal> {
        if let Some(expression) = &mut column.source.generated {
            self.still_there(expression, || format!("column `{}`", column.source.name))?;
            self.rename_in(expression);
        }
        if let Some(default) = &mut column.source.default
            && default.starts_with('(')
        {
            self.still_there(default, || format!("column `{}`", column.source.name))?;
            self.rename_in(default);
        }
        Ok(())
    }

    fn still_there(&self, expression: &str, what: impl Fn() -> String) -> Result<(), Refusal> {
        let gone =
            self.dropped.iter().find(|name| expression::mentions_any(expression, &[name], self.server));
        match gone {
            Some(name) => {
                self.refuse(format!("the expression of {} uses column `{name}`, which is dropped", what()))
            }
            None => Ok(()),
        }
    }
}
