//! From the changes of a unit to the parts of a transaction. Where what becomes of an item depends on what it is, it is read
//! first, judged here as for MySQL, and written on condition that what was judged still stands.

use std::collections::BTreeSet;

use migratable_core::change::Change as Edits;
use migratable_core::check::{Expr, ValidRow};
use migratable_core::dynamodb::{AttributeValue, Item};
use migratable_core::plan::Plan;
use migratable_core::projection::{self, ProjectionError};
use migratable_core::value::Value;

use super::expression::{self, Clause, Condition};
use super::marker::{self, Marked};
use super::parts::{Fate, Part, Role, Write};
use super::references::{self, Gone, Made, Move};
use crate::error::{Error, Kind};
use crate::store::Related;
use crate::store::dynamodb::attribute::{self, SdkItem};
use crate::store::dynamodb::conditions::{Residual, partly};
use crate::unit::step::{ANY, PRIMARY};
use crate::unit::{Action, Step, judge};

/// Markers that others turned out to own: they are not given up.
pub(super) type Strangers = [Item];

/// Whether a change has to know the item as it is.
pub(super) fn needs_item(step: &Step<'_>) -> bool {
    let more = is_more_than_an_item(step.plan);
    match &step.action {
        action if rest(step.plan, action).is_some() => true,
        Action::Insert(_) | Action::RequireAbsent { .. } => false,
        Action::Put(_) => more,
        Action::Delete { required, .. } => {
            more || required.as_ref().is_some_and(|required| asked(step.plan, required).is_none())
        }
        Action::Require { required, .. } => asked(step.plan, required).is_none(),
        Action::Change { edits, .. } => blind(step.plan, edits).is_none(),
    }
}

/// Whether a row is more than its item: markers hold its unique keys, it is counted elsewhere, or counts others.
pub(in crate::store::dynamodb) fn is_more_than_an_item(plan: &Plan) -> bool {
    !plan.markers.is_empty() || !plan.references.is_empty() || !plan.referrers.is_empty()
}

/// What the item's key leaves open of the values that name the row.
fn rest(plan: &Plan, action: &Action<'_>) -> Option<Residual> {
    match action {
        Action::Insert(_) | Action::Put(_) => None,
        Action::Change { key, .. }
        | Action::Delete { key, .. }
        | Action::Require { key, .. }
        | Action::RequireAbsent { key } => Residual::of_key(plan, key),
    }
}

/// A change of a unit, on its way to parts.
pub(super) struct Change<'a, 'p> {
    pub(super) position: usize,
    pub(super) step: &'a Step<'p>,
    /// The item as it is, if it was read.
    pub(super) before: Option<Option<SdkItem>>,
}

impl<'p> Change<'_, 'p> {
    /// Adds the parts it becomes and what they mean for other rows, or says why nothing of the unit is done.
    pub(super) fn parts(
        self,
        (related, strangers): (Related, &Strangers),
        made: &mut Made<'p>,
        total: usize,
    ) -> Result<(), Error> {
        let Self { position, step, before } = self;
        let (list, moves, gone) = (Vec::new(), Vec::new(), Vec::new());
        let mut list = List { position, step, strangers, related, list, moves, gone };
        let found = before.is_some();
        let before = list.named(before.flatten())?;
        list.make(found, before)?;
        made.moves.append(&mut list.moves);
        made.gone.append(&mut list.gone);
        list.list.into_iter().try_for_each(|part| made.parts.push(part, total))
    }
}

/// The parts of one change.
struct List<'a, 'p, 'n> {
    position: usize,
    step: &'a Step<'p>,
    strangers: &'n Strangers,
    related: Related,
    list: Vec<Part<'p>>,
    /// What follows for the rows that its row points at.
    moves: Vec<Move>,
    /// Its row, where it goes.
    gone: Vec<Gone<'p>>,
}

