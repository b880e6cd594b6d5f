//! At the end, when the whole schema is there: what the names in bodies are names of.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::source::Touches;

use super::apply::{Made, Objects, same_database};
use super::walk::Touched;
use super::{Object, ObjectKind, TableName, TriggerFacts};
use crate::ddl::problem;
use crate::ddl::schema::Table;

/// What is known by a name, whatever its letters' case.
type Index<'a> = HashMap<String, Vec<Known<'a>>>;

/// Something a name can mean.
#[derive(Clone, Copy)]
struct Known<'a> {
    database: Option<&'a str>,
    name: &'a str,
    /// Its position among the tables or the objects.
    at: usize,
}

impl Objects {
    /// The objects with what they touch, and what is to be said of those that are none: triggers whose table isn't
    /// there, and what has the name of another in another database.
    pub(in crate::ddl) fn resolve(self, tables: &[Table]) -> (Vec<Object>, Vec<Diagnostic>) {
        let resolver = Resolver::new(&self.made, tables);
        let (mut objects, mut said) = (Vec::new(), Vec::new());
        let mut names: HashMap<(&'static str, String), Option<&str>> = HashMap::new();
        for (at, made) in self.made.iter().enumerate() {
            let object = resolver.object(at, made);
            let first = names.entry((made.kind.word(), made.name.to_lowercase()));
            match (&object.kind, first) {
                (ObjectKind::Trigger(facts), _) if !resolver.is_table(&facts.table) => {
                    said.push(problem::trigger_of_no_table(&object, &facts.table.name));
                }
                // Triggers are told apart by their tables.
                (kind, Entry::Occupied(first)) if !matches!(kind, ObjectKind::Trigger(_)) => {
                    said.push(problem::object_twice(&object, *first.get()));
                }
                (_, first) => {
                    first.or_insert(made.database.as_deref());
                    objects.push(object);
                }
            }
        }
        (objects, said)
    }
}

struct Resolver<'a> {
    made: &'a [Made],
    all: &'a [Table],
    /// Tables, and views behind them.
    tables: Index<'a>,
    procedures: Index<'a>,
    functions: Index<'a>,
}

impl<'a> Resolver<'a> {
    fn new(made: &'a [Made], tables: &'a [Table]) -> Self {
        let of_kind = |wanted: fn(&ObjectKind) -> bool| {
            made.iter().enumerate().filter(move |(_, made)| wanted(&made.kind))
        };
        let known = |(at, made): (usize, &'a Made)| Known {
            database: made.database.as_deref(),
            name: &made.name,
            at,
        };
        let views = of_kind(|kind| matches!(kind, ObjectKind::View)).map(known);
        let views = views.map(|view| Known { at: view.at + tables.len(), ..view });
        let listed = tables.iter().enumerate().map(|(at, table)| Known {
            database: table.database.as_deref(),
            name: &table.name,
            at,
        });
        Self {
            made,
            all: tables,
            tables: index(listed.chain(views)),
            procedures: index(of_kind(|kind| matches!(kind, ObjectKind::Procedure)).map(known)),
            functions: index(of_kind(|kind| matches!(kind, ObjectKind::Function { .. })).map(known)),
        }
    }

    fn object(&self, at: usize, made: &Made) -> Object {
        let mut kind = made.kind.clone();
        if let ObjectKind::Trigger(facts) = &mut kind {
            self.spell(facts);
        }
        let Gathered { touches, dynamic } = self.gather(at);
        Object {
            kind,
            database: made.database.clone(),
            name: made.name.clone(),
            place: made.place.clone(),
            touches,
            dynamic,
        }
    }

    fn is_table(&self, name: &TableName) -> bool {
        find(&self.tables, name, None).is_some_and(|known| known.at < self.all.len())
    }

    /// Gives a trigger's table and columns the schema's spelling.
    fn spell(&self, facts: &mut TriggerFacts) {
        let known = find(&self.tables, &facts.table, None);
        let Some(table) = known.and_then(|known| self.all.get(known.at)) else { return };
        facts.table = TableName { database: table.database.clone(), name: table.name.clone() };
        let mut sets = Vec::new();
        for name in facts.sets.drain(..) {
            let name = table.column(&name).map_or(name, |column| column.source.name.clone());
            push_new(&mut sets, name);
        }
        facts.sets = sets;
    }

    /// What an object touches, and what the routines touch that it calls; of these only those it calls itself.
    fn gather(&self, root: usize) -> Gathered {
        let mut gathered = Gathered::default();
        let mut seen = HashSet::new();
        let mut open = vec![root];
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            let Made { touched, database, .. } = &self.made[at];
            let database = database.as_deref();
            let Touched { reads, writes, calls, functions, dynamic, .. } = touched;
            gathered.dynamic |= dynamic;
            for (names, found) in
                [(reads, &mut gathered.touches.reads), (writes, &mut gathered.touches.writes)]
            {
                for known in names.iter().filter_map(|name| find(&self.tables, name, database)) {
                    push_new(found, known.name.to_owned());
                }
            }
            for (names, index) in [(calls, &self.procedures), (functions, &self.functions)] {
                for known in names.iter().filter_map(|name| find(index, name, database)) {
                    open.push(known.at);
                    if at == root {
                        push_new(&mut gathered.touches.calls, known.name.to_owned());
                    }
                }
            }
        }
        gathered
    }
}

#[derive(Default)]
struct Gathered {
    touches: Touches,
    dynamic: bool,
}

fn index<'a>(known: impl Iterator<Item = Known<'a>>) -> Index<'a> {
    let mut index = Index::new();
    for known in known {
        index.entry(known.name.to_lowercase()).or_default().push(known);
    }
    index
}

/// What a name in a body means; `database`: the one that the body is in.
fn find<'a>(index: &Index<'a>, name: &TableName, database: Option<&str>) -> Option<Known<'a>> {
    let database = name.database.as_deref().or(database);
    let known = index.get(&name.name.to_lowercase())?;
    let near = || known.iter().filter(|known| same_database(known.database, database));
    near().find(|known| known.name == name.name).or_else(|| near().next()).copied()
}

fn push_new(list: &mut Vec<String>, name: String) {
    if !list.contains(&name) {
        list.push(name);
    }
}
