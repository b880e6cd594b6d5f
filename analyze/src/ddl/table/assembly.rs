//! Entries become a table: columns one by one, and at the end of the statement what can only be said once all of them
//! are known.

use migratable_contract::source::{SourceColumn, SourceType};
use migratable_core::mysql::MySqlType;

use super::entry::{Entry, NewCheck, NewColumn, NewForeignKey};
use crate::ddl::charset::Server;
use crate::ddl::keys::{self, NewKey};
use crate::ddl::problem::Refusal;
use crate::ddl::schema::{Column, Fact, ForeignKey, Note, Table, same_name};

/// A table that a statement is putting together.
pub(in crate::ddl) struct Assembly {
    pub(in crate::ddl) table: Table,
    pub(in crate::ddl) server: Server,
    keys: Vec<NewKey>,
    checks: Vec<NewCheck>,
    foreign_keys: Vec<NewForeignKey>,
    /// Whether the statement had a TIMESTAMP column already.
    had_timestamp: bool,
}

impl Assembly {
    pub(in crate::ddl) fn new(table: Table, server: Server) -> Self {
        let (keys, checks, foreign_keys) = (Vec::new(), Vec::new(), Vec::new());
        Self { table, server, keys, checks, foreign_keys, had_timestamp: false }
    }

    /// Takes an entry; a column becomes the last one.
    pub(in crate::ddl) fn add(&mut self, entry: Entry) -> Result<(), Refusal> {
        match entry {
            Entry::Column(new) => {
                let column = self.unpack(*new);
                if self.table.column(column.name()).is_some() {
                    let reason = format!("it has two columns named `{}`", column.name());
                    return Err(Refusal::new(reason, column.place.range));
                }
                self.table.columns.push(column);
            }
            Entry::Key(key) => self.keys.push(key),
            Entry::Check(check) => self.checks.push(check),
            Entry::ForeignKey(key) => self.gather(key),
        }
        Ok(())
    }

    /// Keeps what is written behind a column, and gives the column that is left.
    pub(in crate::ddl) fn unpack(&mut self, new: NewColumn) -> Column {
        let NewColumn { mut column, explicit, keys, checks, foreign_keys } = new;
        if !explicit {
            self.timestamp(&mut column.source);
        }
        self.had_timestamp |= is_timestamp(&column.source);
        self.keys.extend(keys);
        for mut new in checks {
            new.check.column = Some(column.source.name.clone());
            self.checks.push(new);
        }
        foreign_keys.into_iter().for_each(|key| self.gather(key));
        column
    }

    /// A foreign key comes with a key that its rows are looked up by.
    fn gather(&mut self, new: NewForeignKey) {
        self.keys.push(NewKey::of_foreign_key(&new.key.source.columns, new.index.clone(), &new.key.place));
        self.foreign_keys.push(new);
    }

    /// Before `explicit_defaults_for_timestamp`, TIMESTAMP columns are NOT NULL unless they say NULL, the first one
    /// is set with each write, and the others start at zero.
    fn timestamp(&self, column: &mut SourceColumn) {
        let SourceType::Known(MySqlType::Timestamp { fsp }) = column.ty else { return };
        if self.server.plain_timestamps() {
            return;
        }
        column.nullable = false;
        if column.default.is_some() || column.on_update.is_some() || column.generated.is_some() {
            return;
        }
        if self.had_timestamp {
            column.default = Some("'0000-00-00 00:00:00'".to_owned());
        } else {
            let now =
                if fsp == 0 { "current_timestamp".to_owned() } else { format!("current_timestamp({fsp})") };
            column.default = Some(now.clone());
            column.on_update = Some(now);
        }
    }

    /// The table, with its keys, checks and foreign keys in place.
    pub(in crate::ddl) fn finish(mut self) -> Result<Table, Refusal> {
        if self.table.columns.is_empty() {
            return Err(Refusal::new("it has no columns", self.table.place.range));
        }
        self.finish_checks()?;
        // A foreign key over no column is better said of itself than of the key under it.
        self.finish_foreign_keys()?;
        keys::add(&mut self.table, std::mem::take(&mut self.keys), self.server)?;
        let primary = self.table.primary_key().map(|key| key.parts.clone()).unwrap_or_default();
        for column in &mut self.table.columns {
            let named = primary.iter().any(|part| part.name() == Some(&column.source.name));
            column.source.nullable &= !named;
        }
        Ok(self.table)
    }

