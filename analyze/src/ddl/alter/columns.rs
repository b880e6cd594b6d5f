//! The columns of a table while an ALTER TABLE is applied: each remembers what it was called before.

use std::ops::Range;

use super::action::Position;
use super::keys::Changes;
use crate::ddl::charset::Server;
use crate::ddl::cursor::Name;
use crate::ddl::problem::Refusal;
use crate::ddl::schema::{Column, same_name};

/// Columns, in the order they will have.
#[derive(Debug)]
pub(super) struct Columns {
    slots: Vec<Slot>,
    dropped: Vec<String>,
}

#[derive(Debug)]
struct Slot {
    column: Column,
    /// Its name before the statement, unless the statement adds it.
    was: Option<String>,
    fate: Fate,
}

/// What the statement did to a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Kept,
    Renamed,
    /// Defined anew, or added.
    Defined,
}

impl Columns {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        let slot = |column: Column| Slot { was: Some(column.source.name.clone()), column, fate: Fate::Kept };
        Self { slots: columns.into_iter().map(slot).collect(), dropped: Vec::new() }
    }

    /// The column that had this name before the statement, and that no other action has taken.
    fn old(&mut self, name: &Name) -> Result<usize, Refusal> {
        let is = |slot: &Slot| {
            slot.fate == Fate::Kept && slot.was.as_ref().is_some_and(|was| same_name(was, &name.text))
        };
        self.slots.iter().position(is).ok_or_else(|| no_column(name))
    }

    pub(super) fn drop(&mut self, name: &Name) -> Result<(), Refusal> {
        let at = self.old(name)?;
        let slot = self.slots.remove(at);
        self.dropped.push(slot.column.source.name);
        Ok(())
    }

    /// Puts a new definition in the place of a column.
    pub(super) fn replace(&mut self, name: &Name, column: Column) -> Result<(), Refusal> {
        let at = self.old(name)?;
        self.slots[at].column = column;
        self.slots[at].fate = Fate::Defined;
        Ok(())
    }

    pub(super) fn rename(&mut self, from: &Name, to: &Name) -> Result<&mut Column, Refusal> {
        let at = self.old(from)?;
        let slot = &mut self.slots[at];
        slot.column.source.name.clone_from(&to.text);
        slot.fate = Fate::Renamed;
        Ok(&mut slot.column)
    }

    /// A column by the name it has by now.
    pub(super) fn current(&mut self, name: &Name) -> Result<&mut Column, Refusal> {
        let found = self.slots.iter_mut().find(|slot| same_name(slot.column.name(), &name.text));
        found.map(|slot| &mut slot.column).ok_or_else(|| no_column(name))
    }

    pub(super) fn add(&mut self, column: Column) {
        self.slots.push(Slot { column, was: None, fate: Fate::Defined });
    }

    /// Moves a column to where it is said to go.
    pub(super) fn place(&mut self, name: &str, position: &Position) -> Result<(), Refusal> {
        let find =
            |slots: &[Slot], name: &str| slots.iter().position(|slot| same_name(slot.column.name(), name));
        let Some(from) = find(&self.slots, name) else { return Ok(()) };
        let after = match position {
            Position::Unsaid => return Ok(()),
            Position::First => None,
            Position::After(after) => Some(after),
        };
        let slot = self.slots.remove(from);
        let to = match after {
            None => 0,
            Some(after) => find(&self.slots, &after.text).ok_or_else(|| no_column(after))? + 1,
        };
        self.slots.insert(to, slot);
        Ok(())
    }

    /// What the statement did to the columns, for what is over them.
    pub(super) fn changes(&self, server: Server, place: Range<usize>) -> Changes {
        let was = |fate: Fate| {
            let slots = self.slots.iter().filter(move |slot| slot.fate == fate);
            slots.filter_map(|slot| slot.was.clone()).collect()
        };
        let slots = self.slots.iter().filter_map(|slot| Some((slot.was.as_ref()?, &slot.column.source.name)));
        let renamed = slots.filter(|(was, is)| was != is);
        Changes {
            renamed: renamed.map(|(was, is)| (was.to_lowercase(), is.clone())).collect(),
            dropped: self.dropped.clone(),
            redefined: was(Fate::Defined),
            left: self.slots.iter().filter_map(|slot| slot.was.clone()).collect(),
            server,
            place,
        }
    }

    /// Columns whose definition the statement leaves as it is.
    pub(super) fn untouched(&mut self) -> impl Iterator<Item = &mut Column> {
        let kept = self.slots.iter_mut().filter(|slot| slot.fate != Fate::Defined);
        kept.map(|slot| &mut slot.column)
    }

    /// Each column, and whether it was there before the statement.
    pub(super) fn each(&mut self) -> impl Iterator<Item = (&mut Column, bool)> {
        self.slots.iter_mut().map(|slot| (&mut slot.column, slot.was.is_some()))
    }

    /// The columns, no two of one name.
    pub(super) fn finish(self) -> Result<Vec<Column>, Refusal> {
        for (at, slot) in self.slots.iter().enumerate() {
            let name = slot.column.name();
            let other = self.slots[..at].iter().find(|other| same_name(other.column.name(), name));
            if let Some(other) = other {
                let newer = if slot.fate == Fate::Kept { other } else { slot };
                let reason = format!("it would have two columns named `{name}`");
                return Err(Refusal::new(reason, newer.column.place.range.clone()));
            }
        }
        Ok(self.slots.into_iter().map(|slot| slot.column).collect())
    }
}

fn no_column(name: &Name) -> Refusal {
    Refusal::new(format!("it has no column `{}`", name.text), name.range.clone())
}
