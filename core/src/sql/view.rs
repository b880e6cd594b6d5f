//! Items as a view, for people who look at them before anything moves. Nothing in it depends on the session's time zone.

use super::computed::{NoForm, as_in_items, characters, compute, has_form, or_else, typed, typed_as};
use super::derived::{order, rows_where};
use super::expression::{literal, render};
use super::key::{part, template};
use super::{push_joins, quote};
use crate::Text;
use crate::dynamodb::ENTITY_ATTRIBUTE;
use crate::mysql::MySqlType;
use crate::plan::{
    Aggregate, ChildRows, Collection, CollectionForm, Column, DerivedSource, KeySource, Member, Plan, Tree,
    TreeValue,
};

/// The most characters a column's or a view's name has in MySQL.
pub const MAX_NAME: usize = 64;

/// What stands between a collection's elements before they are counted: JSON never has it as it is.
const BETWEEN: &str = "X'1E'";

/// An entity's items as a view: a column for each attribute, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// CREATE OR REPLACE VIEW, without an end.
    pub sql: String,
    /// The attributes that are not in it.
    pub left_out: Vec<LeftOut>,
}

/// An attribute that has no form in SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub attribute: Text,
    /// Why.
    pub reason: &'static str,
}

/// The view of a plan's items. A NULL is an absent attribute. Maps, lists and sets are JSON, in which null is an absent
/// member and bytes are hex digits. A value that would be an error of its row is NULL, or what MySQL makes of it.
pub fn view(plan: &Plan, name: &str) -> View {
    let mut columns: Vec<(&str, String)> = Vec::new();
    let mut left_out = Vec::new();
    for (attribute, form) in forms(plan) {
        let known = |other: &(&str, String)| other.0.to_lowercase() == attribute.to_lowercase();
        let form = match form {
            Ok(_) if attribute.chars().count() > MAX_NAME => Err("its name is too long for a column"),
            Ok(_) if attribute.ends_with(' ') || attribute.contains('\0') => {
                Err("a column can't have its name")
            }
            Ok(_) if columns.iter().any(known) => Err("MySQL holds its name to be another attribute's"),
            form => form,
        };
        match form {
            Ok(sql) => columns.push((attribute, sql)),
            Err(reason) => left_out.push(LeftOut { attribute: attribute.to_owned().into(), reason }),
        }
    }
    let columns: Vec<String> =
        columns.iter().map(|(name, sql)| format!("  {sql} AS {}", quote(name))).collect();
    let mut sql = format!("CREATE OR REPLACE VIEW {} AS\n", quote(name));
    let trees: Vec<String> = plan
        .derived
        .iter()
        .enumerate()
        .filter_map(|(at, derived)| {
            let DerivedSource::Tree(tree) = &derived.source else { return None };
            Some(ways(plan, at, tree))
        })
        .collect();
    if !trees.is_empty() {
        sql.push_str(&format!("WITH RECURSIVE {}\n", trees.join(",\n")));
    }
    sql.push_str(&format!("SELECT\n{}\n FROM {} AS t0", columns.join(",\n"), quote(&plan.root)));
    push_joins(&mut sql, &plan.joins, "t");
    if let Some(filter) = &plan.filter {
        let rule = render(&filter.rule, &|at| plan.columns.get(at).map_or_else(|| "NULL".to_owned(), typed));
        sql.push_str(&format!("\n WHERE {rule}"));
    }
    View { sql, left_out }
}

/// Every attribute with its form: keys first, then in the order of items.
fn forms(plan: &Plan) -> Vec<(&str, Result<String, NoForm>)> {
    let mut forms = Vec::new();
    for key in plan.places().built() {
        let form = match &key.source {
            KeySource::Template(found) => template(plan, found),
            KeySource::Attribute(at) => plan
                .attributes
                .get(*at)
                .map_or(Err("it is of another plan"), |found| column(plan, found.column)),
        };
        forms.push((key.name.as_ref(), form));
    }
    for attribute in plan.attributes.iter() {
        forms.push((attribute.name.as_ref(), column(plan, attribute.column)));
    }
    for map in plan.maps.iter() {
        forms.push((map.name.as_ref(), Ok(object(&map.members, &plan.columns, "t"))));
    }
    for (at, derived) in plan.derived.iter().enumerate() {
        let alias = format!("d{at}_");
        let form = match &derived.source {
            DerivedSource::Computed { compute: how, scalar } => {
                compute(plan, how).and_then(|value| written(&scalar.ty, value))
            }
            DerivedSource::Aggregate(found) => written(&found.scalar.ty, aggregate(found, &alias)),
            DerivedSource::Collection(found) => collection(found, &alias),
            DerivedSource::Tree(tree) => {
                Ok(format!("(SELECT w.v FROM w{at} AS w WHERE w.k = t{}.{})", tree.table, quote(&tree.key)))
            }
        };
        forms.push((derived.name.as_ref(), form));
    }
    forms.push((ENTITY_ATTRIBUTE, Ok(literal(&plan.entity))));
    forms
}

fn column(plan: &Plan, at: usize) -> Result<String, NoForm> {
    let column = has_form(plan.columns.get(at).ok_or("it is of another plan")?)?;
    written(&column.ty, typed(column))
}

