//! What the numbers in a plan stand for, so that two plans can be compared.

use migratable_core::check::Expr;
use migratable_core::key::{KeyFormat, KeyPart, KeyTemplate};
use migratable_core::plan::{Column, Join, KeyAttribute, KeySource, Plan};

use super::forms;

/// A plan that is asked by what its numbers stand for.
#[derive(Clone, Copy)]
pub(super) struct Named<'p> {
    pub(super) plan: &'p Plan,
}

/// Columns of a table and of those it joins: a plan's, or those of the rows that a collection is made of.
#[derive(Clone, Copy)]
pub(super) struct Scope<'p> {
    pub(super) joins: &'p [Join],
    pub(super) columns: &'p [Column],
}

impl Scope<'_> {
    /// Where a column's value comes from, as a contract says it: `user_id.email`.
    pub(super) fn path(self, position: usize) -> String {
        let column = &self.columns[position];
        format!("{}{}", self.way(column.table, false), column.name)
    }

    /// The same with the tables on the way: `user_id users id.email`.
    pub(super) fn origin(self, position: usize) -> String {
        let column = &self.columns[position];
        format!("{}{}", self.way(column.table, true), column.name)
    }

    /// From the first table to another: `user_id.`.
    fn way(self, table: usize, with_tables: bool) -> String {
        let Some(join) = table.checked_sub(1).and_then(|join| self.joins.get(join)) else {
            return String::new();
        };
        let Join { table, parent, on } = join;
        let columns: Vec<String> = on
            .iter()
            .map(|(from, to)| if with_tables { format!("{from} {table} {to}") } else { from.to_string() })
            .collect();
        format!("{}{}.", self.way(*parent, with_tables), columns.join("+"))
    }

    /// The way to a table, with the tables on it.
    pub(super) fn table_origin(self, table: usize) -> String {
        self.way(table, true)
    }

    /// An expression with its columns by origin.
    pub(super) fn expression(self, expression: &Expr) -> String {
        match expression {
            Expr::Column(position) => self.origin(*position),
            Expr::Apply { op, operands } => {
                let operands: Vec<String> = operands.iter().map(|operand| self.expression(operand)).collect();
                format!("{}({})", op.name(), operands.join(", "))
            }
            Expr::Null
            | Expr::Number { .. }
            | Expr::Text(_)
            | Expr::Date(_)
            | Expr::DateTime(_)
            | Expr::Time(_) => expression.to_string(),
        }
    }
}

impl<'p> Named<'p> {
    pub(super) fn scope(self) -> Scope<'p> {
        Scope { joins: &self.plan.joins, columns: &self.plan.columns }
    }

    pub(super) fn column(self, position: usize) -> &'p Column {
        &self.plan.columns[position]
    }

    pub(super) fn path(self, position: usize) -> String {
        self.scope().path(position)
    }

    /// What columns are, by path.
    pub(super) fn paths(self, positions: &[usize]) -> Vec<String> {
        positions.iter().map(|position| self.path(*position)).collect()
    }

    /// How a key attribute is built, as a contract says it.
    pub(super) fn key(self, key: &KeyAttribute) -> String {
        let KeyAttribute { name: _, source } = key;
        match source {
            KeySource::Attribute(position) => self.path(self.plan.attributes[*position].column),
            KeySource::Template(KeyTemplate { parts }) => {
                let part = |part: &KeyPart| match part {
                    KeyPart::Literal(text) => text.to_string(),
                    KeyPart::Formatted { column, format: KeyFormat::Shard(shards) } => {
                        format!("{{shard({}, {shards})}}", self.path(*column))
                    }
                    KeyPart::Formatted { column, format } => {
                        format!("{{{}{}}}", self.path(*column), format_text(format))
                    }
                    KeyPart::Column { column, fold } => {
                        format!("{{{}{}}}", self.path(*column), if *fold { ":fold" } else { "" })
                    }
                };
                format!("\"{}\"", parts.iter().map(part).collect::<String>())
            }
        }
    }

    /// How the values in a key are written.
    pub(super) fn key_form(self, key: &KeyAttribute) -> Vec<String> {
        match &key.source {
            KeySource::Attribute(position) => {
                let attribute = &self.plan.attributes[*position];
                vec![forms::stored(&self.column(attribute.column).ty, attribute.ty)]
            }
            KeySource::Template(template) => {
                let form = |part: &KeyPart| match part {
                    KeyPart::Literal(_) => None,
                    KeyPart::Formatted { column, format } => Some(match format {
                        // A pattern is all there is of a moment.
                        KeyFormat::Time(pattern) => pattern.to_string(),
                        KeyFormat::Padded(_) | KeyFormat::Shard(_) => {
                            format!(
                                "{}{}",
                                forms::in_key(&self.column(*column).ty, false),
                                format_text(format)
                            )
                        }
                    }),
                    KeyPart::Column { column, fold } => Some(forms::in_key(&self.column(*column).ty, *fold)),
                };
                template.parts.iter().filter_map(form).collect()
            }
        }
    }
}

/// A form of a value in a key, as a contract says it: `:%Y-%m`.
fn format_text(format: &KeyFormat) -> String {
    match format {
        KeyFormat::Time(pattern) => format!(":{pattern}"),
        KeyFormat::Padded(width) => format!(":{width:03}"),
        KeyFormat::Shard(shards) => format!(":shard {shards}"),
    }
}
