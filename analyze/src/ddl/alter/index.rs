//! CREATE INDEX and DROP INDEX, which are an ALTER TABLE of one action each.

use migratable_contract::diagnostic::Diagnostic;
use sqlparser::tokenizer::Token;

use super::action::{Action, Dropped, Position};
use crate::ddl::cursor::{Cursor, TableName};
use crate::ddl::lexer::Tok;
use crate::ddl::problem::Refusal;
use crate::ddl::table::{self, Context, Entry};

/// Reads `CREATE [OR REPLACE] [UNIQUE | FULLTEXT | SPATIAL] INDEX [IF NOT EXISTS] name [USING type] ON table (…) …`.
pub(in crate::ddl) fn create_index(
    tokens: &[Tok],
    context: Context<'_>,
    out: &mut Vec<Diagnostic>,
) -> Result<(TableName, Vec<Action>), Refusal> {
    let mut cursor = Cursor::new(tokens, context.file());
    cursor.at = 1;
    let or_replace = cursor.take(&["OR", "REPLACE"]);
    while cursor.take_any(&["ONLINE", "OFFLINE"]) {}
    let start = cursor.at;
    cursor.take_any(&["UNIQUE", "FULLTEXT", "SPATIAL"]);
    if !cursor.take(&["INDEX"]) {
        return Err(Refusal::new("expected INDEX", cursor.place()));
    }
    // The entry of a CREATE TABLE says the same but for the table.
    let mut entry = tokens[start..cursor.at].to_vec();
    let guarded = cursor.take(&["IF", "NOT", "EXISTS"]);
    let from = cursor.at;
    let name = cursor.name()?;
    while !cursor.is_done() && !cursor.is(&["ON"]) {
        cursor.at += 1;
    }
    entry.extend_from_slice(&tokens[from..cursor.at]);
    cursor.at += 1;
    let table = cursor.table_name()?;
    entry.extend_from_slice(&cursor.rest()[..until_algorithm(cursor.rest())]);
    let entries = table::entries(&entry, 0..entry.len(), "", context, out)?;
    if !matches!(entries[..], [Entry::Key(_)]) {
        return Err(Refusal::new("it is no index", name.range));
    }
    let add = Action::Add { entries, position: Position::Unsaid, guarded };
    if or_replace {
        let drop = Action::Drop { what: Dropped::Key, name, guarded: true };
        return Ok((table, vec![drop, add]));
    }
    Ok((table, vec![add]))
}

/// ALGORITHM and LOCK say how the server goes about it.
fn until_algorithm(tokens: &[Tok]) -> usize {
    let how = ["ALGORITHM", "LOCK", "WAIT", "NOWAIT"];
    let behind = |tok: &Tok| tok.token == Token::RParen;
    let close = tokens.iter().rposition(behind).unwrap_or(0);
    tokens.iter().skip(close).position(|tok| tok.is_any(&how)).map_or(tokens.len(), |at| close + at)
}

/// Reads `DROP INDEX [IF EXISTS] name ON table …`.
pub(in crate::ddl) fn drop_index(tokens: &[Tok], file: &str) -> Result<(TableName, Vec<Action>), Refusal> {
    let mut cursor = Cursor::new(tokens, file);
    cursor.at = 1;
    while cursor.take_any(&["ONLINE", "OFFLINE"]) {}
    if !cursor.take(&["INDEX"]) {
        return Err(Refusal::new("expected INDEX", cursor.place()));
    }
    let guarded = cursor.take(&["IF", "EXISTS"]);
    let name = cursor.name()?;
    if !cursor.take(&["ON"]) {
        return Err(Refusal::new("expected ON and a table's name", cursor.place()));
    }
    let table = cursor.table_name()?;
    Ok((table, vec![Action::Drop { what: Dropped::Key, name, guarded }]))
}
