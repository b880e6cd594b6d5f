//! What a proposal leaves out, said: one sentence for the contract's comments, one diagnostic for the person at the
//! command line.

use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, Place};
use migratable_contract::source::{ForeignKey, SourceSchema, SourceTable, SourceTrigger, SourceType};
use migratable_core::mysql::MySqlType;

use super::draft::{Draft, Entity, MOST_INDEXES, Refused};
use super::facts::{Facts, LeftOut, Table};
use super::keys::Refusal;
use super::{Hints, ledger};

/// The reason a table without a primary key has no items.
pub(crate) const NAMELESS: &str = "it has no primary key, so nothing names a row";

/// Everything there is to say, in the order of the schema's tables.
pub(crate) fn of(
    schema: &SourceSchema,
    hints: &Hints,
    facts: &Facts<'_>,
    draft: &Draft<'_>,
) -> Vec<Diagnostic> {
    let places = Places { hints };
    let mut found = Vec::new();
    for table in &schema.tables {
        found.extend(left_out(&facts.tables[table.name.as_str()], places));
        found.extend(table.triggers.iter().filter_map(|trigger| lost_trigger(table, trigger, hints)));
        let is_it = |other: &Table<'_>| other.source.name == table.name;
        if let Some((table, refusal)) = draft.dropped.iter().find(|(dropped, _)| is_it(dropped)) {
            found.push(dropped_table(table, refusal.as_ref(), places));
        }
        if let Some(entity) = draft.entities.iter().find(|entity| is_it(entity.table)) {
            found.extend(dropped_columns(entity.table, places));
            found.extend(entity.refused.iter().map(|refused| refused_pattern(entity, refused, places)));
        }
    }
    found
}

/// Why a primary key's table is dropped, or why a pattern isn't proposed, in one sentence.
pub(crate) fn reason(table: &Table<'_>, refusal: Option<&Refusal>) -> String {
    let name = |at: usize| &table.column(at).name;
    let ty = |at: usize| match &table.column(at).ty {
        SourceType::Known(ty) => ty.to_string(),
        SourceType::Other(text) => text.clone(),
    };
    match refusal {
        None => format!("its table has {MOST_INDEXES} indexes already, the most DynamoDB takes"),
        Some(Refusal::Type { column }) => {
            format!("`{}` can't be in a key: it is of type {}", name(*column), ty(*column))
        }
        Some(Refusal::Name { column }) => {
            format!("`{}` can't be in a key: its name can't stand in a template's braces", name(*column))
        }
        Some(Refusal::Collation { column }) => {
            format!("`{}` can't be in a key: what its collation holds equal is not known", name(*column))
        }
        Some(Refusal::Size { end, columns, bytes }) => format!(
            "a {} key of `{}` could have {bytes} bytes, and DynamoDB takes {}",
            end.name(),
            table.names(columns).join("`, `"),
            end.limit()
        ),
        Some(Refusal::Start { column }) => {
            format!(
                "its primary key holds the start of `{}` alone, and an item's key whole values",
                name(*column)
            )
        }
        Some(Refusal::Order { column }) if matches!(table.ty(*column), Some(MySqlType::Enum { .. })) => {
            format!("MySQL sorts `{}` by its members' numbers, and a key by their texts", name(*column))
        }
        Some(Refusal::Order { column }) => {
            format!("MySQL doesn't sort `{}` by its bytes, and a key does", name(*column))
        }
    }
}

/// What to do about it.
fn remedy(refusal: Option<&Refusal>) -> &'static str {
    match refusal {
        None => "remove an index nobody asks from the contract, or use another layout",
        Some(Refusal::Type { .. }) => "key the row by another column, or keep the question in MySQL",
        Some(Refusal::Name { .. }) => "rename the column in MySQL, or keep the question there",
        Some(Refusal::Collation { .. }) => {
            "convert the column to a collation like utf8mb4_0900_ai_ci or utf8mb4_0900_bin, and read the DDL again"
        }
        Some(Refusal::Size { .. }) => {
            "shorten the column in MySQL if its values allow it, and read the DDL again"
        }
        Some(Refusal::Start { .. }) => {
            "make whole columns the primary key in MySQL, and read the DDL again, or leave the table there"
        }
        Some(Refusal::Order { .. }) => {
            "a list is in the order of the primary key: give its text columns a binary collation such as utf8mb4_bin, \
             which suits UUIDs and codes, and read the DDL again"
        }
    }
}

/// Foreign keys the contract has no place for.
fn left_out(table: &Table<'_>, places: Places<'_>) -> Vec<Diagnostic> {
    let keys = table.declared.iter().filter_map(|(key, left_out)| Some((*key, (*left_out)?)));
    keys.map(|(key, why)| {
        let name = format!("`{}.{}`", table.source.name, key.columns.join(", "));
        let (found, label) = match why {
            LeftOut::Second => {
                let message = format!("a second foreign key on {name}, to `{}`, is left out", key.table);
                let found = Diagnostic::warning(codes::DESIGN_SECOND_FOREIGN_KEY, message);
                (
                    found.help("a column points at one table in a contract; put the one that matters first"),
                    "points at two",
                )
            }
            LeftOut::Dangling => {
                let message =
                    format!("the foreign key on {name} is left out: `{}` is not in the DDL", target(key));
                let found = Diagnostic::warning(codes::DESIGN_DANGLING_FOREIGN_KEY, message);
                (
                    found.help("add the table it points at to the DDL, or remove the foreign key"),
                    "points at nothing",
                )
            }
        };
        places.label(found, &table.source.name, key.columns.first().map(String::as_str), label)
    })
    .collect()
}