impl List<'_, '_, '_> {
    /// The item that was found, if it is the one that was named: its key may have a part of what names it, as of another.
    fn named(&mut self, found: Option<SdkItem>) -> Result<Option<SdkItem>, Error> {
        let plan = self.step.plan;
        let Some((rest, item)) = rest(plan, &self.step.action).zip(found.clone()) else { return Ok(found) };
        if rest.admits(plan, &attribute::row_of_sdk(plan, item.clone())?)? {
            return Ok(found);
        }
        let condition = Condition::present(plan).unchanged(&item, marker::carriers(plan, partly(plan)));
        self.row(Fate::Absent, Write::Check, condition);
        Ok(None)
    }

    fn make(&mut self, was_read: bool, before: Option<SdkItem>) -> Result<(), Error> {
        let plan = self.step.plan;
        match &self.step.action {
            Action::Insert(_) | Action::RequireAbsent { .. } if before.is_some() => {
                Err(Error::new(Kind::Duplicate { key: Some(PRIMARY.to_owned()) }))
            }
            Action::Insert(row) => {
                let new = self.counting(row.values(), None)?;
                self.row(Fate::Comes, Write::Put(new), Condition::absent(plan));
                self.moves(None, Some(row.values()))?;
                self.markers(&[], &marker::of_row(plan, row.values())?, &[&self.step.item]);
                Ok(())
            }
            // What has the item's key is another row.
            Action::RequireAbsent { .. } if !self.list.is_empty() => Ok(()),
            Action::RequireAbsent { .. } => {
                self.row(Fate::Absent, Write::Check, Condition::absent(plan));
                Ok(())
            }
            Action::Put(row) => self.put(row.values(), was_read, before),
            Action::Delete { required, .. } => self.delete(required.as_ref(), was_read, before),
            Action::Require { required, .. } => self.require(required, was_read, before),
            Action::Change { edits, .. } => self.change(edits, was_read, before),
        }
    }

    fn row(&mut self, fate: Fate, write: Write, condition: Condition) {
        self.part(self.step.item.clone(), (Role::Row, fate), write, condition);
    }

    fn part(&mut self, key: Item, (role, fate): (Role, Fate), write: Write, condition: Condition) {
        let (change, plan) = (self.position, self.step.plan);
        self.list.push(Part { change, role, fate, plan, key, write, condition });
    }

    /// What follows for the rows that the row points at.
    fn moves(&mut self, old: Option<&[Value]>, new: Option<&[Value]>) -> Result<(), Error> {
        let row = (self.position, &self.step.item);
        self.moves.extend(references::moves(self.related, self.step.plan, row, old, new)?);
        Ok(())
    }

    /// The row goes from where it is, as far as others are concerned who point at it.
    fn goes(&mut self, row: &[Value], before: &SdkItem, moves: bool) {
        let (change, plan, key) = (self.position, self.step.plan, self.step.item.clone());
        if !plan.referrers.is_empty() {
            self.gone.push(Gone { change, plan, key, row: row.to_vec(), before: before.clone(), moves });
        }
    }

    /// The item of a row, which counts what it counted, whatever the row says.
    fn counting(&self, row: &[Value], before: Option<&SdkItem>) -> Result<Item, Error> {
        let plan = self.step.plan;
        let mut new = item(plan, row)?;
        for referrer in plan.referrers.iter() {
            let count = match before {
                Some(before) => references::count_of(before, &referrer.count)?,
                None => 0,
            };
            new.insert(referrer.count.to_string(), AttributeValue::N(count.to_string()));
        }
        Ok(new)
    }

    /// Takes the new markers, and gives up those of the old that are no longer held. `owners` are the keys the row has had.
    fn markers(&mut self, old: &[Marked], new: &[Marked], owners: &[&Item]) {
        let plan = self.step.plan;
        let owners: Vec<Item> = owners.iter().map(|owner| (*owner).clone()).collect();
        for marked in new {
            let key = marker::key_of(plan, &marked.item);
            let role = Role::Take { name: marked.name.clone(), owners: owners.clone() };
            let condition = Condition::free(plan, &owners);
            self.part(key, (role, Fate::Other), Write::Put(marked.item.clone()), condition);
        }
        for marked in old {
            let key = marker::key_of(plan, &marked.item);
            let kept = new.iter().any(|new| marker::key_of(plan, &new.item) == key);
            if kept || self.strangers.contains(&marked.item) {
                continue;
            }
            let owner = self.step.item.clone();
            let condition = Condition::free(plan, std::slice::from_ref(&owner));
            let role = Role::GiveUp { owner, marker: marked.item.clone() };
            self.part(key, (role, Fate::Other), Write::Delete, condition);
        }
    }

    fn put(&mut self, row: &[Value], was_read: bool, before: Option<SdkItem>) -> Result<(), Error> {
        let plan = self.step.plan;
        let (fate, condition) = match &before {
            _ if !was_read => (Fate::Other, Condition::absent_or_ours(plan)),
            None => (Fate::Comes, Condition::absent(plan)),
            Some(before) => {
                let mut names = marker::attributes(plan);
                names.extend(referring(plan));
                names.extend(plan.referrers.iter().map(|referrer| referrer.count.as_ref()));
                (Fate::Stays, Condition::present(plan).unchanged(before, names))
            }
        };
        self.row(fate, Write::Put(self.counting(row, before.as_ref())?), condition);
        let old = before.map(|before| attribute::row_of_sdk(plan, before)).transpose()?;
        self.moves(old.as_deref(), Some(row))?;
        let old = old.map_or(Ok(Vec::new()), |old| marker::of_row(plan, &old))?;
        self.markers(&old, &marker::of_row(plan, row)?, &[&self.step.item]);
        Ok(())
    }

    fn delete(
        &mut self,
        required: Option<&Expr>,
        was_read: bool,
        before: Option<SdkItem>,
    ) -> Result<(), Error> {
        let plan = self.step.plan;
        let Some(before) = before else {
            return match required {
                // Where nothing was read, DynamoDB finds out.
                Some(required) if !was_read => {
                    let condition = asked(plan, required).ok_or_else(unread)?;
                    self.row(Fate::Other, Write::Delete, condition);
                    Ok(())
                }
                None if !was_read => {
                    self.row(Fate::Other, Write::Delete, Condition::absent_or_ours(plan));
                    Ok(())
                }
                Some(_) => Err(Error::new(Kind::NotFound)),
                // Somebody could add it before the rest is done, as nobody can where MySQL has locked its place.
                None if self.list.is_empty() => {
                    self.row(Fate::Absent, Write::Check, Condition::absent(plan));
                    Ok(())
                }
                None => Ok(()),
            };
        };
        let row = attribute::row_of_sdk(plan, before.clone())?;
        let old = marker::of_row(plan, &row)?;
        let mut names = marker::attributes(plan);
        names.extend(marker::carriers(plan, partly(plan)));
        names.extend(referring(plan));
        if let Some(required) = required {
            names.extend(marker::carriers(plan, required.columns()));
            judge::required(plan, required, row.clone())?;
        }
        self.row(Fate::Goes, Write::Delete, Condition::present(plan).unchanged(&before, names));
        self.moves(Some(&row), None)?;
        self.goes(&row, &before, false);
        self.markers(&old, &[], &[]);
        Ok(())
    }

    fn require(&mut self, required: &Expr, was_read: bool, before: Option<SdkItem>) -> Result<(), Error> {
        let plan = self.step.plan;
        let condition = match before {
            None if was_read => return Err(Error::new(Kind::NotFound)),
            None => asked(plan, required).ok_or_else(unread)?,
            Some(before) => {
                let names = marker::carriers(plan, required.columns().into_iter().chain(partly(plan)));
                let names: BTreeSet<&str> = names.collect();
                judge::required(plan, required, attribute::row_of_sdk(plan, before.clone())?)?;
                Condition::present(plan).unchanged(&before, names)
            }
        };
        self.row(Fate::Stays, Write::Check, condition);
        Ok(())
    }

    fn change(&mut self, edits: &Edits, was_read: bool, before: Option<SdkItem>) -> Result<(), Error> {
        let plan = self.step.plan;
        let before = match before {
            None if was_read => return Err(Error::new(Kind::NotFound)),
            None => {
                let (clauses, condition) = blind(plan, edits).ok_or_else(unread)??;
                self.row(Fate::Stays, write_of(clauses), condition);
                return Ok(());
            }
            Some(before) => before,
        };
        let old = attribute::row_of_sdk(plan, before.clone())?;
        let new = judge::changed(plan, edits, old.clone())?;
        let partly = partly(plan);
        // It can be done, so that it is done where it is: nobody who only counts has to wait for others who count.
        if let Some(known) = blind(plan, edits).filter(|_| partly.is_empty()) {
            let (clauses, condition) = known?;
            self.row(Fate::Stays, write_of(clauses), condition);
            return Ok(());
        }
        let key = projection::key(plan, new.values()).map_err(unfit)?;
        self.moves(Some(&old), Some(new.values()))?;
        let (old_markers, new_markers) = (marker::of_row(plan, &old)?, marker::of_row(plan, new.values())?);
        if key != self.step.item {
            return self.move_to(key, &before, &old, &new, (&old_markers, &new_markers));
        }
        let read = edits.depends_on(plan).into_iter().chain(partly);
        // Columns of one map have one attribute.
        let names: BTreeSet<&str> = marker::carriers(plan, read).collect();
        let mut condition = Condition::present(plan).unchanged(&before, names);
        let clauses = difference(&mut condition, &item(plan, &old)?, &item(plan, new.values())?);
        self.row(Fate::Stays, write_of(clauses), condition);
        let is_new = |marked: &&Marked| !old_markers.iter().any(|old| old.item == marked.item);
        let taken: Vec<Marked> = new_markers.iter().filter(is_new).cloned().collect();
        let given_up: Vec<Marked> = old_markers
            .iter()
            .filter(|old| !new_markers.iter().any(|new| new.item == old.item))
            .cloned()
            .collect();
        self.markers(&given_up, &taken, &[&self.step.item]);
        Ok(())
    }

    /// The item gets another key: it is put there and deleted here, with whatever else it has.
    fn move_to(
        &mut self,
        key: Item,
        before: &SdkItem,
        old: &[Value],
        new: &ValidRow<'_>,
        (old_markers, new_markers): (&[Marked], &[Marked]),
    ) -> Result<(), Error> {
        let plan = self.step.plan;
        let mut whole = attribute::from_sdk_item(before.clone())?;
        for name in item(plan, old)?.keys() {
            whole.remove(name);
        }
        whole.extend(self.counting(new.values(), None)?);
        self.part(key.clone(), (Role::Moved, Fate::Comes), Write::Put(whole), Condition::absent(plan));
        let names: Vec<&str> = before.keys().map(String::as_str).collect();
        self.row(Fate::Goes, Write::Delete, Condition::present(plan).unchanged(before, names));
        self.goes(old, before, true);
        self.markers(old_markers, new_markers, &[&key, &self.step.item]);
        Ok(())
    }
}

