//! Columns inside the text of expressions: checks, generated columns, defaults, keys over expressions.

use std::collections::HashMap;

use migratable_core::sql;
use sqlparser::tokenizer::Token;

use crate::ddl::charset::Server;
use crate::ddl::lexer::{Tok, lex};

/// Whether an expression names one of these columns.
pub(super) fn mentions_any(expression: &str, columns: &[impl AsRef<str>], server: Server) -> bool {
    if columns.is_empty() {
        return false;
    }
    let named = names(expression, server);
    columns.iter().any(|column| named.iter().any(|(_, name)| *name == column.as_ref().to_lowercase()))
}

/// The expression with columns called by their new names; the map's keys are old names in lower case.
pub(super) fn rename(expression: &str, renamed: &HashMap<String, String>, server: Server) -> String {
    let mut text = String::with_capacity(expression.len());
    let mut end = 0;
    for (range, name) in names(expression, server) {
        let Some(new) = renamed.get(&name) else { continue };
        text.push_str(&expression[end..range.start]);
        text.push_str(&sql::quote(new));
        end = range.end;
    }
    text + &expression[end..]
}

/// The words of an expression that can be names of columns, in lower case.
fn names(expression: &str, server: Server) -> Vec<(std::ops::Range<usize>, String)> {
    // What was read once can be read again.
    let tokens = lex(expression, 0, server).unwrap_or_default();
    let may = |at: usize| {
        let name = tokens[at].name().filter(|_| is_column(&tokens, at))?;
        Some((tokens[at].range.clone(), name.to_lowercase()))
    };
    (0..tokens.len()).filter_map(may).collect()
}

/// Whether the word can be a column's name, and isn't a function, a qualifier, or a keyword of a literal.
fn is_column(tokens: &[Tok], at: usize) -> bool {
    let next = tokens.get(at + 1);
    if next.is_some_and(|next| next.token == Token::Period) {
        return false;
    }
    let quoted = tokens[at].keyword().is_none();
    if quoted {
        return true;
    }
    let before = |distance: usize| at.checked_sub(distance).and_then(|at| tokens.get(at));
    let of_literal = next.is_some_and(|next| next.token == Token::LParen || next.is_string());
    let of_interval = before(2).is_some_and(|tok| tok.is("INTERVAL"));
    let of_charset = before(1).is_some_and(|tok| tok.is_any(&["COLLATE", "USING", "SET", "AS"]));
    !of_literal && !of_interval && !of_charset
}
