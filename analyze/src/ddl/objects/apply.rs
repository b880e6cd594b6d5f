//! The objects a schema has so far, and what each statement does to them.

use migratable_contract::diagnostic::Place;

use super::head::{Change, Draft, Order};
use super::walk::Touched;
use super::{ObjectKind, TableName};
use crate::ddl::schema::same_name;

/// The objects made so far, in the order of their making; triggers of one table in the order they fire in.
#[derive(Debug, Default)]
pub(in crate::ddl) struct Objects {
    pub(super) made: Vec<Made>,
}

/// An object whose names are not looked up yet: what they name may still come, change or go.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) kind: ObjectKind,
    pub(super) database: Option<String>,
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) touched: Touched,
}

impl Objects {
    /// Does what a statement says; `place` gives the place of a name's bytes. `is_table`: whether there is a table of
    /// that name.
    ///
    /// # Errors
    ///
    /// Why the server would do nothing either.
    pub(in crate::ddl) fn apply(
        &mut self,
        change: Change,
        database: Option<&str>,
        place: impl Fn(std::ops::Range<usize>) -> Place,
        is_table: impl Fn(&TableName) -> bool,
    ) -> Result<(), &'static str> {
        let in_database = |name: TableName| TableName {
            database: name.database.or_else(|| database.map(str::to_owned)),
            name: name.name,
        };
        match change {
            Change::Create { draft, or_replace, if_not_exists, order } => {
                let name = in_database(draft.name.clone());
                let there = self.position(draft.kind.word(), &name);
                if matches!(draft.kind, ObjectKind::View) && is_table(&name) {
                    return Err("a table has that name");
                } else if let Some(there) = there {
                    if !or_replace {
                        let reason = "there is one already";
                        return if if_not_exists { Ok(()) } else { Err(reason) };
                    }
                    self.made.remove(there);
                }
                self.make(draft, name, order, place);
            }
            Change::Replace(draft) => {
                let name = in_database(draft.name.clone());
                let there = self.position(draft.kind.word(), &name).ok_or("there is none of that name")?;
                self.made[there].touched = draft.touched;
            }
            Change::AlterEvent { name, to, schedule, touched } => {
                let there = self.position("EVENT", &in_database(name)).ok_or("there is none of that name")?;
                self.alter_event(there, to.map(in_database), schedule, touched);
            }
            Change::Drop { word, names, if_exists } => {
                let mut missing = false;
                for name in names {
                    match self.position(word, &in_database(name)) {
                        Some(there) => drop(self.made.remove(there)),
                        None => missing = true,
                    }
                }
                if missing && !if_exists {
                    return Err("there is none of that name");
                }
            }
            Change::Nothing => {}
        }
        Ok(())
    }

    /// The triggers of a table go with it.
    pub(in crate::ddl) fn table_dropped(&mut self, database: Option<&str>, name: &str) {
        self.made.retain(|made| !made.is_trigger_of(database, name));
    }

    /// The triggers of a table follow it to another name.
    pub(in crate::ddl) fn table_renamed(&mut self, database: Option<&str>, name: &str, to: &TableName) {
        for made in self.made.iter_mut().filter(|made| made.is_trigger_of(database, name)) {
            made.database.clone_from(&to.database);
            if let ObjectKind::Trigger(facts) = &mut made.kind {
                facts.table = to.clone();
            }
        }
    }

    /// RENAME TABLE of a view. Whether there is one.
    pub(in crate::ddl) fn view_renamed(&mut self, from: &TableName, to: &TableName) -> bool {
        let there = self.position("VIEW", from);
        if let Some(view) = there.and_then(|at| self.made.get_mut(at)) {
            view.name.clone_from(&to.name);
            view.database.clone_from(&to.database);
        }
        there.is_some()
    }

    /// All that is in a database goes with it.
    pub(in crate::ddl) fn database_dropped(&mut self, name: &str) {
        self.made.retain(|made| made.database.as_deref() != Some(name));
    }

    /// Leaves nothing but what is in that database.
    pub(in crate::ddl) fn keep_database(&mut self, name: &str) {
        self.made.retain(|made| made.database.as_deref() == Some(name));
    }

    fn position(&self, word: &str, name: &TableName) -> Option<usize> {
        self.made.iter().position(|made| made.is(&[word], name))
    }

    fn make(
        &mut self,
        draft: Draft,
        name: TableName,
        order: Option<Order>,
        place: impl Fn(std::ops::Range<usize>) -> Place,
    ) {
        let beside = |other: String| {
            let other = TableName { database: name.database.clone(), name: other };
            self.position("TRIGGER", &other)
        };
        let at = match order {
            Some(Order::Follows(other)) => beside(other).map(|at| at + 1),
            Some(Order::Precedes(other)) => beside(other),
            None => None,
        };
        let Draft { mut kind, range, touched, .. } = draft;
        if let ObjectKind::Trigger(facts) = &mut kind
            && facts.table.database.is_none()
        {
            facts.table.database.clone_from(&name.database);
        }
        let TableName { database, name } = name;
        let made = Made { kind, database, name, place: place(range), touched };
        self.made.insert(at.unwrap_or(self.made.len()), made);
    }

    fn alter_event(
        &mut self,
        at: usize,
        to: Option<TableName>,
        schedule: Option<String>,
        touched: Option<Touched>,
    ) {
        let event = &mut self.made[at];
        if let Some(to) = to {
            (event.database, event.name) = (to.database, to.name);
        }
        if let Some(schedule) = schedule {
            event.kind = ObjectKind::Event { schedule };
        }
        if let Some(touched) = touched {
            event.touched = touched;
        }
    }
}

impl Made {
    fn is_trigger_of(&self, database: Option<&str>, name: &str) -> bool {
        matches!(&self.kind, ObjectKind::Trigger(facts) if facts.table.is(database, name))
    }

    /// Whether it is of one of these kinds and has this name.
    fn is(&self, words: &[&str], name: &TableName) -> bool {
        words.contains(&self.kind.word())
            && same_name(&self.name, &name.name)
            && same_database(self.database.as_deref(), name.database.as_deref())
    }
}

/// Whether two names are of one database, as far as it is known: a dump of one database doesn't say which.
pub(super) fn same_database(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_none() || other.is_none() || one == other
}
