//! What the DDL says of tables, columns and keys, and paths through it.

use migratable_contract::diagnostic::Place;
use migratable_contract::source::{
    ForeignKey, SourceColumn, SourceSchema, SourceTable, SourceType, whole_columns,
};
use migratable_core::mysql::MySqlType;

/// The schema, looked up by names.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub(super) schema: &'s SourceSchema,
    pub(super) ddl: &'s migratable_analyze::ddl::Schema,
}

/// Rows that are reached from a root row by steps, each of which leads to one row at most.
#[derive(Clone, Debug)]
pub(super) struct Position<'s> {
    pub(super) table: &'s SourceTable,
    /// Foreign key columns and relations.
    pub(super) steps: Vec<String>,
    /// Whether there may be no such row.
    pub(super) nullable: bool,
    /// The foreign key of the last step: what it points at is what the row before holds itself.
    via: Option<Box<Via<'s>>>,
}

/// The last step of a position.
#[derive(Clone, Debug)]
struct Via<'s> {
    from: Position<'s>,
    /// The foreign key's column there.
    column: String,
    /// What it points at here.
    references: String,
}

/// A column at the end of such steps.
#[derive(Clone, Debug)]
pub(super) struct Path<'s> {
    pub(super) steps: Vec<String>,
    pub(super) table: &'s SourceTable,
    pub(super) column: &'s SourceColumn,
    /// Whether it may be NULL, by itself or because there is no row.
    pub(super) nullable: bool,
}

impl PartialEq for Path<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps && self.column.name == other.column.name
    }
}

impl Eq for Path<'_> {}

impl<'s> Source<'s> {
    /// The table of a name: spelled exactly so first, then in any case, as servers on Windows have it.
    pub(super) fn table(&self, name: &str) -> Option<&'s SourceTable> {
        let tables = &self.schema.tables;
        let exact = tables.iter().find(|table| table.name == name);
        exact.or_else(|| tables.iter().find(|table| table.name.eq_ignore_ascii_case(name)))
    }

    /// Where the DDL has a column.
    pub(super) fn place(&self, table: &SourceTable, column: &str) -> Option<&'s Place> {
        self.ddl.table(&table.name)?.column(column).map(|column| &column.place)
    }
}

/// A table's column, in any letter case, as MySQL has it.
pub(super) fn column<'s>(table: &'s SourceTable, name: &str) -> Option<&'s SourceColumn> {
    table.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
}

/// A column's type, if items can carry it.
pub(super) const fn known(column: &SourceColumn) -> Option<&MySqlType> {
    match &column.ty {
        SourceType::Known(ty) => Some(ty),
        SourceType::Other(_) => None,
    }
}

/// A table's primary key, if it is of whole columns.
pub(super) fn primary_key(table: &SourceTable) -> Vec<&str> {
    whole_columns(&table.primary_key).unwrap_or_default()
}

/// Whether values of these columns name one row at most.
pub(super) fn is_unique(table: &SourceTable, columns: &[&str]) -> bool {
    let keys = table.unique.iter().filter_map(|key| whole_columns(&key.parts));
    let holds = |key: &[&str]| {
        !key.is_empty()
            && key.iter().all(|part| columns.iter().any(|column| column.eq_ignore_ascii_case(part)))
    };
    keys.chain([primary_key(table)]).any(|key| holds(&key))
}

/// The foreign key that joins exactly these columns to that table: referencing, referenced.
pub(super) fn foreign_key<'s>(
    table: &'s SourceTable,
    target: &str,
    pairs: &[(&str, &str)],
) -> Option<&'s ForeignKey> {
    table.foreign_keys.iter().find(|key| {
        let same = |(from, to): (&String, &String)| {
            pairs.iter().any(|(a, b)| from.eq_ignore_ascii_case(a) && to.eq_ignore_ascii_case(b))
        };
        key.table == target
            && key.columns.len() == pairs.len()
            && key.columns.iter().zip(&key.references).all(same)
    })
}

impl<'s> Position<'s> {
    /// The root row itself.
    pub(super) const fn root(table: &'s SourceTable) -> Self {
        Self { table, steps: Vec::new(), nullable: false, via: None }
    }

    /// One step further.
    pub(super) fn step(&self, step: &str, table: &'s SourceTable, nullable: bool) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step.to_owned());
        Self { table, steps, nullable: self.nullable || nullable, via: None }
    }

    /// One step further, by a foreign key of one column.
    pub(super) fn by_key(&self, key: &ForeignKey, table: &'s SourceTable) -> Option<Self> {
        let ([name], [references]) = (&key.columns[..], &key.references[..]) else { return None };
        let nullable = column(self.table, name).is_none_or(|column| column.nullable);
        let via = Via { from: self.clone(), column: name.clone(), references: references.clone() };
        Some(Self { via: Some(Box::new(via)), ..self.step(name, table, nullable) })
    }

    /// A column there. What the last step's foreign key points at is the foreign key's own value.
    pub(super) fn column(&self, name: &str) -> Option<Path<'s>> {
        if let Some(via) = &self.via
            && via.references.eq_ignore_ascii_case(name)
        {
            return via.from.column(&via.column);
        }
        let column = column(self.table, name)?;
        let nullable = self.nullable || column.nullable;
        Some(Path { steps: self.steps.clone(), table: self.table, column, nullable })
    }
}

impl Path<'_> {
    /// As contracts write it.
    pub(super) fn text(&self) -> String {
        let steps = self.steps.iter().map(String::as_str);
        steps.chain([self.column.name.as_str()]).collect::<Vec<_>>().join(".")
    }

    /// Whether it is a column of the root row.
    pub(super) const fn is_own(&self) -> bool {
        self.steps.is_empty()
    }

    /// The column's type, if items can carry it.
    pub(super) const fn ty(&self) -> Option<&MySqlType> {
        known(self.column)
    }

    /// Whether it is text that keys have to fold.
    pub(super) fn folds(&self) -> bool {
        self.ty()
            .and_then(MySqlType::collation)
            .is_some_and(|collation| !collation.is_binary() && collation.foldable())
    }

    /// Whether it is text.
    pub(super) const fn is_text(&self) -> bool {
        matches!(self.ty(), Some(MySqlType::Char { .. } | MySqlType::VarChar { .. } | MySqlType::Text { .. }))
    }

    /// Whether it is a date, or a date and a time.
    pub(super) const fn is_date(&self) -> bool {
        matches!(self.ty(), Some(MySqlType::Date | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. }))
    }

    /// Whether it is a whole number.
    pub(super) const fn is_integer(&self) -> bool {
        matches!(self.ty(), Some(MySqlType::Int { .. }))
    }

    /// Whether a template can name it: braces would end it, and `:` begins a format.
    pub(super) fn fits_in_braces(&self) -> bool {
        let text = self.text();
        !text.contains(['{', '}', ':']) && text.trim() == text
    }
}
