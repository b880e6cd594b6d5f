//! A contract, and tables as an engine would describe them.

use std::collections::BTreeSet;

use migratable_contract::diagnostic::{self, SourceFile};
use migratable_contract::diff::ContractPlaces;
use migratable_contract::load;
use migratable_engine::tables::{
    self, Described, Difference, Feature, Found, FoundIndex, Plan, State, WantedTable,
};

/// Two tables: one with everything that a table can have, one with as little as can be.
pub(crate) const CONTRACT: &str = "\
contract: 1
name: library
source:
  server: mysql 8.0
  tables:
    loans:
      columns:
        id: bigint unsigned
        member: int unsigned
        city: varchar(40) collate utf8mb4_0900_bin
        year: smallint
        gone_at: bigint
        note: varchar(80) collate utf8mb4_0900_bin
      primary_key: [id]
    words:
      columns: { id: int unsigned, word: varchar(40) collate utf8mb4_0900_bin }
      primary_key: [id]
tables:
  Loans:
    partition: PK
    sort: SK
    ttl: gone_at
    billing: provisioned
    capacity: { read: 10, write: 5 }
    stream: new_and_old_images
    indexes:
      ByPlace: { partition: [city, year], sort: [member, loan], project: [note] }
      ByMember: { partition: [member], project: keys }
  Words:
    partition: word_id
    point_in_time_recovery: false
    deletion_protection: false
entities:
  Loan:
    table: Loans
    rows: loans
    repository: loans
    key: { PK: \"LOAN#{id}\", SK: LOAN }
    attributes: { loan: id, member: member, city: city, year: year, gone_at: gone_at, note: note }
  Word:
    table: Words
    rows: words
    repository: words
    attributes: { word_id: id, word: word }
access_patterns:
  Loan.by_id: { get: [loan] }
  Word.by_id: { get: [word_id] }
";

/// The tables of a contract that has no errors, and where things stand in it.
pub(crate) fn contract(text: &str) -> (Vec<WantedTable>, ContractPlaces) {
    let file = SourceFile::new("contract.yaml", text);
    let outcome = load(&file);
    let errors: Vec<_> = outcome.diagnostics.into_iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{}", diagnostic::render(&errors, false));
    (WantedTable::all(&outcome.value.unwrap()).unwrap(), ContractPlaces::read(&file))
}

pub(crate) fn wanted() -> Vec<WantedTable> {
    contract(CONTRACT).0
}

/// A table that is what is wanted.
pub(crate) fn as_wanted(table: &WantedTable) -> Found {
    let index = |index: &tables::Index| FoundIndex { index: index.clone(), state: State::Active };
    Found {
        state: State::Active,
        key: table.key.clone(),
        indexes: table.indexes.iter().map(index).collect(),
        local_indexes: Vec::new(),
        billing: table.storage.payment.billing(),
        stream: table.storage.stream,
        ttl: table.storage.ttl.clone(),
        point_in_time_recovery: table.storage.point_in_time_recovery,
        deletion_protection: table.storage.deletion_protection,
    }
}

pub(crate) fn described(found: Found) -> Described {
    Described { table: Some(found), lacks: BTreeSet::new() }
}

pub(crate) fn nothing(lacks: &[Feature]) -> Described {
    Described { table: None, lacks: lacks.iter().copied().collect() }
}

/// A plan as people read it.
pub(crate) fn show(plan: &Plan) -> String {
    let mut shown = String::new();
    for table in &plan.tables {
        shown.push_str(&format!("{}\n", table.name));
        match &table.verdict {
            tables::Verdict::Missing(steps) => {
                steps.iter().for_each(|step| shown.push_str(&format!("  - {step}\n")));
            }
            other => shown.push_str(&format!("  {other:?}\n")),
        }
        if !table.lacking.is_empty() {
            shown.push_str(&format!("  lacking: {:?}\n", table.lacking));
        }
    }
    shown
}

/// Differences as reports have them.
pub(crate) fn render(differences: &[Difference]) -> String {
    let (_, places) = contract(CONTRACT);
    diagnostic::render(&tables::differences(differences, &places), false)
}
