//! Joins: from SQL conditions to the foreign keys that say the same, or to relations where none does.

use migratable_analyze::sql::{ColumnName, Expression, Form};
use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, suggest};
use migratable_contract::source::SourceTable;

use super::model::Text;
use super::source::{self, Path, Position, Source, foreign_key};

/// A join that no foreign key of one column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// The table whose rows point.
    pub(super) table: String,
    pub(super) name: String,
    /// The table they point at.
    pub(super) to: String,
    /// Pointing column, column pointed at.
    pub(super) on: Vec<(String, String)>,
}

/// Finds what joins mean, and keeps the relations that they need.
pub(super) struct Joins<'s> {
    pub(super) source: Source<'s>,
    pub(super) relations: Vec<Relation>,
}

/// A join to be found: from where, to what, by which conditions.
pub(super) struct Asked<'a, 's> {
    pub(super) from: &'a Position<'s>,
    pub(super) target: &'s SourceTable,
    pub(super) conditions: &'a [&'a Text],
    /// What the target is called besides.
    pub(super) alias: Option<&'a Text>,
    /// Whether the target's rows point here, and are many, not the other way round.
    pub(super) many: bool,
}

/// What a join's conditions say: pairs of a column here and one in the target.
pub(super) enum Said {
    /// Columns here, columns there.
    Pairs(Vec<(String, String)>),
    /// A column equals itself.
    Tautology,
}

/// Rows that point at a row.
#[derive(Clone, Debug)]
pub(super) struct Children<'s> {
    pub(super) table: &'s SourceTable,
    /// The foreign key's column, or a relation's name.
    pub(super) by: String,
}

type Findings = Vec<Diagnostic>;

impl<'s> Joins<'s> {
    /// The table that a text names.
    pub(super) fn table(&self, name: &Text, findings: &mut Findings) -> Option<&'s SourceTable> {
        let found = self.source.table(&name.value);
        if found.is_none() {
            let names = self.source.schema.tables.iter().map(|table| table.name.as_str());
            let help = match suggest(&name.value, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "give the DDL that creates it, or name a table that it creates".to_owned(),
            };
            findings.push(
                Diagnostic::error(
                    codes::IMPORT_UNKNOWN_TABLE,
                    format!("the DDL has no table `{}`", name.value),
                )
                .label(name.place.clone(), "not in the DDL")
                .help(help),
            );
        }
        found
    }

    /// What the conditions say.
    pub(super) fn said(&self, asked: &Asked<'_, 's>, findings: &mut Findings) -> Option<Said> {
        let mut pairs = Vec::new();
        for condition in asked.conditions {
            let equations = match Expression::read(&condition.value).map(|read| read.form) {
                Ok(Form::Join(equations)) => equations,
                Ok(_) => {
                    findings.push(no_join(condition, "it is no equation of two columns"));
                    return None;
                }
                Err(error) => {
                    findings.push(no_join(condition, &error.to_string()));
                    return None;
                }
            };
            for (left, right) in &equations {
                match pair(asked, condition, left, right, findings)? {
                    Said::Pairs(found) => pairs.extend(found),
                    Said::Tautology => return Some(Said::Tautology),
                }
            }
        }
        Some(Said::Pairs(pairs))
    }

    /// The one row that pairs of columns lead to.
    pub(super) fn follow(
        &mut self,
        asked: &Asked<'_, 's>,
        pairs: &[(String, String)],
        findings: &mut Findings,
    ) -> Option<Position<'s>> {
        let Asked { from, target, .. } = *asked;
        let columns: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let may_be_null = |name: &str| source::column(from.table, name).is_some_and(|column| column.nullable);
        let nullable = columns.iter().any(|(here, _)| may_be_null(here));
        let key = foreign_key(from.table, &target.name, &columns);
        if let Some(there) = key.and_then(|key| from.by_key(key, target)) {
            return Some(there);
        }
        let there: Vec<&str> = columns.iter().map(|(_, there)| *there).collect();
        let place = &asked.conditions.first()?.place;
        if !source::is_unique(target, &there) {
            let message =
                format!("several rows of `{}` may have the same {}", target.name, there.join(" and "));
            findings.push(
                Diagnostic::error(codes::IMPORT_JOIN_MANY, message)
                    .label(place.clone(), "a join to one row")
                    .help("join by the primary key or a unique key, or collect the rows into a list"),
            );
            return None;
        }
        if key.is_none() {
            findings.push(no_foreign_key(asked, &target.name));
        }
        let name = self.relation(from.table, target, pairs);
        Some(from.step(&name, target, nullable || key.is_none()))
    }

    /// The rows that point at the row by pairs of columns: one of the row, one of theirs.
    pub(super) fn children(
        &mut self,
        asked: &Asked<'_, 's>,
        pairs: &[(String, String)],
        findings: &mut Findings,
    ) -> Option<Children<'s>> {
        let Asked { from, target, .. } = *asked;
        let theirs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (b.as_str(), a.as_str())).collect();
        let key = foreign_key(target, &from.table.name, &theirs);
        if let (Some(_), [(column, _)]) = (key, &theirs[..]) {
            return Some(Children { table: target, by: (*column).to_owned() });
        }
        let here: Vec<&str> = theirs.iter().map(|(_, here)| *here).collect();
        if !source::is_unique(from.table, &here) {
            let message =
                format!("several rows of `{}` may have the same {}", from.table.name, here.join(" and "));
            findings.push(
                Diagnostic::error(codes::IMPORT_JOIN_MANY, message)
                    .label(asked.conditions.first()?.place.clone(), "rows would be in several collections")
                    .help("collect rows that point at this row's primary key or unique key"),
            );
            return None;
        }
        if key.is_none() {
            findings.push(no_foreign_key(asked, &from.table.name));
        }
        let swapped: Vec<(String, String)> = pairs.iter().map(|(a, b)| (b.clone(), a.clone())).collect();
        Some(Children { table: target, by: self.relation(target, from.table, &swapped) })
    }

    /// The relation's name: the same join has one.
    fn relation(&mut self, table: &SourceTable, to: &SourceTable, on: &[(String, String)]) -> String {
        let same = |other: &&Relation| other.table == table.name && other.to == to.name && other.on == on;
        if let Some(found) = self.relations.iter().find(same) {
            return found.name.clone();
        }
        let wish = migratable_analyze::design::names::attribute(
            migratable_analyze::design::names::entity(&to.name).as_str(),
        );
        let taken = |name: &str| {
            source::column(table, name).is_some()
                || self.relations.iter().any(|other| other.table == table.name && other.name == name)
        };
        let numbered = (2..).map(|number| format!("{wish}_{number}"));
        let name = std::iter::once(wish.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(wish);
        self.relations.push(Relation {
            table: table.name.clone(),
            name: name.clone(),
            to: to.name.clone(),
            on: on.to_vec(),
        });
        name
    }
}

