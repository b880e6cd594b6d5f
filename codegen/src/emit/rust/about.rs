//! What the doc comments of generated files say of an entity and of what is asked of it.

use migratable_contract::model::{Entity, Enum, LeftCheck};
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::plan::{AccessPattern, Index, KeyAttribute, KeySource, PatternKind, Plan};
use migratable_core::sql;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{code, longest_run, printable};
use crate::keys::KeyType;

/// Inner doc attributes of a module, one a line.
pub(crate) fn inner_attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#![doc = #lines])*)
}

/// Names as inline code, with commas between them.
fn codes<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// Free text of a person, as text.
fn prose(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        if matches!(character, '[' | ']' | '<' | '>' | '`' | '*' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped.replace("://", ":\\//")
}

/// SQL statements as a block.
fn sql_block<'a>(statements: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let statements: Vec<String> = statements.into_iter().map(printable).collect();
    let longest = statements.iter().map(|statement| longest_run(statement)).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    let mut lines = vec![format!("{fence}sql")];
    lines.extend(statements);
    lines.push(fence);
    lines
}

/// What an enum is.
pub(crate) fn enumeration(found: &Enum) -> Vec<String> {
    let columns = found.columns.iter().map(|(entity, path)| format!("{} of {}", code(path), code(entity)));
    let columns: Vec<String> = columns.collect();
    vec![format!("A member of {}.", columns.join(", "))]
}

/// What an entity is.
pub(crate) fn entity(entity: &Entity) -> Vec<String> {
    let plan = &entity.plan;
    let mut lines = vec![format!(
        "One row of {} in MySQL, one item of {} in DynamoDB.",
        code(&plan.root),
        code(&plan.table)
    )];
    lines.push(String::new());
    lines.push(format!("Its key is {}.", keys(plan, std::iter::once(&plan.partition).chain(&plan.sort))));
    for index in plan.indexes.iter() {
        lines.push(format!("Index {} finds it by {}.", code(&index.name), index_keys(plan, index)));
    }
    if !entity.dropped.is_empty() {
        lines.push(String::new());
        lines.push("Left behind on purpose:".to_owned());
        lines.extend(entity.dropped.iter().map(|(what, why)| format!("- {}: {}", code(what), prose(why))));
    }
    lines.extend(checks(entity));
    lines
}

/// The table's CHECK constraints: those that every write is held to, and those that MySQL alone knows to hold.
fn checks(entity: &Entity) -> Vec<String> {
    let kept = entity
        .plan
        .checks
        .iter()
        .map(|check| format!("- {}: {}", code(&check.name), code(&check.expression)));
    let left = entity.left_checks.iter().map(|LeftCheck { name, expression, reason }| {
        format!("- {}: {} ({})", code(name), code(expression), prose(reason))
    });
    let mut lines = Vec::new();
    for (title, checks) in [
        ("Checked before every write, in either store:", kept.collect::<Vec<_>>()),
        ("Checked by MySQL alone:", left.collect()),
    ] {
        if !checks.is_empty() {
            lines.extend([String::new(), title.to_owned()]);
            lines.extend(checks);
        }
    }
    lines
}

fn index_keys(plan: &Plan, index: &Index) -> String {
    keys(plan, index.partition.iter().chain(index.sort.iter()))
}

fn keys<'a>(plan: &Plan, keys: impl Iterator<Item = &'a KeyAttribute>) -> String {
    keys.map(|key| key_attribute(plan, key)).collect::<Vec<_>>().join(", ")
}

fn key_attribute(plan: &Plan, key: &KeyAttribute) -> String {
    match &key.source {
        KeySource::Attribute(_) => code(&key.name),
        KeySource::Template(template) => format!("{} = {}", code(&key.name), code(&spelled(plan, template))),
    }
}

/// A template as the contract writes it, but with the names of attributes.
fn spelled(plan: &Plan, template: &KeyTemplate) -> String {
    template
        .parts
        .iter()
        .map(|part| match part {
            KeyPart::Literal(literal) => literal.to_string(),
            KeyPart::Column { column, fold: false } => format!("{{{}}}", name(plan, *column)),
            KeyPart::Column { column, fold: true } => format!("{{{}:fold}}", name(plan, *column)),
        })
        .collect()
}

/// A column's attribute.
fn name(plan: &Plan, column: usize) -> &str {
    &plan.attributes[column].name
}

fn names<'a>(plan: &'a Plan, columns: &'a [usize]) -> impl Iterator<Item = &'a str> {
    columns.iter().map(|column| name(plan, *column))
}

