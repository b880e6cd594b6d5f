//! Where the facts of a schema stand: in a contract, or in DDL.

use std::collections::HashMap;

use crate::diagnostic::Place;

/// A fact of a schema that has a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The server.
    Server,
    /// A table, by name.
    Table(String),
    /// A column.
    Column {
        /// Its table.
        table: String,
        /// Its name.
        name: String,
    },
    /// A table's primary key.
    PrimaryKey(String),
    /// A unique key or an index of any kind: their names are one space.
    Key {
        /// Its table.
        table: String,
        /// Its name.
        name: String,
    },
    /// A foreign key.
    ForeignKey {
        /// Its table.
        table: String,
        /// Its columns: a contract has no other name for it.
        columns: Vec<String>,
    },
    /// A CHECK.
    Check {
        /// Its table.
        table: String,
        /// Its name.
        name: String,
    },
    /// A trigger.
    Trigger {
        /// Its table.
        table: String,
        /// Its name.
        name: String,
    },
    /// A view.
    View(String),
    /// A procedure.
    Procedure(String),
    /// A function.
    Function(String),
    /// An event.
    Event(String),
}

impl Spot {
    /// The table it is in.
    fn table(&self) -> Option<&str> {
        match self {
            Self::Column { table, .. }
            | Self::PrimaryKey(table)
            | Self::Key { table, .. }
            | Self::ForeignKey { table, .. }
            | Self::Check { table, .. }
            | Self::Trigger { table, .. } => Some(table),
            Self::Server
            | Self::Table(_)
            | Self::View(_)
            | Self::Procedure(_)
            | Self::Function(_)
            | Self::Event(_) => None,
        }
    }

    /// The same, in the spelling that all spellings MySQL holds equal share.
    fn folded(mut self) -> Self {
        match &mut self {
            Self::Column { name, .. } | Self::Key { name, .. } | Self::Check { name, .. } => {
                *name = name.to_lowercase();
            }
            Self::ForeignKey { columns, .. } => {
                columns.iter_mut().for_each(|column| *column = column.to_lowercase());
            }
            Self::Server
            | Self::Table(_)
            | Self::PrimaryKey(_)
            | Self::Trigger { .. }
            | Self::View(_)
            | Self::Procedure(_)
            | Self::Function(_)
            | Self::Event(_) => {}
        }
        self
    }
}

/// Where the facts of a schema stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourcePlaces {
    places: HashMap<Spot, Place>,
    whole: Option<Place>,
}

impl SourcePlaces {
    /// No places yet. `whole`: what stands for the schema as a whole, if anything does.
    pub fn new(whole: Option<Place>) -> Self {
        Self { places: HashMap::new(), whole }
    }

    /// Adds the place of a fact, if there is one. The first of two counts.
    pub fn put(&mut self, spot: Spot, place: Option<Place>) {
        if let Some(place) = place {
            self.places.entry(spot.folded()).or_insert(place);
        }
    }

    /// Where it stands.
    pub(in crate::diff) fn exactly(&self, spot: &Spot) -> Option<&Place> {
        self.places.get(&spot.clone().folded())
    }

    /// Where it stands, or its table if that is there, or the schema.
    pub(in crate::diff) fn nearest(&self, spot: &Spot) -> Option<&Place> {
        let table = || self.places.get(&Spot::Table(spot.table()?.to_owned()));
        self.exactly(spot).or_else(table).or(self.whole.as_ref())
    }
}
