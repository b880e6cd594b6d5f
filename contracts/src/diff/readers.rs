//! Who in a contract depends on a fact of its source.

use migratable_core::List;
use migratable_core::check::Expr;
use migratable_core::plan::{
    ChildRows, Column, Compute, DerivedSource, Join, Plan, TextPart, Tree, TreeValue,
};

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
            let read = contract.entities.iter().filter(|entity| reads(&entity.plan, table));
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
                carried => format!("read by {}", quoted_list(carried)),
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

/// Whether a plan reads a table besides the one its rows are of.
fn reads(plan: &Plan, table: &str) -> bool {
    plan.joins.iter().any(|join| join.table == table)
        || uses(plan).iter().any(|used| used.table == table && table != plan.root)
}

/// `Order.total`, for each attribute that a column is in.
fn carriers(contract: &Contract, table: &str, column: &str) -> Vec<String> {
    let of_column = |used: &Use<'_>| used.table == table && used.column.eq_ignore_ascii_case(column);
    named(contract, of_column)
}

/// `Order.customer`, for each attribute whose path goes through a foreign key, in whichever direction.
fn followers(contract: &Contract, table: &str, columns: &[String]) -> Vec<String> {
    let same = |through: &[&str]| through.iter().copied().eq(columns.iter().map(String::as_str));
    named(contract, |used| used.through.iter().any(|(from, through)| *from == table && same(through)))
}

fn named(contract: &Contract, is_meant: impl Fn(&Use<'_>) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for entity in &contract.entities {
        for used in uses(&entity.plan).iter().filter(|used| is_meant(used)) {
            let name = format!("{}.{}", entity.name, used.what);
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// That something of an entity depends on a column.
struct Use<'p> {
    /// An attribute, or what else of an entity it is, in the contract's words.
    what: &'p str,
    table: &'p str,
    column: &'p str,
    /// The foreign keys on the way, each by its table and its columns.
    through: Vec<(&'p str, Vec<&'p str>)>,
}

/// Tables that hang on one, and what leads to them.
#[derive(Clone, Copy)]
struct Reach<'p> {
    root: &'p str,
    joins: &'p [Join],
}

impl<'p> Reach<'p> {
    /// The table of that number.
    fn table(self, number: usize) -> &'p str {
        match number.checked_sub(1).and_then(|join| self.joins.get(join)) {
            Some(join) => &join.table,
            None => self.root,
        }
    }

    /// The foreign keys on the way to it.
    fn through(self, number: usize) -> Vec<(&'p str, Vec<&'p str>)> {
        let Some(join) = number.checked_sub(1).and_then(|join| self.joins.get(join)) else {
            return Vec::new();
        };
        let mut way = self.through(join.parent);
        way.push((self.table(join.parent), join.on.iter().map(|(from, _)| from.as_ref()).collect()));
        way
    }

    /// A column, and the columns of the foreign keys on the way to it.
    fn uses(self, what: &'p str, table: usize, column: &'p str) -> Vec<Use<'p>> {
        let through = self.through(table);
        let mut found: Vec<Use<'p>> = through
            .iter()
            .flat_map(|(table, columns)| columns.iter().map(|column| (*table, *column)))
            .map(|(table, column)| Use { what, table, column, through: Vec::new() })
            .collect();
        found.push(Use { what, table: self.table(table), column, through });
        found
    }
}

