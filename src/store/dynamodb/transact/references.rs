//! Foreign keys in a transaction: each row that comes to point at another one, or no longer does, is counted there, and who
//! goes has to be pointed at by nobody who stays. As in MySQL, each change finds what the changes before it have left.

use migratable_core::ValueError;
use migratable_core::dynamodb::{AttributeValue, Item};
use migratable_core::plan::{OnDelete, Plan, Reference};
use migratable_core::projection;
use migratable_core::value::{Row, Value};

use super::expression::Condition;
use super::parts::{Fate, Part, Parts, Role, Write};
use crate::error::{Error, Kind};
use crate::store::Related;
use crate::store::dynamodb::SdkValue;
use crate::store::dynamodb::attribute::SdkItem;

/// The item that a row points at.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) plan: &'static Plan,
    pub(super) key: Item,
}

/// A row that comes to point at another one, or no longer does.
#[derive(Clone, Debug)]
pub(super) struct Move {
    /// Which change of the unit it is of.
    pub(super) change: usize,
    pub(super) reference: Reference,
    /// The row's table and key.
    pub(super) row: (String, Item),
    pub(super) to: Target,
    pub(super) arrives: bool,
    /// Whether the row goes.
    goes: bool,
}

/// A row that goes, or gets another key, and what it was.
#[derive(Clone, Debug)]
pub(super) struct Gone<'p> {
    pub(super) change: usize,
    pub(super) plan: &'p Plan,
    pub(super) key: Item,
    pub(super) row: Row,
    pub(super) before: SdkItem,
    /// Whether it only gets another key, which nobody follows.
    pub(super) moves: bool,
}

/// What a unit comes to.
#[derive(Debug, Default)]
pub(super) struct Made<'p> {
    pub(super) parts: Parts<'p>,
    pub(super) moves: Vec<Move>,
    pub(super) gone: Vec<Gone<'p>>,
}

/// What items are pointed at and what they are, where they were read.
pub(super) type Known = [(Target, Option<SdkItem>)];

/// Whether a unit is whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Settled {
    All,
    /// What points at an item that goes was not all found: an index lags behind, or somebody writes at this moment.
    Lagging,
}

impl Target {
    pub(super) fn is(&self, plan: &Plan, key: &Item) -> bool {
        self.plan.table == plan.table && self.key == *key
    }
}

/// What a row points at by a foreign key; `None` where a column of it is NULL.
pub(super) fn target(
    related: Related,
    plan: &Plan,
    reference: &Reference,
    row: &[Value],
) -> Result<Option<Target>, Error> {
    let parent = related.find(&reference.entity)?;
    let mut known = vec![Value::Null; parent.width()];
    for (column, to) in reference.columns.iter().zip(reference.to.iter()) {
        let value = row.get(*column).filter(|value| **value != Value::Null);
        let Some(value) = value else { return Ok(None) };
        let slot = parent.root_column(to).and_then(|to| known.get_mut(to));
        // What the key is not made of needs no place.
        if let Some(slot) = slot {
            slot.clone_from(value);
        }
    }
    let key = projection::key(parent, &known);
    let field = || reference.columns.first().map_or("?", |column| plan.field_name(*column));
    let key = key.map_err(|error| Error::unfit(field(), error.source))?;
    Ok(Some(Target { plan: parent, key }))
}

/// What follows for the rows that a row points at, as it becomes another one.
pub(super) fn moves(
    related: Related,
    plan: &Plan,
    (change, key): (usize, &Item),
    old: Option<&[Value]>,
    new: Option<&[Value]>,
) -> Result<Vec<Move>, Error> {
    let mut moves = Vec::new();
    for reference in plan.references.iter() {
        let at = |row: Option<&[Value]>| match row {
            Some(row) => target(related, plan, reference, row),
            None => Ok(None),
        };
        let (left, reached) = (at(old)?, at(new)?);
        if left.as_ref().zip(reached.as_ref()).is_some_and(|(left, reached)| left.key == reached.key) {
            continue;
        }
        let row = (plan.table.to_string(), key.clone());
        let goes = new.is_none();
        let made =
            |to, arrives| Move { change, reference: reference.clone(), row: row.clone(), to, arrives, goes };
        moves.extend(left.map(|to| made(to, false)));
        moves.extend(reached.map(|to| made(to, true)));
    }
    Ok(moves)
}

