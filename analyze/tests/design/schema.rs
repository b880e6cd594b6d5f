//! Schemas by hand, for tests that need one odd thing in an otherwise plain table.

use migratable_analyze::design::{Hints, Layout, Options, Proposal, propose};
use migratable_contract::source::{
    Action, ForeignKey, KeyPart, SourceCheck, SourceColumn, SourceKey, SourceSchema, SourceTable, SourceType,
};
use migratable_core::collation::Collation;
use migratable_core::mysql::{IntSize, MySqlType};

/// The collation of a MySQL 8 server that was left alone.
pub(crate) const SERVER: &str = "utf8mb4_0900_ai_ci";

/// The collation under which only equal texts are equal.
pub(crate) const BINARY: &str = "utf8mb4_0900_bin";

pub(crate) fn int() -> MySqlType {
    MySqlType::Int { size: IntSize::Int, unsigned: false, display: None }
}

pub(crate) fn varchar(length: u32, collation: &'static str) -> MySqlType {
    MySqlType::VarChar { length, collation: Collation::constant(collation) }
}

/// A table under construction.
pub(crate) struct Table(SourceTable);

pub(crate) fn table(name: &str) -> Table {
    Table(SourceTable {
        name: name.to_owned(),
        columns: Vec::new(),
        primary_key: Vec::new(),
        unique: Vec::new(),
        indexes: Vec::new(),
        fulltext: Vec::new(),
        spatial: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        triggers: Vec::new(),
    })
}

impl Table {
    pub(crate) fn column(self, name: &str, ty: MySqlType) -> Self {
        self.add(name, SourceType::Known(ty), false)
    }

    pub(crate) fn nullable(self, name: &str, ty: MySqlType) -> Self {
        self.add(name, SourceType::Known(ty), true)
    }

    pub(crate) fn other(self, name: &str, ty: &str) -> Self {
        self.add(name, SourceType::Other(ty.to_owned()), false)
    }

    pub(crate) fn primary_key(mut self, columns: &[&str]) -> Self {
        self.0.primary_key = columns.iter().map(|column| KeyPart::column(*column)).collect();
        self
    }

    /// `id int`, the primary key.
    pub(crate) fn id(self) -> Self {
        self.column("id", int()).primary_key(&["id"])
    }

    pub(crate) fn unique(mut self, name: &str, columns: &[&str]) -> Self {
        self.0.unique.push(SourceKey::of_columns(name, columns.iter().copied()));
        self
    }

    pub(crate) fn check(mut self, name: &str, expression: &str) -> Self {
        self.0.checks.push(SourceCheck { name: name.to_owned(), expression: expression.to_owned() });
        self
    }

    pub(crate) fn foreign_key(self, columns: &[&str], table: &str, references: &[&str]) -> Self {
        self.points(columns, table, references, Action::Restrict)
    }

    pub(crate) fn cascade(self, columns: &[&str], table: &str, references: &[&str]) -> Self {
        self.points(columns, table, references, Action::Cascade)
    }

    fn points(mut self, columns: &[&str], table: &str, references: &[&str], on_delete: Action) -> Self {
        self.0.foreign_keys.push(ForeignKey {
            columns: owned(columns),
            table: table.to_owned(),
            references: owned(references),
            on_delete,
            on_update: Action::Restrict,
        });
        self
    }

    fn add(mut self, name: &str, ty: SourceType, nullable: bool) -> Self {
        self.0.columns.push(SourceColumn {
            name: name.to_owned(),
            ty,
            nullable,
            auto_increment: false,
            default: None,
            on_update: None,
            generated: None,
        });
        self
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(crate) fn schema(tables: impl IntoIterator<Item = Table>) -> SourceSchema {
    let tables = tables.into_iter().map(|table| table.0).collect();
    SourceSchema { server: "mysql 8.0".to_owned(), tables, ..SourceSchema::default() }
}

/// Proposes without hints.
pub(crate) fn proposed(schema: &SourceSchema, layout: Layout) -> Proposal {
    propose(schema, &Hints::default(), &Options { name: "shop".to_owned(), layout })
}