/// What a field carries.
pub(crate) fn field(entity: &Entity, position: usize) -> Vec<String> {
    let plan = &entity.plan;
    let (attribute, column) = (&plan.attributes[position], &plan.columns[position]);
    let null = if column.nullable { ", NULL allowed" } else { "" };
    let mut line = format!(
        "{}: {}{null}; attribute {} of type `{}`.",
        code(&entity.fields[position].path),
        code(&column.ty.to_string()),
        code(&attribute.name),
        attribute.ty,
    );
    if column.table != 0 {
        line.push_str(" Read through a foreign key, never written to MySQL.");
    } else if column.generated {
        line.push_str(" Computed by MySQL, never written to it.");
    }
    if let Some(bounds) = column.ty.bounds() {
        line.push_str(&format!(" Holds {bounds}."));
    }
    vec![line]
}

/// What `put` asks of each store.
pub(crate) fn put(plan: &Plan) -> Vec<String> {
    let indexes = match plan.indexes.len() {
        0 => "one item is written".to_owned(),
        1 => "one item is written, and its entry in one index".to_owned(),
        count => format!("one item is written, and its entries in up to {count} indexes"),
    };
    let statements = [Some(sql::lock(plan)), Some(sql::insert(plan)), sql::update(plan)];
    let mut lines = vec![
        format!("Writes this {}, whether it was there before or not.", code(&plan.entity)),
        String::new(),
        format!("DynamoDB: `PutItem` on {}; {indexes}.", code(&plan.table)),
        String::new(),
        "MySQL: one transaction; the row is locked, then inserted or updated.".to_owned(),
        String::new(),
    ];
    lines.extend(sql_block(statements.iter().flatten().map(String::as_str)));
    lines.extend(errors());
    lines
}

/// What a pattern asks of each store. The first pattern is `get`, by the whole key.
pub(crate) fn pattern(plan: &Plan, pattern: &AccessPattern) -> Vec<String> {
    let entity = code(&plan.entity);
    let by = codes(names(plan, &pattern.by));
    let mut lines = match pattern.kind {
        PatternKind::Get => vec![format!("The {entity} with this {by}, if there is one.")],
        PatternKind::List { page } => {
            let order = codes(names(plan, &pattern.order));
            let order = if order.is_empty() { String::new() } else { format!(", ordered by {order}") };
            vec![format!("Every {entity} with this {by}{order}; {page} in a page unless the caller says.")]
        }
    };
    lines.push(String::new());
    lines.push(format!("DynamoDB: {}", question(plan, pattern)));
    lines.push(String::new());
    lines.push("MySQL:".to_owned());
    lines.push(String::new());
    lines.extend(sql_block([&*pattern.sql.first]));
    lines
}

/// What ranges of keys are asked for, and how.
pub(crate) fn range(entity: &Entity, keys: &[&KeyType]) -> Vec<String> {
    let plan = &entity.plan;
    let mut lines = vec![
        format!("Every {} in a range of a key, in the key's order, page by page.", code(&plan.entity)),
        String::new(),
    ];
    for key in keys {
        let Some(ranges) = &key.ranges else { continue };
        let delay = if key.index.is_some() { "; an index follows its table with a short delay" } else { "" };
        lines.push(format!(
            "- [`{}::prefix`]: with this {}, by {}{delay}",
            key.name,
            codes(names(plan, &ranges.partition)),
            codes(names(plan, &ranges.sort)),
        ));
    }
    lines.push(String::new());
    lines.push(
        "DynamoDB: `Query` of one stretch of one partition; a page costs what its items weigh, however large the table."
            .to_owned(),
    );
    lines.push(String::new());
    lines.push("MySQL: the same rows in the same order, by conditions on the key's columns.".to_owned());
    lines
}

/// What DynamoDB is asked, and what that costs.
fn question(plan: &Plan, pattern: &AccessPattern) -> String {
    let table = code(&plan.table);
    let place = match plan.index_of(pattern) {
        Some(index) => format!("index {} of {table}", code(&index.name)),
        None => table,
    };
    let delay = if pattern.index.is_some() { " An index follows its table with a short delay." } else { "" };
    match (pattern.kind, pattern.index) {
        (PatternKind::Get, None) => {
            format!("`GetItem` on {place}; one item is read, however large the table.")
        }
        (PatternKind::Get, Some(_)) => {
            format!("`Query` on {place}; at most one item is read, however large the table.{delay}")
        }
        (PatternKind::List { .. }, _) => format!(
            "`Query` on {place}, one partition; a page costs what its items weigh, however large the table.{delay}"
        ),
    }
}

fn errors() -> Vec<String> {
    ["", "# Errors", "", "What the store says, or what is wrong with a value."].map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_text_is_only_text() {
        assert_eq!(prose("see [x](y) <b> `c` https://a.b"), "see \\[x\\](y) \\<b\\> \\`c\\` https:\\//a.b");
    }

    #[test]
    fn a_block_can_not_be_closed_from_inside() {
        assert_eq!(sql_block(["SELECT ````"]), ["`````sql", "SELECT ````", "`````"]);
    }
}
