//! CREATE TABLE: from tokens, through the parser, to a table.

mod assembly;
mod entry;

use std::ops::Range;

use migratable_contract::diagnostic::Diagnostic;
use sqlparser::ast::{ColumnDef, Statement, TableConstraint};
use sqlparser::dialect::MySqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::charset::Server;
use super::cursor::{Cursor, TableName};
use super::element::{self, Element};
use super::lexer::{Tok, Tokens, for_parser, split_commas};
use super::options;
use super::problem::{Refusal, Reporter};
use super::schema::{Note, Table};
pub(super) use assembly::Assembly;
use entry::EntryReader;
pub(super) use entry::{Entry, NewColumn};

/// What is said before the parentheses.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    pub(super) or_replace: bool,
    pub(super) if_not_exists: bool,
    pub(super) name: TableName,
    /// How many tokens it takes.
    pub(super) length: usize,
}

/// Reads `CREATE [OR REPLACE] TABLE [IF NOT EXISTS] [database.]name`.
pub(super) fn head(tokens: &[Tok], file: &str) -> Result<Head, Refusal> {
    let mut cursor = Cursor::new(tokens, file);
    cursor.at = 1;
    let or_replace = cursor.take(&["OR", "REPLACE"]);
    cursor.at += 1;
    let if_not_exists = cursor.take(&["IF", "NOT", "EXISTS"]);
    let name = cursor.table_name()?;
    Ok(Head { or_replace, if_not_exists, name, length: cursor.at })
}

/// The table whose definition `CREATE TABLE … LIKE` takes over.
pub(super) fn like(head: &Head, tokens: &[Tok], file: &str) -> Result<Option<TableName>, Refusal> {
    let mut cursor = Cursor::new(tokens, file);
    cursor.at = head.length;
    let inside = cursor.take_token(&Token::LParen);
    if !cursor.take(&["LIKE"]) {
        return Ok(None);
    }
    let name = cursor.table_name()?;
    if inside && !cursor.take_token(&Token::RParen) {
        return Err(Refusal::new("expected `)`", cursor.place()));
    }
    cursor.end()?;
    Ok(Some(name))
}

/// Where the next statement starts, if the tokens of a CREATE TABLE whose parentheses open at `open` hold one more: what
/// SHOW CREATE TABLE prints has no semicolon, and people put several of it into one file.
pub(super) fn next_statement(open: usize, tokens: &[Tok]) -> Option<usize> {
    let close = tokens.opens_at(open).then(|| tokens.close(open)).flatten()?;
    // None of these is an option of a table.
    let verbs = ["CREATE", "DROP", "ALTER", "USE", "INSERT", "LOCK"];
    let after = tokens[close..].iter().position(|tok| tok.is_any(&verbs))?;
    Some(close + after)
}

/// Where a table is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) report: &'a Reporter,
    pub(super) server: Server,
    /// The default collation of the database.
    pub(super) collation: &'a str,
}

impl Context<'_> {
    /// The text that ranges are of.
    pub(super) fn file(&self) -> &str {
        &self.report.file.text
    }

    /// A remark, with its place.
    pub(super) fn note(&self, (fact, text, range): element::Remark) -> Note {
        Note { fact, text, place: self.report.place(range) }
    }
}

/// Reads the table whose CREATE TABLE these tokens are.
pub(super) fn read(
    head: &Head,
    tokens: &[Tok],
    context: Context<'_>,
    out: &mut Vec<Diagnostic>,
) -> Result<Table, Refusal> {
    let file = &context.report.file.text;
    let (open, close) = body(head, tokens)?;
    if let Some(nameless) = tokens.iter().find(|tok| tok.name() == Some("")) {
        return Err(Refusal::new("a name is empty", nameless.range.clone()));
    }
    if close == open + 1 {
        return Err(Refusal::new("it has no columns", tokens[open].range.start..tokens[close].range.end));
    }
    let options = options::read(&tokens[close + 1..], file, context.server)?;
    let collation = options.collation.unwrap_or_else(|| context.collation.to_owned());
    let entries = entries(tokens, open + 1..close, &collation, context, out)?;
    let table = Table {
        name: head.name.name.clone(),
        place: context.report.place(head.name.range.clone()),
        statement: context.report.place(tokens.whole().unwrap_or_default()),
        database: head.name.database.clone(),
        engine: options.engine,
        collation,
        comment: options.comment,
        columns: Vec::new(),
        keys: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        notes: options.notes.into_iter().map(|remark| context.note(remark)).collect(),
    };
    let mut assembly = Assembly::new(table, context.server);
    for entry in entries {
        assembly.add(entry)?;
    }
    assembly.finish()
}

