//! ALTER TABLE: its actions are read one by one, so that one that isn't understood costs no other, and then applied
//! together, as servers do: what is dropped, renamed and changed is named as it was before the statement, what is added
//! may use what the same statement makes.

mod action;
mod apply;
mod columns;
mod convert;
mod expression;
mod index;
mod keys;

use migratable_contract::diagnostic::Diagnostic;

use super::cursor::{Cursor, TableName};
use super::lexer::{Tok, split_commas};
use super::problem::Refusal;
use super::schema::Table;
use super::table::Context;
pub(super) use action::Action;
pub(super) use apply::{Altered, apply};
pub(super) use index::{create_index, drop_index};

/// What is said before the actions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    pub(super) if_exists: bool,
    pub(super) name: TableName,
    /// How many tokens it takes.
    length: usize,
}

/// Reads `ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] [database.]name`.
pub(super) fn head(tokens: &[Tok], file: &str) -> Result<Head, Refusal> {
    let mut cursor = Cursor::new(tokens, file);
    cursor.at = 1;
    while cursor.take_any(&["ONLINE", "OFFLINE", "IGNORE"]) {}
    cursor.at += 1;
    let if_exists = cursor.take(&["IF", "EXISTS"]);
    let name = cursor.table_name()?;
    if cursor.take(&["WAIT"]) {
        cursor.at += 1;
    }
    cursor.take(&["NOWAIT"]);
    Ok(Head { if_exists, name, length: cursor.at })
}

/// Actions, and why the others were not understood.
#[derive(Debug, Default)]
pub(super) struct Actions {
    pub(super) read: Vec<Action>,
    pub(super) refused: Vec<Refusal>,
}

/// Reads the actions of a statement on this table. Text columns that name no collation get the one the statement gives
/// the table, wherever it stands.
pub(super) fn actions(
    head: &Head,
    tokens: &[Tok],
    table: &Table,
    context: Context<'_>,
    out: &mut Vec<Diagnostic>,
) -> Actions {
    let mut actions = Actions::default();
    let pieces = pieces(&tokens[head.length..]);
    let mut collation = table.collation.clone();
    for piece in &pieces {
        if let Some(named) = action::collation(piece, context) {
            collation = named;
        }
    }
    for piece in pieces {
        match action::read(piece, &collation, context, out) {
            Ok(action) => actions.read.push(action),
            Err(refusal) => actions.refused.push(refusal),
        }
    }
    actions
}

/// The pieces that are an action each. Commas part them, but for those inside of partition upkeep, which stands alone,
/// and of ORDER BY; and what partitions the table follows without one.
fn pieces(tokens: &[Tok]) -> Vec<&[Tok]> {
    if tokens.is_empty() || action::is_partition_upkeep(tokens) {
        return vec![tokens];
    }
    let partitions = action::partition_clause(tokens).unwrap_or(tokens.len());
    let (tokens, clause) = tokens.split_at(partitions);
    let mut pieces: Vec<&[Tok]> = Vec::new();
    let mut ordered = false;
    for piece in split_commas(tokens) {
        let order = matches!(piece, [first, ..] if first.is("ORDER"));
        if ordered && !order && matches!(piece, [_] | [_, _]) && is_order(piece) {
            continue;
        }
        ordered = order;
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    if !clause.is_empty() {
        pieces.push(clause);
    }
    pieces
}

/// `name`, `name ASC`, `name DESC`.
fn is_order(piece: &[Tok]) -> bool {
    match piece {
        [name] => name.name().is_some() && !name.is("FORCE"),
        [name, direction] => name.name().is_some() && direction.is_any(&["ASC", "DESC"]),
        _ => false,
    }
}
