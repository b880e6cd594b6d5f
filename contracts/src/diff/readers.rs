//! Who in a contract depends on a fact of its source.

use migratable_core::plan::Plan;

use crate::language::quoted_list;
use crate::model::{Contract, Entity};

/// What a change of the source is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The server.
    Server,
    /// A table as a whole.
    Table(String),
    /// Columns of a table.
    Columns(String, Vec<String>),
    /// A foreign key of a table, by its columns.
    ForeignKey(String, Vec<String>),
    /// The primary key of a table, whose columns are these.
    PrimaryKey(String, Vec<String>),
    /// A unique key of a table, over these columns.
    Unique(String, Vec<String>),
    /// A CHECK of a table.
    Check(String, String),
    /// What runs beside the tables, or answers faster: no entity is made of it.
    Beside,
}

/// What the entities of a contract have to do with it, in one sentence. Empty where there is nothing to say.
pub(super) fn sentence(contract: &Contract, about: &About) -> String {
    match about {
        About::Server | About::Beside => String::new(),
        About::Table(table) => {
            let made: Vec<&str> = rooted(contract, table).map(|entity| entity.name.as_str()).collect();
            let read = contract.entities.iter().filter(|entity| joins(&entity.plan, table));
            let read: Vec<&str> = read.map(|entity| entity.name.as_str()).collect();
            match (&made[..], &read[..]) {
                ([], []) => "no entity reads it".to_owned(),
                ([], read) => format!("its rows are read by {}", quoted_list(read)),
                (made, []) => format!("its rows are the items of {}", quoted_list(made)),
                (made, read) => {
                    format!(
                        "its rows are the items of {}, and read by {}",
                        quoted_list(made),
                        quoted_list(read)
                    )
                }
            }
        }
        About::Columns(table, columns) => {
            let carried: Vec<String> =
                columns.iter().flat_map(|name| carriers(contract, table, name)).collect();
            match carried.as_slice() {
                [] => dropped(contract, table, columns),
                carried => format!("carried by {}", quoted_list(carried)),
            }
        }
        About::PrimaryKey(table, _) => match names(rooted(contract, table)) {
            none if none.is_empty() => "no entity's rows are told apart by it".to_owned(),
            made => format!("it tells the rows of {made} apart, so item keys are made of it"),
        },
        About::Unique(table, columns) => {
            let carried: Vec<String> =
                columns.iter().flat_map(|name| carriers(contract, table, name)).collect();
            match carried.as_slice() {
                [] => "no entity carries its columns".to_owned(),
                carried => format!("keys and `get`s of {} may rest on it", quoted_list(carried)),
            }
        }
        About::ForeignKey(table, columns) => {
            let through: Vec<String> = followers(contract, table, columns);
            match through.as_slice() {
                [] => "no path goes through it".to_owned(),
                through => format!("the paths of {} go through it", quoted_list(through)),
            }
        }
        About::Check(table, check) => {
            let enforced = |entity: &&Entity| entity.plan.checks.iter().any(|own| own.name == *check);
            match names(rooted(contract, table).filter(enforced)) {
                none if none.is_empty() => "no entity checks it before it writes".to_owned(),
                checked => format!("{checked} checks it before each write"),
            }
        }
    }
}

/// The entities made from a table's rows.
pub(super) fn rooted<'c>(contract: &'c Contract, table: &str) -> impl Iterator<Item = &'c Entity> {
    contract.entities.iter().filter(move |entity| entity.plan.root == table)
}

fn names<'c>(entities: impl Iterator<Item = &'c Entity>) -> String {
    let names: Vec<&str> = entities.map(|entity| entity.name.as_str()).collect();
    if names.is_empty() { String::new() } else { quoted_list(&names) }
}

fn joins(plan: &Plan, table: &str) -> bool {
    plan.joins.iter().any(|join| join.table == table)
}

/// The table a plan calls by that number.
fn table_of(plan: &Plan, number: usize) -> &str {
    match number.checked_sub(1).and_then(|join| plan.joins.get(join)) {
        Some(join) => &join.table,
        None => &plan.root,
    }
}

/// `Order.total`, for each attribute that carries a column.
fn carriers(contract: &Contract, table: &str, column: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entity in &contract.entities {
        let plan = &entity.plan;
        for attribute in plan.attributes.iter() {
            let read = &plan.columns[attribute.column];
            if read.name.eq_ignore_ascii_case(column) && table_of(plan, read.table) == table {
                found.push(format!("{}.{}", entity.name, attribute.name));
            }
        }
    }
    found
}

/// `Order.customer`, for each attribute whose path goes through a foreign key.
fn followers(contract: &Contract, table: &str, columns: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for entity in &contract.entities {
        let plan = &entity.plan;
        let through = |mut number: usize| loop {
            let Some(join) = number.checked_sub(1).and_then(|join| plan.joins.get(join)) else {
                return false;
            };
            let on = join.on.iter().map(|(from, _)| from.as_ref());
            if table_of(plan, join.parent) == table && on.eq(columns.iter().map(String::as_str)) {
                return true;
            }
            number = join.parent;
        };
        for attribute in plan.attributes.iter() {
            if through(plan.columns[attribute.column].table) {
                found.push(format!("{}.{}", entity.name, attribute.name));
            }
        }
    }
    found
}

/// What is to be said of columns that no entity carries.
fn dropped(contract: &Contract, table: &str, columns: &[String]) -> String {
    let reason = |name: &String| {
        rooted(contract, table).find_map(|entity| {
            let (_, why) = entity.dropped.iter().find(|(what, _)| what == name)?;
            Some(format!("no entity carries it: `{}` drops it ({why})", entity.name))
        })
    };
    columns.iter().find_map(reason).unwrap_or_else(|| "no entity carries it".to_owned())
}