/// Where a foreign key points, for people.
pub(crate) fn target(key: &ForeignKey) -> String {
    format!("{}({})", key.table, key.references.join(", "))
}

/// A trigger that does more than look: rows that it made or set will be missed.
fn lost_trigger(table: &SourceTable, trigger: &SourceTrigger, hints: &Hints) -> Option<Diagnostic> {
    let does = ledger::does(trigger);
    if does.is_empty() {
        return None;
    }
    let message = format!(
        "the trigger `{}` of `{}` {}; DynamoDB fires none",
        trigger.name,
        table.name,
        does.join(" and ")
    );
    let found = Diagnostic::warning(codes::DESIGN_TRIGGER, message).help(
        "let the application do it where it writes such rows; the contract's `dropped` says what is lost",
    );
    let place = hints.triggers.get(&(table.name.clone(), trigger.name.clone()));
    Some(match place.or_else(|| hints.places.get(&(table.name.clone(), None))) {
        Some(place) => found.label(place.clone(), "not done to items"),
        None => found,
    })
}

fn dropped_table(table: &Table<'_>, refusal: Option<&Refusal>, places: Places<'_>) -> Diagnostic {
    let name = &table.source.name;
    let (code, reason, help) = match refusal {
        None => (codes::DESIGN_NO_PRIMARY_KEY, NAMELESS.to_owned(), key_to_have(table)),
        Some(refusal) => {
            (codes::DESIGN_PRIMARY_KEY, reason(table, Some(refusal)), remedy(Some(refusal)).to_owned())
        }
    };
    let found = Diagnostic::warning(code, format!("`{name}` is dropped: {reason}")).help(help);
    let column = refusal.and_then(Refusal::column).map(|at| table.column(at).name.as_str());
    places.label(found, name, column, "none of its rows becomes an item")
}

/// What to make a table's primary key.
fn key_to_have(table: &Table<'_>) -> String {
    let whole = table.unique.iter().find(|(_, columns)| table.nullable(columns).is_empty());
    match whole {
        Some((name, _)) => {
            format!("make its unique key `{name}` the primary key in MySQL, and read the DDL again")
        }
        None => "give the table a primary key in MySQL and read the DDL again, or leave it there".to_owned(),
    }
}

fn dropped_columns(table: &Table<'_>, places: Places<'_>) -> Vec<Diagnostic> {
    let columns = table.source.columns.iter();
    columns
        .filter_map(|column| match &column.ty {
            SourceType::Known(_) => None,
            SourceType::Other(text) => Some((column, text)),
        })
        .map(|(column, text)| {
            let table = &table.source.name;
            let message = format!("`{table}.{}` is dropped: items can't carry {text} yet", column.name);
            let found = Diagnostic::warning(codes::DESIGN_COLUMN_TYPE, message)
                .help("leave the column in MySQL, or add a generated column of a type that items can carry");
            places.label(found, table, Some(&column.name), "not in the item")
        })
        .collect()
}

fn refused_pattern(entity: &Entity<'_>, refused: &Refused, places: Places<'_>) -> Diagnostic {
    let refusal = refused.refusal.as_ref();
    let code = match refusal {
        None => codes::DESIGN_TOO_MANY_INDEXES,
        Some(Refusal::Size { .. }) => codes::DESIGN_KEY_SIZE,
        Some(Refusal::Order { .. }) => codes::DESIGN_LIST_ORDER,
        Some(
            Refusal::Type { .. } | Refusal::Name { .. } | Refusal::Collation { .. } | Refusal::Start { .. },
        ) => codes::DESIGN_KEY_COLUMN,
    };
    let message =
        format!("`{}.{}` is not proposed: {}", entity.name, refused.method, reason(entity.table, refusal));
    let column = refusal.and_then(Refusal::column).or_else(|| refused.by.first().copied());
    let column = column.map(|at| entity.table.column(at).name.as_str());
    let found = Diagnostic::warning(code, message).help(remedy(refusal));
    places.label(found, &entity.table.source.name, column, "because of this column")
}

/// Where the DDL says things.
#[derive(Clone, Copy)]
struct Places<'h> {
    hints: &'h Hints,
}

impl Places<'_> {
    /// Labels a diagnostic with the place of a column, else of its table, if the DDL is known.
    fn label(self, found: Diagnostic, table: &str, column: Option<&str>, text: &str) -> Diagnostic {
        let at = |column: Option<&str>| -> Option<&Place> {
            self.hints.places.get(&(table.to_owned(), column.map(str::to_owned)))
        };
        match column.and_then(|column| at(Some(column))).or_else(|| at(None)) {
            Some(place) => found.label(place.clone(), text),
            None => found,
        }
    }
}