    fn finish_checks(&mut self) -> Result<(), Refusal> {
        let checks = std::mem::take(&mut self.checks);
        let written = checks.iter().filter_map(|check| check.name.as_deref());
        let old = self.table.checks.iter().map(|check| check.source.name.as_str());
        let mut taken: Vec<String> = written.chain(old).map(str::to_lowercase).collect();
        for NewCheck { name, mut check } in checks {
            match name {
                Some(name) if self.table.checks.iter().any(|other| same_name(&other.source.name, &name)) => {
                    return Err(Refusal::new(format!("it has two checks named `{name}`"), check.place.range));
                }
                Some(_) => {}
                None => check.source.name = self.check_name(check.column.as_deref(), &mut taken),
            }
            if self.server.has_checks() {
                self.table.checks.push(check);
            } else {
                let text = format!("CHECK ({}) is read over", check.source.expression);
                self.table.notes.push(Note { fact: Fact::ReadOver, text, place: check.place });
            }
        }
        Ok(())
    }

    /// A name that no other check has, for one that is given none. MySQL numbers these through the table; MariaDB calls
    /// a column's check like the column, beside which a constraint may have the same name.
    fn check_name(&self, column: Option<&str>, taken: &mut Vec<String>) -> String {
        let table = &self.table.name;
        let numbered = |number: u64| match (self.server.is_mariadb(), column) {
            (true, Some(column)) if number == 1 => column.to_owned(),
            (true, Some(column)) => format!("{column}_{number}"),
            (true, None) => format!("CONSTRAINT_{number}"),
            (false, _) => format!("{table}_chk_{number}"),
        };
        let free = |name: &String| !taken.contains(&name.to_lowercase());
        let name = (1..).map(numbered).find(free).unwrap_or_default();
        taken.push(name.to_lowercase());
        name
    }

    /// Names foreign keys as InnoDB does, and spells their columns as the table does.
    fn finish_foreign_keys(&mut self) -> Result<(), Refusal> {
        let keys = std::mem::take(&mut self.foreign_keys);
        let mut number = self.highest_number();
        for NewForeignKey { name, mut key, .. } in keys {
            if name.is_none() {
                number += 1;
                key.name = format!("{}{AUTOMATIC}{number}", self.table.name);
            }
            self.foreign_key(key)?;
        }
        Ok(())
    }

    /// The highest number that a foreign key of the table has in its name.
    fn highest_number(&self) -> u64 {
        let prefix = format!("{}{AUTOMATIC}", self.table.name);
        let numbers =
            self.table.foreign_keys.iter().filter_map(|key| key.name.strip_prefix(&prefix)?.parse().ok());
        numbers.max().unwrap_or_default()
    }

    fn foreign_key(&mut self, mut key: ForeignKey) -> Result<(), Refusal> {
        for name in &mut key.source.columns {
            let Some(column) = self.table.column(name) else {
                let reason = format!("a foreign key names `{name}`, which is no column of it");
                return Err(Refusal::new(reason, key.place.range));
            };
            *name = column.source.name.clone();
        }
        key.database = key.database.filter(|name| self.table.database.as_ref() != Some(name));
        if let Some(engine) = self.table.engine.as_ref().filter(|engine| !has_foreign_keys(engine)) {
            let text = format!("FOREIGN KEY ({}) is read over by {engine}", key.source.columns.join(", "));
            self.table.notes.push(Note { fact: Fact::ReadOver, text, place: key.place });
            return Ok(());
        }
        if key.source.references.len() != key.source.columns.len() {
            let reason = "a foreign key names as many columns of one table as of the other";
            return Err(Refusal::new(reason, key.place.range));
        }
        if self.table.foreign_keys.iter().any(|other| same_name(&other.name, &key.name)) {
            return Err(Refusal::new(
                format!("it has two foreign keys named `{}`", key.name),
                key.place.range,
            ));
        }
        self.table.foreign_keys.push(key);
        Ok(())
    }
}

/// What stands between the table's name and a number in the names that InnoDB gives.
const AUTOMATIC: &str = "_ibfk_";

/// Whether tables of this engine have foreign keys; the others read over them.
fn has_foreign_keys(engine: &str) -> bool {
    ["InnoDB", "NDB", "NDBCLUSTER"].iter().any(|known| known.eq_ignore_ascii_case(engine))
}

fn is_timestamp(column: &SourceColumn) -> bool {
    matches!(column.ty, SourceType::Known(MySqlType::Timestamp { .. }))
}
