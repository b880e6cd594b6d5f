//! CREATE TABLE: from tokens, through the parser, to a table.

mod builder;

use std::ops::Range;

use migratable_contract::diagnostic::Diagnostic;
use sqlparser::ast::{ColumnDef, Statement, TableConstraint};
use sqlparser::dialect::MySqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::charset::Server;
use super::element;
use super::lexer::{Tok, Tokens, for_parser, split_commas};
use super::options;
use super::problem::{Refusal, Reporter};
use super::schema::{Note, Subject, Table};
use builder::Builder;

/// What is said before the parentheses.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    pub(super) or_replace: bool,
    pub(super) if_not_exists: bool,
    pub(super) database: Option<String>,
    pub(super) name: String,
    pub(super) name_range: Range<usize>,
    /// How many tokens it takes.
    length: usize,
}

/// Reads `CREATE [OR REPLACE] TABLE [IF NOT EXISTS] [database.]name`.
pub(super) fn head(tokens: &[Tok]) -> Result<Head, Refusal> {
    let or_replace = tokens.keywords_at(1, &["OR", "REPLACE"]);
    let mut at = if or_replace { 4 } else { 2 };
    let if_not_exists = tokens.keywords_at(at, &["IF", "NOT", "EXISTS"]);
    at += if if_not_exists { 3 } else { 0 };
    let name_at =
        |at: usize| tokens.get(at).and_then(|tok| Some((tok.name()?.to_owned(), tok.range.clone())));
    let missing = |at: usize| {
        let tok = tokens.get(at).or(tokens.last());
        let refusal = Refusal::new("a table's name is missing", tok.map_or(0..0, |tok| tok.range.clone()));
        match tok {
            Some(tok) if tok.is_string() => refusal.help(
                "double quotes are read as strings; dump without sql_mode ANSI_QUOTES, or use backquotes",
            ),
            _ => refusal,
        }
    };
    let (mut name, mut name_range) = name_at(at).ok_or_else(|| missing(at))?;
    let mut database = None;
    if tokens.get(at + 1).is_some_and(|tok| tok.token == Token::Period) {
        at += 2;
        database = Some(name);
        (name, name_range) = name_at(at).ok_or_else(|| missing(at))?;
    }
    Ok(Head { or_replace, if_not_exists, database, name, name_range, length: at + 1 })
}

/// Where the next statement starts, if these tokens hold one more: what SHOW CREATE TABLE prints has no semicolon, and
/// people put several of it into one file.
pub(super) fn next_statement(head: &Head, tokens: &[Tok]) -> Option<usize> {
    let close = tokens.opens_at(head.length).then(|| tokens.close(head.length)).flatten()?;
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
    let options = options::read(&tokens[close + 1..], file, context.server)?;
    let mut parser = vec![
        for_parser(Token::make_keyword("CREATE"), 0),
        for_parser(Token::make_keyword("TABLE"), 0),
        for_parser(Token::make_word("x", None), head.length - 1),
        for_parser(Token::LParen, open),
    ];
    if close == open + 1 {
        return Err(Refusal::new("it has no columns", tokens[open].range.start..tokens[close].range.end));
    }
    let mut elements = Vec::new();
    let mut offset = open + 1;
    for part in split_commas(&tokens[open + 1..close]) {
        if !elements.is_empty() {
            parser.push(for_parser(Token::Comma, offset - 1));
        }
        let (element, given) = element::read(part, offset, file)?;
        parser.extend(given);
        elements.push((element, part));
        offset += part.len() + 1;
    }
    parser.push(for_parser(Token::RParen, close));
    let (columns, constraints) = parse(parser, tokens)?;
    let collation = options.collation.unwrap_or_else(|| context.collation.to_owned());
    let mut builder = Builder::new(head, tokens, collation, context, out);
    builder.elements(elements, columns, constraints)?;
    let table = builder.finish()?;
    Ok(with_options(table, options.comment, options.notes, context.report))
}

/// The parentheses around the columns.
fn body(head: &Head, tokens: &[Tok]) -> Result<(usize, usize), Refusal> {
    let at = head.length;
    let inner = if tokens.opens_at(at) { at + 1 } else { at };
    if let Some(like) = tokens.get(inner).filter(|tok| tok.is("LIKE")) {
        let help = "give what SHOW CREATE TABLE prints for it";
        return Err(Refusal::new("its columns are those of another table", like.range.clone()).help(help));
    }
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

fn with_options(
    mut table: Table,
    comment: Option<String>,
    notes: Vec<element::Remark>,
    report: &Reporter,
) -> Table {
    table.comment = comment;
    table.notes.extend(notes.into_iter().map(|(fact, text, range)| Note {
        subject: Subject::Table,
        fact,
        text,
        place: report.place(range),
    }));
    table
}