/// The attributes that carry what a row points at others by.
fn referring(plan: &Plan) -> impl Iterator<Item = &str> {
    let columns = plan.references.iter().flat_map(|reference| reference.columns.iter().copied());
    marker::carriers(plan, columns)
}

/// The condition that an item is there and meets a requirement; `None` where DynamoDB can't ask it.
fn asked(plan: &Plan, required: &Expr) -> Option<Condition> {
    Condition::present(plan).and(plan, required)
}

/// The update of an item that nobody has to know, and its condition: each column stands alone, and what comes of a number is
/// within its range. `None` where there is no such update.
fn blind(plan: &Plan, edits: &Edits) -> Option<Result<(Vec<Clause>, Condition), Error>> {
    let mut condition = asked(plan, edits.condition.as_ref().unwrap_or(&ANY))?;
    let mut clauses = Vec::new();
    for edit in &edits.edits {
        if !matches!(edit.operation, migratable_core::change::Operation::Set(_)) {
            condition = condition.within(plan, edit.column, &edit.operation)?;
        }
        match expression::blind(&mut condition.placeholders, plan, edit.column, &edit.operation)? {
            Ok(clause) => clauses.push(clause),
            Err(error) => return Some(Err(error)),
        }
    }
    Some(Ok((clauses, condition)))
}

/// What makes one item the other.
fn difference(condition: &mut Condition, old: &Item, new: &Item) -> Vec<Clause> {
    let placeholders = &mut condition.placeholders;
    let mut clauses = Vec::new();
    for (name, value) in new.iter().filter(|(name, value)| old.get(*name) != Some(value)) {
        let name = placeholders.name(name);
        let value = placeholders.value(expression::sdk(value.clone()));
        clauses.push(Clause::Set(format!("{name} = {value}")));
    }
    let gone = old.keys().filter(|name| !new.contains_key(*name));
    clauses.extend(gone.map(|name| Clause::Remove(placeholders.name(name))));
    clauses
}

/// An update that updates nothing is none.
fn write_of(clauses: Vec<Clause>) -> Write {
    if clauses.is_empty() { Write::Check } else { Write::Update(clauses) }
}

fn item(plan: &Plan, row: &[Value]) -> Result<Item, Error> {
    projection::item(plan, row).map_err(unfit)
}

fn unfit(error: ProjectionError) -> Error {
    Error::unfit(&error.place, error.source)
}

/// The error for an item that should have been read, which [`needs_item`] sees to.
fn unread() -> Error {
    Error::plan("a change depends on an item that was not read")
}