/// Which of an equation's columns is here and which is in the target.
fn pair(
    asked: &Asked<'_, '_>,
    condition: &Text,
    left: &ColumnName,
    right: &ColumnName,
    findings: &mut Findings,
) -> Option<Said> {
    let here =
        |column: &ColumnName| is_of(column, &asked.from.table.name, None) && has(asked.from.table, column);
    let there =
        |column: &ColumnName| is_of(column, &asked.target.name, asked.alias) && has(asked.target, column);
    let named = |here: &ColumnName, there: &ColumnName| {
        let name = |table: &SourceTable, column: &ColumnName| {
            source::column(table, &column.name).map_or_else(String::new, |column| column.name.clone())
        };
        (name(asked.from.table, here), name(asked.target, there))
    };
    // A self-join names its target by the alias alone.
    let aliased = |column: &ColumnName| {
        let alias = asked.alias.map(|alias| alias.value.as_str());
        alias.is_some() && column.table.as_deref() == alias
    };
    let (mut one, mut other) = (here(left) && there(right), here(right) && there(left));
    if aliased(left) != aliased(right) {
        (one, other) = (one && aliased(right), other && aliased(left));
    }
    match (one, other) {
        (true, false) => Some(Said::Pairs(vec![named(left, right)])),
        (false, true) => Some(Said::Pairs(vec![named(right, left)])),
        (false, false) => {
            findings.push(unrelated(asked, condition, left, right));
            None
        }
        (true, true) if left.name.eq_ignore_ascii_case(&right.name) => Some(Said::Tautology),
        (true, true) => by_foreign_key(asked, condition, [named(left, right), named(right, left)], findings),
    }
}

/// A condition that can be read both ways: what a foreign key says is meant.
fn by_foreign_key(
    asked: &Asked<'_, '_>,
    condition: &Text,
    ways: [(String, String); 2],
    findings: &mut Findings,
) -> Option<Said> {
    let says = |(here, there): &(String, String)| {
        if asked.many {
            foreign_key(asked.target, &asked.from.table.name, &[(there, here)]).is_some()
        } else {
            foreign_key(asked.from.table, &asked.target.name, &[(here, there)]).is_some()
        }
    };
    let [one, other] = ways;
    let found = if says(&one) { one } else { other };
    if !says(&found) {
        findings.push(no_join(
            condition,
            "its two columns are of one table, and no foreign key says which is whose",
        ));
        return None;
    }
    let message = format!("`{}` is joined to itself without an alias", asked.target.name);
    findings.push(
        Diagnostic::warning(codes::IMPORT_JOIN_ALIAS, message)
            .label(condition.place.clone(), "read as SQL, it compares two columns of one row")
            .help("nothing is to be done: it is imported as the foreign key between the two columns"),
    );
    Some(Said::Pairs(vec![found]))
}

