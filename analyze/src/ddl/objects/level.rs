//! What a walk knows at one depth of parentheses.

use super::TableName;
use super::walk::Touched;

/// One depth of parentheses: a query in parentheses is a level, and so are a function's arguments.
#[derive(Debug, Default)]
pub(super) struct Level {
    /// The statement that is read here.
    pub(super) statement: Option<Statement>,
    /// What the names at this point of it are.
    pub(super) part: Part,
    /// The level outside that the tables here belong to, if these parentheses stand around tables: `FROM (a, b)`.
    pub(super) outer: Option<usize>,
    /// How many names of queries there were when it opened: those that it gives end with it.
    pub(super) queries: usize,
    /// The name of the query in parentheses that comes next, where it is hidden from itself.
    pub(super) naming: Option<String>,
}

/// What names are, in a part of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Columns, variables, and all else that is passed over.
    #[default]
    Elsewhere,
    /// FROM and what is like it; after a comma or a JOIN comes a table.
    Tables {
        /// Whether the next name is one.
        next: bool,
    },
    /// SET: before each `=` stands what is assigned.
    Assignments,
}

/// A statement whose tables are listed before it is known what it does to each.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) verb: Verb,
    /// Its tables.
    pub(super) tables: Vec<Listed>,
    /// What it writes, where it says: names or aliases of its tables.
    pub(super) targets: Vec<String>,
    /// Whether it writes a column without saying of which table.
    pub(super) writes_any: bool,
}

/// What a statement does to its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Select,
    Update,
    Delete,
}

/// A table as a statement lists it.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) table: TableName,
    /// What it is called in this statement.
    pub(super) alias: String,
}

impl Level {
    /// Starts a statement, which ends the one before.
    pub(super) fn start(&mut self, verb: Verb, found: &mut Touched) {
        self.finish(found);
        self.statement = Some(Statement { verb, tables: Vec::new(), targets: Vec::new(), writes_any: false });
    }

    /// Ends the statement: now it is known what it reads and what it writes.
    pub(super) fn finish(&mut self, found: &mut Touched) {
        self.part = Part::Elsewhere;
        let Some(Statement { verb, tables, targets, writes_any }) = self.statement.take() else { return };
        for Listed { table, alias } in tables {
            let is_target = targets.iter().any(|target| target.eq_ignore_ascii_case(&alias));
            let written = match verb {
                Verb::Select => false,
                Verb::Update => is_target || writes_any,
                Verb::Delete => is_target || targets.is_empty(),
            };
            if written { found.writes.push(table) } else { found.reads.push(table) }
        }
    }

    /// The statement, if it is of this verb.
    pub(super) fn doing(&mut self, verb: Verb) -> Option<&mut Statement> {
        self.statement.as_mut().filter(|statement| statement.verb == verb)
    }

    /// Whether the next name is a table's.
    pub(super) fn wants_table(&self) -> bool {
        self.part == Part::Tables { next: true }
    }

    /// Whether a list of tables goes on here.
    pub(super) fn in_tables(&self) -> bool {
        matches!(self.part, Part::Tables { .. })
    }
}