/// A count as an item has it.
pub(super) fn count_of(before: &SdkItem, name: &str) -> Result<u64, Error> {
    let missing =
        || Error::unreadable(name, ValueError::Malformed { what: "count of the rows that point here" });
    match before.get(name) {
        Some(SdkValue::N(digits)) => digits.parse().map_err(|_| missing()),
        _ => Err(missing()),
    }
}

/// What all moves to and from one item come to.
struct Group<'m> {
    to: &'m Target,
    moves: Vec<&'m Move>,
}

impl Group<'_> {
    /// Its counts, and what is added to each.
    fn sums(&self, counted: impl Fn(&Move) -> bool) -> Vec<(String, i64)> {
        let mut sums: Vec<(String, i64)> = Vec::new();
        for one in self.moves.iter().filter(|one| counted(one)) {
            let count = one.reference.count.as_ref();
            let step = if one.arrives { 1 } else { -1 };
            match sums.iter_mut().find(|(name, _)| name == count) {
                Some((_, sum)) => *sum += step,
                None => sums.push((count.to_owned(), step)),
            }
        }
        sums
    }

    /// The first move of these; moves are in the order of the changes but for those of rows that go along.
    fn first(&self, which: impl Fn(&Move) -> bool) -> Option<&Move> {
        self.moves.iter().copied().filter(|one| which(one)).min_by_key(|one| one.change)
    }
}

fn groups(moves: &[Move]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for one in moves {
        match groups.iter_mut().find(|group| group.to.is(one.to.plan, &one.to.key)) {
            Some(group) => group.moves.push(one),
            None => groups.push(Group { to: &one.to, moves: vec![one] }),
        }
    }
    groups
}

/// The items that are counted in and that the unit does nothing else to.
pub(super) fn outside(made: &Made<'_>) -> Vec<Target> {
    let groups = groups(&made.moves).into_iter().map(|group| group.to);
    groups.filter(|to| made.parts.of_row(to).is_none()).cloned().collect()
}

/// Counts each row where it points at. `known` are the items that are counted in, where they were read.
///
/// # Errors
/// Of the first change that can't be done: a row points at nothing, or at what goes.
pub(super) fn settle(
    made: &mut Made<'_>,
    known: Option<&Known>,
    related: Related,
    total: usize,
) -> Result<Settled, Error> {
    let Made { parts, moves, gone } = made;
    let mut refused: Vec<(usize, Error)> = Vec::new();
    let mut lagging = false;
    for group in groups(moves) {
        if let Err(found) = count(&group, parts, known, gone) {
            refused.push(found);
        }
    }
    for gone in &*gone {
        match leave(gone, moves, parts, related) {
            Ok(all_found) => lagging |= !all_found,
            Err(error) => refused.push((gone.change, error)),
        }
    }
    match refused.into_iter().min_by_key(|(change, _)| *change) {
        Some((change, error)) => Err(error.of_change(change, total)),
        None if lagging => Ok(Settled::Lagging),
        None => Ok(Settled::All),
    }
}

/// Counts the rows of a group in the item they point at.
fn count<'p>(
    group: &Group<'_>,
    parts: &mut Parts<'p>,
    known: Option<&Known>,
    gone: &[Gone<'_>],
) -> Result<(), (usize, Error)> {
    let missing = |found: Option<&Move>| match found {
        Some(one) => {
            let key = Some(one.reference.name.to_string());
            Err((one.change, Error::new(Kind::MissingReference { key })))
        }
        None => Ok(()),
    };
    let Some(part) = parts.of_row_mut(group.to) else {
        if let Some((_, item)) =
            known.into_iter().flatten().find(|(to, _)| to.is(group.to.plan, &group.to.key))
        {
            let Some(item) = item else {
                // Whose row is not there any more counts nothing.
                return missing(group.first(|one| one.arrives));
            };
            for (name, sum) in group.sums(|_| true) {
                let change = group.first(|_| true).map_or(0, |one| one.change);
                let counted = count_of(item, &name).map_err(|error| (change, error))?;
                if i128::from(counted) + i128::from(sum) < 0 {
                    let error = ValueError::Malformed { what: "count of all the rows that point here" };
                    return Err((change, Error::unreadable(&name, error)));
                }
            }
        }
        parts.0.push(outside_part(group));
        return Ok(());
    };
    let at = part.change;
    match part.fate {
        Fate::Stays => add(part, group.sums(|_| true)),
        Fate::Comes => {
            missing(group.first(|one| one.arrives && one.change < at))?;
            add(part, group.sums(|one| one.arrives));
        }
        Fate::Absent => missing(group.first(|one| one.arrives))?,
        Fate::Goes => {
            missing(group.first(|one| one.arrives && one.change > at))?;
            if let Some(one) = group.first(|one| one.arrives) {
                let moves = gone.iter().any(|gone| gone.moves && group.to.is(gone.plan, &gone.key));
                return Err((at, held(one, moves)));
            }
        }
        Fate::Other => {}
    }
    Ok(())
}

