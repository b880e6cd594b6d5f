//! A column, compared fact by fact.

use migratable_core::mysql::MySqlType;

use super::change::Change;
use super::places::Spot;
use super::sql;
use crate::codes::{self, Code};
use crate::diff::readers::About;
use crate::source::{SourceColumn, SourceType, expression_text, name_text};

/// Adds what has changed of a column that both have.
pub(super) fn compare(
    table: &str,
    old: &SourceColumn,
    new: &SourceColumn,
    names: &[&str],
    changes: &mut Vec<Change>,
) {
    let SourceColumn { name, ty, nullable, auto_increment, default: _, on_update, generated } = old;
    let edit = format!("write `{}: {new}`", name_text(name));
    let mut changed = |code: Code, what: &str, from: String, to: String, meaning: &str| {
        let spot = Spot::Column { table: table.to_owned(), name: name.clone() };
        let about = About::Columns(table.to_owned(), vec![name.clone()]);
        changes.push(
            Change::new(code, spot, about, format!("{what} of `{table}.{name}` has changed"))
                .both(from, to)
                .edit(edit.clone())
                .means(meaning),
        );
    };
    let ((was, collated), (is, collates)) = (parts(ty), parts(&new.ty));
    if was != is {
        let meaning = match (ty, &new.ty) {
            (SourceType::Known(MySqlType::Enum { .. }), SourceType::Known(MySqlType::Enum { .. })) => {
                "the order of members is the order MySQL sorts by"
            }
            _ => "the type decides what items and keys hold, so items may have to be written again",
        };
        changed(codes::SOURCE_COLUMN_TYPE, "the type", was, is, meaning);
    }
    // A type that had none before is another type, which has been said.
    if let (Some(was), Some(is)) = (collated, collates)
        && was != is
    {
        let meaning = "the collation decides which texts are equal and how they sort, in keys, too";
        changed(codes::SOURCE_COLUMN_COLLATION, "the collation", was, is, meaning);
    }
    if *nullable != new.nullable {
        let word = |nullable| if nullable { "null" } else { "not null" }.to_owned();
        let meaning = if new.nullable {
            "its field becomes an `Option`, and a NULL is an attribute that is absent"
        } else {
            "its field is no `Option` any more"
        };
        changed(
            codes::SOURCE_COLUMN_NULL,
            "whether NULL may be the value",
            word(*nullable),
            word(new.nullable),
            meaning,
        );
    }
    if sql::default(old) != sql::default(new) {
        let text = |column: &SourceColumn| written(column.default.as_deref(), "no default");
        let meaning = "rows that MySQL makes without a value get another one";
        changed(codes::SOURCE_COLUMN_DEFAULT, "the default", text(old), text(new), meaning);
    }
    if *auto_increment != new.auto_increment {
        let word = |counts| if counts { "auto_increment" } else { "no auto_increment" }.to_owned();
        let meaning = "who makes its values has changed";
        changed(
            codes::SOURCE_COLUMN_COUNTS,
            "auto_increment",
            word(*auto_increment),
            word(new.auto_increment),
            meaning,
        );
    }
    let moment = |sql: &Option<String>| sql.as_deref().map(sql::moment);
    if moment(on_update) != moment(&new.on_update) {
        let text = |sql: &Option<String>| written(sql.as_deref(), "nothing on update");
        let meaning = "MySQL sets it with each change of the row";
        changed(codes::SOURCE_COLUMN_ON_UPDATE, "on update", text(on_update), text(&new.on_update), meaning);
    }
    let normal = |sql: &Option<String>| sql.as_deref().map(|sql| sql::normal(sql, names));
    if normal(generated) != normal(&new.generated) {
        let text = |sql: &Option<String>| match sql {
            Some(sql) => format!("({sql})"),
            None => "not generated".to_owned(),
        };
        let meaning = "a generated column is read and never written";
        changed(
            codes::SOURCE_COLUMN_GENERATED,
            "the expression",
            text(generated),
            text(&new.generated),
            meaning,
        );
    }
}

fn written(sql: Option<&str>, nothing: &str) -> String {
    sql.map_or_else(|| nothing.to_owned(), |sql| expression_text(sql).into_owned())
}

/// A type without its collation and what only changes how clients show it, and the collation.
fn parts(ty: &SourceType) -> (String, Option<String>) {
    let ty = match ty {
        SourceType::Other(text) => return (text.to_lowercase(), None),
        SourceType::Known(MySqlType::Int { size, unsigned, .. }) => {
            &MySqlType::Int { size: *size, unsigned: *unsigned, display: None }
        }
        SourceType::Known(ty) => ty,
    };
    let text = ty.to_string();
    let collation = ty.collation().map(|collation| {
        let name = &collation.name;
        // One set has had two names.
        name.strip_prefix("utf8_").map_or_else(|| name.to_string(), |rest| format!("utf8mb3_{rest}"))
    });
    let (own, _) = text.rsplit_once(" collate ").filter(|_| collation.is_some()).unwrap_or((&text, ""));
    (own.to_owned(), collation)
}

/// Whether two columns are alike in all but their names.
pub(super) fn alike(left: &SourceColumn, right: &SourceColumn) -> bool {
    let bare = |column: &SourceColumn| SourceColumn { name: String::new(), ..column.clone() };
    bare(left) == bare(right)
}
