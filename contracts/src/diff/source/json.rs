//! MariaDB's JSON: a name for `longtext collate utf8mb4_bin` with a check of the column's name, `json_valid(column)`. Its
//! dumps say the latter (MariaDB Knowledge Base, "JSON Data Type").

use std::borrow::Cow;

use migratable_core::mysql::{LobSize, MySqlType};

use super::sql;
use crate::source::{SourceColumn, SourceSchema, SourceTable, SourceType};

/// The schema with such columns called by the name. Another server's is as it is.
pub(super) fn named(schema: &SourceSchema) -> Cow<'_, SourceSchema> {
    let is_json = |table: &SourceTable, column: &SourceColumn| check_of(table, column).is_some();
    let any = |table: &SourceTable| table.columns.iter().any(|column| is_json(table, column));
    if !schema.server.to_lowercase().starts_with("mariadb") || !schema.tables.iter().any(any) {
        return Cow::Borrowed(schema);
    }
    let mut schema = schema.clone();
    for table in &mut schema.tables {
        for at in 0..table.columns.len() {
            if let Some(check) = check_of(table, &table.columns[at]) {
                table.columns[at].ty = SourceType::Known(MySqlType::Json);
                table.checks.remove(check);
            }
        }
    }
    Cow::Owned(schema)
}

/// The check that makes a column JSON.
fn check_of(table: &SourceTable, column: &SourceColumn) -> Option<usize> {
    let SourceType::Known(MySqlType::Text { size: LobSize::Long, collation }) = &column.ty else {
        return None;
    };
    let valid = sql::normal(&format!("json_valid({})", migratable_core::sql::quote(&column.name)), &[]);
    let of_column = |check: &crate::source::SourceCheck| {
        check.name.eq_ignore_ascii_case(&column.name) && sql::normal(&check.expression, &[]) == valid
    };
    (collation.name == "utf8mb4_bin").then(|| table.checks.iter().position(of_column))?
}
