//! Where the facts that a contract records stand in the DDL.

use migratable_contract::diff::{SourcePlaces, Spot};

use super::objects::{Object, ObjectKind};
use super::schema::{KeyKind, Schema, Table};

impl Schema {
    /// Where the facts of [`Schema::source`] stand.
    pub fn places(&self) -> SourcePlaces {
        let mut places = SourcePlaces::new(None);
        for table in &self.tables {
            put_table(&mut places, table);
            let triggers = self.objects.iter().filter(|object| object.trigger_of(table).is_some());
            for trigger in triggers {
                let (table, name) = (table.name.clone(), trigger.name.clone());
                places.put(Spot::Trigger { table, name }, Some(trigger.place.clone()));
            }
        }
        for object in &self.objects {
            if let Some(spot) = spot(object) {
                places.put(spot, Some(object.place.clone()));
            }
        }
        places
    }
}

fn put_table(places: &mut SourcePlaces, from: &Table) {
    let table = || from.name.clone();
    places.put(Spot::Table(table()), Some(from.place.clone()));
    for column in &from.columns {
        let spot = Spot::Column { table: table(), name: column.source.name.clone() };
        places.put(spot, Some(column.definition.clone()));
    }
    for key in &from.keys {
        let spot = match key.kind {
            KeyKind::Primary => Spot::PrimaryKey(table()),
            KeyKind::Unique | KeyKind::Plain | KeyKind::FullText | KeyKind::Spatial => {
                Spot::Key { table: table(), name: key.name.clone() }
            }
        };
        places.put(spot, Some(key.place.clone()));
    }
    for key in &from.foreign_keys {
        let spot = Spot::ForeignKey { table: table(), columns: key.source.columns.clone() };
        places.put(spot, Some(key.place.clone()));
    }
    for check in &from.checks {
        let spot = Spot::Check { table: table(), name: check.source.name.clone() };
        places.put(spot, Some(check.place.clone()));
    }
}

/// What stands beside the tables and is recorded.
fn spot(object: &Object) -> Option<Spot> {
    let name = object.name.clone();
    match object.kind {
        ObjectKind::View => Some(Spot::View(name)),
        ObjectKind::Procedure => Some(Spot::Procedure(name)),
        ObjectKind::Function { .. } => Some(Spot::Function(name)),
        ObjectKind::Event { .. } => Some(Spot::Event(name)),
        ObjectKind::Trigger(_) | ObjectKind::Package | ObjectKind::Sequence => None,
    }
}
