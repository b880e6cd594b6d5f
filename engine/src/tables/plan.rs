//! What is to be done so that there are the contract's tables. Pure: nobody is asked, nothing is done.

use std::fmt;

use migratable_contract::model::{Capacity, Payment};

use super::compare::{Difference, Kind, compare, lacking};
use super::model::{Described, Feature, State, WantedTable};

/// What is to be done, table by table, in the contract's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The tables.
    pub tables: Vec<TablePlan>,
}

/// What is to be done about one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablePlan {
    /// Its name.
    pub name: String,
    /// What there is, and what follows.
    pub verdict: Verdict,
    /// What the contract wants and the engine is known not to have.
    pub lacking: Vec<Feature>,
}

/// What there is, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The table is as the contract says.
    Same,
    /// It will be, when it, or an index, can be used.
    Coming,
    /// There is none: what makes it.
    Missing(Vec<Step>),
    /// It is otherwise: how, at least one difference.
    Different(Vec<Difference>),
}

/// One step on the way to a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Make it, with its indexes, its billing, its stream and its protection from deletion.
    Create(WantedTable),
    /// Wait until it and its indexes, so many, are active.
    Wait(usize),
    /// Let items expire by this attribute.
    Expire(String),
    /// Turn on point-in-time recovery.
    Recover,
}

impl Plan {
    /// What makes what there is what is wanted.
    pub fn of(tables: &[(WantedTable, Described)]) -> Self {
        Self { tables: tables.iter().map(|(wanted, described)| table(wanted, described)).collect() }
    }

    /// Every difference of every table that is there, and every table that isn't.
    pub fn differences(&self) -> Vec<Difference> {
        let found = self.tables.iter().flat_map(|table| match &table.verdict {
            Verdict::Same => Vec::new(),
            Verdict::Different(differences) => differences.clone(),
            Verdict::Missing(_) => vec![Difference { table: table.name.clone(), kind: Kind::Missing }],
            Verdict::Coming => {
                vec![Difference { table: table.name.clone(), kind: Kind::State(State::Coming) }]
            }
        });
        found.collect()
    }

    /// The differences of tables that are there and otherwise: while there are any, nothing is made.
    pub fn obstacles(&self) -> Vec<Difference> {
        let different = self.tables.iter().filter_map(|table| match &table.verdict {
            Verdict::Different(differences) => Some(differences),
            Verdict::Same | Verdict::Coming | Verdict::Missing(_) => None,
        });
        different.flatten().cloned().collect()
    }

    /// Whether there are obstacles.
    pub fn is_blocked(&self) -> bool {
        !self.obstacles().is_empty()
    }
}

fn table(wanted: &WantedTable, described: &Described) -> TablePlan {
    let verdict = match &described.table {
        None => Verdict::Missing(steps(wanted, described)),
        Some(_) => {
            let differences = compare(wanted, described);
            let only_coming = |difference: &Difference| {
                matches!(
                    difference.kind,
                    Kind::State(State::Coming) | Kind::IndexState { state: State::Coming, .. }
                )
            };
            match &differences[..] {
                [] => Verdict::Same,
                all if all.iter().all(only_coming) => Verdict::Coming,
                _ => Verdict::Different(differences),
            }
        }
    };
    TablePlan { name: wanted.name.clone(), verdict, lacking: lacking(wanted, described) }
}

/// What makes a table, without what the engine is known not to have.
fn steps(wanted: &WantedTable, described: &Described) -> Vec<Step> {
    let has = |feature| !described.lacks.contains(&feature);
    let mut steps = vec![Step::Create(wanted.clone()), Step::Wait(wanted.indexes.len())];
    let ttl = wanted.storage.ttl.as_ref().filter(|_| has(Feature::TimeToLive));
    steps.extend(ttl.cloned().map(Step::Expire));
    if wanted.storage.point_in_time_recovery && has(Feature::PointInTimeRecovery) {
        steps.push(Step::Recover);
    }
    steps
}

/// For people; what is made is listed on lines of its own, indented.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create(table) => create(table, f),
            Self::Wait(0) => f.write_str("wait until it is active"),
            Self::Wait(1) => f.write_str("wait until it and its index are active"),
            Self::Wait(indexes) => write!(f, "wait until it and its {indexes} indexes are active"),
            Self::Expire(attribute) => write!(f, "let items expire by {attribute}"),
            Self::Recover => f.write_str("turn on point-in-time recovery"),
        }
    }
}

fn create(table: &WantedTable, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let storage = &table.storage;
    write!(f, "create it: {}; {}", table.key, paid(storage.payment))?;
    if let Some(stream) = storage.stream {
        write!(f, "; a stream of {}", stream.name())?;
    }
    if storage.deletion_protection {
        f.write_str("; protected from deletion")?;
    }
    for index in &table.indexes {
        write!(f, "\n     index {}: {}; holds {}", index.name, index.key, index.projection)?;
    }
    Ok(())
}

/// How a table is paid for, in words.
pub(super) fn paid(payment: Payment) -> String {
    match payment {
        Payment::OnDemand => "paid for by request".to_owned(),
        Payment::Provisioned(Capacity { read, write }) => {
            format!("provisioned for {read} reads and {write} writes a second, each index too")
        }
    }
}
