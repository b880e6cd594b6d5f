//! What the doc comments of generated files say of an entity and of what is asked of it.

use migratable_contract::model::{Contract, Entity, Enum, LeftCheck};
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyFormat, KeyPart, KeyTemplate};
use migratable_core::plan::{
    AccessPattern, Aggregate, Collection, Column, Derived, DerivedSource, Ids, Index, KeyAttribute,
    KeySource, Member, OnDelete, PatternKind, Plan, Tree,
};
use migratable_core::sql;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{code, link, longest_run, printable};
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
    if let Some(ids) = &plan.ids {
        lines.push(format!(
            "New ones get their {} from a counter in {}, or from MySQL's AUTO_INCREMENT.",
            code(plan.field_name(ids.column)),
            code(&ids.table)
        ));
    }
    for marker in plan.markers.iter() {
        let key = keys(plan, std::iter::once(&marker.partition).chain(&marker.sort));
        lines.push(format!(
            "Its unique key {} is held in DynamoDB by an item of its own: {key}.",
            code(&marker.name)
        ));
    }
    lines.extend(references(plan));
    if !entity.dropped.is_empty() {
        lines.push(String::new());
        lines.push("Left behind on purpose:".to_owned());
        lines.extend(entity.dropped.iter().map(|(what, why)| format!("- {}: {}", code(what), prose(why))));
    }
    lines.extend(checks(entity));
    lines
}

/// The foreign keys that units of work keep, at either end.
fn references(plan: &Plan) -> Vec<String> {
    let own = plan.references.iter().map(|reference| {
        let does = match reference.on_delete {
            OnDelete::Restrict => "refuses to be deleted as long as this is there",
            OnDelete::Cascade { .. } => "takes this along when it is deleted",
            OnDelete::SetNull { .. } => "is forgotten here when it is deleted",
        };
        let count = code(&format!("{}.{}", reference.entity, reference.count));
        format!("- {}: what it points at counts this in {count}, and {does}", code(&reference.name))
    });
    let others = plan.referrers.iter().map(|referrer| {
        let (key, entity, count) = (code(&referrer.name), code(&referrer.entity), code(&referrer.count));
        format!("- {key} of {entity}: counted in {count}, which nothing else changes")
    });
    let mut lines: Vec<String> = own.chain(others).collect();
    if !lines.is_empty() {
        let title = "Foreign keys, which MySQL keeps by itself and units of work keep in DynamoDB:";
        lines.splice(0..0, [String::new(), title.to_owned()]);
    }
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
            KeyPart::Formatted { column, format: KeyFormat::Time(pattern) } => {
                format!("{{{}:{pattern}}}", name(plan, *column))
            }
            KeyPart::Formatted { column, format: KeyFormat::Padded(width) } => {
                format!("{{{}:0{width}}}", name(plan, *column))
            }
            KeyPart::Formatted { column, format: KeyFormat::Shard(shards) } => {
                format!("{{shard({}, {shards})}}", name(plan, *column))
            }
        })
        .collect()
}

/// A column's attribute.
fn name(plan: &Plan, column: usize) -> &str {
    plan.attributes.get(column).map_or_else(|| plan.field_name(column), |attribute| &attribute.name)
}

/// What a field carries.
pub(crate) fn field(entity: &Entity, position: usize) -> Vec<String> {
    let plan = &entity.plan;
    let Some(column) = plan.columns.get(position) else {
        return plan.derived.get(position - plan.columns.len()).map(derived).unwrap_or_default();
    };
    let (attribute, ty) = place(plan, position);
    let mut line = format!("{}: {}", code(&entity.fields[position].path), column_type(column));
    line.push_str(&format!("; attribute {} of type `{ty}`.", code(&attribute)));
    if column.table != 0 {
        line.push_str(" Read through a foreign key, never written to MySQL.");
    } else if column.generated {
        line.push_str(" Computed by MySQL, never written to it.");
    }
    if let Some(bounds) = column.ty.bounds() {
        line.push_str(&format!(" Holds {bounds}."));
    }
    if let Some(text) = &column.when_null {
        line.push_str(&format!(" {} stands for NULL.", code(text)));
    }
    vec![line]
}

fn column_type(column: &Column) -> String {
    let null = if column.nullable { ", NULL allowed" } else { "" };
    format!("{}{null}", code(&column.ty.to_string()))
}

/// Where an item has a column: its attribute, or `map.member`, and the type there.
fn place(plan: &Plan, column: usize) -> (String, AttributeType) {
    if let Some(attribute) = plan.attributes.get(column) {
        return (attribute.name.to_string(), attribute.ty);
    }
    let members = plan.maps.iter().flat_map(|map| map.members.iter().map(move |member| (map, member)));
    let mut places = members.filter(|(_, member)| member.column == column);
    places.next().map_or_else(
        || (plan.field_name(column).to_owned(), AttributeType::S),
        |(map, member)| (format!("{}.{}", map.name, member.name), member.ty),
    )
}