fn is_of(column: &ColumnName, table: &str, alias: Option<&Text>) -> bool {
    match &column.table {
        None => true,
        Some(name) => name.eq_ignore_ascii_case(table) || alias.is_some_and(|alias| alias.value == *name),
    }
}

fn has(table: &SourceTable, column: &ColumnName) -> bool {
    source::column(table, &column.name).is_some()
}

/// A condition that can't be used.
fn no_join(condition: &Text, reason: &str) -> Diagnostic {
    Diagnostic::error(codes::IMPORT_SQL, format!("the join's condition can't be used: {reason}"))
        .label(condition.place.clone(), "no join")
        .help("write `target.column = table.column`, joined by AND where there are several")
}

/// Neither reading of an equation names columns that are there.
fn unrelated(asked: &Asked<'_, '_>, condition: &Text, left: &ColumnName, right: &ColumnName) -> Diagnostic {
    for column in [left, right] {
        for table in [asked.from.table, asked.target] {
            let alias = asked.alias.filter(|_| std::ptr::eq(table, asked.target));
            if column.table.is_some() && is_of(column, &table.name, alias) && !has(table, column) {
                return unknown_column(condition, table, &column.name);
            }
        }
    }
    let strange = [left, right].into_iter().find_map(|column| {
        let name = column.table.as_deref()?;
        let alias = asked.alias.is_some_and(|alias| alias.value == name);
        let known = name.eq_ignore_ascii_case(&asked.from.table.name)
            || name.eq_ignore_ascii_case(&asked.target.name)
            || alias;
        (!known).then_some(name)
    });
    let reason = match strange {
        Some(name) => format!("`{name}` is neither of the two tables, and no alias"),
        None => format!("it doesn't join `{}` to `{}`", asked.from.table.name, asked.target.name),
    };
    no_join(condition, &reason)
}

/// What to say of a column that isn't there.
pub(super) fn unknown_column(text: &Text, table: &SourceTable, name: &str) -> Diagnostic {
    let names = table.columns.iter().map(|column| column.name.as_str());
    let help = match suggest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("name a column of `{}`", table.name),
    };
    Diagnostic::error(codes::IMPORT_UNKNOWN_COLUMN, format!("`{}` has no column `{name}`", table.name))
        .label(text.place.clone(), "not in the DDL")
        .help(help)
}

/// A join that nothing but the file says.
fn no_foreign_key(asked: &Asked<'_, '_>, to: &str) -> Diagnostic {
    let message = format!("no foreign key says this join to `{to}`");
    let found = Diagnostic::warning(codes::IMPORT_JOIN_NO_FOREIGN_KEY, message);
    let found = match asked.conditions.first() {
        Some(condition) => found.label(condition.place.clone(), "imported as a relation"),
        None => found,
    };
    found.help("make sure that MySQL's rows keep to it: nothing else does")
}

/// Where a column's name may look: what a place is called, and the place.
pub(super) type Names<'a, 's> = [(Vec<&'a str>, &'a Position<'s>)];

/// The path of a column that SQL names. Unqualified ones are of the first place that has one of the name.
pub(super) fn resolve<'s>(column: &ColumnName, names: &Names<'_, 's>) -> Result<Path<'s>, Unresolved<'s>> {
    let Some(table) = &column.table else {
        let found = names.iter().find_map(|(_, position)| position.column(&column.name));
        return found.ok_or_else(|| Unresolved::Column(names.first().map(|(_, position)| position.table)));
    };
    let called =
        |called: &&(Vec<&str>, &Position<'s>)| called.0.iter().any(|name| name.eq_ignore_ascii_case(table));
    let Some((_, position)) = names.iter().find(called) else { return Err(Unresolved::Table) };
    position.column(&column.name).ok_or(Unresolved::Column(Some(position.table)))
}

/// Why a column's name leads nowhere.
pub(super) enum Unresolved<'s> {
    /// What stands before the dot is nothing that is joined.
    Table,
    /// The table has no such column.
    Column(Option<&'s SourceTable>),
}

impl Unresolved<'_> {
    /// What to say of it, on the text that it is in.
    pub(super) fn said(&self, column: &ColumnName, text: &Text) -> Diagnostic {
        match self {
            Self::Column(Some(table)) => unknown_column(text, table, &column.name),
            Self::Column(None) | Self::Table => {
                let name = column.table.as_deref().unwrap_or(&column.name);
                Diagnostic::error(
                    codes::IMPORT_SQL,
                    format!("`{name}` is no table that is joined here, and no alias"),
                )
                .label(text.place.clone(), "can't be told what is meant")
                .help("name the table that the column is of")
            }
        }
    }
}
