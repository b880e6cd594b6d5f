//! A schema as single facts, whoever says them, and where two schemas part.

use std::collections::BTreeMap;
use std::fmt;

/// What a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The database.
    pub database: String,
    /// The table, or the view, trigger, routine or event.
    pub name: String,
    /// What of it.
    pub part: Part,
}

/// A part of a table, or something beside tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The table.
    Table,
    /// A column.
    Column(String),
    /// A key, by name; the primary key is `PRIMARY`.
    Key(String),
    /// A foreign key, by name.
    ForeignKey(String),
    /// A CHECK, by its expression as the server prints it: its name is a fact about it.
    Check(String),
    /// A view, trigger, routine or event.
    Object(&'static str),
}

/// One fact: what it is about, and which it is. [`IS`] is the one that every subject has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// What it is about.
    pub subject: Subject,
    /// Which fact.
    pub attribute: &'static str,
}

/// That the subject is there at all.
pub const IS: &str = "is there";

/// All facts of a schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    facts: BTreeMap<Fact, String>,
}

impl Facts {
    /// Records that the subject is there.
    pub fn is(&mut self, subject: &Subject) {
        self.say(subject, IS, "yes");
    }

    /// Records a fact.
    pub fn say(&mut self, subject: &Subject, attribute: &'static str, value: impl Into<String>) {
        self.facts.insert(Fact { subject: subject.clone(), attribute }, value.into());
    }

    /// What is recorded.
    pub fn get(&self, subject: &Subject, attribute: &'static str) -> Option<&str> {
        self.facts.get(&Fact { subject: subject.clone(), attribute }).map(String::as_str)
    }

    /// Whether the subject is there.
    pub fn has(&self, subject: &Subject) -> bool {
        self.get(subject, IS).is_some()
    }

    /// The subjects, in order.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.facts.keys().filter(|fact| fact.attribute == IS).map(|fact| &fact.subject)
    }

    /// The tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Subject> {
        self.subjects().filter(|subject| subject.part == Part::Table)
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }
}

/// Where two schemas part: a fact that one of them lacks, or says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The fact.
    pub fact: Fact,
    /// What we say.
    pub ours: Option<String>,
    /// What the server says.
    pub theirs: Option<String>,
}

/// Every difference. Where a subject is missing, that is one difference, whatever else would be said of it.
pub fn differences(ours: &Facts, theirs: &Facts) -> Vec<Difference> {
    let mut keys: Vec<&Fact> = ours.facts.keys().chain(theirs.facts.keys()).collect();
    keys.sort();
    keys.dedup();
    let both = |subject: &Subject| ours.has(subject) && theirs.has(subject);
    keys.into_iter()
        .filter(|fact| {
            let subject = &fact.subject;
            let table = Subject { part: Part::Table, ..subject.clone() };
            let of_table = !matches!(subject.part, Part::Table | Part::Object(_));
            (fact.attribute == IS || both(subject)) && (!of_table || both(&table))
        })
        .filter(|fact| ours.facts.get(fact) != theirs.facts.get(fact))
        .map(|fact| Difference {
            fact: fact.clone(),
            ours: ours.facts.get(fact).cloned(),
            theirs: theirs.facts.get(fact).cloned(),
        })
        .collect()
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { database, name, part } = self;
        match part {
            Part::Table => write!(f, "{database}.{name}"),
            Part::Column(column) => write!(f, "{database}.{name} column {column}"),
            Part::Key(key) => write!(f, "{database}.{name} key {key}"),
            Part::ForeignKey(key) => write!(f, "{database}.{name} foreign key {key}"),
            Part::Check(expression) => write!(f, "{database}.{name} check {expression}"),
            Part::Object(kind) => write!(f, "{database}.{name} {kind}"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fact { subject, attribute } = &self.fact;
        match (*attribute, &self.ours, &self.theirs) {
            (IS, None, _) => write!(f, "{subject}: missing in our model"),
            (IS, _, None) => write!(f, "{subject}: only in our model"),
            (_, ours, theirs) => {
                let said =
                    |value: &Option<String>| value.as_ref().map_or("nothing".into(), |v| format!("{v:?}"));
                write!(f, "{subject}: {attribute}: we say {}, the server {}", said(ours), said(theirs))
            }
        }
    }
}