/// What a field carries that no column does.
fn derived(derived: &Derived) -> Vec<String> {
    let origin = match &derived.source {
        DerivedSource::Computed { .. } => {
            "Worked out of the other fields: what it holds is replaced before every write.".to_owned()
        }
        DerivedSource::Aggregate(Aggregate { function, rows, .. }) => format!(
            "{} over rows of {}, as MySQL says when the row is read; never written to MySQL.",
            function.name(),
            code(&rows.table)
        ),
        DerivedSource::Tree(Tree { parent, .. }) => format!(
            "Of the way up by {}, as MySQL says when the row is read; never written to MySQL.",
            code(parent)
        ),
        DerivedSource::Collection(Collection { rows, limit, .. }) => {
            let most = limit.map(|limit| format!(", at most {limit}")).unwrap_or_default();
            format!(
                "Rows of {}{most}, as MySQL says when the row is read; empty where there are none; never written to MySQL.",
                code(&rows.table)
            )
        }
    };
    let ty = derived.scalar().map_or_else(String::new, |scalar| {
        let null = if scalar.nullable { ", NULL allowed" } else { "" };
        format!("{}{null}; ", code(&scalar.ty.to_string()))
    });
    vec![format!("{ty}attribute {} of type `{}`. {origin}", code(&derived.name), derived.attribute_type())]
}

/// What an element of a collection is.
pub(crate) fn element(entity: &Entity, derived: &Derived, collection: &Collection) -> Vec<String> {
    let rows = code(&collection.rows.table);
    vec![format!("One row of {rows} in {} of {}.", code(&derived.name), structure(entity))]
}

/// What a field of an element carries.
pub(crate) fn member(collection: &Collection, member: &Member) -> Vec<String> {
    let Some(column) = collection.rows.columns.get(member.column) else { return Vec::new() };
    vec![format!("{}: {}; member of type `{}`.", code(&column.name), column_type(column), member.ty)]
}

/// What the method does that says where new ids start.
pub(crate) fn seed(structure: &str, ids: &Ids) -> Vec<String> {
    vec![
        format!("Sets the counter of new ids of {}, in {}, to where MySQL has come to, unless it is further; gives the next id.", code(structure), code(&ids.table)),
        String::new(),
        format!("DynamoDB: `UpdateItem` on {}, one small item. From then on a process takes {} ids at once.", code(&ids.table), ids.block),
        String::new(),
        "MySQL: the table's next AUTO_INCREMENT, not out of a cache. Call it once before DynamoDB hands out ids, and again when MySQL hands out no more.".to_owned(),
        String::new(),
        "# Errors".to_owned(),
        String::new(),
        "This store is not DynamoDB or the other not MySQL, or what a store says.".to_owned(),
    ]
}

/// What `put` asks of each store.
pub(crate) fn put(entity: &Entity) -> Vec<String> {
    let plan = &entity.plan;
    let indexes = match plan.indexes.len() {
        0 => "one item is written".to_owned(),
        1 => "one item is written, and its entry in one index".to_owned(),
        count => format!("one item is written, and its entries in up to {count} indexes"),
    };
    let with = match (plan.markers.is_empty(), plan.references.is_empty(), plan.referrers.is_empty()) {
        (true, true, true) => None,
        (true, true, false) => Some(""),
        (false, true, _) => Some(", and the items that hold its unique keys"),
        (true, false, _) => Some(", and what it points at"),
        (false, false, _) => Some(", the items that hold its unique keys, and what it points at"),
    };
    let asked = match with {
        None => format!("`PutItem` on {}; {indexes}.", code(&plan.table)),
        Some(with) => format!(
            "`GetItem`, then `TransactWriteItems` on {}: {indexes}{with}; again where somebody else wrote meanwhile.",
            code(&plan.table)
        ),
    };
    let unit = if with.is_none() { "a write unit" } else { "two write units" };
    let statements = [Some(sql::lock(plan)), Some(sql::insert(plan)), sql::update(plan)];
    let mut lines = vec![
        format!("Writes this {}, whether it was there before or not.", structure(entity)),
        String::new(),
        format!("DynamoDB: {asked}"),
        String::new(),
        format!("Cost: {unit} for each KB of the item{}, rounded up{}.", held(plan), index_cost(plan)),
        String::new(),
        "MySQL: one transaction; the row is locked, then inserted or updated.".to_owned(),
        String::new(),
    ];
    lines.extend(sql_block(statements.iter().flatten().map(String::as_str)));
    lines.extend(errors());
    lines
}

/// What a write of markers, and of counts, costs beside the item.
fn held(plan: &Plan) -> &'static str {
    match (plan.markers.is_empty(), plan.references.is_empty()) {
        (true, true) => "",
        (false, true) => " and of each item that holds a unique key",
        (true, false) => " and of each item it points at",
        (false, false) => " and of each item that holds a unique key or that it points at",
    }
}

