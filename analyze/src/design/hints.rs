//! What DDL says that the schema inside a contract doesn't.

use std::collections::{BTreeMap, BTreeSet};

use migratable_contract::diagnostic::Place;

use crate::ddl::{self, Fact, Note, Object, ObjectKind, Subject};

/// What DDL says that the schema inside a contract doesn't. Tables, columns and keys are named as in the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Columns declared BOOLEAN or BOOL: table, column. The type alone, `tinyint(1)`, doesn't promise 0 and 1.
    pub declared_boolean: BTreeSet<(String, String)>,
    /// CHECK constraints that are NOT ENFORCED: table, check.
    pub unenforced_checks: BTreeSet<(String, String)>,
    /// Where the DDL declares a table (`None`) or its column.
    pub places: BTreeMap<(String, Option<String>), Place>,
    /// What else it says of a table, its columns, keys and checks, in a few words: table, and what of it. The contract
    /// has no place for these facts, and comments say them.
    pub notes: BTreeMap<(String, Subject), Vec<String>>,
    /// Procedures and events that run SQL they put together: what kind of object, its name.
    pub dynamic: BTreeSet<(&'static str, String)>,
    /// Where the DDL makes a trigger: table, trigger.
    pub triggers: BTreeMap<(String, String), Place>,
    /// What else it says of a routine or an event: what kind of object, its name.
    pub beside: BTreeMap<(&'static str, String), String>,
}

impl From<&ddl::Schema> for Hints {
    fn from(schema: &ddl::Schema) -> Self {
        let mut hints = Self::default();
        for table in &schema.tables {
            hints.add(table);
        }
        let dynamic = schema.objects.iter().filter(|object| object.dynamic);
        hints.dynamic.extend(dynamic.map(|object| (object.kind.word(), object.name.clone())));
        for object in &schema.objects {
            if let ObjectKind::Trigger(facts) = &object.kind {
                let of = (facts.table.name.clone(), object.name.clone());
                hints.triggers.insert(of, object.place.clone());
            }
            let of = (object.kind.word(), object.name.clone());
            hints.beside.extend(beside(object).map(|note| (of, note)));
        }
        hints
    }
}

impl Hints {
    fn add(&mut self, table: &ddl::Table) {
        let named = |name: &str| (table.name.clone(), name.to_owned());
        self.places.insert((table.name.clone(), None), table.place.clone());
        for column in &table.columns {
            let name = column.name();
            self.places.insert((table.name.clone(), Some(name.to_owned())), column.place.clone());
            if column.declared_boolean {
                self.declared_boolean.insert(named(name));
            }
        }
        let unenforced = table.checks.iter().filter(|check| !check.enforced);
        self.unenforced_checks.extend(unenforced.map(|check| named(&check.source.name)));
        for (subject, note) in table.all_notes().filter(|(_, note)| matters(note)) {
            self.notes.entry((table.name.clone(), subject)).or_default().push(note.text.clone());
        }
    }
}

/// What a contract's text doesn't say of an object.
fn beside(object: &Object) -> Option<String> {
    match &object.kind {
        ObjectKind::Function { returns } => Some(format!("returns {returns}")),
        ObjectKind::Event { schedule } => Some(schedule.clone()),
        _ => None,
    }
}

/// Whether a comment has to say it. What isn't enforced stands in the ledger, and InnoDB is what a table's engine is
/// unless it says otherwise.
fn matters(note: &Note) -> bool {
    note.fact != Fact::NotEnforced && !note.text.eq_ignore_ascii_case("ENGINE InnoDB")
}
