//! Access patterns, by their methods' names.

use migratable_core::plan::{AccessPattern, PatternKind};

use super::change::{Changes, Class};
use super::entity::Pair;
use super::named::Named;
use super::steps;
use crate::codes;
use crate::language::quoted_list;

pub(super) fn compare(old: &[AccessPattern], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = &pair.new.plan.patterns;
    for pattern in old {
        let key = format!("{}.{}", pair.name, pattern.name);
        match new.iter().find(|candidate| candidate.name == pattern.name) {
            // The question for the table's key, which the key says.
            Some(_) if is_own(pair, pattern) => {}
            Some(today) => one(pattern, today, pair, changes),
            None => {
                let message = format!("the access pattern `{key}` is gone");
                let change = changes.breaks(Class::Query, codes::PATTERN_REMOVED, message);
                let change = change.newer(&["access_patterns"], "not here any more");
                let change = change.older(&["access_patterns", &key], "was here");
                changes.add(change.means(renamed(pattern, pair)).steps(steps::PATTERN));
            }
        }
    }
    for pattern in new.iter().filter(|pattern| !old.iter().any(|known| known.name == pattern.name)) {
        let key = format!("{}.{}", pair.name, pattern.name);
        let change =
            changes.keeps(Class::Query, codes::PATTERN_ADDED, format!("the access pattern `{key}` is new"));
        changes
            .add(change.newer(&["access_patterns", &key], "new").older(&["access_patterns"], "not here yet"));
    }
}

/// Whether it is the question that every entity has, and the contract doesn't write.
fn is_own(pair: &Pair<'_>, pattern: &AccessPattern) -> bool {
    pair.old.plan.patterns.first().is_some_and(|first| first.name == pattern.name)
}

/// A pattern of another name that asks the same.
fn renamed(pattern: &AccessPattern, pair: &Pair<'_>) -> String {
    let (was, is) = (pair.was(), pair.is());
    let asks = |named: Named<'_>, pattern: &AccessPattern| {
        (pattern.kind, named.paths(&pattern.by), index(named, pattern))
    };
    let old = &pair.old.plan.patterns;
    let to = pair.new.plan.patterns.iter().find(|candidate| {
        !old.iter().any(|known| known.name == candidate.name) && asks(is, candidate) == asks(was, pattern)
    });
    to.map(|to| format!("it looks like it was renamed to `{}.{}`", pair.name, to.name)).unwrap_or_default()
}

fn index(named: Named<'_>, pattern: &AccessPattern) -> String {
    named.plan.index_of(pattern).map_or_else(|| "the table".to_owned(), |index| format!("`{}`", index.name))
}

fn one(old: &AccessPattern, new: &AccessPattern, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (was, is) = (pair.was(), pair.is());
    let AccessPattern {
        name,
        kind,
        by,
        index: _,
        order,
        cursor,
        // Made from all this.
        sql: _,
    } = old;
    let key = format!("{}.{name}", pair.name);
    let path = ["access_patterns", key.as_str()];
    match (kind, &new.kind) {
        (PatternKind::Get, PatternKind::Get) => {}
        (PatternKind::List { page: was }, PatternKind::List { page: is }) => {
            if was != is {
                let message = format!("the pages of `{key}` are of another size");
                let change = changes.keeps(Class::Query, codes::PATTERN_PAGE, message).both(&path, was, is);
                changes.add(change.means("callers that say no size get more or fewer items"));
            }
        }
        (PatternKind::Get, PatternKind::List { .. }) | (PatternKind::List { .. }, PatternKind::Get) => {
            let word = |kind: &PatternKind| if *kind == PatternKind::Get { "a get" } else { "a list" };
            let message = format!("`{key}` gives another number of items");
            let change = changes.breaks(Class::Query, codes::PATTERN_KIND, message);
            changes.add(change.both(&path, word(kind), word(&new.kind)).steps(steps::PATTERN));
        }
    }
    let (asked, asks) = (was.paths(by), is.paths(&new.by));
    if asked != asks {
        let message = format!("`{key}` is asked by something else");
        let change = changes.breaks(Class::Query, codes::PATTERN_ASKED_BY, message);
        changes.add(change.both(&path, quoted_list(&asked), quoted_list(&asks)).steps(steps::PATTERN));
    }
    let (asked, asks) = (index(was, old), index(is, new));
    if asked != asks {
        let message = format!("`{key}` is asked of something else");
        let change = changes.keeps(Class::Query, codes::PATTERN_ASKED_OF, message).both(&path, asked, asks);
        changes.add(
            change.means("an index answers a moment later than the table does").steps(steps::INDEX_FIRST),
        );
    }
    if *kind == PatternKind::Get || new.kind == PatternKind::Get {
        return;
    }
    let (ordered, orders) = (was.paths(order), is.paths(&new.order));
    if ordered != orders {
        let message = format!("`{key}` is in another order");
        let change = changes.breaks(Class::Query, codes::PATTERN_ORDER_CHANGED, message);
        changes.add(change.both(&path, quoted_list(&ordered), quoted_list(&orders)).steps(steps::CURSOR));
        return;
    }
    let (held, holds) = (carried(was, [by, order, cursor]), carried(is, [&new.by, &new.order, &new.cursor]));
    if held != holds {
        let message = format!("the page cursors of `{key}` carry something else");
        let change = changes.breaks(Class::Query, codes::PATTERN_CURSOR, message);
        let only = |of: &[Vec<String>], other: &[Vec<String>]| {
            let mut only: Vec<String> = of.concat();
            only.retain(|column| !other.iter().flatten().any(|known| known == column));
            only.dedup();
            if only.is_empty() { "the same, in another order".to_owned() } else { quoted_list(&only) }
        };
        let change = change.both(&path, only(&held, &holds), only(&holds, &held));
        changes.add(change.steps(steps::CURSOR));
    }
}

/// What the runtime holds a cursor against, so that one that was made for something else is refused.
fn carried(named: Named<'_>, columns: [&[usize]; 3]) -> Vec<Vec<String>> {
    let one = |position: &usize| {
        let column = named.column(*position);
        format!("t{}.{} {}", column.table, column.name, column.ty)
    };
    columns.iter().map(|columns| columns.iter().map(one).collect()).collect()
}
