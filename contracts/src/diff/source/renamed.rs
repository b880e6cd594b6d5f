//! What of two lists is the same thing, what has come, what has gone, and what of it looks like one thing with another
//! name. The last is a guess and never more than a hint: a column of the same type may hold something else.

use crate::source::SourceTable;

/// A thing that both have.
pub(super) struct Pair<'a, T> {
    pub(super) old: &'a T,
    pub(super) new: &'a T,
}

/// Pairs by name, in the order of the older ones; what has gone; what has come.
pub(super) fn pairs<'a, T>(
    old: &'a [T],
    new: &'a [T],
    name: impl Fn(&T) -> &str,
    same: fn(&str, &str) -> bool,
) -> (Vec<Pair<'a, T>>, Vec<&'a T>, Vec<&'a T>) {
    let find = |of: &'a [T], wanted: &T| {
        let exact = of.iter().find(|candidate| name(candidate) == name(wanted));
        exact.or_else(|| of.iter().find(|candidate| same(name(candidate), name(wanted))))
    };
    let pairs: Vec<Pair<'a, T>> =
        old.iter().filter_map(|old| Some(Pair { old, new: find(new, old)? })).collect();
    let gone = old.iter().filter(|old| find(new, old).is_none()).collect();
    let come = new.iter().filter(|new| find(old, new).is_none()).collect();
    (pairs, gone, come)
}

/// Names of tables, triggers and what stands beside tables.
pub(super) fn exactly(left: &str, right: &str) -> bool {
    left == right
}

/// Names of columns, keys and checks, whose letter case says nothing.
pub(super) fn but_for_case(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// What has gone and what has come that are alike: each with the only one it is like, and that is like no other.
pub(super) fn likely<'a, T>(
    gone: &[&'a T],
    come: &[&'a T],
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<(&'a T, &'a T)> {
    let only = |found: Vec<&'a T>| match found[..] {
        [one] => Some(one),
        _ => None,
    };
    let pair = |from: &'a T| {
        let to = only(come.iter().copied().filter(|to| alike(from, to)).collect())?;
        only(gone.iter().copied().filter(|from| alike(from, to)).collect())?;
        Some((from, to))
    };
    gone.iter().filter_map(|from| pair(from)).collect()
}

/// Whether two tables have the same columns but for a few: three of four.
pub(super) fn alike_tables(left: &SourceTable, right: &SourceTable) -> bool {
    let same = |table: &SourceTable, other: &SourceTable| {
        let has = |name: &str| other.columns.iter().any(|column| but_for_case(&column.name, name));
        table.columns.iter().filter(|column| has(&column.name)).count()
    };
    let most = left.columns.len().max(right.columns.len());
    most > 1 && same(left, right) * 4 >= most * 3
}

/// The hint about what has gone.
pub(super) fn to(name: Option<&str>) -> Option<String> {
    name.map(|name| format!("it looks like it was renamed to `{name}`"))
}

/// The hint about what has come.
pub(super) fn from(name: Option<&str>) -> Option<String> {
    name.map(|name| format!("it looks like `{name}` was renamed"))
}