/// The error for a row that goes, where a change before made another one point at it.
fn held(one: &Move, moves: bool) -> Error {
    if moves || one.reference.on_delete == OnDelete::Restrict {
        return Error::new(Kind::Referenced { key: Some(one.reference.name.to_string()) });
    }
    Error::argument(format!(
        "change {} of the unit makes a row point at this one, which would go along; leave it out",
        one.change + 1
    ))
}

/// The part that only counts.
fn outside_part<'p>(group: &Group<'_>) -> Part<'p> {
    let plan: &'static Plan = group.to.plan;
    let mut condition = Condition::present(plan);
    let mut clauses = Vec::new();
    for (name, sum) in group.sums(|_| true) {
        condition = condition.counts_at_least(&name, u64::try_from(-sum).unwrap_or(0));
        clauses.extend((sum != 0).then(|| condition.add(&name, sum)));
    }
    let change = group.first(|_| true).map_or(0, |one| one.change);
    let write = if clauses.is_empty() { Write::Check } else { Write::Update(clauses) };
    Part { change, role: Role::Counted, fate: Fate::Other, plan, key: group.to.key.clone(), write, condition }
}

/// Counts in an item that the unit writes or requires anyway.
fn add(part: &mut Part<'_>, sums: Vec<(String, i64)>) {
    for (name, sum) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
        match &mut part.write {
            Write::Put(item) => {
                let was = match item.get(&name) {
                    Some(AttributeValue::N(digits)) => digits.parse().unwrap_or(0),
                    _ => 0,
                };
                item.insert(name, AttributeValue::N((was + sum).to_string()));
            }
            Write::Update(clauses) => clauses.push(part.condition.add(&name, sum)),
            Write::Check => part.write = Write::Update(vec![part.condition.add(&name, sum)]),
            Write::Delete => {}
        }
    }
}

/// Holds an item that goes to it that whoever points at it goes, too, or has gone before. Whether all that go along are
/// known.
fn leave(gone: &Gone<'_>, moves: &[Move], parts: &mut Parts<'_>, related: Related) -> Result<bool, Error> {
    let mut all_found = true;
    for referrer in gone.plan.referrers.iter() {
        let (_, reference) = related.reference(&referrer.entity, &referrer.name)?;
        let stays = gone.moves || reference.on_delete == OnDelete::Restrict;
        let leaves = |one: &&Move| {
            let here = one.reference.count == referrer.count && one.to.is(gone.plan, &gone.key);
            // What goes along is deleted now, and a later change that deletes it finds nothing to do.
            here && !one.arrives && (one.change <= gone.change || one.goes && !stays)
        };
        let leaving = moves.iter().filter(leaves).count() as u64;
        if count_of(&gone.before, &referrer.count)? != leaving {
            if stays {
                return Err(Error::new(Kind::Referenced { key: Some(referrer.name.to_string()) }));
            }
            all_found = false;
        }
        let to = parts.0.iter_mut().find(|part| {
            part.fate == Fate::Goes && part.plan.table == gone.plan.table && part.key == gone.key
        });
        if let Some(part) = to {
            part.condition.count_is(&referrer.count, leaving);
        }
    }
    Ok(all_found)
}