/// A value as items write it; numbers and bytes as MySQL shows them.
fn written(ty: &MySqlType, value: String) -> Result<String, NoForm> {
    match ty {
        MySqlType::DateTime { .. } | MySqlType::Timestamp { .. } => as_in_items(ty, &value),
        MySqlType::Bit { .. } => Ok(format!("CAST({value} AS UNSIGNED)")),
        _ => Ok(value),
    }
}

/// A value as JSON takes it: numbers as they are, texts in UTF-8, bytes in hex.
fn json(ty: &MySqlType, value: &str) -> String {
    match ty {
        MySqlType::Int { .. }
        | MySqlType::Decimal { .. }
        | MySqlType::Float { .. }
        | MySqlType::Double { .. } => value.to_owned(),
        MySqlType::Bit { .. } | MySqlType::Year => format!("CAST({value} AS UNSIGNED)"),
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => {
            format!("LOWER(HEX({value}))")
        }
        _ => as_in_items(ty, value).unwrap_or_else(|_| characters(value)),
    }
}

fn object(members: &[Member], columns: &[Column], alias: &str) -> String {
    let member = |member: &Member| {
        let column = columns.get(member.column)?;
        Some(format!("{}, {}", literal(&member.name), json(&column.ty, &typed_as(alias, column))))
    };
    format!("JSON_OBJECT({})", members.iter().filter_map(member).collect::<Vec<_>>().join(", "))
}

fn child(rows: &ChildRows, alias: &str, at: usize) -> String {
    rows.columns.get(at).map_or_else(|| "NULL".to_owned(), |column| typed_as(alias, column))
}

fn aggregate(aggregate: &Aggregate, alias: &str) -> String {
    let rows = &aggregate.rows;
    let of = match &aggregate.of {
        None => "*".to_owned(),
        Some(of) => render(of, &|at| child(rows, alias, at)),
    };
    let value = format!("{}({of})", aggregate.function.name());
    let value = or_else(&aggregate.scalar.ty, value, aggregate.when_null.as_deref());
    format!("(SELECT {value}{})", rows_where(rows, alias, &|at| child(rows, alias, at)))
}

fn collection(collection: &Collection, alias: &str) -> Result<String, NoForm> {
    let rows = &collection.rows;
    let one = |member: &Member| -> Result<String, NoForm> {
        let column = rows.columns.get(member.column).ok_or("it is of another plan")?;
        let value = format!("JSON_ARRAY({})", json(&column.ty, &typed_as(alias, column)));
        // Without the brackets: the one value as JSON.
        Ok(format!("SUBSTRING({value}, 2, CHAR_LENGTH({value}) - 2)"))
    };
    let (open, element, close) = match &collection.form {
        CollectionForm::List(members) => ('[', object(members, &rows.columns, alias), ']'),
        CollectionForm::Map { key, members } => {
            let column = rows.columns.get(*key).ok_or("it is of another plan")?;
            let key = part(&column.ty, &typed_as(alias, column), false)?;
            let element =
                format!("CONCAT(JSON_QUOTE({key}), ':', {})", object(members, &rows.columns, alias));
            ('{', element, '}')
        }
        CollectionForm::Values(member) | CollectionForm::Set(member) => ('[', one(member)?, ']'),
    };
    let mut from = rows_where(rows, alias, &|at| child(rows, alias, at));
    if let CollectionForm::Values(member) | CollectionForm::Set(member) = &collection.form {
        from.push_str(&format!(" AND {} IS NOT NULL", child(rows, alias, member.column)));
    }
    let order = order(collection, alias);
    let all = match collection.limit {
        None => format!("GROUP_CONCAT({element}{order} SEPARATOR ',')"),
        Some(limit) => format!(
            "REPLACE(SUBSTRING_INDEX(GROUP_CONCAT({element}{order} SEPARATOR {BETWEEN}), _utf8mb4 {BETWEEN}, {limit}), _utf8mb4 {BETWEEN}, ',')"
        ),
    };
    Ok(format!("(SELECT CONCAT('{open}', IFNULL({all}, ''), '{close}'){from})"))
}

/// The ways from every root of a tree down, as a recursive common table expression. Rows that go in a circle have no root, so
/// they are not in it.
fn ways(plan: &Plan, at: usize, tree: &Tree) -> String {
    let (table, key, parent) = (quote(&plan.table_name(tree.table)), quote(&tree.key), quote(&tree.parent));
    let (first, next) = match &tree.value {
        TreeValue::Depth => ("0".to_owned(), "w.v + 1".to_owned()),
        TreeValue::Path { take, join } => {
            let name = format!("CONVERT(n.{} USING utf8mb4)", quote(take));
            // A recursive column has the width of its first row.
            (format!("CAST({name} AS CHAR(8000))"), format!("CONCAT(w.v, {}, {name})", literal(join)))
        }
    };
    format!(
        "w{at} (k, v) AS (SELECT n.{key}, {first} FROM {table} AS n LEFT JOIN {table} AS p ON p.{key} = n.{parent} \
         WHERE p.{key} IS NULL UNION ALL SELECT n.{key}, {next} FROM {table} AS n JOIN w{at} AS w ON n.{parent} = w.k)"
    )
}
