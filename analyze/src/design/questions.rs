//! Which questions the application is expected to ask of an entity, and how its table or an index answers each.

use super::facts::{Reference, Table, sorted};
use super::keys::{self, End, KeyAttribute, Refusal, Template};
use super::roles::ItemKey;
use super::{Layout, names};

/// One question.
#[derive(Clone, Debug)]
pub(crate) struct Question<'a> {
    /// Where it comes from.
    pub(crate) origin: Origin<'a>,
    /// The columns it is asked by.
    pub(crate) by: Vec<usize>,
}

/// Where a question comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'a> {
    /// A row by its primary key.
    PrimaryKey,
    /// A row by the unique key of this name.
    Unique(&'a str),
    /// The rows that point at another one.
    ForeignKey(&'a Reference<'a>),
}

/// What answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The table itself.
    Table,
    /// An index with this key.
    Index { partition: Vec<KeyAttribute>, sort: Vec<KeyAttribute> },
}

/// Where an entity's items are: what keys of its indexes have to look like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The layout.
    pub(crate) layout: Layout,
    /// Whether other entities' items are in the same DynamoDB table.
    pub(crate) shared: bool,
    /// What the entity's keys begin with.
    pub(crate) prefix: &'a str,
}

impl Question<'_> {
    /// Whether the answer is a list.
    pub(crate) const fn is_list(&self) -> bool {
        matches!(self.origin, Origin::ForeignKey(_))
    }

    /// The method's name, before it is made unique.
    pub(crate) fn method(&self, table: &Table<'_>) -> String {
        match self.origin {
            Origin::ForeignKey(reference) => {
                names::list_method(&reference.source.columns, &reference.source.table)
            }
            _ => names::get_method(table.names(&self.by)),
        }
    }
}

/// The questions of an entity: by primary key, by each unique key, by each foreign key.
///
/// Not asked twice: a key that holds another one names a row the other has named already, and a foreign key that holds
/// a key of the table points from one row at most. The implicit `get` asks by the item's key, so a child whose
/// item key is its primary key has no second one; but one question at least is said of each.
pub(crate) fn of<'a>(table: &'a Table<'a>, key: &ItemKey, is_root: bool) -> Vec<Question<'a>> {
    let mut questions = Vec::new();
    let item_is_row = sorted(&key.columns()) == sorted(&table.primary_key);
    if is_root || !item_is_row {
        questions.push(Question { origin: Origin::PrimaryKey, by: table.primary_key.clone() });
    }
    let mut asked = vec![sorted(&table.primary_key)];
    for (name, columns) in &table.unique {
        let set = sorted(columns);
        if !asked.iter().any(|key| key.iter().all(|at| set.contains(at))) {
            asked.push(set);
            questions.push(Question { origin: Origin::Unique(name), by: columns.clone() });
        }
    }
    for reference in &table.foreign_keys {
        if !table.names_one_row(&reference.columns) {
            questions.push(Question { origin: Origin::ForeignKey(reference), by: reference.columns.clone() });
        }
    }
    if questions.is_empty() {
        questions.push(Question { origin: Origin::PrimaryKey, by: table.primary_key.clone() });
    }
    questions
}

/// What answers a question, or why nothing can.
pub(crate) fn answer(
    table: &Table<'_>,
    key: &ItemKey,
    question: &Question<'_>,
    place: Place<'_>,
) -> Result<Answer, Refusal> {
    if question.is_list() {
        list(table, key, &question.by, place)
    } else if sorted(&key.columns()) == sorted(&question.by) {
        Ok(Answer::Table)
    } else {
        Ok(Answer::Index { partition: partition(table, &question.by, place)?, sort: Vec::new() })
    }
}

/// A list is in the order of the primary key, which makes it one no row can fall out of between two pages.
fn list(table: &Table<'_>, key: &ItemKey, by: &[usize], place: Place<'_>) -> Result<Answer, Refusal> {
    let order: Vec<usize> = table.primary_key.iter().copied().filter(|at| !by.contains(at)).collect();
    keys::check_order(table, &order)?;
    if is_collection(key, by) {
        return Ok(Answer::Table);
    }
    let sort = match place.shared {
        true => template(table, &keys::own_prefix(table, &order), &order, End::Sort)?,
        false => keys::own_index_end(table, &order, End::Sort)?,
    };
    Ok(Answer::Index { partition: partition(table, by, place)?, sort })
}

/// Whether the rows are a stretch of one partition of the table: `by` is its partition key, and maybe the start of its
/// sort key.
fn is_collection(key: &ItemKey, by: &[usize]) -> bool {
    let partition = key.partition.columns();
    let sort = key.sort.as_ref().map(KeyAttribute::columns).unwrap_or_default();
    let fixed: Vec<usize> = by.iter().copied().filter(|at| !partition.contains(at)).collect();
    let starts = sort.get(..fixed.len()).is_some_and(|start| sorted(start) == sorted(&fixed));
    partition.iter().all(|at| by.contains(at)) && starts
}

/// An index's partition. In a table of several entities it is a template that begins with the entity, so that one
/// index can serve them all without mixing them.
fn partition(table: &Table<'_>, by: &[usize], place: Place<'_>) -> Result<Vec<KeyAttribute>, Refusal> {
    match (place.shared, place.layout) {
        (false, _) => keys::own_index_end(table, by, End::Partition),
        // The index's name doesn't say what it is asked by, so the key does.
        (true, Layout::SingleTable) => {
            let columns: Vec<String> = table.names(by).into_iter().map(names::prefix).collect();
            template(table, &format!("{}#{}", place.prefix, columns.join("_AND_")), by, End::Partition)
        }
        (true, _) => template(table, place.prefix, by, End::Partition),
    }
}

fn template(
    table: &Table<'_>,
    prefix: &str,
    columns: &[usize],
    end: End,
) -> Result<Vec<KeyAttribute>, Refusal> {
    Ok(vec![KeyAttribute::Template(Template::new(table, prefix, columns, end)?)])
}