/// Everything of a plan that depends on a column.
fn uses(plan: &Plan) -> Vec<Use<'_>> {
    let own = Reach { root: &plan.root, joins: &plan.joins };
    let column = |what, position: usize| {
        let Column { table, name, .. } = &plan.columns[position];
        own.uses(what, *table, name)
    };
    let mut found = Vec::new();
    for attribute in plan.attributes.iter() {
        found.extend(column(&attribute.name, attribute.column));
    }
    for map in plan.maps.iter() {
        found.extend(map.members.iter().flat_map(|member| column(&map.name, member.column)));
    }
    for derived in plan.derived.iter() {
        let what = derived.name.as_ref();
        match &derived.source {
            DerivedSource::Computed { compute, scalar: _ } => {
                found.extend(computed(compute).into_iter().flat_map(|position| column(what, position)));
            }
            DerivedSource::Aggregate(aggregate) => found.extend(of_rows(what, own, &aggregate.rows)),
            DerivedSource::Collection(collection) => found.extend(of_rows(what, own, &collection.rows)),
            DerivedSource::Tree(Tree { table, key, parent, value, scalar: _ }) => {
                let take = match value {
                    TreeValue::Path { take, join: _ } => Some(take),
                    TreeValue::Depth => None,
                };
                let columns = [key, parent].into_iter().chain(take);
                found.extend(columns.flat_map(|name| own.uses(what, *table, name)));
                // The way up a tree is a foreign key of the table to itself.
                let through = vec![(own.table(*table), vec![parent.as_ref()])];
                found.push(Use { what, table: own.table(*table), column: parent, through });
            }
        }
    }
    if let Some(filter) = &plan.filter {
        found.extend(columns_of(&filter.rule).into_iter().flat_map(|position| column("where", position)));
    }
    for marker in plan.markers.iter() {
        let keys = std::iter::once(&marker.partition).chain(marker.sort.as_ref());
        found.extend(plan.columns_of(keys).into_iter().flat_map(|position| column("unique", position)));
    }
    found
}

/// What rows of another table are read for.
fn of_rows<'p>(what: &'p str, own: Reach<'p>, rows: &'p ChildRows) -> Vec<Use<'p>> {
    let ChildRows { table, on, joins, columns, filter: _ } = rows;
    let reach = Reach { root: table, joins };
    let backwards = vec![(table.as_ref(), on.iter().map(|(_, theirs)| theirs.as_ref()).collect())];
    let mut found: Vec<Use<'p>> =
        columns.iter().flat_map(|column| reach.uses(what, column.table, &column.name)).collect();
    for (mine, theirs) in on.iter() {
        found.push(Use { what, table: own.root, column: mine, through: Vec::new() });
        found.push(Use { what, table, column: theirs, through: backwards.clone() });
    }
    found
}

/// The columns a value is worked out of.
fn computed(compute: &Compute) -> Vec<usize> {
    let of_parts = |parts: &List<TextPart>| -> Vec<usize> {
        let column = |part: &TextPart| match part {
            TextPart::Literal(_) => None,
            TextPart::Column(column) | TextPart::Time { column, .. } | TextPart::Padded { column, .. } => {
                Some(*column)
            }
        };
        parts.iter().filter_map(column).collect()
    };
    match compute {
        Compute::Text(parts) => of_parts(parts),
        Compute::Case { arms, otherwise } => {
            let arms =
                arms.iter().flat_map(|(condition, parts)| [columns_of(condition), of_parts(parts)].concat());
            arms.chain(otherwise.iter().flat_map(of_parts)).collect()
        }
        Compute::Moment { column, .. } => vec![*column],
    }
}

/// The columns of an expression.
fn columns_of(expression: &Expr) -> Vec<usize> {
    match expression {
        Expr::Column(position) => vec![*position],
        Expr::Apply { operands, .. } => operands.iter().flat_map(columns_of).collect(),
        Expr::Null
        | Expr::Number { .. }
        | Expr::Text(_)
        | Expr::Date(_)
        | Expr::DateTime(_)
        | Expr::Time(_) => Vec::new(),
    }
}

/// What is to be said of columns that no entity carries.
fn dropped(contract: &Contract, table: &str, columns: &[String]) -> String {
    let reason = |name: &String| {
        rooted(contract, table).find_map(|entity| {
            let (_, why) = entity.dropped.iter().find(|(what, _)| what == name)?;
            Some(format!("no entity reads it: `{}` drops it ({why})", entity.name))
        })
    };
    columns.iter().find_map(reason).unwrap_or_else(|| "no entity reads it".to_owned())
}