/// What a pattern asks of each store. The first pattern is `get`, by the whole key.
pub(crate) fn pattern(entity: &Entity, pattern: &AccessPattern) -> Vec<String> {
    let plan = &entity.plan;
    let entity = structure(entity);
    let by = codes(fields(plan, &pattern.by));
    let mut lines = match pattern.kind {
        PatternKind::Get => vec![format!("The {entity} with this {by}, if there is one.")],
        PatternKind::List { page } => {
            let order = codes(fields(plan, &pattern.order));
            let order = if order.is_empty() { String::new() } else { format!(", ordered by {order}") };
            vec![format!("Every {entity} with this {by}{order}; {page} in a page unless the caller says.")]
        }
    };
    lines.push(String::new());
    lines.push(format!("DynamoDB: {}", question(plan, pattern)));
    lines.push(String::new());
    lines.push(format!("Cost: {}", cost(pattern)));
    lines.push(String::new());
    lines.push(format!("Freshness: {}", freshness(pattern)));
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
        format!("Every {} in a range of a key, in the key's order, page by page.", structure(entity)),
        String::new(),
    ];
    for key in keys {
        let Some(ranges) = &key.ranges else { continue };
        let delay = if key.index.is_some() { "; an index follows its table with a short delay" } else { "" };
        lines.push(format!(
            "- [`{}::prefix`]: with this {}, by {}{delay}",
            key.name,
            codes(fields(plan, &ranges.partition)),
            codes(fields(plan, &ranges.sort)),
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

/// What DynamoDB is asked.
fn question(plan: &Plan, pattern: &AccessPattern) -> String {
    let table = code(&plan.table);
    let place = match plan.index_of(pattern) {
        Some(index) => format!("index {} of {table}", code(&index.name)),
        None => table,
    };
    match (pattern.kind, pattern.index) {
        (PatternKind::Get, None) => {
            format!("`GetItem` on {place}; one item is read, however large the table.")
        }
        (PatternKind::Get, Some(_)) => {
            format!("`Query` on {place}; at most one item is read, however large the table.")
        }
        (PatternKind::List { .. }, _) => match plan.partitions_asked(pattern) {
            1 => format!("`Query` on {place}, one partition; a page is read with the item after it."),
            shards => format!(
                "`Query` on {place}, all {shards} shards at once; each is read for as many items as a page has, and one more."
            ),
        },
    }
}

/// What a call costs, in DynamoDB's request units: a unit reads 4 KB consistently, half a unit otherwise; what a query
/// reads is added up before it is rounded.
fn cost(pattern: &AccessPattern) -> &'static str {
    match (pattern.kind, pattern.index) {
        (PatternKind::Get, None) => "a read unit for each 4 KB of the item, rounded up.",
        (PatternKind::Get, Some(_)) => "half a read unit for each 4 KB of the item, rounded up.",
        (PatternKind::List { .. }, None) => {
            "a read unit for each 4 KB of the items read, rounded up together, however large the table."
        }
        (PatternKind::List { .. }, Some(_)) => {
            "half a read unit for each 4 KB of the items read, rounded up together, however large the table."
        }
    }
}

/// Whether an answer holds every write before it: the store reads tables consistently, and indexes can't be.
fn freshness(pattern: &AccessPattern) -> &'static str {
    match pattern.index {
        None => "consistent, in both stores: every write that was done is seen.",
        Some(_) => "in DynamoDB an index follows its table with a short delay; MySQL is consistent.",
    }
}

/// What the entries in indexes cost beside the item.
fn index_cost(plan: &Plan) -> &'static str {
    match plan.indexes.len() {
        0 => "",
        1 => ", and as many for its entry in the index if that changes; twice as many if the entry moves",
        _ => ", and as many for each entry in an index that changes; twice as many for one that moves",
    }
}

/// An entity's struct, for the docs of its module.
pub(crate) fn structure(entity: &Entity) -> String {
    link(&entity.rust.name, entity.rust.visibility)
}

/// What fields are called: the parameters of a pattern's method.
fn fields<'a>(plan: &'a Plan, columns: &'a [usize]) -> impl Iterator<Item = &'a str> {
    columns.iter().map(|column| plan.field_name(*column))
}

/// A module's entities as a table: struct, repository, and what it can be asked.
pub(crate) fn entities(contract: &Contract, handle: &str, accessors: &[String]) -> Vec<String> {
    if contract.entities.is_empty() {
        return Vec::new();
    }
    let mut lines =
        ["", "| entity | rows of | items of | repository | asked by |", "| --- | --- | --- | --- | --- |"]
            .map(str::to_owned)
            .to_vec();
    for (entity, accessor) in contract.entities.iter().zip(accessors) {
        let plan = &entity.plan;
        let cell = |text: &str| code(text).replace('|', "\\|");
        let asked: Vec<String> = plan.patterns.iter().map(|pattern| cell(&pattern.name)).collect();
        lines.push(format!(
            "| {} | {} | {} | {} | {} |",
            structure(entity),
            cell(&plan.root),
            cell(&plan.table),
            cell(&format!("{handle}::{accessor}")),
            asked.join(", ")
        ));
    }
    lines
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