/// Reads entries of a table: what stands between commas in that part of the tokens.
pub(super) fn entries(
    tokens: &[Tok],
    part: Range<usize>,
    collation: &str,
    context: Context<'_>,
    out: &mut Vec<Diagnostic>,
) -> Result<Vec<Entry>, Refusal> {
    let mut given = vec![
        for_parser(Token::make_keyword("CREATE"), 0),
        for_parser(Token::make_keyword("TABLE"), 0),
        for_parser(Token::make_word("x", None), 0),
        for_parser(Token::LParen, 0),
    ];
    let mut elements = Vec::new();
    let mut offset = part.start;
    for part in split_commas(&tokens[part.clone()]) {
        if !elements.is_empty() {
            given.push(for_parser(Token::Comma, offset - 1));
        }
        let (element, of_element) = element::read(part, offset, &context.report.file.text)?;
        given.extend(of_element);
        elements.push((element, part.whole().unwrap_or_default()));
        offset += part.len() + 1;
    }
    given.push(for_parser(Token::RParen, part.end));
    let (columns, constraints) = parse(given, tokens)?;
    // The parser keeps columns and constraints apart, each in order; the elements say how they were mixed.
    let (mut columns, mut constraints) = (columns.into_iter(), constraints.into_iter());
    let mut reader = EntryReader { context, collation, out };
    let entry = |(element, range): (Element, Range<usize>)| {
        let lost = || Refusal::new("the parser reads this entry as something else", range.clone());
        match element {
            Element::Column(column) => {
                let parsed = columns.next().ok_or_else(lost)?;
                reader.column(&column, parsed, range).map(|column| Entry::Column(Box::new(column)))
            }
            other => reader.constraint(other, constraints.next().ok_or_else(lost)?, range),
        }
    };
    elements.into_iter().map(entry).collect()
}

/// The parentheses around the columns.
fn body(head: &Head, tokens: &[Tok]) -> Result<(usize, usize), Refusal> {
    let at = head.length;
    let inner = if tokens.opens_at(at) { at + 1 } else { at };
    if let Some(query) =
        tokens.get(inner).filter(|tok| tok.is_any(&["SELECT", "AS", "WITH", "IGNORE", "REPLACE"]))
    {
        let help =
            "give what SHOW CREATE TABLE prints for it: a query's column types are known to the server alone";
        return Err(Refusal::new("its columns come from a query", query.range.clone()).help(help));
    }
    let last = || tokens[tokens.len() - 1].range.clone();
    if inner == at {
        let range = tokens.get(at).map_or_else(last, |tok| tok.range.clone());
        return Err(Refusal::new("expected `(` and the columns", range));
    }
    let Some(close) = tokens.close(at) else {
        return Err(Refusal::new(
            "the parenthesis that opens the columns is never closed",
            tokens[at].range.clone(),
        ));
    };
    Ok((at, close))
}

fn parse(
    given: Vec<TokenWithSpan>,
    tokens: &[Tok],
) -> Result<(Vec<ColumnDef>, Vec<TableConstraint>), Refusal> {
    let mut parser =
        Parser::new(&MySqlDialect {}).with_recursion_limit(200).with_tokens_with_locations(given);
    let parsed = parser.parse_statement().map_err(|error| refusal(&error, tokens))?;
    let rest = parser.peek_token();
    match parsed {
        Statement::CreateTable(table) if rest.token == Token::EOF => Ok((table.columns, table.constraints)),
        _ => {
            let at = position(rest.span.start.column);
            Err(Refusal::new(format!("unexpected {}", rest.token), range_at(tokens, at)).stopped())
        }
    }
}

/// The position of a token, from the column that stands for it.
fn position(column: u64) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1)
}

fn range_at(tokens: &[Tok], at: usize) -> Range<usize> {
    tokens.get(at).or(tokens.last()).map_or(0..0, |tok| tok.range.clone())
}

/// The parser says where it stopped in its message alone: ` at Line: 1, Column: 7`, and nothing at the end.
fn refusal(error: &ParserError, tokens: &[Tok]) -> Refusal {
    let message = match error {
        ParserError::ParserError(message) | ParserError::TokenizerError(message) => message.as_str(),
        ParserError::RecursionLimitExceeded => "it is nested too deep",
    };
    let (text, at) = match message.rsplit_once(" at Line: 1, Column: ") {
        Some((text, column)) => (text, column.trim().parse().map_or(usize::MAX, position)),
        None => (message, usize::MAX),
    };
    let text = text
        .strip_prefix("Expected: ")
        .map_or_else(|| text.to_lowercase(), |rest| format!("expected {rest}"));
    Refusal::new(text.replace(", found: ", ", found "), range_at(tokens, at)).stopped()
}
