//! Where things stand in a contract's file, found by their path in its tree.

use std::sync::Arc;

use super::source::{SourcePlaces, Spot};
use crate::diagnostic::{Place, SourceFile};
use crate::source::parse_names;
use crate::yaml::{self, Entry, Node, NodeKind};

/// A contract's tree, asked for places. It knows no field of the language, so that none can be missing.
#[derive(Clone, Debug)]
pub struct ContractPlaces {
    file: Arc<SourceFile>,
    tree: Option<Node>,
}

type OfName = fn(String) -> Spot;

/// The lists of a source beside its tables, and what their entries are.
const OBJECTS: [(&str, OfName); 4] = [
    ("views", Spot::View),
    ("procedures", Spot::Procedure),
    ("functions", Spot::Function),
    ("events", Spot::Event),
];

impl ContractPlaces {
    /// Of a contract's file. What is wrong with it, loading says.
    pub fn read(file: &Arc<SourceFile>) -> Self {
        Self { file: Arc::clone(file), tree: yaml::parse(file).value }
    }

    /// Where a path leads: the value, if that is a text, else its key. Of a path that leads nowhere, as much as there is;
    /// the file's start where there is nothing.
    pub fn at<S: AsRef<str>>(&self, path: &[S]) -> Place {
        let start = Place::new(&self.file, 0..0);
        let Some(mut node) = self.tree.as_ref() else { return start };
        let mut place = entries(node).first().and_then(|entry| entry.key_place.clone()).unwrap_or(start);
        for step in path {
            let Some(entry) = entries(node).iter().find(|entry| entry.key == step.as_ref()) else { break };
            place = of(entry).unwrap_or(place);
            node = &entry.value;
        }
        place
    }

    /// Where the facts of the source stand.
    pub fn source(&self) -> SourcePlaces {
        let mut places = SourcePlaces::new(Some(self.at(&["source", "tables"])));
        let Some(source) = self.tree.as_ref().and_then(|tree| get(tree, "source")) else { return places };
        if let Some(server) = get(source, "server") {
            places.put(Spot::Server, server.place.clone());
        }
        for table in get(source, "tables").map(entries).unwrap_or_default() {
            places.put(Spot::Table(table.key.clone()), table.key_place.clone());
            for list in entries(&table.value) {
                put_facts(&mut places, &table.key, list);
            }
        }
        for (list, spot) in OBJECTS {
            for entry in get(source, list).map(entries).unwrap_or_default() {
                places.put(spot(entry.key.clone()), of(entry));
            }
        }
        places
    }
}

/// Where the facts of one list of a table stand: its columns, its keys.
fn put_facts(places: &mut SourcePlaces, table: &str, list: &Entry) {
    let spot = |name: &str| {
        let (table, name) = (table.to_owned(), name.to_owned());
        Some(match list.key.as_str() {
            "columns" => Spot::Column { table, name },
            "unique" | "indexes" | "fulltext" | "spatial" => Spot::Key { table, name },
            "foreign_keys" => Spot::ForeignKey { table, columns: parse_names(&name).ok()? },
            "checks" => Spot::Check { table, name },
            "triggers" => Spot::Trigger { table, name },
            _ => return None,
        })
    };
    if list.key == "primary_key" {
        let place = list.value.place.clone().or_else(|| list.key_place.clone());
        places.put(Spot::PrimaryKey(table.to_owned()), place);
    }
    for entry in entries(&list.value) {
        if let Some(spot) = spot(&entry.key) {
            places.put(spot, of(entry));
        }
    }
}

/// Where an entry is shown: its value where that is a text, else its key.
fn of(entry: &Entry) -> Option<Place> {
    match &entry.value.kind {
        NodeKind::Scalar { text, .. } if !text.is_empty() => entry.value.place.clone(),
        _ => None,
    }
    .or_else(|| entry.key_place.clone())
}

fn entries(node: &Node) -> &[Entry] {
    match &node.kind {
        NodeKind::Map(entries) => entries,
        _ => &[],
    }
}

fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    entries(node).iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}
