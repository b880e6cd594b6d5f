//! What the numbers in a plan stand for, so that two plans can be compared.

use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::plan::{Column, Join, KeyAttribute, KeySource, Plan};

use super::forms;

/// A plan that is asked by what its numbers stand for.
#[derive(Clone, Copy)]
pub(super) struct Named<'p> {
    pub(super) plan: &'p Plan,
}

impl<'p> Named<'p> {
    pub(super) fn column(self, position: usize) -> &'p Column {
        &self.plan.columns[position]
    }

    /// Where a column's value comes from, as a contract says it: `user_id.email`.
    pub(super) fn path(self, position: usize) -> String {
        let column = self.column(position);
        format!("{}{}", self.way(column.table, false), column.name)
    }

    /// The same with the tables on the way: `user_id users.email`.
    pub(super) fn origin(self, position: usize) -> String {
        let column = self.column(position);
        format!("{}{}", self.way(column.table, true), column.name)
    }

    /// From the root to a table: `user_id.`.
    fn way(self, table: usize, with_tables: bool) -> String {
        let Some(join) = table.checked_sub(1).and_then(|join| self.plan.joins.get(join)) else {
            return String::new();
        };
        let Join { table, parent, on } = join;
        let columns: Vec<String> = on
            .iter()
            .map(|(from, to)| if with_tables { format!("{from} {table} {to}") } else { from.to_string() })
            .collect();
        format!("{}{}.", self.way(*parent, with_tables), columns.join("+"))
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
                    KeyPart::Formatted { column, format } => format!("{{{}:{format:?}}}", self.path(*column)),
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
                    KeyPart::Formatted { format, .. } => Some(format!("{format:?}")),
                    KeyPart::Column { column, fold } => Some(forms::in_key(&self.column(*column).ty, *fold)),
                };
                template.parts.iter().filter_map(form).collect()
            }
        }
    }
}
